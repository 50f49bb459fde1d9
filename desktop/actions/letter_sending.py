"""Fixing, sending, confirming and withdrawing feedback letters. Must not know how a letter is filled or looks."""

import hashlib

from desktop import clock
from desktop.actions.action import about, action
from desktop.actions.letter_state import (
    concept,
    fixed_bytes,
    member_may_approve,
    refuse_stopped,
    refuse_withdrawn,
    renewed,
    store_content,
)
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.codes import LETTER_WAYS
from desktop.rules.staff import CASEWORK, OFFICE, Member
from desktop.storage.models import Dispatch, Letter, LetterPdf


@action("letter fixed", may=OFFICE)
def fix_letter(by: Member, letter_id: int) -> Letter:
    """From now on nothing changes: the printed bytes are kept with their checksum."""
    from desktop.paper.letter import render

    letter = concept(letter_id)
    refuse_stopped(letter)
    if letter.approved_by_id is None:
        if not member_may_approve(by, letter):
            raise Refused(_("The coach has to approve this letter first."))
        letter.approved_by, letter.approved_at = by.id, clock.now()
    content = renewed(letter)
    pdf = render(content)
    letter.state = "fixed"
    store_content(letter, content)
    LetterPdf(letter=letter, bytes=pdf, sha256=hashlib.sha256(pdf).hexdigest()).save()
    return letter


@action("letter handed out", may=OFFICE)
def send_letter(by: Member, letter_id: int, way: str) -> Dispatch:
    """Copied, saved or printed: it counts as sent only once staff confirm."""
    if way not in LETTER_WAYS:
        raise ValueError(way)
    letter = Letter.get_one(letter_id)
    about(letter)
    refuse_withdrawn(letter)
    if letter.state != "fixed":
        raise Refused(
            _("This letter was sent already. Print a copy instead.")
            if letter.state == "sent"
            else _("A letter has to be fixed before it is sent.")
        )
    refuse_stopped(letter)
    fixed_bytes(letter)
    waiting = Dispatch.get_or_none(
        (Dispatch.letter == letter) & (Dispatch.way == way) & Dispatch.confirmed_at.is_null()
    )
    dispatch = waiting or Dispatch(letter=letter, way=way)
    dispatch.sent_at, dispatch.staff = clock.now(), by.id
    dispatch.save()
    return dispatch


@action("letter sent", may=OFFICE)
def confirm_sent(by: Member, dispatch_id: int) -> Letter:
    """Staff saw it go: from now on it cannot be undone, only withdrawn."""
    dispatch = Dispatch.get_one(dispatch_id)
    letter: Letter = dispatch.letter
    refuse_withdrawn(letter)
    if dispatch.confirmed_at is None:
        dispatch.confirmed_at = clock.now()
        dispatch.save()
    letter.state = "sent"
    letter.save()
    return letter


@action("letter withdrawn", may=CASEWORK)
def withdraw_letter(by: Member, letter_id: int, why: str) -> Letter:
    """Take a fixed or sent letter back, with the reason; a new one may then be written."""
    letter = Letter.get_one(letter_id)
    refuse_withdrawn(letter)
    if letter.state == "concept":
        raise Refused(_("A concept is not withdrawn but thrown away."))
    if not why.strip():
        raise Refused(why=_("Say in a few words why it is withdrawn."))
    letter.withdrawn_on, letter.withdrawn_why = clock.today(), why.strip()
    letter.save()
    return letter
