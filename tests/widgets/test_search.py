"""The search box: lists while typing, walks with the arrows, and takes any input."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from desktop.errors import StorageProblem
from desktop.widgets import parts
from desktop.widgets.search import Hit, SearchBox
from tests.widgets.dressing import dress

PEOPLE = [
    Hit(1, "deelnemer", "Annie van der Meer-de Wit", "3 april 1951", "user"),
    Hit(2, "deelnemer", "Anna Meer-Dewit", "", "user"),
    Hit(3, "praktijk", "De Linde", "Dorpstad", "first-aid-kit"),
]


class Desk:
    """Finds by the first letters and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(self, text: str) -> list[Hit]:
        self.asked.append(text)
        text.encode("utf-8")
        if "\0" in text:
            raise ValueError("no database takes this")
        return [hit for hit in PEOPLE if hit.title.casefold().startswith(text.casefold())]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def box(qapp: QApplication, qtbot: QtBot, desk: Desk) -> SearchBox:
    dress(qapp)
    window = QMainWindow()
    made = SearchBox(desk.find, "Zoek")
    window.setCentralWidget(parts.column(made, None))
    qtbot.addWidget(window)
    window.resize(800, 500)
    window.show()
    window.activateWindow()
    made.setFocus()
    made.keep = window  # type: ignore[attr-defined]  # the window lives as long as the box
    return made


def test_names_are_listed_while_typing(box: SearchBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box, "ann")
    qtbot.waitUntil(lambda: [hit.key for hit in box.hits()] == [1, 2])


def test_arrow_and_enter_choose_the_second_one(box: SearchBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box, "ann")
    qtbot.waitUntil(box.listing)
    QTest.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.chosen) as chosen:
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == [2]
    assert (box.text(), box.listing()) == ("", False)


def test_a_scanner_types_and_presses_enter_without_waiting(box: SearchBox, qtbot: QtBot) -> None:
    with qtbot.waitSignal(box.chosen) as chosen:
        QTest.keyClicks(box, "De Linde")
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == [3]


def test_a_burst_of_keys_is_one_question(box: SearchBox, desk: Desk, qtbot: QtBot) -> None:
    box.setText("")
    for text in ("a", "an", "ann", "anni"):
        box.setText(text)
        box.textEdited.emit(text)
    qtbot.waitUntil(box.listing)
    assert desk.asked == ["anni"]


def test_nothing_found_says_what_to_try(box: SearchBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box, "qqq")
    qtbot.waitUntil(box.listing)
    assert box.hits() == []
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "qqq"


def test_escape_empties_the_box_first(box: SearchBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box, "ann")
    qtbot.waitUntil(box.listing)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert (box.text(), box.listing()) == ("", False)


def test_trouble_with_the_disk_lists_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    def broken(text: str) -> list[Hit]:
        raise StorageProblem("De schijf doet het niet.")

    box = SearchBox(broken)
    qtbot.addWidget(box)
    box.show()
    QTest.keyClicks(box, "ann")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.hits() == []


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(st.characters(), max_size=40))
def test_no_input_gives_an_error(box: SearchBox, text: str) -> None:
    box.setText(text)
    box.textEdited.emit(text)
    box._look()
