"""The look can be read by everybody: contrast from the palette, sizes that grow, the system followed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets import theme
from tests.widgets.dressing import dress

TEXT_PAIRS = [
    ("text", "bg"), ("text", "surface"), ("text", "field"), ("text", "tint"), ("text", "quiet"),
    ("muted", "bg"), ("muted", "surface"), ("muted", "field"), ("muted", "tint"),
    ("primary", "bg"), ("primary", "surface"), ("primary", "tint"), ("on_primary", "primary"),
    ("late", "surface"), ("late", "bg"), ("late", "late_bg"), ("soon", "surface"), ("soon", "soon_bg"),
    ("well", "well_bg"), ("news", "news_bg"), ("news", "surface"), ("text", "well_bg"), ("primary", "well_bg"),
    ("text", "late_bg"), ("text", "soon_bg"), ("text", "news_bg"),
]
EDGE_PAIRS = [("edge", "surface"), ("edge", "bg"), ("edge", "field"), ("primary", "surface"), ("late", "field")]


def luminance(token: str, scheme: str) -> float:
    colour = QColor(theme.TOKENS[scheme][token])
    channels = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(front: str, back: str, scheme: str) -> float:
    lighter, darker = sorted((luminance(front, scheme), luminance(back, scheme)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
def test_every_text_can_be_read_on_its_background(scheme: str) -> None:
    too_faint = [pair for pair in TEXT_PAIRS if contrast(*pair, scheme) < 4.5]
    assert too_faint == []


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
def test_the_edges_of_fields_and_buttons_can_be_seen(scheme: str) -> None:
    too_faint = [pair for pair in EDGE_PAIRS if contrast(*pair, scheme) < 3]
    assert too_faint == []


def test_high_contrast_is_higher_than_the_usual() -> None:
    assert contrast("text", "surface", "contrast") == pytest.approx(21)
    assert contrast("muted", "bg", "contrast") > 7


def test_all_schemes_know_the_same_colours() -> None:
    assert {frozenset(tokens) for tokens in theme.TOKENS.values()} == {frozenset(theme.TOKENS["light"])}


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
def test_the_style_sheet_has_no_placeholder_left(scheme: str) -> None:
    assert "@" not in theme.style_sheet(scheme, 125).split("*/", 1)[1].replace("@media", "")


def test_ctrl_plus_makes_everything_larger_and_ctrl_0_usual_again(qapp: QApplication) -> None:
    dress(qapp)
    kept: list[int] = []
    theme.remember_with(lambda _scheme, percent: kept.append(percent))
    theme.zoom(qapp, 1)
    larger = qapp.font().pointSizeF()
    for _ in range(9):
        theme.zoom(qapp, 1)
    largest = theme.percent()
    theme.zoom(qapp, 0)
    assert larger == pytest.approx(10.5 * 1.25)
    assert largest == 200
    assert qapp.font().pointSizeF() == pytest.approx(10.5)
    assert (kept[0], kept[-1]) == (125, 100)


def test_the_room_around_things_grows_along(qapp: QApplication, qtbot: QtBot) -> None:
    dress(qapp)
    card = QWidget()
    qtbot.addWidget(card)
    layout = QVBoxLayout(card)
    theme.space(layout, 8, (16, 12, 16, 12))
    theme.apply(qapp, "light", 200)
    assert (layout.spacing(), layout.contentsMargins().left()) == (16, 32)
    dress(qapp)
    assert (layout.spacing(), layout.contentsMargins().left()) == (8, 16)


def test_the_system_going_dark_is_followed_unless_light_was_chosen(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.apply(qapp, "system")
    monkeypatch.setattr(theme, "_system_scheme", lambda: "dark")
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    followed = theme.shown()
    theme.apply(qapp, "light")
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    chosen = theme.shown()
    dress(qapp)
    assert (followed, chosen) == ("dark", "light")


def test_names_from_everywhere_are_set_in_the_programs_own_letter(qapp: QApplication, qtbot: QtBot) -> None:
    dress(qapp)
    label = QLabel("Łukasiewicz Nguyễn Yıldız")
    qtbot.addWidget(label)
    assert QFontInfo(label.font()).family() == "Noto Sans"
    assert all(label.fontMetrics().inFontUcs4(ord(letter)) for letter in "Łễızđ")
