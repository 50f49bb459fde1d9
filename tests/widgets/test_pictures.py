"""The field with a picture, the picture of a page, and an SVG drawn once."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.errors import Refused
from desktop.paper.letterhead import render_letterhead
from desktop.rules.letters import Letterhead
from desktop.widgets.fields import Picture
from desktop.widgets.group import FieldGroup
from desktop.widgets.papers import PaperPicture
from desktop.widgets.pictures import PictureEditor, read_file
from desktop.widgets.vectors import draw_svg
from tests.widgets.dressing import dress

HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
SQUARE = HEAD + b'<rect width="5" height="10" fill="#ff0000"/></svg>'


@pytest.fixture(autouse=True)
def _dressed(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    dress(application)


def a_picture() -> bytes:
    written = BytesIO()
    Image.new("RGB", (30, 10), "red").save(written, "PNG")
    return written.getvalue()


def a_group(qtbot: QtBot, required: bool = False) -> FieldGroup:
    def read(data: bytes) -> bytes:
        if data == b"bad":
            raise Refused("Not this one.")
        return a_picture()

    group = FieldGroup([Picture("logo", "Logo", read, required=required)])
    qtbot.addWidget(group)
    group.show()
    return group


def logo_of(group: FieldGroup) -> PictureEditor:
    editor = group.editor("logo")
    assert isinstance(editor, PictureEditor)
    return editor


def test_a_chosen_picture_is_shown_and_told_as_edited(qtbot: QtBot, tmp_path: Path) -> None:
    group = a_group(qtbot)
    editor = logo_of(group)
    (tmp_path / "good.png").write_bytes(b"good")
    editor.choose_file = lambda *_asked: str(tmp_path / "good.png")
    with qtbot.waitSignal(editor.edited):
        editor.choose()
    assert editor.value() == a_picture()
    assert editor.shown().width() == 30
    assert editor.focus_widget().accessibleName() == "Logo: Andere afbeelding kiezen"
    editor.take_away()
    assert editor.value() is None
    assert editor.shown().isNull()
    assert editor.focus_widget().accessibleName() == "Logo: Afbeelding kiezen"


def test_a_refused_file_is_said_and_changes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    group = a_group(qtbot)
    editor = logo_of(group)
    editor.set_value(a_picture())
    (tmp_path / "bad.png").write_bytes(b"bad")
    editor.choose_file = lambda *_asked: str(tmp_path / "bad.png")
    with qtbot.assertNotEmitted(editor.edited):
        editor.choose()
    assert editor.complaint() == "Not this one."
    assert editor.value() == a_picture()


def test_what_must_be_there_is_missed(qtbot: QtBot) -> None:
    group = a_group(qtbot, required=True)
    with pytest.raises(Refused) as refused:
        group.values()
    assert refused.value.fields == {"logo": "Vul dit in."}


def test_a_kept_picture_is_put_back_as_it_was(qtbot: QtBot) -> None:
    group = a_group(qtbot)
    editor = logo_of(group)
    editor.set_value(a_picture())
    raw = editor.raw()
    editor.set_value(None)
    assert editor.raw() == ""
    editor.set_raw(raw)
    assert editor.value() == a_picture()


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone"):
        with pytest.raises(Refused):
            read_file(str(path))


def test_an_svg_is_drawn_on_white_in_its_own_shape() -> None:
    seen = Image.open(BytesIO(draw_svg(SQUARE, 300, 120))).convert("RGB")
    assert seen.size == (120, 120)
    assert seen.getpixel((10, 10)) == (255, 0, 0)
    assert seen.getpixel((110, 10)) == (255, 255, 255)


def test_the_picture_of_a_page_is_as_wide_as_there_is_room_and_keeps_its_shape(qtbot: QtBot) -> None:
    picture = PaperPicture("Head")
    qtbot.addWidget(picture)
    assert picture.heightForWidth(300) == 0
    picture.resize(320, 60)
    picture.show()
    picture.show_pdf(render_letterhead(Letterhead("Welzijn Dorpstad")))
    assert picture.heightForWidth(320) == 52
    assert picture.image().width() == 320
    picture.resize(2000, 60)
    assert picture.image().width() == 640
    picture.show_pdf(render_letterhead(Letterhead("Welzijn Elders")))
    assert picture.accessibleName() == "Head"
