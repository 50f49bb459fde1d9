"""What the pages before anyone is in are made of: a narrow card, and a few fields with one button."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.errors import Refused
from desktop.widgets import parts, theme
from desktop.widgets.fields import Item
from desktop.widgets.group import FieldGroup

NARROW = 460
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Cover(QScrollArea):
    """A calm page with one narrow card in the middle, for before anyone is in."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_card(self, *inside: QWidget, width: int = NARROW) -> None:
        """Put these parts in the card, in place of what was there."""
        card = parts.card("", *inside)
        card.setMinimumWidth(min(theme.px(width), 1080 if width > NARROW else 640))
        card.setMaximumWidth(theme.px(width))
        middle = parts.row(None, card, None)
        page = parts.column(None, middle, None, margins=(16, 16, 16, 16))
        page.setObjectName("page")
        former = self.takeWidget()  # Qt would delete it at once, under the very key that asked for another card
        self.setWidget(page)
        if former is not None:
            former.deleteLater()

    def show_waiting(self, title: str, explain: str) -> None:
        """Something takes a moment: say what, so that nobody wonders or presses twice."""
        self.show_card(parts.title(title), parts.label(explain, "muted"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() in ENTER and isinstance(focus, QPushButton):
            focus.click()
            return
        super().keyPressEvent(event)


class Ask(QWidget):
    """A title, a sentence, a few fields and one button; Enter in the last field presses it."""

    def __init__(
        self, title: str, explain: str, fields: Sequence[Item], button: str, deed: Callable[[], object]
    ) -> None:
        super().__init__()
        self.group = FieldGroup(fields, columns=1)
        self.words = parts.label("", "complaint")
        self.words.hide()
        self.button = parts.button(button, "primary", on=deed)
        self._deed = deed
        layout = QVBoxLayout(self)
        theme.space(layout, 10)
        parts.fill(layout, parts.title(title), parts.label(explain, "muted"), self.group, self.words, self.button)
        self._last = self.group.editor(self.group.names()[-1]).focus_widget()
        if isinstance(self._last, QLineEdit):
            self._last.installEventFilter(self)
        parts.on_ctrl_enter(self, self.press)

    def complain(self, refusal: Refused) -> None:
        """Under the fields, and what belongs to none of them above the button."""
        shown = self.group.complain(refusal)
        rest = [text for name, text in refusal.fields.items() if name not in shown]
        self.say(" ".join(part for part in (refusal.message, *rest) if part))

    def say(self, text: str) -> None:
        self.words.setText(text)
        self.words.setVisible(bool(text))

    def wait(self, waiting: bool) -> None:
        self.button.setEnabled(not waiting)

    def press(self) -> None:
        """The deed, unless it is being done."""
        if self.button.isEnabled():
            self._deed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        enter = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER
        if enter and watched is self._last:
            self.press()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.press()
            return
        super().keyPressEvent(event)
