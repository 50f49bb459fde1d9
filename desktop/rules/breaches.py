"""A breach of personal data: what has to be written down and the 72 hours to report it. Must not know tables."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from desktop.errors import Refused
from desktop.language import N_, _, ngettext
from desktop.rules.codes import YES_NO
from desktop.rules.dates import hour_complaint
from desktop.rules.identifiers import bsn_complaints

WITHIN = timedelta(hours=72)
"""AVG 33: to the authority within 72 hours after it was noticed."""
ANSWERS = dict(YES_NO)
EXPLAIN = N_(
    "A letter at the wrong address, a lost bag or stick, somebody who looked where they should not: write it down."
)


@dataclass(frozen=True, kw_only=True)
class BreachDraft:
    """A breach as typed; hours are on the clock on the wall."""

    id: int | None = None
    version: int | None = None
    noticed_on: date | None = None
    noticed_at: time | None = None
    happened_on: date | None = None
    what: str = ""
    whose: str = ""
    people: int | None = None
    consequences: str = ""
    measures: str = ""
    to_authority: str = ""
    authority_on: date | None = None
    authority_at: time | None = None
    authority_number: str = ""
    to_people: str = ""
    people_on: date | None = None
    why_not: str = ""
    closed_on: date | None = None
    sure: bool = False


def report_before(noticed_at: datetime) -> datetime:
    """The last moment to report it."""
    return noticed_at.astimezone(UTC) + WITHIN


def still_to_report(to_authority: str, reported: bool) -> bool:
    """Whether the clock still runs: no decision yet, or a decision to report that was not carried out."""
    return to_authority == "" or (to_authority == "yes" and not reported)


def clock_words(noticed_at: datetime, now: datetime) -> str:
    """What is left of the 72 hours, in words."""
    left = report_before(noticed_at) - now
    hours = int(abs(left).total_seconds() // 3600)
    if left < timedelta():
        return ngettext("{n} hour too late", "{n} hours too late", hours).format(n=hours)
    return ngettext("{n} hour left", "{n} hours left", hours).format(n=hours)


def check(draft: BreachDraft, today: date) -> None:
    """Refuse a breach without its facts, and a decision without its ground."""
    wrong: dict[str, str] = {}
    if draft.noticed_on is None:
        wrong["noticed_on"] = _("Give the day on which it was noticed: the 72 hours run from then.")
    if not draft.what.strip():
        wrong["what"] = _("Write down what happened.")
    for field in ("noticed_on", "happened_on", "authority_on", "people_on", "closed_on"):
        day = getattr(draft, field)
        if day is not None and day > today:
            wrong[field] = _("This date is in the future.")
    for name in ("noticed", "authority"):
        if complaint := hour_complaint(getattr(draft, f"{name}_on"), getattr(draft, f"{name}_at")):
            wrong[f"{name}_at"] = complaint
    if draft.noticed_on and draft.happened_on and draft.happened_on > draft.noticed_on:
        wrong["happened_on"] = _("That is after the day on which it was noticed.")
    if "no" in (draft.to_authority, draft.to_people) and not draft.why_not.strip():
        wrong["why_not"] = _("Write down why it is not reported.")
    if draft.closed_on is not None and still_to_report(draft.to_authority, draft.authority_on is not None):
        wrong["closed_on"] = _("First decide whether the authority is told, and tell it.")
    wrong |= bsn_complaints(draft, without=("authority_number",))
    if wrong:
        raise Refused(**wrong)
