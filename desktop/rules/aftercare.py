"""The talk three months on: what can be recorded of it, and what follows from how it goes. Knows no tables or clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.language import _
from desktop.rules.attendance import attendance_complaint
from desktop.rules.codes import AFTERCARE_OUTCOMES, DROP_OUT_REASONS, PLACES
from desktop.rules.deeds import (
    CaseDays,
    TalkDraft,
    ask_about,
    gp_complaint,
    happened,
    mark_complaints,
    note_complaint,
    refuse,
)

ENDING = frozenset({"stopped", "never"})


@dataclass(frozen=True, kw_only=True)
class AftercareDraft(TalkDraft):
    """How it goes, the marks again; `enrolment_id` says where the two numbers of attendance belong."""

    place: str | None = "phone"
    outcome: str | None = ""
    stop_reason: str | None = ""
    satisfaction: int | None = None
    enrolment_id: int | None = None
    times_present: int | None = None
    times_held: int | None = None


def ends_enrolments(outcome: str | None) -> bool:
    """Whether signing up ends with this talk, with a reason that is counted."""
    return outcome in ENDING


def seeks_another(outcome: str | None) -> bool:
    """Whether the next thing is to sign up for something else."""
    return outcome == "other"


def ending_words(places: Sequence[str]) -> str:
    """What is said before saving: what ends on the day of the talk."""
    if not places:
        return ""
    return _("This ends on the day of the talk: {places}.").format(places=", ".join(places))


def check_aftercare(draft: AftercareDraft, days: CaseDays, today: date) -> None:
    wrong = {"held_on": happened(draft.held_on, today), **note_complaint(draft)}
    if draft.place not in PLACES:
        wrong["place"] = _("Choose where.")
    if draft.outcome not in AFTERCARE_OUTCOMES:
        wrong["outcome"] = _("Choose how it goes.")
    if ends_enrolments(draft.outcome) and draft.stop_reason not in DROP_OUT_REASONS:
        wrong["stop_reason"] = _("Choose a reason.")
    if draft.satisfaction is not None and not 1 <= draft.satisfaction <= 10:
        wrong["satisfaction"] = _("This mark is 1 to 10.")
    wrong |= mark_complaints(draft) | gp_complaint(draft.gp_contacts)
    wrong |= attendance_complaint(draft.times_present, draft.times_held)
    refuse(wrong)
    assert draft.held_on is not None
    ask_about(draft, held_on=_day_doubt(draft.held_on, days), outcome=_outcome_doubt(draft.outcome, days))


def _day_doubt(day: date, days: CaseDays) -> str:
    if day < days.dated_on:
        return _("The aftercare talk lies before the voucher. Is that right?")
    if days.intakes and day < min(days.intakes):
        return _("The aftercare talk lies before the intake. Is that right?")
    if days.starts and day < min(days.starts):
        return _("The aftercare talk lies before the start. Is that right?")
    return ""


def _outcome_doubt(outcome: str | None, days: CaseDays) -> str:
    """An answer that does not go with what was recorded."""
    if outcome == "never" and days.starts:
        return _("A first time was recorded. Is 'never started' right?")
    if outcome == "still" and not days.starts:
        return _("No first time was recorded. Is 'still takes part' right?")
    return ""
