"""A column that scrolls when it is higher than the window, and is never higher than what is in it."""

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.widgets import theme
from desktop.widgets.pages import reveal_keyboard


class Scroll(QScrollArea):
    """Scrolling is by the focus moving on, the wheel or the bar; with less room the keyboard's place stays in sight."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        now = QApplication.focusWidget()
        seen = now is not None and self._content.isAncestorOf(now) and self._sees(now, event.oldSize().height())
        super().resizeEvent(event)
        if seen and now is not None:
            QTimer.singleShot(0, now, partial(reveal_keyboard, now))  # when everything has its place

    def _sees(self, widget: QWidget, height: int) -> bool:
        top = widget.mapTo(self._content, QPoint(0, 0)).y() - self.verticalScrollBar().value()
        return top + widget.height() > 0 and top < height


class Scrolled(Scroll):
    """Fill `inside`."""

    def __init__(self, gap: int = 12) -> None:
        content = _Content()
        content.setObjectName("page")
        self.inside = QVBoxLayout(content)
        theme.space(self.inside, gap, (24, 16, 24, 12))
        super().__init__(content)


class _Content(QWidget):
    """Its height follows from its width alone: Qt would keep room for every label wrapped to one word a line."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)
