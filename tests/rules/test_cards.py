"""The sentences on cards are those a colleague would say."""

from datetime import date, time

import pytest

from desktop.rules.cards import Place, activity_sentence, appointment_sentence, spoken_time

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
