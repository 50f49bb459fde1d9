"""What a letter is made of: the case as it stands on a day, in dates and neutral names. Must not know texts or records.

What stands now is judged here, not what once was: somebody who stopped does not take part, somebody who answered was
reached, a day that went by is no appointment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from desktop.rules.cases import MOMENTS, Attempt, Case, FirstTalk, Joined, Visit
from desktop.rules.dates import months_after, next_open_day, working_days_after
from desktop.rules.holds import paused
from desktop.rules.letters_due import first_months_over, is_referred
from desktop.rules.names import NEUTRAL, Name, formal
from desktop.rules.status import Terms

ANSWERED = frozenset({"not_now", "calls_back"})  # spoken to, but it did not suit
UNREACHED = frozenset({"no_answer", "voicemail", "someone_else", "wrong_number"})
ENDED_TALKS = frozenset({"stopped", "never"})
WEEK = timedelta(days=7)
LATE_AFTER = timedelta(days=7)  # beyond its term; then a letter says that it is late


@dataclass(frozen=True)
class CoreFacts:
    """What the four headings are filled from: dates and neutral names; no reasons, no notes, no third persons."""

    today: date
    form_of_address: str = ""
    participant: str = "deelnemer"
    referred: bool = True
    received_on: date | None = None
    days_tried: int = 0  # how often somebody was called in vain, where the days are not known
    reached_on: date | None = None
    intake_on: date | None = None  # planned
    intake_place: str = ""
    intake_coach: str = ""
    next_on: date | None = None  # another talk that is planned
    intakes: tuple[date, ...] = ()
    one_talk_enough: bool = False
    joined: tuple[Joined, ...] = ()
    talked_on: date | None = None  # the newest aftercare talk
    talk: str = ""  # what came of it: still, other, stopped, never
    outcome: str = ""
    signal: str = ""  # what the worker noticed, in the worker's own words
    ground: str = ""  # on which that may be told: consent, meldcode or vital
    owed_on: date | None = None  # another letter that is due, or late
    told: bool = True  # whether the next letters may tell more than a receipt
    agreed: tuple[str, ...] = MOMENTS
    terms: Terms = field(default_factory=Terms)
    called: str = ""  # the name, for whom no form of address is known
    practice: str = ""
    practice_kind: str = "gp"
    call_me: str = ""  # the number of who signs
    dated_on: date | None = None
    tried: tuple[date, ...] = ()  # every attempt that reached nobody, its day
    only_phoned: bool = True  # whether all of those were calls
    wrong_number: bool = False
    answered_on: date | None = None  # spoken to on the phone, when it did not suit
    missed_on: date | None = None  # the first talk that did not go on
    unrecorded_on: date | None = None  # a first talk of which nothing was written down
    together_on: date | None = None  # an appointment to go along the first time
    went_together: bool = False
    aftercare_on: date | None = None  # a planned aftercare talk
    away_until: date | None = None  # on hold: ill or away, the place kept
    closed_on: date | None = None
    progress_weeks: int | None = None  # the practice's own term


def core_facts_of(
    case: Case, today: date, participant: str, told: bool, terms: Terms, call_me: str = ""
) -> CoreFacts:
    """What the four headings are filled from; `told` says whether more than a receipt may follow."""
    talk, ending, practice = (case.talks[-1] if case.talks else None), case.ending, case.practice
    away = paused(case, today)
    return CoreFacts(
        today=today,
        form_of_address=case.person.name.form_of_address,
        called=_called(case.person.name),
        participant=participant,
        referred=is_referred(case.referrer_kind, case.channel),
        received_on=case.received_on,
        dated_on=case.dated_on,
        intakes=tuple(each.on for each in case.intakes),
        one_talk_enough=case.one_talk_enough,
        joined=tuple(case.joined),
        talked_on=talk.on if talk else None,
        talk=talk.outcome if talk else "",
        outcome=ending.outcome if ending else "",
        closed_on=ending.closed_on if ending else None,
        away_until=away.until_on if away is not None else None,
        told=told,
        terms=terms,
        call_me=call_me,
        agreed=practice.moments if practice else MOMENTS,
        practice=practice.name if practice else "",
        practice_kind=practice.kind if practice else "gp",
        progress_weeks=practice.progress_weeks if practice else None,
        **_of_attempts(case.attempts),
        **_of_visits(case.visits, case.intakes, today),
    )


# ---- what stands now


def standing(facts: CoreFacts) -> list[Joined]:
    """What was found and goes on: not stopped, by hand or by a talk; closing the case did not stop it."""
    ended = facts.talk in ENDED_TALKS
    return [each for each in facts.joined if _stood(each, facts) and not (ended and _from_before_the_talk(each, facts))]


def has_met(facts: CoreFacts) -> bool:
    """Whether there was a first talk, or something was found without one."""
    return bool(facts.intakes or facts.joined)


def was_absent(each: Joined) -> bool:
    """Whether lists were kept on which somebody was never there."""
    return each.present == 0 and bool(each.held)


def may_have_begun(each: Joined, today: date) -> bool:
    """Whether the first day went by and nobody wrote down how that was."""
    return each.first_on is None and each.start_on is not None and each.start_on < today


def begun(facts: CoreFacts) -> list[Joined]:
    """What somebody takes part in."""
    return [each for each in standing(facts) if each.first_on and not each.outside and not was_absent(each)]


def stopped(facts: CoreFacts) -> list[Joined]:
    """What somebody took part in and does no longer, when nothing else goes on."""
    return [] if standing(facts) else [each for each in facts.joined if each.first_on and not each.outside]


def ended_with_us(facts: CoreFacts) -> list[Joined]:
    """What somebody took part in until the case was closed, when nothing goes on: nobody said that it stopped."""
    return [each for each in stopped(facts) if facts.talk not in ENDED_TALKS and not _ended_itself(each)]


def never_begun(facts: CoreFacts) -> list[Joined]:
    """What was stopped before it began, when nothing else goes on and nothing ever began."""
    if standing(facts) or any(each.first_on for each in facts.joined):
        return []
    return [each for each in facts.joined if not each.outside]


def first_joined(joined: Iterable[Joined]) -> Joined | None:
    """What it began with; what comes beside or after it is something else."""
    every = tuple(joined)
    dated = [(day, at) for at, each in enumerate(every) if (day := each.first_on or each.start_on)]
    return every[min(dated)[1]] if dated else next(iter(every), None)


def beside_the_first(facts: CoreFacts) -> list[Joined]:
    """What stands besides what it began with."""
    first = first_joined(facts.joined)
    return [each for each in standing(facts) if each is not first]


def goes_elsewhere(facts: CoreFacts) -> list[Joined]:
    """What a talk that said "something else" can have been about: it had begun by then, or has since."""
    on = facts.talked_on
    begun_by_then = [each for each in beside_the_first(facts) if each.start_on and on and each.start_on <= on]
    return [
        each
        for each in beside_the_first(facts)
        if not each.outside and (each.first_on or (each in begun_by_then and not each.waits))
    ]


def tries(facts: CoreFacts) -> int:
    """How often somebody was called in vain: every attempt counts, also on one day."""
    return max(len(facts.tried), facts.days_tried)


def progress_day(facts: CoreFacts) -> date:
    """When is asked how it goes: months after the first time, and never in the past."""
    starts = [day for each in standing(facts) for day in (each.first_on or each.start_on,) if day]
    start = min(starts, default=facts.today)
    over = first_months_over(start, facts.progress_weeks, facts.terms)
    return next_open_day(max(over, months_after(facts.today, 1)))  # a talk that is late comes soon


def months_on(facts: CoreFacts, months: int) -> date:
    """A day to promise, so many months from now."""
    return next_open_day(months_after(facts.today, months))


def soon(facts: CoreFacts, day: date | None = None) -> date:
    """The last working day of the term for writing, after this day and never in the past."""
    return working_days_after(max(day or facts.today, facts.today), facts.terms.intake_letter_within)


def weeks_since(day: date | None, today: date) -> int:
    return (today - day).days // WEEK.days if day is not None else 0


def arrived_late(facts: CoreFacts) -> int:
    """Weeks since the voucher, when the first word about it comes after its term; else 0."""
    day = facts.dated_on or facts.received_on
    term = timedelta(days=facts.terms.arrived_letter_within)
    return weeks_since(day, facts.today) if day is not None and facts.today > day + term else 0


def told_late(facts: CoreFacts, day: date | None) -> int:
    """Weeks since what a letter tells of, when it comes well after its term; else 0."""
    if day is None or facts.today <= working_days_after(day, facts.terms.intake_letter_within) + LATE_AFTER:
        return 0
    return weeks_since(day, facts.today)


def why_stop(facts: CoreFacts) -> date | None:
    """The day of a first talk of which nothing is known: no letter goes before that is written down."""
    return None if facts.outcome or has_met(facts) else facts.unrecorded_on


def _called(name: Name) -> str:
    """S. El Idrissi: as under Betreft, without a form of address."""
    return formal(Name(NEUTRAL, name.initials, name.first_name, name.tussenvoegsel, name.surname))


def _stood(each: Joined, facts: CoreFacts) -> bool:
    """A place that ended with the closing is nobody's any more; what may have begun by then is told all the same."""
    ended_with_closing = bool(facts.outcome) and each.ended_by_id is not None
    return each.stands or (ended_with_closing and (bool(each.outside) or may_have_begun(each, facts.today)))


def _ended_itself(each: Joined) -> bool:
    return not each.stands and each.ended_by_id is None


def _from_before_the_talk(each: Joined, facts: CoreFacts) -> bool:
    since = each.first_on or each.start_on or each.enrolled_on
    return facts.talked_on is not None and since <= facts.talked_on


def _of_attempts(attempts: Sequence[Attempt]) -> dict[str, Any]:
    tried = [each for each in attempts if each.outcome in UNREACHED and each.direction == "out"]
    return {
        "tried": tuple(each.on for each in tried),
        "only_phoned": all(each.way == "phone" for each in tried),
        "wrong_number": bool(tried) and tried[-1].outcome == "wrong_number",
        "reached_on": max((each.on for each in attempts if each.spoken), default=None),
        "answered_on": max((each.on for each in attempts if each.outcome in ANSWERED), default=None),
    }


def _of_visits(visits: Sequence[Visit], intakes: Sequence[FirstTalk], today: date) -> dict[str, Any]:
    """The appointments that stand, each kind by itself; one day is never told twice."""
    planned = sorted((each for each in visits if each.state == "planned"), key=lambda each: each.starts_at)
    coming = [each for each in planned if each.on >= today]
    talk = _first(coming, "intake")
    first_talk = talk if talk is not None and not intakes else None
    along, aftercare = _first(coming, "first_visit"), _first(coming, "aftercare")
    return {
        "intake_on": first_talk.on if first_talk else None,
        "intake_place": first_talk.place if first_talk else "",
        "intake_coach": first_talk.coach if first_talk else "",
        "next_on": talk.on if talk is not None and intakes else None,
        "together_on": along.on if along is not None else None,
        "went_together": any(each.kind == "first_visit" and each.state == "held" for each in visits),
        "aftercare_on": aftercare.on if aftercare is not None else None,
        **_of_first_talks(visits, intakes, today),
    }


def _of_first_talks(visits: Sequence[Visit], intakes: Sequence[FirstTalk], today: date) -> dict[str, Any]:
    """A first talk that did not go on, or of which nothing was written down, as long as none was held or stands."""
    first = [each for each in visits if each.kind == "intake"] if not intakes else []
    if any(each.state == "planned" and each.on >= today for each in first):
        return {}
    missed = [each.on for each in first if each.state in ("missed", "cancelled") and each.on <= today]
    passed = [each.on for each in first if each.state == "planned" and each.on < today]
    return {"missed_on": max(missed, default=None), "unrecorded_on": max(passed, default=None)}


def _first(visits: Sequence[Visit], kind: str) -> Visit | None:
    return next((each for each in visits if each.kind == kind), None)
