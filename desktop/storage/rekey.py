"""When somebody leaves: the data under a new key that only those who stay can open. Must not know who anyone is.

A verified backup first, then a copy under a new key, opened again and counted, the key sealed to the public halves
of those who stay and of the recovery sheet. Renaming the manifest is the one step that counts: killed before it
the old state stands, killed after it the new one. Nobody else's password is needed.
"""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from desktop.errors import Refused, StorageProblem
from desktop.language import N_, _
from desktop.storage.backup import PAGES, BackupInfo, Progress, disk_told, facts_of, is_whole, make_backup, work_folder
from desktop.storage.database import connect_raw
from desktop.storage.folders import sync_file, sync_folder, write_atomically
from desktop.storage.keys import RECOVERY, Opened, bound_to, manifest_of
from desktop.storage.manifest import Manifest, new_database_name, read_manifest, write_manifest
from desktop.storage.sealing import key_check, seal
from desktop.storage.unfinished import follow_key

REPLACED = "replaced.json"
BAD_COPY = N_("The data under the new key were not right and have been thrown away. Nothing was changed.")


@dataclass(frozen=True)
class Rekeyed:
    """The data under the new key, and the backup that was made before."""

    opened: Opened
    backup: BackupInfo


def rekey(
    opened: Opened,
    leaving: frozenset[str],
    backups: Path,
    now: datetime,
    progress: Progress | None = None,
) -> Rekeyed:
    """Close the way in of those who leave, also for whoever kept the old key.

    Whoever calls this reopens the data afterwards; until then nothing else may write.
    """
    manifest = manifest_of(opened.folder, opened)
    if opened.member_uid in leaving:
        raise Refused(_("You cannot take away your own way in. Ask another coordinator."))
    sweep(opened.folder)
    backup = make_backup(opened, backups, now, progress)
    data_key = secrets.token_bytes(32)
    fresh = sealed_anew(manifest, leaving, data_key)
    with disk_told(), _silent_for_others(opened) as source, work_folder(opened.folder) as work:
        copy = _copy_under(data_key, source, work / fresh.database, progress)
        write_atomically(opened.folder / REPLACED, json.dumps([manifest.database, fresh.database]).encode())
        copy.replace(opened.folder / fresh.database)
        sync_folder(opened.folder)
        follow_key(opened.folder, opened.data_key, data_key, leaving)
        write_manifest(opened.folder, fresh)
    database = opened.folder / fresh.database
    return Rekeyed(replace(opened, database=database, data_key=data_key), backup)


def sealed_anew(manifest: Manifest, leaving: frozenset[str], data_key: bytes) -> Manifest:
    """The manifest for a new key and file, with the slots of those who stay; private halves are not touched."""
    slots = tuple(
        replace(slot, data_key=_sealed(manifest, slot.public, slot.member, slot.version, data_key))
        for slot in manifest.slots
        if slot.member not in leaving
    )
    if not slots:
        raise Refused(_("This is the last one who can sign in. Let a colleague in first."))
    paper = manifest.recovery
    return replace(
        manifest,
        database=new_database_name(),
        key_check=key_check(data_key),
        slots=slots,
        recovery=replace(paper, data_key=_sealed(manifest, paper.public, RECOVERY, paper.version, data_key)),
    )


def sweep(folder: Path) -> None:
    """Take away the file that a rekeying left: the old one after it counted, the new one when it did not."""
    try:
        names = json.loads((folder / REPLACED).read_bytes())
        live = read_manifest(folder).database
    except (OSError, ValueError, StorageProblem):
        return
    if live not in names:
        return
    with suppress(OSError):  # still open elsewhere: the next start tries again
        for name in names:
            for path in [] if name == live else folder.glob(Path(name).name + "*"):
                path.unlink()
        (folder / REPLACED).unlink()


def _sealed(manifest: Manifest, public: bytes, member: str, version: int, data_key: bytes) -> bytes:
    bound = bound_to(manifest.database_id, manifest.purpose, member, version)
    return seal(X25519PublicKey.from_public_bytes(public), data_key, bound)


@contextmanager
def _silent_for_others(opened: Opened) -> Iterator[Any]:
    """The old file with nobody else writing in it, so that nothing written is missing from the copy.

    Two connections: the engine copies from none that writes itself.
    """
    with (
        closing(connect_raw(opened.database, opened.data_key)) as guard,
        closing(connect_raw(opened.database, opened.data_key)) as source,
    ):
        guard.execute("PRAGMA busy_timeout = 5000")
        guard.execute("BEGIN IMMEDIATE")
        source.execute("BEGIN")
        yield source


def _copy_under(data_key: bytes, source: Any, copy: Path, progress: Progress | None) -> Path:
    """The same rows under another key, opened again and counted before it is worth anything."""
    told: Callable[[int, int, int], None] | None = None
    if progress is not None:
        told = lambda _status, left, total: progress(total - left, total)  # noqa: E731 - one line says it
    facts = facts_of(source)
    with closing(connect_raw(copy, data_key)) as target:
        source.backup(target, pages=PAGES, progress=told)
    sync_file(copy)
    if not is_whole(copy, data_key, facts):
        raise StorageProblem(_(BAD_COPY))
    return copy
