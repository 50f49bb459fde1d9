"""The one connection to the encrypted file, and the sentences for when it fails. Must not know the tables."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import peewee
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as driver

from desktop.errors import Damaged, Refused, StorageProblem
from desktop.language import _
from desktop.rules.staff import Member, require

OLDEST_ENGINE = (3, 51, 3)  # older ones can lose committed rows when a checkpoint meets a write
PRAGMAS = {
    "cipher_log": "off",  # it writes to stderr, which a windowed program has not
    "journal_mode": "wal",
    "synchronous": "full",  # saved means saved, also at a power cut
    "foreign_keys": "on",
    "secure_delete": "on",
    "busy_timeout": 5000,
    "temp_store": "memory",
}
UNIQUE = "UNIQUE constraint failed: "
DAMAGE = ("malformed", "not a database")

P = ParamSpec("P")
R = TypeVar("R")


class _Database(SqlCipherDatabase):
    def rollback(self) -> None:
        """A full or failing disk makes the engine roll back by itself; asking again would hide the reason."""
        if not self.is_closed() and self.connection().in_transaction:
            super().rollback()

    def get_binary_type(self) -> Any:
        """peewee would ask Python's own engine, which is not packed."""
        return driver.Binary


database = _Database(None)


def check_engine(version: tuple[int, ...] = driver.sqlite_version_info) -> None:
    """Refuse an engine with the known checkpoint fault; there is no falling back to another one."""
    if version < OLDEST_ENGINE:
        raise StorageProblem(_("This copy of the program has a database engine that is too old. Install it anew."))


def raw_key(key: bytes) -> str:
    """A 256-bit key as SQLCipher takes it without deriving anything (104 ms less per connection)."""
    return f"x'{key.hex()}'"


def connect_raw(path: Path, key: bytes) -> Any:
    """A connection beside the program's own, for copies and checks; the caller closes it."""
    connection = driver.connect(str(path), isolation_level=None)
    quoted = raw_key(key).replace("'", "''")
    connection.execute("PRAGMA cipher_log = off")
    connection.execute(f"PRAGMA key = '{quoted}'")
    return connection


def open_database(path: Path, key: bytes) -> None:
    """Point the one database at a file that exists; a wrong key or a damaged file is a StorageProblem."""
    check_engine()
    if not path.is_file():
        raise StorageProblem(_("The file with the data is missing. Restore a backup; nothing is made anew here."))
    close_database()
    database.init(str(path), pragmas=PRAGMAS, passphrase=raw_key(key))
    with told():
        database.connect()
        database.execute_sql("SELECT count(*) FROM sqlite_master")


def close_database() -> None:
    """Close this thread's connection; the last one checkpoints the write-ahead log."""
    if not database.is_closed():
        database.close()


def forget_key() -> None:
    """Drop the reference to the key, so that nothing can be opened until the next sign-in."""
    close_database()
    database.init(None)


@contextmanager
def told() -> Iterator[None]:
    """Turn a driver error into the sentence staff get; any other constraint than UNIQUE is a bug and passes."""
    try:
        yield
    except peewee.IntegrityError as error:
        text = str(error)
        if UNIQUE not in text:
            raise
        column = text.split(UNIQUE, 1)[1].split(",")[0].strip().rsplit(".", 1)[-1]
        raise Refused(**{column: _("This exists already.")}) from error
    except peewee.DatabaseError as error:
        text = str(error)
        kind = Damaged if any(words in text for words in DAMAGE) else StorageProblem
        raise kind(sentence_for(text)) from error


def sentence_for(error: str) -> str:
    """What happened and what now, for the driver's own words."""
    known = {
        "database or disk is full": _("The disk is full. Make room; what you typed is still here."),
        "locked": _("Another part of the program is still writing. Try again in a moment."),
        "busy": _("Another part of the program is still writing. Try again in a moment."),
        "readonly": _("The data folder cannot be written to. Ask whoever looks after this computer."),
        "disk I/O": _("The disk gives an error. Close the program and restore the last backup."),
        "malformed": _("The file with the data is damaged. Close the program and restore the last backup."),
        "not a database": _("The file with the data cannot be read. Restore the last backup."),
        "unable to open": _("The file with the data cannot be opened. Look whether the disk is connected."),
    }
    for words, sentence in known.items():
        if words in error:
            return sentence
    raise AssertionError(error)


@contextmanager
def transaction() -> Iterator[None]:
    """All or nothing, durable when left; driver errors come out as sentences."""
    with told(), database.atomic("IMMEDIATE"):
        yield


def among(ids: Sequence[int]) -> peewee.SQL:
    """Thousands of numbers as one value: writing them into a query one by one takes longer than asking it."""
    return peewee.SQL("(SELECT value FROM json_each(?))", (json.dumps(list(ids)),))


def ids_of(select: Any) -> list[int]:
    """The first column of a query, straight from the driver: a list of 100,000 rows begins with it."""
    sql, parameters = select.sql()
    return [row[0] for row in database.execute_sql(sql, parameters).fetchall()]


def query(may: frozenset[str]) -> Callable[[Callable[Concatenate[Member, P], R]], Callable[Concatenate[Member, P], R]]:
    """A look at many: declares whose it is, and denies by default."""

    def declare(function: Callable[Concatenate[Member, P], R]) -> Callable[Concatenate[Member, P], R]:
        @wraps(function)
        def asked(by: Member, /, *args: P.args, **kwargs: P.kwargs) -> R:
            require(by, may)
            with told():
                return function(by, *args, **kwargs)

        QUERIES[f"{function.__module__}.{function.__name__}"] = may
        return asked

    return declare


QUERIES: dict[str, frozenset[str]] = {}
