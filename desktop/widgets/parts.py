"""The small blocks every screen is made of: labels, buttons, cards, pills. Must not know any screen."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
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

Part = QWidget | QLayout | None


def label(text: str = "", role: str = "", wrap: bool = True) -> QLabel:
    """A piece of plain text; roles: muted, help, complaint, doubt, strong, card_title, title."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def title(text: str) -> QLabel:
    """The one title of a page."""
    return label(text, "title")


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


def button(
    text: str, role: str = "", icon: str = "", on: Callable[[], object] | None = None, shortcut: str = "",
) -> QPushButton:
    """A button Enter elsewhere never presses; roles: primary (once a screen), quiet, link, danger, chip."""
    made = QPushButton(text.replace("&", "&&"))
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


def column(*parts: Part, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QWidget:
    """Parts below each other; None takes what room is left."""
    return _filled(QVBoxLayout(), parts, gap, margins)


def row(*parts: Part, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QWidget:
    """Parts beside each other; None takes what room is left."""
    return _filled(QHBoxLayout(), parts, gap, margins)


def card(heading: str = "", *parts: Part) -> QFrame:
    """A framed piece of a page, with its own heading if there is one."""
    made = QFrame()
    made.setProperty("role", "card")
    layout = QVBoxLayout(made)
    theme.space(layout, 8, (16, 12, 16, 14))
    if heading:
        layout.addWidget(label(heading, "card_title"))
    fill(layout, *parts)
    return made


def fill(layout: QBoxLayout, *parts: Part) -> None:
    """Add parts to a layout; None takes what room is left."""
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


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
