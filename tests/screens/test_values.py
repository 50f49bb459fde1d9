"""Results of practices on screen: choose a quarter, look at one, make all of them."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop import clock
from desktop.actions.merge import merge_practices
from desktop.rules.merge import MergeDraft
from desktop.rules.staff import Member
from desktop.rules.values import Quarter, last_fixed
from desktop.screens import values
from desktop.storage import changes
from desktop.storage.models import Practice
from tests.factory import add_practice, add_row, add_voucher
from tests.paper import reading
from tests.screens.room import Room


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Iterator[Room]:
    made = Room(qtbot, office, values.PAGES)
    yield made
    made.desk.close()


@pytest.fixture
def quarter() -> Quarter:
    return last_fixed(clock.today())


def sent(by: Member, name: str, vouchers: int, quarter: Quarter) -> Practice:
    practice = add_practice(name, agb=None)
    for n in range(vouchers):
        facts = {"dated_on": quarter.first, "received_on": quarter.first, "surname": f"{name}{n}", "sure": True}
        add_voucher(by, practice, **facts)
    return practice


def test_the_figures_stand_beside_the_paper(room: Room, office: Member, quarter: Quarter) -> None:
    linde = sent(office, "Linde", 7, quarter)
    page = room.open("value_page", practice_id=linde.id)
    shown = room.texts()
    assert "Resultaten voor Linde" in shown
    assert "Vouchers van uw praktijk\n7" in shown
    assert "0 van de 7" in shown
    assert page.paper.paper().page_count() == 1


def test_another_quarter_makes_another_page(room: Room, office: Member, quarter: Quarter) -> None:
    linde = sent(office, "Linde", 7, quarter)
    page = room.open("value_page", practice_id=linde.id)
    before = page.paper.paper()
    room.type_in("Kwartaal", f"Kwartaal {quarter.before.number} van {quarter.before.year}")
    room.press(Qt.Key.Key_Tab)
    assert "kregen wij geen vouchers" in room.texts()
    assert page.paper.paper() is not before


def test_every_practice_is_a_line_and_small_ones_get_a_letter_when_that_is_wanted(
    room: Room, office: Member, quarter: Quarter
) -> None:
    sent(office, "Groot", 6, quarter)
    sent(office, "Klein", 2, quarter)
    sent(office, "Leeg", 0, quarter)
    page = room.open("value_pages")
    assert [(row.title, row.subtitle) for row in page.rows.rows()] == [
        ("Groot", "6 vouchers · 0 begonnen"),
        ("Klein", "2 vouchers · 0 begonnen"),
        ("Leeg", "stuurde niemand: maak een praatje"),
    ]
    assert "1 brief" in room.texts()
    room.click("Ook praktijken met minder dan 5 vouchers: hun brief heeft geen cijfers")
    assert "2 brieven" in room.texts()


def test_the_own_screen_shows_what_the_paper_leaves_out(room: Room, office: Member, quarter: Quarter) -> None:
    """Three vouchers: the paper says so in words, beside it stand the figures, and why they are not on paper."""
    klein = sent(office, "Klein", 3, quarter)
    page = room.open("value_page", practice_id=klein.id)
    shown = room.texts()
    assert "Voor onszelf" in shown
    assert "3 · niet op papier" in shown
    assert "0 van de 3 · niet op papier" in shown
    assert "Jullie kennen de mensen" in shown
    paper = reading.text(page.paper.paper()._pdf)
    assert "minder dan 5 vouchers" in paper
    assert "van de 3" not in paper


def test_a_practice_without_an_address_is_seen_before_its_letter_is_printed(
    room: Room, office: Member, quarter: Quarter
) -> None:
    sent(office, "Groot", 6, quarter)
    bare = sent(office, "Kaal", 6, quarter)
    with changes.deed(office.id, "address taken out by a test"):
        bare.street = bare.town = ""
        bare.save()
    page = room.open("value_pages")
    assert [(row.title, row.pill) for row in page.rows.rows()] == [("Groot", ""), ("Kaal", "geen adres")]


def test_all_pages_in_one_pdf(room: Room, office: Member, quarter: Quarter) -> None:
    sent(office, "Groot", 6, quarter)
    sent(office, "Groter", 8, quarter)
    room.open("value_pages")
    with room.work_done():
        room.click("Alle brieven in één PDF")
    name, shown = room.opened[-1]
    assert (name, shown["title"]) == ("preview", "Resultaten voor de praktijken")
    assert shown["pdf"].count(b"/Type /Page\n") + shown["pdf"].count(b"/Type /Page ") >= 2


def test_pressed_twice_all_pages_are_made_once(room: Room, office: Member, quarter: Quarter) -> None:
    sent(office, "Groot", 6, quarter)
    room.open("value_pages")
    with room.work_done():
        room.click("Alle brieven in één PDF")
        room.press(Qt.Key.Key_Space)
    room.qtbot.waitUntil(lambda: not room.desk.working())
    assert [name for name, _arguments in room.opened] == ["value_pages", "preview"]
    with room.work_done():
        room.click("Alle brieven in één PDF")
    assert len(room.opened) == 3


def test_one_of_the_list_opens_in_the_quarter_that_was_chosen(room: Room, office: Member, quarter: Quarter) -> None:
    linde = sent(office, "Linde", 6, quarter.before)
    page = room.open("value_pages", quarter=quarter.before.code)
    page.rows.chosen.emit(linde.id)
    assert room.opened[-1] == ("value_page", {"practice_id": linde.id, "quarter": quarter.before.code})


def test_a_quarter_without_anything_says_so(room: Room) -> None:
    page = room.open("value_pages")
    assert "Geen praktijk stuurde in dit kwartaal 5 of meer vouchers." in room.texts()
    assert not page.rows.isVisible()


def test_a_page_that_cannot_be_made_says_so_and_why(room: Room, office: Member, quarter: Quarter) -> None:
    linde = sent(office, "Linde", 5, quarter)
    linde.town = "Dorp 🦊"
    add_row(linde)
    room.open("value_page", practice_id=linde.id)
    assert "kon niet worden gemaakt" in room.texts()
    assert "🦊" in room.troubled[-1]


def test_a_quarter_of_which_the_figures_still_change_has_no_pages_yet(
    room: Room, office: Member, quarter: Quarter, monkeypatch: pytest.MonkeyPatch
) -> None:
    linde = sent(office, "Linde", 6, quarter)
    day_before = quarter.fixed_on - timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(day_before, time(9), UTC))
    page = room.open("value_pages", quarter=quarter.code)
    assert f"Vanaf {quarter.fixed_on:%d-%m-%Y} verandert er niets meer" in room.texts()
    assert not page._all.isEnabled()
    page = room.open("value_page", practice_id=linde.id, quarter=quarter.code)
    assert "staan vast op" in reading.flat(page.paper.paper()._pdf)
    assert "0 van de 6" in room.texts()  # for ourselves


def test_practices_that_are_one_by_now_each_have_their_line(room: Room, office: Member, quarter: Quarter) -> None:
    groot, klein = sent(office, "Groot", 6, quarter), sent(office, "Klein", 3, quarter)
    versions = {"kept_version": groot.version, "other_version": klein.version}
    merge_practices(office, MergeDraft(kept=groot.id, other=klein.id, **versions))
    page = room.open("value_pages", quarter=quarter.code)
    assert [(row.title, row.subtitle) for row in page.rows.rows()] == [
        ("Groot", "6 vouchers · 0 begonnen"),
        ("Klein", "3 vouchers · 0 begonnen · sindsdien samengevoegd"),
    ]
    for practice in (groot, klein):
        room.open("value_page", practice_id=practice.id, quarter=quarter.code)
        assert "Bewaard zoals ze waren" in room.texts()
