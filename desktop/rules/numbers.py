"""Whole numbers as people type them. Must not know what they count."""

from desktop.errors import Refused
from desktop.language import _

LONGEST = 6


def read_number(text: str) -> int | None:
    """A whole number, a minus allowed; nothing typed is None."""
    typed = text.strip()
    if not typed:
        return None
    digits = typed.removeprefix("-")
    if not (digits.isdecimal() and digits.isascii() and len(digits) <= LONGEST):
        raise Refused(_("Give a whole number."))
    return int(typed)
