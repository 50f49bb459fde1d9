"""On hold: what can be recorded of it, and from and until when it counts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.errors import Doubtful, Refused
from desktop.rules.cases import Attempt, Case, FirstTalk, Pause, Sign
from desktop.rules.dates import working_days_after
from desktop.rules.holds import HoldDraft, check_hold, paused, standing_pause, to_resume
from desktop.rules.next_thing import NextThing, next_thing
from desktop.rules.status import Status, Terms, status_of
from desktop.rules.tasks import tasks_of

TODAY = date(2026, 11, 23)
TERMS = Terms()


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


GOOD = HoldDraft(from_on=TODAY, until_on=on(20), reason="ill")
ILL = Pause(on(-10), on(5), "ill", id=1)
HELD = Case(received_on=on(-60), intakes=(FirstTalk(on(-20)),))


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(GOOD, reason=""), "reason"),
        (replace(GOOD, from_on=None), "from_on"),
        (replace(GOOD, until_on=None), "until_on"),
        (replace(GOOD, until_on=TODAY), "until_on"),
        (replace(GOOD, until_on=on(-3)), "until_on"),
        (replace(GOOD, from_on=on(-500)), "from_on"),
        (replace(GOOD, until_on=on(500)), "until_on"),
        (replace(GOOD, ended_on=on(1)), "ended_on"),
        (replace(GOOD, from_on=on(-5), ended_on=on(-6)), "ended_on"),
        (replace(GOOD, note="BSN 123456782"), "note"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(draft: HoldDraft, field: str) -> None:
    with pytest.raises(Refused) as refused:
        check_hold(replace(draft, sure=True), TODAY)
    assert list(refused.value.fields) == [field]


def test_two_pauses_at_once_are_refused_and_a_long_one_or_an_appointment_is_asked() -> None:
    with pytest.raises(Refused):
        check_hold(replace(GOOD, sure=True), TODAY, overlaps=True)
    for draft, planned in ((replace(GOOD, until_on=on(120)), ""), (GOOD, "staat een afspraak")):
        with pytest.raises(Doubtful):
            check_hold(draft, TODAY, planned=planned)
        check_hold(replace(draft, sure=True), TODAY, planned=planned)


@pytest.mark.parametrize(
    ("pause", "today", "counts", "call"),
    [
        (ILL, TODAY, True, False),
        (ILL, on(-11), False, False),
        (ILL, on(4), True, False),
        (ILL, on(5), False, True),
        (ILL, on(40), False, True),
        (replace(ILL, ended_on=on(-2)), TODAY, False, False),
        (replace(ILL, ended_on=on(-2)), on(40), False, False),
    ],
)
def test_pause_counts_between_its_days_and_asks_for_a_call_afterwards(
    pause: Pause, today: date, counts: bool, call: bool
) -> None:
    case = replace(HELD, pauses=(pause,))
    assert (paused(case, today) is not None, to_resume(case, today) is not None) == (counts, call)


def test_speaking_to_the_person_lets_the_case_go_on_and_calling_in_vain_does_not() -> None:
    case = replace(HELD, pauses=(ILL,))
    assert status_of(case, TERMS) == Status("intake_held", on(5), "resume")
    in_vain = replace(case, attempts=(Attempt(on(6), "no_answer"),))
    assert standing_pause(in_vain) == ILL
    spoken = replace(case, attempts=(Attempt(on(6), "reached"),))
    assert standing_pause(spoken) is None
    assert status_of(spoken, TERMS).task == "find_activity"
    meanwhile = replace(case, attempts=(Attempt(on(-2), "reached"),))
    assert standing_pause(meanwhile) == ILL


def test_what_comes_before_the_pause_is_still_to_be_done() -> None:
    case = replace(HELD, intakes=(FirstTalk(on(-1)),), pauses=(replace(ILL, from_on=on(8), until_on=on(20)),))
    assert next_thing(case, TERMS, TODAY) == NextThing("find_activity", working_days_after(on(-1), 5))
    assert [task.kind for task in tasks_of(case, TERMS, TODAY)][:1] == ["find_activity"]


def test_worry_is_not_put_off() -> None:
    case = replace(HELD, pauses=(ILL,), signs=(Sign("neglect", on(-1), id=3),))
    assert [task.kind for task in tasks_of(case, TERMS, TODAY)] == ["worry"]
