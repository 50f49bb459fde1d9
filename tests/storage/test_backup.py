"""A backup is right or it is not there; restoring leaves the old data or the new ones, never something between."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.errors import Refused, StorageProblem
from desktop.storage import backup, keys
from desktop.storage.backup import last_good, list_backups, make_backup, prune, read_head, restore, to_prune
from desktop.storage.database import connect_raw
from desktop.storage.keys import Opened, create, sign_in
from desktop.storage.manifest import NewerFormat
from desktop.storage.passwords import Cost

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
NAME, PASSWORD, OTHER = "fatma", "fietsen langs de vaart", "een kopje thee erbij"
MORNING = datetime(2026, 11, 6, 9, 30, 15, tzinfo=UTC)
MARKER = "Vandermarkerstraat"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Opened, tuple[str, ...]]:
    return create(tmp_path / "data", "office", "uid-1", NAME, PASSWORD, CHEAP, make_database)


@pytest.fixture
def opened(made: tuple[Opened, tuple[str, ...]]) -> Opened:
    return made[0]


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    return tmp_path / "usb-stick"


def make_database(opened: Opened) -> None:
    with closing(connect_raw(opened.database, opened.data_key)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("CREATE TABLE person(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)")
        connection.execute("CREATE TABLE voucher(id INTEGER PRIMARY KEY, person REFERENCES person)")
        connection.execute("CREATE TABLE audit(id INTEGER PRIMARY KEY, mac TEXT)")
        connection.execute("CREATE TABLE change(id INTEGER PRIMARY KEY)")
        connection.execute("INSERT INTO audit(mac) VALUES ('abb'), ('abc')")
        connection.execute("INSERT INTO change(id) VALUES (7)")
        connection.execute("PRAGMA user_version = 1")
    add_people(opened, 300)


def add_people(opened: Opened, many: int) -> None:
    with closing(connect_raw(opened.database, opened.data_key)) as connection:
        rows = [(f"{MARKER} {number}",) for number in range(many)]
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO person(name) VALUES (?)", rows)
        connection.execute("COMMIT")


def people(opened: Opened) -> int:
    with closing(connect_raw(opened.database, opened.data_key)) as connection:
        found: int = connection.execute("SELECT count(*) FROM person").fetchone()[0]
    return found


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# ---- making ----


def test_backup_is_one_file_named_after_the_hour_in_the_office(opened: Opened, disk: Path) -> None:
    made = make_backup(opened, disk, MORNING)

    assert [path.name for path in disk.iterdir()] == ["wijkrecept-20261106-103015.wrb"]
    assert made.made_at == MORNING
    assert made.head.counts == {"person": 300, "voucher": 0, "audit": 2, "change": 1}
    assert (made.head.schema, made.head.log_head, made.head.last_change) == (1, "abc", 7)
    assert last_good(disk) == MORNING


def test_backup_shows_nothing_about_people(opened: Opened, disk: Path) -> None:
    content = make_backup(opened, disk, MORNING).path.read_bytes()

    for word in (MARKER, NAME, PASSWORD):
        assert word.encode() not in content
    assert opened.data_key not in content
    assert b"SQLite format" not in content


def test_backup_holds_one_moment_though_staff_go_on_saving(opened: Opened, disk: Path) -> None:
    add_people(opened, 30_000)

    made = make_backup(opened, disk, MORNING, progress=lambda _done, _total: add_people(opened, 1))

    assert made.head.counts["person"] == 30_300
    assert people(opened) > 30_300
    add_people(opened, 1)


def test_backup_counts_what_is_still_in_the_log_of_the_database(opened: Opened, disk: Path) -> None:
    with closing(connect_raw(opened.database, opened.data_key)) as connection:
        connection.execute("INSERT INTO person(name) VALUES ('just now')")
        assert make_backup(opened, disk, MORNING).head.counts["person"] == 301


def test_second_backup_in_one_second_stands_beside_the_first(opened: Opened, disk: Path) -> None:
    first, second = make_backup(opened, disk, MORNING), make_backup(opened, disk, MORNING)

    assert first.path != second.path
    assert len(list_backups(disk)) == 2


def test_stopped_backup_leaves_nothing(opened: Opened, disk: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Refused("stopped")

    before = everything(opened.folder)
    with pytest.raises(Refused, match="stopped"):
        make_backup(opened, disk, MORNING, progress=stop)

    assert list(disk.iterdir()) == []
    assert everything(opened.folder) == before


def test_damaged_data_are_not_copied_over_a_good_backup(
    opened: Opened, disk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make_backup(opened, disk, MORNING)
    content = bytearray(opened.database.read_bytes())
    content[4096 + 100] ^= 1
    opened.database.write_bytes(bytes(content))

    with pytest.raises(StorageProblem):
        make_backup(opened, disk, MORNING + timedelta(hours=1))

    assert last_good(disk) == MORNING
    assert len(list(disk.iterdir())) == 1
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("room", [0, 100, 4_000, 20_000, 40_000, 45_000])
def test_full_disk_leaves_nothing_under_a_real_name(
    room: int, opened: Opened, disk: Path, limit: Callable[[int], None]
) -> None:
    size = make_backup(opened, disk, MORNING).size
    add_people(opened, 2000)
    whole = make_backup(opened, disk, MORNING + timedelta(hours=1)).size
    limit(min(room, whole - 1))

    with pytest.raises(StorageProblem) as problem:
        make_backup(opened, disk, MORNING + timedelta(hours=2))

    assert whole > size > 0
    assert problem.value.message
    assert len(list(disk.iterdir())) == 2
    assert not list(opened.folder.glob(".work-*"))


def test_disk_that_cannot_be_written_gives_a_sentence(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(StorageProblem) as problem:
        make_backup(opened, tmp_path / "file" / "backups", MORNING)
    assert problem.value.message


def test_leftovers_of_a_killed_backup_go_at_the_next_one(opened: Opened, disk: Path) -> None:
    (opened.folder / ".work-dead").mkdir()
    (opened.folder / ".work-dead" / "data.db").write_bytes(b"half")

    make_backup(opened, disk, MORNING)

    assert not list(opened.folder.glob(".work-*"))


# ---- restoring ----


def test_data_come_back_and_what_was_live_is_put_aside(opened: Opened, disk: Path) -> None:
    made = make_backup(opened, disk, MORNING)
    add_people(opened, 7)

    back = restore(made.path, opened.folder, MORNING, NAME, PASSWORD)

    assert people(back.opened) == 300
    assert sign_in(opened.folder, NAME, PASSWORD).database == back.opened.database != opened.database
    assert back.put_aside is not None
    assert (back.put_aside / "manifest.json").is_file()
    aside = (back.put_aside / opened.database.name, opened.data_key)
    with closing(connect_raw(*aside)) as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (307,)


@pytest.mark.parametrize("by_sheet", [True, False])
def test_everything_comes_back_on_a_new_computer(
    by_sheet: bool, made: tuple[Opened, tuple[str, ...]], disk: Path, tmp_path: Path
) -> None:
    opened, sheet = made
    path = make_backup(opened, disk, MORNING).path
    new = tmp_path / "new-computer"

    way = {"recovery": " ".join(sheet)} if by_sheet else {"name": NAME, "password": PASSWORD}
    back = restore(path, new, MORNING, **way)

    assert rows(back.opened) == rows(opened)
    assert back.put_aside is None
    assert back.opened.member_uid == ("" if by_sheet else "uid-1")
    assert sign_in(new, NAME, PASSWORD).data_key == opened.data_key


def test_todays_password_restores_an_older_backup(opened: Opened, disk: Path) -> None:
    made = make_backup(opened, disk, MORNING)
    keys.change_password(opened.folder, opened, NAME, PASSWORD, OTHER)

    restore(made.path, opened.folder, MORNING, NAME, OTHER)

    assert sign_in(opened.folder, NAME, OTHER)


def test_password_of_the_day_of_the_backup_restores_it_too(opened: Opened, disk: Path) -> None:
    made = make_backup(opened, disk, MORNING)
    keys.change_password(opened.folder, opened, NAME, PASSWORD, OTHER)

    restore(made.path, opened.folder, MORNING, NAME, PASSWORD)

    assert sign_in(opened.folder, NAME, PASSWORD)


def test_wrong_password_or_sheet_changes_nothing(made: tuple[Opened, tuple[str, ...]], disk: Path) -> None:
    opened, sheet = made
    path = make_backup(opened, disk, MORNING).path
    before = everything(opened.folder)

    with pytest.raises(Refused):
        restore(path, opened.folder, MORNING, NAME, OTHER)
    with pytest.raises(Refused) as refused:
        restore(path, opened.folder, MORNING, recovery=" ".join([*sheet[:2], "00000", *sheet[3:]]))

    assert "3" in refused.value.fields["recovery"]
    assert everything(opened.folder) == before


def test_practice_organisation_never_takes_the_place_of_real_data(opened: Opened, disk: Path, tmp_path: Path) -> None:
    made_up, _sheet = create(tmp_path / "exercise", "exercise", "uid", NAME, PASSWORD, CHEAP, make_database)
    path = make_backup(made_up, disk, MORNING).path
    before = everything(opened.folder)

    with pytest.raises(Refused):
        restore(path, opened.folder, MORNING, NAME, PASSWORD)
    with pytest.raises(Refused):
        restore(path, opened.folder, MORNING, NAME, PASSWORD, purpose="exercise")

    assert everything(opened.folder) == before


def test_two_hundred_flipped_bits_are_all_refused_before_live_data_are_touched(opened: Opened, disk: Path) -> None:
    path = make_backup(opened, disk, MORNING).path
    whole, chance, before = path.read_bytes(), random.Random(7), everything(opened.folder)

    for place in chance.sample(range(len(whole) * 8), 200):
        damaged = bytearray(whole)
        damaged[place // 8] ^= 1 << place % 8
        path.write_bytes(bytes(damaged))
        with pytest.raises(StorageProblem):
            restore(path, opened.folder, MORNING, NAME, PASSWORD)

    assert everything(opened.folder) == before
    path.write_bytes(whole)
    assert restore(path, opened.folder, MORNING, NAME, PASSWORD)


@pytest.mark.parametrize("keep", [0, 1, 63, 64, 500, 5_000, -1])
def test_cut_backup_is_refused(keep: int, opened: Opened, disk: Path) -> None:
    path = make_backup(opened, disk, MORNING).path
    path.write_bytes(path.read_bytes()[:keep])

    with pytest.raises(StorageProblem):
        restore(path, opened.folder, MORNING, NAME, PASSWORD)


def test_file_that_is_no_backup_is_refused_by_a_sentence(tmp_path: Path) -> None:
    chance = random.Random(3)
    file = tmp_path / "vakantiefoto.wrb"
    for size in (0, 1, 22, 100, 100_000):
        file.write_bytes(chance.randbytes(size))
        with pytest.raises(StorageProblem):
            read_head(file)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("head.json", b" " * 50_000_000)
    with pytest.raises(StorageProblem):
        read_head(file)
    with pytest.raises(StorageProblem):
        read_head(tmp_path)
    assert list_backups(tmp_path) == []


def test_backup_with_another_head_put_in_is_refused(opened: Opened, disk: Path) -> None:
    """Someone without the key who keeps every digest right still cannot change what the head says."""
    path = make_backup(opened, disk, MORNING).path
    put_in_head(path, made_at="2030-01-01T00:00:00+00:00")

    with pytest.raises(StorageProblem):
        restore(path, opened.folder, MORNING, NAME, PASSWORD)


@pytest.mark.parametrize("changed", [{"format": 2}, {"schema": 999}])
def test_backup_of_a_newer_program_is_refused_as_such(changed: dict[str, int], opened: Opened, disk: Path) -> None:
    path = make_backup(opened, disk, MORNING).path
    put_in_head(path, **changed)

    with pytest.raises(NewerFormat):
        restore(path, opened.folder, MORNING, NAME, PASSWORD)


def test_full_disk_while_restoring_keeps_the_live_data(
    opened: Opened, disk: Path, limit: Callable[[int], None]
) -> None:
    path = make_backup(opened, disk, MORNING).path
    before = everything(opened.folder)
    limit(8_192)

    with pytest.raises(StorageProblem):
        restore(path, opened.folder, MORNING, NAME, PASSWORD)

    assert everything(opened.folder) == before


KILLED = "from tests.storage.test_backup import be_killed; import sys; be_killed(*sys.argv[1:])"


def be_killed(backup_file: str, folder: str, nth: str) -> None:
    """Restore in this program, which kills itself at the n-th time it touches a file."""
    touched = 0

    def watch(event: str, _args: object) -> None:
        nonlocal touched
        if event in ("open", "os.rename", "os.mkdir", "os.remove", "shutil.rmtree", "sqlite3.connect"):
            touched += 1
            if touched == int(nth):
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    restore(Path(backup_file), Path(folder), MORNING, NAME, PASSWORD)


def test_restore_killed_at_any_step_leaves_old_or_new(opened: Opened, disk: Path) -> None:
    path = make_backup(opened, disk, MORNING).path
    add_people(opened, 7)
    found = []
    for nth in range(1, 80):
        killed = run_killed(path, opened.folder, nth)
        found.append(people(sign_in(opened.folder, NAME, PASSWORD)))
        assert found[-1] in (300, 307)
        if not killed or found[-1] == 300:
            break

    assert found[-1] == 300
    assert len(found) > 10


def run_killed(path: Path, folder: Path, nth: int) -> bool:
    command = [sys.executable, "-c", KILLED, str(path), str(folder), str(nth)]
    code = subprocess.run(command, check=False, cwd=Path(__file__).parents[2], capture_output=True).returncode
    assert code in (0, -signal.SIGKILL)
    return code != 0


# ---- keeping ----


def test_list_shows_the_newest_first_and_skips_what_is_broken(opened: Opened, disk: Path) -> None:
    moments = [MORNING + timedelta(hours=hours) for hours in (0, 5, 2)]
    for moment in moments:
        make_backup(opened, disk, moment)
    (disk / "wijkrecept-20270101-000000.wrb").write_bytes(b"")

    assert [made.made_at for made in list_backups(disk)] == sorted(moments, reverse=True)
    assert last_good(disk, opened.database_id) == max(moments)
    assert last_good(disk, "other data") is None
    assert last_good(disk / "nowhere") is None


def test_old_backups_of_these_data_go_and_others_stay(opened: Opened, disk: Path, tmp_path: Path) -> None:
    other, _sheet = create(tmp_path / "other", "office", "uid", NAME, PASSWORD, CHEAP, make_database)
    for days, whose in ((0, opened), (3, opened), (3.1, opened), (3.2, other)):
        make_backup(whose, disk, MORNING - timedelta(days=days))

    gone = prune(disk, opened.database_id, MORNING)

    assert len(gone) == 1
    assert len(list_backups(disk)) == 3
    assert last_good(disk, other.database_id) == MORNING - timedelta(days=3.2)


def test_a_year_of_hourly_backups_leaves_days_weeks_and_months() -> None:
    hours = [MORNING - timedelta(hours=number) for number in range(24 * 365)]
    left = sorted(set(hours) - to_prune(hours, MORNING), reverse=True)

    recent = [moment for moment in left if MORNING - moment <= timedelta(days=2)]
    assert len(recent) == 49
    assert len({moment.date() for moment in left[:62]}) >= 12
    assert left[-1].month == 3
    assert len(left) <= 49 + 12 + 10 + 9


def test_pruning_each_hour_ends_at_the_same_rule() -> None:
    kept: set[datetime] = set()
    for number in range(24 * 200):
        now = MORNING + timedelta(hours=number)
        kept.add(now)
        kept -= to_prune(kept, now)

    days = {moment.date() for moment in kept}
    weeks = {moment.isocalendar()[:2] for moment in kept}
    months = {(moment.year, moment.month) for moment in kept}
    assert len(days) >= 12
    assert len(weeks) >= 10
    assert len(months) == 7
    assert len(kept) <= 49 + 12 + 10 + 9


@pytest.mark.parametrize("years", [-10, -1, 1, 10])
def test_nothing_goes_when_the_clock_jumps(years: int) -> None:
    hours = [MORNING - timedelta(hours=number) for number in range(24 * 60)]
    jumped = MORNING + timedelta(days=365 * years)

    assert to_prune(hours, jumped) == set()
    assert to_prune([*hours, jumped], jumped) == set()
    assert to_prune([*hours, jumped, jumped + timedelta(days=1)], jumped + timedelta(days=1)) == set()


def test_newest_backup_always_stays() -> None:
    assert to_prune([MORNING], MORNING + timedelta(days=4000)) == set()
    assert to_prune([], MORNING) == set()


def rows(opened: Opened) -> list[object]:
    with closing(connect_raw(opened.database, opened.data_key)) as connection:
        return list(connection.execute("SELECT id, name FROM person ORDER BY id"))


def put_in_head(path: Path, **changed: object) -> None:
    with zipfile.ZipFile(path) as bundle:
        parts = {name: bundle.read(name) for name in bundle.namelist()}
    parts["head.json"] = json.dumps({**json.loads(parts["head.json"]), **changed}).encode()
    with zipfile.ZipFile(path, "w") as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
        bundle.comment = b"0" * 64
    content = path.read_bytes()[:-64]
    path.write_bytes(content + backup._digest_but_last(path))


@pytest.fixture
def limit() -> Iterator[Callable[[int], None]]:
    """A disk with room for files of this many bytes only."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
