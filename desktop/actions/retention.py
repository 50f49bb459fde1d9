"""Keeping data as long as needed and no longer: terms, the yearly list, destroying and making anonymous.

Must not know screens.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop import clock
from desktop.actions.action import about, action
from desktop.errors import Refused
from desktop.language import _
from desktop.rules import retention as rules
from desktop.rules.dates import months_after
from desktop.rules.identifiers import has_bsn
from desktop.rules.names import fold, formal
from desktop.rules.retention import Certificate, DestroyDraft, TermsDraft
from desktop.rules.staff import CASEWORK, COORDINATOR, Member, require
from desktop.storage import erasing
from desktop.storage.changes import under_way
from desktop.storage.database import told
from desktop.storage.living import living_case, refuse_ended
from desktop.storage.models import (
    Destruction,
    Organisation,
    Person,
    Request,
    RetentionItem,
    RetentionList,
    RetentionTerm,
    Staff,
    Voucher,
)
from desktop.storage.retention import kept_long_enough, next_number, unproved, why_not_destroyed
from desktop.storage.unfinished import UnfinishedForms
from desktop.storage.values_kept import keeping_figures, of_persons

BACKUPS_KEEP = 10  # months: nine with a backup of each, and the one that is running
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Gone:
    """What was done, and by which words a form that still tells of this person is known."""

    record: Destruction
    certificate: Certificate
    ids: Mapping[str, frozenset[int]]  # by table
    words: tuple[str, ...]
    phones: tuple[str, ...]


@action("retention terms changed", may=COORDINATOR)
def change_terms(by: Member, draft: TermsDraft) -> list[RetentionTerm]:
    """Another number of months for some kinds of case."""
    rules.check_terms(draft)
    rows = {row.kind: row for row in RetentionTerm.select()}
    for kind in rules.KINDS:
        row = rows.setdefault(kind, RetentionTerm(kind=kind))
        row.months = getattr(draft, kind)
        row.save()
    return list(rows.values())


@action("ground changed", may=CASEWORK)
def change_ground(by: Member, voucher_id: int, ground: str) -> Voucher:
    """On which ground the data of a case are used; what may be shared is asked apart."""
    if ground not in rules.GROUNDS:
        raise Refused(ground=_("Choose the ground."))
    voucher = living_case(voucher_id)
    voucher.ground = ground
    voucher.save()
    return voucher


@action("retention list made", may=COORDINATOR)
def make_list(by: Member) -> RetentionList:
    """Whose term is over today; nothing happens to anyone until the list is approved."""
    if RetentionList.select().where(RetentionList.done_on.is_null()).exists():
        raise Refused(_("There is a list already that was not carried out. Finish that one first."))
    today = clock.today()
    found = kept_long_enough(today)
    if not found:
        raise Refused(_("Nobody's term is over. There is nothing to destroy."))
    made = RetentionList(made_on=today, until=today)
    made.save()
    for kept in found:
        RetentionItem(
            list=made, person=kept.person_id, kind=kept.verdict.kind, ended_on=kept.verdict.ended_on, cases=kept.cases
        ).save()
    about(made)
    return made


@action("retention choice changed", may=COORDINATOR)
def choose(by: Member, item_id: int, choice: str, why_keep: str = "") -> RetentionItem:
    """Destroy, make anonymous, or keep with the reason."""
    if choice not in rules.CHOICES:
        raise Refused(choice=_("Choose what happens to the data."))
    if choice == "keep" and not why_keep.strip():
        raise Refused(why_keep=_("Say why the data are kept longer than the term."))
    if has_bsn(why_keep):
        raise Refused(why_keep=_("A BSN may not be stored. Leave it out."))
    item = RetentionItem.get_one(item_id)
    _refuse_approved(item.list)
    item.choice, item.why_keep = choice, why_keep.strip() if choice == "keep" else ""
    item.save()
    return item


@action("retention list approved", may=COORDINATOR)
def approve_list(by: Member, list_id: int) -> RetentionList:
    """From now on it may be carried out."""
    found = RetentionList.get_one(list_id)
    _refuse_approved(found)
    found.approved_on, found.approved_by = clock.today(), by.id or None
    found.save()
    return found


@action("retention list withdrawn", may=COORDINATOR)
def withdraw_list(by: Member, list_id: int) -> None:
    """A list that was not approved goes; nothing happened to anyone."""
    found = RetentionList.get_one(list_id)
    _refuse_approved(found)
    for item in RetentionItem.select().where(RetentionItem.list == found):
        item.delete_instance()
    found.delete_instance()


@action("data destroyed", may=COORDINATOR)
def destroy_person(by: Member, draft: DestroyDraft) -> Gone:
    """At the request of the person: everything goes, the certificate is made, nothing of this can be undone."""
    person = Person.get_one(draft.person_id)
    refuse_ended(person)  # nobody else is destroyed in their place
    if draft.how not in rules.HOW:
        raise Refused(how=_("Choose what happens to the data."))
    if fold(draft.surname) != fold(person.surname):
        raise Refused(surname=_("Type the surname of this person, so that it is not somebody else."))
    if why := why_not_destroyed(person.id):
        raise Refused(why)
    request = Request.get_one(draft.request_id) if draft.request_id is not None else None
    if request is not None and (request.person_id, request.kind) != (person.id, "destruction"):
        raise Refused(_("This request is not about destroying the data of this person."))
    if unproved(person.id) or (request is not None and not request.proved):
        raise Refused(_("First make sure that it is this person who asks, and tick that on the request."))
    gone = _destroy(by, person, draft.how, "request", request=request)
    if request is not None:
        _answer(by, request.id)
    _for_good()
    return gone


@action("data destroyed after the term", may=COORDINATOR)
def carry_out_item(by: Member, item_id: int) -> Gone | None:
    """One line of an approved list; a case that was opened again since keeps its data."""
    item = RetentionItem.get_one(item_id)
    if item.list.approved_on is None:
        raise Refused(_("The list has to be approved first."))
    found = None
    about(item)
    if item.person_id is not None and item.choice in rules.HOW and _is_still_over(item):
        found = _destroy(by, item.person, item.choice, "retention", of_list=item.list)
    item = RetentionItem.get_one(item_id)
    item.done_on = clock.today()
    item.save()
    _for_good()
    return found


@action("retention list carried out", may=COORDINATOR)
def finish_list(by: Member, list_id: int) -> RetentionList:
    """Every line was carried out."""
    found = RetentionList.get_one(list_id)
    found.done_on = clock.today()
    found.save()
    return found


def carry_out(by: Member, list_id: int, forms: UnfinishedForms, progress: Progress) -> int:
    """The whole approved list, a person at a time; stopped halfway it goes on where it was."""
    require(by, COORDINATOR)
    with told():
        left = [
            row[0]
            for row in RetentionItem.select(RetentionItem.id)
            .where((RetentionItem.list == list_id) & RetentionItem.done_on.is_null())
            .order_by(RetentionItem.id)
            .tuples()
        ]
    for at, item_id in enumerate(left):
        progress(at, len(left))
        if (gone := carry_out_item(by, item_id)) is not None:
            forget_forms(forms, gone)
    finish_list(by, list_id)
    clear_up(by)
    return len(left)


def destroy_and_clear_up(by: Member, draft: DestroyDraft, forms: UnfinishedForms, progress: Progress) -> Gone:
    """One person, their unfinished forms, and what was left in the free room of the file."""
    gone = destroy_with_forms(by, draft, forms)
    progress(1, 2)
    clear_up(by)
    return gone


def destroy_with_forms(by: Member, draft: DestroyDraft, forms: UnfinishedForms) -> Gone:
    """One person, and what anyone was still typing about them; clearing up follows while the certificate is shown."""
    gone = destroy_person(by, draft)
    forget_forms(forms, gone)
    return gone


def clear_up(by: Member, progress: Progress | None = None) -> None:
    """After the last transaction: no trace in the file's free room or its log."""
    require(by, COORDINATOR)
    with told():
        erasing.sweep()


def forget_forms(forms: UnfinishedForms, gone: Gone) -> int:
    """Throw away what anyone was still typing about this person: by its page, else by what was typed."""

    def about_them(_form_key: str, raw: dict[str, str]) -> bool:
        arguments = json.loads(raw.get("_origin") or "{}").get("arguments", {})
        if any(_names(gone, name, value, arguments) for name, value in arguments.items()):
            return True
        typed = " ".join(text for name, text in raw.items() if not name.startswith("_"))
        words, digits = f" {fold(typed)} ", re.sub(r"\D", "", typed)
        return sum(word in words for word in gone.words) + sum(phone in digits for phone in gone.phones) > 1

    return forms.forget_where(about_them)


def _names(gone: Gone, name: str, value: Any, arguments: Mapping[str, Any]) -> bool:
    """Whether an argument of a page is one of the rows that went."""
    table = str(arguments.get("kind", "")) if name == "deed_id" else name.removesuffix("s").removesuffix("_id")
    several = value if isinstance(value, list) else [value]
    return any(each in gone.ids.get(table, ()) for each in several)


def _destroy(
    by: Member,
    person: Person,
    how: str,
    why: str,
    *,
    request: Request | None = None,
    of_list: RetentionList | None = None,
) -> Gone:
    today = clock.today()
    whose, words, phones = formal(person.known_as), _words_of(person), _phones_of(person)
    request_id, list_id = request.id if request else None, of_list.id if of_list else None
    with keeping_figures(of_persons(person.id)):
        erased = erasing.destroy(person.id) if how == "destroy" else erasing.anonymise(person.id, today)
    record = Destruction(
        number=next_number(today),
        done_on=today,
        how=how,
        why=why,
        persons=len(erased.ids["person"]),
        cases=len(erased.ids.get("voucher", ())),
        rows=erased.rows,
        person_number=person.id,
        request=request_id,
        list=list_id,
        backups_until=months_after(today, BACKUPS_KEEP),
        staff=by.id or None,
    )
    record.save()
    about(record)
    return Gone(record, certificate_of(record, whose, by.name), erased.ids, words, phones)


def certificate_of(record: Destruction, whose: str, signed_by: str = "") -> Certificate:
    """What the certificate says; a later print has no name, since there is none any more."""
    organisation = Organisation.select(Organisation.name).first()
    staff = Staff.get_or_none(Staff.id == record.staff_id) if not signed_by else None
    return Certificate(
        organisation.name if organisation else "",
        record.number,
        record.done_on,
        record.how,
        record.why,
        whose,
        record.persons,
        record.cases,
        record.rows,
        record.backups_until,
        signed_by or (staff.name if staff else ""),
    )


def print_later(by: Member, record: Destruction) -> bytes:
    """The certificate once more; by now nobody knows whose data they were."""
    return print_certificate(by, certificate_of(record, ""))


def print_certificate(by: Member, certificate: Certificate) -> bytes:
    """The certificate on paper."""
    from desktop.paper.certificate import render

    require(by, COORDINATOR)
    return render(certificate)


def _words_of(person: Person) -> tuple[str, ...]:
    """What a form that is about this person has at least two of, the phones counted in."""
    values = (person.surname, person.first_name, person.birth_date, person.email, person.street)
    return tuple(f" {fold(each)} " for each in values if each)


def _phones_of(person: Person) -> tuple[str, ...]:
    """The digits without the country: they are typed with and without it."""
    phones = (re.sub(r"\D", "", each.removeprefix("+31")) for each in (person.phone, person.phone2))
    return tuple(each for each in phones if each)


def _for_good() -> None:
    """Without changed fields in the history there is nothing that undo could put back, a certificate least of all."""
    under_way().changes.clear()


def _answer(by: Member, request_id: int) -> None:
    request = Request.get_one(request_id)
    request.answered_on, request.outcome, request.staff = clock.today(), "granted", by.id or None
    request.save()


def _is_still_over(item: RetentionItem) -> bool:
    """Nothing came in since that keeps the data."""
    return not why_not_destroyed(item.person_id)


def _refuse_approved(found: RetentionList) -> None:
    if found.approved_on is not None:
        raise Refused(_("This list was approved already."))
