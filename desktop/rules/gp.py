"""Whose doctor: which practice hears of a worry, and the numbers to reach it by. Must not know tables or screens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.language import N_, _
from desktop.rules.cases import Case
from desktop.rules.codes import CONTACT_ROLES, word
from desktop.rules.phones import show_phone

GP_KINDS = frozenset({"gp", "health_centre"})
ANSWERING = ("assistant", "gp", "poh_ggz", "poh_s")
"""Who of a practice may be phoned about a patient, in the order in which one tries."""
DANGER = ("112", N_("in immediate danger"))
HELP_LINES = {
    "suicide": (DANGER, ("0800-0113", N_("113 suicide prevention, free, day and night"))),
    "violence": (DANGER, ("0800-2000", N_("Veilig Thuis, free, day and night; advice also without a name"))),
    "neglect": (DANGER, ("0800-2000", N_("Veilig Thuis, free, day and night; advice also without a name"))),
}
"""Per kind of worry the numbers that always answer."""


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
    """The person's own GP practice, else the referring practice where that is one.

    `practices` has both, and those they were merged into; of the referring one the case itself knows the number.
    """
    practices = {**_referring(case), **practices}
    own = _standing(case.person.own_practice_id, practices)
    if own is not None and is_gp(own.kind):
        return Gp(own, "own")
    referring = _standing(case.practice.id if case.practice is not None else None, practices)
    if referring is not None and is_gp(referring.kind):
        return Gp(referring, "referrer")
    return Gp()


def lines_of(gp: Gp) -> tuple[Line, ...]:
    """The numbers to try, the practice's own first."""
    return gp.surgery.lines if gp.surgery is not None else ()


def line_words(line: Line) -> str:
    """ "Praktijkassistent I. Smit 040 211 1112"; of the practice itself only the number."""
    return " ".join(part for part in (word(CONTACT_ROLES, line.role), line.name, show_phone(line.phone)) if part)


def what_to_do(gp: Gp) -> str:
    """What stands where a number should: nobody is told to phone without one. Empty when it is plain."""
    out_of_hours = _("In the evening and at the weekend: the out-of-hours GP.")
    if gp.surgery is None:
        return _("Ask this person who the GP is.") + " " + out_of_hours
    if not gp.surgery.lines:
        return _("No number of {practice} is known. Look it up.").format(practice=gp.surgery.name) + " " + out_of_hours
    if gp.left:
        return _("{practice} is no longer in use here. Ask whether this is still the GP.").format(
            practice=gp.surgery.name
        )
    return ""


def help_lines(kind: str) -> tuple[tuple[str, str], ...]:
    """(number, words) of who always answers; as long as nobody said what it is about, all of them."""
    lines = HELP_LINES.get(kind) or (*HELP_LINES["suicide"], HELP_LINES["violence"][1])
    return tuple((number, _(words)) for number, words in lines)


def _referring(case: Case) -> dict[int, Surgery]:
    known = case.practice
    if known is None:
        return {}
    lines = (Line(known.phone),) if known.phone else ()
    return {known.id: Surgery(known.id, known.name, known.kind, known.active, lines=lines)}


def _standing(practice_id: int | None, practices: Mapping[int, Surgery]) -> Surgery | None:
    """The practice itself, or the one it was merged into."""
    found = practices.get(practice_id) if practice_id is not None else None
    seen: set[int] = set()
    while found is not None and found.merged_into_id is not None and found.id not in seen:
        seen.add(found.id)
        found = practices.get(found.merged_into_id)
    return found
