"""Registering and correcting vouchers with their person, and keeping each case's status true."""

from typing import Any

from desktop import clock
from desktop.actions.action import action, afterwards
from desktop.actions.consents import Giving, record_answers
from desktop.actions.filling import fill
from desktop.errors import Refused, ask
from desktop.language import _, current
from desktop.rules import vouchers as rules
from desktop.rules.addresses import is_dutch_postcode
from desktop.rules.dates import show_long
from desktop.rules.declared import called_alike
from desktop.rules.names import fold, sort_key, sound
from desktop.rules.people import PersonDraft
from desktop.rules.people import check as check_person
from desktop.rules.staff import CASEWORK, OFFICE, Member
from desktop.rules.status import status_of
from desktop.rules.vouchers import VoucherDraft
from desktop.storage.cases import read_case, read_cases
from desktop.storage.changes import Deed, changed_since, kind_of
from desktop.storage.living import living_case, living_person, living_practice, refuse_ended
from desktop.storage.models import (
    Contact,
    Neighbourhood,
    Organisation,
    Person,
    Voucher,
    VoucherReason,
)
from desktop.storage.people import latest_voucher
from desktop.storage.vouchers import is_spent, next_number, note_given, terms

PERSON_FIELDS = called_alike("person")


@action("voucher registered", may=OFFICE)
def register_voucher(by: Member, draft: VoucherDraft) -> Voucher:
    """A new case: the person (new, or already on file), the voucher, its reasons and the consents asked."""
    voucher = new_voucher(by, draft)
    refresh_status(voucher)
    return voucher


def new_voucher(by: Member, draft: VoucherDraft) -> Voucher:
    """A new case inside the running action; its status is still to be refreshed."""
    rules.check(draft, clock.today())
    person = add_person(draft) if draft.person_id is None else _known_person(draft.person_id, draft)
    previous = latest_voucher(by, person.id)
    voucher = Voucher(person=person, previous=previous)
    _fill(by, voucher, draft)
    voucher.save()
    _set_reasons(voucher, draft.reasons)
    _record_consents(by, voucher, draft)
    return voucher


def _known_person(person_id: int, draft: VoucherDraft) -> Person:
    """Someone on file, with what was typed anew of them."""
    if draft.person_version is not None:
        refuse_ended(Person.get_one(person_id))  # what was typed anew is about them, not about who they became
    person = living_person(person_id)
    if person.deceased_on is not None and not draft.sure:
        day = show_long(person.deceased_on, current())
        ask(_("This person died, we heard on {day}. Is a new voucher right?").format(day=day))
    if draft.person_version is not None:
        person.version = draft.person_version
        fill_person(person, draft)
        person.save()
    return person


@action("voucher corrected", may=OFFICE)
def correct_voucher(by: Member, draft: VoucherDraft) -> Voucher:
    """Put right what was typed of a voucher; the person is corrected with `correct_person`."""
    assert draft.id is not None
    rules.check(draft, clock.today())
    voucher = living_case(draft.id)
    voucher.version = draft.version
    _fill(by, voucher, draft)
    voucher.save()
    _set_reasons(voucher, draft.reasons)
    refresh_status(voucher)
    return voucher


@action("person corrected", may=OFFICE)
def correct_person(by: Member, draft: PersonDraft) -> Person:
    """Put right what is on file of a person."""
    assert draft.id is not None
    check_person(draft, clock.today())
    person = Person.get_one(draft.id)
    refuse_ended(person)
    person.version = draft.version
    fill_person(person, draft)
    person.save()
    return person


@action("coach changed", may=CASEWORK)
def change_coach(by: Member, voucher_ids: tuple[int, ...], coach: int | None, substitute: int | None) -> list[Voucher]:
    """Give one or many cases to a coach and a substitute."""
    if coach is not None and coach == substitute:
        raise Refused(substitute=_("The substitute has to be someone else."))
    changed = []
    for voucher_id in voucher_ids:
        voucher = living_case(voucher_id)
        voucher.coach, voucher.substitute = coach, substitute
        voucher.save()
        changed.append(voucher)
    return changed


def add_person(draft: PersonDraft) -> Person:
    """A new person inside the running action."""
    person = Person()
    fill_person(person, draft)
    person.save()
    return person


def fill_person(person: Person, draft: PersonDraft) -> None:
    """Copy what was typed and keep the keys by which the person is found."""
    moved = person.postcode != draft.postcode
    fill(person, draft)
    person.own_practice = living_practice(draft.own_practice) if draft.own_practice is not None else None
    person.sound = sound(draft.surname)
    person.sort_name = fold(sort_key(draft.name))
    if draft.neighbourhood or moved or person.neighbourhood_id is None:
        person.neighbourhood = draft.neighbourhood or neighbourhood_of(draft.postcode)


def neighbourhood_of(postcode: str) -> int | None:
    """The neighbourhood whose four digits these are; none abroad, where 2000 is another town."""
    if not is_dutch_postcode(postcode):
        return None
    digits = postcode[:4]
    for each in Neighbourhood.select():
        if digits in each.postcodes.split():
            return int(each.id)
    return None


def refresh_status(voucher: Voucher) -> None:
    """Put status and due date where the one rule says they are; every deed ends with this."""
    status = status_of(read_case(voucher.id), terms())
    voucher.status, voucher.due_on = status.status, status.due_on
    voucher.save()


@afterwards
def follow_person_and_terms(this: Deed) -> None:
    """Where a case stands rests on whose it is too, and on the terms: whichever action changed those, it follows."""
    if this.undoes is not None and not changed_since(this.undoes):
        return  # everything is as it was
    changed = {(each["table"], each["row"]) for each in this.changes if each["before"] and each["after"]}
    if any(table == kind_of(Organisation) for table, _row in changed):
        refresh_all(Voucher.status != "closed")
    elif people := [row for table, row in changed if table == kind_of(Person)]:
        refresh_all(Voucher.person.in_(people))


def refresh_all(whose: Any) -> None:
    """The same for many cases: only those that stand otherwise now are stored."""
    vouchers = list(Voucher.select().where(whose).order_by(Voucher.id))
    cases, by_terms = read_cases([each.id for each in vouchers]), terms()
    for voucher in vouchers:
        status = status_of(cases[voucher.id], by_terms)
        if (voucher.status, voucher.due_on) != (status.status, status.due_on):
            voucher.status, voucher.due_on = status.status, status.due_on
            voucher.save()


def _fill(by: Member, voucher: Voucher, draft: VoucherDraft) -> None:
    today = clock.today()
    stood = (voucher.practice_id, voucher.referrer_id, voucher.report_to_id)
    practice = living_practice(draft.practice) if draft.practice is not None else None
    number = _number(by, voucher, draft)
    fill(voucher, draft, without=("coach_id",))
    voucher.number, voucher.practice, voucher.icpc = number, practice, draft.icpc.strip().upper()
    voucher.received_on = draft.received_on or today
    assert draft.dated_on is not None
    voucher.valid_until = draft.valid_until or rules.valid_until(draft.dated_on, terms().voucher_valid)
    _check_contacts(draft, voucher.practice_id, stood)
    role = voucher.referrer.role if voucher.referrer is not None else ""
    voucher.referrer_kind = rules.kind_of_referrer(draft, role, practice.kind if practice is not None else "")
    if draft.coach is not None or voucher.coach_id is None:
        voucher.coach = draft.coach or (practice.coach_id if practice else None)
    if voucher.substitute_id is None and practice is not None and practice.substitute_id != voucher.coach_id:
        voucher.substitute = practice.substitute_id
    if voucher.substitute_id is not None and voucher.substitute_id == voucher.coach_id:
        voucher.substitute = None


def _check_contacts(draft: VoucherDraft, practice_id: int | None, stood: tuple[int | None, ...]) -> None:
    """Referrer and addressee work at the practice on the voucher, or did when they were put on it."""
    practice_then, *contacts_then = stood
    for field in ("referrer", "report_to"):
        contact_id = getattr(draft, field)
        if practice_then == practice_id and contact_id in contacts_then:
            continue
        if contact_id is not None and Contact.get_one(contact_id).practice_id != practice_id:
            raise Refused(**{field: _("This is someone of another practice. Choose again.")})


def _number(by: Member, voucher: Voucher, draft: VoucherDraft) -> str:
    try:
        number = rules.tidy_number(draft.voucher_number)
    except Refused as refused:
        raise Refused(voucher_number=refused.message) from refused
    number = number or voucher.number or next_number(by, clock.today())
    other = Voucher.get_or_none((Voucher.number == number) & (Voucher.id != (voucher.id or 0)))
    if number != voucher.number and is_spent(number):
        raise Refused(voucher_number=_("This was the number of a voucher whose data were destroyed. Give another one."))
    note_given(number)
    if other is not None:
        raise Refused(
            voucher_number=_("This number is already used, for a voucher of {date}.").format(
                date=other.received_on.strftime("%d-%m-%Y")
            )
        )
    return number


def _set_reasons(voucher: Voucher, reasons: tuple[int, ...]) -> None:
    current = {each.reason_id: each for each in VoucherReason.select().where(VoucherReason.voucher == voucher)}
    for reason_id, row in current.items():
        if reason_id not in reasons:
            row.delete_instance()
    for reason_id in dict.fromkeys(reasons):
        if reason_id not in current:
            VoucherReason(voucher=voucher, reason=reason_id).save()


def _record_consents(by: Member, voucher: Voucher, draft: VoucherDraft) -> None:
    """What came with the voucher was answered on its day; what was said or written to us, on the day it came in."""
    asked = {"received": draft.consent_received, "report_back": draft.consent_report_back}
    answers = {purpose: answer for purpose, answer in asked.items() if answer}
    on = voucher.dated_on if draft.consent_how == "via_practice" else voucher.received_on
    record_answers(by, voucher, answers, Giving(on, draft.consent_how))
