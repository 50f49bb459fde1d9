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
from desktop.rules.letterfields import FIELDS, CoreFacts, fields_for
from desktop.rules.names import Name

FORMS = ("mevrouw", "de heer", "")
KINDS = ("arrived", "intake", "progress", "closing", "declined", "signal", "receipt", "ended")
"""Every kind of text, in the order of a case."""
BORN = "1951-04-03"
COACH = "S. de Wit"
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
    return CoreFacts(today, form, received_on=today - timedelta(days=20))


def _arrived(case: CoreFacts) -> _Cases:
    today = case.today
    planned = replace(case, reached_on=today - timedelta(days=1), intake_on=today + timedelta(days=6))
    yield "to_call", N_("Not called yet"), replace(case, received_on=today - timedelta(days=1))
    yield "not_reached", N_("Not reached yet"), replace(case, days_tried=3)
    yield "reached", N_("Spoken to, no day for the intake yet"), replace(case, reached_on=today - timedelta(days=1))
    yield "planned", N_("Intake planned"), replace(planned, intake_place="home", intake_coach=COACH)
    yield "by_phone", N_("Intake planned by phone"), replace(planned, intake_place="phone")
    yield "no_referral", N_("Came without a referral"), replace(case, referred=False, days_tried=1)
    yield "only_this", N_("The practice wants no later letters"), replace(case, agreed=("arrived",))


def _intake(case: CoreFacts) -> _Cases:
    today, case = case.today, _talked(case)
    coming = Joined(name=INLOOP, start_on=today + timedelta(days=9), accompanied=True)
    begun = Joined(name=INLOOP, first_on=today - timedelta(days=2))
    waiting, buddy = Joined(name=WALKING, state="waiting"), Joined(outside="buddy", start_on=today + timedelta(days=9))
    appointment = replace(case, joined=(coming,), next_on=today + timedelta(days=9))
    yield "looking", N_("Activity being looked for"), case
    yield "one_talk", N_("One talk was enough"), replace(case, one_talk_enough=True)
    yield "enrolled", N_("Signed up, first day not known"), replace(case, joined=(Joined(name=WALKING),))
    yield "will_start", N_("Will start, and somebody goes along"), appointment
    yield "started", N_("Started"), replace(case, joined=(begun,))
    yield "waiting", N_("Waiting list"), replace(case, joined=(waiting,))
    yield "elsewhere", N_("Somewhere else, with a volunteer"), replace(case, joined=(buddy,))
    yield "several", N_("Started, and on a waiting list besides"), replace(case, joined=(begun, waiting))
    yield "no_progress", N_("The practice wants no letter about progress"), replace(
        case, joined=(begun,), agreed=("arrived", "intake", "closing")
    )
    yield "only_this", N_("The practice wants no later letters"), replace(
        case, joined=(begun,), agreed=("arrived", "intake")
    )


def _progress(case: CoreFacts) -> _Cases:
    today, case = case.today, _talked(case)
    began = Joined(name=INLOOP, first_on=today - timedelta(days=95))
    coming = Joined(name=INLOOP, start_on=today - timedelta(days=80))
    left = replace(began, state="stopped")
    held = replace(case, talked_on=today - timedelta(days=2), joined=(began,))
    both = (left, Joined(name=WALKING, first_on=today - timedelta(days=20)))
    not_yet = replace(case, joined=(began,), next_on=today + timedelta(days=8))
    yield "still", N_("Still takes part"), replace(held, talk="still", next_on=today + timedelta(days=30))
    yield "other", N_("Does something else now"), replace(held, talk="other", joined=both)
    yield "stopped", N_("Stopped with the activity"), replace(held, talk="stopped", joined=(left,))
    yield "never", N_("Never began"), replace(held, talk="never", joined=(replace(coming, state="stopped"),))
    yield "talk_only", N_("Talk held, nothing known of the activity"), replace(held, talk="", joined=())
    yield "not_yet", N_("No aftercare talk yet, started"), not_yet
    yield "unknown", N_("No aftercare talk yet, not known whether it began"), replace(case, joined=(coming,))
    yield "only_this", N_("The practice wants no later letters"), replace(held, talk="still", agreed=("progress",))


def _closing(case: CoreFacts) -> _Cases:
    case = _talked(case)
    begun = replace(case, joined=(Joined(name=INLOOP, first_on=case.today - timedelta(days=80)),))
    yield "completed", N_("Completed, takes part"), replace(begun, outcome="completed")
    yield "nothing_begun", N_("Completed, nothing was begun"), replace(case, outcome="completed")
    yield "one_talk", N_("One talk was enough"), replace(case, outcome="one_talk")
    yield "passed_on", N_("Passed on"), replace(case, outcome="passed_on")
    yield "stopped", N_("Stopped"), replace(begun, outcome="stopped")


def _declined(case: CoreFacts) -> _Cases:
    yield "not_reached", N_("Not reached"), replace(case, outcome="not_reached")
    yield "not_interested", N_("Not interested"), replace(case, outcome="not_interested")


def _signal(case: CoreFacts) -> _Cases:
    today = case.today
    case = replace(case, ground="consent", signal=NOTICED)
    talked = _talked(case)
    began = Joined(name=INLOOP, first_on=today - timedelta(days=95))
    planned = replace(case, intake_on=today + timedelta(days=6), intake_place="office")
    after = replace(talked, joined=(began,), talked_on=today - timedelta(days=2), talk="still")
    yield "consent", N_("With the person's consent"), case
    yield "meldcode", N_("On the ground of the Meldcode"), replace(case, ground="meldcode")
    yield "vital", N_("Because there is danger to life"), replace(case, ground="vital")
    yield "planned", N_("Intake planned"), planned
    yield "started", N_("Started"), replace(talked, joined=(replace(began, first_on=today - timedelta(days=9)),))
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


_MAKERS: dict[str, Callable[[CoreFacts], _Cases]] = {
    "arrived": _arrived,
    "intake": _intake,
    "progress": _progress,
    "closing": _closing,
    "declined": _declined,
    "signal": _signal,
    "receipt": _receipt,
    "ended": _ended,
}
