"""The main window: rail, search box, pages, message line, cover. Must not know which pages there are."""

from collections.abc import Callable, Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.widgets import parts, theme
from desktop.widgets.around import Deeds, Foot, Place, PracticeStrip, Rail, Top, Words
from desktop.widgets.bar import MessageBar
from desktop.widgets.pages import Page, reveal_keyboard
from desktop.widgets.scrolled import Scroll

__all__ = ["Deeds", "Place", "Window", "Words"]

SMALLEST = QSize(640, 480)


class Window(QMainWindow):
    """Shows one page at a time and the way back; hides everything at once when covered."""

    moved = Signal(str)

    def __init__(self, words: Words, places: Sequence[Place], deeds: Deeds) -> None:
        super().__init__()
        self._words, self._deeds = words, deeds
        self._trail: list[_Shown] = []
        self._cover: QWidget | None = None
        self._office = True
        self._rail = Rail(words.house, places, self.show_place)
        self._top = Top(words, deeds)
        self.search = self._top.search
        self.message_bar = MessageBar(deeds.undo)
        self._foot = Foot()
        self._pages = QStackedWidget()
        self._middle = QVBoxLayout()
        self._practice = PracticeStrip()
        self._house = self._build()
        self._both = QStackedWidget()
        self._both.addWidget(self._house)
        self.setCentralWidget(self._both)
        self.setMinimumSize(SMALLEST)
        self._add_shortcuts(places)
        self._name_window()

    # -- pages -------------------------------------------------------------------------------------------
    def show_place(self, key: str) -> bool:
        """Go to an item of the rail; pages with something unsaved may keep us where we are."""
        place = self._rail.place(key)
        if place is None or not self._rail.allows(key) or not self.leave_pages():
            self._light()
            return False
        page = place.make_page()
        page.place = page.place or key
        self.show_page(page)
        self.moved.emit(key)
        return True

    def show_page(self, page: Page) -> None:
        """Put a page on top; back leads to the one below it."""
        self.search.close_list()
        if self._trail:
            page.place = page.place or self._trail[-1].page.place
        shown = _Shown(page)
        self._trail.append(shown)
        page.closed.connect(lambda: self._close(shown))
        page.open_page.connect(self._open)
        self._pages.addWidget(shown.frame)
        self._bring_up(shown)

    def go_back(self) -> bool:
        """Leave the page on top, if there is one below it and nothing on it is unsaved."""
        if len(self._trail) < 2 or not self._trail[-1].page.may_close():
            return False
        self._close(self._trail[-1])
        return True

    def page(self) -> Page | None:
        """The page that is seen now."""
        return self._trail[-1].page if self._trail else None

    def pages(self) -> list[Page]:
        """All pages that are open, with those inside them."""
        return [page for shown in self._trail for page in (shown.page, *shown.page.findChildren(Page))]

    def leave_pages(self) -> bool:
        """Close all pages, from the top down; stops at the first that has something unsaved."""
        while self._trail:
            shown = self._trail[-1]
            if not shown.page.may_close():
                self._bring_up(shown)
                return False
            self._trail.pop()
            self._drop(shown)
        return True

    def forget_pages(self) -> None:
        """Drop all pages without asking: what was typed is kept elsewhere, or somebody else signs in."""
        while self._trail:
            self._drop(self._trail.pop())

    def refresh(self) -> None:
        """Something was saved: the page that is seen looks again now, the others when they are seen."""
        for shown in self._trail:
            shown.stale = True
        if self._trail and self._cover is None:
            self._trail[-1].look_again()

    def allow(self, wanted: Callable[[str], bool], office: bool) -> None:
        """What whoever signed in may go to; `office` is search and the "new" button."""
        self._rail.allow(wanted)
        self._top.allow(office)
        self._office = office

    def in_call(self) -> bool:
        """Whether a page is open on which somebody may be talking for a long time without touching a key."""
        return any(shown.page.in_call for shown in self._trail)

    def keep_unfinished(self) -> None:
        """Have every page keep what was typed."""
        for shown in self._trail:
            shown.page.unfinished()

    # -- messages ----------------------------------------------------------------------------------------
    def say(self, text: str, undoable: bool = False) -> None:
        """The slim line: something went well."""
        self.message_bar.say(text, undoable)

    def trouble(self, text: str) -> None:
        """The slim line: something did not go."""
        self.message_bar.trouble(text)

    def set_status(self, left: str, right: str, tone: str = "") -> None:
        """The quiet line at the bottom; a tone when its left half asks for something."""
        self._foot.show_words(left, right, tone)

    def set_practice(self, text: str) -> None:
        """A coloured frame with words around everything, for an organisation to practise in; "" for none."""
        self._practice.show_text(text)
        self._house.setProperty("practice", "true" if text else "false")
        edge = 4 if text else 0
        layout = self._house.layout()
        if layout is not None:
            theme.space(layout, 0, (edge, edge, edge, edge))
        theme.restyle(self._house)

    def add_strip(self, strip: QWidget) -> None:
        """A slim line above the message line, such as the one of long work."""
        self._middle.insertWidget(self._middle.indexOf(self.message_bar), strip)

    # -- cover -------------------------------------------------------------------------------------------
    def cover(self, page: QWidget) -> None:
        """Hide everything behind this page, at once, other windows of the program too."""
        self._drop_cover()
        self._cover = page
        self._both.addWidget(page)
        self._both.setCurrentWidget(page)
        self.search.close_list()
        self.search.clear()
        self.message_bar.clear()
        self._name_window()
        for other in QApplication.topLevelWidgets():
            if other is not self and other.isVisible():
                other.close()
                other.hide()
        self.keep_unfinished()
        _focus_first(page)

    def uncover(self) -> None:
        """Show everything again, where it was left."""
        if self._cover is None:
            return
        self._both.setCurrentWidget(self._house)
        self._drop_cover()
        self._name_window()
        if self._trail:
            self._bring_up(self._trail[-1])

    def covered(self) -> bool:
        """Whether everything is hidden now."""
        return self._cover is not None

    # -- Qt ----------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._cover is None:
            self.go_back()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_both"):
            QTimer.singleShot(0, self, self._fit)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep_unfinished()
        if self._deeds.may_quit():
            event.accept()
        else:
            event.ignore()

    # -- inside ------------------------------------------------------------------------------------------
    def _build(self) -> QWidget:
        house = QWidget()
        house.setObjectName("house_frame")
        house.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.space(self._middle, 0)
        parts.fill(self._middle, self._practice, self._top, self._pages, self.message_bar, self._foot)
        self._middle.setStretch(2, 1)
        layout = QHBoxLayout(house)
        theme.space(layout, 0)
        layout.addWidget(self._rail)
        layout.addLayout(self._middle, 1)
        return house

    def _add_shortcuts(self, places: Sequence[Place]) -> None:
        inside: dict[str, Callable[[], object]] = {
            "Ctrl+F": self._to_search, "Alt+Left": self.go_back, "Ctrl+L": self._deeds.lock,
            "Ctrl+Z": self._deeds.undo, "F1": self._deeds.help, self._words.new_shortcut: self._new,
        }
        for number, place in enumerate(places, 1):
            keys = place.shortcut or (f"Ctrl+{number}" if number < 10 else "")
            inside[keys] = partial(self.show_place, place.key)
        for keys, deed in inside.items():
            _shortcut(self._house, keys, deed)
        for keys, step in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
            _shortcut(self, keys, partial(_zoom, step))

    def _new(self) -> None:
        if self._office:
            self._deeds.new()

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _fit(self) -> None:
        small = theme.percent() > 150 or self.width() < theme.px(1000)
        self._rail.collapse(small)
        self._top.collapse(self.width() < theme.px(800), self.width() < theme.px(560))

    def _open(self, page: object) -> None:
        if isinstance(page, Page):
            self.show_page(page)

    def _close(self, shown: "_Shown") -> None:
        if shown not in self._trail:
            return
        was_on_top = shown is self._trail[-1]
        self._trail.remove(shown)
        if not self._trail:
            self._drop(shown)
            self.show_place(shown.page.place)
            return
        if was_on_top:
            self._bring_up(self._trail[-1])
        self._drop(shown)

    def _bring_up(self, shown: "_Shown") -> None:
        for other in self._trail:
            other.note_focus()
        self._pages.setCurrentWidget(shown.frame)
        self._light()
        self._name_window()
        if self._cover is None:
            shown.look_again()
            shown.take_focus()

    def _drop(self, shown: "_Shown") -> None:
        self._pages.removeWidget(shown.frame)
        shown.frame.deleteLater()

    def _drop_cover(self) -> None:
        if self._cover is not None:
            self._both.removeWidget(self._cover)
            self._cover.hide()
            self._cover.deleteLater()
            self._cover = None

    def _light(self) -> None:
        self._rail.light(self._trail[-1].page.place if self._trail else "")

    def _name_window(self) -> None:
        """Only the place is named: a title stands in task bars and screen shares, so never a person."""
        place = self._rail.place(self._trail[-1].page.place) if self._trail else None
        named = place is not None and self._cover is None
        self.setWindowTitle(f"{place.text} – {self._words.house}" if named and place else self._words.house)


class _Shown:
    """A page with the scroll area around it, and where the keyboard was on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stale = False
        frame: QWidget = page if page.scrolls_itself else _scrolled(page)
        self.frame = frame if page.over is None else parts.column(page.over, frame, gap=0)
        self._focus: QWidget | None = None

    def note_focus(self) -> None:
        """Remember the control the keyboard stands on, for the way back."""
        now = QApplication.focusWidget()
        if now is not None and self.page.isAncestorOf(now):
            self._focus = now

    def take_focus(self) -> None:
        """Put the keyboard where it was, or at the start."""
        if self._focus is not None and shiboken6.isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        elif (first := self.page.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            _focus_first(self.page)
        QTimer.singleShot(0, self.page, self._reveal_focus)  # when everything has its place

    def _reveal_focus(self) -> None:
        """In large type the field to begin at may lie below what fits; a page is read before its deed is done."""
        now = QApplication.focusWidget()
        if now is not None and self.page.isAncestorOf(now) and now.property("role") != "primary":
            reveal_keyboard(now)

    def look_again(self) -> None:
        """Refresh the page if something was saved since it was seen last; the keyboard stays where it was."""
        if self.stale:
            self.stale = False
            held = QApplication.focusWidget()
            inside = held is not None and self.frame.isAncestorOf(held)
            name = held.accessibleName() if held is not None else ""
            self.page.refresh()
            if self.page.over is not None:
                self.page.over.refresh()
            if inside:
                QTimer.singleShot(0, self.page, partial(self._hold_keyboard, name))  # what is new is shown by then

    def _hold_keyboard(self, name: str) -> None:
        """Where the page was built anew below the keyboard: to what has this name now, or to the start."""
        now = QApplication.focusWidget()
        if not self.frame.isVisible() or (now is not None and self.frame.isAncestorOf(now)):
            return
        made = self.page.findChildren(QWidget)
        same = (each for each in made if each.accessibleName() == name and _takes_keyboard(each, self.page))
        if name and (found := next(same, None)) is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._focus = None
            self.take_focus()


def _zoom(step: int) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.zoom(app, step)


def _scrolled(page: Page) -> Scroll:
    page.setObjectName(page.objectName() or "page")
    return Scroll(page)


def _shortcut(parent: QWidget, keys: str, deed: Callable[[], object]) -> None:
    if keys:
        shortcut = QShortcut(QKeySequence(keys), parent)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: deed())


def _focus_first(page: QWidget) -> None:
    """Focus the first control in order; without one the page itself, so that keys still arrive."""
    widget = page.nextInFocusChain()
    while widget is not None and page.isAncestorOf(widget):
        if _takes_keyboard(widget, page):
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        widget = widget.nextInFocusChain()
    page.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    page.setFocus(Qt.FocusReason.OtherFocusReason)


def _takes_keyboard(widget: QWidget, page: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisibleTo(page)
