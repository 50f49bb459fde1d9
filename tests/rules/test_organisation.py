"""The organisation as letters show it: its colour on white paper, and what stands in the letterhead."""

from datetime import date

import pytest

from desktop.errors import Refused
from desktop.rules.organisation import (
    COLOURS,
    LEAST_CONTRAST,
    USUAL_COLOUR,
    OrganisationDraft,
    check,
    colour_words,
    contrast,
    letterhead_of,
    read_colour,
    suggested_colours,
)


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        ("#0b6b6b", "#0B6B6B"),
        ("0B6B6B", "#0B6B6B"),
        (" #8B1E3F ", "#8B1E3F"),
        ("Bordeauxrood #8B1E3F", "#8B1E3F"),
        ("", USUAL_COLOUR),
    ],
)
def test_a_colour_is_read_as_typed_or_picked(typed: str, colour: str) -> None:
    assert read_colour(typed) == colour


@pytest.mark.parametrize("typed", ["knalgroen", "#12", "#12345G", "#1234567", "rgb(1,2,3)", "#"])
def test_what_is_no_colour_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="zes letters of cijfers"):
        read_colour(typed)


@pytest.mark.parametrize("typed", ["#FFFFFF", "#FFD700", "#00FF00", "#8BC34A"])
def test_a_colour_too_light_for_white_paper_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="te licht"):
        read_colour(typed)
    with pytest.raises(Refused) as refused:
        check(OrganisationDraft(name="Welzijn", colour=typed), date(2026, 11, 17))
    assert "colour" in refused.value.fields


def test_every_ready_colour_can_be_read_on_white() -> None:
    for code in COLOURS:
        assert contrast(code) >= LEAST_CONTRAST
        assert read_colour(code) == code
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)
    assert colour_words("#000000") == "Goed te lezen op wit papier: 21 : 1"


def test_ready_colours_are_found_by_name() -> None:
    assert suggested_colours("donker") == ["Donkerblauw #1B3A6B", "Donkergroen #1E5631"]
    assert len(suggested_colours("#123456")) == len(COLOURS)


def test_the_letterhead_has_address_mail_website_and_phone() -> None:
    draft = OrganisationDraft(
        name="Welzijn Dorpstad", street="Brinkstraat", number="12", postcode="5611 AB", town="Dorpstad",
        phone="+31402110000", email="info@welzijndorpstad.example", website="welzijndorpstad.example", logo=b"x",
    )  # fmt: skip
    head = letterhead_of(draft)
    assert head.lines == (
        "Brinkstraat 12", "5611 AB Dorpstad", "info@welzijndorpstad.example", "welzijndorpstad.example",
    )  # fmt: skip
    assert (head.name, head.phone, head.logo) == ("Welzijn Dorpstad", "040 211 0000", b"x")
    assert letterhead_of(OrganisationDraft(name="Kaal")).lines == ()
