"""The disaster drill: the computer is gone, one backup and the recovery sheet are left, and everything comes back."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop import clock
from desktop.actions import backups
from desktop.settings import Settings
from desktop.storage import keys, search
from desktop.storage.backup import list_backups
from desktop.storage.database import forget_key
from desktop.storage.models import Voucher
from desktop.storage.office import Session
from tests import bulk
from tests.survival.office import NAME, PASSWORD, Made, digest_of_tables, made_office


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    yield made_office(tmp_path / "data")
    forget_key()


@pytest.mark.figures
def test_all_is_deleted_and_comes_back_from_one_backup_and_the_recovery_sheet(made: Made, stick: Path) -> None:
    folder = made.opened.folder
    Settings.load(folder).set("percent", 125)
    session = Session.open(made.opened, folder / "backups", clock.now())
    bulk.fill(made.member, bulk.SMALL, date(2026, 11, 6))
    (number,) = Voucher.select(Voucher.number).limit(1).tuples().get()
    session.forms.keep(session.member_uid, "new_voucher", {"surname": "half getypt"}, clock.now())
    copy = backups.copy_once(session, stick, clock.now())
    before = digest_of_tables(made.opened.database, made.opened.data_key)
    session.close()
    shutil.rmtree(folder)

    back = backups.restore(None, copy.path, folder, "office", backups.WayIn(sheet=" ".join(made.groups)))

    after = digest_of_tables(back.database, back.data_key)
    assert len(after) > 40
    assert after == before
    with_password = keys.set_new_password_after_recovery(
        folder, back, made.opened.member_uid, NAME, "een heel nieuwe zin"
    )
    session = Session.open(with_password, folder / "backups", clock.now())
    assert search.find(number)
    session.close()
    assert keys.sign_in(folder, NAME, "een heel nieuwe zin").member_uid == made.opened.member_uid
    print(f"drill: {len(after)} tables, different 0")  # noqa: T201 - the figures


def test_every_backup_on_the_stick_opens_with_the_password_of_its_day(made: Made, stick: Path, tmp_path: Path) -> None:
    session = Session.open(made.opened, tmp_path / "unused", clock.now())
    backups.copy_once(session, stick, clock.now())
    keys.change_password(made.opened.folder, made.opened, NAME, PASSWORD, "een kopje thee erbij")
    backups.copy_once(session, stick, clock.now())
    session.close()
    shutil.rmtree(made.opened.folder)

    newest, oldest = list_backups(stick)
    for copy, password in ((newest, "een kopje thee erbij"), (oldest, PASSWORD)):
        bare = tmp_path / f"bare {password[:9]}"
        opened = backups.restore(None, copy.path, bare, "office", backups.WayIn(NAME, password))
        assert opened.member_uid == made.opened.member_uid
