"""The steps from an empty file to today's tables; the position of a step is the version of the schema."""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from desktop.errors import StorageProblem
from desktop.language import _
from desktop.paths import resource
from desktop.rules.names import FOLDING_VERSION, fold, sort_key, sound
from desktop.rules.status import status_of
from desktop.storage import search
from desktop.storage.cases import read_cases
from desktop.storage.changes import Record, kind_of, schema_version
from desktop.storage.database import database, ids_of, transaction
from desktop.storage.models import RECORDS, Meta, Person, Voucher
from desktop.storage.one_truth import fill_one_truth
from desktop.storage.vouchers import terms

AT_ONCE = 500  # cases read in one go
TABLE_MADE = re.compile(r'CREATE TABLE "(\w+)"')


def first_tables() -> None:
    """Version 1: every table, index and trigger of the first release."""
    _run("1.sql")


def letters_in_full() -> None:
    """Version 2: aftercare talks, letter texts, batches, returned post, talks with practices."""
    _run("2.sql")


def one_truth() -> None:
    """Version 3: consent per case and addressee, letters tied to deeds, promises, holds, offers, deceased."""
    _run("3.sql", {"untouched_after": "30", "offer_within": "5"})
    fill_one_truth()


STEPS: tuple[Callable[[], None], ...] = (first_tables, letters_in_full, one_truth)


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
    stood = schema_version()
    for number, step in enumerate(steps[stood:], start=stood + 1):
        with _references_resting(), transaction():
            step()
            _refuse_dangling()
            database.pragma("user_version", number)
    if 0 < stood < schema_version():
        with transaction():
            reckon_anew()
    if is_folded_otherwise():
        with transaction():
            fold_anew()


def reckon_anew() -> None:
    """Where each open case stands, by today's rule: an older program may have reckoned it otherwise."""
    by_terms = terms()
    open_cases = ids_of(Voucher.select(Voucher.id).where(Voucher.status != "closed"))
    for at in range(0, len(open_cases), AT_ONCE):
        for case in read_cases(open_cases[at : at + AT_ONCE]).values():
            now = status_of(case, by_terms)
            Voucher.update(status=now.status, due_on=now.due_on).where(Voucher.id == case.id).execute()


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


def change_table(name: str, create: str, values: Mapping[str, str]) -> None:
    """Make a table as `create` says, with its rows, its indexes and the ids it gave out."""
    indexes = _statements_of(name)
    given_out = database.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)).fetchone()
    _execute(create.replace(f'"{name}"', f'"changed_{name}"', 1))
    _take_over(name, values)
    _execute(f'DROP TABLE "{name}"')
    _execute(f'ALTER TABLE "changed_{name}" RENAME TO "{name}"')
    database.execute_sql("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
    if given_out is not None:
        database.execute_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, *given_out))
    for index in indexes:
        database.execute_sql(index)


def _take_over(name: str, values: Mapping[str, str]) -> None:
    """The rows, into the table that comes in place of this one.

    A new column that may not be null gets its value from `values` (SQL by column), else it is empty or 0.
    """
    before = {row[1] for row in database.execute_sql(f'PRAGMA table_info("{name}")').fetchall()}
    columns, taken = [], []
    made = database.execute_sql(f'PRAGMA table_info("changed_{name}")').fetchall()
    for _at, column, kind, must, _default, _key in made:
        if column in before or must:
            columns.append(f'"{column}"')
            empty = "0" if kind == "INTEGER" else "''"
            taken.append(f'"{column}"' if column in before else values.get(column, empty))
    into, out_of = ", ".join(columns), ", ".join(taken)
    database.execute_sql(f'INSERT INTO "changed_{name}" ({into}) SELECT {out_of} FROM "{name}"')  # noqa: S608 - own names


def _execute(statement: str) -> None:
    """A statement of our own schema: only names of tables of ours are put into it."""
    database.execute_sql(statement)  # noqa: S608, RUF100 - our own schema


def _statements_of(table: str) -> list[str]:
    """What its indexes and triggers were made with."""
    rows = database.execute_sql(
        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL",
        (table,),
    )
    return [row[0] for row in rows.fetchall()]


@contextmanager
def _references_resting() -> Iterator[None]:
    """A table that others refer to is dropped and made anew; what refers to it is checked before the step counts."""
    database.execute_sql("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        database.execute_sql("PRAGMA foreign_keys = ON")


def _refuse_dangling() -> None:
    dangling = database.execute_sql("PRAGMA foreign_key_check").fetchall()
    if dangling:
        raise RuntimeError(f"references to nothing in {sorted({row[0] for row in dangling})}")


def _run(name: str, values: Mapping[str, str] = MappingProxyType({})) -> None:
    """The statements of one step; CREATE TABLE of a table that is there changes it."""
    tables = set(database.get_tables())
    for statement in resource("schema", name).read_text("utf-8").split(";\n\n"):
        made = TABLE_MADE.match(statement)
        if made is not None and made[1] in tables:
            change_table(made[1], statement, values)
        elif statement.strip():
            database.execute_sql(statement)
