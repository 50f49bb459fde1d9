"""Named queries about the catalogue. Must not know what may be done with the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peewee import JOIN, fn

from desktop.rules.activities import key_of
from desktop.rules.schedules import Schedule as Times
from desktop.rules.staff import ALL, OFFICE, Member
from desktop.storage import search
from desktop.storage.database import query
from desktop.storage.models import (
    Activity,
    ActivityTheme,
    Enrolment,
    Location,
    Neighbourhood,
    Schedule,
    Theme,
)

SORTS = {
    "title": Activity.title, "neighbourhood": Neighbourhood.name, "location": Location.name,
    "status": Activity.status, "price": Activity.price_cents, "checked_on": Activity.checked_on,
}  # fmt: skip


@dataclass(frozen=True)
class ActivityFilter:
    """What a list of activities is narrowed to."""

    status: str = ""
    neighbourhood: int | None = None
    theme: int | None = None


@query(may=ALL)
def list_activities(
    by: Member,
    text: str = "",
    narrow: ActivityFilter = ActivityFilter(),
    sort: str = "title",
    descending: bool = False,
) -> list[int]:
    """The ids of activities in order, or of those the text finds."""
    order = SORTS.get(sort, Activity.title)
    rows = (
        Activity.select(Activity.id)
        .join(Location, JOIN.LEFT_OUTER)
        .switch(Activity)
        .join(Neighbourhood, JOIN.LEFT_OUTER, on=(Activity.neighbourhood == Neighbourhood.id))
    )
    if text.strip():
        rows = rows.where(Activity.id.in_([row for _kind, row in search.find(text, "activity", 500)]))
    if narrow.status:
        rows = rows.where(Activity.status == narrow.status)
    if narrow.neighbourhood is not None:
        rows = rows.where(Activity.neighbourhood == narrow.neighbourhood)
    if narrow.theme is not None:
        rows = rows.where(
            Activity.id.in_(ActivityTheme.select(ActivityTheme.activity).where(ActivityTheme.theme == narrow.theme))
        )
    ordered = rows.order_by(order.desc() if descending else order, Activity.title, Activity.id)
    return [row[0] for row in ordered.tuples()]


@query(may=ALL)
def fetch_activities(by: Member, ids: Sequence[int]) -> list[Activity]:
    """These activities with location and neighbourhood, in the order of the ids."""
    rows = (
        Activity.select(Activity, Location, Neighbourhood)
        .join(Location, JOIN.LEFT_OUTER)
        .switch(Activity)
        .join(Neighbourhood, JOIN.LEFT_OUTER, on=(Activity.neighbourhood == Neighbourhood.id))
        .where(Activity.id.in_(ids))
    )
    found = {activity.id: activity for activity in rows}
    return [found[each] for each in ids if each in found]


@query(may=ALL)
def find_activity(by: Member, activity_id: int) -> Activity:
    """One activity; gone is Refused."""
    return Activity.get_one(activity_id)


@query(may=ALL)
def schedules_of(by: Member, activity_ids: Sequence[int]) -> Mapping[int, tuple[Times, ...]]:
    """The times of these activities."""
    found: dict[int, tuple[Times, ...]] = {}
    for row in Schedule.select().where(Schedule.activity.in_(activity_ids)).order_by(Schedule.id):
        times = Times(row.rrule, row.starts_on, row.ends_on, row.opens, row.closes, row.note)
        found[row.activity_id] = (*found.get(row.activity_id, ()), times)
    return found


@query(may=ALL)
def themes_of(by: Member, activity_id: int) -> list[Theme]:
    return list(
        Theme.select().join(ActivityTheme).where(ActivityTheme.activity == activity_id).order_by(Theme.position)
    )


@query(may=ALL)
def list_themes(by: Member) -> list[Theme]:
    return list(Theme.select().order_by(Theme.position, Theme.name))


@query(may=ALL)
def list_neighbourhoods(by: Member) -> list[Neighbourhood]:
    return list(Neighbourhood.select().order_by(Neighbourhood.name))


@query(may=ALL)
def count_taken(by: Member, activity_ids: Sequence[int]) -> Mapping[int, int]:
    """How many places of each activity are taken: enrolled or started, not waiting or stopped."""
    rows = (
        Enrolment.select(Enrolment.activity, fn.COUNT(Enrolment.id))
        .where(Enrolment.activity.in_(activity_ids) & Enrolment.state.in_(("enrolled", "started")))
        .group_by(Enrolment.activity)
    )
    return {row[0]: row[1] for row in rows.tuples()}


@query(may=ALL)
def list_locations(by: Member) -> list[Location]:
    return list(Location.select().order_by(Location.name))


@query(may=OFFICE)
def known_activities(by: Member) -> dict[str, int]:
    """Activity ids by title and location: what an import compares with."""
    rows = Activity.select(Activity, Location).join(Location, JOIN.LEFT_OUTER)
    return {key_of(row.title, row.location.name if row.location else ""): row.id for row in rows}
