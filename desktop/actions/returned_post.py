"""Letters that came back: recording one, and what was found out about the address. Must not know how letters look."""

from desktop import clock
from desktop.actions.action import about, action
from desktop.actions.letter_state import refuse_withdrawn
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.fields import LINK
from desktop.rules.fields_practices import PRACTICE
from desktop.rules.returned_post import ReturnDraft, check_return
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.letters import sent_on, unconfirmed
from desktop.storage.living import living_practice
from desktop.storage.models import Contact, Letter, Practice, ReturnedPost
from desktop.storage.returned_post import last_sending, open_returns

ADDRESS = ("name", *(each.attribute for each in PRACTICE.fields if each.group == "address" and each.kind != LINK))
NAMED = ("form_of_address", "initials", "first_name", "tussenvoegsel", "surname", "title", "role", "active")


@action("returned post recorded", may=CASEWORK)
def record_returned(by: Member, draft: ReturnDraft) -> ReturnedPost:
    """It never arrived: the letter counts as ready to send again, and somebody looks at the address."""
    letter = Letter.get_one(draft.letter_id)
    refuse_withdrawn(letter)
    if letter.state != "sent":
        raise Refused(_("This letter was not sent, so it cannot have come back."))
    check_return(draft, sent_on(letter), clock.today())
    returned = ReturnedPost(
        letter=letter,
        dispatch=last_sending(letter.id),
        practice=letter.practice_id,
        returned_on=draft.returned_on,
        why=draft.why,
        staff=by.id,
    )
    returned.save()
    _forget_other_ways(letter)
    letter.state = "fixed"
    letter.save()
    about(letter)
    return returned


@action("returned post settled", may=CASEWORK)
def settle_returned(by: Member, practice_id: int, how: str) -> Practice:
    """Somebody looked: the address is right after all, or it went another way."""
    if how not in ("address_right", "other_way"):
        raise ValueError(how)
    practice = living_practice(practice_id)
    found = open_returns(practice.id)
    if not found:
        raise Refused(_("Nothing of this practice came back any more; a colleague settled it."))
    _settle(found, how)
    return practice


def on_envelope(record: Practice | Contact) -> tuple[object, ...]:
    """What of a practice or contact decides where a letter arrives."""
    columns = ADDRESS if isinstance(record, Practice) else NAMED
    return tuple(getattr(record, name) for name in columns)


def settle_changed_address(record: Practice | Contact, before: tuple[object, ...]) -> None:
    """Inside the action that changes a practice or contact: what came back from the old address is settled."""
    if on_envelope(record) == before:
        return
    if isinstance(record, Practice):
        found = open_returns(record.id)
    else:
        found = [each for each in open_returns(record.practice_id) if each.letter.recipient_id == record.id]
    _settle(found, "address_changed")


def _forget_other_ways(letter: Letter) -> None:
    """What was copied or saved beside the way it went is no sending to ask about, now that it lies here again."""
    for each in unconfirmed(letter.id):
        each.delete_instance()


def _settle(found: list[ReturnedPost], how: str) -> None:
    for each in found:
        each.settled_on, each.settled_how = clock.today(), how
        each.save()
