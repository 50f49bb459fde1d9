"""The manifest: which file holds the data and who can open it. Must not know how anything is opened."""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from desktop.errors import StorageProblem
from desktop.language import N_, _
from desktop.storage.folders import write_atomically
from desktop.storage.passwords import Cost

FORMAT = 1
MANIFEST = "manifest.json"
PURPOSES = ("office", "exercise")
MOST_KIB = 1024 * 1024
MANY = range(1, 65)
DAMAGED = N_("The file with the keys is damaged. Restore a backup; the data here stay untouched.")
NEWER = N_("These data were written by a newer version of the program. Install that version.")


class NewerFormat(StorageProblem):
    """A newer program wrote this; it is left unchanged."""


@dataclass(frozen=True)
class Slot:
    """The way in for one member of staff."""

    member: str
    name: str  # a digest: the sign-in name itself stands nowhere
    version: int
    public: bytes
    salt: bytes
    private: bytes  # wrapped by the password
    data_key: bytes  # sealed to the public half
    must_change: bool = False


@dataclass(frozen=True)
class RecoverySlot:
    """The way in for whoever holds the sheet of paper."""

    version: int
    public: bytes
    data_key: bytes


@dataclass(frozen=True)
class Manifest:
    """Which file holds the data and who can open it."""

    database: str
    database_id: str
    purpose: str
    key_check: bytes
    cost: Cost
    slots: tuple[Slot, ...]
    recovery: RecoverySlot
    ready: bool = True  # False only while a new organisation is being made
    format: int = FORMAT


def new_database_name() -> str:
    """A file name never used before, so that a new file never stands in an old one's place."""
    return f"wijkrecept-{secrets.token_hex(4)}.db"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a data folder."""
    try:
        content = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        raise StorageProblem(
            _("The file with the keys is missing. Restore a backup; the data here stay untouched.")
        ) from None
    except OSError as error:
        raise StorageProblem(_("The file with the keys cannot be read. Look whether the disk is connected.")) from error
    return parse_manifest(content)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """The one rename by which a new file, password or colleague becomes true."""
    write_atomically(folder / MANIFEST, dump_manifest(manifest))


def dump_manifest(manifest: Manifest) -> bytes:
    """As text, closed by a digest of itself."""
    content = _plain(asdict(manifest))
    return json.dumps({**content, "sha256": _digest_of(content)}, indent=1, sort_keys=True).encode()


def parse_manifest(content: bytes) -> Manifest:
    """Read back; one changed bit makes it damaged rather than a puzzling wrong password."""
    try:
        values = json.loads(content)
        digest = values.pop("sha256")
        if values["format"] > FORMAT:
            raise NewerFormat(_(NEWER))
        if not hmac.compare_digest(digest, _digest_of(values)):
            raise StorageProblem(_(DAMAGED))
        return _manifest_from(values)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise StorageProblem(_(DAMAGED)) from None


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def _digest_of(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def _manifest_from(values: dict[str, Any]) -> Manifest:
    cost = Cost(**values["cost"])
    if not (8 * cost.lanes <= cost.memory_kib <= MOST_KIB and cost.passes in MANY and cost.lanes in MANY):
        raise ValueError(MANIFEST)
    name = values["database"]
    if name != Path(name).name or values["purpose"] not in PURPOSES:
        raise ValueError(MANIFEST)
    return Manifest(
        database=name,
        database_id=values["database_id"],
        purpose=values["purpose"],
        key_check=base64.b64decode(values["key_check"]),
        cost=cost,
        slots=tuple(Slot(**_with_bytes(slot, "public", "salt", "private", "data_key")) for slot in values["slots"]),
        recovery=RecoverySlot(**_with_bytes(values["recovery"], "public", "data_key")),
        ready=bool(values["ready"]),
        format=values["format"],
    )


def _with_bytes(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {**values, **{name: base64.b64decode(values[name], validate=True) for name in names}}
