"""Puts what was typed onto a record, each field as it is declared. Must not know which fields there are."""

from collections.abc import Collection

from desktop.rules.declared import kept_values
from desktop.storage.changes import Record, kind_of


def fill(record: Record, draft: object, without: Collection[str] = ()) -> None:
    """Every field that both hold; `without` names columns that the action sets itself."""
    for column, value in kept_values(kind_of(type(record)), draft).items():
        if column not in without:
            setattr(record, column, value)
