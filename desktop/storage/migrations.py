"""The steps from an empty file to today's tables; the position of a step is the version of the schema."""

import secrets
from collections.abc import Callable

from desktop.errors import StorageProblem
from desktop.language import _
from desktop.paths import resource
from desktop.rules.names import FOLDING_VERSION, fold, sort_key, sound
from desktop.storage import search
from desktop.storage.changes import Record, kind_of, schema_version
from desktop.storage.database import database, transaction
from desktop.storage.models import RECORDS, Meta, Person


def first_tables() -> None:
    """Version 1: every table, index and trigger of the first release."""
    _run("1.sql")


def letters_in_full() -> None:
    """Version 2: aftercare talks, letter texts, batches, returned post, talks with practices."""
    _run("2.sql")


STEPS: tuple[Callable[[], None], ...] = (first_tables, letters_in_full)


def is_newer() -> bool:
    """Whether a newer program wrote this file; it is then left unchanged."""
    return schema_version() > len(STEPS)


def needs_migration() -> bool:
    return schema_version() < len(STEPS) or is_folded_otherwise()


def is_folded_otherwise() -> bool:
    """Whether the words to search by were made with another folding than today's."""
    if schema_version() == 0:
        return False
    meta = Meta.select(Meta.folding_version).first()
    return meta is not None and meta.folding_version != FOLDING_VERSION


def migrate(steps: tuple[Callable[[], None], ...] = STEPS) -> None:
    """Bring the open file to today's version, each step in a transaction of its own."""
    if schema_version() > len(steps):
        raise StorageProblem(_("This file was written by a newer version of the program. Install that version."))
    for number, step in enumerate(steps[schema_version() :], start=schema_version() + 1):
        with transaction():
            step()
            database.pragma("user_version", number)
    if is_folded_otherwise():
        with transaction():
            fold_anew()


def fold_anew() -> None:
    """Make everything by which records are found and sorted once more, with today's folding."""
    database.execute_sql("DELETE FROM search_entry")
    for person in Person.select().iterator():
        keys = {"sound": sound(person.surname), "sort_name": fold(sort_key(person.known_as))}
        Person.update(keys).where(Person.id == person.id).execute()
    for model in RECORDS:
        if model.entry is not Record.entry:
            for record in model.select().iterator():
                search.put(kind_of(model), record.id, record.entry())
    Meta.update(folding_version=FOLDING_VERSION).execute()


def describe(database_id: str, purpose: str) -> None:
    """Say once what this new file is: its id, its purpose, the key of its log."""
    with transaction():
        Meta.create(
            database_id=database_id,
            purpose=purpose,
            folding_version=FOLDING_VERSION,
            log_key=secrets.token_bytes(32),
        )


def _run(name: str) -> None:
    for statement in resource("schema", name).read_text("utf-8").split(";\n\n"):
        if statement.strip():
            database.execute_sql(statement)
