"""A slim strip inside a page that says or asks something, instead of a box over it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.widgets import parts, theme
from desktop.widgets.flow import Flow

Answer = tuple[str, Callable[[], object]]


class Notice(QFrame):
    """One sentence with the answers to it; the first answer gets the focus when it asks."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "strip")
        self._words = parts.label()
        self._answers: list[QPushButton] = []
        self._escape: Callable[[], object] | None = None
        buttons = QWidget()
        self._buttons = Flow(buttons)
        theme.space(self._buttons, 8)
        layout = QHBoxLayout(self)
        theme.space(layout, 12, (12, 8, 12, 8))
        parts.fill(layout, self._words, buttons)
        layout.setStretch(0, 1)
        layout.setAlignment(buttons, Qt.AlignmentFlag.AlignVCenter)
        self._box = buttons
        self.hide()

    def say(self, sentence: str, tone: str = "late") -> None:
        """Tell something; it stays until something else happens."""
        self._show(sentence, tone, (), None)

    def ask(self, sentence: str, answers: Sequence[Answer], tone: str = "soon",
            escape: Callable[[], object] | None = None) -> None:
        """Ask something; `escape` is what Esc answers."""
        self._show(sentence, tone, answers, escape)
        if self._answers:
            self._answers[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        self._show("", "", (), None)

    def text(self) -> str:
        return "" if self.isHidden() else self._words.text()

    def answers(self) -> list[QPushButton]:
        return list(self._answers)

    def _show(self, sentence: str, tone: str, answers: Sequence[Answer],
              escape: Callable[[], object] | None) -> None:
        for old in self._answers:
            self._buttons.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._answers = [parts.button(text, on=on) for text, on in answers]
        for made in self._answers:
            made.setAccessibleDescription(sentence)
            self._buttons.addWidget(made)
            made.show()
        self._escape = escape
        self._words.setText(sentence)
        self._box.setVisible(bool(answers))
        self._box.setMinimumWidth(self._buttons.sizeHint().width() if answers else 0)
        self.setProperty("tone", tone)
        theme.restyle(self)
        self.setHidden(not sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._escape is not None:
            self._escape()
            return
        super().keyPressEvent(event)
