"""The day that a practice is promised is read from what the letter says."""

from datetime import date

import pytest

from desktop.rules.letterpromise import NamedDay, Promise, days_in, promise_in

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("following", "promised"),
    [
        ("U hoort rond 19 februari 2027 weer van ons, of eerder als zij stopt.", Promise(date(2027, 2, 19), True)),
        ("U hoort uiterlijk 4 januari 2027 weer van ons.", Promise(date(2027, 1, 4))),
        ("Bij de afsluiting, uiterlijk 1 Maart 2027.", Promise(date(2027, 3, 1))),
        ("Na de intake van 24 november, uiterlijk 1 december.", Promise(date(2026, 12, 1))),
        ("Uiterlijk 04-01-2027, of eerder als het kan.", Promise(date(2027, 1, 4), True)),
        ("Wij spraken haar op 3 november 2026; weer bericht voor 4 jan. 2027.", Promise(date(2027, 1, 4))),
        ("Dit is ons laatste bericht over deze verwijzing.", Promise()),
        ("U hoort eerder van ons.", Promise()),
        ("Voor 31 februari 2027.", Promise()),
        ("Bel 040-211 0001, kamer 3, 12 keer.", Promise()),
        ("", Promise()),
    ],
)
def test_promise_is_what_the_practice_reads(following: str, promised: Promise) -> None:
    assert promise_in(following, TODAY) == promised


def test_day_that_does_not_exist_is_named_as_such() -> None:
    assert list(days_in("Op 31 februari 2027 of 5 mei 2027", TODAY)) == [
        NamedDay("31 februari 2027", None),
        NamedDay("5 mei 2027", date(2027, 5, 5)),
    ]


def test_day_without_a_year_is_the_nearest_one() -> None:
    (december,) = days_in("donderdag 31 december", date(2027, 1, 4))
    assert december.on == date(2026, 12, 31)
