"""What follows from a case as it is recorded, in one place for everything that is made of it."""

from datetime import date

import pytest

from desktop.rules.cases import Attempt, Case, FirstTalk, Joined, Talk
from desktop.rules.deed_kinds import without_deed
from desktop.rules.deeds import CaseDays, days_of

# ---- the days that a new or corrected date is held against


def day(number: int) -> date:
    return date(2026, 11, number)


WHOLE = Case(
    received_on=day(3),
    dated_on=day(2),
    attempts=(Attempt(day(4), "no_answer", id=1), Attempt(day(5), "reached", id=2)),
    intakes=(FirstTalk(day(9), id=1),),
    joined=(Joined("started", day(9), first_on=day(12), id=1), Joined("enrolled", day(10), id=2)),
    talks=(Talk(day(20), id=1),),
)
DAYS = {
    "as it is recorded": (WHOLE, ([4, 5], [9], [12], [20])),
    "a call is corrected": (without_deed(WHOLE, "contact_attempt", 2), ([4], [9], [12], [20])),
    "the intake is corrected": (without_deed(WHOLE, "intake", 1), ([4, 5], [], [12], [20])),
    "the first time is corrected": (without_deed(WHOLE, "enrolment", 1), ([4, 5], [9], [], [20])),
    "the aftercare talk is corrected": (without_deed(WHOLE, "aftercare", 1), ([4, 5], [9], [12], [])),
    "a new intake is not on file yet": (without_deed(WHOLE, "intake", None), ([4, 5], [9], [12], [20])),
}


@pytest.mark.parametrize("name", DAYS)
def test_a_date_is_held_against_what_else_is_recorded(name: str) -> None:
    case, found = DAYS[name]
    contacts, intakes, starts, aftercare = ([day(each) for each in numbers] for numbers in found)
    assert days_of(case) == CaseDays(day(2), contacts, intakes, starts, aftercare)


def test_an_undated_voucher_counts_from_the_day_it_came() -> None:
    assert days_of(Case(received_on=day(3))).last() == day(3)
