"""A window with some pages in it and somebody at its keyboard; other pages are only noted when they are asked for."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.rules.staff import Member
from desktop.screens.office import Office, PageMaker
from desktop.screens.open_worries import watch
from desktop.settings import Settings
from desktop.storage.database import close_database
from desktop.widgets.desk import Desk
from desktop.widgets.pages import Page
from desktop.widgets.window import Deeds, Window, Words
from tests.widgets.dressing import dress

MOST_TABS = 120


class Room:
    """The pages of `pages` are real; anything else that is opened stands in `opened` only."""

    def __init__(self, qtbot: QtBot, by: Member, pages: Mapping[str, PageMaker]) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        dress(application)
        self.qtbot, self._pages = qtbot, pages
        self.desk = Desk(by, leave_thread=close_database)
        self.opened: list[tuple[str, dict[str, Any]]] = []
        self.said: list[str] = []
        self.troubled: list[str] = []
        self.office = Office(self.desk, Settings.in_memory(), self.open)
        self.window = Window(Words("Wijkrecept", "Nieuwe voucher", "Zoek"), [], _deeds())
        qtbot.addWidget(self.window)
        self.desk.changed.connect(self.window.refresh)
        self.desk.said.connect(lambda text, _undoable: self.said.append(text))
        self.desk.troubled.connect(self.troubled.append)
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitExposed(self.window)

    def open(self, name: str, /, **arguments: Any) -> Any:
        self.opened.append((name, arguments))
        page: Page = self._pages[name](self.office, **arguments) if name in self._pages else Page()
        watch(self.office, page, arguments)
        if name in self._pages:
            self.window.show_page(page)
        return page

    @property
    def page(self) -> Any:
        return self.window.page()

    # -- keys --------------------------------------------------------------------------------------------

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, held)

    def go_to(self, name: str) -> QWidget:
        """Tab until the control with this name has the focus."""
        for _step in range(MOST_TABS):
            focused = QApplication.focusWidget()
            if focused is not None and focused.accessibleName() == name:
                return focused
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reached {name!r}")

    def type_in(self, name: str, text: str) -> None:
        """Go to a field and type over what stands there."""
        field = self.go_to(name)
        QTest.keySequence(field, "Ctrl+A")
        QTest.keyClicks(field, text)

    def save(self) -> None:
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def click(self, name: str) -> None:
        """Press the button with this name with the space bar."""
        self.go_to(name)
        self.press(Qt.Key.Key_Space)

    # -- what is seen ------------------------------------------------------------------------------------

    def texts(self) -> str:
        """Every word on the page that is seen."""
        labels = [label.text() for label in self.page.findChildren(QLabel) if label.isVisible()]
        buttons = [button.text() for button in self.page.findChildren(QAbstractButton) if button.isVisible()]
        return "\n".join([*labels, *buttons])

    def work_done(self) -> Any:
        """Wait for the end of the background work that starts inside the with."""
        return self.qtbot.waitSignal(self.desk.busy, check_params_cb=lambda busy: not busy, timeout=20_000)


def _deeds() -> Deeds:
    return Deeds(lambda text: [], _nothing, _nothing, _nothing, _nothing)


def _nothing(*_arguments: Any) -> None:
    """No part of these tests."""
