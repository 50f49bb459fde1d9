"""A person's whole story: every deed and letter of all cases as lines. Must not know how lines are shown."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

import peewee

from desktop import clock
from desktop.language import _
from desktop.rules import story as rules
from desktop.rules.attendance import attendance_words
from desktop.rules.codes import CHANNELS, LETTER_MOMENTS, LETTER_WAYS, MARKS, word
from desktop.rules.names import full
from desktop.rules.script import asked_by
from desktop.rules.staff import OFFICE, Member
from desktop.rules.story import Line, joined, newest_first
from desktop.rules.tasks import show_short
from desktop.storage.database import query
from desktop.storage.models import (
    Activity,
    Aftercare,
    Appointment,
    Closing,
    Contact,
    ContactAttempt,
    Dispatch,
    Enrolment,
    Intake,
    Letter,
    Practice,
    Reason,
    Staff,
    Voucher,
    VoucherReason,
    Worry,
)
from desktop.storage.tasks import destination_of, referrer_of

RANKS = ("voucher", "contact", "appointment", "intake", "enrolment", "first_time", "aftercare", "letter",
         "worry", "closing")  # fmt: skip


@query(may=OFFICE)
def story(by: Member, person_id: int, voucher_id: int | None = None) -> list[Line]:
    """All deeds of a person, or of one case, newest first."""
    lines = [line for source in SOURCES for line in source(person_id)]
    return newest_first([line for line in lines if voucher_id is None or line.voucher_id == voucher_id])


def _line(kind: str, row: peewee.Model, on: object, title: str, subtitle: str = "", *, later: bool = False) -> Line:
    """`later` for what was done to the deed afterwards, perhaps the same day."""
    voucher_id = row.id if kind == "voucher" else row.voucher_id
    order = (RANKS.index(kind), row.id * 2 + later)
    return Line(kind, row.id, voucher_id, on, title, subtitle, order)  # type: ignore[arg-type]


def _vouchers(person_id: int) -> Iterator[Line]:
    reasons: dict[int, list[str]] = {}
    rows = VoucherReason.select(VoucherReason.voucher, Reason.name).join(Reason).order_by(Reason.position)
    mine = Voucher.select(Voucher.id).where(Voucher.person == person_id)
    for voucher_id, name in rows.where(VoucherReason.voucher.in_(mine)).tuples():
        reasons.setdefault(voucher_id, []).append(name.lower())
    for voucher in (
        Voucher.select(Voucher, Practice, Contact)
        .join(Practice, peewee.JOIN.LEFT_OUTER)
        .switch(Voucher)
        .join(Contact, peewee.JOIN.LEFT_OUTER, on=(Voucher.referrer == Contact.id), attr="referrer")
        .where(Voucher.person == person_id)
    ):
        asker = asked_by(referrer_of(voucher))
        title = _("Voucher {number} of {asker}") if asker else _("Voucher {number}")
        subtitle = joined(", ".join(reasons.get(voucher.id, [])), word(CHANNELS, voucher.channel).lower())
        yield _line("voucher", voucher, voucher.received_on, title.format(number=voucher.number, asker=asker), subtitle)


def _contacts(person_id: int) -> Iterator[Line]:
    tried: dict[int, int] = {}
    for row in ContactAttempt.select().where(ContactAttempt.person == person_id).order_by(ContactAttempt.at):
        ours = row.direction == "out" and row.way == "phone"
        tried[row.voucher_id] = tried.get(row.voucher_id, 0) + ours
        back = show_short(row.call_back_on) if row.call_back_on else ""
        back = f"{back} {row.call_back_at:%H:%M}" if back and row.call_back_at else back
        yield _line(
            "contact",
            row,
            clock.local(row.at).date(),
            rules.contact_title(row.outcome, row.direction, row.way),
            rules.contact_subtitle(tried[row.voucher_id] if ours else 0, row.way, back, row.note),
        )


def _appointments(person_id: int) -> Iterator[Line]:
    rows = Appointment.select(Appointment, Staff).join(
        Staff, peewee.JOIN.LEFT_OUTER, on=(Appointment.coach == Staff.id), attr="coach"
    )
    for row in rows.where(Appointment.person == person_id):
        if row.kind in ("intake", "aftercare") and row.state == "held":
            continue  # the talk itself tells it
        coach = row.coach.name if row.coach else ""
        subtitle = rules.appointment_subtitle(row.starts_at, row.place, row.address, coach, row.state, row.note)
        yield _line("appointment", row, row.starts_at.date(), rules.appointment_title(row.kind, row.state), subtitle)


def _intakes(person_id: int) -> Iterator[Line]:
    for row in Intake.select().where(Intake.person == person_id):
        marks = sum(getattr(row, mark) is not None for mark in MARKS)
        facts = (row.goals, marks, row.gp_contacts, row.one_talk_enough, row.agreed)
        subtitle = rules.intake_subtitle(*facts)
        yield _line("intake", row, row.held_on, rules.intake_title(row.place), subtitle)


def _aftercare(person_id: int) -> Iterator[Line]:
    for row in Aftercare.select().where(Aftercare.person == person_id):
        marks = sum(getattr(row, mark) is not None for mark in MARKS)
        reason = rules.reason_words(row.stop_reason)
        facts = (row.place, reason, row.satisfaction, marks, row.gp_contacts, row.note)
        yield _line("aftercare", row, row.held_on, rules.aftercare_title(row.outcome), rules.aftercare_subtitle(*facts))


def _enrolments(person_id: int) -> Iterator[Line]:
    rows = Enrolment.select(Enrolment, Activity).join(Activity, peewee.JOIN.LEFT_OUTER)
    for row in rows.where(Enrolment.person == person_id):
        place = destination_of(row)
        times = attendance_words(row.times_present, row.times_held)
        subtitle = rules.enrolled_subtitle(row.start_on, row.accompanied, times, row.note)
        title = rules.enrolled_title(place, row.state == "waiting")
        yield _line("enrolment", row, row.enrolled_on, title, subtitle)
        if row.first_attended_on:
            known = rules.first_time_subtitle(row.first_known_by)
            yield _line("first_time", row, row.first_attended_on, rules.first_time_title(place), known)
        if row.stopped_on:
            reason = rules.reason_words(row.stop_reason)
            yield _line("enrolment", row, row.stopped_on, rules.stopped_title(place), reason)


def _worries(person_id: int) -> Iterator[Line]:
    for row in Worry.select().where(Worry.person == person_id):
        subtitle = rules.worry_subtitle(row.reached, row.meldcode_step, row.done_on)
        yield _line("worry", row, row.noticed_on, rules.worry_title(row.kind), subtitle)


def _closings(person_id: int) -> Iterator[Line]:
    for row in Closing.select().where(Closing.person == person_id):
        subtitle = joined(rules.reason_words(row.reason), row.passed_on_to, row.note)
        yield _line("closing", row, row.closed_on, rules.closed_title(row.outcome), subtitle)
        if row.reopened_on:
            yield _line("closing", row, row.reopened_on, _("Opened again"), row.reopened_why, later=True)


def _letters(person_id: int) -> Iterator[Line]:
    confirmed = Dispatch.select(Dispatch.letter, Dispatch.way).join(Letter)
    ways = dict(confirmed.where((Letter.person == person_id) & Dispatch.confirmed_at.is_null(False)).tuples())
    rows = (
        Letter.select(Letter, Practice, Contact)
        .join(Practice, peewee.JOIN.LEFT_OUTER)
        .switch(Letter)
        .join(Contact, peewee.JOIN.LEFT_OUTER)
    )
    for row in rows.where(Letter.person == person_id):
        moment = word(LETTER_MOMENTS, row.moment).lower()
        if row.copy_of_id is not None:
            moment = _("{kind} (copy to the referrer)").format(kind=moment)
        title = {
            "concept": _("Letter '{moment}' being written"),
            "fixed": _("Letter '{moment}' ready to send"),
            "sent": _("Letter '{moment}' sent"),
        }[row.state].format(moment=moment)
        whom = full(row.recipient.known_as) if row.recipient else ""
        practice = row.practice.name if row.practice else ""
        way = word(LETTER_WAYS, ways.get(row.id, "")).lower() if row.id in ways else ""
        gone = _("withdrawn") if row.withdrawn_on else ""
        yield _line("letter", row, row.written_on, title, joined(gone, whom, practice, way))


SOURCES = (_vouchers, _contacts, _appointments, _intakes, _enrolments, _aftercare, _worries, _closings, _letters)


def latest_marks(person_id: int, voucher_id: int | None = None) -> Intake | Aftercare | None:
    """The newest talk in which marks were given; of one day, the one three months on."""
    talks = [talk for model in (Aftercare, Intake) if (talk := _marked(model, person_id, voucher_id)) is not None]
    return max(talks, key=lambda talk: talk.held_on, default=None)


def _marked(
    model: type[Intake] | type[Aftercare], person_id: int, voucher_id: int | None
) -> Intake | Aftercare | None:
    given = reduce(or_, [getattr(model, mark).is_null(False) for mark in MARKS])
    rows = model.select().where((model.person == person_id) & given)
    if voucher_id is not None:
        rows = rows.where(model.voucher == voucher_id)
    found: Intake | Aftercare | None = rows.order_by(model.held_on.desc(), model.id.desc()).first()
    return found
