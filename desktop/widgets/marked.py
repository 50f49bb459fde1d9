"""A text with numbered lines in which pieces have a look of their own and lines can fade. Must not know what they mean.

It is as high as its text, so that only what is around it scrolls, and that follows the cursor.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from desktop.widgets import theme
from desktop.widgets.pages import reveal

SHORTEST = 8  # lines
DIGITS = 3  # room for the number of a line


@dataclass(frozen=True)
class Mark:
    """A piece of one line and how it is shown: a strong line, a named piece, or one that cannot stay so."""

    start: int
    length: int
    look: Literal["strong", "named", "wrong"]


Marks = Callable[[str], Iterable[Mark]]


class MarkedText(QPlainTextEdit):
    """Several lines of plain text; Tab goes on, the height follows the text."""

    typed = Signal()

    def __init__(self, name: str, marks: Marks, read_only: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setReadOnly(read_only)
        if read_only:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._marks = marks
        self._painter = _Painter(self.document(), marks)
        self._quiet = False
        self._numbers = _Numbers(self)
        self.document().contentsChange.connect(self._changed)
        self.updateRequest.connect(self._scroll_numbers)
        self.cursorPositionChanged.connect(self._follow)

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Put a text in; nobody typed it."""
        self._quiet = True
        self.setPlainText(text)
        self._quiet = False

    def put_in(self, text: str) -> None:
        """Type a text where the cursor stands, in one step to take back."""
        self.insertPlainText(text)
        self.ensureCursorVisible()

    def fade(self, lines: Iterable[int]) -> None:
        """Show these lines, counted from 0, as standing back."""
        self._painter.fade(frozenset(lines))

    def faded(self) -> frozenset[int]:
        return self._painter.faded

    def go_to_wrong(self) -> None:
        """Put the cursor behind the first piece that cannot stay so, if there is one."""
        for block in self._blocks():
            for mark in self._marks(block.text()):
                if mark.look == "wrong":
                    cursor = QTextCursor(block)
                    cursor.setPosition(block.position() + mark.start + mark.length)
                    self.setTextCursor(cursor)
                    return

    def complain(self, sentence: str) -> None:
        """Colour the frame while something is wrong, and say it to who cannot see that."""
        self.setProperty("tone", "late" if sentence else "")
        self.setAccessibleDescription(sentence)
        theme.restyle(self)

    def lines_seen(self) -> Iterable[tuple[int, QRect]]:
        """The number of each line, from 1, and where it begins."""
        block = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset()).toRect()
            if place.top() > self.viewport().height():
                return
            yield block.blockNumber() + 1, place
            block = block.next()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        high = sum(self.blockBoundingRect(block).height() for block in self._blocks())
        return QSize(super().sizeHint().width(), round(max(SHORTEST * line, high) + line) + theme.px(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self.updateGeometry()
            if hasattr(self, "_numbers"):
                self._painter.again()
                self._place_numbers()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_numbers()
        self.updateGeometry()

    def _changed(self, _at: int, removed: int, added: int) -> None:
        self.updateGeometry()
        if not self._quiet and (removed or added) and not self._painter.busy:
            self.typed.emit()


    def _blocks(self) -> Iterable[QTextBlock]:
        block = self.document().firstBlock()
        while block.isValid():
            yield block
            block = block.next()

    def _follow(self) -> None:
        if self.hasFocus():
            place = self.cursorRect()
            reveal(self, place.translated(self.viewport().pos()))

    def _place_numbers(self) -> None:
        wide = self.fontMetrics().horizontalAdvance("8" * DIGITS)
        if self.viewportMargins().left() != wide:
            self.setViewportMargins(wide, 0, 0, 0)
        inside = self.contentsRect()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), wide, inside.height()))

    def _scroll_numbers(self, *_news: object) -> None:
        self._numbers.update()


class _Numbers(QWidget):
    """The numbers before the lines; who cannot see them hears the number in what is said about a line."""

    def __init__(self, text: MarkedText) -> None:
        super().__init__(text)
        self._text = text

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._text.font())
        painter.setPen(theme.colour("muted"))
        top = self._text.viewport().y() - self.y()
        height = self._text.fontMetrics().lineSpacing()
        for number, place in self._text.lines_seen():
            line = QRect(0, place.top() + top, self.width() - theme.px(4), height)
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))
        painter.end()


class _Painter(QSyntaxHighlighter):
    """Gives pieces their look; the colours are asked anew each time, since the theme may have turned."""

    def __init__(self, document: QTextDocument, marks: Marks) -> None:
        super().__init__(document)
        self._marks = marks
        self.faded: frozenset[int] = frozenset()
        self.busy = False

    def fade(self, lines: frozenset[int]) -> None:
        if lines != self.faded:
            self.faded = lines
            self.again()

    def again(self) -> None:
        """Look at every line anew; that is no typing."""
        self.busy = True
        self.rehighlight()
        self.busy = False

    def highlightBlock(self, text: str) -> None:
        faded = self.currentBlock().blockNumber() in self.faded
        if faded:
            self.setFormat(0, len(text), _look("faded"))
        for mark in self._marks(text):
            if not faded or mark.look == "wrong":
                self.setFormat(mark.start, mark.length, _look(mark.look))


def _look(look: str) -> QTextCharFormat:
    made = QTextCharFormat()
    if look == "strong":
        made.setFontWeight(QFont.Weight.Bold)
    elif look == "named":
        made.setForeground(theme.colour("primary"))
    elif look == "faded":
        made.setForeground(theme.colour("muted"))
        made.setFontItalic(True)
    else:
        made.setForeground(theme.colour("late"))
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        made.setUnderlineColor(theme.colour("late"))
    return made
