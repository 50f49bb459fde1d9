"""Keeping no longer than needed: the terms, the yearly list to approve, destroying one person's data, certificates."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import retention as actions
from desktop.errors import Refused
from desktop.language import _, ngettext
from desktop.rules import retention as rules
from desktop.rules.codes import options, word
from desktop.rules.dates import show_date
from desktop.rules.names import full
from desktop.rules.numbers import read_number
from desktop.rules.retention import DestroyDraft, TermsDraft
from desktop.rules.staff import Member
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone
from desktop.storage.models import Destruction, RetentionList
from desktop.storage.people import find_person
from desktop.storage.retention import Line, find_list, find_terms, list_destructions, list_items, list_lists
from desktop.widgets import parts, theme
from desktop.widgets.fields import Item, Switch, Text
from desktop.widgets.form import Card, Form
from desktop.widgets.pages import Page
from desktop.widgets.preview import Preview
from desktop.widgets.rows import Row, Rows

CERTIFICATE = "verklaring-{number}.pdf"


class Retention(Page):
    """The yearly lists and the certificates."""

    place = "settings"

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self.title = office, _("Keeping and destroying")
        self.setObjectName("page")
        self.lists = Rows(_("Yearly lists"), grow=True, framed=False)
        self.lists.chosen.connect(self._open_list)
        self.lists.acted.connect(self._open_list)
        self.certificates = Rows(_("Certificates"), grow=True, framed=False)
        self.certificates.chosen.connect(self._print)
        self.certificates.acted.connect(self._print)
        terms = parts.button(_("Terms"), icon="clock", on=partial(office.open, "retention_terms"))
        make = parts.button(_("Make this year's list"), "primary", "plus", self.make)
        explain = _("Once a year the program lists whose term is over. Nothing happens before you approve it.")
        self._none = parts.label(_("There is no list yet."), "muted")
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        parts.fill(
            layout, parts.header(self.title, terms, make), parts.label(explain, "muted"),
            parts.card(_("Yearly lists"), self._none, self.lists),
            parts.card(_("Certificates"), self.certificates),
            None,
        )  # fmt: skip
        self.refresh()

    def refresh(self) -> None:
        lists = self._office.desk.look(list_lists) or []
        self.lists.set_rows([_list_row(each) for each in lists])
        self.lists.setVisible(bool(lists))
        self._none.setVisible(not lists)
        self._done = {each.id: each for each in self._office.desk.look(list_destructions) or []}
        self.certificates.set_rows([_certificate_row(each) for each in self._done.values()])

    def make(self) -> None:
        done = self._office.desk.perform(actions.make_list, said=_("The list is made"))
        if done is not None:
            self._open_list(done.result.id)

    def _open_list(self, list_id: int) -> None:
        self._office.open("retention_list", list_id=list_id)

    def _print(self, number: int) -> None:
        self._office.open("certificate", destruction_id=number)


def _list_row(each: RetentionList) -> Row:
    if each.done_on is not None:
        pill, tone = _("Carried out"), "well"
    else:
        pill, tone = (_("Approved"), "news") if each.approved_on is not None else (_("To approve"), "soon")
    title = _("List of {day}").format(day=show_date(each.made_on))
    return Row(each.id, "clipboard-text", title, pill=pill, tone=tone, action=_("Open"))


def _certificate_row(each: Destruction) -> Row:
    cases = ngettext("{n} case", "{n} cases", each.cases).format(n=each.cases)
    words = f"{word(rules.HOW, each.how)} {word(rules.WHY, each.why)} · {cases}"
    return Row(each.id, "file-pdf", f"{each.number} · {show_date(each.done_on)}", subtitle=words, action=_("Print"))


class YearlyList(Page):
    """Whose term is over; per person what happens, then approve, then carry out."""

    place = "settings"

    def __init__(self, office: Office, list_id: int) -> None:
        super().__init__()
        self._office, self._id = office, list_id
        self.title = _("Yearly list")
        self.setObjectName("page")
        self._items: dict[int, Line] = {}
        self.rows = Rows(self.title, grow=True)
        self.rows.chosen.connect(self._change)
        self.rows.acted.connect(self._change)
        self.approve = parts.button(_("Approve this list"), "primary", "check-circle", self._approve)
        self.withdraw = parts.button(_("Throw the list away"), on=self._withdraw)
        self.carry_out = parts.button(_("Carry out now"), "danger", "trash", self._carry_out)
        self._said = parts.label("", "muted")
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        head = parts.header(self.title, self.withdraw, self.approve, self.carry_out)
        parts.fill(layout, head, self._said, self.rows, None)
        self.refresh()

    def refresh(self) -> None:
        found = self._office.desk.look(find_list, self._id)
        if found is None:
            self.closed.emit()
            return
        lines = self._office.desk.look(list_items, self._id) or []
        self._items = {line.record.id: line for line in lines}
        is_open = found.approved_on is None
        self.rows.set_rows([_item_row(line, is_open) for line in lines])
        self.approve.setVisible(is_open)
        self.withdraw.setVisible(is_open)
        self.carry_out.setVisible(not is_open and found.done_on is None)
        people = ngettext("{n} participant", "{n} participants", len(lines)).format(n=len(lines))
        state = (
            _("Look at each line, change what has to stay, then approve.") if is_open
            else _("Carried out on {day}.").format(day=show_date(found.done_on)) if found.done_on is not None
            else _("Approved. Carrying it out cannot be undone.")
        )  # fmt: skip
        self._said.setText(f"{people}. {state}")

    def first_focus(self) -> QWidget | None:
        return self.rows if self.rows.rows() else None

    def _change(self, item_id: int) -> None:
        if self.approve.isVisible():
            self._office.open("retention_choice", list_id=self._id, item_id=item_id)

    def _approve(self) -> None:
        self._office.desk.perform(actions.approve_list, self._id, said=_("Approved"))

    def _withdraw(self) -> None:
        done = self._office.desk.perform(actions.withdraw_list, self._id, said=_("The list is gone"))
        if done is not None:
            self.closed.emit()

    def _carry_out(self) -> None:
        if self._office.session is None:
            return
        self._office.desk.perform_in_background(
            actions.carry_out, self._id, self._office.session().forms, title=_("Destroying data"), done=self._done
        )

    def _done(self, _count: int) -> None:
        self._office.desk.said.emit(_("The list is carried out; the certificates are ready"), False)


def _item_row(line: Line, is_open: bool) -> Row:
    item = line.record
    who = full(line.name) if line.name is not None else _("data destroyed")
    cases = ngettext("{n} case", "{n} cases", item.cases).format(n=item.cases)
    ended = _("ended on {day}").format(day=show_date(item.ended_on))
    words = " · ".join(filter(None, (word(rules.KINDS, item.kind), cases, ended, item.why_keep)))
    tone = {"destroy": "late", "anonymise": "news", "keep": "well"}[item.choice]
    pill = word(rules.CHOICES, item.choice)
    return Row(item.id, "user", who, subtitle=words, pill=pill, tone=tone, action=_("Change") if is_open else "")


def retention_choice(office: Office, list_id: int, item_id: int) -> Page:
    """What happens to one person's data."""
    lines = office.desk.look(list_items, list_id) or []
    line = next((each for each in lines if each.record.id == item_id), None)
    if line is None or line.name is None:
        return Gone(_("Yearly list"))
    fields: list[Item] = [
        Switch("choice", _("What happens to the data"), options(rules.CHOICES), width=3),
        Text("why_keep", _("Why they are kept longer"), width=3, limit=300),
    ]
    return Form(
        office.desk,
        full(line.name),
        [Card(word(rules.KINDS, line.record.kind), fields)],
        dict,
        partial(_choose, item_id),
        values={"choice": line.record.choice, "why_keep": line.record.why_keep},
        key=f"retention_choice:{item_id}",
        keep=office.keep,
        place="settings",
    )


def _choose(item_id: int, by: Member, values: dict[str, Any]) -> object:
    return actions.choose(by, item_id, values["choice"] or "", values["why_keep"] or "")


def retention_terms(office: Office) -> Form:
    """How many months per kind of case."""
    fields = [Text(kind, _(text), read=read_number, required=True) for kind, text in rules.KINDS.items()]
    return Form(
        office.desk,
        _("How long data are kept"),
        [Card(_("Months after the end of the case"), fields, columns=2)],
        TermsDraft,
        actions.change_terms,
        values=office.desk.look(find_terms) or {},
        key="retention_terms",
        keep=office.keep,
        said=_("Terms saved"),
        place="settings",
        side=parts.column(
            parts.card(_("Why these"), parts.label(
                _("Under the Wmo 2015 a file is kept 15 years (180 months). A bill would shorten that: change it "
                  "here then. Who never started is kept a year."), "muted")), None),
    )  # fmt: skip


def destroy(office: Office, person_id: int, request_id: int | None = None) -> Page:
    """Everything of one person goes; the surname is typed, so that it is nobody else's."""
    person = office.desk.look(find_person, person_id)
    if person is None:
        return Gone(_("Destroy the data"))
    fields: list[Item] = [
        Switch("how", _("What happens to the data"), [(how, _(rules.CHOICES[how])) for how in rules.HOW], width=2),
        Text("surname", _("Type the surname"), help=_("So that it is not somebody else.")),
    ]
    said = _(
        "Everything goes: person, vouchers, letters, notes, history, search and forms that were left unfinished. "
        "It cannot be undone. The log keeps that it was done, without contents. Backups still hold the data "
        "until the last of them is thrown away; the certificate says until when."
    )
    form = Form(
        office.desk,
        _("Destroy the data of {who}").format(who=full(person.known_as)),
        [Card("", fields)],
        DestroyDraft,
        partial(_destroy, office),
        values={"person_id": person.id, "request_id": request_id, "how": "destroy"},
        key=f"destroy:{person.id}",
        save_text=_("Destroy now"),
        place="settings",
        side=parts.column(parts.card(_("What happens"), parts.label(said, "muted")), None),
    )
    form.saved.connect(partial(_show_done, office))
    return form


def _destroy(office: Office, by: Member, draft: DestroyDraft) -> actions.Gone:
    if office.session is None:
        raise Refused(_("Sign in again first."))
    return actions.destroy_with_forms(by, draft, office.session().forms)


def _show_done(office: Office, gone: actions.Gone) -> None:
    """The certificate with the name, once; the free room of the file is cleared meanwhile."""
    office.desk.perform_in_background(
        actions.clear_up, title=_("Clearing the free room of the file"), done=partial(_say_done, office)
    )
    pdf = office.desk.look(actions.print_certificate, gone.certificate)
    if pdf is not None:
        name = CERTIFICATE.format(number=gone.certificate.number)
        office.open("preview", title=_("Certificate"), pdf=pdf, file_name=name)


def _say_done(office: Office, _nothing: object) -> None:
    office.desk.said.emit(_("The data are destroyed"), False)


def certificate(office: Office, destruction_id: int) -> Page:
    """A later print, without the name."""
    found = {each.id: each for each in office.desk.look(list_destructions) or []}.get(destruction_id)
    pdf = None if found is None else office.desk.look(actions.print_later, found)
    if found is None or pdf is None:
        return Gone(_("Certificate"))
    return Preview(_("Certificate"), pdf, CERTIFICATE.format(number=found.number))


PAGES: dict[str, PageMaker] = {
    "retention": Retention,
    "retention_list": YearlyList,
    "retention_choice": retention_choice,
    "retention_terms": retention_terms,
    "destroy": destroy,
    "certificate": certificate,
}
