"""A disk full at any write: a plain sentence, nothing half done, and the same work succeeds once there is room."""

import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.actions.vouchers import register_voucher
from desktop.errors import StorageProblem
from desktop.rules.staff import Member
from desktop.storage import changes
from desktop.storage.changes import Audit
from desktop.storage.database import database, open_database
from desktop.storage.migrations import STEPS, migrate
from desktop.storage.models import Consent, Person, Voucher
from tests.factory import a_draft, make_office, shut

PAGE = 4096
Limit = Callable[[int | None], None]


@pytest.fixture
def limit() -> Iterator[Limit]:
    """A disk with room for files of so many bytes only; None: room enough."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    former = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (before[0] if size is None else size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, former)


def is_sound() -> bool:
    return bool(database.execute_sql("PRAGMA integrity_check").fetchall() == [("ok",)])


def register(by: Member, number: int) -> str:
    """Why the voucher could not be saved, or nothing."""
    try:
        register_voucher(by, a_draft(None, voucher_number=f"A-{number}"))
    except StorageProblem as problem:
        return problem.message
    return ""


def is_all_there(vouchers: int) -> bool:
    counts = {model.select().count() for model in (Voucher, Person)}
    deeds = Audit.select().where(Audit.name == "voucher registered").count()
    return counts == {vouchers} == {deeds} and Consent.select().count() == 2 * vouchers


def test_vouchers_saved_until_the_engine_has_no_page_left(office: Member) -> None:
    """Each time a page more; what did not fit leaves nothing, and fits once there is room."""
    saved = 0
    for room in range(12):
        pages = database.execute_sql("PRAGMA page_count").fetchone()[0]
        database.execute_sql("PRAGMA max_page_count = %d" % (pages + room))  # noqa: UP031 - takes no parameter
        while not (said := register(office, saved)):
            saved += 1
        assert said == "De schijf is vol. Maak ruimte; wat je hebt getypt staat er nog."
        assert is_all_there(saved)
        database.execute_sql("PRAGMA max_page_count = 1000000")
        assert register(office, saved) == ""
        saved += 1
    assert is_sound()


def test_voucher_saved_while_the_log_can_grow_no_further(tmp_path: Path, limit: Limit) -> None:
    """The system's limit on files; each time a page more of the write-ahead log, until the save succeeds."""
    path, _key, by = make_office(tmp_path)
    log = path.with_name(path.name + "-wal")
    said = []
    for room in range(0, 400 * PAGE, PAGE):
        limit(log.stat().st_size + room)
        said.append(register(by, 0))
        limit(None)
        assert is_all_there(0 if said[-1] else 1)
        if not said[-1]:
            break
    assert len(said) > 3
    assert set(said[:-1]) <= {
        "De schijf is vol. Maak ruimte; wat je hebt getypt staat er nog.",
        "De schijf geeft een fout. Sluit het programma en zet de laatste back-up terug.",
    }
    assert register(by, 1) == ""
    assert is_sound()
    shut()


def test_migration_on_a_disk_that_fills_up_leaves_the_old_version_and_succeeds_with_room(
    tmp_path: Path, limit: Limit
) -> None:
    refused, newest, left_at = 0, len(STEPS), set()
    for number, room in enumerate(range(0, 1000 * PAGE, 12 * PAGE)):
        path = tmp_path / f"{number}.db"
        path.touch()
        key = bytes(32)
        try:
            limit(room)
            try:
                open_database(path, key)
                migrate()
            finally:
                limit(None)
        except StorageProblem:
            refused += 1
            open_database(path, key)
            left_at.add(changes.schema_version())
            assert (database.get_tables() == []) == (changes.schema_version() == 0)
            migrate()
            assert (changes.schema_version(), is_sound()) == (newest, True)
            shut()
            continue
        assert changes.schema_version() == newest
        shut()
        break
    assert refused > 3
    assert left_at == set(range(newest))  # each step whole or not at all
