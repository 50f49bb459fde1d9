"""A picture of shapes is painted in the theme's colours, whole, at every size."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.drawing import Circle, Line, Picture, Polygon, Words
from desktop.widgets import theme
from desktop.widgets.picture import PictureView
from tests.widgets.dressing import dress

SQUARE = Picture(100, 100, (
    Polygon(((10, 10), (90, 10), (90, 50), (10, 50)), fill="primary"),
    Line(0, 60, 100, 60, "text", 4),
    Circle(50, 80, 10, fill="muted"),
    Words(50, 98, "Meedoen", 8, "text", "middle"),
), "Meedoen: 6")


def shown(qtbot: QtBot, picture: Picture, width: int, height: int) -> PictureView:
    view = PictureView(picture)
    qtbot.addWidget(view)
    view.resize(width, height)
    view.show()
    return view


def dot(view: PictureView, x: float, y: float) -> QColor:
    image = view.grab().toImage()
    return image.pixelColor(round(x * image.width()), round(y * image.height()))


def test_shapes_stand_where_they_should_in_the_colours_of_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    dress(qapp)
    view = shown(qtbot, SQUARE, 300, 300)
    light = (dot(view, 0.5, 0.3).name(), dot(view, 0.5, 0.6).name(), dot(view, 0.5, 0.8).name())
    theme.apply(qapp, "dark")
    dark = dot(view, 0.5, 0.3).name()
    dress(qapp)
    tokens = theme.TOKENS["light"]
    assert light == tuple(tokens[name].lower() for name in ("primary", "text", "muted"))
    assert dark == theme.TOKENS["dark"]["primary"].lower()


def test_a_wide_place_keeps_the_proportions(qapp: QApplication, qtbot: QtBot) -> None:
    dress(qapp)
    view = shown(qtbot, SQUARE, 600, 300)
    assert dot(view, 0.5, 0.3).name() == theme.TOKENS["light"]["primary"].lower()
    assert dot(view, 0.15, 0.3).name() != theme.TOKENS["light"]["primary"].lower()


def test_the_picture_is_told_to_who_cannot_see_it(qtbot: QtBot) -> None:
    view = shown(qtbot, SQUARE, 100, 100)
    assert view.accessibleDescription() == "Meedoen: 6"


def test_the_picture_grows_with_the_text(qapp: QApplication, qtbot: QtBot) -> None:
    dress(qapp)
    view = shown(qtbot, SQUARE, 100, 100)
    usual = view.sizeHint().height()
    dress(qapp, 200)
    large = view.sizeHint().height()
    dress(qapp)
    assert large == pytest.approx(2 * usual, abs=1)
