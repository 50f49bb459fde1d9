"""The slim strip that shows long work going on and can stop it. Must not know what the work is."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from desktop.language import _
from desktop.widgets import parts, theme
from desktop.widgets.desk import Desk

PATIENCE = 300   # milliseconds; short work needs no bar


class Strip(QFrame):
    """Hidden while nothing runs; appears when work takes longer than a moment."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("role", "strip")
        self._title = parts.label(wrap=False)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(80)
        self._cancel = parts.button(_("Stop"), on=desk.cancel)
        layout = QHBoxLayout(self)
        theme.space(layout, 12, (12, 6, 12, 6))
        parts.fill(layout, self._title, self._bar, self._cancel)
        layout.setStretch(1, 1)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self.show)
        self.hide()
        desk.busy.connect(self._show_busy)
        desk.progressed.connect(self._show_progress)
        self._cancel.clicked.connect(self._show_stopping)

    def _show_busy(self, busy: bool) -> None:
        if not busy:
            self._patience.stop()
            self.hide()
            return
        self._title.setText(self._desk.working())
        self._bar.setAccessibleName(self._desk.working())
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._patience.start()

    def _show_progress(self, done: int, total: int) -> None:
        if self._desk.cancelling():
            return
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        if total > 0:
            self._title.setText(
                _("{work}: {done} of {total}").format(work=self._desk.working(), done=done, total=total))

    def _show_stopping(self) -> None:
        if self._desk.working():
            self._title.setText(_("Stopping …"))
            self._cancel.setEnabled(False)
