"""What the figures of a practice are counted from: four queries, however many practices. Must not know a figure.

The database finds and folds the days of each case of the quarter; what they mean is judged in rules.values.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from desktop import clock
from desktop.rules.staff import CASEWORK, Member
from desktop.rules.values import LetterSent, Pair, Quarter, Starter, Taking, Values, VoucherSeen, judged
from desktop.storage.database import database, query
from desktop.storage.models import Practice
from desktop.storage.vouchers import terms

# CROSS JOIN keeps the order in which the tables stand: from the few rows of the quarter, not from all cases
RECEIVED = """
SELECT v.practice_id, v.dated_on,
       (SELECT min(c.at) FROM contact_attempt c WHERE c.voucher_id = v.id AND c.outcome = 'reached'),
       (SELECT min(i.held_on) FROM intake i WHERE i.voucher_id = v.id),
       (SELECT min(e.first_attended_on) FROM enrolment e WHERE e.voucher_id = v.id)
FROM voucher v
WHERE v.received_on >= ? AND v.received_on < ? AND v.outcome <> 'error'
  AND v.practice_id IN (SELECT value FROM json_each(?))
"""
STARTERS = """
SELECT v.practice_id, v.id, e.first_attended_on, e.stopped_on,
       (SELECT a.outcome FROM aftercare a WHERE a.voucher_id = v.id AND a.outcome <> '' AND a.held_on <= ?
        ORDER BY a.held_on DESC, a.id DESC LIMIT 1),
       (SELECT max(c.closed_on) FROM closing c WHERE c.voucher_id = v.id AND c.reopened_on IS NULL), v.outcome
FROM enrolment e JOIN voucher v ON v.id = e.voucher_id
WHERE e.first_attended_on IS NOT NULL AND v.outcome <> 'error' AND v.practice_id IN (SELECT value FROM json_each(?))
  AND e.voucher_id IN (SELECT voucher_id FROM enrolment WHERE first_attended_on >= ? AND first_attended_on < ?)
"""
LETTERS = """
SELECT l.practice_id, (SELECT group_concat(m.moment, ' ') FROM letter_moment m WHERE m.letter_id = l.id), d.sent_at,
       v.dated_on, v.received_on,
       (SELECT min(i.held_on) FROM intake i WHERE i.voucher_id = v.id),
       (SELECT min(a.held_on) FROM aftercare a WHERE a.voucher_id = v.id),
       (SELECT min(e.first_attended_on) FROM enrolment e WHERE e.voucher_id = v.id),
       (SELECT max(c.closed_on) FROM closing c WHERE c.voucher_id = v.id AND c.reopened_on IS NULL)
FROM dispatch d CROSS JOIN letter l ON l.id = d.letter_id CROSS JOIN voucher v ON v.id = l.voucher_id
WHERE d.sent_at >= ? AND d.sent_at < ? AND d.confirmed_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM returned_post r WHERE r.dispatch_id = d.id)
  AND NOT EXISTS (SELECT 1 FROM dispatch e WHERE e.letter_id = d.letter_id AND e.confirmed_at IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM returned_post r WHERE r.dispatch_id = e.id)
                  AND (e.sent_at < d.sent_at OR (e.sent_at = d.sent_at AND e.id < d.id)))
  AND l.withdrawn_on IS NULL AND l.copy_of_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM letter o WHERE o.id = l.corrects_id AND o.state = 'sent')
  AND l.practice_id IN (SELECT value FROM json_each(?))
"""
PAIRS = """
SELECT v.practice_id,
       (SELECT i.gp_contacts FROM intake i WHERE i.voucher_id = v.id AND i.gp_contacts IS NOT NULL
        ORDER BY i.held_on, i.id LIMIT 1) AS before,
       a.gp_contacts
FROM aftercare a CROSS JOIN voucher v ON v.id = a.voucher_id
WHERE a.held_on >= ? AND a.held_on < ? AND a.gp_contacts IS NOT NULL AND before IS NOT NULL
  AND v.outcome <> 'error' AND v.practice_id IN (SELECT value FROM json_each(?))
  AND NOT EXISTS (SELECT 1 FROM aftercare b WHERE b.voucher_id = v.id AND b.gp_contacts IS NOT NULL
                  AND b.held_on < ? AND (b.held_on > a.held_on OR (b.held_on = a.held_on AND b.id > a.id)))
"""


@query(may=CASEWORK)
def count_values(by: Member, quarter: Quarter, today: date, practice_ids: Sequence[int]) -> Mapping[int, Values]:
    """The figures of each of these practices in one quarter."""
    return values_of(quarter, today, practice_ids)


@query(may=CASEWORK)
def list_valued(by: Member) -> list[Practice]:
    """The practices that refer now, by name: those that may get a page of results."""
    return valued_practices()


def valued_practices() -> list[Practice]:
    rows = Practice.select().where(Practice.active & Practice.merged_into.is_null())
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


def values_of(quarter: Quarter, today: date, practice_ids: Sequence[int]) -> dict[int, Values]:
    until, by_terms = quarter.counted_until(today), terms()
    wanted = json.dumps(list(practice_ids))
    vouchers, starters = _by_practice(_received(quarter, wanted)), _by_practice(_starters(quarter, until, wanted))
    letters, pairs = _by_practice(_letters(quarter, wanted)), _by_practice(_pairs(quarter, wanted))
    return {
        each: judged(vouchers[each], starters[each], letters[each], pairs[each], quarter, until, by_terms)
        for each in practice_ids
    }


def _received(quarter: Quarter, practices: str) -> Iterator[VoucherSeen]:
    for practice, dated, reached, talked, begun in _rows(RECEIVED, *_days(quarter), practices):
        yield VoucherSeen(practice, date.fromisoformat(dated), _moment_day(reached), _day(talked), _day(begun))


def _starters(quarter: Quarter, until: date, practices: str) -> Iterator[Starter]:
    """Whoever came somewhere in the quarter before, with everything they came to: the first time may be earlier."""
    cases: dict[int, Starter] = {}
    asked = (until.isoformat(), practices, *_days(quarter.before))
    for practice, voucher, first, stopped, said, closed, outcome in _rows(STARTERS, *asked):
        earlier = cases[voucher].taking if voucher in cases else ()
        taking = (*earlier, Taking(date.fromisoformat(first), _day(stopped)))
        cases[voucher] = Starter(practice, taking, said or "", _day(closed), outcome)
    yield from cases.values()


def _letters(quarter: Quarter, practices: str) -> Iterator[LetterSent]:
    between = _midnight(quarter.first), _midnight(quarter.end)
    for practice, moments, sent, dated, received, *days in _rows(LETTERS, *between, practices):
        sent_on = _moment_day(sent)
        assert sent_on is not None
        known = (sent_on, date.fromisoformat(dated), date.fromisoformat(received))
        talked, asked, begun, closed = (_day(day) for day in days)
        yield LetterSent(practice, tuple(moments.split()), *known, talked, asked, begun, closed)


def _pairs(quarter: Quarter, practices: str) -> Iterator[Pair]:
    first, end = _days(quarter)
    for practice, before, after in _rows(PAIRS, first, end, practices, end):
        yield Pair(practice, before, after)


def _rows(sql: str, *values: object) -> list[tuple[Any, ...]]:
    return list(database.execute_sql(sql, values).fetchall())


def _by_practice(seen: Iterator[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for each in seen:
        found[each.practice].append(each)
    return found


def _days(quarter: Quarter) -> tuple[str, str]:
    return quarter.first.isoformat(), quarter.end.isoformat()


def _midnight(day: date) -> str:
    """The beginning of a day here, as moments are stored."""
    return datetime.combine(day, time(), clock.AMSTERDAM).astimezone(UTC).isoformat(timespec="microseconds")


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _moment_day(iso: str | None) -> date | None:
    return clock.local(datetime.fromisoformat(iso)).date() if iso else None
