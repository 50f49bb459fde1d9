"""Cases as they are recorded, read once for any number of vouchers. Must not know what is made of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

import peewee

from desktop import clock
from desktop.language import _
from desktop.rules.cases import (
    Attempt,
    Case,
    Ending,
    FirstTalk,
    Joined,
    Office,
    Participant,
    Pause,
    Settled,
    Sign,
    Talk,
    Visit,
    Word,
    as_told,
)
from desktop.rules.codes import DESTINATIONS, MARKS, word
from desktop.rules.names import Name, full
from desktop.rules.places import Waiting
from desktop.storage.addressees import addressees, merged_practices, standing_in
from desktop.storage.consents import answers_of
from desktop.storage.database import among
from desktop.storage.models import (
    Activity,
    Aftercare,
    Appointment,
    Closing,
    Contact,
    ContactAttempt,
    Dispatch,
    Enrolment,
    Hold,
    Intake,
    Letter,
    LetterMoment,
    Person,
    Practice,
    Reason,
    ReturnedPost,
    Staff,
    Voucher,
    VoucherReason,
    Worry,
)
from desktop.storage.places import waiting_lines

AT_ONCE = 3_000  # vouchers whose deeds are asked in one go
LEFT = peewee.JOIN.LEFT_OUTER
Rows = dict[int, list[Any]]


@dataclass(frozen=True)
class Sending:
    """On which day a letter went, and by which way."""

    on: date
    way: str


def read_cases(voucher_ids: Iterable[int]) -> dict[int, Case]:
    """Per voucher its case, in the order asked; the number of queries does not depend on how many they are."""
    found: dict[int, Case] = {}
    for batch in peewee.chunked(dict.fromkeys(voucher_ids), AT_ONCE):
        found |= _read(list(batch))
    return found


def read_case(voucher_id: int) -> Case:
    """One case; a voucher that is gone is Refused."""
    cases = read_cases([voucher_id])
    if voucher_id not in cases:
        Voucher.get_one(voucher_id)
    return cases[voucher_id]


def cases_of(person_id: int) -> list[Case]:
    """Every case of a person, the oldest first."""
    ids = Voucher.select(Voucher.id).where(Voucher.person == person_id).order_by(Voucher.received_on, Voucher.id)
    return list(read_cases([row[0] for row in ids.tuples()]).values())


def destination_of(enrolment: Enrolment) -> str:
    """Where someone was signed up, as staff call it."""
    if enrolment.activity is not None:
        return str(enrolment.activity.title)
    return destination_words(enrolment.destination, enrolment.destination_name)


def destination_words(code: str, name: str) -> str:
    """A destination outside the catalogue: its own name, else what kind it is."""
    return name or word(DESTINATIONS, code) or _("an activity")


def _read(ids: list[int]) -> dict[int, Case]:
    attempts, visits, intakes, talks = _attempts(ids), _visits(ids), _intakes(ids), _talks(ids)
    joined, signs, endings, pauses = _joined(ids), _signs(ids), _endings(ids), _pauses(ids)
    answers, words, reasons = answers_of(ids), _words(ids), _reasons(ids)
    whom, found = addressees(ids), {}
    for row in _vouchers(ids):
        at = row["id"]
        found[at] = Case(
            **row,
            addressee_id=whom.get(at),
            attempts=tuple(attempts[at]),
            visits=tuple(visits.get(at, ())),
            intakes=tuple(intakes[at]),
            joined=tuple(joined[at]),
            talks=tuple(talks[at]),
            signs=tuple(signs[at]),
            endings=tuple(endings[at]),
            pauses=tuple(pauses[at]),
            answers=answers[at],
            words=tuple(words[at]),
            reasons=tuple(reasons[at]),
        )
    return {at: found[at] for at in ids if at in found}


# ---- the voucher with its person, practice and referrer

PLAIN = (
    *("id", "number", "channel", "their_reference", "referrer_kind", "referrer_name", "report_back", "valid_until"),
    *("dated_on", "received_on", "warm", "status", "outcome"),
)
LINKED = ("referrer", "report_to", "coach", "substitute")
PERSON = (
    *("id", "phone", "phone2", "best_time", "comes_by", "email", "street", "number", "postcode", "town", "country"),
    *("voicemail", "birth_date", "informed_on", "deceased_on"),
)
NAME = ("form_of_address", "initials", "first_name", "tussenvoegsel", "surname", "birth_name")
PRACTICE = ("id", "name", "kind", "phone", "active", "progress_weeks")


def _fields(model: Any, names: Sequence[str]) -> list[Any]:
    return [getattr(model, name) for name in names]


def _vouchers(ids: list[int]) -> Iterator[dict[str, Any]]:
    rows = (
        Voucher.select(
            *_fields(Voucher, PLAIN),
            *_fields(Voucher, LINKED),
            *_fields(Person, PERSON),
            *_fields(Person, NAME),
            Person.contact_by,
            Person.own_practice,
            *_fields(Practice, PRACTICE),
            Practice.letter_moments,
            Contact.role,
            *_fields(Contact, NAME[:-1]),
        )
        .join(Person)
        .switch(Voucher)
        .join(Practice, LEFT)
        .switch(Voucher)
        .join(Contact, LEFT, on=(Voucher.referrer == Contact.id))
        .where(Voucher.id.in_(among(ids)))
        .tuples()
    )
    for row in rows:
        taken = iter(row)

        def next_of(names: Sequence[str], taken: Iterator[Any] = taken) -> dict[str, Any]:
            return {name: next(taken) for name in names}

        plain = next_of(PLAIN)
        linked = {f"{name}_id": value for name, value in next_of(LINKED).items()}
        person, name = next_of(PERSON), Name(**next_of(NAME))
        ways, own = next(taken), next(taken)
        practice, moments = next_of(PRACTICE), next(taken)
        role, referrer = next(taken), next_of(NAME[:-1])
        yield {
            **plain,
            **linked,
            "person": Participant(**person, name=name, contact_by=tuple(ways.split()), own_practice_id=own),
            "practice": Office(**practice, moments=tuple(moments.split())) if practice["id"] is not None else None,
            "referrer": Name(**referrer) if role is not None else None,
            "referrer_role": role or "",
        }


# ---- its deeds


def _by_voucher(rows: Iterable[tuple[int, Any]]) -> Rows:
    found: Rows = defaultdict(list)
    for voucher_id, deed in rows:
        found[voucher_id].append(deed)
    return found


def _deeds(ids: list[int], kind: Callable[..., Any], model: Any, order: Any, names: dict[str, Any]) -> Rows:
    """Deeds of one kind, each made of these columns."""
    rows = model.select(model.voucher, *names.values()).where(model.voucher.in_(among(ids)))
    ordered = rows.order_by(order, model.id).tuples()
    return _by_voucher((row[0], kind(**dict(zip(names, row[1:], strict=True)))) for row in ordered)


def _same(model: Any, *names: str) -> dict[str, Any]:
    """Columns that are called the same in a case; every deed has its id and its note."""
    return {name: getattr(model, name) for name in ("id", "note", *names)}


def _attempts(ids: list[int]) -> Rows:
    names = _same(ContactAttempt, "at", "outcome", "direction", "way", "call_back_on", "call_back_at")
    names |= {"staff_id": ContactAttempt.staff}
    return _deeds(ids, _attempt, ContactAttempt, ContactAttempt.at, names)


def _attempt(at: datetime, **more: Any) -> Attempt:
    here = clock.local(at)
    return Attempt(on=here.date(), at=here, **more)


def _visits(ids: list[int]) -> Rows:
    names = _same(Appointment, "starts_at", "kind", "state", "place", "address", "warm")
    names |= {"coach_id": Appointment.coach, "enrolment_id": Appointment.enrolment, "ended_by_id": Appointment.ended_by}
    visits = _deeds(ids, Visit, Appointment, Appointment.starts_at, names)
    coaches = {visit.coach_id for found in visits.values() for visit in found if visit.coach_id is not None}
    called = dict(Staff.select(Staff.id, Staff.name).where(Staff.id.in_(among(sorted(coaches)))).tuples())
    return {at: [replace(each, coach=called.get(each.coach_id, "")) for each in found] for at, found in visits.items()}


def _intakes(ids: list[int]) -> Rows:
    names = _same(Intake, "one_talk_enough", "place", "wishes", "goals", "agreed", "gp_contacts", "warm", *MARKS)
    names |= {"on": Intake.held_on, "appointment_id": Intake.appointment}
    return _deeds(ids, partial(_with_marks, FirstTalk), Intake, Intake.held_on, names)


def _talks(ids: list[int]) -> Rows:
    names = _same(Aftercare, "outcome", "place", "stop_reason", "satisfaction", "gp_contacts", *MARKS)
    names |= {"on": Aftercare.held_on, "appointment_id": Aftercare.appointment}
    return _deeds(ids, partial(_with_marks, Talk), Aftercare, Aftercare.held_on, names)


def _with_marks(kind: Callable[..., Any], **values: Any) -> Any:
    """The six marks go into one value."""
    return kind(marks=tuple(values.pop(name) for name in MARKS), **values)


def _signs(ids: list[int]) -> Rows:
    names = _same(Worry, "kind", "noticed_on", "called_at", "reached", "done_on")
    names |= {"called_practice_id": Worry.called_practice, "step": Worry.meldcode_step}
    return _deeds(ids, Sign, Worry, Worry.noticed_on, names)


def _endings(ids: list[int]) -> Rows:
    names = _same(Closing, "closed_on", "outcome", "reason", "passed_on_to", "reopened_on", "reopened_why")
    return _deeds(ids, Ending, Closing, Closing.closed_on, names)


def _pauses(ids: list[int]) -> Rows:
    names = _same(Hold, "from_on", "until_on", "reason", "ended_on")
    return _deeds(ids, Pause, Hold, Hold.from_on, names | {"ended_by_id": Hold.ended_by})


def _reasons(ids: list[int]) -> Rows:
    rows = VoucherReason.select(VoucherReason.voucher, Reason.name).join(Reason)
    return _by_voucher(rows.where(VoucherReason.voucher.in_(among(ids))).order_by(Reason.position).tuples())


# ---- where they were signed up


def _joined(ids: list[int]) -> Rows:
    each = Enrolment
    rows = list(
        each.select(
            *(each.voucher, each.id, each.note, each.state, each.enrolled_on, each.start_on, each.first_attended_on),
            *(each.stopped_on, each.stop_reason, each.destination, each.destination_name, each.accompanied),
            *(each.times_present, each.times_held, each.first_known_by, each.offered_on, each.offer_until),
            *(each.ended_by, each.ended_in, each.next_step, each.activity),
            *(Activity.title, Activity.letter_name, Activity.status),
        )
        .join(Activity, LEFT)
        .where(each.voucher.in_(among(ids)))
        .order_by(each.enrolled_on, each.id)
        .tuples()
    )
    lines = waiting_lines(row[20] for row in rows if row[3] == "waiting" and row[20] is not None)
    return _by_voucher((row[0], _joined_of(row, lines.get(row[1]))) for row in rows)


def _joined_of(row: tuple[Any, ...], waiting: Waiting | None) -> Joined:
    activity_id, title, letter_name, status = row[20:]
    outside = row[9] if activity_id is None else ""
    state, enrolled_on, start_on, first_on, stopped_on, stop_reason = row[3:9]
    return Joined(
        state,
        enrolled_on,
        start_on,
        first_on,
        stopped_on,
        stop_reason,
        title=title if activity_id is not None else destination_words(row[9], row[10]),
        name=letter_name or "",
        outside=outside,
        accompanied=row[11],
        present=row[12],
        held=row[13],
        known_by=row[14],
        offered_on=row[15],
        offer_until=row[16],
        ended_by_id=row[17],
        ended_in_id=row[18],
        next_step=row[19],
        waits_since=waiting.since if waiting is not None else None,
        position=waiting.position if waiting is not None else 0,
        has_place=waiting is not None and waiting.has_place,
        activity_id=activity_id,
        activity_status=status or "",
        note=row[2],
        id=row[1],
    )


# ---- its letters, without a word of their text


def _words(ids: list[int]) -> Rows:
    each = Letter
    rows = list(
        each.select(
            *(each.id, each.voucher, each.moment, each.state, each.written_on, each.practice, each.recipient),
            *(each.recipient_key, each.withdrawn_on, each.subject, each.worry, each.ground, each.corrects),
            *(each.follows, each.copy_of, each.promised_on, each.promised_sooner, each.mixed_up, each.going_on),
            Practice.name,
            *_fields(Contact, NAME[:-1]),
        )
        .join(Practice, LEFT)
        .switch(each)
        .join(Contact, LEFT)
        .where(each.voucher.in_(among(ids)))
        .order_by(each.id)
        .tuples()
    )
    letters, merged = [row[0] for row in rows], merged_practices()
    settled, sent = _settled(letters), sendings(letters)
    words = ((row[1], _word(row, settled, sent)) for row in rows)
    return _by_voucher((at, replace(each, practice_id=standing_in(merged, each.practice_id))) for at, each in words)


def _word(row: tuple[Any, ...], settled: Rows, sent: Mapping[int, Sending]) -> Word:
    sending = sent.get(row[0])
    names = ("practice_id", "recipient_id", "recipient_key", "withdrawn_on", "subject", "worry_id", "ground",
             "corrects_id", "follows_id", "copy_of_id", "promised_on", "promised_sooner", "mixed_up")  # fmt: skip
    more: dict[str, Any] = dict(zip(names, row[5:18], strict=True)) | {"going_on": as_told(row[18])}
    return Word(
        row[2],
        row[3],
        row[4],
        **more,
        practice=row[19] or "",
        recipient=full(Name(*row[20:25])) if row[6] is not None else "",
        way=sending.way if sending is not None else "",
        sent_on=sending.on if sending is not None else None,
        settles=tuple(settled[row[0]]),
        id=row[0],
    )


def _settled(letters: list[int]) -> Rows:
    each = LetterMoment
    rows = each.select(each.letter, each.moment, each.subject, each.said).where(each.letter.in_(among(letters)))
    return _by_voucher((row[0], Settled(*row[1:])) for row in rows.order_by(each.id).tuples())


def sendings(letters: Sequence[int]) -> dict[int, Sending]:
    """Per letter its first sending that staff confirmed; one that came back is none."""
    back = ReturnedPost.select(ReturnedPost.dispatch).where(ReturnedPost.dispatch.is_null(False))
    rows = Dispatch.select(Dispatch.letter, Dispatch.sent_at, Dispatch.way).where(
        Dispatch.letter.in_(among(letters)) & Dispatch.confirmed_at.is_null(False) & Dispatch.id.not_in(back)
    )
    newest_first = rows.order_by(Dispatch.sent_at.desc(), Dispatch.id.desc()).tuples()
    return {letter: Sending(clock.local(at).date(), way) for letter, at, way in newest_first}
