"""Puts what was typed onto a record, each field as it is declared. Must not know which fields there are."""

from collections.abc import Collection

from desktop import clock
from desktop.errors import ask
from desktop.rules.declared import kept_values
from desktop.rules.paperwords import odd_on_paper, on_letters
from desktop.storage.changes import Record, kind_of


def fill(record: Record, draft: object, without: Collection[str] = ()) -> None:
    """Copy onto the record every field that its draft knows, but those that only follow from another.

    What was typed for paper is asked about, with whatever else the action asks.
    """
    ask_of_paper(record, draft)
    for column, value in kept_values(kind_of(type(record)), draft).items():
        if column not in without:
            setattr(record, column, value)


def ask_of_paper(record: Record, draft: object) -> None:
    """About words that do not belong on paper; who is sure is asked nothing."""
    if not getattr(draft, "sure", False) and (odd := _odd(record, draft)):
        ask(**odd)


def _odd(record: Record, draft: object) -> dict[str, str]:
    table = kind_of(type(record))
    stood = {each.name: str(getattr(record, each.column) or "") for each in on_letters(table)} if record.id else {}
    return odd_on_paper(table, draft, stood, clock.today())
