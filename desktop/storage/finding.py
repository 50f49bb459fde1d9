"""What the one search box finds: persons, vouchers, practices, activities, letters by their code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peewee import JOIN

from desktop.errors import Refused
from desktop.rules.addresses import street_line
from desktop.rules.codes import LETTER_MOMENTS, word
from desktop.rules.dates import read_birth_date, show_birth_date, show_date
from desktop.rules.lettercode import letter_id_of
from desktop.rules.names import full
from desktop.rules.phones import read_phone, show_phone
from desktop.rules.roles import sees_casework
from desktop.rules.staff import OFFICE, Member
from desktop.storage import search
from desktop.storage.database import query
from desktop.storage.models import Activity, Contact, Letter, Location, Person, Practice, Voucher, name_of

MOST = 12
LONGEST_NUMBER = 60  # characters; no date or phone number is longer


@dataclass(frozen=True)
class FoundRecord:
    """One thing found: what it is, and two lines to recognise it by."""

    kind: str
    id: int
    title: str
    subtitle: str


@query(may=OFFICE)
def find_anything(by: Member, text: str, today: date) -> list[FoundRecord]:
    """At most a dozen things the text finds, persons first; no text gives an error."""
    if (coded := letter_id_of(text)) is not None:
        return _letters([coded]) if sees_casework(by) else []
    hits = list(dict.fromkeys(hit for words in _readings(text, today) for hit in search.find(words, "", MOST)))[:MOST]
    found: list[FoundRecord] = []
    for kind, describe in DESCRIBERS.items():
        ids = [row for each, row in hits if each == kind]
        if ids:
            found += describe(ids)
    return found


def _readings(text: str, today: date) -> list[str]:
    """The text itself, and as the birth date or phone number it may be."""
    readings = [text]
    if len(text) <= LONGEST_NUMBER and re.search(r"\d", text):
        readings = [*_as_birth_date(text, today), *_as_phone(text), text]
        digits = re.sub(r"[\s()/.+-]", "", text)
        if digits.isdecimal() and len(digits) >= 4 and digits != text:
            readings.append(digits)
    return readings


def _as_birth_date(text: str, today: date) -> list[str]:
    try:
        iso = read_birth_date(text, today)
    except Refused:
        return []
    return ["".join(reversed(iso.split("-")))] if iso and len(iso) == len("1951-04-03") else []


def _as_phone(text: str) -> list[str]:
    try:
        number = read_phone(text)
    except Refused:
        return []
    return ["0" + number[3:] if number.startswith("+31") else number] if number else []


def _letters(ids: Sequence[int]) -> list[FoundRecord]:
    """By the code at the bottom of the paper; a letter of somebody whose data were destroyed is not there any more."""
    rows = Letter.select(Letter.id, Letter.moment, Letter.written_on, Person, Practice).join(Person).switch(Letter)
    rows = rows.join(Practice, JOIN.LEFT_OUTER).where(Letter.id.in_(ids) & Person.erased_on.is_null())
    return [
        FoundRecord(
            "letter",
            row.id,
            _joined(word(LETTER_MOMENTS, row.moment), full(name_of(row.person)), by=": "),
            _joined(show_date(row.written_on), row.practice.name if row.practice else ""),
        )
        for row in rows
    ]


def _people(ids: Sequence[int]) -> list[FoundRecord]:
    rows = Person.select().where(Person.id.in_(ids)).order_by(Person.sort_name)
    return [
        FoundRecord(
            "person",
            row.id,
            full(name_of(row)),
            _joined(
                show_birth_date(row.birth_date),
                show_phone(row.phone),
                street_line(row),
                row.town,
            ),
        )
        for row in rows
    ]


def _vouchers(ids: Sequence[int]) -> list[FoundRecord]:
    rows = Voucher.select(Voucher, Person).join(Person).where(Voucher.id.in_(ids)).order_by(Voucher.number)
    return [
        FoundRecord(
            "voucher", row.id, row.number, _joined(full(name_of(row.person)), row.received_on.strftime("%d-%m-%Y"))
        )
        for row in rows
    ]


def _practices(ids: Sequence[int]) -> list[FoundRecord]:
    rows = Practice.select().where(Practice.id.in_(ids)).order_by(Practice.name)
    return [FoundRecord("practice", row.id, row.name, _joined(row.town, show_phone(row.phone))) for row in rows]


def _contacts(ids: Sequence[int]) -> list[FoundRecord]:
    rows = Contact.select(Contact, Practice).join(Practice).where(Contact.id.in_(ids)).order_by(Contact.surname)
    return [FoundRecord("practice", row.practice_id, full(name_of(row)), row.practice.name) for row in rows]


def _activities(ids: Sequence[int]) -> list[FoundRecord]:
    rows = Activity.select(Activity, Location).join(Location, JOIN.LEFT_OUTER).where(Activity.id.in_(ids))
    return [
        FoundRecord("activity", row.id, row.title, row.location.name if row.location else "")
        for row in rows.order_by(Activity.title)
    ]


def _joined(*parts: str, by: str = " · ") -> str:
    return by.join(part for part in parts if part)


DESCRIBERS = {
    "person": _people, "voucher": _vouchers, "practice": _practices, "contact": _contacts, "activity": _activities,
}  # fmt: skip
