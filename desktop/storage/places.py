"""Places of activities, counted in one query for everyone who asks; and who waits, in order. Must not know forms."""

from collections.abc import Iterable, Sequence
from typing import Any

import peewee

from desktop import clock
from desktop.rules.cases import ACTIVE
from desktop.rules.places import Places, Waiting, in_line
from desktop.storage.changes import Audit, Change, kind_of
from desktop.storage.models import Activity, Enrolment


def places_by_activity(activity_ids: Iterable[int] | None = None, without: int | None = None) -> dict[int, Places]:
    """How full these activities are (all when none are named); one enrolment can be left out of the count."""
    rows = (
        Activity.select(
            Activity.id,
            Activity.capacity,
            Activity.status,
            _persons(Enrolment.state.in_(ACTIVE)),
            _persons(Enrolment.state == "offered"),
            _persons(Enrolment.state == "waiting"),
        )
        .join(
            Enrolment,
            peewee.JOIN.LEFT_OUTER,
            on=((Enrolment.activity == Activity.id) & (Enrolment.id != (without or 0))),
        )
        .group_by(Activity.id)
    )
    if activity_ids is not None:
        rows = rows.where(Activity.id.in_(set(activity_ids)))
    return {row[0]: Places(*row[1:]) for row in rows.tuples()}


def places_touched(audit: Audit) -> dict[int, Places]:
    """The places of every activity in which one action changed something for somebody."""
    rows = Change.select(Change.row).where((Change.audit == audit) & (Change.table == kind_of(Enrolment)))
    found = Enrolment.select(Enrolment.activity).where(Enrolment.id.in_(rows) & Enrolment.activity.is_null(False))
    return places_by_activity({row[0] for row in found.tuples()})


def places_of(activity: Activity, without: int | None = None) -> Places:
    """How many places are left; an enrolment being corrected does not count against itself."""
    return places_by_activity([activity.id], without)[activity.id]


def waiting_lines(activity_ids: Iterable[int]) -> dict[int, Waiting]:
    """By enrolment: who waits for these activities, at which place in the line, and whether it is their turn."""
    ids = set(activity_ids)
    if not ids:
        return {}
    places, lines = places_by_activity(ids), _lines(ids)
    return {each.enrolment_id: each for found, line in lines.items() for each in in_line(line, places[found])}


def waiting_line(activity_id: int) -> Sequence[Waiting]:
    """Who waits for one activity, first in line first."""
    return list(waiting_lines([activity_id]).values())


def elsewhere_in(activity: Activity, person_id: int, without: int | None = None) -> Enrolment | None:
    """Where this person is on file for the activity already, through whichever voucher."""
    found: Enrolment | None = (
        Enrolment.select()
        .where(
            (Enrolment.activity == activity)
            & (Enrolment.person == person_id)
            & (Enrolment.state != "stopped")
            & (Enrolment.id != (without or 0))
        )
        .order_by(Enrolment.id)
        .first()
    )
    return found


def _persons(condition: Any) -> Any:
    return peewee.fn.COUNT(peewee.fn.DISTINCT(peewee.Case(None, [(condition, Enrolment.person)])))


def _lines(ids: set[int]) -> dict[int, list[Waiting]]:
    """Waiting since, then id; who was put at the end of the list stands behind those of that day."""
    lines: dict[int, list[tuple[Any, ...]]] = {}
    rows = Enrolment.select(Enrolment.id, Enrolment.activity, Enrolment.enrolled_on, Enrolment.queued_at).where(
        Enrolment.activity.in_(ids) & (Enrolment.state == "waiting")
    )
    for row in rows:
        since = clock.local(row.queued_at).date() if row.queued_at else row.enrolled_on
        again = row.queued_at.isoformat() if row.queued_at else ""
        lines.setdefault(row.activity_id, []).append((since, again, row.id))
    return {
        activity: [Waiting(found, activity, since) for since, _again, found in sorted(line)]
        for activity, line in lines.items()
    }
