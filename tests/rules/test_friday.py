"""The order of a Friday afternoon and the next step of each letter."""

from datetime import date

import pytest

from desktop.rules.friday import APPROVE, CONFIRM, FIX, OTHERS, SEND, WRITE, Wait, by_practice, is_friday, step_of
from desktop.rules.names import Name


def wait(number: str, practice: str, moment: str = "intake", practice_id: int = 1) -> Wait:
    return Wait(int(number), number, Name("", "A.", "", "", "Bos", ""), moment, practice_id, practice, "text", WRITE)


@pytest.mark.parametrize(
    ("state", "approved", "may", "handed_out", "step"),
    [
        ("concept", False, True, False, APPROVE),
        ("concept", False, False, False, OTHERS),
        ("concept", True, False, False, FIX),
        ("fixed", True, False, False, SEND),
        ("fixed", True, False, True, CONFIRM),
    ],
)
def test_the_next_step_of_a_letter(state: str, approved: bool, may: bool, handed_out: bool, step: str) -> None:
    assert step_of(state, approved, may, handed_out) == step


def test_the_letters_of_te_doen_lead_here_on_fridays() -> None:
    assert is_friday(date(2026, 11, 20))
    assert not is_friday(date(2026, 11, 23))


def test_practices_by_name_and_their_letters_in_voucher_order() -> None:
    waits = [wait("3", "De Wilg", practice_id=2), wait("9", "", practice_id=0), wait("2", "Éénhoorn", practice_id=3),
             wait("4", "De Wilg", "closing", 2), wait("4", "De Wilg", "arrived", 2)]  # fmt: skip
    groups = by_practice(waits)
    assert [group.name for group in groups] == ["De Wilg", "Éénhoorn", ""]
    assert [(each.number, each.moment) for each in groups[0].waits] == [
        ("3", "intake"), ("4", "arrived"), ("4", "closing"),
    ]  # fmt: skip


def test_a_letter_keeps_its_place_through_its_steps() -> None:
    before = wait("3", "De Wilg")
    assert before.key == (3, "intake", 0, False)
