"""When to lock by itself: nobody at the computer, its screen locked, or asleep. Must not know what locking does.

What a system tells differs, so it is asked through a small adapter (see `systems`); tests hand in their own. A computer
that slept shows in two clocks that no longer agree, on every system.
"""

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

LOOK_EVERY = 5_000  # ms
SLEPT = 30.0  # seconds the clock on the wall may gain on the one that stands still in sleep
INPUT = frozenset((
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress, QEvent.Type.HoverMove,
))  # fmt: skip


class IdleSource(Protocol):
    """How long nobody touched the computer; None when the system does not tell."""

    def idle_seconds(self) -> float | None: ...


class System(QObject):
    """What a system tells: idleness when asked, and that its screen was locked or that it goes to sleep."""

    locked = Signal()
    going_to_sleep = Signal()

    def idle_seconds(self) -> float | None:
        return None

    def listen(self, window: int) -> None:
        """Take this window to hear the system by, where a system needs one."""


class OwnInput(QObject):
    """Keys and mouse in the program's own windows: for a system that tells nothing, so it locks rather too early."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last = clock()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def idle_seconds(self) -> float:
        return self._clock() - self._last

    def touched(self) -> None:
        self._last = self._clock()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in INPUT:
            self.touched()
        return False


class LockWatch(QObject):
    """Calls `lock` at once when the system says so, and after `minutes()` without anybody at the computer."""

    def __init__(
        self, lock: Callable[[], object], minutes: Callable[[], float], system: System,
        own: IdleSource | None = None, parent: QObject | None = None,
        clocks: tuple[Callable[[], float], Callable[[], float]] = (time.time, time.monotonic),
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._lock, self._minutes, self._system = lock, minutes, system
        self._own = own if own is not None else OwnInput(parent=self)
        self._wall, self._steady = clocks
        self._apart = self._wall() - self._steady()
        system.setParent(self)
        system.locked.connect(self._told)
        system.going_to_sleep.connect(self._told)
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Whether it is time; asked every few seconds."""
        apart = self._wall() - self._steady()
        slept, self._apart = apart - self._apart > SLEPT, apart
        if slept or self.idle_seconds() >= self._minutes() * 60:
            self._lock()

    def idle_seconds(self) -> float:
        told = self._system.idle_seconds()
        own = self._own.idle_seconds() or 0.0
        return own if told is None else min(told, own)

    def _told(self) -> None:
        self._lock()
