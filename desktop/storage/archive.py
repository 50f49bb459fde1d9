"""Named queries about letters that were fixed once: who sent what to whom and how. Must not know letters' texts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import peewee

from desktop.rules.archive import COPY, READY, RETURNED, SENT, WITHDRAWN, state_of
from desktop.rules.lettercode import letter_id_of
from desktop.rules.names import fold
from desktop.rules.staff import CASEWORK, Member
from desktop.storage import search
from desktop.storage.database import ids_of, query
from desktop.storage.models import (
    Batch,
    Contact,
    Dispatch,
    Letter,
    Person,
    Practice,
    ReturnedPost,
    Staff,
    Voucher,
)
from desktop.storage.people import erased

MOST_FOUND = 500
NAMES = ("id", "form_of_address", "initials", "first_name", "tussenvoegsel", "surname")
SHOWN = (
    *(Letter.id, Letter.moment, Letter.state, Letter.written_on, Letter.withdrawn_on, Letter.approved_by),
    *(Letter.corrects, Letter.copy_of, Letter.person, Letter.practice, Letter.recipient, Letter.voucher),
    *(Voucher.id, Voucher.number, Practice.id, Practice.name, Person.birth_name, Contact.role),
    Contact.title,
    *(getattr(Person, name) for name in NAMES),
    *(getattr(Contact, name) for name in NAMES),
)


@dataclass(frozen=True)
class ArchiveFilter:
    """What the archive is narrowed to; empty means everything."""

    practice: int | None = None
    moment: str = ""
    way: str = ""
    state: str = ""
    staff: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class ArchiveLine:
    """A letter as it stands in the archive, with the sending that counts: the last one that was confirmed."""

    record: Letter
    dispatch: Dispatch | None
    state: str

    @property
    def id(self) -> int:
        return int(self.record.id)


@dataclass(frozen=True)
class Sending:
    """One time that a letter was handed out: how, by whom, in which batch, and whether it came back."""

    dispatch: Dispatch
    batch: Batch | None
    returned: ReturnedPost | None


@dataclass(frozen=True)
class Trail:
    """What became of a fixed letter, and which other letters belong to it."""

    sendings: tuple[Sending, ...]
    returned: ReturnedPost | None  # still to be settled
    replaces: Letter | None
    replaced_by: Letter | None
    copies: tuple[Letter, ...]


@query(may=CASEWORK)
def list_archive(
    by: Member,
    text: str = "",
    narrow: ArchiveFilter = ArchiveFilter(),
    sort: str = "written_on",
    descending: bool = True,
) -> list[int]:
    """The ids of all letters that were fixed once, in order; those of persons whose data were destroyed left out."""
    letters, order = _sorted(_ever_fixed(), sort)
    for condition in (*_narrowing(narrow), *_found(text)):
        letters = letters.where(condition)
    if order is Letter.written_on:
        ordered = [order.desc(), Letter.id.desc()] if descending else [order, Letter.id]
    else:
        ordered = [peewee.Desc(order) if descending else peewee.Asc(order), Letter.written_on.desc(), Letter.id.desc()]
    return ids_of(letters.order_by(*ordered))


@query(may=CASEWORK)
def fetch_archive(by: Member, ids: Sequence[int]) -> list[ArchiveLine]:
    """These letters with everyone they name, and how they went out, in the order of the ids."""
    sendings: dict[int, Dispatch] = {}
    for each in _sendings().where(Dispatch.letter.in_(ids)).order_by(Dispatch.confirmed_at, Dispatch.id):
        sendings[each.letter_id] = each
    back = {row[0] for row in _open_returns().where(ReturnedPost.letter.in_(ids)).tuples()}
    found = {
        letter.id: ArchiveLine(letter, sendings.get(letter.id), _state(letter, letter.id in back))
        for letter in _filled().where(Letter.id.in_(ids))
    }
    return [found[each] for each in ids if each in found]


@query(may=CASEWORK)
def list_addressed(by: Member) -> list[tuple[int, str]]:
    """(id, name) of every practice that may have had a letter, those that refer no more too, for a choice."""
    rows = Practice.select(Practice.id, Practice.name).where(Practice.merged_into.is_null()).tuples()
    return sorted(((row[0], row[1]) for row in rows), key=lambda row: (fold(row[1]), row[0]))


@query(may=CASEWORK)
def list_senders(by: Member) -> list[tuple[int, str]]:
    """(id, name) of everyone who may have sent a letter, those who left last, for a choice."""
    rows = Staff.select(Staff.id, Staff.name).order_by(Staff.active.desc(), Staff.name).tuples()
    return [(row[0], row[1]) for row in rows]


@query(may=CASEWORK)
def trail_of(by: Member, letter_id: int) -> Trail:
    """Who sent this letter how, what came back, what it replaces or what replaces it."""
    returns = list(ReturnedPost.select().where(ReturnedPost.letter == letter_id).order_by(ReturnedPost.id))
    by_dispatch = {each.dispatch_id: each for each in returns}
    dispatches = list(_sendings().where(Dispatch.letter == letter_id).order_by(Dispatch.id.desc()))
    batches = {each.uid: each for each in Batch.select().where(Batch.uid.in_([each.batch for each in dispatches]))}
    kin = _kin_of(letter_id)
    return Trail(
        sendings=tuple(Sending(each, batches.get(each.batch), by_dispatch.get(each.id)) for each in dispatches),
        returned=next((each for each in reversed(returns) if each.settled_on is None), None),
        replaces=next(iter(kin["replaces"]), None),
        replaced_by=next(iter(kin["replaced_by"]), None),
        copies=tuple(kin["copies"]),
    )


def _kin_of(letter_id: int) -> dict[str, list[Letter]]:
    """The letters that name this one or are named by it."""
    here = Letter.alias()
    named = here.select(here.corrects, here.copy_of).where(here.id == letter_id).tuples().first() or (None, None)
    ids = [each for each in named if each is not None]
    rows = _filled().where(
        Letter.id.in_(ids) | (Letter.corrects == letter_id) | (Letter.copy_of == letter_id)
    )  # fmt: skip
    kin: dict[str, list[Letter]] = defaultdict(list)
    for row in rows.order_by(Letter.id.desc()):
        if row.id == named[0]:
            kin["replaces"].append(row)
        elif row.corrects_id == letter_id:
            kin["replaced_by"].append(row)
        elif row.id == named[1] or row.copy_of_id == letter_id:
            kin["copies"].append(row)
    return kin


def _ever_fixed() -> Any:
    return Letter.select(Letter.id).where((Letter.state != "concept") & Letter.person.not_in(erased()))


def _sorted(letters: Any, sort: str) -> tuple[Any, Any]:
    """The letters beside the table that holds what is sorted by, and that column; an unknown heading is the date."""
    left = peewee.JOIN.LEFT_OUTER
    if sort == "name":
        return letters.join(Person, on=(Letter.person == Person.id)), Person.sort_name
    if sort == "practice":
        return letters.join(Practice, left, on=(Letter.practice == Practice.id)), Practice.name
    if sort == "recipient":
        return letters.join(Contact, left, on=(Letter.recipient == Contact.id)), Contact.surname
    if sort in ("way", "staff", "sent_at"):
        columns = {"way": Dispatch.way, "staff": Staff.name, "sent_at": Dispatch.confirmed_at}
        return letters, _last_sending(columns[sort])
    if sort == "state":
        return letters, peewee.Case(None, ((Letter.withdrawn_on.is_null(False), "withdrawn"),), Letter.state)
    return letters, Letter.moment if sort == "kind" else Letter.written_on


def _last_sending(column: Any) -> Any:
    """Of each letter this column of the last sending that was confirmed."""
    return (
        Dispatch.select(column)
        .join(Staff, peewee.JOIN.LEFT_OUTER)
        .where((Dispatch.letter == Letter.id) & Dispatch.confirmed_at.is_null(False))
        .order_by(Dispatch.confirmed_at.desc())
        .limit(1)
    )


def _narrowing(narrow: ArchiveFilter) -> list[Any]:
    wanted: list[Any] = []
    if narrow.practice is not None:
        wanted.append(Letter.practice == narrow.practice)
    if narrow.moment:
        wanted.append(Letter.moment == narrow.moment)
    if narrow.since is not None:
        wanted.append(Letter.written_on >= narrow.since)
    if narrow.until is not None:
        wanted.append(Letter.written_on <= narrow.until)
    if narrow.way:
        wanted.append(_went(Dispatch.way == narrow.way))
    if narrow.staff is not None:
        wanted.append(_went(Dispatch.staff == narrow.staff))
    return [*wanted, *_in_state(narrow.state)]


def _went(how: Any) -> Any:
    """Letters that were confirmed as sent in this way."""
    sent = (Dispatch.letter == Letter.id) & Dispatch.confirmed_at.is_null(False)
    return peewee.fn.EXISTS(Dispatch.select(peewee.SQL("1")).where(sent & how))


def _in_state(state: str) -> list[Any]:
    stands = Letter.withdrawn_on.is_null()
    back = Letter.id.in_(_open_returns())
    return {
        SENT: [stands, Letter.state.not_in(("concept", "fixed"))],  # nearly all: along the archive's own index
        RETURNED: [stands, back],
        WITHDRAWN: [Letter.withdrawn_on.is_null(False)],
        READY: [stands, Letter.state == "fixed", ~back],
        COPY: [Letter.copy_of.is_null(False)],
    }.get(state, [])


def _found(text: str) -> list[Any]:
    """Letters by the code on the paper, else by participant, practice, addressee or voucher number."""
    if not text.strip():
        return []
    if (coded := letter_id_of(text)) is not None:
        return [Letter.id == coded]
    practice = Letter.practice + 0  # may be nearly all letters: then walking the archive's index is quickest
    columns = {"person": Letter.person, "practice": practice, "contact": Letter.recipient,
               "voucher": Letter.voucher}  # fmt: skip
    found = {kind: [row for _kind, row in search.find(text, kind, MOST_FOUND)] for kind in columns}
    conditions = [columns[kind].in_(rows) for kind, rows in found.items() if rows]  # an empty one hides the indexes
    return [reduce(or_, conditions) if conditions else Letter.id.is_null()]


def _open_returns() -> Any:
    return ReturnedPost.select(ReturnedPost.letter).where(ReturnedPost.settled_on.is_null())


def _sendings() -> Any:
    return Dispatch.select(Dispatch, Staff.id, Staff.name).join(Staff, peewee.JOIN.LEFT_OUTER)


def _filled() -> Any:
    """Letters for a list: only what a row says, since whole records of a page of rows cost more than the query."""
    left = peewee.JOIN.LEFT_OUTER
    return (
        Letter.select(*SHOWN)
        .join(Voucher)
        .switch(Letter)
        .join(Person)
        .switch(Letter)
        .join(Practice, left)
        .switch(Letter)
        .join(Contact, left)
    )


def _state(letter: Letter, returned: bool) -> str:
    return state_of(letter.state, letter.withdrawn_on is not None, returned)
