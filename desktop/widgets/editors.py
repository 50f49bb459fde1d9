"""What the declared fields look like on screen: label above, control, help or complaint below.

Must not know what the values mean; reading and showing is done by the functions of the declaration.
"""

import unicodedata
from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import Refused
from desktop.language import _, ngettext
from desktop.widgets import parts, theme
from desktop.widgets.fields import Check, Field, Text
from desktop.widgets.lines import Line, SearchLine

TALLEST = 12   # lines; a longer text scrolls inside its field


def missing() -> Refused:
    """What an empty field says that must not be empty."""
    return Refused(_("Fill this in."))


class Editor(QWidget):
    """One field; `value()` raises Refused with the sentence to show, `raw()` is what stands there."""

    edited = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.name = field.name
        self.label = field.label
        self.declared = field
        self._focus: QWidget = self
        self._help = field.help
        self._tone = ""
        self._complaint = ""
        self._label = parts.label(field.label)
        self._mark = parts.label(_("suggested"), "suggested", wrap=False)
        self._note = parts.label(role="help")
        self._mark.hide()

    def _build(self, control: QWidget, focus: QWidget | None = None) -> None:
        """Put the control between its label and its note; `focus` is the part of it that Tab reaches."""
        self._focus = focus or control
        head = QHBoxLayout()
        parts.fill(head, self._label, self._mark)
        head.setStretch(0, 1)
        layout = QVBoxLayout(self)
        theme.space(layout, 4)
        parts.fill(layout, head, control, self._note)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._focus.setAccessibleName(self.label)
        self._show_note()

    def value(self) -> Any:
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        raise NotImplementedError

    def raw(self) -> str:
        raise NotImplementedError

    def set_raw(self, raw: str) -> None:
        raise NotImplementedError

    def focus(self) -> None:
        self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_widget(self) -> QWidget:
        return self._focus

    def complain(self, sentence: str, doubt: bool = False) -> None:
        """Say below the field what is wrong, or with `doubt` what is unusual; "" takes it back."""
        self._complaint = sentence
        self._set_tone(("soon" if doubt else "late") if sentence else "")
        self._show_note()

    def complaint(self) -> str:
        return self._complaint

    def note(self) -> str:
        """The line below the field as staff see it."""
        return self._note.text()

    def set_suggested(self, suggested: bool) -> None:
        """Mark a value that was filled in by the program; the mark goes as soon as somebody edits it."""
        self._mark.setVisible(suggested)
        self._describe()

    def suggested(self) -> bool:
        return not self._mark.isHidden()

    def echo(self) -> str:
        """How the value is understood, shown in place of the help."""
        return ""

    def stand_alone(self, alone: bool) -> None:
        """Told whether no field with a label above it stands on its row."""

    def check_now(self) -> None:
        """Complain at once about what cannot be read; an empty field may still be filled in."""
        if not self.raw().strip():
            return
        try:
            self.value()
        except Refused as refusal:
            self.complain(refusal.sentence())

    def tell_edited(self) -> None:
        """Somebody changed the field: what was said about it no longer holds."""
        self._mark.hide()
        self.complain("")
        self.edited.emit()

    def _set_tone(self, tone: str) -> None:
        if tone != self._tone:
            self._tone = tone
            self._focus.setProperty("tone", tone)
            theme.restyle(self._focus)

    def _show_note(self) -> None:
        role = {"late": "complaint", "soon": "doubt"}.get(self._tone, "help")
        if self._note.property("role") != role:
            self._note.setProperty("role", role)
            theme.restyle(self._note)
        text = self._complaint or self.echo() or self._help
        self._note.setText(text)
        self._note.setHidden(not text)
        self._describe()

    def _describe(self) -> None:
        said = [self._note.text(), _("suggested") if self.suggested() else ""]
        self._focus.setAccessibleDescription(" ".join(part for part in said if part))


class TextEditor(Editor):
    """One line or several lines of typed text."""

    def __init__(self, field: Text) -> None:
        super().__init__(field)
        self._field = field
        self._line: QLineEdit | None = None
        self._page: _LongText | None = None
        control = self._long(field) if field.lines > 1 else self._short(field)
        self._build(control, self._page or self._line)

    def value(self) -> Any:
        text = self._text() if self._field.secret else cleaned(self._text(), self._field.lines > 1)
        if not text and self._field.required:
            raise missing()
        if len(text) > self._field.limit:
            raise self._too_long(len(text) - self._field.limit)
        return self._field.read(text) if self._field.read else text

    def set_value(self, value: Any) -> None:
        if self._field.show is not None and value is not None:
            self.set_raw(self._field.show(value))
        else:
            self.set_raw("" if value is None else str(value))

    def raw(self) -> str:
        return "" if self._field.secret else self._text()

    def set_raw(self, raw: str) -> None:
        if self._line is not None:
            self._line.setText(raw)
            self._line.setCursorPosition(0)
        elif self._page is not None:
            self._page.setPlainText(raw)
        self.complain("")

    def complain(self, sentence: str, doubt: bool = False) -> None:
        super().complain(sentence, doubt)
        if sentence and isinstance(self._line, SearchLine):
            self._line.close_list()  # it would hang over the sentence

    def echo(self) -> str:
        if self._field.echo is None or not (self._line or self._page):
            return ""
        try:
            value = self.value()
            return self._field.echo(value) if value is not None else ""
        except Refused:
            return ""

    def _text(self) -> str:
        if self._page is not None:
            return self._page.toPlainText()
        return self._line.text() if self._line is not None else ""

    def _short(self, field: Text) -> QWidget:
        line = SearchLine(self._suggestions, eager=False, takes_one=field.takes_one) if field.suggest else Line()
        line.setPlaceholderText(field.placeholder)
        if field.secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.textEdited.connect(self._typed)
        line.left.connect(self.check_now)
        if isinstance(line, SearchLine):
            line.picked.connect(self._take)
        self._line = line
        return line

    def _long(self, field: Text) -> QWidget:
        page = _LongText(field.lines)
        page.setPlaceholderText(field.placeholder)
        page.take_paste = self._paste
        page.typed.connect(self._typed)
        page.left.connect(self.check_now)
        self._page = page
        return page

    def _paste(self, text: str) -> None:
        assert self._page is not None
        kept, said = self._field.pasted(text) if self._field.pasted else (text, "")
        self._page.insertPlainText(kept)
        if said:
            self.complain(said, doubt=True)

    def _suggestions(self, typed: str) -> Sequence[tuple[str, str]]:
        found = self._field.suggest(typed) if self._field.suggest else []
        return [(text, text) for text in found]

    def _take(self, _value: object, text: str) -> None:
        assert self._line is not None
        self._line.setText(text)
        self._typed()

    def _typed(self, *_news: object) -> None:
        self.tell_edited()
        beyond = len(cleaned(self._text(), self._field.lines > 1)) - self._field.limit
        if beyond > 0:
            self.complain(self._too_long(beyond).sentence())

    def _too_long(self, beyond: int) -> Refused:
        sentence = ngettext("This is {n} character too long; {limit} fit here.",
                            "This is {n} characters too long; {limit} fit here.", beyond)
        return Refused(sentence.format(n=beyond, limit=self._field.limit))


class ColourEditor(TextEditor):
    """A colour in letters and digits, with a spot of it before the line."""

    def set_raw(self, raw: str) -> None:
        super().set_raw(raw)
        self._spot.show_colour(raw)

    def _short(self, field: Text) -> QWidget:
        self._spot = _Spot()
        return parts.row(self._spot, super()._short(field), gap=8)

    def _typed(self, *news: object) -> None:
        super()._typed(*news)
        self._spot.show_colour(self.raw())


class CheckEditor(Editor):
    """A box to tick, with its sentence beside it."""

    def __init__(self, field: Check) -> None:
        super().__init__(field)
        self._box = QCheckBox()
        self._box.setProperty("role", "bare")  # its words stand beside it, outside the ring of the focus
        self._box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        words = _Words(field.label, self._box)
        beside = parts.row(self._box, words, gap=6)
        self._build(beside, self._box)
        self._label.setText(" ")   # keeps the box on one line with the fields beside it
        self._box.clicked.connect(self.tell_edited)

    def value(self) -> bool:
        return self._box.isChecked()

    def set_value(self, value: Any) -> None:
        self._box.setChecked(bool(value))

    def raw(self) -> str:
        return "1" if self._box.isChecked() else ""

    def set_raw(self, raw: str) -> None:
        self._box.setChecked(raw == "1")

    def stand_alone(self, alone: bool) -> None:
        self._label.setHidden(alone)


def cleaned(text: str, several_lines: bool = False) -> str:
    """Without what nobody typed on purpose: control characters, spaces at the ends, doubled spaces."""
    text = text.encode("utf-8", "ignore").decode("utf-8")   # half a character is none
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if several_lines:
        kept = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) != "Cc")
        return "\n".join(line.rstrip() for line in kept.split("\n")).strip()
    spaced = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in text)
    return " ".join(spaced.split())


class _Spot(QWidget):
    """A spot of a colour; what is no colour shows empty."""

    def __init__(self) -> None:
        super().__init__()
        self.colour = QColor()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_colour(self, text: str) -> None:
        self.colour = QColor.fromString(text.strip()) if text.strip().startswith("#") else QColor()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(34), theme.px(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("edge"))
        painter.setBrush(self.colour if self.colour.isValid() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()


class _Words(QLabel):
    """The sentence beside a box; a click on it ticks the box."""

    def __init__(self, text: str, box: QCheckBox) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._box = box

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self._box.click()


class _LongText(QPlainTextEdit):
    """Several lines; Tab goes on to the next field, the field grows with its text."""

    typed = Signal()
    left = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self._quiet = False
        self.take_paste: Callable[[str], None] = self.insertPlainText
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._changed)

    def setPlainText(self, text: str) -> None:
        self._quiet = True
        super().setPlainText(text)
        self._quiet = False

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.take_paste(source.text())

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        shown = max(self._lines * line, min(self._text_height(), TALLEST * line))
        return QSize(super().sizeHint().width(), shown + theme.px(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.ensureCursorVisible()
        if self._text_height() <= self.viewport().height():
            self.verticalScrollBar().setValue(0)  # what fits is seen from its first line

    def _text_height(self) -> int:
        """A line with a letter of another typeface is higher than the others."""
        block, height = self.document().begin(), 0.0
        while block.isValid():
            height += self.blockBoundingRect(block).height()
            block = block.next()
        return ceil(height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def _changed(self) -> None:
        self.updateGeometry()
        if not self._quiet:
            self.typed.emit()
