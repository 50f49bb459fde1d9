"""Named queries about feedback letters, and the facts of a case as the letter rules want them."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import peewee

from desktop import clock
from desktop.rules.codes import STATUSES
from desktop.rules.letterfields import CoreFacts, Joined
from desktop.rules.letters import LetterContent, from_json
from desktop.rules.letters_due import ENDINGS, UNREFERRED, DueMoment, LetterFacts, due_moments
from desktop.rules.staff import OFFICE, Member
from desktop.rules.status import days_tried
from desktop.storage import search
from desktop.storage.changes import Change, kind_of
from desktop.storage.database import query
from desktop.storage.models import (
    Activity,
    Appointment,
    Closing,
    Consent,
    Contact,
    Dispatch,
    Enrolment,
    Intake,
    Letter,
    LetterMoment,
    LetterPdf,
    Organisation,
    Person,
    Practice,
    Reason,
    Staff,
    Voucher,
    VoucherReason,
)
from desktop.storage.vouchers import facts_of, terms

LOOK_BACK = timedelta(days=365)  # a case closed longer ago is no longer brought up by itself
CHUNK = 500
OPEN = [status for status in STATUSES if status != "closed"]  # named one by one, so that the index serves
SHOWN = (
    Voucher.id,
    Voucher.person,
    Voucher.number,
    Voucher.practice,
    Voucher.report_to,
    Voucher.dated_on,
    Voucher.received_on,
    Voucher.referrer_kind,
    Voucher.channel,
    Voucher.report_back,
    Voucher.status,
    Voucher.coach,
    Voucher.substitute,
    Person.id,
    Person.form_of_address,
    Person.initials,
    Person.first_name,
    Person.tussenvoegsel,
    Person.surname,
    Person.birth_name,
    Practice.id,
    Practice.name,
)


MOVED_WITH = ("person_id", "practice_id", "recipient_id", "recipient_key")


@dataclass(frozen=True)
class Owed:
    """A letter that a case owes, with the case (person and practice filled in)."""

    voucher: Voucher
    due: DueMoment


@dataclass(frozen=True)
class Route:
    """To whom a case is reported: a practice, and somebody there or nobody by name."""

    practice: Practice
    contact: Contact | None

    @property
    def key(self) -> str:
        return f"{self.practice.id}-{self.contact.id if self.contact else 0}"


def sent_by_action(audit_id: int) -> bool:
    """Whether this action sent a letter, or wrote one that has been sent; only moving one to its person is neither."""
    touched = Change.select(Change.row).where(
        (Change.audit == audit_id) & (Change.table == kind_of(Letter)) & ~_only_moved()
    )
    letters = {row[0] for row in touched.tuples()}
    return any(row[0] == "sent" for row in Letter.select(Letter.state).where(Letter.id.in_(letters)).tuples())


def _only_moved() -> Any:
    """The changes of letters that went along when persons or practices were merged."""
    rest = peewee.fn.json_remove(Change.after, *(f"$.{column}" for column in MOVED_WITH))
    return peewee.fn.coalesce(rest, "") == "{}"


# ---- lists


@query(may=OFFICE)
def list_letters_due(by: Member, today: date, coach: int | None = None) -> list[Owed]:
    """Every letter owed in all cases, the one longest due first; those that may not be written say why not."""
    found = []
    for vouchers in peewee.chunked(_may_owe(today, coach), CHUNK):
        facts = letter_facts(vouchers)
        found += [Owed(voucher, due) for voucher in vouchers for due in due_moments(facts[voucher.id], today)]
    return sorted(found, key=lambda owed: (bool(owed.due.why_not), owed.due.due_on, owed.voucher.id))


@query(may=OFFICE)
def list_letters(by: Member, state: str, text: str = "", most: int = 200) -> list[Letter]:
    """The newest letters in this state with person, practice and recipient filled in; withdrawn ones left out."""
    letters = _filled().where((Letter.state == state) & Letter.withdrawn_on.is_null())
    if text.strip():
        people = [row for _kind, row in search.find(text, "person", 500)]
        practices = [row for _kind, row in search.find(text, "practice", 100)]
        letters = letters.where(Letter.person.in_(people) | Letter.practice.in_(practices))
    return list(letters.order_by(Letter.written_on.desc(), Letter.id.desc()).limit(most))


@query(may=OFFICE)
def count_letters(by: Member, state: str) -> int:
    return int(Letter.select().where((Letter.state == state) & Letter.withdrawn_on.is_null()).count())


@query(may=OFFICE)
def list_case_letters(by: Member, voucher_id: int) -> list[Letter]:
    """Every letter of a case, withdrawn ones too, oldest first."""
    return list(_filled().where(Letter.voucher == voucher_id).order_by(Letter.id))


@query(may=OFFICE)
def due_of_case(by: Member, voucher_id: int, today: date) -> tuple[DueMoment, ...]:
    """What this one case owes."""
    voucher = Voucher.get_one(voucher_id)
    return due_moments(letter_facts([voucher])[voucher.id], today)


@query(may=OFFICE)
def list_dispatches(by: Member, letter_id: int) -> list[Dispatch]:
    """How a letter went out, newest first; unconfirmed ones too."""
    return list(Dispatch.select().where(Dispatch.letter == letter_id).order_by(Dispatch.id.desc()))


@query(may=OFFICE)
def list_waiting(by: Member) -> list[int]:
    """The letters that were handed out without anybody confirming that they went."""
    handed = Dispatch.select(Dispatch.letter).join(Letter)
    rows = handed.where((Letter.state == "fixed") & Letter.withdrawn_on.is_null() & Dispatch.confirmed_at.is_null())
    return [row[0] for row in rows.tuples()]


@query(may=OFFICE)
def find_standing(by: Member, voucher_id: int, moment: str) -> Letter | None:
    """The letter that stands about this moment, if there is one."""
    return standing_letter(voucher_id, moment)


@query(may=OFFICE)
def list_reason_words(by: Member, voucher_id: int) -> list[str]:
    """The names of this case's reasons, which have no place in its letters."""
    reasons = Reason.select().join(VoucherReason).where(VoucherReason.voucher == voucher_id)
    return [reason.name for reason in reasons if reason.code != "other"]


def _filled() -> peewee.ModelSelect:
    """Letters for a list: without the content, which is a page of text each."""
    shown = [field for field in Letter._meta.sorted_fields if field is not Letter.content]
    return (
        Letter.select(*shown, Voucher, Person, Practice, Contact)
        .join(Voucher)
        .switch(Letter)
        .join(Person)
        .switch(Letter)
        .join(Practice, peewee.JOIN.LEFT_OUTER)
        .switch(Letter)
        .join(Contact, peewee.JOIN.LEFT_OUTER)
    )


def _may_owe(today: date, coach: int | None) -> list[Voucher]:
    """Open cases, and those closed lately without a letter that says so; only the columns a list shows."""
    told = Letter.select(peewee.SQL("1")).where(
        (Letter.voucher == Closing.voucher)
        & Letter.withdrawn_on.is_null()
        & Letter.moment.in_(list(ENDINGS))
        & (Letter.written_on >= Closing.closed_on)
    )
    lately = Closing.select(Closing.voucher).where(
        Closing.reopened_on.is_null() & (Closing.closed_on >= today - LOOK_BACK) & ~peewee.fn.EXISTS(told)
    )
    vouchers = (
        Voucher.select(*SHOWN)
        .join(Person)
        .switch(Voucher)
        .join(Practice, peewee.JOIN.LEFT_OUTER)
        .where((Voucher.status.in_(OPEN) | Voucher.id.in_(lately)) & Voucher.report_back)
    )
    if coach is not None:
        vouchers = vouchers.where((Voucher.coach == coach) | (Voucher.substitute == coach))
    return list(vouchers.order_by(Voucher.id))


# ---- facts


def letter_facts(vouchers: Sequence[Voucher]) -> dict[int, LetterFacts]:
    """What decides which letters these cases owe, in a handful of queries however many they are."""
    ids = [voucher.id for voucher in vouchers]
    intakes, started = defaultdict(list), set()
    for intake in Intake.select(Intake.voucher, Intake.held_on).where(Intake.voucher.in_(ids)):
        intakes[intake.voucher_id].append(intake.held_on)
    begun = Enrolment.voucher.in_(ids) & Enrolment.first_attended_on.is_null(False)
    for enrolment in Enrolment.select(Enrolment.voucher).where(begun):
        started.add(enrolment.voucher_id)
    closings = {each.voucher_id: each for each in _standing_closings(ids)}
    written, consents, agreed = _written(ids, closings), _consents(vouchers), _agreements(vouchers)
    by_terms = terms()
    return {
        voucher.id: LetterFacts(
            dated_on=voucher.dated_on,
            received_on=voucher.received_on,
            intakes=tuple(intakes[voucher.id]),
            started=voucher.id in started,
            closed_on=closings[voucher.id].closed_on if voucher.id in closings else None,
            outcome=closings[voucher.id].outcome if voucher.id in closings else "",
            referred=is_referred(voucher),
            wanted=voucher.report_back,
            addressed=voucher.practice_id is not None or voucher.report_to_id is not None,
            consent=consents.get(voucher.person_id, ""),
            agreed=agreed.get(voucher.practice_id, LetterFacts.agreed),
            written=frozenset(written[voucher.id]),
            terms=by_terms,
        )
        for voucher in vouchers
    }


def is_referred(voucher: Voucher) -> bool:
    """Whether somebody at a practice sent this person to us."""
    return voucher.referrer_kind != "self" and voucher.channel not in UNREFERRED


def core_facts(voucher: Voucher, today: date) -> CoreFacts:
    """What the four headings are filled from: dates and neutral names only."""
    case = facts_of(voucher)
    planned = _standing_appointment(voucher, today)
    office = Organisation.select().first()
    closing = next(iter(_standing_closings([voucher.id])), None)
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
        joined=tuple(_joined(each) for each in Enrolment.select().where(Enrolment.voucher == voucher)),
        outcome=closing.outcome if closing else "",
        agreed=_agreements([voucher]).get(voucher.practice_id, CoreFacts.agreed),
        terms=terms(),
    )


def route_of(voucher: Voucher) -> Route | None:
    """Who gets the letter, as the practice agreed; whoever left is passed over."""
    practice = standing_practice(voucher.practice)
    wish = practice.letter_to if practice else "report_to"
    wanted = {
        "report_to": (voucher.report_to, voucher.referrer),
        "referrer": (voucher.referrer, voucher.report_to),
        "practice": (),
    }[wish]
    contact = next((each for each in wanted if each is not None and each.active), None)
    if contact is not None:
        return Route(standing_practice(contact.practice) or contact.practice, contact)
    return Route(practice, None) if practice else None


def standing_practice(practice: Practice | None) -> Practice | None:
    """The practice itself, or the one it was merged into."""
    while practice is not None and practice.merged_into_id is not None:
        practice = practice.merged_into
    return practice


def newest_marks(voucher_id: int) -> tuple[int | None, ...]:
    """The six marks of the latest talk in which any was given."""
    for talk in Intake.select().where(Intake.voucher == voucher_id).order_by(Intake.held_on.desc(), Intake.id.desc()):
        marks = (
            talk.mark_body,
            talk.mark_feeling,
            talk.mark_meaning,
            talk.mark_quality,
            talk.mark_joining,
            talk.mark_daily,
        )
        if any(mark is not None for mark in marks):
            return marks
    return ()


def agreed_in_intake(voucher_id: int) -> str:
    """What was agreed in the latest talk, in the coach's own words: to look at while writing, never copied unseen."""
    talk = (
        Intake.select(Intake.agreed)
        .where((Intake.voucher == voucher_id) & (Intake.agreed != ""))
        .order_by(Intake.held_on.desc(), Intake.id.desc())
        .first()
    )
    return talk.agreed if talk else ""


# ---- letters that were written


def content_of(letter: Letter) -> LetterContent:
    return from_json(json.loads(letter.content))


def standing_letter(voucher_id: int, moment: str) -> Letter | None:
    """The letter that stands about this moment, the newest when there are more."""
    found: Letter | None = (
        Letter.select()
        .join(LetterMoment)
        .where((Letter.voucher == voucher_id) & (LetterMoment.moment == moment) & Letter.withdrawn_on.is_null())
        .order_by(Letter.id.desc())
        .first()
    )
    return found


def withdrawn_letter(voucher_id: int, moment: str) -> Letter | None:
    """The last letter about this moment that was sent and then withdrawn."""
    found: Letter | None = (
        Letter.select()
        .where(
            (Letter.voucher == voucher_id)
            & (Letter.moment == moment)
            & (Letter.state == "sent")
            & Letter.withdrawn_on.is_null(False)
        )
        .order_by(Letter.id.desc())
        .first()
    )
    return found


def moments_of(letter_id: int) -> list[LetterMoment]:
    return list(LetterMoment.select().where(LetterMoment.letter == letter_id).order_by(LetterMoment.id))


def concepts_of(voucher_id: int, moments: Sequence[str]) -> list[Letter]:
    """Letters about these moments that nobody saw yet."""
    return list(
        Letter.select().where(
            (Letter.voucher == voucher_id)
            & Letter.moment.in_(moments)
            & (Letter.state == "concept")
            & Letter.withdrawn_on.is_null()
        )
    )


def pdf_of(letter_id: int) -> LetterPdf | None:
    found: LetterPdf | None = LetterPdf.get_or_none(LetterPdf.letter == letter_id)
    return found


def whole_letter(letter_id: int) -> Letter | None:
    """A letter with everyone it names, so that showing it asks the database nothing more."""
    writer, approver, coach = Staff.alias(), Staff.alias(), Staff.alias()
    left = peewee.JOIN.LEFT_OUTER
    found: Letter | None = (
        Letter.select(Letter, Voucher, Person, Practice, Contact, writer, approver, coach)
        .join(Voucher)
        .join(coach, left, on=(Voucher.coach == coach.id), attr="coach")
        .switch(Letter)
        .join(Person)
        .switch(Letter)
        .join(Practice, left)
        .switch(Letter)
        .join(Contact, left)
        .switch(Letter)
        .join(writer, left, on=(Letter.written_by == writer.id), attr="written_by")
        .switch(Letter)
        .join(approver, left, on=(Letter.approved_by == approver.id), attr="approved_by")
        .where(Letter.id == letter_id)
        .first()
    )
    return found


def last_address(letter: Letter) -> tuple[str, ...]:
    """The address on the last letter that was sent to the same recipient; empty for the first one."""
    earlier = (
        Letter.select()
        .where((Letter.recipient_key == letter.recipient_key) & (Letter.state == "sent") & (Letter.id != letter.id))
        .order_by(Letter.id.desc())
        .first()
    )
    return content_of(earlier).address if earlier else ()


def sent_on(letter: Letter) -> date | None:
    """The day on which staff confirmed that it went out."""
    found = (
        Dispatch.select()
        .where((Dispatch.letter == letter.id) & Dispatch.confirmed_at.is_null(False))
        .order_by(Dispatch.id)
        .first()
    )
    return clock.local(found.sent_at).date() if found else None


# ---- parts


def _standing_closings(ids: Sequence[int]) -> list[Closing]:
    return list(
        Closing.select().where(Closing.voucher.in_(ids) & Closing.reopened_on.is_null()).order_by(Closing.closed_on)
    )


def _written(ids: Sequence[int], closings: dict[int, Closing]) -> dict[int, set[str]]:
    """Per case the moments written about; a word about an earlier ending does not count for this one."""
    written: dict[int, set[str]] = defaultdict(set)
    rows = (
        LetterMoment.select(LetterMoment.moment, Letter.voucher, Letter.written_on)
        .join(Letter)
        .where(Letter.voucher.in_(ids) & Letter.withdrawn_on.is_null())
        .tuples()
    )
    for moment, voucher_id, written_on in rows:
        closing = closings.get(voucher_id)
        if moment not in ENDINGS or (closing is not None and written_on >= closing.closed_on):
            written[voucher_id].add(moment)
    return written


def _consents(vouchers: Sequence[Voucher]) -> dict[int, str]:
    """Per person the answer that counts now; withdrawn is no."""
    people = {voucher.person_id for voucher in vouchers}
    answers: dict[int, str] = {}
    rows = (
        Consent.select()
        .where(Consent.person.in_(people) & (Consent.purpose == "report_back"))
        .order_by(Consent.given_on, Consent.id)
    )
    for consent in rows:
        answers[consent.person_id] = "no" if consent.withdrawn_on is not None else consent.answer
    return answers


def _agreements(vouchers: Sequence[Voucher]) -> dict[int | None, tuple[str, ...]]:
    practices = Practice.select(Practice.id, Practice.letter_moments).where(
        Practice.id.in_({voucher.practice_id for voucher in vouchers if voucher.practice_id})
    )
    return {practice.id: tuple(practice.letter_moments.split()) for practice in practices}


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


def _joined(enrolment: Enrolment) -> Joined:
    activity: Activity | None = enrolment.activity
    return Joined(
        name=activity.letter_name if activity else "",
        outside=enrolment.destination if activity is None else "",
        state=enrolment.state,
        start_on=enrolment.start_on,
        first_on=enrolment.first_attended_on,
        accompanied=enrolment.accompanied,
    )


