"""Which letters are owed and which need none, and the facts of cases that decide it. Must not know any text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import peewee

from desktop.rules.cases import Case
from desktop.rules.codes import STATUSES
from desktop.rules.consents import report_back
from desktop.rules.gp import gp_of
from desktop.rules.letters_due import (
    ENDINGS,
    SIGNAL,
    SILENT,
    TOLD_BY,
    TOO_LONG_AGO,
    DueMoment,
    LetterFacts,
    Wrong,
    due_moments,
    facts_of,
    not_due,
    wrong_letters,
)
from desktop.rules.staff import CASEWORK, Member
from desktop.storage import search
from desktop.storage.addressees import addressees
from desktop.storage.cases import AT_ONCE, read_case, read_cases
from desktop.storage.changes import MODELS
from desktop.storage.database import ids_of, query
from desktop.storage.gp import surgeries, surgeries_of
from desktop.storage.models import (
    Closing,
    Letter,
    LetterMoment,
    Person,
    Practice,
    Voucher,
    Worry,
)
from desktop.storage.people import erased
from desktop.storage.vouchers import terms

OPEN = [status for status in STATUSES if status != "closed"]  # named one by one, so that the index serves
SHOWN = (
    Voucher.id,
    Voucher.person,
    Voucher.number,
    Voucher.practice,
    Voucher.received_on,
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
    Person.own_practice,
)


@dataclass(frozen=True)
class Owed:
    """A letter that a case owes, with the case (person filled in) and the practice that it will go to, if known."""

    voucher: Voucher
    due: DueMoment
    practice: Practice | None


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


@query(may=CASEWORK)
def list_letters_due(by: Member, today: date, coach: int | None = None) -> list[Owed]:
    """Every letter owed in all cases, the one longest due first; those that may not be written say why not."""
    cases = _cases(may_owe(today, coach))
    return _shown(_in_order((case, due) for case, facts in cases for due in due_moments(facts, today)))


@query(may=CASEWORK)
def letters_overview(by: Member, today: date, coach: int | None = None) -> Overview:
    """What is to be written, the one longest due first, and how much else happened that needs no letter."""
    owed, others = [], 0
    for case, facts in _cases(may_owe(today, coach)):
        found = due_moments(facts, today)
        owed += [(case, due) for due in found if not due.why_not]
        others += sum(bool(due.why_not) for due in found) + len(not_due(facts, today))
    return Overview(_shown(_in_order(owed)), others + _long_over(today).count())


@dataclass(frozen=True)
class NoLonger:
    """A letter that was sent and that the records deny, with its case."""

    case: Case
    wrong: Wrong


@query(may=CASEWORK)
def list_wrong_letters(by: Member) -> list[NoLonger]:
    """Letters that were sent to another practice than the case's, or about what was taken back since."""
    cases = read_cases(_perhaps_wrong()).values()
    return [NoLonger(case, wrong) for case in cases for wrong in wrong_letters(case)]


@query(may=CASEWORK)
def find_wrong_letter(by: Member, letter_id: int) -> Wrong | None:
    """That this letter was sent and should not have been, with why; None when it is right."""
    case = read_case(Letter.get_one(letter_id).voucher_id)
    return next((each for each in wrong_letters(case) if each.letter_id == letter_id), None)


def _perhaps_wrong() -> list[int]:
    """Cases with a letter about a deed that is gone or was moved, or of taking part, or to another practice."""
    gone = [
        (LetterMoment.moment == moment) & (LetterMoment.subject != 0) & ~_is_of_case(MODELS[kind])
        for moment, kind in TOLD_BY.items()
    ]
    told = Letter.select(Letter.voucher).join(Voucher).switch(Letter).join(LetterMoment)
    sent = (Letter.state == "sent") & Letter.withdrawn_on.is_null() & Letter.copy_of.is_null()
    astray = Voucher.practice.is_null() | (Letter.practice != Voucher.practice)
    of_part = (Letter.going_on != "") & (Voucher.status != "closed")  # who took part after all: the rule looks closer
    perhaps = astray | of_part | (Letter.mixed_up != "")
    return ids_of(told.where(sent & reduce(or_, gone, perhaps)).distinct())


def _is_of_case(deed: Any) -> Any:
    """Whether the deed that a letter tells of is on file with the case of that letter."""
    rows = deed.select(peewee.SQL("1")).where((deed.id == LetterMoment.subject) & (deed.voucher == Letter.voucher))
    return peewee.fn.EXISTS(rows)


@query(may=CASEWORK)
def list_not_due(by: Member, today: date, text: str = "", most: int = 200) -> NotDue:
    """What happened and needs no letter, of everybody or of who is looked for: not allowed first, then told already."""
    lately, long_over = may_owe(today), _long_over(today).order_by(Voucher.id.desc())
    if text.strip():
        wanted = set(ids_of(Voucher.select(Voucher.id).where(_looked_for(text))))
        lately, long_over = [each for each in lately if each in wanted], long_over.where(Voucher.id.in_(wanted))
    barred, told = [], []
    for case, facts in _cases([*lately, *ids_of(long_over.limit(most))]):
        barred += [(case, due) for due in due_moments(facts, today) if due.why_not]
        told += [(case, due) for due in not_due(facts, today)]
    found = [*_in_order(barred), *_in_order(told)]
    return NotDue(_shown(found[:most]), max(len(found), len(found) - most + long_over.count()))


def _looked_for(text: str) -> Any:
    people, practices, vouchers = (
        [row for _kind, row in search.find(text, kind, 500)] for kind in ("person", "practice", "voucher")
    )
    return Voucher.person.in_(people) | Voucher.practice.in_(practices) | Voucher.id.in_(vouchers)


def _cases(cases: Sequence[int]) -> Iterator[tuple[int, LetterFacts]]:
    """Cases with what decides their letters: a handful of queries however many they are."""
    yield from facts_of_cases(read_cases(cases)).items()


def _in_order(found: Iterable[tuple[int, DueMoment]]) -> list[tuple[int, DueMoment]]:
    """What is owed before what is not; a signal waits behind nothing, then the longest due comes first."""
    return sorted(
        found, key=lambda each: (bool(each[1].why_not), each[1].moment != SIGNAL, each[1].due_on, each[0])
    )


def _shown(found: Sequence[tuple[int, DueMoment]]) -> list[Owed]:
    """The cases of these letters as a list shows them."""
    vouchers: dict[int, Voucher] = {}
    for ids in peewee.chunked(dict.fromkeys(case for case, _due in found), AT_ONCE):
        rows = Voucher.select(*SHOWN).join(Person)
        vouchers |= {voucher.id: voucher for voucher in rows.where(Voucher.id.in_(ids))}
    words, signals = _practices_of(list(vouchers.values()))
    return [Owed(vouchers[at], due, (signals if due.moment == SIGNAL else words).get(at)) for at, due in found]


def _practices_of(vouchers: Sequence[Voucher]) -> tuple[dict[int, Practice], dict[int, Practice]]:
    """To which practice each case is reported, and which hears of a worry: the GP, whoever referred."""
    words, signals = addressees([voucher.id for voucher in vouchers]), surgeries_of(vouchers)
    named = {*words.values(), *signals.values()}
    practices = {each.id: each for each in Practice.select().where(Practice.id.in_(list(named)))}
    return _looked_up(words, practices), _looked_up(signals, practices)


def _looked_up(whom: Mapping[int, int | None], practices: Mapping[int, Practice]) -> dict[int, Practice]:
    return {voucher_id: practices[each] for voucher_id, each in whom.items() if each is not None}


@query(may=CASEWORK)
def due_of_case(by: Member, voucher_id: int, today: date) -> tuple[DueMoment, ...]:
    """What this one case owes."""
    return due_moments(facts_of_cases({voucher_id: read_case(voucher_id)})[voucher_id], today)


def may_owe(today: date, coach: int | None = None, *, and_nobodys: bool = False) -> list[int]:
    """Open cases, those with a worry, and those closed in the last year without a letter that says so."""
    lately = Closing.select(Closing.voucher).where(
        Closing.reopened_on.is_null() & (Closing.closed_on >= today - TOO_LONG_AGO) & ~_is_told()
    )
    worried = Worry.select(Worry.voucher).where(Worry.done_on.is_null())
    known = Voucher.status.in_(OPEN) | Voucher.id.in_(lately) | Voucher.id.in_(worried)
    cases = Voucher.select(Voucher.id).where(known & Voucher.person.not_in(erased()))
    if coach is not None:
        hers = (Voucher.coach == coach) | (Voucher.substitute == coach)
        cases = cases.where(hers | Voucher.coach.is_null() if and_nobodys else hers)
    return ids_of(cases.order_by(Voucher.id))


def _long_over(today: date) -> peewee.ModelSelect:
    """Cases closed so long ago that the letter nobody wrote is no longer owed."""
    ended = Closing.select(Closing.voucher).where(
        Closing.reopened_on.is_null()
        & (Closing.closed_on < today - TOO_LONG_AGO)
        & Closing.outcome.not_in(list(SILENT))
        & ~_is_told()
    )
    return Voucher.select(Voucher.id).where(Voucher.id.in_(ended) & Voucher.person.not_in(erased()))


def _is_told() -> Any:
    """Whether a letter about this very closing was sent to the practice of the case and stands."""
    told = (
        LetterMoment.select(peewee.SQL("1"))
        .join(Letter)
        .where(
            (Letter.voucher == Closing.voucher)
            & (Letter.state == "sent")
            & Letter.withdrawn_on.is_null()
            & (Letter.mixed_up == "")
            & LetterMoment.moment.in_(list(ENDINGS))
            & (LetterMoment.subject == Closing.id)
            & (LetterMoment.said == Closing.outcome)
        )
    )
    return peewee.fn.EXISTS(told)


def letter_facts(vouchers: Sequence[Voucher]) -> dict[int, LetterFacts]:
    """What decides which letters these cases owe, in a handful of queries however many they are."""
    return facts_of_cases(read_cases([voucher.id for voucher in vouchers]))


def facts_of_cases(cases: Mapping[int, Case]) -> dict[int, LetterFacts]:
    """The same of cases that were read already."""
    by_terms = terms()
    asked = any(case.open_signs or case.person.own_practice_id is not None for case in cases.values())
    practices = surgeries() if asked else {}
    return {
        at: facts_of(case, report_back(case).counts, by_terms, gp_of(case, practices).surgery is not None)
        for at, case in cases.items()
    }
