"""Named queries about the catalogue. Must not know what may be done with the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from peewee import JOIN

from desktop.rules.activities import key_of
from desktop.rules.cases import WAITS
from desktop.rules.names import fold, full
from desktop.rules.places import Places, Waiting
from desktop.rules.schedules import Schedule as Times
from desktop.rules.staff import ALL, CASEWORK, OFFICE, Member
from desktop.storage import search
from desktop.storage.database import query
from desktop.storage.models import (
    Activity,
    ActivityTheme,
    Enrolment,
    Location,
    Neighbourhood,
    Person,
    Staff,
    Theme,
    Voucher,
    name_of,
)
from desktop.storage.places import away_until, places_by_activity, waiting_line
from desktop.storage.schedules import times_by_activity

SORTS = {
    "title": Activity.title, "neighbourhood": Neighbourhood.name, "location": Location.name,
    "status": Activity.status, "price": Activity.price_cents, "checked_on": Activity.checked_on,
}  # fmt: skip
MOST_FOUND = 500


@dataclass(frozen=True)
class ActivityLine:
    """An activity as it stands in the list."""

    record: Activity
    times: tuple[Times, ...]
    places: Places

    @property
    def id(self) -> int:
        return int(self.record.id)

    @property
    def taken(self) -> int:
        return self.places.taken


@dataclass(frozen=True)
class Participant:
    """Who takes part in an activity or waits for a place."""

    enrolment_id: int
    person_id: int
    voucher_id: int
    name: str
    phone: str
    state: str
    since: date
    begun: bool = True  # since then, or from that day on
    position: int = 0  # on the waiting list
    away_until: date | None = None
    number: str = ""  # of the voucher


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
    """The ids of activities in order, or of those the text finds (by their own words or those of the place)."""
    order = SORTS.get(sort, Activity.title)
    rows = (
        Activity.select(Activity.id, Activity.title, order)
        .join(Location, JOIN.LEFT_OUTER)
        .switch(Activity)
        .join(Neighbourhood, JOIN.LEFT_OUTER, on=(Activity.neighbourhood == Neighbourhood.id))
    )
    if text.strip():
        rows = rows.where(Activity.id.in_(_found(text)))
    if narrow.status:
        rows = rows.where(Activity.status == narrow.status)
    if narrow.neighbourhood is not None:
        rows = rows.where(Activity.neighbourhood == narrow.neighbourhood)
    if narrow.theme is not None:
        rows = rows.where(
            Activity.id.in_(ActivityTheme.select(ActivityTheme.activity).where(ActivityTheme.theme == narrow.theme))
        )
    titled = sorted(rows.tuples(), key=lambda row: (fold(row[1]), row[0]))
    known = [row for row in titled if row[2] not in (None, "")]
    known.sort(key=lambda row: fold(row[2]) if isinstance(row[2], str) else row[2], reverse=descending)
    return [row[0] for row in (*known, *(row for row in titled if row[2] in (None, "")))]


def _found(text: str) -> list[int]:
    found = [row for _kind, row in search.find(text, "activity", MOST_FOUND)]
    words = fold(text)
    places = [row.id for row in Location.select(Location.id, Location.name) if words and words in fold(row.name)]
    at = Activity.select(Activity.id).where(Activity.location.in_(places)).tuples() if places else ()
    return [*found, *(row[0] for row in at)]


@query(may=ALL)
def fetch_activities(by: Member, ids: Sequence[int]) -> list[ActivityLine]:
    """These activities with place, times and how many take part, in the order of the ids."""
    rows = (
        Activity.select(Activity, Location, Neighbourhood)
        .join(Location, JOIN.LEFT_OUTER)
        .switch(Activity)
        .join(Neighbourhood, JOIN.LEFT_OUTER, on=(Activity.neighbourhood == Neighbourhood.id))
        .where(Activity.id.in_(ids))
    )
    found = {activity.id: activity for activity in rows}
    times, places = times_by_activity(ids), places_by_activity(ids)
    return [ActivityLine(found[each], times.get(each, ()), places[each]) for each in ids if each in found]


@query(may=ALL)
def find_activity(by: Member, activity_id: int) -> Activity:
    """One activity; gone is Refused."""
    return Activity.get_one(activity_id)


@query(may=ALL)
def schedules_of(by: Member, activity_ids: Sequence[int]) -> Mapping[int, tuple[Times, ...]]:
    """The times of these activities."""
    return times_by_activity(activity_ids)


@query(may=ALL)
def themes_of(by: Member, activity_id: int) -> list[Theme]:
    return list(
        Theme.select().join(ActivityTheme).where(ActivityTheme.activity == activity_id).order_by(Theme.position)
    )


@dataclass(frozen=True)
class Unnamed:
    """An activity without a name for letters, and what it is about."""

    id: int
    title: str
    themes: tuple[str, ...]


@query(may=CASEWORK)
def list_unnamed(by: Member) -> list[Unnamed]:
    """Activities that go on and of which nobody said how letters call them."""
    found = Activity.select().where((Activity.letter_name == "") & (Activity.status != "stopped"))
    told: dict[int, list[str]] = {}
    for row in ActivityTheme.select(ActivityTheme.activity, Theme.code).join(Theme).tuples():
        told.setdefault(row[0], []).append(row[1])
    return [Unnamed(each.id, each.title, tuple(told.get(each.id, ()))) for each in found.order_by(Activity.title)]


@query(may=ALL)
def list_themes(by: Member) -> list[Theme]:
    return list(Theme.select().order_by(Theme.position, Theme.name))


@query(may=ALL)
def list_neighbourhoods(by: Member) -> list[Neighbourhood]:
    return sorted(Neighbourhood.select(), key=lambda row: fold(row.name))


@query(may=CASEWORK)
def list_participants(by: Member, activity_id: int) -> list[Participant]:
    """Who takes part, then who waits (the longest first); those who stopped are left out."""
    rows = (
        Enrolment.select(Enrolment, Person, Voucher)
        .join(Person, on=(Enrolment.person == Person.id))
        .switch(Enrolment)
        .join(Voucher, on=(Enrolment.voucher == Voucher.id))
        .where((Enrolment.activity == activity_id) & (Enrolment.state != "stopped"))
        .order_by(Enrolment.state == "waiting", Enrolment.enrolled_on, Enrolment.id)
    )
    found, line = list(rows), {each.enrolment_id: each for each in waiting_line(activity_id)}
    away = away_until([row.voucher_id for row in found])
    made = [_participant(row, line.get(row.id), away.get(row.voucher_id)) for row in found]
    return sorted(made, key=lambda each: each.position)  # stable: who waits stands below, in the order of the line


def _participant(row: Enrolment, waits: Waiting | None, away: date | None) -> Participant:
    """Since when, or from which day to come; who waits does so since they asked, whatever day was thought of."""
    waiting = row.state in WAITS
    since = waits.since if waits else row.enrolled_on if waiting else row.first_attended_on or row.start_on
    return Participant(
        row.id,
        row.person_id,
        row.voucher_id,
        full(name_of(row.person)),
        row.person.phone,
        row.state,
        since or row.enrolled_on,
        begun=waiting or row.first_attended_on is not None or row.start_on is None,
        position=waits.position if waits else 0,
        away_until=away,
        number=row.voucher.number,
    )


def still_in(activity_id: int) -> list[Enrolment]:
    """Who takes part, is signed up, has an offer or waits, whatever their case; not whose data were destroyed."""
    rows = Enrolment.select(Enrolment, Person).join(Person, on=(Enrolment.person == Person.id))
    there = (Enrolment.activity == activity_id) & (Enrolment.state != "stopped") & Person.erased_on.is_null()
    return list(rows.where(there).order_by(Enrolment.id))


@query(may=ALL)
def list_locations(by: Member) -> list[Location]:
    return sorted(Location.select(), key=lambda row: (fold(row.name), row.id))


@query(may=OFFICE)
def list_colleagues(by: Member) -> list[tuple[int, str]]:
    """(id, name) of everyone who works here now and may lead a group."""
    rows = Staff.select(Staff.id, Staff.name).where(Staff.active).order_by(Staff.name).tuples()
    return [(row[0], row[1]) for row in rows]


@query(may=CASEWORK)
def known_activities(by: Member) -> dict[str, str]:
    """Titles of activities by title and location: what an import compares with."""
    rows = Activity.select(Activity, Location).join(Location, JOIN.LEFT_OUTER)
    return {key_of(row.title, row.location.name if row.location else ""): row.title for row in rows}


def titles_and_places(without: int | None) -> list[tuple[str, str]]:
    """What each activity is called and where it is, but the one being edited."""
    rows = Activity.select(Activity, Location).join(Location, JOIN.LEFT_OUTER).where(Activity.id != (without or 0))
    return [(row.title, row.location.name if row.location else "") for row in rows]
