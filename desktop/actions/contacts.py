"""Contact that was there or was tried: recorded, corrected, taken back; the status follows."""

from datetime import time

from desktop import clock
from desktop.actions.action import action
from desktop.actions.consents import (
    Giving,
    answered_then,
    given_in,
    keep_with,
    record_answers,
    tell_origin,
    unanswered_then,
)
from desktop.actions.deeds import known_deed, moment, new_deed, refuse_closed, take_back
from desktop.actions.filling import fill
from desktop.actions.vouchers import refresh_status
from desktop.errors import ask
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.codes import UNANSWERED
from desktop.rules.deeds import ContactDraft
from desktop.rules.staff import OFFICE, Member
from desktop.storage.deeds import case_days, require_call
from desktop.storage.models import ContactAttempt, Voucher


@action("contact recorded", may=OFFICE)
def record_contact(by: Member, draft: ContactDraft) -> ContactAttempt:
    """A call, visit or message, out or in, and what came of it."""
    attempt: ContactAttempt = new_deed(ContactAttempt, by, draft.voucher_id)
    _fill_contact(by, attempt, draft)
    return attempt


@action("contact corrected", may=OFFICE)
def correct_contact(by: Member, draft: ContactDraft) -> ContactAttempt:
    attempt = known_deed(ContactAttempt, draft.id, draft.version)
    require_call(by, attempt)
    _fill_contact(by, attempt, draft)
    return attempt


@action("contact taken back", may=OFFICE)
def take_back_contact(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    attempt = known_deed(ContactAttempt, deed_id, version)
    require_call(by, attempt)
    return take_back(attempt)


def _fill_contact(by: Member, attempt: ContactAttempt, draft: ContactDraft) -> None:
    now = clock.local_now()
    rules.check_contact(draft, case_days(attempt.voucher, attempt), now)
    day = draft.on or now.date()
    before = clock.local(attempt.at).date() if attempt.id else None
    if day != before and draft.direction == "out":  # who calls us after the end is heard
        refuse_closed(attempt.voucher, day)
    hour = draft.at or (now.time() if day == now.date() else time(12))
    attempt.at = moment(day, hour)
    fill(attempt, draft)
    attempt.save()
    answered_then(attempt, before, day)
    unanswered_then(attempt, draft)
    _let_go_of_what_nobody_said(attempt, draft)
    keep_with(attempt, draft.noted)
    answers = {"report_back": draft.consent_report_back} if draft.consent_report_back else {}
    record_answers(by, attempt.voucher, answers, Giving(day, sure=draft.sure, attempt_id=attempt.id), "consent_")
    if draft.informed:
        tell_origin(by, attempt.person, day, draft.informed_how or "spoken")
    refresh_status(attempt.voucher)


def _let_go_of_what_nobody_said(attempt: ContactAttempt, draft: ContactDraft) -> None:
    """The call turns out to have reached nobody: what was written down as answered in it goes, after a question."""
    if attempt.direction == "in" or attempt.outcome not in UNANSWERED:
        return
    answers = given_in(attempt)
    if answers and not draft.sure:
        ask(outcome=_("An answer about sharing was written down in this contact. It goes with this. Is that "
                                 "right?"))  # fmt: skip
    for each in answers:
        each.delete_instance()
