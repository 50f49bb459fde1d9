"""Paints a picture made of plain shapes in the colours of the theme. Must not know what the picture is of."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.drawing import Circle, Line, Picture, Polygon, Shape, Words
from desktop.widgets import theme

POINT = 96 / 72  # pixels on the screen


class PictureView(QWidget):
    """A picture that keeps its proportions and grows along with the text."""

    def __init__(self, picture: Picture | None = None, name: str = "") -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._picture = picture
        self._name = name
        self.set_picture(picture)

    def set_picture(self, picture: Picture | None) -> None:
        """Show this picture; None shows nothing."""
        self._picture = picture
        self.setAccessibleName(self._name or (picture.description if picture else ""))
        self.setAccessibleDescription(picture.description if picture else "")
        if picture is None:
            self.hide()
        elif self.parentWidget() is not None:  # outside a page it would flash up as a window
            self.show()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._picture is None:
            return QSize(0, 0)
        return QSize(theme.px(self._picture.width * POINT), theme.px(self._picture.height * POINT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() / 2

    def hasHeightForWidth(self) -> bool:
        return self._picture is not None

    def heightForWidth(self, width: int) -> int:
        if self._picture is None or not self._picture.width:
            return 0
        whole = self.sizeHint()
        return min(whole.height(), round(width * self._picture.height / self._picture.width))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        painter = QPainter(self)
        paint(painter, self._picture, QRectF(self.rect()))
        painter.end()


def paint(painter: QPainter, picture: Picture, area: QRectF) -> None:
    """Paint a picture as large as the area allows, in its middle."""
    scale = min(area.width() / picture.width, area.height() / picture.height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.center())
    painter.scale(scale, scale)
    painter.translate(-picture.width / 2, -picture.height / 2)
    for shape in picture.shapes:
        _shape(painter, shape)
    painter.restore()


def _shape(painter: QPainter, shape: Shape) -> None:
    match shape:
        case Line():
            painter.setPen(_pen(shape.stroke, shape.width))
            painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))
        case Polygon():
            painter.setPen(_pen(shape.stroke, shape.width))
            painter.setBrush(_brush(shape.fill, shape.opacity))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape.points]))
        case Circle():
            painter.setPen(_pen(shape.stroke, 1))
            painter.setBrush(_brush(shape.fill, 1))
            painter.drawEllipse(QPointF(shape.x, shape.y), shape.r, shape.r)
        case Words():
            _words(painter, shape)


def _words(painter: QPainter, words: Words) -> None:
    font = theme.font(bold=words.bold)
    font.setPixelSize(100)
    width = QFontMetricsF(font).horizontalAdvance(words.text)
    painter.save()
    painter.translate(words.x, words.y)
    painter.scale(words.size / 100, words.size / 100)
    painter.setFont(font)
    painter.setPen(theme.colour(words.colour))
    painter.drawText(QPointF({"left": 0.0, "middle": -width / 2, "right": -width}[words.anchor], 0), words.text)
    painter.restore()


def _pen(token: str | None, width: float) -> QPen:
    if token is None:
        return QPen(Qt.PenStyle.NoPen)
    return QPen(theme.colour(token), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin)


def _brush(token: str | None, opacity: float) -> QBrush:
    if token is None:
        return QBrush(Qt.BrushStyle.NoBrush)
    colour = QColor(theme.colour(token))
    colour.setAlphaF(opacity)
    return QBrush(colour)
