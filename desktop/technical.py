"""The technical log of this computer: that the program started, stopped, was busy or stumbled, for whoever helps.

Must not hold anything about a person: events come from a fixed list and carry numbers only, and a crash says where
in our own code it was and never with which data.
"""

import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from desktop import clock

FOLDER, NAME = "log", "technical.log"
LARGEST, KEPT = 256 * 1024, 5
EVENTS = frozenset({"started", "ended", "work began", "work ended", "trouble told", "crashed"})


class TechnicalLog:
    """A small text file; full, it is put aside under the next number and the oldest goes."""

    def __init__(self, data_folder: Path, largest: int = LARGEST, kept: int = KEPT) -> None:
        self._path = data_folder / FOLDER / NAME
        self._largest, self._kept = largest, kept
        self._one_at_a_time = threading.Lock()

    def note(self, event: str, **numbers: float) -> None:
        """One line: when, what, and numbers; words of anybody have no place here."""
        if event not in EVENTS or not all(isinstance(number, int | float) for number in numbers.values()):
            raise ValueError("the technical log takes its own events and numbers only")
        self._write(" ".join((event, *(f"{name}={number:g}" for name, number in numbers.items()))))

    def note_crash(self, report: str) -> None:
        """The report of a crash, which says which kind of error and where, never with which data."""
        self._write("\n  ".join(("crashed", *report.splitlines())))

    def _write(self, line: str) -> None:
        """A disk that is full or gone must not stop the work: then there is one line less."""
        with self._one_at_a_time, suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._make_room()
            with self._path.open("a", encoding="utf-8") as file:
                file.write(f"{clock.now().isoformat(timespec='seconds')} {line}\n")

    def _make_room(self) -> None:
        if not self._path.exists() or self._path.stat().st_size < self._largest:
            return
        self._numbered(self._kept).unlink(missing_ok=True)
        for number in range(self._kept - 1, 0, -1):
            if self._numbered(number).exists():
                self._numbered(number).rename(self._numbered(number + 1))
        self._path.rename(self._numbered(1))

    def _numbered(self, number: int) -> Path:
        return self._path.with_name(f"technical.{number}.log")


def version_numbers(version: str) -> Mapping[str, float]:
    """ "1.2.3" as numbers, for the line of a start."""
    return {
        name: float(part) for name, part in zip(("major", "minor", "patch"), version.split("."), strict=False)
        if part.isdigit()
    }  # fmt: skip
