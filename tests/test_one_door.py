"""A talk recorded from the menu is the one that was planned; a deed put right leaves nothing of itself behind."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from desktop import clock
from desktop.actions.aftercare import hold_aftercare
from desktop.actions.appointments import (
    miss_appointment,
    move_appointment,
    plan_aftercare,
    plan_first_visit,
    plan_intake,
)
from desktop.actions.enrolments import (
    correct_enrolment,
    record_first_time,
    stop_enrolment,
    take_back_enrolment,
    take_back_first_time,
)
from desktop.actions.intakes import correct_intake, hold_intake, take_back_intake
from desktop.actions.tasks import postpone_task
from desktop.actions.undo import undo_last
from desktop.errors import Doubtful, Refused
from desktop.rules.aftercare import AftercareDraft
from desktop.rules.deeds import (
    ANOTHER_TALK,
    AppointmentDraft,
    EnrolmentDraft,
    FirstTimeDraft,
    IntakeDraft,
    MissedDraft,
    StopDraft,
)
from desktop.rules.letterfields import fields_for
from desktop.rules.staff import Member
from desktop.storage.letterfields import core_facts
from desktop.storage.models import Appointment, Enrolment, Intake, Person, Voucher
from desktop.storage.tasks import list_tasks
from tests.actions.test_places import signed_up
from tests.factory import add_activity, add_enrolment, add_practice, add_voucher, days_ago


@pytest.fixture
def voucher(office: Member) -> Voucher:
    made = add_voucher(office, add_practice(), dated_on=days_ago(40), received_on=days_ago(40))
    Person.update(informed_on=days_ago(39)).where(Person.id == made.person_id).execute()
    return made


def planned(by: Member, case: Voucher, ago: int, hour: int = 16, kind: str = "intake", **more: Any) -> Appointment:
    plan = {"intake": plan_intake, "aftercare": plan_aftercare, "first_visit": plan_first_visit}[kind]
    values = {"day": days_ago(ago), "hour": time(hour), "place": "office", "sure": True, **more}
    return plan(by, AppointmentDraft(voucher_id=case.id, **values))


def talked(by: Member, voucher: Voucher, ago: int = 0, **more: Any) -> Intake:
    return hold_intake(by, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(ago), **more))


def state(row: Appointment | Enrolment) -> str:
    return str(type(row).get_one(row.id).state)


def rows(by: Member, day: int = 0) -> list[tuple[str, int | None]]:
    left_out = ("letters", "untouched", "consent")
    return [(task.kind, task.subject_id) for task in list_tasks(by, days_ago(-day)) if task.kind not in left_out]


# ---- which appointment it was


@pytest.mark.parametrize("ago", [0, 2, -1, -2, 6])
def test_talk_from_the_menu_is_the_only_one_that_was_planned(office: Member, voucher: Voucher, ago: int) -> None:
    appointment = planned(office, voucher, ago)
    intake = talked(office, voucher)
    assert (intake.appointment_id, state(appointment)) == (appointment.id, "held")
    assert "afspraak" not in " ".join(fields_for(core_facts(voucher, clock.today()), "intake").values())
    assert rows(office) == [("find_activity", None)]


def test_talk_far_from_the_planned_one_is_asked_about(office: Member, voucher: Voucher) -> None:
    appointment = planned(office, voucher, -20)
    with pytest.raises(Doubtful) as doubt:
        talked(office, voucher)
    assert "appointment_id" in doubt.value.fields
    assert talked(office, voucher, sure=True).appointment_id is None
    assert state(appointment) == "planned"


def test_of_several_that_of_the_day_is_taken_and_else_it_is_asked(office: Member, voucher: Voucher) -> None:
    early, late = planned(office, voucher, 3), planned(office, voucher, -2)
    with pytest.raises(Doubtful) as doubt:
        talked(office, voucher)
    assert "Welke" in doubt.value.fields["appointment_id"]
    assert talked(office, voucher, 3).appointment_id == early.id
    assert (state(early), state(late)) == ("held", "planned")


def test_another_talk_leaves_the_planned_one_as_it_is(office: Member, voucher: Voucher) -> None:
    appointment = planned(office, voucher, 0, 23)
    assert talked(office, voucher, appointment_id=ANOTHER_TALK).appointment_id is None
    assert state(appointment) == "planned"
    assert ("intake", appointment.id) in rows(office)


def test_what_did_not_go_on_was_no_talk(office: Member, voucher: Voucher) -> None:
    appointment = planned(office, voucher, 2)
    miss_appointment(office, MissedDraft(id=appointment.id, cancelled=True))
    with pytest.raises(Refused):
        talked(office, voucher, 2, appointment_id=appointment.id)
    assert talked(office, voucher, 2).appointment_id is None


def test_aftercare_talk_is_its_own_appointment_and_never_an_intake(office: Member, voucher: Voucher) -> None:
    second = planned(office, voucher, -1)
    appointment = planned(office, voucher, 1, kind="aftercare")
    add_enrolment(voucher, add_activity("Koor"), state="started", first_attended_on=days_ago(30))
    talk = hold_aftercare(office, AftercareDraft(voucher_id=voucher.id, held_on=days_ago(0), outcome="still"))
    assert (talk.appointment_id, state(appointment), state(second)) == (appointment.id, "held", "planned")


# ---- put right


def test_talk_that_was_another_appointment_gives_the_first_one_back(office: Member, voucher: Voucher) -> None:
    first, second = planned(office, voucher, 8), planned(office, voucher, 1)
    intake = talked(office, voucher, 8)
    fixed = correct_intake(office, IntakeDraft(id=intake.id, held_on=days_ago(1), appointment_id=second.id))
    assert (fixed.appointment_id, state(first), state(second)) == (second.id, "planned", "held")
    again = correct_intake(office, IntakeDraft(id=intake.id, held_on=days_ago(8), sure=True))
    assert (again.appointment_id, state(first), state(second)) == (first.id, "held", "planned")
    correct_intake(office, IntakeDraft(id=intake.id, held_on=days_ago(8), appointment_id=ANOTHER_TALK))
    assert (state(first), state(second)) == ("planned", "planned")


def test_talk_on_another_day_than_planned_keeps_its_appointment(office: Member, voucher: Voucher) -> None:
    appointment = planned(office, voucher, 3)
    intake = talked(office, voucher, 3)
    assert correct_intake(office, IntakeDraft(id=intake.id, held_on=days_ago(2))).appointment_id == appointment.id
    take_back_intake(office, intake.id)
    assert state(appointment) == "planned"


# ---- going along


@pytest.fixture
def enrolment(office: Member, voucher: Voucher) -> Enrolment:
    return signed_up(office, voucher, add_activity("Koor"), accompanied=True)


def together(voucher: Voucher) -> str:
    return fields_for(core_facts(voucher, clock.today()), "intake").get("samen_met_ons", "")


def test_going_along_is_planned_and_only_then_in_the_letter(
    office: Member, voucher: Voucher, enrolment: Enrolment
) -> None:
    assert rows(office) == [("plan_visit", enrolment.id)]
    assert together(voucher) == ""
    visit = planned(office, voucher, -2, kind="first_visit")
    assert (visit.enrolment_id, visit.address) == (enrolment.id, "Koor")
    assert (rows(office), together(voucher)) == ([], "samen met ons")
    miss_appointment(office, MissedDraft(id=visit.id, cancelled=True))
    assert (rows(office), together(voucher)) == ([("plan_visit", enrolment.id)], "")


def test_how_the_visit_went_is_asked_once(office: Member, voucher: Voucher, enrolment: Enrolment) -> None:
    visit = planned(office, voucher, 0, 0, kind="first_visit")
    assert rows(office) == [("first_visit", enrolment.id)]
    assert rows(office, 1) == [("first_visit", enrolment.id)]
    record_first_time(
        office, FirstTimeDraft(enrolment_id=enrolment.id, first_attended_on=days_ago(0), first_known_by="leader")
    )
    assert (state(visit), rows(office, 1)) == ("held", [])
    take_back_first_time(office, enrolment.id)
    assert (state(visit), rows(office, 1)) == ("planned", [("first_visit", enrolment.id)])


def test_going_along_of_before_it_was_linked_goes_to_what_it_is_called(
    office: Member, voucher: Voucher, enrolment: Enrolment
) -> None:
    """The first time somewhere else says nothing of it, and stopping somewhere else does not call it off."""
    other = add_enrolment(voucher, None, destination="volunteering", destination_name="Voedselbank Noord")
    third = add_enrolment(voucher, add_activity("Schaken"))
    visit = planned(office, voucher, -2, kind="first_visit", enrolment_id=other.id)
    Appointment.update(enrolment=None).where(Appointment.id == visit.id).execute()
    been = FirstTimeDraft(enrolment_id=enrolment.id, first_attended_on=days_ago(3), first_known_by="leader")
    record_first_time(office, been)
    stop_enrolment(office, StopDraft(enrolment_id=third.id, stopped_on=days_ago(0), stop_reason="cost"))
    assert state(visit) == "planned"
    assert rows(office, 2) == [("first_visit", other.id)]
    record_first_time(office, replace(been, enrolment_id=other.id, first_attended_on=days_ago(0), sure=True))
    assert state(visit) == "cancelled"


def test_first_time_on_another_day_says_what_came_of_the_visit(
    office: Member, voucher: Voucher, enrolment: Enrolment
) -> None:
    visit = planned(office, voucher, 2, kind="first_visit")
    went = {"enrolment_id": enrolment.id, "first_known_by": "phone"}
    record_first_time(office, FirstTimeDraft(**went, first_attended_on=days_ago(1)))
    assert state(visit) == "missed"
    fixed = EnrolmentDraft(id=enrolment.id, activity=enrolment.activity_id, enrolled_on=days_ago(3), accompanied=True,
                           first_attended_on=days_ago(2), first_known_by="phone")  # fmt: skip
    correct_enrolment(office, fixed)
    assert state(visit) == "held"


def test_first_time_before_the_visit_calls_it_off_after_asking(
    office: Member, voucher: Voucher, enrolment: Enrolment
) -> None:
    visit = planned(office, voucher, -3, kind="first_visit")
    went = {"enrolment_id": enrolment.id, "first_known_by": "phone", "first_attended_on": days_ago(0)}
    with pytest.raises(Doubtful) as doubt:
        record_first_time(office, FirstTimeDraft(**went))
    assert "meegaan" in doubt.value.fields["first_attended_on"]
    record_first_time(office, FirstTimeDraft(**went, sure=True))
    assert state(visit) == "cancelled"
    undo_last(office)
    assert state(visit) == "planned"


def test_moved_visit_goes_to_the_same_activity(office: Member, voucher: Voucher, enrolment: Enrolment) -> None:
    visit = planned(office, voucher, -2, kind="first_visit")
    later = move_appointment(
        office, AppointmentDraft(id=visit.id, day=days_ago(-5), hour=time(10), place="activity", address="Koor")
    )
    assert (later.enrolment_id, state(visit), rows(office)) == (enrolment.id, "moved", [])
    take_back_enrolment(office, enrolment.id)
    assert Appointment.select().count() == 0
    undo_last(office)
    assert Appointment.get_one(later.id).enrolment_id == enrolment.id


def test_two_first_visits_are_two_tasks_and_one_can_be_put_off(
    office: Member, voucher: Voucher, enrolment: Enrolment
) -> None:
    other = signed_up(office, voucher, add_activity("Tuingroep"), accompanied=True)
    with pytest.raises(Refused) as refused:
        planned(office, voucher, 0, kind="first_visit")
    assert "enrolment_id" in refused.value.fields
    for each in (enrolment, other):
        planned(office, voucher, 0, 0, kind="first_visit", enrolment_id=each.id)
    assert rows(office) == [("first_visit", enrolment.id), ("first_visit", other.id)]
    postpone_task(office, voucher.id, "first_visit", 2, enrolment.id)
    assert rows(office) == [("first_visit", other.id)]
    postpone_task(office, voucher.id, "first_visit", 1)
    assert rows(office) == []
    assert rows(office, 1) == [("first_visit", other.id)]


def test_nobody_goes_along_to_what_is_of_somebody_else_or_over(
    office: Member, voucher: Voucher, enrolment: Enrolment
) -> None:
    other = add_voucher(office, add_practice("Het Plein", agb=None), surname="Bos")
    theirs = add_enrolment(other, add_activity("Tuingroep"))
    over = add_enrolment(voucher, add_activity("Bingo"), state="stopped", stopped_on=days_ago(1))
    for wrong in (theirs, over):
        with pytest.raises(Refused):
            planned(office, voucher, -2, kind="first_visit", enrolment_id=wrong.id)
