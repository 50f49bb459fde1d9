"""The one-line field: Enter goes on to the next field, and a list of what fits may hang below it."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QScrollArea, QScrollBar, QWidget

from desktop.widgets import theme

Candidates = Callable[[str], Sequence[tuple[Any, str]]]

ROWS_SHOWN, ROWS_HELD = 8, 200
ROOM_FOR_PASTE = 1_000_000   # Qt cuts at 32,767 without a word; the limit of a field is told in words instead
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "æ": "ae", "ß": "ss"})


def folded(text: str) -> str:
    """For comparing what is typed with a list: no capitals, no accents, single spaces."""
    parts = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return " ".join("".join(letter for letter in parts if not unicodedata.combining(letter)).split())


def fitting(options: Sequence[tuple[Any, str]], typed: str) -> list[tuple[Any, str]]:
    """The options that have every typed word somewhere, those that start with it first."""
    asked = folded(typed)
    words = asked.split()
    found = [option for option in options if all(word in folded(option[1]) for word in words)]
    return sorted(found, key=lambda option: not folded(option[1]).startswith(asked))


class Line(QLineEdit):
    """A line a barcode scanner can type into: its Enter is a step to the next field, never a save."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(ROOM_FOR_PASTE)
        self._typed_at = 0  # where the next letter goes on when the keyboard comes back

    def go_on(self) -> None:
        self.focusNextChild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.go_on()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._typed_at = self.cursorPosition()
            self.setCursorPosition(0)  # a long name is read from its beginning
            self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.OtherFocusReason:
            self.setCursorPosition(self._typed_at)


class SearchLine(Line):
    """A line with a list below it of what fits; `eager` lines light up the first row for Enter.

    `takes_one` lines take the only one that begins as typed; who types the same again means what was typed.
    """

    picked = Signal(object, str)

    _open = False   # on the class, so that Qt can still ask while Python takes the line down

    def __init__(
        self, candidates: Candidates, eager: bool, parent: QWidget | None = None, *, takes_one: bool = False
    ) -> None:
        super().__init__(parent)
        self._candidates = candidates
        self._eager, self._takes_one = eager, takes_one
        self._steered = False
        self._taken = ""  # what was typed when the only one was taken
        self._list = _HangingList(self)
        self._list.itemClicked.connect(self._pick)
        self.textEdited.connect(self._look)
        self.left.connect(self._leave)

    def open_all(self) -> None:
        """Show the whole list, whatever is typed."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fill("")

    def is_open(self) -> bool:
        return self._open and self._list.isVisible()

    def offered(self) -> list[str]:
        """The texts hanging below the line now."""
        return [self._list.item(row).text() for row in range(self._list.count())] if self.is_open() else []

    def close_list(self) -> None:
        if self._open:
            self._open = False
            self._list.put_away()

    def _look(self, typed: str) -> None:
        if typed.strip() or self._eager:
            self._fill(typed)
        else:
            self.close_list()

    def _fill(self, typed: str) -> None:
        self._steered = False
        rows = list(self._candidates(typed))[:ROWS_HELD]
        if not rows or not self.isVisible():
            self.close_list()
            return
        self._open = True
        self._list.show_rows(rows)
        if self._eager:
            self._list.setCurrentRow(0)

    def _pick(self, item: QListWidgetItem) -> None:
        value, text = item.data(Qt.ItemDataRole.UserRole), item.text()
        self.close_list()
        self.picked.emit(value, text)

    def _leave(self) -> None:
        """Tab takes what was lit up on purpose, or the only thing it can be; never just the first of many."""
        item = self._list.currentItem() if self.is_open() else None
        sure = self._steered or (self._eager and self._list.count() == 1 and bool(self.text().strip()))
        if item is not None and sure:
            self._pick(item)
        elif (only := self._only_one()) is not None:
            self._take_one(only)
        self.close_list()

    def _only_one(self) -> QListWidgetItem | None:
        """The single row below a line of free text, when what was typed is how its words begin."""
        typed = folded(self.text())
        if not (self._takes_one and self.is_open() and self._list.count() == 1) or typed == self._taken:
            return None
        words = folded(self._list.item(0).text()).replace(",", " ").replace("-", " ").split()
        begun = len(typed) > 1 and all(any(word.startswith(each) for word in words) for each in typed.split())
        return self._list.item(0) if begun else None

    def _take_one(self, item: QListWidgetItem) -> None:
        self._taken = folded(self.text())
        self._pick(item)

    # -- Qt ----------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride \
                and self.is_open() and event.key() == Qt.Key.Key_Escape:
            event.accept()   # Esc closes the list before it leaves the page
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._steer(event):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_list()
        super().hideEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._eager and event.button() == Qt.MouseButton.LeftButton and not self.isReadOnly():
            self.open_all()

    def _steer(self, event: QKeyEvent) -> bool:
        key = event.key()
        if not self.is_open():
            if key == Qt.Key.Key_Down and not self.isReadOnly():
                self._fill("" if self._eager else self.text())
                return True
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._move(key)
            return True
        if key == Qt.Key.Key_Escape:
            self.close_list()
            return True
        if key not in ENTER or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if self._list.currentRow() >= 0:
            self._pick(self._list.currentItem())
        elif (only := self._only_one()) is not None:
            self._take_one(only)
        else:
            return False
        self.after_pick()
        return True

    def after_pick(self) -> None:
        """Enter picked from the list: on to the next field."""
        self.go_on()

    def _move(self, key: int) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS_SHOWN}.get(
            Qt.Key(key), -ROWS_SHOWN)
        row = self._list.currentRow()
        row = 0 if row < 0 else max(0, min(self._list.count() - 1, row + step))
        self._steered = True
        self._list.setCurrentRow(row)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._list.currentItem().text()))


class _HangingList(QListWidget):
    """Lies over the window below its line; never takes the focus, so typing goes on."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._bars: list[QScrollBar] = []
        self.setProperty("role", "choices")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setMouseTracking(True)
        self.hide()

    def show_rows(self, rows: Sequence[tuple[Any, str]]) -> None:
        self.clear()
        for value, text in rows:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, value)
            self.addItem(item)
        if self.parent() is not self._line.window():
            self.setParent(self._line.window())
            self._follow_scrolling()
        self._place()
        self.show()
        self.raise_()

    def put_away(self) -> None:
        for bar in self._bars:
            bar.valueChanged.disconnect(self.put_away)
        self._bars = []
        self.hide()
        if self.parent() is not self._line:
            self.setParent(self._line)
            self.hide()

    def _place(self) -> None:
        window = self._line.window()
        top = self._line.mapTo(window, QPoint(0, 0))
        row = max(self.sizeHintForRow(0), self.fontMetrics().height())
        frame = 2 * self.frameWidth() + theme.px(2)
        height = row * min(self.count(), ROWS_SHOWN) + frame
        below = top.y() + self._line.height() + theme.px(2)
        if below + height > window.height() and top.y() > height:
            below = top.y() - height - theme.px(2)
        elif below + height > window.height():  # no room on either side: fewer rows, and those whole
            height = row * max(1, (window.height() - below - frame) // row) + frame
        width = max(self._line.width(), min(self.sizeHintForColumn(0) + theme.px(24),
                                            window.width() - top.x() - theme.px(8)))
        self.setGeometry(top.x(), below, width, height)

    def _follow_scrolling(self) -> None:
        parent = self._line.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                self._bars.append(parent.verticalScrollBar())
            parent = parent.parentWidget()
        for bar in self._bars:
            bar.valueChanged.connect(self.put_away)
