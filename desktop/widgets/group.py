"""Fields together: two or three a row on a wide screen, one below the other on a narrow one or in large type."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.errors import Doubtful, Refused
from desktop.widgets import parts, theme
from desktop.widgets.choosing import ChipsEditor, ChoiceEditor
from desktop.widgets.editors import CheckEditor, ColourEditor, Editor, TextEditor
from desktop.widgets.fields import Check, Chips, Choice, Colour, Field, Heading, Item, Picture, Switch, Text, Veiled
from desktop.widgets.pictures import PictureEditor
from desktop.widgets.segments import SwitchEditor
from desktop.widgets.veiled import VeiledEditor

COLUMN = 216         # pixels at the usual size of text; narrower columns give way
LARGE_TYPE = 175     # per cent, from which one field a row reads best


def make_editor(field: Field) -> Editor:
    """The editor that goes with a declaration."""
    match field:
        case Colour():
            return ColourEditor(field)
        case Text():
            return TextEditor(field)
        case Veiled():
            return VeiledEditor(field)
        case Choice():
            return ChoiceEditor(field)
        case Chips():
            return ChipsEditor(field)
        case Switch():
            return SwitchEditor(field)
        case Check():
            return CheckEditor(field)
        case Picture():
            return PictureEditor(field)


class FieldGroup(QWidget):
    """Editors in reading order; Tab follows the same order."""

    edited = Signal()

    def __init__(self, fields: Sequence[Item], columns: int = 3) -> None:
        super().__init__()
        self._columns = columns
        self._shown_columns = 0
        self._editors: dict[str, Editor] = {}
        self._widths: dict[str, int] = {}
        self._hidden: set[str] = set()
        self._cells: list[tuple[QWidget, str]] = []
        self._grid = QGridLayout(self)
        theme.space(self._grid, 12)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for field in fields:
            self._add(field)
        self._arrange(columns)

    def editor(self, name: str) -> Editor:
        return self._editors[name]

    def names(self) -> list[str]:
        return list(self._editors)

    def values(self) -> dict[str, Any]:
        """What was filled in; Refused with every complaint at once. A hidden field counts as empty."""
        values: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for name, editor in self._editors.items():
            if name in self._hidden:
                values[name] = None
                continue
            try:
                values[name] = editor.value()
            except Refused as refusal:
                wrong[name] = refusal.sentence()
        if wrong:
            raise Refused(**wrong)
        return values

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill in the fields there are values for; the others stay as they are."""
        for name, value in values.items():
            if name in self._editors:
                self._editors[name].set_value(value)

    def suggest(self, values: Mapping[str, Any]) -> None:
        """Fill in values found by the program, each with its mark."""
        self.set_values(values)
        for name in values:
            if name in self._editors:
                self._editors[name].set_suggested(True)

    def raw(self) -> dict[str, str]:
        """What stands in the fields that are not empty, read or not."""
        return {name: raw for name, editor in self._editors.items() if (raw := editor.raw())}

    def restore(self, raw: Mapping[str, str]) -> None:
        """Put back what `raw()` gave; a field that was not asked then stays as it is."""
        for name, editor in self._editors.items():
            editor.set_raw(raw.get(name, editor.raw()))

    def complain(self, refusal: Refused) -> list[str]:
        """Show the sentences for fields of this group, take back older ones; gives the names, in order."""
        doubt = isinstance(refusal, Doubtful)
        for name, editor in self._editors.items():
            editor.complain(refusal.fields.get(name, ""), doubt)
        return [name for name in self._editors if name in refusal.fields]

    def show_field(self, name: str, shown: bool) -> None:
        """Show or hide a field that does not always apply; what is in it stays."""
        (self._hidden.discard if shown else self._hidden.add)(name)
        self._editors[name].setVisible(shown)
        self._arrange(self._shown_columns or self._columns)

    def shown_columns(self) -> int:
        return self._shown_columns

    def _add(self, field: Item) -> None:
        if isinstance(field, Heading):
            heading = parts.label(field.text, "strong")
            heading.setParent(self)
            self._cells.append((heading, ""))
            return
        editor = make_editor(field)
        editor.setParent(self)
        editor.edited.connect(self.edited)
        self._editors[field.name] = editor
        self._widths[field.name] = field.width
        self._cells.append((editor, field.name))

    def _fitting_columns(self) -> int:
        if theme.percent() >= LARGE_TYPE:
            return 1
        return max(1, min(self._columns, self.width() // theme.px(COLUMN)))

    def _arrange(self, columns: int) -> None:
        self._shown_columns = columns
        for cell, _name in self._cells:
            self._grid.removeWidget(cell)
        row = column = 0
        beside: dict[int, list[Editor]] = {}
        for cell, name in self._cells:
            if name in self._hidden:
                continue
            width = min(self._widths.get(name, columns), columns)
            if column + width > columns:
                row, column = row + 1, 0
            self._grid.addWidget(cell, row, column, 1, width, Qt.AlignmentFlag(0))
            column += width
            if name:
                beside.setdefault(row, []).append(self._editors[name])
        for editors in beside.values():
            only_boxes = all(isinstance(each, CheckEditor) for each in editors)
            for editor in editors:
                editor.stand_alone(only_boxes)
        for at in range(self._columns):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._refit()

    def _refit(self) -> None:
        fitting = self._fitting_columns()
        if fitting != self._shown_columns:
            self._arrange(fitting)
