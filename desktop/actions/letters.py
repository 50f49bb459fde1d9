"""Writing, approving, fixing, sending and withdrawing feedback letters. Must not know how a letter looks.

Consent is asked anew at each step, so that an answer withdrawn meanwhile is obeyed at once.
"""

import hashlib
import json
from dataclasses import dataclass, replace

from desktop import clock
from desktop.actions.action import about, action, view
from desktop.actions.letter_content import compose, draft_of
from desktop.errors import Refused, StorageProblem
from desktop.language import _
from desktop.rules.codes import LETTER_MOMENTS, LETTER_WAYS, word
from desktop.rules.dates import show_long
from desktop.rules.letters import LetterContent, as_copy, as_json, as_text, is_long, words
from desktop.rules.letters_due import LetterFacts, happened, may_approve, may_tell, settles, why_not
from desktop.rules.lettertexts import Core, LetterDraft, check_draft, core_for, is_receipt
from desktop.rules.staff import CASEWORK, OFFICE, Member, require
from desktop.storage import letters as stored
from desktop.storage.database import told
from desktop.storage.letters import Route, content_of, letter_facts, moments_of, pdf_of, route_of, standing_letter
from desktop.storage.models import Dispatch, Letter, LetterMoment, LetterPdf, Voucher
from desktop.storage.people import consent_of


@dataclass(frozen=True)
class OpenLetter:
    """A letter with everything its page shows."""

    record: Letter
    content: LetterContent
    draft: LetterDraft
    pdf: bytes | None  # the fixed bytes
    dispatches: tuple[Dispatch, ...]
    stopped: str  # why it may not go out as it is; "" when it may
    last_address: tuple[str, ...]  # of the last letter to the same recipient, when it differs
    may_approve: bool
    has_marks: bool
    marks_allowed: bool
    receipt: bool
    covers: tuple[str, ...]
    agreed_in_intake: str


@dataclass(frozen=True)
class Seen:
    """A letter being written, as it would be printed; `complaint` says what must go."""

    pdf: bytes | None
    complaint: str
    lines: tuple[int, ...]  # per heading
    words: int
    long: bool


@dataclass(frozen=True)
class Printed:
    """Bytes for the printer about a record; nothing of them is kept."""

    record: Letter
    pdf: bytes


# ---- writing


@action("letter written", may=OFFICE)
def write_letter(by: Member, voucher_id: int, moment: str) -> Letter:
    """A concept about this moment, filled from the records; it settles earlier moments nobody wrote about."""
    voucher = Voucher.get_one(voucher_id)
    facts = letter_facts([voucher])[voucher.id]
    _refuse_unwritable(facts, moment)
    route = _route(voucher)
    _refuse_second(facts, voucher, moment)
    letter = Letter(
        voucher=voucher,
        person=voucher.person_id,
        moment=moment,
        written_by=by.id,
        corrects=_replaced(voucher, moment),
    )
    covers = (*settles(facts, moment), *_absorb_concepts(voucher, facts, moment))
    _fill(letter, route, facts)
    for each in dict.fromkeys(covers):
        LetterMoment(letter=letter, moment=each).save()
    return letter


@action("letter rewritten", may=OFFICE)
def rewrite_letter(by: Member, letter_id: int) -> Letter:
    """Fill a concept anew from the records as they are now; what was typed in it goes."""
    letter = _concept(letter_id)
    facts = _facts(letter)
    _refuse_unwritable(facts, letter.moment)
    letter.discussed = False
    _clear_approval(letter)
    _fill(letter, _route(letter.voucher), facts)
    return letter


@action("letter edited", may=OFFICE)
def edit_letter(by: Member, draft: LetterDraft) -> Letter:
    """Keep what the writer changed; an akkoord given before no longer counts."""
    letter = _concept(draft.id)
    if draft.version is not None:
        letter.version = draft.version
    content = _edited(by, letter, draft)
    letter.discussed = draft.discussed
    _clear_approval(letter)
    _store(letter, content)
    return letter


@action("letter discarded", may=OFFICE)
def discard_letter(by: Member, letter_id: int) -> Letter:
    """Throw a concept away; the moment is owed again."""
    letter = _concept(letter_id)
    _remove(letter)
    return letter


@action("letter approved", may=CASEWORK)
def approve_letter(by: Member, letter_id: int) -> Letter:
    """The coach's akkoord, after which a colleague may send it; never on a text that does not fit on paper."""
    from desktop.paper.letter import render

    letter = _concept(letter_id)
    if not _may_approve(by, letter):
        raise Refused(_("Only the coach of this case, the substitute or the coordinator gives approval."))
    render(_renewed(letter))
    letter.approved_by, letter.approved_at = by.id, clock.now()
    letter.save()
    return letter


# ---- sending


@action("letter fixed", may=OFFICE)
def fix_letter(by: Member, letter_id: int) -> Letter:
    """From now on nothing changes: the printed bytes are kept with their checksum."""
    from desktop.paper.letter import render

    letter = _concept(letter_id)
    _refuse_stopped(letter)
    if letter.approved_by_id is None:
        if not _may_approve(by, letter):
            raise Refused(_("The coach has to approve this letter first."))
        letter.approved_by, letter.approved_at = by.id, clock.now()
    content = _renewed(letter)
    pdf = render(content)
    letter.state = "fixed"
    _store(letter, content)
    LetterPdf(letter=letter, bytes=pdf, sha256=hashlib.sha256(pdf).hexdigest()).save()
    return letter


@action("letter handed out", may=OFFICE)
def send_letter(by: Member, letter_id: int, way: str) -> Dispatch:
    """Copied, saved or printed: it counts as sent only once staff confirm."""
    if way not in LETTER_WAYS:
        raise ValueError(way)
    letter = Letter.get_one(letter_id)
    about(letter)
    _refuse_withdrawn(letter)
    if letter.state != "fixed":
        raise Refused(
            _("This letter was sent already. Print a copy instead.")
            if letter.state == "sent"
            else _("A letter has to be fixed before it is sent.")
        )
    _refuse_stopped(letter)
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
    _refuse_withdrawn(letter)
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
    _refuse_withdrawn(letter)
    if letter.state == "concept":
        raise Refused(_("A concept is not withdrawn but thrown away."))
    if not why.strip():
        raise Refused(why=_("Say in a few words why it is withdrawn."))
    letter.withdrawn_on, letter.withdrawn_why = clock.today(), why.strip()
    letter.save()
    return letter


# ---- looking


@view("letter opened", may=OFFICE)
def open_letter(by: Member, letter_id: int) -> OpenLetter:
    """A letter for its page."""
    return _opened(by, stored.whole_letter(letter_id) or Letter.get_one(letter_id))


def look_again(by: Member, letter_id: int) -> OpenLetter | None:
    """The same letter once more after something was saved: no new line in the log; None when it is gone."""
    require(by, OFFICE)
    with told():
        letter = stored.whole_letter(letter_id)
        return _opened(by, letter) if letter is not None else None


def _opened(by: Member, letter: Letter) -> OpenLetter:
    content = content_of(letter)
    stopped = _stopped(letter) if letter.state != "sent" else ""
    last = stored.last_address(letter)
    return OpenLetter(
        record=letter,
        content=content,
        draft=draft_of(letter, content),
        pdf=fixed_bytes(letter) if letter.state != "concept" else None,
        dispatches=tuple(stored.list_dispatches(by, letter.id)),
        stopped=stopped,
        last_address=last if last and last != content.address else (),
        may_approve=_may_approve(by, letter),
        has_marks=bool(stored.newest_marks(letter.voucher_id)),
        marks_allowed=consent_of(letter.person_id, "hexagon") == "yes",
        receipt=is_receipt(content),
        covers=tuple(each.moment for each in moments_of(letter.id)),
        agreed_in_intake=stored.agreed_in_intake(letter.voucher_id),
    )


@view("letter reprinted", may=OFFICE)
def reprint_letter(by: Member, letter_id: int) -> Printed:
    """The letter once more, overprinted with *kopie*; nothing is stored."""
    from desktop.paper.letter import render

    letter = Letter.get_one(letter_id)
    return Printed(letter, render(as_copy(content_of(letter))))


def preview_letter(by: Member, draft: LetterDraft) -> Seen:
    """What is being typed as it would be printed; stores nothing and leaves no trace."""
    from desktop.paper.letter import line_counts, render

    require(by, OFFICE)
    with told():
        letter = Letter.get_one(draft.id)
        route = _route_on(letter)
        core = _core(content_of(letter), draft)
        content = compose(letter, route, core, draft, clock.today())
    lines = tuple(count for _heading, count in line_counts(content))
    try:
        pdf, complaint = render(content), ""
    except Refused as refused:
        pdf, complaint = None, refused.sentence()
    return Seen(pdf, complaint, lines, words(content), is_long(content))


def count_lines(text: str) -> int:
    """How many lines a text takes on paper under its heading."""
    from desktop.paper.letterplan import body_lines

    return len(body_lines(text))


def text_of_letter(opened: OpenLetter) -> str:
    """The letter to paste in the practice's own system."""
    return as_text(opened.content)


# ---- parts


def fixed_bytes(letter: Letter) -> bytes:
    """The bytes as they were fixed; damaged ones are never handed out."""
    kept = pdf_of(letter.id)
    pdf = bytes(kept.bytes) if kept else b""
    if kept is None or hashlib.sha256(pdf).hexdigest() != kept.sha256:
        raise StorageProblem(_("The fixed letter is damaged. Restore the last backup."))
    return pdf


def _concept(letter_id: int) -> Letter:
    letter = Letter.get_one(letter_id)
    _refuse_withdrawn(letter)
    if letter.state != "concept":
        raise Refused(_("This letter is fixed: nothing in it changes any more. Withdraw it to write it anew."))
    return letter


def _facts(letter: Letter) -> LetterFacts:
    facts = letter_facts([letter.voucher])[letter.voucher_id]
    covered = {each.moment for each in moments_of(letter.id)} | {letter.moment}
    return replace(facts, written=facts.written - covered)


def _may_approve(by: Member, letter: Letter) -> bool:
    return may_approve(by, letter.voucher.coach_id, letter.voucher.substitute_id)


def _route(voucher: Voucher) -> Route:
    route = route_of(voucher)
    if route is None:
        raise Refused(_("There is nobody to write to: the voucher has no practice."))
    return route


def _route_on(letter: Letter) -> Route:
    """To whom this letter was addressed when it was written."""
    return Route(letter.practice, letter.recipient)


def _refuse_unwritable(facts: LetterFacts, moment: str) -> None:
    if not happened(facts, moment):
        raise Refused(_("This has not happened yet, so nothing can be written about it."))
    if why := why_not(facts, moment):
        raise Refused(why)


def _refuse_second(facts: LetterFacts, voucher: Voucher, moment: str) -> None:
    if moment not in facts.written:
        return
    letter = standing_letter(voucher.id, moment)
    assert letter is not None
    kind, day = word(LETTER_MOMENTS, letter.moment), show_long(letter.written_on)
    if letter.state == "sent":
        raise Refused(_("The practice was told already: letter “{kind}” of {day}.").format(kind=kind, day=day))
    raise Refused(_("There is already a letter “{kind}” of {day}; open that one.").format(kind=kind, day=day))


def _refuse_withdrawn(letter: Letter) -> None:
    if letter.withdrawn_on is not None:
        raise Refused(_("This letter was withdrawn."))


def _refuse_stopped(letter: Letter) -> None:
    if why := _stopped(letter):
        raise Refused(why)


def _stopped(letter: Letter) -> str:
    """Why the letter may not go out as it stands."""
    if letter.withdrawn_on is not None:
        return ""
    facts = _facts(letter)
    content = content_of(letter)
    if why := why_not(facts, letter.moment):
        return why
    if not may_tell(facts) and not is_receipt(content):
        return _("Without consent to report back only a neutral receipt may go out. Fill the letter anew.")
    if content.marks and consent_of(letter.person_id, "hexagon") != "yes":
        return _("There is no consent for the hexagon in the letter. Leave it out.")
    route = route_of(letter.voucher)
    if route is None or route.key != letter.recipient_key:
        return _("The letter should now go to someone else. Fill it anew.")
    return ""


def _replaced(voucher: Voucher, moment: str) -> Letter | None:
    """The earlier letter that the new one takes the place of: withdrawn after sending, or of before a reopening."""
    return stored.withdrawn_letter(voucher.id, moment) or standing_letter(voucher.id, moment)


def _absorb_concepts(voucher: Voucher, facts: LetterFacts, moment: str) -> list[str]:
    """A later letter takes over earlier concepts nobody sent, so that the practice gets one letter."""
    if not may_tell(facts):
        return []
    taken: list[str] = []
    earlier = [each for each in settles(replace(facts, written=frozenset()), moment) if each != moment]
    for concept in stored.concepts_of(voucher.id, earlier):
        taken += [each.moment for each in moments_of(concept.id)]
        _remove(concept)
    return taken


def _remove(letter: Letter) -> None:
    for each in moments_of(letter.id):
        each.delete_instance()
    letter.delete_instance()


def _clear_approval(letter: Letter) -> None:
    letter.approved_by, letter.approved_at = None, None


def _fill(letter: Letter, route: Route, facts: LetterFacts) -> None:
    today = clock.today()
    letter.practice, letter.recipient, letter.recipient_key = route.practice, route.contact, route.key
    core = core_for(letter.moment, stored.core_facts(letter.voucher, today), may_tell(facts))
    _store(letter, compose(letter, route, core, LetterDraft(id=letter.id or 0), today))


def _store(letter: Letter, content: LetterContent) -> None:
    letter.content = json.dumps(as_json(content), ensure_ascii=False)
    letter.written_on = clock.today()
    letter.save()


def _edited(by: Member, letter: Letter, draft: LetterDraft) -> LetterContent:
    facts = _facts(letter)
    kept = content_of(letter)
    core = _core(kept, draft)
    if not may_tell(facts) and core != kept.core:
        raise Refused(_("Without consent to report back the neutral receipt stays as it is."))
    if draft.with_marks and consent_of(letter.person_id, "hexagon") != "yes":
        raise Refused(with_marks=_("There is no consent for the hexagon in the letter."))
    if core != kept.core:
        check_draft(draft, stored.list_reason_words(by, letter.voucher_id))
    return compose(letter, _route_on(letter), core, draft, clock.today())


def _core(kept: LetterContent, draft: LetterDraft) -> Core:
    headings = [heading for heading, _text in kept.core]
    return tuple(zip(headings, draft.texts(), strict=True))


def _renewed(letter: Letter) -> LetterContent:
    """The kept texts in today's envelope: the date on a letter is the day on which it was fixed."""
    kept = content_of(letter)
    return compose(letter, _route_on(letter), kept.core, draft_of(letter, kept), clock.today())

