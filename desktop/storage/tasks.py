"""What is to be done, from all open cases at once: few queries however many cases. Must not know the sentences."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import peewee

from desktop import clock
from desktop.language import _
from desktop.rules.breaches import report_before, still_to_report
from desktop.rules.codes import DESTINATIONS, word
from desktop.rules.letters_due import SIGNAL, LetterFacts, due_moments
from desktop.rules.names import Name
from desktop.rules.script import Referrer, short_practice
from desktop.rules.staff import COORDINATOR, OFFICE, Member
from desktop.rules.status import Attempt, CaseFacts, Enrolled, Planned, Talk
from desktop.rules.tasks import (
    AHEAD,
    EXPIRES_WITHIN,
    TALK_AHEAD,
    Joined,
    LettersDue,
    OpenCase,
    Sign,
    Task,
    Visit,
    batch_task,
    breach_task,
    count_late,
    in_order,
    letters_task,
    practice_talk_task,
    request_task,
    retention_task,
    returned_task,
    tasks_of,
)
from desktop.storage.batches import waiting_batches
from desktop.storage.breaches import open_breaches
from desktop.storage.database import query
from desktop.storage.letters_due import letter_facts
from desktop.storage.models import (
    Activity,
    Aftercare,
    Appointment,
    Closing,
    Consent,
    Contact,
    ContactAttempt,
    Enrolment,
    Intake,
    Letter,
    LetterMoment,
    Person,
    Postponement,
    Practice,
    Reason,
    Voucher,
    VoucherReason,
    Worry,
)
from desktop.storage.people import erased
from desktop.storage.places import waiting_lines
from desktop.storage.practice_talks import next_talks
from desktop.storage.requests import open_requests
from desktop.storage.retention import next_list_on
from desktop.storage.returned_post import returned_by_practice
from desktop.storage.vouchers import terms

LETTERS_AHEAD = timedelta(days=2)
REQUESTS_AHEAD = 100  # days: a request stands there from the day it came in
CLOSED_LATELY = timedelta(days=90)
MOST_AT_ONCE = 10_000  # values in one query; the engine takes 32,766
EARLY = ("received", "contacting")
OPEN = ("received", "contacting", "intake_planned", "intake_held", "placing", "participating", "aftercare")
PERSON = (
    Person.id,
    Person.form_of_address,
    Person.initials,
    Person.first_name,
    Person.tussenvoegsel,
    Person.surname,
    Person.birth_name,
    Person.phone,
    Person.phone2,
    Person.best_time,
    Person.informed_on,
)
CONTACT = (
    Contact.id,
    Contact.role,
    Contact.form_of_address,
    Contact.initials,
    Contact.first_name,
    Contact.tussenvoegsel,
    Contact.surname,
)
CASE = (
    Voucher.id,
    Voucher.person,
    Voucher.practice,
    Voucher.referrer,
    Voucher.referrer_kind,
    Voucher.referrer_name,
    Voucher.number,
    Voucher.received_on,
    Voucher.warm,
    Voucher.valid_until,
    Voucher.status,
)
OWING = (
    Voucher.id,
    Voucher.person,
    Voucher.practice,
    Voucher.report_to,
    Voucher.report_back,
    Voucher.referrer_kind,
    Voucher.channel,
    Voucher.dated_on,
    Voucher.received_on,
)
"""Only what a row says: making whole records of hundreds of cases costs more than the queries."""
MET = ("intake_held", "placing", "participating", "aftercare")


@dataclass
class _Deeds:
    """The deeds of many cases, by voucher."""

    attempts: dict[int, list[ContactAttempt]] = field(default_factory=lambda: defaultdict(list))
    visits: dict[int, list[Appointment]] = field(default_factory=lambda: defaultdict(list))
    intakes: dict[int, list[Intake]] = field(default_factory=lambda: defaultdict(list))
    aftercare: dict[int, list[Aftercare]] = field(default_factory=lambda: defaultdict(list))
    enrolments: dict[int, list[Enrolment]] = field(default_factory=lambda: defaultdict(list))
    worries: dict[int, list[Worry]] = field(default_factory=lambda: defaultdict(list))
    reasons: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    to_ask: set[int] = field(default_factory=set)  # persons
    places: dict[int, bool] = field(default_factory=dict)  # enrolments: whether a place is free for who waits


@query(may=OFFICE)
def list_tasks(by: Member, today: date, mine: bool = False) -> list[Task]:
    """Everything to do now, in the order in which it should be done."""
    vouchers = list(_in_reach(today, by.id if mine else None))
    deeds = _deeds_of([voucher.id for voucher in vouchers])
    by_terms = terms()
    postponed = _postponed(today)
    found = [
        task
        for voucher in vouchers
        for task in tasks_of(_open_case(voucher, deeds), by_terms, today)
        if (task.kind, task.voucher_id) not in postponed
    ]
    if (due := letters_due(today, by.id if mine else None)) is not None:
        found.append(letters_task(due))
    found += _returned_post(by.id if mine else None)
    found += _practice_talks(today, by.id if mine else None)
    found += [batch_task(each.id, each.letters, clock.local(each.started_at).date()) for each in waiting_batches()]
    if by.may(COORDINATOR):
        found += _of_the_law(today)
    return in_order(found, today)


def _practice_talks(today: date, staff: int | None) -> list[Task]:
    """Practices to which a talk was promised, from a week before."""
    return [
        practice_talk_task(
            each.practice.id,
            each.practice.name,
            each.practice.phone,
            each.talk.with_whom,
            each.talk.held_on,
            each.talk.next_on,
        )
        for each in next_talks(today + TALK_AHEAD, staff)
    ]


def _returned_post(coach: int | None) -> list[Task]:
    """Practices of which a letter came back and nobody looked at the address yet."""
    return [
        returned_task(practice.id, practice.name, practice.phone, days)
        for practice, days in returned_by_practice(coach)
    ]


def _of_the_law(today: date) -> list[Task]:
    """Requests to answer, breaches to report, the yearly list: for who is responsible for the data."""
    found = [
        request_task(each.id, each.kind, each.person.known_as if each.person_id else None, each.answer_by)
        for each in open_requests(today + timedelta(days=REQUESTS_AHEAD))
    ]
    for breach in open_breaches():
        before = clock.local(report_before(breach.noticed_at))
        to_report = still_to_report(breach.to_authority, breach.authority_at is not None)
        found.append(breach_task(breach.id, before, to_report, today))
    listed_on = next_list_on(today)
    if listed_on is not None and listed_on <= today:
        found.append(retention_task(listed_on))
    return found


@query(may=OFFICE)
def count_tasks(by: Member, today: date, mine: bool = False) -> tuple[int, int]:
    """How many tasks there are, and how many of them are late."""
    tasks = list_tasks(by, today, mine)
    return len(tasks), count_late(tasks, today)


def case_of(voucher: Voucher) -> OpenCase:
    """One case as the tasks and the next step are made of it."""
    return _open_case(voucher, _deeds_of([voucher.id]))


def letters_due(today: date, coach: int | None = None) -> LettersDue | None:
    """Which practices wait for a letter that may be written now."""
    vouchers = list(_owing(today, coach))
    facts: dict[int, LetterFacts] = {}
    for batch in peewee.chunked(vouchers, MOST_AT_ONCE):
        facts |= letter_facts(batch)
    waiting: dict[str, date] = {}
    for voucher in vouchers:
        for due in due_moments(facts[voucher.id], today):
            if not due.why_not and due.due_on <= today + LETTERS_AHEAD and voucher.practice is not None:
                name = short_practice(voucher.practice.name)
                waiting[name] = min(due.due_on, waiting.get(name, due.due_on))
    if not waiting:
        return None
    return LettersDue(tuple(sorted(waiting, key=lambda name: (waiting[name], name))), min(waiting.values()))


# ---- which cases


def _in_reach(today: date, coach: int | None) -> Any:
    """Open cases of which anything can be due: the due date, a worry, a question to ask, a voucher running out."""
    reach = today + timedelta(days=AHEAD)
    worried = Worry.select(Worry.voucher).where(Worry.done_on.is_null())
    seen = Appointment.select(Appointment.voucher).where(
        (Appointment.state == "planned") & (Appointment.starts_at < (today + timedelta(days=1)).isoformat())
    )
    asked = Voucher.status.in_(MET) & (Person.informed_on.is_null() | Voucher.person.in_(_unanswered()))
    early = Voucher.status.in_(EARLY) & (Voucher.valid_until <= today + timedelta(days=EXPIRES_WITHIN))
    reachable = (Voucher.due_on <= reach) | early | asked | Voucher.id.in_(seen)
    open_cases = (Voucher.status.in_(OPEN) & reachable) | Voucher.id.in_(worried)
    rows = (
        Voucher.select(*CASE, *PERSON, Practice.id, Practice.name, Practice.phone, *CONTACT)
        .join(Person)
        .switch(Voucher)
        .join(Practice, peewee.JOIN.LEFT_OUTER)
        .switch(Voucher)
        .join(Contact, peewee.JOIN.LEFT_OUTER, on=(Voucher.referrer == Contact.id), attr="referrer")
        .where(open_cases & Person.erased_on.is_null())
    )
    return rows.where(_hers(coach)) if coach is not None else rows


def _hers(coach: int) -> Any:
    """A coach's own cases, those she stands in for, and those nobody has."""
    return (Voucher.coach == coach) | (Voucher.substitute == coach) | Voucher.coach.is_null()


def _unanswered() -> Any:
    """Persons whose newest answer about reporting back is "still to ask"."""
    later = Consent.alias()
    newer = later.select(peewee.SQL("1")).where(
        (later.person == Consent.person) & (later.purpose == "report_back") & (later.id > Consent.id)
    )
    return Consent.select(Consent.person).where(
        (Consent.purpose == "report_back") & (Consent.answer == "ask") & ~peewee.fn.EXISTS(newer)
    )


def _owing(today: date, coach: int | None) -> Any:
    """Cases that may owe a letter: about arrival, intake, the first months or the end, or about a worry."""
    limit = today + LETTERS_AHEAD
    written = (
        LetterMoment.select(LetterMoment.id)
        .join(Letter)
        .where((Letter.voucher == Voucher.id) & Letter.withdrawn_on.is_null() & (LetterMoment.moment != SIGNAL))
    )
    of_intake = written.where(LetterMoment.moment != "arrived")
    of_progress = written.where(LetterMoment.moment.in_(("progress", "closing", "declined")))
    of_ending = written.where(LetterMoment.moment.in_(("closing", "declined")))
    talked = Intake.select(Intake.voucher).where(Intake.held_on <= limit - timedelta(days=5))
    ended = Closing.select(Closing.voucher).where(
        Closing.reopened_on.is_null() & (Closing.closed_on >= today - CLOSED_LATELY)
    )
    is_open = Voucher.status.in_(OPEN)
    regular = Voucher.report_back & (
        (is_open & (Voucher.dated_on <= limit - timedelta(days=7)) & ~peewee.fn.EXISTS(written))
        | (is_open & Voucher.id.in_(talked) & ~peewee.fn.EXISTS(of_intake))
        | (is_open & Voucher.id.in_(_months_on(today)) & ~peewee.fn.EXISTS(of_progress))
        | (Voucher.id.in_(ended) & ~peewee.fn.EXISTS(of_ending))
    )
    worried = Worry.select(Worry.voucher).where(Worry.done_on.is_null())
    rows = (
        Voucher.select(*OWING, Practice.id, Practice.name)
        .join(Practice)
        .where((regular | Voucher.id.in_(worried)) & Voucher.person.not_in(erased()))
    )
    return rows.where(_hers(coach)) if coach is not None else rows


def _months_on(today: date) -> Any:
    """Cases with an aftercare talk, or begun so long ago that there may be progress to tell: rather too many."""
    long_ago = today - timedelta(days=28 * terms().aftercare_after)
    talks = Aftercare.select(Aftercare.voucher)
    begun = Enrolment.select(Enrolment.voucher).where(
        (Enrolment.first_attended_on <= long_ago) | (Enrolment.start_on <= long_ago)
    )
    return talks.union_all(begun)


def _postponed(today: date) -> set[tuple[str, int]]:
    rows = Postponement.select(Postponement.task, Postponement.voucher).where(Postponement.until > today).tuples()
    return {(row[0], row[1]) for row in rows}


# ---- their deeds


def _deeds_of(ids: Sequence[int]) -> _Deeds:
    deeds = _Deeds()
    for batch in peewee.chunked(ids, MOST_AT_ONCE):
        _gather(deeds, batch)
    return deeds


def _gather(deeds: _Deeds, ids: Sequence[int]) -> None:
    attempts = ContactAttempt.select(
        ContactAttempt.voucher,
        ContactAttempt.at,
        ContactAttempt.outcome,
        ContactAttempt.direction,
        ContactAttempt.way,
        ContactAttempt.call_back_on,
        ContactAttempt.call_back_at,
    )
    for attempt in attempts.where(ContactAttempt.voucher.in_(ids)).order_by(ContactAttempt.at, ContactAttempt.id):
        deeds.attempts[attempt.voucher_id].append(attempt)
    for visit in Appointment.select().where(Appointment.voucher.in_(ids)).order_by(Appointment.starts_at):
        deeds.visits[visit.voucher_id].append(visit)
    talks = Intake.select(Intake.voucher, Intake.held_on, Intake.one_talk_enough, Intake.wishes)
    for intake in talks.where(Intake.voucher.in_(ids)).order_by(Intake.held_on):
        deeds.intakes[intake.voucher_id].append(intake)
    later = Aftercare.select(Aftercare.id, Aftercare.voucher, Aftercare.held_on, Aftercare.outcome)
    for talk in later.where(Aftercare.voucher.in_(ids)).order_by(Aftercare.held_on, Aftercare.id):
        deeds.aftercare[talk.voucher_id].append(talk)
    enrolments = Enrolment.select(
        Enrolment.id,
        Enrolment.voucher,
        Enrolment.activity,
        Enrolment.destination,
        Enrolment.destination_name,
        Enrolment.state,
        Enrolment.enrolled_on,
        Enrolment.start_on,
        Enrolment.first_attended_on,
        Activity.id,
        Activity.title,
        Activity.status,
        Activity.capacity,
    ).join(Activity, peewee.JOIN.LEFT_OUTER)
    for enrolment in enrolments.where(Enrolment.voucher.in_(ids)).order_by(Enrolment.enrolled_on):
        deeds.enrolments[enrolment.voucher_id].append(enrolment)
    for worry in Worry.select().where(Worry.voucher.in_(ids) & Worry.done_on.is_null()):
        deeds.worries[worry.voucher_id].append(worry)
    reasons = VoucherReason.select(VoucherReason.voucher, Reason.name).join(Reason).order_by(Reason.position)
    for voucher_id, name in reasons.where(VoucherReason.voucher.in_(ids)).tuples():
        deeds.reasons[voucher_id].append(name)
    deeds.to_ask |= {row[0] for row in _unanswered().tuples()}
    deeds.places |= _places(deeds)


def _places(deeds: _Deeds) -> dict[int, bool]:
    """For those who wait: whether a place is free for them, whose turn it is."""
    waited = [each.activity_id for rows in deeds.enrolments.values() for each in rows if each.state == "waiting"]
    return {each.enrolment_id: each.has_place for each in waiting_lines(filter(None, waited)).values()}


def _open_case(voucher: Voucher, deeds: _Deeds) -> OpenCase:
    person = voucher.person
    attempts, intakes = deeds.attempts[voucher.id], deeds.intakes[voucher.id]
    latest = attempts[-1] if attempts else None
    return OpenCase(
        voucher_id=voucher.id,
        person_id=person.id,
        name=person.known_as,
        facts=_facts(voucher, deeds),
        phone=person.phone or person.phone2,
        practice_phone=voucher.practice.phone if voucher.practice is not None else "",
        best_time=person.best_time,
        referrer=referrer_of(voucher),
        number=voucher.number,
        reasons=tuple(deeds.reasons[voucher.id]),
        wishes=intakes[-1].wishes if intakes else "",
        visits=tuple(_visit(each) for each in deeds.visits[voucher.id] if each.state == "planned"),
        joined=tuple(_joined(each, deeds) for each in deeds.enrolments[voucher.id] if each.state != "stopped"),
        signs=tuple(
            Sign(each.id, each.kind, each.noticed_on, each.called_at is not None) for each in deeds.worries[voucher.id]
        ),
        valid_until=voucher.valid_until,
        call_back_at=latest.call_back_at if latest else None,
        asks_consent=person.id in deeds.to_ask,
        informed=person.informed_on is not None,
    )


def referrer_of(voucher: Voucher) -> Referrer:
    """Who asked us to call, as the sentences want it."""
    contact = voucher.referrer
    name: Name | None = contact.known_as if contact is not None else None
    return Referrer(
        kind=contact.role if contact is not None else voucher.referrer_kind,
        name=name,
        written=voucher.referrer_name,
        practice=voucher.practice.name if voucher.practice is not None else "",
    )


def destination_of(enrolment: Enrolment) -> str:
    """Where someone was signed up, in words."""
    if enrolment.activity is not None:
        return str(enrolment.activity.title)
    return str(enrolment.destination_name or word(DESTINATIONS, enrolment.destination) or _("an activity"))


def _facts(voucher: Voucher, deeds: _Deeds) -> CaseFacts:
    visits = deeds.visits[voucher.id]
    intakes = deeds.intakes[voucher.id]
    return CaseFacts(
        received_on=voucher.received_on,
        warm=voucher.warm,
        attempts=tuple(
            Attempt(clock.local(each.at).date(), each.outcome, each.direction, each.call_back_on, each.way)
            for each in deeds.attempts[voucher.id]
        ),
        planned=tuple(Planned(each.starts_at.date(), each.kind) for each in visits if each.state == "planned"),
        aftercare=tuple(Talk(each.held_on, each.outcome) for each in deeds.aftercare[voucher.id]),
        intakes=tuple(each.held_on for each in intakes),
        one_talk_enough=any(each.one_talk_enough for each in intakes),
        enrolments=tuple(
            Enrolled(each.state, each.enrolled_on, each.start_on, each.first_attended_on)
            for each in deeds.enrolments[voucher.id]
        ),
        closed_on=clock.today() if voucher.status == "closed" else None,
    )


def _visit(row: Appointment) -> Visit:
    return Visit(row.id, row.kind, row.starts_at, row.place, row.address, row.warm)


def _joined(row: Enrolment, deeds: _Deeds) -> Joined:
    free = deeds.places.get(row.id, False)
    return Joined(row.id, destination_of(row), row.state, row.enrolled_on, row.start_on, row.first_attended_on, free)
