"""Who can open the data, and with what: key pairs, passwords, recovery. Must not know what is in the data.

One random key opens the database. It is sealed to a key pair per member of staff, whose private half a
password wraps, and to the pair of the recovery sheet. All of it stands in one small file, the manifest,
which holds nobody's name.
"""

import hashlib
import hmac
import json
import math
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desktop import clock
from desktop.errors import Refused, StorageProblem
from desktop.language import N_, _
from desktop.storage.folders import disk_sentence, make_folder
from desktop.storage.manifest import (
    MANIFEST,
    PURPOSES,
    Manifest,
    RecoverySlot,
    Slot,
    new_database_name,
    read_manifest,
    write_manifest,
)
from desktop.storage.passwords import Cost, check_password, folded, password_key
from desktop.storage.recovery import read_recovery, recovery_groups
from desktop.storage.sealing import derived, encrypt, key_check, seal, unlocked, unseal
from desktop.storage.tries import (
    FailedSignIns,
    Tries,
    failed,
    read_tries,
    refuse_while_waiting,
    wait_left,
    write_tries,
)

RECOVERY = "recovery"
OTHER_SHEET = N_("These groups belong to another sheet. Look for the newest recovery sheet of these data.")
WRONG = N_("The name or the password is not right.")


@dataclass(frozen=True)
class Opened:
    """Someone proved who they are; `member_uid` is empty when the recovery sheet was used."""

    folder: Path
    database: Path
    database_id: str
    purpose: str
    member_uid: str
    data_key: bytes = field(repr=False)
    must_change_password: bool = False
    failed: FailedSignIns | None = None


def create(
    folder: Path,
    purpose: str,
    member_uid: str,
    sign_in_name: str,
    password: str,
    cost: Cost,
    make_database: Callable[[Opened], None] | None = None,
) -> tuple[Opened, tuple[str, ...]]:
    """Keys for a new organisation and the groups for its recovery sheet.

    Until the database is there the manifest says so: an interrupted set-up can simply be done again.
    """
    if purpose not in PURPOSES:
        raise ValueError(purpose)
    check_password(password, sign_in_name)
    make_folder(folder)
    clear_unfinished(folder)
    if has_data(folder):
        raise Refused(_("There are data in this folder already. Open them, or choose another folder."))
    data_key, secret = secrets.token_bytes(32), secrets.token_bytes(20)
    manifest = _new_manifest(purpose, data_key, secret, cost)
    slot = _new_slot(manifest, member_uid, sign_in_name, password, data_key, must_change=False)
    manifest = replace(manifest, slots=(slot,))
    opened = opened_by(folder, manifest, member_uid, data_key)
    if make_database is not None:
        write_manifest(folder, replace(manifest, ready=False))
        make_database(opened)
    write_manifest(folder, manifest)
    return opened, recovery_groups(secret)


def has_data(folder: Path) -> bool:
    """Whether anything lies here that an empty file might come to stand in the place of."""
    return (folder / MANIFEST).exists() or any(folder.glob("*.db"))


def clear_unfinished(folder: Path) -> None:
    """Take away what an interrupted set-up left: nobody ever worked in it."""
    if not (folder / MANIFEST).exists():
        return
    try:
        manifest = read_manifest(folder)
    except StorageProblem:
        return
    if manifest.ready:
        return
    try:
        for path in [*folder.glob(manifest.database + "*"), folder / MANIFEST]:
            path.unlink()
    except OSError as error:
        raise StorageProblem(disk_sentence(error)) from error


def sign_in(folder: Path, name: str, password: str, now: datetime | None = None) -> Opened:
    """The data key for the right name and password; the same words and the same time for anything else."""
    moment = (now or clock.now()).timestamp()
    manifest = read_manifest(folder)
    tries = read_tries(folder)
    refuse_while_waiting(folder, tries, moment)
    try:
        slot, data_key = unlock(manifest, name, password)
    except Refused:
        first = tries.first if tries.unlogged else moment
        write_tries(folder, Tries(tries.waiting + 1, tries.unlogged + 1, first, moment))
        raise
    if tries.waiting:
        write_tries(folder, replace(tries, waiting=0))
    opened = opened_by(folder, manifest, slot.member, data_key)
    return replace(opened, must_change_password=slot.must_change, failed=failed(tries))


def failed_sign_ins_logged(folder: Path) -> None:
    """The log has taken over the wrong tries; count anew."""
    write_tries(folder, replace(read_tries(folder), unlogged=0, first=0.0))


def seconds_to_wait(folder: Path, now: datetime | None = None) -> int:
    """How long the next try has to wait after wrong ones."""
    return math.ceil(wait_left(read_tries(folder), (now or clock.now()).timestamp()))


def open_with_recovery(folder: Path, typed: str) -> Opened:
    """The data key for whoever typed over the recovery sheet; a new password is the next step."""
    manifest = read_manifest(folder)
    return opened_by(folder, manifest, "", unlock_with_recovery(manifest, typed))


def set_new_password_after_recovery(
    folder: Path, opened: Opened, member_uid: str, name: str, new_password: str
) -> Opened:
    """Give the holder of the sheet a way in of their own again, in place of the forgotten one."""
    check_password(new_password, name, named="new_password")
    _give_slot(folder, opened, member_uid, name, new_password, must_change=False)
    return replace(opened, member_uid=member_uid)


def add_member(folder: Path, opened: Opened, member_uid: str, name: str, one_time_password: str) -> None:
    """Let a colleague in; they choose a password of their own at the first sign-in."""
    if member_uid in members(folder):
        raise Refused(_("This colleague can sign in already."))
    _give_slot(folder, opened, member_uid, name, one_time_password, must_change=True)


def reset_password(folder: Path, opened: Opened, member_uid: str, name: str, one_time_password: str) -> None:
    """A colleague forgot the password: a new one for one time, also when the sign-in name changes."""
    _give_slot(folder, opened, member_uid, name, one_time_password, must_change=True)


def change_password(folder: Path, opened: Opened, name: str, old: str, new: str, *known: str) -> Opened:
    """A new password and a new key pair: what the old one opened is worth nothing any more."""
    manifest = manifest_of(folder, opened)
    try:
        slot, data_key = unlock(manifest, name, old)
    except Refused:
        raise Refused(password=_("This is not the present password.")) from None
    check_password(new, name, *known, named="new_password")
    if new == old:
        raise Refused(new_password=_("Choose another password than the present one."))
    fresh = _new_slot(manifest, slot.member, name, new, data_key, must_change=False)
    write_manifest(folder, _with_slot(manifest, fresh))
    return replace(opened, must_change_password=False)


def remove_member(folder: Path, opened: Opened, member_uid: str) -> None:
    """Close the way in of someone who leaves."""
    manifest = manifest_of(folder, opened)
    left = tuple(slot for slot in manifest.slots if slot.member != member_uid)
    if not left:
        raise Refused(_("This is the last one who can sign in. Let a colleague in first."))
    write_manifest(folder, replace(manifest, slots=left))


def renew_recovery(folder: Path, opened: Opened) -> tuple[str, ...]:
    """Groups for a new sheet; the old sheet opens nothing from now on, except older backups."""
    manifest = manifest_of(folder, opened)
    secret, version = secrets.token_bytes(20), manifest.recovery.version + 1
    slot = _recovery_slot(manifest.database_id, manifest.purpose, secret, version, opened.data_key)
    write_manifest(folder, replace(manifest, recovery=slot))
    return recovery_groups(secret)


def members(folder: Path) -> frozenset[str]:
    """The uid of everyone who can sign in."""
    return frozenset(slot.member for slot in read_manifest(folder).slots)


def unlock(manifest: Manifest, name: str, password: str) -> tuple[Slot, bytes]:
    """The slot and the data key, or `Refused` with the same words for every cause."""
    digest = _name_digest(manifest.database_id, name)
    slot = next((slot for slot in manifest.slots if hmac.compare_digest(slot.name, digest)), None)
    salt = slot.salt if slot else bytes(16)
    wrapping = password_key(password, salt, manifest.cost)  # also for an unknown name: the same time
    try:
        if slot is None:
            raise InvalidTag
        private = unlocked(wrapping, slot.private, _bound(manifest, slot.member, slot.version))
        return slot, unseal(private, slot.data_key, _bound(manifest, slot.member, slot.version))
    except (InvalidTag, ValueError):
        raise Refused(_(WRONG)) from None


def unlock_with_recovery(manifest: Manifest, typed: str) -> bytes:
    """The data key by the recovery sheet."""
    private = _recovery_private(read_recovery(typed), manifest.database_id)
    try:
        bound = _bound(manifest, RECOVERY, manifest.recovery.version)
        return unseal(private, manifest.recovery.data_key, bound)
    except (InvalidTag, ValueError):
        raise Refused(recovery=_(OTHER_SHEET)) from None


def opened_by(folder: Path, manifest: Manifest, member_uid: str, data_key: bytes) -> Opened:
    """What someone who proved who they are may take along."""
    path = folder / manifest.database
    return Opened(folder, path, manifest.database_id, manifest.purpose, member_uid, data_key)


def manifest_of(folder: Path, opened: Opened) -> Manifest:
    """The manifest, provided that what was opened is still the same data under the same key."""
    manifest = read_manifest(folder)
    if not hmac.compare_digest(manifest.key_check, key_check(opened.data_key)):
        raise Refused(_("The keys were renewed in the meantime. Sign in again."))
    return manifest


def _give_slot(folder: Path, opened: Opened, member_uid: str, name: str, password: str, must_change: bool) -> None:
    manifest = manifest_of(folder, opened)
    check_password(password, name)
    slot = _new_slot(manifest, member_uid, name, password, opened.data_key, must_change)
    write_manifest(folder, _with_slot(manifest, slot))


def _with_slot(manifest: Manifest, slot: Slot) -> Manifest:
    others = tuple(other for other in manifest.slots if other.member != slot.member)
    if any(other.name == slot.name for other in others):
        raise Refused(sign_in_name=_("A colleague signs in with this name already."))
    return replace(manifest, slots=(*others, slot))


def _new_slot(
    manifest: Manifest, member_uid: str, name: str, password: str, data_key: bytes, must_change: bool
) -> Slot:
    if not folded(name):
        raise Refused(sign_in_name=_("Fill in the name to sign in with."))
    version = max((slot.version for slot in manifest.slots if slot.member == member_uid), default=0) + 1
    pair, salt = X25519PrivateKey.generate(), secrets.token_bytes(16)
    bound = _bound(manifest, member_uid, version)
    return Slot(
        member=member_uid,
        name=_name_digest(manifest.database_id, name),
        version=version,
        public=pair.public_key().public_bytes_raw(),
        salt=salt,
        private=encrypt(password_key(password, salt, manifest.cost), pair.private_bytes_raw(), bound),
        data_key=seal(pair.public_key(), data_key, bound),
        must_change=must_change,
    )


def _new_manifest(purpose: str, data_key: bytes, secret: bytes, cost: Cost) -> Manifest:
    database_id = str(uuid.uuid4())
    return Manifest(
        database=new_database_name(),
        database_id=database_id,
        purpose=purpose,
        key_check=key_check(data_key),
        cost=cost,
        slots=(),
        recovery=_recovery_slot(database_id, purpose, secret, 1, data_key),
    )


def _recovery_slot(database_id: str, purpose: str, secret: bytes, version: int, data_key: bytes) -> RecoverySlot:
    public = X25519PrivateKey.from_private_bytes(_recovery_private(secret, database_id)).public_key()
    bound = bound_to(database_id, purpose, RECOVERY, version)
    return RecoverySlot(version, public.public_bytes_raw(), seal(public, data_key, bound))


def _recovery_private(secret: bytes, database_id: str) -> bytes:
    return derived(secret, b"wijkrecept recovery " + database_id.encode())


def _bound(manifest: Manifest, member_uid: str, version: int) -> bytes:
    return bound_to(manifest.database_id, manifest.purpose, member_uid, version)


def bound_to(database_id: str, purpose: str, member_uid: str, version: int) -> bytes:
    return json.dumps([database_id, purpose, member_uid, version]).encode()


def _name_digest(database_id: str, name: str) -> str:
    text = folded(name).encode("utf-8", "surrogatepass")
    return hmac.new(database_id.encode(), text, hashlib.sha256).hexdigest()
