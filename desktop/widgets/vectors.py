"""Draws an SVG once as a picture of dots. Must not know what is on it; whether it may be drawn was judged before."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer


def draw_svg(data: bytes, wide: int, high: int) -> bytes:
    """A PNG on white as large as fits in so many dots; nothing when there is nothing to draw."""
    renderer = QSvgRenderer(QByteArray(data))
    size = _size(renderer)
    if not renderer.isValid() or size.isEmpty():
        return b""
    fitted = size.scaled(wide, high, Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(max(1, round(fitted.width())), max(1, round(fitted.height())), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    return _as_png(image)


def _size(renderer: QSvgRenderer) -> QSizeF:
    box = renderer.viewBoxF()
    return box.size() if not box.isEmpty() else QSizeF(renderer.defaultSize())


def _as_png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())
