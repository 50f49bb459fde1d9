"""The field with a few answers side by side. Must not know what the answers mean."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import QElapsedTimer, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.errors import Refused
from desktop.language import _
from desktop.widgets import parts, theme
from desktop.widgets.editors import Editor
from desktop.widgets.fields import Switch
from desktop.widgets.flow import Flow
from desktop.widgets.lines import ENTER, folded

TYPING_PAUSE = 1000   # milliseconds in which "1" and "0" are together "10"


class SwitchEditor(Editor):
    """A few answers side by side: one Tab stop, arrow keys and first letters choose, Delete takes it back."""

    def __init__(self, field: Switch) -> None:
        super().__init__(field)
        self._field = field
        self._typed = ""
        self._clock = QElapsedTimer()
        self._segments = [_Segment(text, field.label) for _value, text in field.options]
        for place, segment in enumerate(self._segments):
            segment.clicked.connect(partial(self._choose, place))
            segment.pressed_key.connect(self._press)
        self._build(_SideBySide(self._segments), self._segments[0])
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
        elif key == Qt.Key.Key_Space and self._goes_on(text):
            self._typed += text  # a space inside an answer: "no" and then "no answer"
        elif key == Qt.Key.Key_Space:
            self._choose(current)
        elif text.strip():
            self._type(text, chosen)

    def _pausing(self) -> bool:
        return not self._clock.isValid() or self._clock.elapsed() > TYPING_PAUSE

    def _goes_on(self, letter: str) -> bool:
        """Whether what was typed just now and this letter are still the beginning of an answer."""
        typed = self._typed + letter
        begun = bool(self._typed) and not self._pausing()
        return begun and any(folded(text).startswith(typed) for _value, text in self._field.options)

    def _type(self, letter: str, chosen: int | None) -> None:
        texts = [folded(text) for _value, text in self._field.options]
        typed = folded(letter) if self._pausing() else self._typed + folded(letter)
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


class _SideBySide(QWidget):
    """The answers as one row; without room for that each line is a row of its own, rounded at both ends."""

    def __init__(self, segments: Sequence["_Segment"]) -> None:
        super().__init__()
        self._segments = segments
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flow = Flow(self, between=4)
        theme.space(flow, 0)
        for segment in segments:
            flow.addWidget(segment)
        self._round()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._round()

    def _round(self) -> None:
        for _top, line in groupby(self._segments, key=lambda segment: segment.y()):
            row = list(line)
            for place, segment in enumerate(row):
                segment.show_edge(_edge(place, len(row)))


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

    def show_edge(self, edge: str) -> None:
        """Which of its sides are rounded."""
        if self.property("edge") != edge:
            self.setProperty("edge", edge)
            theme.restyle(self)

    def sizeHint(self) -> QSize:
        """Room for the bold letters of a chosen answer."""
        return super().sizeHint() + QSize(parts.room_for_bold(self), 0)

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


def _edge(place: int, count: int) -> str:
    if count == 1:
        return "only"
    return {0: "first", count - 1: "last"}.get(place, "middle")


def _is_arrow(key: int) -> bool:
    return key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Delete)
