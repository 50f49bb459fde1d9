"""Fields left and one large thing right that stays in sight. Must not know what either of them is."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.widgets import parts, theme
from desktop.widgets.scrolled import Scrolled

WIDE = 900  # pixels at the usual size of text; with less room the large thing stands below the fields


class Sided(QWidget):
    """Fill `inside`, the last of it what takes the room that is left, and call `place` when that is done."""

    def __init__(self, large: QWidget) -> None:
        super().__init__()
        self.column = Scrolled()
        self.inside = self.column.inside
        self._card = parts.card("", large)
        self._right = QWidget()
        right = QHBoxLayout(self._right)
        theme.space(right, 0, (0, 16, 24, 8))
        right.addWidget(self._card)
        layout = QHBoxLayout(self)
        theme.space(layout, 0)
        layout.addWidget(self.column, 5)
        layout.addWidget(self._right, 6)

    def hold(self) -> None:
        """Keep the large thing apart while what is in `inside` is cleared away."""
        self._card.setParent(None)

    def place(self) -> None:
        """Beside the fields, or at their end."""
        right = self._right.layout()
        assert right is not None
        self._right.setVisible(not self._narrow())
        self.hold()
        if self._narrow():
            self.inside.insertWidget(max(0, self.inside.count() - 1), self._card)
        else:
            right.addWidget(self._card)
        self._card.show()

    def _narrow(self) -> bool:
        return self.width() < theme.px(WIDE)

    def _follow_room(self) -> None:
        if self._right.isHidden() != self._narrow():
            self.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_right"):
            self._follow_room()
