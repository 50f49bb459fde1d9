"""What lies in a data folder, and opening and closing it. Must not know what staff do with the data."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.errors import StorageProblem
from desktop.language import N_, _
from desktop.storage import database, migrations
from desktop.storage.backup import let_go, make_backup
from desktop.storage.folders import disk_sentence, make_folder
from desktop.storage.integrity import glance
from desktop.storage.keys import Opened, clear_unfinished, create, has_data
from desktop.storage.manifest import MANIFEST, NewerFormat, read_manifest
from desktop.storage.passwords import Cost
from desktop.storage.rekey import sweep
from desktop.storage.unfinished import UnfinishedForms

LOCK = "in-use"
EMPTY, READY, NEWER, OTHER_PURPOSE = "empty", "ready", "newer", "other purpose"
UNSAFE = "unsafe folder"
NO_DATABASE, NO_MANIFEST, DAMAGED_MANIFEST = "missing database", "missing manifest", "damaged manifest"
SENTENCES = {
    EMPTY: N_("There are no data here yet."),
    READY: "",
    NEWER: N_("These data were written by a newer version of the program. Install that version."),
    OTHER_PURPOSE: N_("Real data and the practice organisation each have a folder of their own."),
    NO_DATABASE: N_("The file with the data is missing. Restore a backup; nothing is made anew in its place."),
    NO_MANIFEST: N_("The file with the keys is missing. Restore a backup; the data here stay untouched."),
    DAMAGED_MANIFEST: N_("The file with the keys is damaged. Restore a backup; the data here stay untouched."),
}


@dataclass(frozen=True)
class Found:
    """What lies in a folder; anything but empty or ready has a sentence for staff."""

    state: str
    sentence: str

    @property
    def can_restore(self) -> bool:
        """Whether a backup may come here: not over a newer program's work, nor where files get lost."""
        return self.state not in (NEWER, OTHER_PURPOSE, UNSAFE)


def look(folder: Path, purpose: str = "office") -> Found:
    """What lies here, without opening or changing anything."""
    state = _state_of(folder, purpose)
    return Found(state, _(SENTENCES[state]))


def make_office(
    folder: Path,
    purpose: str,
    member_uid: str,
    sign_in_name: str,
    password: str,
    cost: Cost,
    fill: Callable[[Opened], None],
) -> tuple[Opened, tuple[str, ...]]:
    """A new organisation: keys, tables, and what `fill` writes into the open database; all or nothing of it."""

    def make_database(opened: Opened) -> None:
        _make_file(opened.database)
        database.open_database(opened.database, opened.data_key)
        migrations.migrate()
        migrations.describe(opened.database_id, opened.purpose)
        fill(opened)

    try:
        return create(folder, purpose, member_uid, sign_in_name, password, cost, make_database)
    except BaseException:
        database.forget_key()
        clear_unfinished(folder)
        raise
    finally:
        database.forget_key()


class Session:
    """The open data of someone who signed in; closed, it holds nothing that opens them again."""

    def __init__(self, opened: Opened, forms: UnfinishedForms) -> None:
        self._opened: Opened | None = opened
        self.forms = forms
        self.folder = opened.folder
        self.member_uid = opened.member_uid

    @classmethod
    def open(cls, opened: Opened, backups: Path, now: datetime) -> "Session":
        """Open the database, an older one only after a verified backup and its migration."""
        sweep(opened.folder)
        _require_file(opened.database)
        database.open_database(opened.database, opened.data_key)
        try:
            if migrations.is_newer():
                raise NewerFormat(_(SENTENCES[NEWER]))
            if migrations.needs_migration():
                make_backup(opened, backups, now)
                migrations.migrate()
            glance(opened)
            return cls(opened, UnfinishedForms.open(opened.folder, opened.data_key))
        except BaseException:
            database.forget_key()
            raise

    @property
    def opened(self) -> Opened:
        """The keys, as long as the session is open."""
        if self._opened is None:
            raise RuntimeError("the session is closed")
        return self._opened

    def close(self) -> None:
        """Close this thread's connection and drop the references to the keys."""
        self.forms.close()
        path = self.opened.database if self._opened is not None else None
        self._opened = None
        database.forget_key()
        if path is not None:
            let_go(path)


class FolderLock:
    """One program at a time per data folder; the system itself frees the lock of a program that died."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK
        self._file = -1

    def take(self) -> bool:
        """Whether the folder is ours now; already ours is fine."""
        if self._file >= 0:
            return True
        make_folder(self._path.parent)
        try:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StorageProblem(disk_sentence(error)) from error
        if not _lock(file):
            os.close(file)
            return False
        self._file = file
        with suppress(OSError):  # on a full disk the lock holds without the number
            os.ftruncate(file, 0)
            os.write(file, str(os.getpid()).encode())
        return True

    def release(self) -> None:
        """Let another program in."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def holder(self) -> int | None:
        """The number of the program that holds the folder, or held it last."""
        try:
            return int(self._path.read_text("ascii") or 0) or None
        except (OSError, ValueError):
            return None


def _state_of(folder: Path, purpose: str) -> str:
    if not has_data(folder):
        return EMPTY
    if not (folder / MANIFEST).exists():
        return NO_MANIFEST
    try:
        manifest = read_manifest(folder)
    except NewerFormat:
        return NEWER
    except StorageProblem:
        return DAMAGED_MANIFEST
    if not manifest.ready:
        return EMPTY
    if manifest.purpose != purpose:
        return OTHER_PURPOSE
    return READY if _has_content(folder / manifest.database) else NO_DATABASE


def _has_content(path: Path) -> bool:
    """An empty file would be taken for an empty organisation."""
    return path.is_file() and path.stat().st_size > 0


def _require_file(path: Path) -> None:
    if not _has_content(path):
        raise StorageProblem(_(SENTENCES[NO_DATABASE]))


def _make_file(path: Path) -> None:
    try:
        path.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise StorageProblem(disk_sentence(error)) from error


def _lock(file: int) -> bool:
    """Lock an open file, without waiting. The half for Windows is written, not run."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
