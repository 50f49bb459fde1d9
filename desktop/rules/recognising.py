"""Which known practice or person a written name means. Must not know tables or screens; never guesses between two."""

from collections.abc import Sequence

from desktop.rules.names import Name, fold, sound, split

COMMON = frozenset(
    "huisartsenpraktijk huisartspraktijk huisartsen huisarts praktijk gezondheidscentrum centrum medisch "
    "groepspraktijk hap hapraktijk maatschap en de het den der van t dr drs".replace("ij", "y").split()
)
"""Folded words that say what something is, not which one."""


def recognise(text: str, known: Sequence[tuple[int, str]]) -> int | None:
    """The one known name that this text means; None when none or more than one can be meant."""
    asked = fold(text)
    same = [which for which, name in known if fold(name) == asked]
    if len(same) == 1:
        return same[0]
    words = _telling(text)
    alike = [which for which, name in known if words and (theirs := _telling(name)) and _within(words, theirs)]
    return alike[0] if len(alike) == 1 else None


def recognise_person(text: str, known: Sequence[tuple[int, Name]]) -> int | None:
    """The one known person whom "dr. M. Jansen", "POH S. Bos" or "Jansen" means."""
    return _one(split(text), known) or _one(split(text.split(",")[0]), known)


def _one(asked: Name, known: Sequence[tuple[int, Name]]) -> int | None:
    if not asked.surname:
        return None
    for same in (fold, sound):
        found = [which for which, name in known if same(name.surname) == same(asked.surname) and _fits(asked, name)]
        if len(found) == 1:
            return found[0]
    return None


def _fits(one: Name, other: Name) -> bool:
    """No initial contradicts the other's."""
    ours, theirs = (fold(name.initials or name.first_name)[:1] for name in (one, other))
    return not ours or not theirs or ours == theirs


def _telling(text: str) -> frozenset[str]:
    return frozenset(fold(text).split()) - COMMON


def _within(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one
