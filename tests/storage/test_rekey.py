"""A colleague leaves: new key, nobody's password asked, and whatever moment the power fails nothing is lost."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.errors import Refused, StorageProblem
from desktop.storage import keys, rekey
from desktop.storage.backup import list_backups
from desktop.storage.database import connect_raw, forget_key
from desktop.storage.keys import Opened
from desktop.storage.manifest import read_manifest
from desktop.storage.office import Session
from desktop.storage.passwords import Cost
from desktop.storage.unfinished import UnfinishedForms

PASSWORD, OTHER, NOW = "een lange zin voor nu", "nog een lange zin hier", datetime(2026, 11, 6, 9, tzinfo=UTC)
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
ROWS = 300
STEPS = (9, 21, 24, 25, 26, 27, 29)  # of the steps on disk those around the renames; the long form does all


@pytest.fixture
def sheet() -> list[tuple[str, ...]]:
    return []


@pytest.fixture
def opened(tmp_path: Path, sheet: list[tuple[str, ...]]) -> Opened:
    """Fatma and Jan can sign in; the file holds some rows and both left a form."""
    made, groups = keys.create(tmp_path, "office", "fatma", "fatma", PASSWORD, CHEAP, fill)
    keys.add_member(tmp_path, made, "jan", "jan", OTHER)
    forms = UnfinishedForms.open(tmp_path, made.data_key)
    forms.keep("fatma", "voucher", {"surname": "Çelik"}, NOW)
    forms.keep("jan", "voucher", {"surname": "Bakker"}, NOW)
    sheet.append(groups)
    return made


def fill(made: Opened) -> None:
    made.database.touch()
    with closing(connect_raw(made.database, made.data_key)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("CREATE TABLE person (name)")
        connection.executemany("INSERT INTO person VALUES (?)", [(f"deelnemer {n}" * 20,) for n in range(ROWS)])


def rows(found: Opened) -> int:
    with closing(connect_raw(found.database, found.data_key)) as connection:
        return int(connection.execute("SELECT count(*) FROM person").fetchone()[0])


def let_go(opened: Opened) -> rekey.Rekeyed:
    return rekey.rekey(opened, frozenset({"jan"}), opened.folder / "backups", NOW)


def test_who_stays_signs_in_with_the_same_password_and_who_left_does_not(opened: Opened) -> None:
    let_go(opened)

    assert rows(keys.sign_in(opened.folder, "fatma", PASSWORD)) == ROWS
    with pytest.raises(Refused, match="klopt niet"):
        keys.sign_in(opened.folder, "jan", OTHER)


def test_the_old_key_opens_nothing_any_more(opened: Opened) -> None:
    done = let_go(opened)

    rekey.sweep(opened.folder)
    assert not opened.database.exists()
    with pytest.raises(StorageProblem):
        Session.open(keys.opened_by(opened.folder, read_manifest(opened.folder), "jan", opened.data_key),
                     opened.folder / "backups", NOW)  # fmt: skip
    forget_key()
    assert rows(done.opened) == ROWS


def test_the_recovery_sheet_on_paper_stays_good(opened: Opened, sheet: list[tuple[str, ...]]) -> None:
    let_go(opened)

    assert rows(keys.open_with_recovery(opened.folder, " ".join(sheet[0]))) == ROWS


def test_a_verified_backup_is_made_first(opened: Opened) -> None:
    done = let_go(opened)

    (backup,) = list_backups(opened.folder / "backups")
    assert backup.path == done.backup.path
    assert backup.head.counts["person"] == ROWS


def test_unfinished_forms_follow_the_new_key_except_those_of_who_left(opened: Opened) -> None:
    done = let_go(opened)

    forms = UnfinishedForms.open(opened.folder, done.opened.data_key)
    assert [form.raw for form in forms.find("fatma")] == [{"surname": "Çelik"}]
    assert forms.find("jan") == []
    assert not (opened.folder / "unfinished.next").exists()


def test_one_cannot_take_away_the_own_way_in(opened: Opened) -> None:
    with pytest.raises(Refused):
        rekey.rekey(opened, frozenset({"fatma"}), opened.folder / "backups", NOW)
    assert keys.members(opened.folder) == {"fatma", "jan"}


def test_a_bad_copy_changes_nothing(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rekey, "is_whole", lambda *_facts: False)
    with pytest.raises(StorageProblem, match="niets veranderd"):
        let_go(opened)
    assert rows(keys.sign_in(opened.folder, "jan", OTHER)) == ROWS
    assert [path.name for path in opened.folder.glob("*.db")] == [opened.database.name]


KILLED = """
import os, signal, sys
from pathlib import Path
from datetime import UTC, datetime
from desktop.storage import folders, keys, rekey
folder, stop = Path(sys.argv[1]), int(sys.argv[2])
opened = keys.sign_in(folder, "fatma", "een lange zin voor nu")
step = 0
def count(event, arguments):
    global step
    if event in ("open", "os.rename", "os.remove", "os.mkdir", "shutil.rmtree", "os.truncate"):
        step += 1
        if step == stop:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
rekey.rekey(opened, frozenset({"jan"}), folder / "backups", datetime(2026, 11, 6, 9, tzinfo=UTC))
"""


def survive(opened: Opened, step: int) -> bool:
    """Kill the rekeying at one of its steps on disk; whether it got to the end."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(opened.folder), str(step)], capture_output=True,
                          check=False, env={**os.environ, "PYTHONPATH": str(Path.cwd())}, timeout=60)  # fmt: skip
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    stays = keys.sign_in(opened.folder, "fatma", PASSWORD)
    rekey.sweep(opened.folder)
    assert rows(stays) == ROWS
    forms = UnfinishedForms.open(opened.folder, stays.data_key)
    assert [form.raw for form in forms.find("fatma")] == [{"surname": "Çelik"}]
    assert [path.name for path in opened.folder.glob("wijkrecept-*.db")] == [stays.database.name]
    old_state = stays.data_key == opened.data_key
    assert ("jan" in keys.members(opened.folder)) == old_state
    return done.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_old_state_or_the_new_one_stands(opened: Opened, step: int) -> None:
    survive(opened, step)


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_killed_at_every_step(tmp_path: Path) -> None:
    step, ended, new = 0, False, 0
    while not ended:
        step += 1
        folder = tmp_path / str(step)
        made, _groups = keys.create(folder, "office", "fatma", "fatma", PASSWORD, CHEAP, fill)
        keys.add_member(folder, made, "jan", "jan", OTHER)
        UnfinishedForms.open(folder, made.data_key).keep("fatma", "voucher", {"surname": "Çelik"}, NOW)
        ended = survive(made, step)
        new += "jan" not in keys.members(folder)
    sys.stdout.write(f"\nleaver: killed at each of {step - 1} steps on disk, {new - 1} times the new state, 0 lost\n")
