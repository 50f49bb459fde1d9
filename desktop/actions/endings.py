"""A worry, and the end of a case: closed, opened again, taken back; a worry stands on top until it is done."""

from datetime import time

from desktop import clock
from desktop.actions.action import about, action
from desktop.actions.deeds import known_deed, moment, new_deed, take_back
from desktop.actions.filling import fill
from desktop.actions.vouchers import refresh_status
from desktop.errors import Refused
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.deeds import ClosingDraft, ReopenDraft, WorryDraft, words
from desktop.rules.gp import is_gp
from desktop.rules.staff import CASEWORK, OFFICE, Member
from desktop.storage.deeds import case_days, open_closing
from desktop.storage.living import living_case, living_practice
from desktop.storage.models import Closing, Letter, MeldcodeStep, Person, Voucher, Worry

# ---- worries


@action("worry recorded", may=OFFICE)
def record_worry(by: Member, draft: WorryDraft) -> Worry:
    """A sign of suicide, violence or neglect: stands on top until done."""
    worry: Worry = new_deed(Worry, by, draft.voucher_id)
    _fill_worry(worry, draft)
    return worry


@action("worry corrected", may=CASEWORK)
def correct_worry(by: Member, draft: WorryDraft) -> Worry:
    """The next step: the practice was phoned, a step of the Meldcode was taken, or it is done."""
    worry = known_deed(Worry, draft.id, draft.version)
    if "suicide" in (worry.kind, draft.kind) and worry.kind != draft.kind and steps_taken(worry):
        raise Refused(kind=_("Steps were recorded of this worry. Record the other one as a worry of its own."))
    _fill_worry(worry, draft)
    return worry


@action("worry taken back", may=CASEWORK)
def take_back_worry(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    worry = known_deed(Worry, deed_id, version)
    if Letter.select().where(Letter.worry == worry).exists():
        raise Refused(_("A letter to the practice is about this worry. Correct the worry instead."))
    for step in MeldcodeStep.select().where(MeldcodeStep.worry == worry):
        step.delete_instance()
    return take_back(worry)


def steps_taken(worry: Worry) -> set[int]:
    """The numbers of the steps that are on file."""
    if worry.id is None:
        return set()
    return {row[0] for row in MeldcodeStep.select(MeldcodeStep.step).where(MeldcodeStep.worry == worry).tuples()}


def _fill_worry(worry: Worry, draft: WorryDraft) -> None:
    taken = steps_taken(worry)
    rules.check_worry(draft, clock.local_now(), taken)
    if draft.own_practice is not None:
        set_own_practice(worry.person, draft.own_practice)
    fill(worry, draft)
    worry.meldcode_step = max(taken, default=draft.meldcode_step)
    worry.called_at = moment(draft.called_on, draft.called_at or time(12)) if draft.called_on is not None else None
    worry.called_practice = draft.called_practice if draft.called_on is not None else None
    worry.save()


def set_own_practice(person: Person, practice_id: int) -> None:
    """Whose patient this person is, as they said it."""
    practice = living_practice(practice_id)
    if not is_gp(practice.kind):
        raise Refused(own_practice=_("No GP works there. Choose the practice of the GP."))
    if person.own_practice_id != practice.id:
        person.own_practice = practice
        person.save()


# ---- the end of a case


@action("case closed", may=CASEWORK)
def close_case(by: Member, draft: ClosingDraft) -> Closing:
    """How it ended; a case that is closed is not closed again."""
    closing: Closing = new_deed(Closing, by, draft.voucher_id)
    if open_closing(closing.voucher) is not None:
        raise Refused(_("This case is closed already."))
    _fill_closing(closing, draft)
    return closing


@action("closing corrected", may=CASEWORK)
def correct_closing(by: Member, draft: ClosingDraft) -> Closing:
    closing = known_deed(Closing, draft.id, draft.version)
    _fill_closing(closing, draft)
    return closing


@action("case reopened", may=CASEWORK)
def reopen_case(by: Member, draft: ReopenDraft) -> Closing:
    """It goes on after all; the closing stays in the story."""
    voucher = living_case(draft.voucher_id)
    closing = open_closing(voucher)
    if closing is None:
        raise Refused(_("This case is not closed."))
    rules.check_reopening(draft, closing.closed_on, clock.today())
    closing.reopened_on, closing.reopened_why = draft.reopened_on, words(draft.reopened_why)
    closing.save()
    _settle_outcome(voucher)
    return closing


@action("closing taken back", may=CASEWORK)
def take_back_closing(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    """As if it was never closed."""
    closing = known_deed(Closing, deed_id, version)
    voucher: Voucher = closing.voucher
    closing.delete_instance()
    _settle_outcome(voucher)
    about(voucher)
    return voucher


def _fill_closing(closing: Closing, draft: ClosingDraft) -> None:
    rules.check_closing(draft, case_days(closing.voucher), clock.today())
    fill(closing, draft)
    closing.reason = words(draft.reason) if rules.asks_reason(draft.outcome) else ""
    closing.passed_on_to = words(draft.passed_on_to) if rules.asks_whom(draft.outcome) else ""
    closing.save()
    _settle_outcome(closing.voucher)


def _settle_outcome(voucher: Voucher) -> None:
    standing = open_closing(voucher)
    voucher.outcome = standing.outcome if standing else ""
    refresh_status(voucher)
