"""A column that scrolls when it is higher than the window, and is never higher than what is in it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.widgets import theme


class Scrolled(QScrollArea):
    """Fill `inside`; scrolling is by the focus moving on, the wheel or the bar."""

    def __init__(self, gap: int = 12) -> None:
        super().__init__()
        content = _Content()
        content.setObjectName("page")
        self.inside = QVBoxLayout(content)
        theme.space(self.inside, gap, (24, 16, 24, 12))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)


class _Content(QWidget):
    """Its height follows from its width alone: Qt would keep room for every label wrapped to one word a line."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)
