"""Named queries about letters that came back. Must not know what is done about it."""

from datetime import date

import peewee

from desktop.rules.staff import CASEWORK, Member
from desktop.storage.database import query
from desktop.storage.models import Contact, Dispatch, Letter, Person, Practice, ReturnedPost, Voucher


@query(may=CASEWORK)
def list_returned(by: Member, practice_id: int) -> list[ReturnedPost]:
    """What came back from a practice and nobody settled yet, with its letter, the oldest first."""
    return open_returns(practice_id)


@query(may=CASEWORK)
def find_letter(by: Member, letter_id: int) -> Letter | None:
    """A letter with the person it is about."""
    found: Letter | None = Letter.select(Letter, Person).join(Person).where(Letter.id == letter_id).first()
    return found


def open_returns(practice_id: int | None = None) -> list[ReturnedPost]:
    left = peewee.JOIN.LEFT_OUTER
    rows = (
        ReturnedPost.select(ReturnedPost, Letter, Voucher, Person, Contact, Practice)
        .join(Letter)
        .join(Voucher)
        .switch(Letter)
        .join(Person)
        .switch(Letter)
        .join(Contact, left)
        .switch(ReturnedPost)
        .join(Practice)
        .where(ReturnedPost.settled_on.is_null() & Person.erased_on.is_null())
    )
    if practice_id is not None:
        rows = rows.where(ReturnedPost.practice == practice_id)
    return list(rows.order_by(ReturnedPost.returned_on, ReturnedPost.id))


@query(may=CASEWORK)
def list_still_here(by: Member, practice_id: int) -> list[Letter]:
    """What came back and was looked at, but has not gone out again, the oldest first."""
    once = ReturnedPost.select(ReturnedPost.letter).where(
        (ReturnedPost.practice == practice_id) & ReturnedPost.settled_on.is_null(False)
    )
    waits = Letter.id.in_(once) & (Letter.state == "fixed") & Letter.withdrawn_on.is_null()
    rows = (
        Letter.select(Letter, Voucher, Person)
        .join(Voucher)
        .switch(Letter)
        .join(Person)
        .where(waits & Person.erased_on.is_null())
    )
    return [letter for letter in rows.order_by(Letter.id) if not is_back(letter.id)]


def returned_by_practice(coach: int | None = None) -> list[tuple[Practice, list[date]]]:
    """Per practice the days on which letters came back that nobody settled; of one coach's own cases if asked."""
    found: dict[int, tuple[Practice, list[date]]] = {}
    for each in open_returns():
        case = each.letter.voucher
        if coach is None or case.coach_id in (None, coach) or case.substitute_id == coach:
            found.setdefault(each.practice_id, (each.practice, []))[1].append(each.returned_on)
    return list(found.values())


def is_back(letter_id: int) -> bool:
    """Whether it lies here again and nobody looked at the address yet."""
    back = (ReturnedPost.letter == letter_id) & ReturnedPost.settled_on.is_null()
    return bool(ReturnedPost.select().where(back).exists())


def last_sending(letter_id: int) -> Dispatch | None:
    """The sending that was confirmed last."""
    found: Dispatch | None = (
        Dispatch.select()
        .where((Dispatch.letter == letter_id) & Dispatch.confirmed_at.is_null(False))
        .order_by(Dispatch.confirmed_at.desc(), Dispatch.id.desc())
        .first()
    )
    return found
