"""The field with a picture: choose a file, look at it, take it away. Must not know whose picture it is."""

import base64
import binascii
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QFile, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from desktop.errors import Refused
from desktop.language import _
from desktop.widgets import parts, theme
from desktop.widgets.editors import Editor, missing
from desktop.widgets.fields import Picture
from desktop.widgets.flow import Flow

MOST_READ = 20_000_000
SHOWN = QSize(220, 68)  # pixels at the usual size of text


class PictureEditor(Editor):
    """Shows what was chosen on white, as it comes on paper; the file itself is not kept."""

    def __init__(self, field: Picture) -> None:
        super().__init__(field)
        self._field = field
        self._data: bytes | None = None
        self.choose_file: Callable[[QWidget, str, str], str] = ask_picture
        self._seen = _Shown(field.label)
        self._choose = parts.button(_("Choose a picture"), "", "image", self.choose)
        self._remove = parts.button(_("Take away"), "link", "trash", self.take_away)
        box = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        flow = Flow(box)
        theme.space(flow, 12)
        for part in (self._seen, self._choose, self._remove):
            flow.addWidget(part)
        self._build(box, self._choose)
        self._choose.setAccessibleName(f"{field.label}: {self._choose.text()}")
        self._show()

    def value(self) -> Any:
        if self._data is None and self._field.required:
            raise missing()
        return self._data

    def set_value(self, value: Any) -> None:
        self._data = bytes(value) if value else None
        self.complain("")
        self._show()

    def raw(self) -> str:
        return base64.b64encode(self._data).decode("ascii") if self._data else ""

    def set_raw(self, raw: str) -> None:
        try:
            self.set_value(base64.b64decode(raw, validate=True))
        except binascii.Error:
            self.set_value(None)

    def echo(self) -> str:
        return self._field.echo(self._data) if self._data and self._field.echo else ""

    def choose(self) -> None:
        """Take another picture; one that cannot be used is said to be so, and the old one stays."""
        path = self.choose_file(self, self._field.label, self._field.files)
        if not path:
            return
        try:
            data = self._field.read(read_file(path))
        except Refused as refused:
            self.complain(refused.sentence())
            return
        self._data = data
        self.tell_edited()
        self._show()

    def take_away(self) -> None:
        self._data = None
        self.tell_edited()
        self._show()
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown(self) -> QImage:
        """The picture as it is shown; a null image for none."""
        return self._seen.image

    def _show(self) -> None:
        self._seen.show_picture(self._data)
        self._remove.setVisible(self._data is not None)
        self._choose.setText(_("Choose another picture") if self._data else _("Choose a picture"))
        self._choose.setAccessibleName(f"{self.label}: {self._choose.text()}")
        self._show_note()


class _Shown(QWidget):
    """The picture on white paper, whatever the colours of the program."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.image = QImage()
        self.setAccessibleName(name)

    def show_picture(self, data: bytes | None) -> None:
        self.image = QImage.fromData(data) if data else QImage()
        self.setVisible(not self.image.isNull())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        room = QSize(theme.px(SHOWN.width()), theme.px(SHOWN.height()))
        edge = theme.px(12)
        return self.image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio) + QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.setPen(theme.colour("border"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        inside = self.rect().adjusted(theme.px(6), theme.px(6), -theme.px(6), -theme.px(6))
        fitted = self.image.size().scaled(inside.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = inside.adjusted(0, 0, 0, 0)
        place.setSize(fitted)
        place.moveCenter(inside.center())
        painter.drawImage(place, self.image)
        painter.end()


def read_file(path: str) -> bytes:
    """What is in a file that is not too large to be a picture."""
    file = QFile(path)
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise Refused(_("This file could not be read. Is it open in another program?"))
    if file.size() > MOST_READ:
        raise Refused(_("This picture is too large. Choose one under {n} MB.").format(n=MOST_READ // 1_000_000))
    return bytes(file.readAll().data())


def ask_picture(parent: QWidget, title: str, files: str) -> str:
    """The path the user chooses, or nothing."""
    return QFileDialog.getOpenFileName(parent, title, "", files)[0]
