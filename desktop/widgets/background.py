"""One piece of long work in a thread of its own: progress out, cancel in. Must not know what the work is."""

import gc
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

Progress = Callable[[int, int], None]

TELL_EVERY = 0.05   # seconds; a job may report each of 100,000 rows without flooding the window


class Cancelled(Exception):
    """The work stopped because staff pressed cancel; what was not committed is rolled back on its way up."""


class Job(QObject):
    """Runs `work(progress)` in the executor's thread; its signals arrive in the thread that made the job."""

    progressed = Signal(int, int)
    over = Signal()
    _worker_progressed = Signal(int, int)
    _worker_ended = Signal()

    def __init__(self, title: str, work: Callable[[Progress], Any], leave_thread: Callable[[], None]) -> None:
        super().__init__()
        self.title = title
        self._work = work
        self._leave_thread = leave_thread
        self._stop = threading.Event()
        self._told = 0.0
        self._cleaning_waits = False
        self._future: Future[Any] | None = None
        queued = Qt.ConnectionType.QueuedConnection
        self._worker_progressed.connect(self._show_progress, queued)
        self._worker_ended.connect(self._end, queued)

    def start(self, executor: Executor) -> None:
        self._cleaning_waits = True
        _let_wait(+1)
        self._future = executor.submit(self._run)
        self._future.add_done_callback(self._tell_end)

    def cancel(self) -> None:
        """Ask the work to stop; it does at its next report of progress."""
        self._stop.set()

    def cancelling(self) -> bool:
        return self._stop.is_set()

    def result(self) -> Any:
        """What the work returned; raises in this thread what the work raised in its own."""
        assert self._future is not None
        return self._future.result(timeout=0)

    def _run(self) -> Any:
        try:
            return self._work(self._report)
        finally:
            self._leave_thread()

    def _report(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        moment = time.monotonic()
        if done >= total or moment - self._told >= TELL_EVERY:
            self._told = moment
            self._worker_progressed.emit(done, total)

    def _tell_end(self, _future: "Future[Any]") -> None:
        self._worker_ended.emit()

    def _show_progress(self, done: int, total: int) -> None:
        self.progressed.emit(done, total)

    def _end(self) -> None:
        self.clean_again()
        self.over.emit()

    def clean_again(self) -> None:
        """The thread is done: what refers to itself may be cleared away again; asked in the window's thread."""
        if self._cleaning_waits:
            self._cleaning_waits = False
            _let_wait(-1)


_waiting = 0


def _let_wait(more: int) -> None:
    """Python clears away what refers to itself in whatever thread it happens to be; a page must die in ours."""
    global _waiting
    _waiting += more
    (gc.disable if _waiting else gc.enable)()
