"""Whether every letter of a paper's content can be printed; what cannot is Refused by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

from desktop.errors import Refused
from desktop.language import _
from desktop.paper import fonts


def refuse_unprintable(content: Any) -> None:
    """All texts anywhere in a content dataclass."""
    missing = dict.fromkeys(letter for text in _texts(content) for letter in fonts.unprintable(text))
    if missing:
        letters = named(missing)
        raise Refused(_("These letters cannot be printed: {letters}").format(letters=letters))


def named(letters: Iterable[str]) -> str:
    """The letters for in a sentence; half a letter from a broken file cannot even be shown."""
    return " ".join(letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in letters)


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
