"""By when somebody's question about their own data has to be answered, and what an answer needs."""

from datetime import date
from typing import Any

import pytest

from desktop.errors import Refused
from desktop.rules.requests import RequestDraft, answer_by, check

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("kind", "extended", "last"),
    [
        ("access", False, date(2027, 2, 28)),
        ("correction", False, date(2027, 2, 28)),
        ("destruction", False, date(2027, 4, 30)),
        ("access", True, date(2027, 4, 30)),
        ("destruction", True, date(2027, 4, 30)),  # the Wmo has no longer term
    ],
)
def test_one_month_three_under_the_wmo_and_two_more_when_it_is_complicated(
    kind: str, extended: bool, last: date
) -> None:
    assert answer_by(kind, date(2027, 1, 31), extended) == last


def wrong(**values: Any) -> set[str]:
    usual = {"person_id": 1, "kind": "access", "received_on": TODAY}
    try:
        check(RequestDraft(**{**usual, **values}), TODAY)
    except Refused as refused:
        return set(refused.fields)
    return set()


def test_a_request_says_whose_what_and_when() -> None:
    assert wrong() == set()
    assert wrong(person_id=None, kind="", received_on=None) == {"person_id", "kind", "received_on"}
    assert wrong(received_on=date(2026, 11, 22)) == {"received_on"}
    assert wrong(asked_by="BSN 123456782") == {"asked_by"}


def test_an_answer_has_its_day_a_refusal_its_reason_and_nothing_goes_to_somebody_unknown() -> None:
    assert wrong(outcome="granted") == {"answered_on", "proved"}
    assert wrong(outcome="refused", answered_on=TODAY) == {"answer"}
    assert wrong(outcome="granted", answered_on=date(2026, 11, 1), proved=True) == {"answered_on"}
    assert wrong(outcome="granted", answered_on=TODAY, proved=True) == set()
