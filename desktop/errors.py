"""The two kinds of error that staff may meet; everything else is a bug. Must not know Qt, storage or welfare work."""


from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Refused(Exception):
    """What staff asked for is not allowed or cannot be right; nothing was stored.

    `message` is a plain sentence for the whole screen, `fields` maps a field's name to the sentence shown
    under it. Both are translated already.
    """

    def __init__(self, message: str = "", **fields: str) -> None:
        super().__init__(message, fields)
        self.message = message
        self.fields = fields

    def sentence(self) -> str:
        """Everything there is to say in one line, for places without fields."""
        return " ".join(part for part in (self.message, *self.fields.values()) if part)


class Doubtful(Refused):
    """Unusual rather than impossible: the form asks, and a draft with `sure=True` is let through."""


_asked: ContextVar[list[Doubtful] | None] = ContextVar("asked", default=None)


def ask(message: str = "", **fields: str) -> None:
    """Ask whether something unusual is right; what one deed asks is asked together, see `all_asked_at_once`."""
    doubt, asked = Doubtful(message, **fields), _asked.get()
    if asked is None:
        raise doubt
    asked.append(doubt)


@contextmanager
def all_asked_at_once() -> Iterator[None]:
    """Goes on as if staff were sure, and asks at the end: an answer to one question is no answer to the next.

    What cannot be is refused first.
    """
    asked: list[Doubtful] = []
    token = _asked.set(asked)
    try:
        yield
    finally:
        _asked.reset(token)
    if asked:
        raise _together(asked)


def _together(asked: list[Doubtful]) -> Doubtful:
    """Every question, each once, at its own field."""
    fields: dict[str, list[str]] = {}
    for doubt in asked:
        for name, words in doubt.fields.items():
            fields.setdefault(name, []).append(words)
    message = " ".join(dict.fromkeys(doubt.message for doubt in asked if doubt.message))
    return Doubtful(message, **{name: " ".join(dict.fromkeys(words)) for name, words in fields.items()})


class StorageProblem(Exception):
    """The disk or the database file lets us down; `message` says in plain words what happened and what now."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def sentence(self) -> str:
        return self.message


class Damaged(StorageProblem):
    """The file with the data is not sound: the way on is to restore a backup."""
