"""What stands in every letter alike, to be kept once: the typefaces and the logo. Never a word of a letter."""

from __future__ import annotations

import re
from functools import cache

from desktop.paper.images import LOGO, image
from desktop.paper.sheet import Sheet
from desktop.rules.letters import Letterhead

_PARTS = re.compile(rb"(?<=>>\nstream\n).*?(?=\s*endstream)|/Widths \[[^\]]*\]", re.DOTALL)
LEAST = 500  # bytes: a smaller piece is not worth its place


def shared_parts(head: Letterhead) -> tuple[bytes, ...]:
    """Pieces that stand in the bytes of every letter under this head."""
    return (*_typefaces(), *([image(head.logo, max(LOGO)).jpeg] if head.logo else ()))


@cache
def _typefaces() -> tuple[bytes, ...]:
    """Taken from a page with two full stops: nothing on it but what every letter has."""
    sheet = Sheet("", "")
    sheet.text(0, 0, ".")
    sheet.text(0, 0, ".", bold=True)
    sheet.next_page()
    return tuple(part for part in _PARTS.findall(sheet.finish()) if len(part) >= LEAST)
