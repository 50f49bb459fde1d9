"""What a talk, a call or a place brought along follows it when it is corrected or taken back; nothing stays behind."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from desktop import clock
from desktop.actions.contacts import correct_contact, record_contact, take_back_contact
from desktop.actions.endings import close_case, correct_closing
from desktop.actions.enrolments import correct_enrolment, enrol
from desktop.actions.holds import pause_case
from desktop.actions.intakes import correct_intake, hold_intake, take_back_intake
from desktop.actions.undo import undo_last
from desktop.errors import Doubtful
from desktop.rules.deeds import ClosingDraft, ContactDraft, EnrolDraft, EnrolmentDraft, IntakeDraft
from desktop.rules.holds import HoldDraft
from desktop.rules.staff import Member
from desktop.storage.models import Appointment, Consent, ContactAttempt, Hold, Intake, Person, Voucher
from desktop.storage.tasks import list_tasks
from tests.factory import add_activity, add_practice, add_voucher, counts, days_ago


@pytest.fixture
def voucher(office: Member) -> Voucher:
    return add_voucher(office, add_practice(), dated_on=days_ago(20), consent_report_back="ask")


def told_on(voucher: Voucher) -> object:
    return Person.get_by_id(voucher.person_id).informed_on


def called(by: Member, voucher: Voucher, **more: Any) -> ContactAttempt:
    values = {"on": days_ago(3), "outcome": "reached", "consent_report_back": "yes", "informed": True, "sure": True}
    return record_contact(by, ContactDraft(voucher_id=voucher.id, **{**values, **more}))


def as_called(attempt: ContactAttempt, **more: Any) -> ContactDraft:
    """The form of the call as it opens, with what is changed in it."""
    values = {"on": days_ago(3), "at": time(12), "outcome": "reached", "consent_report_back": "yes", **more}
    return ContactDraft(id=attempt.id, version=ContactAttempt.get_by_id(attempt.id).version,
                        voucher_id=attempt.voucher_id, **values)  # fmt: skip


def test_of_another_day_the_answer_and_being_told_are_of_that_day_too(office: Member, voucher: Voucher) -> None:
    call = called(office, voucher)
    correct_contact(office, as_called(call, on=days_ago(1)))
    assert Consent.get(Consent.attempt == call.id).given_on == days_ago(1)
    assert told_on(voucher) == days_ago(1)


def test_taken_back_nobody_was_told_anything(office: Member, voucher: Voucher) -> None:
    take_back_contact(office, called(office, voucher).id)
    assert (told_on(voucher), counts(voucher)) == (None, "ask")
    talk = hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(2), informed=True, sure=True))
    assert told_on(voucher) == days_ago(2)
    take_back_intake(office, talk.id)
    assert told_on(voucher) is None
    undo_last(office)
    assert told_on(voucher) == days_ago(2)


def test_what_was_told_before_stays_told(office: Member, voucher: Voucher) -> None:
    called(office, voucher, on=days_ago(5))
    second = called(office, voucher)
    take_back_contact(office, second.id)
    assert told_on(voucher) == days_ago(5)


def test_an_answer_cleared_in_the_form_was_not_given(office: Member, voucher: Voucher) -> None:
    call = called(office, voucher)
    correct_contact(office, as_called(call, consent_report_back=None, sure=True))
    assert counts(voucher) == "ask"
    talk = hold_intake(
        office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(2), consent_hexagon="yes", consent_activity="no")
    )
    correct_intake(office, IntakeDraft(id=talk.id, version=Intake.get().version, voucher_id=voucher.id,
                                       held_on=days_ago(2), consent_hexagon=None, consent_activity="no"))  # fmt: skip
    assert (counts(voucher, "hexagon"), counts(voucher, "activity")) == ("", "no")


def test_a_form_that_did_not_ask_leaves_the_answers_alone(office: Member, voucher: Voucher) -> None:
    talk = hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(2), consent_hexagon="yes"))
    correct_intake(office, IntakeDraft(id=talk.id, version=Intake.get().version, voucher_id=voucher.id,
                                       held_on=days_ago(2), goals="Weer zingen"))  # fmt: skip
    assert counts(voucher, "hexagon") == "yes"


@pytest.mark.parametrize("outcome", ["no_answer", "voicemail", "wrong_number"])
def test_a_call_that_reached_nobody_gave_no_answer(office: Member, voucher: Voucher, outcome: str) -> None:
    call = called(office, voucher)
    with pytest.raises(Doubtful, match="toestemming"):
        correct_contact(office, as_called(call, outcome=outcome, consent_report_back=""))
    assert counts(voucher) == "yes"
    correct_contact(office, as_called(call, outcome=outcome, consent_report_back="", sure=True))
    assert counts(voucher) == "ask"


def test_going_along_goes_where_the_place_is_now(office: Member, voucher: Voucher) -> None:
    choir, walk = add_activity("Zangkoor"), add_activity("Wandelclub")
    made = enrol(
        office,
        EnrolDraft(voucher_id=voucher.id, activities=(choir.id,), enrolled_on=days_ago(0), accompanied=True,
                   visit_day=clock.today() + timedelta(days=2), visit_hour=time(10), sure=True),
    )[0]  # fmt: skip
    assert Appointment.get().address == "Zangkoor"
    draft = EnrolmentDraft(id=made.id, version=made.version, voucher_id=voucher.id, activity=walk.id,
                           enrolled_on=days_ago(0), accompanied=True, sure=True)  # fmt: skip
    correct_enrolment(office, draft)
    assert Appointment.get().address == "Wandelclub"


@pytest.mark.parametrize("change", [{"accompanied": False}, {"accompanied": True, "waiting": True}])
def test_who_goes_alone_or_waits_after_all_is_not_met_there(
    office: Member, voucher: Voucher, change: dict[str, Any]
) -> None:
    choir = add_activity("Zangkoor")
    day = clock.today() + timedelta(days=2)
    made = enrol(
        office,
        EnrolDraft(voucher_id=voucher.id, activities=(choir.id,), enrolled_on=days_ago(0), accompanied=True,
                   visit_day=day, visit_hour=time(10), sure=True),
    )[0]  # fmt: skip
    kept = EnrolmentDraft(id=made.id, version=made.version, voucher_id=voucher.id, activity=choir.id, sure=True)
    correct_enrolment(office, replace(kept, enrolled_on=days_ago(0), **change))
    assert Appointment.get().state == "cancelled"
    assert not [task for task in list_tasks(office, day) if task.kind == "first_visit" and task.at is not None]
    undo_last(office)
    assert Appointment.get().state == "planned"


def test_a_hold_ends_on_the_day_that_the_closing_says_now(office: Member, voucher: Voucher) -> None:
    pause_case(office, HoldDraft(voucher_id=voucher.id, from_on=days_ago(5), until_on=days_ago(-20), reason="ill"))
    ended = close_case(
        office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(0), outcome="not_suitable", sure=True)
    )
    assert Hold.get().ended_on == days_ago(0)
    correct_closing(office, ClosingDraft(id=ended.id, version=ended.version, voucher_id=voucher.id,
                                         closed_on=days_ago(1), outcome="not_suitable", sure=True))  # fmt: skip
    assert Hold.get().ended_on == days_ago(1)
