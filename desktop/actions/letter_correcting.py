"""Taking back a letter that was fixed, and writing it once more with its own texts. Must not know how a letter looks.

What the practice never saw is replaced without a word about it; the two letters know each other on screen all the same.
"""

from dataclasses import replace

from desktop import clock
from desktop.actions.action import about, action
from desktop.actions.letter_content import compose, draft_of
from desktop.actions.letter_copies import fix_copy, withdraw_copies
from desktop.actions.letter_state import (
    address,
    is_overtaken,
    refuse_withdrawn,
    route_now,
    store_content,
    told_since,
    why_barred,
    why_otherwise,
)
from desktop.actions.letters import write_about
from desktop.actions.signals import refreshed_core
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.letters_due import SIGNAL
from desktop.rules.lettertexts import Core
from desktop.rules.staff import CASEWORK, Member, require
from desktop.storage.consents import letter_may_tell
from desktop.storage.database import told
from desktop.storage.letters import content_of, moments_of
from desktop.storage.models import Letter, LetterMoment


@action("letter withdrawn", may=CASEWORK)
def withdraw_letter(by: Member, letter_id: int, why: str) -> Letter:
    """Take a fixed or sent letter back, with the reason; a new one may then be written."""
    letter = Letter.get_one(letter_id)
    withdraw(letter, why)
    return letter


@action("letter withdrawn to be corrected", may=CASEWORK)
def correct_letter(by: Member, letter_id: int, why: str) -> Letter:
    """Take it back and open it anew as a concept with the texts as they were, so that only the mistake changes."""
    letter = Letter.get_one(letter_id)
    if letter.copy_of_id is not None:
        raise Refused(_("This is the copy of another letter. Correct that one; its copy goes along."))
    _refuse_mixed_up(letter)
    withdraw(letter, why)
    return _written_again(by, letter, content_of(letter).core)


@action("letter written anew for its address", may=CASEWORK)
def write_for_new_address(by: Member, letter_id: int) -> Letter:
    """The same letter for an address that changed since it was fixed; the akkoord on its texts goes on counting."""
    letter = Letter.get_one(letter_id)
    refuse_withdrawn(letter)
    _refuse_mixed_up(letter)
    if not is_overtaken(letter):
        raise Refused(_("The address on this letter is the one we have. It can be sent as it is."))
    if (later := told_since(letter)) is not None:
        withdraw(letter, _("A later letter tells more"))
        about(later)
        return later
    if letter.copy_of_id is None and why_otherwise(letter):
        return _filled_again(by, letter)
    withdraw(letter, _("The address was changed before the letter arrived"))
    if letter.copy_of_id is not None:
        return _copied_again(by, letter)
    again = _written_again(by, letter, content_of(letter).core)
    again.approved_by, again.approved_at = letter.approved_by_id, letter.approved_at
    again.save()
    return again


def find_overtaken(by: Member, letter_id: int) -> bool:
    """Whether this fixed letter bears an address that is not the one we have now."""
    require(by, CASEWORK)
    with told():
        return is_overtaken(Letter.get_one(letter_id))


def _refuse_mixed_up(letter: Letter) -> None:
    if letter.mixed_up:
        raise Refused(_("This letter tells of somebody else: nothing in it is to be corrected. Only withdraw it."))


def withdraw(letter: Letter, why: str) -> None:
    """Inside the running action, the letter with its copies: one that is still a concept is thrown away."""
    refuse_withdrawn(letter)
    if letter.state == "concept":
        raise Refused(_("A concept is not withdrawn but thrown away."))
    if not why.strip():
        raise Refused(why=_("Say in a few words why it is withdrawn."))
    letter.withdrawn_on, letter.withdrawn_why = clock.today(), why.strip()
    letter.save()
    withdraw_copies(letter)


def _filled_again(by: Member, letter: Letter) -> Letter:
    """Withdrawn because the records changed, and written from those of now about whatever is owed now."""
    core = refreshed_core(letter) if letter.moment == SIGNAL else None
    withdraw(letter, _("The records changed before the letter was sent"))
    if core is not None:
        return _written_again(by, letter, core)
    again = write_about(by, letter.voucher, letter.moment)
    if again.corrects_id is None:
        again.corrects = letter
        again.save()
    about(again)
    return again


def _copied_again(by: Member, copy: Letter) -> Letter:
    """A copy is fixed together with its letter, so a new one is fixed at once."""
    original: Letter = copy.copy_of
    again = fix_copy(by, original, content_of(original))
    if again is None:
        raise Refused(_("There is nobody to write to any more. Only withdraw the letter."))
    again.corrects = copy.id
    again.save()
    about(again)
    return again


def _written_again(by: Member, letter: Letter, core: Core) -> Letter:
    """A concept that takes its place, with these texts."""
    kept = content_of(letter)
    route = route_now(letter.voucher, letter.moment)
    again = Letter(
        voucher=letter.voucher,
        person=letter.person_id,
        moment=letter.moment,
        written_by=by.id,
        discussed=letter.discussed,
        corrects=letter,
        ground=letter.ground,
        worry=letter.worry_id,
        subject=letter.subject,
        facts=letter.facts,
    )
    address(again, route)
    draft = replace(draft_of(letter, kept), with_marks=bool(kept.marks) and letter_may_tell(again, "hexagon"))
    store_content(again, compose(again, route, core, draft, clock.today(), kept.receipt))
    for each in moments_of(letter.id):
        LetterMoment(letter=again, moment=each.moment, subject=each.subject, said=each.said).save()
    if why := why_barred(again):
        raise Refused(why)
    about(again)
    return again
