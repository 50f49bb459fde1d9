"""All that wait for word, in a handful of queries however many there are. Must not know what is in a letter."""

from collections.abc import Iterator, Sequence
from datetime import date

import peewee

from desktop.rules.friday import SIGNAL, WRITE, Wait, step_of
from desktop.rules.letters_due import SIGNAL as SIGNAL_MOMENT
from desktop.rules.letters_due import may_approve
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.database import query
from desktop.storage.letters_due import Owed, list_letters_due
from desktop.storage.models import Dispatch, Letter, Person, Practice, Staff, Voucher


@query(may=CASEWORK)
def list_waiting_for_word(by: Member, today: date) -> list[Wait]:
    """What is owed, begun, fixed or handed out without anybody saying that it went."""
    owed = [each for each in list_letters_due(by, today) if not each.due.why_not]
    return [*_owed(owed), *_begun(by)]


def _owed(owed: Sequence[Owed]) -> Iterator[Wait]:
    for each in owed:
        voucher, due, practice = each.voucher, each.due, each.practice
        yield Wait(
            voucher_id=voucher.id,
            number=voucher.number,
            person=voucher.person.known_as,
            moment=due.moment,
            practice_id=practice.id if practice else 0,
            practice=practice.name if practice else "",
            way=practice.letter_way if practice else "print",
            step=SIGNAL if due.moment == SIGNAL_MOMENT else WRITE,
            worry_id=due.worry_id or 0,
            days_late=due.days_late,
            secure_mail=practice.secure_mail if practice else "",
        )


def _begun(by: Member) -> Iterator[Wait]:
    letters = list(_letters())
    handed = _handed_out()
    for letter in letters:
        voucher = letter.voucher
        may = may_approve(by, voucher.coach_id, voucher.substitute_id)
        dispatch = handed.get(letter.id)
        in_batch = dispatch is not None and bool(dispatch.batch)
        yield Wait(
            voucher_id=voucher.id,
            number=voucher.number,
            person=letter.person.known_as,
            moment=letter.moment,
            practice_id=letter.practice_id or 0,
            practice=letter.practice.name if letter.practice else "",
            way=letter.practice.letter_way if letter.practice else "print",
            step=step_of(letter.state, letter.approved_by_id is not None, may, dispatch is not None, in_batch),
            letter_id=letter.id,
            worry_id=letter.worry_id or 0,
            copy=letter.copy_of_id is not None,
            dispatch_id=dispatch.id if dispatch else 0,
            handed_out=dispatch.way if dispatch else "",
            coach=voucher.coach.name if voucher.coach else "",
            secure_mail=letter.practice.secure_mail if letter.practice else "",
        )


def _letters() -> peewee.ModelSelect:
    """Concepts and fixed ones that stand, without what is in them."""
    left = peewee.JOIN.LEFT_OUTER
    shown = [field for field in Letter._meta.sorted_fields if field is not Letter.content]
    return (
        Letter.select(*shown, Voucher, Person, Practice, Staff)
        .join(Voucher)
        .join(Staff, left, on=(Voucher.coach == Staff.id), attr="coach")
        .switch(Letter)
        .join(Person)
        .switch(Letter)
        .join(Practice, left)
        .where(Letter.state.in_(["concept", "fixed"]) & Letter.withdrawn_on.is_null() & Person.erased_on.is_null())
    )


def _handed_out() -> dict[int, Dispatch]:
    """The last way by which each letter was handed out and not confirmed."""
    rows = (
        Dispatch.select()
        .join(Letter)
        .where(Dispatch.confirmed_at.is_null() & (Letter.state == "fixed") & Letter.withdrawn_on.is_null())
        .order_by(Dispatch.sent_at, Dispatch.id)
    )
    return {dispatch.letter_id: dispatch for dispatch in rows}
