"""The sentences on cards are those a colleague would say."""

from datetime import date, time

import pytest

from desktop.rules.cards import Place, activity_sentence, appointment_sentence, spoken_time, spoken_when
from desktop.rules.schedules import read_schedule

DAY = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("home", "Fatma komt donderdag 12 november om 10 uur bij u"),
        ("office", "U komt donderdag 12 november om 10 uur bij Fatma"),
        ("practice", "U ziet Fatma donderdag 12 november om 10 uur bij uw huisarts in de praktijk"),
        ("activity", "U gaat donderdag 12 november om 10 uur samen met Fatma kijken"),
    ],
)
def test_the_card_says_who_goes_where(place: Place, sentence: str) -> None:
    assert appointment_sentence("Fatma", DAY, time(10), place) == sentence


def test_an_activity_may_not_have_a_day_yet() -> None:
    assert (
        activity_sentence("de inloop", DAY, time(9, 30))
        == "U gaat donderdag 12 november om 9.30 uur naar de inloop"
    )
    assert activity_sentence("de inloop", DAY, None) == "U gaat donderdag 12 november naar de inloop"
    assert activity_sentence("de inloop", None, None) == "U gaat naar de inloop"


def test_times_are_short() -> None:
    assert [spoken_time(time(9, 5)), spoken_time(time(14))] == ["9.05 uur", "14 uur"]


@pytest.mark.parametrize(
    ("destination", "sentence"),
    [
        ("buddy", "U krijgt een maatje"),
        ("volunteering", "U gaat vrijwilligerswerk doen"),
        ("elsewhere", "U begint met iets nieuws"),
    ],
)
def test_a_buddy_is_no_place_to_go_to(destination: str, sentence: str) -> None:
    assert activity_sentence("maatje via De Zon", None, None, outside=destination) == sentence
    begins = activity_sentence("maatje via De Zon", DAY, None, outside=destination)
    assert begins == f"{sentence}, vanaf donderdag 12 november"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("di 9.30-11.30", ["elke dinsdag van 9.30 tot 11.30 uur"]),
        ("ma t/m vr 9-17", ["elke maandag tot en met vrijdag van 9 tot 17 uur"]),
        ("wo 19.30 uur", ["elke woensdag om 19.30 uur"]),
        ("do 10-12 even weken", ["om de week op donderdag van 10 tot 12 uur, dus op 12 en 26 november en 10 december"]),
        (
            "1e en 3e di van de maand 14-16 uur",
            ["elke eerste en derde dinsdag van de maand van 14 tot 16 uur, dus op 17 november en 1 en 15 december"],
        ),
        (
            "laatste werkdag van de maand 16 uur",
            ["elke laatste werkdag van de maand om 16 uur, dus op maandag 30 november, donderdag 31 december en "
             "vrijdag 29 januari"],
        ),
        ("wo 10-12, niet op 25 november", ["elke woensdag van 10 tot 12 uur, niet op 25 november"]),
        ("do 10-12 t/m 19 november", ["elke donderdag van 10 tot 12 uur, nog op 12 en 19 november"]),
        ("do 10-12 t/m 17 december", ["elke donderdag van 10 tot 12 uur, voor het laatst op 17 december"]),
        ("vrijdag 6 november 10 uur en vrijdag 20 november 10 uur", ["vrijdag 20 november om 10 uur"]),
        ("di 10-12; do 13-14", ["elke dinsdag van 10 tot 12 uur", "elke donderdag van 13 tot 14 uur"]),
        ("di t/m 3 november", []),
    ],
)  # fmt: skip
def test_when_is_said_as_one_says_it_and_with_dates_where_no_diary_tells(written: str, said: list[str]) -> None:
    times, leftover = read_schedule(written, date(2026, 11, 1))
    assert leftover == ""
    assert list(spoken_when(times, DAY)) == said
