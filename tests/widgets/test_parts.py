"""The small parts: never rich text, never pressed by accident, always with a name, and they fold when narrow."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets import parts
from tests.widgets.dressing import dress


def test_a_name_with_tags_is_shown_as_it_was_typed(qtbot: QtBot) -> None:
    label = parts.title("<b>x</b> & {y}")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>x</b> & {y}"


def test_enter_from_a_scanner_presses_no_button(qtbot: QtBot) -> None:
    pressed: list[str] = []
    dialog = QDialog()
    qtbot.addWidget(dialog)
    field = QLineEdit()
    layout = QVBoxLayout(dialog)
    parts.fill(layout, field, parts.button("Weg ermee", on=lambda: pressed.append("weg")))
    dialog.show()
    QTest.keyClicks(field, "V-0012")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert pressed == []


def test_a_button_has_a_name_and_does_its_deed(qtbot: QtBot) -> None:
    done: list[str] = []
    button = parts.button("Van Dam & Zn", "primary", "phone", lambda: done.append("ja"))
    qtbot.addWidget(button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (button.accessibleName(), done) == ("Van Dam & Zn", ["ja"])


def test_a_state_is_heard_without_its_dot(qtbot: QtBot) -> None:
    pill = parts.pill("2 dagen te laat", "late")
    qtbot.addWidget(pill)
    assert pill.accessibleName() == "2 dagen te laat"
    assert "2 dagen te laat" in pill.text()


def test_two_columns_become_one_when_there_is_little_room(qapp: QApplication, qtbot: QtBot) -> None:
    dress(qapp)
    both = parts.Beside(parts.card("Verloop"), parts.card("Toestemming"))
    qtbot.addWidget(both)
    both.resize(1100, 300)
    both.show()
    wide = both.stacked()
    dress(qapp, 200)
    narrow = both.stacked()
    dress(qapp)
    assert (wide, narrow) == (False, True)


def test_a_title_stays_on_one_line_while_there_is_room(qapp: QApplication, qtbot: QtBot) -> None:
    dress(qapp)
    head = parts.header("Annie van der Meer-de Wit", parts.button("Brief maken"), state=parts.pill("Doet mee", "well"))
    qtbot.addWidget(head)
    head.resize(1000, 60)
    head.show()
    title = next(label for label in head.findChildren(QLabel) if label.property("role") == "title")
    assert title.height() < 2 * title.fontMetrics().height()


def test_enter_presses_the_button_the_keyboard_stands_on_but_not_one_that_takes_away(qtbot: QtBot) -> None:
    pressed: list[str] = []
    for text, role in (("Openen", ""), ("Weggooien", "danger")):
        made = parts.button(text, role, on=partial(pressed.append, text))
        qtbot.addWidget(made)
        made.show()
        QTest.keyClick(made, Qt.Key.Key_Return)
    assert pressed == ["Openen"]


def test_a_button_keeps_its_key_when_its_words_change(qtbot: QtBot) -> None:
    button = parts.button("Kies een bestand", shortcut="Ctrl+O")
    qtbot.addWidget(button)
    button.setText("Kies een ander bestand")
    assert button.shortcut().toString() == "Ctrl+O"


def test_ctrl_enter_is_one_press_however_long_it_is_held(qtbot: QtBot) -> None:
    page, pressed = QWidget(), list[int]()
    qtbot.addWidget(page)
    parts.on_ctrl_enter(page, lambda: pressed.append(1))
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page, Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [1, 1]
    assert [each.autoRepeat() for each in page.findChildren(QShortcut)] == [False, False]
