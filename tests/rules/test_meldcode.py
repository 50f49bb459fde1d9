"""The Meldcode: step 5 only with what was weighed and two decisions; suicide has other steps and another last one."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from desktop.errors import Doubtful, Refused
from desktop.rules import meldcode, suicide
from desktop.rules.deeds import WorryDraft, check_worry
from desktop.rules.meldcode import DECISIONS, WEIGHING, MeldcodeDraft
from desktop.rules.signals import SignalDraft, grounds_for
from desktop.rules.signals import check as check_signal
from desktop.rules.suicide import SuicideDraft

NOTICED, TODAY = date(2026, 11, 2), date(2026, 11, 5)
ANSWERS: dict[str, Any] = {
    "weigh_suspected": "yes",
    "weigh_unsafe": "no",
    "weigh_able": "yes",
    "weigh_accepted": "yes",
    "weigh_safer": "yes",
    "must_report": "no",
    "may_help": "yes",
}
FINISHED = MeldcodeDraft(on_1=NOTICED, on_5=TODAY, **ANSWERS)


def answer(name: str, value: object) -> dict[str, Any]:
    return {name: value}


def check(draft: MeldcodeDraft) -> None:
    meldcode.check(draft, NOTICED, TODAY)


def test_step_five_with_all_answers_is_right() -> None:
    check(FINISHED)


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("empty", ["", None])
def test_step_five_without_one_answer_is_refused_beside_that_question(name: str, empty: str | None) -> None:
    with pytest.raises(Refused) as refused:
        check(replace(FINISHED, **answer(name, empty)))
    assert name in refused.value.fields
    assert set(refused.value.fields) <= {*WEIGHING, *DECISIONS}


def test_earlier_steps_ask_no_answers_yet() -> None:
    check(MeldcodeDraft(on_1=NOTICED, on_2=TODAY, on_3=TODAY, on_4=TODAY))


@pytest.mark.parametrize("decision", DECISIONS)
def test_without_a_suspicion_nothing_more_is_weighed_but_both_decisions_are_taken(decision: str) -> None:
    none = MeldcodeDraft(on_5=TODAY, weigh_suspected="no", must_report="no", may_help="no")
    check(none)
    with pytest.raises(Refused) as refused:
        check(replace(none, **answer(decision, "")))
    assert set(refused.value.fields) == {decision}


def test_danger_says_that_it_must_be_reported() -> None:
    danger = replace(FINISHED, weigh_unsafe="yes")
    with pytest.raises(Doubtful) as asked:
        check(danger)
    assert "melden noodzakelijk" in asked.value.fields["must_report"]
    check(replace(danger, sure=True))
    check(replace(danger, must_report="yes"))
    check(replace(danger, weigh_suspected="no"))  # then danger was not asked


def test_answer_that_is_none_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        check(MeldcodeDraft(weigh_able="misschien"))
    assert set(refused.value.fields) == {"weigh_able"}


@pytest.mark.parametrize(("number", "day"), [(1, date(2026, 11, 1)), (4, date(2026, 11, 6))])
def test_steps_at_suicide_lie_between_the_sign_and_today(number: int, day: date) -> None:
    with pytest.raises(Refused) as refused:
        suicide.check(replace(SuicideDraft(), **answer(f"on_{number}", day)), NOTICED, TODAY)
    assert set(refused.value.fields) == {f"on_{number}"}


def test_steps_at_suicide_come_in_any_order() -> None:
    suicide.check(SuicideDraft(on_4=NOTICED, on_1=TODAY), NOTICED, TODAY)


def done(kind: str, **more: Any) -> WorryDraft:
    return WorryDraft(kind=kind, noticed_on=NOTICED, called_on=NOTICED, done_on=TODAY, **more)


@pytest.mark.parametrize(
    ("kind", "last", "words"), [("suicide", 4, "stap 4"), ("violence", 5, "Stap 5"), ("neglect", 5, "Stap 5")]
)
def test_worry_is_done_only_when_somebody_stays_or_somebody_decided(kind: str, last: int, words: str) -> None:
    now = datetime.combine(TODAY, time(12))
    with pytest.raises(Doubtful) as asked:
        check_worry(done(kind), now, {1, 2, 3})
    assert words in asked.value.fields["done_on"]
    check_worry(done(kind), now, {1, last})
    check_worry(done(kind, sure=True), now)
    with pytest.raises(Refused):
        check_worry(replace(done(kind, sure=True), called_on=None), now, {1, last})


def test_step_five_is_not_ticked_off_on_the_form_of_the_worry() -> None:
    now = datetime.combine(TODAY, time(12))
    with pytest.raises(Refused) as refused:
        check_worry(WorryDraft(kind="violence", noticed_on=NOTICED, meldcode_step=5), now, {1, 2})
    assert set(refused.value.fields) == {"meldcode_step"}


@pytest.mark.parametrize(
    ("kinds", "has_meldcode"),
    [({"suicide"}, False), ({"violence"}, True), ({"neglect"}, True), ({"suicide", "violence"}, True), (set(), True)],
)
def test_meldcode_is_no_ground_at_suicide(kinds: set[str], has_meldcode: bool) -> None:
    assert ("meldcode" in grounds_for(kinds)) is has_meldcode
    assert {"consent", "vital"} <= set(grounds_for(kinds))
    draft = SignalDraft(voucher_id=1, ground="meldcode", sentence="Hij zei dat hij niet meer wil.")
    if has_meldcode:
        check_signal(draft, False, kinds=kinds)
    else:
        with pytest.raises(Refused) as refused:
            check_signal(draft, False, kinds=kinds)
        assert set(refused.value.fields) == {"ground"}


def test_consent_that_is_there_goes_before_danger_to_life() -> None:
    draft = SignalDraft(voucher_id=1, ground="vital", sentence="Hij zei dat hij niet meer wil.")
    check_signal(draft, False)
    with pytest.raises(Doubtful):
        check_signal(draft, True)
