"""The 72 hours of a breach, and what has to be written down before it may be closed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from desktop.errors import Refused
from desktop.rules.breaches import BreachDraft, check, clock_words, still_to_report

TODAY = date(2026, 11, 21)
NOTICED = datetime(2026, 11, 20, 8, tzinfo=UTC)


def wrong(**values: Any) -> set[str]:
    usual = {"noticed_on": TODAY, "what": "Tas met dagblad gestolen"}
    try:
        check(BreachDraft(**{**usual, **values}), TODAY)
    except Refused as refused:
        return set(refused.fields)
    return set()


def test_the_clock_counts_down_and_then_says_how_much_too_late() -> None:
    assert clock_words(NOTICED, NOTICED + timedelta(hours=10)) == "nog 62 uur"
    assert clock_words(NOTICED, NOTICED + timedelta(hours=75)) == "3 uur te laat"


def test_it_runs_until_it_is_reported_or_decided_that_it_need_not_be() -> None:
    assert still_to_report("", reported=False)
    assert still_to_report("yes", reported=False)
    assert not still_to_report("yes", reported=True)
    assert not still_to_report("no", reported=False)


def test_a_breach_is_not_closed_before_the_decision_and_no_decision_goes_without_its_ground() -> None:
    assert wrong() == set()
    assert wrong(what=" ", noticed_on=None) == {"what", "noticed_on"}
    assert wrong(happened_on=date(2026, 11, 22)) == {"happened_on"}
    assert wrong(to_authority="no") == {"why_not"}
    assert wrong(closed_on=TODAY) == {"closed_on"}
    assert wrong(closed_on=TODAY, to_authority="yes") == {"closed_on"}
    assert wrong(closed_on=TODAY, to_authority="yes", authority_on=TODAY) == set()
