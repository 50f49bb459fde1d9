"""A list of rows as sentences, each with its state and its one deed. Must not know what rows are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QHoverEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.widgets import icons, pages, theme

AnyIndex = QModelIndex | QPersistentModelIndex
SMALL = 9.5


@dataclass(frozen=True)
class Row:
    """One row: what a colleague would say, when it is due and the one thing to do about it."""

    key: Any
    icon: str
    title: str
    strong: str = ""
    subtitle: str = ""
    pill: str = ""
    tone: str = "plain"
    note: str = ""
    action: str = ""
    lead: str = ""

    def spoken(self) -> str:
        """The whole row as one sentence, for who listens to the screen."""
        parts = (self.lead, self.title, self.strong, self.subtitle, self.pill, self.note, self.action)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class _Places:
    """Where the pieces of one row stand."""

    lead: QRect
    icon: QRect
    words: QRect
    pill: QRect
    note: QRect
    button: QRect


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


class _Painter(QStyledItemDelegate):
    """Paints a row in the colours and sizes of the theme."""

    def __init__(self, view: "Rows") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        row = self._view.row_at(index.row())
        height = 56 if row.subtitle else 40
        if self._view.narrow() and (row.pill or row.note):
            height += 26
        return QSize(theme.px(120), theme.px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row = self._view.row_at(index.row())
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._view.clip(painter)
        self._background(painter, rect, chosen, bool(state & QStyle.StateFlag.State_MouseOver))
        places = self.places(row, rect)
        self._words(painter, row, places, chosen)
        _pill(painter, row, places.pill)
        _button(painter, row, places.button, chosen)
        painter.restore()

    def places(self, row: Row, rect: QRect) -> _Places:
        """Where everything stands; when there is little room the state moves below the words."""
        px, narrow = theme.px, self._view.narrow()
        middle, right = rect.center().y(), rect.right() - px(12)
        button = QRect()
        if row.action:
            width = QFontMetrics(theme.font(bold=True)).horizontalAdvance(row.action) + px(30)
            button = QRect(right - width, middle - px(17), width, px(34))
            right = button.left() - px(10)
        lead_width = self._view.lead_width()
        lead = QRect(rect.left() + px(14), rect.top(), lead_width, rect.height())
        left = lead.right() + px(16) if lead_width else rect.left() + px(16)
        icon = QRect(left, middle - px(10), px(20), px(20))
        left = icon.right() + px(18)
        small = QFontMetrics(theme.font(SMALL))
        note_width = small.horizontalAdvance(row.note) + 2 if row.note else 0
        bold = QFontMetrics(theme.font(SMALL, bold=True))
        pill_width = bold.horizontalAdvance(row.pill) + px(38) if row.pill else 0
        if narrow and (row.pill or row.note):
            bottom = rect.bottom() - px(9) - px(22)
            pill = QRect(left, bottom, min(pill_width, right - left), px(22))
            start = pill.right() + px(10) if row.pill else left
            note = QRect(start, bottom, max(0, min(note_width, right - start)), px(22))
            words = QRect(left, rect.top() + px(6), right - left, bottom - rect.top() - px(8))
            return _Places(lead, icon, words, pill, note, button)
        note = QRect(right - note_width, rect.top(), note_width, rect.height())
        right = note.left() - px(10) if row.note else right
        pill = QRect(right - pill_width, middle - px(11), pill_width, px(22))
        right = pill.left() - px(10) if row.pill else right
        words = QRect(left, rect.top() + px(6), max(0, right - left), rect.height() - px(12))
        return _Places(lead, icon, words, pill, note, button)

    def _background(self, painter: QPainter, rect: QRect, chosen: bool, hovered: bool) -> None:
        if chosen:
            painter.fillRect(rect, theme.colour("tint"))
        elif hovered and self._view.isEnabled():
            painter.fillRect(rect, theme.colour("bg"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("border"))
        if chosen and self._view.hasFocus():
            bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height())
            painter.fillRect(bar, theme.colour("primary"))

    def _words(self, painter: QPainter, row: Row, places: _Places, chosen: bool) -> None:
        _line(painter, places.lead, row.lead, theme.font(), "muted")
        tone = "primary" if chosen or self._view.lead_width() else "text"
        icons.paint(painter, QRectF(places.icon), row.icon, tone)
        _line(painter, places.note, row.note, theme.font(SMALL), "muted")
        top, bottom = _halves(places.words) if row.subtitle else (places.words, QRect())
        _title(painter, top, row, theme.font(bold=chosen))
        _line(painter, bottom, row.subtitle, theme.font(SMALL), "muted")


class Rows(QListView):
    """The list itself: arrows walk, Enter does the row's deed, Shift+Enter or a double click opens it."""

    chosen = Signal(object)
    acted = Signal(object)

    def __init__(self, name: str = "", grow: bool = False, framed: bool = True) -> None:
        super().__init__()
        self._rows = _Model(self)
        self._painter = _Painter(self)
        self._grow, self._framed = grow, framed
        self._pressed: Any = None
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
        return self.viewport().width() < theme.px(680)

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
        if self._grow and event.oldSize().width() != event.size().width():
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
        if event.isAutoRepeat() or number < 0:
            return
        row = self.row_at(number)
        opens = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        (self.acted if row.action and not opens else self.chosen).emit(row.key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
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
        if index.isValid() and self._button_under(place) is None:
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
    """The whole of what may have been shortened on screen."""
    return "\n".join(part for part in (" ".join(filter(None, (row.title, row.strong))), row.subtitle) if part)


def _halves(rect: QRect) -> tuple[QRect, QRect]:
    half = rect.height() // 2
    return (
        QRect(rect.left(), rect.top(), rect.width(), half),
        QRect(rect.left(), rect.top() + half, rect.width(), rect.height() - half),
    )


def _line(painter: QPainter, rect: QRect, text: str, font: QFont, token: str) -> None:
    if not text or rect.width() <= 0:
        return
    painter.setFont(font)
    painter.setPen(theme.colour(token))
    shown = QFontMetrics(font).elidedText(_flat(text), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _title(painter: QPainter, rect: QRect, row: Row, font: QFont) -> None:
    """The title gives way first: what is strong, a telephone number, stays whole as long as it can."""
    metrics = QFontMetrics(font)
    gap = theme.px(12) if row.strong else 0
    strong_width = min(metrics.horizontalAdvance(row.strong) + 2, rect.width()) if row.strong else 0
    room = max(0, rect.width() - strong_width - gap)
    title_width = min(metrics.horizontalAdvance(_flat(row.title)) + 2, room)
    _line(painter, QRect(rect.left(), rect.top(), title_width, rect.height()), row.title, font, "text")
    strong = QRect(rect.left() + title_width + gap, rect.top(), strong_width, rect.height())
    _line(painter, strong, row.strong, font, "text")


def _pill(painter: QPainter, row: Row, rect: QRect) -> None:
    if not row.pill or rect.width() <= 0:
        return
    plain = row.tone == "plain"
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("border" if plain else f"{row.tone}_bg"))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    token = "text" if plain else row.tone
    dot = theme.px(9)
    painter.setBrush(theme.colour(token))
    painter.drawEllipse(QRect(rect.left() + theme.px(13), rect.center().y() - dot // 2 + 1, dot, dot))
    words = rect.adjusted(theme.px(27), 0, -theme.px(6), 0)
    _line(painter, words, row.pill, theme.font(SMALL, True), token)


def _button(painter: QPainter, row: Row, rect: QRect, filled: bool) -> None:
    if not row.action:
        return
    edge, inside, words = ("primary", "primary", "on_primary") if filled else ("edge", "surface", "text")
    painter.setPen(QPen(QColor(theme.colour(edge)), 1))
    painter.setBrush(theme.colour(inside))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
    painter.setFont(theme.font(bold=filled))
    painter.setPen(theme.colour(words))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, row.action)


def _flat(text: str) -> str:
    return " ".join(text.split())
