"""Prices as they stand in lists of activities."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.rules.prices import Price, read_price, show_price


@pytest.mark.parametrize(
    ("written", "price", "shown"),
    [
        ("€1", Price(100), "€ 1,00"),
        ("gratis", Price(free=True), "gratis"),
        ("Gratis", Price(free=True), "gratis"),
        ("nvt", Price(free=True), "gratis"),
        ("2,5", Price(250), "€ 2,50"),
        ("2.5", Price(250), "€ 2,50"),
        ("€ 2,50 p.k.", Price(250, "session"), "€ 2,50 per keer"),
        ("3,5", Price(350), "€ 3,50"),
        ("strippenkaart 10x € 35,-", Price(3500, "card", 10), "strippenkaart 10 keer € 35,00"),
        ("€ 35 voor 10 keer", Price(3500, "card", 10), "strippenkaart 10 keer € 35,00"),
        ("vrijwillige bijdrage", Price(note="vrijwillige bijdrage"), "vrijwillige bijdrage"),
        ("€ 12,50 per maand", Price(1250, "month"), "€ 12,50 per maand"),
        ("3 euro pp", Price(300, "person"), "€ 3,00 per persoon"),
        ("5", Price(500), "€ 5,00"),
        ("0", Price(free=True), "gratis"),
        ("€ 1.250,00", Price(125_000), "€ 1.250,00"),
        ("€ 1,50 incl. koffie", Price(150, note="incl. koffie"), "€ 1,50 (incl. koffie)"),
        ("€ 2 tot € 5", Price(note="€ 2 tot € 5"), "€ 2 tot € 5"),
        ("eerste 2 keer gratis", Price(note="eerste 2 keer gratis"), "eerste 2 keer gratis"),
        ("€ 20 per jaar", Price(2000, note="per jaar"), "€ 20,00 (per jaar)"),
        ("naar draagkracht", Price(note="naar draagkracht"), "naar draagkracht"),
        ("", Price(), ""),
    ],
)
def test_a_price_is_read_and_shown(written: str, price: Price, shown: str) -> None:
    assert read_price(written) == price
    assert show_price(price) == shown


PRICES = st.one_of(
    st.builds(
        Price, st.integers(1, 999_999), st.sampled_from(["", "session", "month", "person"]), st.none(), st.just(False),
        st.sampled_from(["", "incl. koffie", "met stadspas minder"]),
    ),
    st.builds(Price, st.integers(1, 999_999), st.just("card"), st.none() | st.integers(1, 99), st.just(False)),
    st.builds(Price, st.none(), st.just(""), st.none(), st.just(True), st.sampled_from(["", "met stadspas"])),
)  # fmt: skip


@given(PRICES)
@settings(max_examples=500, deadline=None)
def test_what_is_shown_is_read_back_unchanged(price: Price) -> None:
    assert read_price(show_price(price)) == price


VOCABULARY = "€ 1 10x 2,50 ,- gratis per keer maand p.p. strippenkaart ( ) - 999999999 1.000 eur"
WORDS = st.lists(st.sampled_from(VOCABULARY.split()))


@given(st.text(max_size=300) | WORDS.map(" ".join))
@settings(max_examples=800, deadline=timedelta(seconds=1))
def test_no_text_breaks_the_reader_and_none_is_lost(text: str) -> None:
    price = read_price(text)
    assert show_price(price) or not text.split()
