"""One window for one folder of data: every later start raises it, and a dead program's lock is taken over."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import DEAF, OURS, take_turn
from desktop.storage.office import FolderLock
from desktop.widgets.single import FirstStart
from tests.survival.office import made_office

START = [sys.executable, "-m", "desktop", "--data-dir"]
AT_ONCE = 3


def start_often(folder: Path, many: int, qtbot: QtBot) -> tuple[int, list[int]]:
    """How often the first window was raised, and the exit codes of the later starts, a few at once."""
    raised: list[float] = []
    made_office(folder)
    lock = FolderLock(folder)
    assert lock.take()
    first = FirstStart(folder, lambda: raised.append(time.monotonic()))
    codes: list[int] = []
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for begin in range(0, many, AT_ONCE):
        later = [subprocess.Popen([*START, str(folder)], env=environment) for _n in range(min(AT_ONCE, many - begin))]
        codes += ended(later, qtbot)
    qtbot.waitUntil(lambda: len(raised) >= many, timeout=10_000)
    first.deleteLater()
    lock.release()
    return len(raised), codes


def ended(later: list["subprocess.Popen[bytes]"], qtbot: QtBot) -> list[int]:
    """The exit codes, while our own window goes on answering."""
    qtbot.waitUntil(lambda: all(each.poll() is not None for each in later), timeout=60_000)
    return [each.returncode for each in later]


def test_ten_later_starts_raise_the_first_window_and_end(tmp_path: Path, qtbot: QtBot) -> None:
    raised, codes = start_often(tmp_path / "data", 10, qtbot)

    assert codes == [0] * 10
    assert raised == 10


def test_a_killed_programs_place_is_taken_over(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    """The lock of a program that died is worth nothing, and neither is its socket."""
    made_office(tmp_path / "data")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    first = subprocess.Popen([*START, str(tmp_path / "data")], env=environment)
    holder = FolderLock(tmp_path / "data")
    qtbot.waitUntil(lambda: holder.holder() == first.pid, timeout=30_000)
    first.send_signal(signal.SIGKILL)
    first.wait()

    ours = FolderLock(tmp_path / "data")
    assert take_turn(tmp_path / "data", ours) == OURS
    ours.release()


def test_a_program_that_hangs_is_said_to_hang(tmp_path: Path, qapp: QApplication) -> None:
    hanging = FolderLock(tmp_path)
    assert hanging.take()

    assert take_turn(tmp_path, FolderLock(tmp_path), patience=2) == DEAF
    hanging.release()


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_hundred_later_starts_raise_the_first_window_and_end(tmp_path: Path, qtbot: QtBot) -> None:
    started = time.monotonic()
    raised, codes = start_often(tmp_path / "data", 100, qtbot)
    wrong = sum(code != 0 for code in codes)
    print(f"two starts: 100, errors {wrong}, window raised {raised} times, {time.monotonic() - started:.0f} s")  # noqa: T201
    assert (raised, wrong) == (100, 0)
