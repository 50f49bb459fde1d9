"""The law as buttons: one page for the office, one for a person, and the ready-made texts."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.actions import ready_texts, retention
from desktop.actions import subject_access as access
from desktop.language import _
from desktop.rules.dates import show_date
from desktop.rules.names import full
from desktop.rules.requests import KINDS
from desktop.rules.retention import GROUNDS
from desktop.rules.staff import CASEWORK, COORDINATOR, Member
from desktop.screens.asked import WIDE, Asks
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, status_pill
from desktop.storage.deeds import find_case, list_cases
from desktop.storage.people import find_person
from desktop.storage.requests import list_requests
from desktop.storage.subject_access import Part, list_parts
from desktop.widgets import parts, theme
from desktop.widgets.form import Card, Form
from desktop.widgets.pages import Page
from desktop.widgets.preview import Preview, write_file
from desktop.widgets.rows import Row, Rows

SHOWN_FACTS = 90


class Privacy(Page):
    """Everything the law asks of the office, in one list."""

    place = "settings"

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self.title = office, _("Privacy and law")
        self.setObjectName("page")
        self.rows = Rows(self.title, grow=True)
        self.rows.set_rows(self._choices())
        self.rows.chosen.connect(self._choose)
        self.rows.acted.connect(self._choose)
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        parts.fill(layout, parts.title(self.title), self.rows, None)

    def first_focus(self) -> QWidget | None:
        return self.rows

    def _choices(self) -> list[Row]:
        choices = [
            Row("requests", "user", _("Requests about own data"),
                subtitle=_("See, correct or destroy: who asked, and by when it is answered"), action=_("Open")),
            Row("breaches", "warning", _("Data breaches"), subtitle=_("Write down at once; 72 hours to report"),
                action=_("Open")),
        ]  # fmt: skip
        by = self._office.desk.by
        if by is not None and by.may(COORDINATOR):
            choices.append(
                Row("retention", "clock", _("Keeping and destroying"),
                    subtitle=_("Terms, the yearly list to approve, certificates"), action=_("Open"))
            )  # fmt: skip
        return choices + [
            Row(f"text:{name}", "file-pdf", _(text), action=_("Open")) for name, text in ready_texts.TEXTS.items()
        ]

    def _choose(self, key: str) -> None:
        if key.startswith("text:"):
            self._office.open("ready_text", name=key.removeprefix("text:"))
        else:
            self._office.open(key)


def ready_text(office: Office, name: str) -> Page:
    """A text to print or save."""
    pdf = office.desk.look(ready_texts.ready_text, name)
    title = _(ready_texts.TEXTS[name])
    return Preview(title, pdf, f"{name}.pdf") if pdf is not None else Gone(title)


class PersonPrivacy(Page):
    """What can be done with one person's data: the file, a request, the ground, destroying."""

    place = "people"

    def __init__(self, office: Office, person_id: int) -> None:
        super().__init__()
        self._office, self._id = office, person_id
        self.setObjectName("page")
        self.rows = Rows(_("Privacy"), grow=True)
        self.rows.chosen.connect(self._choose)
        self.rows.acted.connect(self._choose)
        self._layout = QVBoxLayout(self)
        theme.space(self._layout, 12, (24, 16, 24, 16))
        person = office.desk.look(find_person, person_id)
        self.title = _("Privacy") if person is None else _("Privacy: {who}").format(who=full(person.known_as))
        parts.fill(self._layout, parts.title(self.title), self.rows, None)
        self.refresh()

    def refresh(self) -> None:
        office = self._office
        by = office.desk.by
        if by is None:
            return
        rows = []
        if by.may(CASEWORK):
            rows.append(Row("file", "file-pdf", _("Everything we have of this person"),
                            subtitle=_("One file on paper and for a computer; say which texts hold data of others"),
                            action=_("Open")))  # fmt: skip
        rows.append(Row("request", "user", _("Write down a request"),
                        subtitle=_("See, correct or destroy: the term starts to run"), action=_("New")))  # fmt: skip
        for each in office.desk.look(list_requests, self._id) or []:
            by_day = _("by {day} at the latest").format(day=show_date(each.answer_by))
            state = _("answered") if each.answered_on else by_day
            rows.append(Row(f"request:{each.id}", "clock", _(KINDS[each.kind]), subtitle=show_date(each.received_on),
                            pill=state, tone="plain" if each.answered_on else "soon", action=_("Open")))  # fmt: skip
        if by.may(CASEWORK):
            rows += [
                Row(f"ground:{case.id}", "ticket", _("Ground of case {number}").format(number=case.number),
                    subtitle=f"{_(GROUNDS.get(case.ground, case.ground))} · {status_pill(case)[0].lower()}",
                    action=_("Change"))
                for case in office.desk.look(list_cases, self._id) or []
            ]  # fmt: skip
        if by.may(COORDINATOR):
            rows.append(Row("destroy", "trash", _("Destroy the data"), subtitle=_("At the request of the person"),
                            action=_("Open")))  # fmt: skip
        self.rows.set_rows(rows)

    def first_focus(self) -> QWidget | None:
        return self.rows

    def _choose(self, key: str) -> None:
        what, _colon, number = key.partition(":")
        if what == "file":
            self._office.open("person_file", person_id=self._id)
        elif what == "request" and number:
            self._office.open("request", request_id=int(number))
        elif what == "request":
            self._office.open("request", person_id=self._id)
        elif what == "ground":
            self._office.open("ground", voucher_id=int(number))
        else:
            self._office.open("destroy", person_id=self._id)


def ground(office: Office, voucher_id: int) -> Page:
    """Why the data of a case may be used; consent to share is asked elsewhere."""
    case = office.desk.look(find_case, voucher_id)
    if case is None:
        return Gone(_("Ground"))
    explain = _("The ground says why we may use the data at all. May something be shared with the practice or the "
                "activity? That is asked apart, under Consent.")  # fmt: skip
    return Form(
        office.desk,
        _("Ground of case {number}").format(number=case.number),
        [Card("", [Asks("voucher").switch("ground", width=WIDE, help=explain)])],
        dict,
        partial(_change_ground, voucher_id),
        values={"ground": case.ground},
        key=f"ground:{voucher_id}",
        place="people",
    )


def _change_ground(voucher_id: int, by: Member, values: dict[str, Any]) -> object:
    return retention.change_ground(by, voucher_id, values["ground"] or "")


class PersonFilePage(Page):
    """Every text that may hold data of others, to be marked; then the file."""

    place = "people"

    def __init__(self, office: Office, person_id: int) -> None:
        super().__init__()
        self._office, self._id = office, person_id
        self.title = _("Everything we have of this person")
        self.setObjectName("page")
        self.choose_file = ask_file
        self._parts: dict[str, Part] = {}
        self.rows = Rows(self.title, grow=True)
        self.rows.chosen.connect(self._turn)
        self.rows.acted.connect(self._turn)
        on_paper = parts.button(_("Make the file"), "primary", "file-pdf", partial(self.make, without=True))
        whole = parts.button(_("With the data of others"), on=partial(self.make, without=False))
        for_computer = parts.button(_("Save for a computer (JSON)"), icon="download-simple", on=self.save_json)
        explain = _("Is there something of somebody else in a text, a neighbour or a son? Press Enter on it: it stays "
                    "out of the file.")  # fmt: skip
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        self.said = parts.label("", "help")
        head = parts.header(self.title, on_paper)
        others = parts.row(whole, for_computer, None)
        parts.fill(layout, head, parts.label(explain, "muted"), self.said, self.rows, others, None)
        self.refresh()

    def refresh(self) -> None:
        found = self._office.desk.look(list_parts, self._id) or []
        self._parts = {f"{part.table}:{part.row}": part for part in found if part.has_text}
        self.rows.set_rows([_part_row(key, part) for key, part in self._parts.items()])
        self.rows.setVisible(bool(self._parts))
        self.said.setText("" if self._parts else _("There are no notes; the file holds only facts."))

    def first_focus(self) -> QWidget | None:
        return self.rows if self.rows.rows() else None

    def make(self, without: bool) -> None:
        """Show it on paper; it is in the log that it was made."""
        made = self._make(without)
        if made is not None:
            self._office.open("preview", title=self.title, pdf=made.pdf, file_name=f"{made.name}.pdf")

    def save_json(self) -> None:
        made = self._make(True)
        path = self.choose_file(self, f"{made.name}.json") if made is not None else ""
        if made is None or not path:
            return
        written = write_file(path, made.json)
        self.said.setText(
            _("Saved as {path}").format(path=path) if written else _("The file could not be written there.")
        )

    def _make(self, without: bool) -> access.PersonFile | None:
        said = _("The file is made")
        done = self._office.desk.perform(access.make_file, self._id, without, said=said, undoable=False)
        return done.result if done is not None else None

    def _turn(self, key: str) -> None:
        part = self._parts[key]
        said = _("Stays in the file") if part.of_others else _("Left out of the file")
        self._office.desk.perform(access.mark_others, self._id, part.table, part.row, not part.of_others, said=said)


def _part_row(key: str, part: Part) -> Row:
    words = " · ".join(value.replace("\n", " ") for _name, value in part.facts)
    shown = words if len(words) <= SHOWN_FACTS else words[: SHOWN_FACTS - 1] + "…"
    return Row(
        key,
        "note",
        _(part.kind),
        subtitle=shown,
        pill=_("Of others: left out") if part.of_others else "",
        tone="soon",
        action=_("Put back") if part.of_others else _("Is of others"),
    )


def ask_file(parent: QWidget, name: str) -> str:
    path, _filter = QFileDialog.getSaveFileName(parent, _("Save for a computer (JSON)"), name, "JSON (*.json)")
    return path


PAGES: dict[str, PageMaker] = {
    "privacy": Privacy,
    "ready_text": ready_text,
    "person_privacy": PersonPrivacy,
    "ground": ground,
    "person_file": PersonFilePage,
}
