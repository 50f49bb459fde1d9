"""What every test gets: Dutch, no network, a fresh encrypted office when it asks for one."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

import pytest

from desktop.language import set_language
from desktop.rules.staff import Member
from tests.factory import make_office, shut


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    set_language("nl")
    yield
    set_language("nl")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program never goes on the network; a test that makes it try fails."""

    def refuse(self: socket.socket, address: object) -> None:
        raise AssertionError(f"the network was asked for: {address!r}")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Member]:
    """A fresh encrypted office with its coordinator signed in."""
    _path, _key, member = make_office(tmp_path)
    yield member
    shut()


@pytest.fixture(autouse=True)
def _no_native_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog of the system waits for somebody who is not there; tests hand in `choose_file` and the like."""
    from PySide6.QtPrintSupport import QPrintDialog
    from PySide6.QtWidgets import QFileDialog

    def refuse(*_arguments: object) -> None:
        raise AssertionError("a test opened a dialog of the system")

    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, refuse)
    monkeypatch.setattr(QPrintDialog, "exec", refuse)


@pytest.fixture(autouse=True)
def _no_windows_left() -> Iterator[None]:
    """Windows of one test are gone before the next: dressing them all again took seconds."""
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    def windows() -> set[object]:
        return set(QApplication.topLevelWidgets()) if QApplication.instance() is not None else set()

    before = windows()
    yield
    for window in windows() - before:
        window.deleteLater()  # type: ignore[attr-defined]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
