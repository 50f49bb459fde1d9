"""Named queries about open worries: whose page this is, and what is open about them. Must not know who sees what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee

from desktop.rules.names import Name
from desktop.rules.roles import sees_casework
from desktop.rules.staff import OFFICE, Member
from desktop.rules.worries import unsafe_at_home
from desktop.storage.changes import MODELS, Record
from desktop.storage.database import query
from desktop.storage.deeds import DEEDS
from desktop.storage.models import (
    Appointment,
    Enrolment,
    Hold,
    Letter,
    Person,
    Request,
    RetentionItem,
    Staff,
    Voucher,
    Worry,
    name_of,
)

OF_PERSON: dict[str, type[Record]] = {
    "voucher_id": Voucher,
    "appointment_id": Appointment,
    "enrolment_id": Enrolment,
    "hold_id": Hold,
    "worry_id": Worry,
    "letter_id": Letter,
    "request_id": Request,
    "item_id": RetentionItem,
    **{f"{kind}_id": model for kind, model in DEEDS.items() if kind not in ("contact", "appointment", "enrolment")},
}
"""Arguments of pages that name a record of one person; `contact_id` is somebody at a practice."""
PERSONS = ("record_id", "kept_id", "other_id")  # of a page that is about persons only when its `kind` says so


@dataclass(frozen=True)
class OpenWorry:
    """A worry about somebody that is not done."""

    id: int
    voucher_id: int
    person_id: int
    name: Name
    kind: str  # empty for who may not know what it is about
    unsafe_at_home: bool
    noticed_on: date
    called: bool
    coach: str = ""


@query(may=OFFICE)
def whose_page(by: Member, arguments: Mapping[str, Any]) -> tuple[int, ...]:
    """The persons a page is about, by what it is opened with; a page about nobody has none."""
    found = {*_persons(arguments), *_of_records(arguments), *_of_deed(arguments)}
    return tuple(sorted(_standing(found)))


@query(may=OFFICE)
def open_worries(by: Member, person_ids: Iterable[int]) -> list[OpenWorry]:
    """What is open about these persons, in whichever of their cases, the oldest first."""
    rows = (
        Worry.select(Worry, Person, Voucher, Staff)
        .join(Person)
        .switch(Worry)
        .join(Voucher)
        .join(Staff, peewee.JOIN.LEFT_OUTER, on=(Voucher.coach == Staff.id), attr="coach")
        .where(Worry.person.in_(list(person_ids)) & Worry.done_on.is_null())
        .order_by(Worry.noticed_on, Worry.id)
    )
    return [_as_open(row, sees_casework(by)) for row in rows]


def _as_open(row: Worry, told: bool) -> OpenWorry:
    coach = row.voucher.coach.name if row.voucher.coach is not None else ""
    about = (row.id, row.voucher_id, row.person_id, name_of(row.person), row.kind if told else "")
    return OpenWorry(*about, unsafe_at_home([row.kind]), row.noticed_on, row.called_at is not None, coach)


def _persons(arguments: Mapping[str, Any]) -> set[int]:
    names = ("person_id", *(PERSONS if arguments.get("kind") == "person" else ()))
    return {value for name in names if isinstance(value := arguments.get(name), int) and value}


def _of_records(arguments: Mapping[str, Any]) -> set[int]:
    found = {_person_of(model, arguments.get(name)) for name, model in OF_PERSON.items()}
    found |= {_person_of(Voucher, each) for each in arguments.get("voucher_ids") or ()}
    return {each for each in found if each is not None}


def _of_deed(arguments: Mapping[str, Any]) -> set[int]:
    """A deed or any other record, of the kind that the page was told."""
    model = {**MODELS, **DEEDS}.get(arguments.get("kind") or "")
    if model is None or model is Person or "person" not in model._meta.fields:
        return set()
    found = {_person_of(model, arguments.get(name)) for name in ("deed_id", "record_id")}
    return {each for each in found if each is not None}


def _person_of(model: type[Record], row_id: object) -> int | None:
    if not isinstance(row_id, int) or not row_id:
        return None
    found = model.select(model.person).where(model.id == row_id).tuples().first()
    return found[0] if found else None


def _standing(ids: Iterable[int]) -> set[int]:
    """Who was merged into somebody else is that other one."""
    found = set(ids)
    while moved := dict(
        Person.select(Person.id, Person.merged_into)
        .where(Person.id.in_(found) & Person.merged_into.is_null(False))
        .tuples()
    ):
        found = {moved.get(each, each) for each in found}
    return found
