"""A talk with a practice: what has to be written down, and when the next one is due. Must not know tables."""

from dataclasses import dataclass
from datetime import date, timedelta

from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules.identifiers import bsn_complaints

LONGEST = {"question": 600, "agreed": 300}  # characters: what was agreed stands on the page of results, one A4
FAR = timedelta(days=550)  # a next talk after more than a year and a half is rather a slip of the keys


@dataclass(frozen=True, kw_only=True)
class PracticeTalkDraft:
    """A talk as typed; `staff` is who of us was there, `next_on` the day of the next one."""

    id: int | None = None
    version: int | None = None
    practice: int | None = None
    held_on: date | None = None
    staff: int | None = None
    with_whom: str = ""
    question: str = ""
    agreed: str = ""
    next_on: date | None = None
    sure: bool = False


@dataclass(frozen=True, kw_only=True)
class NextTalkDraft:
    """Another day for the next talk, or none."""

    id: int | None = None
    version: int | None = None
    next_on: date | None = None
    sure: bool = False


def check(draft: PracticeTalkDraft, today: date) -> None:
    """Refuse a talk that is still to come, says nothing, or is followed by one before it."""
    wrong: dict[str, str] = {}
    if draft.held_on is None:
        wrong["held_on"] = _("Give the day of the talk.")
    elif draft.held_on > today:
        wrong["held_on"] = _("This date is in the future.")
    if not (draft.question.strip() or draft.agreed.strip()):
        wrong["question"] = _("Write down what was asked or what was agreed.")
    if draft.next_on is not None and draft.held_on is not None and draft.next_on <= draft.held_on:
        wrong["next_on"] = _("The next talk comes after this one.")
    for field, most in LONGEST.items():
        if len(getattr(draft, field)) > most:
            wrong[field] = _("At most {n} characters.").format(n=most)
    wrong |= bsn_complaints(draft)
    if wrong:
        raise Refused(**wrong)
    _doubt_far(draft.next_on, today, draft.sure)


def check_next(draft: NextTalkDraft, held_on: date, today: date) -> None:
    """Another day for the next talk: after the last one, and not behind us."""
    if draft.next_on is not None and draft.next_on <= held_on:
        raise Refused(next_on=_("The next talk comes after this one."))
    if draft.next_on is not None and draft.next_on < today:
        raise Refused(next_on=_("This day is past. Was the talk held? Then record it."))
    _doubt_far(draft.next_on, today, draft.sure)


def people_in(practice_people: tuple[str, ...], typed: str) -> list[str]:
    """What may be meant by the last name that is being typed, after those that stand there already."""
    before, comma, last = typed.rpartition(",")
    words = last.lower().split()
    found = [name for name in practice_people if all(word in name.lower() for word in words)]
    return [f"{before}{comma} {name}".strip() if comma else name for name in found if name not in before]


def _doubt_far(next_on: date | None, today: date, sure: bool) -> None:
    if next_on is not None and next_on > today + FAR and not sure:
        ask(next_on=_("That is more than a year and a half from now. Is it right?"))
