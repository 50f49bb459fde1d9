"""Which records may be one and the same, how they differ, and what belongs to them. Must not know what staff decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from peewee import fn

from desktop.errors import Refused
from desktop.language import _
from desktop.rules.addresses import Address, one_line
from desktop.rules.history import HIDDEN, label
from desktop.rules.merge import GROUPS, Difference, Group, differs, proposed
from desktop.rules.names import full
from desktop.rules.people import Known, PersonDraft, likeness
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.changes import Audit, Change, Record, kind_of, plain
from desktop.storage.database import database, query
from desktop.storage.history import name_of_record, shown
from desktop.storage.models import RECORDS, DifferentPeople, Person, Practice, Voucher, name_of
from desktop.storage.moves import are_torn

LIKELY = 6
MOST_PAIRS, MOST_OF_ONE = 2000, 20
STAYS = ("merged_into", "counted_for")
"""What was merged into a record, and what it came to in the past, do not go along."""
JUDGED = ("initials", "first_name", "tussenvoegsel", "surname", "birth_date", "phone", "phone2", "postcode", "number")
ALIKE = (
    "SELECT group_concat(id) FROM person WHERE birth_date <> '' AND merged_into_id IS NULL AND erased_on IS NULL "
    "GROUP BY sound, birth_date HAVING count(*) > 1 UNION ALL "
    "SELECT group_concat(id) FROM person WHERE phone <> '' AND merged_into_id IS NULL AND erased_on IS NULL "
    "GROUP BY phone HAVING count(*) > 1 UNION ALL "
    "SELECT group_concat(id) FROM person WHERE postcode <> '' AND merged_into_id IS NULL AND erased_on IS NULL "
    "GROUP BY postcode, number, sound HAVING count(*) > 1"
)
"""Who shares a name by its sound with a birth date or an address, or a phone: one walk, also past 100,000."""


@dataclass(frozen=True)
class Pair:
    """Two on file who may be one person, with the why in plain words."""

    kept: int
    other: int
    name: str
    other_name: str
    why: tuple[str, ...]
    score: int


@query(may=CASEWORK)
def list_same_people(by: Member) -> list[Pair]:
    """Who may be on file twice, likeliest first; those judged to be different people are left out."""
    different = {
        frozenset(row) for row in DifferentPeople.select(DifferentPeople.person, DifferentPeople.other).tuples()
    }
    pairs = [pair for pair in _pairs() if frozenset(pair) not in different]
    persons = {each.id: each for each in Person.select().where(Person.id.in_([one for pair in pairs for one in pair]))}
    judged = [_judged(persons[first], persons[second]) for first, second in pairs]
    return sorted((pair for pair in judged if pair is not None), key=lambda pair: (-pair.score, pair.kept))


def _pairs() -> list[tuple[int, int]]:
    """Every two of those who share something, each pair once; a home for many gives only so many pairs."""
    found: dict[tuple[int, int], None] = {}
    for (listed,) in database.execute_sql(ALIKE).fetchall():
        group = sorted(int(each) for each in listed.split(","))[:MOST_OF_ONE]
        found |= dict.fromkeys(combinations(group, 2))
    return list(found)[:MOST_PAIRS]


def _judged(first: Person, second: Person) -> Pair | None:
    draft = PersonDraft(**{name: getattr(first, name) for name in JUDGED})
    phones = tuple(phone for phone in (second.phone, second.phone2) if phone)
    known = Known(second.id, name_of(second), second.birth_date, phones, second.postcode, second.number)
    found = likeness(draft, known)
    if found is None or found.score < LIKELY:
        return None
    return Pair(first.id, second.id, full(name_of(first)), full(name_of(second)), found.why, found.score)


@query(may=CASEWORK)
def differences(by: Member, kind: str, kept_id: int, other_id: int) -> list[Difference]:
    """In what two records differ, in the words of their form, with what is proposed."""
    kept, other = mergeable(kind, kept_id, other_id)
    ours, theirs = plain(kept), plain(other)
    return [
        Difference(
            group.name,
            _(group.label) if group.label else label(kind, group.columns[0]) or "",
            _words(kind, group, ours),
            _words(kind, group, theirs),
            proposed(group, ours, theirs, is_newer(other, kept)),
        )
        for group in GROUPS[kind]
        if differs(group, ours, theirs)
    ]


def is_newer(one: Record, than: Record) -> bool:
    """Whether the last voucher of one came in after that of the other; practices are of all times."""
    if not isinstance(one, Person):
        return False
    last = [
        Voucher.select(fn.MAX(Voucher.received_on)).where(Voucher.person == each.id).scalar() or ""
        for each in (one, than)
    ]
    return str(last[0]) > str(last[1])


def _words(kind: str, group: Group, values: dict[str, Any]) -> str:
    if group.name == "deceased_on" and not values["deceased_on"]:
        return _("alive")
    if group.name == "address":
        place = Address(*(values[name] for name in ("street", "number", "postcode", "town", "country")))
        return one_line(place) or shown(kind, "neighbourhood_id", values["neighbourhood_id"])
    seen = [shown(kind, column, values[column]) for column in group.columns if column not in HIDDEN]
    locked = _("PDFs with a password") if values.get("pdf_password") and "pdf_password" in group.columns else ""
    return ", ".join(filter(None, (*seen, locked)))


@dataclass(frozen=True)
class Both:
    """The two as they stand now, and how many rows go along."""

    kept_name: str
    other_name: str
    kept_version: int
    other_version: int
    counts: dict[str, int]


@query(may=CASEWORK)
def both(by: Member, kind: str, kept_id: int, other_id: int) -> Both:
    """What a screen needs to ask which of two stays."""
    kept, other = mergeable(kind, kept_id, other_id)
    names = [name_of_record(type(each), each.id) for each in (kept, other)]
    return Both(names[0], names[1], int(kept.version), int(other.version), count_referring(other))


def mergeable(kind: str, kept_id: int, other_id: int) -> tuple[Record, Record]:
    """The two records, both still standing on their own."""
    model: type[Record] = {"person": Person, "practice": Practice}[kind]
    if kept_id == other_id:
        raise Refused(_("Choose two different ones."))
    kept, other = model.get_one(kept_id), model.get_one(other_id)
    if any(each.merged_into_id is not None for each in (kept, other)):
        raise Refused(_("One of these two was merged already. Look at the list again."))
    if any(getattr(each, "erased_on", None) is not None for each in (kept, other)):
        raise Refused(_("The data of this person were destroyed. Make a new person."))
    return kept, other


def referring(record: Record) -> Iterator[tuple[str, Record]]:
    """(field, row) of everything that goes along with this record."""
    for model in RECORDS:
        for link in model._meta.refs:
            if link.rel_model is type(record) and link.name not in STAYS:
                for row in model.select().where(link == record.id):
                    yield link.name, row


def count_referring(record: Record) -> dict[str, int]:
    """How many rows of each kind go along."""
    counts: dict[str, int] = {}
    for _name, row in referring(record):
        counts[kind_of(type(row))] = counts.get(kind_of(type(row)), 0) + 1
    return counts


def link_cases(person_id: int) -> None:
    """Each case knows the one before it, as if they had always been one person's; inside the running action."""
    cases = list(Voucher.select().where(Voucher.person == person_id).order_by(Voucher.received_on, Voucher.id))
    for before, case in pairwise([None, *cases]):
        assert case is not None
        if case.previous_id != (before.id if before is not None else None):
            case.previous = before
            case.save()


def link_anew(audit: Audit) -> None:
    """After an undo that gave cases back: no case calls somebody else's the one before it."""
    persons = {case.person_id for case in Voucher.select().where(Voucher.id.in_(_led_astray(audit)))}
    for person_id in persons:
        link_cases(person_id)


def _led_astray(audit: Audit) -> list[int]:
    """Cases that call somebody else's case the one before, as far as this action touched either."""
    before = Voucher.alias()
    touched = Change.select(Change.row).where((Change.audit == audit) & (Change.table == kind_of(Voucher)))
    rows = (
        Voucher.select(Voucher.id)
        .join(before, on=(Voucher.previous == before.id))
        .where((before.person != Voucher.person) & (Voucher.id.in_(touched) | before.id.in_(touched)))
    )
    return [row[0] for row in rows.tuples()]


def is_torn(audit: Audit) -> bool:
    """Whether what this action touched is now of two persons or two cases at once."""
    return are_torn(audit) or bool(_led_astray(audit))
