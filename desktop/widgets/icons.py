"""Icons by name, from the one set (Phosphor), in the theme's colours. Must not know what they stand for."""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAction, QFont, QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop.paths import resource
from desktop.widgets import theme

FONT, NAMES = "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"
SIZES = (16, 20, 24, 32, 48, 64)
Wearer = QAbstractButton | QAction


def icon(name: str, tone: str = "text") -> QIcon:
    """An icon such as "phone" or "check-square", in a colour of the theme as it is now; see `dress`."""
    return _icon(name, theme.current()[tone], theme.current()["edge"])


def dress(wearer: Wearer, name: str, tone: str = "text") -> None:
    """Give a button or action an icon that is coloured anew with every theme."""
    wearer.setProperty("icon_name", name)
    wearer.setProperty("icon_tone", tone)
    wearer.setIcon(icon(name, tone))


def paint(painter: QPainter, rect: QRectF, name: str, tone: str = "text") -> None:
    """Draw an icon into a square."""
    _draw(painter, rect, name, theme.current()[tone])


def known(name: str) -> bool:
    """Whether the set has an icon of this name."""
    return name in _set()[1]


@lru_cache(maxsize=256)
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    """Pixmaps and not an engine of our own: PySide 6.12 loses a reference with every QIconEngine.paint."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(_pixmap(name, size, colour))
        made.addPixmap(_pixmap(name, size, disabled), QIcon.Mode.Disabled)
    return made


def _pixmap(name: str, size: int, colour: str) -> QPixmap:
    made = QPixmap(size, size)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _draw(painter, QRectF(0, 0, size, size), name, colour)
    painter.end()
    return made


def _draw(painter: QPainter, rect: QRectF, name: str, colour: str) -> None:
    family, letters = _set()
    font = QFont(family)
    font.setPixelSize(max(1, round(min(rect.width(), rect.height()))))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters[name])
    painter.restore()


def _dress_all(app: QApplication) -> None:
    for window in app.topLevelWidgets():
        for wearer in _wearers(window):
            name, tone = wearer.property("icon_name"), wearer.property("icon_tone")
            if name and tone:
                wearer.setIcon(icon(name, tone))


def _wearers(window: QWidget) -> list[Wearer]:
    own: list[Wearer] = [window] if isinstance(window, QAbstractButton) else []
    return [*own, *window.findChildren(QAbstractButton), *window.findChildren(QAction)]


@lru_cache(maxsize=1)
def _set() -> tuple[str, dict[str, str]]:
    folder = _folder()
    number = QFontDatabase.addApplicationFont(str(folder / FONT))
    codes: dict[str, str] = json.loads((folder / NAMES).read_text(encoding="utf-8"))
    return QFontDatabase.applicationFontFamilies(number)[0], {
        name.removeprefix("ph-"): chr(int(code, 16)) for name, code in codes.items()
    }


def _folder() -> Path:
    """The packaged program has the two files beside its own icons; else the icon package carries them."""
    if resource("icons", FONT).exists():
        return resource("icons")
    found = find_spec("qtawesome")
    if found is None or found.origin is None:
        raise FileNotFoundError(FONT)
    return Path(found.origin).parent / "fonts"


theme.after_dressing(_dress_all)
