"""What hangs on a case ends in one place, and comes back from there: appointments, places, holds, put-off tasks.

Closing, stopping, a talk that says so, an activity that stops: each passes through here. What a closing ended knows
that closing, so that opening the case again brings back exactly that. Must not know forms.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from desktop import clock
from desktop.actions.action import afterwards
from desktop.actions.deeds import refuse_closed
from desktop.actions.vouchers import refresh_status
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.cases import ACTIVE, PLACED
from desktop.rules.ends import goes_on, reason_of
from desktop.storage.cases import destination_of
from desktop.storage.changes import Deed, kind_of
from desktop.storage.deeds import open_closing, state_before
from desktop.storage.ends import (
    ended_by,
    ended_in,
    holds_of,
    put_off_of,
    standing_of,
    standing_on_ended,
    visits_of,
)
from desktop.storage.models import Activity, Aftercare, Appointment, Closing, Enrolment, Hold, Postponement, Voucher
from desktop.storage.places import places_of


@dataclass(frozen=True)
class End:
    """Since when and why it ended, and the closing or the talk with which it did."""

    on: date
    reason: str = ""
    closing: Closing | None = None
    talk: Aftercare | None = None
    next_step: str = ""


# ---- a case


def end_case(closing: Closing, keeps: Collection[int] = ()) -> None:
    """Everything that hangs on the case ends with its closing, but for the places somebody goes on taking."""
    voucher = closing.voucher
    for enrolment in standing_of(voucher.id):
        if enrolment.id not in keeps or enrolment.state not in PLACED:
            stop(enrolment, _with_case(closing, enrolment))
    call_off(visits_of(voucher.id), closing)
    for hold in holds_of(voucher.id, closing.closed_on):
        hold.ended_on, hold.ended_by = closing.closed_on, closing
        hold.save()
    for put_off in put_off_of(voucher.id):
        put_off.ended_by = closing
        put_off.save()


def end_otherwise(closing: Closing, keeps: Collection[int]) -> None:
    """The closing was corrected: who goes on after all has the place again, the rest ends on the day it says now."""
    for enrolment in ended_by(Enrolment, closing):
        if enrolment.id in keeps:
            _refuse_given(enrolment)
            stand_again(enrolment)
        else:
            stop(enrolment, _with_case(closing, enrolment))
    for hold in ended_by(Hold, closing):
        hold.ended_on, hold.ended_by = None, None
        hold.save()
    end_case(closing, keeps)


def _with_case(closing: Closing, enrolment: Enrolment) -> End:
    """Nothing ends before it began, also when the end is dated back."""
    return End(max(closing.closed_on, enrolment.enrolled_on), reason_of(closing.outcome, closing.reason), closing)


def resume_case(closing: Closing, *, as_if_never: bool = False) -> None:
    """What the closing ended stands again, where it still can; of a call that went on, what is still to come."""
    now = clock.local_now().replace(tzinfo=None)
    for enrolment in ended_by(Enrolment, closing):
        stand_again(enrolment)
    for visit in ended_by(Appointment, closing):
        if as_if_never or visit.starts_at > now:
            visit.state = "planned"
        visit.ended_by = None
        visit.save()
    for hold in ended_by(Hold, closing):
        hold.ended_on, hold.ended_by = None, None
        hold.save()
    for put_off in ended_by(Postponement, closing):
        put_off.ended_by = None
        put_off.save()


def settle_outcome(voucher: Voucher) -> None:
    """The case says how it ended, as long as a closing stands."""
    standing = open_closing(voucher)
    voucher.outcome = standing.outcome if standing else ""
    refresh_status(voucher)


# ---- one place


def stop(enrolment: Enrolment, end: End) -> None:
    """No longer there, or never: the place is free, and nobody goes along any more."""
    enrolment.state, enrolment.stop_reason = "stopped", end.reason
    enrolment.stopped_on = end.on
    enrolment.ended_by, enrolment.ended_in, enrolment.next_step = end.closing, end.talk, end.next_step
    enrolment.save()
    call_off(visits_of(enrolment.voucher_id, enrolment), end.closing)


def end_all(talk: Aftercare) -> None:
    """What stood on the day of the talk ends with it; what came later goes on."""
    end = End(talk.held_on, talk.stop_reason, talk=talk)
    for enrolment in standing_of(talk.voucher_id):
        if enrolment.enrolled_on <= talk.held_on:
            stop(enrolment, end)


def end_all_otherwise(talk: Aftercare) -> None:
    """The talk was corrected and still says that it ended: on another day, or for another reason."""
    for enrolment in ended_in(talk):
        stop(enrolment, End(talk.held_on, talk.stop_reason, talk=talk))
    end_all(talk)


def resume_all(talk: Aftercare) -> None:
    """What ended with the talk goes on as it was before; in a case that was closed since, it ended with the closing."""
    closing = open_closing(talk.voucher)
    for enrolment in ended_in(talk):
        stand_again(enrolment)
        if closing is not None and enrolment.state != "stopped" and not _outlives(closing, enrolment):
            stop(enrolment, _with_case(closing, enrolment))


def _outlives(closing: Closing, enrolment: Enrolment) -> bool:
    """Whether somebody goes on there without us after this closing."""
    return closing.person.deceased_on is None and goes_on(closing.outcome, enrolment.state)


def visit_stands_again(visit: Appointment) -> None:
    """It is still to be said how it went; in a closed case nothing is, and it ended with the closing."""
    closing = open_closing(visit.voucher)
    visit.state, visit.ended_by = ("planned", None) if closing is None else ("cancelled", closing)
    visit.save()


def call_off(visits: Iterable[Appointment], closing: Closing | None = None) -> None:
    for visit in visits:
        visit.state, visit.ended_by = "cancelled", closing
        visit.save()


def has_room(activity: Activity | None, enrolment: Enrolment) -> bool:
    """Whether somebody who held a place can have it back."""
    if activity is None or activity.capacity is None:
        return True
    return places_of(activity, enrolment.id).taken < int(activity.capacity)


def comes_back_as(enrolment: Enrolment) -> str:
    """The state in which it would stand again: waiting where the place was given to somebody else, nothing any more
    where the activity itself stopped."""
    was = "started" if enrolment.first_attended_on else state_before(enrolment)
    if enrolment.activity_id is not None and enrolment.activity.status == "stopped":
        return "stopped"
    if was == "offered" and (enrolment.offer_until is None or enrolment.offer_until < clock.today()):
        return "waiting"  # nobody kept the place all that time: it is offered anew
    return was if was not in ACTIVE or has_room(enrolment.activity, enrolment) else "waiting"


def _refuse_given(enrolment: Enrolment) -> None:
    if comes_back_as(enrolment) not in PLACED:
        raise Refused(
            _("The place at {activity} is no longer free.").format(activity=destination_of(enrolment))
        )


@afterwards
def refuse_on_what_ended(this: Deed) -> None:
    """Whichever action it was: nobody who died has a place or an appointment, and a closed case waits for neither."""
    touched: dict[str, set[int]] = {}
    for change in this.changes:
        touched.setdefault(change["table"], set()).add(change["row"])
    found = standing_on_ended(touched.get(kind_of(Enrolment), ()), touched.get(kind_of(Appointment), ()))
    if found is None:
        return
    if found.person.deceased_on is not None:
        raise Refused(_("This person died. If that is not so, take that back first."))
    refuse_closed(found)


def stand_again(enrolment: Enrolment) -> None:
    """As it was before it ended, where it still can."""
    state = comes_back_as(enrolment)
    enrolment.ended_by = enrolment.ended_in = None
    if state != "stopped":
        enrolment.state, enrolment.next_step = state, ""
        enrolment.stopped_on, enrolment.stop_reason = None, ""
    enrolment.save()
