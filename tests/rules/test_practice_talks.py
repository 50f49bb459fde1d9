"""A talk with a practice: what may be written down, and when again."""

from datetime import date
from typing import Any

import pytest

from desktop.errors import Doubtful, Refused
from desktop.rules.practice_talks import NextTalkDraft, PracticeTalkDraft, check, check_next, people_in

TODAY = date(2026, 11, 20)
TALK: dict[str, Any] = {"practice": 1, "held_on": date(2026, 11, 12), "agreed": "Wij bellen binnen een week."}
PEOPLE = ("H. Postma", "T. Aksoy", "Ans Kuipers")


def test_what_was_asked_or_what_was_agreed_is_enough() -> None:
    check(PracticeTalkDraft(**TALK), TODAY)
    check(PracticeTalkDraft(practice=1, held_on=TODAY, question="Wie kunnen we sturen?"), TODAY)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("held_on", {"held_on": None}),
        ("held_on", {"held_on": date(2026, 11, 21)}),
        ("question", {"agreed": "  "}),
        ("next_on", {"next_on": date(2026, 11, 12)}),
        ("next_on", {"next_on": date(2026, 11, 11)}),
        ("agreed", {"agreed": "Het gaat om 111222333."}),
        ("question", {"question": "BSN 111222333"}),
        ("with_whom", {"with_whom": "111222333"}),
        ("agreed", {"agreed": "x" * 301}),
    ],
)
def test_what_cannot_be_is_refused_under_its_field(field: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        check(PracticeTalkDraft(**{**TALK, **wrong}), TODAY)
    assert set(refused.value.fields) == {field}


def test_a_next_talk_in_three_years_is_asked_about() -> None:
    far = {**TALK, "next_on": date(2029, 11, 12)}
    with pytest.raises(Doubtful):
        check(PracticeTalkDraft(**far), TODAY)
    check(PracticeTalkDraft(**far, sure=True), TODAY)


def test_another_moment_lies_ahead_or_is_none_at_all() -> None:
    held = date(2026, 11, 12)
    check_next(NextTalkDraft(id=1, next_on=TODAY), held, TODAY)
    check_next(NextTalkDraft(id=1), held, TODAY)
    for day in (date(2026, 11, 19), held, date(2026, 1, 1)):
        with pytest.raises(Refused) as refused:
            check_next(NextTalkDraft(id=1, next_on=day), held, TODAY)
        assert set(refused.value.fields) == {"next_on"}


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("post", ["H. Postma"]),
        ("", ["H. Postma", "T. Aksoy", "Ans Kuipers"]),
        ("H. Postma, ak", ["H. Postma, T. Aksoy"]),
        ("H. Postma, ", ["H. Postma, T. Aksoy", "H. Postma, Ans Kuipers"]),
        ("iemand anders", []),
    ],
)
def test_names_of_the_practice_are_offered_one_after_another(typed: str, offered: list[str]) -> None:
    assert people_in(PEOPLE, typed) == offered
