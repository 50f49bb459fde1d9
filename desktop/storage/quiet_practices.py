"""Practices that sent nobody in the last whole quarter, and what is on file to talk about.

Must not know when one is quiet.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

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
    return _last_received(practice_ids)


@query(may=CASEWORK)
def last_points(by: Member, practice_id: int) -> list[Point]:
    """What became of the last vouchers of a practice, the newest first."""
    rows = Voucher.select(Voucher.id).where((Voucher.practice == practice_id) & (Voucher.outcome != "error"))
    newest = rows.order_by(Voucher.received_on.desc(), Voucher.id.desc()).limit(POINTS)
    return [point_of(case) for case in read_cases([row[0] for row in newest.tuples()]).values()]


def quiet_practices(today: date, staff: int | None = None) -> list[Quiet]:
    """Practices that ask for a talk now, by name; of one colleague and of nobody, or of everyone."""
    quarter = last_whole(today)
    practices = _silent_since(quarter.first, staff)
    if not practices or not _was_in_use(quarter):
        return []
    last = _last_received([each.id for each in practices])
    seen = _seen({each.id: last.get(each.id) for each in practices}, quarter)
    return [
        Quiet(each.id, each.name, each.phone, quarter, last.get(each.id))
        for each in practices
        if asks_for_talk(seen[each.id], quarter, today)
    ]


def _silent_since(first: date, staff: int | None) -> list[Practice]:
    """The practices that refer and from which nothing came since this day."""
    came = Voucher.select(Voucher.practice).where(
        (Voucher.received_on >= first) & Voucher.practice.is_null(False) & (Voucher.outcome != "error")
    )
    rows = Practice.select().where(Practice.active & Practice.merged_into.is_null() & Practice.id.not_in(came))
    if staff is not None:
        hers = (Practice.coach == staff) | (Practice.substitute == staff)
        rows = rows.where(hers | Practice.coach.is_null())
    return list(rows.order_by(Practice.name, Practice.id))


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


def _last_received(practice_ids: Sequence[int]) -> dict[int, date]:
    rows = Voucher.select(Voucher.practice, fn.MAX(Voucher.received_on)).where(
        Voucher.practice.in_(among(practice_ids)) & (Voucher.outcome != "error")
    )
    return dict(rows.group_by(Voucher.practice).tuples())


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
