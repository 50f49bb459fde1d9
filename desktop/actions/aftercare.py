"""The talk three months on: what was said is stored, and when somebody no longer takes part signing up ends with it."""

from desktop import clock
from desktop.actions.action import action
from desktop.actions.appointments import held_as, stands_again
from desktop.actions.deeds import known_deed, new_deed, take_back
from desktop.actions.enrolments import end_enrolments, resume_enrolments
from desktop.actions.vouchers import refresh_status
from desktop.rules.aftercare import AftercareDraft, check_aftercare, ends_enrolments
from desktop.rules.codes import MARKS
from desktop.rules.deeds import words
from desktop.rules.staff import OFFICE, Member
from desktop.storage.deeds import case_days
from desktop.storage.models import Aftercare, Enrolment, Voucher


@action("aftercare held", may=OFFICE)
def hold_aftercare(by: Member, draft: AftercareDraft) -> Aftercare:
    """How it goes with taking part; the appointment it was planned as is held from now on."""
    talk: Aftercare = new_deed(Aftercare, by, draft.voucher_id)
    check_aftercare(draft, case_days(talk.voucher), clock.today())
    _fill(by, talk, draft)
    return talk


@action("aftercare corrected", may=OFFICE)
def correct_aftercare(by: Member, draft: AftercareDraft) -> Aftercare:
    """What ended with the talk as it was goes on again, before it is looked at anew."""
    talk = known_deed(Aftercare, draft.id, draft.version)
    check_aftercare(draft, case_days(talk.voucher, talk), clock.today())
    if (talk.outcome, talk.held_on, talk.stop_reason) != (draft.outcome, draft.held_on, draft.stop_reason or ""):
        _resume(talk)
    _fill(by, talk, draft)
    return talk


@action("aftercare taken back", may=OFFICE)
def take_back_aftercare(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    """As if it was not held: its appointment stands again, and so does what ended with it."""
    talk = known_deed(Aftercare, deed_id, version)
    _resume(talk)
    stands_again(talk.appointment)
    return take_back(talk)


def _fill(by: Member, talk: Aftercare, draft: AftercareDraft) -> None:
    voucher = talk.voucher
    talk.appointment = held_as(voucher, draft.appointment_id or talk.appointment_id)
    talk.held_on, talk.place = draft.held_on, draft.place
    talk.coach = draft.coach or talk.coach_id or voucher.coach_id or by.id or None
    ending = ends_enrolments(draft.outcome)
    talk.outcome, talk.stop_reason = draft.outcome, words(draft.stop_reason) if ending else ""
    talk.satisfaction, talk.gp_contacts, talk.note = draft.satisfaction, draft.gp_contacts, words(draft.note)
    for field in MARKS:
        setattr(talk, field, getattr(draft, field))
    talk.save()
    _count_times(draft)
    if ending:
        end_enrolments(voucher, talk.held_on, talk.stop_reason)
    refresh_status(voucher)


def _resume(talk: Aftercare) -> None:
    if ends_enrolments(talk.outcome):
        resume_enrolments(talk.voucher, talk.held_on, talk.stop_reason)


def _count_times(draft: AftercareDraft) -> None:
    """How often they were there, on the enrolment it was asked of."""
    if draft.enrolment_id is None:
        return
    enrolment = Enrolment.get_one(draft.enrolment_id)
    enrolment.times_present, enrolment.times_held = draft.times_present, draft.times_held
    enrolment.save()
