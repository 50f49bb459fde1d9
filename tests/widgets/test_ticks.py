"""A list to tick things in, by keyboard, a group at a time or one by one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from desktop.widgets.ticks import Tick, TickGroup, Ticks


@pytest.fixture
def fruit(qtbot: QtBot) -> Ticks:
    made = Ticks("Fruit")
    qtbot.addWidget(made)
    made.set_groups(
        [
            TickGroup("Hard", (Tick(1, "appel", ticked=True), Tick(2, "peer", "rijp"))),
            TickGroup("Zacht", (Tick(3, "pruim"),)),
        ]
    )
    made.show()
    return made


def press(ticks: Ticks, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(ticks, key)


def test_space_at_a_heading_ticks_the_whole_group(fruit: Ticks, qtbot: QtBot) -> None:
    with qtbot.waitSignal(fruit.changed):
        press(fruit, Qt.Key.Key_Home, Qt.Key.Key_Space)
    assert fruit.ticked() == [1, 2]


def test_space_at_one_ticks_that_one(fruit: Ticks) -> None:
    press(fruit, Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert fruit.ticked() == []
    press(fruit, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert fruit.ticked() == [2]


def test_a_heading_says_whether_a_part_is_ticked(fruit: Ticks) -> None:
    heading = fruit.topLevelItem(0)
    assert heading is not None
    assert heading.text(0) == "Hard (2)"
    assert heading.checkState(0) == Qt.CheckState.PartiallyChecked


def test_however_many_change_it_is_told_once(fruit: Ticks, qtbot: QtBot) -> None:
    told: list[list[int]] = []
    fruit.changed.connect(lambda: told.append(fruit.ticked()))
    fruit.tick(fruit.keys())
    qtbot.waitUntil(lambda: bool(told))
    assert told == [[1, 2, 3]]


def test_enter_goes_on_and_leaves_the_ticks(fruit: Ticks, qtbot: QtBot) -> None:
    with qtbot.waitSignal(fruit.went_on):
        press(fruit, Qt.Key.Key_Return)
    assert fruit.ticked() == [1]


def test_nothing_to_choose_from(qtbot: QtBot) -> None:
    empty = Ticks("Fruit")
    qtbot.addWidget(empty)
    empty.set_groups([])
    assert empty.ticked() == []


def test_the_page_follows_the_arrows_in_a_list_taller_than_the_window(qtbot: QtBot) -> None:
    ticks = Ticks("Op de kaart")
    ticks.set_groups([TickGroup("In de wijk", tuple(Tick(n, f"Groep {n}") for n in range(30)))])
    ticks.setFixedHeight(900)
    page = QScrollArea()
    page.setWidget(ticks)
    qtbot.addWidget(page)
    page.resize(500, 260)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    ticks.setFocus()
    for _step in range(15):
        QTest.keyClick(ticks, Qt.Key.Key_Down)
    current = ticks.currentItem()
    assert current is not None
    assert current.text(0) == "Groep 14"
    middle = ticks.visualItemRect(current).center()
    assert ticks.viewport().visibleRegion().contains(middle)
