"""Small pieces several screens share: facts as lines on a card, suggestions from a list. Must not know any subject."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.widgets import parts
from desktop.widgets.lines import fitting


def fact_lines(facts: Sequence[tuple[str, str]]) -> list[QWidget]:
    """Each fact that is known: its name, then what it is."""
    return [
        parts.column(parts.label(name, "help"), parts.label(value), gap=0) for name, value in facts if value.strip()
    ]


def suggest_from(names: Sequence[str], typed: str) -> list[str]:
    """The names that have every typed word in them."""
    return [text for _value, text in fitting([(name, name) for name in names], typed)]
