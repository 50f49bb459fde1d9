"""Long work as staff see it: a strip that appears, counts, and can be stopped; each thread its own connection."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from desktop.language import _
from desktop.rules.staff import Member
from desktop.storage.database import close_database, database
from desktop.widgets.background import Progress
from desktop.widgets.desk import Desk
from desktop.widgets.strip import Strip


class Work:
    """Counts to a hundred in steps the test allows."""

    def __init__(self) -> None:
        self.halfway = threading.Event()
        self.gate = threading.Event()

    def count(self, by: str, progress: Progress) -> str:
        for done in range(1, 101):
            progress(done, 100)
            if done == 50:
                progress(100, 100)   # told at once, whatever the time
                self.halfway.set()
                assert self.gate.wait(10)
        return "klaar"


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def desk(work: Work, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk("Fatma")
    yield made
    work.gate.set()
    made.close()


def words(strip: Strip) -> str:
    return strip.findChildren(QLabel)[0].text()


def test_the_strip_shows_how_far_it_is_and_goes_when_done(desk: Desk, work: Work, qtbot: QtBot) -> None:
    strip = Strip(desk)
    qtbot.addWidget(strip)
    results: list[str] = []
    desk.perform_in_background(work.count, title="Inlezen", done=results.append)
    qtbot.waitUntil(strip.isVisible)
    qtbot.waitUntil(lambda: words(strip) == _("{work}: {done} of {total}").format(
        work="Inlezen", done=100, total=100))
    assert strip.findChildren(QProgressBar)[0].value() == 100
    work.gate.set()
    qtbot.waitUntil(lambda: results == ["klaar"])
    assert not strip.isVisible()


def test_short_work_shows_no_strip(desk: Desk, work: Work, qtbot: QtBot) -> None:
    strip = Strip(desk)
    qtbot.addWidget(strip)
    shown: list[bool] = []
    strip._patience.timeout.connect(lambda: shown.append(True))
    work.gate.set()
    with qtbot.waitSignal(desk.changed):
        desk.perform_in_background(work.count, title="Inlezen", done=lambda _result: None)
    assert (shown, strip.isVisible()) == ([], False)


def test_stop_says_that_it_is_stopping_and_stops(desk: Desk, work: Work, qtbot: QtBot) -> None:
    strip = Strip(desk)
    qtbot.addWidget(strip)
    results: list[str] = []
    desk.perform_in_background(work.count, title="Inlezen", done=results.append)
    qtbot.waitUntil(lambda: strip.isVisible() and work.halfway.is_set())
    stop = strip.findChildren(QPushButton)[0]
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert words(strip) == _("Stopping …")
    assert not stop.isEnabled()
    with qtbot.waitSignal(desk.said) as told:
        work.gate.set()
    assert told.args == [_("Stopped, as you asked."), False]
    assert results == []


def test_work_has_its_own_connection_and_closes_it_even_when_it_fails(office: Member, qtbot: QtBot) -> None:
    left: list[tuple[str, bool]] = []

    def leave_thread() -> None:
        close_database()
        left.append((threading.current_thread().name, database.is_closed()))

    def count_staff(by: Member, progress: Progress) -> int:
        found = database.execute_sql("SELECT count(*) FROM staff").fetchone()
        return int(found[0])

    def fail(by: Member, progress: Progress) -> int:
        count_staff(by, progress)
        progress(1, 1)
        return count_staff(by, progress) // 0

    desk = Desk(office, leave_thread)
    counted: list[int] = []
    desk.perform_in_background(count_staff, title="Tellen", done=counted.append)
    qtbot.waitUntil(lambda: counted == [1])
    with qtbot.capture_exceptions() as bugs:
        desk.perform_in_background(fail, title="Tellen", done=counted.append)
        qtbot.waitUntil(lambda: bool(bugs))
    assert bugs[0][0] is ZeroDivisionError
    assert left == [("background_0", True), ("background_0", True)]
    assert not database.is_closed()
    desk.close()


def test_pages_never_die_in_the_thread_of_the_work(qtbot: QtBot) -> None:
    """A page that refers to itself, cleared away in another thread, takes the whole program along."""
    here: list[bool] = []

    def work(_by: object, progress: Progress) -> None:
        here.append(gc.isenabled())
        progress(1, 1)

    desk = Desk()
    done: list[object] = []
    desk.perform_in_background(work, title="Work", done=done.append)
    qtbot.waitUntil(lambda: bool(done))

    assert here == [False]
    assert gc.isenabled()

    desk.perform_in_background(work, title="Work", done=done.append)
    desk.close()
    assert gc.isenabled()
