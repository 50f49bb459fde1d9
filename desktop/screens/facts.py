"""Small pieces several screens share: facts as lines on a card, suggestions from a list. Must not know any subject."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets import parts, theme
from desktop.widgets.lines import fitting
from desktop.widgets.pages import Page
from desktop.widgets.rows import Rows


def fact_lines(facts: Sequence[tuple[str, str]]) -> list[QWidget]:
    """Each fact that is known: its name, then what it is."""
    return [
        parts.column(parts.label(name, "help"), parts.label(value), gap=0) for name, value in facts if value.strip()
    ]


def suggest_from(names: Sequence[str], typed: str) -> list[str]:
    """The names that have every typed word in them."""
    return [text for _value, text in fitting([(name, name) for name in names], typed)]


class FactsPage(Page):
    """Cards about one record with rows in them; made anew when something was saved, with the same row chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self._layout = QVBoxLayout(self)
        theme.space(self._layout, 0)
        self._inside: QWidget | None = None
        self.rows = Rows()

    def show_anew(self, build: Callable[[], QWidget]) -> None:
        """What `build` makes takes the place of what was shown; it makes the rows anew too."""
        chosen, at_hand = self.rows.current_key(), self.rows.hasFocus()
        inside = build()
        if chosen is not None:
            self.rows.select(chosen)
        if self._inside is not None:
            self._layout.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = inside
        self._layout.addWidget(inside)
        if at_hand:
            self.rows.setFocus()
