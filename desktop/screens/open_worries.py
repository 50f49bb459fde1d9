"""An open worry stands above every page of that person, whatever the page is. Must not know any of those pages."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.language import _
from desktop.rules.codes import WORRY_KINDS, word
from desktop.rules.staff import OFFICE
from desktop.rules.tasks import who
from desktop.rules.worries import HOW_TO_APPROACH
from desktop.screens.office import Office
from desktop.storage.worries import OpenWorry, open_worries, whose_page
from desktop.widgets import parts, theme
from desktop.widgets.pages import Page


def watch(office: Office, page: Page, arguments: Mapping[str, Any]) -> Page:
    """Every page goes through here before it is shown: what is open about its person stands above it."""
    by = office.desk.by
    if arguments and page.over is None and by is not None and by.may(OFFICE):
        people = office.desk.look(whose_page, arguments) or ()
        if people:
            page.over = OpenWorries(office, people, arguments.get("worry_id"))
    return page


class OpenWorries(Page):
    """One quiet strip a person, with what not to do and the way to the worry; nothing when there is none."""

    def __init__(self, office: Office, people: Sequence[int], here: int | None = None) -> None:
        super().__init__()
        self._office, self._people, self._here = office, people, here
        self._layout = QVBoxLayout(self)
        self.refresh()

    def refresh(self) -> None:
        parts.empty(self._layout)
        found = self._found()
        theme.space(self._layout, 6, (24, 10, 24, 6) if found else (0, 0, 0, 0))
        for each in found:
            self._layout.addWidget(self._strip(each))
        if self.parentWidget() is not None or not found:  # shown before it stands in a page it would be a window
            self.setVisible(bool(found))

    def text(self) -> str:
        """What is said, one person a line."""
        return "\n".join(_words(each) for each in self._found())

    def _found(self) -> list[list[OpenWorry]]:
        """What is open, by person; not the one whose page this is."""
        found: dict[int, list[OpenWorry]] = {}
        for each in self._office.desk.look(open_worries, self._people) or []:
            if each.id != self._here:
                found.setdefault(each.person_id, []).append(each)
        return list(found.values())

    def _strip(self, worries: list[OpenWorry]) -> QWidget:
        strip = QFrame()
        strip.setProperty("role", "strip")
        strip.setProperty("tone", "late")
        strip.setAccessibleName(_words(worries))
        layout = QVBoxLayout(strip)
        theme.space(layout, 0, (12, 4, 12, 4))
        way = [self._way(worries)] if self._office.may_open("meldcode") else []
        layout.addWidget(parts.Beside(parts.label(_words(worries)), parts.row(*way, None), (1, 0), 400))
        return strip

    def _way(self, worries: list[OpenWorry]) -> QWidget:
        """To the one of which the GP was not told yet."""
        first = min(worries, key=lambda each: (each.called, each.noticed_on, each.id))
        return parts.button(
            _("Open the worry"), "link", "warning", partial(self._office.open, "worry", worry_id=first.id)
        )


def _words(worries: Sequence[OpenWorry]) -> str:
    """What there is about one person, as far as whoever looks may know it, and what not to do."""
    about = _("Open worry about {who}").format(who=who(worries[0].name))
    mind = _(HOW_TO_APPROACH) if any(each.unsafe_at_home for each in worries) else ""
    kinds = list(dict.fromkeys(word(WORRY_KINDS, each.kind).lower() for each in worries if each.kind))
    if not kinds:
        coach = worries[0].coach or _("the coordinator")
        said = f"{about}. " + _("Speak to {coach} before you call or write.").format(coach=coach)
        return f"{said} {mind}".strip()
    called = _("the GP was phoned") if all(each.called for each in worries) else _("the GP was not phoned yet")
    return f"{about}: {', '.join(kinds)}; {called}. {mind}".strip()
