"""Places of activities, counted in one query for everyone who asks; and who waits, in order. Must not know forms."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import peewee

from desktop import clock
from desktop.rules.cases import ACTIVE
from desktop.rules.places import Places, Waiting, in_line
from desktop.storage.changes import Audit, Change, kind_of
from desktop.storage.models import Activity, Enrolment, Hold, Person, Voucher
from desktop.storage.schedules import ended_activities


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
    found = {row[0]: Places(*row[1:]) for row in rows.tuples()}
    over = ended_activities(each for each, places in found.items() if places.waiting)
    return {each: replace(places, over=each in over) for each, places in found.items()}


def places_touched(audit: Audit) -> dict[int, Places]:
    """The places of every activity in which one action changed something for somebody."""
    rows = Change.select(Change.row).where((Change.audit == audit) & (Change.table == kind_of(Enrolment)))
    found = Enrolment.select(Enrolment.activity).where(Enrolment.id.in_(rows) & Enrolment.activity.is_null(False))
    return places_by_activity({row[0] for row in found.tuples()})


def moved_since(audit: Audit, activity_id: int) -> bool:
    """Whether an activity, or who is in it, was changed by a later action than this one that stands."""
    line, undoing = Audit.alias(), Audit.alias()
    stands = ~peewee.fn.EXISTS(undoing.select(peewee.SQL("1")).where(undoing.undoes == line.id))
    later = (Change.audit > audit.id) & (peewee.fn.COALESCE(line.undoes, 0) <= audit.id) & stands
    there = Enrolment.select(Enrolment.id).where(Enrolment.activity == activity_id)
    of_it = ((Change.table == kind_of(Enrolment)) & Change.row.in_(there)) | (
        (Change.table == kind_of(Activity)) & (Change.row == activity_id)
    )
    return bool(Change.select().join(line, on=(Change.audit == line.id)).where(later & of_it).exists())


def places_of(activity: Activity, without: int | None = None) -> Places:
    """How many places are left; an enrolment being corrected does not count against itself."""
    return places_by_activity([activity.id], without)[activity.id]


def who_holds(activity_id: int, without: int = 0) -> set[int]:
    """Who has a place in an activity; one enrolment can be left out."""
    rows = Enrolment.select(Enrolment.person).where((Enrolment.activity == activity_id) & (Enrolment.id != without))
    return {row[0] for row in rows.where(Enrolment.state.in_(ACTIVE)).tuples()}


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


def elsewhere_in(
    activity: Activity, person_id: int, voucher_id: int | None = None, without: int | None = None
) -> Enrolment | None:
    """Where this person is on file for the activity already: with this voucher, else with whichever other."""
    found: Enrolment | None = (
        Enrolment.select()
        .where(
            (Enrolment.activity == activity)
            & (Enrolment.person == person_id)
            & (Enrolment.state != "stopped")
            & (Enrolment.id != (without or 0))
        )
        .order_by(Enrolment.voucher != (voucher_id or 0), Enrolment.state.not_in(ACTIVE), Enrolment.id)
        .first()
    )
    return found


@dataclass(frozen=True)
class Moved:
    """In which activities changes let a place go, and in which they took one."""

    released: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()


def moved_places(changes: Sequence[Mapping[str, Any]]) -> Moved:
    """What the changes of one action, as history notes them, did to places."""
    released: set[int] = set()
    taken: set[int] = set()
    for change in changes:
        before, after = (json.loads(change[side]) if change[side] else None for side in ("before", "after"))
        if change["table"] == kind_of(Activity) and after and ("capacity" in after or "status" in after):
            released.add(change["row"])
            taken.add(change["row"])
        elif change["table"] == kind_of(Enrolment):
            held, holds = _held(change["row"], before, after)
            released |= held - holds
            taken |= holds - held
    return Moved(frozenset(released), frozenset(taken))


def _held(row: int, before: dict[str, Any] | None, after: dict[str, Any] | None) -> tuple[set[int], set[int]]:
    """The activity in which an enrolment held a place before a change, and in which it does after it."""
    now = Enrolment.get_or_none(Enrolment.id == row)
    facts = {} if now is None else {"state": now.state, "activity_id": now.activity_id}
    was = {**facts, **before} if before is not None else {}
    gone = after is None and before is not None
    held, holds = ({each["activity_id"]} if _holds(each) else set() for each in (was, {} if gone else facts))
    another = before is not None and "person_id" in before and not gone  # two of one person may have become one
    return held, holds - held if another else holds


def _holds(facts: Mapping[str, Any]) -> bool:
    return facts.get("state") in ACTIVE and facts.get("activity_id") is not None


def _persons(condition: Any) -> Any:
    return peewee.fn.COUNT(peewee.fn.DISTINCT(peewee.Case(None, [(condition, Enrolment.person)])))


def _lines(ids: set[int]) -> dict[int, list[Waiting]]:
    """Waiting since, then id; who was put at the end of the list stands behind those of that day."""
    rows = (
        Enrolment.select(Enrolment.id, Enrolment.activity, Enrolment.enrolled_on, Enrolment.queued_at, _away())
        .join(Voucher)
        .join(Person)
        .where(
            Enrolment.activity.in_(ids)
            & (Enrolment.state == "waiting")
            & (Voucher.status != "closed")
            & Person.erased_on.is_null()
            & Person.deceased_on.is_null()
        )
    )
    lines: dict[int, list[tuple[date, str, Waiting]]] = {}
    for found, activity, enrolled_on, queued_at, away in rows.tuples():
        since = clock.local(queued_at).date() if queued_at else enrolled_on
        again = queued_at.isoformat() if queued_at else ""
        waits = Waiting(found, activity, since, declined=queued_at is not None, away=bool(away))
        lines.setdefault(activity, []).append((since, again, waits))
    return {
        activity: [each for *_order, each in sorted(line, key=lambda row: (*row[:2], row[2].enrolment_id))]
        for activity, line in lines.items()
    }


def away_until(voucher_ids: Iterable[int]) -> dict[int, date]:
    """Which of these cases are on hold today, and until which day."""
    rows = Hold.select(Hold.voucher, Hold.until_on).where(Hold.voucher.in_(list(voucher_ids)) & _on_hold())
    return dict(rows.tuples())


def _away() -> Any:
    """Whether the case is on hold today."""
    return peewee.fn.EXISTS(Hold.select(peewee.SQL("1")).where((Hold.voucher == Enrolment.voucher) & _on_hold()))


def _on_hold() -> Any:
    today = clock.today()
    return (
        (Hold.from_on <= today)
        & (Hold.until_on > today)
        & (Hold.ended_on.is_null() | (Hold.ended_on > today))
    )
