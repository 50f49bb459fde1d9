"""Named queries about practices and their contacts. Must not know what may be done with the answers."""

from collections.abc import Mapping, Sequence

from peewee import fn

from desktop.rules.practices import key_of
from desktop.rules.staff import OFFICE, Member
from desktop.storage import search
from desktop.storage.database import query
from desktop.storage.models import Contact, Practice, Voucher

SORTS = {"name": Practice.name, "town": Practice.town, "agb": Practice.agb, "phone": Practice.phone}


@query(may=OFFICE)
def list_practices(by: Member, text: str = "", sort: str = "name", descending: bool = False) -> list[int]:
    """The ids of practices in order, or of those the text finds (by their own words or those of a contact)."""
    order = SORTS.get(sort, Practice.name)
    practices = Practice.select(Practice.id).where(Practice.merged_into.is_null())
    if text.strip():
        found = [row for _kind, row in search.find(text, "practice", 500)]
        contacts = [row for _kind, row in search.find(text, "contact", 500)]
        at = Contact.select(Contact.practice).where(Contact.id.in_(contacts))
        practices = practices.where(Practice.id.in_(found) | Practice.id.in_(at))
    ordered = practices.order_by(
        Practice.active.desc(), order.collate("NOCASE").desc() if descending else order.collate("NOCASE"), Practice.id
    )
    return [row[0] for row in ordered.tuples()]


@query(may=OFFICE)
def fetch_practices(by: Member, ids: Sequence[int]) -> list[Practice]:
    """These practices in the order of the ids."""
    found = {practice.id: practice for practice in Practice.select().where(Practice.id.in_(ids))}
    return [found[each] for each in ids if each in found]


@query(may=OFFICE)
def list_choices(by: Member) -> list[tuple[int, str]]:
    """(id, name) of the practices that refer now, for a choice."""
    rows = Practice.select(Practice.id, Practice.name).where(Practice.active & Practice.merged_into.is_null())
    return [(row[0], row[1]) for row in rows.order_by(Practice.name.collate("NOCASE")).tuples()]


@query(may=OFFICE)
def find_practice(by: Member, practice_id: int) -> Practice:
    """One practice; gone is Refused."""
    return Practice.get_one(practice_id)


@query(may=OFFICE)
def list_contacts(by: Member, practice_id: int) -> list[Contact]:
    """Everyone at the practice, those who work there now first, GPs first."""
    return list(
        Contact.select()
        .where(Contact.practice == practice_id)
        .order_by(Contact.active.desc(), Contact.role != "gp", Contact.surname)
    )


@query(may=OFFICE)
def count_vouchers(by: Member, practice_ids: Sequence[int]) -> Mapping[int, int]:
    """How many vouchers came from each of these practices."""
    rows = (
        Voucher.select(Voucher.practice, fn.COUNT(Voucher.id))
        .where(Voucher.practice.in_(practice_ids))
        .group_by(Voucher.practice)
    )
    return {row[0]: row[1] for row in rows.tuples()}


@query(may=OFFICE)
def known_practices(by: Member) -> dict[str, int]:
    """Practice ids by AGB code and by name with postcode: what an import compares with."""
    known: dict[str, int] = {}
    for practice in Practice.select().where(Practice.merged_into.is_null()):
        known[key_of(practice.name, practice.postcode)] = practice.id
        if practice.agb:
            known[practice.agb] = practice.id
    return known
