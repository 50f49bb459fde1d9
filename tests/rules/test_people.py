"""What may be recorded of a person, how names are typed, and when two people may be one."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Refused
from desktop.rules.names import Name
from desktop.rules.people import (
    Known,
    PersonDraft,
    about_case,
    check,
    complaints,
    doubts,
    likeness,
    read_given,
    read_surname,
    show_given,
)

TODAY = date(2026, 11, 23)


def person(**more: Any) -> PersonDraft:
    return PersonDraft(**{"surname": "Meer", "phone": "+31687654321", **more})


def known(**more: Any) -> Known:
    values: dict[str, Any] = {
        "name": Name(first_name="Annie", initials="A.", surname="Meer"),
        "birth_date": "1951-04-03",
        "phones": ("+31687654321",),
    }
    return Known(**{"id": 1, **values, **more})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ("", "")),
        ("Annie", ("", "Annie")),
        ("A.", ("A.", "")),
        ("a", ("A.", "")),
        ("a b", ("A.B.", "")),
        ("A-M", ("A.M.", "")),
        ("A", ("A.", "")),
        ("AB", ("A.B.", "")),
        ("A.B.", ("A.B.", "")),
        ("A. B.", ("A.B.", "")),
        ("A B", ("A.B.", "")),
        ("Th.J.", ("Th.J.", "")),
        ("A.B. (Annie)", ("A.B.", "Annie")),
        ("A. Annie", ("A.", "Annie")),
        ("Jo", ("", "Jo")),
        ("Anna Maria", ("", "Anna Maria")),
        ("Jan-Willem", ("", "Jan-Willem")),
        ("<b>", ("", "<b>")),
    ],
)
def test_first_name_or_initials_are_read_as_staff_type_them(typed: str, read: tuple[str, str]) -> None:
    assert read_given(typed) == read


@pytest.mark.parametrize("given_names", [("", "Annie"), ("A.", ""), ("A.B.", "Annie"), ("", ""), ("Th.J.", "")])
def test_first_name_shown_is_read_back_unchanged(given_names: tuple[str, str]) -> None:
    assert read_given(show_given(given_names)) == given_names


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_as_a_first_name(text: str) -> None:
    try:
        initials, first = read_given(text)
    except Refused:
        return
    assert isinstance(initials + first, str)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Meer-de Wit", ("", "Meer-de Wit")),
        ("van der Meer", ("van der", "Meer")),
        ("Van Der Meer", ("van der", "Meer")),
        ("'t Hart", ("'t", "Hart")),
        ("de", ("", "de")),
        ("", ("", "")),
        ("El Idrissi", ("", "El Idrissi")),
    ],
)
def test_tussenvoegsel_typed_with_the_surname_is_taken_apart(typed: str, read: tuple[str, str]) -> None:
    assert read_surname(typed) == read


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"surname": "  "}, "surname"),
        ({"phone": ""}, "phone"),
        ({"phone": "", "postcode": "5612 CD"}, "phone"),
        ({"phone": "", "street": "Beukenlaan", "town": "Dorpstad"}, "phone"),
        ({"email": "jan@"}, "email"),
        ({"birth_date": "2027"}, "birth_date"),
        ({"birth_date": "2026-11-24"}, "birth_date"),
        ({"birth_date": "1800"}, "birth_date"),
        ({"person_note": "BSN 123456782"}, "person_note"),
        ({"street": "123456782"}, "street"),
    ],
)
def test_what_cannot_be_stored_is_said_beside_its_field(more: dict[str, Any], field: str) -> None:
    assert set(complaints(person(**more), TODAY)) == {field}
    with pytest.raises(Refused):
        check(person(**more), TODAY)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"phone": "", "comes_by": True},
        {"phone": "", "email": "annie@voorbeeld.nl"},
        {"phone": "", "phone2": "+31612345678"},
        {"phone": "", "postcode": "5612 CD", "number": "12"},
        {"phone": "", "street": "Beukenlaan", "number": "12", "town": "Dorpstad"},
        {"birth_date": "1951"},
        {"birth_date": "2026-11-23", "surname": "<b>{x}\"'😀"},
    ],
)
def test_one_way_to_reach_someone_is_enough(more: dict[str, Any]) -> None:
    check(person(**more), TODAY)


def test_child_is_asked_about_not_refused() -> None:
    assert set(doubts(person(birth_date="2018-01-01"), TODAY)) == {"birth_date"}
    assert doubts(person(birth_date="1951"), TODAY) == {}


def test_same_phone_alone_is_reason_enough_and_same_birth_date_alone_is_not() -> None:
    by_phone = likeness(person(surname="Ander"), known())
    assert by_phone is not None
    assert by_phone.why == ("zelfde telefoon",)
    assert likeness(person(surname="Ander", phone="", birth_date="1951-04-03"), known()) is None


def test_more_reasons_make_someone_likelier() -> None:
    weak = likeness(person(phone="", first_name="Annie"), known())
    strong = likeness(person(first_name="Annie", birth_date="1951-04-03"), known())
    assert weak is not None
    assert strong is not None
    assert strong.score > weak.score
    assert strong.why == ("zelfde geboortedatum", "zelfde telefoon", "zelfde achternaam", "zelfde voornaam")


def test_other_initial_speaks_against_it() -> None:
    same = likeness(person(phone="", birth_date="1951-04-03", initials="A."), known())
    other = likeness(person(phone="", birth_date="1951-04-03", initials="K."), known())
    assert same is not None
    assert other is not None
    assert other.score < same.score


def test_last_case_is_told_in_a_few_words() -> None:
    assert about_case(date(2024, 5, 6), "closed", "completed") == "Voucher van mei 2024: afgerond"
    assert about_case(date(2026, 11, 6), "participating", "") == "Voucher van november 2026: doet mee"
