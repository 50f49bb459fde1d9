"""Asks Linux, Windows or macOS whether anybody is at the computer. Must not know what that is for."""

import ctypes
import sys
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QObject, Slot
from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication

from desktop.widgets.idle import System

PATIENCE = 300  # ms for an answer
GNOME = ("org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core", "org.gnome.Mutter.IdleMonitor",
         "GetIdletime")  # fmt: skip
KDE = ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver",
       "GetSessionIdleTime")  # fmt: skip
SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver",
          "org.xfce.ScreenSaver")  # fmt: skip
SESSION_CHANGE, SESSION_LOCK, POWER, SUSPEND = 0x02B1, 7, 0x0218, 4
EVERYTHING = 0xFFFFFFFF


def _slot(signature: str) -> Any:
    """The method to call, as text: what the declared types say (bytes) Qt for Python refuses."""
    return SLOT(signature)


def this_system(parent: QObject | None = None) -> System:
    """The adapter for where the program runs; one that tells nothing where none fits."""
    if sys.platform == "win32":
        return Windows(parent)
    if sys.platform == "darwin":
        return Mac(parent)
    return Linux(QDBusConnection.sessionBus(), QDBusConnection.systemBus(), parent)


class Linux(System):
    """GNOME and KDE tell idleness, each desktop its screen lock, logind lock and sleep; all over D-Bus."""

    def __init__(self, session: QDBusConnection, system: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._askable = [GNOME, KDE] if session.isConnected() else []
        if session.isConnected():
            for saver in SAVERS:
                session.connect("", "", saver, "ActiveChanged", self, _slot("saver_changed(bool)"))
        if system.isConnected():
            login = "org.freedesktop.login1"
            system.connect(login, "", f"{login}.Session", "Lock", self, _slot("session_locked()"))
            system.connect(login, "", f"{login}.Manager", "PrepareForSleep", self, _slot("sleep_changed(bool)"))

    def idle_seconds(self) -> float | None:
        """Of the first that answers; who does not is not asked again."""
        while self._askable:
            answer = self._session.call(
                QDBusMessage.createMethodCall(*self._askable[0]), QDBus.CallMode.Block, PATIENCE
            )
            if answer.type() == QDBusMessage.MessageType.ReplyMessage and answer.arguments():
                return float(answer.arguments()[0]) / 1000
            self._askable.pop(0)
        return None

    @Slot(bool)
    def saver_changed(self, active: bool) -> None:
        if active:
            self.locked.emit()

    @Slot()
    def session_locked(self) -> None:
        self.locked.emit()

    @Slot(bool)
    def sleep_changed(self, begins: bool) -> None:
        if begins:
            self.going_to_sleep.emit()


class _LastInput(ctypes.Structure):
    _fields_ = (("size", ctypes.c_uint), ("time", ctypes.c_uint))


class Windows(System):
    """Idleness by GetLastInputInfo, lock and sleep by window messages. Written, not run."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._user: Any = getattr(ctypes, "windll").user32  # noqa: B009 - not on Linux
        self._kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - not on Linux
        self._filter = _WindowMessages(self)
        application = QApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)

    def listen(self, window: int) -> None:
        """Have Windows tell this window that the screen is locked."""
        getattr(ctypes, "windll").wtsapi32.WTSRegisterSessionNotification(window, 0)  # noqa: B009 - not on Linux

    def idle_seconds(self) -> float | None:
        last = _LastInput(ctypes.sizeof(_LastInput), 0)
        if not self._user.GetLastInputInfo(ctypes.byref(last)):
            return None
        return float((self._kernel.GetTickCount() - last.time) & EVERYTHING) / 1000


class _WindowMessages(QAbstractNativeEventFilter):
    """Looks at the messages of Windows on their way to the window. Written, not run."""

    def __init__(self, system: System) -> None:
        super().__init__()
        self._system = system

    def nativeEventFilter(self, _kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        from ctypes import wintypes

        told = wintypes.MSG.from_address(int(message))
        if (told.message, told.wParam) == (SESSION_CHANGE, SESSION_LOCK):
            self._system.locked.emit()
        if (told.message, told.wParam) == (POWER, SUSPEND):
            self._system.going_to_sleep.emit()
        return False, 0


class Mac(System):
    """Idleness by Quartz, the lock by the distributed notification; sleep shows in the clocks. Written, not run."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        frameworks = "/System/Library/Frameworks"
        self._quartz = ctypes.CDLL(f"{frameworks}/ApplicationServices.framework/ApplicationServices")
        self._quartz.CGEventSourceSecondsSinceLastEventType.restype = ctypes.c_double
        self._core = ctypes.CDLL(f"{frameworks}/CoreFoundation.framework/CoreFoundation")
        kind = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 5)
        self._heard = kind(lambda *_told: self.locked.emit())
        self._core.CFNotificationCenterGetDistributedCenter.restype = ctypes.c_void_p
        self._core.CFStringCreateWithCString.restype = ctypes.c_void_p
        name = self._core.CFStringCreateWithCString(None, b"com.apple.screenIsLocked", 0x08000100)
        self._core.CFNotificationCenterAddObserver(
            ctypes.c_void_p(self._core.CFNotificationCenterGetDistributedCenter()), None, self._heard,
            ctypes.c_void_p(name), None, 4,
        )  # fmt: skip

    def idle_seconds(self) -> float | None:
        return float(self._quartz.CGEventSourceSecondsSinceLastEventType(1, ctypes.c_uint32(EVERYTHING)))
