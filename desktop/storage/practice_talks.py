"""Named queries about talks with practices. Must not know when a talk is due."""

from dataclasses import dataclass
from datetime import date

import peewee

from desktop.rules.staff import CASEWORK, Member
from desktop.storage.database import query
from desktop.storage.models import Practice, PracticeTalk, Staff

NEWEST_FIRST = (PracticeTalk.held_on.desc(), PracticeTalk.id.desc())


@dataclass(frozen=True)
class NextTalk:
    """The talk that a practice has been promised."""

    talk: PracticeTalk
    practice: Practice


@query(may=CASEWORK)
def list_talks(by: Member, practice_id: int) -> list[PracticeTalk]:
    """Every talk with this practice with who of us was there, the newest first."""
    return list(_with_staff().where(PracticeTalk.practice == practice_id).order_by(*NEWEST_FIRST))


@query(may=CASEWORK)
def find_talk(by: Member, talk_id: int) -> PracticeTalk:
    """One talk; gone is Refused."""
    return PracticeTalk.get_one(talk_id)


@query(may=CASEWORK)
def last_talk(by: Member, practice_id: int) -> PracticeTalk | None:
    """The newest talk with this practice."""
    return newest_talk(practice_id)


def newest_talk(practice_id: int) -> PracticeTalk | None:
    found: PracticeTalk | None = (
        PracticeTalk.select().where(PracticeTalk.practice == practice_id).order_by(*NEWEST_FIRST).first()
    )
    return found


def newest_talks(practice_ids: list[int]) -> dict[int, PracticeTalk]:
    """The newest talk of each of these practices, in one query."""
    rows = PracticeTalk.select().where(PracticeTalk.practice.in_(practice_ids))
    return {talk.practice_id: talk for talk in rows.order_by(PracticeTalk.held_on, PracticeTalk.id)}


def next_talks(until: date, staff: int | None = None) -> list[NextTalk]:
    """The newest talk of each practice whose next one is due by this day; of one colleague, or of everyone."""
    later = PracticeTalk.alias()
    newer = later.select(peewee.SQL("1")).where(
        (later.practice == PracticeTalk.practice)
        & (
            (later.held_on > PracticeTalk.held_on)
            | ((later.held_on == PracticeTalk.held_on) & (later.id > PracticeTalk.id))
        )
    )
    rows = (
        PracticeTalk.select(PracticeTalk, Practice)
        .join(Practice)
        .where((PracticeTalk.next_on <= until) & ~peewee.fn.EXISTS(newer))
    )
    if staff is not None:
        hers = (PracticeTalk.staff == staff) | (Practice.coach == staff) | (Practice.substitute == staff)
        nobodys = PracticeTalk.staff.is_null() & Practice.coach.is_null()
        rows = rows.where(hers | nobodys)
    return [NextTalk(talk, talk.practice) for talk in rows.order_by(PracticeTalk.next_on, PracticeTalk.id)]


def _with_staff() -> peewee.ModelSelect:
    return PracticeTalk.select(PracticeTalk, Staff).join(Staff, peewee.JOIN.LEFT_OUTER)
