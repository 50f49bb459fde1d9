"""Named queries about members of staff. Must not know passwords."""

from typing import TypeVar

from desktop.errors import Refused
from desktop.language import _
from desktop.rules.staff import ALL, COORDINATOR, OFFICE, Member
from desktop.storage.database import query
from desktop.storage.models import Activity, Appointment, Organisation, Person, Practice, Staff, StaffRole, Voucher

V = TypeVar("V", Voucher, Practice)


def member_of(staff: Staff) -> Member:
    """The member of staff as actions and queries get it."""
    roles = frozenset(row.role for row in StaffRole.select().where(StaffRole.staff == staff))
    return Member(staff.id, staff.name, roles, staff.role_title, staff.phone)


def member_with_uid(uid: str) -> Member:
    """Whoever holds this key slot; someone who left has none."""
    staff = Staff.get_or_none((Staff.uid == uid) & Staff.active)
    if staff is None:
        raise Refused(_("The name or the password is not right."))
    return member_of(staff)


@query(may=COORDINATOR)
def list_staff(by: Member) -> list[tuple[Staff, tuple[str, ...]]]:
    """Everyone with their roles, those who work here now first."""
    roles: dict[int, list[str]] = {}
    for row in StaffRole.select():
        roles.setdefault(row.staff_id, []).append(row.role)
    everyone = Staff.select().order_by(Staff.active.desc(), Staff.name)
    return [(staff, tuple(roles.get(staff.id, ()))) for staff in everyone]


@query(may=OFFICE)
def list_coaches(by: Member) -> list[tuple[int, str]]:
    """(id, name) of who can have cases now."""
    coaches = StaffRole.select(StaffRole.staff).where(StaffRole.role.in_(("coach", "coordinator")))
    rows = Staff.select(Staff.id, Staff.name).where(Staff.active & Staff.id.in_(coaches)).order_by(Staff.name)
    return [(row[0], row[1]) for row in rows.tuples()]


@query(may=ALL)
def find_staff(by: Member, staff_id: int) -> Staff:
    """One member of staff; gone is Refused."""
    return Staff.get_one(staff_id)


@query(may=ALL)
def find_organisation(by: Member) -> Organisation:
    """The one organisation of this file."""
    found: Organisation = Organisation.get()
    return found


@query(may=COORDINATOR)
def roles_of(by: Member, staff_id: int) -> tuple[str, ...]:
    """The roles of one member of staff."""
    return tuple(row.role for row in StaffRole.select().where(StaffRole.staff == staff_id))


def in_charge_of(model: type[V], staff_id: int) -> list[V]:
    """The cases or practices of which somebody is coach or substitute; a practice that was merged away is nobody's."""
    rows = model.select().where((model.coach == staff_id) | (model.substitute == staff_id))
    if model is Practice:
        rows = rows.where(Practice.merged_into.is_null())
    else:
        rows = rows.join(Person).where(Person.erased_on.is_null())
    return list(rows.order_by(model.id))


def visits_with(staff_id: int) -> list[Appointment]:
    """The appointments that stand in somebody's diary."""
    return list(Appointment.select().where((Appointment.coach == staff_id) & (Appointment.state == "planned")))


def led_by(staff_id: int) -> list[Activity]:
    """The groups somebody leads."""
    return list(Activity.select().where(Activity.leader == staff_id))


@query(may=COORDINATOR)
def count_charges(by: Member, staff_id: int) -> tuple[int, int, int, int]:
    """How many open cases, appointments to come, groups and practices stand in somebody's name."""
    cases = [each for each in in_charge_of(Voucher, staff_id) if each.status != "closed"]
    visits, groups = visits_with(staff_id), led_by(staff_id)
    return len(cases), len(visits), len(groups), len(in_charge_of(Practice, staff_id))
