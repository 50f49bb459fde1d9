"""The facts of one case from which the fields of a letter text are filled: dates and neutral names only."""

from datetime import date

import peewee

from desktop.rules.letterfields import CoreFacts, Joined
from desktop.rules.status import days_tried
from desktop.storage.letters_due import agreements, consents, is_referred, standing_closings
from desktop.storage.models import (
    Activity,
    Aftercare,
    Appointment,
    Enrolment,
    Organisation,
    Staff,
    Voucher,
)
from desktop.storage.vouchers import facts_of, terms


def core_facts(voucher: Voucher, today: date) -> CoreFacts:
    """What the four headings are filled from: dates and neutral names only."""
    case, talk = facts_of(voucher), _newest_talk(voucher.id)
    planned = _standing_appointment(voucher, today)
    office = Organisation.select().first()
    closing = next(iter(standing_closings([voucher.id])), None)
    reached = [each.on for each in case.attempts if each.outcome == "reached"]
    first_talk = planned if planned and planned.kind == "intake" and not case.intakes else None
    return CoreFacts(
        today=today,
        form_of_address=voucher.person.form_of_address,
        participant=office.word_participant if office else "deelnemer",
        referred=is_referred(voucher),
        received_on=voucher.received_on,
        days_tried=len(days_tried(case)),
        reached_on=min(reached, default=None),
        intake_on=first_talk.starts_at.date() if first_talk else None,
        intake_place=first_talk.place if first_talk else "",
        intake_coach=first_talk.coach.name if first_talk and first_talk.coach else "",
        next_on=planned.starts_at.date() if planned else None,
        intakes=tuple(case.intakes),
        one_talk_enough=case.one_talk_enough,
        joined=joined_of(voucher.id),
        talked_on=talk.held_on if talk else None,
        talk=talk.outcome if talk else "",
        outcome=closing.outcome if closing else "",
        told=voucher.report_back and consents([voucher]).get(voucher.person_id) == "yes",
        agreed=agreements([voucher]).get(voucher.practice_id, CoreFacts.agreed),
        terms=terms(),
    )


def joined_of(voucher_id: int) -> tuple[Joined, ...]:
    """What was found in a case, in the order in which it was found."""
    rows = Enrolment.select(Enrolment, Activity).join(Activity, peewee.JOIN.LEFT_OUTER)
    return tuple(_joined(each) for each in rows.where(Enrolment.voucher == voucher_id).order_by(Enrolment.id))


def _standing_appointment(voucher: Voucher, today: date) -> Appointment | None:
    """The next thing that is planned."""
    found: Appointment | None = (
        Appointment.select(Appointment, Staff)
        .join(Staff, peewee.JOIN.LEFT_OUTER, on=(Appointment.coach == Staff.id), attr="coach")
        .where(
            (Appointment.voucher == voucher)
            & (Appointment.state == "planned")
            & (Appointment.starts_at >= today.isoformat())
        )
        .order_by(Appointment.starts_at)
        .first()
    )
    return found


def _newest_talk(voucher_id: int) -> Aftercare | None:
    found: Aftercare | None = (
        Aftercare.select()
        .where(Aftercare.voucher == voucher_id)
        .order_by(Aftercare.held_on.desc(), Aftercare.id.desc())
        .first()
    )
    return found


def _joined(enrolment: Enrolment) -> Joined:
    activity: Activity | None = enrolment.activity
    return Joined(
        name=activity.letter_name if activity else "",
        outside=enrolment.destination if activity is None else "",
        state=enrolment.state,
        start_on=enrolment.start_on,
        first_on=enrolment.first_attended_on,
        accompanied=enrolment.accompanied,
        present=enrolment.times_present,
        held=enrolment.times_held,
    )
