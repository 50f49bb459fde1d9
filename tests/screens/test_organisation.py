"""The organisation by keyboard: a logo that is looked at first, a colour that can be read, the test page as typed."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions.letter_looks import open_letter
from desktop.actions.letters import write_letter
from desktop.rules.staff import Member
from desktop.screens import organisation
from desktop.screens.organisation import OrganisationForm
from desktop.storage.models import Organisation
from desktop.widgets.lines import SearchLine
from tests.factory import add_practice, add_voucher
from tests.paper import reading
from tests.screens.room import Room

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 80"><rect x="0" y="0" width="120" height="80" '
    'fill="#8B1E3F"/></svg>'
)


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Iterator[Room]:
    made = Room(qtbot, office, organisation.PAGES)
    made.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made.window)
    yield made
    made.desk.close()


def opened(room: Room) -> OrganisationForm:
    page: OrganisationForm = room.open("organisation")
    return page


def logo_of(page: OrganisationForm) -> Any:
    return page.editor("logo")


def choose(room: Room, page: OrganisationForm, path: Path, name: str = "Logo: Afbeelding kiezen") -> None:
    """The file dialog answers with this file; its button is pressed with the space bar."""
    logo_of(page).choose_file = lambda *_asked: str(path)
    room.click(name)


def a_png(path: Path, size: tuple[int, int] = (600, 200)) -> Path:
    Image.new("RGB", size, (139, 30, 63)).save(path, "PNG")
    return path


def stored() -> Organisation:
    found: Organisation = Organisation.get()
    return found


def test_a_png_is_chosen_looked_at_saved_and_stands_on_the_next_letter(
    room: Room, office: Member, tmp_path: Path
) -> None:
    page = opened(room)
    choose(room, page, a_png(tmp_path / "logo.png"))
    assert not logo_of(page).shown().isNull()
    assert logo_of(page).note() == "Op de brief 39 bij 13 mm."
    page.draw()
    assert has_colour(page, "#8B1E3F")
    room.save()
    assert room.said == ["Organisatie opgeslagen"]
    assert Image.open(BytesIO(bytes(stored().logo))).size == (600, 200)
    letter = write_letter(office, add_voucher(office, add_practice()).id, "arrived")
    assert open_letter(office, letter.id).content.letterhead.logo == bytes(stored().logo)


def test_the_test_page_comes_right_after_the_shift(room: Room) -> None:
    page = opened(room)
    room.go_to("Omlaag schuiven, mm")
    room.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.test_page


def test_a_colour_is_typed_by_its_name(room: Room) -> None:
    opened(room)
    room.type_in("Kleur", "rood")
    room.save()
    assert stored().colour == "#B3261E"


def test_the_list_of_colours_does_not_hide_what_is_wrong(room: Room) -> None:
    page = opened(room)
    room.type_in("Kleur", "#ffff66")
    room.save()
    assert "te licht" in page.editor("colour").complaint()
    line = page.editor("colour").focus_widget()
    assert isinstance(line, SearchLine)
    assert line.offered() == []


def test_an_svg_becomes_sharp_dots_on_white(room: Room, tmp_path: Path) -> None:
    page = opened(room)
    (tmp_path / "logo.svg").write_text(SVG)
    choose(room, page, tmp_path / "logo.svg")
    room.save()
    kept = Image.open(BytesIO(bytes(stored().logo))).convert("RGB")
    assert kept.size == (936, 312)
    assert kept.getpixel((100, 100)) == (139, 30, 63)
    assert kept.getpixel((900, 100)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("fake.png", b"this is no picture", "Dit is geen afbeelding die kan worden afgedrukt"),
        ("script.svg", SVG.replace("</svg>", "<script/></svg>").encode(), "een script"),
        ("empty.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "niets te zien"),
        ("outside.svg", SVG.replace("</svg>", '<a href="http://x.example"/></svg>').encode(), "daarbuiten"),
        ("huge.png", b"\x89PNG" + b"\0" * 6_000_000, "te groot"),
        ("huger.jpg", b"\xff\xd8" + b"\0" * 21_000_000, "te groot"),
    ],
)
def test_a_file_that_cannot_be_a_logo_is_refused_beside_the_field_and_the_old_one_stays(
    room: Room, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    page = opened(room)
    choose(room, page, a_png(tmp_path / "logo.png"))
    (tmp_path / name).write_bytes(content)
    choose(room, page, tmp_path / name, "Logo: Andere afbeelding kiezen")
    assert said in logo_of(page).complaint()
    assert not logo_of(page).shown().isNull()
    assert logo_of(page).value() is not None


def test_thin_small_and_missing_files(room: Room, tmp_path: Path) -> None:
    page = opened(room)
    choose(room, page, a_png(tmp_path / "thin.png", (1, 5000)))
    assert "een streep" in logo_of(page).complaint()
    assert logo_of(page).value() is None
    choose(room, page, tmp_path / "gone.png")
    assert "kon niet worden gelezen" in logo_of(page).complaint()
    choose(room, page, a_png(tmp_path / "small.png", (90, 30)))
    assert "het wordt niet scherp" in logo_of(page).note()


def test_nothing_chosen_changes_nothing_and_a_logo_can_be_taken_away(room: Room, tmp_path: Path) -> None:
    page = opened(room)
    choose(room, page, a_png(tmp_path / "logo.png"))
    room.save()
    again = opened(room)
    logo_of(again).choose_file = lambda *_asked: ""
    room.click("Logo: Andere afbeelding kiezen")
    assert not again.is_edited()
    room.click("Weghalen")
    assert again.is_edited()
    room.save()
    assert stored().logo is None


def test_an_unfinished_logo_comes_back(room: Room, tmp_path: Path) -> None:
    page = opened(room)
    choose(room, page, a_png(tmp_path / "logo.png"))
    raw = page.raw()
    other = opened(room)
    other.restore(raw)
    assert logo_of(other).value() == logo_of(page).value()
    other.restore({**raw, "logo": "%%%"})
    assert logo_of(other).value() is None


def test_a_colour_is_picked_by_name_and_a_light_one_is_refused(room: Room) -> None:
    page = opened(room)
    room.type_in("Kleur", "#FFD700")
    room.save()
    assert "te licht om op wit papier te lezen" in page.editor("colour").complaint()
    assert stored().colour == "#0B6B6B"
    room.type_in("Kleur", "bordeaux")
    room.press(Qt.Key.Key_Down)
    room.press(Qt.Key.Key_Return)
    assert page.editor("colour").raw() == "Bordeauxrood #8B1E3F"
    page.draw()
    assert has_colour(page, "#8B1E3F")
    room.save()
    assert stored().colour == "#8B1E3F"


def test_the_letterhead_is_drawn_as_typed(room: Room) -> None:
    page = opened(room)
    before = page.head.image().copy()
    room.type_in("Naam van de organisatie", "Welzijn Elders")
    room.qtbot.waitUntil(lambda: page.head.image() != before)
    room.type_in("Telefoon", "geen nummer")
    page.draw()
    assert not page.head.image().isNull()


def test_the_test_page_is_of_what_is_typed_not_of_what_is_saved(room: Room) -> None:
    page = opened(room)
    room.type_in("Naar rechts schuiven, mm", "4")
    room.type_in("Omlaag schuiven, mm", "-3")
    room.click("Testblad voor de envelop")
    name, asked = room.opened[-1]
    assert name == "preview"
    assert "Nu: 4 mm naar rechts, 3 mm omhoog." in reading.flat(asked["pdf"])
    assert (stored().shift_x, stored().shift_y) == (0, 0)
    assert page.is_edited()


def test_a_shift_too_far_is_refused_before_there_is_a_test_page(room: Room) -> None:
    page = opened(room)
    room.type_in("Naar rechts schuiven, mm", "40")
    room.click("Testblad voor de envelop")
    assert page.editor("shift_x").complaint() == "Hoogstens 20 mm."
    assert room.opened[-1][0] == "organisation"


def has_colour(page: OrganisationForm, code: str) -> bool:
    """Whether the letterhead as shown has this colour somewhere, give or take what a JPEG blurs."""
    image, wanted = page.head.image(), QColor(code)
    seen = (image.pixelColor(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))
    return any(
        max(abs(one.red() - wanted.red()), abs(one.green() - wanted.green()), abs(one.blue() - wanted.blue())) < 6
        for one in seen
    )
