"""A voucher that was registered with the wrong person: all of it goes to the right one. Must not know screens."""

from collections.abc import Iterable, Sequence

from desktop import clock
from desktop.actions.action import action
from desktop.actions.deceased import note_death
from desktop.actions.deeds import known_deed
from desktop.actions.letter_correcting import withdraw
from desktop.actions.letter_state import renewed, store_content
from desktop.actions.moves import (
    Move,
    MovePlan,
    counts_again,
    doubts_about_places,
    letters_of_deeds,
    mark_others,
    move_parts,
    say_on_both_sides,
    told_elsewhere,
)
from desktop.actions.vouchers import add_person, refresh_status
from desktop.errors import Refused, ask
from desktop.language import _, current
from desktop.rules.cases import Case
from desktop.rules.dates import show_long
from desktop.rules.deceased import DECEASED
from desktop.rules.letter_envelope import subject
from desktop.rules.moves import (
    RENAMED,
    WITHDRAWN,
    WRONG,
    Letters,
    MoveCaseDraft,
    Part,
    fates_of_case,
    goes_along,
    needed,
    parts_of,
    why_say_first,
)
from desktop.rules.names import full
from desktop.rules.people import check as check_person
from desktop.rules.roles import lines_for
from desktop.rules.staff import OFFICE, Member, require
from desktop.storage import moves as stored
from desktop.storage.cases import read_case
from desktop.storage.changes import Record
from desktop.storage.consents import told_with
from desktop.storage.database import told
from desktop.storage.letters import content_of
from desktop.storage.living import living_case, living_person
from desktop.storage.merge import link_cases
from desktop.storage.models import ContactAttempt, Intake, Letter, Person, Voucher


@action("case moved", may=OFFICE)
def move_case(by: Member, draft: MoveCaseDraft) -> Voucher:
    """The voucher with everything on it is somebody else's; what was sent under the wrong name is put right."""
    voucher = known_deed(Voucher, living_case(draft.voucher_id).id, draft.version)
    voucher.save()  # stores nothing; refuses what was changed since the form was opened
    case, source = read_case(voucher.id), Person.get_one(voucher.person_id)
    target = _right_person(draft, source)
    letters = _letters_of_case(case, target)
    require(by, needed(parts_of(case), letters))
    if why := why_say_first(letters) or _why_dead(case, source, target):
        raise Refused(why)
    _ask_about_case(case, target, letters, draft)
    if case.signs and draft.worries == "stay":
        _keep_worries(by, case, source)
        case = read_case(voucher.id)
    _hand_over(by, case, target, letters)
    say_on_both_sides(by, "case moved away", voucher, source.id, target.id)
    return Voucher.get_one(voucher.id)


def look_at_case_move(by: Member, draft: MoveCaseDraft) -> MovePlan:
    """What the other person gets, and which letters bear the wrong name; stores nothing."""
    with told():
        voucher = living_case(draft.voucher_id)
        case, source = read_case(voucher.id), Person.get_one(voucher.person_id)
        target = living_person(draft.person_id) if draft.person_id is not None else None
        letters = _letters_of_case(case, target)
        require(by, needed(parts_of(case), letters))
        refused = why_say_first(letters) or (_why_dead(case, source, target) if target is not None else "")
        name = full(target.known_as) if target is not None else _("a new participant")
        goes = tuple(line for line in lines_for(by, case) if line.kind != "letter")
        return MovePlan(name, goes, letters=letters, refused=refused)


def _right_person(draft: MoveCaseDraft, source: Person) -> Person:
    """Somebody on file, or somebody new with what was typed of them."""
    if draft.person_id is not None:
        target = living_person(draft.person_id)
    else:
        assert draft.new is not None
        check_person(draft.new, clock.today())
        target = add_person(draft.new)
    if target.id == source.id:
        raise Refused(_("It is with this participant already. Choose another one."))
    return target


def _why_dead(case: Case, source: Person, target: Person) -> str:
    """Nobody takes over that somebody else died."""
    if case.ending is None or case.ending.outcome != DECEASED or target.deceased_on is not None:
        return ""
    name = full(source.known_as)
    return _("This voucher is closed because {name} died. Take the death back first, then move it.").format(name=name)


def _ask_about_case(case: Case, target: Person, letters: Sequence[Letters], draft: MoveCaseDraft) -> None:
    """The worries are asked about always; the rest is confirmed."""
    if case.signs and draft.worries not in ("along", "stay"):
        name = full(target.known_as)
        raise Refused(worries=_("A worry stands on this voucher. Is it about {name}?").format(name=name))
    asked = [each.said() for each in letters if each.fate == WRONG]
    if case.answers:
        asked.append(
            _("The answers about sharing go along: they then count as those of {name}.").format(
                name=full(target.known_as)
            )
        )
    if target.deceased_on is not None:
        day = show_long(target.deceased_on, current())
        dead = _("{name} died, recorded as of {day}: an open voucher is closed with it.")
        asked.append(dead.format(name=full(target.known_as), day=day))
    asked += doubts_about_places(case.standing, case.id, target.id)
    if asked and not draft.sure:
        ask(" ".join(asked))


def _keep_worries(by: Member, case: Case, source: Person) -> None:
    """The worry is about who it was recorded of: it stays there, on another case."""
    others = Voucher.select().where((Voucher.person == source.id) & (Voucher.id != case.id))
    other = others.order_by(Voucher.received_on.desc(), Voucher.id.desc()).first()
    if other is None:
        none = _("{name} has no other voucher for the worry to stand on. Make one first.")
        raise Refused(worries=none.format(name=full(source.known_as)))
    parts = goes_along(case, [Part("worry", each.id) for each in case.signs])
    move = Move(case, read_case(other.id), parts, letters_of_deeds(case, parts))
    if why := why_say_first(move.letters):
        raise Refused(why)
    move_parts(by, move)


def _hand_over(by: Member, case: Case, target: Person, letters: Sequence[Letters]) -> None:
    """Every row of the case is now about the other person."""
    voucher, source = Voucher.get_one(case.id), case.person.id
    rows = list(stored.whole_case(voucher.id))
    told_here = told_with(_talks_in(rows), source)
    voucher.person = target.id
    voucher.save()
    for row in rows:
        row.person = target.id
        row.save()
    _rename_letters(voucher.id, target, letters)
    for mark in stored.others_marks(rows):
        mark.person = target.id
        mark.save()
    if told_here is not None:
        told_elsewhere(by, source, target.id, told_here)
    for person_id in (source, target.id):
        link_cases(person_id)
    if target.deceased_on is not None:
        note_death(by, target, target.deceased_on, sure=True)
    refresh_status(Voucher.get_one(case.id))


def _letters_of_case(case: Case, target: Person | None) -> tuple[Letters, ...]:
    named = [each.id for each in stored.letters_of(case.id) if target is None or not _bears(each, target)]
    return fates_of_case(case, named, stored.handed_out(case.id))


def _bears(letter: Letter, person: Person) -> bool:
    """Whether this is the name that stands on the letter."""
    return content_of(letter).subject == subject(person.known_as, person.birth_date)


def _rename_letters(voucher_id: int, target: Person, letters: Sequence[Letters]) -> None:
    """Each goes along; one that bears another name is withdrawn, or known to be wrong, and marked as of others."""
    fate = {each.letter.id: each.fate for each in letters}
    for letter in stored.letters_of(voucher_id):
        letter.person = target.id
        named = _bears(letter, target)
        _rename(letter, fate.get(letter.copy_of_id or letter.id, ""))
        mark_others(letter, of_others=not named and letter.state != "concept")
    for letter in stored.letters_of(voucher_id):
        if letter.mixed_up == "case" and _bears(letter, target):
            counts_again(letter)


def _rename(letter: Letter, becomes: str) -> None:
    """A concept gets the right name; what lies ready does not leave, and what left is to be put right."""
    if becomes == WRONG and letter.state == "sent":
        letter.mixed_up = letter.mixed_up or "case"
    letter.save()
    if becomes == RENAMED:
        letter.approved_by, letter.approved_at = None, None
        store_content(letter, renewed(letter))
    elif becomes in (WRONG, WITHDRAWN) and letter.state == "fixed" and letter.withdrawn_on is None:
        withdraw(Letter.get_one(letter.id), _("It bore the name of somebody else"))


def _talks_in(rows: Iterable[Record]) -> list[Record]:
    return [row for row in rows if isinstance(row, ContactAttempt | Intake)]
