"""Named queries about one coach's day."""

from datetime import date, timedelta

import peewee

from desktop.rules.staff import OFFICE, Member
from desktop.storage.database import query
from desktop.storage.models import Appointment, Person, Staff, StaffRole, Voucher


@query(may=OFFICE)
def appointments_of(by: Member, coach_id: int, day: date) -> list[Appointment]:
    """What stands in a coach's diary on this day, in order, with person and case filled in."""
    return list(
        Appointment.select(Appointment, Person, Voucher)
        .join(Person)
        .switch(Appointment)
        .join(Voucher)
        .where(
            (Appointment.coach == coach_id)
            & (Appointment.state == "planned")
            & (Appointment.starts_at >= day.isoformat())
            & (Appointment.starts_at < (day + timedelta(days=1)).isoformat())
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )


@query(may=OFFICE)
def list_coaches(by: Member) -> list[Staff]:
    """Who may have a day sheet: active coaches by name."""
    coaches = StaffRole.select(StaffRole.staff).where(StaffRole.role == "coach")
    rows: peewee.ModelSelect = Staff.select().where(Staff.active & Staff.id.in_(coaches)).order_by(Staff.name)
    return list(rows)
