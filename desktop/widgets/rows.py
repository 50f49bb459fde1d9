"""A list of rows as sentences, each with its state and its one deed. Must not know what rows are about."""

import html
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHoverEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy, QStyleOptionViewItem, QWidget

from desktop.widgets import pages, theme
from desktop.widgets.clicks import Clicks
from desktop.widgets.rowpaint import AnyIndex, Row, RowPainter

__all__ = ["Row", "Rows"]


class _Model(QAbstractListModel):
    """The rows as Qt wants them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def replace(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken()
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row)
        return None


class Rows(QListView):
    """The list itself: arrows walk, Enter does the row's deed, Shift+Enter or a double click opens it."""

    chosen = Signal(object)
    acted = Signal(object)

    def __init__(self, name: str = "", grow: bool = False, framed: bool = True) -> None:
        super().__init__()
        self._rows = _Model(self)
        self._painter = RowPainter(self, self)
        self._grow, self._framed = grow, framed
        self._pressed: Any = None
        self._clicks = Clicks()
        self._lead_width = 0
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        if not framed:
            self.setProperty("role", "inside")
        if grow:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the one that was current stays so when it is still there."""
        before, number = self.current_key(), self.currentIndex().row()
        self._rows.replace(rows)
        self._measure()
        self.updateGeometry()
        if before is not None and not self.select(before) and rows:
            self._make_current(min(number, len(rows) - 1))
        elif before is None and any(row.action for row in rows):
            self._make_current(0)

    def rows(self) -> list[Row]:
        """The rows shown now."""
        return list(self._rows.rows)

    def row_at(self, number: int) -> Row:
        """The row at this place from the top."""
        return self._rows.rows[number]

    def current_key(self) -> Any:
        """The key of the row the keyboard stands on, or None."""
        number = self.currentIndex().row()
        return self.row_at(number).key if 0 <= number < len(self._rows.rows) else None

    def select(self, key: Any) -> bool:
        """Make the row with this key the current one, if it is there."""
        for number, row in enumerate(self._rows.rows):
            if row.key == key:
                self._make_current(number)
                return True
        return False

    def narrow(self) -> bool:
        """Whether there is too little room for words and state on one line."""
        return self.viewport().width() < theme.px(680) and any(row.pill for row in self._rows.rows)

    def lead_width(self) -> int:
        """How wide the column of short texts on the left is; 0 without one."""
        return self._lead_width

    def clip(self, painter: QPainter) -> None:
        """Keep the painting within the round corners of the frame."""
        if self._framed:
            path = QPainterPath()
            path.addRoundedRect(QRectF(self.viewport().rect()), theme.px(7), theme.px(7))
            painter.setClipPath(path)

    def button_rect(self, number: int) -> QRect:
        """Where the button of a row stands, in the viewport."""
        return self._painter.places(self.row_at(number), self.visualRect(self._rows.index(number))).button

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._content_height()) if self._grow else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        small = super().minimumSizeHint()
        return QSize(theme.px(200), self._content_height() if self._grow else small.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()  # a narrow row is higher
            if self._grow:
                self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        number = self.currentIndex().row()
        hasty = event.modifiers() & Qt.KeyboardModifier.ControlModifier  # a second Ctrl+Enter, meant for a form
        if event.isAutoRepeat() or hasty or number < 0:
            return
        row = self.row_at(number)
        opens = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        (self.acted if row.action and not opens else self.chosen).emit(row.key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._clicks.pressed()
        super().mousePressEvent(event)
        self._pressed = self._button_under(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is not None and pressed == self._button_under(event.position().toPoint()):
            self.acted.emit(self.row_at(pressed).key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.isValid() and self._button_under(place) is None and self._clicks.began_here():
            self.chosen.emit(self.row_at(index.row()).key)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHoverEvent):
            over = self._button_under(event.position().toPoint()) is not None
            shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._rows.rows:
            self._make_current(0)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        if self._grow and current.isValid() and self.hasFocus():
            pages.reveal(self, self.visualRect(current))

    def _make_current(self, number: int) -> None:
        self.setCurrentIndex(self._rows.index(number))

    def _button_under(self, place: QPoint) -> int | None:
        index = self.indexAt(place)
        if not index.isValid() or not self.row_at(index.row()).action:
            return None
        return index.row() if self.button_rect(index.row()).contains(place) else None

    def _measure(self) -> None:
        metrics = QFontMetrics(theme.font())
        widths = [metrics.horizontalAdvance(row.lead) for row in self._rows.rows if row.lead]
        self._lead_width = max(widths, default=-2) + 2

    def _content_height(self) -> int:
        option = QStyleOptionViewItem()
        heights = [
            self._painter.sizeHint(option, self._rows.index(number)).height()
            for number in range(len(self._rows.rows))
        ]
        return sum(heights) + 2 * self.frameWidth() + (2 if self._framed else 0)


def _tip(row: Row) -> str:
    """The whole of what may have been shortened on screen; a tooltip takes text for HTML, so it is escaped."""
    lines = (" ".join(filter(None, (row.title, row.strong))), row.subtitle)
    return "<qt>" + "<br>".join(html.escape(line) for line in lines if line) + "</qt>"
