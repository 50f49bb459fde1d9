"""Belstand by keyboard: the number, the script in its order, one key for how it went, the intake planned at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions.contacts import record_contact
from desktop.rules.deeds import ContactDraft
from desktop.rules.staff import Member
from desktop.screens import calls
from desktop.storage.changes import Audit
from desktop.storage.models import Appointment, Contact, ContactAttempt, Person, Voucher
from tests.factory import add_practice, add_voucher, counts, days_ago
from tests.screens.room import Room


@pytest.fixture
def voucher(office: Member) -> Voucher:
    practice = add_practice()
    doctor = Contact.get(Contact.role == "gp")
    return add_voucher(
        office, practice, referrer=doctor.id, dated_on=days_ago(3), received_on=days_ago(3), consent_report_back="ask"
    )


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Room:
    return Room(qtbot, office, calls.PAGES)


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def type_here(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def test_number_is_large_and_the_script_asks_first_who_is_there(room: Room, voucher: Voucher) -> None:
    room.open("call", voucher_id=voucher.id)
    said = room.texts()
    assert "06 8765 4321" in said
    assert said.index("Mag ik uw geboortedatum weten?") < said.index("dokter Jansen")
    assert "03-04-1951" in said
    assert room.page.in_call


def test_opening_a_call_leaves_a_line_in_the_log(room: Room, voucher: Voucher) -> None:
    room.open("call", voucher_id=voucher.id)
    line = Audit.select().order_by(Audit.id.desc()).first()
    assert (line.name, line.person_id) == ("case opened", voucher.person_id)


def test_one_key_records_no_answer_and_goes_back(room: Room, voucher: Voucher) -> None:
    room.open("call", voucher_id=voucher.id)
    with room.qtbot.waitSignal(room.page.closed):
        press(Qt.Key.Key_5)
    attempt = ContactAttempt.get()
    assert (attempt.outcome, attempt.voucher_id) == ("no_answer", voucher.id)
    assert room.said == ["Vastgelegd: geen gehoor"]


def test_calls_back_asks_when_and_is_saved(room: Room, voucher: Voucher) -> None:
    room.open("call", voucher_id=voucher.id)
    press(Qt.Key.Key_3)
    assert ContactAttempt.select().count() == 0
    type_here("morgen")
    room.save()
    assert ContactAttempt.get().call_back_on == days_ago(-1)


def test_day_that_cannot_be_is_said_at_the_field_and_nothing_is_stored(room: Room, voucher: Voucher) -> None:
    room.open("call", voucher_id=voucher.id)
    press(Qt.Key.Key_4)
    type_here("31-2")
    room.save()
    assert room.page.when.editor("call_back_on").complaint() == "Deze datum bestaat niet."
    assert ContactAttempt.select().count() == 0


def test_reached_offers_free_moments_and_one_press_plans_the_intake(room: Room, voucher: Voucher) -> None:
    room.open("call", voucher_id=voucher.id)
    room.page.informed.setChecked(True)
    press(Qt.Key.Key_1)
    assert "Plan de intake bij F. Yıldız" in room.texts()
    slot = room.page.planning.buttons[0]
    assert slot.hasFocus()
    with room.qtbot.waitSignal(room.page.closed):
        press(Qt.Key.Key_Space)
    planned = Appointment.get()
    assert (planned.kind, planned.state, planned.voucher_id) == ("intake", "planned", voucher.id)
    assert Voucher.get_by_id(voucher.id).status == "intake_planned"
    assert Person.get_by_id(voucher.person_id).informed_on == days_ago(0)


def test_at_home_without_a_house_to_go_to_is_asked_in_the_call(room: Room, voucher: Voucher) -> None:
    Person.update(street="", number="", postcode="").where(Person.id == voucher.person_id).execute()  # a town is left
    room.open("call", voucher_id=voucher.id)
    press(Qt.Key.Key_1)
    room.page.planning.where.set_values({"place": "home"})
    room.page.planning.buttons[0].click()
    assert "adres van deze persoon is niet bekend" in room.texts()
    assert Appointment.select().count() == 0
    with room.qtbot.waitSignal(room.page.closed):
        press(Qt.Key.Key_Space)
    assert (Appointment.get().place, Appointment.get().address) == ("home", "")


def test_telling_where_the_data_came_from_after_the_key_still_counts(room: Room, voucher: Voucher) -> None:
    room.open("call", voucher_id=voucher.id)
    press(Qt.Key.Key_1)
    room.page.informed.setChecked(True)
    assert Person.get_by_id(voucher.person_id).informed_on == days_ago(0)


def test_answer_about_reporting_back_is_kept_at_once(room: Room, voucher: Voucher) -> None:
    room.open("call", voucher_id=voucher.id)
    room.click("Mogen wij terugkoppelen aan Huisartsenpraktijk De Linde?: Ja")
    assert counts(voucher) == "yes"


def test_digits_in_the_note_are_just_digits(room: Room, voucher: Voucher) -> None:
    room.open("call", voucher_id=voucher.id)
    room.type_in("Notitie", "na 5 uur bellen")
    assert ContactAttempt.select().count() == 0
    assert room.page.note.raw() == {"note": "na 5 uur bellen"}


def test_note_that_is_not_recorded_is_not_lost_by_escape(room: Room, voucher: Voucher) -> None:
    room.open("call", voucher_id=voucher.id)
    room.type_in("Notitie", "dochter neemt op")
    assert not room.page.may_close()
    assert "nog niet vastgelegd" in room.texts()


def test_earlier_attempts_stand_beside_the_call(room: Room, office: Member, voucher: Voucher) -> None:
    room.open("call", voucher_id=voucher.id)
    room.desk.perform(record_contact, ContactDraft(voucher_id=voucher.id, outcome="voicemail"))
    assert room.page.history.rows()[0].title == "Gebeld: voicemail"


def test_who_wants_no_voicemail_gets_none(room: Room, office: Member) -> None:
    silent = add_voucher(office, None, surname="Jansen", voicemail="no")
    room.open("call", voucher_id=silent.id)
    assert "Spreek niets in" in room.texts()
    assert "Wilt u mij terugbellen" not in room.texts()


def test_case_that_is_gone_gives_a_page_and_a_sentence(room: Room) -> None:
    room.open("call", voucher_id=999)
    assert "Dit is er niet meer." in room.texts()
    assert room.troubled
