"""Reading a list from a file on screen: look at every row, take over, undo; and every file that is no list."""

import csv
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.exchange.spreadsheets import read_table
from desktop.paths import resource
from desktop.rules.staff import Member
from desktop.screens import imports
from desktop.storage.changes import Audit
from desktop.storage.models import Activity, Practice
from tests.screens.room import Room

PRACTICES = resource("exercise", "praktijken.csv")
CATALOGUE = resource("exercise", "aanbod.xlsx")


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Iterator[Room]:
    made = Room(qtbot, office, imports.PAGES)
    yield made
    made.desk.close()


def read(room: Room, name: str, path: Path) -> Any:
    """Open the page and choose this file with the button."""
    page = room.open(name)
    page.choose_file = lambda _parent: str(path)
    with room.work_done():
        room.click("Bestand kiezen")
    return page


def take_over(room: Room, name: str) -> None:
    with room.work_done():
        room.click(name)


def test_list_of_practices_is_looked_at_taken_over_and_undone(room: Room) -> None:
    page = read(room, "import_practices", PRACTICES)
    assert page.totals.text().startswith("8 rijen: 4 nieuw, 1 ")
    assert len(page.rows.rows()) == 8
    assert Practice.select().count() == 0
    take_over(room, "4 rijen overnemen")
    assert Practice.select().count() == 4
    assert "Overgenomen: 4 praktijken met 13 contactpersonen." in room.texts()
    assert room.said[-1] == "Overgenomen"
    with room.work_done():
        room.click("Ongedaan maken")
    room.qtbot.waitUntil(lambda: page.take_button.isEnabled())
    assert Practice.select().count() == 0


def test_after_a_file_that_cannot_be_read_the_keyboard_is_back_on_the_button(room: Room, tmp_path: Path) -> None:
    empty = tmp_path / "leeg.csv"
    empty.write_bytes(b"")
    page = room.open("import_practices")
    page.choose_file = lambda _parent: str(empty)
    room.go_to("Bestand kiezen")
    with room.work_done():
        room.press(Qt.Key.Key_Space)
    room.qtbot.waitUntil(page.choose_button.hasFocus)
    assert "Dit bestand is leeg." in room.texts()


def test_lost_letter_is_flagged_at_its_row_with_the_whole_row_beside_it(room: Room) -> None:
    page = read(room, "import_practices", PRACTICES)
    room.click("nakijken 2")
    assert [row.title for row in page.rows.rows()] == ["Medisch Centrum Havenkwartier", "Praktijk Böhm & Dochter"]
    assert "Y?ld?z" in page.row_why.text()
    assert "Telefoon: 050 211 30 02" in page.row_cells.text()


def test_catalogue_then_the_same_file_once_more_adds_nothing(room: Room) -> None:
    page = read(room, "import_activities", CATALOGUE)
    assert "blad Aanbod" in page.file.text()
    take_over(room, "14 rijen overnemen")
    assert Activity.select().count() == 14
    again = read(room, "import_activities", CATALOGUE)
    assert "14 " in again.totals.text()
    assert not again.take_button.isEnabled()
    assert again.take_button.text() == "Niets nieuws"


def test_keys_of_the_buttons_work_whatever_the_buttons_say(room: Room) -> None:
    page = read(room, "import_practices", PRACTICES)
    QTest.keySequence(page, "Ctrl+Return")  # "take over 4 rows"
    room.qtbot.waitUntil(lambda: "Overgenomen" in room.said and page.choose_button.isEnabled())
    asked: list[QWidget] = []

    def choose(parent: QWidget) -> str:
        asked.append(parent)
        return ""

    page.choose_file = choose
    QTest.keySequence(page, "Ctrl+O")  # "choose another file"
    room.qtbot.waitUntil(lambda: asked == [page])  # a button is seen going down first


def test_button_pressed_twice_stores_once(room: Room) -> None:
    page = read(room, "import_practices", PRACTICES)
    with room.work_done():
        page.take_over()
        page.take_over()
    page.take_over()
    assert Practice.select().count() == 4
    assert Audit.select().where(Audit.name == "practices imported").count() == 1


def test_backup_comes_first_and_without_one_nothing_is_stored(room: Room) -> None:
    asked: list[Callable[..., None]] = []
    room.office.back_up = lambda done, target="", failed=None: asked.append(done)
    page = read(room, "import_practices", PRACTICES)
    room.click("4 rijen overnemen")
    assert len(asked) == 1
    assert Practice.select().count() == 0
    room.desk.busy.emit(False)  # the backup failed and said so; staff may try again
    assert page.take_button.isEnabled()
    with room.work_done():
        asked[0]("a backup")
    assert Practice.select().count() == 4


def test_column_with_a_name_of_their_own_is_chosen_by_keyboard(room: Room, tmp_path: Path) -> None:
    odd = tmp_path / "raar.csv"
    odd.write_text("Wie;Woonachtig\nPraktijk Oost;Dorpstad\n", encoding="utf-8")
    page = read(room, "import_practices", odd)
    assert "In welke kolom staat de naam?" in room.texts()
    room.type_in("Naam", "wie")
    with room.work_done():
        room.press(Qt.Key.Key_Return)
    assert page.totals.text() == "2 rijen: 1 nieuw, 1 geen gegevens."
    room.type_in("Plaats", "woon")
    with room.work_done():
        room.press(Qt.Key.Key_Return)
    take_over(room, "1 rij overnemen")
    assert [(each.name, each.town) for each in Practice.select()] == [("Praktijk Oost", "Dorpstad")]


def test_column_given_to_another_field_moves_there(room: Room) -> None:
    page = read(room, "import_practices", PRACTICES)
    page._turn_columns()
    room.type_in("Andere contactpersonen", "POH (H)")
    with room.work_done():
        room.press(Qt.Key.Key_Return)
    assert page.preview.columns.columns["other"] == 7
    assert "poh" not in page.preview.columns.columns
    assert page.fields.raw().get("poh") is None


def test_rows_left_out_are_saved_with_the_reason(room: Room, tmp_path: Path) -> None:
    page = read(room, "import_practices", PRACTICES)
    target = tmp_path / "over"
    page.choose_target = lambda _parent, _name: str(target)
    room.click("Overgeslagen rijen opslaan")
    assert room.said[-1] == "1 rij opgeslagen in over.xlsx"
    assert "nieuwe lijst" in read_table(tmp_path / "over.xlsx").rows[1].cells[0]


def test_file_dropped_on_the_page_is_looked_at(room: Room) -> None:
    page = room.open("import_practices")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(PRACTICES))])
    drop = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with room.work_done():
        page.dropEvent(drop)
    assert len(page.rows.rows()) == 8


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)


def big(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)


BAD: dict[str, Callable[[Path], object]] = {
    "leeg.csv": lambda path: path.write_bytes(b""),
    "foto.xlsx": lambda path: path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(3000)),
    "kapot.xlsx": lambda path: path.write_bytes(b"PK\x03\x04" + bytes(400)),
    "vijftig.csv": big,
    "bom.xlsx": bomb,
    "map.csv": lambda path: path.mkdir(),
    "weg.csv": lambda path: None,
}


@pytest.mark.parametrize("name", list(BAD))
def test_file_that_is_no_list_is_a_plain_sentence_and_the_page_goes_on(room: Room, tmp_path: Path, name: str) -> None:
    BAD[name](tmp_path / name)
    page = read(room, "import_practices", tmp_path / name)
    assert page.notice.text().endswith(".")
    assert "Traceback" not in page.notice.text()
    assert page.preview is None
    assert Practice.select().count() == 0
    page.choose_file = lambda _parent: str(PRACTICES)
    with room.work_done():
        page.choose()
    assert page.notice.text() == ""
    assert len(page.rows.rows()) == 8


def test_leaving_without_taking_over_stores_nothing(room: Room) -> None:
    page = read(room, "import_practices", PRACTICES)
    assert page.may_close()
    assert Practice.select().count() == 0


def test_page_closed_while_the_import_runs_finishes_the_import_and_says_so(room: Room) -> None:
    page = read(room, "import_practices", PRACTICES)
    room.open("import_activities")
    with room.work_done():
        page.take_over()
        page.closed.emit()
        shiboken6.delete(page)
    assert Practice.select().count() == 4
    assert room.said[-1] == "Overgenomen"


@pytest.mark.parametrize("name", ["<b>Oost</b>", "{x}", "'; DROP TABLE practice", "Praktijk 🙂", "بيت الحي", '"Oost"'])
def test_odd_names_in_a_file_are_shown_and_stored_as_they_are(room: Room, tmp_path: Path, name: str) -> None:
    odd = tmp_path / "raar.csv"
    with odd.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([["naam", "plaats"], [name, "Dorpstad"]])
    page = read(room, "import_practices", odd)
    assert page.rows.rows()[1].title == name
    take_over(room, "1 rij overnemen")
    assert [each.name for each in Practice.select()] == [name]


# ---- what letters call it


def a_list(tmp_path: Path, *rows: Sequence[str]) -> Path:
    path = tmp_path / "aanbod.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([("Activiteit", "Waar", "Omschrijving"), *rows])
    return path


def name_for_letters(page: Any, row: int, name: str) -> None:
    assert page.rows.select(row)
    page.naming.editor("letter_name").set_raw(name)
    page.naming.editor("letter_name").tell_edited()


def test_each_activity_of_a_list_is_asked_how_letters_call_it(room: Room, tmp_path: Path) -> None:
    path = a_list(
        tmp_path, ("Rouwcafé De Linde", "Buurthuis", ""), ("Ommetje", "Park", ""), ("Flierefluiters", "Zaal", "")
    )
    page = read(room, "import_activities", path)
    assert [row.subtitle.split(" · ")[0] for row in page.rows.rows()[1:]] == [
        "in brieven: een inloop in de wijk",
        "in brieven: een wandelgroep in de wijk",
        "in brieven: een activiteit in de wijk",
    ]
    assert "Er is geen thema herkend" in page.rows.rows()[3].subtitle
    name_for_letters(page, 4, "een muziekgroep")
    room.qtbot.waitUntil(lambda: "een muziekgroep" in page.rows.rows()[3].subtitle)
    assert "Mevrouw gaat naar een muziekgroep." in room.texts()
    take_over(room, "3 rijen overnemen")
    kept = {each.title: each.letter_name for each in Activity.select()}
    assert kept == {
        "Rouwcafé De Linde": "een inloop in de wijk",
        "Ommetje": "een wandelgroep in de wijk",
        "Flierefluiters": "een muziekgroep",
    }


def test_a_name_that_tells_why_is_asked_about_before_it_is_taken_over(room: Room, tmp_path: Path) -> None:
    page = read(room, "import_activities", a_list(tmp_path, ("Samen Verder", "Zaal", "rouw")))
    name_for_letters(page, 2, "een rouwgroep")
    room.qtbot.waitUntil(lambda: "rouwgroep" in page.row_why.text())
    take_over(room, "1 rij overnemen")
    assert Activity.select().count() == 0
    assert "Rij 2: “rouwgroep”" in room.texts()
    take_over(room, "Dat klopt, overnemen")
    assert Activity.get().letter_name == "een rouwgroep"


def test_a_typed_name_stays_when_the_columns_are_read_otherwise(room: Room, tmp_path: Path) -> None:
    page = read(room, "import_activities", a_list(tmp_path, ("Ommetje", "Park", "")))
    name_for_letters(page, 2, "een groep die wandelt")
    with room.work_done():
        page.fields.editor("location_name").set_value(None)
        page.fields.editor("location_name").tell_edited()
    assert page.preview.plan.drafts()[0].letter_name == "een groep die wandelt"
    assert page.naming.editor("letter_name").raw() == "een groep die wandelt"
