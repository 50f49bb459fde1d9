"""Copies of the data that are known to be good, and the way back from one. Must not know what the tables mean.

A backup is one file: the encrypted database, the manifest (who can open it) and a head (when, how much), closed by
a digest of the whole. It gets its real name only after it was opened again and checked.

The engine goes on reading the file itself, not its log, as long as somebody reads who began when the log was wholly
in the file. So the bytes of the file stand still then, and copying them is one moment of the data, four times as
quick as having the engine copy them page by page.
"""

import hashlib
import hmac
import json
import os
import secrets
import shutil
import struct
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

from sqlcipher3 import dbapi2 as driver

from desktop import __version__, clock
from desktop.errors import Refused, StorageProblem
from desktop.language import N_, _
from desktop.storage.database import connect_raw
from desktop.storage.folders import DISK_FULL, disk_sentence, make_folder, sync_file, sync_folder
from desktop.storage.keys import Opened, opened_by, unlock, unlock_with_recovery
from desktop.storage.manifest import (
    MANIFEST,
    Manifest,
    NewerFormat,
    dump_manifest,
    new_database_name,
    parse_manifest,
    read_manifest,
    write_manifest,
)
from desktop.storage.migrations import STEPS
from desktop.storage.sealing import derived

FORMAT = 1
ENDING = ".wrb"
HEAD = "head.json"
DATABASE = "data.db"
WORK = ".work-"
DIGEST = 64
SMALL = 4 * 1024 * 1024
PIECE = 1024 * 1024
PAGES = 2000
AROUND = 3
PATIENCE = 5000  # milliseconds for somebody who is saving just now
MARK = ".wijkrecept-backups"
ALL_DAYS, DAILY, WEEKLY, MONTHLY = 2, 12, 10, 9
GAP = timedelta(days=60)
UNREADABLE = (
    *(OSError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError),
    *(KeyError, ValueError, TypeError, AttributeError, OverflowError),
)
DISK_ERROR = N_("No backup could be made: the disk gives an error. The former backups are still there.")
BAD_COPY = N_("The new backup was not right and has been thrown away. The former backups are still there.")
NO_BACKUP = N_("This is not a backup of Wijkrecept. Choose a file that ends in {ending}.")
BAD_BACKUP = N_("This backup is damaged. Choose another one; nothing was changed.")
NEWER = N_("This backup was made by a newer version of the program. Install that version; nothing was changed.")
OTHER_PURPOSE = N_(
    "A backup of the practice organisation cannot replace real data, nor the other way round. Nothing was changed."
)

GONE = N_("The second place for backups is not there now. Connect the stick or the network, then copy once more.")
NOT_THE_SAME = N_("The copy in the second place is not the same as the backup and has been thrown away.")

Progress = Callable[[int, int], None]

_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Head:
    """What a backup says of itself to anyone: nothing about people."""

    made_at: str
    database_id: str
    purpose: str
    program: str
    schema: int
    counts: dict[str, int]
    database_sha256: str
    manifest_sha256: str
    log_head: str = ""
    last_change: int = 0
    format: int = FORMAT
    seal: str = ""  # by the data key, so that nobody else can make a head


@dataclass(frozen=True)
class BackupInfo:
    """A backup as it stands in a list."""

    path: Path
    made_at: datetime
    size: int
    head: Head


@dataclass(frozen=True)
class Facts:
    """What is counted in the data and again in their copy."""

    schema: int
    counts: dict[str, int]
    log_head: str = ""
    last_change: int = 0


@dataclass(frozen=True)
class Contents:
    """What stands in a backup, for whoever can open it: enough to know that it is the right one."""

    head: Head
    organisation: str
    staff: tuple[str, ...]
    last_changed_at: datetime | None
    last_changed_by: str


@dataclass(frozen=True)
class Restored:
    """Back in place: how it was opened, and where the former data were put."""

    opened: Opened
    head: Head
    put_aside: Path | None


def make_backup(opened: Opened, target: Path, now: datetime, progress: Progress | None = None) -> BackupInfo:
    """Copy, reopen, check, and only then give the copy its real name."""
    make_folder(target)
    with _one_at_a_time, disk_told(), work_folder(opened.folder) as work:
        copy = work / DATABASE
        _sweep(target, time.time(), 0)
        facts, sha256 = _copy_database(opened, copy, progress)
        manifest = dump_manifest(read_manifest(opened.folder))
        head = Head(
            made_at=now.isoformat(),
            database_id=opened.database_id,
            purpose=opened.purpose,
            program=__version__,
            schema=facts.schema,
            counts=facts.counts,
            database_sha256=sha256,
            manifest_sha256=hashlib.sha256(manifest).hexdigest(),
            log_head=facts.log_head,
            last_change=facts.last_change,
        )
        head = replace(head, seal=_seal_of(head, opened.data_key))
        with ThreadPoolExecutor(1) as beside:  # packing costs the disk, checking the processor
            packing = beside.submit(_pack, target, now, head, manifest, copy)
            whole = _is_sound_copy(copy, opened.data_key, facts)
            return read_backup(_name_when_right(packing, whole, target, now))


def copy_backup(info: BackupInfo, target: Path) -> BackupInfo:
    """Put a backup in a second place too, read it back from there, and only then give it its real name."""
    if not is_second_place(target):
        raise StorageProblem(_(GONE))
    path = target / info.path.name
    part = target / f".{info.path.name}.{secrets.token_hex(4)}.part"
    with disk_told():
        _sweep(target, time.time(), LEFT_FOR)
        try:
            with info.path.open("rb") as source:
                _write_out(source, part)
            sync_file(part)
            _forget_cached(part)
            if _sha256_of(part) != _sha256_of(info.path) or not _is_unbroken(part):
                raise StorageProblem(_(NOT_THE_SAME))
            part.replace(path)
            sync_folder(target)
        finally:
            part.unlink(missing_ok=True)
    return read_backup(path)


def make_second_place(target: Path) -> None:
    """Mark a folder of a stick or a network disk; without its mark it is the empty place where the disk should be."""
    try:
        (target / MARK).touch(mode=0o600)
    except OSError as error:
        raise StorageProblem(disk_sentence(error)) from error


def forget_second_place(target: Path) -> None:
    """This folder got one copy; no more are brought there."""
    with suppress(OSError):
        (target / MARK).unlink(missing_ok=True)


def is_second_place(target: Path) -> bool:
    """Whether the stick or network disk with this folder is connected."""
    try:
        return (target / MARK).is_file()
    except OSError:
        return False


def look_into(
    path: Path, folder: Path, name: str = "", password: str = "", recovery: str = "", purpose: str = "office"
) -> Contents:
    """Check the whole backup and say what is in it; the live data are not touched."""
    head, manifest = _checked(path)
    if head.purpose != purpose or _purpose_of(folder) not in (None, purpose):
        raise Refused(_(OTHER_PURPOSE))
    make_folder(folder)
    _candidate, _member, data_key = _way_in(folder, manifest, head, name, password, recovery)
    with _one_at_a_time, disk_told(), work_folder(folder) as work:
        copy = work / DATABASE
        _take_out(path, copy)
        if _sha256_of(copy) != head.database_sha256 or not is_whole(copy, data_key, _facts_in(head)):
            raise StorageProblem(_(BAD_BACKUP))
        with closing(connect_raw(copy, data_key)) as connection:
            return Contents(head, *_who_and_when(connection))


def list_backups(target: Path) -> list[BackupInfo]:
    """The backups in a folder, the newest first; a file that cannot be read is not one."""
    found = []
    for path in target.glob("*" + ENDING):
        with suppress(StorageProblem):
            found.append(read_backup(path))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def last_backup(target: Path, database_id: str | None = None) -> BackupInfo | None:
    """The newest backup of these data; names are in order of time, but for the hour that comes twice a year."""
    mine: list[BackupInfo] = []
    for path in sorted(target.glob("*" + ENDING), reverse=True):
        with suppress(StorageProblem):
            found = read_backup(path)
            mine += [found] if database_id in (None, found.head.database_id) else []
        if len(mine) == AROUND:
            break
    return max(mine, key=lambda backup: backup.made_at, default=None)


def last_good(target: Path, database_id: str | None = None) -> datetime | None:
    """When the newest backup of these data was made."""
    newest = last_backup(target, database_id)
    return newest.made_at if newest else None


def read_backup(path: Path) -> BackupInfo:
    """A backup by what its head says; whether all of it is right, `restore` finds out."""
    head = read_head(path)
    try:
        return BackupInfo(path, datetime.fromisoformat(head.made_at), path.stat().st_size, head)
    except OSError as error:
        raise StorageProblem(disk_sentence(error)) from error


def read_head(path: Path) -> Head:
    """What the backup says of itself."""
    try:
        with zipfile.ZipFile(path) as bundle:
            return _head_from(_small(bundle, HEAD))
    except UNREADABLE:
        raise StorageProblem(_(NO_BACKUP).format(ending=ENDING)) from None


def restore(
    path: Path,
    folder: Path,
    now: datetime,
    name: str = "",
    password: str = "",
    recovery: str = "",
    purpose: str = "office",
) -> Restored:
    """Bring the data back by password or recovery sheet; the live data stay until all is checked, then aside.

    The live database must be closed. Renaming the manifest is the one step that counts.
    """
    head, manifest = _checked(path)
    if head.purpose != purpose or _purpose_of(folder) not in (None, purpose):
        raise Refused(_(OTHER_PURPOSE))
    make_folder(folder)
    manifest, member_uid, data_key = _way_in(folder, manifest, head, name, password, recovery)
    with _one_at_a_time, disk_told(), work_folder(folder) as work:
        copy = work / DATABASE
        _take_out(path, copy)
        if _sha256_of(copy) != head.database_sha256 or not is_whole(copy, data_key, _facts_in(head)):
            raise StorageProblem(_(BAD_BACKUP))
        manifest = replace(manifest, database=new_database_name())
        aside = _swap(folder, copy, manifest, now)
    return Restored(opened_by(folder, manifest, member_uid, data_key), head, aside)


def prune(target: Path, database_id: str, now: datetime) -> list[Path]:
    """Throw away the backups of these data that the rule no longer keeps."""
    own = [backup for backup in list_backups(target) if backup.head.database_id == database_id]
    old = to_prune([backup.made_at for backup in own], now)
    gone = [backup.path for backup in own if backup.made_at in old]
    with disk_told():
        for path in gone:
            path.unlink(missing_ok=True)
    return gone


def to_prune(dates: Iterable[datetime], now: datetime) -> set[datetime]:
    """All of two days stay, then one for each of 12 days, 10 weeks and 9 months that have one.

    Days count when they have a backup, so a long holiday costs nothing. A clock that jumped shows as a backup
    from the future, or as a gap with little after it: then nothing goes.
    """
    newest_first = sorted(set(dates), reverse=True)
    if not newest_first or newest_first[0] > now or _jumped([now, *newest_first]):
        return set()
    kept = {moment for moment in newest_first if now - moment <= timedelta(days=ALL_DAYS)}
    kept |= _newest_of_each(newest_first, DAILY, lambda moment: moment.date())
    kept |= _newest_of_each(newest_first, WEEKLY, lambda moment: moment.isocalendar()[:2])
    kept |= _newest_of_each(newest_first, MONTHLY, lambda moment: (moment.year, moment.month))
    return set(newest_first) - kept


def _newest_of_each(newest_first: list[datetime], many: int, period: Callable[[datetime], object]) -> set[datetime]:
    newest: dict[object, datetime] = {}
    for moment in newest_first:
        newest.setdefault(period(moment), moment)
    return set(list(newest.values())[:many])


def _jumped(newest_first: list[datetime]) -> bool:
    days: set[date] = set()
    for later, earlier in pairwise(newest_first):
        days.add(later.date())
        if later - earlier > GAP:
            return len(days) < DAILY
    return False


def _copy_database(opened: Opened, copy: Path, progress: Progress | None) -> tuple[Facts, str]:
    """A copy of one moment, though others go on writing, with what is counted in that moment and its digest."""
    with closing(connect_raw(opened.database, opened.data_key)) as source:
        source.execute("PRAGMA busy_timeout = %d" % PATIENCE)  # noqa: UP031 - takes no parameter
        if _begin_on_still_file(opened, source):
            facts = facts_of(source)
            pages, size = (int(source.execute(f"PRAGMA {what}").fetchone()[0]) for what in ("page_count", "page_size"))
            sha256 = _copy_bytes(opened.database, copy, pages * size, progress)
        else:
            source.execute("BEGIN")
            facts = facts_of(source)
            _copy_by_engine(source, copy, opened.data_key, progress)
            sha256 = _sha256_of(copy)
        source.execute("COMMIT")
    return facts, sha256


def _begin_on_still_file(opened: Opened, source: Any) -> bool:
    """Begin reading at a moment when all of the log is in the file; False when somebody else's reading forbids it."""
    if source.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        return False
    source.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    with closing(connect_raw(opened.database, opened.data_key)) as writer:
        writer.execute("PRAGMA busy_timeout = %d" % PATIENCE)  # noqa: UP031 - takes no parameter
        writer.execute("BEGIN IMMEDIATE")  # for the few milliseconds of the next lines nobody saves
        try:
            busy, in_log, in_file = source.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if busy or in_log != in_file:
                return False
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return True
        finally:
            writer.execute("ROLLBACK")


def _copy_bytes(path: Path, copy: Path, size: int, progress: Progress | None) -> str:
    """The file as it lies there; its digest is of what was read, not of what arrived."""
    digest, done = hashlib.sha256(), 0
    with _read_beside(path) as file, copy.open("xb") as target:
        while done < size:
            piece = _read_at(file, min(PIECE, size - done), done)
            if not piece:
                raise StorageProblem(_(DISK_ERROR))
            digest.update(piece)
            target.write(piece)
            done += len(piece)
            if progress is not None:
                progress(done, size)
    return digest.hexdigest()


_held: dict[str, int] = {}


def _never_closed(path: Path) -> int:
    """Outside Windows, closing any handle of a file drops the locks this program has on it: so ours stays open."""
    key = str(path)
    held = _held.get(key)
    if held is not None and not os.path.samestat(os.fstat(held), path.stat()):
        os.close(_held.pop(key))  # another file took this name: the locks on that one are not ours to lose
        held = None
    if held is None:
        held = _held[key] = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    return held


@contextmanager
def _read_beside(path: Path) -> Iterator[int]:
    """A handle for reading beside the engine."""
    file = _never_closed(path)
    yield file
    if sys.platform == "win32":  # there an open file cannot be replaced, and closing one unlocks nothing
        let_go(path)


def let_go(path: Path) -> None:
    """Close what copying kept open of this file; only once nobody has the database open any more."""
    held = _held.pop(str(path), None)
    if held is not None:
        os.close(held)


def _read_at(file: int, size: int, place: int) -> bytes:
    if sys.platform == "win32":
        os.lseek(file, place, os.SEEK_SET)
        return os.read(file, size)
    return os.pread(file, size, place)


def _copy_by_engine(source: Any, copy: Path, data_key: bytes, progress: Progress | None) -> None:
    def told(_status: int, left: int, total: int) -> None:
        if progress is not None:
            progress(total - left, total)

    with closing(connect_raw(copy, data_key)) as target:
        source.backup(target, pages=PAGES, progress=told)


def _is_sound_copy(path: Path, data_key: bytes, facts: Facts) -> bool:
    """Whether every page of the copy opens with the key and holds together; indexes are compared each week."""
    return is_whole(path, data_key, facts, check="quick_check")


def is_whole(path: Path, data_key: bytes, facts: Facts, check: str = "integrity_check") -> bool:
    """Whether the file opens with the key, is sound inside, and holds as much as it should."""
    try:
        with closing(connect_raw(path, data_key)) as connection:
            sound = connection.execute(f"PRAGMA {check}").fetchall() == [("ok",)]
            return sound and facts_of(connection) == facts
    except driver.DatabaseError:
        return False


def _facts_in(head: Head) -> Facts:
    return Facts(head.schema, head.counts, head.log_head, head.last_change)


def facts_of(connection: Any) -> Facts:
    schema = connection.execute("PRAGMA user_version").fetchone()[0]
    listed = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name"
    names = [name for (name,) in connection.execute(listed) if not name.startswith("sqlite_")]
    counts = {name: _count(connection, name) for name in names}
    return Facts(
        schema,
        counts,
        log_head(connection) if "audit" in counts else "",
        last_change(connection) if "change" in counts else 0,
    )


def log_head(connection: Any) -> str:
    """The end of the log's chain."""
    row = connection.execute("SELECT mac FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def last_change(connection: Any) -> int:
    """The number of the last change; another one means that the data are not what they were."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0])


def _who_and_when(connection: Any) -> tuple[str, tuple[str, ...], datetime | None, str]:
    organisation = connection.execute("SELECT name FROM organisation").fetchone()
    staff = connection.execute("SELECT name FROM staff WHERE active ORDER BY name").fetchall()
    last = connection.execute(
        "SELECT a.at, s.name FROM change c JOIN audit a ON a.id = c.audit_id LEFT JOIN staff s ON s.id = a.staff_id "
        "ORDER BY c.id DESC LIMIT 1"
    ).fetchone()
    return (
        organisation[0] if organisation else "",
        tuple(name for (name,) in staff),
        datetime.fromisoformat(last[0]) if last else None,
        (last[1] or "") if last else "",
    )


def _count(connection: Any, table: str) -> int:
    quoted = '"' + table.replace('"', '""') + '"'
    found: int = connection.execute("SELECT count(*) FROM " + quoted).fetchone()[0]  # noqa: S608 - a table's own name
    return found


LEFT_FOR = 24 * 3600  # seconds: a colleague's computer may be writing in the same second place


def _sweep(target: Path, now: float, older_than: int) -> None:
    """Take away the unfinished copies that a killed program left."""
    for part in target.glob(f".*{ENDING}.*.part"):
        with suppress(OSError):
            if now - part.stat().st_mtime >= older_than:
                part.unlink()


def _pack(target: Path, now: datetime, head: Head, manifest: bytes, copy: Path) -> Path:
    """All of it in one file under a name that no list shows."""
    part = target / f".{_free_name(target, now).name}.{secrets.token_hex(4)}.part"
    try:
        with zipfile.ZipFile(part, "x", zipfile.ZIP_STORED) as bundle:
            bundle.writestr(_entry(HEAD), json.dumps(asdict(head), indent=1, sort_keys=True))
            bundle.writestr(_entry(MANIFEST), manifest)
            with copy.open("rb") as source, bundle.open(_entry(DATABASE), "w", force_zip64=True) as inside:
                arrived = _copied(source, inside)
            bundle.comment = b"0" * DIGEST
        if arrived != head.database_sha256:
            raise StorageProblem(_(BAD_COPY))
        digest = _digest_but_last(part)
        with part.open("r+b") as file:
            file.seek(-DIGEST, 2)
            file.write(digest)
        sync_file(part)
        _forget_cached(part)
        if not _is_unbroken(part):
            raise StorageProblem(_(BAD_COPY))
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def _name_when_right(packing: "Future[Path]", whole: bool, target: Path, now: datetime) -> Path:
    part = packing.result()
    try:
        if not whole:
            raise StorageProblem(_(BAD_COPY))
        path = _free_name(target, now)
        part.replace(path)
        sync_folder(target)
    finally:
        part.unlink(missing_ok=True)
    return path


def _copied(source: IO[bytes], inside: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := source.read(PIECE):
        digest.update(piece)
        inside.write(piece)
    return digest.hexdigest()


def _forget_cached(path: Path) -> None:
    """Reading back is then from the disk, not from the memory in between; where the system knows how."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name)  # of 1980: the head says when


def _free_name(target: Path, now: datetime) -> Path:
    stem = clock.local(now).strftime("wijkrecept-%Y%m%d-%H%M%S")
    path, number = target / (stem + ENDING), 1
    while path.exists():
        number += 1
        path = target / f"{stem}-{number}{ENDING}"
    return path


def _checked(path: Path) -> tuple[Head, Manifest]:
    """Head and manifest of a file of which every bit is as it was written."""
    head = read_head(path)
    if head.format > FORMAT or head.schema > len(STEPS):
        raise NewerFormat(_(NEWER))
    try:
        if not _is_unbroken(path):
            raise StorageProblem(_(BAD_BACKUP))
        with zipfile.ZipFile(path) as bundle:
            content = _small(bundle, MANIFEST)
    except UNREADABLE:
        raise StorageProblem(_(BAD_BACKUP)) from None
    manifest = parse_manifest(content)
    matches = (manifest.database_id, manifest.purpose) == (head.database_id, head.purpose)
    if not matches or hashlib.sha256(content).hexdigest() != head.manifest_sha256:
        raise StorageProblem(_(BAD_BACKUP))
    return head, manifest


def _way_in(
    folder: Path, manifest: Manifest, head: Head, name: str, password: str, recovery: str
) -> tuple[Manifest, str, bytes]:
    """Today's password of the same data counts before the one of the day of the backup."""
    refused = None
    for candidate in (*_live_manifest(folder, head.database_id), manifest):
        try:
            member_uid, data_key = _try_way_in(candidate, name, password, recovery)
        except Refused as error:
            refused = error
            continue
        if hmac.compare_digest(_seal_of(head, data_key), head.seal):
            return candidate, member_uid, data_key
    raise refused or StorageProblem(_(BAD_BACKUP))


def _try_way_in(manifest: Manifest, name: str, password: str, recovery: str) -> tuple[str, bytes]:
    if recovery:
        return "", unlock_with_recovery(manifest, recovery)
    slot, data_key = unlock(manifest, name, password)
    return slot.member, data_key


def _live_manifest(folder: Path, database_id: str) -> list[Manifest]:
    try:
        live = read_manifest(folder)
    except StorageProblem:
        return []
    return [live] if live.database_id == database_id and live.ready else []


def _purpose_of(folder: Path) -> str | None:
    try:
        return read_manifest(folder).purpose
    except StorageProblem:
        return None


def _take_out(path: Path, copy: Path) -> None:
    try:
        with zipfile.ZipFile(path) as bundle, bundle.open(_stored(bundle, DATABASE)) as source:
            _write_out(source, copy)
    except zipfile.BadZipFile:
        raise StorageProblem(_(BAD_BACKUP)) from None
    sync_file(copy)


def _write_out(source: IO[bytes], copy: Path) -> None:
    with copy.open("xb") as target:
        shutil.copyfileobj(source, target, PIECE)


def _swap(folder: Path, copy: Path, manifest: Manifest, now: datetime) -> Path | None:
    """The checked copy becomes the live database at one rename; what was live is moved aside after that."""
    old = _live_files(folder)
    aside = _keep_old_manifest(folder, now) if old else None
    new = copy.replace(folder / manifest.database)
    sync_folder(folder)
    try:
        write_manifest(folder, manifest)
    except StorageProblem:
        new.unlink(missing_ok=True)
        raise
    for path in old:
        with suppress(OSError):  # still open elsewhere: it stays where it is, named by nobody
            path.rename((aside or folder) / path.name)
    return aside


def _live_files(folder: Path) -> list[Path]:
    try:
        former = read_manifest(folder).database
    except StorageProblem:
        return sorted(folder.glob("*.db*"))
    return sorted(folder.glob(former + "*"))


def _keep_old_manifest(folder: Path, now: datetime) -> Path:
    stamp = clock.local(now).strftime("%Y%m%d-%H%M%S")
    aside = folder / f"put-aside-{stamp}-{secrets.token_hex(2)}"
    make_folder(aside)
    with suppress(FileNotFoundError):
        shutil.copyfile(folder / MANIFEST, aside / MANIFEST)
    return aside


def _small(bundle: zipfile.ZipFile, name: str) -> bytes:
    entry = _stored(bundle, name)
    if entry.file_size > SMALL:
        raise zipfile.BadZipFile(name)
    return bundle.read(entry)


def _stored(bundle: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """An entry that unfolds to nothing larger than itself."""
    entry = bundle.getinfo(name)
    if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != entry.compress_size:
        raise zipfile.BadZipFile(name)
    return entry


def _head_from(content: bytes) -> Head:
    values = json.loads(content)
    if values["format"] > FORMAT:
        raise NewerFormat(_(NEWER))
    head = Head(**values)
    if datetime.fromisoformat(head.made_at).tzinfo is None or not isinstance(head.schema, int):
        raise ValueError(HEAD)
    return head


def _seal_of(head: Head, data_key: bytes) -> str:
    content = json.dumps(asdict(replace(head, seal="")), sort_keys=True).encode()
    return hmac.new(derived(data_key, b"wijkrecept backup head"), content, hashlib.sha256).hexdigest()


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest_but_last(path: Path) -> bytes:
    """The digest of all but the place where the digest itself stands."""
    digest, left = hashlib.sha256(), path.stat().st_size - DIGEST
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(PIECE, left))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest().encode()


def _is_unbroken(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-DIGEST, 2)
        written = file.read()
    return hmac.compare_digest(written, _digest_but_last(path))


@contextmanager
def work_folder(folder: Path) -> Iterator[Path]:
    """A place for the unchecked copy; what a killed program left in one goes first."""
    for left in folder.glob(WORK + "*"):
        shutil.rmtree(left, ignore_errors=True)
    work = folder / (WORK + secrets.token_hex(4))
    work.mkdir(mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def disk_told() -> Iterator[None]:
    """What the disk or the engine says, as a sentence."""
    try:
        yield
    except OSError as error:
        raise StorageProblem(disk_sentence(error)) from error
    except driver.DatabaseError as error:
        sentence = DISK_FULL if "full" in str(error) else DISK_ERROR
        raise StorageProblem(_(sentence)) from error
