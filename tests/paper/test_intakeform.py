"""The blank intake form: two sides, room to write, nothing filled in beforehand."""

from dataclasses import replace

from desktop.paper.intakeform import render
from desktop.rules.cards import CONSENTS, MARKS, BlankIntake
from tests.paper import reading
from tests.paper.samples import HEAD

FORM = BlankIntake(HEAD)


def test_the_form_has_two_sides_with_all_that_is_asked() -> None:
    pdf = render(FORM)
    assert reading.pages(pdf) == 2
    text = reading.flat(pdf)
    for part in ("Naam", "Datum", "doelen", "Waar word ik blij van", "Wat houdt mij tegen", "Handtekening"):
        assert part in text
    assert "Contacten met de huisarts, laatste 3 maanden" in text
    for part in (*MARKS, *CONSENTS):
        assert part in text
    assert reading.inside_page(pdf)
    assert reading.unembedded(pdf) == set()


def test_each_mark_offers_0_to_10_to_circle() -> None:
    figures = [
        w.text
        for w in reading.words(render(FORM), page=1)
        if w.text.isdigit() and w.left > 70 and w.size == 10
    ]
    assert [figures.count(str(mark)) for mark in range(11)] == [len(MARKS)] * 11


def test_a_name_already_known_is_printed_on_its_line() -> None:
    pdf = render(replace(FORM, person="de heer Nguyễn", coach="F. Yıldız"))
    assert "de heer Nguyễn" in reading.flat(pdf)


def test_a_name_of_200_letters_stays_on_the_form() -> None:
    pdf = render(replace(FORM, person="M" * 200))
    assert reading.inside_page(pdf)
    assert reading.pages(pdf) == 2
    assert "".join(reading.text(pdf).split()).count("M" * 200) == 1


def test_more_consents_than_usual_still_fit_on_the_back() -> None:
    pdf = render(replace(FORM, consents=(*CONSENTS, "Ik wil post over nieuwe activiteiten.", "Bellen mag.")))
    assert reading.pages(pdf) == 2
    assert reading.inside_page(pdf)
