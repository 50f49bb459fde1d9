"""Named queries about how long data are kept: the terms, whose term is over, the yearly lists, the certificates.

Must not know what is done about it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from desktop.language import _
from desktop.rules.dates import show_date
from desktop.rules.names import Name
from desktop.rules.retention import DEFAULTS, Ended, Verdict, verdict
from desktop.rules.staff import COORDINATOR, Member
from desktop.storage.database import query
from desktop.storage.models import (
    Closing,
    Destruction,
    Person,
    Request,
    RetentionItem,
    RetentionList,
    RetentionTerm,
    Voucher,
    Worry,
)
from desktop.storage.people import standing


@dataclass(frozen=True)
class Kept:
    """Somebody whose data have been kept long enough."""

    person_id: int
    cases: int
    verdict: Verdict


@dataclass(frozen=True)
class Line:
    """One line of a yearly list, with the name as long as there is one."""

    record: RetentionItem
    name: Name | None


def terms() -> dict[str, int]:
    """Months per kind of case: the usual ones, and over them what was set."""
    return DEFAULTS | {row.kind: row.months for row in RetentionTerm.select()}


@query(may=COORDINATOR)
def find_terms(by: Member) -> dict[str, int]:
    """Months per kind of case."""
    return terms()


def kept_long_enough(until: date) -> list[Kept]:
    """Everyone without an open case whose longest term ends on this day or before."""
    by_kind = terms()
    cases: dict[int, list[Ended]] = defaultdict(list)
    ended = {
        row[0]: row[1]
        for row in Closing.select(Closing.voucher, Closing.closed_on)
        .where(Closing.reopened_on.is_null())
        .order_by(Closing.closed_on)
        .tuples()
    }
    worried = Worry.select(Worry.person).where(Worry.done_on.is_null())
    busy = Voucher.select(Voucher.person).where(Voucher.status != "closed")
    open_persons = {row[0] for row in (*worried.tuples(), *busy.tuples())}
    rows = (
        Voucher.select(Voucher.id, Voucher.person, Voucher.outcome, Voucher.ground, Voucher.received_on)
        .join(Person)
        .where(standing() & (Voucher.status == "closed"))
        .tuples()
    )
    for voucher_id, person_id, outcome, ground, received_on in rows:
        if person_id not in open_persons:
            cases[person_id].append(Ended(outcome, ground, ended.get(voucher_id, received_on)))
    judged = ((person_id, found, verdict(found, by_kind)) for person_id, found in cases.items())
    return sorted(
        (Kept(person, len(found), each) for person, found, each in judged if each is not None and each.due_on <= until),
        key=lambda kept: (kept.verdict.ended_on, kept.person_id),
    )


def why_not_destroyed(person_id: int) -> str:
    """What still goes on with somebody, in a sentence that names it: their data stay until it is done."""
    cases = Voucher.select(Voucher.number).where((Voucher.person == person_id) & (Voucher.status != "closed"))
    if numbers := [row[0] for row in cases.order_by(Voucher.id).tuples()]:
        return _("Voucher {numbers} is still open. Close it first.").format(numbers=", ".join(numbers))
    worry = Worry.select(Worry.noticed_on).where((Worry.person == person_id) & Worry.done_on.is_null()).first()
    if worry is not None:
        day = show_date(worry.noticed_on)
        return _("The worry of {day} is still open. Deal with it first.").format(day=day)
    return ""


def unproved(person_id: int) -> bool:
    """Whether this person is said to have asked for it, and nobody made sure of that."""
    asked = (Request.person == person_id) & (Request.kind == "destruction") & Request.answered_on.is_null()
    return bool(Request.select().where(asked & ~Request.proved).exists())


@query(may=COORDINATOR)
def list_lists(by: Member) -> list[RetentionList]:
    """Every yearly list, the newest first."""
    return list(RetentionList.select().order_by(RetentionList.id.desc()))


@query(may=COORDINATOR)
def find_list(by: Member, list_id: int) -> RetentionList:
    """One yearly list; gone is Refused."""
    return RetentionList.get_one(list_id)


@query(may=COORDINATOR)
def list_items(by: Member, list_id: int) -> list[Line]:
    """The lines of a yearly list, the longest ended first."""
    rows = list(
        RetentionItem.select().where(RetentionItem.list == list_id).order_by(RetentionItem.ended_on, RetentionItem.id)
    )
    names = {person.id: person.known_as for person in Person.select().where(Person.id.in_([r.person_id for r in rows]))}
    return [Line(row, names.get(row.person_id)) for row in rows]


@query(may=COORDINATOR)
def list_destructions(by: Member) -> list[Destruction]:
    """Every certificate, the newest first."""
    return list(Destruction.select().order_by(Destruction.id.desc()))


def next_list_on(today: date) -> date | None:
    """When the next yearly list is due: a year after the last one, else as soon as somebody's term is over."""
    last = RetentionList.select().order_by(RetentionList.id.desc()).first()
    if last is not None and last.done_on is None:
        made_on: date = last.made_on
        return made_on
    if last is not None:
        return date(last.made_on.year + 1, last.made_on.month, min(last.made_on.day, 28))
    first = Closing.select(Closing.closed_on).order_by(Closing.closed_on).first()
    return (
        None if first is None else date(first.closed_on.year + 1, first.closed_on.month, min(first.closed_on.day, 28))
    )


def next_number(today: date) -> str:
    """The next certificate's number: V-2026-001."""
    count = Destruction.select().where(Destruction.number.startswith(f"V-{today.year}-")).count()
    return f"V-{today.year}-{count + 1:03d}"
