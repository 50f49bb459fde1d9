"""The lock comes by itself: nobody there, the screen locked, the computer asleep."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.widgets.idle import LockWatch, OwnInput, System


class Told(System):
    """A system that tells what the test wants."""

    seconds: float | None = 0.0

    def idle_seconds(self) -> float | None:
        return self.seconds


class Watched:
    def __init__(self) -> None:
        self.locks, self.minutes = 0, 5.0
        self.wall, self.steady = 1_000_000.0, 50.0
        self.system = Told()
        self.own = OwnInput(lambda: self.steady)
        self.watch = LockWatch(
            self.lock, lambda: self.minutes, self.system, self.own, clocks=(lambda: self.wall, lambda: self.steady)
        )

    def lock(self) -> None:
        self.locks += 1

    def goes_by(self, seconds: float, asleep: float = 0.0) -> None:
        self.wall += seconds + asleep
        self.steady += seconds
        self.watch.look()


@pytest.fixture
def watched(qtbot: QtBot) -> Watched:
    return Watched()


def test_five_minutes_without_anybody_lock(watched: Watched) -> None:
    watched.system.seconds = 299
    watched.goes_by(299)
    assert watched.locks == 0
    watched.system.seconds = 300
    watched.goes_by(1)
    assert watched.locks == 1


def test_a_call_waits_longer(watched: Watched) -> None:
    watched.minutes, watched.system.seconds = 30.0, 1700
    watched.goes_by(1700)
    assert watched.locks == 0
    watched.system.seconds = 1800
    watched.goes_by(100)
    assert watched.locks == 1


def test_who_works_in_another_program_is_not_idle(watched: Watched) -> None:
    watched.system.seconds = 3
    watched.goes_by(3600)
    assert watched.locks == 0


def test_a_system_that_tells_nothing_leaves_it_to_own_keys(watched: Watched) -> None:
    watched.system.seconds = None
    watched.goes_by(200)
    watched.own.touched()
    watched.goes_by(200)
    assert watched.locks == 0
    watched.goes_by(100)
    assert watched.locks == 1


@pytest.mark.parametrize("signal", ["locked", "going_to_sleep"])
def test_the_systems_own_lock_and_sleep_lock_at_once(watched: Watched, signal: str) -> None:
    getattr(watched.system, signal).emit()
    assert watched.locks == 1


def test_waking_up_locks(watched: Watched) -> None:
    watched.goes_by(5, asleep=600)
    assert watched.locks == 1
    watched.goes_by(5)
    assert watched.locks == 1


@pytest.mark.parametrize("jump", [-365 * 86400.0, -3600.0])
def test_a_clock_put_back_does_not_stop_the_lock(watched: Watched, jump: float) -> None:
    watched.goes_by(5, asleep=jump)
    assert watched.locks == 0
    watched.system.seconds = 300
    watched.goes_by(300)
    assert watched.locks == 1
