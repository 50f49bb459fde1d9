"""One search box over everything, with what it found right below it. Must not know what can be found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMoveEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import Refused, StorageProblem
from desktop.language import _
from desktop.widgets import icons, parts, theme
from desktop.widgets.rows import Row, Rows

PAUSE = 10  # ms: swallows a burst of keys, and leaves nearly all of the 50 ms to finding and painting
LONGEST = 200
SHOWN = 8


@dataclass(frozen=True)
class Hit:
    """Something found: `key` is handed back when it is chosen, `kind` is the word for what it is."""

    key: Any
    kind: str
    title: str
    subtitle: str = ""
    icon: str = "magnifying-glass"


class SearchBox(QLineEdit):
    """Type, walk with the arrows, Enter; the keyboard stays in the box all the time."""

    chosen = Signal(object)

    def __init__(self, query: Callable[[str], Sequence[Hit] | None], placeholder: str = "") -> None:
        super().__init__()
        self._query = query
        self._hits: list[Hit] = []
        self._asked = ""
        self.setObjectName("search")
        self.setMaxLength(LONGEST)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(_("Search"))
        self._make_room()
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._look)
        self.textEdited.connect(lambda _text: self._timer.start())
        self.textChanged.connect(self._emptied)
        self._popup: _Popup | None = None

    def hits(self) -> list[Hit]:
        """What is listed below the box now."""
        return list(self._hits) if self.listing() else []

    def listing(self) -> bool:
        """Whether the list is open."""
        return self._popup is not None and self._popup.isVisible()

    def close_list(self) -> None:
        """Fold the list away."""
        self._timer.stop()
        if self._popup is not None:
            self._popup.hide()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wants = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if wants and (self.listing() or self.text()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape and (self.listing() or self.text()):
            self.close_list()
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = theme.px(16)
        painter = QPainter(self)
        icons.paint(painter, QRectF(theme.px(12), (self.height() - size) / 2, size, size),
                    "magnifying-glass", "muted")
        painter.end()

    def _make_room(self) -> None:
        self.setTextMargins(theme.px(28), 0, 0, 0)

    def _emptied(self, text: str) -> None:
        if not text.strip():
            self._hits = []
            self.close_list()

    def _look(self) -> None:
        self._timer.stop()
        self._asked = self.text()
        wanted = _clean(self._asked)
        if not wanted:
            self._emptied("")
            return
        try:
            found = self._query(wanted) or ()
        except (Refused, StorageProblem):
            found = ()
        self._hits = list(found)[:SHOWN]
        self._list()

    def _list(self) -> None:
        if self._popup is None:
            self._popup = _Popup(self)
        self._popup.show_hits(self._hits)
        self._place()
        self._popup.show()
        self._popup.raise_()
        self._say_current()

    def _place(self) -> None:
        if self._popup is None:
            return
        window = self.window()
        corner = self.mapTo(window, QPoint(0, self.height() + 4))
        width = min(max(self.width(), theme.px(420)), window.width() - 2 * theme.px(8))
        left = max(theme.px(8), min(corner.x(), window.width() - width - theme.px(8)))
        room = window.height() - corner.y() - theme.px(8)
        self._popup.setGeometry(left, corner.y(), width, self._popup.wanted_height(width, room))

    def _step(self, step: int) -> None:
        if not self.listing():
            self._look()
        elif self._hits and self._popup is not None:
            self._popup.step(step)
            self._say_current()

    def _take(self) -> None:
        if self._asked != self.text() or not self.listing():
            self._look()
        number = self._popup.current() if self._popup is not None else None
        if number is not None and number < len(self._hits):
            self._choose(number)

    def _choose(self, number: int) -> None:
        key = self._hits[number].key
        self.close_list()
        self.clear()
        self.chosen.emit(key)

    def _say_current(self) -> None:
        number = self._popup.current() if self._popup is not None else None
        hit = self._hits[number] if number is not None and self._hits else None
        self.setAccessibleDescription(_row(0, hit).spoken() if hit else _("Nothing found."))

    def choose_row(self, number: object) -> None:
        """A row of the list was pressed."""
        if isinstance(number, int):
            self._choose(number)


class _Popup(QFrame):
    """The list below the box: a part of the window, so that locking covers it too."""

    def __init__(self, box: SearchBox) -> None:
        super().__init__(box.window())
        self.setObjectName("hits")
        self._rows = Rows(_("Found"), framed=False)
        self._rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows.clicked.connect(lambda index: box.choose_row(index.row()))
        self._nothing = parts.label(_("Nothing found. Try a piece of the name, or the birth date."), "muted")
        layout = QVBoxLayout(self)
        theme.space(layout, 0, (2, 4, 2, 4))
        parts.fill(layout, self._nothing, self._rows)
        self._nothing.setContentsMargins(14, 8, 14, 8)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        self._rows.set_rows([_row(number, hit) for number, hit in enumerate(hits)])
        self._nothing.setVisible(not hits)
        self._rows.setVisible(bool(hits))
        if hits:
            self._rows.select(0)
            self._rows.scrollToTop()

    def wanted_height(self, width: int, room: int) -> int:
        if self._rows.isHidden():
            return self._nothing.heightForWidth(max(1, width - theme.px(8))) + theme.px(10)
        count, hint = len(self._rows.rows()), self._rows.sizeHintForRow
        return min(room, sum(hint(number) for number in range(count)) + theme.px(14))

    def step(self, step: int) -> None:
        count = len(self._rows.rows())
        self._rows.select(((self.current() or 0) + step) % count)

    def current(self) -> int | None:
        key = self._rows.current_key()
        return key if isinstance(key, int) else None


def _row(number: int, hit: Hit) -> Row:
    return Row(number, hit.icon, hit.title, subtitle=hit.subtitle, note=hit.kind)


def _clean(text: str) -> str:
    """Without what no database takes: half characters and NUL."""
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "").strip()


def popup_of(box: SearchBox) -> QWidget | None:
    """The list that hangs below a box."""
    return box._popup
