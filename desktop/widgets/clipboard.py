"""What is copied from the program is taken off the clipboard again. Must not know what it was."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

STAYS = 30_000  # ms
LASTING = "application/x-wijkrecept-lasting"  # nothing about people: it may stay
HELD = "application/x-wijkrecept-held"  # until whoever copied it says that it was pasted
NOT_REMEMBERED = 'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"'
"""Asks Windows to leave it out of its clipboard history and of other computers; nothing elsewhere. Not run there."""


class ClipboardGuard(QObject):
    """Clears what the program itself put on the clipboard, after half a minute and when it is locked."""

    def __init__(
        self, parent: QObject | None = None, stays: int = STAYS, copied_here: Callable[[], bool] | None = None
    ) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._copied_here = copied_here or _copied_here
        self._seen = 0
        self._timer = QTimer(self, singleShot=True, interval=stays)
        self._timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self.look)

    def look(self) -> None:
        """Something was copied, here or elsewhere: count from now, or leave it alone."""
        text = self._clipboard.text()
        self._timer.stop()
        self._seen = hash(text) if text and self._copied_here() and not self._has(LASTING) else 0
        if self._seen and not self._has(HELD):
            self._timer.start()

    def clear(self) -> None:
        """Take off what came from here; what another program put there since stays."""
        self._timer.stop()
        if self._seen and hash(self._clipboard.text()) == self._seen:
            self._clipboard.clear()
        self._seen = 0

    def counting(self) -> bool:
        return self._timer.isActive()

    def _has(self, mark: str) -> bool:
        content = self._clipboard.mimeData()
        return content is not None and content.hasFormat(mark)


def _copied_here() -> bool:
    """Only the program in front can copy; not every system tells whose the clipboard is."""
    return QGuiApplication.clipboard().ownsClipboard() or QGuiApplication.focusWindow() is not None


def copy_lasting(text: str) -> None:
    """Copy what names nobody."""
    _copy(text, LASTING)


def copy_held(text: str, about: str) -> None:
    """Copy something that is to be pasted elsewhere; it stays until `take_off(about)`, or until the lock."""
    _copy(text, HELD, about)


def holds(about: str) -> bool:
    """Whether what was copied about this is still there: neither taken off nor copied over by any program."""
    content = QGuiApplication.clipboard().mimeData()
    return content is not None and bytes(content.data(HELD).data()) == about.encode()


def take_off(about: str) -> None:
    """What was copied about this is pasted or not wanted any more; what another program copied since stays."""
    if holds(about):
        QGuiApplication.clipboard().clear()


def _copy(text: str, mark: str, about: str = "1") -> None:
    content = QMimeData()
    content.setText(text)
    content.setData(mark, about.encode())
    if mark == HELD:
        content.setData(NOT_REMEMBERED, b"1")
    QGuiApplication.clipboard().setMimeData(content)
