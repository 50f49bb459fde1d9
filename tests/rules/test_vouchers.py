"""Which vouchers can be stored, which are asked about, and how their numbers are read."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Doubtful, Refused
from desktop.rules.vouchers import VoucherDraft, check, make_number, sequence_of, tidy_number, valid_until

TODAY = date(2026, 11, 23)


def draft(**more: Any) -> VoucherDraft:
    usual: dict[str, Any] = {
        "surname": "Meer",
        "phone": "+31687654321",
        "practice": 1,
        "dated_on": TODAY,
        "consent_received": "ask",
    }
    return VoucherDraft(**{**usual, **more})


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"practice": None}, "practice"),
        ({"dated_on": None}, "dated_on"),
        ({"dated_on": TODAY + timedelta(days=1)}, "dated_on"),
        ({"dated_on": date(2000, 1, 1)}, "dated_on"),
        ({"received_on": TODAY + timedelta(days=1)}, "received_on"),
        ({"consent_received": ""}, "consent_received"),
        ({"note": "bsn 123456782"}, "note"),
        ({"their_reference": "123456782"}, "their_reference"),
        ({"voucher_number": "123456782"}, "voucher_number"),
        ({"voucher_number": "x" * 41}, "voucher_number"),
        ({"icpc": "P76"}, "icpc"),
        ({"surname": ""}, "surname"),
    ],
)
def test_what_cannot_be_is_refused_under_its_field(more: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        check(draft(**more, sure=True), TODAY)
    assert set(refused.value.fields) == {field}


def test_every_complaint_comes_at_once() -> None:
    with pytest.raises(Refused) as refused:
        check(VoucherDraft(), TODAY)
    assert set(refused.value.fields) == {"surname", "phone", "practice", "dated_on", "consent_received"}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"dated_on": TODAY - timedelta(days=800)}, "dated_on"),
        ({"received_on": TODAY - timedelta(days=3)}, "received_on"),
        ({"dated_on": TODAY - timedelta(days=9), "valid_until": TODAY - timedelta(days=1)}, "valid_until"),
        ({"birth_date": "2019-01-01"}, "birth_date"),
    ],
)
def test_what_is_unusual_is_asked_and_let_through_when_sure(more: dict[str, Any], field: str) -> None:
    with pytest.raises(Doubtful) as doubtful:
        check(draft(**more), TODAY)
    assert set(doubtful.value.fields) == {field}
    check(draft(**more, sure=True), TODAY)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"practice": None, "referrer_name": "dr. Pietersen"},
        {"practice": None, "referrer_kind": "self"},
        {"icpc": "z04.1"},
        {"person_id": 3, "surname": "", "phone": ""},
        {"id": 7, "person_id": 3, "surname": "", "phone": "", "consent_received": ""},
    ],
)
def test_little_is_enough(more: dict[str, Any]) -> None:
    check(draft(**more), TODAY)


def test_known_person_whose_data_were_typed_anew_is_checked_too() -> None:
    with pytest.raises(Refused):
        check(draft(person_id=3, person_version=2, surname=""), TODAY)


def test_own_number_gets_its_dashes_and_a_typing_error_shows() -> None:
    number = make_number(2026, 412)
    assert number.startswith("26-00412-")
    assert tidy_number(number.replace("-", "").lower()) == number
    assert tidy_number(f" {number} ") == number
    with pytest.raises(Refused):
        tidy_number(number.replace("412", "421"))


def test_number_of_another_organisation_stays_as_it_is() -> None:
    assert tidy_number(" WOR/2026/7 ") == "WOR/2026/7"
    assert sequence_of("WOR/2026/7") == 0


@given(st.integers(min_value=0, max_value=99_999))
def test_every_number_made_is_read_back(sequence: int) -> None:
    number = make_number(2026, sequence)
    assert tidy_number(number) == number
    assert sequence_of(number) == sequence


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_as_a_number(text: str) -> None:
    try:
        assert isinstance(tidy_number(text), str)
    except Refused:
        return


def test_valid_until_counts_in_months() -> None:
    assert valid_until(date(2026, 8, 31), 6) == date(2027, 2, 28)
