"""Looking back and taking back by keyboard: the history of a record, and the list of one's own last steps."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.actions.vouchers import correct_person
from desktop.rules.people import PersonDraft
from desktop.rules.staff import Member
from desktop.screens import history
from desktop.storage.changes import Audit
from desktop.storage.models import Person
from tests.factory import add_member, add_practice, add_voucher
from tests.screens.room import Room


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Iterator[Room]:
    made = Room(qtbot, office, history.PAGES)
    yield made
    made.desk.close()


def rename(by: Member, person_id: int, surname: str) -> None:
    person = Person.get_by_id(person_id)
    correct_person(by, PersonDraft(id=person.id, version=person.version, surname=surname, comes_by=True))


def shown(page: object, row: int = 0) -> list[str]:
    model = page.table.model()  # type: ignore[attr-defined]
    record = model.record(row)
    return [column.show(record) for column in model.columns]


def test_history_shows_the_newest_change_first_with_old_and_new(room: Room, office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    rename(office, voucher.person_id, "Kuiper")
    page = room.open("history", kind="person", record_id=voucher.person_id)
    page.search.setText("kuiper")
    page.refresh()
    assert page.title == "Geschiedenis: Kuiper"
    assert shown(page)[1:6] == ["F. Yıldız", "Deelnemer", "Achternaam", "Meer-de Wit", "Kuiper"]
    assert shown(page)[6] == "Deelnemer gecorrigeerd"


def test_history_narrows_by_field_and_sorts_by_who(room: Room, office: Member) -> None:
    voucher = add_voucher(office)
    rename(add_member("A. Aalbers", "coach"), voucher.person_id, "Kuiper")
    page = room.open("history", kind="person", record_id=voucher.person_id)
    page.search.setText("achternaam")
    page.refresh()
    assert page.table.count() == 2
    page.search.setText("aalbers")
    page.refresh()
    assert {shown(page, row)[1] for row in range(page.table.count())} == {"A. Aalbers"}


def test_looking_at_history_leaves_a_line_in_the_log(room: Room, office: Member) -> None:
    voucher = add_voucher(office)
    room.open("history", kind="person", record_id=voucher.person_id)
    line = Audit.select().order_by(Audit.id.desc()).get()
    assert (line.name, line.person_id) == ("record's history opened", voucher.person_id)


def test_history_of_what_is_gone_says_so(room: Room) -> None:
    room.open("history", kind="person", record_id=99)
    assert "niet meer" in room.texts()


def test_a_step_is_taken_back_with_enter_and_the_list_says_so(room: Room, office: Member) -> None:
    voucher = add_voucher(office)
    rename(office, voucher.person_id, "Kuiper")
    page = room.open("undo_list")
    page.rows.setFocus()
    assert [row.title for row in page.rows.rows()] == ["Deelnemer gecorrigeerd", "Voucher ingevoerd"]
    assert page.rows.rows()[1].action == ""  # the later correction builds on it
    room.press(Qt.Key.Key_Return)
    assert Person.get().surname == "Meer-de Wit"
    assert room.said == ["Ongedaan gemaakt"]
    rows = page.rows.rows()
    assert rows[0].action == ""
    assert "al ongedaan gemaakt" in rows[0].subtitle
    assert rows[1].action == "Ongedaan maken"


def test_a_step_that_cannot_be_taken_back_gives_its_reason_and_does_nothing(room: Room, office: Member) -> None:
    voucher = add_voucher(office)
    rename(add_member("K. de Boer", "coach"), voucher.person_id, "Kuiper")
    page = room.open("undo_list")
    assert "K. de Boer" in page.rows.rows()[0].subtitle
    page.rows.setFocus()
    page.rows.select(page.rows.rows()[0].key)
    room.press(Qt.Key.Key_Return)
    assert room.troubled == []
    assert Person.get().surname == "Kuiper"


def test_nobody_has_done_anything_yet(qtbot: QtBot, office: Member) -> None:
    room = Room(qtbot, add_member("Nieuw", "intake"), history.PAGES)
    room.open("undo_list")
    assert "niets" in room.texts()
    room.desk.close()
