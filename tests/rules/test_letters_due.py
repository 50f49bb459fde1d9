"""Which letters a practice is still owed, by when and why not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.rules.letters_due import LetterFacts, due_moments, may_approve, settles, why_not
from desktop.rules.staff import Member

TODAY = date(2026, 11, 23)
FACTS = LetterFacts(dated_on=date(2026, 11, 6), received_on=date(2026, 11, 7), consent="yes")


def owed(facts: LetterFacts, today: date = TODAY) -> list[tuple[str, date]]:
    return [(due.moment, due.due_on) for due in due_moments(facts, today) if not due.why_not]


def test_arrived_is_due_two_weeks_after_the_voucher() -> None:
    assert owed(FACTS) == [("arrived", date(2026, 11, 20))]
    assert due_moments(FACTS, TODAY)[0].days_late == 3


def test_voucher_that_came_late_is_not_overdue_before_it_was_there() -> None:
    late = replace(FACTS, received_on=date(2026, 12, 1))
    assert owed(late) == [("arrived", date(2026, 12, 1))]


def test_intake_letter_settles_the_arrived_moment_and_takes_its_earlier_day() -> None:
    facts = replace(FACTS, intakes=(date(2026, 11, 19),))
    (due,) = due_moments(facts, TODAY)
    assert (due.moment, due.due_on, due.settles) == ("intake", date(2026, 11, 20), ("arrived", "intake"))


def test_intake_letter_is_due_five_working_days_after_the_first_intake() -> None:
    facts = replace(FACTS, written=frozenset({"arrived"}), intakes=(date(2026, 11, 19), date(2026, 11, 12)))
    assert owed(facts) == [("intake", date(2026, 11, 19))]


def test_no_arrived_letter_after_the_intake_letter() -> None:
    facts = replace(FACTS, intakes=(date(2026, 11, 12),), written=frozenset({"intake"}))
    assert due_moments(facts, TODAY) == ()


def test_closing_is_due_on_closing_and_settles_all() -> None:
    facts = replace(FACTS, intakes=(date(2026, 11, 9),), closed_on=date(2026, 11, 10), outcome="completed")
    (due,) = due_moments(facts, TODAY)
    assert (due.moment, due.due_on, due.settles) == ("closing", date(2026, 11, 10), ("arrived", "intake", "closing"))


@pytest.mark.parametrize("outcome", ["not_reached", "not_interested", "not_suitable", "expired"])
def test_case_that_never_started_reports_as_declined(outcome: str) -> None:
    facts = replace(FACTS, closed_on=date(2026, 11, 20), outcome=outcome)
    assert [moment for moment, _day in owed(facts)] == ["declined"]


@pytest.mark.parametrize("outcome", ["deceased", "error"])
def test_nobody_is_written_about_the_dead_or_a_mistake(outcome: str) -> None:
    facts = replace(FACTS, closed_on=date(2026, 11, 20), outcome=outcome, intakes=(date(2026, 11, 12),))
    assert due_moments(facts, TODAY) == ()
    assert why_not(facts, "closing")


@pytest.mark.parametrize("consent", ["no", "ask", ""])
def test_without_consent_only_a_receipt_is_owed_and_the_rest_says_why_not(consent: str) -> None:
    facts = replace(FACTS, consent=consent, intakes=(date(2026, 11, 12),))
    found = {due.moment: due for due in due_moments(facts, TODAY)}
    assert found["arrived"].why_not == ""
    assert found["arrived"].settles == ("arrived",)
    assert found["intake"].why_not
    assert settles(facts, "arrived", TODAY) == ("arrived",)


def test_without_referral_and_consent_not_even_a_receipt() -> None:
    facts = replace(FACTS, consent="no", referred=False)
    assert all(due.why_not for due in due_moments(facts, TODAY))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"addressed": False}, "niemand"),
        ({"wanted": False}, "verwijzer"),
        ({"agreed": ("closing",)}, "praktijk"),
        ({"consent": "no", "referred": False}, "toestemming"),
    ],
)
def test_reason_why_not_is_plain(change: dict[str, object], word: str) -> None:
    (due,) = due_moments(replace(FACTS, **change), TODAY)  # type: ignore[arg-type]
    assert word in due.why_not.lower()


def test_terms_of_the_organisation_count() -> None:
    facts = replace(FACTS, terms=replace(FACTS.terms, arrived_letter_within=30))
    assert owed(facts) == [("arrived", FACTS.dated_on + timedelta(days=30))]


def test_who_may_give_the_coachs_word() -> None:
    coach, other = Member(1, "A", frozenset({"coach"})), Member(2, "B", frozenset({"coach"}))
    chief = Member(3, "C", frozenset({"coordinator", "coach"}))
    desk = Member(4, "D", frozenset({"coordinator", "intake"}))
    assert may_approve(coach, 1, 2)
    assert may_approve(other, 1, 2)
    assert not may_approve(other, 1, None)
    assert may_approve(other, None, None)
    assert may_approve(chief, 1, None)
    assert not may_approve(desk, 4, None)
