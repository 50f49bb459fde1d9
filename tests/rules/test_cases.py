"""What follows from a case as it is recorded, in one place for everything that is made of it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop.rules.cases import Attempt, Case, FirstTalk, Joined, Talk, Visit, marked_talk
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


# ---- the talk whose marks are the picture


def marks(*given: int) -> tuple[int | None, ...]:
    return (*given, *[None] * (6 - len(given)))


def talks(*found: FirstTalk | Talk) -> Case:
    return Case(
        received_on=day(1),
        intakes=[each for each in found if isinstance(each, FirstTalk)],
        talks=[each for each in found if isinstance(each, Talk)],
    )


ALL, HALF, TWO, ONE = marks(1, 2, 3, 4, 5, 6), marks(1, 2, 3), marks(7, 8), marks(9)
PICTURES: dict[str, tuple[tuple[FirstTalk | Talk, ...], int | None, int | None]] = {
    "no talk": ((), None, None),
    "a talk without marks": ((FirstTalk(day(2), id=1),), None, None),
    "none of the six was given": ((FirstTalk(day(2), marks=marks(), id=1),), None, None),
    "one talk, gone through": ((FirstTalk(day(2), marks=ALL, id=1),), 1, 1),
    "one mark is all there is": ((FirstTalk(day(2), marks=ONE, id=1),), 1, 1),
    "the newest of two whole ones": ((FirstTalk(day(2), marks=ALL, id=1), Talk(day(9), marks=HALF, id=2)), 2, 2),
    "one mark months on: the letter keeps the talk": (
        (FirstTalk(day(2), marks=HALF, id=1), Talk(day(9), marks=ONE, id=2)), 2, 1,
    ),
    "nowhere half of them: the letter takes most": (
        (FirstTalk(day(2), marks=TWO, id=1), Talk(day(9), marks=ONE, id=2)), 2, 1,
    ),
    "as many in both: the newest": ((FirstTalk(day(2), marks=TWO, id=1), Talk(day(9), marks=TWO, id=2)), 2, 2),
    "the later talk has no marks": ((FirstTalk(day(2), marks=ALL, id=1), Talk(day(9), marks=marks(), id=2)), 1, 1),
    "on one day: the one three months on": ((Talk(day(2), marks=ALL, id=2), FirstTalk(day(2), marks=ALL, id=7)), 2, 2),
    "an intake after the talk, for something else": (
        (Talk(day(2), marks=ALL, id=2), FirstTalk(day(9), marks=ALL, id=1)), 1, 1,
    ),
    "two intakes of one day: what was recorded last": (
        (FirstTalk(day(2), marks=ALL, id=1), FirstTalk(day(2), marks=ALL, id=2)), 2, 2,
    ),
    "a nought is a mark": ((FirstTalk(day(2), marks=marks(0), id=1),), 1, 1),
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_which_talk_is_the_picture_on_the_page_and_in_the_letter(name: str) -> None:
    found, on_page, in_letter = PICTURES[name]
    shown = [marked_talk([talks(*found)], whole=whole) for whole in (False, True)]
    assert [each.id if each is not None else None for each in shown] == [on_page, in_letter]


def test_the_picture_of_a_person_is_the_newest_of_all_their_cases() -> None:
    first, second = talks(FirstTalk(day(2), marks=ALL, id=1)), talks(FirstTalk(day(9), marks=ONE, id=2))
    for cases in ((first, second), (second, first)):
        shown = marked_talk(cases)
        assert shown is not None
        assert shown.id == 2


# ---- where an appointment to go along goes


WALKS, DRINKS = Joined("enrolled", day(9), title="Wandelen", id=1), Joined("enrolled", day(9), title="Inloop", id=2)
STOPPED = replace(DRINKS, state="stopped")
LINKED = Visit(datetime(2026, 11, 16, 10), "first_visit", enrolment_id=1, id=5)
NAMED = replace(LINKED, enrolment_id=None, address="Wandelen")
UNNAMED = replace(NAMED, address="bij de kerk")
BOTH, ONLY, LEFT = (WALKS, DRINKS), (WALKS,), (WALKS, STOPPED)
ALONG: dict[str, tuple[Visit, tuple[Joined, ...], set[int], set[int]]] = {
    # what goes there, and what it would end with
    "it says where": (LINKED, BOTH, {1}, {1}),
    "it says where, also when it is called otherwise": (replace(LINKED, address="Inloop"), BOTH, {1}, {1}),
    "it is called so": (NAMED, BOTH, {1}, {1}),
    "it is called so, and that was stopped": (replace(NAMED, address="Inloop"), LEFT, {1, 2}, {1, 2}),
    "to what nobody knows, with two": (UNNAMED, BOTH, {1, 2}, set()),
    "to what nobody knows, the other was stopped": (UNNAMED, LEFT, {1, 2}, {1}),
    "to what nobody knows, with one": (UNNAMED, ONLY, {1}, {1}),
    "no address, with one": (replace(NAMED, address=""), ONLY, {1}, {1}),
    "an intake goes nowhere": (replace(UNNAMED, kind="intake"), ONLY, set(), set()),
    "nothing was found": (UNNAMED, (), set(), set()),
}


@pytest.mark.parametrize("name", ALONG)
def test_where_an_appointment_to_go_along_goes(name: str) -> None:
    visit, joined, goes, ends = ALONG[name]
    case = Case(received_on=day(3), joined=joined, visits=(visit,))
    assert {each.id for each in joined if case.goes_to(visit, each)} == goes
    assert {each.id for each in joined if case.goes_to(visit, each, alone=True)} == ends
    assert {each.id for each in joined if case.going_along(each) == visit} == goes


def test_the_first_time_elsewhere_leaves_going_along_to_come() -> None:
    begun = replace(DRINKS, state="started", first_on=day(18))
    case = Case(received_on=day(3), joined=(WALKS, begun), visits=(NAMED,))
    assert case.to_come == (NAMED,)
    assert replace(case, joined=(replace(WALKS, first_on=day(18)), begun)).to_come == ()
