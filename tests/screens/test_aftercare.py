"""The talk three months on by keyboard: how it goes, what that leads to, and putting it right afterwards."""

from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions.aftercare import hold_aftercare
from desktop.actions.appointments import plan_aftercare
from desktop.actions.enrolments import enrol, record_first_time
from desktop.rules.aftercare import AftercareDraft
from desktop.rules.deeds import AppointmentDraft, EnrolDraft, FirstTimeDraft
from desktop.rules.staff import Member
from desktop.screens import calls, deeds, people
from desktop.storage.models import Aftercare, Appointment, Enrolment, Intake, Voucher
from tests.factory import add_activity, add_practice, add_voucher, days_ago
from tests.screens.room import MOST_TABS, Room

OUTCOME, SATISFIED, GP = "Doet deze persoon nog mee?", "Hoe tevreden, 1 tot en met 10", "Contacten met de huisarts"
PRESENT, HELD = "Hoe vaak geweest", "Van hoeveel keer"


@pytest.fixture
def voucher(office: Member) -> Voucher:
    """Someone who has been to the gym since three months."""
    case = add_voucher(office, add_practice(), dated_on=days_ago(120), received_on=days_ago(120))
    gym = add_activity("Stoelgym")
    draft = EnrolDraft(voucher_id=case.id, activities=(gym.id,), enrolled_on=days_ago(100), sure=True)
    (enrolment,) = enrol(office, draft)
    first = FirstTimeDraft(enrolment_id=enrolment.id, first_attended_on=days_ago(95), first_known_by="phone")
    record_first_time(office, first)
    found: Voucher = Voucher.get_by_id(case.id)
    return found


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Room:
    return Room(qtbot, office, {**deeds.PAGES, **calls.PAGES, **people.PAGES})


def pick(room: Room, name: str, typed: str) -> None:
    """One of a few answers side by side, by its first letters."""
    for _step in range(MOST_TABS):
        focused = QApplication.focusWidget()
        if focused is not None and focused.accessibleName().startswith(f"{name}: "):
            break
        room.press(Qt.Key.Key_Tab)
    for letter in typed:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, letter)


def test_talk_is_recorded_without_the_mouse(room: Room, voucher: Voucher) -> None:
    room.open("aftercare", voucher_id=voucher.id)
    assert "06 8765 4321" in room.texts()
    pick(room, OUTCOME, "d")
    pick(room, SATISFIED, "8")
    room.type_in(GP, "2")
    room.type_in(PRESENT, "7")
    room.type_in(HELD, "8")
    pick(room, "Lichaam", "6")
    room.type_in("Notitie (niet in brieven)", "Gaat elke week.")
    room.save()
    talk = Aftercare.get()
    assert (talk.outcome, talk.satisfaction, talk.gp_contacts, talk.mark_body) == ("still", 8, 2, 6)
    assert (talk.held_on, talk.place, talk.note) == (days_ago(0), "phone", "Gaat elke week.")
    assert (Enrolment.get().times_present, Enrolment.get().times_held) == (7, 8)
    assert [name for name, _arguments in room.opened] == ["aftercare"]


def test_without_an_answer_nothing_is_stored_and_the_field_says_so(room: Room, voucher: Voucher) -> None:
    page = room.open("aftercare", voucher_id=voucher.id)
    room.type_in(PRESENT, "9")
    room.save()
    assert page.editor("outcome").complaint() == "Maak een keuze."
    pick(room, OUTCOME, "d")
    room.save()
    assert page.editor("times_held").complaint() == "Vul allebei de getallen in, of geen van beide."
    room.type_in(HELD, "8")
    room.save()
    assert page.editor("times_present").complaint() == "Dit is vaker dan het aantal keren dat de activiteit er was."
    assert Aftercare.select().count() == 0


def test_who_stopped_is_asked_the_reason_and_told_what_ends(room: Room, voucher: Voucher) -> None:
    page = room.open("aftercare", voucher_id=voucher.id)
    assert not page.editor("stop_reason").isVisible()
    pick(room, OUTCOME, "g")
    assert page.editor("stop_reason").isVisible()
    assert page.editor("stop_reason").note() == "Dit eindigt op de dag van het gesprek: Stoelgym."
    room.save()
    assert Aftercare.select().count() == 0
    page.set_values({"stop_reason": "cost"})
    room.save()
    assert (Aftercare.get().outcome, Aftercare.get().stop_reason) == ("stopped", "cost")
    assert (Enrolment.get().state, Enrolment.get().stopped_on) == ("stopped", days_ago(0))


def test_never_started_is_asked_once_more_when_a_first_time_is_known(room: Room, voucher: Voucher) -> None:
    page = room.open("aftercare", voucher_id=voucher.id)
    pick(room, OUTCOME, "n")
    page.set_values({"stop_reason": "threshold"})
    room.save()
    assert page.editor("outcome").complaint() == "Er is een eerste keer vastgelegd. Klopt 'nooit begonnen'?"
    assert Aftercare.select().count() == 0
    room.click("Dat klopt, toch opslaan")
    assert Aftercare.get().outcome == "never"


def test_another_activity_leads_to_the_catalogue(room: Room, voucher: Voucher) -> None:
    room.open("aftercare", voucher_id=voucher.id)
    pick(room, OUTCOME, "dd")
    room.save()
    assert Aftercare.get().outcome == "other"
    assert room.opened[-1] == ("find_activity", {"voucher_id": voucher.id})


@pytest.mark.parametrize(
    ("button", "page", "more"),
    [("Opslaan en afsluiten", "close", {}), ("Opslaan en brief maken", "write_letter", {"moment": "progress"})],
)
@pytest.mark.parametrize("outcome", ["still", "other"])
def test_staff_go_on_where_they_said(
    room: Room, voucher: Voucher, outcome: str, button: str, page: str, more: dict[str, str]
) -> None:
    room.open("aftercare", voucher_id=voucher.id).set_values({"outcome": outcome})
    room.click(button)
    assert Aftercare.get().outcome == outcome
    assert room.opened[1:] == [(page, {"voucher_id": voucher.id, **more})]


def test_leaving_without_saving_leads_nowhere(room: Room, voucher: Voucher) -> None:
    page = room.open("aftercare", voucher_id=voucher.id)
    page.set_values({"outcome": "other"})
    page.throw_away()
    assert Aftercare.select().count() == 0
    assert len(room.opened) == 1


def test_double_press_stores_once(room: Room, voucher: Voucher) -> None:
    page = room.open("aftercare", voucher_id=voucher.id)
    page.set_values({"outcome": "still"})
    page.submit()
    page.submit()
    assert Aftercare.select().count() == 1


def test_planned_talk_is_held_however_the_form_was_opened(room: Room, office: Member, voucher: Voucher) -> None:
    planned = plan_aftercare(
        office, AppointmentDraft(voucher_id=voucher.id, day=days_ago(2), hour=time(10), place="home", sure=True)
    )
    room.open("call", voucher_id=voucher.id)
    room.press(Qt.Key.Key_1)
    assert room.opened[-1] == ("aftercare", {"voucher_id": voucher.id})
    pick(room, OUTCOME, "d")
    room.save()
    assert (Aftercare.get().appointment_id, Aftercare.get().place) == (planned.id, "home")
    assert Aftercare.get().held_on == days_ago(2)
    assert Appointment.get().state == "held"


def test_talk_is_corrected_from_the_story_and_then_taken_back(room: Room, office: Member, voucher: Voucher) -> None:
    gym = Enrolment.get()
    talk = hold_aftercare(
        office,
        AftercareDraft(
            voucher_id=voucher.id,
            held_on=days_ago(1),
            outcome="stopped",
            stop_reason="cost",
            enrolment_id=gym.id,
            times_present=3,
            times_held=9,
            mark_body=5,
        ),
    )
    room.open("person", person_id=voucher.person_id)
    assert "nazorggesprek, " in room.texts()
    room.page.rows.chosen.emit(f"aftercare:{talk.id}:0")
    assert room.opened[-1] == ("correct_deed", {"kind": "aftercare", "deed_id": talk.id})
    assert (room.page.values()["times_present"], room.page.values()["outcome"]) == (3, "stopped")
    room.save()
    assert Aftercare.get().version == talk.version, "saved without a change stays as it is"
    room.open("correct_deed", kind="aftercare", deed_id=talk.id)
    pick(room, OUTCOME, "d")
    room.type_in(PRESENT, "4")
    room.save()
    assert (Aftercare.get().outcome, Enrolment.get().state, Enrolment.get().times_present) == ("still", "started", 4)
    room.open("correct_deed", kind="aftercare", deed_id=talk.id)
    room.click("Terugdraaien")
    assert Aftercare.select().count() == 0
    assert Voucher.get().status == "participating"


def test_talk_that_a_colleague_took_back_gives_a_sentence(room: Room) -> None:
    room.open("aftercare", voucher_id=0, aftercare_id=999)
    assert "Dit is er niet meer" in room.texts()


def test_times_there_are_put_right_where_someone_is_signed_up(room: Room, voucher: Voucher) -> None:
    room.open("correct_deed", kind="enrolment", deed_id=Enrolment.get().id)
    room.type_in(PRESENT, "7")
    room.type_in(HELD, "8")
    room.save()
    assert (Enrolment.get().times_present, Enrolment.get().times_held, Enrolment.get().state) == (7, 8, "started")


def test_times_there_are_not_asked_of_who_never_was(room: Room, office: Member, voucher: Voucher) -> None:
    activity = add_activity("Koffie")
    (signed,) = enrol(office, EnrolDraft(voucher_id=voucher.id, activities=(activity.id,), enrolled_on=days_ago(1)))
    room.open("correct_deed", kind="enrolment", deed_id=signed.id)
    assert PRESENT not in room.texts()


def test_contacts_with_the_gp_are_asked_at_the_intake(room: Room, voucher: Voucher) -> None:
    room.open("hold_intake", voucher_id=voucher.id).set_values({"place": "home", "held_on": days_ago(110)})
    room.type_in(GP, "3")
    room.save()
    assert Intake.get().gp_contacts == 3
    page = room.open("correct_deed", kind="intake", deed_id=Intake.get().id)
    room.type_in(GP, "ja")
    room.save()
    assert page.editor("gp_contacts").complaint() == "Geef een heel getal."
    assert Intake.get().gp_contacts == 3


def test_a_word_where_a_number_belongs_is_told_as_such_not_counted_in_characters(
    room: Room, voucher: Voucher
) -> None:
    page = room.open("aftercare", voucher_id=voucher.id)
    for name, field in ((GP, "gp_contacts"), (PRESENT, "times_present")):
        room.type_in(name, "heel vaak")
        room.press(Qt.Key.Key_Tab)
        assert page.editor(field).complaint() == "Geef een heel getal."
    room.type_in(HELD, "8")
    room.type_in(PRESENT, "7")
    pick(room, OUTCOME, "d")
    room.type_in(GP, "400")
    room.save()
    assert "Dit is een getal van 0 tot en met" in room.texts()
    assert Aftercare.select().count() == 0
