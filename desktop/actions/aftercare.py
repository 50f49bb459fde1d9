"""The talk three months on: what was said is stored, and when somebody no longer takes part signing up ends with it."""

from datetime import date

from desktop import clock
from desktop.actions.action import action
from desktop.actions.appointments import settle_appointment, stands_again
from desktop.actions.deeds import known_deed, new_deed, refuse_closed, take_back
from desktop.actions.ends import end_all, end_all_otherwise, resume_all
from desktop.actions.filling import fill
from desktop.actions.vouchers import refresh_status
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.aftercare import AftercareDraft, check_aftercare, ends_enrolments
from desktop.rules.deeds import words
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.cases import destination_of
from desktop.storage.deeds import case_days
from desktop.storage.models import Aftercare, Enrolment, Voucher


@action("aftercare held", may=CASEWORK)
def hold_aftercare(by: Member, draft: AftercareDraft) -> Aftercare:
    """How it goes with taking part; the appointment it was planned as is held from now on."""
    talk: Aftercare = new_deed(Aftercare, by, draft.voucher_id)
    check_aftercare(draft, case_days(talk.voucher), clock.today())
    _fill(by, talk, draft)
    _end(talk)
    refresh_status(talk.voucher)
    return talk


@action("aftercare corrected", may=CASEWORK)
def correct_aftercare(by: Member, draft: AftercareDraft) -> Aftercare:
    """What ended with the talk as it was goes on again, before it is looked at anew."""
    talk = known_deed(Aftercare, draft.id, draft.version)
    check_aftercare(draft, case_days(talk.voucher, talk), clock.today())
    before = _ending_of(talk)
    if before and not ends_enrolments(draft.outcome):
        resume_all(talk)
    _fill(by, talk, draft)
    if before != _ending_of(draft):
        _end(talk, anew=bool(before))
    refresh_status(talk.voucher)
    return talk


@action("aftercare taken back", may=CASEWORK)
def take_back_aftercare(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    """As if it was not held: its appointment stands again, and so does what ended with it."""
    talk = known_deed(Aftercare, deed_id, version)
    resume_all(talk)
    stands_again(talk.appointment)
    return take_back(talk)


def _fill(by: Member, talk: Aftercare, draft: AftercareDraft) -> None:
    voucher = talk.voucher
    if draft.held_on != talk.held_on:
        refuse_closed(voucher, draft.held_on)
    settle_appointment(talk, "aftercare", draft)
    fill(talk, draft, without=("coach_id",))
    talk.coach = draft.coach or talk.coach_id or voucher.coach_id or by.id or None
    talk.stop_reason = words(draft.stop_reason) if ends_enrolments(draft.outcome) else ""
    talk.save()
    _count_times(voucher, draft)


def _ending_of(talk: Aftercare | AftercareDraft) -> tuple[date | None, str] | None:
    """The day and the reason with which signing up ends; None when it goes on."""
    return (talk.held_on, words(talk.stop_reason)) if ends_enrolments(talk.outcome) else None


def _end(talk: Aftercare, anew: bool = False) -> None:
    if ends_enrolments(talk.outcome):
        (end_all_otherwise if anew else end_all)(talk)


def _count_times(voucher: Voucher, draft: AftercareDraft) -> None:
    """How often they were there, on the enrolment it was asked of."""
    if draft.enrolment_id is None:
        return
    enrolment = Enrolment.get_one(draft.enrolment_id)
    if enrolment.voucher_id != voucher.id:
        raise Refused(times_present=_("{activity} is not of this voucher any more. Look again how often they were "
                                      "there.").format(activity=destination_of(enrolment)))  # fmt: skip
    enrolment.times_present, enrolment.times_held = draft.times_present, draft.times_held
    enrolment.save()
