"""Every page of the program for those who hear it, work by keyboard or need it large.

A new page is covered by being in PAGES; tests/pages_opened.py says what it is opened with.
"""

import inspect
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from desktop.actions.exercise import fill_exercise, make_exercise
from desktop.actions.letters import write_letter
from desktop.app import Program, make_application
from desktop.errors import Refused
from desktop.screens.pages import PAGES, PLACES
from desktop.settings import Settings
from desktop.storage.database import close_database
from desktop.storage.models import Voucher
from desktop.widgets import theme
from desktop.widgets.pages import Page
from desktop.widgets.rows import Rows
from tests.pages_opened import EXAMPLES, example_of, nothing

NAMELESS_ROLES = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane, QAccessible.Role.Grouping}
SMALLEST = (1366, 768)


@pytest.fixture(scope="module")
def program(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The real program on the practice organisation, with made-up people at every step, signed in."""
    make_application([], Settings.in_memory())
    folder = tmp_path_factory.mktemp("exercise")
    entered = make_exercise(folder)
    fill_exercise(entered.member)
    for voucher in Voucher.select():
        for moment in ("intake", "closing", "arrived"):
            try:
                write_letter(entered.member, voucher.id, moment)
                break
            except Refused:
                continue
    program = Program(folder, "exercise", Settings.in_memory())
    program.entered, program.desk.by = entered, entered.member
    program.window.resize(*SMALLEST)
    program.window.show()
    program.window.uncover()
    yield program
    program.leave()
    program.window.hide()
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    close_database()


@pytest.fixture
def large(program: Program, qapp: QApplication) -> Iterator[Program]:
    theme.apply(qapp, "light", 200)
    yield program
    theme.apply(qapp, "light", 100)


def opens_on_nothing(name: str) -> bool:
    """Whether the page can also be opened without the record of its example, as a form for something new."""
    asked = list(inspect.signature(PAGES[name]).parameters.values())[1:]
    needed = any(each.default in (inspect.Parameter.empty, 0) for each in asked)
    return not needed and EXAMPLES.get(name, nothing) is not nothing


OPENED = [(name, True) for name in sorted(PAGES)] + [(name, False) for name in sorted(PAGES) if opens_on_nothing(name)]


@pytest.fixture(params=OPENED, ids=lambda param: param[0] + ("" if param[1] else " for something new"))
def page(program: Program, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page as it is shown in the window."""
    yield show(program, *request.param)
    program.window.forget_pages()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def show(program: Program, name: str, on_example: bool = True) -> Page:
    troubled: list[str] = []
    program.desk.troubled.connect(troubled.append)
    if program.window.page() is None:
        program.window.show_place("tasks")
    shown = program.open(name, **(example_of(name)() if on_example else {}))
    for _round in range(3):
        QApplication.processEvents()
    program.desk.troubled.disconnect(troubled.append)
    assert troubled == []
    return shown


def focusable(within: QWidget) -> list[QWidget]:
    """What the keyboard can stand on, as staff meet it."""
    return [
        widget
        for widget in [within, *within.findChildren(QWidget)]
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not (isinstance(widget, QLineEdit) and isinstance(widget.parentWidget(), QComboBox))
        and not isinstance(widget, QScrollArea)
    ]


def described(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parentWidget()).__name__}"


def nameless(within: QWidget) -> list[str]:
    wrong = []
    for widget in focusable(within):
        heard = QAccessible.queryAccessibleInterface(widget)
        if heard is None or not heard.text(QAccessible.Text.Name).strip():
            wrong.append(f"no name: {described(widget)}")
        elif heard.role() in NAMELESS_ROLES and not isinstance(widget, QPdfView):  # Qt gives it no role of its own
            wrong.append(f"no role: {described(widget)} {heard.text(QAccessible.Text.Name)!r} is {heard.role()}")
    return wrong


def unheard(within: QWidget) -> list[str]:
    """Rows and columns without words for who hears them."""
    wrong = []
    for rows in within.findChildren(Rows):
        model = rows.model()
        heard = [model.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(model.rowCount())]
        wrong += [f"row {at} of {rows.accessibleName()!r}" for at, text in enumerate(heard) if not (text or "").strip()]
    for table in within.findChildren(QTableView):
        headings = table.model()
        titles = [headings.headerData(at, Qt.Orientation.Horizontal) for at in range(headings.columnCount())]
        wrong += [f"column {at} of {table.accessibleName()!r}" for at, title in enumerate(titles) if not title]
    return wrong


def lost(program: Program, page: Page) -> list[str]:
    """A page that nobody knows the name or place of, or that opens without the keyboard on it."""
    wrong = [] if page.title.strip() else ["the page has no title"]
    if page.place not in {key for key, _text, _icon in PLACES}:
        wrong.append(f"no item of the rail is lit: {page.place!r}")
    stands = program.window.focusWidget()
    if focusable(page) and (stands is None or not page.isAncestorOf(stands)):
        wrong.append("the keyboard does not stand on the page")
    return wrong


def test_a_page_can_be_used_by_ear_and_keyboard(program: Program, page: Page) -> None:
    """Each control has a name and a role, each row its words, the page a title, and the first key does something."""
    assert nameless(page) + unheard(page) + lost(program, page) == []


def test_controls_around_the_pages_have_names_and_roles(program: Program) -> None:
    program.window.show_place("tasks")
    QApplication.processEvents()
    assert nameless(program.window) == []


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_fits_the_smallest_screen_at_200_percent(large: Program, name: str) -> None:
    """Text wraps or scrolls down, nothing is cut off and nothing must be scrolled sideways."""
    page = show(large, name)
    wrong = cut_off(page)
    large.window.forget_pages()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert wrong == []


def cut_off(page: QWidget) -> list[str]:
    """What is narrower or lower than its text needs, and what sticks out of its parent."""
    wrong = []
    around = page.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if isinstance(around, QScrollArea) and around.horizontalScrollBar().maximum() > 0:
        wrong.append(f"the page scrolls sideways by {around.horizontalScrollBar().maximum()} px")
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or inside_table(widget):
            continue
        if isinstance(widget, QAbstractButton) and widget.text():
            lacking = widget.minimumSizeHint().width() - widget.width()
            if lacking > 1:
                wrong.append(f"{described(widget)} {widget.text()!r} lacks {lacking} px")
        if isinstance(widget, QLabel) and widget.text() and widget.wordWrap():
            lacking = widget.heightForWidth(widget.width()) - widget.height()
            if lacking > 1:
                wrong.append(f"{described(widget)} {widget.text()!r} lacks {lacking} px of height")
        if isinstance(widget, QLabel) and widget.text() and not widget.wordWrap():
            lacking = widget.minimumSizeHint().width() - widget.width()
            if lacking > 1:
                wrong.append(f"{described(widget)} {widget.text()!r} lacks {lacking} px")
    return wrong


def inside_table(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractScrollArea) and not isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False
