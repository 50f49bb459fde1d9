"""A deed, a letter or a whole case recorded with the wrong person goes to the right one, with all that belongs to it.

What goes along and what becomes of its letters stands in rules.moves; here it is done, in one transaction, and said on
both sides of the log. Must not know screens.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop import clock
from desktop.actions.action import about, action, roles_of
from desktop.actions.consents import tell_origin, untell
from desktop.actions.deeds import known_deed
from desktop.actions.ends import end_all, end_case, resume_all, resume_case, settle_outcome, stand_again
from desktop.actions.enrolments import on_file_with
from desktop.actions.letter_correcting import withdraw
from desktop.actions.letter_state import tells_only_with
from desktop.actions.letters import throw_away
from desktop.errors import Refused, ask
from desktop.language import N_, _
from desktop.rules.aftercare import ends_enrolments
from desktop.rules.cases import ACTIVE, Case, Joined
from desktop.rules.ends import goes_on
from desktop.rules.moves import (
    DROPPED,
    WITHDRAWN,
    WRONG,
    Letters,
    MoveDraft,
    Part,
    doubts,
    fates,
    goes_along,
    needed,
    parts_of,
    perhaps,
    refuse_move,
    tells_of,
    why_say_first,
    without,
)
from desktop.rules.names import full
from desktop.rules.roles import lines_for
from desktop.rules.staff import OFFICE, Member, require
from desktop.rules.story import Line
from desktop.storage import moves as stored
from desktop.storage.cases import read_case
from desktop.storage.changes import Record, kind_of, write_audit
from desktop.storage.consents import told_with
from desktop.storage.database import told
from desktop.storage.deeds import open_closing, require_call
from desktop.storage.ends import standing_of
from desktop.storage.letters import copies_of
from desktop.storage.living import living_case, living_person
from desktop.storage.models import (
    Aftercare,
    Appointment,
    Closing,
    Enrolment,
    Hold,
    Letter,
    OthersMark,
    Person,
    Voucher,
    Worry,
)
from desktop.storage.places import elsewhere_in, who_holds

OF_ANOTHER = N_("It told of another participant or voucher")


@dataclass(frozen=True)
class MovePlan:
    """What would happen, for whoever has to decide: as lines of the story and sentences about letters."""

    to: str
    goes: tuple[Line, ...] = ()
    perhaps: tuple[tuple[Line, bool], ...] = ()
    letters: tuple[Letters, ...] = ()
    doubts: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True)
class Move:
    """Deeds on their way from one case to another."""

    case: Case
    target: Case
    parts: tuple[Part, ...]
    letters: tuple[Letters, ...]


# ---- a deed


@action("deed moved", may=OFFICE)
def move_deed(by: Member, draft: MoveDraft) -> Voucher:
    """The deed stands on the case it belongs to, with what belongs to it; letters that told of it are put right."""
    deed = known_deed(stored.table_of(Part(draft.kind, draft.id)), draft.id, draft.version)
    deed.save()  # stores nothing; refuses what was changed since the form was opened
    move = _planned(by, deed, draft)
    if why := why_say_first(move.letters):
        raise Refused(why)
    refuse_move(move.case, move.parts, move.target)
    if (asked := _asked(move)) and not draft.sure:
        ask(" ".join(asked))
    move_parts(by, move)
    say_on_both_sides(by, "deed moved away", deed, move.case.person.id, move.target.person.id)
    about(stored.rows_of(move.parts[:1])[0])
    return Voucher.get_one(move.target.id)


def look_at_move(by: Member, draft: MoveDraft) -> MovePlan:
    """What moving this deed would take along and overtake; stores nothing."""
    with told():
        deed = stored.table_of(Part(draft.kind, draft.id)).get_one(draft.id)
        move = _planned(by, deed, draft)
        lines = {Part(line.kind, line.id): line for line in lines_for(by, move.case) if line.opens}
        written = stored.written_at(move.case.id)
        also = perhaps(move.case, goes_along(move.case, move.parts[:1]), written)
        return MovePlan(
            case_words(move.target),
            tuple(lines[each] for each in move.parts if each in lines),
            tuple((lines[each], near) for each, near in also.items() if each in lines),
            move.letters,
            tuple(_asked(move)),
            _why_refused(move),
        )


def _planned(by: Member, deed: Any, draft: MoveDraft) -> Move:
    """Everything that is known beforehand; Refused for whom it is not."""
    case = read_case(living_case(deed.voucher_id).id)
    target = read_case(living_case(draft.voucher_id).id)
    also = [Part(kind, int(number)) for kind, number in (each.split(":") for each in draft.also)]
    parts = goes_along(case, [Part(draft.kind, draft.id), *also])
    if any(each not in parts_of(case) for each in parts):
        raise Refused(_("This is no longer there; someone removed it meanwhile."))
    letters = letters_of_deeds(case, parts)
    require(by, needed(parts, letters))
    for attempt in stored.rows_of(each for each in parts if each.kind == "contact"):
        require_call(by, attempt)
    return Move(case, target, parts, letters)


def letters_of_deeds(case: Case, parts: Sequence[Part]) -> tuple[Letters, ...]:
    """The letters that tell of these deeds, with what becomes of each."""
    rest, about_them = without(case, parts), []
    for letter in case.words:
        if letter.stands and letter.copy_of_id is None and not letter.mixed_up:
            row = Letter.get_one(letter.id)
            if tells_of(letter, parts) or tells_only_with(row, case, rest):
                about_them.append(letter.id)
    return fates(case, about_them, stored.handed_out(case.id))


def _asked(move: Move) -> list[str]:
    """What is asked before anything moves."""
    asked = doubts(move.case, move.parts, move.target)
    asked += [each.said() for each in move.letters if each.fate == WRONG]
    standing = [each for each in move.case.standing if Part("enrolment", each.id) in move.parts]
    return asked + doubts_about_places(standing, move.target.id, move.target.person.id)


def doubts_about_places(standing: Iterable[Joined], voucher_id: int, person_id: int | None) -> list[str]:
    """Where the right person takes part already, with another voucher; where two now hold the place that one held."""
    asked = []
    for enrolment in (Enrolment.get_one(each.id) for each in standing if each.activity_id is not None):
        if _is_over(enrolment, person_id):
            title = enrolment.activity.title
            asked.append(_("{activity} then has more people than places. Is that right?").format(activity=title))
        enrolment.voucher, enrolment.person = voucher_id, person_id
        asked.append(on_file_with(enrolment) if person_id is not None else "")
    return [words for words in asked if words]


def _is_over(enrolment: Enrolment, person_id: int | None) -> bool:
    """Whether its activity has more people than places, and more than before, once it is of this person."""
    if enrolment.state not in ACTIVE or enrolment.person_id == person_id or enrolment.activity.capacity is None:
        return False
    before = who_holds(enrolment.activity_id)
    after = who_holds(enrolment.activity_id, without=enrolment.id) | {person_id}
    return len(before) < len(after) > int(enrolment.activity.capacity)


def _why_refused(move: Move) -> str:
    if why := why_say_first(move.letters):
        return why
    try:
        refuse_move(move.case, move.parts, move.target)
    except Refused as refused:
        return refused.sentence()
    return ""


def move_parts(by: Member, move: Move) -> None:
    """Let go of on one side, told anew on the other, as if they had always been recorded there."""
    source, target = move.case, move.target
    put_letters_right(move.letters, move.parts)
    told_here = told_with(stored.rows_of(move.parts), source.person.id)
    _let_go(move)
    _go_there(move)
    _take_up(move)
    _right_again(target.id)
    if told_here is not None and source.person.id != target.person.id:
        told_elsewhere(by, source.person.id, target.person.id, told_here)
    for voucher_id in (source.id, target.id):
        settle_outcome(Voucher.get_one(voucher_id))


def _let_go(move: Move) -> None:
    """What these deeds ended on the old case stands there again, and nothing put off waits for them."""
    for row in stored.rows_of(move.parts):
        if isinstance(row, Closing) and row.reopened_on is None:
            resume_case(row, as_if_never=True)
        if isinstance(row, Aftercare):
            resume_all(row)
    for put_off in stored.put_off_with(move.case.id, move.parts):
        put_off.delete_instance()


def _go_there(move: Move) -> None:
    """The rows themselves, with the answers given in them, the steps taken and what was marked."""
    rows = stored.rows_of(move.parts)
    belonging = [*stored.answers_given_in(move.parts), *stored.steps_of(move.parts)]
    for row in (*rows, *belonging):
        row.voucher, row.person = move.target.id, move.target.person.id
        _unlink(row, move)
        row.save()
    for mark in stored.others_marks([*rows, *belonging]):
        mark.person = move.target.person.id
        mark.save()
    for letter in stored.letters_about(move.parts):
        letter.worry = None  # it stays with the case it was written for
        letter.save()


def _unlink(row: Any, move: Move) -> None:
    """What it was ended by, or went to, and stays behind, is nothing to it any more."""
    if isinstance(row, Appointment) and Part("enrolment", row.enrolment_id or 0) not in move.parts:
        row.enrolment = None
    if not isinstance(row, Appointment | Hold) or Part("closing", row.ended_by_id or 0) in move.parts:
        return
    now = clock.local_now().replace(tzinfo=None)
    if row.ended_by_id is not None and move.target.ending is None:
        if isinstance(row, Hold):
            row.ended_on = None
        elif row.starts_at > now:
            row.state = "planned"
    row.ended_by = None


def _take_up(move: Move) -> None:
    """What these deeds mean for the case they now stand on."""
    rows = stored.rows_of(move.parts)
    for row in rows:
        if isinstance(row, Enrolment):
            _sign_up_there(row, move.parts)
    for row in rows:
        if isinstance(row, Aftercare) and ends_enrolments(row.outcome):
            end_all(row)
    for row in rows:
        if isinstance(row, Closing) and row.reopened_on is None:
            places = standing_of(row.voucher_id)
            end_case(row, [each.id for each in places if goes_on(row.outcome, each.state)])


def _sign_up_there(enrolment: Enrolment, parts: Sequence[Part]) -> None:
    """It goes on if only what stayed behind had ended it; nobody is signed up twice with one voucher."""
    ends = ((enrolment.ended_by_id, "closing"), (enrolment.ended_in_id, "aftercare"))
    if any(number is not None and Part(kind, number) not in parts for number, kind in ends):
        _end_as_there(enrolment)
    activity = enrolment.activity
    if enrolment.state == "stopped" or activity is None:
        return
    there = elsewhere_in(activity, enrolment.person_id, enrolment.voucher_id, enrolment.id)
    if there is not None and there.voucher_id == enrolment.voucher_id:
        raise Refused(_("{activity} is on file for this person already.").format(activity=activity.title))


def _end_as_there(enrolment: Enrolment) -> None:
    """What ended on the old case goes on, or ended with the case it belongs to."""
    closing = open_closing(enrolment.voucher)
    if closing is None:
        stand_again(enrolment)
    else:
        enrolment.ended_by, enrolment.ended_in = closing, None
        enrolment.save()


def _right_again(voucher_id: int) -> None:
    """Letters that were said to tell of somebody else, and of which everything came back."""
    for letter, worry in stored.to_be_right_again(voucher_id):
        if worry is not None and Worry.get_one(worry).voucher_id == voucher_id:
            letter.worry = worry
        counts_again(letter)


def counts_again(letter: Letter) -> None:
    """It was right after all; what was written in its place and not sent does not go any more."""
    for other in stored.written_instead(letter) if letter.withdrawn_on is None else ():
        if other.state == "concept":
            throw_away(other)
        else:
            withdraw(other, _("The letter that was sent about this is right after all"))
    letter.mixed_up = ""
    letter.save()
    mark_others(letter, of_others=False)


def told_elsewhere(by: Member, source: int, target: int, before: dict[str, Any]) -> None:
    """Who was told where the data came from was the other one."""
    one = Person.get_one(source)
    on, how = one.informed_on, one.informed_how
    untell(one, before)
    tell_origin(by, living_person(target), on, how)


def put_letters_right(letters: Iterable[Letters], parts: Sequence[Part]) -> None:
    """Nothing leaves any more that tells of somebody else; what left is owed a withdrawal where it went."""
    for each in letters:
        letter = Letter.get_one(each.letter.id)
        if each.fate == DROPPED:
            throw_away(letter)
        elif each.fate == WITHDRAWN:
            withdraw(letter, _(OF_ANOTHER))
        elif each.fate == WRONG:
            for one in (letter, *copies_of(letter.id)):
                _set_apart(one, parts)


def _set_apart(letter: Letter, parts: Sequence[Part]) -> None:
    """It was sent and tells of somebody else; a copy that still lies here does not go out any more."""
    if letter.state != "sent":
        withdraw(letter, _(OF_ANOTHER))
        return
    letter.mixed_up = "deed"
    if Part("worry", letter.worry_id or 0) in parts:
        letter.worry = None
    letter.save()
    mark_others(letter, of_others=True)


def mark_others(letter: Letter, of_others: bool) -> None:
    """Whoever asks for their own file does not get what a letter tells of somebody else."""
    marks = stored.others_marks([letter])
    for mark in marks:
        if of_others:
            mark.person = letter.person_id
            mark.save()
        else:
            mark.delete_instance()
    if of_others and not marks:
        OthersMark(person=letter.person_id, table=kind_of(Letter), row=letter.id).save()


# ---- both


def say_on_both_sides(by: Member, name: str, record: Record, source: int, target: int) -> None:
    """The log of who it was wrongly recorded with says so too; the action itself is about the right one."""
    if source != target:
        write_audit(
            by.id or None, name, subject_kind=kind_of(type(record)), subject_id=record.id, person_id=source,
            roles=roles_of(by),
        )  # fmt: skip


def case_words(case: Case) -> str:
    return f"{case.number}, {full(case.person.name)}"
