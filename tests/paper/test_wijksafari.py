"""The wijksafari card: one A4 in large type, all that was chosen on it, or said by name that it has no room."""

from dataclasses import replace
from typing import Any

import pytest

from desktop.errors import Refused
from desktop.paper import wijksafari
from desktop.rules.wijksafari import Group, Offer, Safari
from tests.paper import reading, scanning
from tests.paper.samples import HEAD

WALK = Offer(
    1,
    "Wandelclub Rustig Aan",
    when=("Elke dinsdag 10:00-11:30",),
    where="Buurthuis De Brink, Brinkstraat 12, Dorpstad",
    price="Gratis",
    join="bel 040 211 00 00",
)


def card(*offers: Offer, **more: Any) -> Safari:
    values: dict[str, Any] = {"phone": "040 211 00 00", "website": "https://www.welzijn.example/", **more}
    return Safari(HEAD, "Wat is er te doen in Centrum?", "", (Group("Bewegen", offers),), **values)


def many(n: int) -> tuple[Offer, ...]:
    return tuple(replace(WALK, id=number, title=f"Activiteit{number}") for number in range(n))


def test_everything_that_was_chosen_stands_on_one_a4() -> None:
    pdf = wijksafari.render(card(WALK, replace(WALK, id=2, title="Stoelgym", full=True)))
    assert (reading.pages(pdf), reading.size(pdf), reading.unembedded(pdf)) == (1, (210, 297), set())
    text = reading.flat(pdf)
    for part in (
        *("Wat is er te doen in Centrum?", "Bewegen", "Wandelclub Rustig Aan", "Elke dinsdag 10:00-11:30"),
        *("Buurthuis De Brink", "Gratis · bel 040 211 00 00", "Stoelgym", "vol: u kunt op de wachtlijst"),
        *("Wij gaan de eerste keer graag met u mee.", "040 211 00 00", "www.welzijn.example"),
    ):
        assert part in text, part


def test_a_telephone_reads_the_website_from_the_code() -> None:
    printed = scanning.dots(wijksafari.render(card(WALK)), 150)
    assert scanning.codes(scanning.faxed(printed)) == {("QRCode", "https://www.welzijn.example")}


def test_nothing_on_the_card_is_smaller_than_eleven_points_also_when_it_is_full() -> None:
    most = next(n for n in range(40, 0, -1) if not wijksafari.plan(card(*many(n))).left_out)
    assert most >= 12
    pdf = wijksafari.render(card(*many(most)))
    assert min(w.size for w in reading.words(pdf)) >= 11
    assert reading.pages(pdf) == 1
    assert reading.inside_page(pdf)
    titles = [w.text for w in reading.words(pdf) if w.text.startswith("Activiteit")]
    assert titles == [f"Activiteit{n}" for n in sorted(range(most), key=lambda n: titles.index(f"Activiteit{n}"))]
    assert len(titles) == most


def test_what_has_no_room_is_named_and_nothing_is_cut_off() -> None:
    left_out = wijksafari.plan(card(*many(30))).left_out
    assert left_out
    with pytest.raises(Refused) as refused:
        wijksafari.render(card(*many(30)))
    assert left_out[-1].title in refused.value.message


def test_an_activity_is_not_torn_over_two_columns_and_no_heading_stands_alone() -> None:
    groups = tuple(Group(f"Thema{n}", (offer,)) for n, offer in enumerate(many(8)))
    pdf = wijksafari.render(replace(card(), groups=groups))
    words = reading.words(pdf)
    for n in range(8):
        heading, title = (next(w for w in words if w.text == f"{what}{n}") for what in ("Thema", "Activiteit"))
        assert heading.left == pytest.approx(title.left, abs=0.5)
        assert 0 < title.top - heading.top < 12


def test_a_group_that_goes_on_in_the_right_column_has_its_heading_there_once_more() -> None:
    words = reading.words(wijksafari.render(card(*many(8))))
    headings = [w for w in words if w.text == "Bewegen"]
    assert [w.left < 100 for w in headings] == [True, False]
    first_right = min(w.top for w in words if w.text.startswith("Activiteit") and w.left > 100)
    assert headings[1].top < first_right


def test_two_columns_are_about_as_long_when_there_is_room() -> None:
    words = reading.words(wijksafari.render(card(*many(8))))
    left = [w for w in words if w.text.startswith("Activiteit") and w.left < 100]
    assert len(left) in (4, 5)


def test_columns_do_not_touch_each_other_nor_the_foot() -> None:
    long = replace(WALK, title="Samen langs de oever wandelen met koffie na afloop", where="Een heel lange plaats " * 4)
    words = reading.words(wijksafari.render(card(*(replace(long, id=n) for n in range(6)))))
    top = next(w.top for w in words if w.text == "Vraag")
    body = [w for w in words if 50 < w.top < top - 2]
    assert all(w.right <= 101.2 for w in body if w.left < 101)
    assert max(w.right for w in body) <= 194.5


@pytest.mark.parametrize("missing", ["phone", "website"])
def test_without_phone_or_website_there_is_no_empty_place(missing: str) -> None:
    pdf = wijksafari.render(card(WALK, **{missing: ""}))
    assert reading.inside_page(pdf)
    assert ("welzijn.example" in reading.flat(pdf)) is (missing != "website")


def test_odd_titles_stand_as_they_are_and_what_cannot_be_printed_is_named() -> None:
    assert "<b>Đặng & {x}</b>" in reading.flat(wijksafari.render(card(replace(WALK, title="<b>Đặng & {x}</b>"))))
    with pytest.raises(Refused, match="🦊"):
        wijksafari.render(card(replace(WALK, title="🦊")))
