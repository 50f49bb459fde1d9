"""The net under the program: a bug shows a report to copy, and the program goes on. Knows no personal data."""

import platform
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.language import _
from desktop.widgets import parts, theme
from desktop.widgets.clipboard import copy_lasting

OURS = Path(__file__).resolve().parent.parent
DEEPEST = 40
ReportExtra = Callable[[], Mapping[str, object]]


class _Net(QObject):
    """Catches in any thread, tells in the thread of the window, one dialog at a time."""

    caught = Signal(str)

    def __init__(self, extra: ReportExtra, noted: Callable[[str], object]) -> None:
        super().__init__()
        self._extra, self._noted = extra, noted
        self._dialog: CrashDialog | None = None
        self.caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def catch(
        self, kind: type[BaseException], _error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Note a crash; an interrupt from the keyboard is none."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, _error or kind(), trace)
            return
        text = report(kind, trace, self._extra())
        self._noted(text)
        self.caught.emit(text)

    def catch_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        """The same for a thread; one that is told to stop is no crash."""
        if not issubclass(arguments.exc_type, SystemExit):
            self.catch(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _tell(self, text: str) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.add(text)
            return
        self._dialog = CrashDialog(text, QApplication.activeWindow())
        self._dialog.show()


class CrashDialog(QDialog):
    """What happened and what now, with the report to copy; further crashes join the same report."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._report = QPlainTextEdit(text, readOnly=True)
        self._report.setAccessibleName(_("Report"))
        self._copied = parts.label("", "help")
        self._copy = parts.button(_("Copy report"), icon="copy", on=self.copy)
        self._close = parts.button(_("Go on working"), "primary", on=self.close)
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 20, 24, 20))
        parts.fill(
            layout,
            parts.label(_("Something went wrong in the program"), "card_title"),
            parts.label(_("What was saved is still there. Look whether your last change is in, and go on.")),
            parts.label(_("The report below says where it went wrong. It holds no names or other data of "
                          "persons, so you can send it to whoever helps you with the program."), "muted"),
            self._report,
            parts.row(self._copied, None, self._copy, self._close),
        )
        self.resize(theme.px(560), theme.px(400))
        self._close.setFocus()

    def report(self) -> str:
        """The text to copy."""
        return self._report.toPlainText()

    def add(self, text: str) -> None:
        """Another crash while this one is still open: only new ones are added."""
        if text not in self.report():
            self._report.appendPlainText(f"\n{text}")

    def copy(self) -> None:
        """Put the report on the clipboard."""
        copy_lasting(self.report())
        self._copied.setText(_("Copied."))


def install(report_extra: ReportExtra = dict, noted: Callable[[str], object] = str) -> None:
    """From now on a bug anywhere in the program ends in the dialog, and with `noted`, not in the end of the program."""
    net = _Net(report_extra, noted)
    sys.excepthook = net.catch
    threading.excepthook = net.catch_in_thread


def report(kind: type[BaseException], trace: TracebackType | None, extra: Mapping[str, object]) -> str:
    """What and where, never with which data: no message, no values, only our own files by name."""
    versions = {
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "qt": f"{qVersion()} / {pyside_version}",
    }
    facts = [f"{name}: {value}" for name, value in {**extra, **versions}.items()]
    return "\n".join([kind.__name__, *_frames(trace), "", *facts])


def _frames(trace: TracebackType | None) -> list[str]:
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        path = Path(code.co_filename)
        if path.is_relative_to(OURS):
            where = path.relative_to(OURS.parent).as_posix()
            lines.append(f"  {where}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return lines[-DEEPEST:]
