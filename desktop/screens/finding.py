"""Finding an activity for one person: best first with the why, places left, what is full below. Knows no rules."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.actions.finding import note_gap
from desktop.language import _, current, ngettext
from desktop.rules.dates import DAYS, ENGLISH_DAYS
from desktop.rules.matching import Match, Wish, best_first
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, about
from desktop.storage.deeds import find_case
from desktop.storage.matching import list_offers, wish_for
from desktop.storage.models import Voucher
from desktop.storage.vouchers import list_reasons_of
from desktop.widgets import parts, theme
from desktop.widgets.flow import Flow
from desktop.widgets.form import Form
from desktop.widgets.pages import Page
from desktop.widgets.rows import Row, Rows

PRICES = (0, 250, 500, 1000)  # cents


class FindActivity(Page):
    """The catalogue in the order of this person; Enter signs up, Shift+Enter opens the activity."""

    place = "tasks"

    def __init__(self, office: Office, voucher: Voucher) -> None:
        super().__init__()
        self.title = about(_("Find an activity"), voucher.person)
        self._office, self._voucher = office, voucher
        self._wish: Wish = office.desk.look(wish_for, voucher.id, office.today) or Wish()
        self._matches: dict[int, Match] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Filter by word"))
        self.search.setAccessibleName(_("Filter by word"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self.refresh())
        self.days = [self._day_chip(number) for number in range(7)]
        self.price = self._price_box()
        self.wheelchair = QCheckBox(_("Wheelchair"))
        self.wheelchair.setAccessibleName(_("Wheelchair"))
        self.wheelchair.toggled.connect(lambda _on: self.refresh())
        self.rows = Rows(_("Activities, best first"), grow=True)
        self.rows.acted.connect(self._sign_up)
        self.rows.chosen.connect(lambda key: office.open("activity", activity_id=key))
        self._count = parts.label("", "muted")
        self._nothing = parts.label(_("Nothing in the catalogue fits these words."), "muted")
        self._build()
        self.refresh()

    def refresh(self) -> None:
        days = frozenset(number for number, chip in enumerate(self.days) if chip.isChecked())
        wish = replace(
            self._wish, days=days, most_cents=self.price.currentData(), wheelchair=self.wheelchair.isChecked()
        )
        offers = self._office.desk.look(list_offers) or []
        found = best_first(wish, offers, self.search.text())
        self._matches = {match.offer.id: match for match in found}
        self.rows.set_rows([_row(match) for match in found])
        self.rows.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._count.setText(ngettext("{n} activity", "{n} activities", len(found)).format(n=len(found)))

    def first_focus(self) -> QWidget | None:
        return self.rows if self._matches else self.search

    def _sign_up(self, activity_id: int) -> None:
        full = self._matches[activity_id].full
        self._leave_with(self._office.open("enrol", voucher_id=self._voucher.id, activity_id=activity_id, waiting=full))

    def _sign_up_outside(self) -> None:
        self._leave_with(self._office.open("enrol", voucher_id=self._voucher.id, destination="buddy"))

    def _leave_with(self, form: Page) -> None:
        """Something was found: the search is over as soon as it is stored."""
        if isinstance(form, Form):
            form.saved.connect(lambda _stored: self.closed.emit())

    def _note_gap(self) -> None:
        said = _("Counted: nothing suitable in the catalogue")
        self._office.desk.perform(note_gap, self._voucher.id, said=said)

    def _day_chip(self, number: int) -> Any:
        name = (ENGLISH_DAYS if current() == "en" else DAYS)[number]
        chip = parts.button(name[:2], "chip", on=self.refresh)
        chip.setAccessibleName(name)
        chip.setCheckable(True)
        return chip

    def _price_box(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("Price"))
        box.addItem(_("Any price"), None)
        for cents in PRICES:
            box.addItem(_("Free") if cents == 0 else _("At most {price}").format(price=_euros(cents)), cents)
        box.currentIndexChanged.connect(lambda _index: self.refresh())
        return box

    def _build(self) -> None:
        person = self._voucher.person
        found = self._office.desk.look(list_reasons_of, self._voucher.id) or []
        reasons = ", ".join(reason.name.lower() for reason in found)
        where = person.neighbourhood.name if person.neighbourhood else person.town
        head = parts.header(
            self.title,
            parts.button(_("Outside the catalogue"), icon="arrow-square-out", on=self._sign_up_outside),
            parts.button(_("Nothing suitable"), icon="prohibit", on=self._note_gap),
            under=" · ".join(part for part in (reasons, where) if part),
        )
        tools = QWidget()
        flow = Flow(tools)
        theme.space(flow, 8)
        self.search.setMinimumWidth(theme.px(220))
        for tool in (self.search, *self.days, self.price, self.wheelchair):
            flow.addWidget(tool)
        layout = QVBoxLayout(self)
        theme.space(layout, 10, (24, 16, 24, 16))
        parts.fill(layout, head, tools, self._count, self.rows, self._nothing, None)


def _row(match: Match) -> Row:
    offer = match.offer
    places = "" if offer.places_left is None else match.why[-1] if not match.full else match.but[-1]
    why = [words for words in (*match.why, *match.but) if words != places]
    where = ", ".join(part for part in (offer.location, offer.neighbourhood_name) if part)
    subtitle = " · ".join((*why, *(part for part in (offer.when, where) if part)))
    tone = "plain" if not places else "soon" if match.full else "well"
    action = _("Waiting list") if match.full else _("Sign up")
    return Row(offer.id, "map-pin", offer.title, "", subtitle or " ", places, tone, "", action)


def _euros(cents: int) -> str:
    return f"€ {cents / 100:.2f}".replace(".", "," if current() == "nl" else ".")


def find_activity(office: Office, voucher_id: int) -> Page:
    """The page, or word that the case is gone."""
    voucher = office.desk.look(find_case, voucher_id)
    return FindActivity(office, voucher) if voucher is not None else Gone(_("Find an activity"))


PAGES: dict[str, PageMaker] = {"find_activity": find_activity}
