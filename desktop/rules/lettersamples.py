"""Made-up situations in which a letter text is tried: every paragraph can be seen in one. Must not know records.

Nothing here is about a real person; the days follow from the day on which the text is looked at.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.language import N_
from desktop.rules.addresses import Address
from desktop.rules.cases import Joined
from desktop.rules.letter_envelope import Recipient, References, Someone
from desktop.rules.letterfacts import CoreFacts
from desktop.rules.letterfields import fields_for
from desktop.rules.lettermenu import FIELDS
from desktop.rules.names import Name, formal

FORMS = ("mevrouw", "de heer", "")
KINDS = ("arrived", "intake", "update", "progress", "closing", "declined", "signal", "receipt", "ended")
"""Every kind of text, in the order of a case."""
BORN = "1951-04-03"
COACH, NUMBER = "S. de Wit", "040 211 0001"
NOTICED = "Wij zien dat het deze week minder goed gaat dan vorige week: weinig slaap, weinig eten en veel alleen."
INLOOP, WALKING = "een inloop bij ons in de wijk", "een wandelgroep in de wijk"
RECIPIENT = Recipient(
    practice="Huisartsenpraktijk Het Voorbeeld",
    address=Address("Voorbeeldlaan", "4", "1234 AB", "Voorbeeldstad"),
    person=Someone(Name("mevrouw", "B.", "", "", "Voorbeeld"), "gp"),
)


@dataclass(frozen=True)
class Situation:
    """A made-up case at the moment of one kind of letter."""

    key: str
    name: str  # to be translated
    facts: CoreFacts


def situations(kind: str, today: date, form: str = "mevrouw") -> tuple[Situation, ...]:
    """The made-up cases that fit a kind of letter."""
    return tuple(Situation(key, name, facts) for key, name, facts in _MAKERS[kind](_case(today, form)))


def person(form: str) -> Name:
    """Whom the made-up letter is about."""
    return Name(form, "A.", "", "van", "Voorbeeld")


def references_on(today: date) -> References:
    """The reference line of the made-up letter."""
    return References("V-0000-001", today, referred_on=today - timedelta(days=20))


def fields_of(kind: str, today: date) -> dict[str, str]:
    """The fields that hold in at least one situation of this kind, with what each is for."""
    held = {name for each in situations(kind, today) for name, value in fields_for(each.facts, kind).items() if value}
    return {name: words for name, words in FIELDS.items() if name in held}


_Cases = Iterator[tuple[str, str, CoreFacts]]


def _case(today: date, form: str) -> CoreFacts:
    called = "" if form else formal(person(form))
    day = today - timedelta(days=9)
    return CoreFacts(today, form, called=called, received_on=day, dated_on=day)


def _arrived(case: CoreFacts) -> _Cases:
    today = case.today
    yesterday, new = today - timedelta(days=1), replace(case, received_on=today - timedelta(days=1))
    planned = replace(new, reached_on=yesterday, intake_on=today + timedelta(days=6))
    tried = tuple(today - timedelta(days=days) for days in (8, 5, 1))
    yield "to_call", N_("Not called yet"), replace(new, dated_on=yesterday)
    yield "not_reached", N_("Not reached yet"), replace(case, tried=tried)
    yield "late", N_("Not called yet, and late"), replace(case, dated_on=today - timedelta(weeks=9))
    yield "not_reached_otherwise", N_("Not reached yet, not only phoned"), replace(case, tried=tried, only_phoned=False)
    yield "wrong_number", N_("The phone number is wrong"), replace(case, tried=tried[-1:], wrong_number=True)
    yield "not_now", N_("Answered, but it did not suit"), replace(case, answered_on=yesterday)
    yield "reached", N_("Spoken to, no day for the intake yet"), replace(case, reached_on=yesterday)
    yield "planned", N_("Intake planned"), replace(planned, intake_place="home", intake_coach=COACH)
    yield "by_phone", N_("Intake planned by phone"), replace(planned, intake_place="phone")
    yield "elsewhere", N_("Intake planned at a practice of others"), replace(
        planned, intake_place="practice", practice_kind="physio", practice="Fysiotherapie Het Plein"
    )
    yield "missed", N_("The intake did not go on"), replace(case, reached_on=tried[0], missed_on=yesterday)
    yield "no_referral", N_("Came without a referral"), replace(case, referred=False, tried=tried[:1])
    yield "no_intake", N_("The practice wants a letter about progress, not about the intake"), replace(
        planned, agreed=("arrived", "progress", "closing")
    )
    yield "no_progress", N_("The practice wants only the first and the last letter"), replace(
        planned, agreed=("arrived", "closing")
    )
    yield "only_this", N_("The practice wants no later letters"), replace(case, agreed=("arrived",))


def _intake(case: CoreFacts) -> _Cases:
    today, case = case.today, _talked(case)
    yield from _finds(case)
    yield "gone", N_("Nothing goes on, and there was no intake"), _gone(case)
    yield "looking", N_("Activity being looked for"), replace(case, next_on=today + timedelta(days=13))
    yield "one_talk", N_("One talk was enough"), replace(case, one_talk_enough=True)
    begun = replace(case, joined=(_begun(today),))
    yield "late", N_("Written late"), replace(begun, intakes=(today - timedelta(weeks=6),))
    yield "no_progress", N_("The practice wants no letter about progress"), replace(
        begun, agreed=("arrived", "intake", "closing")
    )
    yield "only_this", N_("The practice wants no later letters"), replace(begun, agreed=("arrived", "intake"))


def _finds(case: CoreFacts) -> _Cases:
    """What may have been found, and what came of it."""
    today, begun = case.today, _begun(case.today)
    in_a_week, before = today + timedelta(days=9), today - timedelta(days=6)
    coming, passed = Joined(name=INLOOP, start_on=in_a_week), Joined(name=WALKING, start_on=before)
    waiting = Joined(name=WALKING, state="waiting", enrolled_on=before)
    buddy, choir = Joined(outside="buddy", start_on=in_a_week), Joined(name="een koor", start_on=in_a_week)
    left, never = replace(begun, state="stopped"), replace(coming, state="stopped")
    yield "enrolled", N_("Signed up, first day not known"), replace(case, joined=(Joined(name=WALKING),))
    yield "will_start", N_("Will start, and somebody goes along"), replace(
        case, joined=(coming,), together_on=in_a_week
    )
    yield "started", N_("Started"), replace(case, joined=(begun,), went_together=True)
    yield "talk_planned", N_("Started, and an aftercare talk is planned"), replace(
        case, joined=(begun,), aftercare_on=today + timedelta(days=90)
    )
    yield "unknown", N_("Not known whether it began"), replace(case, joined=(passed,))
    yield "absent", N_("Signed up, never there"), replace(case, joined=(replace(begun, present=0, held=4),))
    yield "offered", N_("There is a place"), replace(case, joined=(replace(waiting, state="offered"),))
    yield "waiting", N_("Waiting list"), replace(case, joined=(waiting,))
    yield "away", N_("Away for a while, the place kept"), replace(case, joined=(begun,), away_until=in_a_week)
    yield "elsewhere", N_("Somewhere else, with a volunteer"), replace(case, joined=(buddy,))
    yield "several", N_("Started, and on a waiting list besides"), replace(case, joined=(begun, waiting))
    yield "many", N_("Much at once"), replace(case, joined=(begun, choir, waiting, Joined(name="een eetgroep"), buddy))
    yield "stopped", N_("Stopped with the activity"), replace(case, joined=(left,))
    yield "never", N_("Never began"), replace(case, joined=(never,))


def _progress(case: CoreFacts) -> _Cases:
    today, case = case.today, _talked(case)
    began, coming = _begun(today, 95), Joined(name=INLOOP, start_on=today - timedelta(days=80))
    yield from _after_talk(case)
    yield "not_yet", N_("No aftercare talk yet, started"), replace(
        case, joined=(began,), aftercare_on=today + timedelta(days=8)
    )
    yield "unknown", N_("No aftercare talk yet, not known whether it began"), replace(case, joined=(coming,))
    yield "only_this", N_("The practice wants no later letters"), replace(
        case, talked_on=today - timedelta(days=2), talk="still", joined=(began,), agreed=("progress",)
    )


def _after_talk(case: CoreFacts) -> _Cases:
    """What the aftercare talk said, and what there is since."""
    today, began = case.today, _begun(case.today, 95)
    held = replace(case, talked_on=today - timedelta(days=2), joined=(began,))
    still, other = replace(held, talk="still"), replace(held, talk="other")
    left, coming = replace(began, state="stopped"), Joined(name=WALKING, start_on=today + timedelta(days=9))
    waiting = Joined(name=WALKING, state="waiting", enrolled_on=today - timedelta(days=1))
    never = Joined(name=INLOOP, state="stopped")
    yield "still", N_("Still takes part"), replace(still, next_on=today + timedelta(days=30))
    yield "still_away", N_("Still takes part, away for a while"), replace(still, away_until=today + timedelta(days=20))
    yield "told_late", N_("Still takes part, written late"), replace(still, talked_on=today - timedelta(weeks=5))
    yield "never_there", N_("Says to take part, never there"), replace(
        still, joined=(replace(began, present=0, held=8),)
    )
    yield "other", N_("Does something else now"), replace(
        other, joined=(left, Joined(name=WALKING, first_on=today - timedelta(days=20)))
    )
    yield "other_unknown", N_("Does something else now, not known what"), other
    yield "other_coming", N_("Will begin something else"), replace(
        other, joined=(left, coming), together_on=coming.start_on
    )
    yield "other_enrolled", N_("Signed up for something else"), replace(other, joined=(left, Joined(name=WALKING)))
    yield "other_waiting", N_("Waits for something else"), replace(other, joined=(left, waiting))
    yield "other_offered", N_("There is a place for something else"), replace(
        other, joined=(left, replace(waiting, state="offered"))
    )
    yield "other_elsewhere", N_("Goes elsewhere now, with a volunteer"), replace(
        other, joined=(left, Joined(outside="buddy"))
    )
    yield "other_passed", N_("Should have begun something else"), replace(
        other, joined=(left, replace(coming, start_on=today - timedelta(days=1)))
    )
    yield "other_much", N_("Much else at once"), replace(
        other, joined=(left, coming, waiting, Joined(name="een koor"), Joined(outside="buddy"))
    )
    yield "talk_stopped", N_("The talk said: stopped"), replace(held, talk="stopped", joined=(left,))
    yield "stopped_since", N_("Stopped after the talk"), replace(still, joined=(left,))
    yield "talk_never", N_("The talk said: never began"), replace(held, talk="never", joined=(never,))
    yield "talk_only", N_("Talk held, nothing known of the activity"), replace(held, talk="", joined=())


def _update(case: CoreFacts) -> _Cases:
    """A further word comes anywhere on the path."""
    for key, name, facts in _arrived(case):
        if "closing" in facts.agreed and key != "late":
            yield f"before_{key}", name, facts
    talked = _talked(case)
    yield "looking", N_("Activity being looked for"), replace(talked, next_on=case.today + timedelta(days=13))
    yield "one_talk", N_("One talk was enough"), replace(talked, one_talk_enough=True)
    yield from _finds(talked)
    yield "gone", N_("Nothing goes on, and there was no intake"), _gone(case)
    yield "only_this", N_("The practice wants no later letters"), replace(talked, agreed=("arrived", "intake"))
    for key, name, facts in _after_talk(talked):
        yield f"after_{key}", name, facts


def _closing(case: CoreFacts) -> _Cases:
    case, today = _talked(case), case.today
    begun = replace(case, joined=(_begun(today, 80),), outcome="completed", closed_on=today)
    done = replace(case, outcome="completed", closed_on=today)
    left = replace(_begun(today, 80), state="stopped")
    yield "completed", N_("Completed, goes on with it"), replace(begun, talk="still", talked_on=today)
    yield "not_asked", N_("Completed, takes part"), begun
    yield "talk_stopped", N_("Completed, and stopped with the activity"), replace(
        done, joined=(left,), talk="stopped", talked_on=today
    )
    yield "nothing_begun", N_("Completed, nothing was begun"), done
    yield "one_talk", N_("One talk was enough"), replace(case, outcome="one_talk", closed_on=today)
    yield "passed_on", N_("Passed on"), replace(begun, outcome="passed_on")
    yield "stopped", N_("Stopped"), replace(begun, joined=(left,), outcome="stopped")
    yield "lost", N_("Began, and not reached any more"), replace(begun, outcome="not_reached")
    given_up = replace(left, ended_by_id=1)
    yield "given_up", N_("Completed, and the place given up"), replace(begun, joined=(given_up,))
    yield "lost_place", N_("Not reached any more, and the place given up"), replace(
        begun, joined=(given_up,), outcome="not_reached"
    )
    yield "late", N_("Written late"), replace(begun, closed_on=today - timedelta(weeks=5))
    for key, name, found in _finds(done):
        if key in ("will_start", "unknown", "absent", "offered", "enrolled", "waiting", "elsewhere"):
            yield key, name, found


def _declined(case: CoreFacts) -> _Cases:
    yield "not_reached", N_("Not reached"), replace(case, outcome="not_reached")
    yield "not_interested", N_("Not interested"), replace(case, outcome="not_interested")
    yield "after_talk", N_("Not interested any more after the intake"), replace(_talked(case), outcome="not_interested")
    passed = Joined(name=WALKING, start_on=case.today - timedelta(days=6))
    yield "unknown", N_("Not known whether it began"), replace(_talked(case), outcome="not_suitable", joined=(passed,))
    yield "late", N_("Written late"), replace(
        case, outcome="not_reached", closed_on=case.today - timedelta(weeks=5)
    )


def _signal(case: CoreFacts) -> _Cases:
    today = case.today
    case = replace(case, ground="consent", signal=NOTICED, call_me=NUMBER)
    talked, began = _talked(case), _begun(today, 95)
    planned = replace(case, intake_on=today + timedelta(days=6), intake_place="office")
    after = replace(talked, joined=(began,), talked_on=today - timedelta(days=2), talk="still")
    yield "consent", N_("With the person's consent"), case
    yield "meldcode", N_("On the ground of the Meldcode"), replace(case, ground="meldcode")
    yield "vital", N_("Because there is danger to life"), replace(case, ground="vital", call_me="")
    yield "planned", N_("Intake planned"), planned
    yield "started", N_("Started"), replace(talked, joined=(_begun(today, 9),))
    yield "will_start", N_("Will start"), replace(
        talked, joined=(Joined(name=INLOOP, start_on=today + timedelta(days=9)),)
    )
    yield "after_talk", N_("After the aftercare talk"), after
    yield "closed", N_("Case closed"), replace(after, outcome="completed")
    yield "not_told", N_("Meldcode, and no consent to report back"), replace(case, ground="meldcode", told=False)


def _receipt(case: CoreFacts) -> _Cases:
    yield "no_consent", N_("No consent to report back"), case


def _ended(case: CoreFacts) -> _Cases:
    yield "not_asked", N_("Not reached, and never asked for consent"), replace(case, outcome="not_reached")


def _talked(case: CoreFacts) -> CoreFacts:
    day = case.today - timedelta(days=3)
    return replace(case, reached_on=day, intakes=(day,))


def _gone(case: CoreFacts) -> CoreFacts:
    return replace(case, intakes=(), joined=(Joined(outside="buddy", state="stopped"),))


def _begun(today: date, days: int = 2) -> Joined:
    return Joined(name=INLOOP, first_on=today - timedelta(days=days))


_MAKERS: dict[str, Callable[[CoreFacts], _Cases]] = {
    "arrived": _arrived,
    "intake": _intake,
    "update": _update,
    "progress": _progress,
    "closing": _closing,
    "declined": _declined,
    "signal": _signal,
    "receipt": _receipt,
    "ended": _ended,
}
