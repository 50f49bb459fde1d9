"""One bit turned over, anywhere in the data, the keys or a backup: it is noticed, and a good backup brings all back."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import clock
from desktop.actions import backups
from desktop.actions.vouchers import register_voucher
from desktop.errors import Damaged, Refused, StorageProblem
from desktop.storage import keys, office
from desktop.storage.backup import BackupInfo, make_backup
from desktop.storage.database import forget_key
from desktop.storage.integrity import check_all
from desktop.storage.manifest import MANIFEST
from desktop.storage.office import Session
from tests.factory import a_draft
from tests.survival.office import NAME, PASSWORD, Made, digest_of_tables, flip, flip_back, made_office


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    made = made_office(tmp_path / "data")
    session = Session.open(made.opened, tmp_path / "unused", clock.now())
    for _number in range(15):
        register_voucher(made.member, a_draft(None))
    session.close()
    yield made
    forget_key()


@pytest.fixture
def copy(made: Made, tmp_path: Path) -> BackupInfo:
    return make_backup(made.opened, tmp_path / "copies", clock.now())


def unnoticed_in_data(made: Made, many: int, chance: random.Random) -> int:
    """Flips in the database that the check at open and the whole check both pass over."""
    missed = 0
    for _number in range(many):
        where = flip(made.opened.database, chance)
        try:
            check_all(made.opened, clock.now())
            missed += 1
        except Damaged:
            pass
        flip_back(made.opened.database, *where)
    return missed


def unnoticed_in_backup(made: Made, copy: BackupInfo, many: int, chance: random.Random) -> int:
    """Flips in a backup with which it would still be restored."""
    missed = 0
    for _number in range(many):
        where = flip(copy.path, chance)
        try:
            backups.look_into(None, copy.path, made.opened.folder, "office", backups.WayIn(NAME, PASSWORD))
            missed += 1
        except (StorageProblem, Refused):
            pass
        flip_back(copy.path, *where)
    return missed


def unnoticed_in_keys(made: Made, many: int, chance: random.Random) -> int:
    """Flips in the file with the keys that still let somebody in, or that look like a wrong password."""
    missed = 0
    path = made.opened.folder / MANIFEST
    for _number in range(many):
        where = flip(path, chance)
        missed += office.look(made.opened.folder).state not in (office.DAMAGED_MANIFEST, office.NEWER)
        flip_back(path, *where)
    return missed


def test_each_of_a_hundred_flipped_bits_is_noticed(made: Made, copy: BackupInfo) -> None:
    chance = random.Random(11)
    assert unnoticed_in_data(made, 40, chance) == 0
    assert unnoticed_in_backup(made, copy, 30, chance) == 0
    assert unnoticed_in_keys(made, 30, chance) == 0


def test_after_a_flip_the_backup_brings_every_row_back(made: Made, copy: BackupInfo) -> None:
    before = digest_of_tables(made.opened.database, made.opened.data_key)
    flip(made.opened.database, random.Random(2), first=4096)

    back = backups.restore(None, copy.path, made.opened.folder, "office", backups.WayIn(NAME, PASSWORD))

    assert digest_of_tables(back.database, back.data_key) == before
    aside = list(made.opened.folder.glob("put-aside-*/" + made.opened.database.name))
    assert len(aside) == 1, "the damaged file is kept"
    assert keys.sign_in(made.opened.folder, NAME, PASSWORD).database == back.database


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_each_of_a_thousand_flipped_bits_is_noticed(made: Made, copy: BackupInfo) -> None:
    chance, started = random.Random(12), time.monotonic()
    missed = {
        "data": unnoticed_in_data(made, 500, chance),
        "backup": unnoticed_in_backup(made, copy, 300, chance),
        "keys": unnoticed_in_keys(made, 200, chance),
    }
    print(f"bit flips: 1000, not noticed {missed}, {time.monotonic() - started:.0f} s")  # noqa: T201 - the figures
    assert set(missed.values()) == {0}
