"""What the program finds in a data folder, and that nothing there is ever replaced by something empty."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.errors import Refused, StorageProblem
from desktop.storage import database, office
from desktop.storage.backup import list_backups, make_backup, restore
from desktop.storage.database import connect_raw
from desktop.storage.keys import Opened, create, sign_in
from desktop.storage.manifest import NewerFormat
from desktop.storage.models import Meta
from desktop.storage.office import FolderLock, Session, look, make_office
from desktop.storage.passwords import Cost

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
NAME, PASSWORD = "fatma", "fietsen langs de vaart"
MORNING = datetime(2026, 11, 6, 9, 30, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def opened(folder: Path) -> Opened:
    return make_office(folder, "office", "uid-1", NAME, PASSWORD, CHEAP, lambda _opened: None)[0]


def test_new_folder_is_empty_and_a_made_office_is_ready(folder: Path) -> None:
    assert look(folder).state == office.EMPTY

    make_office(folder, "office", "uid-1", NAME, PASSWORD, CHEAP, lambda _opened: None)

    assert look(folder).state == office.READY


def test_office_opens_with_its_tables_and_knows_what_it_is(opened: Opened, tmp_path: Path) -> None:
    session = Session.open(sign_in(opened.folder, NAME, PASSWORD), tmp_path / "backups", MORNING)
    described = Meta.get()

    assert (described.database_id, described.purpose) == (opened.database_id, "office")
    assert session.member_uid == "uid-1"
    session.close()


def test_closed_session_opens_nothing_any_more(opened: Opened, tmp_path: Path) -> None:
    session = Session.open(opened, tmp_path / "backups", MORNING)
    session.close()

    with pytest.raises(RuntimeError):
        _ = session.opened
    with pytest.raises(RuntimeError):
        session.forms.find("uid-1")
    assert database.database.is_closed()
    assert not list(opened.folder.glob("*-wal"))


def test_missing_database_is_said_and_never_made_anew(opened: Opened, tmp_path: Path) -> None:
    opened.database.unlink()

    found = look(opened.folder)
    with pytest.raises(StorageProblem):
        Session.open(opened, tmp_path / "backups", MORNING)

    assert (found.state, found.can_restore) == (office.NO_DATABASE, True)
    assert found.sentence
    assert not opened.database.exists()


def test_database_cut_to_nothing_is_not_taken_for_an_empty_office(opened: Opened, tmp_path: Path) -> None:
    opened.database.write_bytes(b"")

    assert look(opened.folder).state == office.NO_DATABASE
    with pytest.raises(StorageProblem):
        Session.open(opened, tmp_path / "backups", MORNING)
    assert opened.database.read_bytes() == b""


def test_missing_or_damaged_keys_are_said_and_the_data_stay(opened: Opened) -> None:
    manifest = opened.folder / "manifest.json"
    before = opened.database.read_bytes()

    manifest.write_bytes(manifest.read_bytes()[:100])
    assert look(opened.folder).state == office.DAMAGED_MANIFEST
    manifest.unlink()
    assert look(opened.folder).state == office.NO_MANIFEST
    with pytest.raises(Refused):
        make_office(opened.folder, "office", "uid-1", NAME, PASSWORD, CHEAP, lambda _opened: None)

    assert opened.database.read_bytes() == before


def test_data_and_keys_lost_come_back_from_one_backup(opened: Opened, tmp_path: Path) -> None:
    made = make_backup(opened, tmp_path / "backups", MORNING)
    for path in opened.folder.iterdir():
        path.unlink()

    back = restore(made.path, opened.folder, MORNING, NAME, PASSWORD)

    assert look(opened.folder).state == office.READY
    session = Session.open(back.opened, tmp_path / "backups", MORNING)
    assert Meta.get().database_id == opened.database_id
    session.close()


def test_practice_organisation_and_real_data_do_not_open_each_other(opened: Opened, tmp_path: Path) -> None:
    make_office(tmp_path / "other", "exercise", "uid-1", NAME, PASSWORD, CHEAP, lambda _opened: None)

    assert look(opened.folder, "exercise").state == office.OTHER_PURPOSE
    assert look(tmp_path / "other").state == office.OTHER_PURPOSE
    assert look(tmp_path / "other", "exercise").state == office.READY


def test_file_of_a_newer_program_is_refused_unchanged(opened: Opened, tmp_path: Path) -> None:
    connection = connect_raw(opened.database, opened.data_key)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = opened.database.read_bytes()

    with pytest.raises(NewerFormat):
        Session.open(opened, tmp_path / "backups", MORNING)

    assert opened.database.read_bytes() == before
    assert not (tmp_path / "backups").exists()
    assert database.database.is_closed()


def test_older_file_is_backed_up_before_it_is_brought_up_to_date(folder: Path, tmp_path: Path) -> None:
    def old_tables(opened: Opened) -> None:
        connection = connect_raw(opened.database, opened.data_key)
        connection.execute("CREATE TABLE from_long_ago(id INTEGER)")
        connection.close()

    old, _sheet = create(folder, "office", "uid-1", NAME, PASSWORD, CHEAP, old_tables)

    Session.open(old, tmp_path / "backups", MORNING).close()

    (before,) = list_backups(tmp_path / "backups")
    assert before.head.schema == 0
    assert before.head.counts == {"from_long_ago": 0}


def test_set_up_that_fails_leaves_the_folder_as_it_was(folder: Path) -> None:
    def fails(_opened: Opened) -> None:
        raise StorageProblem("disk full")

    with pytest.raises(StorageProblem, match="disk full"):
        make_office(folder, "office", "uid-1", NAME, PASSWORD, CHEAP, fails)

    assert list(folder.iterdir()) == []
    assert look(folder).state == office.EMPTY


HOLDER = """
import sys
from pathlib import Path
from desktop.storage.office import FolderLock
lock = FolderLock(Path(sys.argv[1]))
sys.stdout.write(f"{lock.take()}\\n")
sys.stdout.flush()
sys.stdin.read()
"""


def test_folder_belongs_to_one_program_until_it_ends_or_is_killed(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        assert not lock.take()
        assert lock.holder() == other.pid
        other.send_signal(signal.SIGKILL)
        other.wait()

    assert lock.take()
    assert lock.holder() == os.getpid()
    assert not FolderLock(tmp_path).take()
    lock.release()
    following = FolderLock(tmp_path)
    assert following.take()
    following.release()
