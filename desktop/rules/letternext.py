"""When the practice hears again: what a letter promises, and nothing that the practice does not want to hear.

Must not know the words of a letter.
"""

from dataclasses import dataclass
from datetime import date

from desktop.rules.letterfacts import CoreFacts, begun, goes_elsewhere, has_met, months_on, progress_day, soon, standing
from desktop.rules.letterpromise import Promise

NEXT_WITHIN = 1  # months to the next word when no date follows from the deeds
NEXT_DAYS = ("bericht_na_intake", "bericht_voor", "bericht_na_gesprek", "voortgang_op", "afsluiten_voor")
"""The fields of which one says the day of the next word."""


@dataclass(frozen=True)
class Next:
    """Which field says when the practice hears again, on what day, and whether sooner when it ends."""

    field: str
    on: date
    sooner: str = ""  # the field that says why sooner


def promise_of(facts: CoreFacts, kind: str) -> Promise:
    """What a letter of this kind promises under "Volgend bericht": the day, and whether sooner when it ends."""
    following = next_word(facts, kind)
    return Promise(following.on, bool(following.sooner)) if following is not None else Promise()


def next_word(facts: CoreFacts, kind: str) -> Next | None:
    """What the practice agreed to hear next; what it does not want is not promised."""
    if facts.outcome:
        return None
    if is_going_on(facts, kind):
        return _next_after_talk(facts)
    if has_met(facts):
        return _next_after_intake(facts)
    if "intake" in facts.agreed:
        if facts.intake_on is not None:
            return Next("bericht_na_intake", soon(facts, facts.intake_on))
        return Next("bericht_voor", months_on(facts, NEXT_WITHIN))
    if "progress" in facts.agreed:
        return Next("bericht_voor", months_on(facts, facts.terms.aftercare_after))
    return _before_closing(facts)


def _next_after_intake(facts: CoreFacts) -> Next | None:
    going = [each for each in standing(facts) if each.state != "waiting"]
    if "progress" not in facts.agreed or (facts.one_talk_enough and not standing(facts)):
        return _before_closing(facts)
    if not going:
        return Next("bericht_voor", months_on(facts, facts.terms.aftercare_after))
    return Next("voortgang_op", progress_day(facts), "stopt_eerder" if begun(facts) else "niet_doorgaat")


def _next_after_talk(facts: CoreFacts) -> Next | None:
    """After the talk comes the end, unless something else is still to begin."""
    if "progress" not in facts.agreed:
        return _before_closing(facts)
    if facts.talked_on is None:
        return Next("bericht_na_gesprek", soon(facts, facts.aftercare_on or asked_around(facts)))
    still_to_begin = [each for each in standing(facts) if not each.first_on]
    if facts.talk == "other" and still_to_begin and not goes_elsewhere(facts):
        return Next("bericht_voor", progress_day(facts))
    return _before_closing(facts)


def _before_closing(facts: CoreFacts) -> Next | None:
    """The last day on which word of the end may be expected."""
    if "closing" not in facts.agreed:
        return None
    return Next("afsluiten_voor", months_on(facts, facts.terms.aftercare_after))


def asked_around(facts: CoreFacts) -> date:
    """About when somebody is asked how it goes, as long as no day stands for it."""
    return months_on(facts, NEXT_WITHIN)


def is_going_on(facts: CoreFacts, kind: str) -> bool:
    """Whether the letter is of after the first months: the progress itself, or a later word after the talk."""
    return kind == "progress" or (kind in ("signal", "update") and facts.talked_on is not None)
