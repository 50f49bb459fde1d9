"""What staff were typing when they stopped, kept until they come back. Must not know what a form is about.

Each form is one encrypted file in a folder of its own, under a key of its own that only the data key opens.
Nothing of it is in the log, the history, undo or a backup.
"""

import hmac
import json
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.errors import StorageProblem
from desktop.storage.folders import disk_sentence, make_folder, write_atomically
from desktop.storage.sealing import decrypt, derived, encrypt

FOLDER = "unfinished"
NEXT = "unfinished.next"
KEY = "key"
ENDING = ".form"


@dataclass(frozen=True)
class Unfinished:
    """A form as its writer left it: the raw text of each field."""

    form_key: str
    raw: dict[str, str]
    kept_at: datetime


class UnfinishedForms:
    """The forms kept in one data folder, open as long as someone is signed in."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key

    def __repr__(self) -> str:
        return "UnfinishedForms()"

    @classmethod
    def open(cls, data_folder: Path, data_key: bytes) -> "UnfinishedForms":
        """What lies there under another data key stays, put aside, and a fresh folder begins."""
        folder = data_folder / FOLDER
        wrapping = derived(data_key, b"wijkrecept unfinished forms")
        try:
            _settle_next(folder, data_folder / NEXT, wrapping)
            key = _own_key(folder, wrapping)
        except OSError as error:
            raise StorageProblem(disk_sentence(error)) from error
        return cls(folder, key)

    def close(self) -> None:
        """Drop the key; what is kept waits for the next sign-in."""
        self._key = b""

    def keep(self, member_uid: str, form_key: str, raw: dict[str, str], now: datetime) -> None:
        """Keep the form as it stands; the former text of it is gone."""
        path = self._path(member_uid, form_key)
        content = {"member": member_uid, "form": form_key, "raw": raw, "at": now.isoformat()}
        write_atomically(path, encrypt(self._open_key(), json.dumps(content).encode(), path.name.encode()))

    def find(self, member_uid: str) -> list[Unfinished]:
        """The forms this writer left, the last one first; one that cannot be read is passed over."""
        key = self._open_key()
        found = [form for path in self._paths() if (form := _read(path, key, member_uid)) is not None]
        return sorted(found, key=lambda form: form.kept_at, reverse=True)

    def forget(self, member_uid: str, form_key: str) -> None:
        """The form was saved or thrown away."""
        try:
            self._path(member_uid, form_key).unlink(missing_ok=True)
        except OSError as error:
            raise StorageProblem(disk_sentence(error)) from error

    def forget_where(self, about: Callable[[str, dict[str, str]], bool]) -> int:
        """Throw away every form of anyone for which `about(form_key, raw)` is true; how many there were."""
        found = 0
        for path in self._paths():
            values = _values(path, self._open_key())
            if values and about(values["form"], values["raw"]):
                path.unlink(missing_ok=True)
                found += 1
        return found

    def _paths(self) -> list[Path]:
        return sorted(self._folder.glob("*" + ENDING))

    def _path(self, member_uid: str, form_key: str) -> Path:
        whose = json.dumps([member_uid, form_key]).encode()
        return self._folder / (hmac.new(self._open_key(), whose, "sha256").hexdigest()[:32] + ENDING)

    def _open_key(self) -> bytes:
        if not self._key:
            raise RuntimeError("the unfinished forms are closed")
        return self._key


def follow_key(data_folder: Path, old: bytes, new: bytes, leaving: frozenset[str]) -> None:
    """Lay the forms ready under a new key, without those of who leaves; they count once the new data key does.

    Until the program opens the data under the new key the old folder stays as it is.
    """
    folder, following = data_folder / FOLDER, data_folder / NEXT
    try:
        shutil.rmtree(following, ignore_errors=True)
        make_folder(following)
        fresh = secrets.token_bytes(32)
        forms = UnfinishedForms(following, fresh)
        for content in _contents(folder, derived(old, b"wijkrecept unfinished forms")):
            if content["member"] not in leaving:
                forms.keep(content["member"], content["form"], content["raw"], datetime.fromisoformat(content["at"]))
        wrapped = encrypt(derived(new, b"wijkrecept unfinished forms"), fresh, FOLDER.encode())
        write_atomically(following / KEY, wrapped)
    except OSError as error:
        raise StorageProblem(disk_sentence(error)) from error


def _contents(folder: Path, wrapping: bytes) -> Iterator[dict[str, Any]]:
    """What can be read of all writers' forms."""
    path = folder / KEY
    key = decrypt(wrapping, path.read_bytes(), FOLDER.encode()) if path.exists() else None
    if key is None:
        return
    for form in sorted(folder.glob("*" + ENDING)):
        content = decrypt(key, form.read_bytes(), form.name.encode())
        if content is not None:
            yield json.loads(content)


def _settle_next(folder: Path, following: Path, wrapping: bytes) -> None:
    """After a new data key the folder laid ready for it takes the old one's place; else it was never needed."""
    path = following / KEY
    if path.exists() and decrypt(wrapping, path.read_bytes(), FOLDER.encode()) is not None:
        shutil.rmtree(folder, ignore_errors=True)
        following.rename(folder)
    else:
        shutil.rmtree(following, ignore_errors=True)


def _read(path: Path, key: bytes, member_uid: str) -> Unfinished | None:
    values = _values(path, key)
    if values.get("member") != member_uid:
        return None
    return Unfinished(values["form"], values["raw"], datetime.fromisoformat(values["at"]))


def _values(path: Path, key: bytes) -> dict[str, Any]:
    """What one file holds; nothing when it cannot be read."""
    try:
        content = decrypt(key, path.read_bytes(), path.name.encode())
    except OSError:
        return {}
    values: dict[str, Any] = json.loads(content) if content else {}
    return values


def _own_key(folder: Path, wrapping: bytes) -> bytes:
    make_folder(folder)
    path = folder / KEY
    if path.exists():
        key = decrypt(wrapping, path.read_bytes(), FOLDER.encode())
        if key is not None:
            _sweep(folder)
            return key
        folder.rename(folder.with_name(f"{FOLDER}-{secrets.token_hex(4)}"))
        make_folder(folder)
    key = secrets.token_bytes(32)
    write_atomically(path, encrypt(wrapping, key, FOLDER.encode()))
    return key


def _sweep(folder: Path) -> None:
    """Take away the half-written copies a killed program left."""
    for part in folder.glob(".*.part"):
        with suppress(OSError):
            part.unlink()
