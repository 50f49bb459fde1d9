"""The day sheet: everything a coach needs on the way, over as many pages as the day has."""

from dataclasses import replace

from desktop.paper.daysheet import EMPTY, render
from desktop.rules.cards import DayAppointment, DaySheet
from tests.paper import reading

VISIT = DayAppointment(
    time="10.00",
    name="mevrouw A. van der Meer-de Wit",
    address=("Lindelaan 12", "5612 CD Dorpstad"),
    phone="06 8765 4321",
    about="intake thuis",
    note="De bel is stuk.",
)
DAY = DaySheet("Welzijn Dorpstad", "F. Yıldız", "donderdag 12 november 2026", (VISIT,))


def test_an_appointment_shows_when_who_where_and_which_number() -> None:
    text = reading.flat(render(DAY))
    for part in (
        "10.00",
        VISIT.name,
        "Lindelaan 12, 5612 CD Dorpstad",
        VISIT.phone,
        "intake thuis",
        "De bel is stuk.",
    ):
        assert part in text
    assert "Donderdag 12 november 2026" in text
    assert "blad 1 van 1" in text


def test_an_empty_day_says_so() -> None:
    pdf = render(replace(DAY, appointments=()))
    assert EMPTY in reading.flat(pdf)
    assert reading.pages(pdf) == 1


def test_a_long_day_has_numbered_pages_and_loses_nobody() -> None:
    visits = tuple(replace(VISIT, name=f"bezoek-{n}") for n in range(11))
    pdf = render(replace(DAY, appointments=visits))
    text = reading.flat(pdf)
    assert [text.count(f"bezoek-{n} ") for n in range(11)] == [1] * 11
    assert reading.pages(pdf) == 3
    assert "blad 3 van 3" in text
    assert reading.inside_page(pdf)


def test_a_name_of_200_letters_and_an_endless_note_stay_on_the_page() -> None:
    visit = replace(VISIT, name="M" * 200, note="Let op de hond. " * 300)
    pdf = render(replace(DAY, appointments=(visit, VISIT)))
    assert reading.inside_page(pdf)
    assert "de rest staat in Wijkrecept" in reading.flat(pdf)
    assert "".join(reading.text(pdf).split()).count("M" * 200) == 1
