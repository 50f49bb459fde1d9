"""Reading codes off a page as a scanner or a fax does: an independent decoder over the dots that were printed."""

from __future__ import annotations

import zxingcpp
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.widgets.printing import open_pdf

INCH = 72


def dots(pdf: bytes, per_inch: float, page: int = 0) -> Image.Image:
    """A page on white paper in grey dots."""
    document = open_pdf(pdf).document
    points = document.pagePointSize(page)
    size = QSize(round(points.width() / INCH * per_inch), round(points.height() / INCH * per_inch))
    paper = QImage(size, QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, document.render(page, size))
    painter.end()
    grey = paper.convertToFormat(QImage.Format.Format_Grayscale8)
    data = bytes(grey.constBits())
    return Image.frombytes("L", (grey.width(), grey.height()), data, "raw", "L", grey.bytesPerLine())


def faxed(picture: Image.Image) -> Image.Image:
    """The same in pure black and white."""
    return picture.point(lambda value: 255 if value > 127 else 0)


def codes(picture: Image.Image) -> set[tuple[str, str]]:
    """What stands in the codes on a picture, with the kind of each."""
    return {(found.format.name, found.text) for found in zxingcpp.read_barcodes(picture)}
