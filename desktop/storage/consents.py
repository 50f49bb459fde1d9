"""The answers to the questions of sharing, and for which practice they count. Must not know what may be done with them.

A practice that was merged is the one it was merged into.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import peewee

from desktop.rules.cases import Answer
from desktop.rules.consents import Position, position
from desktop.rules.staff import OFFICE, Member
from desktop.storage.addressees import addressees, merged_practices, standing_in
from desktop.storage.changes import Change, Record, kind_of
from desktop.storage.database import among, query
from desktop.storage.models import Consent, Letter, Person, Practice, Staff, Voucher

NEWEST = (Voucher.received_on.desc(), Voucher.id.desc())


@dataclass(frozen=True)
class Given:
    """An answer as it is shown: for which practice it was given and who recorded it."""

    answer: Answer
    practice: str = ""
    by: str = ""
    text_version: int = 1


@dataclass(frozen=True)
class Asked:
    """What was asked in one case, in the order in which it was recorded, and whom its letters go to now."""

    voucher_id: int
    number: str
    status: str
    addressee: str = ""
    addressee_id: int | None = None
    given: tuple[Given, ...] = ()

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(each.answer for each in self.given)

    def position(self, purpose: str) -> Position:
        return position(self.answers, purpose, self.addressee_id)

    @property
    def to_ask(self) -> bool:
        """Whether it still has to be asked if we may report back: there is somebody to report to."""
        return self.addressee_id is not None and self.position("report_back").to_ask


@query(may=OFFICE)
def list_asked(by: Member, person_id: int) -> list[Asked]:
    """Every case of a person with what was answered in it, the newest case first."""
    cases = list(Voucher.select().where(Voucher.person == person_id).order_by(*NEWEST))
    return _asked(cases)


@query(may=OFFICE)
def find_asked(by: Member, voucher_id: int) -> Asked:
    """What was answered in one case."""
    return _asked([Voucher.get_one(voucher_id)])[0]


def answers_of(voucher_ids: Sequence[int]) -> dict[int, tuple[Answer, ...]]:
    """Per case its answers in the order in which they were recorded."""
    rows = (
        Consent.select(
            Consent.voucher,
            Consent.practice,
            Consent.purpose,
            Consent.answer,
            Consent.given_on,
            Consent.how,
            Consent.withdrawn_on,
            Consent.intake,
            Consent.attempt,
            Consent.sure,
            Consent.id,
        )
        .where(Consent.voucher.in_(among(voucher_ids)))
        .order_by(Consent.id)
    )
    found: dict[int, tuple[Answer, ...]] = defaultdict(tuple)
    merged = merged_practices()
    for voucher_id, practice_id, purpose, answer, given_on, how, *rest in rows.tuples():
        found[voucher_id] += (Answer(purpose, answer, given_on, how, standing_in(merged, practice_id), *rest),)
    return found


def positions(voucher_ids: Sequence[int], purpose: str) -> dict[int, Position]:
    """Per case where one question stands towards the practice that its letters go to."""
    answers, whom = answers_of(voucher_ids), addressees(voucher_ids)
    return {each: position(answers[each], purpose, whom.get(each)) for each in voucher_ids}


def position_of(voucher_id: int, purpose: str) -> Position:
    return positions([voucher_id], purpose)[voucher_id]


def may_hear(voucher_id: int, practice_id: int | None, *purposes: str) -> bool:
    """Whether a practice may hear it: a yes to one of these questions, given in this case for this practice."""
    answers, whom = answers_of([voucher_id])[voucher_id], standing_in(merged_practices(), practice_id)
    return any(position(answers, purpose, whom).given for purpose in purposes)


def letter_may_tell(letter: Letter, *purposes: str) -> bool:
    """Whether the practice that a letter is addressed to may hear it."""
    return may_hear(letter.voucher_id, letter.practice_id, *purposes)


def told_with(rows: Sequence[Record], person_id: int) -> dict[str, Any] | None:
    """What stood there before, when the person was told where the data came from in one of these talks or calls."""
    person = Person.get_one(person_id)
    if person.informed_on is None:
        return None
    made = [_made_in(row) for row in rows]
    change = (
        Change.select()
        .where((Change.table == kind_of(Person)) & (Change.row == person_id) & Change.audit.in_(made))
        .where(peewee.fn.json_extract(Change.after, "$.informed_on") == person.informed_on.isoformat())
        .first()
    )
    return json.loads(change.before) if change is not None else None


def _made_in(row: Record) -> int | None:
    """The action that made a row."""
    made = Change.before.is_null() & Change.after.is_null() & (Change.table == kind_of(type(row)))
    found = Change.select(Change.audit).where(made & (Change.row == row.id)).tuples().first()
    return found[0] if found is not None else None


def _asked(cases: Sequence[Voucher]) -> list[Asked]:
    ids = [case.id for case in cases]
    whom, given = addressees(ids), _given(ids)
    names = dict(Practice.select(Practice.id, Practice.name).where(Practice.id.in_(list(set(whom.values())))).tuples())
    return [
        Asked(case.id, case.number, case.status, names.get(whom[case.id], ""), whom[case.id], tuple(given[case.id]))
        for case in cases
    ]


def _given(voucher_ids: Sequence[int]) -> dict[int, list[Given]]:
    """Per case its answers as they are shown."""
    more = (
        Consent.select(Consent.id, Practice.name, Staff.name, Consent.text_version)
        .join(Practice, peewee.JOIN.LEFT_OUTER)
        .switch(Consent)
        .join(Staff, peewee.JOIN.LEFT_OUTER)
        .where(Consent.voucher.in_(among(voucher_ids)))
    )
    details = {row: (practice or "", by or "", version) for row, practice, by, version in more.tuples()}
    found: dict[int, list[Given]] = defaultdict(list)
    for voucher_id, answers in answers_of(voucher_ids).items():
        found[voucher_id] = [Given(each, *details[each.id]) for each in answers]
    return found
