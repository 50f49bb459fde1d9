"""The two kinds of error that staff may meet; everything else is a bug. Must not know Qt, storage or welfare work."""


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


class StorageProblem(Exception):
    """The disk or the database file lets us down; `message` says in plain words what happened and what now."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def sentence(self) -> str:
        return self.message


class Damaged(StorageProblem):
    """The file with the data is not sound: the way on is to restore a backup."""
