"""An activity stops: for each participant is said what happens, and nobody is left in it. Must not know forms."""

from datetime import date

from desktop import clock
from desktop.actions.action import action
from desktop.actions.deeds import new_deed
from desktop.actions.ends import End, stop
from desktop.actions.enrolments import on_file_with, refuse_where_none_comes
from desktop.actions.places import no_place
from desktop.actions.vouchers import refresh_status
from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules.activity_ends import GOES_ON, MOVES, REASON, ActivityEndDraft, Onward, check_end, left_behind
from desktop.rules.names import full
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.activities import still_in
from desktop.storage.models import Activity, Enrolment, Voucher, name_of


@action("activity stopped", may=CASEWORK)
def stop_activity(by: Member, draft: ActivityEndDraft) -> Activity:
    """It is no longer held; everybody in it stops, goes to another activity or goes on without us."""
    activity = Activity.get_one(draft.activity_id)
    if draft.version is not None:
        activity.version = draft.version
    activity.status = "stopped"
    activity.save()
    doubts = [ask_left_behind(activity, draft), *let_go(by, activity, draft)]
    if any(doubts) and not draft.sure:
        ask(" ".join(filter(None, doubts)))
    return activity


def ask_left_behind(activity: Activity, draft: ActivityEndDraft) -> str:
    """What is asked about who is in it and for whom nothing was chosen."""
    unsaid = [each for each in still_in(activity.id) if each.id not in draft.onward]
    return left_behind([full(name_of(each.person)) for each in unsaid])


def let_go(by: Member, activity: Activity, draft: ActivityEndDraft) -> list[str]:
    """Inside the running action: nobody is in it any more; what is to be asked of where they go."""
    found = still_in(activity.id)
    check_end(draft, {each.id: each.state for each in found}, clock.today())
    on = draft.stopped_on or clock.today()
    doubts = [_settle(by, each, draft.onward.get(each.id, Onward()), on) for each in found]
    for voucher_id in dict.fromkeys(each.voucher_id for each in found):
        refresh_status(Voucher.get_one(voucher_id))
    return list(dict.fromkeys(filter(None, doubts)))


def _settle(by: Member, enrolment: Enrolment, onward: Onward, on: date) -> str:
    if onward.what == GOES_ON:
        _go_on(enrolment)
        return ""
    day = max(on, enrolment.first_attended_on or enrolment.enrolled_on, enrolment.enrolled_on)
    stop(enrolment, End(day, REASON, next_step="find"))
    return _move(by, enrolment, onward.activity) if onward.what == MOVES and onward.activity is not None else ""


def _go_on(enrolment: Enrolment) -> None:
    """The same place, now outside what we offer, under the name it had."""
    enrolment.destination, enrolment.destination_name = "elsewhere", enrolment.activity.title
    enrolment.activity = None
    enrolment.save()


def _move(by: Member, enrolment: Enrolment, activity_id: int) -> str:
    """Signed up at the other activity, after those who were moved there before; full is asked about."""
    if enrolment.voucher.status == "closed":
        closed = _("This case is closed. Open it again first, or choose something else.")
        raise Refused(**{f"what_{enrolment.id}": closed})
    moved: Enrolment = new_deed(Enrolment, by, enrolment.voucher_id)
    moved.activity, moved.enrolled_on = Activity.get_one(activity_id), clock.today()
    moved.note = enrolment.note
    refuse_where_none_comes(moved, f"to_{enrolment.id}")
    doubts = (on_file_with(moved), no_place(moved))
    moved.save()
    return " ".join(filter(None, doubts))
