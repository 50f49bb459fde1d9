"""One page of paper as a picture as wide as there is room. Must not know what is on it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets import theme
from desktop.widgets.preview import OpenPdf, open_pdf

WIDEST = 640  # pixels at the usual size of text


class PaperPicture(QWidget):
    """The first page of a PDF on white, whatever the colours of the program."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._open: OpenPdf | None = None
        self._image = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_pdf(self, pdf: bytes) -> None:
        """Show this paper from now on."""
        before, self._open = self._open, open_pdf(pdf, self)
        if before is not None:
            before.document.deleteLater()
        self._draw()
        self.updateGeometry()

    def image(self) -> QImage:
        """What is shown; a null image before there is anything."""
        return self._image

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._fitted(width).height()

    def sizeHint(self) -> QSize:
        return self._fitted(theme.px(WIDEST))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), self.heightForWidth(max(self.width(), theme.px(200))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        page = self._fitted(self.width())
        painter.fillRect(0, 0, page.width(), page.height(), "white")
        painter.drawImage(0, 0, self._image)
        painter.setPen(theme.colour("border"))
        painter.drawRect(0, 0, page.width() - 1, page.height() - 1)
        painter.end()

    def _fitted(self, width: int) -> QSize:
        width = min(width, theme.px(WIDEST))
        if self._open is None:
            return QSize(width, 0)
        points = self._open.document.pagePointSize(0)
        return QSize(width, round(width * points.height() / max(1.0, points.width())))

    def _draw(self) -> None:
        if self._open is None or self.width() < 1:
            return
        scale = self.devicePixelRatioF()
        page = self._fitted(self.width())
        self._image = self._open.document.render(0, QSize(round(page.width() * scale), round(page.height() * scale)))
        self._image.setDevicePixelRatio(scale)
        self.update()
