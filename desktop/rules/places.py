"""How many places an activity has left, who is next in line for one, and what is asked before it is overfilled.

Pure: must not know tables, the clock or who may give a place away.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.language import N_, _, ngettext
from desktop.rules.activities import places_left
from desktop.rules.codes import DROP_OUT_REASONS
from desktop.rules.dates import working_days_after
from desktop.rules.deeds import LONGEST_AHEAD, Deed, ask_about, note_complaint, refuse, start_complaint

ANSWERS = {"yes": N_("Yes, comes"), "no": N_("No"), "later": N_("No answer yet")}
AFTER_NO = {"end": N_("Waits on, at the end of the list"), "stop": N_("Off the waiting list")}


@dataclass(frozen=True, kw_only=True)
class OfferDraft(Deed):
    """What somebody said to the place that came free, or that it is kept a little longer."""

    enrolment_id: int = 0
    answer: str | None = ""
    start_on: date | None = None
    after: str | None = ""  # of a no
    stop_reason: str | None = ""
    until: date | None = None  # of no answer yet


@dataclass(frozen=True)
class Places:
    """How full an activity is; a person counts once, however many vouchers."""

    capacity: int | None = None
    status: str = "active"
    taken: int = 0
    offered: int = 0  # of those taken: kept for who was not told or did not answer yet
    waiting: int = 0
    over: bool = False  # its last time was, so that a place in it is nothing to wait for

    @property
    def left(self) -> int | None:
        """How many can still join; None when there is no limit."""
        return 0 if self.status == "full" else places_left(self.capacity, self.taken)

    @property
    def to_offer(self) -> int:
        """How many of those who wait can be offered a place; where nobody counts, one at a time."""
        if self.status != "active" or self.over:
            return 0
        return (0 if self.offered else 1) if self.capacity is None else max(0, self.capacity - self.taken)


@dataclass(frozen=True)
class Waiting:
    """Somebody on the waiting list of an activity, as it stands."""

    enrolment_id: int
    activity_id: int
    since: date
    declined: bool = False  # a place was offered before, and they wanted to wait on
    away: bool = False  # on hold: nothing is asked until then
    position: int = 1
    has_place: bool = False  # next in line, and a place is free


def in_line(waiting: Sequence[Waiting], places: Places) -> list[Waiting]:
    """Those who wait for one activity, already in order: their position, and for whom a place is free."""
    ready = [each.enrolment_id for each in waiting if not (each.declined or each.away)][: places.to_offer]
    return [
        replace(each, position=position, has_place=each.enrolment_id in ready)
        for position, each in enumerate(waiting, 1)
    ]


def next_in_line(waiting: Sequence[Waiting], places: Places, passed_over: Container[int] = ()) -> list[Waiting]:
    """To whom the places that are free are offered now; who said no just now is passed over."""
    ready = [each for each in waiting if not each.away and each.enrolment_id not in passed_over]
    return ready[: places.to_offer]


def kept_until(offered_on: date, within: int) -> date:
    """The last day on which an offered place waits for an answer."""
    return working_days_after(offered_on, within)


def check_offer(draft: OfferDraft, today: date, no_place: str = "") -> None:
    """`no_place` is what is asked when the place is not there any more."""
    wrong = note_complaint(draft)
    if draft.answer not in ANSWERS:
        wrong["answer"] = _("Choose what the answer was.")
    if draft.answer == "yes":
        wrong |= start_complaint(draft.start_on, today)
    if draft.answer == "no" and draft.after not in AFTER_NO:
        wrong["after"] = _("Choose what happens now.")
    if draft.answer == "no" and draft.after == "stop" and draft.stop_reason not in DROP_OUT_REASONS:
        wrong["stop_reason"] = _("Choose a reason.")
    if draft.answer == "later":
        wrong["until"] = _until_complaint(draft.until, today)
    refuse(wrong)
    if draft.answer == "yes":
        ask_about(draft, answer=no_place, start_on=_first_day_doubt(draft.start_on, today))


def _first_day_doubt(start: date | None, today: date) -> str:
    if start is None:
        return _("When is the first day? Without it we ask within some days.")
    return _("This moment has already passed. Is that right?") if start < today else ""


def _until_complaint(until: date | None, today: date) -> str:
    if until is None:
        return _("Until which day is the place kept?")
    if until <= today:
        return _("This day has to come yet.")
    return _("This date is too far away.") if (until - today).days > LONGEST_AHEAD else ""


def no_place_doubt(title: str, places: Places) -> str:
    """What is asked before somebody takes a place that is not there, or that others wait for; empty when it is free."""
    if places.left == 0:
        return full_sentence(title, places.waiting)
    if places.left is not None and places.left <= places.waiting:
        return ngettext(
            "{n} person waits for {activity} already. Sign up all the same?",
            "{n} people wait for {activity} already. Sign up all the same?",
            places.waiting,
        ).format(activity=title, n=places.waiting)
    return ""


def full_sentence(title: str, waiting: int) -> str:
    """What is said when someone is signed up where no place is left."""
    if waiting:
        return _("{activity} is full, {n} waiting. Sign up all the same?").format(activity=title, n=waiting)
    return _("{activity} is full. Sign up all the same?").format(activity=title)


def lowered_doubt(capacity: int | None, taken: int) -> str:
    """What is asked before an activity gets fewer places than it has people."""
    if capacity is None or taken <= capacity:
        return ""
    return ngettext(
        "{n} person holds a place already. Nobody loses a place by this. Is that right?",
        "{n} people hold a place already. Nobody loses a place by this. Is that right?",
        taken,
    ).format(n=taken)
