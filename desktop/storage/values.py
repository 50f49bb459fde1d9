"""From which cases the figures of practices are counted. Must not know a figure, nor what of a case counts.

The cases that may count in a quarter are found, and read once as they are recorded (storage.cases). Figures that were
kept as they were (storage.values_kept) come in their place.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import UTC, date, datetime, time

from peewee import fn

from desktop import clock
from desktop.rules.cases import Case
from desktop.rules.staff import CASEWORK, Member
from desktop.rules.valuecases import concerned, values_of_cases
from desktop.rules.valuepage import Together
from desktop.rules.values import Quarter, Values, averages_of, read_quarter
from desktop.storage.addressees import merged_practices, standing_in
from desktop.storage.cases import read_cases
from desktop.storage.changes import Audit, Change, kind_of
from desktop.storage.database import among, database, query
from desktop.storage.models import Letter, Practice, ValuesKept, Voucher
from desktop.storage.vouchers import terms

ONE_BY_ONE = 6
"""So many quarters are each looked for in all cases; for more it is quicker to take every case of the practices."""
# each from the few rows of the quarter, not from all cases: CROSS JOIN keeps the order in which the tables stand
CONCERNED = """
SELECT v.id FROM voucher v
WHERE v.received_on >= :first AND v.received_on < :end AND v.practice_id IN (SELECT value FROM json_each(:wanted))
UNION
SELECT e.voucher_id FROM enrolment e CROSS JOIN voucher v ON v.id = e.voucher_id
WHERE e.first_attended_on >= :before AND e.first_attended_on < :first
  AND v.practice_id IN (SELECT value FROM json_each(:wanted))
UNION
SELECT a.voucher_id FROM aftercare a CROSS JOIN voucher v ON v.id = a.voucher_id
WHERE a.held_on >= :first AND a.held_on < :end AND a.gp_contacts IS NOT NULL
  AND v.practice_id IN (SELECT value FROM json_each(:wanted))
UNION
SELECT l.voucher_id FROM dispatch d CROSS JOIN letter l ON l.id = d.letter_id
WHERE d.sent_at >= :from AND d.sent_at < :until AND d.confirmed_at IS NOT NULL
  AND l.practice_id IN (SELECT value FROM json_each(:wanted))
"""


@query(may=CASEWORK)
def count_values(by: Member, quarter: Quarter, today: date, practice_ids: Sequence[int]) -> Mapping[int, Values]:
    """The figures of each of these practices in one quarter."""
    return values_of(quarter, today, practice_ids)


@query(may=CASEWORK)
def list_valued(by: Member) -> list[Practice]:
    """The practices that refer now, by name: those that may get a page of results."""
    return valued_practices()


@query(may=CASEWORK)
def list_merged(by: Member, quarter: Quarter) -> list[Practice]:
    """Practices that were merged away since, with figures of their own in this quarter, by name."""
    counted = ValuesKept.select(ValuesKept.counted_for).where(
        (ValuesKept.quarter == quarter.code) & (ValuesKept.received > 0)
    )
    gone = Practice.merged_into.is_null(False) & Practice.id.in_(counted)
    return list(Practice.select().where(gone).order_by(Practice.name, Practice.id))


def joined_of(quarter: Quarter, practice_ids: Sequence[int]) -> dict[int, Together]:
    """Of these practices: who they are together with by now, and under which name that quarter was counted."""
    merged = merged_practices()
    if not merged:
        return dict.fromkeys(practice_ids, Together())
    names = dict(Practice.select(Practice.id, Practice.name).where(Practice.id.in_(_with_who_stayed(merged))).tuples())
    apart = {at: values for (at, _of), values in _kept({(each, quarter) for each in merged}).items()}
    since = _merged_on(merged)
    found = {}
    for each in practice_ids:
        gone = [at for at in sorted(merged) if standing_in(merged, at) == each]
        within = [at for at in gone if at in since and quarter.first <= since[at] < quarter.fixed_on]
        found[each] = Together(
            tuple(names[at] for at in within if at not in apart),
            tuple(names[at] for at in gone if at in apart and apart[at].received),
            names[standing_in(merged, each)] if each in merged else "",
        )
    return found


def _with_who_stayed(merged: Mapping[int, int]) -> list[int]:
    return [*merged, *merged.values()]


def _merged_on(practice_ids: Iterable[int]) -> dict[int, date]:
    """On which day each of these practices was merged away."""
    rows = (
        Change.select(Change.row, fn.MAX(Audit.at))
        .join(Audit)
        .where(
            (Change.table == kind_of(Practice))
            & Change.row.in_(among(list(practice_ids)))
            & Change.after.contains('"merged_into_id": ')
        )
        .group_by(Change.row)
    )
    return {row: clock.local(at).date() for row, at in rows.tuples()}


def valued_practices() -> list[Practice]:
    rows = Practice.select().where(Practice.active & Practice.merged_into.is_null())
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


def values_of(quarter: Quarter, today: date, practice_ids: Sequence[int]) -> dict[int, Values]:
    """As of today, but never past the last day on which the quarter is counted."""
    found = figures_of({(each, quarter) for each in practice_ids}, today)
    return {each: found[each, quarter] for each in practice_ids}


def figures_of(asked: Set[tuple[int, Quarter]], today: date) -> dict[tuple[int, Quarter], Values]:
    """The figures of practices in quarters; each case is read once, in however many it counts."""
    by_terms, found = terms(), _kept(asked)
    left = _by_quarter(asked - found.keys())
    if len(left) > ONE_BY_ONE:
        concerned = dict.fromkeys(left, cases_of_practices(list({practice for practice, _of in asked})))
    else:
        concerned = {quarter: _concerned(quarter, practices) for quarter, practices in left.items()}
    cases = read_cases(at for ids in concerned.values() for at in ids)
    for quarter, practices in left.items():
        until, theirs = quarter.counted_until(today), _by_practice(cases[at] for at in concerned[quarter])
        for each in practices:
            found[each, quarter] = values_of_cases(theirs[each], each, quarter, until, by_terms)
    return found


def cases_of_practices(practice_ids: Sequence[int]) -> list[int]:
    """Every voucher that came from these practices, and those about which they were written to."""
    written = Letter.select(Letter.voucher).where(Letter.practice.in_(among(practice_ids)))
    theirs = Voucher.practice.in_(among(practice_ids)) | Voucher.id.in_(written)
    return [row[0] for row in Voucher.select(Voucher.id).where(theirs).tuples()]


def _by_quarter(asked: Iterable[tuple[int, Quarter]]) -> dict[Quarter, list[int]]:
    found: dict[Quarter, list[int]] = defaultdict(list)
    for practice, quarter in asked:
        found[quarter].append(practice)
    return found


def _kept(asked: Set[tuple[int, Quarter]]) -> dict[tuple[int, Quarter], Values]:
    """Those that were kept when something they were counted from went or moved."""
    rows = ValuesKept.select().where(ValuesKept.counted_for.in_(among(list({practice for practice, _of in asked}))))
    found = {(row.counted_for_id, read_quarter(row.quarter)): _values(row) for row in rows}
    return {each: values for each, values in found.items() if each in asked}


def _values(row: ValuesKept) -> Values:
    return Values(
        row.received,
        row.arrived,
        row.started,
        row.began_before,
        row.active,
        row.letters,
        row.on_time,
        averages_of(row.contacts_before, row.contacts_after, row.pairs),
        row.of_few,
        row.earlier,
        kept=True,
    )


def _concerned(quarter: Quarter, practice_ids: Sequence[int]) -> list[int]:
    """The cases that may count for these practices in this quarter."""
    asked = {
        "wanted": json.dumps(list(practice_ids)),
        "before": quarter.before.first.isoformat(),
        "first": quarter.first.isoformat(),
        "end": quarter.end.isoformat(),
        "from": _midnight(quarter.first),
        "until": _midnight(quarter.end),
    }
    return [row[0] for row in database.execute_sql(CONCERNED, asked).fetchall()]


def _by_practice(cases: Iterable[Case]) -> dict[int, list[Case]]:
    found: dict[int, list[Case]] = defaultdict(list)
    for case in cases:
        for practice in concerned(case):
            found[practice].append(case)
    return found


def _midnight(day: date) -> str:
    """The beginning of a day here, as moments are stored."""
    return datetime.combine(day, time(), clock.AMSTERDAM).astimezone(UTC).isoformat(timespec="microseconds")
