"""A write-ahead log that was cut, zeroed or overwritten gives back every commit before the damage, and nothing else."""

import random
import shutil
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.actions.vouchers import register_voucher
from desktop.storage.database import close_database, connect_raw, database, open_database
from tests.factory import a_draft, add_practice, make_office, shut

COMMITS = 12
DAMAGES = ("cut", "zeroed", "random", "flipped")


@dataclass
class Left:
    """What a power cut leaves: the file, its log, and how long the log was after each acknowledged voucher."""

    database: bytes
    log: bytes
    key: bytes
    numbers: list[str] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Left:
    folder = tmp_path_factory.mktemp("torn")
    path, key, by = make_office(folder)
    practice = add_practice()
    close_database()
    open_database(path, key)
    database.execute_sql("PRAGMA wal_autocheckpoint = 0")
    log = path.with_name(path.name + "-wal")
    found = Left(b"", b"", key)
    for _number in range(COMMITS):
        found.numbers.append(register_voucher(by, a_draft(practice)).number)
        found.ends.append(log.stat().st_size)
    found.database, found.log = path.read_bytes(), log.read_bytes()
    shut()
    shutil.rmtree(folder)
    return found


def damaged(log: bytes, damage: str, chance: random.Random) -> tuple[bytes, int]:
    """The log with a fault, and the place from which on it is not to be trusted."""
    start = chance.randrange(32, len(log))
    if damage == "cut":
        return log[:start], start
    if damage == "flipped":
        return log[:start] + bytes([log[start] ^ (1 << chance.randrange(8))]) + log[start + 1 :], start
    many = chance.choice((len(log) - start, min(len(log) - start, chance.randrange(1, 20_000))))
    instead = bytes(many) if damage == "zeroed" else chance.randbytes(many)
    return log[:start] + instead + log[start + many :], start


def try_torn(left: Left, folder: Path, times: int, seed: int) -> dict[str, int]:
    """Open the torn file so often; each must be sound and hold just what was acknowledged before the damage."""
    chance = random.Random(seed)
    path = folder / "torn.db"
    figures = {"torn": 0, "vouchers lost after the damage": 0, "vouchers kept": 0}
    for number in range(times):
        log, start = damaged(left.log, DAMAGES[number % len(DAMAGES)], chance)
        path.write_bytes(left.database)
        path.with_name("torn.db-wal").write_bytes(log)
        path.with_name("torn.db-shm").unlink(missing_ok=True)
        same = next((at for at in range(start, len(left.log)) if log[at : at + 1] != left.log[at : at + 1]), start)
        whole = sum(end <= same for end in left.ends)
        with closing(connect_raw(path, left.key)) as connection:
            connection.execute("PRAGMA synchronous = off")  # looking need not be durable
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], (number, start)
            numbers = [row[0] for row in connection.execute("SELECT number FROM voucher ORDER BY id")]
            persons = connection.execute("SELECT count(*) FROM person").fetchone()[0]
            deeds = connection.execute("SELECT count(*) FROM audit WHERE name = 'voucher registered'").fetchone()[0]
        assert numbers == left.numbers[:whole], (number, start)
        assert persons == deeds == whole
        figures["torn"] += 1
        figures["vouchers kept"] += whole
        figures["vouchers lost after the damage"] += COMMITS - whole
    return figures


def test_torn_log_gives_back_what_was_acknowledged_before_the_damage(left: Left, tmp_path: Path) -> None:
    figures = try_torn(left, tmp_path, 1500, seed=1)

    assert figures["vouchers kept"] > 1500
    assert figures["vouchers lost after the damage"] > 1500


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_torn_log_at_length(left: Left, tmp_path: Path) -> None:
    print(f"\ntorn log: {try_torn(left, tmp_path, 20_000, seed=2)}")  # noqa: T201
