"""The wijksafari card: what is near, and under which heading it stands."""

from typing import Any

import pytest

from desktop.rules.recurrence import Schedule
from desktop.rules.wijksafari import (
    HERE,
    SAME_POSTCODE,
    SAME_TOWN,
    Near,
    Offer,
    address_of,
    distance,
    grouped,
    nearest_first,
    postcode_of,
    website,
)

CENTRE = Near(1, frozenset({"5611", "5612"}), "Dorpstad")


def offer(number: int, title: str, **more: Any) -> Offer:
    return Offer(number, title, **more)


def on(*rules: str) -> tuple[Schedule, ...]:
    return tuple(Schedule(f"FREQ=WEEKLY;BYDAY={rule}") for rule in rules)


@pytest.mark.parametrize(
    ("place", "near"),
    [
        (Near(1, frozenset({"9999"}), "Elders"), HERE),
        (Near(2, frozenset({"5612"}), "Elders"), SAME_POSTCODE),
        (Near(None, frozenset({"5611"})), SAME_POSTCODE),
        (Near(2, frozenset({"5699"}), "DORPSTAD"), SAME_TOWN),
        (Near(2, frozenset({"5699"}), "Elders"), None),
        (Near(), None),
    ],
)
def test_near_is_the_neighbourhood_then_the_postcode_then_the_town(place: Near, near: int | None) -> None:
    assert distance(CENTRE, place) == near


def test_without_a_neighbourhood_nothing_is_in_it() -> None:
    assert distance(Near(town="Dorpstad"), Near(town="dorpstad")) == SAME_TOWN
    assert distance(Near(), Near()) is None


def test_the_nearest_first_and_what_is_full_after_what_has_room() -> None:
    offers = [
        offer(1, "Zwemmen", place=Near(town="Dorpstad")),
        offer(2, "Bingo", place=Near(1), full=True),
        offer(3, "Koor", place=Near(1)),
        offer(4, "Schaken", place=Near(town="Elders")),
        offer(5, "Été", place=Near(1)),
    ]
    assert [each.title for each in nearest_first(CENTRE, offers)] == ["Été", "Koor", "Bingo", "Zwemmen"]


def test_each_activity_stands_once_under_the_first_of_its_themes() -> None:
    offers = [
        offer(1, "Wandelen", themes=("Bewegen", "Natuur")),
        offer(2, "Tuin", themes=("Natuur",)),
        offer(3, "Los"),
        offer(4, "Gym", themes=("Bewegen",)),
    ]
    groups = grouped(offers, "theme", ("Natuur", "Bewegen", "Eten"))
    assert [(group.heading, [each.title for each in group.offers]) for group in groups] == [
        ("Natuur", ["Tuin", "Wandelen"]),
        ("Bewegen", ["Gym"]),
        ("En verder", ["Los"]),
    ]


def test_by_day_what_is_on_more_days_stands_apart() -> None:
    offers = [
        offer(1, "Donderdag", times=on("TH")),
        offer(2, "Vaak", times=on("MO", "WE")),
        offer(3, "Maandag", times=on("MO")),
        offer(4, "Elke tweede", times=(Schedule("FREQ=MONTHLY;BYDAY=2MO"),)),
        offer(5, "Wisselend", times=(Schedule(),)),
        offer(6, "Vreemd", times=(Schedule("FREQ=DAILY"),)),
    ]
    groups = grouped(offers, "day", ())
    assert [(group.heading, [each.title for each in group.offers]) for group in groups] == [
        ("Maandag", ["Elke tweede", "Maandag"]),
        ("Donderdag", ["Donderdag"]),
        ("Meer dagen in de week", ["Vaak"]),
        ("Wisselende dagen", ["Vreemd", "Wisselend"]),
    ]


@pytest.mark.parametrize(
    ("text", "found"), [("5611 XA", {"5611"}), ("5611", {"5611"}), ("", set()), ("XA", set()), ("56 11", set())]
)
def test_the_four_digits_of_a_postcode(text: str, found: set[str]) -> None:
    assert postcode_of(text) == found


@pytest.mark.parametrize(
    ("typed", "printed", "code"),
    [
        ("https://www.welzijn.example/", "www.welzijn.example", "https://www.welzijn.example"),
        ("welzijn.example", "welzijn.example", "https://welzijn.example"),
        ("http://welzijn.example", "welzijn.example", "http://welzijn.example"),
        ("", "", ""),
    ],
)
def test_a_website_as_it_is_printed_and_as_a_telephone_opens_it(typed: str, printed: str, code: str) -> None:
    assert (website(typed), address_of(typed)) == (printed, code)
