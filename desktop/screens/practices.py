"""The practices that refer: their list, the page of one with who works there, and the forms."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.practices import add_contact, add_practice, change_contact, change_practice
from desktop.language import _, current, ngettext
from desktop.rules import codes
from desktop.rules.addresses import echo_postcode, one_line, read_any_postcode, tidy_country
from desktop.rules.dates import show_date, show_long
from desktop.rules.declared import typed_values
from desktop.rules.identifiers import read_agb
from desktop.rules.names import full
from desktop.rules.phones import show_phone
from desktop.rules.practices import ContactDraft, PracticeDraft
from desktop.screens.asked import Asks
from desktop.screens.case_forms import follow, value_of
from desktop.screens.doors import door
from desktop.screens.facts import FactsPage, fact_lines, suggest_from
from desktop.screens.office import Office, PageMaker
from desktop.storage.activities import list_neighbourhoods
from desktop.storage.models import Contact, Practice, PracticeTalk
from desktop.storage.passwords import dictated_password
from desktop.storage.practice_talks import list_talks
from desktop.storage.practices import (
    PracticeLine,
    count_vouchers,
    fetch_practices,
    find_contact,
    find_practice,
    list_choices,
    list_contacts,
    list_practices,
)
from desktop.storage.staff import find_staff, list_coaches
from desktop.widgets import parts
from desktop.widgets.fields import Item, Switch, Text, Veiled
from desktop.widgets.flow import flowing
from desktop.widgets.form import Card, Form
from desktop.widgets.listing import ListPage
from desktop.widgets.pages import Page
from desktop.widgets.records import Column
from desktop.widgets.rows import Row, Rows

SHOWN_CONTACTS = 3


# ---- the list


def practice_list(office: Office) -> ListPage:
    """Every practice with who works there and how many vouchers it sent."""
    page = ListPage(
        office.desk,
        _("Practices"),
        [
            Column("name", _("Name"), lambda line: line.record.name, width=28, tone=_faded),
            Column("town", _("Town"), lambda line: line.record.town, width=13),
            Column("phone", _("Phone"), lambda line: show_phone(line.record.phone), width=12),
            Column("contacts", _("Contacts"), _contact_names, width=30),
            Column("vouchers", _("Vouchers"), lambda line: str(line.vouchers or ""), right=True, width=8),
            Column("agb", _("AGB code"), lambda line: line.record.agb or "", width=9, shown=False),
        ],
        _ids,
        fetch_practices,
        buttons=_list_buttons(office),
        empty=(
            _("There are no practices yet. Read a list you have, or add one."),
            next(iter(door(office, "import_practices", _("Read from a file"), icon="upload-simple")), None),
        ),
        on_open=lambda line: office.open("practice", practice_id=line.id),
        counted=lambda count: ngettext("{n} practice", "{n} practices", count).format(n=count),
        name="practices",
        settings=office.settings,
        placeholder=_("Filter on practice, town or contact"),
        place="practices",
        export=lambda: office.open("export", title=page.title, lines=page.table.count(), cells=page.cells),
    )
    return page


def _list_buttons(office: Office) -> Sequence[QWidget]:
    return (
        flowing(
            *door(office, "value_pages", _("Results"), "link", "chart-bar"),
            *door(office, "wijksafari", _("Wijksafari"), "link", "map-trifold"),
        ),
        *door(office, "import_practices", _("Read from a file"), icon="upload-simple"),
        parts.button(_("New practice"), "primary", "plus", partial(office.open, "practice"), "Ctrl+Shift+N"),
    )


def _ids(by: Any, text: str, _filters: dict[str, Any], sort: str, descending: bool) -> Sequence[int]:
    return list_practices(by, text, sort, descending)


def _faded(line: PracticeLine) -> str:
    return "" if line.record.active else "muted"


def _contact_names(line: PracticeLine) -> str:
    shown = ", ".join(line.contacts[:SHOWN_CONTACTS])
    more = len(line.contacts) - SHOWN_CONTACTS
    return f"{shown} +{more}" if more > 0 else shown


# ---- one practice


def practice(office: Office, practice_id: int | None = None) -> Page:
    """The page of a practice, or the form for a new one."""
    return practice_form(office) if practice_id is None else PracticePage(office, practice_id)


class PracticePage(FactsPage):
    """Who works there first, then how to reach them and which letters they want."""

    def __init__(self, office: Office, practice_id: int) -> None:
        super().__init__()
        self._office, self._id, self.place = office, practice_id, "practices"
        self.refresh()

    def refresh(self) -> None:
        found = self._office.desk.look(find_practice, self._id)
        if found is None:
            return
        self.title = found.name
        self.show_anew(partial(self._build, found))

    def first_focus(self) -> QWidget | None:
        return self.rows

    def _build(self, found: Practice) -> QWidget:
        state = parts.pill("" if found.active else _("Does not refer any more"), "soon")
        state.setVisible(not found.active)
        under = " · ".join(part for part in (codes.word(codes.PRACTICE_KINDS, found.kind), found.town) if part)
        head = parts.header(
            found.name,
            parts.button(_("Change"), icon="pencil-simple", on=self._change),
            parts.button(_("Add contact"), "primary", "plus", self._add_contact),
            state=state,
            under=under,
        )
        body = parts.Beside(
            parts.column(self._contacts_card(), *self._talks_cards(), None, gap=12),
            parts.column(self._reach_card(found), self._letters_card(found), self._note_card(found), None, gap=12),
        )
        return parts.column(head, self._doors(), body, self._rarer(), None, gap=12, margins=(24, 16, 24, 16))

    def _doors(self) -> QWidget:
        """What goes to this practice on paper."""
        to = partial(door, self._office, practice_id=self._id)
        return flowing(
            *to("archive", _("Letters of this practice"), "link", "envelope-simple"),
            *to("value_page", _("Results per quarter"), "link", "chart-bar"),
            *to("wijksafari", _("Wijksafari"), "link", "map-trifold"),
        )

    def _rarer(self) -> QWidget:
        about = partial(door, self._office, kind="practice", record_id=self._id)
        return flowing(
            *about("history", _("History of changes"), "link"),
            *door(self._office, "returned", _("Returned post"), "link", practice_id=self._id),
            *about("merge_with", _("Merge with another practice"), "link"),
        )

    def _contacts_card(self) -> QWidget:
        people = self._office.desk.look(list_contacts, self._id) or []
        self.rows = Rows(_("Contacts"), grow=True, framed=False)
        self.rows.set_rows([_contact_row(person) for person in people])
        self.rows.chosen.connect(self._open_contact)
        self.rows.acted.connect(self._open_contact)
        if not people:
            add = parts.button(_("Add the first contact"), on=self._add_contact)
            nobody = parts.label(_("Nobody is known here yet. A letter then goes to the practice itself."), "muted")
            return parts.card(_("Contacts"), nobody, parts.row(add, None))
        return parts.card(_("Contacts"), self.rows, flush=True)

    def _talks_cards(self) -> list[QWidget]:
        """The talks, newest first, for who holds them; the day of the next one stands with the newest."""
        return [self._talks_card()] if self._office.may_open("practice_talk") else []

    def _talks_card(self) -> QWidget:
        talks = self._office.desk.look(list_talks, self._id) or []
        self.talks = Rows(_("Talks with the practice"), grow=True, framed=False)
        self.talks.set_rows([_talk_row(talk, at == 0, self._office.today) for at, talk in enumerate(talks)])
        self.talks.chosen.connect(self._open_talk)
        self.talks.acted.connect(self._open_talk)
        record = parts.button(_("Record a talk"), icon="chats-circle", on=self._record_talk)
        if not talks:
            none = parts.label(_("No talk was written down yet: what can we help with, and what was agreed."), "muted")
            return parts.card(_("Talks with the practice"), none, parts.row(record, None))
        return parts.card(_("Talks with the practice"), self.talks, deed=record, flush=True)

    def _record_talk(self) -> None:
        self._office.open("practice_talk", practice_id=self._id)

    def _open_talk(self, talk_id: int) -> None:
        self._office.open("practice_talk", talk_id=talk_id)

    def _reach_card(self, found: Practice) -> QWidget:
        vouchers = (self._office.desk.look(count_vouchers, [self._id]) or {}).get(self._id, 0)
        neighbourhood = found.neighbourhood.name if found.neighbourhood_id else ""
        facts = [
            (_("Phone"), show_phone(found.phone)),
            (_("Secure mail"), found.secure_mail),
            (_("Address"), one_line(found)),
            (_("Neighbourhood"), neighbourhood),
            (_("AGB code"), found.agb or ""),
            (_("Hours in the practice"), found.in_practice_hours),
            (_("Coach"), self._staff_name(found.coach_id)),
            (_("Substitute"), self._staff_name(found.substitute_id)),
            (_("Vouchers"), str(vouchers)),
        ]
        return parts.card(_("Details"), *fact_lines(facts))

    def _letters_card(self, found: Practice) -> QWidget:
        moments = [codes.word(codes.LETTER_MOMENTS, moment).lower() for moment in found.letter_moments.split()]
        facts = [
            (_("Letters about"), ", ".join(moments) or _("none")),
            (_("To"), codes.word(codes.LETTER_TO, found.letter_to)),
            (_("Referrer's copy"), _("also to the referrer") if found.letter_copy else ""),
            (_("Way"), codes.word(codes.LETTER_WAYS, found.letter_way)),
            (_("PDF"), _("locked with a password") if found.pdf_password else ""),
            (_("Salutation"), found.salutation),
        ]
        return parts.card(_("Agreed about letters"), *fact_lines(facts))

    def _note_card(self, found: Practice) -> QWidget:
        card = parts.card(_("Note"), parts.label(found.note))
        card.setVisible(bool(found.note))
        return card

    def _staff_name(self, staff_id: int | None) -> str:
        found = self._office.desk.look(find_staff, staff_id) if staff_id is not None else None
        return found.name if found is not None else ""

    def _change(self) -> None:
        self._office.open("edit_practice", practice_id=self._id)

    def _add_contact(self) -> None:
        self._office.open("contact", practice_id=self._id)

    def _open_contact(self, contact_id: int) -> None:
        self._office.open("contact", practice_id=self._id, contact_id=contact_id)


def _contact_row(person: Contact) -> Row:
    role = codes.word(codes.CONTACT_ROLES, person.role)
    reach = " · ".join(part for part in (role, show_phone(person.phone), person.email) if part)
    return Row(
        person.id,
        "user",
        full(person.known_as),
        subtitle=reach,
        pill="" if person.active else _("Gone"),
        action=_("Change"),
    )


def _talk_row(talk: PracticeTalk, newest: bool, today: date) -> Row:
    """When, with whom and what was agreed; the promised day as long as no newer talk was held."""
    pill, tone = "", "plain"
    if newest and talk.next_on is not None:
        pill = _("next talk {day}").format(day=show_date(talk.next_on))
        tone = "late" if talk.next_on < today else "news"
    said = " ".join((talk.agreed or talk.question).split())
    us = talk.staff.name if talk.staff_id else ""
    about = " · ".join(part for part in (talk.with_whom, us, said) if part)
    day = show_long(talk.held_on, current())
    return Row(talk.id, "chats-circle", day, subtitle=about, pill=pill, tone=tone, action=_("Open"))


# ---- the forms


def practice_form(office: Office, practice_id: int | None = None) -> Form:
    """A new practice, or another address or agreement for one."""
    found = office.desk.look(find_practice, practice_id) if practice_id is not None else None
    form = Form(
        office.desk,
        _("New practice") if found is None else found.name,
        _practice_cards(office, found),
        _practice_draft,
        add_practice if found is None else change_practice,
        values=_practice_values(found),
        key=f"practice {practice_id or 'new'}",
        keep=office.keep,
        said=_("Practice saved"),
        place="practices",
    )
    if found is None:
        form.saved.connect(lambda made: office.open("practice", practice_id=made.id))
    return form


def _practice_cards(office: Office, found: Practice | None) -> list[Card]:
    names = [row.name for row in office.desk.look(list_neighbourhoods) or []]
    coaches = partial(_coaches, office)
    ask = Asks("practice")
    general: list[Item] = [
        ask.text("name", width=2, required=True, help=_("As it stands above a letter.")),
        ask.choice("kind", required=True),
        ask.text("street"),
        ask.text("number", limit=20),
        ask.text("postcode", read=read_any_postcode, echo=echo_postcode),
        ask.text("town"),
        ask.text("country", read=tidy_country, help=_("Only for an address abroad."), limit=60),
        ask.text("phone"),
        ask.text("secure_mail"),
        ask.text("agb", read=read_agb, help=_("8 digits; a leading 0 may be missing.")),
        Text("neighbourhood_name", ask.label("neighbourhood"), suggest=partial(suggest_from, names)),
    ]
    if found is not None:
        general.append(ask.check("active"))
    return [
        Card(_("Practice"), general),
        Card(_("Our coach there"), [
            ask.choice("coach", coaches), ask.choice("substitute", coaches),
            ask.text("in_practice_hours", placeholder=_("Tuesday 9-12")),
        ]),
        Card(_("Agreed about letters"), [
            ask.chips("letter_moments"),
            ask.text("progress_weeks", help=_("Empty: after the months of our own terms.")),
            ask.switch("letter_to", width=3),
            ask.switch("letter_way", width=3),
            ask.check("letter_copy"),
            ask.text("salutation", width=2, help=_("Empty: it follows from the name of whoever gets the letter.")),
            Veiled("pdf_password", ask.label("pdf_password"), propose=dictated_password, width=2,
                   help=_("Agreed with the practice; never send it in the same mail. Empty: an open PDF.")),
        ]),
        Card(_("Note"), [ask.text("note", lines=3)]),
    ]  # fmt: skip


def _practice_values(found: Practice | None) -> dict[str, Any]:
    if found is None:
        usual = PracticeDraft()
        return {name: getattr(usual, name) for name in ("kind", "letter_moments", "letter_to", "letter_way")}
    return {
        **typed_values("practice", found),
        "id": found.id,
        "version": found.version,
        "neighbourhood_name": found.neighbourhood.name if found.neighbourhood_id else "",
    }


def contact_form(office: Office, practice_id: int, contact_id: int | None = None) -> Form:
    """Someone new at a practice, another role, or gone from there."""
    found = office.desk.look(find_contact, contact_id) if contact_id is not None else None
    place = office.desk.look(find_practice, practice_id)
    ask = Asks("contact")
    fields: list[Item] = [
        ask.choice("role", required=True),
        ask.switch("form_of_address", width=2),
        ask.text("initials", limit=30),
        ask.text("first_name"),
        ask.text("tussenvoegsel", limit=30, placeholder="van der"),
        ask.text("surname"),
        ask.text("title", limit=30, placeholder="dr.", help=_("Only a doctorate. Mostly empty.")),
        ask.text("phone"),
        ask.text("email"),
        ask.text("salutation", width=3, help=_("Empty: Geachte heer/mevrouw with the surname.")),
    ]
    values: dict[str, Any] = {"role": "gp"}
    if found is not None:
        answers = [(True, _("Go along to the new practice")), (False, _("Stay with the old practice"))]
        fields += [
            ask.choice("practice", partial(_practices_now, office, found), width=2, required=True),
            Switch("takes_along", _("The open vouchers"), answers, width=3),
        ]
        fields.append(ask.check("active", help=_("Off for someone who left; earlier letters stay.")))
        values = typed_values("contact", found) | {"id": found.id, "version": found.version}
    form = Form(
        office.desk,
        full(found.known_as) if found is not None else _("New contact"),
        [Card(place.name if place is not None else "", fields)],
        _contact_draft,
        add_contact if found is None else change_contact,
        values={"practice": practice_id, **values},
        key=f"contact {contact_id or f'at {practice_id}'}",
        keep=office.keep,
        said=_("Contact saved"),
        place="practices",
    )
    if found is not None:
        follow(form, "takes_along", lambda: value_of(form.editor("practice")) not in (None, found.practice_id))
    return form


def _practices_now(office: Office, found: Contact) -> list[tuple[int, str]]:
    """Where somebody can work, the place where they do included."""
    known = dict(office.desk.look(list_choices) or [])
    return list(({found.practice_id: found.practice.name} | known).items())


def _practice_draft(**values: Any) -> PracticeDraft:
    """What was left empty gets its usual value."""
    return PracticeDraft(**{name: value for name, value in values.items() if value is not None})


def _contact_draft(**values: Any) -> ContactDraft:
    return ContactDraft(**{name: value for name, value in values.items() if value is not None})


def _coaches(office: Office) -> Sequence[tuple[int, str]]:
    return office.desk.look(list_coaches) or []


PAGES: dict[str, PageMaker] = {
    "practices": practice_list,
    "practice": practice,
    "edit_practice": practice_form,
    "contact": contact_form,
}
