"""A driver for the whole program, shared by the demo and the journeys: real window, real keys, no sleeping.

What staff would do is done with keys only: Tab to a field by its name, type, Enter. What they would see is read
from the widgets on screen. It waits for conditions, never for time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

from desktop.app import Program
from desktop.language import set_language
from desktop.screens.letter import LetterPage
from desktop.settings import Settings
from desktop.widgets.pages import Page
from desktop.widgets.rows import Row, Rows

PATIENCE = 20_000  # milliseconds until something that must happen counts as failed
OWN_WINDOWS = (Qt.WindowType.Window, Qt.WindowType.Dialog)
INK, PAPER = 110, 200
LONGEST_ROUND = 250  # Tab stops until a field counts as not there


class NotSeenError(AssertionError):
    """Something that staff should see or reach is not there."""


class Driver:
    """A member of staff at the keyboard of one program."""

    def __init__(self, program: Program, pause: int = 0) -> None:
        self.program = program
        self.window = program.window
        self.pause = pause

    # -- keys --------------------------------------------------------------------------------------------

    def press(self, keys: str) -> None:
        """One key or a combination, as it stands on the keyboard: "Return", "Ctrl+L", "Shift+Tab"."""
        if isinstance(page := self.window.page(), LetterPage):  # nobody says at once that what was copied is sent
            self.wait(page.ready)
        combination = QKeySequence(keys)[0]  # type: ignore[index]
        QTest.keyClick(self._target(), combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Letters as a keyboard gives them, accents and all."""
        for letter in text:
            target = self._target()
            if letter == "\n":
                QTest.keyClick(target, Qt.Key.Key_Return)
                continue
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                code = ord(letter.upper()) if letter.isascii() else 0
                QApplication.sendEvent(target, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, letter))
        QApplication.processEvents()

    def go_to(self, name: str) -> QWidget:
        """Tab until the keyboard stands on the control with this name."""
        for step in range(LONGEST_ROUND):
            now = QApplication.focusWidget()
            if now is not None and called(now, name):
                return now
            if step:
                QTest.keyClick(self._target(), Qt.Key.Key_Tab)
            elif now is None:
                self._page().setFocus()
            else:
                QTest.keyClick(self._target(), Qt.Key.Key_Tab)
            QApplication.processEvents()
        raise NotSeenError(f"Tab does not reach {name!r}; it reaches: {', '.join(self.stops())}")

    def stops(self) -> list[str]:
        """The names of what Tab reaches, in order."""
        found: list[str] = []
        first = QApplication.focusWidget()
        for _n in range(LONGEST_ROUND):
            QTest.keyClick(self._target(), Qt.Key.Key_Tab)
            now = QApplication.focusWidget()
            found.append((now.accessibleName() or type(now).__name__) if now else "nothing")
            if now is first:
                break
        return found

    def fill(self, name: str, text: str) -> None:
        """Go to a field, take out what stands there, and type."""
        field = self.go_to(name)
        if isinstance(field, (QLineEdit, QPlainTextEdit)):
            self.press("Ctrl+A")
            self.press("Delete")
        self.type(text)
        self.breathe()

    def choose(self, name: str, text: str) -> None:
        """Type a part of what is in a list and take the first that fits."""
        self.fill(name, text)
        self.press("Return")

    def pick(self, name: str, text: str) -> None:
        """A few answers side by side: their first letters choose."""
        self.go_to(name)
        self.type(text)
        self.breathe()

    def push(self, name: str) -> None:
        """Go to a button and press it with the space bar."""
        button = self.go_to(name)
        if not isinstance(button, QAbstractButton):
            raise NotSeenError(f"{name!r} is no button")
        self.press("Space")
        self.breathe()

    def save(self) -> None:
        """Ctrl+Enter, which saves any form and goes on in any wizard."""
        self.press("Ctrl+Return")
        self.breathe()

    # -- rows --------------------------------------------------------------------------------------------

    def rows(self, name: str = "") -> list[Row]:
        """The rows of the list with this name, or of all lists on the page."""
        return [row for rows in self._lists(name) for row in rows.rows()]

    def do(self, text: str, name: str = "", *, open: bool = False) -> None:
        """Walk to the row that says this with the arrow keys and do its deed; `open` opens it instead."""
        for rows in self._lists(name):
            for number, row in enumerate(rows.rows()):
                if text in says(row):
                    self._walk_to(rows, number)
                    self.press("Shift+Return" if open else "Return")
                    self.breathe()
                    return
        raise NotSeenError(f"no row says {text!r}: {[says(row) for row in self.rows(name)]}")

    def _walk_to(self, rows: Rows, number: int) -> None:
        for _n in range(LONGEST_ROUND):
            if rows.hasFocus():
                break
            QTest.keyClick(self._target(), Qt.Key.Key_Tab)
        if not rows.hasFocus():
            raise NotSeenError(f"Tab does not reach the list {rows.accessibleName()!r}")
        self.press("Home")
        for _n in range(number):
            self.press("Down")

    def _lists(self, name: str) -> list[Rows]:
        found = [rows for rows in self._page().findChildren(Rows) if rows.isVisible()]
        return [rows for rows in found if not name or called(rows, name)]

    # -- eyes --------------------------------------------------------------------------------------------

    def words(self) -> list[str]:
        """Every piece of text that is seen now, in the window's middle or on its cover."""
        return list(seen(self.window))

    def sees(self, text: str) -> bool:
        return any(text in piece for piece in self.words())

    def look_for(self, text: str) -> None:
        """Wait until this text is seen."""
        self.wait(lambda: self.sees(text), lambda: f"{text!r} is not seen; there is: {self.words()}")

    def page(self) -> Page:
        page = self.window.page()
        if page is None:
            raise NotSeenError("no page is open")
        return page

    def wait(self, condition: Callable[[], Any], otherwise: str | Callable[[], str] = "") -> None:
        """Let the program work until something is so."""
        if not wait_until(condition, PATIENCE):
            raise NotSeenError(otherwise() if callable(otherwise) else otherwise or "it did not happen in time")

    def wait_idle(self) -> None:
        """Wait for background work, and for what it had waiting behind it."""
        self.wait(lambda: not self.program.desk.working(), lambda: f"still busy: {self.program.desk.working()}")
        QApplication.processEvents()

    def photograph(self, path: Path) -> None:
        """The window as it is seen now, papers drawn."""
        settle()
        views = self.window.findChildren(QPdfView)
        papers = [view for view in views if view.isVisible() and view.document() is not None]
        self.wait(lambda: all(map(has_ink, papers)), "a paper stays empty")
        path.parent.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(path))

    def breathe(self) -> None:
        """In a visible window: a moment, so that somebody can follow."""
        QApplication.processEvents()
        if self.pause:
            wait_until(lambda: False, self.pause)

    # -- inside ------------------------------------------------------------------------------------------

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        return popup or QApplication.focusWidget() or self.window

    def _page(self) -> QWidget:
        both = self.window.centralWidget()
        assert isinstance(both, QStackedWidget)
        page = self.window.page()
        return page if page is not None and not self.window.covered() else both.widget(both.currentIndex()) or both


def wait_until(condition: Callable[[], Any], patience: int) -> bool:
    """Let events come until something is so; False when it is not so in time."""
    heart = QTimer(interval=5)  # something may become so without an event of its own
    heart.start()
    left = QDeadlineTimer(patience)
    while not condition():
        if left.hasExpired():
            return False
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return True


def called(widget: QWidget, name: str) -> bool:
    """Whether a control has this name; a switch's answers carry the name of their field before a colon."""
    return widget.accessibleName() == name or widget.accessibleName().startswith(f"{name}: ")


def says(row: Row) -> str:
    return " ".join((row.lead, row.title, row.strong, row.subtitle, row.pill, row.note))


def seen(within: QWidget) -> Iterator[str]:
    """The texts of everything visible: labels, fields, buttons, rows."""
    for widget in within.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)):
            yield widget.text().replace("&&", "&")
        elif isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, Rows):
            yield from (says(row) for row in widget.rows())


def has_ink(view: QPdfView) -> bool:
    """Whether a paper is drawn already: somewhere on its white there are dark letters."""
    image = view.viewport().grab().toImage()
    left, right = image.width() * 3 // 8, image.width() * 5 // 8  # a whole page stands narrow in a wide view
    for y in range(0, image.height(), 2):
        row = [image.pixelColor(x, y).lightness() for x in range(left, right, 2)]
        if row and row[0] > PAPER and row[-1] > PAPER and min(row) < INK:
            return True
    return False


def settle() -> None:
    """Let layouts and polish that wait for their turn be done."""
    for _n in range(4):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


class Strays(QObject):
    """Notices parts of a page that flash up as windows of their own and take the keyboard away."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def refuse(self) -> None:
        if self.seen:
            raise NotSeenError(f"shown outside the window: {self.seen}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and is_window_of_its_own(watched):
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}".strip())
        return False


def is_window_of_its_own(widget: QWidget) -> bool:
    return widget.isWindow() and widget.windowType() in OWN_WINDOWS and not isinstance(widget, QMainWindow)


@contextmanager
def running(folder: Path, purpose: str = "office", settings: Settings | None = None,
            pause: int = 0) -> Iterator[Driver]:  # fmt: skip
    """The program on this folder, shown and active, closed the way staff close it."""
    strays = Strays()
    program = Program(folder, purpose, settings or Settings.load(folder))
    program.window.resize(1366, 768)
    try:
        program.start()
        program.window.activateWindow()
        wait_until(program.window.isActiveWindow, PATIENCE)
        yield Driver(program, pause)
        strays.refuse()
    finally:
        strays.deleteLater()
        program.leave()
        program.window.hide()
        program.window.deleteLater()
        program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        set_language("nl")


def close(driver: Driver) -> None:
    """Close the window as staff do; it makes a backup first, then it goes."""
    driver.window.close()
    driver.wait(lambda: not driver.window.isVisible(), "the window does not close")
