"""What every screen is given, and how one screen opens another without knowing it. Must not know any screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from desktop import clock
from desktop.screens.copies import Copies
from desktop.screens.who import may_open
from desktop.settings import Settings
from desktop.storage.office import Session
from desktop.widgets.desk import Desk
from desktop.widgets.keeping import Keeper
from desktop.widgets.pages import Page


class Opener(Protocol):
    """Opens a page by the name it has in a screen's PAGES, e.g. `open_page("person", person_id=3)`."""

    def __call__(self, name: str, /, **arguments: Any) -> Page: ...


@dataclass(frozen=True)
class LeftUnfinished:
    """A form somebody left: which page it is, since when, and a word of what stands in it."""

    kept_key: str
    title: str
    hint: str
    at: datetime
    page: str
    arguments: Mapping[str, Any]


def _none_left() -> list[LeftUnfinished]:
    return []


def _no_resuming(left: LeftUnfinished) -> None:
    """An office without a window resumes nothing."""


def _nobody_leaves(staff_id: int) -> None:
    """An office without a window lets nobody go."""


@dataclass
class Office:
    """The desk where deeds are done, the way to other pages, this computer's settings, unfinished forms.

    `back_up(done, folder="")` makes a verified backup in the background, `session()` is the open data.
    `left_unfinished()` lists the forms this member of staff left, `resume(left)` goes on with one,
    `throw_away(left)` forgets it. `copies` makes backups and knows how old they are, `restore(path)` brings one back.
    """

    desk: Desk
    settings: Settings
    open: Opener
    keep: Keeper | None = None
    folder: Path = Path()
    session: Callable[[], Session] | None = None
    back_up: Callable[..., None] | None = None
    left_unfinished: Callable[[], list[LeftUnfinished]] = _none_left
    resume: Callable[[LeftUnfinished], object] = _no_resuming
    throw_away: Callable[[LeftUnfinished], object] = _no_resuming
    let_go: Callable[[int], object] = _nobody_leaves
    copies: Copies | None = None
    restore: Callable[[Path | None], object] | None = None

    @property
    def today(self) -> date:
        return clock.today()

    def may_open(self, page: str) -> bool:
        """Whether a page is for whoever is in: what is not is not offered either."""
        return may_open(self.desk.by, page)


PageMaker = Callable[..., Page]
"""Makes a page: called with the Office and the keyword arguments of `open`."""
