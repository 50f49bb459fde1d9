"""Practices that sent nobody in the last whole quarter, and what is on file to talk about.

Must not know when one is quiet.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import peewee
from peewee import fn

from desktop import clock
from desktop.rules.quiet_practices import POINTS, Point, Quiet, Seen, asks_for_talk, point_of
from desktop.rules.staff import CASEWORK, Member
from desktop.rules.values import Quarter, last_whole
from desktop.storage.cases import read_cases
from desktop.storage.changes import Audit, Change, kind_of
from desktop.storage.database import among, query
from desktop.storage.models import Practice, QuietPractice, Voucher
from desktop.storage.practice_talks import newest_talks


@query(may=CASEWORK)
def find_quiet(by: Member, practice_id: int, today: date) -> Quiet | None:
    """This practice, if it asks for a talk now."""
    return next((each for each in quiet_practices(today) if each.practice_id == practice_id), None)


@query(may=CASEWORK)
def last_received(by: Member, practice_ids: Sequence[int]) -> Mapping[int, date]:
    """Of each of these practices the day on which the newest voucher came in."""
    rows = Voucher.select(Voucher.practice, fn.MAX(Voucher.received_on)).where(
        Voucher.practice.in_(among(practice_ids)) & (Voucher.outcome != "error")
    )
    return dict(rows.group_by(Voucher.practice).tuples())


@query(may=CASEWORK)
def last_points(by: Member, practice_id: int) -> list[Point]:
    """What became of the last vouchers of a practice, the newest first."""
    rows = Voucher.select(Voucher.id).where((Voucher.practice == practice_id) & (Voucher.outcome != "error"))
    newest = rows.order_by(Voucher.received_on.desc(), Voucher.id.desc()).limit(POINTS)
    return [point_of(case) for case in read_cases([row[0] for row in newest.tuples()]).values()]


def quiet_practices(today: date, staff: int | None = None) -> list[Quiet]:
    """Practices that ask for a talk now, by name; of one colleague and of nobody, or of everyone."""
    quarter = last_whole(today)
    practices, last = _referring_now(staff), {}
    for practice, on in practices:
        if on is None or on < quarter.first:
            last[practice.id] = on
    if not last or not _was_in_use(quarter):
        return []
    seen = _seen(last, quarter)
    return [
        Quiet(each.id, each.name, each.phone, quarter, on)
        for each, on in practices
        if each.id in seen and asks_for_talk(seen[each.id], quarter, today)
    ]


def _referring_now(staff: int | None) -> list[tuple[Practice, date | None]]:
    """Every practice that refers, with the day on which the newest voucher came in."""
    came = (Voucher.practice == Practice.id) & (Voucher.outcome != "error")
    newest = fn.MAX(Voucher.received_on).alias("newest")
    rows = (
        Practice.select(Practice.id, Practice.name, Practice.phone, newest)
        .join(Voucher, peewee.JOIN.LEFT_OUTER, on=came)
        .where(Practice.active & Practice.merged_into.is_null())
    )
    if staff is not None:
        hers = (Practice.coach == staff) | (Practice.substitute == staff)
        rows = rows.where(hers | Practice.coach.is_null())
    return [(row, row.newest) for row in rows.group_by(Practice.id).order_by(Practice.name, Practice.id).objects()]


def decision_on(practice_id: int, quarter: Quarter) -> QuietPractice | None:
    """What was decided last about this practice and quarter."""
    return _decisions([practice_id], quarter).get(practice_id)


def _seen(last: Mapping[int, date | None], quarter: Quarter) -> dict[int, Seen]:
    """By practice, for those of which this is the newest voucher."""
    ids = list(last)
    talks, known = newest_talks(ids), _known_on([each for each, on in last.items() if on is None])
    decided = _decisions(ids, quarter)
    return {
        each: Seen(
            last[each],
            known.get(each),
            talks[each].held_on if each in talks else None,
            talks[each].next_on if each in talks else None,
            decided[each].until if each in decided else None,
            each in decided and decided[each].settled_on is not None,
        )
        for each in ids
    }


def _was_in_use(quarter: Quarter) -> bool:
    """Whether anything came in by the end of the quarter: an office that begins has no quiet practices yet."""
    return bool(Voucher.select().where(Voucher.received_on < quarter.end).exists())


def _known_on(ids: list[int]) -> dict[int, date]:
    """Since which day each of these practices is on file."""
    made = (Change.table == kind_of(Practice)) & Change.before.is_null() & Change.after.is_null()
    rows = Change.select(Change.row, fn.MIN(Audit.at)).join(Audit).where(made & Change.row.in_(among(ids)))
    return {row: clock.local(at).date() for row, at in rows.group_by(Change.row).tuples()}


def _decisions(ids: Iterable[int], quarter: Quarter) -> dict[int, QuietPractice]:
    """The newest of each: after a merge there may be two."""
    rows = QuietPractice.select().where(
        (QuietPractice.quarter == quarter.code) & QuietPractice.practice.in_(among(list(ids)))
    )
    return {row.practice_id: row for row in rows.order_by(QuietPractice.id)}
