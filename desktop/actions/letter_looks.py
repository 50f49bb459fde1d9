"""Looking at a letter: opened, typed in, or once more on paper. Changes nothing but the log."""

from dataclasses import dataclass

from desktop import clock
from desktop.actions.action import view
from desktop.actions.letter_content import compose, draft_of
from desktop.actions.letter_state import (
    fixed_bytes,
    member_may_approve,
    overtaken_in,
    route_on,
    typed_core,
    why_barred,
    why_no_copy,
    why_no_post,
)
from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules.letterdraft import LetterDraft
from desktop.rules.letters import LetterContent, as_copy, is_long, words
from desktop.rules.overtaken import Overtaken, sentence_of
from desktop.rules.staff import CASEWORK, Member, require
from desktop.storage import letters as stored
from desktop.storage.consents import letter_may_tell
from desktop.storage.database import told
from desktop.storage.letters import content_of, moments_of
from desktop.storage.models import Dispatch, Letter


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
    no_post: str = ""  # why it cannot go on paper; "" when it can
    overtaken: tuple[Overtaken, ...] = ()  # each sentence that is no longer so, where that is what stops it


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


@view("letter opened", may=CASEWORK)
def open_letter(by: Member, letter_id: int) -> OpenLetter:
    """A letter for its page."""
    return _opened(by, stored.whole_letter(letter_id) or Letter.get_one(letter_id))


def look_again(by: Member, letter_id: int) -> OpenLetter | None:
    """The same letter once more after something was saved: no new line in the log; None when it is gone."""
    require(by, CASEWORK)
    with told():
        letter = stored.whole_letter(letter_id)
        return _opened(by, letter) if letter is not None else None


def _opened(by: Member, letter: Letter) -> OpenLetter:
    content = content_of(letter)
    barred = why_barred(letter) if letter.state != "sent" else ""
    changed = () if barred else overtaken_in(letter)
    last = stored.last_address(letter)
    return OpenLetter(
        record=letter,
        content=content,
        draft=draft_of(letter, content),
        pdf=fixed_bytes(letter) if letter.state != "concept" else None,
        dispatches=tuple(stored.list_dispatches(by, letter.id)),
        stopped=barred or sentence_of(changed),
        last_address=last if last and last != content.address else (),
        may_approve=member_may_approve(by, letter),
        has_marks=bool(stored.newest_marks(letter.voucher_id)),
        marks_allowed=letter_may_tell(letter, "hexagon"),
        receipt=content.receipt,
        covers=tuple(each.moment for each in moments_of(letter.id)),
        agreed_in_intake=stored.agreed_in_intake(letter.voucher_id),
        no_post=why_no_post(letter) if letter.state != "sent" else "",
        overtaken=changed,
    )


@view("letter reprinted", may=CASEWORK)
def reprint_letter(by: Member, letter_id: int, sure: bool = False) -> Printed:
    """The letter once more, overprinted with *kopie*; nothing is stored. What is no longer so in it is asked about."""
    from desktop.paper.letter import render

    letter = Letter.get_one(letter_id)
    if letter.state == "concept":
        raise Refused(_("There is no copy of a concept: nothing was sent yet."))
    if not sure and (why := why_no_copy(letter)):
        ask(_("{why} Print the copy all the same?").format(why=why))
    return Printed(letter, render(as_copy(content_of(letter))))


def preview_letter(by: Member, draft: LetterDraft) -> Seen:
    """What is being typed as it would be printed; stores nothing and leaves no trace."""
    from desktop.paper.letter import line_counts, render

    require(by, CASEWORK)
    with told():
        letter = Letter.get_one(draft.id)
        route = route_on(letter)
        kept = content_of(letter)
        content = compose(letter, route, typed_core(kept, draft), draft, clock.today(), kept.receipt)
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
