"""The path of a case as staff record it: each deed stored, corrected, taken back, and what cannot be refused."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from desktop import clock
from desktop.actions.aftercare import hold_aftercare
from desktop.actions.appointments import (
    correct_appointment,
    miss_appointment,
    move_appointment,
    plan_intake,
    take_back_appointment,
)
from desktop.actions.consents import record_consents, record_informed, withdraw_consent
from desktop.actions.contacts import correct_contact, record_contact, take_back_contact
from desktop.actions.endings import (
    close_case,
    correct_worry,
    record_worry,
    reopen_case,
    take_back_closing,
    take_back_worry,
)
from desktop.actions.enrolments import (
    correct_enrolment,
    enrol,
    give_place,
    record_first_time,
    register_walk_in,
    stop_enrolment,
    take_back_enrolment,
    take_back_first_time,
)
from desktop.actions.finding import note_gap
from desktop.actions.intakes import correct_intake, hold_intake, take_back_intake
from desktop.actions.undo import undo_last
from desktop.errors import Doubtful, Refused
from desktop.rules.aftercare import AftercareDraft
from desktop.rules.deeds import (
    AppointmentDraft,
    ClosingDraft,
    ConsentDraft,
    ContactDraft,
    EnrolDraft,
    EnrolmentDraft,
    FirstTimeDraft,
    IntakeDraft,
    MissedDraft,
    ReopenDraft,
    StopDraft,
    WalkInDraft,
    WorryDraft,
)
from desktop.rules.staff import Member
from desktop.storage.deeds import free_slots
from desktop.storage.models import (
    Appointment,
    Closing,
    Consent,
    ContactAttempt,
    Enrolment,
    Gap,
    Intake,
    Person,
    Voucher,
    Worry,
)
from tests.factory import a_draft, add_activity, add_practice, add_voucher, counts, days_ago

NINE = time(9)


@pytest.fixture
def voucher(office: Member) -> Voucher:
    """A voucher of ten days ago."""
    return add_voucher(office, add_practice(), dated_on=days_ago(10), received_on=days_ago(10))


def now_on_file(voucher: Voucher) -> Voucher:
    found: Voucher = Voucher.get_by_id(voucher.id)
    return found


def a_call(voucher: Voucher, outcome: str = "no_answer", ago: int = 5, **more: Any) -> ContactDraft:
    return ContactDraft(voucher_id=voucher.id, on=days_ago(ago), at=NINE, outcome=outcome, **more)


def an_intake(voucher: Voucher, ago: int = 3, **more: Any) -> IntakeDraft:
    return IntakeDraft(voucher_id=voucher.id, held_on=days_ago(ago), **more)


def tomorrow(voucher: Voucher, hour: time = NINE, **more: Any) -> AppointmentDraft:
    return AppointmentDraft(voucher_id=voucher.id, day=days_ago(-1), hour=hour, **more)


def signed_up(office: Member, voucher: Voucher, **more: Any) -> Enrolment:
    activity = add_activity()
    draft = EnrolDraft(voucher_id=voucher.id, activities=(activity.id,), enrolled_on=days_ago(2), **more)
    return enrol(office, draft)[0]


# ---- a day that cannot be, also when it is a correction


def test_correcting_a_talk_or_call_does_not_carry_it_past_the_end_of_its_case(office: Member, voucher: Voucher) -> None:
    call = record_contact(office, a_call(voucher, "reached", ago=6))
    talk = hold_intake(office, an_intake(voucher, 5))
    close_case(office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(3), outcome="completed", sure=True))
    for ago in (2, 0):
        with pytest.raises(Refused, match="Open hem eerst weer"):
            correct_contact(office, a_call(voucher, "reached", ago, id=call.id, sure=True))
        with pytest.raises(Refused, match="Open hem eerst weer"):
            correct_intake(office, an_intake(voucher, ago, id=talk.id, sure=True))
    correct_contact(office, a_call(voucher, "reached", 3, id=call.id, sure=True))
    correct_intake(office, an_intake(voucher, 3, id=talk.id, sure=True))
    assert Intake.get_by_id(talk.id).held_on == days_ago(3)


def test_an_appointment_that_was_held_or_missed_stays_in_the_past(office: Member, voucher: Voucher) -> None:
    visit = plan_intake(office, replace(tomorrow(voucher), day=days_ago(2), sure=True))
    miss_appointment(office, MissedDraft(id=visit.id, version=visit.version))
    with pytest.raises(Refused) as refused:
        correct_appointment(office, tomorrow(voucher, id=visit.id, sure=True))
    assert list(refused.value.fields) == ["day"]
    correct_appointment(office, replace(tomorrow(voucher, id=visit.id, sure=True), day=days_ago(1)))
    assert Appointment.get_by_id(visit.id).starts_at == datetime.combine(days_ago(1), NINE)


# ---- contact


def test_call_now_is_stored_with_this_moment_and_the_case_is_being_called(office: Member, voucher: Voucher) -> None:
    attempt = record_contact(
        office, ContactDraft(voucher_id=voucher.id, outcome="voicemail", note="neutraal ingesproken")
    )
    assert clock.now() - attempt.at < timedelta(minutes=1)
    assert (attempt.staff_id, attempt.way, attempt.direction) == (office.id, "phone", "out")
    assert now_on_file(voucher).status == "contacting"


def test_telling_where_the_data_came_from_is_kept_on_the_person(office: Member, voucher: Voucher) -> None:
    record_contact(office, a_call(voucher, "reached", informed=True))
    person = Person.get_by_id(voucher.person_id)
    assert (person.informed_on, person.informed_how, person.informed_by_id) == (days_ago(5), "spoken", office.id)
    undo_last(office)
    assert Person.get_by_id(voucher.person_id).informed_on is None


def test_call_typed_wrong_is_corrected_and_a_stale_correction_refused(office: Member, voucher: Voucher) -> None:
    attempt = record_contact(office, a_call(voucher))
    correct_contact(office, a_call(voucher, "reached", id=attempt.id, version=attempt.version))
    assert ContactAttempt.get_by_id(attempt.id).outcome == "reached"
    with pytest.raises(Refused) as refused:
        correct_contact(office, a_call(voucher, "voicemail", id=attempt.id, version=1))
    assert office.name in refused.value.message


def test_call_taken_back_leaves_the_case_as_received_and_can_itself_be_undone(office: Member, voucher: Voucher) -> None:
    attempt = record_contact(office, a_call(voucher))
    take_back_contact(office, attempt.id, attempt.version)
    assert ContactAttempt.select().count() == 0
    assert now_on_file(voucher).status == "received"
    undo_last(office)
    assert ContactAttempt.select().count() == 1
    assert now_on_file(voucher).status == "contacting"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on": days_ago(-1)}, "on"),
        ({"on": date(1950, 1, 1)}, "on"),
        ({"outcome": ""}, "outcome"),
        ({"outcome": "elsewhere"}, "outcome"),
        ({"call_back_on": days_ago(9)}, "call_back_on"),
        ({"call_back_at": NINE}, "call_back_on"),
        ({"note": "BSN 111222333"}, "note"),
    ],
)
def test_what_cannot_be_of_a_call_is_said_at_its_field(
    office: Member, voucher: Voucher, wrong: dict[str, object], field: str
) -> None:
    values: dict[str, Any] = {"voucher_id": voucher.id, "on": days_ago(5), "at": NINE, "outcome": "reached", **wrong}
    with pytest.raises(Refused) as refused:
        record_contact(office, ContactDraft(**values))
    assert set(refused.value.fields) == {field}
    assert ContactAttempt.select().count() == 0


def test_call_before_the_voucher_is_asked_not_refused(office: Member, voucher: Voucher) -> None:
    with pytest.raises(Doubtful):
        record_contact(office, a_call(voucher, ago=11))
    assert record_contact(office, a_call(voucher, ago=11, sure=True)).id


# ---- appointments and the talk


def test_intake_planned_moved_and_missed_tells_the_whole_story(office: Member, voucher: Voucher) -> None:
    first = plan_intake(office, tomorrow(voucher))
    assert now_on_file(voucher).status == "intake_planned"
    second = move_appointment(office, tomorrow(voucher, time(14), id=first.id, version=first.version))
    assert [each.state for each in Appointment.select().order_by(Appointment.id)] == ["moved", "planned"]
    with pytest.raises(Refused):
        miss_appointment(office, MissedDraft(id=second.id))
    miss_appointment(office, MissedDraft(id=second.id, cancelled=True, note="ziek"))
    assert Appointment.get_by_id(second.id).state == "cancelled"
    assert now_on_file(voucher).status == "received"


def test_coach_who_is_busy_then_is_asked_about(office: Member, voucher: Voucher) -> None:
    plan_intake(office, tomorrow(voucher, coach=office.id))
    with pytest.raises(Doubtful) as doubt:
        plan_intake(office, tomorrow(voucher, time(9, 30), coach=office.id))
    assert office.name in doubt.value.fields["hour"]
    assert plan_intake(office, tomorrow(voucher, time(9, 30), coach=office.id, sure=True)).id


def test_free_slots_leave_out_what_is_taken(office: Member, voucher: Voucher) -> None:
    monday = datetime(2030, 11, 4, 7, tzinfo=clock.AMSTERDAM)
    before = free_slots(office, office.id, monday)
    plan_intake(office, AppointmentDraft(voucher_id=voucher.id, day=days_ago(-1), hour=NINE, coach=office.id))
    assert before[0] == datetime(2030, 11, 4, 9, 30)
    assert len({slot.date() for slot in before}) == 3
    assert free_slots(office, office.id, monday) == before
    taken = datetime.combine(days_ago(-1), NINE)
    assert all(abs(slot - taken) >= timedelta(hours=1) for slot in free_slots(office, office.id, clock.local_now()))


def test_intake_held_keeps_the_words_the_marks_and_the_consents(office: Member, voucher: Voucher) -> None:
    planned = plan_intake(office, AppointmentDraft(voucher_id=voucher.id, day=days_ago(3), hour=NINE, sure=True))
    intake = hold_intake(
        office,
        an_intake(
            voucher, appointment_id=planned.id, goals="Weer onder de mensen", mark_body=7, consent_activity="yes"
        ),
    )
    assert Appointment.get_by_id(planned.id).state == "held"
    assert (intake.goals, intake.mark_body, intake.mark_feeling) == ("Weer onder de mensen", 7, None)
    assert counts(voucher, "activity") == "yes"
    assert now_on_file(voucher).status == "intake_held"


def test_several_talks_in_one_case_and_one_was_enough(office: Member, voucher: Voucher) -> None:
    hold_intake(office, an_intake(voucher, 4))
    second = hold_intake(office, an_intake(voucher, 2))
    correct_intake(office, an_intake(voucher, 2, id=second.id, version=second.version, one_talk_enough=True))
    assert now_on_file(voucher).due_on == days_ago(2)


def test_intake_taken_back_puts_its_appointment_back(office: Member, voucher: Voucher) -> None:
    planned = plan_intake(office, AppointmentDraft(voucher_id=voucher.id, day=days_ago(3), hour=NINE, sure=True))
    intake = hold_intake(office, an_intake(voucher, appointment_id=planned.id))
    with pytest.raises(Refused):
        take_back_appointment(office, planned.id)
    take_back_intake(office, intake.id, intake.version)
    assert Appointment.get_by_id(planned.id).state == "planned"
    assert now_on_file(voucher).status == "intake_planned"


@pytest.mark.parametrize(("ago", "words"), [(11, "voucher"), (7, "contact")])
def test_intake_out_of_the_usual_order_is_asked(office: Member, voucher: Voucher, ago: int, words: str) -> None:
    record_contact(office, a_call(voucher, "reached", ago=5))
    with pytest.raises(Doubtful) as doubt:
        hold_intake(office, an_intake(voucher, ago))
    assert words in doubt.value.fields["held_on"]
    assert hold_intake(office, an_intake(voucher, ago, sure=True)).id


def test_intake_of_tomorrow_is_refused(office: Member, voucher: Voucher) -> None:
    with pytest.raises(Refused) as refused:
        hold_intake(office, an_intake(voucher, -1, sure=True))
    assert not isinstance(refused.value, Doubtful)


# ---- activities


def test_several_activities_and_one_outside_the_catalogue_at_once(office: Member, voucher: Voucher) -> None:
    coffee, garden = add_activity(), add_activity("Tuingroep")
    made = enrol(
        office,
        EnrolDraft(
            voucher_id=voucher.id,
            activities=(coffee.id, garden.id),
            destination="buddy",
            enrolled_on=days_ago(0),
            start_on=days_ago(-3),
            accompanied=True,
            visit_day=days_ago(-3),
            visit_hour=NINE,
        ),
    )
    assert [each.activity_id or each.destination for each in made] == [coffee.id, garden.id, "buddy"]
    visit = Appointment.get(Appointment.kind == "first_visit")
    assert (visit.address, visit.starts_at.date()) == ("Koffie-inloop", days_ago(-3))
    assert now_on_file(voucher).due_on == days_ago(-3)
    undo_last(office)
    assert Enrolment.select().count() == Appointment.select().count() == 0


def test_full_activity_is_asked_and_the_waiting_list_is_not(office: Member, voucher: Voucher) -> None:
    coffee = add_activity(capacity=0)
    full = EnrolDraft(voucher_id=voucher.id, activities=(coffee.id,), enrolled_on=days_ago(0))
    with pytest.raises(Doubtful) as doubt:
        enrol(office, full)
    assert "Koffie-inloop" in doubt.value.fields["activities"]
    waiting = EnrolDraft(voucher_id=voucher.id, activities=(coffee.id,), enrolled_on=days_ago(0), waiting=True)
    enrolment = enrol(office, waiting)[0]
    assert enrolment.state == "waiting"
    with pytest.raises(Doubtful):
        give_place(office, enrolment.id, enrolment.version)
    give_place(office, enrolment.id, enrolment.version, sure=True)
    assert Enrolment.get_by_id(enrolment.id).state == "offered"


def test_same_activity_twice_is_refused(office: Member, voucher: Voucher) -> None:
    enrolment = signed_up(office, voucher)
    with pytest.raises(Refused):
        enrol(
            office,
            EnrolDraft(voucher_id=voucher.id, activities=(enrolment.activity_id,), enrolled_on=days_ago(0), sure=True),
        )


def test_first_time_starts_taking_part_and_can_be_taken_back(office: Member, voucher: Voucher) -> None:
    enrolment = signed_up(office, voucher)
    went = record_first_time(
        office, FirstTimeDraft(enrolment_id=enrolment.id, first_attended_on=days_ago(1), first_known_by="phone")
    )
    assert (went.state, now_on_file(voucher).status) == ("started", "participating")
    take_back_first_time(office, went.id, went.version)
    assert now_on_file(voucher).status == "placing"


def test_enrolment_is_corrected_stopped_and_taken_back(office: Member, voucher: Voucher) -> None:
    enrolment = signed_up(office, voucher)
    garden = add_activity("Tuingroep")
    fixed = correct_enrolment(
        office,
        EnrolmentDraft(id=enrolment.id, version=enrolment.version, activity=garden.id, enrolled_on=days_ago(1)),
    )
    assert Enrolment.get_by_id(enrolment.id).activity.title == "Tuingroep"
    stop_enrolment(office, StopDraft(enrolment_id=fixed.id, stopped_on=days_ago(0), stop_reason="cost"))
    assert Enrolment.get_by_id(enrolment.id).stop_reason == "cost"
    take_back_enrolment(office, enrolment.id)
    assert now_on_file(voucher).status == "received"


def test_walk_in_is_registered_enrolled_and_started_in_one_deed(office: Member) -> None:
    coffee = add_activity(capacity=0)
    draft = a_draft(add_practice())
    voucher = register_walk_in(
        office,
        WalkInDraft(
            **{field: getattr(draft, field) for field in draft.__dataclass_fields__},
            activity=coffee.id,
            first_attended_on=days_ago(0),
        ),
    )
    assert now_on_file(voucher).status == "participating"
    undo_last(office)
    assert Voucher.select().count() == Enrolment.select().count() == Person.select().count() == 0


def test_nothing_suitable_is_counted_once_a_day(office: Member, voucher: Voucher) -> None:
    note_gap(office, voucher.id)
    note_gap(office, voucher.id, "geen zwemgroep")
    assert Gap.select().count() == 1


# ---- worry, aftercare, end


def test_worry_stays_open_until_the_gp_was_phoned(office: Member, voucher: Voucher) -> None:
    worry = record_worry(office, WorryDraft(voucher_id=voucher.id, kind="suicide", noticed_on=days_ago(0)))
    with pytest.raises(Refused) as refused:
        correct_worry(
            office,
            WorryDraft(id=worry.id, version=worry.version, kind="suicide", noticed_on=days_ago(0), done_on=days_ago(0)),
        )
    assert "called_on" in refused.value.fields
    done = correct_worry(
        office,
        WorryDraft(
            id=worry.id,
            version=worry.version,
            kind="suicide",
            noticed_on=days_ago(0),
            called_on=days_ago(0),
            reached="assistente Vera",
            done_on=days_ago(0),
            sure=True,
        ),
    )
    assert (done.reached, done.done_on) == ("assistente Vera", days_ago(0))
    take_back_worry(office, worry.id)
    assert Worry.select().count() == 0


def test_aftercare_talk_leads_to_closing(office: Member, voucher: Voucher) -> None:
    enrolment = signed_up(office, voucher)
    record_first_time(
        office, FirstTimeDraft(enrolment_id=enrolment.id, first_attended_on=days_ago(1), first_known_by="leader")
    )
    hold_aftercare(office, AftercareDraft(voucher_id=voucher.id, held_on=days_ago(0), outcome="still"))
    assert now_on_file(voucher).status == "aftercare"
    close_case(office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(0), outcome="completed"))
    assert (now_on_file(voucher).status, now_on_file(voucher).outcome) == ("closed", "completed")


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({"outcome": "stopped"}, "reason"),
        ({"outcome": "passed_on"}, "passed_on_to"),
        ({"outcome": ""}, "outcome"),
        ({"outcome": "expired", "closed_on": days_ago(-1)}, "closed_on"),
    ],
)
def test_closing_asks_only_what_goes_with_the_outcome(
    office: Member, voucher: Voucher, draft: dict[str, object], field: str
) -> None:
    values: dict[str, Any] = {"voucher_id": voucher.id, "closed_on": days_ago(0), **draft}
    with pytest.raises(Refused) as refused:
        close_case(office, ClosingDraft(**values))
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("outcome", ["deceased", "error", "expired", "not_interested", "not_reached"])
def test_other_outcomes_close_without_a_question(office: Member, voucher: Voucher, outcome: str) -> None:
    closing = close_case(
        office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(0), outcome=outcome, passed_on_to="x")
    )
    assert (closing.reason, closing.passed_on_to) == ("", "")


def test_outcome_that_does_not_fit_what_was_recorded_is_asked(office: Member, voucher: Voucher) -> None:
    with pytest.raises(Doubtful):
        close_case(office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(0), outcome="completed"))


def test_closed_case_is_reopened_and_closing_taken_back(office: Member, voucher: Voucher) -> None:
    closing = close_case(office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(0), outcome="not_reached"))
    with pytest.raises(Refused):
        close_case(office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(0), outcome="not_reached"))
    reopen_case(office, ReopenDraft(voucher_id=voucher.id, reopened_on=days_ago(0), reopened_why="belde terug"))
    assert (now_on_file(voucher).status, now_on_file(voucher).outcome) == ("received", "")
    again = close_case(office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(0), outcome="expired"))
    take_back_closing(office, again.id)
    assert now_on_file(voucher).status == "received"
    assert [each.id for each in Closing.select()] == [closing.id]


# ---- consents


def test_newest_answer_counts_and_withdrawing_makes_it_no(office: Member, voucher: Voucher) -> None:
    record_consents(
        office,
        ConsentDraft(person_id=voucher.person_id, hexagon="yes", activity="ask", given_on=days_ago(0), how="spoken"),
    )
    assert counts(voucher, "hexagon") == "yes"
    assert counts(voucher, "questionnaires") == ""
    consent = Consent.get(Consent.purpose == "hexagon")
    withdraw_consent(office, consent.id)
    assert counts(voucher, "hexagon") == "no"
    undo_last(office)
    assert counts(voucher, "hexagon") == "yes"


def test_answer_without_the_way_it_was_given_is_refused(office: Member, voucher: Voucher) -> None:
    with pytest.raises(Refused) as refused:
        record_consents(office, ConsentDraft(person_id=voucher.person_id, hexagon="yes", given_on=days_ago(0)))
    assert set(refused.value.fields) == {"how"}


def test_informed_by_post_is_recorded_on_the_person(office: Member, voucher: Voucher) -> None:
    record_informed(office, voucher.person_id, days_ago(2), "post")
    assert Person.get_by_id(voucher.person_id).informed_how == "post"


def test_intake_staff_and_leaders_keep_to_what_their_role_allows(office: Member, voucher: Voucher) -> None:
    leader = Member(office.id, "L. Leider", frozenset({"leader"}))
    with pytest.raises(Refused):
        record_contact(leader, a_call(voucher))
    assert ContactAttempt.select().count() == 0


def test_home_without_an_address_is_asked_about_and_known_house_is_not(office: Member) -> None:
    unknown = add_voucher(office, add_practice(), street="", number="", postcode="", town="Dorpstad")
    visit = AppointmentDraft(voucher_id=unknown.id, day=clock.today() + timedelta(days=7), hour=time(10), place="home")
    with pytest.raises(Doubtful) as asked:
        plan_intake(office, visit)
    assert "adres van deze persoon is niet bekend" in asked.value.fields["address"]
    plan_intake(office, replace(visit, address="bij haar zus, Kade 3"))
    plan_intake(office, replace(visit, hour=time(14), sure=True))
    known = add_voucher(office, None, street="", number="4", postcode="1501 AB", town="", phone="+31612345678")
    plan_intake(office, replace(visit, voucher_id=known.id, hour=time(16)))
    assert Appointment.select().count() == 3
