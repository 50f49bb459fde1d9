"""Which practices ask for a talk because nobody came from them."""

from datetime import date

import pytest

from desktop.rules.quiet_practices import Seen, asks_for_talk, is_quiet, talk_due_on
from desktop.rules.values import Quarter

Q3, TODAY = Quarter(2026, 3), date(2026, 10, 20)
SPRING = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (Seen(SPRING), True),
        (Seen(date(2026, 6, 30)), True),
        (Seen(date(2026, 7, 1)), False),  # sent somebody in the quarter
        (Seen(date(2026, 10, 2)), False),  # or since
        (Seen(), True),  # on file from of old, never sent anybody
        (Seen(known_on=SPRING), True),
        (Seen(known_on=date(2026, 9, 30)), True),
        (Seen(known_on=date(2026, 10, 1)), False),  # had no quarter to send anybody in
    ],
)
def test_quiet_is_nobody_in_the_quarter_nor_since(seen: Seen, expected: bool) -> None:
    assert is_quiet(seen, Q3) is expected
    assert asks_for_talk(seen, Q3, TODAY) is expected


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (Seen(SPRING, talked_on=date(2026, 9, 30)), True),  # a talk of before the quarter was over
        (Seen(SPRING, talked_on=date(2026, 10, 1)), False),
        (Seen(SPRING, talked_on=SPRING, next_on=date(2026, 11, 3)), False),  # that talk has its own task
        (Seen(SPRING, until=date(2026, 10, 21)), False),
        (Seen(SPRING, until=TODAY), True),  # back on the day itself
        (Seen(SPRING, settled=True), False),
    ],
)
def test_a_talk_a_promise_or_a_decision_settles_the_quarter(seen: Seen, expected: bool) -> None:
    assert asks_for_talk(seen, Q3, TODAY) is expected


@pytest.mark.parametrize(
    ("quarter", "due"),
    [(Q3, date(2026, 10, 31)), (Quarter(2026, 4), date(2027, 1, 31)), (Quarter(2027, 1), date(2027, 4, 30))],
)
def test_the_talk_is_held_in_the_month_after_the_quarter(quarter: Quarter, due: date) -> None:
    assert talk_due_on(quarter) == due
