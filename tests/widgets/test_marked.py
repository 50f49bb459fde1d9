"""A text with numbered lines: looks of pieces, lines that fade, and what counts as typing."""

from collections.abc import Iterable

import pytest
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets import theme
from desktop.widgets.marked import Mark, MarkedText
from tests.widgets.dressing import dress


def marks(line: str) -> Iterable[Mark]:
    if line.startswith("!"):
        yield Mark(0, 1, "wrong")
    if line.startswith("#"):
        yield Mark(0, len(line), "strong")


@pytest.fixture
def text(qtbot: QtBot) -> MarkedText:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    dress(application)
    made = MarkedText("Words", marks)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    qtbot.waitExposed(made)
    made.set_text("# one\ntwo\n!three")
    return made


def looks(text: MarkedText, line: int) -> list[tuple[int, int, bool]]:
    """Start, length and italics of what is shown in a look of its own on a line."""
    formats = text.document().findBlockByNumber(line).layout().formats()
    return [(each.start, each.length, each.format.fontItalic()) for each in formats]


def test_only_what_somebody_types_is_typed(text: MarkedText) -> None:
    heard: list[str] = []
    text.typed.connect(lambda: heard.append(text.text()))
    text.set_text("# one\ntwo\n!three\nfour")
    text.fade([1])
    text.fade([])
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, "dark", 100)
    theme.apply(application, "light", 100)
    assert heard == []
    QTest.keyClicks(text, "x")
    text.put_in("{y}")
    assert heard == ["x# one\ntwo\n!three\nfour", "x{y}# one\ntwo\n!three\nfour"]


def test_faded_lines_are_in_italics_and_come_back(text: MarkedText) -> None:
    text.fade([1])
    assert text.faded() == {1}
    assert looks(text, 1) == [(0, 3, True)]
    text.fade([])
    assert looks(text, 1) == []


def test_what_cannot_stay_keeps_its_colour_on_a_faded_line_and_is_found(text: MarkedText) -> None:
    text.fade([2])
    first = text.document().findBlockByNumber(2).layout().formats()[0]
    assert first.format.foreground().color() == QColor(theme.current()["late"])
    text.go_to_wrong()
    cursor = text.textCursor()
    assert (cursor.blockNumber(), cursor.positionInBlock()) == (2, 1)


def test_every_line_has_its_number_and_nothing_scrolls_inside(text: MarkedText) -> None:
    assert [number for number, _place in text.lines_seen()] == [1, 2, 3]
    before = text.sizeHint().height()
    text.set_text("\n".join(str(n) for n in range(40)))
    assert text.sizeHint().height() > before * 2
    text.resize(400, text.sizeHint().height())
    assert [number for number, _place in text.lines_seen()] == list(range(1, 41))
    assert text.verticalScrollBar().maximum() == 0


def test_what_is_put_in_is_taken_back_in_one_step(text: MarkedText) -> None:
    text.put_in("{field}")
    text.undo()
    assert text.text() == "# one\ntwo\n!three"


def test_a_complaint_is_heard_too(text: MarkedText) -> None:
    text.complain("Not so.")
    assert text.accessibleDescription() == "Not so."
    assert text.property("tone") == "late"
    text.complain("")
    assert text.accessibleDescription() == ""
