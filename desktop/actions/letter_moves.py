"""A letter that was made for the wrong case: nothing of it is told there any more. Must not know how letters look."""

from desktop.actions.action import about, action
from desktop.actions.deeds import known_deed
from desktop.actions.letter_state import refuse_withdrawn
from desktop.actions.letters import why_not_written, write_about
from desktop.actions.moves import MovePlan, case_words, put_letters_right, say_on_both_sides
from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules.moves import WRONG, Letters, MoveLetterDraft, fate_of, refuse_letter, why_say_first
from desktop.rules.staff import CASEWORK, Member, require
from desktop.storage import moves as stored
from desktop.storage.cases import read_case
from desktop.storage.database import told
from desktop.storage.living import living_case
from desktop.storage.models import Letter, Voucher


@action("letter moved", may=CASEWORK)
def move_letter(by: Member, draft: MoveLetterDraft) -> Letter | Voucher:
    """Nothing of it is told of the wrong person any more; where one is owed, it is written for the right one."""
    letter = known_deed(Letter, draft.id, draft.version)
    letter.save()  # stores nothing; refuses what was changed since
    refuse_withdrawn(letter)
    case, target = read_case(living_case(letter.voucher_id).id), living_case(draft.voucher_id)
    found = next(each for each in case.words if each.id == letter.id)
    refuse_letter(found, case, read_case(target.id))
    fate = fate_of(found, stored.handed_out(case.id))
    if why := why_say_first([fate]):
        raise Refused(why)
    owed_not = why_not_written(target, letter.moment)
    if not draft.sure and (asked := _asked_of_letter(fate, owed_not)):
        ask(asked)
    moment, sender = letter.moment, letter.id
    put_letters_right([fate], ())
    say_on_both_sides(by, "letter moved away", Letter(id=sender), case.person.id, target.person_id)
    again: Letter | Voucher = target if owed_not else write_about(by, target, moment)
    about(again)
    return again


def look_at_letter_move(by: Member, draft: MoveLetterDraft) -> MovePlan:
    """What becomes of the letter, and whether one is written for the other case; stores nothing."""
    require(by, CASEWORK)
    with told():
        letter, target = Letter.get_one(draft.id), living_case(draft.voucher_id)
        case, other = read_case(letter.voucher_id), read_case(target.id)
        found = next(each for each in case.words if each.id == letter.id)
        fate = fate_of(found, stored.handed_out(case.id))
        refused = why_say_first([fate])
        try:
            refuse_letter(found, case, other)
        except Refused as no:
            refused = no.sentence()
        owed_not = why_not_written(target, letter.moment)
        anew = _("For voucher {number} it is written anew, from what is recorded there.").format(number=target.number)
        said = _nothing_there(owed_not) or anew
        return MovePlan(case_words(other), letters=(fate,), doubts=(said,), refused=refused)


def _asked_of_letter(fate: Letters, owed_not: str) -> str:
    wrong = fate.said() if fate.fate == WRONG else ""
    return " ".join(filter(None, (wrong, _nothing_there(owed_not))))


def _nothing_there(why: str) -> str:
    return _("For the other voucher nothing is written: {why}").format(why=why) if why else ""
