"""A leader's own groups: who comes, by first name and initial only. Must not know cases, reasons or addresses."""

from dataclasses import dataclass

from desktop.errors import Refused
from desktop.language import _
from desktop.rules.names import capitals
from desktop.rules.staff import Member
from desktop.storage.database import query
from desktop.storage.models import Activity, Enrolment, Person

LEADER = frozenset({"leader"})


@dataclass(frozen=True)
class Group:
    """An activity as its leader sees it."""

    id: int
    title: str
    people: int


@dataclass(frozen=True)
class Participant:
    """Somebody who comes: nothing that tells who it is outside the group."""

    name: str
    state: str


@query(may=LEADER)
def list_own_groups(by: Member) -> list[Group]:
    """The activities this member of staff leads."""
    own = Activity.select().where((Activity.leader == by.id) & (Activity.status != "stopped"))
    return [Group(row.id, row.title, len(_names(row.id))) for row in own.order_by(Activity.title)]


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


def _names(activity_id: int) -> list[Participant]:
    rows = (
        Enrolment.select(Enrolment.state, Person.first_name, Person.initials, Person.surname)
        .join(Person, on=(Enrolment.person == Person.id))
        .where((Enrolment.activity == activity_id) & Enrolment.state.in_(("enrolled", "started")))
        .tuples()
    )
    return sorted((Participant(_short(*name), state) for state, *name in rows), key=lambda each: each.name)


def _short(first_name: str, initials: str, surname: str) -> str:
    """Fatma C.; without a known first name the first initial."""
    first = first_name.strip() or initials.strip()[:2]
    return " ".join(part for part in (first, f"{capitals(surname[:1])}." if surname else "") if part)
