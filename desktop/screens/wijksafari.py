"""The wijksafari card: for which practice, neighbourhood or reason, and with which activities. Knows no layout."""

from typing import Any, cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import wijksafari as actions
from desktop.actions.wijksafari import Around, Kind
from desktop.errors import Refused
from desktop.language import N_, _, ngettext
from desktop.rules.wijksafari import HERE, SAME_POSTCODE, SAME_TOWN, Near, Offer, Order, distance
from desktop.screens.office import Office, PageMaker
from desktop.screens.papers import PaperPlace
from desktop.storage.activities import list_neighbourhoods
from desktop.storage.practices import list_choices
from desktop.storage.wijksafari import list_reasons
from desktop.widgets import parts, theme
from desktop.widgets.fields import Choice, Item, Switch
from desktop.widgets.group import LARGE_TYPE, FieldGroup
from desktop.widgets.pages import Page
from desktop.widgets.ticks import Tick, TickGroup, Ticks

FILE = "wijksafari.pdf"
KINDS = ("practice", "neighbourhood", "reason")
NEAR = {HERE: N_("In the neighbourhood"), SAME_POSTCODE: N_("Same postcode"), SAME_TOWN: N_("Same town")}
MOST_NAMED = 3  # of what has no room
LOWEST = 220  # pixels of the list that are always seen


class Wijksafari(Page):
    """Choices and ticks on the left, the card as it will be printed on the right."""

    place = "practices"

    def __init__(
        self,
        office: Office,
        practice_id: int | None = None,
        neighbourhood_id: int | None = None,
        reason_id: int | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._office, self.title = office, _("Wijksafari")
        self._around: Around | None = None
        self._asked: tuple[object, ...] = ()
        self._on_card: frozenset[int] = frozenset()
        given = {"practice": practice_id, "neighbourhood": neighbourhood_id, "reason": reason_id}
        self._group = FieldGroup(self._fields(), columns=1)
        kind = next((kind for kind in KINDS if given[kind] is not None), "practice")
        self._group.set_values({"kind": kind, "order": "theme", **given})
        self._group.edited.connect(self._choose)
        self.ticks = Ticks(_("Activities on the card"))
        self.ticks.setMinimumHeight(theme.px(LOWEST))
        self.ticks.changed.connect(self._ticked)
        self._words = parts.label("", "muted")
        self.complaint = parts.label("", "complaint")
        self.paper = PaperPlace()
        self._build()
        self._choose()

    def first_focus(self) -> QWidget | None:
        large = theme.percent() >= LARGE_TYPE  # there the list is far below: the keyboard starts where one can see it
        return self.ticks if self.ticks.keys() and not large else self._group.editor("kind").focus_widget()

    def _fields(self) -> list[Item]:
        look = self._office.desk.look
        kinds = [("practice", _("Practice")), ("neighbourhood", _("Neighbourhood")), ("reason", _("Reason"))]
        orders = [("theme", _("By theme")), ("day", _("By day of the week"))]
        return [
            Switch("kind", _("Card for a"), kinds),
            Choice("practice", _("Practice"), lambda: look(list_choices) or []),
            Choice(
                "neighbourhood",
                _("Neighbourhood"),
                lambda: [(row.id, row.name) for row in look(list_neighbourhoods) or []],
            ),
            Choice(
                "reason",
                _("Reason"),
                lambda: look(list_reasons) or [],
                help=_("The reason does not stand on the card."),
            ),
            Switch("order", _("Order"), orders),
        ]

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        theme.space(layout, 10, (24, 16, 24, 12))
        self._hint = parts.label(_("Space ticks or unticks; on a heading it does the whole group."), "help")
        left = parts.column(self._group, self._words, self.complaint, self.ticks, self._hint, None)
        cast(QVBoxLayout, left.layout()).setStretchFactor(self.ticks, 9)
        parts.fill(layout, parts.title(self.title), parts.Beside(left, self.paper, (2, 3)))
        layout.setStretch(1, 1)

    def _choose(self) -> None:
        """Another centre brings other activities; another order only places the same ones elsewhere."""
        kind, order = self._value("kind"), self._value("order")
        for each in KINDS:
            self._group.show_field(each, each == kind)
        record = self._value(kind) if kind else None
        if (kind, record) != self._asked:
            self._asked = (kind, record)
            self._around = None
            if kind and record is not None:
                self._around = self._office.desk.look(actions.around, cast(Kind, kind), record)
            self._fill(order or "theme")
        self._show()

    def _fill(self, order: Order) -> None:
        near = self._around
        fitting = self._office.desk.look(actions.fitting, near, order) if near is not None else None
        self.ticks.set_groups(_groups(near, fitting or frozenset()) if near is not None else [])

    def _ticked(self) -> None:
        """Only when the ticks are others than those of the card that is shown."""
        if frozenset(self.ticks.ticked()) != self._on_card:
            self._show()

    def _show(self) -> None:
        """The card with what is ticked; what has no room is said, and then there is nothing to print."""
        near, ids, order = self._around, frozenset(self.ticks.ticked()), self._value("order") or "theme"
        self._on_card = ids
        for each in (self.ticks, self._hint):
            each.setVisible(bool(near and near.offers))
        self._say(near, ids)
        self.complaint.hide()
        if near is None:
            self.paper.say(_("Choose for whom the card is."))
            return
        if not ids:
            self.paper.say(_("Nothing is ticked.") if near.offers else _nothing_near(near))
            return
        beyond = self._office.desk.look(actions.without_room, near, ids, order) or ()
        if beyond:
            self._complain(beyond)
            return
        pdf = self._office.desk.look(actions.safari_card, near, ids, order)
        if pdf is not None:
            self.paper.show_paper(pdf, FILE)
        else:
            self.paper.say(_("This page could not be made. Why stands in the message line."))

    def _say(self, near: Around | None, ids: frozenset[int]) -> None:
        count = len(near.offers) if near is not None else 0
        said = ngettext("{n} of {count} activity on the card", "{n} of {count} activities on the card", count)
        self._words.setText(said.format(n=len(ids), count=count))
        self._words.setVisible(bool(count))

    def _complain(self, beyond: tuple[str, ...]) -> None:
        names = ", ".join(beyond[:MOST_NAMED])
        if len(beyond) > MOST_NAMED:
            names = _("{names} and {n} more").format(names=names, n=len(beyond) - MOST_NAMED)
        self.complaint.setText(_("Untick something; no room for: {names}").format(names=names))
        self.complaint.show()
        self.paper.say(_("Too much for one page."))

    def _value(self, name: str) -> Any:
        try:
            return self._group.editor(name).value()
        except Refused:
            return None


def _nothing_near(near: Around) -> str:
    if near.centre.near == Near():
        return _("No address and no neighbourhood is known here, so nothing can be looked for nearby.")
    return _("Nothing on offer is near enough.") if near.centre.near is not None else _("Nothing on offer fits this.")


def _groups(near: Around, ticked: frozenset[int]) -> list[TickGroup]:
    """By how near they are; for a reason all of them together."""
    found: dict[str, list[Tick]] = {}
    for offer in near.offers:
        far = distance(near.centre.near, offer.place) if near.centre.near is not None else None
        heading = _(NEAR[far]) if far is not None else _("Fits the reason")
        found.setdefault(heading, []).append(_tick(offer, offer.id in ticked))
    return [TickGroup(heading, tuple(ticks)) for heading, ticks in found.items()]


def _tick(offer: Offer, ticked: bool) -> Tick:
    """Title and when, with the note that it is full."""
    said = " · ".join(part for part in (offer.title, ", ".join(offer.when)) if part)
    return Tick(offer.id, said, _("full") if offer.full else "", ticked)


PAGES: dict[str, PageMaker] = {"wijksafari": Wijksafari}
