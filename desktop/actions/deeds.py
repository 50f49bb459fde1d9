"""What staff record on the path of a case: each deed is stored, corrected or taken back, and the status follows."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from desktop import clock
from desktop.actions.action import about, action
from desktop.actions.consents import answer_consent, tell_origin
from desktop.actions.vouchers import new_voucher, refresh_status
from desktop.errors import Refused
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.codes import MARKS
from desktop.rules.dates import show_time
from desktop.rules.deeds import (
    AftercareDraft,
    AppointmentDraft,
    ClosingDraft,
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
    words,
)
from desktop.rules.staff import OFFICE, Member
from desktop.storage.changes import Record
from desktop.storage.deeds import busy_at, case_days, open_closing, places_of
from desktop.storage.models import (
    Activity,
    Appointment,
    Closing,
    ContactAttempt,
    Enrolment,
    Gap,
    Intake,
    MeldcodeStep,
    Person,
    Postponement,
    Voucher,
    Worry,
)
from desktop.storage.vouchers import reasons_of

D = TypeVar("D", bound=Record)

# ---- contact


@action("contact recorded", may=OFFICE)
def record_contact(by: Member, draft: ContactDraft) -> ContactAttempt:
    """A call, visit or message, out or in, and what came of it."""
    attempt: ContactAttempt = _new(ContactAttempt, by, draft.voucher_id)
    _fill_contact(by, attempt, draft)
    return attempt


@action("contact corrected", may=OFFICE)
def correct_contact(by: Member, draft: ContactDraft) -> ContactAttempt:
    attempt = _known(ContactAttempt, draft.id, draft.version)
    _fill_contact(by, attempt, draft)
    return attempt


@action("contact taken back", may=OFFICE)
def take_back_contact(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    return _take_back(_known(ContactAttempt, deed_id, version))


def _fill_contact(by: Member, attempt: ContactAttempt, draft: ContactDraft) -> None:
    now = clock.local_now()
    rules.check_contact(draft, case_days(attempt.voucher, attempt), now)
    day = draft.on or now.date()
    hour = draft.at or (now.time() if day == now.date() else time(12))
    attempt.at = _moment(day, hour)
    attempt.way, attempt.direction, attempt.outcome = draft.way, draft.direction, draft.outcome
    attempt.call_back_on, attempt.call_back_at = draft.call_back_on, draft.call_back_at
    attempt.note = words(draft.note)
    attempt.save()
    if draft.informed:
        tell_origin(by, attempt.person, day, draft.informed_how or "spoken")
    refresh_status(attempt.voucher)


# ---- appointments


@action("intake planned", may=OFFICE)
def plan_intake(by: Member, draft: AppointmentDraft) -> Appointment:
    """A talk with day, hour, place and coach; with `warm` straight after the consultation."""
    return _plan(by, replace(draft, kind="intake"))


@action("first visit planned", may=OFFICE)
def plan_first_visit(by: Member, draft: AppointmentDraft) -> Appointment:
    """Going along the first time."""
    return _plan(by, replace(draft, kind="first_visit"))


@action("aftercare planned", may=OFFICE)
def plan_aftercare(by: Member, draft: AppointmentDraft) -> Appointment:
    return _plan(by, replace(draft, kind="aftercare"))


@action("appointment moved", may=OFFICE)
def move_appointment(by: Member, draft: AppointmentDraft) -> Appointment:
    """To another moment: the old one stays in the story as moved."""
    old = _known(Appointment, draft.id, draft.version)
    if old.state not in ("planned", "missed"):
        raise Refused(_("This appointment is over; plan a new one."))
    if old.state == "planned":
        old.state = "moved"
        old.save()
    return _plan(by, replace(draft, id=None, kind=old.kind, voucher_id=old.voucher_id))


@action("appointment missed", may=OFFICE)
def miss_appointment(by: Member, draft: MissedDraft) -> Appointment:
    """Nobody came, or it was called off."""
    appointment = _known(Appointment, draft.id, draft.version)
    if not draft.cancelled and appointment.starts_at > clock.local_now().replace(tzinfo=None):
        raise Refused(cancelled=_("This appointment is still to come. Was it called off?"))
    appointment.state = "cancelled" if draft.cancelled else "missed"
    if words(draft.note):
        appointment.note = words(draft.note)
    appointment.save()
    refresh_status(appointment.voucher)
    return appointment


@action("appointment corrected", may=OFFICE)
def correct_appointment(by: Member, draft: AppointmentDraft) -> Appointment:
    """Put right what was typed wrong; for another moment there is `move_appointment`."""
    appointment = _known(Appointment, draft.id, draft.version)
    _fill_appointment(appointment, replace(draft, kind=appointment.kind))
    return appointment


@action("appointment taken back", may=OFFICE)
def take_back_appointment(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    appointment = _known(Appointment, deed_id, version)
    if Intake.select().where(Intake.appointment == appointment).exists():
        raise Refused(_("An intake was recorded of this appointment. Take that back first."))
    return _take_back(appointment)


def _plan(by: Member, draft: AppointmentDraft) -> Appointment:
    appointment: Appointment = _new(Appointment, by, draft.voucher_id)
    appointment.kind = draft.kind
    _fill_appointment(appointment, draft)
    return appointment


def _fill_appointment(appointment: Appointment, draft: AppointmentDraft) -> None:
    voucher = appointment.voucher
    coach = draft.coach or voucher.coach_id or (appointment.staff_id if appointment.id is None else None)
    days = case_days(voucher)
    rules.check_appointment(draft, days, clock.local_now(), _busy(coach, draft, appointment.id))
    assert draft.day is not None
    assert draft.hour is not None
    appointment.starts_at = datetime.combine(draft.day, draft.hour)
    appointment.place, appointment.address = draft.place, words(draft.address)
    appointment.coach, appointment.warm, appointment.note = coach, draft.warm, words(draft.note)
    appointment.save()
    refresh_status(voucher)


def _busy(coach: int | None, draft: AppointmentDraft, without: int | None) -> str:
    if coach is None or draft.day is None or draft.hour is None:
        return ""
    other = busy_at(coach, datetime.combine(draft.day, draft.hour), without)
    if other is None:
        return ""
    return _("{coach} already has an appointment at {time} that day. Is that right?").format(
        coach=other.coach.name, time=show_time(other.starts_at.time())
    )


# ---- the talk


@action("intake held", may=OFFICE)
def hold_intake(by: Member, draft: IntakeDraft) -> Intake:
    """What was said and agreed; the appointment it was planned as is held from now on."""
    intake: Intake = _new(Intake, by, draft.voucher_id)
    _fill_intake(by, intake, draft)
    return intake


@action("intake corrected", may=OFFICE)
def correct_intake(by: Member, draft: IntakeDraft) -> Intake:
    intake = _known(Intake, draft.id, draft.version)
    _fill_intake(by, intake, replace(draft, appointment_id=draft.appointment_id or intake.appointment_id))
    return intake


@action("intake taken back", may=OFFICE)
def take_back_intake(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    """As if it was not held; its appointment stands again."""
    intake = _known(Intake, deed_id, version)
    appointment = intake.appointment
    if appointment is not None and appointment.state == "held":
        appointment.state = "planned"
        appointment.save()
    return _take_back(intake)


def _fill_intake(by: Member, intake: Intake, draft: IntakeDraft) -> None:
    voucher = intake.voucher
    rules.check_intake(draft, case_days(voucher, intake), clock.today())
    intake.appointment = _held(voucher, draft.appointment_id)
    intake.held_on, intake.place = draft.held_on, draft.place
    intake.coach = draft.coach or intake.coach_id or voucher.coach_id or by.id or None
    for field in ("goals", "wishes", "barriers", "agreed", "note"):
        setattr(intake, field, words(getattr(draft, field)))
    for field in MARKS:
        setattr(intake, field, getattr(draft, field))
    intake.one_talk_enough, intake.warm = draft.one_talk_enough, draft.warm
    intake.save()
    for purpose in ("report_back", "activity", "hexagon"):
        if answer := getattr(draft, f"consent_{purpose}"):
            answer_consent(by, voucher, purpose, answer, intake.held_on, "spoken")
    if draft.informed:
        tell_origin(by, intake.person, intake.held_on, "spoken")
    refresh_status(voucher)


def _held(voucher: Voucher, appointment_id: int | None) -> Appointment | None:
    """The appointment this talk was; marking it held takes it off everyone's list."""
    if appointment_id is None:
        return None
    appointment = Appointment.get_one(appointment_id)
    if appointment.voucher_id != voucher.id:
        raise Refused(_("This appointment is of another case."))
    if appointment.state != "held":
        appointment.state = "held"
        appointment.save()
    return appointment


@action("aftercare held", may=OFFICE)
def hold_aftercare(by: Member, draft: AftercareDraft) -> Appointment:
    """The talk three months on, planned or not."""
    if draft.appointment_id is not None:
        talk = Appointment.get_one(draft.appointment_id)
    else:
        talk = _new(Appointment, by, draft.voucher_id)
        talk.kind, talk.place, talk.coach = "aftercare", "phone", by.id or None
    rules.check_aftercare(draft, case_days(talk.voucher), clock.today())
    assert draft.held_on is not None
    if talk.id is None or talk.starts_at.date() != draft.held_on:
        talk.starts_at = datetime.combine(draft.held_on, time(12))
    talk.state, talk.note = "held", words(draft.note) or talk.note
    talk.save()
    refresh_status(talk.voucher)
    return talk


# ---- activities


@action("enrolled", may=OFFICE)
def enrol(by: Member, draft: EnrolDraft) -> list[Enrolment]:
    """Signed up for everything chosen at once; full activities are asked about, or give a place on the list."""
    voucher = Voucher.get_one(draft.voucher_id)
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


@action("enrolment corrected", may=OFFICE)
def correct_enrolment(by: Member, draft: EnrolmentDraft) -> Enrolment:
    """Another activity or date, off the waiting list, or a first time that was written down wrong."""
    enrolment = _known(Enrolment, draft.id, draft.version)
    voucher = enrolment.voucher
    rules.check_enrolment(draft, case_days(voucher, enrolment), clock.today())
    if draft.activity is not None and draft.activity != enrolment.activity_id:
        _refuse_double(voucher, [Activity.get_one(draft.activity)])
    enrolment.activity = draft.activity
    enrolment.destination = "" if draft.activity else words(draft.destination)
    enrolment.destination_name = words(draft.destination_name)
    enrolment.enrolled_on, enrolment.start_on = draft.enrolled_on, draft.start_on
    enrolment.accompanied, enrolment.note = draft.accompanied, words(draft.note)
    enrolment.first_attended_on = draft.first_attended_on
    enrolment.first_known_by = words(draft.first_known_by) if draft.first_attended_on else ""
    enrolment.state = _state(enrolment, draft.waiting)
    enrolment.save()
    refresh_status(voucher)
    return enrolment


@action("place given", may=OFFICE)
def give_place(by: Member, enrolment_id: int, version: int | None = None) -> Enrolment:
    """From the waiting list to signed up."""
    enrolment = _known(Enrolment, enrolment_id, version)
    if enrolment.state != "waiting":
        raise Refused(_("This is no longer on the waiting list."))
    enrolment.state, enrolment.enrolled_on = "enrolled", clock.today()
    enrolment.save()
    refresh_status(enrolment.voucher)
    return enrolment


@action("first time recorded", may=OFFICE)
def record_first_time(by: Member, draft: FirstTimeDraft) -> Enrolment:
    """They have been there: the date, and who told."""
    enrolment = _known(Enrolment, draft.enrolment_id, draft.version)
    rules.check_first_time(draft, case_days(enrolment.voucher, enrolment), clock.today())
    enrolment.first_attended_on, enrolment.first_known_by = draft.first_attended_on, draft.first_known_by
    enrolment.state, enrolment.stopped_on, enrolment.stop_reason = "started", None, ""
    if words(draft.note):
        enrolment.note = words(draft.note)
    enrolment.save()
    _hold_visit(enrolment)
    refresh_status(enrolment.voucher)
    return enrolment


@action("first time taken back", may=OFFICE)
def take_back_first_time(by: Member, deed_id: int, version: int | None = None) -> Enrolment:
    """Signed up, but not there yet after all."""
    enrolment = _known(Enrolment, deed_id, version)
    enrolment.first_attended_on, enrolment.first_known_by, enrolment.state = None, "", "enrolled"
    enrolment.save()
    refresh_status(enrolment.voucher)
    return enrolment


@action("enrolment stopped", may=OFFICE)
def stop_enrolment(by: Member, draft: StopDraft) -> Enrolment:
    """They no longer come, or never did; the case goes on."""
    enrolment = _known(Enrolment, draft.enrolment_id, draft.version)
    rules.check_stop(draft, case_days(enrolment.voucher), clock.today())
    enrolment.state, enrolment.stopped_on, enrolment.stop_reason = "stopped", draft.stopped_on, draft.stop_reason
    if words(draft.note):
        enrolment.note = words(draft.note)
    enrolment.save()
    refresh_status(enrolment.voucher)
    return enrolment


@action("enrolment taken back", may=OFFICE)
def take_back_enrolment(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    return _take_back(_known(Enrolment, deed_id, version))


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


@action("gap noted", may=OFFICE)
def note_gap(by: Member, voucher_id: int, note: str = "") -> Voucher:
    """Nothing suitable in the catalogue: counted per reason and neighbourhood, once a case and day."""
    voucher = Voucher.get_one(voucher_id)
    person = Person.get_one(voucher.person_id)
    today = clock.today()
    for reason in [each.id for each in reasons_of(voucher.id)] or [None]:
        counted = Gap.select().where((Gap.voucher == voucher) & (Gap.reason == reason) & (Gap.noticed_on == today))
        if not counted.exists():
            Gap(
                voucher=voucher,
                reason=reason,
                neighbourhood=person.neighbourhood_id,
                noticed_on=today,
                note=note.strip(),
            ).save()
    about(voucher)
    return voucher


def _full(activities: list[Activity]) -> str:
    sentences = []
    for activity in activities:
        places = places_of(activity)
        if places.left == 0:
            sentences.append(rules.full_sentence(activity.title, places.waiting))
    return " ".join(sentences)


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
    enrolment: Enrolment = _new(Enrolment, by, voucher.id)
    enrolment.activity = activity
    enrolment.destination = "" if activity else words(draft.destination)
    enrolment.destination_name = "" if activity else words(draft.destination_name)
    enrolment.state = "waiting" if draft.waiting and activity else "enrolled"
    enrolment.enrolled_on, enrolment.start_on = draft.enrolled_on, draft.start_on
    enrolment.accompanied, enrolment.note = draft.accompanied, words(draft.note)
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


# ---- worries


@action("worry recorded", may=OFFICE)
def record_worry(by: Member, draft: WorryDraft) -> Worry:
    """A sign of suicide, violence or neglect: stands on top until done."""
    worry: Worry = _new(Worry, by, draft.voucher_id)
    _fill_worry(worry, draft)
    return worry


@action("worry corrected", may=OFFICE)
def correct_worry(by: Member, draft: WorryDraft) -> Worry:
    """The next step: the practice was phoned, a step of the Meldcode was taken, or it is done."""
    worry = _known(Worry, draft.id, draft.version)
    _fill_worry(worry, draft)
    return worry


@action("worry taken back", may=OFFICE)
def take_back_worry(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    worry = _known(Worry, deed_id, version)
    for step in MeldcodeStep.select().where(MeldcodeStep.worry == worry):
        step.delete_instance()
    return _take_back(worry)


def _fill_worry(worry: Worry, draft: WorryDraft) -> None:
    now = clock.local_now()
    rules.check_worry(draft, now)
    worry.kind, worry.noticed_on = draft.kind, draft.noticed_on
    worry.called_at = None
    if draft.called_on is not None:
        worry.called_at = _moment(draft.called_on, draft.called_at or time(12))
    worry.reached, worry.meldcode_step = words(draft.reached), draft.meldcode_step
    worry.done_on, worry.note = draft.done_on, words(draft.note)
    worry.save()


# ---- the end of a case


@action("case closed", may=OFFICE)
def close_case(by: Member, draft: ClosingDraft) -> Closing:
    """How it ended; a case that is closed is not closed again."""
    closing: Closing = _new(Closing, by, draft.voucher_id)
    if open_closing(closing.voucher) is not None:
        raise Refused(_("This case is closed already."))
    _fill_closing(closing, draft)
    return closing


@action("closing corrected", may=OFFICE)
def correct_closing(by: Member, draft: ClosingDraft) -> Closing:
    closing = _known(Closing, draft.id, draft.version)
    _fill_closing(closing, draft)
    return closing


@action("case reopened", may=OFFICE)
def reopen_case(by: Member, draft: ReopenDraft) -> Closing:
    """It goes on after all; the closing stays in the story."""
    voucher = Voucher.get_one(draft.voucher_id)
    closing = open_closing(voucher)
    if closing is None:
        raise Refused(_("This case is not closed."))
    rules.check_reopening(draft, closing.closed_on, clock.today())
    closing.reopened_on, closing.reopened_why = draft.reopened_on, words(draft.reopened_why)
    closing.save()
    _settle_outcome(voucher)
    return closing


@action("closing taken back", may=OFFICE)
def take_back_closing(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    """As if it was never closed."""
    closing = _known(Closing, deed_id, version)
    voucher: Voucher = closing.voucher
    closing.delete_instance()
    _settle_outcome(voucher)
    about(voucher)
    return voucher


def _fill_closing(closing: Closing, draft: ClosingDraft) -> None:
    rules.check_closing(draft, case_days(closing.voucher), clock.today())
    closing.closed_on, closing.outcome = draft.closed_on, draft.outcome
    closing.reason = words(draft.reason) if rules.asks_reason(draft.outcome) else ""
    closing.passed_on_to = words(draft.passed_on_to) if rules.asks_whom(draft.outcome) else ""
    closing.note = words(draft.note)
    closing.save()
    _settle_outcome(closing.voucher)


def _settle_outcome(voucher: Voucher) -> None:
    standing = open_closing(voucher)
    voucher.outcome = standing.outcome if standing else ""
    refresh_status(voucher)


# ---- tasks


@action("task postponed", may=OFFICE)
def postpone_task(by: Member, voucher_id: int, task: str, days: int) -> Postponement:
    """Off the list until that many days from now; what was recorded meanwhile brings nothing back earlier."""
    if not 1 <= days <= 60:
        raise Refused(_("A task can be postponed for 1 to 60 days."))
    voucher = Voucher.get_one(voucher_id)
    found = Postponement.get_or_none((Postponement.voucher == voucher) & (Postponement.task == task))
    postponement: Postponement = found or Postponement(voucher=voucher, task=task)
    postponement.until = clock.today() + timedelta(days=days)
    postponement.staff = by.id or None
    postponement.save()
    about(voucher)
    return postponement


# ---- shared


def _new(model: type[D], by: Member, voucher_id: int) -> D:
    """A deed of this member on a case, still to be filled."""
    voucher = Voucher.get_one(voucher_id)
    return model(voucher=voucher, person=voucher.person_id, staff=by.id or None)


def _known(model: type[D], deed_id: int | None, version: int | None) -> D:
    """A deed on file as the form saw it: saved with another version in between is refused."""
    assert deed_id is not None
    deed = model.get_one(deed_id)
    if version is not None:
        deed.version = version
    return deed


def _take_back(deed: Record) -> Voucher:
    voucher: Voucher = deed.voucher
    deed.delete_instance()
    about(voucher)
    refresh_status(voucher)
    return voucher


def _moment(day: date, hour: time) -> datetime:
    """Amsterdam wall time as an aware moment."""
    return datetime.combine(day, hour, tzinfo=clock.AMSTERDAM)
