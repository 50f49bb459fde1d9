"""The BSN that is never kept, AGB codes and check characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from desktop.errors import Refused
from desktop.rules import identifiers
from desktop.rules.identifiers import has_bsn, without_bsn
from desktop.rules.phones import read_phone


@pytest.mark.parametrize("text", [
    "BSN: 123456782", "123456782", "1234.56.782", "123 456 782", "1 2 3 4 5 6 7 8 2", "bsn is 123-456-782",
    "geboren 12-05-1968 123456782", "１２３４５６７８２", "2026-123456782", "burgerservicenummer 123456782.",
    "tel 123456782", "BSN 123456789", "bsn nr 12345678", "BSN: 612345678"])
def test_a_bsn_is_seen_however_written(text: str) -> None:
    assert has_bsn(text)


@pytest.mark.parametrize("text", [
    "06-87654321", "040-2001234", "687654321", "tel 402001230", "tel. 040 200127", "AGB 01054322",
    "2026-0012345", "12-05-1968", "123456789", "NL91ABNA0417164300", "5612 CD", "voucher 26-000123", "1234567820", ""])
def test_other_numbers_are_no_bsn(text: str) -> None:
    assert not has_bsn(text)


def test_a_bsn_is_left_out_and_the_rest_is_kept() -> None:
    text, was_there = without_bsn("Mw. Celik, BSN 123456782, tel 06-12345678, en 111222333.")
    assert text == "Mw. Celik, BSN [BSN weggelaten], tel 06-12345678, en [BSN weggelaten]."
    assert was_there
    assert without_bsn("niets") == ("niets", False)


def test_a_typed_field_refuses_a_bsn() -> None:
    identifiers.refuse_bsn("geen nummer")
    with pytest.raises(Refused) as refused:
        identifiers.refuse_bsn("haar nummer is 123456782")
    assert refused.value.message == "In deze tekst staat een BSN. Dat mag niet bewaard worden: haal het weg."


@given(st.integers(10_000_000, 999_999_999), st.sampled_from(["", "x ", "geb 1-2-1950 ", "BSN ", "06-12345678 "]))
def test_nine_digits_that_pass_the_eleven_test_never_stay(number: int, before: str) -> None:
    digits = f"{number:09d}"
    mobile = digits.startswith("6") and before != "BSN "
    if bsn.is_valid(digits) and not mobile:
        kept, was_there = without_bsn(f"{before}{digits} en verder")
        assert was_there
        assert digits not in kept
        assert kept.startswith(before)
        assert kept.endswith(" en verder")


@given(st.integers(10_000_000, 99_999_999))
def test_a_mobile_number_without_its_zero_stays(rest: int) -> None:
    number = f"6{rest}"
    try:
        read_phone(number)
    except Refused:
        return
    assert not has_bsn(f"bel {number}")


@given(st.one_of(st.text(max_size=200), st.text("0123456789 .-bsn:tel", max_size=60)))
def test_any_text_can_be_searched_and_what_is_left_holds_no_bsn(text: str) -> None:
    kept, _was_there = without_bsn(text)
    assert not has_bsn(kept)


def test_an_agb_code_gets_back_the_zero_a_spreadsheet_lost() -> None:
    assert identifiers.read_agb("01054322") == "01054322"
    assert identifiers.read_agb("1054322") == "01054322"
    assert identifiers.read_agb("AGB 01-054322") == "01054322"
    assert identifiers.read_agb(" ") is None
    for wrong in ("123456", "123456789", "abcdefgh"):
        with pytest.raises(Refused, match="acht cijfers"):
            identifiers.read_agb(wrong)


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=12), st.data())
def test_a_check_character_notices_one_wrong_sign(body: str, data: st.DataObject) -> None:
    number = identifiers.with_check_character(body)
    assert identifiers.has_right_check_character(number)
    assert identifiers.has_right_check_character(number.lower().replace("-", " "))
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from([sign for sign in "0123456789ABCXYZ" if sign != body[place]]))
    assert not identifiers.has_right_check_character(body[:place] + other + number[place + 1:])


def test_too_little_has_no_right_check_character() -> None:
    assert not identifiers.has_right_check_character("")
    assert not identifiers.has_right_check_character("A")
    assert not identifiers.has_right_check_character("€€€")
