"""Places given away, offered and answered: to who waits longest first, and never silently. Must not know letters."""

from dataclasses import replace
from datetime import date

from desktop import clock
from desktop.actions.action import action, afterwards
from desktop.actions.deeds import known_deed
from desktop.actions.vouchers import refresh_status
from desktop.errors import Refused, ask
from desktop.language import _, ngettext
from desktop.rules.cases import ACTIVE, WAITS
from desktop.rules.dates import show_date
from desktop.rules.deeds import words
from desktop.rules.places import OfferDraft, check_offer, kept_until, next_in_line, no_place_doubt
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.changes import Audit, Deed
from desktop.storage.models import Activity, Enrolment
from desktop.storage.places import elsewhere_in, moved_places, moved_since, places_by_activity, places_of, waiting_line
from desktop.storage.schedules import ended_activities
from desktop.storage.vouchers import terms


@action("place given", may=CASEWORK)
def give_place(by: Member, enrolment_id: int, version: int | None = None, sure: bool = False) -> Enrolment:
    """A place is kept for who waits; telling the person, and what the answer was, is a task."""
    enrolment = known_deed(Enrolment, enrolment_id, version)
    if enrolment.state == "offered":
        return enrolment
    if enrolment.state != "waiting":
        raise Refused(_("This is no longer on the waiting list."))
    refuse_over(enrolment.activity)
    if (doubt := _doubt(enrolment)) and not sure:
        ask(doubt)
    _offer(enrolment)
    return enrolment


@action("offer answered", may=CASEWORK)
def answer_offer(by: Member, draft: OfferDraft) -> Enrolment:
    """Yes and signed up, no and off the list or at the end of it, or kept a little longer."""
    enrolment = known_deed(Enrolment, draft.enrolment_id, draft.version)
    if enrolment.state not in WAITS:
        raise Refused(_("No place is offered here any more."))
    if draft.answer == "yes":
        refuse_over(enrolment.activity)
    check_offer(draft, clock.today(), _doubt(enrolment))
    if draft.answer == "yes":
        enrolment.state, enrolment.enrolled_on, enrolment.start_on = "enrolled", clock.today(), draft.start_on
        enrolment.offered_on = enrolment.offer_until = None
    elif draft.answer == "later":
        enrolment.state, enrolment.offer_until = "offered", draft.until
        enrolment.offered_on = enrolment.offered_on or clock.today()
    else:
        _decline(enrolment, draft)
    if words(draft.note):
        enrolment.note = words(draft.note)
    enrolment.save()
    refresh_status(enrolment.voucher)
    return enrolment


@afterwards
def offer_what_came_free(this: Deed) -> None:
    """Whoever is next in line is offered the place that an action let go, whichever action it was."""
    touched = {change["row"] for change in this.changes if change["table"] == "enrolment"}
    for activity_id in sorted(moved_places(this.changes).released):
        if this.undoes is not None and not moved_since(Audit.get_by_id(this.undoes), activity_id):
            continue  # it stands there as it stood before, and nobody was offered a place then
        places = places_by_activity([activity_id]).get(activity_id)
        if places is not None:
            for waits in next_in_line(waiting_line(activity_id), places, passed_over=touched):
                _offer(Enrolment.get_one(waits.enrolment_id))


def no_place(enrolment: Enrolment, ahead: int | None = None, there_on: date | None = None) -> str:
    """What is asked before this enrolment takes a place; empty when it holds one, or one is free for it.

    `ahead` is how many come first, where that is asked about apart; `there_on` the day on which they came.
    """
    activity: Activity | None = enrolment.activity
    if activity is None:
        return ""
    stored = Enrolment.get_or_none(Enrolment.id == (enrolment.id or 0))
    if stored is not None and stored.state in ACTIVE and stored.activity_id == activity.id:
        return ""
    if over := over_words(activity, there_on or coming_day(enrolment)):
        return over
    other = elsewhere_in(activity, enrolment.person_id, without=enrolment.id)
    if other is not None and other.state in ACTIVE:
        return ""
    places = places_of(activity, without=enrolment.id)
    return no_place_doubt(activity.title, replace(places, waiting=_ahead_of(enrolment) if ahead is None else ahead))


def over_words(activity: Activity | None, day: date) -> str:
    """What is asked before somebody goes, or waits, where the last time was before a day; else nothing."""
    if activity is None or not ended_activities([activity.id], day):
        return ""
    return _("{activity} is over: its last time is before {day}. Is that right?").format(
        activity=activity.title, day=show_date(day)
    )


def coming_day(enrolment: Enrolment) -> date:
    """From which day on somebody can still come: the first day that was agreed, or today."""
    return max(clock.today(), enrolment.start_on or clock.today())


def refuse_over(activity: Activity | None, field: str = "") -> None:
    """Nobody new comes where it was stopped."""
    if activity is not None and activity.status == "stopped":
        over = _("{activity} has stopped and takes nobody any more.").format(activity=activity.title)
        raise Refused(**{field: over}) if field else Refused(over)


def _offer(enrolment: Enrolment) -> None:
    enrolment.state, enrolment.offered_on = "offered", clock.today()
    enrolment.offer_until = kept_until(clock.today(), terms().offer_within)
    enrolment.save()
    refresh_status(enrolment.voucher)


def _decline(enrolment: Enrolment, draft: OfferDraft) -> None:
    enrolment.offered_on = enrolment.offer_until = None
    if draft.after == "end":
        enrolment.state, enrolment.queued_at = "waiting", clock.now()
    else:
        enrolment.state, enrolment.stopped_on = "stopped", clock.today()
        enrolment.stop_reason = words(draft.stop_reason)


def _ahead_of(enrolment: Enrolment) -> int:
    """How many wait for the same activity and come first."""
    line = [each.enrolment_id for each in waiting_line(enrolment.activity_id)]
    return line.index(enrolment.id) if enrolment.id in line else len(line)


def _doubt(enrolment: Enrolment) -> str:
    """Who is passed over when this one gets a place, and that there is none."""
    return " ".join(filter(None, (_skipped(enrolment), no_place(enrolment, ahead=0))))


def _skipped(enrolment: Enrolment) -> str:
    """Who is passed over when this one gets a place."""
    ahead = _ahead_of(enrolment) if enrolment.state == "waiting" else 0
    if not ahead:
        return ""
    return ngettext(
        "{n} person waits longer for {activity}. Is that right?",
        "{n} people wait longer for {activity}. Is that right?",
        ahead,
    ).format(n=ahead, activity=enrolment.activity.title)
