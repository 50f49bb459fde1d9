"""Named queries about the deeds of a case: what happened, when a coach is free, what can be corrected."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import peewee

from desktop import clock
from desktop.errors import Refused
from desktop.language import _
from desktop.rules import roles
from desktop.rules.cases import PLACED
from desktop.rules.dates import is_working_day
from desktop.rules.deed_kinds import DEED_KINDS, without_deed
from desktop.rules.deeds import CaseDays, days_of
from desktop.rules.schedules import has_ended
from desktop.rules.staff import CASEWORK, OFFICE, Member, require
from desktop.storage.cases import read_case
from desktop.storage.changes import MODELS, Change, Record, kind_of
from desktop.storage.database import query
from desktop.storage.models import (
    Activity,
    Appointment,
    Closing,
    Contact,
    ContactAttempt,
    Enrolment,
    Intake,
    Location,
    Person,
    Practice,
    Staff,
    Voucher,
)
from desktop.storage.places import places_of as places_of
from desktop.storage.schedules import times_by_activity
from desktop.storage.vouchers import without_ending

DEEDS: dict[str, type[Record]] = {kind.name: MODELS[kind.table] for kind in DEED_KINDS if kind.can_be_corrected}
SLOTS = (time(9, 30), time(11), time(13), time(14, 30), time(16))  # when intakes usually begin
TALK = timedelta(minutes=60)


def case_days(voucher: Voucher, without: Record | None = None) -> CaseDays:
    """The days of the case that a new or corrected date is held against."""
    case = read_case(voucher.id)
    return days_of(case if without is None else without_deed(case, kind_of(without), without.id))


def state_before(enrolment: Enrolment) -> str:
    """Signed up or waiting, as it stood before it ended; where nobody knows any more, signed up."""
    rows = Change.select(Change.before).where(
        (Change.table == kind_of(Enrolment)) & (Change.row == enrolment.id) & Change.before.is_null(False)
    )
    for row in rows.order_by(Change.id.desc()):
        if state := json.loads(row.before).get("state"):
            return str(state)
    return "enrolled"


def open_closing(voucher: Voucher) -> Closing | None:
    """The closing that stands, if the case is closed."""
    found: Closing | None = Closing.select().where((Closing.voucher == voucher) & Closing.reopened_on.is_null()).first()
    return found


def busy_at(coach: int, starts_at: datetime, without: int | None = None) -> Appointment | None:
    """The coach's own appointment that overlaps with one that starts then."""
    found: Appointment | None = (
        Appointment.select()
        .where(
            (Appointment.coach == coach)
            & (Appointment.state == "planned")
            & (Appointment.id != (without or 0))
            & (Appointment.starts_at > starts_at - TALK)
            & (Appointment.starts_at < starts_at + TALK)
        )
        .first()
    )
    return found


@query(may=OFFICE)
def free_slots(by: Member, coach: int | None, after: datetime, count: int = 6) -> list[datetime]:
    """The coach's next free beginnings on working days, at most two a day so that there is a choice of days."""
    last = after.date() + timedelta(days=60)
    planned = Appointment.select(Appointment.starts_at).where(
        (Appointment.coach == coach)
        & (Appointment.state == "planned")
        & (Appointment.starts_at >= after.replace(tzinfo=None) - TALK)
    )
    taken = [row[0] for row in planned.tuples()]
    slots: list[datetime] = []
    day = after.date()
    while len(slots) < count and day <= last:
        slots += _free_on(day, after, taken)[:2] if is_working_day(day) else []
        day += timedelta(days=1)
    return slots[:count]


def _free_on(day: date, after: datetime, taken: Sequence[datetime]) -> list[datetime]:
    begins = [datetime.combine(day, slot) for slot in SLOTS]
    soonest = after.replace(tzinfo=None) + timedelta(minutes=30)
    free = [each for each in begins if each > soonest and all(abs(each - other) >= TALK for other in taken)]
    mornings = [each for each in free if each.hour < 12]
    afternoons = [each for each in free if each.hour >= 12]
    return sorted(mornings[:1] + afternoons[:1])


@query(may=OFFICE)
def find_case(by: Member, voucher_id: int) -> Voucher:
    """A case with its person, practice, referrer and coach; gone means Refused."""
    cases = _with_everyone().where(Voucher.id == voucher_id)
    found: Voucher | None = cases.first()
    return without_ending(by, found if found is not None else Voucher.get_one(voucher_id))


@query(may=OFFICE)
def list_cases(by: Member, person_id: int) -> list[Voucher]:
    """The cases of a person, newest first."""
    cases = _with_everyone().where(Voucher.person == person_id)
    return [without_ending(by, each) for each in cases.order_by(Voucher.received_on.desc(), Voucher.id.desc())]


def _with_everyone() -> Any:
    substitute = Staff.alias()
    return (
        Voucher.select(Voucher, Person, Practice, Contact, Staff, substitute)
        .join(Person)
        .switch(Voucher)
        .join(Practice, peewee.JOIN.LEFT_OUTER)
        .switch(Voucher)
        .join(Contact, peewee.JOIN.LEFT_OUTER, on=(Voucher.referrer == Contact.id), attr="referrer")
        .switch(Voucher)
        .join(Staff, peewee.JOIN.LEFT_OUTER, on=(Voucher.coach == Staff.id), attr="coach")
        .switch(Voucher)
        .join(substitute, peewee.JOIN.LEFT_OUTER, on=(Voucher.substitute == substitute.id), attr="substitute")
    )


@query(may=OFFICE)
def list_activity_names(by: Member, besides: int | None = None) -> list[tuple[int, str]]:
    """The activities that take people and are not over, to choose from by typing; and the one chosen before."""
    rows = (
        Activity.select(Activity.id, Activity.title, Location.name)
        .join(Location, peewee.JOIN.LEFT_OUTER)
        .where(Activity.status.in_(("active", "full")) | (Activity.id == (besides or 0)))
        .order_by(Activity.title)
        .tuples()
    )
    times, today = times_by_activity(), clock.today()
    taking = [row for row in rows if row[0] == besides or not has_ended(times[row[0]], today)]
    return [(row[0], f"{row[1]}, {row[2]}" if row[2] else row[1]) for row in taking]


@query(may=OFFICE)
def find_deed(by: Member, kind: str, deed_id: int) -> Record:
    """A deed to be corrected; gone means Refused, and so does what is not for somebody's role."""
    if kind not in DEEDS:
        raise Refused(_("This cannot be corrected here."))
    require(by, roles.openers(kind))
    found = DEEDS[kind].get_one(deed_id)
    if isinstance(found, ContactAttempt):
        require_call(by, found)
    return found


def require_call(by: Member, attempt: ContactAttempt) -> None:
    """A call after the first talk is for who may read talks, or for who made it."""
    talked_on = first_talks(Intake.voucher == attempt.voucher_id).get(attempt.voucher_id)
    roles.require_call(by, clock.local(attempt.at).date(), talked_on, attempt.staff_id)


def first_talks(condition: Any) -> dict[int, date]:
    """By voucher the day of the first talk."""
    rows = Intake.select(Intake.voucher, Intake.held_on).where(condition).order_by(Intake.held_on.desc())
    return {row[0]: row[1] for row in rows.tuples()}


@query(may=OFFICE)
def list_planned(by: Member, voucher_id: int) -> list[Appointment]:
    """The appointments of the case that still stand, soonest first."""
    return planned_of(voucher_id)


def planned_of(voucher_id: int, kind: str = "") -> list[Appointment]:
    """The appointments of a case that still stand, of one kind or all, soonest first."""
    rows = Appointment.select().where((Appointment.voucher == voucher_id) & (Appointment.state == "planned"))
    found = list(rows.order_by(Appointment.starts_at, Appointment.id))
    return [each for each in found if kind in ("", each.kind)]


@query(may=CASEWORK)
def find_attended(by: Member, voucher_id: int, ended_on: date | None = None) -> Enrolment | None:
    """Where an aftercare talk asks how often: what stands, or ended with that talk; of several, what began first."""
    counts = Enrolment.state.in_(PLACED)
    if ended_on is not None:
        counts |= (Enrolment.state == "stopped") & (Enrolment.stopped_on == ended_on)
    began = peewee.fn.COALESCE(Enrolment.first_attended_on, Enrolment.start_on, Enrolment.enrolled_on)
    found: Enrolment | None = (
        Enrolment.select(Enrolment, Activity)
        .join(Activity, peewee.JOIN.LEFT_OUTER)
        .where((Enrolment.voucher == voucher_id) & counts)
        .order_by(Enrolment.first_attended_on.is_null(), began, Enrolment.id)
        .first()
    )
    return found


@query(may=CASEWORK)
def list_enrolments(by: Member, voucher_id: int) -> list[Enrolment]:
    """The enrolments of the case with their activities."""
    return list(
        Enrolment.select(Enrolment, Activity)
        .join(Activity, peewee.JOIN.LEFT_OUTER)
        .where(Enrolment.voucher == voucher_id)
        .order_by(Enrolment.enrolled_on, Enrolment.id)
    )
