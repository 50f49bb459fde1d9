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
    assert named(Someone(JANSEN, "gp")) == "dr. M. van der Jansen"


def test_subject_names_the_person_as_doctors_do() -> None:
    annie = Name("mevrouw", "A.", "Annie", "van der", "Meer-de Wit")
    assert subject(annie, "1951-04-03") == "Betreft: mw. A. van der Meer-de Wit, geb. 03-04-1951"
    assert subject(annie, "1951") == "Betreft: mw. A. van der Meer-de Wit, geb. 1951"
    assert subject(annie, "") == "Betreft: mw. A. van der Meer-de Wit"


def test_four_references_stand_beside_each_other_and_who_referred_moves_down_for_a_fifth() -> None:
    known = References("26-00412-N", DAY, date(2026, 11, 6), True, "dr. M. Jansen")
    labels = [label for label, _value in references(known)]
    assert labels == ["Uw verwijzing van", "Verwezen door", "Ons kenmerk", "Datum"]
    five = References("26-00412-N", DAY, date(2026, 11, 6), True, "dr. M. Jansen", "ZD-9")
    labels = [label for label, _value in references(five)]
    assert labels == ["Uw verwijzing van", "Uw kenmerk", "Ons kenmerk", "Datum", "Verwezen door"]
    assert dict(references(five))["Datum"] == "17 november 2026"
