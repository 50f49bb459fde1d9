"""Signing up, the first time, stopping, and who walked straight into the group; the status follows."""

from datetime import datetime

from desktop import clock
from desktop.actions.action import about, action
from desktop.actions.deeds import known_deed, new_deed, refuse_closed, take_back
from desktop.actions.ends import End, stop
from desktop.actions.filling import fill
from desktop.actions.vouchers import new_voucher, refresh_status
from desktop.errors import Refused
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.cases import ACTIVE
from desktop.rules.deeds import EnrolDraft, EnrolmentDraft, FirstTimeDraft, StopDraft, WalkInDraft, words
from desktop.rules.places import no_place_doubt
from desktop.rules.staff import CASEWORK, OFFICE, Member
from desktop.storage.deeds import case_days
from desktop.storage.living import living_case
from desktop.storage.models import Activity, Appointment, Enrolment, Voucher
from desktop.storage.places import places_of


@action("enrolled", may=CASEWORK)
def enrol(by: Member, draft: EnrolDraft) -> list[Enrolment]:
    """Signed up for everything chosen at once; full activities are asked about, or give a place on the list."""
    voucher = living_case(draft.voucher_id)
    refuse_closed(voucher)
    activities = [Activity.get_one(each) for each in dict.fromkeys(draft.activities)]
    rules.check_enrol(draft, case_days(voucher), clock.today(), "" if draft.waiting else _full(activities))
    _refuse_double(voucher, activities)
    made = [_enrol_one(by, voucher, draft, activity) for activity in activities]
    if draft.destination:
        made.append(_enrol_one(by, voucher, draft, None))
    if draft.accompanied and draft.visit_day and draft.visit_hour:
        _plan_visit(by, voucher, draft, activities[0] if activities else None)
    about(voucher)
    refresh_status(voucher)
    return made


@action("enrolment corrected", may=CASEWORK)
def correct_enrolment(by: Member, draft: EnrolmentDraft) -> Enrolment:
    """Another activity or date, off the waiting list, or a first time that was written down wrong."""
    enrolment = known_deed(Enrolment, draft.id, draft.version)
    voucher = enrolment.voucher
    rules.check_enrolment(draft, case_days(voucher, enrolment), clock.today())
    if draft.activity is not None and draft.activity != enrolment.activity_id:
        _refuse_double(voucher, [Activity.get_one(draft.activity)])
    fill(enrolment, draft)
    enrolment.destination = "" if draft.activity else words(draft.destination)
    enrolment.first_known_by = words(draft.first_known_by) if draft.first_attended_on else ""
    enrolment.state = _state(enrolment, draft.waiting)
    if enrolment.state == "waiting":
        refuse_closed(voucher)
    enrolment.save()
    refresh_status(voucher)
    return enrolment


@action("place given", may=CASEWORK)
def give_place(by: Member, enrolment_id: int, version: int | None = None) -> Enrolment:
    """From the waiting list to signed up."""
    enrolment = known_deed(Enrolment, enrolment_id, version)
    if enrolment.state != "waiting":
        raise Refused(_("This is no longer on the waiting list."))
    enrolment.state, enrolment.enrolled_on = "enrolled", clock.today()
    enrolment.save()
    refresh_status(enrolment.voucher)
    return enrolment


@action("first time recorded", may=CASEWORK)
def record_first_time(by: Member, draft: FirstTimeDraft) -> Enrolment:
    """They have been there: the date, and who told."""
    enrolment = known_deed(Enrolment, draft.enrolment_id, draft.version)
    if enrolment.state not in ACTIVE:
        refuse_closed(enrolment.voucher)
    rules.check_first_time(draft, case_days(enrolment.voucher, enrolment), clock.today())
    enrolment.first_attended_on, enrolment.first_known_by = draft.first_attended_on, draft.first_known_by
    enrolment.state, enrolment.stopped_on, enrolment.stop_reason = "started", None, ""
    enrolment.ended_by, enrolment.ended_in, enrolment.next_step = None, None, ""
    if words(draft.note):
        enrolment.note = words(draft.note)
    enrolment.save()
    _hold_visit(enrolment)
    refresh_status(enrolment.voucher)
    return enrolment


@action("first time taken back", may=CASEWORK)
def take_back_first_time(by: Member, deed_id: int, version: int | None = None) -> Enrolment:
    """Signed up, but not there yet after all."""
    enrolment = known_deed(Enrolment, deed_id, version)
    enrolment.first_attended_on, enrolment.first_known_by = None, ""
    if enrolment.state != "stopped":
        enrolment.state = "enrolled"
    enrolment.save()
    refresh_status(enrolment.voucher)
    return enrolment


@action("enrolment stopped", may=CASEWORK)
def stop_enrolment(by: Member, draft: StopDraft) -> Enrolment:
    """They no longer come, or never did; the case goes on."""
    enrolment = known_deed(Enrolment, draft.enrolment_id, draft.version)
    rules.check_stop(draft, case_days(enrolment.voucher), clock.today())
    assert draft.stopped_on is not None
    if words(draft.note):
        enrolment.note = words(draft.note)
    stop(enrolment, End(draft.stopped_on, draft.stop_reason or "", next_step=draft.next_step or "find"))
    refresh_status(enrolment.voucher)
    return enrolment


@action("enrolment taken back", may=CASEWORK)
def take_back_enrolment(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    return take_back(known_deed(Enrolment, deed_id, version))


@action("walk-in registered", may=OFFICE)
def register_walk_in(by: Member, draft: WalkInDraft) -> Voucher:
    """Someone came straight to the group: voucher, enrolment and first time as one deed."""
    rules.check_walk_in(draft, clock.today())
    voucher = new_voucher(by, draft)
    if draft.activity is not None:
        Activity.get_one(draft.activity)
    Enrolment(
        voucher=voucher,
        person=voucher.person_id,
        staff=by.id or None,
        activity=draft.activity,
        destination="" if draft.activity else words(draft.destination),
        destination_name=words(draft.destination_name),
        state="started",
        enrolled_on=draft.first_attended_on,
        start_on=draft.first_attended_on,
        first_attended_on=draft.first_attended_on,
        first_known_by=draft.first_known_by,
    ).save()
    refresh_status(voucher)
    return voucher


def _full(activities: list[Activity]) -> str:
    return " ".join(filter(None, (no_place_doubt(each.title, places_of(each)) for each in activities)))


def _refuse_double(voucher: Voucher, activities: list[Activity]) -> None:
    for activity in activities:
        there = Enrolment.select().where(
            (Enrolment.voucher == voucher) & (Enrolment.activity == activity) & (Enrolment.state != "stopped")
        )
        if there.exists():
            raise Refused(
                activities=_("{activity} is on file for this person already.").format(activity=activity.title)
            )


def _enrol_one(by: Member, voucher: Voucher, draft: EnrolDraft, activity: Activity | None) -> Enrolment:
    enrolment: Enrolment = new_deed(Enrolment, by, voucher.id)
    fill(enrolment, draft)
    enrolment.activity = activity
    enrolment.destination = "" if activity else words(draft.destination)
    enrolment.destination_name = "" if activity else words(draft.destination_name)
    enrolment.state = "waiting" if draft.waiting and activity else "enrolled"
    enrolment.save()
    return enrolment


def _plan_visit(by: Member, voucher: Voucher, draft: EnrolDraft, activity: Activity | None) -> None:
    assert draft.visit_day is not None
    assert draft.visit_hour is not None
    Appointment(
        voucher=voucher,
        person=voucher.person_id,
        staff=by.id or None,
        kind="first_visit",
        starts_at=datetime.combine(draft.visit_day, draft.visit_hour),
        place="activity",
        address=activity.title if activity else words(draft.destination_name),
        coach=voucher.coach_id or by.id or None,
    ).save()


def _hold_visit(enrolment: Enrolment) -> None:
    """A visit together planned for that day took place."""
    for visit in Appointment.select().where(
        (Appointment.voucher == enrolment.voucher_id)
        & (Appointment.kind == "first_visit")
        & (Appointment.state == "planned")
    ):
        if visit.starts_at.date() == enrolment.first_attended_on:
            visit.state = "held"
            visit.save()


def _state(enrolment: Enrolment, waiting: bool) -> str:
    if enrolment.first_attended_on is not None:
        return "stopped" if enrolment.state == "stopped" else "started"
    if enrolment.state == "stopped":
        return "stopped"
    return "waiting" if waiting else "enrolled"
