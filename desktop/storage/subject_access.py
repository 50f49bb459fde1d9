"""Everything on file of one person, row by row, for the person's own file. Must not know paper.

The same rows as destroying takes: what is not in here is not about the person.
"""

from dataclasses import dataclass
from typing import Any

from desktop.rules.declared import SUBJECTS
from desktop.rules.history import KINDS, label
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.changes import MODELS, Record, kind_of, plain
from desktop.storage.database import query
from desktop.storage.erasing import rows_about
from desktop.storage.history import local_value, shown
from desktop.storage.models import OthersMark

LEFT_OUT = frozenset({"letter_pdf", "letter_moment", "others_mark", "different_people", "change", "postponement"})
WHOSE = "person_id"
"""The whole file is theirs: not said with every row."""


@dataclass(frozen=True)
class Part:
    """One row about the person: what it is, its fields in words and as stored, and whether others are in it."""

    table: str
    row: int
    kind: str
    facts: tuple[tuple[str, str], ...]
    values: dict[str, Any]
    has_text: bool
    of_others: bool


@query(may=CASEWORK)
def list_parts(by: Member, person_id: int) -> list[Part]:
    """In the order of the path, each kind together."""
    marked = {(mark.table, mark.row) for mark in OthersMark.select().where(OthersMark.person == person_id)}
    found = rows_about(person_id)
    parts = []
    for model in MODELS.values():
        if kind_of(model) in LEFT_OUT or model not in found:
            continue
        for record in model.select().where(model.id.in_(sorted(found[model]))).order_by(model.id):
            parts.append(_part(record, marked))
    return parts


def _part(record: Record, marked: set[tuple[str, int]]) -> Part:
    table = kind_of(type(record))
    stored = {name: value for name, value in plain(record).items() if not isinstance(value, (bytes, memoryview))}
    facts = []
    for column, value in stored.items():
        name = label(table, column) if column != WHOSE else None
        words = shown(table, column, value)
        if name is not None and words:
            facts.append((name, words))
    has_text = any(stored[each.column] for each in SUBJECTS[table].fields if each.may_hold_others)
    return Part(
        table,
        record.id,
        KINDS.get(table, table),
        tuple(facts),
        {column: local_value(table, column, value) for column, value in stored.items()},
        has_text,
        (table, record.id) in marked,
    )
