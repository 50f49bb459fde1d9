"""How many places an activity has left, who is next in line for one, and what is asked before it is overfilled.

Pure: must not know tables, the clock or who may give a place away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.language import _, ngettext
from desktop.rules.activities import places_left


@dataclass(frozen=True)
class Places:
    """How full an activity is; a person counts once, however many vouchers."""

    capacity: int | None = None
    status: str = "active"
    taken: int = 0
    offered: int = 0  # of those taken: kept for who was not told or did not answer yet
    waiting: int = 0

    @property
    def left(self) -> int | None:
        """How many can still join; None when there is no limit."""
        return 0 if self.status == "full" else places_left(self.capacity, self.taken)

    @property
    def to_offer(self) -> int:
        """How many of those who wait can be offered a place; where nobody counts, one at a time."""
        if self.status != "active":
            return 0
        return (0 if self.offered else 1) if self.capacity is None else max(0, self.capacity - self.taken)


@dataclass(frozen=True)
class Waiting:
    """Somebody on the waiting list of an activity, as it stands."""

    enrolment_id: int
    activity_id: int
    since: date
    position: int = 1
    has_place: bool = False  # next in line, and a place is free


def in_line(waiting: Sequence[Waiting], places: Places) -> list[Waiting]:
    """Those who wait for one activity, already in order: their position, and for whom a place is free."""
    free = places.to_offer
    return [
        Waiting(each.enrolment_id, each.activity_id, each.since, position, position <= free)
        for position, each in enumerate(waiting, 1)
    ]


def no_place_doubt(title: str, places: Places) -> str:
    """What is asked before somebody takes a place that is not there, or that others wait for; empty when it is free."""
    if places.left == 0:
        return full_sentence(title, places.waiting)
    if places.left is not None and places.left <= places.waiting:
        return ngettext(
            "{n} person waits for {activity} already. Sign up all the same?",
            "{n} people wait for {activity} already. Sign up all the same?",
            places.waiting,
        ).format(activity=title, n=places.waiting)
    return ""


def full_sentence(title: str, waiting: int) -> str:
    """What is said when someone is signed up where no place is left."""
    if waiting:
        return _("{activity} is full, {n} waiting. Sign up all the same?").format(activity=title, n=waiting)
    return _("{activity} is full. Sign up all the same?").format(activity=title)


def lowered_doubt(capacity: int | None, taken: int) -> str:
    """What is asked before an activity gets fewer places than it has people."""
    if capacity is None or taken <= capacity:
        return ""
    return ngettext(
        "{n} person holds a place already. Nobody loses a place by this. Is that right?",
        "{n} people hold a place already. Nobody loses a place by this. Is that right?",
        taken,
    ).format(n=taken)
