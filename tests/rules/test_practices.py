"""What may be recorded of a practice and of the people there."""

from typing import Any

import pytest

from desktop.errors import Refused
from desktop.rules.practices import ContactDraft, PracticeDraft, check, check_contact, key_of, name_tidied


def refused_fields(**values: Any) -> set[str]:
    with pytest.raises(Refused) as refused:
        check(PracticeDraft(**values))
    return set(refused.value.fields)


def test_name_alone_is_enough() -> None:
    check(PracticeDraft(name="De Linde"))


def test_every_complaint_comes_at_once() -> None:
    wrong = refused_fields(name=" ", secure_mail="geen mail", coach=3, substitute=3, kind="bakery")
    assert wrong == {"name", "secure_mail", "substitute", "kind"}


def test_name_that_fits_no_envelope_is_refused() -> None:
    check(PracticeDraft(name="x" * 120))
    assert refused_fields(name="x" * 121) == {"name"}


def test_letters_that_do_not_exist_cannot_be_agreed() -> None:
    assert refused_fields(name="De Linde", letter_moments=("arrived", "weekly")) == {"letter_moments"}
    check(PracticeDraft(name="De Linde", letter_moments=()))


@pytest.mark.parametrize("field", ["name", "in_practice_hours", "note"])
def test_bsn_is_refused_in_every_text(field: str) -> None:
    assert refused_fields(**{"name": "De Linde", field: "patiënt 123456782"}) == {field}


def test_contact_needs_a_name_of_some_kind() -> None:
    check_contact(ContactDraft(role="assistant", first_name="Wilma"))
    check_contact(ContactDraft(surname="Jansen"))
    with pytest.raises(Refused) as refused:
        check_contact(ContactDraft(initials="M.", email="x", role="baker"))
    assert set(refused.value.fields) == {"surname", "email", "role"}


@pytest.mark.parametrize("title", ["dokter", "Huisarts", "mevr. dr.", "POH-GGZ", "dr. 7", "drs. \U0001f600"])
def test_a_role_or_a_way_to_address_somebody_is_no_title(title: str) -> None:
    with pytest.raises(Refused) as refused:
        check_contact(ContactDraft(surname="Jansen", title=title))
    assert set(refused.value.fields) == {"title"}


@pytest.mark.parametrize("title", ["", "dr.", "dr", "prof. dr.", "dr.ir.", "Drs.", "mr. dr."])
def test_an_academic_title_is_taken_as_it_was_typed(title: str) -> None:
    check_contact(ContactDraft(surname="Jansen", title=title))


@pytest.mark.parametrize(
    ("typed", "initials"),
    [("h", "H."), ("h j", "H.J."), ("HJ", "H.J."), ("h.j.", "H.J."), ("Th.", "Th."), ("Jan", "Jan"), ("", "")],
)
def test_initials_of_a_contact_are_kept_as_a_letter_writes_them(typed: str, initials: str) -> None:
    assert name_tidied(ContactDraft(surname="Jansen", initials=typed)).initials == initials


def test_same_practice_in_another_spelling_has_one_key() -> None:
    assert key_of("Praktijk Müller & Zn", "5611 AB") == key_of("praktijk muller & zn", "5611AB")
    assert key_of("De Linde", "5611 AB") != key_of("De Linde", "5611 AC")
