"""Puts what was typed onto a record, each field as it is declared. Must not know which fields there are."""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager

from desktop import clock
from desktop.errors import Doubtful
from desktop.rules.declared import kept_values
from desktop.rules.paperwords import joined, odd_on_paper, on_letters
from desktop.storage.changes import Record, kind_of


def fill(record: Record, draft: object, without: Collection[str] = (), asked: bool = False) -> None:
    """Copy onto the record every field that its draft knows, but those that only follow from another.

    What was typed for paper is asked about first, unless whoever fills is `asking` it with questions of its own.
    """
    if not asked:
        ask(draft, record)
    for column, value in kept_values(kind_of(type(record)), draft).items():
        if column not in without:
            setattr(record, column, value)


def ask(draft: object, *records: Record) -> None:
    """About what was typed for paper, for who asks nothing else."""
    with asking(draft, *records):
        pass


def asking(draft: object, *records: Record) -> AbstractContextManager[None]:
    """What is asked inside, and with it what was typed for paper; who is sure is asked nothing.

    For who asks something of its own: an answer to one question is no answer to another.
    """
    return _with({} if getattr(draft, "sure", False) else joined(*(_odd(each, draft) for each in records)))


@contextmanager
def _with(odd: dict[str, str]) -> Iterator[None]:
    try:
        yield
    except Doubtful as asked:
        raise Doubtful(asked.message, **joined(asked.fields, odd)) from asked
    if odd:
        raise Doubtful(**odd)


def _odd(record: Record, draft: object) -> dict[str, str]:
    table = kind_of(type(record))
    stood = {each.name: str(getattr(record, each.column) or "") for each in on_letters(table)} if record.id else {}
    return odd_on_paper(table, draft, stood, clock.today())
