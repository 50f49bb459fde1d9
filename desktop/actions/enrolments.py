"""Signing up, the first time, stopping, and who walked straight into the group; the status follows."""

from datetime import date, datetime

from desktop import clock
from desktop.actions.action import about, action
from desktop.actions.appointments import busy_words
from desktop.actions.deeds import known_deed, new_deed, refuse_closed, take_back
from desktop.actions.ends import End, call_off, stop, visit_stands_again
from desktop.actions.filling import fill
from desktop.actions.places import coming_day, no_place, over_words, refuse_over
from desktop.actions.places import give_place as give_place
from desktop.actions.vouchers import new_voucher, refresh_status
from desktop.errors import Refused
from desktop.language import _, current
from desktop.rules import deeds as rules
from desktop.rules.cases import ACTIVE
from desktop.rules.dates import show_day
from desktop.rules.deeds import EnrolDraft, EnrolmentDraft, FirstTimeDraft, StopDraft, WalkInDraft, words
from desktop.rules.staff import CASEWORK, OFFICE, Member
from desktop.storage.cases import destination_of
from desktop.storage.deeds import case_days, state_before
from desktop.storage.ends import visits_of, visits_to
from desktop.storage.living import living_case
from desktop.storage.models import Activity, Appointment, Enrolment, Voucher
from desktop.storage.places import elsewhere_in


@action("enrolled", may=CASEWORK)
def enrol(by: Member, draft: EnrolDraft) -> list[Enrolment]:
    """Signed up for everything chosen at once; full activities are asked about, or give a place on the list."""
    voucher = living_case(draft.voucher_id)
    refuse_closed(voucher)
    activities = [Activity.get_one(each) for each in dict.fromkeys(draft.activities)]
    new = {"voucher": voucher, "person": voucher.person_id, "start_on": draft.start_on}
    wanted = [Enrolment(**new, activity=each) for each in activities]
    for each in wanted:
        refuse_where_none_comes(each, "activities")
    asked = [words for each in wanted for words in (on_file_with(each), _asked_of(each, draft.waiting))]
    along = draft.visit_with or voucher.coach_id or by.id or None
    busy = busy_words(along, draft.visit_day, draft.visit_hour) if draft.accompanied else ""
    rules.check_enrol(draft, case_days(voucher), clock.today(), " ".join(filter(None, asked)), busy)
    made = [_enrol_one(by, voucher, draft, activity) for activity in activities]
    if draft.destination:
        made.append(_enrol_one(by, voucher, draft, None))
    if draft.accompanied and draft.visit_day and draft.visit_hour:
        _plan_visit(by, made[0], draft, along)
    about(voucher)
    refresh_status(voucher)
    return made


@action("enrolment corrected", may=CASEWORK)
def correct_enrolment(by: Member, draft: EnrolmentDraft) -> Enrolment:
    """Another activity or date, off the waiting list, or a first time that was written down wrong."""
    enrolment = known_deed(Enrolment, draft.id, draft.version)
    voucher = enrolment.voucher
    another = draft.activity is not None and draft.activity != enrolment.activity_id
    called = destination_of(enrolment)
    fill(enrolment, draft)
    if another:
        refuse_where_none_comes(enrolment, "activity")
    enrolment.destination = "" if draft.activity else words(draft.destination)
    enrolment.first_known_by = words(draft.first_known_by) if draft.first_attended_on else ""
    enrolment.state = _state(enrolment, draft.waiting)
    if enrolment.state == "waiting":
        refuse_closed(voucher)
    asked = (
        on_file_with(enrolment) if another else "",
        no_place(enrolment) if enrolment.state in ACTIVE else "",
        _visit_off(enrolment, draft.first_attended_on),
    )
    rules.check_enrolment(draft, case_days(voucher, enrolment), clock.today(), " ".join(filter(None, asked)))
    if enrolment.state != "offered":
        enrolment.offered_on = enrolment.offer_until = None
    enrolment.save()
    _settle_visits(enrolment)
    _go_along_there(enrolment, called)
    if not enrolment.accompanied or enrolment.state == "waiting":
        call_off(visits_of(voucher.id, enrolment))
    refresh_status(voucher)
    return enrolment


@action("first time recorded", may=CASEWORK)
def record_first_time(by: Member, draft: FirstTimeDraft) -> Enrolment:
    """They have been there: the date, and who told."""
    enrolment = known_deed(Enrolment, draft.enrolment_id, draft.version)
    refuse_over(enrolment.activity, "first_attended_on")
    if enrolment.state not in ACTIVE:
        refuse_closed(enrolment.voucher)
    asked = (
        no_place(enrolment, there_on=draft.first_attended_on),
        _visit_off(enrolment, draft.first_attended_on),
    )
    days = case_days(enrolment.voucher, enrolment)
    rules.check_first_time(draft, days, clock.today(), " ".join(filter(None, asked)))
    enrolment.first_attended_on, enrolment.first_known_by = draft.first_attended_on, draft.first_known_by
    enrolment.state, enrolment.stopped_on, enrolment.stop_reason = "started", None, ""
    enrolment.ended_by, enrolment.ended_in, enrolment.next_step = None, None, ""
    enrolment.offered_on = enrolment.offer_until = None
    if words(draft.note):
        enrolment.note = words(draft.note)
    enrolment.save()
    _settle_visits(enrolment)
    refresh_status(enrolment.voucher)
    return enrolment


@action("first time taken back", may=CASEWORK)
def take_back_first_time(by: Member, deed_id: int, version: int | None = None) -> Enrolment:
    """Signed up, but not there yet after all."""
    enrolment = known_deed(Enrolment, deed_id, version)
    enrolment.first_attended_on, enrolment.first_known_by = None, ""
    if enrolment.state != "stopped":
        enrolment.state = "waiting" if state_before(enrolment) == "waiting" else "enrolled"
    enrolment.save()
    _settle_visits(enrolment)
    refresh_status(enrolment.voucher)
    return enrolment


@action("enrolment stopped", may=CASEWORK)
def stop_enrolment(by: Member, draft: StopDraft) -> Enrolment:
    """They no longer come, or never did; the case goes on."""
    enrolment = known_deed(Enrolment, draft.enrolment_id, draft.version)
    if enrolment.state == "stopped":
        raise Refused(_("This was ended already."))
    rules.check_stop(draft, case_days(enrolment.voucher), clock.today())
    assert draft.stopped_on is not None
    if words(draft.note):
        enrolment.note = words(draft.note)
    stop(enrolment, End(draft.stopped_on, draft.stop_reason or "", next_step=draft.next_step or "find"))
    refresh_status(enrolment.voucher)
    return enrolment


@action("enrolment taken back", may=CASEWORK)
def take_back_enrolment(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    """As if it was not found; the appointments to go there together go with it."""
    enrolment = known_deed(Enrolment, deed_id, version)
    for visit in Appointment.select().where(Appointment.enrolment == enrolment):
        visit.delete_instance()
    return take_back(enrolment)


@action("walk-in registered", may=OFFICE)
def register_walk_in(by: Member, draft: WalkInDraft) -> Voucher:
    """Someone came straight to the group: voucher, enrolment and first time as one deed."""
    rules.check_walk_in(draft, clock.today())
    voucher = new_voucher(by, draft)
    if draft.activity is not None:
        refuse_over(Activity.get_one(draft.activity), "activity")
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


def refuse_where_none_comes(enrolment: Enrolment, field: str) -> None:
    """Nobody new comes where it was stopped, and nobody is signed up twice with one voucher."""
    refuse_over(enrolment.activity, field)
    there = elsewhere_in(enrolment.activity, enrolment.person_id, enrolment.voucher_id, enrolment.id)
    if there is not None and there.voucher_id == enrolment.voucher_id:
        known = _("{activity} is on file for this person already.").format(activity=enrolment.activity.title)
        raise Refused(**{field: known})


def on_file_with(enrolment: Enrolment) -> str:
    """One person takes one place; with another voucher it is asked, since that case has a story of its own."""
    there = elsewhere_in(enrolment.activity, enrolment.person_id, enrolment.voucher_id, enrolment.id)
    if there is None:
        return ""
    return _("Signed up for {activity} already, with voucher {number}. With this one too?").format(
        activity=enrolment.activity.title, number=there.voucher.number
    )


def _asked_of(enrolment: Enrolment, waiting: bool) -> str:
    """Who waits takes no place, but waits for nothing where it is over."""
    return over_words(enrolment.activity, coming_day(enrolment)) if waiting else no_place(enrolment)


def _enrol_one(by: Member, voucher: Voucher, draft: EnrolDraft, activity: Activity | None) -> Enrolment:
    enrolment: Enrolment = new_deed(Enrolment, by, voucher.id)
    fill(enrolment, draft)
    enrolment.activity = activity
    enrolment.destination = "" if activity else words(draft.destination)
    enrolment.destination_name = "" if activity else words(draft.destination_name)
    enrolment.state = "waiting" if draft.waiting and activity else "enrolled"
    enrolment.save()
    return enrolment


def _plan_visit(by: Member, enrolment: Enrolment, draft: EnrolDraft, along: int | None) -> None:
    assert draft.visit_day is not None
    assert draft.visit_hour is not None
    Appointment(
        voucher=enrolment.voucher_id,
        person=enrolment.person_id,
        staff=by.id or None,
        kind="first_visit",
        starts_at=datetime.combine(draft.visit_day, draft.visit_hour),
        place="activity",
        address=destination_of(enrolment),
        coach=along,
        enrolment=enrolment,
    ).save()


def _settle_visits(enrolment: Enrolment) -> None:
    """What the first time says of going along: on that day it was held, before it they did not come, after it is off.

    Without a first time it is still to be said how it went.
    """
    first = enrolment.first_attended_on
    for visit in visits_to(enrolment):
        state = _state_of_visit(visit, first)
        if state == "planned" != visit.state:
            visit_stands_again(visit)
        elif state != visit.state:
            visit.state = state
            visit.save()


def _go_along_there(enrolment: Enrolment, called: str) -> None:
    """Where we were to go along is where it is now; an address that staff typed stays."""
    now = destination_of(Enrolment.get_one(enrolment.id))
    for visit in visits_to(enrolment) if now != called else ():
        if visit.address == called:
            visit.address = now
            visit.save()


def _state_of_visit(visit: Appointment, first: date | None) -> str:
    day, state = visit.starts_at.date(), str(visit.state)
    if first is None:
        return "planned" if state == "held" else state
    if day == first:
        return "held" if state in ("planned", "missed") else state
    return state if state not in ("planned", "held") else "missed" if day < first else "cancelled"


def _visit_off(enrolment: Enrolment, first: date | None) -> str:
    """What is asked when they were there before the day on which we were to go along."""
    stands = [each for each in visits_to(enrolment) if each.state == "planned"]
    later = [each.starts_at for each in stands if first is not None and each.starts_at.date() > first]
    if not later:
        return ""
    return _("You were to go along on {day}. That appointment is called off by this. Is that right?").format(
        day=show_day(later[0].date(), current())
    )


def _state(enrolment: Enrolment, waiting: bool) -> str:
    if enrolment.first_attended_on is not None:
        return "stopped" if enrolment.state == "stopped" else "started"
    if enrolment.state == "stopped":
        return "stopped"
    if waiting:
        return "waiting"
    return "offered" if enrolment.state == "offered" else "enrolled"
