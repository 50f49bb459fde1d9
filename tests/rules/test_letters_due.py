"""Which letters a practice is still owed, by when and why not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.rules.letters_due import (
    ENDINGS,
    LetterFacts,
    Noticed,
    Told,
    due_moments,
    happened,
    may_approve,
    not_due,
    settles,
    why_never,
    why_not,
)
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
    sunday = FACTS.dated_on + timedelta(days=30)
    assert owed(facts) == [("arrived", sunday + timedelta(days=1))]


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


# ---- progress


BEGUN = replace(
    LetterFacts(dated_on=date(2026, 7, 20), received_on=date(2026, 7, 21), consent="yes"),
    intakes=(date(2026, 8, 1),),
    begun_on=date(2026, 8, 20),
    started=True,
    written=frozenset({"intake"}),
)


def test_progress_is_due_when_three_months_are_over_and_not_a_day_before() -> None:
    assert owed(BEGUN, date(2026, 11, 19)) == []
    assert owed(BEGUN, date(2026, 11, 20)) == [("progress", date(2026, 11, 20))]


def test_progress_is_due_on_the_day_of_a_talk_that_came_sooner() -> None:
    talked = replace(BEGUN, talks=(date(2026, 11, 10),))
    assert owed(talked, date(2026, 11, 10)) == [("progress", date(2026, 11, 10))]
    assert owed(replace(BEGUN, talks=(date(2026, 11, 22),))) == [("progress", date(2026, 11, 20))]


def test_months_to_the_progress_are_a_term_of_the_organisation() -> None:
    sooner = replace(BEGUN, terms=replace(BEGUN.terms, aftercare_after=2))
    assert owed(sooner) == [("progress", date(2026, 10, 20))]


def test_progress_settles_arrival_and_intake_and_takes_the_day_of_the_longest_due() -> None:
    (due,) = due_moments(replace(BEGUN, written=frozenset()), TODAY)
    assert due.moment == "progress"
    assert due.settles == ("arrived", "intake", "progress")
    assert due.due_on == date(2026, 8, 3)


def test_closing_settles_a_progress_letter_that_was_never_written() -> None:
    (due,) = due_moments(replace(BEGUN, closed_on=date(2026, 11, 21), outcome="completed"), TODAY)
    assert (due.moment, due.settles) == ("closing", ("progress", "closing"))


def test_no_progress_falls_due_in_a_case_that_closed_before_it() -> None:
    closed = replace(BEGUN, closed_on=date(2026, 10, 1), outcome="stopped", written=frozenset({"intake", "closing"}))
    assert due_moments(closed, TODAY) == ()
    assert not happened(closed, "progress", TODAY)


def test_no_intake_or_arrival_after_the_progress_letter() -> None:
    told = replace(BEGUN, written=frozenset({"progress"}))
    assert due_moments(told, TODAY) == ()
    (one,) = not_due(told, TODAY)
    assert (one.moment, one.settles) == ("progress", ("arrived", "intake", "progress"))


KINDS = {
    "arrived": FACTS,
    "intake": replace(FACTS, intakes=(date(2026, 11, 12),)),
    "progress": replace(BEGUN, written=frozenset()),
    "closing": replace(BEGUN, written=frozenset(), closed_on=date(2026, 11, 21), outcome="completed"),
    "declined": replace(FACTS, closed_on=date(2026, 11, 21), outcome="not_interested"),
}


@pytest.mark.parametrize("agreed", [False, True])
@pytest.mark.parametrize("consent", ["yes", "no", "ask", ""])
@pytest.mark.parametrize("moment", KINDS)
def test_kind_by_agreement_consent_and_what_was_written(moment: str, consent: str, agreed: bool) -> None:
    facts = KINDS[moment]
    wanted = facts.agreed if agreed else tuple(each for each in facts.agreed if each != moment)
    facts = replace(facts, consent=consent, agreed=wanted)
    found = {due.moment: due for due in due_moments(facts, TODAY)}
    if consent == "yes" and agreed:
        assert (found[moment].why_not, set(found)) == ("", {moment})
    elif agreed and (moment == "arrived" or (moment in ENDINGS and consent != "no")):
        assert found[moment].why_not == ""  # a receipt, or that it was closed
    else:
        assert found[moment].why_not
    told = replace(facts, written=frozenset({moment}), told={moment: Told("sent", date(2026, 11, 3))})
    assert moment not in {due.moment for due in due_moments(told, TODAY)}
    assert "3 november 2026" in next(due.why_not for due in not_due(told, TODAY) if moment in due.settles)


@pytest.mark.parametrize("moment", KINDS)
def test_nothing_that_happened_is_missing_from_the_two_lists(moment: str) -> None:
    for written in (frozenset[str](), frozenset({"arrived"}), frozenset({"intake"}), frozenset({moment})):
        facts = replace(KINDS[moment], written=written)
        said = {each for due in due_moments(facts, TODAY) for each in (due.settles or (due.moment,))}
        said |= {each for due in not_due(facts, TODAY) for each in due.settles}
        assert {each for each in KINDS if happened(facts, each, TODAY)} == said


@pytest.mark.parametrize("outcome", ["deceased", "error"])
def test_silent_case_says_so_once(outcome: str) -> None:
    (due,) = not_due(replace(BEGUN, closed_on=date(2026, 11, 20), outcome=outcome), TODAY)
    assert "geen bericht meer" in due.why_not


# ---- signal


WORRIED = replace(
    FACTS, worries=(Noticed(7, TODAY), Noticed(8, TODAY - timedelta(days=1))), written=frozenset({"arrived"})
)
WITH_SIGNAL = replace(WORRIED, agreed=(*FACTS.agreed, "signal"))


def test_each_worry_is_owed_the_same_day_where_the_practice_wants_to_hear_it() -> None:
    signals = due_moments(WITH_SIGNAL, TODAY)
    assert [(due.worry_id, due.due_on, due.days_late, due.why_not) for due in signals] == [
        (7, TODAY, 0, ""),
        (8, TODAY - timedelta(days=1), 1, ""),
    ]


def test_agreement_about_letters_keeps_no_signal_back_but_somebody_must_hear_it() -> None:
    assert {due.why_not for due in due_moments(WORRIED, TODAY) if due.moment == "signal"} == {""}
    unknown = replace(WORRIED, doctor=False)
    assert {due.why_not for due in due_moments(unknown, TODAY) if due.moment == "signal"} == {
        "Het is niet bekend wie de huisarts is. Vraag het deze persoon."
    }


def test_signal_is_owed_whatever_the_voucher_and_the_consent_say() -> None:
    facts = replace(WITH_SIGNAL, wanted=False, consent="no")
    assert [due.moment for due in due_moments(facts, TODAY) if not due.why_not] == ["signal", "signal"]


def test_signal_settles_nothing_and_a_signal_that_was_sent_hides_nothing() -> None:
    facts = replace(WITH_SIGNAL, written=frozenset({"signal"}), worries=())
    assert settles(facts, "signal", TODAY) == ("signal",)
    assert [due.moment for due in due_moments(facts, TODAY)] == ["arrived"]


def test_no_signal_to_nobody_nor_about_the_dead() -> None:
    assert why_never(replace(WITH_SIGNAL, addressed=False))
    assert why_never(replace(WITH_SIGNAL, closed_on=TODAY, outcome="deceased"))
    assert due_moments(replace(WITH_SIGNAL, closed_on=TODAY, outcome="deceased"), TODAY) == ()
