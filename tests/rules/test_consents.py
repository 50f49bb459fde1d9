"""Which answer counts: the newest recorded for this case and this practice, never a yes that a date brought up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.cases import Answer, Attempt, Case, Ending, Office, Participant
from desktop.rules.consents import (
    contradicted,
    position,
    said,
    still_to_ask,
    to_withdraw,
    two_answers,
    which_counts,
    why_asked,
)

ESCH, VEEN = 4, 9


def on(day: int) -> date:
    return date(2027, 3, day)


def answers(*rows: Answer) -> tuple[Answer, ...]:
    return tuple(replace(each, id=number) for number, each in enumerate(rows, 1))


def yes(day: int, practice: int | None = ESCH, **more: Any) -> Answer:
    return Answer("report_back", "yes", on(day), "spoken", practice, **more)


def no(day: int, practice: int | None = ESCH, **more: Any) -> Answer:
    return replace(yes(day, practice, **more), answer="no")


def ask(day: int, practice: int | None = ESCH) -> Answer:
    return replace(yes(day, practice), answer="ask")


def counts(*rows: Answer, practice: int | None = ESCH) -> str:
    return position(answers(*rows), "report_back", practice).counts


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([], ""),
        ([yes(3)], "yes"),
        ([yes(9), no(3)], "no"),  # recorded last, of an earlier day
        ([no(3), yes(9)], "yes"),
        ([no(3), yes(3)], "yes"),  # on one day the last word counts
        ([no(9), yes(3)], "ask"),  # nobody was asked which of the two counts
        ([no(9), yes(3, sure=True)], "yes"),
        ([no(9), yes(3), yes(4)], "ask"),  # still of before the no
        ([no(9), yes(3), yes(12)], "yes"),
        ([no(9), yes(3), no(5)], "no"),
        ([yes(3), ask(9)], "ask"),
        ([no(3), ask(9)], "no"),  # a note that it is to be asked lifts no "no"
        ([ask(3), yes(2)], "yes"),
        ([yes(3, withdrawn_on=on(9))], "no"),
        ([yes(3, withdrawn_on=on(9)), yes(5)], "ask"),
        ([yes(3, withdrawn_on=on(9)), yes(10)], "yes"),
        ([yes(3, VEEN)], "ask"),  # another practice has its own answer
        ([no(3, VEEN)], "ask"),
        ([yes(3), no(9, VEEN)], "yes"),
        ([no(3), yes(9, VEEN)], "no"),
        ([yes(3, None)], "ask"),  # of before a practice stood on the voucher
    ],
)
def test_which_answer_counts_for_a_practice(rows: list[Answer], answer: str) -> None:
    assert counts(*rows) == answer


def test_what_may_be_told_the_activity_is_asked_of_the_case_alone() -> None:
    told = Answer("activity", "yes", on(3))
    assert position([told], "activity", ESCH).given
    assert position([told], "activity", None).given
    assert position([told], "report_back", ESCH).counts == ""


ANY = st.builds(
    Answer,
    purpose=st.just("report_back"),
    answer=st.sampled_from(["yes", "no", "ask"]),
    given_on=st.dates(on(1), on(9)),
    practice_id=st.sampled_from([ESCH, VEEN, None]),
    withdrawn_on=st.none() | st.dates(on(9), on(12)),
    sure=st.booleans(),
)


@given(st.lists(ANY, max_size=7))
def test_a_yes_counts_only_when_the_last_answer_for_that_practice_is_a_yes(rows: list[Answer]) -> None:
    mine = [each for each in rows if each.practice_id == ESCH]
    where = position(rows, "report_back", ESCH)
    if where.given:
        assert said(mine[-1]) == "yes"
    if mine and said(mine[-1]) == "no":
        assert where.counts == "no"
    assert where == position([*rows, yes(9, VEEN), no(9, VEEN)], "report_back", ESCH) or not mine


@given(st.lists(ANY, max_size=7))
def test_no_day_brings_up_a_yes_over_a_no(rows: list[Answer]) -> None:
    """Whoever counts by days alone, the newest no first recorded after the last yes still holds it back."""
    told = [each for each in rows if each.practice_id == ESCH and said(each) != "ask"]
    last_no = max((at for at, each in enumerate(told) if said(each) == "no"), default=-1)
    later = told[last_no + 1 :]
    if last_no >= 0 and position(rows, "report_back", ESCH).given:
        held = told[last_no].withdrawn_on or told[last_no].given_on
        assert any(each.sure or each.given_on >= held for each in later)


@given(st.lists(ANY, max_size=7))
def test_withdrawing_leaves_no_yes_standing(rows: list[Answer]) -> None:
    numbered = answers(*rows)
    where = position(numbered, "report_back", ESCH)
    if where.stands is None or not where.given:
        return
    gone = {each.id for each in to_withdraw(numbered, where.stands)}
    after = [replace(each, withdrawn_on=on(20)) if each.id in gone else each for each in numbered]
    assert position(after, "report_back", ESCH).counts == "no"


def test_an_answer_of_an_earlier_day_that_contradicts_is_asked_about_with_both_days() -> None:
    before = position(answers(no(9, intake_id=2)), "report_back", ESCH)
    other = contradicted(before, "yes", on(5))
    assert other is not None
    assert which_counts(other, "yes", on(5)) == (
        "Er staat al “nee” van 9 maart 2027 (in de intake). "
        "Dit “ja” is van een eerdere dag, 5 maart 2027. Telt het toch?"
    )
    assert contradicted(before, "no", on(5)) is None
    assert contradicted(before, "yes", on(9)) is None
    assert contradicted(before, "ask", on(5)) is None
    assert contradicted(position((), "report_back", ESCH), "yes", on(5)) is None


def test_a_yes_that_stands_is_asked_about_too_before_a_no_of_an_earlier_day() -> None:
    assert contradicted(position(answers(yes(9)), "report_back", ESCH), "no", on(5)) is not None


def test_two_answers_are_told_with_day_and_place() -> None:
    where = position(answers(no(9), yes(3, attempt_id=1)), "report_back", ESCH)
    assert where.stands is not None
    assert where.clash is not None
    assert two_answers(where.stands, where.clash) == (
        "Twee antwoorden: ja op 3 maart 2027 (in een contact) en nee op 9 maart 2027 (mondeling). Vraag het opnieuw."
    )
    assert why_asked(where).startswith("Twee antwoorden")


OPEN = Case(
    received_on=on(1),
    person=Participant(id=1),
    practice=Office("De Esch", id=ESCH),
    addressee_id=ESCH,
    attempts=(Attempt(on(2), "reached"),),
)


def waits(*rows: Answer, **more: Any) -> bool:
    return still_to_ask(replace(OPEN, answers=answers(*rows), **more))


@pytest.mark.parametrize("rows", [[], [ask(3)], [yes(3), ask(9)], [no(3), ask(9)], [no(9), yes(3)], [yes(3, VEEN)]])
def test_it_is_still_to_be_asked(rows: Sequence[Answer]) -> None:
    assert waits(*rows)


@pytest.mark.parametrize("rows", [[yes(3)], [no(3)], [ask(1), no(3)], [yes(3, withdrawn_on=on(5))]])
def test_it_was_answered(rows: Sequence[Answer]) -> None:
    assert not waits(*rows)


def test_nobody_is_asked_when_nobody_would_hear_it() -> None:
    assert not waits(addressee_id=None, practice=None)
    assert not waits(report_back=False)
    assert not waits(endings=(Ending(on(4), "not_reached"),))
    assert not waits(person=Participant(id=1, deceased_on=on(4)))
