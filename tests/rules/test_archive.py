"""Periods of the archive, and where a letter stands that was fixed once."""

from datetime import date

import pytest

from desktop.rules.archive import PERIODS, bounds, state_of

SUNDAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("week", (date(2026, 2, 23), None)),
        ("month", (date(2026, 3, 1), None)),
        ("last_month", (date(2026, 2, 1), date(2026, 2, 28))),
        ("year", (date(2026, 1, 1), None)),
        ("last_year", (date(2025, 1, 1), date(2025, 12, 31))),
        ("older", (None, date(2024, 12, 31))),
        ("", (None, None)),
    ],
)
def test_period_holds_these_days(period: str, expected: tuple[date | None, date | None]) -> None:
    assert bounds(period, SUNDAY) == expected


def test_every_period_exists_on_a_leap_day() -> None:
    assert all(any(bounds(period, date(2028, 2, 29))) for period in PERIODS)


def test_withdrawing_comes_above_coming_back() -> None:
    assert state_of("fixed", withdrawn=True, returned=True) == "withdrawn"
    assert state_of("fixed", withdrawn=False, returned=True) == "returned"
    assert state_of("fixed", withdrawn=False, returned=False) == "ready"
    assert state_of("sent", withdrawn=False, returned=False) == "sent"
