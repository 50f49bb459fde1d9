"""Breaches of personal data: the log with its clock, and one breach from noticing to closing."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import clock
from desktop.actions import breaches as actions
from desktop.language import _
from desktop.rules import breaches as rules
from desktop.rules.breaches import BreachDraft
from desktop.rules.dates import PAST
from desktop.rules.declared import typed_values
from desktop.screens.asked import Asks
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, day_field, hour_field
from desktop.storage.breaches import find_breach, list_breaches
from desktop.storage.models import Breach
from desktop.widgets import parts, theme
from desktop.widgets.form import Card, Form
from desktop.widgets.pages import Page
from desktop.widgets.rows import Row, Rows


class Breaches(Page):
    """Every breach, those that wait for something on top."""

    place = "settings"

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self.title = office, _("Data breaches")
        self.setObjectName("page")
        self.rows = Rows(self.title, grow=True)
        self.rows.chosen.connect(self._open)
        self.rows.acted.connect(self._open)
        add = parts.button(_("Report a breach"), "primary", "plus", partial(office.open, "breach"), "Ctrl+Shift+N")
        self._empty = parts.label(_("No breach was written down yet."), "muted")
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        head = parts.header(self.title, add)
        parts.fill(layout, head, parts.label(_(rules.EXPLAIN), "muted"), self._empty, self.rows, None)
        self.refresh()

    def refresh(self) -> None:
        found = self._office.desk.look(list_breaches) or []
        self.rows.set_rows([_row(each) for each in found])
        self.rows.setVisible(bool(found))
        self._empty.setVisible(not found)

    def first_focus(self) -> QWidget | None:
        return self.rows if self.rows.rows() else None

    def _open(self, breach_id: int) -> None:
        self._office.open("breach", breach_id=breach_id)


def _row(breach: Breach) -> Row:
    noticed = _("noticed on {day}").format(day=f"{clock.local(breach.noticed_at):%d-%m-%Y %H:%M}")
    if breach.closed_on is not None:
        pill, tone = _("Closed"), "plain"
    elif rules.still_to_report(breach.to_authority, breach.authority_at is not None):
        late = rules.report_before(breach.noticed_at) < clock.now()
        pill, tone = rules.clock_words(breach.noticed_at, clock.now()), "late" if late else "soon"
    else:
        pill, tone = _("Reported") if breach.to_authority == "yes" else _("Need not be reported"), "news"
    first = str(breach.what).splitlines()[0][:90]
    return Row(breach.id, "warning", first, subtitle=noticed, pill=pill, tone=tone, action=_("Open"))


def breach(office: Office, breach_id: int | None = None, what: str = "") -> Page:
    """What happened first; the decision and the reports when they are there. `what` is known where it is reported."""
    old = office.desk.look(find_breach, breach_id) if breach_id is not None else None
    if breach_id is not None and old is None:
        return Gone(_("Data breach"))
    today = office.today
    ask = Asks("breach", today)
    cards = [
        Card(_("What happened"), [
            day_field("noticed_on", ask.label("noticed_at"), today, PAST), hour_field("noticed_at", _("At what hour")),
            ask.text("happened_on"),
            ask.text("what", lines=3, required=True),
            ask.text("whose", width=2),
            ask.text("people"),
            ask.text("consequences"),
            ask.text("measures"),
        ]),
        Card(_("Authority (Autoriteit Persoonsgegevens), within 72 hours"), [
            ask.switch("to_authority", help=_("Yes, unless a risk for people is unlikely.")),
            day_field("authority_on", ask.label("authority_at"), today, PAST),
            hour_field("authority_at", _("At what hour")),
            ask.text("authority_number"),
        ], folded=old is None),
        Card(_("The people themselves"), [
            ask.switch("to_people", help=_("Yes, when the risk is high.")),
            ask.text("people_on"),
            ask.text("why_not"),
            ask.text("closed_on"),
        ], folded=old is None),
    ]  # fmt: skip
    return Form(
        office.desk,
        _("Data breach"),
        cards,
        _draft,
        actions.change_breach if old is not None else actions.register_breach,
        values=_values(old) | ({"what": what} if what else {}),
        key=f"breach:{breach_id or 'new'}",
        keep=office.keep,
        said=_("Breach saved"),
        place="settings",
    )


def _values(old: Breach | None) -> dict[str, Any]:
    if old is None:
        now = clock.local_now()
        return {"noticed_on": now.date(), "noticed_at": now.time().replace(second=0, microsecond=0)}
    noticed = clock.local(old.noticed_at)
    told = clock.local(old.authority_at) if old.authority_at is not None else None
    values = typed_values("breach", old) | {"id": old.id, "version": old.version}
    values |= {"noticed_on": noticed.date(), "noticed_at": noticed.time()}
    values |= {"authority_on": told.date() if told else None, "authority_at": told.time() if told else None}
    return values


def _draft(**values: Any) -> BreachDraft:
    return BreachDraft(**{name: value for name, value in values.items() if value is not None})


PAGES: dict[str, PageMaker] = {"breaches": Breaches, "breach": breach}
