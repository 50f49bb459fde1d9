"""The wijksafari card by keyboard: for whom, in which order, and what stands on it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.rules.staff import Member
from desktop.screens import wijksafari
from desktop.storage.models import Neighbourhood, Practice
from desktop.widgets import theme
from tests.drive import Strays
from tests.factory import add_activity, add_practice, add_row
from tests.screens.room import Room


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Iterator[Room]:
    made = Room(qtbot, office, wijksafari.PAGES)
    yield made
    made.desk.close()


@pytest.fixture
def linde(office: Member) -> Practice:
    centrum = Neighbourhood(name="Centrum")
    add_row(centrum)
    return add_practice(neighbourhood=centrum)


def offered(linde: Practice, n: int, name: str = "Groep") -> list[int]:
    return [add_activity(f"{name} {each:02}", neighbourhood=linde.neighbourhood_id).id for each in range(n)]


def tick(room: Room) -> None:
    """The space bar on the line where the keyboard stands."""
    with room.qtbot.waitSignal(room.page.ticks.changed):
        room.press(Qt.Key.Key_Space)


def test_everything_near_is_ticked_as_long_as_it_fits(room: Room, linde: Practice) -> None:
    ids = offered(linde, 3)
    page = room.open("wijksafari", practice_id=linde.id)
    assert page.ticks.ticked() == ids
    assert "3 van de 3 activiteiten op de kaart" in room.texts()
    assert page.paper.paper().page_count() == 1


def test_another_paper_never_shows_as_a_window_that_takes_the_keyboard(room: Room, linde: Practice) -> None:
    offered(linde, 3)
    page = room.open("wijksafari")
    strays = Strays()
    room.type_in("Praktijk", linde.name)
    room.press(Qt.Key.Key_Return)
    for _turn in range(3):  # Qt shows what was put in a layout a turn of its loop later
        QApplication.processEvents()
    assert page.paper.paper().page_count() == 1
    strays.refuse()
    strays.deleteLater()


def test_what_has_no_room_is_not_ticked_and_is_named_when_somebody_does(room: Room, linde: Practice) -> None:
    ids = offered(linde, 60)
    page = room.open("wijksafari", practice_id=linde.id)
    ticked = page.ticks.ticked()
    assert 10 < len(ticked) < 60
    assert f"{len(ticked)} van de 60 activiteiten op de kaart" in room.texts()
    room.go_to("Activiteiten op de kaart")
    room.press(Qt.Key.Key_End)
    tick(room)
    assert ids[-1] in page.ticks.ticked()
    assert "geen plaats voor: Groep 59" in page.complaint.text()
    assert page.paper.paper() is None  # nothing to print that is not what was chosen
    tick(room)
    assert page.paper.paper() is not None
    assert not page.complaint.isVisible()


def test_unticking_takes_it_off_and_the_keyboard_stays_in_the_list(room: Room, linde: Practice) -> None:
    ids = offered(linde, 2)
    page = room.open("wijksafari", practice_id=linde.id)
    listed: QWidget = room.go_to("Activiteiten op de kaart")
    room.press(Qt.Key.Key_Down)
    tick(room)
    assert page.ticks.ticked() == [ids[1]]
    assert listed.hasFocus()
    room.press(Qt.Key.Key_Down)
    tick(room)
    assert page.ticks.ticked() == []
    assert "Er is niets aangevinkt." in room.texts()


def test_another_order_keeps_what_was_ticked(room: Room, linde: Practice) -> None:
    offered(linde, 3)
    page = room.open("wijksafari", practice_id=linde.id)
    room.go_to("Activiteiten op de kaart")
    room.press(Qt.Key.Key_Down)
    tick(room)
    before = page.ticks.ticked()
    page._group.set_values({"order": "day"})
    page._group.edited.emit()
    assert page.ticks.ticked() == before


def test_a_neighbourhood_or_nothing_near(room: Room, linde: Practice) -> None:
    offered(linde, 2)
    empty = Neighbourhood(name="Leeg")
    add_row(empty)
    page = room.open("wijksafari", neighbourhood_id=linde.neighbourhood_id)
    assert page.ticks.topLevelItem(0).text(0) == "In de wijk (2)"
    assert page.paper.paper() is not None
    room.open("wijksafari", neighbourhood_id=empty.id)
    assert "Er is geen aanbod dat dichtbij genoeg is." in room.texts()


def test_without_a_practice_it_asks_for_whom(room: Room, linde: Practice) -> None:
    offered(linde, 2)
    page = room.open("wijksafari")
    assert "Kies voor wie de kaart is." in room.texts()
    room.type_in("Praktijk", linde.name)
    room.press(Qt.Key.Key_Return)
    assert page.paper.paper() is not None


def test_what_has_no_room_is_named_with_a_few_and_the_rest_is_counted(room: Room, linde: Practice) -> None:
    offered(linde, 70)
    page = room.open("wijksafari", practice_id=linde.id)
    room.go_to("Activiteiten op de kaart")
    room.press(Qt.Key.Key_Home)
    tick(room)  # the heading: all of them
    assert len(page.ticks.ticked()) == 70
    assert page.complaint.text().count("Groep") == 3
    assert " en nog " in page.complaint.text()
    assert "Te veel voor één bladzijde." in room.texts()


def test_a_practice_of_which_no_place_is_known_says_so(room: Room) -> None:
    bare = add_practice("Kaal", agb=None, street="", number="", postcode="", town="")
    add_activity("Koffie")
    room.open("wijksafari", practice_id=bare.id)
    assert "geen adres en geen wijk bekend" in room.texts()
    assert "spatiebalk" not in room.texts()


def test_in_large_type_the_keyboard_starts_at_the_top(room: Room, linde: Practice) -> None:
    offered(linde, 3)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    page = room.open("wijksafari", practice_id=linde.id)
    assert page.first_focus() is page.ticks
    try:
        theme.apply(application, "light", 200)
        assert page.first_focus() is not page.ticks
    finally:
        theme.apply(application, "light", 100)
