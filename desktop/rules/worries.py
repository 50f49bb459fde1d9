"""What an open worry changes in how somebody is approached. Must not know tables."""

from collections.abc import Iterable

from desktop.language import N_

UNSAFE_AT_HOME = frozenset({"violence"})
"""Kinds of worry at which somebody else in the house may not hear or read a word of it."""
HOW_TO_APPROACH = N_("Leave no message, send no post, do not meet at home.")
"""What not to do then, for whoever is about to call, write or visit."""


def unsafe_at_home(kinds: Iterable[str]) -> bool:
    """Whether no message is left, and nobody goes to the house."""
    return bool(UNSAFE_AT_HOME & set(kinds))
