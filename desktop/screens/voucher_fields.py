"""The fields of a voucher and its person: what stands on the form, how it is read, and the draft it becomes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, TypeVar

from desktop.errors import Refused
from desktop.language import _, current
from desktop.rules import codes
from desktop.rules.addresses import find_postcode, is_foreign_postcode, read_postcode, tidy_country
from desktop.rules.dates import (
    age,
    read_birth_date,
    read_date,
    refuse_future,
    show_birth_date,
    show_date,
    show_day,
    show_long,
)
from desktop.rules.declared import copied, typed_values
from desktop.rules.identifiers import refuse_bsn, without_bsn
from desktop.rules.names import fold, full, read_name
from desktop.rules.people import EMAIL, PersonDraft, read_given, read_surname, show_given
from desktop.rules.phones import read_phone
from desktop.rules.recognising import recognise_person
from desktop.rules.vouchers import tidy_number
from desktop.screens.asked import LONGEST, Asks
from desktop.screens.office import Office
from desktop.storage.models import Contact, Person
from desktop.storage.people import list_neighbourhoods, street_of
from desktop.storage.practices import list_choices
from desktop.storage.staff import list_coaches
from desktop.storage.vouchers import find_by_number, list_reasons, list_referrers, next_number
from desktop.widgets.fields import Chips, Heading, Item, Switch, Text
from desktop.widgets.form import Card, Form

T = TypeVar("T")
IDENTITY = ("given", "tussenvoegsel", "surname", "birth_date", "form_of_address", "birth_name")
LIKENESS = ("initials", "first_name", "tussenvoegsel", "surname", "birth_date", "phone", "phone2", "postcode", "number")
STANDS_FOR = {
    "initials": "given",
    "first_name": "given",
    "number": "address",
    "postcode": "address",
    "referrer_name": "referrer",
}
"""Which field of the form speaks for which value of the draft."""
PERSON_FIELDS = tuple(dict.fromkeys(STANDS_FOR.get(each.name, each.name) for each in copied("person")))


class Choices:
    """What can be chosen on one form, given the practice chosen now."""

    def __init__(self, office: Office, voucher_id: int | None = None) -> None:
        self._desk, self.today, self._voucher_id = office.desk, office.today, voucher_id
        self.contacts: list[Contact] = []
        self.next_number = "" if voucher_id else self._desk.look(next_number, self.today) or ""
        self._neighbourhoods = self._desk.look(list_neighbourhoods) or []
        self._reasons = self._desk.look(list_reasons) or []

    def practices(self) -> list[tuple[int, str]]:
        return self._desk.look(list_choices) or []

    def coaches(self) -> list[tuple[int, str]]:
        return self._desk.look(list_coaches) or []

    def reasons(self) -> list[tuple[int, str]]:
        return [(each.id, each.name) for each in self._reasons]

    def reasons_with(self, wanted: Sequence[str]) -> tuple[int, ...]:
        """The ids of the reasons with these codes."""
        return tuple(each.id for each in self._reasons if each.code in wanted)

    def choose_practice(self, practice_id: int | None) -> None:
        self.contacts = (self._desk.look(list_referrers, practice_id) or []) if practice_id is not None else []

    def people_there(self) -> list[tuple[int, str]]:
        """(id, name with role) of who works at the chosen practice."""
        return [(each.id, label_of(each)) for each in self.contacts]

    def only_doctor(self) -> str:
        """The GP of the practice, when there is one only."""
        doctors = [label_of(each) for each in self.contacts if each.role == "gp"]
        return doctors[0] if len(doctors) == 1 else ""

    def referrers(self, typed: str) -> list[str]:
        words = fold(typed).split()
        return [text for _id, text in self.people_there() if all(word in fold(text) for word in words)]

    def contact_called(self, text: str) -> Contact | None:
        """Who of the practice is meant by this text."""
        named = next((each for each in self.contacts if label_of(each) == text), None)
        if named is not None or not text:
            return named
        meant = recognise_person(text, [(each.id, each.known_as) for each in self.contacts])
        return next((each for each in self.contacts if each.id == meant), None)

    def read_number(self, text: str) -> str:
        """A number that nobody has yet."""
        number = tidy_number(text)
        other = self._desk.look(find_by_number, number) if number else None
        if other is not None and other.id != self._voucher_id:
            raise Refused(
                _("This number is already used, for a voucher of {date}.").format(date=show_date(other.received_on))
            )
        return number

    def place_of(self, postcode: str) -> tuple[str, str]:
        """(street, town) of a postcode, when somebody on file lives there."""
        return (self._desk.look(street_of, postcode) or ("", "")) if postcode else ("", "")

    def tell_place(self, address: tuple[str, str]) -> str:
        """The street and the neighbourhood of a postcode, as far as they are known."""
        postcode = address[0]
        around = [name for name, digits in self._neighbourhoods if postcode[:4] in digits] if postcode else []
        return ", ".join(part for part in (*self.place_of(postcode), *around[:1]) if part)


# ---- the cards


def voucher_card(choices: Choices, extra: Sequence[Item] = ()) -> Card:
    ask = Asks("voucher", choices.today)
    return Card(
        _("Voucher"),
        [
            ask.text(
                "voucher_number",
                read=choices.read_number,
                placeholder=choices.next_number,
                help=_("Empty: the next number") if choices.next_number else "",
                limit=40,
            ),
            Text("dated_on", ask.label("dated_on"), **past_day(choices.today)),
            ask.choice("channel"),
            ask.choice("practice", choices.practices),
            ask.text("referrer", read=_without_bsn, suggest=choices.referrers, takes_one=True, limit=100),
            ask.choice("referrer_kind", help=_("Empty: without a title")),
            ask.choice("report_to", choices.people_there),
            *extra,
        ],
    )


def consent_fields() -> list[Item]:
    answers = tuple(codes.options(codes.CONSENT_ANSWERS))
    return [
        Switch("consent_received", _("Practice may pass on the data"), answers),
        Switch("consent_report_back", _("We may report back"), answers),
    ]


def person_card(choices: Choices) -> Card:
    ask = Asks("person", choices.today)
    return Card(
        _("Participant"),
        [
            Text("given", _("First name or initials"), read=read_given, show=show_given, limit=100),
            ask.text("tussenvoegsel", read=_name_part, limit=30),
            ask.text("surname", read=read_surname, show=_joined, limit=100),
            ask.text("phone", read=_or_empty(read_phone)),
            ask.text(
                "birth_date",
                read=_or_empty(partial(_read_birth, today=choices.today)),
                show=show_birth_date,
                echo=partial(_tell_age, today=choices.today),
            ),
            Text("address", _("Postcode and house number"), read=read_address, show=_joined, echo=choices.tell_place),
            ask.switch("form_of_address"),
            ask.check("comes_by"),
        ],
    )


def reason_card(choices: Choices) -> Card:
    return Card(
        _("Reason"),
        [
            Chips("reasons", _("Reasons"), choices.reasons, placeholder=_("Add a reason")),
            Asks("voucher").text(
                "note",
                read=_without_bsn,
                pasted=leave_bsn_out,
                placeholder=_("In plain words, no diagnoses"),
                lines=2,
                width=3,
                limit=LONGEST,
            ),
        ],
    )


def rarer_voucher_fields(choices: Choices) -> list[Item]:
    ask = Asks("voucher", choices.today)
    return [
        Heading(_("About the voucher")),
        Text("received_on", ask.label("received_on"), help=_("Empty: today"), **past_day(choices.today)),
        ask.text("valid_until"),
        ask.text("their_reference", read=_without_bsn, limit=60),
        ask.choice("coach", choices.coaches, help=_("Empty: the coach of the practice")),
        ask.text("icpc", help=_("Only for social problems, never in letters"), limit=6),
        ask.check("warm"),
        ask.check("report_back"),
    ]


def rarer_person_fields(choices: Choices) -> list[Item]:
    ask = Asks("person", choices.today)
    return [
        Heading(_("About the participant")),
        ask.text("birth_name", read=_name_part),
        ask.text("street", read=_without_bsn, limit=100),
        ask.text("town", read=_without_bsn, limit=60),
        ask.text("country", read=tidy_country, help=_("Only for an address abroad."), limit=60),
        ask.text("phone2", read=_or_empty(read_phone)),
        ask.switch("voicemail"),
        ask.text("best_time", read=_without_bsn, limit=100),
        ask.text("email", read=_read_email),
        ask.chips("contact_by", width=2),
        ask.text("language", read=_without_bsn, limit=60),
        ask.check("interpreter"),
        ask.choice("own_practice", choices.practices, help=_("When it is another one")),
        ask.text("contact_name", read=_without_bsn, limit=100),
        ask.text("contact_relation", read=_without_bsn, limit=100),
        ask.text("contact_phone", read=_or_empty(read_phone)),
        ask.text("person_note", read=_without_bsn, pasted=leave_bsn_out, limit=LONGEST),
    ]


# ---- between form and draft


def draft_values(choices: Choices, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields gave, under the names of a draft; what is empty gets the draft's own default."""
    made = {name: value for name, value in values.items() if value is not None and name not in ("given", "address")}
    made["initials"], made["first_name"] = values.get("given") or ("", "")
    made["postcode"], made["number"] = values.get("address") or ("", "")
    before, made["surname"] = values.get("surname") or ("", "")
    made["tussenvoegsel"] = " ".join(part for part in (values.get("tussenvoegsel") or "", before) if part)
    if not made.get("street") and not made.get("town"):
        made["street"], made["town"] = choices.place_of(made["postcode"])
    return made | _referrer(choices, made)


def _referrer(choices: Choices, made: Mapping[str, Any]) -> dict[str, Any]:
    """A contact of the practice, or the name as it was written."""
    text = made.get("referrer") or ""
    contact = choices.contact_called(text)
    if contact is None:
        return {"referrer": None, "referrer_name": text}
    return {"referrer": contact.id, "referrer_name": "", "referrer_kind": contact.role}


def asks_who(form: Form, choices: Choices) -> bool:
    """Whether to ask who referred: the name is of nobody at the practice, or nobody there did."""
    text, itself = form.editor("referrer").raw().strip(), codes.word(codes.REFERRER_KINDS, "self")
    uncalled = codes.word(codes.CHANNELS, "self")
    if form.editor("referrer_kind").raw() == itself or form.editor("channel").raw() == uncalled:
        return True
    return bool(text) and choices.contact_called(text) is None


def person_values(person: Person) -> dict[str, Any]:
    """What is on file of a person, as the fields take it."""
    values = {name: value for name, value in typed_values("person", person).items() if name in PERSON_FIELDS}
    return values | {
        "given": (person.initials, person.first_name),
        "surname": ("", person.surname),
        "address": (person.postcode, person.number),
    }


def is_part_of(typed: str, name: str) -> bool:
    """Whether what was typed only says less than the whole name: "A.", "van der Meer"."""
    words, whole = fold(typed).split(), fold(name).split()
    return all(any(each.startswith(word) for each in whole) for word in words)


def as_draft(person: Person) -> PersonDraft:
    """Someone on file as a draft, to look for others like them."""
    return PersonDraft(**{name: getattr(person, name) for name in LIKENESS})


def label_of(contact: Contact) -> str:
    """ "M. Jansen, huisarts"."""
    role = codes.word(codes.CONTACT_ROLES, contact.role)
    return f"{full(contact.known_as)}, {role if role[1:2].isupper() else role[:1].lower() + role[1:]}"


def read_address(text: str) -> tuple[str, str]:
    """ "5612 CD 12 bis", "12 bis 5612CD" or only one of the two, as (postcode, house number)."""
    refuse_bsn(text)
    typed = " ".join(text.split()).strip(" ,")
    found = find_postcode(typed)
    if found is not None:
        start, end, postcode = found
        rest = f"{typed[:start]} {typed[end:]}".strip(" ,")
        return read_postcode(postcode) or "", _house_number(rest)
    if not typed or (typed[0].isdigit() and not typed[:4].isdigit()) or (typed.isdigit() and len(typed) < 4):
        return "", _house_number(typed)
    first, _gap, rest = typed.partition(" ")
    if is_foreign_postcode(first):
        return first.upper(), _house_number(rest)
    letters, _gap, number = rest.partition(" ")
    if len(letters) == 2 and letters.isalpha():
        return read_postcode(first + letters) or "", _house_number(number)
    return read_postcode(first) or "", _house_number(rest)


def leave_bsn_out(text: str) -> tuple[str, str]:
    """For a pasted text: without its BSN, and the sentence that says so."""
    kept, left_out = without_bsn(text)
    return kept, _("BSN left out.") if left_out else ""


def _house_number(text: str) -> str:
    if text and not text[0].isdigit():
        raise Refused(_("Write the postcode and then the house number, like 5612 CD 12."))
    if len(text) > 15:
        raise Refused(_("This house number is too long."))
    return text


def past_day(today: date) -> dict[str, Any]:
    """How a day is read that cannot lie ahead."""

    def read(text: str) -> date | None:
        day = read_date(text, today, past=True)
        refuse_future(day, today)
        return day

    return {"read": read, "show": show_date, "echo": _tell_day}


def _tell_day(day: date) -> str:
    return f"{show_day(day, current())} {day.year}"


def _tell_age(born: str, today: date) -> str:
    if not born:
        return ""
    day = show_long(date.fromisoformat(born), current()) if len(born) == len("1951-04-03") else born
    return _("{date}, {age} years old").format(date=day, age=age(born, today))


def _read_birth(text: str, today: date) -> str | None:
    return read_birth_date(text, today)


def _read_email(text: str) -> str:
    if text and not EMAIL.fullmatch(text):
        raise Refused(_("This is no e-mail address."))
    return text


def _without_bsn(text: str) -> str:
    refuse_bsn(text)
    return text


def _name_part(text: str) -> str:
    refuse_bsn(text)
    return read_name(text) or ""


def _or_empty(read: Callable[[str], str | None]) -> Callable[[str], str]:
    def read_or_empty(text: str) -> str:
        return read(text) or ""

    return read_or_empty


def _joined(two: tuple[str, str]) -> str:
    return " ".join(part for part in two if part)
