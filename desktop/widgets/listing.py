"""A page with one long list: a filter box, how many there are, and what to do when there are none.

Must not know what is listed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.language import _, ngettext
from desktop.widgets import parts, theme
from desktop.widgets.desk import Desk
from desktop.widgets.flow import Flow
from desktop.widgets.pages import Page
from desktop.widgets.records import PAGE, Column
from desktop.widgets.table import Memory, Table, beside

FILTER_LETTERS = 15   # a longer answer is cut off in the closed box, whole in its list
LOWEST = 170  # pixels of table that are always seen, header and a few rows
TYPING = 60   # milliseconds between the last key and the question


@dataclass(frozen=True)
class Filter:
    """A question that narrows the list; its answer stands under `key` in the filters, None for everything."""

    key: str
    label: str
    options: Callable[[], Sequence[tuple[Any, str]]]
    everything: str = ""


def in_words(count: int) -> str:
    """How many rows, unless the page has a word of its own for them."""
    return ngettext("{n} row", "{n} rows", count).format(n=count)


class ListPage(Page):
    """`ids(by, search, filters, sort, descending)` gives the ids in order, `fetch(by, ids)` their records."""

    def __init__(self, desk: Desk, title: str, columns: Sequence[Column], ids: Callable[..., Sequence[int]],
                 fetch: Callable[..., Sequence[Any]], *, buttons: Sequence[QWidget] = (),
                 filters: Sequence[Filter] = (), empty: tuple[str, QWidget | None] = ("", None),
                 on_open: Callable[[Any], object] | None = None, export: Callable[[], object] | None = None,
                 counted: Callable[[int], str] = in_words, name: str = "", settings: Memory | None = None,
                 sort: str = "", descending: bool = False, placeholder: str = "", place: str = "") -> None:
        super().__init__()
        self.title, self.place = title, place
        self._desk, self._ids, self._fetch, self._counted = desk, ids, fetch, counted
        self._empty, self._columns = empty, columns
        self._filters = {one.key: self._make_filter(one) for one in filters}
        self.table = Table(columns, self._ask_ids, self._ask_records, name=name or title, settings=settings,
                           sort=sort, descending=descending, title=title)
        self.table.setMinimumHeight(theme.px(LOWEST))
        if on_open is not None:
            self.table.chosen.connect(on_open)
        self.table.typed.connect(self._type_on)
        self._count = parts.label(role="muted", wrap=False)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self.refresh)
        self.search = self._make_search(placeholder)
        self._build(buttons, export)
        self.refresh()

    def refresh(self) -> None:
        self._typing.stop()
        self.table.refresh()
        count = self.table.count()
        self._count.setText(self._counted(count))
        self._show_empty(count == 0)

    def filters(self) -> dict[str, Any]:
        """The answers given, by key."""
        return {key: box.currentData() for key, box in self._filters.items()}

    def narrowed(self) -> bool:
        """Whether something is typed or picked that leaves rows out."""
        return bool(self.search.text().strip()) or any(one is not None for one in self.filters().values())

    def cells(self) -> tuple[list[str], list[list[str]]]:
        """The titles of the columns that are shown and every row of the list as it stands, in words."""
        shown = set(self.table.shown_columns())
        columns = [column for column in self._columns if column.key in shown]
        ids = self.table.ids()
        records = [each for at in range(0, len(ids), PAGE) for each in self._ask_records(ids[at : at + PAGE])]
        return [column.title for column in columns], [[column.show(each) for column in columns] for each in records]

    def narrow(self, key: str, value: Any) -> None:
        """Answer one of the questions, as if somebody had picked it; an answer that is not there is everything."""
        box = self._filters[key]
        box.setCurrentIndex(max(0, box.findData(value)))

    def show_everything(self) -> None:
        """Take away what narrows the list."""
        self.search.clear()
        for box in self._filters.values():
            box.setCurrentIndex(0)
        self.refresh()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_focus(self) -> QWidget | None:
        return self.search

    def _ask_ids(self, sort: str, descending: bool) -> Sequence[int]:
        found = self._desk.look(self._ids, self.search.text().strip(), self.filters(), sort, descending)
        return found if found is not None else []

    def _ask_records(self, ids: list[int]) -> Sequence[Any]:
        found = self._desk.look(self._fetch, ids)
        return found if found is not None else []

    def _show_empty(self, empty: bool) -> None:
        self._stack.setCurrentIndex(1 if empty else 0)
        if not empty:
            return
        narrowed = self.narrowed()
        self._sentence.setText(_("Nothing found.") if narrowed else self._empty[0] or _("Nothing here yet."))
        self._everything.setVisible(narrowed)
        if self._empty[1] is not None:
            self._empty[1].setVisible(not narrowed)

    # -- parts -------------------------------------------------------------------------------------------

    def _make_search(self, placeholder: str) -> QLineEdit:
        box = QLineEdit()
        box.setPlaceholderText(placeholder or _("Filter this list"))
        box.setAccessibleName(placeholder or _("Filter this list"))
        box.setClearButtonEnabled(True)
        box.setMinimumWidth(QFontMetrics(theme.font()).horizontalAdvance(box.placeholderText()) + theme.px(48))
        box.textChanged.connect(lambda _text: self._typing.start())
        box.installEventFilter(self)
        return box

    def _make_filter(self, declared: Filter) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(declared.label)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.addItem(declared.everything or declared.label + ": " + _("everything"), None)
        for value, text in declared.options():
            box.addItem(text, value)
        longest = max(len(box.itemText(at)) for at in range(box.count()))
        box.setMinimumContentsLength(min(longest, FILTER_LETTERS))
        box.currentIndexChanged.connect(lambda _index: self.refresh())
        return box

    def _build(self, buttons: Sequence[QWidget], export: Callable[[], object] | None) -> None:
        layout = QVBoxLayout(self)
        theme.space(layout, 10, (24, 16, 24, 16))
        self.setObjectName("page")
        head = parts.header(self.title, *buttons, state=self._count)
        tools = QWidget()
        tools.setSizePolicy(_as_high_as_needed())
        flow = Flow(tools)
        theme.space(flow, 8)
        columns = parts.button(_("Columns"), "link", icon="columns")
        columns.clicked.connect(partial(self._show_menu, columns))
        shown = [self.search, *self._filters.values(), columns]
        if export is not None:
            shown.append(parts.button(_("Export"), "link", icon="download-simple", on=export))
        for tool in shown:
            flow.addWidget(tool)
        layout.addWidget(head)
        layout.addWidget(tools)
        self._stack = QStackedLayout()
        layout.addLayout(self._stack, 1)  # first: outside a page the table would flash up as a window
        self._fill_stack()

    def _fill_stack(self) -> None:
        self._sentence = parts.label(role="muted")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._everything = parts.button(_("Show everything"), on=self.show_everything)
        nothing = parts.card("", None, self._sentence, _centred(self._everything), _centred(self._empty[1]), None)
        self._stack.addWidget(self.table)
        self._stack.addWidget(nothing)

    def _show_menu(self, button: QWidget, _checked: bool = False) -> None:
        self.table.menu().popup(beside(button))

    def _type_on(self, text: str) -> None:
        """Letters typed in the table narrow it."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.insert(text)

    # -- Qt ----------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "table"):
            self.table.setMinimumHeight(theme.px(LOWEST))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress \
                and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._typing.isActive():
                self.refresh()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)


def _as_high_as_needed() -> QSizePolicy:
    """Tools that take a second line in large type keep it; the page scrolls then."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


def _centred(widget: QWidget | None) -> QWidget:
    return parts.row(None, widget or QLabel(), None)
