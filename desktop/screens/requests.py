"""What people ask of their own data: the register, a request, its answer."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import requests as actions
from desktop.language import _, ngettext
from desktop.rules import requests as rules
from desktop.rules.codes import word
from desktop.rules.dates import show_birth_date, show_date
from desktop.rules.declared import typed_values
from desktop.rules.names import full
from desktop.rules.requests import RequestDraft
from desktop.screens.asked import Asks
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone
from desktop.storage.models import Request
from desktop.storage.people import fetch_people, find_person, list_people
from desktop.storage.requests import find_request, list_requests
from desktop.widgets import parts, theme
from desktop.widgets.fields import Item
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.listing import ListPage
from desktop.widgets.pages import Page
from desktop.widgets.records import Column
from desktop.widgets.rows import Row, Rows


class Requests(Page):
    """The register: what must be answered first on top."""

    place = "settings"

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self.title = office, _("Requests about own data")
        self.setObjectName("page")
        self.rows = Rows(self.title, grow=True)
        self.rows.chosen.connect(self._open)
        self.rows.acted.connect(self._open)
        add = parts.button(_("New request"), "primary", "plus", partial(office.open, "request_for"), "Ctrl+Shift+N")
        explain = _("See or correct: answer within one month. Destroy under the Wmo: within three. An open request "
                    "stands in Te doen.")  # fmt: skip
        self._empty = parts.label(_("Nobody has asked anything yet."), "muted")
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        head = parts.header(self.title, add)
        parts.fill(layout, head, parts.label(explain, "muted"), self._empty, self.rows, None)
        self.refresh()

    def refresh(self) -> None:
        found = self._office.desk.look(list_requests) or []
        self.rows.set_rows([self._row(each) for each in found])
        self.rows.setVisible(bool(found))
        self._empty.setVisible(not found)

    def first_focus(self) -> QWidget | None:
        return self.rows if self.rows.rows() else None

    def _row(self, request: Request) -> Row:
        who = full(request.person.known_as) if request.person_id else _("data destroyed")
        came = _("came in on {day}").format(day=show_date(request.received_on))
        if request.answered_on is not None:
            pill, tone = word(rules.OUTCOMES, request.outcome), "well"
        else:
            days = (request.answer_by - self._office.today).days
            late = ngettext("{n} day late", "{n} days late", -days).format(n=-days)
            pill = late if days < 0 else _("by {day} at the latest").format(day=show_date(request.answer_by))
            tone = "late" if days < 0 else "soon" if days < 8 else "news"
        return Row(request.id, "user", f"{word(rules.KINDS, request.kind)}: {who}", subtitle=came, pill=pill, tone=tone,
                   action=_("Open"))  # fmt: skip

    def _open(self, request_id: int) -> None:
        self._office.open("request", request_id=request_id)


def request_for(office: Office) -> ListPage:
    """Whose data it is about: found as everywhere, Enter goes on."""
    columns = [
        Column("name", _("Name"), lambda person: full(person.known_as), width=30),
        Column("birth_date", _("Birth date"), lambda person: show_birth_date(person.birth_date), width=12),
        Column("town", _("Town"), lambda person: person.town, width=18),
    ]
    return ListPage(
        office.desk,
        _("Whose data is it about?"),
        columns,
        lambda by, text, _filters, sort, descending: list_people(by, text, sort, descending),
        fetch_people,
        empty=(_("Nobody on file yet."), None),
        on_open=lambda person: office.open("request", person_id=person.id),
        counted=lambda count: ngettext("{n} participant", "{n} participants", count).format(n=count),
        name="request_for",
        settings=office.settings,
        sort="name",
        placeholder=_("Name, birth date, phone or postcode"),
        place="settings",
    )


def request(office: Office, request_id: int | None = None, person_id: int | None = None) -> Page:
    """A new request, or one on file with its answer."""
    old = office.desk.look(find_request, request_id) if request_id is not None else None
    about = old.person_id if old is not None else person_id
    person = office.desk.look(find_person, about) if about is not None else None
    if person is None:
        return Gone(_("Request"))
    today = office.today
    ask = Asks("request", today)
    asked: list[Item] = [
        ask.switch("kind", width=3),
        ask.text("received_on"),
        ask.text("asked_by", help=_("Empty: the person. Else who, and with what right."), width=2),
        ask.check("proved", help=_("Seen in person, or called back on the number on file."), width=3),
    ]  # fmt: skip
    cards = [Card("", asked)]
    values: dict[str, Any] = {"person_id": person.id, "received_on": today}
    if old is not None:
        values |= typed_values("request", old) | {"id": old.id, "version": old.version}
        cards += [
            Card(_("Answer"), [
                ask.text("answered_on"),
                ask.switch("outcome", width=2),
                ask.text("answer", lines=3),
            ]),
            Card(_("More time"), [
                ask.text("extended_why", limit=500,
                         help=_("Two months more, if the person is told so within the first month.")),
            ], folded=True),
        ]  # fmt: skip
    return Form(
        office.desk,
        _("Request of {who}").format(who=full(person.known_as)),
        cards,
        _draft,
        actions.change_request if old is not None else actions.register_request,
        values=values,
        key=f"request:{request_id or f'of {person.id}'}",
        keep=office.keep,
        extra_buttons=_ways(office, old) if old is not None else (),
        said=_("Request saved"),
        place="settings",
    )


def _ways(office: Office, old: Request) -> list[Extra]:
    """What the answer is made with."""
    if old.answered_on is not None:
        return []
    ways: list[Extra] = []
    if office.may_open("person_file"):
        ways.append(Extra(_("Make the file"), on=partial(office.open, "person_file", person_id=old.person_id)))
    if old.kind == "destruction" and office.may_open("destroy"):
        destroy = partial(office.open, "destroy", person_id=old.person_id, request_id=old.id)
        ways.append(Extra(_("Destroy the data"), on=destroy))
    return ways


def _draft(**values: Any) -> RequestDraft:
    return RequestDraft(**{name: value for name, value in values.items() if value is not None})


PAGES: dict[str, PageMaker] = {"requests": Requests, "request_for": request_for, "request": request}
