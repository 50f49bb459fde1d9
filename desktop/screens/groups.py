"""A leader's own groups and who comes to them. Must not know anything else about those people."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from desktop.language import _, ngettext
from desktop.rules.tasks import show_short
from desktop.screens.office import Office, PageMaker
from desktop.storage.groups import Participant, find_own_group, list_own_groups, list_own_participants
from desktop.widgets import parts, theme
from desktop.widgets.pages import Page
from desktop.widgets.rows import Row, Rows


class Groups(Page):
    """The groups of whoever signed in."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self.place, self.title = office, "groups", _("My groups")
        self.setObjectName("page")
        self.rows = Rows(self.title, grow=True)
        self.rows.chosen.connect(self._open)
        self.rows.acted.connect(self._open)
        self._empty = parts.label(_("No group stands in your name yet. Ask the coordinator."), "muted")
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        parts.fill(layout, parts.title(self.title), self._empty, self.rows, None)
        self.refresh()

    def refresh(self) -> None:
        groups = self._office.desk.look(list_own_groups) or []
        self.rows.set_rows([
            Row(group.id, "users-three", group.title, action=_("Open"),
                subtitle=ngettext("{n} participant", "{n} participants", group.people).format(n=group.people))
            for group in groups
        ])  # fmt: skip
        self.rows.setVisible(bool(groups))
        self._empty.setVisible(not groups)

    def _open(self, activity_id: int) -> None:
        self._office.open("group", activity_id=activity_id)


class GroupPage(Page):
    """Who comes: first names and an initial."""

    def __init__(self, office: Office, activity_id: int) -> None:
        super().__init__()
        self._office, self._id, self.place = office, activity_id, "groups"
        self.setObjectName("page")
        group = office.desk.look(find_own_group, activity_id)
        self.title = group.title if group is not None else _("My groups")
        about = parts.button(_("About this activity"), icon="info",
                             on=partial(office.open, "activity", activity_id=activity_id))  # fmt: skip
        self.rows = Rows(_("Who comes"), grow=True)
        self._empty = parts.label(_("Nobody is signed up for this group yet."), "muted")
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        parts.fill(layout, parts.header(self.title, *([about] if group is not None else [])), self._empty,
                   self.rows, None)  # fmt: skip
        self.refresh()

    def refresh(self) -> None:
        people = self._office.desk.look(list_own_participants, self._id) or []
        named = [each for each in people if each.name]
        rows = [Row(number, "user", each.name, pill=_away(each)) for number, each in enumerate(named)]
        if hidden := len(people) - len(named):
            words = ngettext("{n} place taken", "{n} places taken", hidden).format(n=hidden)
            why = _("No name: it was not agreed that the activity may know who comes.")
            rows.append(Row(len(named), "users", words, subtitle=why))
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(people))
        self._empty.setVisible(not people)


def _away(each: Participant) -> str:
    return _("away until {day}").format(day=show_short(each.away_until)) if each.away_until else ""


PAGES: dict[str, PageMaker] = {"groups": Groups, "group": GroupPage}
