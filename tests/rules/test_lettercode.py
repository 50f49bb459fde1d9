"""The code on a letter: typed or scanned it leads back to that letter, and a slip of the finger to none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.lettercode import code, letter_id_of


def test_a_code_is_a_letter_seven_digits_and_a_check_character() -> None:
    assert code(412)[:-1] == "L0000412"
    assert len(code(412)) == 9
    assert len({code(number) for number in range(1, 500)}) == 499


@given(st.integers(1, 99_999_999))
def test_a_code_leads_back_to_its_letter(number: int) -> None:
    assert letter_id_of(code(number)) == number


def test_a_code_may_be_typed_as_people_type() -> None:
    whole = code(412)
    for typed in (whole.lower(), f" {whole[:1]} {whole[1:5]} {whole[5:]} ", f"{whole[:-1]}-{whole[-1]}\n"):
        assert letter_id_of(typed) == 412


@given(st.integers(1, 9_999_999), st.integers(1, 7), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_noticed(number: int, place: int, digit: str) -> None:
    right = code(number)
    typed = right[:place] + digit + right[place + 1 :]
    assert letter_id_of(typed) == (number if typed == right else None)


def test_two_digits_in_the_wrong_order_are_noticed_but_for_a_few() -> None:
    """ISO 7064 mod 37,36 promises every wrong sign and nearly every swap."""
    swapped = [
        right[:place] + right[place + 1] + right[place] + right[place + 2 :]
        for right in map(code, range(1, 5000))
        for place in range(1, 7)
        if right[place] != right[place + 1]
    ]
    assert sum(letter_id_of(typed) is not None for typed in swapped) < len(swapped) * 0.01


@pytest.mark.parametrize("text", ["", "L", "jansen", "26-00412-N", "L0000412", "0401234567", "L" * 500, "９"])
def test_what_is_no_code_leads_to_no_letter(text: str) -> None:
    assert letter_id_of(text) is None


@given(st.text())
def test_anything_may_be_typed(text: str) -> None:
    letter_id_of(text)
