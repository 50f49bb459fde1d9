"""A table of any length that sorts by its headings and remembers its columns. Must not know what is in it."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from desktop.language import _
from desktop.widgets import theme
from desktop.widgets.clicks import Clicks
from desktop.widgets.lines import ENTER
from desktop.widgets.records import Column, Fetch, Records

ROW_HEIGHT = 40
LETTER = 8            # pixels a letter takes at the usual size of text
NARROWEST = 6         # letters

Ids = Callable[[str, bool], Sequence[int]]


class Memory(Protocol):
    """This computer's settings."""

    def get(self, key: str, default: Any = None) -> Any: ...

    def set(self, key: str, value: Any) -> None: ...


class Table(QTableView):
    """Sorts by its headings, remembers its columns; Enter or a double click chooses a record."""

    chosen = Signal(object)
    typed = Signal(str)

    def __init__(self, columns: Sequence[Column], ids: Ids, fetch: Fetch, *, name: str = "",
                 settings: Memory | None = None, sort: str = "", descending: bool = False,
                 key: Callable[[Any], int] = attrgetter("id"), title: str = "") -> None:
        super().__init__()
        self._ask_ids = ids
        self._clicks = Clicks()
        self._settings = settings
        self._setting = f"table.{name}"
        self._usual_sort = (sort or columns[0].key, descending)
        self.sort_key, self.descending = self._usual_sort
        self._letters = {column.key: float(column.width) for column in columns}
        self._quiet = False
        self._model = Records(columns, fetch, key)
        self.setModel(self._model)
        self.setAccessibleName(title)
        self._dress()
        self._recall()

    # -- what is shown -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask for the ids again; what was selected stays selected and in place."""
        selected = self.selected_id()
        place = self.verticalScrollBar().value()
        self._model.set_ids(self._ask_ids(self.sort_key, self.descending))
        self.verticalScrollBar().setValue(place)
        self.select(selected)

    def count(self) -> int:
        return self._model.rowCount()

    def ids(self) -> list[int]:
        """All ids in the order shown, for an export of exactly this."""
        return list(self._model.ids())

    def selected_id(self) -> int | None:
        row = self.currentIndex().row()
        return self._model.ids()[row] if 0 <= row < self.count() else None

    def selected(self) -> Any | None:
        """The record of the selected row."""
        return self._model.record(self.currentIndex().row())

    def select(self, record_id: int | None) -> None:
        """Select the row with this id, else the first row."""
        if self.count():
            ids = self._model.ids()
            row = ids.index(record_id) if record_id is not None and record_id in ids else 0
            self.setCurrentIndex(self._model.index(row, self._first_column()))

    def sort_by(self, key: str, descending: bool = False) -> None:
        self.sort_key, self.descending = key, descending
        self._show_sort()
        self._remember()
        self.refresh()

    # -- columns -----------------------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """Sorting, choosing and resetting columns from the keyboard."""
        menu = QMenu(self)
        sorting = menu.addMenu(_("Sort by"))
        for column in self._model.columns:
            if column.sortable:
                self._add_sort(sorting, column)
        menu.addSeparator()
        for place, column in enumerate(self._model.columns):
            action = menu.addAction(column.title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.toggled.connect(lambda shown, key=column.key: self.show_column(key, shown))
        menu.addSeparator()
        menu.addAction(_("Columns as they were")).triggered.connect(self.reset_columns)
        return menu

    def show_column(self, key: str, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        place = self._place_of(key)
        if shown or self.horizontalHeader().count() - self.horizontalHeader().hiddenSectionCount() > 1:
            self.setColumnHidden(place, not shown)
        self._fit()
        self._remember()

    def shown_columns(self) -> list[str]:
        """The keys of the columns as staff see them, from left to right."""
        header = self.horizontalHeader()
        places = (header.logicalIndex(at) for at in range(header.count()))
        return [self._model.columns[place].key for place in places if not header.isSectionHidden(place)]

    def reset_columns(self) -> None:
        """The columns, their order and widths, and the sorting as the program had them."""
        self._letters = {column.key: float(column.width) for column in self._model.columns}
        self._arrange([column.key for column in self._model.columns],
                      {column.key for column in self._model.columns if not column.shown})
        self.sort_by(*self._usual_sort)

    def _add_sort(self, menu: QMenu, column: Column) -> None:
        action = menu.addAction(column.title.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(column.key == self.sort_key)
        action.triggered.connect(lambda _on, key=column.key: self._sort_or_turn(key))

    def _sort_or_turn(self, key: str) -> None:
        self.sort_by(key, key == self.sort_key and not self.descending)

    def _sort_at(self, place: int) -> None:
        column = self._model.columns[place]
        if column.sortable:
            self._sort_or_turn(column.key)
        else:
            self._show_sort()

    def _show_sort(self) -> None:
        order = Qt.SortOrder.DescendingOrder if self.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(self._place_of(self.sort_key), order)

    def _place_of(self, key: str) -> int:
        return next((at for at, column in enumerate(self._model.columns) if column.key == key), 0)

    def _first_column(self) -> int:
        header = self.horizontalHeader()
        places = (header.logicalIndex(at) for at in range(header.count()))
        return next((place for place in places if not header.isSectionHidden(place)), 0)

    def _arrange(self, order: Sequence[str], hidden: set[str]) -> None:
        header = self.horizontalHeader()
        self._quiet = True
        for at, key in enumerate(order):
            header.moveSection(header.visualIndex(self._place_of(key)), at)
        for place, column in enumerate(self._model.columns):
            self.setColumnHidden(place, column.key in hidden)
        self._quiet = False
        self._fit()

    def _fit(self) -> None:
        """Widths in letters of today's size; when there is room left, everything grows along."""
        header = self.horizontalHeader()
        keys = self.shown_columns()
        wished = {key: self._letters[key] * theme.px(LETTER) + theme.px(20) for key in keys}
        room = self.viewport().width()
        total = sum(wished.values())
        grow = max(1.0, room / total) if total else 1.0
        self._quiet = True
        left = room if grow > 1 else 0
        for key in keys:
            width = int(wished[key] * grow)
            left -= width
            header.resizeSection(self._place_of(key), width + (left if key == keys[-1] and left > 0 else 0))
        self._quiet = False

    # -- remembering -------------------------------------------------------------------------------------

    def _recall(self) -> None:
        kept = self._settings.get(self._setting) if self._settings else None
        kept = kept if isinstance(kept, dict) else {}
        known = [column.key for column in self._model.columns]
        order = [key for key in kept.get("order", []) if key in known]
        new = [column.key for column in self._model.columns if column.key not in order]
        usual = {column.key for column in self._model.columns if not column.shown and column.key in new}
        hidden = {key for key in kept.get("hidden", []) if key in known} | usual
        for key, letters in dict(kept.get("widths", {})).items():
            if key in self._letters and isinstance(letters, int | float):
                self._letters[key] = max(float(letters), NARROWEST)
        sort = kept.get("sort")
        if isinstance(sort, list) and len(sort) == 2 and sort[0] in known:
            self.sort_key, self.descending = str(sort[0]), bool(sort[1])
        self._arrange([*order, *new], hidden if len(hidden) < len(known) else set())
        self._show_sort()

    def _remember(self) -> None:
        if self._settings is None or self._quiet:
            return
        header = self.horizontalHeader()
        order = [self._model.columns[header.logicalIndex(at)].key for at in range(header.count())]
        self._settings.set(self._setting, {
            "order": order,
            "hidden": [key for key in order if key not in self.shown_columns()],
            "widths": {key: round(letters, 1) for key, letters in self._letters.items()},
            "sort": [self.sort_key, self.descending],
        })

    def _resized(self, place: int, _old: int, width: int) -> None:
        if not self._quiet and width > 0:
            letters = (width - theme.px(20)) / theme.px(LETTER)
            self._letters[self._model.columns[place].key] = max(letters, NARROWEST)
            self._remember()

    # -- Qt ----------------------------------------------------------------------------------------------

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerWidget(QWidget())
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setMinimumSectionSize(theme.px(LETTER) * NARROWEST)
        header.setSectionsClickable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.sectionClicked.connect(self._sort_at)
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._remember_move)
        header.customContextMenuRequested.connect(lambda at: self.menu().popup(header.mapToGlobal(at)))

    def _remember_move(self, *_places: int) -> None:
        self._remember()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
            self.horizontalHeader().setMinimumSectionSize(theme.px(LETTER) * NARROWEST)
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._choose()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Qt would read every record to find a letter; typing goes to the filter of the page."""
        self.typed.emit(search)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._clicks.pressed()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        on_record = event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid()
        if on_record and self._clicks.began_here():
            self._choose()

    def _choose(self) -> None:
        record = self.selected()
        if record is not None:
            self.chosen.emit(record)


def beside(widget: QWidget) -> Any:
    """Where a menu of this button hangs: below it."""
    return widget.mapToGlobal(widget.rect().bottomLeft())
