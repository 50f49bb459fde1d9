"""Every field of the program by its subject: what history, merging, copying and erasing ask. Must not know tables."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from desktop.rules import (
    fields_catalogue,
    fields_deeds,
    fields_letters,
    fields_office,
    fields_people,
    fields_practices,
)
from desktop.rules.fields import SEVERAL, Field, Subject

SUBJECTS: Mapping[str, Subject] = {
    subject.table: subject
    for module in (fields_office, fields_people, fields_practices, fields_catalogue, fields_deeds, fields_letters)
    for subject in module.SUBJECTS
}


def field_of(table: str, column: str) -> Field | None:
    """The field that is kept in this column."""
    return _by_column(table).get(column)


def copied(table: str) -> Iterator[Field]:
    """The fields that a draft and the table both hold."""
    return (each for each in SUBJECTS[table].fields if each.is_copied)


def called_alike(table: str) -> tuple[str, ...]:
    """The names of the fields that a draft and the table call and hold the same."""
    return tuple(each.name for each in copied(table) if each.column == each.name and each.kind != SEVERAL)


def kept_values(table: str, draft: object) -> dict[str, Any]:
    """What was typed as the columns hold it, as far as the draft knows these fields."""
    return {each.column: each.kept(getattr(draft, each.name)) for each in copied(table) if hasattr(draft, each.name)}


def typed_values(table: str, record: object) -> dict[str, Any]:
    """What is on file, as the fields of a form take it."""
    return {each.name: each.typed(getattr(record, each.column)) for each in copied(table)}


@cache
def _by_column(table: str) -> Mapping[str, Field]:
    return {each.column: each for each in SUBJECTS[table].fields} if table in SUBJECTS else {}
