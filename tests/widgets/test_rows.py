"""Rows: read, walked and acted on by keyboard and mouse, at every size."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets import parts, theme
from desktop.widgets.rows import Row, Rows
from tests.widgets.dressing import dress

CALL = Row("a", "phone", "Bel mevrouw Van der Meer-de Wit", "06 8765 4321", "Dokter Jansen vroeg het",
           "2 dagen te laat", "late", "poging 2 van 3", "Bellen")
PLAN = Row("b", "clipboard-text", "Intake de heer Łukasiewicz", subtitle="De Brink", pill="14:00", tone="news",
           action="Intake starten")
DEED = Row("c", "phone", "Gesproken", subtitle="2e poging", lead="10 nov")


@pytest.fixture
def rows(qapp: QApplication, qtbot: QtBot) -> Rows:
    dress(qapp)
    made = Rows("Te doen", grow=True)
    qtbot.addWidget(made)
    made.set_rows([CALL, PLAN])
    made.resize(1000, 400)
    made.show()
    return made


def middle_of_button(rows: Rows, number: int) -> QPoint:
    return rows.button_rect(number).center()


def heard(rows: Rows) -> tuple[list[object], list[object]]:
    acted: list[object] = []
    chosen: list[object] = []
    rows.acted.connect(acted.append)
    rows.chosen.connect(chosen.append)
    return acted, chosen


def second_half(widget: QWidget, place: QPoint) -> None:
    """What arrives when the first press closed the page that lay over this widget."""
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind, QPointF(place), widget.mapToGlobal(QPointF(place)), left, left, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(widget, event)


def test_enter_does_the_deed_of_the_row_the_arrows_went_to(rows: Rows, qtbot: QtBot) -> None:
    acted, chosen = heard(rows)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert (acted, chosen) == (["b"], [])


def test_shift_enter_opens_the_row_instead(rows: Rows, qtbot: QtBot) -> None:
    acted, chosen = heard(rows)
    QTest.keyClick(rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (acted, chosen) == ([], ["a"])


def test_the_second_of_two_ctrl_enters_meant_for_a_form_does_nothing(rows: Rows) -> None:
    acted, chosen = heard(rows)
    QTest.keyClick(rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (acted, chosen) == ([], [])


def test_the_second_half_of_a_double_click_on_what_lay_before_opens_nothing(rows: Rows) -> None:
    acted, chosen = heard(rows)
    second_half(rows.viewport(), QPoint(120, 20))
    assert (acted, chosen) == ([], [])


def test_the_second_half_of_a_double_click_elsewhere_presses_no_button(qapp: QApplication, qtbot: QtBot) -> None:
    pressed: list[str] = []
    made = parts.button("Opslaan", on=lambda: pressed.append("opgeslagen"))
    qtbot.addWidget(made)
    made.show()
    second_half(made, made.rect().center())
    assert pressed == []
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    assert pressed == ["opgeslagen"]


def test_a_double_click_on_the_button_does_the_deed_once(rows: Rows, qtbot: QtBot) -> None:
    acted, chosen = heard(rows)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle_of_button(rows, 0))
    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle_of_button(rows, 0))
    assert (acted, chosen) == (["a"], [])


def test_a_double_click_on_the_words_opens_once(rows: Rows, qtbot: QtBot) -> None:
    acted, chosen = heard(rows)
    words = rows.visualRect(rows.model().index(1, 0)).topLeft() + QPoint(120, 20)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=words)
    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=words)
    assert (acted, chosen) == ([], ["b"])


def test_a_press_that_slides_off_the_button_does_nothing(rows: Rows) -> None:
    acted, chosen = heard(rows)
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle_of_button(rows, 0))
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 20))
    assert (acted, chosen) == ([], [])


def test_a_row_without_a_deed_is_opened_by_enter(rows: Rows, qtbot: QtBot) -> None:
    rows.set_rows([DEED])
    acted, chosen = heard(rows)
    rows.select("c")
    QTest.keyClick(rows, Qt.Key.Key_Enter)
    assert (acted, chosen) == ([], ["c"])


def test_the_row_is_heard_as_one_sentence(rows: Rows) -> None:
    spoken = rows.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == ("Bel mevrouw Van der Meer-de Wit, 06 8765 4321, Dokter Jansen vroeg het, "
                      "2 dagen te laat, poging 2 van 3, Bellen")


def test_after_a_row_is_done_the_next_one_is_current(rows: Rows) -> None:
    rows.set_rows([CALL, PLAN, DEED])
    rows.select("b")
    rows.set_rows([CALL, DEED])
    assert rows.current_key() == "c"
    rows.set_rows([DEED, CALL])
    assert rows.current_key() == "c"


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("width", [400, 700, 1100])
def test_a_long_title_never_runs_into_the_state_or_the_button(
    qapp: QApplication, rows: Rows, percent: int, width: int
) -> None:
    dress(qapp, percent)
    long = Row("z", "phone", "Bel " + "van den Lange Achternaam-" * 9, "06 8765 4321", "uitleg " * 60,
               "2 dagen te laat", "late", "poging 2 van 3", "Bellen")
    rows.set_rows([long])
    rows.resize(width, 400)
    painter = rows._painter
    index = rows.model().index(0, 0)
    hint = painter.sizeHint(QStyleOptionViewItem(), index)
    places = painter.places(long, QRect(0, 0, rows.viewport().width(), hint.height()))
    pieces = [piece for piece in (places.icon, places.words, places.pill, places.note, places.button)
              if not piece.isEmpty()]
    crossings = [(one, other) for one in pieces for other in pieces if one is not other and one.intersects(other)]
    dress(qapp)
    assert crossings == []
    assert all(QRect(0, 0, rows.viewport().width(), hint.height()).contains(piece) for piece in pieces)
    assert places.words.width() > theme.px(40)


def test_a_growing_list_shows_all_its_rows_without_scrolling(qapp: QApplication, rows: Rows) -> None:
    usual = rows.sizeHint().height()
    dress(qapp, 200)
    large = rows.sizeHint().height()
    dress(qapp)
    assert 2 * 56 <= usual <= 2 * 56 + 6
    assert large >= 2 * usual - 6


def test_walking_down_scrolls_the_page_around_a_growing_list(qapp: QApplication, qtbot: QtBot) -> None:
    dress(qapp)
    rows = Rows("Te doen", grow=True)
    rows.set_rows([Row(number, "phone", f"Bel {number}", subtitle="x", action="Bellen") for number in range(30)])
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(parts.column(rows, None))
    area.resize(700, 300)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(lambda: rows.height() > 1000)
    rows.setFocus()
    qtbot.waitUntil(rows.hasFocus)
    for _ in range(29):
        QTest.keyClick(rows, Qt.Key.Key_Down)
    last = rows.mapTo(area, rows.visualRect(rows.model().index(29, 0)).center())
    assert rows.current_key() == 29
    assert 0 < last.y() < area.height()


def test_the_painting_uses_the_colours_of_the_theme(qapp: QApplication, rows: Rows) -> None:
    rows.setFocus()
    theme.apply(qapp, "dark")
    image = rows.grab().toImage()
    button = rows.viewport().mapTo(rows, rows.button_rect(0).topLeft()) + QPoint(8, 8)
    filled = image.pixelColor(button).name()
    dress(qapp)
    assert filled == theme.TOKENS["dark"]["primary"].lower()


def test_tooltip_shows_a_name_as_it_was_typed(qtbot: QtBot) -> None:
    rows = Rows("Taken")
    qtbot.addWidget(rows)
    rows.set_rows([Row(1, "user", "<b>Meer</b> & zonen", subtitle="a < b")])

    tip = rows.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)

    assert tip == "<qt>&lt;b&gt;Meer&lt;/b&gt; &amp; zonen<br>a &lt; b</qt>"
