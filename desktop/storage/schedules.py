"""The times of activities: rows as the rules take them, and back. Must not know what the times mean."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from desktop import clock
from desktop.rules.recurrence import Schedule as Times
from desktop.rules.recurrence import has_ended
from desktop.storage.models import Schedule

PLAIN = ("rrule", "starts_on", "ends_on", "opens", "closes", "note")


def times_by_activity(activity_ids: Iterable[int] | None = None) -> dict[int, tuple[Times, ...]]:
    """The times of these activities, or of all, in one query; nothing for one without."""
    rows = Schedule.select().order_by(Schedule.id)
    if activity_ids is not None:
        rows = rows.where(Schedule.activity.in_(list(activity_ids)))
    found: dict[int, tuple[Times, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.activity_id] += (times_of(row),)
    return found


def ended_activities(activity_ids: Iterable[int], by_day: date | None = None) -> frozenset[int]:
    """Which of these activities had their last time before a day, which is today unless another is given."""
    ids, day = set(activity_ids), by_day or clock.today()
    found = times_by_activity(ids).items() if ids else ()
    return frozenset(each for each, times in found if has_ended(times, day))


def times_of(row: Schedule) -> Times:
    """A row as the rules take it."""
    left_out = tuple(date.fromisoformat(day) for day in row.not_on.split())
    return Times(**{name: getattr(row, name) for name in PLAIN}, not_on=left_out)


def columns_of(times: Times) -> dict[str, Any]:
    """What is stored of times: the days on which it is not held as one line."""
    left_out = " ".join(day.isoformat() for day in times.not_on)
    return {**{name: getattr(times, name) for name in PLAIN}, "not_on": left_out}
