"""Prints what the tables of the models are made with: to copy from when a migration step is written.

resources/schema holds the steps themselves; a step that landed is never written anew.
"""

# ruff: noqa: T201

from typing import Any

from desktop.storage.database import database
from desktop.storage.models import TABLES

SEARCH = (
    "CREATE TABLE search_entry (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, "
    "subject_id INTEGER NOT NULL, person_id INTEGER, text TEXT NOT NULL, sort_key TEXT NOT NULL, "
    "UNIQUE (kind, subject_id))",
    "CREATE INDEX search_entry_sort_key ON search_entry (sort_key)",
    "CREATE INDEX search_entry_person_id ON search_entry (person_id)",
    "CREATE VIRTUAL TABLE search_index USING fts5(text, "
    "content='search_entry', content_rowid='id', tokenize='trigram')",
    "INSERT INTO search_index(search_index, rank) VALUES('secure-delete', 1)",
    "CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN "
    "INSERT INTO search_index(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_index(search_index, rowid, text) VALUES('delete', old.id, old.text); END",
    "CREATE TRIGGER search_entry_update AFTER UPDATE OF text ON search_entry BEGIN "
    "INSERT INTO search_index(search_index, rowid, text) VALUES('delete', old.id, old.text); "
    "INSERT INTO search_index(rowid, text) VALUES (new.id, new.text); END",
)


def statements() -> list[str]:
    """Every CREATE statement that the models and the search index ask for, in an order that runs."""
    database.init(":memory:")
    made: list[str] = []
    for model in TABLES:
        schema: Any = getattr(model, "_schema")  # noqa: B009 - the checker knows the models as plain objects
        made.append(literal(*schema._create_table(safe=False).query()))
        made += [literal(*each.query()) for each in schema._create_indexes(safe=False)]
    return [*made, *SEARCH]


def literal(sql: str, parameters: list[object]) -> str:
    assert not parameters, sql
    return sql


if __name__ == "__main__":
    print(";\n\n".join(statements()) + ";")
