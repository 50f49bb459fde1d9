"""The code on a fixed letter, by which it is found again when it comes back. Says nothing of anybody."""

import re

from desktop.rules.identifiers import check_character, has_right_check_character

SIGN = "L"
DIGITS = 7
_BETWEEN = re.compile(r"[\s\-‐‑–.]")
_CODE = re.compile(rf"{SIGN}([0-9]{{{DIGITS},{DIGITS + 4}}})[0-9A-Z]")


def code(letter_id: int) -> str:
    """412 -> "L0000412" and its check character."""
    body = f"{SIGN}{letter_id:0{DIGITS}}"
    return body + check_character(body)


def letter_id_of(text: str) -> int | None:
    """The letter whose code was typed or scanned, however it was spaced; None for anything else."""
    bare = _BETWEEN.sub("", text[:100]).upper()
    found = _CODE.fullmatch(bare)
    return int(found[1]) if found and has_right_check_character(bare) else None
