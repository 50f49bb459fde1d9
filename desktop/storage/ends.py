"""What stands on a case and would end with it, and what a closing or a talk ended. Must not know what ends it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from desktop.rules.cases import PLACED, WAITS
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.cases import destination_of, read_case
from desktop.storage.changes import Record
from desktop.storage.database import query
from desktop.storage.deeds import planned_of, state_before
from desktop.storage.models import (
    Aftercare,
    Appointment,
    Closing,
    Enrolment,
    Hold,
    Person,
    Postponement,
    Voucher,
)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Held:
    """A place that somebody holds, or held until the closing: `state` as it is or was."""

    id: int
    title: str
    state: str
    kept: bool


@query(may=CASEWORK)
def list_held(by: Member, voucher_id: int, closing_id: int | None = None) -> list[Held]:
    """What the closing form asks about; where nobody holds a place there is nothing to ask."""
    found = [Held(each.id, destination_of(each), each.state, True) for each in standing_of(voucher_id)]
    if closing_id is not None:
        for each in ended_by(Enrolment, Closing.get_one(closing_id)):
            was = "started" if each.first_attended_on else state_before(each)
            found.append(Held(each.id, destination_of(each), was, False))
    return [each for each in found if each.state in PLACED]


def standing_of(voucher_id: int) -> list[Enrolment]:
    """Signed up, offered, waiting or taking part."""
    rows = Enrolment.select().where((Enrolment.voucher == voucher_id) & (Enrolment.state != "stopped"))
    return list(rows.order_by(Enrolment.id))


def visits_of(voucher_id: int, enrolment: Enrolment | None = None) -> list[Appointment]:
    """The appointments that stand; of one enrolment only those where we go along."""
    if enrolment is None:
        return planned_of(voucher_id)
    return [each for each in visits_to(enrolment, alone=True) if each.state == "planned"]


def visits_to(enrolment: Enrolment, alone: bool = False) -> list[Appointment]:
    """The appointments to go there together, whatever became of them."""
    case = read_case(enrolment.voucher_id)
    ids = [visit.id for each in case.joined if each.id == enrolment.id for visit in case.visits_to(each, alone)]
    rows = Appointment.select().where(Appointment.id.in_(ids))
    return list(rows.order_by(Appointment.starts_at, Appointment.id)) if ids else []


def standing_on_ended(enrolments: Collection[int], visits: Collection[int]) -> Voucher | None:
    """The case of one of these that stands where nothing can: of who died, or that is closed and should wait."""
    died, closed = Person.deceased_on.is_null(False), Voucher.status == "closed"
    waits = Enrolment.state.in_(WAITS) & closed
    rows = (
        (Enrolment, Enrolment.id.in_(enrolments) & (((Enrolment.state != "stopped") & died) | waits)),
        (Appointment, Appointment.id.in_(visits) & (Appointment.state == "planned") & (died | closed)),
    )
    for model, stands in rows:
        found: Voucher | None = (
            Voucher.select(Voucher, Person)
            .join(Person)
            .switch(Voucher)
            .join(model, on=(model.voucher == Voucher.id))
            .where(stands)
            .first()
        )
        if found is not None:
            return found
    return None


def holds_of(voucher_id: int, day: date) -> list[Hold]:
    """Holds that would still run on this day."""
    return list(Hold.select().where((Hold.voucher == voucher_id) & Hold.ended_on.is_null() & (Hold.until_on >= day)))


def put_off_of(voucher_id: int) -> list[Postponement]:
    """Tasks that were put off."""
    return list(Postponement.select().where((Postponement.voucher == voucher_id) & Postponement.ended_by.is_null()))


def ended_by(model: type[R], closing: Closing) -> list[R]:
    """Everything of this kind that a closing ended, the earliest first: who came first has a place first."""
    return list(model.select().where(model.ended_by == closing).order_by(model.id))


def ended_in(talk: Aftercare) -> list[Enrolment]:
    """What ended with an aftercare talk."""
    return list(Enrolment.select().where(Enrolment.ended_in == talk).order_by(Enrolment.id))


def open_cases_of(person_id: int, without: int | None = None) -> list[Voucher]:
    """The cases of a person that are not closed."""
    rows = Voucher.select().where((Voucher.person == person_id) & (Voucher.status != "closed"))
    return list(rows.where(Voucher.id != (without or 0)).order_by(Voucher.id))


def kept_places_of(person_id: int) -> list[tuple[Enrolment, Closing]]:
    """The places somebody goes on taking after the case was closed, each with that closing."""
    rows = (
        Closing.select(Closing, Enrolment)
        .join(Enrolment, on=(Enrolment.voucher == Closing.voucher), attr="place")
        .where((Closing.person == person_id) & Closing.reopened_on.is_null() & (Enrolment.state != "stopped"))
    )
    return [(each.place, each) for each in rows.order_by(Enrolment.id)]


def ended_with_death(person_id: int, on: date) -> list[Enrolment]:
    """The places somebody went on taking, until they died."""
    rows = Enrolment.select().join(Closing, on=(Enrolment.ended_by == Closing.id))
    after = (Closing.outcome != "deceased") & Closing.reopened_on.is_null() & (Enrolment.stop_reason == "illness")
    rows = rows.where((Enrolment.person == person_id) & after & (Enrolment.stopped_on >= on))
    return list(rows.order_by(Enrolment.id))


def deceased_closings(person_id: int) -> list[Closing]:
    """The closings that say somebody died, as far as they stand."""
    rows = Closing.select().where((Closing.person == person_id) & (Closing.outcome == "deceased"))
    return list(rows.where(Closing.reopened_on.is_null()).order_by(Closing.id))
