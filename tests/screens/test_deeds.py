"""Recording, correcting and taking back deeds on their forms, by keyboard, up to what the database holds."""

from datetime import datetime, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions.appointments import plan_intake
from desktop.actions.contacts import record_contact
from desktop.actions.endings import record_worry
from desktop.actions.enrolments import enrol
from desktop.actions.intakes import hold_intake
from desktop.rules.deeds import AppointmentDraft, ContactDraft, EnrolDraft, IntakeDraft, WorryDraft
from desktop.rules.staff import Member
from desktop.screens import deeds, finding
from desktop.screens.appointments import FreeMoments
from desktop.screens.case_forms import Conversation
from desktop.storage.models import (
    Appointment,
    Closing,
    Consent,
    ContactAttempt,
    Enrolment,
    Gap,
    Intake,
    Reason,
    Schedule,
    Voucher,
    Worry,
)
from desktop.storage.story import story
from tests.factory import add_activity, add_enrolment, add_member, add_practice, add_row, add_voucher, days_ago
from tests.screens.room import Room


@pytest.fixture
def voucher(office: Member) -> Voucher:
    lonely = Reason.get(Reason.code == "loneliness").id
    return add_voucher(office, add_practice(), dated_on=days_ago(10), received_on=days_ago(10), reasons=(lonely,))


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Room:
    return Room(qtbot, office, {**deeds.PAGES, **finding.PAGES})


def show(day: object) -> str:
    return f"{day:%d-%m-%Y}"


def test_free_moment_fills_in_day_and_hour_and_saves(room: Room, voucher: Voucher) -> None:
    page = room.open("plan_intake", voucher_id=voucher.id)
    room.type_in("Waar", "thuis")
    room.press(Qt.Key.Key_Return)
    assert page.editor("address").raw() == "Beukenlaan 12 bis, Dorpstad"
    first = page.findChild(FreeMoments).buttons[0]
    first.setFocus()
    room.press(Qt.Key.Key_Space)
    assert page.editor("hour").raw()
    room.save()
    assert (Appointment.get().place, Appointment.get().address) == ("home", "Beukenlaan 12 bis, Dorpstad")


def test_appointment_without_a_day_complains_at_the_field(room: Room, voucher: Voucher) -> None:
    page = room.open("plan_intake", voucher_id=voucher.id)
    room.save()
    assert page.editor("day").complaint()
    assert Appointment.select().count() == 0


def test_only_an_intake_is_straight_from_the_consultation(room: Room, office: Member) -> None:
    warm = add_voucher(office, add_practice(), warm=True)
    add_enrolment(warm, add_activity())
    asked = {}
    for name in ("plan_intake", "plan_first_visit", "plan_aftercare"):
        values = room.open(name, voucher_id=warm.id).raw()
        asked[name] = (values.get("warm", ""), values.get("day", ""), values["place"])
    assert asked["plan_intake"] == ("1", show(days_ago(0)), "In de praktijk")
    assert {asked["plan_first_visit"][:2], asked["plan_aftercare"][:2]} == {("", "")}


def test_moved_appointment_leaves_the_old_one_in_the_story(room: Room, office: Member, voucher: Voucher) -> None:
    old = plan_intake(office, AppointmentDraft(voucher_id=voucher.id, day=days_ago(-2), hour=time(10)))
    room.open("move_intake", appointment_id=old.id)
    room.type_in("Dag", show(days_ago(-3)))
    room.type_in("Tijd", "half elf")
    room.save()
    assert [(each.state, each.starts_at) for each in Appointment.select().order_by(Appointment.id)] == [
        ("moved", datetime.combine(days_ago(-2), time(10))),
        ("planned", datetime.combine(days_ago(-3), time(10, 30))),
    ]


def test_intake_is_held_with_marks_drawn_and_goes_on_to_finding(room: Room, voucher: Voucher) -> None:
    page = room.open("hold_intake", voucher_id=voucher.id)
    room.type_in("Waar", "thuis")
    room.press(Qt.Key.Key_Return)
    room.type_in("Wat voor deze persoon telt", "Weer onder de mensen")
    page.set_values({"mark_body": 7, "mark_daily": 3})
    page.edited.emit()
    picture = page.findChild(Conversation).picture
    assert "Lichaam: 7" in picture.accessibleDescription()
    room.click("Opslaan en activiteit zoeken")
    intake = Intake.get()
    assert (intake.goals, intake.mark_body, intake.mark_daily, intake.place) == ("Weer onder de mensen", 7, 3, "home")
    assert room.opened[-1] == ("find_activity", {"voucher_id": voucher.id})


def test_intake_before_the_voucher_asks_once_and_keeps_what_was_typed(room: Room, voucher: Voucher) -> None:
    page = room.open("hold_intake", voucher_id=voucher.id)
    page.set_values({"place": "office", "goals": "Meer bewegen"})
    room.type_in("Dag", show(days_ago(12)))
    room.save()
    assert page.editor("held_on").complaint() == "De intake ligt vóór de voucher. Klopt dat?"
    assert Intake.select().count() == 0
    room.click("Dat klopt, toch opslaan")
    assert Intake.get().goals == "Meer bewegen"


def test_call_recorded_wrong_is_corrected_and_then_taken_back(room: Room, office: Member, voucher: Voucher) -> None:
    attempt = record_contact(
        office, ContactDraft(voucher_id=voucher.id, on=days_ago(2), at=time(9), outcome="no_answer")
    )
    page = room.open("correct_deed", kind="contact", deed_id=attempt.id)
    page.set_values({"outcome": "reached"})
    room.save()
    assert ContactAttempt.get().outcome == "reached"
    room.open("correct_deed", kind="contact", deed_id=attempt.id)
    room.click("Terugdraaien")
    assert ContactAttempt.select().count() == 0
    assert room.said[-1] == "Teruggedraaid"
    assert Voucher.get_by_id(voucher.id).status == "received"


def test_every_kind_of_deed_opens_where_it_can_be_corrected(room: Room, office: Member, voucher: Voucher) -> None:
    planned = plan_intake(office, AppointmentDraft(voucher_id=voucher.id, day=days_ago(-1), hour=time(9)))
    intake = hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(1)))
    enrolment = enrol(office, EnrolDraft(voucher_id=voucher.id, destination="buddy", enrolled_on=days_ago(0)))[0]
    worry = record_worry(office, WorryDraft(voucher_id=voucher.id, kind="neglect", noticed_on=days_ago(0)))
    for kind, record in {"appointment": planned, "intake": intake, "enrolment": enrolment, "worry": worry}.items():
        page = room.open("correct_deed", kind=kind, deed_id=record.id)
        assert "Terugdraaien" in room.texts(), kind
        before = type(record).get_by_id(record.id).version  # the talk was the appointment that was planned
        page.submit()
        assert type(record).get_by_id(record.id).version == before, f"{kind} saved without a change stays as it is"


def test_best_fitting_activity_is_signed_up_for(room: Room, office: Member, voucher: Voucher) -> None:
    coffee = add_activity(capacity=12)
    add_activity("Eettafel", capacity=0)
    page = room.open("find_activity", voucher_id=voucher.id)
    assert [row.title for row in page.rows.rows()] == ["Koffie-inloop", "Eettafel"]
    assert page.rows.rows()[0].pill == "nog 12 plaatsen"
    QTest.keyClick(page.rows, Qt.Key.Key_Return)
    assert room.opened[-1][1]["activity_id"] == coffee.id
    room.save()
    assert Enrolment.get().activity_id == coffee.id


def test_full_activity_offers_the_waiting_list(room: Room, office: Member, voucher: Voucher) -> None:
    add_activity("Eettafel", capacity=0)
    page = room.open("find_activity", voucher_id=voucher.id)
    assert page.rows.rows()[0].action == "Wachtlijst"
    QTest.keyClick(page.rows, Qt.Key.Key_Return)
    room.save()
    assert Enrolment.get().state == "waiting"


def test_who_is_told_of_a_place_hears_when_it_is_held(room: Room, office: Member, voucher: Voucher) -> None:
    choir = add_activity("Koor", capacity=4)
    add_row(Schedule(activity=choir, rrule="FREQ=WEEKLY;BYDAY=TH", opens=time(14), closes=time(16)))
    waits = add_enrolment(voucher, choir, state="waiting")
    room.open("offer", enrolment_id=waits.id)
    assert "Elke donderdag 14:00-16:00" in room.texts()


def test_nothing_suitable_is_counted(room: Room, voucher: Voucher) -> None:
    room.open("find_activity", voucher_id=voucher.id)
    room.click("Niets passends")
    assert Gap.get().reason.code == "loneliness"


def test_hours_of_going_along_are_asked_only_when_we_do(room: Room, voucher: Voucher) -> None:
    page = room.open("enrol", voucher_id=voucher.id, destination="buddy")
    assert page.editor("visit_day").isHidden()
    page.set_values({"accompanied": True})
    page.edited.emit()
    assert not page.editor("visit_day").isHidden()


def test_first_time_is_recorded_with_who_told(room: Room, office: Member, voucher: Voucher) -> None:
    activity = add_activity()
    enrolment = enrol(office, EnrolDraft(voucher_id=voucher.id, activities=(activity.id,), enrolled_on=days_ago(3)))[0]
    page = room.open("first_time", enrolment_id=enrolment.id)
    page.set_values({"first_known_by": "phone"})
    room.save()
    assert Enrolment.get().first_attended_on == days_ago(0)
    assert Voucher.get_by_id(voucher.id).status == "participating"


def test_closing_asks_the_reason_only_where_there_is_one(room: Room, voucher: Voucher) -> None:
    page = room.open("close", voucher_id=voucher.id)
    assert page.editor("reason").isHidden()
    page.set_values({"outcome": "stopped"})
    page.edited.emit()
    assert not page.editor("reason").isHidden()
    page.set_values({"reason": "cost"})
    room.save()
    assert (Closing.get().outcome, Closing.get().reason) == ("stopped", "cost")


def test_closing_asks_of_each_place_whether_it_stays_taken(room: Room, voucher: Voucher) -> None:
    group = add_enrolment(voucher, add_activity("Koffie-inloop"), state="started", first_attended_on=days_ago(5))
    walk = add_enrolment(voucher, add_activity("Wandelen"))
    page = room.open("close", voucher_id=voucher.id)
    coffee, walking = page.editor(f"keeps_{group.id}"), page.editor(f"keeps_{walk.id}")
    assert coffee.isHidden()
    page.set_values({"outcome": "completed"})
    page.edited.emit()
    assert (coffee.value(), walking.value()) == ("yes", "no")
    page.set_values({f"keeps_{walk.id}": "yes", "outcome": "stopped", "reason": "cost"})
    page.edited.emit()
    assert (coffee.value(), walking.value()) == ("no", "yes")  # what was answered by hand stays
    page.set_values({"outcome": "deceased"})
    page.edited.emit()
    assert coffee.isHidden()
    page.set_values({"outcome": "completed"})
    page.edited.emit()
    room.save()
    assert [Enrolment.get_by_id(each.id).state for each in (group, walk)] == ["started", "enrolled"]
    page = room.open("correct_deed", kind="closing", deed_id=Closing.get().id)
    assert page.editor(f"keeps_{walk.id}").value() == "yes"
    page.set_values({f"keeps_{walk.id}": "no"})
    room.save()
    assert [Enrolment.get_by_id(each.id).state for each in (group, walk)] == ["started", "stopped"]


def test_what_follows_the_stop_is_chosen_on_its_form(room: Room, voucher: Voucher) -> None:
    group = add_enrolment(voucher, add_activity("Koffie-inloop"), state="started", first_attended_on=days_ago(5))
    page = room.open("stop_enrolment", enrolment_id=group.id)
    assert page.editor("next_step").value() == "find"
    page.set_values({"stop_reason": "cost", "next_step": "close"})
    room.save()
    case = Voucher.get_by_id(voucher.id)
    assert (case.status, case.due_on, Enrolment.get().next_step) == ("placing", days_ago(0), "close")


def test_taking_back_an_end_asks_when_the_place_is_gone(room: Room, office: Member, voucher: Voucher) -> None:
    activity = add_activity("Koffie-inloop", capacity=1)
    add_enrolment(voucher, activity, state="started", first_attended_on=days_ago(5))
    page = room.open("close", voucher_id=voucher.id)
    page.set_values({"outcome": "not_suitable"})
    room.save()
    add_enrolment(add_voucher(office, surname="Bakker"), activity)
    room.open("correct_deed", kind="closing", deed_id=Closing.get().id)
    room.click("Terugdraaien")
    assert "komt terug op de wachtlijst" in room.texts()
    assert Closing.select().count() == 1
    room.click("Dat klopt, terugdraaien")
    assert (Closing.select().count(), Enrolment.get(Enrolment.voucher == voucher).state) == (0, "waiting")


def test_closed_case_is_opened_again(room: Room, office: Member, voucher: Voucher) -> None:
    page = room.open("close", voucher_id=voucher.id)
    page.set_values({"outcome": "expired"})
    room.save()
    room.open("reopen", voucher_id=voucher.id)
    room.type_in("Waarom het verdergaat", "belde zelf")
    room.save()
    assert Voucher.get_by_id(voucher.id).status == "received"
    told = [line.title for line in story(office, voucher.person_id)]
    assert told[:2] == ["Weer geopend", "Afgesloten: verlopen"]  # on one day: what came last stands on top


def test_worry_shows_the_number_of_the_practice(room: Room, voucher: Voucher) -> None:
    page = room.open("worry", voucher_id=voucher.id)
    assert "040 211 1111" in room.texts()
    page.set_values({"kind": "violence"})
    room.save()
    assert Worry.get().kind == "violence"


def test_consent_starts_empty_and_a_yes_can_be_withdrawn(room: Room, voucher: Voucher) -> None:
    page = room.open("consent", person_id=voucher.person_id)
    assert page.values()["hexagon"] is None
    room.click("Intrekken: Wij mogen terugkoppelen")
    assert Consent.select().where(Consent.withdrawn_on.is_null(False)).count() == 1
    page.set_values({"hexagon": "yes", "how": "spoken"})
    room.save()
    assert Consent.get(Consent.purpose == "hexagon").answer == "yes"


def test_cases_get_another_coach_and_a_substitute(room: Room, office: Member, voucher: Voucher) -> None:
    colleague = add_member("K. de Boer", "coach")
    page = room.open("coach", voucher_ids=(voucher.id,))
    page.set_values({"coach": colleague.id, "substitute": colleague.id})
    room.save()
    assert page.editor("substitute").complaint()
    page.set_values({"substitute": office.id})
    room.save()
    assert (Voucher.get_by_id(voucher.id).coach_id, Voucher.get_by_id(voucher.id).substitute_id) == (
        colleague.id,
        office.id,
    )


def test_double_press_stores_once(room: Room, voucher: Voucher) -> None:
    page = room.open("record_contact", voucher_id=voucher.id, outcome="reached")
    page.submit()
    page.submit()
    assert ContactAttempt.select().count() == 1


def test_escape_halfway_asks_before_anything_typed_is_lost(room: Room, voucher: Voucher) -> None:
    room.open("record_contact", voucher_id=voucher.id, outcome="reached")
    room.type_in("Notitie", "wil graag wandelen")
    room.press(Qt.Key.Key_Escape)
    assert "nog niet opgeslagen" in room.texts()
    assert QApplication.focusWidget() is not None


def test_deed_that_a_colleague_took_back_gives_a_sentence(room: Room) -> None:
    room.open("correct_deed", kind="contact", deed_id=77)
    assert "Dit is er niet meer." in room.texts()


@pytest.mark.parametrize(("form", "field", "ahead"), [
    ("plan_intake", "day", True), ("hold_intake", "held_on", False), ("record_contact", "on", False),
    ("pause", "until_on", True), ("enrol", "start_on", True), ("enrol", "enrolled_on", False),
])  # fmt: skip
def test_day_without_its_year_is_told_below_the_field_as_it_lies(
    room: Room, voucher: Voucher, form: str, field: str, ahead: bool
) -> None:
    page = room.open(form, voucher_id=voucher.id)
    for away in (150, -150):
        day = days_ago(-away)
        page.editor(field).set_raw(f"{day.day}-{day.month}")
        lies = page.editor(field).value() - days_ago(0)
        assert (lies.days > 0) == ahead
        assert abs(lies.days) in (150, 365 - 150, 366 - 150)


def test_appointment_in_the_hour_that_the_clock_skips_is_refused_and_one_at_night_asked(
    room: Room, voucher: Voucher, office: Member
) -> None:
    page = room.open("plan_intake", voucher_id=voucher.id)
    room.type_in("Waar", "thuis")
    room.press(Qt.Key.Key_Return)
    room.type_in("Dag", "28-3-2027")
    room.type_in("Tijd", "02.30")
    room.save()
    assert "Deze tijd bestaat niet" in page.editor("hour").complaint()
    room.type_in("Tijd", "0.00")
    room.save()
    assert "in de nacht" in page.editor("hour").note()
    assert Appointment.select().count() == 0


@pytest.mark.parametrize(
    ("form", "field"), [("plan_intake", "day"), ("pause", "until_on"), ("record_contact", "call_back_on")]
)
@pytest.mark.parametrize(("day", "said"), [
    ("25-12-2026", "vrijdag 25 december 2026, geen werkdag"), ("27-4-2027", "dinsdag 27 april 2027, geen werkdag"),
    ("20-12-2026", "zondag 20 december 2026, geen werkdag"), ("23-12-2026", "woensdag 23 december 2026"),
])  # fmt: skip
def test_day_to_come_on_which_nobody_works_is_told_below_the_field(
    room: Room, voucher: Voucher, form: str, field: str, day: str, said: str
) -> None:
    editor = room.open(form, voucher_id=voucher.id).editor(field)
    editor.set_raw(day)
    assert editor.echo() == said
