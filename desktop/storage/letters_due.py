"""Which letters are owed and which need none, and the facts of cases that decide it. Must not know any text."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import peewee

from desktop import clock
from desktop.rules.codes import STATUSES
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
from desktop.storage import search
from desktop.storage.database import query
from desktop.storage.models import (
    Aftercare,
    Closing,
    Consent,
    Dispatch,
    Enrolment,
    Intake,
    Letter,
    LetterMoment,
    Person,
    Practice,
    Voucher,
    Worry,
)
from desktop.storage.people import erased
from desktop.storage.vouchers import terms

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
def due_of_case(by: Member, voucher_id: int, today: date) -> tuple[DueMoment, ...]:
    """What this one case owes."""
    voucher = Voucher.get_one(voucher_id)
    return due_moments(letter_facts([voucher])[voucher.id], today)


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
    known = Voucher.status.in_(OPEN) | Voucher.id.in_(lately) | Voucher.id.in_(worried)
    cases = Voucher.select(*DECIDING).where(known & Voucher.person.not_in(erased()))
    if coach is not None:
        cases = cases.where((Voucher.coach == coach) | (Voucher.substitute == coach))
    return cases.order_by(Voucher.id)


def letter_facts(vouchers: Sequence[Voucher]) -> dict[int, LetterFacts]:
    """What decides which letters these cases owe, in a handful of queries however many they are."""
    ids = [voucher.id for voucher in vouchers]
    intakes, talks = _days_of(Intake, ids), _days_of(Aftercare, ids)
    started, begun = _begun(ids)
    closings = {each.voucher_id: each for each in standing_closings(ids)}
    told, answers, agreed, worries = _told(ids, closings), consents(vouchers), agreements(vouchers), _worries(ids)
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
            consent=answers.get(voucher.person_id, ""),
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


def _among(ids: Sequence[int]) -> peewee.SQL:
    """Thousands of numbers as one value: writing them into a query one by one takes longer than asking it."""
    return peewee.SQL("(SELECT value FROM json_each(?))", (json.dumps(list(ids)),))


def standing_closings(ids: Sequence[int]) -> list[Closing]:
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


def consents(vouchers: Sequence[Voucher]) -> dict[int, str]:
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


def agreements(vouchers: Sequence[Voucher]) -> dict[int | None, tuple[str, ...]]:
    practices = Practice.select(Practice.id, Practice.letter_moments).where(
        Practice.id.in_({voucher.practice_id for voucher in vouchers if voucher.practice_id})
    )
    return {practice.id: tuple(practice.letter_moments.split()) for practice in practices}
