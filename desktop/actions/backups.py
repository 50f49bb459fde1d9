"""Copies of the data: made, put in a second place, looked into, restored; and whether the data are sound.

Must not know screens.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop import clock
from desktop.actions.action import roles_of
from desktop.errors import Refused, StorageProblem
from desktop.language import N_, _
from desktop.rules.staff import COORDINATOR, Member, require
from desktop.storage import backup, folders, integrity, office
from desktop.storage.backup import BackupInfo, Contents
from desktop.storage.changes import write_audit
from desktop.storage.database import told, transaction
from desktop.storage.integrity import Checked
from desktop.storage.keys import Opened
from desktop.storage.models import Person, Voucher
from desktop.storage.tries import counted

EVERY = timedelta(hours=1)
WEEK = timedelta(days=7)
TOO_OLD = timedelta(days=3)
WAYS_NEEDED = N_("Fill in your name and password, or the groups of the recovery sheet.")

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class WayIn:
    """How somebody shows that a backup is theirs: a name and password, or the recovery sheet."""

    name: str = ""
    password: str = ""
    sheet: str = ""

    def check(self) -> None:
        """Something to try with, before anything large is read."""
        if not self.sheet and not (self.name and self.password):
            raise Refused(_(WAYS_NEEDED))


@dataclass(frozen=True)
class Made:
    """A backup that stands, and what went wrong with its copy in the second place."""

    info: BackupInfo
    second: BackupInfo | None = None
    trouble: str = ""


def back_up(
    session: office.Session, target: Path, now: datetime, progress: Progress | None = None, second: Path | None = None
) -> Made:
    """A verified backup, the same in the second place; in both the old ones that the rule no longer keeps go."""
    opened = session.opened
    made = backup.make_backup(opened, target, now, progress)
    backup.prune(target, opened.database_id, now)
    if second is None:
        return Made(made)
    try:
        copied = backup.copy_backup(made, second)
        backup.prune(second, opened.database_id, now)
    except StorageProblem as problem:
        return Made(made, trouble=problem.message)
    return Made(made, copied)


def copy_once(session: office.Session, target: Path, now: datetime, progress: Progress | None = None) -> BackupInfo:
    """A verified backup on a stick, read back from there; nothing else on it goes."""
    made = backup.make_backup(session.opened, folders.backup_folder(session.folder), now, progress)
    marked = backup.is_second_place(target)
    backup.make_second_place(target)
    try:
        return backup.copy_backup(made, target)
    finally:
        if not marked:
            backup.forget_second_place(target)


def is_due(session: office.Session, now: datetime) -> bool:
    """Whether something changed since the last backup, and that one is an hour old."""
    newest = backup.last_backup(folders.backup_folder(session.folder), session.opened.database_id)
    if newest is None:
        return True
    if timedelta() <= now - newest.made_at < EVERY:
        return False
    with told():
        return integrity.changed_since(newest)


def check(session: office.Session, now: datetime, thorough: bool, progress: Progress | None = None) -> Checked:
    """Read the whole file of the data, and once a week compare all of it."""
    known = backup.list_backups(folders.backup_folder(session.folder))
    mine = [each for each in known if each.head.database_id == session.opened.database_id]
    return integrity.check_all(session.opened, now, mine, thorough, progress)


def found_backups(folder: Path, second: Path | None) -> list[BackupInfo]:
    """All backups that can be found from here, the newest first; the same one in two places stands there once."""
    places = [folders.backup_folder(folder), *([second] if second is not None else [])]
    found: dict[str, BackupInfo] = {}
    for place in places:
        for each in backup.list_backups(place):
            found.setdefault(each.head.seal, each)
    return sorted(found.values(), key=lambda each: each.made_at, reverse=True)


def require_may_restore(by: Member) -> None:
    """Taking everybody back to an earlier moment is the coordinator's to decide."""
    require(by, COORDINATOR)


def look_into(_by: object, path: Path, folder: Path, purpose: str, way: WayIn, _progress: object = None) -> Contents:
    """What stands in a backup, after all of it was checked; nothing is changed."""
    way.check()
    _require_good_folder(folder)
    with counted(folder, clock.now().timestamp()):
        return backup.look_into(path, folder, way.name, way.password, way.sheet, purpose)


def restore(_by: object, path: Path, folder: Path, purpose: str, way: WayIn, _progress: object = None) -> Opened:
    """Bring a backup back; what lies in the folder is kept aside."""
    way.check()
    _require_good_folder(folder)
    with counted(folder, clock.now().timestamp()):
        return backup.restore(path, folder, clock.now(), way.name, way.password, way.sheet, purpose).opened


def log_copied(by: Member) -> None:
    """Everything there is left the building on a stick: the log says who took it."""
    with transaction():
        write_audit(by.id or None, "backup exported", roles=roles_of(by))


def log_restored(by: Member) -> None:
    """The restored log says so itself: from here on it is not the log of the backups made since."""
    with transaction():
        write_audit(by.id or None, integrity.RESTORED, roles=roles_of(by))


def _require_good_folder(folder: Path) -> None:
    if (trouble := folders.trouble_with(folder)) is not None:
        raise Refused(trouble)


def counts_now() -> dict[str, int]:
    """What a backup is compared with."""
    with told():
        return {"person": Person.select().count(), "voucher": Voucher.select().count()}
