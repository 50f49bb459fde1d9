"""A wizard as staff walk through it: forward, back without losing anything, done once."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import clock
from desktop.errors import Doubtful, Refused
from desktop.language import _
from desktop.widgets.fields import Text
from desktop.widgets.keeping import Kept
from desktop.widgets.notice import Notice
from desktop.widgets.wizard import Step, Wizard

CTRL = Qt.KeyboardModifier.ControlModifier


class Shelf:
    def __init__(self) -> None:
        self.kept: dict[str, dict[str, str]] = {}

    def keep(self, form_key: str, raw: dict[str, str]) -> None:
        self.kept[form_key] = raw

    def find(self, form_key: str) -> Kept | None:
        return Kept(self.kept[form_key], clock.now()) if form_key in self.kept else None

    def forget(self, form_key: str) -> None:
        self.kept.pop(form_key, None)


def same_twice(values: dict[str, Any]) -> None:
    if values["again"] != values["word"]:
        raise Refused(again="Dit is niet hetzelfde.")


def steps() -> list[Step]:
    return [
        Step("Woord", "Kies een woord.", [Text("word", "Woord", required=True)]),
        Step("Nog eens", "Typ het over.", [Text("again", "Nog eens")], check=same_twice),
        Step("Klaar", widget=lambda values: QLabel(f"Het woord is {values['word']}")),
    ]


Make = Callable[..., Wizard]


@pytest.fixture
def done() -> list[dict[str, Any]]:
    return []


@pytest.fixture
def make(qtbot: QtBot, done: list[dict[str, Any]]) -> Make:
    def shown(finish: Callable[[dict[str, Any]], object] = done.append, **more: Any) -> Wizard:
        wizard = Wizard("Woord kiezen", more.pop("steps", None) or steps(), finish, **more)
        qtbot.addWidget(wizard)
        wizard.resize(800, 600)
        with qtbot.waitActive(wizard):
            wizard.show()
            wizard.activateWindow()
        return wizard

    return shown


def at_hand() -> QWidget:
    """What has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_on(text: str) -> None:
    QTest.keyClicks(at_hand(), text)


def go_on(wizard: Wizard) -> None:
    QTest.keyClick(QApplication.focusWidget() or wizard, Qt.Key.Key_Return, CTRL)


def words(wizard: Wizard) -> list[str]:
    return [label.text() for label in wizard.findChildren(QLabel) if label.isVisibleTo(wizard)]


def notice(wizard: Wizard) -> Notice:
    return wizard.findChildren(Notice)[0]


def test_a_wizard_is_walked_by_keyboard_and_done_once(
        make: Make, done: list[dict[str, Any]], qtbot: QtBot) -> None:
    wizard = make()
    wizard.first_focus()
    type_on("paard")
    go_on(wizard)
    assert _("Step {n} of {total}").format(n=2, total=3) in words(wizard)
    type_on("paard")
    go_on(wizard)
    assert "Het woord is paard" in words(wizard)
    with qtbot.waitSignal(wizard.closed):
        go_on(wizard)
    go_on(wizard)
    wizard.go_next()
    assert done == [{"word": "paard", "again": "paard"}]


def test_a_step_that_is_not_right_is_not_left(make: Make) -> None:
    wizard = make()
    go_on(wizard)
    assert wizard.step() == 0
    assert wizard.editor("word").note() == _("Fill this in.")
    type_on("paard")
    go_on(wizard)
    type_on("koe")
    go_on(wizard)
    assert wizard.step() == 1
    assert wizard.editor("again").note() == "Dit is niet hetzelfde."


def test_going_back_loses_nothing_and_what_follows_is_made_anew(make: Make) -> None:
    wizard = make()
    wizard.set_values({"word": "paard", "again": "paard"})
    go_on(wizard)
    go_on(wizard)
    QTest.keyClick(wizard, Qt.Key.Key_PageUp, CTRL)
    QTest.keyClick(wizard, Qt.Key.Key_PageUp, CTRL)
    assert wizard.step() == 0
    assert wizard.raw() == {"word": "paard", "again": "paard"}
    wizard.set_values({"word": "koe", "again": "koe"})
    go_on(wizard)
    go_on(wizard)
    assert "Het woord is koe" in words(wizard)
    assert "Het woord is paard" not in words(wizard)


def test_a_refusal_at_the_end_goes_to_the_step_it_is_about(make: Make) -> None:
    def refuse(values: dict[str, Any]) -> None:
        raise Refused(word="Dit woord is al in gebruik.")

    wizard = make(refuse, values={"word": "paard", "again": "paard"})
    for _step in range(3):
        go_on(wizard)
    assert wizard.step() == 0
    assert wizard.editor("word").note() == "Dit woord is al in gebruik."
    assert wizard.editor("word").focus_widget().hasFocus()


def test_a_finish_that_answers_no_stays_open_and_can_be_tried_again(make: Make) -> None:
    tries: list[bool] = []

    def fail_once(values: dict[str, Any]) -> bool:
        tries.append(True)
        return len(tries) > 1

    wizard = make(fail_once, values={"word": "a", "again": "a"})
    closed: list[bool] = []
    wizard.closed.connect(lambda: closed.append(True))
    for _step in range(3):
        go_on(wizard)
    assert closed == []
    go_on(wizard)
    assert (len(tries), closed) == (2, [True])


def test_something_unusual_is_asked_before_going_on(make: Make, done: list[dict[str, Any]]) -> None:
    def doubt(values: dict[str, Any]) -> None:
        raise Doubtful(word="Dat is kort, klopt dat?")

    wizard = make(steps=[Step("Woord", fields=[Text("word", "Woord")], check=doubt)])
    type_on("a")
    go_on(wizard)
    assert wizard.editor("word").note() == "Dat is kort, klopt dat?"
    assert done == []
    answer: QPushButton = notice(wizard).answers()[0]
    QTest.keyClick(answer, Qt.Key.Key_Space)
    assert done == [{"word": "a", "sure": True}]


def test_a_kept_wizard_comes_back_at_its_step(make: Make) -> None:
    shelf = Shelf()
    wizard = make(keep=shelf, key="word")
    type_on("paard")
    go_on(wizard)
    type_on("pa")
    wizard.unfinished()
    again = make(keep=shelf, key="word")
    again.restore(shelf.kept["word"])
    assert again.step() == 1
    assert again.raw() == wizard.raw()
    assert notice(again).text() == ""


def test_leaving_halfway_asks(make: Make, qtbot: QtBot) -> None:
    wizard = make()
    type_on("paard")
    QTest.keyClick(at_hand(), Qt.Key.Key_Escape)
    assert notice(wizard).text() == _("What you typed is not saved yet.")
    with qtbot.waitSignal(wizard.closed):
        QTest.keyClick(notice(wizard).answers()[1], Qt.Key.Key_Space)
    assert wizard.may_close()
