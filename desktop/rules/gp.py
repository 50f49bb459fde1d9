"""Whose doctor: which practice hears of a worry, and the numbers to reach it by. Must not know tables or screens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.rules.cases import Case

GP_KINDS = frozenset({"gp", "health_centre"})


def is_gp(kind: str) -> bool:
    """Whether a GP works there."""
    return kind in GP_KINDS


@dataclass(frozen=True)
class Line:
    """A number of a practice, and who answers it."""

    phone: str  # E.164
    name: str = ""  # nobody by name: the practice itself
    role: str = ""  # a code of codes.CONTACT_ROLES


@dataclass(frozen=True)
class Surgery:
    """A practice as far as somebody has to reach it."""

    id: int
    name: str
    kind: str = "gp"
    active: bool = True
    merged_into_id: int | None = None
    lines: tuple[Line, ...] = ()  # the practice's own number first, then those of who works there

    @property
    def phone(self) -> str:
        return self.lines[0].phone if self.lines else ""


@dataclass(frozen=True)
class Gp:
    """The practice that hears of it, and how we know; without one somebody has to ask."""

    surgery: Surgery | None = None
    known_by: Literal["own", "referrer", ""] = ""

    @property
    def left(self) -> bool:
        """Known, but it refers no more: is this still the doctor?"""
        return self.surgery is not None and not self.surgery.active


def gp_of(case: Case, practices: Mapping[int, Surgery]) -> Gp:
    """The person's own GP practice, else the referring practice where that is one; `practices` has both, and
    those they were merged into."""
    own = _standing(case.person.own_practice_id, practices)
    if own is not None and is_gp(own.kind):
        return Gp(own, "own")
    referring = _standing(case.practice.id if case.practice is not None else None, practices)
    if referring is not None and is_gp(referring.kind):
        return Gp(referring, "referrer")
    return Gp()


def _standing(practice_id: int | None, practices: Mapping[int, Surgery]) -> Surgery | None:
    """The practice itself, or the one it was merged into."""
    found = practices.get(practice_id) if practice_id is not None else None
    seen: set[int] = set()
    while found is not None and found.merged_into_id is not None and found.id not in seen:
        seen.add(found.id)
        found = practices.get(found.merged_into_id)
    return found
