"""Appointments: planned, moved, missed, corrected, taken back; the status follows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from desktop import clock
from desktop.actions.action import action
from desktop.actions.deeds import known_deed, new_deed, refuse_closed, take_back
from desktop.actions.ends import visit_stands_again
from desktop.actions.filling import ask_of_paper, fill
from desktop.actions.places import over_words
from desktop.actions.vouchers import refresh_status
from desktop.errors import Refused, ask
from desktop.language import _, current
from desktop.rules import deeds as rules
from desktop.rules.addresses import has_address
from desktop.rules.dates import show_day, show_time
from desktop.rules.deeds import AROUND, AppointmentDraft, MissedDraft, TalkDraft, words
from desktop.rules.roles import holds_talks
from desktop.rules.staff import CASEWORK, OFFICE, Member
from desktop.storage.cases import destination_of
from desktop.storage.deeds import busy_at, case_days, planned_of
from desktop.storage.models import Aftercare, Appointment, Enrolment, Intake, Voucher


@action("intake planned", may=OFFICE)
def plan_intake(by: Member, draft: AppointmentDraft) -> Appointment:
    """A talk with day, hour, place and coach; with `warm` straight after the consultation."""
    return _plan(by, replace(draft, kind="intake"))


@action("first visit planned", may=CASEWORK)
def plan_first_visit(by: Member, draft: AppointmentDraft) -> Appointment:
    """Going along the first time, to one thing that was found; from now on it is so that we go along there."""
    enrolment = _where_to(draft)
    if enrolment is None:
        return _plan(by, replace(draft, kind="first_visit"))
    draft = replace(draft, address=words(draft.address) or destination_of(enrolment), enrolment_id=enrolment.id)
    visit = _plan(by, replace(draft, kind="first_visit"))
    if not enrolment.accompanied:
        enrolment.accompanied = True
        enrolment.save()
    return visit


@action("aftercare planned", may=OFFICE)
def plan_aftercare(by: Member, draft: AppointmentDraft) -> Appointment:
    return _plan(by, replace(draft, kind="aftercare"))


@action("appointment moved", may=OFFICE)
def move_appointment(by: Member, draft: AppointmentDraft) -> Appointment:
    """To another moment: the old one stays in the story as moved."""
    old = known_deed(Appointment, draft.id, draft.version)
    if old.state not in ("planned", "missed"):
        raise Refused(_("This appointment is over; plan a new one."))
    if old.state == "planned":
        old.state = "moved"
        old.save()
    return _plan(
        by, replace(draft, id=None, kind=old.kind, voucher_id=old.voucher_id, enrolment_id=old.enrolment_id)
    )


@action("appointment missed", may=OFFICE)
def miss_appointment(by: Member, draft: MissedDraft) -> Appointment:
    """Nobody came, or it was called off."""
    appointment = known_deed(Appointment, draft.id, draft.version)
    if appointment.state in ("held", "moved"):
        raise Refused(_("This appointment is over; plan a new one."))
    if not draft.cancelled and appointment.starts_at > clock.local_now().replace(tzinfo=None):
        raise Refused(cancelled=_("This appointment is still to come. Was it called off?"))
    rules.refuse(rules.note_complaint(draft))
    ask_of_paper(appointment, draft)
    appointment.state = "cancelled" if draft.cancelled else "missed"
    if words(draft.note):
        appointment.note = words(draft.note)
    appointment.save()
    refresh_status(appointment.voucher)
    return appointment


@action("appointment corrected", may=OFFICE)
def correct_appointment(by: Member, draft: AppointmentDraft) -> Appointment:
    """Put right what was typed wrong; for another moment there is `move_appointment`."""
    appointment = known_deed(Appointment, draft.id, draft.version)
    if appointment.state in ("held", "missed") and draft.day is not None and draft.day != appointment.starts_at.date():
        rules.refuse({"day": rules.happened(draft.day, clock.today())})
        refuse_closed(appointment.voucher, draft.day)
    _fill_appointment(appointment, replace(draft, kind=appointment.kind, enrolment_id=appointment.enrolment_id))
    return appointment


@action("appointment taken back", may=OFFICE)
def take_back_appointment(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    appointment = known_deed(Appointment, deed_id, version)
    enrolment: Enrolment | None = appointment.enrolment
    if appointment.state == "held" and enrolment is not None and enrolment.first_attended_on is not None:
        raise Refused(_("The first time was recorded of this appointment. Take that back first."))
    if Intake.select().where(Intake.appointment == appointment).exists():
        raise Refused(_("An intake was recorded of this appointment. Take that back first."))
    if Aftercare.select().where(Aftercare.appointment == appointment).exists():
        raise Refused(_("An aftercare talk was recorded of this appointment. Take that back first."))
    return take_back(appointment)


def settle_appointment(talk: Intake | Aftercare, kind: str, draft: TalkDraft) -> None:
    """The appointment this talk was is held from now on; one that it was not after all stands again."""
    before: Appointment | None = talk.appointment
    chosen = _which(talk.voucher, kind, draft, before)
    if before is not None and before.id != chosen:
        stands_again(before)
    talk.appointment = held_as(talk.voucher, chosen)


def _which(voucher: Voucher, kind: str, draft: TalkDraft, before: Appointment | None) -> int | None:
    """As chosen; else as before, or the one that stands around that day. What is not sure is asked."""
    if draft.appointment_id is not None:
        return draft.appointment_id or None
    assert draft.held_on is not None
    day = draft.held_on
    stand = sorted(planned_of(voucher.id, kind), key=lambda each: abs(each.starts_at.date() - day))
    same_day = [each for each in stand if each.starts_at.date() == day]
    if before is not None and (before.starts_at.date() == day or len(same_day) != 1):
        return int(before.id)
    near = same_day or [each for each in stand if abs(each.starts_at.date() - day) <= AROUND]
    if len(near) == 1:
        return int(near[0].id)
    if not draft.sure and stand:
        ask(appointment_id=_which_words(stand))
    return int(near[0].id) if near else None


def _which_words(stand: Sequence[Appointment]) -> str:
    moments = [each.starts_at for each in stand]
    days = ", ".join(f"{show_day(each.date(), current())} {show_time(each.time())}" for each in moments)
    if len(stand) == 1:
        return _("An appointment still stands: {day}. Was this another talk?").format(day=days)
    return _("Several appointments still stand: {days}. Which one was this?").format(days=days)


def held_as(voucher: Voucher, appointment_id: int | None) -> Appointment | None:
    """The appointment this talk was; marking it held takes it off everyone's list."""
    if appointment_id is None:
        return None
    appointment = Appointment.get_one(appointment_id)
    if appointment.voucher_id != voucher.id:
        raise Refused(_("This appointment is of another case."))
    if appointment.state in ("moved", "cancelled"):
        raise Refused(appointment_id=_("This appointment did not go on. Choose another one."))
    if appointment.state != "held":
        appointment.state = "held"
        appointment.save()
    return appointment


def stands_again(appointment: Appointment | None) -> None:
    """The talk it was is taken back: it is still to be said how it went."""
    if appointment is not None and appointment.state == "held":
        visit_stands_again(appointment)


def _plan(by: Member, draft: AppointmentDraft) -> Appointment:
    appointment: Appointment = new_deed(Appointment, by, draft.voucher_id)
    refuse_closed(appointment.voucher)
    appointment.kind = draft.kind
    if draft.kind == "first_visit":
        _refuse_second_visit(draft)
    coach = draft.coach or appointment.voucher.coach_id or holds_talks(by)
    if coach is None:
        raise Refused(coach=_("Choose with whom the appointment is."))
    _fill_appointment(appointment, replace(draft, coach=coach))
    return appointment


def _refuse_second_visit(draft: AppointmentDraft) -> None:
    """There is one first time: going along twice to one thing would be asked about twice."""
    for visit in planned_of(draft.voucher_id, "first_visit"):
        if visit.enrolment_id == draft.enrolment_id:
            day = show_day(visit.starts_at.date(), current())
            raise Refused(day=_("You go along on {day} already. Move that appointment instead.").format(day=day))


def _fill_appointment(appointment: Appointment, draft: AppointmentDraft) -> None:
    voucher = appointment.voucher
    coach = draft.coach or voucher.coach_id
    days = case_days(voucher)
    busy = busy_words(coach, draft.day, draft.hour, appointment.id)
    home = has_address(voucher.person)
    rules.check_appointment(draft, days, clock.local_now(), busy, home, _over(draft))
    assert draft.day is not None
    assert draft.hour is not None
    appointment.starts_at = datetime.combine(draft.day, draft.hour)
    fill(appointment, draft)
    appointment.coach, appointment.enrolment = coach, draft.enrolment_id
    appointment.save()
    refresh_status(voucher)


def _over(draft: AppointmentDraft) -> str:
    going: Enrolment | None = Enrolment.get_or_none(Enrolment.id == (draft.enrolment_id or 0))
    return over_words(going.activity, draft.day) if going is not None and draft.day is not None else ""


def _where_to(draft: AppointmentDraft) -> Enrolment | None:
    """Where they go together: as chosen, else the only thing that was found and not begun."""
    if draft.enrolment_id is not None:
        chosen = Enrolment.get_one(draft.enrolment_id)
        if chosen.voucher_id != draft.voucher_id:
            raise Refused(enrolment_id=_("This belongs to another case."))
        if chosen.state == "stopped" or chosen.first_attended_on is not None:
            raise Refused(enrolment_id=_("They have been there already, or it was stopped."))
        return chosen
    found = Enrolment.select().where(
        (Enrolment.voucher == draft.voucher_id)
        & (Enrolment.state != "stopped")
        & Enrolment.first_attended_on.is_null()
    )
    several = sorted(found, key=lambda each: (not each.accompanied, each.id))
    if len(several) > 1 and several[1].accompanied == several[0].accompanied:
        raise Refused(enrolment_id=_("Where do you go along to?"))
    return several[0] if several else None


def busy_words(coach: int | None, day: date | None, hour: time | None, without: int | None = None) -> str:
    """Whom the coach sees at that hour already, as it is asked about."""
    if coach is None or day is None or hour is None:
        return ""
    other = busy_at(coach, datetime.combine(day, hour), without)
    if other is None:
        return ""
    return _("{coach} already has an appointment at {time} that day. Is that right?").format(
        coach=other.coach.name, time=show_time(other.starts_at.time())
    )
