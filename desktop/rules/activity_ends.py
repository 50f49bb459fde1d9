"""What happens to each participant of an activity that stops. Pure: must not know tables or the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.errors import Refused
from desktop.language import N_, _, ngettext
from desktop.rules.cases import PLACED

STOPS, MOVES, GOES_ON = "stops", "moves", "goes_on"
ONWARD = {
    STOPS: N_("Stops, look for something else"),
    MOVES: N_("Goes to another activity"),
    GOES_ON: N_("Goes on outside what we offer"),
}
REASON = "other"  # it was not the participant who gave it up
MOST_NAMED = 5


@dataclass(frozen=True)
class Onward:
    """What one participant does now, and where they go."""

    what: str | None = STOPS
    activity: int | None = None


@dataclass(frozen=True, kw_only=True)
class ActivityEndDraft:
    """An activity stops; by enrolment what happens to who is in it, the others stop with it."""

    activity_id: int = 0
    version: int | None = None
    stopped_on: date | None = None
    onward: Mapping[int, Onward] = field(default_factory=dict)
    sure: bool = False


def choices(state: str) -> dict[str, str]:
    """What can be chosen for somebody: who only waits has nothing to go on with."""
    return {what: words for what, words in ONWARD.items() if what != GOES_ON or state in PLACED}


def check_end(draft: ActivityEndDraft, states: Mapping[int, str], today: date) -> None:
    """Refuse a day to come, and a choice that is not there for this participant."""
    wrong: dict[str, str] = {}
    if draft.stopped_on is not None and draft.stopped_on > today:
        wrong["stopped_on"] = _("This date is in the future.")
    for number, state in states.items():
        onward = draft.onward.get(number, Onward())
        if onward.what not in choices(state):
            wrong[f"what_{number}"] = _("Choose one of the list.")
        elif onward.what == MOVES and onward.activity is None:
            wrong[f"to_{number}"] = _("Choose where they go.")
    if wrong:
        raise Refused(**wrong)


def left_behind(names: Sequence[str]) -> str:
    """What is asked about those for whom nothing was chosen; empty when that is nobody."""
    if not names:
        return ""
    more = _("and {n} more").format(n=len(names) - MOST_NAMED)
    named = ", ".join(names[:MOST_NAMED]) + (f" {more}" if len(names) > MOST_NAMED else "")
    return ngettext(
        "{n} participant is still in it: {names}. They stop with it, and you look for something else together. "
        "To choose otherwise, use the button “Activity stops”.",
        "{n} participants are still in it: {names}. They all stop with it, and you look for something else together. "
        "To choose for each of them, use the button “Activity stops”.",
        len(names),
    ).format(n=len(names), names=named)
