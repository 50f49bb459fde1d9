"""One person's page: who it is, the whole story as a line of deeds, the next step, and every deed from the keyboard."""

from datetime import time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.actions.appointments import plan_intake
from desktop.actions.contacts import record_contact
from desktop.actions.endings import close_case
from desktop.actions.enrolments import enrol, record_first_time
from desktop.actions.intakes import hold_intake
from desktop.actions.vouchers import register_voucher
from desktop.rules.deeds import (
    AppointmentDraft,
    ClosingDraft,
    ContactDraft,
    EnrolDraft,
    FirstTimeDraft,
    IntakeDraft,
)
from desktop.rules.staff import Member
from desktop.screens import people
from desktop.storage.changes import Audit
from desktop.storage.models import Contact, Letter, LetterMoment, Person, Voucher
from desktop.widgets.picture import PictureView
from tests.factory import a_draft, add_activity, add_practice, add_row, add_voucher, days_ago
from tests.screens.room import Room


@pytest.fixture
def voucher(office: Member) -> Voucher:
    practice = add_practice()
    doctor = Contact.get(Contact.role == "gp")
    made = add_voucher(office, practice, referrer=doctor.id, dated_on=days_ago(10), received_on=days_ago(10))
    record_contact(
        office, ContactDraft(voucher_id=made.id, on=days_ago(8), at=time(9), outcome="reached", informed=True)
    )
    hold_intake(office, IntakeDraft(voucher_id=made.id, held_on=days_ago(6), goals="Onder de mensen", mark_body=7))
    return made


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Room:
    return Room(qtbot, office, people.PAGES)


def open_person(room: Room, voucher: Voucher) -> people.PersonPage:
    page = room.open("person", person_id=voucher.person_id)
    assert isinstance(page, people.PersonPage)
    return page


def item(page: people.PersonPage, text: str) -> None:
    next(deed for words, deed in page.menu_items() if words == text)()


def test_story_stands_on_one_line_of_deeds(room: Room, voucher: Voucher) -> None:
    page = open_person(room, voucher)
    assert [row.title for row in page.rows.rows()] == [
        "Intake gehouden: bij ons op kantoor",
        "Gesproken",
        f"Voucher {voucher.number} van dokter Jansen (De Linde)",
    ]
    said = room.texts()
    assert "Annie van der Meer-de Wit" in said
    assert "06 8765 4321" in said
    assert "Activiteit zoeken voor mevrouw Van der Meer-de Wit" in said
    assert "Wij mogen terugkoppelen: ja" in said
    assert page.findChild(PictureView) is not None


def test_opening_a_person_leaves_one_line_in_the_log(room: Room, voucher: Voucher) -> None:
    page = open_person(room, voucher)
    page.refresh()
    assert Audit.select().where((Audit.name == "person opened") & (Audit.person_id == voucher.person_id)).count() == 1


def test_line_of_the_story_opens_where_it_is_corrected(room: Room, voucher: Voucher) -> None:
    page = open_person(room, voucher)
    page.rows.setFocus()
    QTest.keyClick(page.rows, Qt.Key.Key_Return)
    assert (room.opened[-1][0], room.opened[-1][1]["kind"]) == ("correct_deed", "intake")


def test_next_step_has_its_button(room: Room, voucher: Voucher) -> None:
    open_person(room, voucher)
    room.click("Aanbod bekijken")
    assert room.opened[-1] == ("find_activity", {"voucher_id": voucher.id})


def test_menu_knows_what_can_be_recorded_now(room: Room, office: Member, voucher: Voucher) -> None:
    plan_intake(office, AppointmentDraft(voucher_id=voucher.id, day=days_ago(-1), hour=time(9)))
    activity = add_activity()
    enrolment = enrol(office, EnrolDraft(voucher_id=voucher.id, activities=(activity.id,), enrolled_on=days_ago(1)))[0]
    page = open_person(room, voucher)
    item(page, "Eerste keer geweest bij Koffie-inloop")
    assert room.opened[-1] == ("first_time", {"enrolment_id": enrolment.id})
    assert any("verzetten" in words for words, _deed in page.menu_items())
    item(page, "Zorg melden")
    assert room.opened[-1] == ("worry", {"voucher_id": voucher.id})


def test_who_takes_part_sees_the_aftercare_ahead(room: Room, office: Member, voucher: Voucher) -> None:
    enrolment = enrol(office, EnrolDraft(voucher_id=voucher.id, destination="buddy", enrolled_on=days_ago(2)))[0]
    record_first_time(
        office, FirstTimeDraft(enrolment_id=enrolment.id, first_attended_on=days_ago(1), first_known_by="phone")
    )
    open_person(room, voucher)
    assert "Nazorggesprek uiterlijk" in room.texts()
    room.click("Nazorggesprek plannen")
    assert room.opened[-1][0] == "plan_aftercare"


def test_page_looks_again_after_a_deed(room: Room, voucher: Voucher) -> None:
    page = open_person(room, voucher)
    room.desk.perform(
        close_case, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(0), outcome="not_interested", sure=True)
    )
    assert page.rows.rows()[0].title == "Afgesloten: geen belangstelling"
    room.qtbot.waitUntil(lambda: "Voucher heropenen" in room.texts())


def test_several_vouchers_have_a_chip_each(room: Room, office: Member, voucher: Voucher) -> None:
    second = register_voucher(office, a_draft(None, person_id=voucher.person_id))
    page = open_person(room, voucher)
    assert page.case() == second
    chips = [each.text() for each in page.findChildren(QPushButton) if each.property("role") == "chip"]
    assert len(chips) == 3
    room.click(next(text for text in chips if text.startswith(voucher.number)))
    assert page.case() == voucher
    assert len(page.rows.rows()) == 3


def test_letter_menu_puts_what_is_due_first(room: Room, voucher: Voucher) -> None:
    open_person(room, voucher)
    room.click("Brief maken")
    assert room.opened[-1] == ("write_letter", {"voucher_id": voucher.id, "moment": "intake"})


def test_details_are_corrected_on_one_form(room: Room, voucher: Voucher) -> None:
    room.open("edit_person", person_id=voucher.person_id)
    room.type_in("Achternaam", "Meer")
    room.type_in("Telefoon", "06 8765 432")
    room.save()
    assert "Dit nummer mist een cijfer." in room.texts()
    room.type_in("Telefoon", "06 1111 2222")
    room.save()
    person = Person.get_by_id(voucher.person_id)
    assert (person.surname, person.phone, person.first_name) == ("Meer", "+31611112222", "Annie")
    assert person.birth_date == "1951-04-03"


def test_nothing_typed_changes_nothing(room: Room, voucher: Voucher) -> None:
    before = dict(Person.get_by_id(voucher.person_id).__data__)
    page = room.open("edit_person", person_id=voucher.person_id)
    page.submit()
    assert dict(Person.get_by_id(voucher.person_id).__data__) == before


def test_list_finds_and_opens_by_keyboard(room: Room, office: Member, voucher: Voucher) -> None:
    add_voucher(office, None, surname="Jansen", first_name="Piet", phone="+31612345678")
    page = room.open("people")
    page.search.setFocus()
    QTest.keyClicks(page.search, "meer")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert room.opened[-1] == ("person", {"person_id": voucher.person_id})


def test_person_who_is_gone_gives_a_page_and_a_sentence(room: Room) -> None:
    room.open("person", person_id=999)
    assert "Dit is er niet meer." in room.texts()


def test_a_word_that_was_promised_stands_among_the_letters_to_write(room: Room, voucher: Voucher) -> None:
    to = {"practice": voucher.practice_id, "recipient_key": f"{voucher.practice_id}-0", "content": "{}"}
    told = {"moment": "intake", "state": "sent", "written_on": days_ago(5), "promised_on": days_ago(1)}
    letter = add_row(Letter(voucher=voucher, person=voucher.person_id, **to, **told))
    add_row(LetterMoment(letter=letter, moment="intake"))
    page: Any = open_person(room, voucher)
    offered: list[str] = []
    page._popup = lambda _button, items: offered.extend(text for text, _do in items)
    page.show_letters()
    assert offered[0] == "Brief: stand van zaken (nu)"
