"""How the program looks: colours, type and size for the whole application. Must not know any screen."""

import re
from collections.abc import Callable
from typing import Literal, cast

from PySide6.QtCore import QObject, Qt, SignalInstance
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from desktop.paths import resource

Scheme = Literal["system", "light", "dark", "contrast"]

TOKENS: dict[str, dict[str, str]] = {
    "light": {
        "bg": "#F5F6F8", "surface": "#FFFFFF", "border": "#DDE2E8", "quiet": "#DDE2E8", "field": "#FFFFFF",
        "text": "#1B2430", "muted": "#4F5B69", "primary": "#0B6B6B", "on_primary": "#FFFFFF",
        "tint": "#E3F1F0", "edge": "#6E7987",
        "late": "#A51D1D", "late_bg": "#FDE7E7", "soon": "#8A4B00", "soon_bg": "#FFF1DA",
        "well": "#1B6B3C", "well_bg": "#E2F3E8", "news": "#1D559E", "news_bg": "#E4EEFA",
    },
    "dark": {
        "bg": "#11161B", "surface": "#1B222A", "border": "#303A45", "quiet": "#303A45", "field": "#151B21",
        "text": "#E9EEF3", "muted": "#A5B1BE", "primary": "#58C6BF", "on_primary": "#04302E",
        "tint": "#17383A", "edge": "#7F8C9B",
        "late": "#FF9C96", "late_bg": "#43201F", "soon": "#FFC777", "soon_bg": "#3A2A10",
        "well": "#86DBA5", "well_bg": "#173622", "news": "#9CC6FF", "news_bg": "#1A2F4A",
    },
    "contrast": {
        "bg": "#FFFFFF", "surface": "#FFFFFF", "border": "#000000", "quiet": "#E4E4E4", "field": "#FFFFFF",
        "text": "#000000", "muted": "#1A1A1A", "primary": "#003F3F", "on_primary": "#FFFFFF",
        "tint": "#D5EFED", "edge": "#000000",
        "late": "#7A0000", "late_bg": "#FFFFFF", "soon": "#5A3000", "soon_bg": "#FFFFFF",
        "well": "#004A1F", "well_bg": "#FFFFFF", "news": "#002F6C", "news_bg": "#FFFFFF",
    },
}

FAMILY = "Noto Sans"
POINTS = 10.5
SMALLEST, LARGEST, STEP = 100, 200, 25


class _State:
    """What is shown now; the application has one look at a time."""

    wish: Scheme = "system"
    shown: str = "light"
    percent: int = 100
    fonts_loaded: bool = False
    following: bool = False
    remember: Callable[[Scheme, int], None] | None = None
    after: list[Callable[[QApplication], None]] = []


_state = _State()


def apply(app: QApplication, scheme: Scheme = "system", percent: int = 100) -> None:
    """Dress the whole application; "system" keeps following the computer's light, dark or high contrast."""
    _load_fonts()
    _follow_system()
    _state.wish, _state.percent = scheme, max(SMALLEST, min(LARGEST, percent))
    _dress(app)


def current() -> dict[str, str]:
    """The colours shown now, by token."""
    return TOKENS[_state.shown]


def shown() -> str:
    """The scheme shown now: "light", "dark" or "contrast"."""
    return _state.shown


def percent() -> int:
    """How large text is now, in per cent of the usual size."""
    return _state.percent


def px(size: float) -> int:
    """A size in pixels, grown along with the text."""
    return round(size * _state.percent / 100)


def colour(token: str) -> QColor:
    """One colour of the scheme shown now."""
    return QColor(current()[token])


def font(points: float = POINTS, bold: bool = False) -> QFont:
    """The program's letter at this size, grown along with the text."""
    made = QFont(FAMILY)
    made.setPointSizeF(points * _state.percent / 100)
    made.setBold(bold)
    return made


def zoom(app: QApplication, direction: int) -> None:
    """Larger (+1), smaller (-1) or the usual size (0)."""
    wanted = 100 if direction == 0 else _state.percent + STEP * direction
    apply(app, _state.wish, wanted)
    if _state.remember is not None:
        _state.remember(_state.wish, _state.percent)


def remember_with(remember: Callable[[Scheme, int], None]) -> None:
    """Have a changed size kept for the next start."""
    _state.remember = remember


def after_dressing(follow: Callable[[QApplication], None]) -> None:
    """Have something done each time the look has changed."""
    _state.after.append(follow)


def space(layout: QLayout, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
    """Room inside a layout that grows and shrinks along with the text from now on."""
    layout.setProperty("gap", gap)
    layout.setProperty("margins", list(margins))
    _space_now(layout)


def restyle(widget: QWidget) -> None:
    """Show a widget's changed role or tone."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def style_sheet(scheme: str, percent: int) -> str:
    """The one style sheet with its colours and sizes filled in."""
    tokens = {**TOKENS[scheme], "scheme": scheme, "icons": resource("icons").as_posix()}
    text = resource("style.qss").read_text(encoding="utf-8")
    text = re.sub(r"@(\d+(?:\.\d+)?)(px|pt)", lambda size: _grown(size, percent), text)
    return re.sub(r"@([a-z_]+)", lambda name: tokens[name.group(1)], text)


def _grown(size: re.Match[str], percent: int) -> str:
    number, unit = float(size.group(1)) * percent / 100, size.group(2)
    return f"{number:g}pt" if unit == "pt" else f"{round(number)}px"


def _dress(app: QApplication) -> None:
    if app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    _state.shown = _system_scheme() if _state.wish == "system" else _state.wish
    app.setPalette(_palette(current()))
    app.setFont(font())
    app.setStyleSheet(style_sheet(_state.shown, _state.percent))
    for window in app.topLevelWidgets():
        for layout in cast(list[QLayout], window.findChildren(QLayout)):
            _space_now(layout)
    for follow in _state.after:
        follow(app)


def _space_now(layout: QLayout) -> None:
    gap, margins = layout.property("gap"), layout.property("margins")
    if gap is not None and margins is not None:
        layout.setSpacing(px(gap))
        layout.setContentsMargins(*(px(side) for side in margins))


def _palette(tokens: dict[str, str]) -> QPalette:
    made = QPalette()
    role = QPalette.ColorRole
    for colour_role, token in (
        (role.Window, "bg"), (role.WindowText, "text"), (role.Base, "field"), (role.AlternateBase, "bg"),
        (role.Text, "text"), (role.Button, "surface"), (role.ButtonText, "text"), (role.BrightText, "late"),
        (role.Highlight, "primary"), (role.HighlightedText, "on_primary"), (role.Link, "primary"),
        (role.LinkVisited, "primary"), (role.ToolTipBase, "surface"), (role.ToolTipText, "text"),
        (role.PlaceholderText, "muted"), (role.Accent, "primary"), (role.Mid, "edge"),
        (role.Dark, "quiet"), (role.Light, "surface"), (role.Midlight, "border"), (role.Shadow, "border"),
    ):
        made.setColor(colour_role, QColor(tokens[token]))
    for colour_role in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, colour_role, QColor(tokens["edge"]))
    return made


def _load_fonts() -> None:
    if _state.fonts_loaded:
        return
    for name in ("NotoSans-Regular", "NotoSans-Bold", "DejaVuSans", "DejaVuSans-Bold"):
        QFontDatabase.addApplicationFont(str(resource("fonts", f"{name}.ttf")))
    QFont.insertSubstitutions(FAMILY, ["DejaVu Sans"])
    _state.fonts_loaded = QFontInfo(QFont(FAMILY)).family() == FAMILY


def _follow_system() -> None:
    if _state.following:
        return
    _state.following = True
    hints = QGuiApplication.styleHints()
    signals: list[SignalInstance] = [hints.colorSchemeChanged]
    accessibility = cast(QObject | None, hints.accessibility())
    if accessibility is not None:
        signals.append(hints.accessibility().contrastPreferenceChanged)
    for signal in signals:
        signal.connect(_system_changed)


def _system_changed(*_news: object) -> None:
    app = QApplication.instance()
    if _state.wish == "system" and isinstance(app, QApplication):
        _dress(app)


def _system_scheme() -> str:
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility()
    if accessibility is not None and accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
