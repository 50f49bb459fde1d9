"""Paints one row of a list in the colours and sizes of the theme. Must not know what rows are about."""

from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.widgets import icons, theme

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
class Places:
    """Where the pieces of one row stand."""

    lead: QRect
    icon: QRect
    words: QRect
    pill: QRect
    note: QRect
    button: QRect


class RowsView(Protocol):
    """What the painter asks the list it paints for."""

    def row_at(self, number: int) -> Row: ...
    def narrow(self) -> bool: ...
    def lead_width(self) -> int: ...
    def hasFocus(self) -> bool: ...
    def isEnabled(self) -> bool: ...
    def clip(self, painter: QPainter) -> None: ...


class RowPainter(QStyledItemDelegate):
    """Paints a row in the colours and sizes of the theme."""

    def __init__(self, view: RowsView, parent: QWidget) -> None:
        super().__init__(parent)
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
        if index.row() < index.model().rowCount() - 1:
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("border"))
        places = self.places(row, rect)
        self._words(painter, row, places, chosen)
        _pill(painter, row, places.pill)
        _button(painter, row, places.button, chosen)
        painter.restore()

    def places(self, row: Row, rect: QRect) -> Places:
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
            return Places(lead, icon, words, pill, note, button)
        note = QRect(right - note_width, rect.top(), note_width, rect.height())
        right = note.left() - px(10) if row.note else right
        pill = QRect(right - pill_width, middle - px(11), pill_width, px(22))
        right = pill.left() - px(10) if row.pill else right
        words = QRect(left, rect.top() + px(6), max(0, right - left), rect.height() - px(12))
        return Places(lead, icon, words, pill, note, button)

    def _background(self, painter: QPainter, rect: QRect, chosen: bool, hovered: bool) -> None:
        if chosen:
            painter.fillRect(rect, theme.colour("tint"))
        elif hovered and self._view.isEnabled():
            painter.fillRect(rect, theme.colour("bg"))
        if chosen and self._view.hasFocus():
            bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height())
            painter.fillRect(bar, theme.colour("primary"))

    def _words(self, painter: QPainter, row: Row, places: Places, chosen: bool) -> None:
        _line(painter, places.lead, row.lead, theme.font(), "muted")
        tone = "primary" if chosen or self._view.lead_width() else "text"
        icons.paint(painter, QRectF(places.icon), row.icon, tone)
        _line(painter, places.note, row.note, theme.font(SMALL), "muted")
        top, bottom = _halves(places.words) if row.subtitle else (places.words, QRect())
        _title(painter, top, row, theme.font(bold=chosen))
        _line(painter, bottom, row.subtitle, theme.font(SMALL), "muted")


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
    painter.setBrush(theme.colour("quiet" if plain else f"{row.tone}_bg"))
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
