"""Lists as staff use them: quick at any length, sorted, filtered, with columns as somebody likes them."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.errors import Refused
from desktop.language import _
from desktop.settings import Settings
from desktop.widgets import parts
from desktop.widgets.desk import Desk
from desktop.widgets.listing import Filter, ListPage
from desktop.widgets.records import PAGE, PAGES_HELD, Column
from desktop.widgets.table import Table


@dataclass(frozen=True)
class Book:
    id: int
    title: str
    shelf: str


class Library:
    """Books by number; remembers which were asked for."""

    def __init__(self, size: int) -> None:
        self.numbers = range(1, size + 1)
        self.fetched: list[list[int]] = []
        self.asked: list[tuple[Any, ...]] = []
        self.gone: set[int] = set()

    def ids(self, sort: str, descending: bool) -> list[int]:
        return list(reversed(self.numbers)) if descending else list(self.numbers)

    def find(self, by: str, search: str, filters: dict[str, Any], sort: str, descending: bool) -> list[int]:
        self.asked.append((by, search, filters, sort, descending))
        shelf = filters.get("shelf")
        return [number for number in self.ids(sort, descending)
                if search in f"Boek {number}" and shelf in (None, self.shelf(number))]

    def fetch(self, ids: list[int]) -> list[Book]:
        self.fetched.append(ids)
        return [Book(number, f"Boek {number}", self.shelf(number)) for number in ids if number not in self.gone]

    def fetch_by(self, by: str, ids: list[int]) -> list[Book]:
        return self.fetch(ids)

    @staticmethod
    def shelf(number: int) -> str:
        return "links" if number % 2 else "rechts"


COLUMNS = [
    Column("title", "Titel", lambda book: book.title, width=20),
    Column("shelf", "Plank", lambda book: book.shelf, tone=lambda book: "late" if book.shelf == "links" else ""),
    Column("id", "Nr", lambda book: str(book.id), right=True, width=6, sortable=False),
]

Make = Callable[..., Table]


def show(widget: Any, qtbot: QtBot) -> None:
    qtbot.addWidget(widget)
    widget.resize(800, 500)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def shown(library: Library, **more: Any) -> Table:
        table = Table(COLUMNS, library.ids, library.fetch, name="books", title="Boeken", **more)
        table.refresh()
        show(table, qtbot)
        return table

    return shown


def cell(table: Table, row: int, column: int = 0, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
    return table.model().index(row, column).data(role)


def test_a_hundred_thousand_rows_show_at_once_and_only_the_first_page_is_fetched(qtbot: QtBot) -> None:
    library = Library(100_000)
    table = Table(COLUMNS, library.ids, library.fetch)
    qtbot.addWidget(table)
    table.resize(800, 500)
    started = perf_counter()
    table.refresh()
    table.grab()
    assert perf_counter() - started < 1.0   # the bench judges the real figure, this only that it is no loop
    assert library.fetched == [list(range(1, PAGE + 1))]
    assert cell(table, 0) == "Boek 1"


def test_scrolling_to_the_end_fetches_only_what_is_shown(make: Make) -> None:
    library = Library(100_000)
    table = make(library)
    QTest.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    table.grab()
    assert table.selected_id() == 100_000
    assert len(library.fetched) <= 3


def test_pages_long_unseen_are_let_go(make: Make) -> None:
    library = Library(PAGE * (PAGES_HELD + 5))
    table = make(library)
    for page in range(PAGES_HELD + 5):
        assert cell(table, page * PAGE) == f"Boek {page * PAGE + 1}"
    before = len(library.fetched)
    cell(table, (PAGES_HELD + 4) * PAGE)
    assert len(library.fetched) == before
    cell(table, 0)
    assert len(library.fetched) == before + 1


def test_a_heading_sorts_and_a_second_click_turns_it_round(make: Make) -> None:
    table = make(Library(10))
    header = table.horizontalHeader()
    place = header.sectionPosition(0) + 10
    middle = header.height() // 2
    table.select(3)
    for expected in (10, 1):
        point = header.viewport().rect().topLeft()
        point.setX(place)
        point.setY(middle)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=point)
        assert table.ids()[0] == expected
        assert table.selected_id() == 3


def test_sorting_and_columns_are_reached_without_a_mouse(make: Make) -> None:
    table = make(Library(10))
    actions: dict[str, QAction] = {action.text(): action for action in table.menu().actions()}
    assert list(actions) == [_("Sort by"), "", "Titel", "Plank", "Nr", _("Columns as they were")]
    actions["Plank"].trigger()
    assert table.shown_columns() == ["title", "id"]


def test_columns_widths_and_sorting_are_remembered_and_can_be_reset(make: Make) -> None:
    settings = Settings.in_memory()
    library = Library(10)
    table = make(library, settings=settings)
    table.show_column("shelf", False)
    table.horizontalHeader().moveSection(2, 0)
    table.sort_by("title", True)
    table.horizontalHeader().resizeSection(0, 400)
    again = make(library, settings=settings)
    assert again.shown_columns() == ["id", "title"]
    assert (again.sort_key, again.descending) == ("title", True)
    assert again.columnWidth(0) >= 400
    again.reset_columns()
    assert again.shown_columns() == ["title", "shelf", "id"]
    assert again.ids()[0] == 1


def test_the_last_column_stays(make: Make) -> None:
    table = make(Library(3))
    for key in ("title", "shelf", "id"):
        table.show_column(key, False)
    assert table.shown_columns() == ["id"]


def test_spoilt_settings_do_no_harm(make: Make) -> None:
    settings = Settings.in_memory()
    settings.set("table.books", {"order": ["gone"], "hidden": ["title", "shelf", "id"], "widths": {"title": "x"},
                                 "sort": ["gone", 1]})
    assert make(Library(3), settings=settings).shown_columns() == ["title", "shelf", "id"]


def test_enter_and_double_click_choose_the_record(make: Make) -> None:
    table = make(Library(10))
    chosen: list[Book] = []
    table.chosen.connect(chosen.append)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    point = table.visualRect(table.model().index(4, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert [book.id for book in chosen] == [2, 5]


def test_a_record_that_is_gone_meanwhile_is_an_empty_row(make: Make) -> None:
    library = Library(5)
    library.gone = {2}
    table = make(library)
    chosen: list[Book] = []
    table.chosen.connect(chosen.append)
    table.select(2)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert (cell(table, 1), cell(table, 2), chosen) == (None, "Boek 3", [])


def test_colour_goes_with_the_word_and_readers_hear_the_column(make: Make) -> None:
    table = make(Library(2))
    assert cell(table, 0, 1) == "links"
    assert cell(table, 0, 1, Qt.ItemDataRole.ForegroundRole) is not None
    assert cell(table, 1, 1, Qt.ItemDataRole.ForegroundRole) is None
    assert cell(table, 0, 1, Qt.ItemDataRole.AccessibleTextRole) == "Plank: links"
    assert table.accessibleName() == "Boeken"


# -- the page --------------------------------------------------------------------------------------------


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk("Fatma")


def page_of(library: Library, desk: Desk, qtbot: QtBot, **more: Any) -> ListPage:
    page = ListPage(desk, "Boeken", COLUMNS, library.find, library.fetch_by,
                    filters=[Filter("shelf", "Plank", lambda: [("links", "Links"), ("rechts", "Rechts")])],
                    empty=("Er zijn nog geen boeken.", parts.button("Nieuw boek")), **more)
    show(page, qtbot)
    return page


def words(page: ListPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]


def offered(page: ListPage) -> list[str]:
    return [one.accessibleName() for one in page.findChildren(QPushButton) if one.isVisibleTo(page)]


def test_typing_filters_and_the_count_follows(desk: Desk, qtbot: QtBot) -> None:
    library = Library(120)
    page = page_of(library, desk, qtbot, counted=lambda count: f"{count} boeken")
    assert "120 boeken" in words(page)
    page.search.setFocus()
    QTest.keyClicks(page.search, "Boek 11")
    qtbot.waitUntil(lambda: "11 boeken" in words(page))
    assert library.asked[-1] == ("Fatma", "Boek 11", {"shelf": None}, "title", False)
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()


def test_a_filter_narrows_the_list(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(Library(10), desk, qtbot)
    box = page.findChildren(QComboBox)[0]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert page.filters() == {"shelf": "links"}
    assert page.table.ids() == [1, 3, 5, 7, 9]


def test_letters_typed_in_the_list_go_to_the_filter(desk: Desk, qtbot: QtBot) -> None:
    library = Library(50)
    page = page_of(library, desk, qtbot)
    page.table.setFocus()
    QTest.keyClicks(page.table, "B")
    assert page.search.text() == "B"
    assert page.search.hasFocus()
    assert len(library.fetched) == 1


def test_an_empty_list_says_what_to_do(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(Library(0), desk, qtbot)
    assert "Er zijn nog geen boeken." in words(page)
    assert "Nieuw boek" in offered(page)
    assert _("Show everything") not in offered(page)


def test_nothing_found_offers_to_show_everything(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(Library(3), desk, qtbot)
    QTest.keyClicks(page.search, "zzz")
    qtbot.waitUntil(lambda: _("Nothing found.") in words(page))
    assert "Nieuw boek" not in offered(page)
    everything = next(one for one in page.findChildren(QPushButton)
                      if one.accessibleName() == _("Show everything"))
    QTest.mouseClick(everything, Qt.MouseButton.LeftButton)
    assert page.table.count() == 3
    assert page.search.text() == ""


def test_a_refresh_keeps_the_selected_row(desk: Desk, qtbot: QtBot) -> None:
    library = Library(100)
    page = page_of(library, desk, qtbot)
    page.table.select(40)
    library.numbers = range(0, 101)
    page.refresh()
    assert page.table.selected_id() == 40


def test_a_list_that_may_not_be_seen_says_so_and_stays_empty(desk: Desk, qtbot: QtBot) -> None:
    def refuse(by: str, *_question: Any) -> list[int]:
        raise Refused("Dit hoort niet bij uw rol.")

    library = Library(3)
    told: list[str] = []
    desk.troubled.connect(told.append)
    page = ListPage(desk, "Boeken", COLUMNS, refuse, library.fetch_by)
    qtbot.addWidget(page)
    assert told == ["Dit hoort niet bij uw rol."]
    assert page.table.count() == 0


def test_opening_and_exporting_are_handed_to_the_screen(desk: Desk, qtbot: QtBot) -> None:
    opened: list[Book] = []
    exported: list[list[int]] = []
    page = page_of(Library(3), desk, qtbot, on_open=opened.append,
                   export=lambda: exported.append(shown()))

    def shown() -> list[int]:
        return page.table.ids()

    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    export = next(one for one in page.findChildren(QPushButton) if one.accessibleName() == _("Export"))
    QTest.mouseClick(export, Qt.MouseButton.LeftButton)
    assert [book.id for book in opened] == [1]
    assert exported == [[1, 2, 3]]
