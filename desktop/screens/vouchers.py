"""Vouchers: the list, registering one on one screen, and putting one right."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.actions.enrolments import register_walk_in
from desktop.actions.vouchers import correct_voucher, register_voucher
from desktop.errors import Refused
from desktop.exchange.referrals import Referral
from desktop.language import _, ngettext
from desktop.rules import codes
from desktop.rules.dates import show_date
from desktop.rules.declared import typed_values
from desktop.rules.deeds import WalkInDraft
from desktop.rules.names import Name, full
from desktop.rules.people import PersonDraft
from desktop.rules.staff import Member
from desktop.rules.vouchers import VoucherDraft
from desktop.screens import voucher_fields as fields
from desktop.screens.case_forms import follow
from desktop.screens.office import Office, PageMaker
from desktop.screens.referral import Beside, proposals, read_mails, remarks
from desktop.screens.voucher_fields import Choices
from desktop.storage.activities import find_activity
from desktop.storage.models import Person, Voucher
from desktop.storage.people import find_candidates, find_person
from desktop.storage.practices import list_choices
from desktop.storage.staff import list_coaches
from desktop.storage.vouchers import (
    VoucherFilter,
    fetch_vouchers,
    find_reasons,
    find_voucher,
    list_vouchers,
    practice_with_agb,
)
from desktop.widgets import parts
from desktop.widgets.fields import Switch, Text
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.listing import Filter, ListPage
from desktop.widgets.pages import Page
from desktop.widgets.records import Column

THINKING = 250  # milliseconds between the last key and the question who this may be
LINKED = "_person"  # where in the kept text it says whom the voucher is for
STATUS_TONES = {"received": "news", "contacting": "soon", "placing": "soon", "participating": "well"}


# ---- the list


def voucher_list(office: Office) -> Page:
    """All vouchers, newest first."""
    columns = [
        Column("number", _("Number"), lambda voucher: voucher.number, width=14),
        Column("received_on", _("Received"), lambda voucher: show_date(voucher.received_on), width=12),
        Column("name", _("Participant"), lambda voucher: full(voucher.person.known_as), width=24),
        Column("practice", _("Practice"), _practice_of, width=22),
        Column("status", _("Status"), _status_of, width=18, tone=lambda each: STATUS_TONES.get(each.status, "")),
        Column("due_on", _("Due"), lambda voucher: show_date(voucher.due_on), width=12, tone=partial(_due, office)),
        Column("coach", _("Coach"), lambda voucher: voucher.coach.name if voucher.coach else "", width=14),
    ]
    new = parts.button(_("New voucher"), "primary", "plus", partial(office.open, "new_voucher"))
    first = parts.button(_("New voucher"), on=partial(office.open, "new_voucher"))
    page = ListPage(
        office.desk,
        _("Vouchers"),
        columns,
        _ids,
        fetch_vouchers,
        buttons=[new],
        filters=[
            Filter("which", _("Open and closed"), lambda: (("open", _("Still open")), ("closed", _("Closed"))),
                   _("Open and closed")),
            Filter("status", _("Status"), partial(codes.options, codes.STATUSES), _("Every status")),
            Filter("coach", _("Coach"), lambda: office.desk.look(list_coaches) or [], _("Every coach")),
            Filter("practice", _("Practice"), lambda: office.desk.look(list_choices) or [], _("Every practice")),
        ],
        empty=(_("There are no vouchers yet. Register the first one, or paste a referral mail in it."), first),
        on_open=lambda voucher: office.open("person", person_id=voucher.person_id, voucher_id=voucher.id),
        counted=lambda count: ngettext("{n} voucher", "{n} vouchers", count).format(n=count),
        name="vouchers",
        settings=office.settings,
        sort="received_on",
        descending=True,
        placeholder=_("Number, name, birth date or phone"),
        place="vouchers",
        export=lambda: office.open("export", title=page.title, lines=page.table.count(), cells=page.cells),
    )  # fmt: skip
    return page


def _ids(by: Member, text: str, filters: Mapping[str, Any], sort: str, descending: bool) -> list[int]:
    narrow = VoucherFilter(
        status=filters["status"] or "",
        open_only=filters["which"] == "open",
        closed_only=filters["which"] == "closed",
        coach=filters["coach"],
        practice=filters["practice"],
    )
    return list_vouchers(by, text, narrow, sort, descending)


def _practice_of(voucher: Voucher) -> str:
    return str(voucher.practice.name if voucher.practice else voucher.referrer_name)


def _status_of(voucher: Voucher) -> str:
    if voucher.status == "closed" and voucher.outcome:
        return f"{codes.word(codes.STATUSES, 'closed')}: {codes.word(codes.CLOSING_OUTCOMES, voucher.outcome).lower()}"
    return codes.word(codes.STATUSES, voucher.status)


def _due(office: Office, voucher: Voucher) -> str:
    return "late" if voucher.due_on is not None and voucher.due_on < office.today else ""


# ---- registering


class VoucherForm(Form):
    """A new voucher with its person, for someone on the phone; by hand or from a pasted mail."""

    _person: Person | None = None
    _before_link: Mapping[str, str] = {}

    def __init__(
        self,
        office: Office,
        person_id: int | None = None,
        activity_id: int | None = None,
        number: str = "",
        practice_id: int | None = None,
    ) -> None:
        choices, side = Choices(office), Beside()
        walk_in = activity_id is not None
        super().__init__(
            office.desk,
            _walk_in_title(office, activity_id) if activity_id is not None else _("New voucher"),
            [*([_walk_in_card(choices)] if walk_in else []), *_cards(choices)],
            partial(_draft, choices, WalkInDraft if walk_in else VoucherDraft),
            register_walk_in if walk_in else register_voucher,
            values=_at_first(choices, activity_id, practice_id) | ({"voucher_number": number} if number else {}),
            key=" ".join(["new_voucher", *(f"{one}" for one in (person_id, activity_id) if one is not None)]),
            keep=office.keep,
            extra_buttons=[Extra(_("Save and call"), then=lambda made: office.open("call", voucher_id=made.id))],
            side=side,
            said=_("Voucher saved"),
            place="vouchers",
        )
        self._choices, self._beside = choices, side
        self._mails: list[Referral] = []
        self._thinking = QTimer(self, singleShot=True, interval=THINKING)
        self._thinking.timeout.connect(self.look_who)
        self.editor("practice").edited.connect(self._practice_changed)
        for name in fields.PERSON_FIELDS:
            self.editor(name).edited.connect(self._thinking.start)
        side.same.connect(self.link)
        side.other.connect(self.unlink)
        side.paste.connect(self.paste_mail)
        side.picked.connect(self._take_mail)
        QShortcut(QKeySequence("Ctrl+Shift+V"), self).activated.connect(self.paste_mail)
        if person_id is not None and (person := office.desk.look(find_person, person_id)) is not None:
            self._take(person)
        follow(self, "referrer_kind", partial(fields.asks_who, self, choices))
        self._as_opened = self.raw()

    # -- who it is ---------------------------------------------------------------------------------------

    def look_who(self) -> None:
        """Show who on file looks like the person being typed."""
        if self._person is not None:
            return
        draft = PersonDraft(**self._draft_of_person())
        found = self._desk.look(find_candidates, draft) or []
        self._beside.show_candidates(found)
        if found and self._beside.is_out_of_sight():
            names = ", ".join(full(each.name) for each in found)
            self.notice.say(_("Looks like someone we know: {names}. See below.").format(names=names), "news")

    def link(self, person_id: int) -> None:
        """The voucher is for someone on file: name and birth date as known, other things as typed just now."""
        person = self._desk.look(find_person, person_id)
        if person is None:
            return
        self._take(person)
        self._touched()
        self._to_first_empty()

    def unlink(self) -> None:
        """A new person after all, as typed before."""
        for name in fields.PERSON_FIELDS:
            self.editor(name).set_raw(self._before_link.get(name, ""))
        self._person = None
        self.set_values({"person_id": None, "person_version": None})
        self._touched()
        self.look_who()
        self.editor("surname").focus()

    def _take(self, person: Person) -> None:
        self._thinking.stop()
        self._before_link = self.raw()
        for name, known in fields.person_values(person).items():
            self._put_known(name, known)
        self._link_to(person)

    def _link_to(self, person: Person) -> None:
        self._person = person
        self.set_values({"person_id": person.id, "person_version": person.version})
        known = self._desk.look(find_candidates, fields.as_draft(person)) or []
        about = next((each.about for each in known if each.id == person.id), "")
        self._beside.show_linked(full(person.known_as), about)

    def _put_known(self, name: str, known: Any) -> None:
        """Keep what was typed, unless it is who the person is; say what differs."""
        editor, typed = self.editor(name), self.editor(name).raw()
        meant = self._value_of(name)
        editor.set_value(known)
        stored = editor.raw()
        if not typed or meant == known or typed == self._as_opened.get(name):
            return
        if name in fields.IDENTITY and stored:
            if not fields.is_part_of(typed, full(self._shown_name())):
                editor.complain(_("You typed: {text}").format(text=typed), doubt=True)
            return
        editor.set_raw(typed)
        if stored and name not in ("contact_by", "comes_by", "interpreter"):
            editor.complain(_("Was: {text}").format(text=stored), doubt=True)

    def _value_of(self, name: str) -> Any:
        try:
            return self.editor(name).value()
        except Refused:
            return None

    def _shown_name(self) -> Name:
        return PersonDraft(**self._draft_of_person()).name

    def _draft_of_person(self) -> dict[str, Any]:
        typed = fields.draft_values(self._choices, self._readable())
        return {name: value for name, value in typed.items() if name in PersonDraft.__dataclass_fields__}

    def _readable(self) -> dict[str, Any]:
        """What can be read of what stands there now."""
        return {name: value for name in fields.PERSON_FIELDS if (value := self._value_of(name)) is not None}

    # -- the practice ------------------------------------------------------------------------------------

    def _practice_changed(self) -> None:
        """Other people work there: who is no longer among them is taken away, a single GP is proposed."""
        earlier = [text for _id, text in self._choices.people_there()]
        if not _follow_practice(self, self._choices):
            return
        there = [text for _id, text in self._choices.people_there()]
        for name in ("referrer", "report_to"):
            text = self.editor(name).raw()
            if text in earlier:  # set anew in any case: a namesake at the new practice is someone else
                self.editor(name).set_raw(text if text in there else "")
        doctor = self._choices.only_doctor()
        if doctor and not self.editor("referrer").raw():
            self.suggest({"referrer": doctor})

    # -- a pasted mail -----------------------------------------------------------------------------------

    def paste_mail(self) -> None:
        """Read the copied text as one or more referral mails."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._beside.tell([_("Nothing was copied yet. Select the mail, copy it with Ctrl+C and come back.")])
            return
        self._mails = read_mails(text, self._choices)
        if len(self._mails) > 1:
            self._beside.ask_which(self._mails)
        elif self._mails:
            self._take_mail(0)

    def _take_mail(self, at: int) -> None:
        """Fill in what the mail proposes; what was typed stays, the note is added to."""
        mail = self._mails[at]
        found = proposals(mail, self._choices, lambda agb: self._desk.look(practice_with_agb, agb))
        free = {name: value for name, value in found.items() if self._is_free(name)}
        if "note" in found and "note" not in free:
            free["note"] = f"{self.editor('note').raw().rstrip()}\n{found['note']}"
        self.suggest(free)
        self._practice_changed()
        self.look_who()
        self._to_first_empty()
        said = remarks(mail, len(free), len(found) - len(free))
        self._beside.tell(said)
        self.notice.say(" ".join(said), "news")

    def _is_free(self, name: str) -> bool:
        editor = self.editor(name)
        return editor.suggested() or editor.raw() == self._as_opened.get(name, "")

    def _to_first_empty(self) -> None:
        needed = ("dated_on", "practice", "surname", "phone", "consent_received")
        empty = [name for name in needed if not self.editor(name).raw()]
        self.editor(empty[0] if empty else "surname").focus()

    # -- Form --------------------------------------------------------------------------------------------

    def complain(self, refusal: Refused, then: Any = None) -> None:
        """Some values of the draft have one field together."""
        named = {fields.STANDS_FOR.get(name, name): text for name, text in refusal.fields.items()}
        super().complain(type(refusal)(refusal.message, **named), then)

    def raw(self) -> dict[str, str]:
        return super().raw() | ({LINKED: str(self._person.id)} if self._person is not None else {})

    def restore(self, raw: Mapping[str, str]) -> None:
        self.editor("practice").set_raw(raw.get("practice", ""))
        _follow_practice(self, self._choices)
        super().restore(raw)
        linked = raw.get(LINKED, "")
        person = self._desk.look(find_person, int(linked)) if linked.isdigit() else None
        if person is not None:
            self._before_link = {name: text for name, text in raw.items() if name != LINKED}
            self._link_to(person)
        else:
            self.look_who()


def _cards(choices: Choices) -> list[Card]:
    how = Switch("consent_how", _("How the consent was given"), tuple(codes.options(codes.CONSENT_WAYS)), width=2)
    rarer = [*fields.rarer_voucher_fields(choices), how, *fields.rarer_person_fields(choices)]
    return [
        fields.voucher_card(choices, fields.consent_fields()),
        fields.person_card(choices),
        fields.reason_card(choices),
        Card(_("More details"), rarer, folded=True),
    ]


def _at_first(choices: Choices, activity_id: int | None, practice_id: int | None) -> dict[str, Any]:
    values: dict[str, Any] = {"channel": "paper", "report_back": True, "contact_by": ("phone", "post", "email")}
    if practice_id is not None:
        choices.choose_practice(practice_id)
        values |= {"practice": practice_id, "referrer": choices.only_doctor()}
    if activity_id is not None:
        values |= {"channel": "walk_in", "activity": activity_id, "first_known_by": "leader"}
        values |= {"first_attended_on": choices.today, "dated_on": choices.today}
    return values


def _draft(choices: Choices, kind: type[VoucherDraft], **values: Any) -> VoucherDraft:
    return kind(**fields.draft_values(choices, values))


def _walk_in_title(office: Office, activity_id: int) -> str:
    activity = office.desk.look(find_activity, activity_id)
    return _("Walked in at {activity}").format(activity=activity.title if activity is not None else "")


def _walk_in_card(choices: Choices) -> Card:
    known = tuple(codes.options(codes.KNOWN_BY))
    first = Text("first_attended_on", _("First time there"), required=True, **fields.past_day(choices.today))
    return Card(_("Came straight to the group"), [first, Switch("first_known_by", _("Known from"), known, width=2)])


# ---- putting right


def edit_voucher(office: Office, voucher_id: int) -> Page:
    """What was typed of a voucher, put right; the person has a page of their own."""
    voucher = office.desk.look(find_voucher, voucher_id)
    if voucher is None:
        return Page()
    choices = Choices(office, voucher_id)
    choices.choose_practice(voucher.practice_id)
    cards = [
        fields.voucher_card(choices),
        fields.reason_card(choices),
        Card(_("More details"), fields.rarer_voucher_fields(choices)),
    ]
    form = Form(
        office.desk,
        _("Voucher {number}").format(number=voucher.number),
        cards,
        partial(_draft, choices, VoucherDraft),
        correct_voucher,
        values=_values_of(voucher, office.desk.look(find_reasons, voucher_id) or []),
        key=f"edit_voucher {voucher_id}",
        keep=office.keep,
        extra_buttons=[
            Extra(_("Belongs to somebody else"), on=partial(office.open, "move_case_to", voucher_id=voucher_id))
        ],
        side=_whose(office, voucher.person),
        said=_("Voucher saved"),
        place="vouchers",
    )
    form.editor("practice").edited.connect(partial(_follow_practice, form, choices))
    follow(form, "referrer_kind", partial(fields.asks_who, form, choices))
    return form


def _values_of(voucher: Voucher, reasons: list[int]) -> dict[str, Any]:
    referrer = voucher.referrer
    return typed_values("voucher", voucher) | {
        "id": voucher.id,
        "version": voucher.version,
        "person_id": voucher.person_id,
        "referrer": fields.label_of(referrer) if referrer is not None else voucher.referrer_name,
        "referrer_kind": voucher.referrer_kind if voucher.referrer_name or voucher.referrer_kind == "self" else None,
        "reasons": tuple(reasons),
    }


def _follow_practice(form: Form, choices: Choices) -> bool:
    """Let the practice in the form decide who can be chosen; False while it is still being typed."""
    try:
        choices.choose_practice(form.editor("practice").value())
    except Refused:
        return False
    return True


def _whose(office: Office, person: Person) -> QWidget:
    change = parts.button(_("Correct the participant"), on=partial(office.open, "edit_person", person_id=person.id))
    card = parts.card(_("Participant"), parts.label(full(person.known_as), "strong"), change)
    return parts.column(card, None)


PAGES: dict[str, PageMaker] = {
    "vouchers": voucher_list,
    "new_voucher": VoucherForm,
    "edit_voucher": edit_voucher,
}
