"""How often someone was there: in words, and which two numbers cannot be."""

import pytest

from desktop.rules.attendance import attendance_complaint, attendance_words


@pytest.mark.parametrize(
    ("present", "held", "words"),
    [
        (7, 8, "7 van 8 keer"),
        (0, 1, "0 van 1 keer"),
        (12, 12, "12 van 12 keer"),
        (None, None, ""),
        (7, None, ""),
        (None, 8, ""),
    ],
)
def test_attendance_is_said_only_when_both_numbers_are_known(present: int | None, held: int | None, words: str) -> None:
    assert attendance_words(present, held) == words


@pytest.mark.parametrize(
    ("present", "held", "field"),
    [
        (None, None, ""),
        (7, 8, ""),
        (0, 8, ""),
        (8, 8, ""),
        (7, None, "times_held"),
        (None, 8, "times_present"),
        (9, 8, "times_present"),
        (-1, 8, "times_present"),
        (0, 0, "times_held"),
        (3, 501, "times_held"),
        (3, -8, "times_held"),
    ],
)
def test_both_numbers_or_neither_and_nobody_more_often_than_it_was_held(
    present: int | None, held: int | None, field: str
) -> None:
    assert list(attendance_complaint(present, held)) == ([field] if field else [])
