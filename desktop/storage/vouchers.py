"""Named queries about vouchers: their list, their numbers, their reasons, and the terms the organisation works by."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar

import peewee

from desktop.rules.roles import sees_casework
from desktop.rules.staff import OFFICE, Member
from desktop.rules.status import Terms
from desktop.rules.vouchers import make_number, sequence_of
from desktop.storage import search
from desktop.storage.changes import log_key
from desktop.storage.database import ids_of, query
from desktop.storage.models import (
    Contact,
    NumberSeries,
    Organisation,
    Person,
    Practice,
    Reason,
    SpentNumber,
    Staff,
    Voucher,
    VoucherReason,
)

V = TypeVar("V", bound=Voucher | None)
SORTS = {
    "number": Voucher.number,
    "name": Person.sort_name,
    "received_on": Voucher.received_on,
    "practice": Practice.name,
    "status": Voucher.status,
    "due_on": Voucher.due_on,
    "coach": Staff.name,
}


@dataclass(frozen=True)
class VoucherFilter:
    """What a list of vouchers is narrowed to; empty means everything."""

    status: str = ""
    open_only: bool = False
    closed_only: bool = False
    coach: int | None = None
    practice: int | None = None


@query(may=OFFICE)
def list_vouchers(
    by: Member,
    text: str = "",
    narrow: VoucherFilter = VoucherFilter(),
    sort: str = "received_on",
    descending: bool = True,
) -> list[int]:
    """The ids of vouchers in order; text finds number, reference and the person's own words."""
    order = SORTS.get(sort, Voucher.received_on)
    vouchers = Voucher.select(Voucher.id)
    if sort in ("name", "practice", "coach"):
        model, on = {
            "name": (Person, Voucher.person),
            "practice": (Practice, Voucher.practice),
            "coach": (Staff, Voucher.coach),
        }[sort]
        vouchers = vouchers.join(model, peewee.JOIN.LEFT_OUTER, on=(on == model.id))
    if narrow.status:
        vouchers = vouchers.where(Voucher.status == narrow.status)
    if narrow.open_only:
        vouchers = vouchers.where(Voucher.status != "closed")
    if narrow.closed_only:
        vouchers = vouchers.where(Voucher.status == "closed")
    if narrow.coach is not None:
        vouchers = vouchers.where(Voucher.coach == narrow.coach)
    if narrow.practice is not None:
        vouchers = vouchers.where(Voucher.practice == narrow.practice)
    if text.strip():
        people = [row for _kind, row in search.find(text, "person", 500)]
        numbers = [row for _kind, row in search.find(text, "voucher", 500)]
        vouchers = vouchers.where(Voucher.id.in_(numbers) | Voucher.person.in_(people))
    ordered = vouchers.order_by(order.desc() if descending else order, Voucher.id.desc())
    return ids_of(ordered)


@query(may=OFFICE)
def fetch_vouchers(by: Member, ids: Sequence[int]) -> list[Voucher]:
    """These vouchers with person, practice and coach filled in, in the order of the ids."""
    rows = (
        Voucher.select(Voucher, Person, Practice, Staff)
        .join(Person)
        .switch(Voucher)
        .join(Practice, peewee.JOIN.LEFT_OUTER)
        .switch(Voucher)
        .join(Staff, peewee.JOIN.LEFT_OUTER, on=(Voucher.coach == Staff.id), attr="coach")
        .where(Voucher.id.in_(ids))
    )
    found = {voucher.id: without_ending(by, voucher) for voucher in rows}
    return [found[each] for each in ids if each in found]


@query(may=OFFICE)
def next_number(by: Member, today: date) -> str:
    """The number that the next voucher of this year gets."""
    prefix = f"{today.year % 100:02d}-"
    last = Voucher.select(Voucher.number).where(Voucher.number.startswith(prefix)).order_by(Voucher.id.desc()).limit(50)
    given = NumberSeries.get_or_none(NumberSeries.series == prefix[:2])
    highest = max((given.last if given else 0, *(sequence_of(voucher.number) for voucher in last)))
    number = make_number(today.year, highest + 1)
    while Voucher.select().where(Voucher.number == number).exists() or is_spent(number):
        highest += 1
        number = make_number(today.year, highest + 1)
    return number


def note_given(number: str) -> None:
    """This number was given out, or typed as one of ours: no undo and no destroying gives it to somebody else."""
    if not (sequence := sequence_of(number)):
        return
    series = number[:2]
    given = NumberSeries.get_or_none(NumberSeries.series == series)
    if given is None:
        NumberSeries.create(series=series, last=sequence)
    elif given.last < sequence:
        NumberSeries.update(last=sequence).where(NumberSeries.series == series).execute()


def spend(numbers: Iterable[str]) -> None:
    """The numbers of cases that are destroyed, kept as digests only: a letter may still name them."""
    for number in numbers:
        SpentNumber.insert(digest=_digest(number)).on_conflict_ignore().execute()


def is_spent(number: str) -> bool:
    """Whether this was the number of a case that was destroyed."""
    return bool(SpentNumber.select().where(SpentNumber.digest == _digest(number)).exists())


def _digest(number: str) -> str:
    """Under the key of the log, so that trying out all numbers without this file tells nothing."""
    return hmac.new(log_key(), f"voucher {number.upper()}".encode(), "sha256").hexdigest()


@query(may=OFFICE)
def find_voucher(by: Member, voucher_id: int) -> Voucher:
    """One voucher with its person and referrer; gone is Refused."""
    voucher = Voucher.get_one(voucher_id)
    voucher.person, voucher.referrer  # noqa: B018 (fetched here, where a failing disk becomes a sentence)
    return without_ending(by, voucher)


def without_ending(by: Member, voucher: V) -> V:
    """The voucher to look at, without how it ended for whom that is not."""
    if voucher is not None and not sees_casework(by):
        voucher.outcome = ""
    return voucher


@query(may=OFFICE)
def find_by_number(by: Member, number: str) -> Voucher | None:
    """The voucher that has this number already."""
    found: Voucher | None = Voucher.get_or_none(Voucher.number == number)
    return without_ending(by, found)


@query(may=OFFICE)
def practice_with_agb(by: Member, agb: str) -> int | None:
    """The practice with this AGB code."""
    found = Practice.get_or_none((Practice.agb == agb) & Practice.active & Practice.merged_into.is_null())
    return int(found.id) if found is not None else None


@query(may=OFFICE)
def list_referrers(by: Member, practice_id: int | None) -> list[Contact]:
    """Who works at a practice now, GPs first."""
    return list(
        Contact.select()
        .where((Contact.practice == practice_id) & Contact.active)
        .order_by(Contact.role != "gp", Contact.surname)
    )


@query(may=OFFICE)
def list_reasons(by: Member) -> list[Reason]:
    """The reasons a voucher can have, in the coordinator's order."""
    return list(Reason.select().where(Reason.active).order_by(Reason.position, Reason.name))


@query(may=OFFICE)
def find_reasons(by: Member, voucher_id: int) -> list[int]:
    """The ids of a voucher's reasons."""
    return [int(each.id) for each in reasons_of(voucher_id)]


@query(may=OFFICE)
def list_reasons_of(by: Member, voucher_id: int) -> list[Reason]:
    """The reasons of one voucher, in the coordinator's order."""
    return reasons_of(voucher_id)


def reasons_of(voucher_id: int) -> list[Reason]:
    return list(
        Reason.select().join(VoucherReason).where(VoucherReason.voucher == voucher_id).order_by(Reason.position)
    )


def terms() -> Terms:
    """The terms the organisation works by."""
    chosen = Organisation.select(*(getattr(Organisation, each.name) for each in fields(Terms))).tuples().first()
    return Terms(*chosen) if chosen is not None else Terms()
