"""Te doen by keyboard: the row says what to do, Enter does it, and it goes once that is recorded."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.actions.contacts import record_contact
from desktop.actions.endings import record_worry
from desktop.actions.intakes import hold_intake
from desktop.rules.deeds import ContactDraft, IntakeDraft, WorryDraft
from desktop.rules.staff import Member
from desktop.screens import tasks
from desktop.screens.tasks import Tasks
from desktop.settings import Settings
from desktop.storage.models import Postponement, Reason, Voucher
from tests.factory import add_member, add_practice, add_voucher, days_ago
from tests.screens.room import Room


@pytest.fixture
def voucher(office: Member) -> Voucher:
    grief = Reason.get(Reason.code == "grief").id
    return add_voucher(office, add_practice(), dated_on=days_ago(20), received_on=days_ago(20), reasons=(grief,))


@pytest.fixture
def room(qtbot: QtBot, office: Member, tmp_path: Path) -> Room:
    made = Room(qtbot, office, tasks.PAGES)
    made.office.settings = Settings.load(tmp_path)
    return made


def titles(page: Tasks) -> list[str]:
    return [row.title for row in page.rows.rows()]


def test_call_stands_on_the_row_and_enter_opens_the_call(room: Room, voucher: Voucher) -> None:
    room.open("tasks")
    row = room.page.rows.rows()[0]
    assert (row.title, row.strong, row.tone) == ("Bel mevrouw Van der Meer-de Wit", "06 8765 4321", "late")
    assert "te laat" in row.pill
    QTest.keyClick(room.page.rows, Qt.Key.Key_Return)
    assert room.opened[-1] == ("call", {"voucher_id": voucher.id})


def test_shift_enter_opens_the_person(room: Room, voucher: Voucher) -> None:
    room.open("tasks")
    QTest.keyClick(room.page.rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert room.opened[-1] == ("person", {"person_id": voucher.person_id, "voucher_id": voucher.id})


def test_reasons_can_be_hidden_at_a_counter_and_stay_hidden(room: Room, voucher: Voucher) -> None:
    room.open("tasks")
    assert "rouw" in room.page.rows.rows()[0].subtitle
    room.go_to("Redenen verbergen")
    room.press(Qt.Key.Key_Space)
    assert "rouw" not in room.page.rows.rows()[0].subtitle
    room.open("tasks")
    assert "rouw" not in room.page.rows.rows()[0].subtitle


def test_chips_count_and_narrow(room: Room, office: Member, voucher: Voucher) -> None:
    record_worry(office, WorryDraft(voucher_id=voucher.id, kind="neglect", noticed_on=days_ago(0)))
    room.open("tasks")
    assert titles(room.page)[0] == "Zorg over mevrouw Van der Meer-de Wit"
    room.click("Bellen 1")
    assert titles(room.page) == ["Bel mevrouw Van der Meer-de Wit"]
    assert "Alles 3" in room.texts()


def test_count_line_names_the_day_and_what_is_late(room: Room, voucher: Voucher) -> None:
    room.open("tasks")
    assert "2 taken, 2 te laat" in room.texts()


def test_list_looks_again_when_something_is_recorded(room: Room, voucher: Voucher) -> None:
    room.open("tasks")
    room.desk.perform(record_contact, ContactDraft(voucher_id=voucher.id, outcome="reached", informed=True))
    assert titles(room.page)[-1] == "Plan een intake met mevrouw Van der Meer-de Wit"


def test_postponing_takes_two_keys_and_the_task_comes_back(room: Room, voucher: Voucher) -> None:
    room.open("tasks")
    QTest.keyClick(room.page.rows, Qt.Key.Key_U)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_1)
    assert Postponement.get().until == days_ago(-1)
    assert "Bel mevrouw Van der Meer-de Wit" not in titles(room.page)
    assert room.said == ["Komt morgen terug"]


def test_only_mine_leaves_out_what_a_colleague_has(room: Room, office: Member, voucher: Voucher) -> None:
    colleague = add_member("K. de Boer", "coach")
    add_voucher(office, None, surname="Jansen", coach=colleague.id, dated_on=days_ago(3))
    room.open("tasks")
    assert len(titles(room.page)) == 3
    room.go_to("Alleen van mij")
    room.press(Qt.Key.Key_Space)
    assert len(titles(room.page)) == 2


def test_empty_list_says_so_and_offers_a_voucher(room: Room) -> None:
    room.open("tasks")
    assert "Nu niets te doen" in room.texts()
    room.click("Nieuwe voucher")
    assert room.opened[-1][0] == "new_voucher"


@pytest.mark.parametrize("name", ["<b>vet</b>", "{x}", "O'Brien 😀"])
def test_odd_names_stand_as_they_are(room: Room, office: Member, name: str) -> None:
    voucher = add_voucher(office, add_practice(), surname=name, tussenvoegsel="", dated_on=days_ago(1))
    hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(0), informed=True))
    room.open("tasks")
    assert any(name in title for title in titles(room.page))


def test_a_sign_that_nobody_sees_does_not_turn_a_name_around(room: Room, office: Member) -> None:
    add_voucher(office, add_practice(), surname="\u202eomgekeerd", tussenvoegsel="", dated_on=days_ago(1))
    room.open("tasks")
    (title,) = titles(room.page)
    assert "Omgekeerd" in title
    assert "\u202e" not in title
