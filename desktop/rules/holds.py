"""A case on hold: ill or away, the place kept, nothing asked until the day it ends. Must not know tables, the clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.language import _
from desktop.rules.cases import Case, Pause, Visit
from desktop.rules.codes import HOLD_REASONS
from desktop.rules.deeds import LONGEST_AHEAD, Deed, ask_about, happened, note_complaint, refuse

LONG = 90  # days; longer than a season is asked about


@dataclass(frozen=True, kw_only=True)
class HoldDraft(Deed):
    """On hold from one day until another; `ended_on` when they were back sooner."""

    from_on: date | None = None
    until_on: date | None = None
    reason: str | None = ""
    ended_on: date | None = None


def check_hold(draft: HoldDraft, today: date, overlaps: bool = False, planned: str = "") -> None:
    """`planned` names the appointments that stand in those days."""
    wrong = note_complaint(draft)
    if draft.reason not in HOLD_REASONS:
        wrong["reason"] = _("Choose why.")
    if draft.from_on is None:
        wrong["from_on"] = _("From which day?")
    elif abs((draft.from_on - today).days) > LONGEST_AHEAD:
        wrong["from_on"] = _("This date is too far away.")
    if draft.until_on is None:
        wrong["until_on"] = _("When do we get in touch again?")
    elif draft.from_on is not None and draft.until_on <= draft.from_on:
        wrong["until_on"] = _("That comes after the first day.")
    elif (draft.until_on - today).days > LONGEST_AHEAD:
        wrong["until_on"] = _("This date is too far away.")
    if draft.ended_on is not None:
        wrong["ended_on"] = _ended_complaint(draft, today)
    if overlaps:
        wrong["from_on"] = _("This case is on hold in these days already. Change that instead.")
    refuse(wrong)
    assert draft.from_on is not None
    assert draft.until_on is not None
    long = (draft.until_on - draft.from_on).days > LONG
    ask_about(draft, from_on=planned, until_on=_("That is a long time. Is that right?") if long else "")


def _ended_complaint(draft: HoldDraft, today: date) -> str:
    if draft.from_on is not None and draft.ended_on is not None and draft.ended_on < draft.from_on:
        return _("That is before the first day.")
    return happened(draft.ended_on, today)


def standing_pause(case: Case) -> Pause | None:
    """The pause that counts: not ended, and nobody was spoken to since the day it was to end."""
    spoken = max(_spoken_on(case), default=date.min)
    stand = [each for each in case.pauses if each.ended_on is None and spoken < each.until_on]
    return min(stand, key=lambda each: (each.until_on, each.id), default=None)


def paused(case: Case, today: date) -> Pause | None:
    """The pause that keeps everybody from asking anything today."""
    days = [each for each in case.pauses if each.from_on <= today < min(each.until_on, each.ended_on or date.max)]
    return max(days, key=lambda each: (each.until_on, each.id), default=None)


def to_resume(case: Case, today: date) -> Pause | None:
    """The pause that is over by its day, while nobody got in touch yet."""
    pause = standing_pause(case)
    return pause if pause is not None and pause.until_on <= today else None


def within(pause: Pause | HoldDraft, visit: Visit) -> bool:
    """Whether an appointment falls in the days on hold."""
    first, last = pause.from_on, pause.until_on
    return first is not None and last is not None and first <= visit.on < last


def _spoken_on(case: Case) -> Iterator[date]:
    """The days on which there was contact, or on which something was done with the person."""
    yield from (each.on for each in case.attempts if each.spoken)
    yield from (each.on for each in case.intakes)
    yield from (each.on for each in case.talks)
    for each in case.joined:
        yield from (day for day in (each.enrolled_on, each.first_on, each.stopped_on) if day is not None)
