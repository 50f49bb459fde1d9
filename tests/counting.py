"""How many queries a look takes: the number may not grow with what is in the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from desktop.storage.database import database


@contextmanager
def assert_query_count(most: int) -> Iterator[list[str]]:
    """Fail when more than `most` queries are asked inside; the queries stand in the message."""
    asked: list[str] = []
    ask = database.execute_sql

    def counted(sql: str, *args: Any, **kwargs: Any) -> Any:
        asked.append(sql)
        return ask(sql, *args, **kwargs)

    database.execute_sql = counted
    try:
        yield asked
    finally:
        del database.execute_sql
    assert len(asked) <= most, f"{len(asked)} queries, {most} allowed:\n" + "\n".join(asked)
