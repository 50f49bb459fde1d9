"""What may be recorded of an activity, when it is held next, and what a letter calls it."""

from datetime import date, time
from typing import Any

import pytest

from desktop.errors import Refused
from desktop.rules.activities import (
    NEUTRAL_NAME,
    ActivityDraft,
    check,
    key_of,
    neutral_name,
    next_dates,
    places_left,
    shown_status,
)
from desktop.rules.schedules import Schedule

TODAY = date(2026, 11, 21)
MONDAYS = Schedule("FREQ=WEEKLY;BYDAY=MO", opens=time(10))


def refused_fields(**values: Any) -> set[str]:
    with pytest.raises(Refused) as refused:
        check(ActivityDraft(**{"title": "Bingo", **values}), TODAY)
    return set(refused.value.fields)


def test_title_alone_is_enough() -> None:
    check(ActivityDraft(title="Bingo"), TODAY)


def test_every_complaint_comes_at_once() -> None:
    wrong = refused_fields(
        title="", capacity=0, age_from=70, age_to=60, contact_email="x", provider="partner", status="merry",
        checked_on=date(2026, 11, 22),
    )  # fmt: skip
    assert wrong == {"title", "capacity", "age_to", "contact_email", "partner", "status", "checked_on"}


def test_times_that_cannot_be_are_told_at_the_times() -> None:
    assert refused_fields(schedules=(Schedule("FREQ=WEEKLY;BYDAY=MO", opens=time(11), closes=time(10)),)) == {
        "schedules"
    }


def test_bsn_is_refused_in_a_note() -> None:
    assert refused_fields(note="bel 123456782") == {"note"}


def test_letter_names_a_group_neutrally() -> None:
    assert neutral_name("Rouwgroep Verder", "") == NEUTRAL_NAME
    assert neutral_name("Rouwgroep Verder", " een groep bij ons ") == "een groep bij ons"


def test_next_dates_leave_out_public_holidays_unless_it_goes_on() -> None:
    around_easter = date(2027, 3, 22)
    easter_monday = date(2027, 3, 29)
    assert next_dates([MONDAYS], around_easter, 3) == [date(2027, 3, 22), date(2027, 4, 5), date(2027, 4, 12)]
    assert easter_monday in next_dates([MONDAYS], around_easter, 3, skips_holidays=False)


def test_next_dates_of_several_times_come_in_order_each_day_once() -> None:
    both = [MONDAYS, Schedule("FREQ=WEEKLY;BYDAY=MO,WE", opens=time(14))]
    assert next_dates(both, TODAY, 3) == [date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 30)]


def test_no_dates_for_times_that_are_over_or_unknown() -> None:
    over = Schedule("FREQ=WEEKLY;BYDAY=MO", ends_on=date(2026, 11, 1))
    assert next_dates([over, Schedule(note="in overleg")], TODAY, 3) == []


def test_full_when_the_last_place_is_taken_also_when_nobody_said_so() -> None:
    assert places_left(None, 80) is None
    assert places_left(12, 14) == 0
    assert [shown_status("active", left) for left in (None, 1, 0)] == ["active", "active", "full"]
    assert shown_status("stopped", 0) == "stopped"


def test_same_activity_in_another_spelling_has_one_key() -> None:
    assert key_of("Creatief café", "De Brink") == key_of("creatief CAFE", "de brink")
