"""Records behind a table of any length: ids in order, records fetched by the page when they are shown.

Must not know what the records are, nor how they are drawn.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.widgets import theme

PAGE = 200
PAGES_HELD = 20

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[list[int]], Sequence[Any]]


@dataclass(frozen=True)
class Column:
    """One column: `show` gives the text of a record, `tone` its colour, `width` is in letters."""

    key: str
    title: str
    show: Callable[[Any], str]
    _: KW_ONLY
    width: int = 16
    right: bool = False
    sortable: bool = True
    shown: bool = True
    tone: Callable[[Any], str] | None = None


class Records(QAbstractTableModel):
    """Rows by id; asks `fetch` for a page of records the first time one of its rows is shown."""

    def __init__(self, columns: Sequence[Column], fetch: Fetch, key: Callable[[Any], int]) -> None:
        super().__init__()
        self.columns = list(columns)
        self._fetch, self._key = fetch, key
        self._ids: list[int] = []
        self._pages: OrderedDict[int, dict[int, Any]] = OrderedDict()

    def set_ids(self, ids: Sequence[int]) -> None:
        self.beginResetModel()
        self._ids = list(ids)
        self._pages.clear()
        self.endResetModel()

    def ids(self) -> list[int]:
        return self._ids

    def record(self, row: int) -> Any | None:
        """The record of a row; None when it is gone in the meantime."""
        if not 0 <= row < len(self._ids):
            return None
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            asked = self._ids[number * PAGE:(number + 1) * PAGE]
            page = {self._key(record): record for record in self._fetch(asked)}
            self._pages[number] = page
            if len(self._pages) > PAGES_HELD:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return page.get(self._ids[row])

    # -- Qt ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ForegroundRole,
                        Qt.ItemDataRole.AccessibleTextRole):
            return None
        record = self.record(index.row())
        if record is None:
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = column.tone(record) if column.tone else ""
            return theme.colour(tone) if tone else None
        text = column.show(record)
        return f"{column.title}: {text}" if role == Qt.ItemDataRole.AccessibleTextRole else text

    def headerData(self, section: int, orientation: Qt.Orientation,
                   role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
