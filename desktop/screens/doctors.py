"""Whom to phone about somebody: the GP with every number there is, and who always answers. Must not know the case."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.language import _
from desktop.rules.gp import Gp, Line, help_lines, line_words, lines_of, what_to_do
from desktop.rules.phones import show_phone
from desktop.widgets import parts, theme


class GpCard(QFrame):
    """The practice and its numbers, the own one large; without one what to do instead."""

    def __init__(self, heading: str, gp: Gp, *, large: bool = True) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._large = large
        self._lines = QVBoxLayout()
        theme.space(self._lines, 4)
        layout = QVBoxLayout(self)
        theme.space(layout, 8, (16, 12, 16, 14))
        layout.addWidget(parts.label(heading, "card_title"))
        layout.addLayout(self._lines)
        self.show_gp(gp)

    def show_gp(self, gp: Gp) -> None:
        """Somebody said who it is."""
        parts.empty(self._lines)
        for label in self._labels(gp):
            self._lines.addWidget(label)
            label.show()

    def _labels(self, gp: Gp) -> list[QLabel]:
        name = [parts.label(gp.surgery.name, "strong")] if gp.surgery is not None else []
        numbers = [self._number(line, at == 0) for at, line in enumerate(lines_of(gp))]
        how = [parts.label(known_by(gp), "muted")] if gp.surgery is not None else []
        missing = [parts.label(what_to_do(gp), "doubt")] if what_to_do(gp) else []
        return [*name, *numbers, *how, *missing]

    def _number(self, line: Line, first: bool) -> QLabel:
        own = not line.role
        words = show_phone(line.phone) if own else line_words(line)
        made = parts.label(words, "large" if own and first and self._large else "")
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return made


def known_by(gp: Gp) -> str:
    """How we know that this is the doctor."""
    return _("own GP practice") if gp.known_by == "own" else _("according to the referral")


class HelpLines(QWidget):
    """The numbers that always answer, those that go with what it is about."""

    def __init__(self, kind: str = "") -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        theme.space(self._layout, 2)
        self._kind: str | None = None
        self.show_for(kind)

    def show_for(self, kind: str) -> None:
        if kind == self._kind:
            return
        self._kind = kind
        parts.empty(self._layout)
        for number, words in help_lines(kind):
            line = QWidget()
            row = QHBoxLayout(line)
            theme.space(row, 8)
            row.addWidget(parts.label(number, "strong", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(parts.label(words), 1)
            self._layout.addWidget(line)
            line.show()
