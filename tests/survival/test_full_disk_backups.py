"""A disk full at any moment of a backup, its second copy or a restore: a sentence, no loss, no half file in a list."""

import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop import clock
from desktop.actions import backups
from desktop.actions.vouchers import register_voucher
from desktop.errors import StorageProblem
from desktop.storage import keys
from desktop.storage.backup import copy_backup, list_backups, make_backup, make_second_place
from desktop.storage.database import forget_key
from desktop.storage.office import Session
from tests.factory import a_draft
from tests.survival.office import NAME, PASSWORD, Made, digest_of_tables, made_office

STEPS = 25
Limit = Callable[[int | None], None]
FULL = "De schijf is vol. Maak ruimte en probeer het opnieuw; er is niets vervangen."
DISK_ERROR = "Er kon geen back-up worden gemaakt: de schijf geeft een fout. De vorige back-ups zijn er nog."


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    made = made_office(tmp_path / "data")
    session = Session.open(made.opened, tmp_path / "unused", clock.now())
    for _number in range(5):
        register_voucher(made.member, a_draft(None))
    session.close()
    yield made
    forget_key()


@pytest.fixture
def limit() -> Iterator[Limit]:
    """A disk with room for files of so many bytes only; None: room enough."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    former = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (before[0] if size is None else size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, former)


def until_it_fits(limit: Limit, whole: int, work: Callable[[], object], look: Callable[[], object]) -> list[str]:
    """Try with a little more room each time until it succeeds; what was said before."""
    said = []
    for room in range(0, 3 * whole, max(whole // STEPS, 1)):
        limit(room)
        try:
            work()
        except StorageProblem as problem:
            said.append(problem.message)
        else:
            limit(None)
            return said
        finally:
            limit(None)
        look()
    raise AssertionError("it never succeeded")


def test_backup_on_a_disk_that_fills_up(made: Made, tmp_path: Path, limit: Limit) -> None:
    copies = tmp_path / "copies"
    good = make_backup(made.opened, copies, clock.now())

    def look() -> None:
        assert [each.path for each in list_backups(copies)] == [good.path]
        assert list(copies.iterdir()) == [good.path]

    said = until_it_fits(limit, good.size, lambda: make_backup(made.opened, copies, clock.now()), look)

    assert len(said) > 10
    assert set(said) <= {FULL, DISK_ERROR}  # the engine calls it an error when its shared memory has no room
    assert len(list_backups(copies)) == 2
    assert not list(made.opened.folder.glob(".work-*"))


def test_second_place_that_fills_up(made: Made, tmp_path: Path, limit: Limit) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    make_second_place(stick)
    copy = make_backup(made.opened, tmp_path / "copies", clock.now())

    def look() -> None:
        assert list_backups(stick) == []
        assert {path.name for path in stick.iterdir()} == {".wijkrecept-backups"}

    said = until_it_fits(limit, copy.size, lambda: copy_backup(copy, stick), look)

    assert len(said) > 10
    assert set(said) == {FULL}
    assert list_backups(stick)[0].path.read_bytes() == copy.path.read_bytes()


def test_restore_on_a_disk_that_fills_up(made: Made, tmp_path: Path, limit: Limit) -> None:
    copy = make_backup(made.opened, tmp_path / "copies", clock.now())
    before = digest_of_tables(made.opened.database, made.opened.data_key)

    def bring_back() -> None:
        backups.restore(None, copy.path, made.opened.folder, "office", backups.WayIn(NAME, PASSWORD))

    def look() -> None:
        live = keys.sign_in(made.opened.folder, NAME, PASSWORD)
        assert live.database == made.opened.database
        assert digest_of_tables(live.database, live.data_key) == before

    said = until_it_fits(limit, copy.size, bring_back, look)

    assert len(said) > 10
    assert all(said), "each time a sentence"
    back = keys.sign_in(made.opened.folder, NAME, PASSWORD)
    assert back.database != made.opened.database
    assert digest_of_tables(back.database, back.data_key) == before
