"""The copy of a letter for who referred, when the letter itself goes to somebody else. Must not know screens.

A copy is a letter with bytes of its own that is sent and confirmed by itself; it settles no moment.
"""

from desktop import clock
from desktop.actions.letter_content import compose, draft_of
from desktop.actions.letter_printed import fix_on_paper
from desktop.actions.letter_state import address
from desktop.rules.letters import LetterContent
from desktop.rules.letters_due import SIGNAL
from desktop.rules.staff import Member
from desktop.storage.consents import may_hear
from desktop.storage.letters import copies_of, copy_route_of
from desktop.storage.models import Letter


def fix_copy(by: Member, letter: Letter, content: LetterContent) -> Letter | None:
    """Inside the action that fixes a letter: the copy to the referrer, where the practice agreed to one."""
    route = copy_route_of(letter.voucher, letter.moment)
    if route is None or not _may_read(letter, content, route.practice.id):
        return None
    copy = Letter(
        voucher=letter.voucher_id,
        person=letter.person_id,
        moment=letter.moment,
        written_by=by.id or None,
        approved_by=letter.approved_by_id,
        approved_at=letter.approved_at,
        discussed=letter.discussed,
        ground=letter.ground,
        worry=letter.worry_id,
        copy_of=letter,
        subject=letter.subject,
        corrects=_had(letter.corrects_id, letter, route.key),
        follows=_had(letter.follows_id, letter, route.key),
    )
    address(copy, route)
    whole = compose(copy, route, content.core, draft_of(letter, content), clock.today(), content.receipt)
    fix_on_paper(copy, whole)
    return copy


def _may_read(letter: Letter, content: LetterContent, practice_id: int) -> bool:
    """Without consent nobody hears it but who must act; who works elsewhere by now needs a consent of that practice."""
    if letter.ground not in ("", "consent"):
        return False
    purposes = ("report_back", SIGNAL) if letter.moment == SIGNAL else ("report_back",)
    return content.receipt or may_hear(letter.voucher_id, practice_id, *purposes)


def withdraw_copies(letter: Letter) -> None:
    """Inside the action that withdraws a letter: its copies go with it."""
    for copy in copies_of(letter.id):
        copy.withdrawn_on, copy.withdrawn_why = letter.withdrawn_on, letter.withdrawn_why
        copy.save()


def _had(earlier_id: int | None, letter: Letter, recipient_key: str) -> Letter | None:
    """What the same referrer had in place of an earlier letter: its copy, or that letter itself."""
    if earlier_id is None:
        return None
    had = (Letter.copy_of == earlier_id) | (Letter.id == earlier_id)
    standing = (
        (Letter.voucher == letter.voucher_id) & (Letter.moment == letter.moment) & Letter.withdrawn_on.is_null()
    )
    told = had if letter.moment == SIGNAL else had | standing  # another signal is about something else
    found: Letter | None = (
        Letter.select().where(told & (Letter.recipient_key == recipient_key)).order_by(Letter.id.desc()).first()
    )
    return found
