"""Cards for the participant: large, complete, and one side whenever the texts are usual."""

from dataclasses import replace
from datetime import date, time
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop.errors import Refused
from desktop.paper.cards import render_activity_card, render_appointment_card
from desktop.rules.cards import ActivityCard, AppointmentCard, activity_sentence, appointment_sentence
from tests.paper import reading
from tests.paper.samples import HEAD, picture

APPOINTMENT = AppointmentCard(
    letterhead=HEAD,
    person="mevrouw Van der Meer-de Wit",
    sentence=appointment_sentence("Fatma", date(2026, 11, 12), time(10), "home"),
    who="Fatma Yıldız, welzijnscoach",
    where=("Lindelaan 12", "5612 CD Dorpstad"),
    phone="06 1234 5678",
    about="Kennismaken",
)
ACTIVITY = ActivityCard(
    letterhead=HEAD,
    person="mevrouw Van der Meer-de Wit",
    sentence=activity_sentence("de Koffie-inloop", date(2026, 11, 19), time(9, 30)),
    activity="Koffie-inloop: koffie, praatje, spelletje",
    when=("elke werkdag van 9.30 tot 12 uur",),
    where=("Buurthuis De Brink", "Brinkstraat 12, Dorpstad"),
    contact="Ria Peters",
    phone="040 211 00 00",
    price="gratis, koffie € 1",
    together="Fatma gaat de eerste keer met u mee.",
)


def test_the_appointment_card_says_who_comes_when_and_whom_to_call() -> None:
    pdf = render_appointment_card(APPOINTMENT)
    assert reading.pages(pdf) == 1
    assert reading.size(pdf) == (210, 148)
    text = reading.flat(pdf)
    assert "Fatma komt donderdag 12 november om 10 uur bij u" in text
    for part in ("Van der Meer-de Wit", "Yıldız", "Lindelaan 12", "5612 CD Dorpstad", "06 1234 5678"):
        assert part in text


@pytest.mark.parametrize("photo", [None, picture("JPEG", (300, 400))])
def test_a_full_activity_card_fits_on_one_side(photo: bytes | None) -> None:
    pdf = render_activity_card(replace(ACTIVITY, photo=photo))
    assert reading.pages(pdf) == 1
    text = reading.flat(pdf)
    for part in ("19 november om 9.30 uur", "elke werkdag", "De Brink", "Ria Peters", "040 211 00 00", "€ 1"):
        assert part in text
    assert len(PdfReader(BytesIO(pdf)).pages[0].images) == (1 if photo else 0)


def test_nothing_on_a_card_is_small() -> None:
    for pdf in (render_appointment_card(APPOINTMENT), render_activity_card(ACTIVITY)):
        assert min(w.size for w in reading.words(pdf)) >= 14
        assert reading.unembedded(pdf) == set()


@pytest.mark.parametrize("name", ["Maximiliaan " * 16, "M" * 200, "<b>Jan</b> & {x}"])
def test_a_long_or_odd_name_is_never_cut_off(name: str) -> None:
    card = replace(APPOINTMENT, person=name, who=name, remark=name, phone="06 1234 5678")
    for photo in (None, picture()):
        pdf = render_appointment_card(replace(card, photo=photo))
        squeezed = "".join(reading.text(pdf).split())
        assert squeezed.count("".join(name.split())) == 3
        assert reading.inside_page(pdf)


def test_what_does_not_fit_goes_on_and_does_not_run_into_the_phone_number() -> None:
    pdf = render_appointment_card(replace(APPOINTMENT, remark="Neem alles mee wat u hebt. " * 20))
    assert reading.pages(pdf) == 2
    phone = reading.word(pdf, "5678")
    others = [w for w in reading.words(pdf) if w.bottom > phone.top - 3]
    assert " ".join(w.text for w in others) == "Kunt u niet, of hebt u een vraag? Bel: 06 1234 5678"


def test_a_card_without_a_number_has_no_empty_box_for_it() -> None:
    assert "Bel" not in reading.text(render_appointment_card(replace(APPOINTMENT, phone="")))


def test_a_card_with_what_cannot_be_printed_is_refused_by_name() -> None:
    with pytest.raises(Refused) as refused:
        render_activity_card(replace(ACTIVITY, where=("Buurthuis 🦊",)))
    assert "🦊" in refused.value.message
