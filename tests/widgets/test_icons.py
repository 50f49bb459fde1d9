"""Icons have a shape, and the colour of the theme they are shown in."""

import sys

from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets import icons, parts, theme
from tests.widgets.dressing import dress


def ink(icon: QIcon) -> QColor:
    """The colour of the darkest dot of an icon, fully covered ones first."""
    image = icon.pixmap(48, 48).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    dots = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(dots, key=lambda dot: dot.alpha())


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    dress(qapp)
    assert ink(icons.icon("phone", "primary")).name() == theme.TOKENS["light"]["primary"].lower()


def test_a_button_changes_its_icon_with_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    dress(qapp)
    button = parts.button("Bellen", icon="phone")
    qtbot.addWidget(button)
    theme.apply(qapp, "dark")
    dark = ink(button.icon()).name()
    dress(qapp)
    assert dark == theme.TOKENS["dark"]["text"].lower()
    assert ink(button.icon()).name() == theme.TOKENS["light"]["text"].lower()


def test_a_name_that_is_not_in_the_set_is_known_to_be_missing() -> None:
    assert icons.known("phone")
    assert not icons.known("fone")


def test_many_calls_into_qt_use_up_nothing_of_python(qapp: QApplication) -> None:
    for _ in range(50_000):
        qapp.setObjectName("again")
    assert sys.getrefcount(None) > 1000
