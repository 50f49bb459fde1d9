"""Whose doctor, from the records: the practices a case names, with who answers there. Has no rule of its own."""

from collections import defaultdict
from collections.abc import Iterable

import peewee

from desktop.rules.cases import Case, Office, Participant
from desktop.rules.gp import ANSWERING, GP_KINDS, Gp, Line, Surgery, gp_of
from desktop.rules.names import full
from desktop.rules.staff import OFFICE, Member
from desktop.storage.database import query
from desktop.storage.models import Contact, Practice, Voucher, name_of
from desktop.storage.practices import list_choices


def surgeries() -> dict[int, Surgery]:
    """Every practice as somebody phones it; two queries, however many cases are asked about."""
    lines = _contact_lines()
    rows = Practice.select(
        Practice.id, Practice.name, Practice.kind, Practice.active, Practice.merged_into, Practice.phone
    ).tuples()
    return {
        at: Surgery(at, name, kind, active, merged_into, (*([Line(phone)] if phone else []), *lines[at]))
        for at, name, kind, active, merged_into, phone in rows
    }


def gp_of_case(case: Case) -> Gp:
    """Whose patient this is, as it is recorded now."""
    return gp_of(case, surgeries())


def gp_of_voucher(voucher: Voucher) -> Gp:
    """The same for who has no whole case at hand: two links say it."""
    return gp_of_case(_links_of(voucher))


def surgeries_of(vouchers: Iterable[Voucher]) -> dict[int, int]:
    """Per case the practice that hears of a worry, where one is known; two queries, however many there are."""
    known = surgeries()
    found = {voucher.id: gp_of(_links_of(voucher), known).surgery for voucher in vouchers}
    return {voucher_id: surgery.id for voucher_id, surgery in found.items() if surgery is not None}


def _links_of(voucher: Voucher) -> Case:
    practice = Office(id=voucher.practice_id) if voucher.practice_id is not None else None
    person = Participant(own_practice_id=voucher.person.own_practice_id)
    return Case(voucher.received_on, person=person, practice=practice)


@query(may=OFFICE)
def find_gp(by: Member, voucher_id: int) -> Gp:
    """Whom to phone about the person of this case."""
    return gp_of_voucher(Voucher.get_one(voucher_id))


@query(may=OFFICE)
def find_surgery(by: Member, practice_id: int) -> Surgery:
    """A practice as somebody phones it; gone is Refused."""
    Practice.get_one(practice_id)
    return surgeries()[practice_id]


@query(may=OFFICE)
def list_gp_choices(by: Member, with_id: int | None = None) -> list[tuple[int, str]]:
    """(id, name) of the practices where a GP works; the one that is on file stays a choice, whatever it is."""
    doctors = {row[0] for row in Practice.select(Practice.id).where(Practice.kind.in_(GP_KINDS)).tuples()}
    found = [each for each in list_choices(by) if each[0] in doctors]
    if with_id is not None and with_id not in {each[0] for each in found}:
        practice = Practice.get_one(with_id)
        found.append((practice.id, practice.name))
    return found


def _contact_lines() -> dict[int, list[Line]]:
    """By practice who there has a number of their own."""
    rows: peewee.ModelSelect = Contact.select().where(
        Contact.active & (Contact.phone != "") & Contact.role.in_(ANSWERING)
    )
    found: dict[int, list[Line]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (ANSWERING.index(row.role), row.id)):
        found[row.practice_id].append(Line(row.phone, full(name_of(row)), row.role))
    return found
