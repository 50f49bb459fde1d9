"""A leader's own groups: who comes, by first name and initial only. Must not know cases, reasons or addresses.

Who did not say yes to "may we tell the activity" is a place that is taken, without a name: the leaflet promises that
the activity hears nothing before that was asked.
"""

from dataclasses import dataclass
from datetime import date

from desktop.errors import Refused
from desktop.language import _
from desktop.rules.cases import PLACED
from desktop.rules.names import capitals
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.consents import position_of, positions
from desktop.storage.database import query
from desktop.storage.models import Activity, Enrolment, Person
from desktop.storage.places import away_until
from desktop.storage.schedules import ended_activities

LEADER = frozenset({"leader"})


@dataclass(frozen=True)
class Group:
    """An activity as its leader sees it."""

    id: int
    title: str
    people: int


@dataclass(frozen=True)
class Participant:
    """Somebody who comes: nothing that tells who it is outside the group; without consent a place, no name."""

    name: str
    state: str
    away_until: date | None = None  # on hold, for whatever reason


@dataclass(frozen=True)
class SeenByLeader:
    """What the leader of one activity sees of somebody: a name, or only that a place is taken."""

    activity: str
    name: str = ""


@query(may=LEADER)
def list_own_groups(by: Member) -> list[Group]:
    """The activities this member of staff leads that are still held."""
    led = Activity.select().where((Activity.leader == by.id) & (Activity.status != "stopped"))
    own = list(led.order_by(Activity.title))
    over = ended_activities(row.id for row in own)
    return [Group(row.id, row.title, len(_names(row.id))) for row in own if row.id not in over]


@query(may=LEADER)
def find_own_group(by: Member, activity_id: int) -> Group:
    """One of one's own groups; somebody else's is refused."""
    found = Activity.get_one(activity_id)
    if found.leader_id != by.id:
        raise Refused(_("This group is led by somebody else."))
    return Group(found.id, found.title, len(_names(found.id)))


@query(may=LEADER)
def list_own_participants(by: Member, activity_id: int) -> list[Participant]:
    """Who comes to one's own group."""
    if Activity.get_one(activity_id).leader_id != by.id:
        raise Refused(_("This group is led by somebody else."))
    return _names(activity_id)


@query(may=CASEWORK)
def seen_by_leaders(by: Member, voucher_id: int) -> list[SeenByLeader]:
    """What the leader of each activity that this person goes to sees of them."""
    enrolments = (
        Enrolment.select(Enrolment, Activity, Person)
        .join(Activity)
        .switch(Enrolment)
        .join(Person)
        .where((Enrolment.voucher == voucher_id) & Enrolment.state.in_(PLACED))
        .order_by(Enrolment.id)
    )
    told = position_of(voucher_id, "activity").given
    return [SeenByLeader(each.activity.title, _short(each.person) if told else "") for each in enrolments]


def _names(activity_id: int) -> list[Participant]:
    """By name, and then the places of those who did not say that the activity may know."""
    enrolments = list(
        Enrolment.select(Enrolment, Person)
        .join(Person, on=(Enrolment.person == Person.id))
        .where((Enrolment.activity == activity_id) & Enrolment.state.in_(PLACED))
    )
    told = positions([each.voucher_id for each in enrolments], "activity")
    away = away_until(each.voucher_id for each in enrolments)
    shown = [
        Participant(
            _short(each.person) if told[each.voucher_id].given else "", each.state, away.get(each.voucher_id)
        )
        for each in enrolments
    ]
    return sorted(shown, key=lambda each: (not each.name, each.name))


def _short(person: Person) -> str:
    """Fatma C.; without a known first name the first initial."""
    first = person.first_name.strip() or person.initials.strip()[:2]
    return " ".join(part for part in (first, f"{capitals(person.surname[:1])}." if person.surname else "") if part)
