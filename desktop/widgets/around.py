"""What stands around every page: rail, top row, status line. Must not know which pages there are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desktop.language import _
from desktop.widgets import icons, parts, theme
from desktop.widgets.pages import Page
from desktop.widgets.search import Hit, SearchBox

RAIL = 196


@dataclass(frozen=True)
class Place:
    """One item of the rail; a `low` one stands at the bottom."""

    key: str
    text: str
    icon: str
    make_page: Callable[[], Page]
    shortcut: str = ""
    low: bool = False


@dataclass(frozen=True)
class Deeds:
    """What the window can ask for; it knows none of it by itself."""

    query: Callable[[str], Sequence[Hit] | None]
    open_hit: Callable[[object], object]
    new: Callable[[], object]
    lock: Callable[[], object]
    undo: Callable[[], object]
    may_quit: Callable[[], bool] = lambda: True
    help: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Words:
    """The texts of the window that belong to the work."""

    house: str
    new: str
    search: str
    new_shortcut: str = "Ctrl+N"


class Rail(QFrame):
    """The places on the left; only icons when there is little room."""

    def __init__(self, house: str, places: Sequence[Place], go: Callable[[str], object]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._places = {place.key: place for place in places}
        self._house = parts.label(house, wrap=False)
        self._house.setObjectName("house")
        self._buttons = {place.key: _place_button(place, number, go) for number, place in enumerate(places, 1)}
        layout = QVBoxLayout(self)
        theme.space(layout, 2, (10, 16, 10, 12))
        high = [self._buttons[place.key] for place in places if not place.low]
        low = [self._buttons[place.key] for place in places if place.low]
        parts.fill(layout, self._house, *high, None, *low)
        self._house.setContentsMargins(8, 0, 0, 8)

    def place(self, key: str) -> Place | None:
        return self._places.get(key)

    def allow(self, wanted: Callable[[str], bool]) -> None:
        """Show only the places that are for whoever signed in."""
        for key, button in self._buttons.items():
            button.setVisible(wanted(key))

    def allows(self, key: str) -> bool:
        return key in self._buttons and not self._buttons[key].isHidden()

    def light(self, key: str) -> None:
        for other, button in self._buttons.items():
            button.setChecked(other == key)
            icons.dress(button, self._places[other].icon, "primary" if other == key else "text")

    def collapse(self, small: bool) -> None:
        self._house.setVisible(not small)
        for key, button in self._buttons.items():
            button.setText("" if small else f"  {_plain(self._places[key].text)}")
        self.setMinimumWidth(0 if small else theme.px(RAIL))
        self.setMaximumWidth(self.sizeHint().width() if small else theme.px(RAIL))


class Top(QFrame):
    """Search box, the one quiet "new" button and the lock, always in reach."""

    def __init__(self, words: Words, deeds: Deeds) -> None:
        super().__init__()
        self.setObjectName("top")
        self.search = SearchBox(deeds.query, words.search)
        self.search.chosen.connect(deeds.open_hit)
        self._new = parts.button(words.new, icon="plus", on=deeds.new)
        self._new.setToolTip(f"{words.new} ({words.new_shortcut})")
        self._lock = parts.button(_("Lock"), "link", "lock-simple", deeds.lock)
        self._lock.setToolTip(_("Lock") + " (Ctrl+L)")
        self._new_text, self._lock_text = self._new.text(), self._lock.text()
        layout = QHBoxLayout(self)
        theme.space(layout, 12, (20, 9, 20, 9))
        parts.fill(layout, self.search, None, self._new, self._lock)
        layout.setStretch(0, 10)
        layout.setStretch(1, 1)

    def collapse(self, small: bool, smaller: bool) -> None:
        self.search.setMaximumWidth(theme.px(560))
        self.search.setMinimumWidth(theme.px(120))
        self._lock.setText("" if small else self._lock_text)
        self._new.setText("" if smaller else self._new_text)

    def allow(self, office: bool) -> None:
        """Search and the "new" button, or neither."""
        self.search.setVisible(office)
        self._new.setVisible(office)


class Foot(QFrame):
    """The quiet status line."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._left, self._right = parts.label(), parts.label(wrap=False)
        layout = QHBoxLayout(self)
        theme.space(layout, 16, (20, 4, 16, 4))
        parts.fill(layout, self._left, self._right)
        layout.setStretch(0, 1)

    def show_words(self, left: str, right: str, tone: str = "") -> None:
        self._left.setText(left)
        self._right.setText(right)
        if self._left.property("tone") != tone:
            self._left.setProperty("tone", tone)
            theme.restyle(self._left)


class PracticeStrip(QFrame):
    """Says that nothing here is real; hidden without words."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("practice")
        self._words = parts.label()
        layout = QHBoxLayout(self)
        theme.space(layout, 8, (20, 3, 20, 3))
        layout.addWidget(self._words)
        self.hide()

    def show_text(self, text: str) -> None:
        self._words.setText(text)
        self.setVisible(bool(text))


def _plain(text: str) -> str:
    """A text for a button, in which an ampersand is just an ampersand."""
    return text.replace("&", "&&")


def _place_button(place: Place, number: int, go: Callable[[str], object]) -> QPushButton:
    made = parts.button(place.text, "place", place.icon, lambda: go(place.key))
    made.setCheckable(True)
    made.setToolTip(f"{place.text} ({place.shortcut or f'Ctrl+{number}'})")
    return made
