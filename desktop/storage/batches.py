"""Named queries about letters that are printed together. Must not know printers, nor what a letter says."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import peewee

from desktop.rules.batches import Place, Printable
from desktop.rules.letter_envelope import named
from desktop.rules.names import Name
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.changes import Change, kind_of
from desktop.storage.database import database, query
from desktop.storage.models import Batch, Contact, Dispatch, Letter, Person, Practice, Staff, Voucher
from desktop.storage.people import erased

OPEN = ("printing", "printed")
CHUNK = 500
LISTED = (
    *(Letter.id, Letter.state, Letter.moment, Letter.recipient, Voucher.number),
    *(Practice.id, Practice.name, Practice.letter_way),
    *(Person.form_of_address, Person.initials, Person.first_name, Person.tussenvoegsel, Person.surname),
    *(Person.birth_name, Contact.id, Contact.role, Contact.form_of_address, Contact.initials, Contact.first_name),
    *(Contact.tussenvoegsel, Contact.surname, Contact.title),
)
"""Only what a row says: whole records of five hundred letters take a tenth of a second."""
NEWEST_SENT = """
SELECT asked.value,
       (SELECT l.id FROM letter l WHERE l.recipient_key = asked.value AND l.state = 'sent'
        AND l.person_id NOT IN (SELECT id FROM person WHERE erased_on IS NOT NULL) ORDER BY l.id DESC LIMIT 1)
FROM json_each(?) asked
"""
"""Per recipient from the newest letter down: looking for the highest id of each reads every letter ever sent there."""
PLACED = (Letter.id, Letter.state, Letter.moment, Letter.withdrawn_on, Voucher.number, Practice.id, Practice.name)


@dataclass(frozen=True)
class Candidate:
    """A letter that could be printed now, as a list shows it."""

    letter: Printable
    person: Name
    recipient: str  # somebody at the practice, or nobody by name
    way: str  # as the practice wants its letters
    concept: bool  # approved, not fixed yet
    handed_out: bool  # sent in some way, which nobody confirmed


@dataclass(frozen=True)
class OpenBatch:
    """A batch of which not everything is known to be good."""

    id: int
    letters: int
    printed: int
    started_at: datetime
    by: str


@query(may=CASEWORK)
def list_printable(by: Member) -> list[Candidate]:
    """Letters that are fixed, and concepts the coach approved; not those that wait in a batch."""
    letters = _joined(*LISTED).where(
        Letter.withdrawn_on.is_null()
        & Letter.person.not_in(erased())
        & ((Letter.state == "fixed") | ((Letter.state == "concept") & Letter.approved_by.is_null(False)))
        & Letter.practice.is_null(False)
        & Letter.id.not_in(_waiting_in_batches())
    )
    handed = Dispatch.select(Dispatch.letter).where(Dispatch.confirmed_at.is_null())
    out = {row[0] for row in handed.tuples()}
    return [
        Candidate(
            printable(letter),
            letter.person.known_as,
            _recipient(letter),
            letter.practice.letter_way,
            letter.state == "concept",
            letter.id in out,
        )
        for letter in letters
    ]


def unapproved() -> list[Letter]:
    """Concepts for practices that want paper and that wait for the akkoord of the coach."""
    found = _joined(*LISTED).where(
        Letter.withdrawn_on.is_null()
        & Letter.person.not_in(erased())
        & (Letter.state == "concept")
        & Letter.approved_by.is_null()
        & (Practice.letter_way == "print")
    )
    return list(found)


@query(may=CASEWORK)
def open_batches(by: Member) -> list[OpenBatch]:
    """The batches that still wait for the word that they came out well, oldest first."""
    return waiting_batches()


@query(may=CASEWORK)
def list_places(by: Member, batch_id: int) -> list[Place]:
    """Every letter of a batch in its order."""
    return places_of(Batch.get_one(batch_id))


def waiting_batches() -> list[OpenBatch]:
    """As `open_batches`, for the list of tasks."""
    batches = (
        Batch.select(Batch, Staff).join(Staff, peewee.JOIN.LEFT_OUTER).where(Batch.state.in_(OPEN)).order_by(Batch.id)
    )
    return [
        OpenBatch(each.id, each.letters, each.printed, each.started_at, each.staff.name if each.staff else "")
        for each in batches
    ]


def places_of(batch: Batch) -> list[Place]:
    """The letters of a batch as they stand now; what was thrown away or withdrawn is gone."""
    rows = (
        Dispatch.select(Dispatch, *PLACED)
        .join(Letter)
        .join(Voucher)
        .switch(Letter)
        .join(Practice)
        .where(Dispatch.batch == batch.uid)
        .order_by(Dispatch.position)
    )
    return [
        Place(
            each.position,
            printable(each.letter),
            confirmed=each.confirmed_at is not None,
            gone=each.letter.withdrawn_on is not None or each.letter.state != "fixed",
        )
        for each in rows
    ]


def dispatches_of(batch: Batch) -> dict[int, Dispatch]:
    """The records of a batch by position."""
    return {each.position: each for each in Dispatch.select().where(Dispatch.batch == batch.uid)}


def whole_letters(ids: Sequence[int]) -> list[Letter]:
    """Letters with whom they are about and to whom they go."""
    return [letter for some in peewee.chunked(ids, CHUNK) for letter in _wide().where(Letter.id.in_(list(some)))]


def waiting_elsewhere(ids: Sequence[int]) -> set[int]:
    """Those of these letters that already wait in a batch."""
    waiting = {row[0] for row in _waiting_in_batches().tuples()}
    return waiting & set(ids)


def addresses_on(ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """What stands in the window of each of these letters."""
    return {letter: lines for some in peewee.chunked(ids, CHUNK) for letter, lines in _addresses(some)}


def last_addresses(keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Per recipient the address on the last letter that was sent."""
    rows = database.execute_sql(NEWEST_SENT, (json.dumps(sorted(set(keys))),)).fetchall()
    by_key = {key: letter for key, letter in rows if letter is not None}
    found = addresses_on(list(by_key.values()))
    return {key: found[letter] for key, letter in by_key.items()}


def printed_by_action(audit_id: int) -> bool:
    """Whether this action was about a batch: paper that came out of a printer is not taken back."""
    return bool(Change.select().where((Change.audit == audit_id) & (Change.table == kind_of(Batch))).exists())


def printable(letter: Letter) -> Printable:
    """What a letter's place in the pile rests on."""
    return Printable(letter.id, letter.practice.id, letter.practice.name, letter.voucher.number, letter.moment)


def _recipient(letter: Letter) -> str:
    contact = letter.recipient
    return named(contact.addressed) if contact is not None else ""


def _addresses(ids: Iterable[int]) -> list[tuple[int, tuple[str, ...]]]:
    """Only the address, read by the engine: the content of five hundred letters is megabytes."""
    lines = peewee.fn.json_extract(Letter.content, "$.address")
    rows = Letter.select(Letter.id, lines).where(Letter.id.in_(list(ids))).tuples()
    return [(letter, tuple(json.loads(address or "[]"))) for letter, address in rows]


def _waiting_in_batches() -> peewee.ModelSelect:
    """The letters of open batches that nobody confirmed."""
    return (
        Dispatch.select(Dispatch.letter)
        .join(Batch, on=(Dispatch.batch == Batch.uid))
        .where(Batch.state.in_(OPEN) & Dispatch.confirmed_at.is_null())
    )


def _wide() -> peewee.ModelSelect:
    """Letters without their content, with everyone they name."""
    shown = [field for field in Letter._meta.sorted_fields if field is not Letter.content]
    return _joined(*shown, Voucher, Person, Practice, Contact)


def _joined(*shown: Any) -> peewee.ModelSelect:
    return (
        Letter.select(*shown)
        .join(Voucher)
        .switch(Letter)
        .join(Person)
        .switch(Letter)
        .join(Practice)
        .switch(Letter)
        .join(Contact, peewee.JOIN.LEFT_OUTER)
    )
