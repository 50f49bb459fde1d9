"""The small blocks every screen is made of: labels, buttons, cards, pills. Must not know any screen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.widgets import icons, theme
from desktop.widgets.clicks import Clicks

Part = QWidget | QLayout | None


def label(text: str = "", role: str = "", wrap: bool = True) -> QLabel:
    """A piece of plain text; roles: muted, help, complaint, doubt, strong, card_title, title."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


class _Title(QLabel):
    """Takes the whole line it needs when there is room, and wraps only when there is none."""

    def sizeHint(self) -> QSize:
        usual = super().sizeHint()
        return QSize(max(usual.width(), self.fontMetrics().horizontalAdvance(self.text()) + 2), usual.height())


def title(text: str) -> QLabel:
    """The one title of a page."""
    made = _Title(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setProperty("role", "title")
    return made


def pill(text: str, tone: str = "plain") -> QLabel:
    """A short state in its colour, always with the word: late, soon, well, news or plain."""
    made = label("", "pill", wrap=False)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    set_pill(made, text, tone)
    return made


def set_pill(made: QLabel, text: str, tone: str = "plain") -> None:
    """Change the word and the colour of a pill; without a word it hides."""
    made.setText(f"● {text}" if tone != "plain" else text)
    made.setAccessibleName(text)
    made.setProperty("tone", tone)
    if made.parent() is not None:
        made.setVisible(bool(text))
    theme.restyle(made)


def room_for_bold(button: QPushButton) -> int:
    """What the bold letters of a chosen answer need more, so that choosing moves and cuts nothing."""
    bold = QFont(button.font())
    bold.setWeight(QFont.Weight.DemiBold)
    text = button.text().replace("&&", "&")
    extra = QFontMetrics(bold).horizontalAdvance(text) - QFontMetrics(button.font()).horizontalAdvance(text)
    return max(0, extra)


class _Button(QPushButton):
    """A button that Enter presses when the keyboard stands on it, unless it takes something away."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._clicks = Clicks()

    def setText(self, text: str) -> None:
        """Other words, the same key: Qt takes the key away with the words."""
        keys = self.shortcut()
        super().setText(text)
        self.setShortcut(keys)

    def sizeHint(self) -> QSize:
        chosen_is_bold = self.property("role") == "segment"
        return super().sizeHint() + QSize(room_for_bold(self) if chosen_is_bold else 0, 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self.property("role") == "segment" else super().minimumSizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._clicks.pressed()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._clicks.began_here():
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        if entered and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            if self.property("role") != "danger":
                self.click()
            return
        super().keyPressEvent(event)


def button(
    text: str, role: str = "", icon: str = "", on: Callable[[], object] | None = None, shortcut: str = "",
) -> QPushButton:
    """A button Enter elsewhere never presses; roles: primary (once a screen), quiet, link, danger, chip."""
    made = _Button(text.replace("&", "&&"))
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    made.setDefault(False)
    if role:
        made.setProperty("role", role)
    if icon:
        icons.dress(made, icon, _icon_tone(role))
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
        made.setToolTip(f"{text} ({shortcut})")
    if on is not None:
        made.clicked.connect(lambda _checked=False: on())
    return made


def on_ctrl_enter(page: QWidget, deed: Callable[[], object]) -> None:
    """Both Enter keys with Ctrl, anywhere on the page; once for each press, however long it is held down."""
    for keys in ("Ctrl+Return", "Ctrl+Enter"):
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: deed())


def column(*parts: Part, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QWidget:
    """Parts below each other; None takes what room is left."""
    return _filled(QVBoxLayout(), parts, gap, margins)


def row(*parts: Part, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QWidget:
    """Parts beside each other; None takes what room is left."""
    return _filled(QHBoxLayout(), parts, gap, margins)


def card(heading: str = "", *parts: Part, deed: QPushButton | None = None, flush: bool = False) -> QFrame:
    """A framed piece of a page with its heading and a quiet deed beside it; `flush` lists touch the edges."""
    made = QFrame()
    made.setProperty("role", "card")
    layout = QVBoxLayout(made)
    theme.space(layout, 8, (1, 12, 1, 8) if flush else (16, 12, 16, 14))
    if heading:
        words = label(heading, "card_title")
        layout.addWidget(row(words, None, deed, margins=(15, 0, 15, 0) if flush else (0, 0, 0, 0))
                         if deed is not None or flush else words)
    fill(layout, *parts)
    return made


def header(heading: str, *deeds: QWidget, state: QLabel | None = None, under: str = "") -> "Beside":
    """The top of a page: title, its state, a line below, and the deeds on the right or, without room, below."""
    words = title(heading)
    first = row(words, state, None, gap=12) if state is not None else words
    left = column(first, label(under, "muted"), gap=2) if under else first
    if not deeds:
        return Beside(left, None)
    return Beside(left, row(*deeds, None), shares=(1, 0), needs=780)


class Beside(QWidget):
    """Two parts beside each other, or below each other when there is less room than they need."""

    def __init__(
        self, left: QWidget, right: QWidget | None, shares: tuple[int, int] = (3, 2), needs: int = 820,
        gap: int = 14,
    ) -> None:
        super().__init__()
        self._needs = needs
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        theme.space(self._layout, gap)
        self._layout.addWidget(left, shares[0])
        if right is not None:
            self._layout.addWidget(right, shares[1])
        self._parts = [part for part in (left, right) if part is not None]

    def stacked(self) -> bool:
        """Whether the parts stand below each other now."""
        return self._layout.direction() == QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_layout"):
            self._arrange()

    def _arrange(self) -> None:
        below = self.width() < theme.px(self._needs)
        directions = QBoxLayout.Direction
        wanted = directions.TopToBottom if below else directions.LeftToRight
        if self._layout.direction() != wanted:
            self._layout.setDirection(wanted)
            self.updateGeometry()


def fill(layout: QBoxLayout, *parts: Part) -> None:
    """Add parts to a layout; None takes what room is left."""
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def empty(layout: QLayout, keep: int = 0) -> None:
    """Take out what stands in a layout, to fill it anew; the first `keep` parts stay."""
    while (item := layout.takeAt(keep)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _filled(
    layout: QBoxLayout, parts: tuple[Part, ...], gap: int, margins: tuple[int, int, int, int]
) -> QWidget:
    made = QWidget()
    made.setLayout(layout)
    theme.space(layout, gap, margins)
    fill(layout, *parts)
    return made


def _icon_tone(role: str) -> str:
    return {"primary": "on_primary", "link": "primary", "danger": "late"}.get(role, "text")
