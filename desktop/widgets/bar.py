"""The slim line that says what just happened, with undo beside it, never a box. Must not know what it was."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.language import _
from desktop.widgets import parts, theme

STAYS = 10_000
TROUBLE_STAYS = 60_000


class MessageBar(QFrame):
    """One message at a time; it leaves by itself, with the next deed, or when closed."""

    def __init__(self, undo: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("news")
        self._words = parts.label()
        self._undo = parts.button(_("Undo"), "link", on=lambda: self._leave_for(undo))
        self._close = parts.button(_("Close message"), "link", "x", on=self.clear)
        self._close.setText("")
        self._close.setToolTip(_("Close message"))
        layout = QHBoxLayout(self)
        theme.space(layout, 8, (20, 3, 12, 3))
        parts.fill(layout, self._words, self._undo, None, self._close)
        self._line = layout
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.clear)
        self.hide()

    def say(self, text: str, undoable: bool = False) -> None:
        """Something went well: "Saved", with undo when it can be taken back."""
        self._show(text, "well", undoable, STAYS)

    def trouble(self, text: str) -> None:
        """Something did not go; stays long enough to be read twice."""
        self._show(text, "late", False, TROUBLE_STAYS)

    def text(self) -> str:
        """What it says now; nothing when it is not there."""
        return "" if self.isHidden() else self._words.text()

    def clear(self) -> None:
        """Say nothing any more."""
        self._timer.stop()
        self._words.clear()
        self.hide()

    def _show(self, text: str, tone: str, undoable: bool, stays: int) -> None:
        self._words.setText(text)
        self._words.setWordWrap(not undoable)
        self._line.setStretch(0, 0 if undoable else 1)
        self._undo.setVisible(undoable)
        self.setProperty("tone", tone)
        theme.restyle(self)
        theme.restyle(self._words)
        self.show()
        self._timer.start(stays)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _leave_for(self, deed: Callable[[], object]) -> None:
        self.clear()
        deed()
