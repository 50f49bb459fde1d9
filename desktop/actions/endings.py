"""A worry, and the end of a case: closed, opened again, taken back; a worry stands on top until it is done."""

from collections.abc import Sequence
from datetime import time

from desktop import clock
from desktop.actions.action import about, action
from desktop.actions.deceased import lives_sentence, note_death, note_life, settle_outcomes, take_away
from desktop.actions.deeds import known_deed, moment, new_deed, take_back
from desktop.actions.ends import comes_back_as, end_case, end_otherwise, resume_case, settle_outcome
from desktop.actions.filling import fill
from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.deceased import DECEASED
from desktop.rules.deeds import ClosingDraft, ReopenDraft, WorryDraft, words
from desktop.rules.ends import goes_on, may_go_on
from desktop.rules.gp import is_gp
from desktop.rules.staff import CASEWORK, OFFICE, Member
from desktop.storage.cases import destination_of
from desktop.storage.deeds import case_days, open_closing, state_before
from desktop.storage.ends import deceased_closings, ended_by, standing_of
from desktop.storage.living import living_case, living_practice
from desktop.storage.models import Closing, Enrolment, Letter, MeldcodeStep, Person, Voucher, Worry

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
    """How it ended; a case that is closed is not closed again. Whoever died has no case that goes on."""
    closing: Closing = new_deed(Closing, by, draft.voucher_id)
    if open_closing(closing.voucher) is not None:
        raise Refused(_("This case is closed already."))
    _fill_closing(closing, draft)
    end_case(closing, _kept(closing, draft))
    if closing.outcome == DECEASED:
        note_death(by, closing.person, closing.closed_on, draft.sure, closing.voucher_id)
    settle_outcome(closing.voucher)
    return closing


@action("closing corrected", may=CASEWORK)
def correct_closing(by: Member, draft: ClosingDraft) -> Closing:
    """Another day, outcome or reason; who goes on after all has the place again."""
    closing = known_deed(Closing, draft.id, draft.version)
    was, stands = closing.outcome, closing.reopened_on is None
    _fill_closing(closing, draft)
    if stands:
        end_otherwise(closing, _kept(closing, draft))
    if stands and DECEASED in (was, closing.outcome):
        _correct_death(by, closing, draft.sure)
    settle_outcome(closing.voucher)
    return closing


@action("case reopened", may=CASEWORK)
def reopen_case(by: Member, draft: ReopenDraft) -> Closing:
    """It goes on after all; the closing stays in the story, and what it ended stands again where it can."""
    voucher = living_case(draft.voucher_id)
    closing = open_closing(voucher)
    if closing is None:
        raise Refused(_("This case is not closed."))
    _refuse_dead(closing)
    rules.check_reopening(draft, closing.closed_on, clock.today())
    together = _together(closing)
    _ask_again(together, draft.sure)
    for each in together:
        each.reopened_on, each.reopened_why = max(draft.reopened_on, each.closed_on), words(draft.reopened_why)
        each.save()
        resume_case(each)
    if closing.outcome == DECEASED:
        note_life(closing.person)
    settle_outcomes(together)
    return closing


@action("closing taken back", may=CASEWORK)
def take_back_closing(by: Member, deed_id: int, version: int | None = None, sure: bool = False) -> Voucher:
    """As if it was never closed."""
    closing = known_deed(Closing, deed_id, version)
    voucher: Voucher = closing.voucher
    if stands := closing.reopened_on is None:
        _refuse_dead(closing)
    together = _together(closing) if stands else [closing]
    _ask_again(together, sure)
    take_away(together, closing.person if stands and closing.outcome == DECEASED else None)
    about(voucher)
    return voucher


def _fill_closing(closing: Closing, draft: ClosingDraft) -> None:
    rules.check_closing(draft, case_days(closing.voucher), clock.today())
    fill(closing, draft)
    closing.reason = words(draft.reason) if rules.asks_reason(draft.outcome) else ""
    closing.passed_on_to = words(draft.passed_on_to) if rules.asks_whom(draft.outcome) else ""
    closing.save()


def _kept(closing: Closing, draft: ClosingDraft) -> frozenset[int]:
    """The places that somebody goes on taking: as staff said, else as it usually is after this outcome."""
    if not may_go_on(closing.outcome):
        return frozenset()
    if draft.keeps is not None:
        return frozenset(draft.keeps)
    stands = {each.id: each.state for each in standing_of(closing.voucher_id)}
    came = {each.id: comes_back_as(each) for each in ended_by(Enrolment, closing)}
    return frozenset(number for number, state in (stands | came).items() if goes_on(closing.outcome, state))


def _together(closing: Closing) -> list[Closing]:
    """Somebody who did not die after all has no case that says so."""
    return deceased_closings(closing.person_id) if closing.outcome == DECEASED else [closing]


def _refuse_dead(closing: Closing) -> None:
    if closing.person.deceased_on is not None and closing.outcome != DECEASED:
        raise Refused(_("This person died. If that is not so, take that back first."))


def _ask_again(closings: Sequence[Closing], sure: bool) -> None:
    """Asked before it comes back otherwise than it was: a place that is gone, other cases that open too."""
    doubts = [lives_sentence(closings)] if len(closings) > 1 else []
    for closing in closings:
        doubts += [
            _("The place at {activity} was given to somebody else: the person comes back on the waiting list.").format(
                activity=destination_of(each)
            )
            for each in ended_by(Enrolment, closing)
            if comes_back_as(each) == "waiting" != state_before(each)
        ]
    if doubts and not sure:
        ask(" ".join(doubts))


def _correct_death(by: Member, closing: Closing, sure: bool) -> None:
    """The correction says that somebody died, on which day, or that they did not."""
    if closing.outcome == DECEASED:
        note_death(by, closing.person, closing.closed_on, sure, closing.voucher_id)
        return
    others = deceased_closings(closing.person_id)
    if others and not sure:
        ask(outcome=lives_sentence(others))
    take_away(others, closing.person)
