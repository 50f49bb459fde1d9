"""What people may ask about their own data and by when it has to be answered. Must not know tables."""

from dataclasses import dataclass
from datetime import date

from desktop.errors import Refused
from desktop.language import N_, _
from desktop.rules.dates import months_after
from desktop.rules.identifiers import bsn_complaints

KINDS = {
    "access": N_("Wants to see the data"),
    "correction": N_("Wants something corrected"),
    "destruction": N_("Wants the data destroyed"),
    "objection": N_("Objects to the use of the data"),
}
MONTHS = {"access": 1, "correction": 1, "destruction": 3, "objection": 1}
"""AVG 12: one month; destruction under the Wmo 2015: three."""
LONGER = 2  # months more when it is complicated, told within the first month (AVG 12.3)
OUTCOMES = {"granted": N_("Done"), "partly": N_("Done in part"), "refused": N_("Refused, with the reason")}


@dataclass(frozen=True, kw_only=True)
class RequestDraft:
    """A request as typed; answering it fills in the last three."""

    id: int | None = None
    version: int | None = None
    person_id: int | None = None
    kind: str = ""
    received_on: date | None = None
    asked_by: str = ""
    proved: bool = False
    extended_why: str = ""
    answered_on: date | None = None
    outcome: str = ""
    answer: str = ""
    sure: bool = False


def answer_by(kind: str, received_on: date, extended: bool = False) -> date:
    """The last day on which the answer is in time; a longer term is only for what has the short one."""
    months = MONTHS[kind]
    return months_after(received_on, months + (LONGER if extended and months == 1 else 0))


def check(draft: RequestDraft, today: date) -> None:
    """Refuse a request nobody could answer, or an answer without its reason."""
    wrong: dict[str, str] = {}
    if draft.person_id is None:
        wrong["person_id"] = _("Choose whose data it is about.")
    if draft.kind not in KINDS:
        wrong["kind"] = _("Choose what is asked.")
    if draft.received_on is None:
        wrong["received_on"] = _("Give the day on which it was asked: the term runs from then.")
    elif draft.received_on > today:
        wrong["received_on"] = _("This date is in the future.")
    if draft.outcome and draft.outcome not in OUTCOMES:
        wrong["outcome"] = _("Choose what came of it.")
    wrong |= _answer_complaints(draft, today)
    wrong |= bsn_complaints(draft)
    if wrong:
        raise Refused(**wrong)


def _answer_complaints(draft: RequestDraft, today: date) -> dict[str, str]:
    if not draft.outcome:
        return {}
    wrong: dict[str, str] = {}
    if draft.answered_on is None:
        wrong["answered_on"] = _("Give the day of the answer.")
    elif draft.answered_on > today or (draft.received_on is not None and draft.answered_on < draft.received_on):
        wrong["answered_on"] = _("The answer lies between the request and today.")
    if draft.outcome != "granted" and not draft.answer.strip():
        wrong["answer"] = _("Say why: the person has a right to the reason.")
    if draft.outcome != "refused" and not draft.proved:
        wrong["proved"] = _("First make sure that it is this person who asks.")
    return wrong
