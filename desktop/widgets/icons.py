"""Icons by name, from the one set (Phosphor), in the theme's colours. Must not know what they stand for."""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from desktop.paths import resource
from desktop.widgets import theme

FONT, NAMES = "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"


class _Engine(QIconEngine):
    """Paints a letter of the icon font; its colour is looked up while painting, so a new theme recolours."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name, self._tone = name, tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = "edge" if mode == QIcon.Mode.Disabled else self._tone
        paint(painter, QRectF(rect), self._name, token)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._tone)


def icon(name: str, tone: str = "text") -> QIcon:
    """An icon such as "phone" or "check-square", in a colour of the theme."""
    return QIcon(_Engine(name, tone))


def paint(painter: QPainter, rect: QRectF, name: str, tone: str = "text") -> None:
    """Draw an icon into a square."""
    family, letters = _set()
    font = QFont(family)
    font.setPixelSize(max(1, round(min(rect.width(), rect.height()))))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters[name])
    painter.restore()


def known(name: str) -> bool:
    """Whether the set has an icon of this name."""
    return name in _set()[1]


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
