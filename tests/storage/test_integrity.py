"""The data are seen to be sound or not, at open and in whole; a log that lost lines is told of."""

import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.actions import backups
from desktop.actions.vouchers import register_voucher
from desktop.errors import Damaged, StorageProblem
from desktop.storage import integrity
from desktop.storage.backup import copy_backup, list_backups, look_into, make_backup, make_second_place
from desktop.storage.database import connect_raw, database, forget_key
from desktop.storage.integrity import check_all, glance
from desktop.storage.keys import Opened
from desktop.storage.models import Person
from desktop.storage.office import Session
from tests.factory import a_draft
from tests.survival.office import NAME, PASSWORD, Made, flip, made_office

MORNING = datetime(2026, 11, 6, 9, 30, tzinfo=UTC)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    yield made_office(tmp_path / "data")
    forget_key()


def register(made: Made, many: int) -> None:
    """A morning's work by the coordinator."""
    with_data = Session.open(made.opened, made.opened.folder / "backups", MORNING)
    for _number in range(many):
        register_voucher(made.member, a_draft(None))
    with_data.close()


def test_sound_data_pass_the_glance_and_the_whole_check(made: Made) -> None:
    register(made, 3)
    glance(made.opened)

    checked = check_all(made.opened, MORNING)

    assert checked.warnings == ()


def test_file_cut_short_is_damaged_at_the_glance(made: Made) -> None:
    size = made.opened.database.stat().st_size
    with made.opened.database.open("r+b") as file:
        file.truncate(size - 3 * 4096)

    with pytest.raises(Damaged):
        glance(made.opened)
    with pytest.raises(Damaged):
        Session.open(made.opened, made.opened.folder / "backups", MORNING)


def test_file_of_other_data_under_the_same_key_is_not_opened(made: Made) -> None:
    with closing(connect_raw(made.opened.database, made.opened.data_key)) as connection:
        connection.execute("UPDATE meta SET database_id = 'somebody else'")

    with pytest.raises(Damaged):
        glance(made.opened)


def test_a_damaged_page_that_no_glance_sees_is_found_by_the_whole_check(made: Made) -> None:
    register(made, 20)
    flip(made.opened.database, random.Random(4), first=40 * 4096)

    with pytest.raises(Damaged) as found:
        check_all(made.opened, MORNING, thorough=False)

    assert found.value.message.startswith("Het bestand met de gegevens is beschadigd.")


def test_reference_to_nothing_is_found_by_the_weekly_check(made: Made) -> None:
    with closing(connect_raw(made.opened.database, made.opened.data_key)) as connection:
        connection.execute("PRAGMA foreign_keys = off")
        connection.execute("UPDATE staff_role SET staff_id = 999")

    check_all(made.opened, MORNING, thorough=False)
    with pytest.raises(Damaged):
        check_all(made.opened, MORNING)


def test_a_check_stops_when_staff_press_stop(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise Stopped

    register(made, 5)
    monkeypatch.setattr(integrity, "STEPS_BETWEEN", 100)

    with pytest.raises(Stopped):
        check_all(made.opened, MORNING, progress=stop)


def test_log_that_lost_lines_since_a_backup_is_told_of(made: Made, tmp_path: Path) -> None:
    register(made, 2)
    copy = make_backup(made.opened, tmp_path / "copies", MORNING)
    register(made, 2)
    assert check_all(made.opened, MORNING, [copy]).warnings == ()

    with closing(connect_raw(made.opened.database, made.opened.data_key)) as connection:
        connection.execute("DELETE FROM change")
        connection.execute("DELETE FROM audit WHERE mac = ?", (copy.head.log_head,))
    (warning,) = check_all(made.opened, MORNING, [copy]).warnings

    assert "06-11-2026 10:30" in warning


def test_backups_made_after_a_restored_one_say_nothing_about_its_log(made: Made, tmp_path: Path) -> None:
    early = make_backup(made.opened, tmp_path / "copies", MORNING)
    register(made, 2)
    late = make_backup(made.opened, tmp_path / "copies", MORNING + timedelta(hours=1))
    back = backups.restore(None, early.path, made.opened.folder, "office", backups.WayIn(NAME, PASSWORD))

    session = Session.open(back, made.opened.folder / "backups", MORNING)
    assert check_all(back, MORNING, [early, late]).warnings != ()
    backups.log_restored(made.member)

    assert check_all(back, MORNING, [early, late]).warnings == ()
    session.close()


# ---- the copy of a still file ----


def test_backup_reads_the_file_itself_while_a_colleague_saves(made: Made, tmp_path: Path) -> None:
    session = Session.open(made.opened, tmp_path / "unused", MORNING)
    saved: list[int] = []

    def save(_done: int, _total: int) -> None:
        saved.append(register_voucher(made.member, a_draft(None)).id)

    copy = make_backup(made.opened, tmp_path / "copies", MORNING, save)

    assert saved
    assert copy.head.counts["voucher"] == 0
    assert Person.select().count() == len(saved)
    assert database.execute_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
    session.close()


def test_backup_is_made_too_while_somebody_goes_on_reading_an_earlier_moment(made: Made, tmp_path: Path) -> None:
    register(made, 1)
    with closing(connect_raw(made.opened.database, made.opened.data_key)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM person").fetchone()
        session = Session.open(made.opened, tmp_path / "unused", MORNING)
        register_voucher(made.member, a_draft(None))

        copy = make_backup(made.opened, tmp_path / "copies", MORNING)

        assert copy.head.counts["person"] == 2
        session.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there nothing is kept open")
def test_copying_takes_no_lock_away_from_the_open_data(made: Made, tmp_path: Path) -> None:
    """Closing a second handle of the file would let another program delete the log under us."""
    session = Session.open(made.opened, tmp_path / "unused", MORNING)
    before = locks_of(made.opened.database)
    make_backup(made.opened, tmp_path / "copies", MORNING)

    assert before
    assert locks_of(made.opened.database) == before
    session.close()


def locks_of(path: Path) -> list[str]:
    inode = str(path.stat().st_ino)
    lines = Path("/proc/locks").read_text("ascii").splitlines()
    return sorted(" ".join(line.split()[1:4]) for line in lines if line.split()[-3].endswith(":" + inode))


# ---- the second place ----


def test_copy_in_the_second_place_is_the_same_file(made: Made, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    make_second_place(stick)
    copy = make_backup(made.opened, tmp_path / "copies", MORNING)

    there = copy_backup(copy, stick)

    assert there.path.read_bytes() == copy.path.read_bytes()
    assert not list(stick.glob("*.part"))


def test_stick_that_was_pulled_out_gets_no_folder_in_its_place(made: Made, tmp_path: Path) -> None:
    copy = make_backup(made.opened, tmp_path / "copies", MORNING)
    (tmp_path / "mount-point").mkdir()

    for place in (tmp_path / "mount-point", tmp_path / "gone"):
        with pytest.raises(StorageProblem) as problem:
            copy_backup(copy, place)
        assert "tweede plek" in problem.value.message

    assert list((tmp_path / "mount-point").iterdir()) == []
    assert not (tmp_path / "gone").exists()


def test_copy_that_arrives_otherwise_leaves_the_good_one_there(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    make_second_place(stick)
    copy = make_backup(made.opened, tmp_path / "copies", MORNING)
    good = copy_backup(copy, stick).path.read_bytes()

    def arrives_broken(source: object, part: Path) -> None:
        part.write_bytes(good[:-5000] + b"x" * 5000)

    monkeypatch.setattr("desktop.storage.backup._write_out", arrives_broken)
    with pytest.raises(StorageProblem):
        copy_backup(copy, stick)

    (there,) = list_backups(stick)
    assert there.path.read_bytes() == good


def test_old_copies_go_in_both_places_and_a_failing_stick_spoils_no_backup(made: Made, tmp_path: Path) -> None:
    session = Session.open(made.opened, tmp_path / "unused", MORNING)
    here, stick = tmp_path / "copies", tmp_path / "stick"
    stick.mkdir()
    make_second_place(stick)
    for day in range(20):
        for hour in range(2):
            backups.back_up(session, here, MORNING + timedelta(days=day, hours=hour), second=stick)
    assert len(list_backups(here)) == len(list_backups(stick)) < 40

    (stick / ".wijkrecept-backups").unlink()
    made_now = backups.back_up(session, here, MORNING + timedelta(days=21), second=stick)

    assert made_now.second is None
    assert "tweede plek" in made_now.trouble
    assert list_backups(here)[0].made_at == MORNING + timedelta(days=21)
    session.close()


# ---- what is in a backup ----


def test_a_backup_says_of_whom_it_is_only_to_who_can_open_it(made: Made, tmp_path: Path) -> None:
    register(made, 2)
    copy = make_backup(made.opened, tmp_path / "copies", MORNING)

    contents = look_into(copy.path, made.opened.folder, NAME, PASSWORD)

    assert contents.organisation == "Welzijn Dorpstad"
    assert contents.staff == ("F. Yıldız",)
    assert (contents.head.counts["person"], contents.last_changed_by) == (2, "F. Yıldız")
    assert b"Dorpstad" not in copy.path.read_bytes()


def test_looking_into_a_backup_touches_nothing(made: Made, tmp_path: Path) -> None:
    copy = make_backup(made.opened, tmp_path / "copies", MORNING)
    before = contents_of(made.opened)

    look_into(copy.path, made.opened.folder, recovery=" ".join(made.groups))

    assert contents_of(made.opened) == before


def contents_of(opened: Opened) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in opened.folder.rglob("*") if path.is_file()}


# ---- killed while copying ----


def killed_at(nth: int, work: Callable[[], object]) -> bool:
    """Do the work in a child of this program that kills itself at the n-th time it touches a file."""
    child = os.fork()
    if child == 0:
        touched = 0

        def watch(event: str, _args: object) -> None:
            nonlocal touched
            if event in ("open", "os.rename", "os.mkdir", "os.remove", "shutil.rmtree", "sqlite3.connect"):
                touched += 1
                if touched == nth:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def test_backup_killed_at_any_step_leaves_the_former_one_or_the_new_one(made: Made, tmp_path: Path) -> None:
    register(made, 3)
    here, stick = tmp_path / "copies", tmp_path / "stick"
    stick.mkdir()
    make_second_place(stick)
    copy_backup(make_backup(made.opened, here, MORNING), stick)
    good = list_backups(here)[0].path.read_bytes()

    def work() -> None:
        copy_backup(make_backup(made.opened, here, MORNING + timedelta(hours=1)), stick)

    killed = 0
    while killed_at(killed + 1, work):
        killed += 1
        for place in (here, stick):
            *new, first = list_backups(place)
            assert first.path.read_bytes() == good
            for each in new:
                look_into(each.path, made.opened.folder, NAME, PASSWORD)
                each.path.unlink()
    check_all(made.opened, MORNING)
    assert killed > 15
    make_backup(made.opened, here, MORNING + timedelta(hours=2))
    assert not list(here.glob(".*.part")), "what the killed ones left went"
