"""An open worry stands above every page of that person, whatever the page is. Must not know any of those pages."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.language import _
from desktop.rules.codes import WORRY_KINDS, word
from desktop.rules.staff import OFFICE
from desktop.rules.tasks import show_short, who
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
    """A quiet strip for each open worry, with what not to do and the way to it; nothing when there is none."""

    def __init__(self, office: Office, people: Sequence[int], here: int | None = None) -> None:
        super().__init__()
        self._office, self._people, self._here = office, people, here
        self._layout = QVBoxLayout(self)
        self.refresh()

    def refresh(self) -> None:
        while self._layout.count():
            item = self._layout.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        found = [each for each in self._office.desk.look(open_worries, self._people) or [] if each.id != self._here]
        theme.space(self._layout, 6, (24, 10, 24, 0) if found else (0, 0, 0, 0))
        for each in found:
            self._layout.addWidget(self._strip(each))
        if self.parentWidget() is not None or not found:  # shown before it stands in a page it would be a window
            self.setVisible(bool(found))

    def text(self) -> str:
        """What is said, one worry a line."""
        found = self._office.desk.look(open_worries, self._people) or []
        return "\n".join(self._words(each) for each in found if each.id != self._here)

    def _strip(self, each: OpenWorry) -> QWidget:
        strip = QFrame()
        strip.setProperty("role", "strip")
        strip.setProperty("tone", "late")
        strip.setAccessibleName(self._words(each))
        layout = QVBoxLayout(strip)
        theme.space(layout, 0, (12, 6, 12, 6))
        deeds = [self._open(each)] if each.kind else []
        layout.addWidget(parts.Beside(parts.label(self._words(each)), parts.row(*deeds, None), (1, 0), 700))
        return strip

    def _words(self, each: OpenWorry) -> str:
        about = _("Open worry about {who}").format(who=who(each.name))
        mind = _(HOW_TO_APPROACH) if each.unsafe_at_home else ""
        if not each.kind:
            coach = each.coach or _("the coordinator")
            said = f"{about}. " + _("Speak to {coach} before you call or write.").format(coach=coach)
            return f"{said} {mind}".strip()
        called = _("the GP was phoned") if each.called else _("the GP was not phoned yet")
        since = _("since {day}").format(day=show_short(each.noticed_on))
        return f"{about}: {word(WORRY_KINDS, each.kind).lower()}, {since}, {called}. {mind}".strip()

    def _open(self, each: OpenWorry) -> QWidget:
        return parts.button(_("Open the worry"), "link", "warning",
                            partial(self._office.open, "worry", worry_id=each.id))  # fmt: skip
