"""A whole office on disk for the survival tests: keys, manifest, data, one coordinator; and ways to hurt it."""

import hashlib
import random
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from desktop import clock
from desktop.actions import entrance
from desktop.actions.entrance import NewOffice
from desktop.rules.organisation import OrganisationDraft
from desktop.rules.staff import Member
from desktop.storage import keys
from desktop.storage.database import connect_raw
from desktop.storage.keys import Opened
from desktop.storage.office import Session
from desktop.storage.passwords import Cost
from desktop.storage.staff import member_with_uid

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
NAME, PASSWORD = "fatma", "fietsen langs de vaart"


@dataclass(frozen=True)
class Made:
    """An office that was set up and closed again."""

    opened: Opened
    groups: tuple[str, ...]
    member: Member


def made_office(folder: Path, purpose: str = "office") -> Made:
    """The shortest way to an office with real keys; one guess at the password costs nothing here."""
    new = NewOffice(
        organisation=OrganisationDraft(name="Welzijn Dorpstad"), name="F. Yıldız", sign_in_name=NAME, password=PASSWORD
    )
    _opened, groups = entrance.set_up(folder, purpose, new, CHEAP)
    opened = keys.sign_in(folder, NAME, PASSWORD)
    session = Session.open(opened, folder / "backups", clock.now())
    member = member_with_uid(opened.member_uid)
    session.close()
    return Made(opened, groups, member)


def flip(path: Path, chance: random.Random, first: int = 0) -> tuple[int, int]:
    """Turn over one bit of a file, somewhere from this byte on; where it was."""
    place = chance.randrange(first, path.stat().st_size)
    bit = 1 << chance.randrange(8)
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ bit]))
    return place, bit


def flip_back(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ bit]))


def digest_of_tables(path: Path, key: bytes) -> dict[str, str]:
    """Every row of every table, also of those that serve the search, as one digest a table."""
    with closing(connect_raw(path, key)) as connection:
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        return {
            name: hashlib.sha256(
                repr(sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))).encode()  # noqa: S608
            ).hexdigest()
            for (name,) in connection.execute(listed).fetchall()
        }
