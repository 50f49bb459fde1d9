"""The history of a record in the words of the forms: which field, and its value as staff know it. Must not know tables.

`label` answers None for what no form shows: keys made by the program, sizes, digests.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.language import _
from desktop.rules.declared import SUBJECTS, field_of
from desktop.rules.fields import moment_words

KINDS = {table: subject.label for table, subject in SUBJECTS.items()}
HIDDEN = frozenset(
    {"id", "uid", "version", *(each.column for subject in SUBJECTS.values() for each in subject.fields)}
) - {each.column for subject in SUBJECTS.values() for each in subject.fields if each.label}
"""Kept by the program itself; what depends on other fields would only repeat them."""


@dataclass(frozen=True)
class Step:
    """One field of one record that changed: who did it, when, and what stood there before and after."""

    id: int
    at: datetime
    who: str
    deed: str  # the name in the log
    kind: str  # the table
    row: int
    what: str  # which record, in words
    field: str
    old: str
    new: str


def label(kind: str, column: str) -> str | None:
    """A field's name as history says it; None for what no form shows."""
    found = field_of(kind, column)
    if found is None:
        return None if column in HIDDEN else column
    return _(found.label) if found.label else None


def is_known(kind: str, column: str) -> bool:
    """Whether this field is declared, or it is one of those that every record has."""
    return column in HIDDEN or field_of(kind, column) is not None


def value_words(kind: str, column: str, value: Any) -> str:
    """A stored value as staff see it on the form; nothing is empty."""
    found = field_of(kind, column)
    if found is not None:
        return found.said(value)
    return moment_words(value) if value not in (None, "") else ""
