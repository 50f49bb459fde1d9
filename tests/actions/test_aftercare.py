"""The talk three months on as staff record it: stored, corrected, taken back, undone, and what goes along with it."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from desktop.actions.aftercare import correct_aftercare, hold_aftercare, take_back_aftercare
from desktop.actions.appointments import plan_aftercare, take_back_appointment
from desktop.actions.endings import close_case
from desktop.actions.enrolments import correct_enrolment, enrol, record_first_time
from desktop.actions.intakes import correct_intake, hold_intake
from desktop.actions.merge import merge_people
from desktop.actions.retention import destroy_person
from desktop.actions.undo import undo_last
from desktop.errors import Doubtful, Refused
from desktop.rules.aftercare import AftercareDraft
from desktop.rules.deeds import (
    AppointmentDraft,
    ClosingDraft,
    EnrolDraft,
    EnrolmentDraft,
    FirstTimeDraft,
    IntakeDraft,
)
from desktop.rules.merge import MergeDraft
from desktop.rules.retention import DestroyDraft
from desktop.rules.staff import Member
from desktop.storage.changes import Audit
from desktop.storage.deeds import find_attended
from desktop.storage.merge import count_referring
from desktop.storage.models import Aftercare, Appointment, Enrolment, Person, Voucher
from desktop.storage.story import latest_marks, story
from desktop.storage.subject_access import list_parts
from desktop.storage.tasks import list_tasks
from tests.factory import add_activity, add_closing, add_member, add_practice, add_voucher, days_ago


@pytest.fixture
def voucher(office: Member) -> Voucher:
    practice = add_practice()
    return add_voucher(office, practice, dated_on=days_ago(120), received_on=days_ago(120))


def joined(by: Member, voucher: Voucher, title: str, first: int | None = 95, signed: int = 100) -> Enrolment:
    """Signed up, and been there for the first time so many days ago."""
    activity = add_activity(title)
    draft = EnrolDraft(voucher_id=voucher.id, activities=(activity.id,), enrolled_on=days_ago(signed), sure=True)
    enrolment = enrol(by, draft)[0]
    if first is not None:
        enrolment = record_first_time(
            by,
            FirstTimeDraft(
                enrolment_id=enrolment.id, first_attended_on=days_ago(first), first_known_by="phone", sure=True
            ),
        )
    return enrolment


def a_talk(voucher: Voucher, outcome: str = "still", ago: int = 0, **more: Any) -> AftercareDraft:
    return AftercareDraft(voucher_id=voucher.id, held_on=days_ago(ago), outcome=outcome, **more)


def again(talk: Aftercare, **more: Any) -> AftercareDraft:
    """The talk as its form has it when it is opened to be corrected."""
    fresh = Aftercare.get_by_id(talk.id)
    kept = ("held_on", "place", "outcome", "stop_reason", "satisfaction", "gp_contacts", "note")
    facts = {name: getattr(fresh, name) for name in kept}
    return AftercareDraft(id=fresh.id, version=fresh.version, voucher_id=fresh.voucher_id, **{**facts, **more})


def now(voucher: Voucher) -> Voucher:
    found: Voucher = Voucher.get_by_id(voucher.id)
    return found


def standing(enrolment: Enrolment) -> tuple[str, date | None, str]:
    fresh = Enrolment.get_by_id(enrolment.id)
    return fresh.state, fresh.stopped_on, fresh.stop_reason


def test_everything_that_was_said_is_on_file(office: Member, voucher: Voucher) -> None:
    gym = joined(office, voucher, "Stoelgym")
    marks: dict[str, Any] = {"mark_body": 6, "mark_feeling": 7, "mark_meaning": 7, "mark_quality": 6, "mark_joining": 8}
    talk = hold_aftercare(
        office,
        a_talk(
            voucher,
            place="home",
            satisfaction=8,
            gp_contacts=1,
            note=" Komt elke week. ",
            enrolment_id=gym.id,
            times_present=7,
            times_held=8,
            **marks,
        ),
    )
    stored = Aftercare.get_by_id(talk.id)
    assert (stored.held_on, stored.place, stored.coach_id, stored.outcome) == (days_ago(0), "home", office.id, "still")
    assert (stored.satisfaction, stored.gp_contacts, stored.note) == (8, 1, "Komt elke week.")
    assert ({name: getattr(stored, name) for name in marks}, stored.mark_daily) == (marks, None)
    fresh = Enrolment.get_by_id(gym.id)
    assert (fresh.state, fresh.times_present, fresh.times_held) == ("started", 7, 8)
    assert (now(voucher).status, now(voucher).due_on) == ("aftercare", days_ago(0))
    assert Audit.select().order_by(Audit.id.desc()).first().name == "aftercare held"


def test_planned_talk_becomes_held_and_stands_again_when_taken_back(office: Member, voucher: Voucher) -> None:
    joined(office, voucher, "Stoelgym")
    planned = plan_aftercare(
        office, AppointmentDraft(voucher_id=voucher.id, day=days_ago(1), hour=time(10), place="phone", sure=True)
    )
    talk = hold_aftercare(office, a_talk(voucher, appointment_id=planned.id))
    assert Appointment.get_by_id(planned.id).state == "held"
    assert "Nazorggesprek met" not in titles(office)
    with pytest.raises(Refused, match="nazorggesprek"):
        take_back_appointment(office, planned.id)
    take_back_aftercare(office, talk.id, talk.version)
    assert Appointment.get_by_id(planned.id).state == "planned"
    assert Aftercare.select().count() == 0
    assert now(voucher).status == "participating"
    assert "Nazorggesprek met" in titles(office)


def test_talk_of_somebody_elses_appointment_is_refused(office: Member, voucher: Voucher) -> None:
    other = add_voucher(office, surname="Ander", dated_on=days_ago(120), received_on=days_ago(120))
    joined(office, voucher, "Stoelgym")
    planned = plan_aftercare(
        office, AppointmentDraft(voucher_id=other.id, day=days_ago(-1), hour=time(10), place="phone")
    )
    with pytest.raises(Refused):
        hold_aftercare(office, a_talk(voucher, appointment_id=planned.id))
    assert Aftercare.select().count() == 0


@pytest.mark.parametrize(("outcome", "first"), [("stopped", 95), ("never", None)])
def test_who_no_longer_takes_part_is_signed_off_that_day_with_the_reason(
    office: Member, voucher: Voucher, outcome: str, first: int | None
) -> None:
    gym, coffee = (joined(office, voucher, title, first) for title in ("Stoelgym", "Koffie"))
    hold_aftercare(office, a_talk(voucher, outcome, ago=1, stop_reason="cost"))
    assert standing(gym) == standing(coffee) == ("stopped", days_ago(1), "cost")
    assert now(voucher).status == "aftercare"
    assert "Voucher afsluiten" in titles(office)


def test_taken_back_the_enrolments_stand_as_they_did(office: Member, voucher: Voucher) -> None:
    started = joined(office, voucher, "Stoelgym")
    signed_up = joined(office, voucher, "Koffie", first=None)
    full = add_activity("Eetkamer")
    waiting = enrol(
        office,
        EnrolDraft(voucher_id=voucher.id, activities=(full.id,), enrolled_on=days_ago(90), waiting=True, sure=True),
    )[0]
    talk = hold_aftercare(office, a_talk(voucher, "stopped", stop_reason="illness"))
    assert [standing(each)[0] for each in (started, signed_up, waiting)] == ["stopped"] * 3
    take_back_aftercare(office, talk.id)
    assert [standing(each) for each in (started, signed_up, waiting)] == [
        ("started", None, ""),
        ("enrolled", None, ""),
        ("waiting", None, ""),
    ]
    assert now(voucher).status == "participating"


def test_undo_takes_the_talk_the_counts_and_the_ending_back_at_once(office: Member, voucher: Voucher) -> None:
    gym = joined(office, voucher, "Stoelgym")
    draft = a_talk(voucher, "stopped", stop_reason="cost", enrolment_id=gym.id, times_present=2, times_held=9)
    hold_aftercare(office, draft)
    undo_last(office)
    fresh = Enrolment.get_by_id(gym.id)
    assert (standing(gym), fresh.times_present, fresh.times_held) == (("started", None, ""), None, None)
    assert Aftercare.select().count() == 0
    assert now(voucher).status == "participating"


def test_stopped_corrected_to_still_lets_the_enrolment_go_on(office: Member, voucher: Voucher) -> None:
    gym = joined(office, voucher, "Stoelgym")
    talk = hold_aftercare(office, a_talk(voucher, "stopped", stop_reason="cost"))
    correct_aftercare(office, again(talk, outcome="still"))
    assert standing(gym) == ("started", None, "")
    assert Aftercare.get().stop_reason == ""
    correct_aftercare(office, again(talk, outcome="stopped", stop_reason="illness", held_on=days_ago(2)))
    assert standing(gym) == ("stopped", days_ago(2), "illness")


def test_correcting_a_note_leaves_what_was_joined_since(office: Member, voucher: Voucher) -> None:
    joined(office, voucher, "Stoelgym")
    talk = hold_aftercare(office, a_talk(voucher, "stopped", ago=5, stop_reason="cost"))
    garden = joined(office, voucher, "Buurttuin", first=2, signed=4)
    correct_aftercare(office, again(talk, note="Was te duur."))
    correct_aftercare(office, again(talk, stop_reason="illness"))
    assert standing(garden) == ("started", None, "")
    take_back_aftercare(office, talk.id)
    assert standing(garden) == ("started", None, "")


def test_stale_correction_is_refused(office: Member, voucher: Voucher) -> None:
    joined(office, voucher, "Stoelgym")
    talk = hold_aftercare(office, a_talk(voucher))
    stale = again(talk, satisfaction=3)
    correct_aftercare(office, again(talk, satisfaction=9))
    with pytest.raises(Refused, match="ntussen"):
        correct_aftercare(office, stale)
    assert Aftercare.get().satisfaction == 9


def test_never_started_is_asked_when_a_first_time_is_on_file(office: Member, voucher: Voucher) -> None:
    gym = joined(office, voucher, "Stoelgym")
    never = a_talk(voucher, "never", stop_reason="threshold")
    with pytest.raises(Doubtful) as doubt:
        hold_aftercare(office, never)
    assert "outcome" in doubt.value.fields
    assert standing(gym)[0] == "started"
    hold_aftercare(office, replace(never, sure=True))
    assert standing(gym)[0] == "stopped"


def test_another_activity_is_looked_for_and_then_the_path_goes_on(office: Member, voucher: Voucher) -> None:
    joined(office, voucher, "Stoelgym")
    hold_aftercare(office, a_talk(voucher, "other", ago=3))
    assert (now(voucher).status, "Activiteit zoeken" in titles(office)) == ("aftercare", True)
    joined(office, voucher, "Buurttuin", first=0, signed=2)
    assert now(voucher).status == "participating"
    hold_aftercare(office, a_talk(voucher, "still"))
    assert (Aftercare.select().count(), now(voucher).status) == (2, "aftercare")


def test_closing_before_the_talk_is_asked(office: Member, voucher: Voucher) -> None:
    joined(office, voucher, "Stoelgym")
    hold_aftercare(office, a_talk(voucher))
    with pytest.raises(Doubtful) as doubt:
        close_case(office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(1), outcome="completed"))
    assert "closed_on" in doubt.value.fields


def test_attendance_is_asked_of_what_began_first(office: Member, voucher: Voucher) -> None:
    late = joined(office, voucher, "Koffie", first=40, signed=110)
    early = joined(office, voucher, "Stoelgym", first=95)
    joined(office, voucher, "Eetkamer", first=None, signed=115)
    assert find_attended(office, voucher.id) == early
    talk = hold_aftercare(office, a_talk(voucher, "stopped", stop_reason="cost"))
    assert find_attended(office, voucher.id) is None
    assert find_attended(office, voucher.id, talk.held_on) == early
    assert late.id != early.id


def test_times_there_are_corrected_on_the_enrolment_too(office: Member, voucher: Voucher) -> None:
    gym = joined(office, voucher, "Stoelgym")
    facts = {"activity": gym.activity_id, "enrolled_on": gym.enrolled_on, "first_attended_on": gym.first_attended_on}
    draft = EnrolmentDraft(id=gym.id, version=gym.version, first_known_by="phone", sure=True, **facts)
    with pytest.raises(Refused) as refused:
        correct_enrolment(office, replace(draft, times_present=9, times_held=8))
    assert list(refused.value.fields) == ["times_present"]
    correct_enrolment(office, replace(draft, times_present=7, times_held=8))
    assert "7 van 8 keer" in " ".join(line.subtitle for line in story(office, voucher.person_id))


def test_contacts_with_the_gp_are_kept_at_the_intake(office: Member, voucher: Voucher) -> None:
    with pytest.raises(Refused) as refused:
        hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(100), gp_contacts=100))
    assert list(refused.value.fields) == ["gp_contacts"]
    intake = hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(100), gp_contacts=4))
    assert intake.gp_contacts == 4
    draft = IntakeDraft(id=intake.id, version=intake.version, held_on=days_ago(100), gp_contacts=None)
    assert correct_intake(office, draft).gp_contacts is None


def test_story_tells_the_talk_once_and_in_its_own_words(office: Member, voucher: Voucher) -> None:
    joined(office, voucher, "Stoelgym")
    planned = plan_aftercare(
        office, AppointmentDraft(voucher_id=voucher.id, day=days_ago(0), hour=time(0, 1), place="phone", sure=True)
    )
    facts: dict[str, Any] = {"stop_reason": "other_care", "satisfaction": 7, "gp_contacts": 2, "mark_body": 5}
    hold_aftercare(office, a_talk(voucher, "stopped", appointment_id=planned.id, note="Naar fysio.", **facts))
    lines = {line.kind: line for line in story(office, voucher.person_id) if line.on == days_ago(0)}
    assert "appointment" not in lines
    assert lines["aftercare"].title == "Nazorggesprek gehad: gestopt"
    told = lines["aftercare"].subtitle
    assert told == (
        "naar andere zorg · telefonisch · tevredenheid 7 · 1 van 6 cijfers · 2 contacten met de huisarts"
        " · Naar fysio."
    )


def test_newest_marks_of_intake_or_talk_are_the_picture(office: Member, voucher: Voucher) -> None:
    hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(100), mark_body=4))
    joined(office, voucher, "Stoelgym")
    talk = hold_aftercare(office, a_talk(voucher, mark_body=7))
    assert latest_marks(voucher.person_id) == talk
    correct_aftercare(office, again(talk))
    found = latest_marks(voucher.person_id)
    assert found is not None
    assert (found.held_on, found.mark_body) == (days_ago(100), 4)


def test_talk_is_in_the_own_file_and_goes_with_the_person(office: Member, voucher: Voucher) -> None:
    joined(office, voucher, "Stoelgym")
    hold_aftercare(office, a_talk(voucher, satisfaction=8, note="Vindt het fijn."))
    part = next(each for each in list_parts(office, voucher.person_id) if each.table == "aftercare")
    assert part.has_text
    words = " ".join(value for _name, value in part.facts)
    assert "Doet nog mee" in words
    assert "Vindt het fijn." in words


def test_destroyed_with_the_person_and_anonymous_it_still_counts(office: Member, voucher: Voucher) -> None:
    other = add_voucher(office, surname="Bakker", dated_on=days_ago(120), received_on=days_ago(120))
    for case in (voucher, other):
        joined(office, case, f"Stoelgym {case.id}")
        hold_aftercare(office, a_talk(case, "stopped", stop_reason="cost", note="Vindt het fijn.", gp_contacts=2))
        add_closing(case)
    destroy = DestroyDraft(person_id=voucher.person_id, surname="Meer-de Wit", sure=True)
    assert destroy_person(office, destroy).ids["aftercare"]
    destroy_person(office, DestroyDraft(person_id=other.person_id, surname="Bakker", how="anonymise", sure=True))
    left = Aftercare.get()
    assert (left.person_id, left.outcome, left.stop_reason, left.gp_contacts) == (other.person_id, "stopped", "cost", 2)
    assert left.note == ""


def test_talk_goes_along_when_two_records_are_one_person(office: Member, voucher: Voucher) -> None:
    other = add_voucher(office, first_name="", dated_on=days_ago(120), received_on=days_ago(120))
    joined(office, other, "Stoelgym")
    hold_aftercare(office, a_talk(other))
    kept, gone = (Person.get_by_id(each.person_id) for each in (voucher, other))
    seen = {"kept": kept.id, "kept_version": kept.version, "other": gone.id, "other_version": gone.version}
    assert count_referring(gone)["aftercare"] == 1
    merge_people(office, MergeDraft(**seen))
    assert Aftercare.get().person_id == kept.id
    undo_last(office)
    assert Aftercare.get().person_id == gone.id


def test_a_coach_records_it_and_intake_staff_and_leaders_do_not(office: Member, voucher: Voucher) -> None:
    joined(office, voucher, "Stoelgym")
    for role in ("leader", "intake"):
        with pytest.raises(Refused):
            hold_aftercare(add_member(f"{role} Vos", role), a_talk(voucher))
    hold_aftercare(add_member("C. Coach", "coach"), a_talk(voucher))
    assert Aftercare.select().count() == 1


def titles(by: Member) -> str:
    return "\n".join(task.title for task in list_tasks(by, days_ago(0)))
