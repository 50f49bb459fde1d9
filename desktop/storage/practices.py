"""Named queries about practices and their contacts. Must not know what may be done with the answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from peewee import fn

from desktop.rules.codes import CONTACT_ROLES
from desktop.rules.names import fold, full
from desktop.rules.practices import key_of
from desktop.rules.staff import OFFICE, Member
from desktop.storage import search
from desktop.storage.database import query
from desktop.storage.models import Contact, Practice, Voucher, name_of

SORTS = {"name": Practice.name, "town": Practice.town, "agb": Practice.agb, "phone": Practice.phone}
COUNTED = {"contacts": Contact, "vouchers": Voucher}
MOST_FOUND = 500


@dataclass(frozen=True)
class PracticeLine:
    """A practice as it stands in the list."""

    record: Practice
    contacts: tuple[str, ...]
    vouchers: int

    @property
    def id(self) -> int:
        return int(self.record.id)


@query(may=OFFICE)
def list_practices(by: Member, text: str = "", sort: str = "name", descending: bool = False) -> list[int]:
    """The ids of practices in order, or of those the text finds (by their own words or those of a contact)."""
    practices = Practice.select(Practice.id, Practice.name, SORTS.get(sort, Practice.name), Practice.active).where(
        Practice.merged_into.is_null()
    )
    if text.strip():
        found = [row for _kind, row in search.find(text, "practice", MOST_FOUND)]
        contacts = [row for _kind, row in search.find(text, "contact", MOST_FOUND)]
        at = Contact.select(Contact.practice).where(Contact.id.in_(contacts))
        practices = practices.where(Practice.id.in_(found) | Practice.id.in_(at))
    counts = _counts(COUNTED[sort]) if sort in COUNTED else None
    rows = sorted(practices.tuples(), key=lambda row: (fold(row[1]), row[0]))
    rows.sort(key=lambda row: counts.get(row[0], 0) if counts is not None else fold(row[2] or ""), reverse=descending)
    return [row[0] for row in sorted(rows, key=lambda row: not row[3])]


@query(may=OFFICE)
def fetch_practices(by: Member, ids: Sequence[int]) -> list[PracticeLine]:
    """These practices with who works there and how many vouchers came from them, in the order of the ids."""
    found = {practice.id: practice for practice in Practice.select().where(Practice.id.in_(ids))}
    names: dict[int, list[str]] = {}
    for contact in _in_order(Contact.select().where(Contact.practice.in_(ids) & Contact.active)):
        names.setdefault(contact.practice_id, []).append(full(name_of(contact)))
    vouchers = _counts(Voucher, ids)
    return [
        PracticeLine(found[each], tuple(names.get(each, ())), vouchers.get(each, 0)) for each in ids if each in found
    ]


@query(may=OFFICE)
def list_choices(by: Member) -> list[tuple[int, str]]:
    """(id, name) of the practices that refer now, for a choice."""
    rows = list(
        Practice.select(Practice.id, Practice.name, Practice.town)
        .where(Practice.active & Practice.merged_into.is_null())
        .tuples()
    )
    rows.sort(key=lambda row: (fold(row[1]), row[0]))
    return [(row[0], row[1]) for row in rows]


@query(may=OFFICE)
def find_practice(by: Member, practice_id: int) -> Practice:
    """One practice; gone is Refused."""
    return Practice.get_one(practice_id)


@query(may=OFFICE)
def find_contact(by: Member, contact_id: int) -> Contact:
    """Someone at a practice; gone is Refused."""
    return Contact.get_one(contact_id)


@query(may=OFFICE)
def list_contacts(by: Member, practice_id: int) -> list[Contact]:
    """Everyone at the practice, those who work there now first, GPs first."""
    return _in_order(Contact.select().where(Contact.practice == practice_id))


@query(may=OFFICE)
def count_vouchers(by: Member, practice_ids: Sequence[int]) -> Mapping[int, int]:
    """How many vouchers came from each of these practices."""
    return _counts(Voucher, practice_ids)


@query(may=OFFICE)
def known_practices(by: Member) -> dict[str, str]:
    """Names of practices by AGB code and by name with postcode: what an import compares with.

    A practice that was merged keeps its code, so it is known by the name of the one it went into.
    """
    practices = list(Practice.select())
    names = {practice.id: practice.name for practice in practices}
    known: dict[str, str] = {}
    for practice in practices:
        name = names.get(practice.merged_into_id) or practice.name
        known[key_of(practice.name, practice.postcode)] = name
        if practice.agb:
            known[practice.agb] = name
    return known


def _in_order(contacts: Iterable[Contact]) -> list[Contact]:
    """Those who work there now first, then by role as the field lists them, then by name."""
    roles = list(CONTACT_ROLES)
    return sorted(contacts, key=lambda row: (not row.active, roles.index(row.role), fold(row.surname), row.id))


def _counts(model: type[Contact] | type[Voucher], practice_ids: Sequence[int] | None = None) -> dict[int, int]:
    rows = model.select(model.practice, fn.COUNT(model.id)).group_by(model.practice)
    if practice_ids is not None:
        rows = rows.where(model.practice.in_(practice_ids))
    return {row[0]: row[1] for row in rows.tuples() if row[0] is not None}


def open_vouchers_of(contact: Contact) -> list[Voucher]:
    """The cases that are not closed, of which this contact is the referrer or hears how it goes."""
    named = (Voucher.referrer == contact) | (Voucher.report_to == contact)
    return list(Voucher.select().where((Voucher.status != "closed") & named).order_by(Voucher.id))
