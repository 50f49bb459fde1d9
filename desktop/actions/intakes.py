"""The talk that was held: what was said and agreed, six marks, the consents asked in it."""

from datetime import date

from desktop import clock
from desktop.actions.action import action
from desktop.actions.appointments import settle_appointment, stands_again
from desktop.actions.consents import Giving, answered_then, record_answers, tell_origin, unanswered_then
from desktop.actions.deeds import known_deed, new_deed, refuse_closed, take_back
from desktop.actions.filling import fill
from desktop.actions.vouchers import refresh_status
from desktop.rules import deeds as rules
from desktop.rules.deeds import IntakeDraft
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.deeds import case_days
from desktop.storage.models import Intake, Voucher

ASKED = ("report_back", "activity", "hexagon")
"""What may be asked in the talk."""


@action("intake held", may=CASEWORK)
def hold_intake(by: Member, draft: IntakeDraft) -> Intake:
    """What was said and agreed; the appointment it was planned as is held from now on."""
    intake: Intake = new_deed(Intake, by, draft.voucher_id)
    _fill_intake(by, intake, draft)
    return intake


@action("intake corrected", may=CASEWORK)
def correct_intake(by: Member, draft: IntakeDraft) -> Intake:
    intake = known_deed(Intake, draft.id, draft.version)
    _fill_intake(by, intake, draft)
    return intake


@action("intake taken back", may=CASEWORK)
def take_back_intake(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    """As if it was not held; its appointment stands again."""
    intake = known_deed(Intake, deed_id, version)
    stands_again(intake.appointment)
    return take_back(intake)


def _fill_intake(by: Member, intake: Intake, draft: IntakeDraft) -> None:
    voucher = intake.voucher
    rules.check_intake(draft, case_days(voucher, intake), clock.today())
    if draft.held_on != intake.held_on:
        refuse_closed(voucher, draft.held_on)
    held_before: date | None = intake.held_on
    settle_appointment(intake, "intake", draft)
    fill(intake, draft, without=("coach_id",))
    intake.coach = draft.coach or intake.coach_id or voucher.coach_id or by.id or None
    intake.warm = draft.warm
    intake.save()
    answered_then(intake, held_before, intake.held_on)
    unanswered_then(intake, draft)
    answers = {purpose: answer for purpose in ASKED if (answer := getattr(draft, f"consent_{purpose}"))}
    record_answers(by, voucher, answers, Giving(intake.held_on, sure=draft.sure, intake_id=intake.id), "consent_")
    if draft.informed:
        tell_origin(by, intake.person, intake.held_on, "spoken")
    refresh_status(voucher)
