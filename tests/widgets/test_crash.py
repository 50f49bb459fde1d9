"""A bug shows one dialog with a report to copy, without what was typed, and the program goes on."""

import sys
import threading
from collections.abc import Iterator
from types import TracebackType

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.rules import dates
from desktop.widgets import crash
from tests.widgets.dressing import dress


@pytest.fixture
def net(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    dress(qapp)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    crash.install(lambda: {"program": "1.0.0"})
    yield
    for dialog in dialogs():
        dialog.close()
        dialog.deleteLater()
    qapp.processEvents()


def dialogs() -> list[crash.CrashDialog]:
    return [window for window in QApplication.topLevelWidgets()
            if isinstance(window, crash.CrashDialog) and window.isVisible()]


def bug() -> tuple[type[BaseException], BaseException, TracebackType | None]:
    try:
        dates.read_date(3, "Annie van der Meer-de Wit")  # type: ignore[arg-type]
    except (TypeError, AttributeError) as error:
        return type(error), error, error.__traceback__
    raise AssertionError("the rule took nonsense")


@pytest.mark.usefixtures("net")
def test_the_report_says_where_and_nothing_about_whom(qtbot: QtBot) -> None:
    sys.excepthook(*bug())
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    text = dialogs()[0].report()
    assert "desktop/rules/dates.py:" in text
    assert "program: 1.0.0" in text
    assert "python: 3." in text
    assert "Annie" not in text
    assert "/home" not in text


@pytest.mark.usefixtures("net")
def test_the_report_is_copied(qtbot: QtBot) -> None:
    sys.excepthook(*bug())
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    dialogs()[0].copy()
    assert QGuiApplication.clipboard().text() == dialogs()[0].report()


@pytest.mark.usefixtures("net")
def test_ten_crashes_are_one_dialog(qtbot: QtBot) -> None:
    for _ in range(10):
        sys.excepthook(*bug())
    sys.excepthook(KeyError, KeyError("Annie"), None)
    qtbot.waitUntil(lambda: bool(dialogs()) and "KeyError" in dialogs()[0].report())
    assert len(dialogs()) == 1
    assert dialogs()[0].report().count("desktop/rules/dates.py") <= bug_depth()


def bug_depth() -> int:
    return crash.report(bug()[0], bug()[2], {}).count("desktop/rules/dates.py")


@pytest.mark.usefixtures("net")
def test_a_crash_in_a_thread_is_told_in_the_window(qtbot: QtBot) -> None:
    def fail() -> None:
        raise ValueError("06 8765 4321")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    assert "ValueError" in dialogs()[0].report()
    assert "8765" not in dialogs()[0].report()
