"""Ten years of a large organisation: the verified backup within seconds, and the window alive meanwhile."""

import os
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import clock
from desktop.app import make_application
from desktop.settings import Settings
from desktop.storage import folders, keys
from desktop.storage.backup import list_backups, restore
from desktop.storage.database import forget_key
from desktop.storage.office import Session
from tests import bulk
from tests.drive import running
from tests.survival.office import NAME, PASSWORD, made_office

SECONDS = 5.0
STILL = 0.1  # seconds the window may stand still, on a computer with nothing else to do


class Heart:
    """Beats in the window's thread and remembers its longest pause."""

    def __init__(self) -> None:
        self.longest, self._last = 0.0, time.monotonic()
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest, self._last = max(self.longest, now - self._last), now


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_ten_years_are_backed_up_within_seconds_while_the_window_lives(tmp_path: Path, qapp: QApplication) -> None:
    make_application([], Settings.in_memory())
    made = made_office(tmp_path / "data")
    session = Session.open(made.opened, tmp_path / "unused", clock.now())
    bulk.fill(made.member, bulk.LARGE, clock.today())
    session.close()
    with running(made.opened.folder) as staff:
        staff.program.enter(keys.sign_in(made.opened.folder, NAME, PASSWORD))
        heart, began, worked = Heart(), time.monotonic(), time.process_time()
        staff.program.copies.make()
        staff.wait_idle()
        took, cpu = time.monotonic() - began, time.process_time() - worked
    (copy,) = list_backups(folders.backup_folder(made.opened.folder))
    began = time.monotonic()
    restore(copy.path, tmp_path / "new computer", clock.now(), NAME, PASSWORD)
    back = time.monotonic() - began
    busy = os.getloadavg()[0]
    print(  # noqa: T201 - the figures
        f"backup of ten years: {copy.size / 1e6:.0f} MB, {copy.head.counts['voucher']} vouchers, {took:.1f} s "
        f"({cpu:.1f} s of processor), window still {heart.longest * 1000:.0f} ms at most, restored in {back:.1f} s; "
        f"load {busy:.1f} on {os.cpu_count()} processors"
    )
    others = max(1.0, busy / (os.cpu_count() or 1))  # a computer that does other work at the same time takes longer
    assert took <= SECONDS * others
    assert heart.longest <= STILL * 2 * others
    forget_key()
