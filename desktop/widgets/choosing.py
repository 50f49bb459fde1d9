"""The fields in which something is chosen: one of a list, several as chips, one of a few side by side."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QElapsedTimer, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QWidget

from desktop.errors import Refused
from desktop.language import _
from desktop.widgets import icons, theme
from desktop.widgets.editors import Editor, cleaned, missing
from desktop.widgets.fields import Chips, Choice, Switch
from desktop.widgets.flow import Flow
from desktop.widgets.lines import ENTER, SearchLine, fitting, folded

TYPING_PAUSE = 1000   # milliseconds in which "1" and "0" are together "10"


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


class SwitchEditor(Editor):
    """A few answers side by side: one Tab stop, arrow keys and first letters choose, Delete takes it back."""

    def __init__(self, field: Switch) -> None:
        super().__init__(field)
        self._field = field
        self._typed = ""
        self._clock = QElapsedTimer()
        control = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        control.setSizePolicy(policy)
        flow = Flow(control)
        theme.space(flow, 0)
        self._segments = [_Segment(text, field.label) for _value, text in field.options]
        for place, segment in enumerate(self._segments):
            segment.setProperty("edge", _edge(place, len(self._segments)))
            segment.clicked.connect(partial(self._choose, place))
            segment.pressed_key.connect(self._press)
            flow.addWidget(segment)
        self._build(control, self._segments[0])
        self._label.setAccessibleName(field.label)
        self._rove(0)

    def value(self) -> Any:
        place = self._place()
        if place is None:
            if self._field.required:
                raise Refused(_("Choose one."))
            return None
        return self._field.options[place][0]

    def set_value(self, value: Any) -> None:
        values = [one for one, _text in self._field.options]
        self._set(values.index(value) if value in values else None)

    def raw(self) -> str:
        place = self._place()
        return "" if place is None else self._field.options[place][1]

    def set_raw(self, raw: str) -> None:
        texts = [text for _value, text in self._field.options]
        self._set(texts.index(raw) if raw in texts else None)

    def _place(self) -> int | None:
        return next((place for place, one in enumerate(self._segments) if one.isChecked()), None)

    def _set(self, chosen: int | None) -> None:
        for place, segment in enumerate(self._segments):
            segment.setChecked(place == chosen)
        self._rove(chosen or 0)
        self.complain("")

    def _choose(self, place: int | None, _checked: bool = False) -> None:
        focused = any(segment.hasFocus() for segment in self._segments)
        self._set(place)
        if focused:
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tell_edited()

    def _rove(self, place: int) -> None:
        """The one segment that Tab reaches; what was said about the field goes along with it."""
        name, tone = self._segments[0].label, self._tone
        self._set_tone("")
        for at, segment in enumerate(self._segments):
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == place else Qt.FocusPolicy.ClickFocus)
            segment.setAccessibleName(f"{name}: {segment.text_shown}")
        self._focus = self._segments[place]
        self._set_tone(tone)
        self._describe()

    def _press(self, key: int, text: str) -> None:
        chosen = self._place()
        current = next((at for at, one in enumerate(self._segments) if one.hasFocus()), 0)
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self._choose(current if chosen is None else min(current + 1, len(self._segments) - 1))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self._choose(current if chosen is None else max(current - 1, 0))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._choose(None)
        elif key == Qt.Key.Key_Space:
            self._choose(current)
        elif text.strip():
            self._type(text, chosen)

    def _type(self, letter: str, chosen: int | None) -> None:
        texts = [folded(text) for _value, text in self._field.options]
        pausing = not self._clock.isValid() or self._clock.elapsed() > TYPING_PAUSE
        typed = folded(letter) if pausing else self._typed + folded(letter)
        found = [at for at, text in enumerate(texts) if text.startswith(typed)]
        if not found:
            typed = folded(letter)
            found = [at for at, text in enumerate(texts) if text.startswith(typed)]
        self._typed = typed
        self._clock.start()
        if found:
            again = chosen in found and len(typed) == 1
            following = [at for at in found if chosen is not None and at > chosen] if again else []
            self._choose((following or found)[0])


class _Segment(QPushButton):
    """One answer of a switch."""

    pressed_key = Signal(int, str)

    def __init__(self, text: str, label: str) -> None:
        super().__init__(text.replace("&", "&&"))
        self.text_shown = text
        self.label = label
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("role", "segment")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the bold letters of a chosen answer, so that choosing moves nothing."""
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        usual = QFontMetrics(self.font()).horizontalAdvance(self.text_shown)
        extra = QFontMetrics(bold).horizontalAdvance(self.text_shown) - usual
        return super().sizeHint() + QSize(max(0, extra), 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def nextCheckState(self) -> None:
        """The editor decides what is chosen; a second click takes nothing back."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.focusNextChild()
        elif event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape or not (event.text() or _is_arrow(event.key())):
            event.ignore()
        else:
            self.pressed_key.emit(event.key(), event.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.raise_()   # its ring lies over the neighbours' edges


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


def _edge(place: int, count: int) -> str:
    if count == 1:
        return "only"
    return {0: "first", count - 1: "last"}.get(place, "middle")


def _is_arrow(key: int) -> bool:
    return key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Delete)


