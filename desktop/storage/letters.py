"""Named queries about feedback letters, and the facts of a case as the letter rules want them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import peewee

from desktop import clock
from desktop.rules.codes import MARKS, STATUSES
from desktop.rules.letterfields import CoreFacts, Joined
from desktop.rules.letters import LetterContent
from desktop.rules.letters_due import (
    ENDINGS,
    SIGNAL,
    UNREFERRED,
    DueMoment,
    LetterFacts,
    Noticed,
    Told,
    due_moments,
    not_due,
)
from desktop.rules.staff import OFFICE, Member
from desktop.rules.status import days_tried
from desktop.storage import search
from desktop.storage.changes import Change, kind_of
from desktop.storage.database import query
from desktop.storage.letterparts import content_from
from desktop.storage.models import (
    Activity,
    Aftercare,
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
    ReturnedPost,
    Staff,
    Voucher,
    VoucherReason,
    Worry,
)
from desktop.storage.vouchers import facts_of, terms

LOOK_BACK = timedelta(days=365)  # a case closed longer ago is no longer brought up by itself
CHUNK = 3_000  # cases whose facts are asked at once
OPEN = [status for status in STATUSES if status != "closed"]  # named one by one, so that the index serves
SHOWN = (
    Voucher.id,
    Voucher.person,
    Voucher.number,
    Voucher.practice,
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
DECIDING = (
    Voucher.id,
    Voucher.person.alias("person_id"),
    Voucher.practice.alias("practice_id"),
    Voucher.report_to.alias("report_to_id"),
    Voucher.dated_on,
    Voucher.received_on,
    Voucher.referrer_kind,
    Voucher.channel,
    Voucher.report_back,
)
"""What of a voucher decides which letters it owes: rows without whole records are made ten times as fast."""
MOVED_WITH = ("person_id", "practice_id", "recipient_id", "recipient_key")


@dataclass(frozen=True)
class Owed:
    """A letter that a case owes, with the case (person and practice filled in)."""

    voucher: Voucher
    due: DueMoment


@dataclass(frozen=True)
class Overview:
    """Everything about letters at one moment: what is to be written, and how much else needs no letter."""

    owed: list[Owed]
    others: int


@dataclass(frozen=True)
class NotDue:
    """What needs no letter, as far as it is shown, and how much there is in all."""

    shown: list[Owed]
    count: int


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
    cases = _cases(_may_owe(today, coach))
    return _shown(_in_order((case, due) for case, facts in cases for due in due_moments(facts, today)))


@query(may=OFFICE)
def letters_overview(by: Member, today: date, coach: int | None = None) -> Overview:
    """What is to be written, the one longest due first, and how much else happened that needs no letter."""
    owed, others = [], 0
    for case, facts in _cases(_may_owe(today, coach)):
        found = due_moments(facts, today)
        owed += [(case, due) for due in found if not due.why_not]
        others += sum(bool(due.why_not) for due in found) + len(not_due(facts, today))
    return Overview(_shown(_in_order(owed)), others)


@query(may=OFFICE)
def list_not_due(by: Member, today: date, text: str = "", most: int = 200) -> NotDue:
    """What happened and needs no letter, of everybody or of who is looked for: not allowed first, then told already."""
    cases = _may_owe(today, None)
    if text.strip():
        cases = cases.where(_looked_for(text))
    barred, told = [], []
    for case, facts in _cases(cases):
        barred += [(case, due) for due in due_moments(facts, today) if due.why_not]
        told += [(case, due) for due in not_due(facts, today)]
    found = [*_in_order(barred), *_in_order(told)]
    return NotDue(_shown(found[:most]), len(found))


def _looked_for(text: str) -> Any:
    people, practices, vouchers = (
        [row for _kind, row in search.find(text, kind, 500)] for kind in ("person", "practice", "voucher")
    )
    return Voucher.person.in_(people) | Voucher.practice.in_(practices) | Voucher.id.in_(vouchers)


def _cases(cases: peewee.ModelSelect) -> Iterator[tuple[int, LetterFacts]]:
    """Cases with their facts: a handful of queries however many they are, and no whole records."""
    for rows in peewee.chunked(cases.namedtuples(), CHUNK):
        yield from letter_facts(rows).items()


def _in_order(found: Iterable[tuple[int, DueMoment]]) -> list[tuple[int, DueMoment]]:
    """What is owed before what is not; a signal waits behind nothing, then the longest due comes first."""
    return sorted(
        found, key=lambda each: (bool(each[1].why_not), each[1].moment != SIGNAL, each[1].due_on, each[0])
    )


def _shown(found: Sequence[tuple[int, DueMoment]]) -> list[Owed]:
    """The cases of these letters as a list shows them."""
    vouchers: dict[int, Voucher] = {}
    for ids in peewee.chunked(dict.fromkeys(case for case, _due in found), CHUNK):
        rows = Voucher.select(*SHOWN).join(Person).switch(Voucher).join(Practice, peewee.JOIN.LEFT_OUTER)
        vouchers |= {voucher.id: voucher for voucher in rows.where(Voucher.id.in_(ids))}
    return [Owed(vouchers[case], due) for case, due in found]


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


def _may_owe(today: date, coach: int | None) -> peewee.ModelSelect:
    """Open cases, those with a worry, and those closed lately without a letter that says so."""
    told = Letter.select(peewee.SQL("1")).where(
        (Letter.voucher == Closing.voucher)
        & Letter.withdrawn_on.is_null()
        & Letter.moment.in_(list(ENDINGS))
        & (Letter.written_on >= Closing.closed_on)
    )
    lately = Closing.select(Closing.voucher).where(
        Closing.reopened_on.is_null() & (Closing.closed_on >= today - LOOK_BACK) & ~peewee.fn.EXISTS(told)
    )
    worried = Worry.select(Worry.voucher).where(Worry.done_on.is_null())
    cases = Voucher.select(*DECIDING).where(
        Voucher.status.in_(OPEN) | Voucher.id.in_(lately) | Voucher.id.in_(worried)
    )
    if coach is not None:
        cases = cases.where((Voucher.coach == coach) | (Voucher.substitute == coach))
    return cases.order_by(Voucher.id)


# ---- facts


def letter_facts(vouchers: Sequence[Voucher]) -> dict[int, LetterFacts]:
    """What decides which letters these cases owe, in a handful of queries however many they are."""
    ids = [voucher.id for voucher in vouchers]
    intakes, talks = _days_of(Intake, ids), _days_of(Aftercare, ids)
    started, begun = _begun(ids)
    closings = {each.voucher_id: each for each in _standing_closings(ids)}
    told, consents, agreed, worries = _told(ids, closings), _consents(vouchers), _agreements(vouchers), _worries(ids)
    by_terms = terms()
    return {
        voucher.id: LetterFacts(
            dated_on=voucher.dated_on,
            received_on=voucher.received_on,
            intakes=intakes[voucher.id],
            started=voucher.id in started,
            begun_on=begun.get(voucher.id),
            talks=talks[voucher.id],
            worries=worries[voucher.id],
            closed_on=closings[voucher.id].closed_on if voucher.id in closings else None,
            outcome=closings[voucher.id].outcome if voucher.id in closings else "",
            referred=is_referred(voucher),
            wanted=voucher.report_back,
            addressed=voucher.practice_id is not None or voucher.report_to_id is not None,
            consent=consents.get(voucher.person_id, ""),
            agreed=agreed.get(voucher.practice_id, LetterFacts.agreed),
            written=frozenset(told[voucher.id]),
            told=told[voucher.id],
            terms=by_terms,
        )
        for voucher in vouchers
    }


def _days_of(talk: type[Intake] | type[Aftercare], ids: Sequence[int]) -> dict[int, tuple[date, ...]]:
    """Per case the days on which such a talk was held."""
    days: dict[int, tuple[date, ...]] = defaultdict(tuple)
    for voucher_id, held_on in talk.select(talk.voucher, talk.held_on).where(talk.voucher.in_(_among(ids))).tuples():
        days[voucher_id] += (held_on,)
    return days


def _begun(ids: Sequence[int]) -> tuple[set[int], dict[int, date]]:
    """Which cases ever began, and per case since when what goes on now goes on: first time, else the start date."""
    started: set[int] = set()
    first: dict[int, date] = {}
    planned: dict[int, date] = {}
    rows = Enrolment.select(Enrolment.voucher, Enrolment.state, Enrolment.start_on, Enrolment.first_attended_on)
    for voucher_id, state, start_on, first_on in rows.where(Enrolment.voucher.in_(_among(ids))).tuples():
        if first_on is not None:
            started.add(voucher_id)
        if state == "stopped":
            continue
        if first_on is not None:
            first[voucher_id] = min(first_on, first.get(voucher_id, first_on))
        elif start_on is not None and state != "waiting":
            planned[voucher_id] = min(start_on, planned.get(voucher_id, start_on))
    return started, planned | first


def _worries(ids: Sequence[int]) -> dict[int, tuple[Noticed, ...]]:
    """Per case the open worries without a signal that stands."""
    told = Letter.select(peewee.SQL("1")).where((Letter.worry == Worry.id) & Letter.withdrawn_on.is_null())
    rows = Worry.select(Worry.id, Worry.voucher, Worry.noticed_on).where(
        Worry.voucher.in_(_among(ids)) & Worry.done_on.is_null() & ~peewee.fn.EXISTS(told)
    )
    worries: dict[int, tuple[Noticed, ...]] = defaultdict(tuple)
    for worry_id, voucher_id, noticed_on in rows.order_by(Worry.noticed_on, Worry.id).tuples():
        worries[voucher_id] += (Noticed(worry_id, noticed_on),)
    return worries


def is_referred(voucher: Voucher) -> bool:
    """Whether somebody at a practice sent this person to us."""
    return voucher.referrer_kind != "self" and voucher.channel not in UNREFERRED


def core_facts(voucher: Voucher, today: date) -> CoreFacts:
    """What the four headings are filled from: dates and neutral names only."""
    case, talk = facts_of(voucher), _newest_talk(voucher.id)
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
        joined=joined_of(voucher.id),
        talked_on=talk.held_on if talk else None,
        talk=talk.outcome if talk else "",
        outcome=closing.outcome if closing else "",
        told=voucher.report_back and _consents([voucher]).get(voucher.person_id) == "yes",
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


def copy_route_of(voucher: Voucher) -> Route | None:
    """Where the copy goes: to who referred, when the practice wants that and the letter goes to somebody else."""
    route, referrer = route_of(voucher), voucher.referrer
    practice = standing_practice(voucher.practice)
    if route is None or practice is None or not practice.letter_copy or referrer is None or not referrer.active:
        return None
    if route.contact is not None and route.contact.id == referrer.id:
        return None
    return Route(standing_practice(referrer.practice) or referrer.practice, referrer)


def joined_of(voucher_id: int) -> tuple[Joined, ...]:
    """What was found in a case, in the order in which it was found."""
    rows = Enrolment.select(Enrolment, Activity).join(Activity, peewee.JOIN.LEFT_OUTER)
    return tuple(_joined(each) for each in rows.where(Enrolment.voucher == voucher_id).order_by(Enrolment.id))


def newest_marks(voucher_id: int) -> tuple[int | None, ...]:
    """The six marks of the latest talk, intake or aftercare, in which any was given."""
    talks = [each for talk in (Intake, Aftercare) for each in talk.select().where(talk.voucher == voucher_id)]
    for each in sorted(talks, key=lambda talk: (talk.held_on, isinstance(talk, Aftercare), talk.id), reverse=True):
        marks = tuple(getattr(each, name) for name in MARKS)
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
    return content_from(letter.content)


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
            & Letter.copy_of.is_null()
            & Letter.withdrawn_on.is_null(False)
        )
        .order_by(Letter.id.desc())
        .first()
    )
    return found


def withdrawn_signal(voucher_id: int, worry_id: int | None) -> Letter | None:
    """The last signal about this worry that was sent and then withdrawn, and that no other replaced."""
    later = Letter.alias()
    replaced = later.select(later.corrects).where(later.corrects.is_null(False))
    about = Letter.worry == worry_id if worry_id is not None else Letter.worry.is_null()
    found: Letter | None = (
        Letter.select()
        .where((Letter.voucher == voucher_id) & (Letter.moment == SIGNAL) & (Letter.state == "sent"))
        .where(about & Letter.copy_of.is_null() & Letter.withdrawn_on.is_null(False) & Letter.id.not_in(replaced))
        .order_by(Letter.id.desc())
        .first()
    )
    return found


def copies_of(letter_id: int) -> list[Letter]:
    """The copies that went to somebody else and that stand."""
    return list(Letter.select().where((Letter.copy_of == letter_id) & Letter.withdrawn_on.is_null()))


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
    """The day on which staff confirmed that it went out; a sending that came back is none."""
    back = ReturnedPost.select(ReturnedPost.dispatch).where(
        (ReturnedPost.letter == letter.id) & ReturnedPost.dispatch.is_null(False)
    )
    found = (
        Dispatch.select()
        .where((Dispatch.letter == letter.id) & Dispatch.confirmed_at.is_null(False) & Dispatch.id.not_in(back))
        .order_by(Dispatch.id)
        .first()
    )
    return clock.local(found.sent_at).date() if found else None


# ---- parts


def _among(ids: Sequence[int]) -> peewee.SQL:
    """Thousands of numbers as one value: writing them into a query one by one takes longer than asking it."""
    return peewee.SQL("(SELECT value FROM json_each(?))", (json.dumps(list(ids)),))


def _standing_closings(ids: Sequence[int]) -> list[Closing]:
    rows = Closing.select(Closing.voucher, Closing.closed_on, Closing.outcome)
    standing = rows.where(Closing.voucher.in_(_among(ids)) & Closing.reopened_on.is_null())
    return list(standing.order_by(Closing.closed_on))


def _told(ids: Sequence[int], closings: dict[int, Closing]) -> dict[int, dict[str, Told]]:
    """Per case the moments told and since when; a word about an earlier ending does not count for this one."""
    told: dict[int, dict[str, Told]] = defaultdict(dict)
    rows = (
        LetterMoment.select(
            LetterMoment.moment, Letter.voucher, Letter.written_on, Letter.state, peewee.fn.MAX(Dispatch.sent_at)
        )
        .join(Letter)
        .join(
            Dispatch,
            peewee.JOIN.LEFT_OUTER,
            on=(Dispatch.letter == Letter.id) & Dispatch.confirmed_at.is_null(False),
        )
        .where(Letter.voucher.in_(_among(ids)) & Letter.withdrawn_on.is_null())
        .group_by(LetterMoment.id)
        .order_by(Letter.id)
        .tuples()
    )
    for moment, voucher_id, written_on, state, sent_at in rows:
        closing = closings.get(voucher_id)
        if moment not in ENDINGS or (closing is not None and written_on >= closing.closed_on):
            on = clock.local(sent_at).date() if sent_at is not None else written_on
            told[voucher_id][moment] = Told(state, on)
    return told


def _consents(vouchers: Sequence[Voucher]) -> dict[int, str]:
    """Per person the answer that counts now; withdrawn is no."""
    people = sorted({voucher.person_id for voucher in vouchers})
    answers: dict[int, str] = {}
    rows = (
        Consent.select(Consent.person, Consent.answer, Consent.withdrawn_on)
        .where(Consent.person.in_(_among(people)) & (Consent.purpose == "report_back"))
        .order_by(Consent.given_on, Consent.id)
        .tuples()
    )
    for person_id, answer, withdrawn_on in rows:
        answers[person_id] = "no" if withdrawn_on is not None else answer
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


