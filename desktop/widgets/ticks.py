"""Things to choose from, in groups: the space bar ticks one, or a whole group. Must not know what they are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from desktop.widgets import theme
from desktop.widgets.pages import reveal

KEY = Qt.ItemDataRole.UserRole
LOWEST = 220  # pixels of list that are always seen
INDENT = 24


@dataclass(frozen=True)
class Tick:
    """One thing to choose, with a second word in a column of its own."""

    key: Any
    text: str
    note: str = ""
    ticked: bool = False


@dataclass(frozen=True)
class TickGroup:
    """A heading with its things."""

    text: str
    ticks: tuple[Tick, ...]


class Ticks(QTreeWidget):
    """Arrows walk and fold, the space bar ticks; `changed` comes once, however many ticks changed together."""

    changed = Signal()
    went_on = Signal()  # Enter

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(True)
        self.setIndentation(theme.px(INDENT))
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.changed)
        self.itemChanged.connect(self._note_change)
        self.currentItemChanged.connect(self._reveal_current)

    def set_groups(self, groups: Sequence[TickGroup]) -> None:
        """Show these, all unfolded."""
        self.blockSignals(True)
        self.clear()
        for group in groups:
            self._add(group)
        self.blockSignals(False)
        if (first := self.topLevelItem(0)) is not None:
            self.setCurrentItem(first)
        self.changed.emit()

    def ticked(self) -> list[Any]:
        """The keys of what is ticked, from top to bottom."""
        return [item.data(0, KEY) for item in self._items() if item.checkState(0) == Qt.CheckState.Checked]

    def tick(self, keys: Collection[Any]) -> None:
        """Tick these and nothing else."""
        for item in self._items():
            wanted = Qt.CheckState.Checked if item.data(0, KEY) in keys else Qt.CheckState.Unchecked
            item.setCheckState(0, wanted)

    def keys(self) -> list[Any]:
        """The keys of all there is."""
        return [item.data(0, KEY) for item in self._items()]

    def _add(self, group: TickGroup) -> None:
        heading = QTreeWidgetItem(self, [f"{group.text} ({len(group.ticks)})", ""])
        heading.setFlags(heading.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
        bold = heading.font(0)
        bold.setBold(True)
        heading.setFont(0, bold)
        for tick in group.ticks:
            item = QTreeWidgetItem(heading, [tick.text, tick.note])
            item.setData(0, KEY, tick.key)
            item.setCheckState(0, Qt.CheckState.Checked if tick.ticked else Qt.CheckState.Unchecked)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{tick.text} {tick.note}".strip())
        heading.setExpanded(True)

    def _items(self) -> list[QTreeWidgetItem]:
        headings = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        found = [heading.child(at) for heading in headings if heading for at in range(heading.childCount())]
        return [item for item in found if item is not None]

    def _note_change(self, _item: QTreeWidgetItem, _column: int) -> None:
        self._soon.start()

    def _reveal_current(self, item: QTreeWidgetItem | None) -> None:
        """In large type the list is taller than the window: the page follows the line that the arrows are on."""
        if item is not None and self.hasFocus():
            self.scrollToItem(item)
            reveal(self, self.visualItemRect(item).translated(self.viewport().pos()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(LOWEST))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.setIndentation(theme.px(INDENT))
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and not event.isAutoRepeat():
            self.went_on.emit()
            return
        super().keyPressEvent(event)
