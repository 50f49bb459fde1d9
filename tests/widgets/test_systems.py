"""What Linux tells over D-Bus is understood; tried on a bus of the test's own, with somebody who plays the desktop."""

import shutil
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

from desktop.widgets import systems
from desktop.widgets.systems import Linux

DAEMON = shutil.which("dbus-daemon")
pytestmark = pytest.mark.skipif(DAEMON is None, reason="there is no dbus-daemon to try it with")


@pytest.fixture
def bus(qtbot: QtBot) -> Iterator[str]:
    """The address of a bus with nobody else on it."""
    command = [str(DAEMON), "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        for name in ("ours", "desktop"):
            QDBusConnection.disconnectFromBus(name)
        daemon.terminate()


@pytest.fixture
def linux(bus: str) -> Linux:
    ours = QDBusConnection.connectToBus(bus, "ours")
    assert ours.isConnected()
    return Linux(ours, ours)


def tell(bus: str, path: str, interface: str, name: str, *said: object) -> None:
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(said))
    assert QDBusConnection.connectToBus(bus, "desktop").send(message)


@pytest.mark.parametrize("saver", systems.SAVERS)
def test_a_locked_screen_is_heard(qtbot: QtBot, bus: str, linux: Linux, saver: str) -> None:
    with qtbot.waitSignal(linux.locked, timeout=5000):
        tell(bus, "/org/freedesktop/ScreenSaver", saver, "ActiveChanged", True)


def test_an_unlocked_screen_locks_nothing(qtbot: QtBot, bus: str, linux: Linux) -> None:
    heard: list[bool] = []
    linux.locked.connect(lambda: heard.append(True))
    tell(bus, "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", False)
    with qtbot.waitSignal(linux.locked, timeout=5000):
        tell(bus, "/x", "org.gnome.ScreenSaver", "ActiveChanged", True)
    assert len(heard) == 1


def test_who_tells_no_idleness_is_asked_once(linux: Linux) -> None:
    assert linux.idle_seconds() is None
    assert linux.idle_seconds() is None
