"""Answers to the questions of sharing, and telling people where their data came from. Must not know letters.

An answer belongs to a case and to the practice that its letters go to; one that was given in a talk or a call is kept
with it, and goes when that is taken back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop import clock
from desktop.actions.action import about, action
from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules.cases import Answer
from desktop.rules.consents import OF_A_PRACTICE, contradicted, covers, position, to_withdraw, which_counts
from desktop.rules.deeds import (
    CONSENTS,
    HOW_INFORMED,
    ConsentDraft,
    ContactDraft,
    IntakeDraft,
    check_consents,
    happened,
)
from desktop.rules.names import full
from desktop.rules.staff import OFFICE, Member
from desktop.storage.addressees import addressees
from desktop.storage.consents import answers_of, told_with
from desktop.storage.living import living_case, living_person
from desktop.storage.models import Consent, ContactAttempt, Intake, Person, Voucher

ORIGIN = ("informed_on", "informed_how", "informed_by_id")
"""That somebody was told where the data came from."""


@dataclass(frozen=True)
class Giving:
    """When and how answers were given, and in which talk or contact; `sure` when staff said which of two counts."""

    on: date
    how: str = "spoken"
    sure: bool = False
    intake_id: int | None = None
    attempt_id: int | None = None
    practice_id: int | None = None  # for which practice; the one that the letters of the case go to when left out


@action("consents recorded", may=OFFICE)
def record_consents(by: Member, draft: ConsentDraft) -> Person:
    """The answers given now; what was answered before stays in the history."""
    check_consents(draft, clock.today())
    person = living_person(draft.person_id)
    answers = {purpose: answer for purpose in CONSENTS if (answer := getattr(draft, purpose))}
    if answers and draft.given_on is not None:
        giving = Giving(draft.given_on, draft.how or "", draft.sure, attempt_id=draft.attempt_id)
        for voucher in _cases_asked(person, draft, answers):
            record_answers(by, voucher, answers, giving)
    if draft.informed_on is not None:
        tell_origin(by, person, draft.informed_on, draft.informed_how or "spoken")
    about(person)
    return person


@action("consent withdrawn", may=OFFICE)
def withdraw_consent(by: Member, consent_id: int, on: date | None = None) -> Consent:
    """From this day on it counts as no, with every other yes to this question of the case for the same practice."""
    consent = Consent.get_one(consent_id)
    day = on or clock.today()
    if wrong := happened(day, clock.today()):
        raise Refused(on=wrong)
    if day < consent.given_on:
        raise Refused(on=_("That is before the consent was given."))
    answers = answers_of([consent.voucher_id])[consent.voucher_id] if consent.voucher_id is not None else ()
    asked = next((each for each in answers if each.id == consent.id), None)
    for each in to_withdraw(answers, asked) if asked is not None else ():
        other = consent if each.id == consent.id else Consent.get_one(each.id)
        other.withdrawn_on = max(day, other.given_on)
        other.save()
    if consent.withdrawn_on is None:
        consent.withdrawn_on = day
        consent.save()
    return consent


@action("person informed", may=OFFICE)
def record_informed(by: Member, person_id: int, on: date, how: str) -> Person:
    """The person knows where the data came from (AVG 14)."""
    if wrong := happened(on, clock.today()):
        raise Refused(on=wrong)
    if how not in HOW_INFORMED:
        raise Refused(how=_("Choose how the person was told."))
    person = living_person(person_id)
    tell_origin(by, person, on, how)
    return person


def tell_origin(by: Member, person: Person, on: date, how: str) -> None:
    """Note inside the running action that the person was told; the first time is what counts."""
    if person.informed_on is not None and person.informed_on <= on:
        return
    person.informed_on, person.informed_how, person.informed_by = on, how, by.id or None
    person.save()


def answer_consent(
    by: Member, voucher: Voucher, purpose: str, answer: str, on: date, how: str, practice_id: int | None = None
) -> None:
    """One answer inside the running action."""
    record_answers(by, voucher, {purpose: answer}, Giving(on, how, practice_id=practice_id))


def record_answers(
    by: Member, voucher: Voucher, answers: Mapping[str, str], giving: Giving, prefix: str = ""
) -> list[Consent]:
    """Answers by their purpose inside the running action; `prefix` makes the name of the field that is asked about.

    The same answer again in the same talk adds nothing; one of an earlier day than another that stands is asked about.
    """
    known = answers_of([voucher.id])[voucher.id]
    whom = giving.practice_id or addressees([voucher.id])[voucher.id]
    made, doubts = [], {}
    for purpose, answer in answers.items():
        before = position(known, purpose, whom)
        other = contradicted(before, answer, giving.on)
        if other is not None and not giving.sure:
            doubts[prefix + purpose] = which_counts(other, answer, giving.on)
        if not _is_known([each for each in known if each.purpose == purpose and covers(each, whom)], answer, giving):
            made.append(_answer(by, voucher, purpose, answer, giving, whom, sure=other is not None))
    if doubts:
        ask(**doubts)
    for each in made:
        each.save()
    return made


def keep_with(attempt: ContactAttempt, consent_ids: tuple[int, ...]) -> None:
    """Answers that were noted during a call go with it once its outcome is recorded."""
    for each in consent_ids:
        consent = Consent.get_one(each)
        if consent.voucher_id == attempt.voucher_id and consent.attempt_id is None and consent.intake_id is None:
            consent.attempt = attempt
            consent.save()


def untell(person: Person, before: Mapping[str, Any]) -> None:
    """Inside the running action: as it stood before they were told in a talk or call that was not theirs."""
    for column in ORIGIN:
        each = Person._meta.columns[column]
        setattr(person, each.name, each.python_value(before.get(column)) or each.default)
    person.save()


def let_go_with(deed: Intake | ContactAttempt) -> None:
    """Inside the action that takes a talk or contact back: what was answered and told in it was not."""
    for consent in given_in(deed):
        consent.delete_instance()
    if (before := told_with([deed], deed.person_id)) is not None:
        untell(Person.get_one(deed.person_id), before)


def unanswered_then(deed: Intake | ContactAttempt, draft: IntakeDraft | ContactDraft) -> None:
    """Inside the action that corrects it: an answer that the form no longer shows was not given in it."""
    for consent in given_in(deed):
        if getattr(draft, f"consent_{consent.purpose}", "") is None:
            consent.delete_instance()


def answered_then(deed: Intake | ContactAttempt, before: date | None, now: date) -> None:
    """Inside the action that corrects the day of a talk or contact: what was answered or told in it is of that day."""
    told = told_with([deed], deed.person_id) if before is not None and before != now else None
    if told is not None:
        person = Person.get_one(deed.person_id)
        person.informed_on = now
        person.save()
    for consent in given_in(deed):
        if before is not None and consent.given_on == before != now:
            consent.given_on = now
            consent.save()


def given_in(deed: Intake | ContactAttempt) -> list[Consent]:
    """The answers that are kept with a talk or a contact."""
    kept_with = Consent.intake if isinstance(deed, Intake) else Consent.attempt
    return list(Consent.select().where(kept_with == deed.id).order_by(Consent.id))


def _cases_asked(person: Person, draft: ConsentDraft, answers: Mapping[str, str]) -> list[Voucher]:
    """The case it was asked in; without one named the only one there is, and a no is then about every case."""
    if draft.voucher_id:
        voucher: Voucher = living_case(draft.voucher_id)
        if voucher.person_id != person.id:
            whose = full(voucher.person.known_as)
            raise Refused(_("Voucher {number} is of {name}. Look there.").format(number=voucher.number, name=whose))
        return [voucher]
    cases = list(Voucher.select().where(Voucher.person == person).order_by(Voucher.id))
    if not cases or (len(cases) > 1 and set(answers.values()) != {"no"}):
        raise Refused(_("For which voucher was this answered? Choose it first."))
    return cases


def _is_known(asked: Sequence[Answer], answer: str, giving: Giving) -> bool:
    """Whether this very answer was recorded last: asked again in the same talk, or still to be asked."""
    if not asked or asked[-1].answer != answer or asked[-1].withdrawn_on is not None:
        return False
    deed = (giving.intake_id, giving.attempt_id)
    return answer == "ask" or (any(deed) and deed == (asked[-1].intake_id, asked[-1].attempt_id))


def _answer(
    by: Member, voucher: Voucher, purpose: str, answer: str, giving: Giving, whom: int | None, sure: bool
) -> Consent:
    return Consent(
        person=voucher.person_id,
        voucher=voucher,
        purpose=purpose,
        answer=answer,
        given_on=giving.on,
        how=giving.how,
        staff=by.id or None,
        practice=whom if purpose in OF_A_PRACTICE else None,
        intake=giving.intake_id,
        attempt=giving.attempt_id,
        sure=sure,
    )
