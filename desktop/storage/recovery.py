"""The recovery sheet: a secret as groups to print and type back. Must not know what it opens."""

import re
import unicodedata
from collections.abc import Iterable

from stdnum.iso7064 import mod_37_36

from desktop.errors import Refused
from desktop.language import _, ngettext

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OIL", "011")
GROUPS = 8
GROUP = 4


def recovery_groups(secret: bytes) -> tuple[str, ...]:
    """160 bits as eight groups of four, each with a check character that also knows its place."""
    number = int.from_bytes(secret, "big")
    letters = [ALPHABET[(number >> shift) & 31] for shift in range(5 * (GROUPS * GROUP - 1), -1, -5)]
    groups = ["".join(letters[start : start + GROUP]) for start in range(0, GROUPS * GROUP, GROUP)]
    return tuple(group + _check_character(place, group) for place, group in enumerate(groups))


def read_recovery(typed: str) -> bytes:
    """The secret from what was typed, in any case, with blanks or hyphens; a slip is pointed out."""
    groups = _typed_groups(typed)
    wrong = [place + 1 for place, group in enumerate(groups) if not _group_is_right(place, group)]
    if wrong:
        raise _wrong_groups(wrong)
    number = 0
    for letter in "".join(group[:GROUP] for group in groups):
        number = number << 5 | ALPHABET.index(letter)
    return number.to_bytes(20, "big")


def confirm_recovery(groups: Iterable[str], typed: str) -> None:
    """Typed over from the printed sheet: right, or which group is not."""
    expected = tuple(groups)
    found = _typed_groups(typed)
    wrong = [number for number, pair in enumerate(zip(expected, found, strict=True), 1) if pair[0] != pair[1]]
    if wrong:
        raise _wrong_groups(wrong)


def _check_character(place: int, group: str) -> str:
    return mod_37_36.calc_check_digit(ALPHABET[place] + group, alphabet=ALPHABET)


def _group_is_right(place: int, group: str) -> bool:
    known = len(group) == GROUP + 1 and set(group) <= set(ALPHABET)
    return known and _check_character(place, group[:GROUP]) == group[GROUP]


def _typed_groups(typed: str) -> list[str]:
    """Eight groups as typed; blanks between them, when used, tell which one misses a character."""
    text = unicodedata.normalize("NFKC", typed).upper().translate(LOOKALIKES)
    apart = re.findall(r"[^\W_]+", text)
    if len(apart) == GROUPS:
        return apart
    joined, size = "".join(apart), GROUP + 1
    if len(joined) != GROUPS * size:
        sentence = _("The sheet has {groups} groups of {size} characters; here are {n} characters.")
        raise Refused(recovery=sentence.format(groups=GROUPS, size=size, n=len(joined)))
    return [joined[start : start + size] for start in range(0, len(joined), size)]


def _wrong_groups(wrong: list[int]) -> Refused:
    numbers = ", ".join(map(str, wrong))
    sentence = ngettext("Group {n} is not right.", "Groups {n} are not right.", len(wrong))
    return Refused(recovery=sentence.format(n=numbers))
