"""How a practice is addressed."""

from datetime import date

import pytest

from desktop.rules.addresses import Address
from desktop.rules.letter_envelope import (
    Recipient,
    References,
    Someone,
    address_lines,
    named,
    references,
    salutation,
    subject,
    written,
)
from desktop.rules.names import Name

BOS = Name(initials="S.", surname="Bos")
JANSEN = Name(initials="M.", tussenvoegsel="van der", surname="Jansen")
DAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("someone", "expected"),
    [
        (Someone(BOS, "poh_ggz"), "Geachte heer/mevrouw Bos,"),
        (Someone(Name("mevrouw", "S.", "", "van den", "Bos"), "poh_ggz"), "Geachte mevrouw Van den Bos,"),
        (Someone(Name("de heer", "S.", "", "", "Bos"), "physio"), "Geachte heer Bos,"),
        (Someone(JANSEN, "gp"), "Geachte dokter Van der Jansen,"),
        (Someone(JANSEN, "gp", "Beste Marie"), "Beste Marie,"),
        (None, "Geachte huisarts,"),
        (Someone(Name(first_name="Sanne"), "assistant"), "Geachte heer/mevrouw,"),
    ],
)
def test_salutation(someone: Someone | None, expected: str) -> None:
    assert salutation(Recipient("De Linde", person=someone)) == expected


def test_practice_that_is_no_doctors_is_not_called_doctor() -> None:
    assert salutation(Recipient("Fysio Zuid", kind="physio")) == "Geachte heer/mevrouw,"


def test_address_behind_the_window() -> None:
    to = Recipient("De Linde", address=Address("Lindelaan", "4", "5611 XA", "Dorpstad"), person=Someone(BOS, "poh_ggz"))
    assert address_lines(to) == ("De Linde", "t.a.v. S. Bos, POH-GGZ", "Lindelaan 4", "5611 XA  DORPSTAD")


@pytest.mark.parametrize(
    ("someone", "expected"),
    [
        (Someone(JANSEN, "gp"), "M. van der Jansen, huisarts"),
        (Someone(Name("mevrouw", "J.", "", "", "Müller"), "gp"), "mevrouw J. Müller, huisarts"),
        (Someone(Name("de heer", "P.", "", "'t", "Hart"), "gp", title="dr."), "de heer dr. P. 't Hart, huisarts"),
        (Someone(Name("mevrouw", "", "Karin", "van den", "Bos"), "poh_s"), "mevrouw K. van den Bos, POH-S"),
        (Someone(Name("", "", "Karin"), "assistant"), "Karin, praktijkassistent"),
        (Someone(Name("", "", "", "van den", "Bos"), "physio"), "Van den Bos, fysiotherapeut"),
        (Someone(Name("", "K.", "", "", "X"), "gp"), "K. X, huisarts"),
        (Someone(Name(surname="balie"), "assistant"), "balie, praktijkassistent"),
        (Someone(Name("mevrouw", "S.", "", "", "Bos"), "other"), "mevrouw S. Bos"),
        (Someone(Name("mevrouw", "S.", "", "", "Bos")), "mevrouw S. Bos"),
    ],
)
def test_title_stands_there_only_when_it_was_filled_in(someone: Someone, expected: str) -> None:
    assert named(someone) == expected


@pytest.mark.parametrize(
    "name", [Name(surname="balie"), Name(first_name="de", surname="assistente"), Name(first_name="Receptie")]
)
def test_desk_is_nobody_to_be_greeted_by_name(name: Name) -> None:
    assert salutation(Recipient("De Linde", person=Someone(name, "assistant"))) == "Geachte heer/mevrouw,"


@pytest.mark.parametrize(
    ("name", "role", "expected"),
    [
        ("dr. Pietersen", "", "Pietersen"),
        ("Ilse", "assistant", "Ilse, praktijkassistent"),
        ("M. Jansen, huisarts", "gp", "M. Jansen, huisarts"),
        ("dokter  Smit", "gp", "Smit, huisarts"),
        ("Dré Drost", "", "Dré Drost"),
        ("dr.", "", "dr."),
    ],
)
def test_who_is_only_written_down_has_a_role_or_no_title(name: str, role: str, expected: str) -> None:
    assert written(name, role) == expected


def test_long_name_keeps_its_line_in_the_window() -> None:
    long = Name("mevrouw", "A.M.", "", "van den", "Nieuwenhuijzen-de Groot")
    (_practice, attention) = address_lines(Recipient("De Linde", person=Someone(long, "poh_ggz")))
    assert attention == "t.a.v. mevrouw A.M. van den Nieuwenhuijzen-de Groot"


def test_subject_names_the_person_as_doctors_do() -> None:
    annie = Name("mevrouw", "A.", "Annie", "van der", "Meer-de Wit")
    assert subject(annie, "1951-04-03") == "Betreft: mw. A. van der Meer-de Wit, geb. 03-04-1951"
    assert subject(annie, "1951") == "Betreft: mw. A. van der Meer-de Wit, geb. 1951"
    assert subject(annie, "") == "Betreft: mw. A. van der Meer-de Wit, geboortedatum bij ons niet bekend"


def test_four_references_stand_beside_each_other_and_who_referred_moves_down_for_a_fifth() -> None:
    known = References("26-00412-N", DAY, date(2026, 11, 6), True, "M. Jansen, huisarts")
    labels = [label for label, _value in references(known)]
    assert labels == ["Uw verwijzing van", "Verwezen door", "Ons kenmerk", "Datum"]
    five = References("26-00412-N", DAY, date(2026, 11, 6), True, "M. Jansen, huisarts", "ZD-9")
    labels = [label for label, _value in references(five)]
    assert labels == ["Uw verwijzing van", "Uw kenmerk", "Ons kenmerk", "Datum", "Verwezen door"]
    assert dict(references(five))["Datum"] == "17 november 2026"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("Beste Marie!", "Beste Marie,"),
        ("Beste mensen. ", "Beste mensen,"),
        ("Hallo allemaal ,,", "Hallo allemaal,"),
        ("Dag\nMarie", "Dag Marie,"),
        ("Geachte collega's e.a.", "Geachte collega's e.a.,"),
        (" , ", "Geachte dokter Van der Jansen,"),
    ],
)
def test_a_salutation_ends_with_one_comma_however_it_was_typed(wanted: str, expected: str) -> None:
    assert salutation(Recipient("De Linde", person=Someone(JANSEN, "gp", wanted))) == expected


@pytest.mark.parametrize(
    ("name", "role", "expected"),
    [
        ("mw. dr. K. Vos", "gp", "mw. K. Vos, huisarts"),
        ("dhr. drs. P. Wind", "", "dhr. P. Wind"),
        ("MEVROUW DR VOS", "poh_s", "MEVROUW VOS, POH-S"),
        ("Dr. med. Kranz", "", "Kranz"),
        ("Meneer dokter Vos", "", "Meneer Vos"),
        ("Drost-Prins", "", "Drost-Prins"),
    ],
)
def test_no_title_that_was_written_before_a_name_is_taken_over(name: str, role: str, expected: str) -> None:
    assert written(name, role) == expected


def test_who_has_no_name_is_named_by_the_role_alone() -> None:
    to = Recipient("De Linde", person=Someone(Name("mevrouw"), "gp"))
    assert (address_lines(to)[1], salutation(to)) == ("t.a.v. huisarts", "Geachte huisarts,")
