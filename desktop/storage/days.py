"""Named queries about one coach's day."""

from datetime import date, timedelta

import peewee

from desktop.rules.staff import OFFICE, Member
from desktop.storage.cases import destination_of
from desktop.storage.database import query
from desktop.storage.models import Activity, Appointment, Enrolment, Person, Staff, StaffRole, Voucher
from desktop.storage.vouchers import without_ending


@query(may=OFFICE)
def appointments_of(by: Member, coach_id: int, day: date) -> list[Appointment]:
    """What stands in a coach's diary on this day, in order, with person and case filled in."""
    found = list(
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
    for each in found:
        without_ending(by, each.voucher)
    return found


def visited(appointment: Appointment) -> Enrolment | None:
    """Where they go together: as the appointment says, else the one place of the case that it can be."""
    if appointment.enrolment_id is not None:
        return Enrolment.get_one(appointment.enrolment_id)
    rows = Enrolment.select(Enrolment, Activity).join(Activity, peewee.JOIN.LEFT_OUTER)
    stands = list(rows.where((Enrolment.voucher == appointment.voucher_id) & (Enrolment.state != "stopped")))
    named = [each for each in stands if destination_of(each) == appointment.address]
    along = [each for each in stands if each.accompanied] if appointment.kind == "first_visit" else []
    return next((found[0] for found in (named, along) if len(found) == 1), None)


@query(may=OFFICE)
def list_coaches(by: Member) -> list[Staff]:
    """Who may have a day sheet: active coaches by name."""
    coaches = StaffRole.select(StaffRole.staff).where(StaffRole.role == "coach")
    rows: peewee.ModelSelect = Staff.select().where(Staff.active & Staff.id.in_(coaches)).order_by(Staff.name)
    return list(rows)
