"""A layout that puts widgets behind each other and goes on below when the line is full."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from desktop.widgets import theme


class Flow(QLayout):
    """Like words on a page; used where the number of things or the size of text is not known.

    `at_end` puts each line against the right edge, as the buttons below a form stand; `between` is the room
    between lines, where that is not the spacing.
    """

    def __init__(self, parent: QWidget | None = None, *, at_end: bool = False, between: int | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._at_end, self._between = at_end, between

    def insert(self, place: int, widget: QWidget) -> None:
        """Put a widget before the one that stands at this place now."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    # -- Qt ----------------------------------------------------------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        margins = self._margins()
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown) + self.spacing() * max(0, len(shown) - 1)
        height = max((item.sizeHint().height() for item in shown), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        margins = self._margins()
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _margins(self) -> QMargins:
        return self.contentsMargins()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, move: bool) -> int:
        inside = rect.marginsRemoved(self._margins())
        gap = max(0, self.spacing())
        between = gap if self._between is None else theme.px(self._between)
        y = inside.y()
        for line in self._lines(inside.width(), gap):
            height = max(size.height() for _item, size in line)
            x = inside.x() + (inside.width() - _width(line, gap) if self._at_end else 0)
            for item, size in line:
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + gap
            y += height + between
        return max(0, y - between - rect.y()) + self._margins().bottom()

    def _lines(self, width: int, gap: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        taken = 0
        for item in self._shown():
            size = item.sizeHint()
            size.setWidth(min(size.width(), max(width, item.minimumSize().width())))
            if not lines or taken + size.width() > width:
                lines.append([])
                taken = 0
            lines[-1].append((item, size))
            taken += size.width() + gap
        return lines


def _width(line: list[tuple[QLayoutItem, QSize]], gap: int) -> int:
    return sum(size.width() for _item, size in line) + gap * (len(line) - 1)


def flowing(*widgets: QWidget, gap: int = 8) -> QWidget:
    """Widgets beside each other that go on below when the line is full."""
    box = QWidget()
    flow = Flow(box)
    theme.space(flow, gap)
    for widget in widgets:
        flow.addWidget(widget)
    return box
