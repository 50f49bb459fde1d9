"""The fields in which something is chosen from a list: one of it, or several as chips."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QWidget

from desktop.errors import Refused
from desktop.language import _
from desktop.widgets import icons, theme
from desktop.widgets.editors import Editor, cleaned, missing
from desktop.widgets.fields import Chips, Choice
from desktop.widgets.flow import Flow
from desktop.widgets.lines import SearchLine, fitting, folded


def find_option(options: Sequence[tuple[Any, str]], typed: str) -> tuple[Any, str]:
    """The one option with this text; Refused when there is none or more than one."""
    found = [option for option in options if folded(option[1]) == folded(typed)]
    if len(found) > 1:
        raise Refused(_("There is more than one with this name: choose from the list."))
    if not found:
        raise Refused(_("This is not in the list: type a part of it and choose."))
    return found[0]


class ChoiceEditor(Editor):
    """A line that searches a list; what is typed but not in the list is told, never guessed."""

    def __init__(self, field: Choice) -> None:
        super().__init__(field)
        self._field = field
        self._picked: tuple[Any, str] | None = None
        self._line = SearchLine(self._fitting, eager=True)
        self._line.setPlaceholderText(field.placeholder)
        caret = icons.icon("caret-down", "muted")
        unfold = self._line.addAction(caret, QLineEdit.ActionPosition.TrailingPosition)
        unfold.triggered.connect(self._line.open_all)
        self._build(self._line)
        self._line.textEdited.connect(self._typed)
        self._line.picked.connect(self._pick)
        self._line.left.connect(self.check_now)

    def value(self) -> Any:
        text = cleaned(self._line.text())
        if not text:
            if self._field.required:
                raise missing()
            return None
        if self._picked is not None and self._picked[1] == self._line.text():
            return self._picked[0]
        return find_option(self._field.options(), text)[0]

    def set_value(self, value: Any) -> None:
        """Show the option with this value; one that left the list keeps its value until it is changed."""
        if value is None:
            self._show(None)
            return
        named = [option for option in self._field.options() if option[0] == value]
        self._show(named[0] if named else (value, _("(no longer in the list)")))

    def raw(self) -> str:
        return self._line.text()

    def set_raw(self, raw: str) -> None:
        self._picked = None
        self._line.setText(raw)
        self._line.setCursorPosition(0)
        self.complain("")

    def _show(self, option: tuple[Any, str] | None) -> None:
        self.set_raw(option[1] if option else "")
        self._picked = option

    def _fitting(self, typed: str) -> Sequence[tuple[Any, str]]:
        return fitting(self._field.options(), typed)

    def _typed(self) -> None:
        self._picked = None
        self.tell_edited()

    def _pick(self, value: Any, text: str) -> None:
        self._show((value, text))
        self.tell_edited()


class ChipsEditor(Editor):
    """What was chosen stands before the line as chips; Enter adds, Backspace takes the last one away."""

    def __init__(self, field: Chips) -> None:
        super().__init__(field)
        self._field = field
        self._chosen: list[tuple[Any, str]] = []
        self._chips: list[_Chip] = []
        self._line = _ChipLine(self._fitting, self._step_back)
        self._line.setPlaceholderText(field.placeholder or _("Type to add"))
        self._line.setMinimumWidth(theme.px(180))
        control = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        control.setSizePolicy(policy)
        self._flow = Flow(control)
        theme.space(self._flow, 8)
        self._flow.addWidget(self._line)
        self._build(control, self._line)
        self._line.textEdited.connect(self.tell_edited)
        self._line.picked.connect(self._add)
        self._line.left.connect(self.check_now)

    def value(self) -> tuple[Any, ...]:
        typed = cleaned(self._line.text())
        chosen = [value for value, _text in self._chosen]
        if typed:
            chosen.append(find_option(self._field.options(), typed)[0])
        if not chosen and self._field.required:
            raise missing()
        return tuple(dict.fromkeys(chosen))

    def set_value(self, value: Any) -> None:
        names = dict(self._field.options())
        self._replace([(one, names.get(one, _("(no longer in the list)"))) for one in value or ()], "")

    def texts(self) -> list[str]:
        """What the chips say."""
        return [text for _value, text in self._chosen]

    def raw(self) -> str:
        typed = self._line.text()
        return json.dumps([self.texts(), typed], ensure_ascii=False) if self._chosen or typed else ""

    def set_raw(self, raw: str) -> None:
        texts, typed = json.loads(raw) if raw else ([], "")
        known = {text: value for value, text in self._field.options()}
        lost = [text for text in texts if text not in known]
        found = [(known[text], text) for text in texts if text in known]
        self._replace(found, " ".join([*lost, typed]).strip())

    def _fitting(self, typed: str) -> Sequence[tuple[Any, str]]:
        chosen = {text for _value, text in self._chosen}
        return [option for option in fitting(self._field.options(), typed) if option[1] not in chosen]

    def _replace(self, chosen: list[tuple[Any, str]], typed: str) -> None:
        while self._chips:
            self._drop_chip(self._chips[-1])
        for option in chosen:
            self._add_chip(option)
        self._line.setText(typed)
        self.complain("")

    def _add(self, value: Any, text: str) -> None:
        self._line.clear()
        self._add_chip((value, text))
        self.tell_edited()

    def _add_chip(self, option: tuple[Any, str]) -> None:
        chip = _Chip(option[1], self._remove, self._walk)
        self._flow.insert(len(self._chips), chip)
        self._chips.append(chip)
        self._chosen.append(option)
        chip.show()

    def _remove(self, chip: "_Chip") -> None:
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._drop_chip(chip)
        self.tell_edited()

    def _drop_chip(self, chip: "_Chip") -> None:
        place = self._chips.index(chip)
        del self._chips[place], self._chosen[place]
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _step_back(self, key: int) -> None:
        """Backspace or Left at the start of the line."""
        if not self._chips:
            return
        if key == Qt.Key.Key_Backspace:
            self._remove(self._chips[-1])
        else:
            self._chips[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _walk(self, chip: "_Chip", step: int) -> None:
        place = self._chips.index(chip) + step
        target: QWidget = self._chips[max(0, place)] if place < len(self._chips) else self._line
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _describe(self) -> None:
        super()._describe()
        if self._chosen:
            said = [_("Chosen: {names}").format(names=", ".join(self.texts())),
                    self._line.accessibleDescription()]
            self._line.setAccessibleDescription(" ".join(part for part in said if part))


class _Chip(QPushButton):
    """Something chosen; a click or Delete takes it away, the arrow keys walk along the chips."""

    def __init__(self, text: str, remove: Callable[["_Chip"], None],
                 walk: Callable[["_Chip", int], None]) -> None:
        super().__init__(f"{text}  ×".replace("&", "&&"))
        self._walk = walk
        self._remove = remove
        self.setAutoDefault(False)
        self.setProperty("role", "chosen_chip")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Remove {name}").format(name=text))
        self.clicked.connect(lambda: remove(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(self)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._walk(self, 1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)


class _ChipLine(SearchLine):
    """The line behind the chips: at its start Backspace and Left reach them, Enter adds and stays."""

    def __init__(self, candidates: Callable[[str], Sequence[tuple[Any, str]]],
                 step_back: Callable[[int], None]) -> None:
        super().__init__(candidates, eager=True)
        self._step_back = step_back

    def after_pick(self) -> None:
        """Stay: there may be more to add; Enter in an empty line goes on."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Left) and not self.text():
            self._step_back(event.key())
            return
        super().keyPressEvent(event)
