"""Phone numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Refused
from desktop.rules.phones import find_phones, phone_places, read_phone, show_phone


@pytest.mark.parametrize("typed", [
    "0687654321", "06 8765 4321", "06-87654321", "06 - 8765 4321", "+31687654321", "+31 (0)6 8765 4321",
    "0031 6 87654321", "687654321", "31687654321", " 06.87.65.43.21 ", "０６８７６５４３２１"])
def test_one_mobile_number_is_kept_one_way_however_typed(typed: str) -> None:
    assert read_phone(typed) == "+31687654321"


@pytest.mark.parametrize(("typed", "shown"), [
    ("0687654321", "06 8765 4321"), ("040-2001234", "040 200 1234"), ("(0413) 123 456", "0413 123 456"),
    ("+49 30 123456", "+49 30 123456"), ("14 040", "14 040")])
def test_numbers_are_shown_the_way_they_are_said(typed: str, shown: str) -> None:
    assert show_phone(read_phone(typed)) == shown


@pytest.mark.parametrize(("typed", "said"), [
    ("06-8765432", "Dit nummer mist een cijfer."), ("+31 6 8765432", "Dit nummer mist een cijfer."),
    ("040-20012", "Dit nummer mist 2 cijfers."), ("06876543210", "Dit nummer heeft een cijfer te veel."),
    ("2001234", "Het kengetal ontbreekt, bijvoorbeeld 040."), ("0123456789", "Dit telefoonnummer bestaat niet."),
    ("06 vergeten", "In een telefoonnummer staan alleen cijfers, spaties en een +."),
    ("-", "Dit is geen telefoonnummer."), ("0" * 900, "In een telefoonnummer staan alleen cijfers, spaties en een +."),
    ("123456782", "Dit telefoonnummer kan niet kloppen. Een Nederlands nummer begint met 0.")])
def test_a_number_that_cannot_be_is_refused_in_plain_words(typed: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read_phone(typed)
    assert refused.value.message == said


def test_nothing_typed_is_no_number() -> None:
    assert read_phone("  ") is None
    assert show_phone(None) == ""


def test_numbers_are_found_in_a_text_and_dates_and_codes_are_not() -> None:
    text = ("geb. 03-04-1951, bel 06 - 8765 4321 of 040-2001234 (nogmaals 0687654321). AGB 01054322, ZorgDomein "
            "2026-0012345, NL91ABNA0417164300, +31 6 12345678, 5612 CD")
    assert find_phones(text) == ["+31687654321", "+31402001234", "+31612345678"]


def test_a_found_number_says_where_it_stands() -> None:
    text = "Tel: 040-2001234 20-11"
    (start, end, number), = phone_places(text)
    assert (text[start:end], number) == ("040-2001234", "+31402001234")


@given(st.one_of(st.text(max_size=100), st.text("0123456789+-() ./", max_size=30)))
def test_whatever_is_typed_gives_a_number_or_a_sentence(typed: str) -> None:
    find_phones(typed)
    number, said = None, "fine"
    try:
        number = read_phone(typed)
    except Refused as refused:
        said = refused.message
    assert said
    assert number is None or read_phone(show_phone(number)) == number
