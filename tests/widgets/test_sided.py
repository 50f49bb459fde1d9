"""Fields left, one large thing right; below them where there is too little room."""

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.widgets import parts, theme
from desktop.widgets.sided import Sided


def filled(qtbot: QtBot, wide: int) -> tuple[Sided, QLabel, QLabel]:
    field, large = QLabel("Naam"), QLabel("Een blad papier")
    sided = Sided(large)
    qtbot.addWidget(sided)
    parts.fill(sided.inside, field, None)
    sided.place()
    sided.resize(wide, 600)
    sided.show()
    QApplication.processEvents()
    return sided, field, large


def left_of(sided: Sided, field: QLabel, large: QLabel) -> bool:
    return field.mapTo(sided, field.rect().topRight()).x() < large.mapTo(sided, large.rect().topLeft()).x()


def test_the_large_thing_stands_right_and_below_without_room(qtbot: QtBot) -> None:
    sided, field, large = filled(qtbot, 1200)
    assert left_of(sided, field, large)
    sided.resize(theme.px(700), 600)
    QApplication.processEvents()
    assert not left_of(sided, field, large)
    assert large.mapTo(sided, large.rect().topLeft()).y() > field.mapTo(sided, field.rect().bottomLeft()).y()
    sided.resize(1200, 600)
    QApplication.processEvents()
    assert left_of(sided, field, large)


def test_other_fields_take_the_place_and_the_large_thing_stays(qtbot: QtBot) -> None:
    sided, field, large = filled(qtbot, theme.px(700))
    sided.hold()
    sided.inside.removeWidget(field)
    field.hide()
    other = QLabel("Adres")
    sided.inside.insertWidget(0, other)
    sided.place()
    QApplication.processEvents()
    assert large.isVisible()
    assert large.mapTo(sided, large.rect().topLeft()).y() > other.mapTo(sided, other.rect().bottomLeft()).y()
