"""What every screen is given, and how one screen opens another without knowing it. Must not know any screen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from desktop import clock
from desktop.settings import Settings
from desktop.storage.office import Session
from desktop.widgets.desk import Desk
from desktop.widgets.keeping import Keeper
from desktop.widgets.pages import Page


class Opener(Protocol):
    """Opens a page by the name it has in a screen's PAGES, e.g. `open_page("person", person_id=3)`."""

    def __call__(self, name: str, /, **arguments: Any) -> Page: ...


@dataclass
class Office:
    """The desk where deeds are done, the way to other pages, this computer's settings, unfinished forms.

    `back_up(done, folder="")` makes a verified backup in the background, `session()` is the open data.
    """

    desk: Desk
    settings: Settings
    open: Opener
    keep: Keeper | None = None
    folder: Path = Path()
    session: Callable[[], Session] | None = None
    back_up: Callable[..., None] | None = None

    @property
    def today(self) -> date:
        return clock.today()


PageMaker = Callable[..., Page]
"""Makes a page: called with the Office and the keyword arguments of `open`."""
