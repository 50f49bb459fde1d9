"""Names do not stay on the clipboard: not after half a minute, not behind a lock."""

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.clipboard import NOT_REMEMBERED, ClipboardGuard, copy_held, copy_lasting, holds, take_off


@pytest.fixture
def guard(qtbot: QtBot) -> ClipboardGuard:
    QGuiApplication.clipboard().clear()
    return ClipboardGuard(stays=1, copied_here=lambda: True)


def later() -> None:
    """Let a few timers of a millisecond come."""
    loop = QEventLoop()
    QTimer.singleShot(30, loop.quit)
    loop.exec()


def test_a_copied_name_is_gone_after_a_while(guard: ClipboardGuard) -> None:
    QGuiApplication.clipboard().setText("Fatma Çelik")
    assert guard.counting()
    later()
    assert QGuiApplication.clipboard().text() == ""


def test_a_copied_name_is_gone_at_once_when_locked(qtbot: QtBot) -> None:
    guard = ClipboardGuard(copied_here=lambda: True)
    QGuiApplication.clipboard().setText("Fatma Çelik")
    guard.clear()
    assert QGuiApplication.clipboard().text() == ""


def test_a_letter_stays_until_it_was_pasted(guard: ClipboardGuard) -> None:
    copy_held("Geachte dokter", "letter 1")
    assert not guard.counting()
    later()
    assert QGuiApplication.clipboard().text() == "Geachte dokter"
    assert holds("letter 1")
    take_off("letter 1")
    assert QGuiApplication.clipboard().text() == ""


def test_a_letter_does_not_survive_the_lock(guard: ClipboardGuard) -> None:
    copy_held("Geachte dokter", "letter 1")
    guard.clear()
    assert QGuiApplication.clipboard().text() == ""
    assert not holds("letter 1")


def test_another_copied_text_is_not_taken_off_with_the_letter(guard: ClipboardGuard) -> None:
    copy_held("Geachte dokter", "letter 1")
    copy_lasting("boodschappen")
    assert not holds("letter 1")
    take_off("letter 1")
    guard.clear()
    assert QGuiApplication.clipboard().text() == "boodschappen"


def test_windows_is_asked_not_to_remember_a_letter(guard: ClipboardGuard) -> None:
    copy_held("Geachte dokter", "letter 1")
    assert QGuiApplication.clipboard().mimeData().hasFormat(NOT_REMEMBERED)


def test_one_letter_does_not_take_off_another(guard: ClipboardGuard) -> None:
    copy_held("Geachte dokter", "letter 1")
    copy_held("Geachte collega", "letter 2")
    take_off("letter 1")
    assert QGuiApplication.clipboard().text() == "Geachte collega"


def test_a_name_copied_after_a_letter_counts_down_again(guard: ClipboardGuard) -> None:
    copy_held("Geachte dokter", "letter 1")
    QGuiApplication.clipboard().setText("Fatma Çelik")
    assert guard.counting()


def test_a_report_without_people_may_stay(guard: ClipboardGuard) -> None:
    copy_lasting("ValueError, vouchers.py:12")
    guard.clear()
    later()
    assert QGuiApplication.clipboard().text() == "ValueError, vouchers.py:12"


def test_what_another_program_copied_is_left_alone(qtbot: QtBot) -> None:
    guard = ClipboardGuard(stays=1, copied_here=lambda: False)
    QGuiApplication.clipboard().setText("uit een andere brief")
    guard.clear()
    later()
    assert QGuiApplication.clipboard().text() == "uit een andere brief"
