"""Fixing, sending and confirming feedback letters. Must not know how a letter is filled or looks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop import clock
from desktop.actions.action import about, action
from desktop.actions.letter_asking import ask_before_fixing
from desktop.actions.letter_copies import fix_copy
from desktop.actions.letter_printed import fix_on_paper
from desktop.actions.letter_state import (
    concept,
    facts_now,
    fixed_bytes,
    member_may_approve,
    refuse_no_post,
    refuse_stopped,
    refuse_withdrawn,
    renewed,
    why_otherwise,
)
from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules.cases import going_on
from desktop.rules.codes import LETTER_WAYS
from desktop.rules.letterpromise import promise_in
from desktop.rules.letters import as_text
from desktop.rules.letters_due import UPDATE, subject_of
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.cases import read_case
from desktop.storage.letters import content_of, moments_of, standing_practice, unconfirmed
from desktop.storage.models import Dispatch, Letter


@dataclass(frozen=True)
class Parcel:
    """A letter as it leaves the building: its text to paste, or the bytes to save or print."""

    letter: Letter
    text: str = ""
    pdf: bytes = b""


HandOver = Callable[[Parcel], object]
"""Copies, writes or prints; raises Refused when that failed, and then nothing is recorded."""


@action("letter fixed", may=CASEWORK)
def fix_letter(by: Member, letter_id: int, sure: bool = False) -> Letter:
    """From now on nothing changes: the printed bytes are kept with their checksum."""
    letter = concept(letter_id)
    refuse_stopped(letter)
    if letter.practice.letter_way == "print":
        refuse_no_post(letter)
    if letter.approved_by_id is None:
        if not member_may_approve(by, letter):
            raise Refused(_("The coach has to approve this letter first."))
        ask_before_fixing(by, letter, sure)
        letter.approved_by, letter.approved_at = by.id, clock.now()
    content = renewed(letter)
    promise = promise_in(content.core[-1][1], clock.today())
    letter.promised_on, letter.promised_sooner = promise.on, promise.sooner
    letter.going_on = "" if content.receipt else going_on(read_case(letter.voucher_id))
    _settle_what_stands(letter)
    fix_on_paper(letter, content)
    fix_copy(by, letter, content)
    return letter


@action("letter handed out", may=CASEWORK)
def send_letter(by: Member, letter_id: int, way: str, hand_over: HandOver | None = None) -> Dispatch:
    """Copied, saved or printed: it counts as sent only once staff confirm."""
    if way not in LETTER_WAYS:
        raise ValueError(way)
    letter = Letter.get_one(letter_id)
    about(letter)
    _refuse_unsendable(letter)
    if way == "print":
        refuse_no_post(letter)
    parcel = _parcel(letter, way)
    dispatch = next(iter(unconfirmed(letter.id, way)), Dispatch(letter=letter, way=way))
    dispatch.sent_at, dispatch.staff = clock.now(), by.id
    dispatch.save()
    if hand_over is not None:
        hand_over(parcel)
    return dispatch


@action("letter taken back", may=CASEWORK)
def take_back(by: Member, dispatch_id: int) -> Letter:
    """It was not sent after all: nothing waits to be confirmed, and it may go out another way."""
    dispatch = Dispatch.get_one(dispatch_id)
    if dispatch.confirmed_at is not None:
        raise Refused(_("It was confirmed already that this letter was sent. Withdraw it if it is wrong."))
    if dispatch.batch:
        raise Refused(_("This letter was printed together with others. Say there what came out well."))
    dispatch.delete_instance()
    letter: Letter = dispatch.letter
    return letter


def confirm_each(by: Member, dispatch_ids: Sequence[int]) -> list[Letter]:
    """Staff saw all of these go; each is recorded by itself."""
    return [confirm_sent(by, dispatch_id) for dispatch_id in dispatch_ids]


@action("letter sent", may=CASEWORK)
def confirm_sent(by: Member, dispatch_id: int, sure: bool = False) -> Letter:
    """Staff saw it go: from now on it cannot be undone, only withdrawn; what changed meanwhile is said first."""
    dispatch = Dispatch.get_one(dispatch_id)
    letter: Letter = dispatch.letter
    refuse_withdrawn(letter)
    if dispatch.confirmed_at is None:
        _refuse_unfixed(letter)
        _refuse_second_way(letter)
        if not sure and (why := why_otherwise(letter)):
            ask(_("{why} Has it gone all the same?").format(why=why))
        for other in unconfirmed(letter.id):
            if other.id != dispatch.id:
                other.delete_instance()
        dispatch.confirmed_at = clock.now()
        dispatch.save()
        letter.state = "sent"
        letter.save()
    elif letter.state != "sent":  # said before, on a page of before it came back
        raise Refused(_("This letter came back after it was sent. Send it again first."))
    return letter


def _settle_what_stands(letter: Letter) -> None:
    """The deeds it tells of as they are now, such as another outcome: nothing in it is overtaken, so it says that."""
    facts = facts_now(letter)
    for each in moments_of(letter.id):
        about = subject_of(facts, each.moment)
        if about.id and each.moment != UPDATE:
            each.subject, each.said = about.id, about.said
            each.save()
            letter.subject = about.id if each.moment == letter.moment else letter.subject


def _refuse_second_way(letter: Letter) -> None:
    if letter.state == "sent":
        raise Refused(_("This letter was sent already, another way. It goes once."))


def _refuse_unsendable(letter: Letter) -> None:
    refuse_withdrawn(letter)
    _refuse_unfixed(letter)
    if letter.state == "sent":
        raise Refused(_("This letter was sent already. Print a copy instead."))
    refuse_stopped(letter)


def _refuse_unfixed(letter: Letter) -> None:
    if letter.state == "concept":
        raise Refused(_("A letter has to be fixed before it is sent."))


def _parcel(letter: Letter, way: str) -> Parcel:
    """The fixed bytes as they are kept; a PDF is locked on its way out when the practice has a password."""
    pdf = fixed_bytes(letter)
    if way == "text":
        return Parcel(letter, text=as_text(content_of(letter)))
    practice = standing_practice(letter.practice)
    if way == "pdf" and practice is not None and practice.pdf_password:
        from desktop.paper.locked import locked

        pdf = locked(pdf, practice.pdf_password)
    return Parcel(letter, pdf=pdf)
