"""The one rule from deeds to status and due date: in the usual order, in another one, and with deeds taken back."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop.rules.cases import Attempt, Case, Ending, FirstTalk, Joined, Participant, Talk, Visit
from desktop.rules.status import Status, Terms, status_of

FRIDAY = date(2026, 11, 6)
TERMS = Terms()
SOMEBODY = Participant(phone="+31612345678", street="Kade", number="3", postcode="5613 AB", town="Dorpstad")
NEW = Case(received_on=FRIDAY, person=SOMEBODY)


def day(number: int) -> date:
    return date(2026, 11, number)


def tried(*days: int, outcome: str = "no_answer") -> tuple[Attempt, ...]:
    return tuple(Attempt(day(number), outcome) for number in days)


def planned(on: date, kind: str = "intake") -> Visit:
    return Visit(datetime.combine(on, datetime.min.time()), kind)


PLANNED = replace(NEW, attempts=tried(10, outcome="reached"), visits=(planned(day(12)),))
HELD = replace(NEW, attempts=tried(10, outcome="reached"), intakes=(FirstTalk(day(12)),))
ENROLLED = replace(HELD, joined=(Joined("enrolled", day(14), day(19)),))
STARTED = replace(HELD, joined=(Joined("started", day(14), day(19), day(19)),))

CASES = {
    "just received: five working days to call": (NEW, Status("received", day(13), "call")),
    "warm hand-over: today": (replace(NEW, warm=True), Status("received", FRIDAY, "warm")),
    "no answer: the next working day": (replace(NEW, attempts=tried(6)), Status("contacting", day(9), "call")),
    "asked to call back on Thursday": (
        replace(NEW, attempts=(Attempt(day(9), "calls_back", "out", day(12)),)),
        Status("contacting", day(12), "call"),
    ),
    "three times on one day is one try": (
        replace(NEW, attempts=tried(9, 9, 9)),
        Status("contacting", day(10), "call"),
    ),
    "three days without answer: a card by post": (
        replace(NEW, attempts=tried(9, 10, 11)),
        Status("contacting", day(12), "card"),
    ),
    "card sent: two working weeks for an answer": (
        replace(NEW, attempts=(*tried(9, 10, 11), Attempt(day(12), "sent", way="post"))),
        Status("contacting", day(26), "close"),
    ),
    "they rang us and left a message: that was no try of ours": (
        replace(NEW, attempts=(*tried(9, 10), Attempt(day(11), "voicemail", "in"))),
        Status("contacting", day(12), "call"),
    ),
    "spoken to, nothing planned yet": (
        replace(NEW, attempts=tried(10, outcome="reached")),
        Status("contacting", day(17), "plan_intake"),
    ),
    "attempts typed in the wrong order count by their day": (
        replace(NEW, attempts=(*tried(11, outcome="reached"), *tried(9))),
        Status("contacting", day(18), "plan_intake"),
    ),
    "intake planned": (PLANNED, Status("intake_planned", day(12), "intake")),
    "intake planned before anyone called": (
        replace(NEW, visits=(planned(day(12)),)),
        Status("intake_planned", day(12), "intake"),
    ),
    "a first visit is no intake": (
        replace(NEW, visits=(planned(day(12), "first_visit"),)),
        Status("received", day(13), "call"),
    ),
    "intake held": (HELD, Status("intake_held", day(19), "find_activity")),
    "a second talk is planned": (replace(HELD, visits=(planned(day(20)),)), Status("intake_held", day(20), "intake")),
    "one talk was enough": (
        replace(HELD, intakes=(FirstTalk(day(12), one_talk_enough=True),)),
        Status("intake_held", day(12), "close"),
    ),
    "signed up with a first day": (ENROLLED, Status("placing", day(19), "first_visit")),
    "signed up, no day known": (
        replace(HELD, joined=(Joined("enrolled", day(13)),)),
        Status("placing", day(20), "first_visit"),
    ),
    "on the waiting list": (
        replace(HELD, joined=(Joined("waiting", day(13)),)),
        Status("placing", day(20), "waiting_list"),
    ),
    "waiting for one, signed up for another": (
        replace(HELD, joined=(Joined("waiting", day(13)), Joined("enrolled", day(13), day(17)))),
        Status("placing", day(17), "first_visit"),
    ),
    "signed up without an intake": (
        replace(NEW, joined=(Joined("enrolled", day(9), day(11)),)),
        Status("placing", day(11), "first_visit"),
    ),
    "started: aftercare three months on": (STARTED, Status("participating", date(2027, 2, 19), "aftercare")),
    "walked in the same day, and nobody works on a Saturday": (
        replace(NEW, joined=(Joined("started", FRIDAY, FRIDAY, FRIDAY),)),
        Status("participating", date(2027, 2, 8), "aftercare"),
    ),
    "two activities: from the first one": (
        replace(STARTED, joined=(*STARTED.joined, Joined("started", day(14), day(16), day(16)))),
        Status("participating", date(2027, 2, 16), "aftercare"),
    ),
    "stopped: looking again": (
        replace(HELD, joined=(Joined("stopped", day(14), day(19), day(19)),)),
        Status("placing", day(19), "find_activity"),
    ),
    "stopped one, takes part in another": (
        replace(STARTED, joined=(*STARTED.joined, Joined("stopped", day(14), day(16), day(16)))),
        Status("participating", date(2027, 2, 19), "aftercare"),
    ),
    "aftercare held": (
        replace(STARTED, talks=(Talk(date(2027, 2, 18)),)),
        Status("aftercare", date(2027, 2, 18), "close"),
    ),
    "several aftercare talks: rounding off since the last": (
        replace(STARTED, talks=(Talk(date(2027, 3, 1), "still"), Talk(date(2027, 2, 18), "other"))),
        Status("aftercare", date(2027, 3, 1), "close"),
    ),
    "another activity: to be found within five working days": (
        replace(STARTED, talks=(Talk(date(2027, 2, 18), "other"),)),
        Status("aftercare", date(2027, 2, 25), "find_activity"),
    ),
    "another activity found": (
        replace(
            STARTED,
            talks=(Talk(date(2027, 2, 18), "other"),),
            joined=(*STARTED.joined, Joined("enrolled", date(2027, 2, 18), date(2027, 2, 22))),
        ),
        Status("placing", date(2027, 2, 22), "first_visit"),
    ),
    "another activity begun: three months from there": (
        replace(
            STARTED,
            talks=(Talk(date(2027, 2, 18), "other"),),
            joined=(
                *STARTED.joined,
                Joined("started", date(2027, 2, 18), date(2027, 2, 22), date(2027, 2, 22)),
            ),
        ),
        Status("participating", date(2027, 5, 24), "aftercare"),
    ),
    "another activity found and stopped: to be found again": (
        replace(
            STARTED,
            talks=(Talk(date(2027, 2, 18), "other"),),
            joined=(*STARTED.joined, Joined("stopped", date(2027, 2, 19), date(2027, 2, 22))),
        ),
        Status("aftercare", date(2027, 2, 25), "find_activity"),
    ),
    "stopped at the aftercare talk": (
        replace(
            STARTED,
            talks=(Talk(date(2027, 2, 18), "stopped"),),
            joined=(Joined("stopped", day(14), day(19), day(19)),),
        ),
        Status("aftercare", date(2027, 2, 18), "close"),
    ),
    "stopped without ever being called: no call, something else is looked for": (
        replace(NEW, joined=(Joined("stopped", FRIDAY, FRIDAY, FRIDAY, date(2027, 2, 18)),)),
        Status("placing", date(2027, 2, 25), "find_activity"),
    ),
    "stopped after three months: nothing is late that day": (
        replace(HELD, joined=(Joined("stopped", day(14), day(19), day(19), date(2027, 2, 18)),)),
        Status("placing", date(2027, 2, 25), "find_activity"),
    ),
    "stopped, and the coach chose to close": (
        replace(HELD, joined=(Joined("stopped", day(14), day(19), day(19), date(2027, 2, 18), next_step="close"),)),
        Status("placing", date(2027, 2, 18), "close"),
    ),
    "the last one that stopped counts": (
        replace(
            HELD,
            joined=(
                Joined("stopped", day(14), stopped_on=date(2027, 3, 1), id=1),
                Joined("stopped", day(20), stopped_on=date(2027, 2, 1), next_step="close", id=2),
            ),
        ),
        Status("placing", date(2027, 3, 8), "find_activity"),
    ),
    "spoken again after the stop that was to be closed": (
        replace(
            HELD,
            intakes=(FirstTalk(date(2027, 3, 1)),),
            joined=(Joined("stopped", day(14), stopped_on=date(2027, 2, 18), next_step="close"),),
        ),
        Status("placing", date(2027, 3, 8), "find_activity"),
    ),
    "gave up waiting": (
        replace(NEW, joined=(Joined("stopped", day(9), stopped_on=day(27)),)),
        Status("placing", date(2026, 12, 4), "find_activity"),
    ),
    "signed up after a talk that said stopped: the path anew": (
        replace(
            STARTED,
            talks=(Talk(date(2027, 2, 18), "stopped"),),
            joined=(
                Joined("stopped", day(14), day(19), day(19), date(2027, 2, 18), ended_in_id=1),
                Joined("enrolled", date(2027, 2, 20), date(2027, 3, 2)),
            ),
        ),
        Status("placing", date(2027, 3, 2), "first_visit"),
    ),
    "stopped after a talk in which all was well": (
        replace(
            STARTED,
            talks=(Talk(date(2027, 2, 18)),),
            joined=(Joined("stopped", day(14), day(19), day(19), date(2027, 4, 1)),),
        ),
        Status("placing", date(2027, 4, 8), "find_activity"),
    ),
    "a first talk is planned anew after the aftercare talk": (
        replace(
            STARTED,
            talks=(Talk(date(2027, 2, 18), "stopped"),),
            visits=(planned(date(2027, 3, 1)),),
            joined=(Joined("stopped", day(14), day(19), day(19), date(2027, 2, 18), ended_in_id=1),),
        ),
        Status("intake_planned", date(2027, 3, 1), "intake"),
    ),
    "lost the place, waits: does not take part": (
        replace(HELD, joined=(Joined("waiting", day(14), day(19), day(19)),)),
        Status("placing", day(20), "waiting_list"),
    ),
    "opened again after the card: called, and not late": (
        replace(
            NEW,
            attempts=(*tried(9, 10, 11), Attempt(day(12), "sent", way="post")),
            endings=(Ending(date(2026, 12, 1), "not_reached", reopened_on=date(2027, 3, 1)),),
        ),
        Status("contacting", date(2027, 3, 8), "call"),
    ),
    "opened again after all was done: something else is looked for": (
        replace(
            STARTED,
            talks=(Talk(date(2027, 2, 18)),),
            endings=(Ending(date(2027, 2, 20), reopened_on=date(2027, 6, 1)),),
        ),
        Status("placing", date(2027, 6, 8), "find_activity"),
    ),
    "opened again and spoken since: closed on what was said then": (
        replace(
            STARTED,
            talks=(Talk(date(2027, 2, 18)), Talk(date(2027, 6, 2))),
            endings=(Ending(date(2027, 2, 20), reopened_on=date(2027, 6, 1)),),
        ),
        Status("aftercare", date(2027, 6, 2), "close"),
    ),
    "opened again while taking part: the talk is not late": (
        replace(STARTED, endings=(Ending(day(30), "stopped", reopened_on=date(2027, 6, 1)),)),
        Status("participating", date(2027, 6, 8), "aftercare"),
    ),
    "missed the talk: planned anew from that day": (
        replace(
            NEW, attempts=tried(10, outcome="reached"), visits=(Visit(datetime(2026, 11, 26, 10), "intake", "missed"),)
        ),
        Status("contacting", date(2026, 12, 3), "plan_intake"),
    ),
    "died, and a case is open: it is closed, nobody is called": (
        replace(NEW, person=Participant(deceased_on=day(20))),
        Status("received", day(20), "close"),
    ),
    "closed beats all": (replace(STARTED, endings=(Ending(day(30)),)), Status("closed", None)),
    "a late intake of someone who started already": (
        replace(STARTED, intakes=(FirstTalk(day(25)),)),
        Status("participating", date(2027, 2, 19), "aftercare"),
    ),
}


@pytest.mark.parametrize(("case", "expected"), CASES.values(), ids=list(CASES))
def test_status_and_due_date_follow_from_the_deeds(case: Case, expected: Status) -> None:
    assert status_of(case, TERMS) == expected


@pytest.mark.parametrize(
    ("case", "taken_back", "expected"),
    [
        (STARTED, {"joined": ENROLLED.joined}, status_of(ENROLLED, TERMS)),
        (ENROLLED, {"joined": ()}, status_of(HELD, TERMS)),
        (HELD, {"intakes": (), "visits": PLANNED.visits}, status_of(PLANNED, TERMS)),
        (replace(NEW, attempts=tried(9)), {"attempts": ()}, status_of(NEW, TERMS)),
        (replace(HELD, endings=(Ending(day(30)),)), {"endings": ()}, status_of(HELD, TERMS)),
        (replace(STARTED, talks=(Talk(day(30), "other"),)), {"talks": ()}, status_of(STARTED, TERMS)),
    ],
)
def test_deed_taken_back_leaves_the_status_it_had_before(
    case: Case, taken_back: dict[str, object], expected: Status
) -> None:
    assert status_of(replace(case, **taken_back), TERMS) == expected  # type: ignore[arg-type]


def test_terms_of_the_organisation_move_the_due_date() -> None:
    assert status_of(NEW, Terms(call_within=2)).due_on == day(10)
    assert status_of(replace(NEW, attempts=tried(9, 10)), Terms(call_attempts=2)).task == "card"
