"""The base of everything shown in the window's middle. Must not know the window nor any particular page."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QPlainTextEdit, QScrollArea, QWidget


class Page(QWidget):
    """One page: the window shows it, asks whether it may close, and refreshes it when something changed."""

    closed = Signal()
    open_page = Signal(object)

    title: str = ""
    place: str = ""
    in_call: bool = False  # True: somebody may be talking here for long without touching a key
    scrolls_itself: bool = False  # True: the window puts no scroll area around it
    over: "Page | None" = None  # what has to be seen first: stands above this page and does not scroll away
    form_key: str = ""  # what is typed here is kept under this key; nothing for a page that keeps nothing

    def refresh(self) -> None:
        """Look again: something was saved. Pages that show records fetch them here."""

    def may_close(self) -> bool:
        """Whether leaving loses nothing; a page with something typed asks first and answers False."""
        return True

    def unfinished(self) -> None:
        """Keep what was typed, now: the window is about to be locked or closed."""

    def kept_under(self) -> str:
        """The key under which what is typed here lies now, if any."""
        return ""

    def take_up(self, kept_key: str) -> None:
        """Put back what was kept under this key."""

    def first_focus(self) -> QWidget | None:
        """The control to start at when the page is shown; None for the first one in order."""
        return None


def reveal(widget: QWidget, part: QRect | None = None) -> None:
    """Scroll every scroll area around a control until it, or the given part of it, can be seen."""
    wanted = part if part is not None else widget.rect()
    parent = widget.parentWidget()
    while parent is not None:
        inner = parent.widget() if isinstance(parent, QScrollArea) else None
        if isinstance(parent, QScrollArea) and inner is not None:
            place = widget.mapTo(inner, wanted.center())
            parent.ensureVisible(place.x(), place.y(), 24, wanted.height() // 2 + 48)
        parent = parent.parentWidget()


def reveal_keyboard(widget: QWidget) -> None:
    """Scroll to where the next key lands: a whole field or button, of a list its row, of a long text its line."""
    tall = isinstance(widget, (QAbstractItemView, QPlainTextEdit))
    place = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle) if tall else widget.rect()
    reveal(widget, place.toRect() if isinstance(place, QRectF) else place)
