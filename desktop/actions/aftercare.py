"""The talk three months on."""

from datetime import datetime, time

from desktop import clock
from desktop.actions.action import action
from desktop.actions.deeds import new_deed
from desktop.actions.vouchers import refresh_status
from desktop.rules import deeds as rules
from desktop.rules.deeds import AftercareDraft, words
from desktop.rules.staff import OFFICE, Member
from desktop.storage.deeds import case_days
from desktop.storage.models import Appointment


@action("aftercare held", may=OFFICE)
def hold_aftercare(by: Member, draft: AftercareDraft) -> Appointment:
    """The talk three months on, planned or not."""
    if draft.appointment_id is not None:
        talk = Appointment.get_one(draft.appointment_id)
    else:
        talk = new_deed(Appointment, by, draft.voucher_id)
        talk.kind, talk.place, talk.coach = "aftercare", "phone", by.id or None
    rules.check_aftercare(draft, case_days(talk.voucher), clock.today())
    assert draft.held_on is not None
    if talk.id is None or talk.starts_at.date() != draft.held_on:
        talk.starts_at = datetime.combine(draft.held_on, time(12))
    talk.state, talk.note = "held", words(draft.note) or talk.note
    talk.save()
    refresh_status(talk.voucher)
    return talk
