"""Printing many letters in one go: in which order, what each cover slip says, and where printing goes on.

Must not know records, printers or the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from desktop.rules.letters import Fold, Letterhead, Window
from desktop.rules.names import fold

_FIGURES = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Printable:
    """A letter that can be printed, with what decides its place in the pile."""

    letter_id: int
    practice_id: int
    practice: str
    number: str  # of the voucher
    moment: str  # what it is about: two letters about one voucher differ in this


@dataclass(frozen=True)
class Place:
    """A letter in a batch: its position never changes, whatever is printed again."""

    position: int
    letter: Printable
    confirmed: bool = False
    gone: bool = False  # withdrawn, or sent in another way meanwhile


@dataclass(frozen=True)
class Parcel:
    """What goes to one practice; with its cover slip as long as nothing of it is known to be good."""

    letters: tuple[Place, ...]
    with_slip: bool = True

    @property
    def practice_id(self) -> int:
        return self.letters[0].letter.practice_id

    @property
    def practice(self) -> str:
        return self.letters[0].letter.practice


@dataclass(frozen=True)
class CoverSlip:
    """The sheet on top of the letters of one practice: no names, only the numbers of the vouchers."""

    letterhead: Letterhead
    address: tuple[str, ...]
    practice: str
    day: str
    numbers: tuple[str, ...]
    place: int  # which practice of so many
    places: int
    mark: str  # of the batch, to find back what belongs together
    window: Window = "right"
    shift_x: float = 0.0
    shift_y: float = 0.0
    fold: Fold = "DL"
    back_to: tuple[str, ...] = ()  # the sender for above the address, said shorter and shorter


@dataclass(frozen=True)
class AddressCheck:
    """The address of one recipient, now and on paper."""

    recipient: str
    now: tuple[str, ...]
    before: tuple[str, ...]
    letter_ids: tuple[int, ...]


def in_order(letters: Iterable[Printable]) -> list[Printable]:
    """Per practice by name, within it in the order of the vouchers: 2 comes before 10."""
    return sorted(
        letters,
        key=lambda each: (fold(each.practice), each.practice_id, _as_counted(each.number), each.letter_id),
    )


def positions(letters: Iterable[Printable]) -> list[tuple[int, Printable]]:
    """Each letter with its position in the batch, from 1."""
    return list(enumerate(in_order(letters), start=1))


def still_to_print(places: Sequence[Place]) -> list[Place]:
    """What nobody confirmed yet and may still go, in the order of the batch."""
    waiting = (each for each in places if not each.confirmed and not each.gone)
    return sorted(waiting, key=lambda each: each.position)


def parcels(places: Sequence[Place]) -> list[Parcel]:
    """What is printed now, practice by practice; a slip comes along unless a letter under it was good already."""
    started = {each.letter.practice_id for each in places if each.confirmed}
    together = groupby(still_to_print(places), key=lambda each: each.letter.practice_id)
    return [Parcel(tuple(letters), practice_id not in started) for practice_id, letters in together]


def up_to(places: Sequence[Place], position: int) -> list[Place]:
    """The letters that staff say are good when they name the last good one."""
    return [each for each in still_to_print(places) if each.position <= position]


def moved(now: Mapping[int, tuple[str, ...]], before: Mapping[int, tuple[str, ...]]) -> list[int]:
    """The letters whose address now is another than the one before; nothing before is no change."""
    return [letter for letter, lines in now.items() if before.get(letter) and _tidy(before[letter]) != _tidy(lines)]


def _tidy(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(line.split()).casefold() for line in lines)


def _as_counted(number: str) -> tuple[tuple[int, int, str], ...]:
    """2026-9 before 2026-10, and letters by the alphabet."""
    parts = filter(None, _FIGURES.split(fold(number)))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
