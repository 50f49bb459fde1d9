"""Answers to the questions of sharing, and telling people where their data came from. Must not know letters."""

from datetime import date

from desktop import clock
from desktop.actions.action import about, action
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.deeds import CONSENTS, HOW_INFORMED, ConsentDraft, check_consents, happened
from desktop.rules.staff import OFFICE, Member
from desktop.storage.living import living_case, living_person
from desktop.storage.models import Consent, Person, Voucher


@action("consents recorded", may=OFFICE)
def record_consents(by: Member, draft: ConsentDraft) -> Person:
    """The answers given now; what was answered before stays in the history."""
    check_consents(draft, clock.today())
    person = living_person(draft.person_id)
    if draft.voucher_id and living_case(draft.voucher_id).person_id != person.id:
        raise Refused(_("This case is of somebody else. Look at the participant again."))
    for purpose in CONSENTS:
        if (answer := getattr(draft, purpose)) and draft.given_on is not None:
            _answer(by, person.id, draft.voucher_id or None, purpose, answer, draft.given_on, draft.how or "")
    if draft.informed_on is not None:
        tell_origin(by, person, draft.informed_on, draft.informed_how or "spoken")
    about(person)
    return person


@action("consent withdrawn", may=OFFICE)
def withdraw_consent(by: Member, consent_id: int, on: date | None = None) -> Consent:
    """From this day on it counts as no."""
    consent = Consent.get_one(consent_id)
    day = on or clock.today()
    if wrong := happened(day, clock.today()):
        raise Refused(on=wrong)
    if day < consent.given_on:
        raise Refused(on=_("That is before the consent was given."))
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


def answer_consent(by: Member, voucher: Voucher, purpose: str, answer: str, on: date, how: str) -> None:
    """An answer given in a talk, inside the running action; the same answer again adds nothing."""
    _answer(by, voucher.person_id, voucher.id, purpose, answer, on, how)


def _answer(by: Member, person_id: int, voucher_id: int | None, purpose: str, answer: str, on: date, how: str) -> None:
    newest = (
        Consent.select()
        .where((Consent.person == person_id) & (Consent.purpose == purpose))
        .order_by(Consent.given_on.desc(), Consent.id.desc())
        .first()
    )
    if newest is not None and newest.answer == answer and newest.withdrawn_on is None and answer == "ask":
        return
    Consent(
        person=person_id,
        voucher=voucher_id,
        purpose=purpose,
        answer=answer,
        given_on=on,
        how=how,
        staff=by.id or None,
    ).save()
