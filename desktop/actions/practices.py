"""Keeping practices and the people who work there."""

from dataclasses import replace

from desktop.actions.action import action
from desktop.actions.filling import fill
from desktop.actions.neighbourhoods import find_neighbourhood
from desktop.actions.returned_post import on_envelope, settle_changed_address
from desktop.actions.vouchers import refresh_status
from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules.declared import called_alike
from desktop.rules.names import fold, full
from desktop.rules.practices import ContactDraft, PracticeDraft, check, check_contact, key_of, moving_doubt, name_tidied
from desktop.rules.staff import OFFICE, Member
from desktop.storage.living import living_practice, refuse_ended
from desktop.storage.models import Contact, Practice, Voucher, name_of
from desktop.storage.practices import open_vouchers_of

COPIED, CONTACT_COPIED = called_alike("practice"), called_alike("contact")


@action("practice added", may=OFFICE)
def add_practice(by: Member, draft: PracticeDraft) -> Practice:
    """A new practice; the same AGB code, or name and postcode, twice is refused."""
    return store_practice(draft)


@action("practice changed", may=OFFICE)
def change_practice(by: Member, draft: PracticeDraft) -> Practice:
    """Other address, other letter agreement."""
    return store_practice(draft)


@action("contact added", may=OFFICE)
def add_contact(by: Member, draft: ContactDraft) -> Contact:
    """Someone new at a practice."""
    return store_contact(draft)


@action("contact changed", may=OFFICE)
def change_contact(by: Member, draft: ContactDraft) -> Contact:
    """Another name or role; `active` is off for someone who left."""
    return store_contact(draft)


def store_practice(draft: PracticeDraft) -> Practice:
    """Add or change inside the running action."""
    check(draft)
    practice = Practice.get_one(draft.id) if draft.id is not None else Practice()
    refuse_ended(practice)
    _refuse_double(draft)
    before = on_envelope(practice)
    if draft.version is not None:
        practice.version = draft.version
    fill(practice, draft)
    practice.neighbourhood = find_neighbourhood(draft.neighbourhood_name) or draft.neighbourhood
    practice.save()
    settle_changed_address(practice, before)
    return practice


def store_contact(draft: ContactDraft) -> Contact:
    """Add or change inside the running action."""
    draft = name_tidied(draft)
    check_contact(draft)
    if draft.practice is not None:
        draft = replace(draft, practice=living_practice(draft.practice).id)
    contact = Contact.get_one(draft.id) if draft.id is not None else Contact()
    before, along = on_envelope(contact), _open_vouchers(contact, draft)
    _ask(draft, len(along))
    if draft.version is not None:
        contact.version = draft.version
    fill(contact, draft)
    contact.save()
    settle_changed_address(contact, before)
    for voucher in along if draft.takes_along else ():
        _take_along(voucher, contact)
    return contact


def _open_vouchers(contact: Contact, draft: ContactDraft) -> list[Voucher]:
    """The cases that go on, on which somebody stands who goes to another practice."""
    if contact.id is None or draft.practice == contact.practice_id:
        return []
    return open_vouchers_of(contact)


def _take_along(voucher: Voucher, contact: Contact) -> None:
    """To the practice of this contact; a colleague who stayed behind no longer stands on it but by name.

    What was answered for the old practice is no answer for the new one, and is asked again.
    """
    voucher.practice = contact.practice_id
    referrer, report_to = voucher.referrer, voucher.report_to
    if referrer is not None and referrer.practice_id != contact.practice_id:
        voucher.referrer, voucher.referrer_name = None, full(name_of(referrer))
    if report_to is not None and report_to.practice_id != contact.practice_id:
        voucher.report_to = None
    voucher.save()
    refresh_status(voucher)


def _refuse_double(draft: PracticeDraft) -> None:
    """One practice, one record: sure by AGB code or name and postcode, asked when a postcode is missing."""
    others = Practice.select().where(Practice.merged_into.is_null() & (Practice.id != (draft.id or 0)))
    if draft.agb and (same := others.where(Practice.agb == draft.agb).first()):
        raise Refused(agb=_("This AGB code already belongs to {name}.").format(name=same.name))
    named = [other for other in others if fold(other.name) == fold(draft.name)]
    key = key_of(draft.name, draft.postcode)
    if any(key_of(other.name, other.postcode) == key for other in named):
        raise Refused(name=_("This practice is already here, at the same postcode."))
    if not draft.sure and any("" in (other.postcode, draft.postcode) for other in named):
        ask(name=_("There is already a practice with this name. Is this another one?"))


def _ask(draft: ContactDraft, open_vouchers: int) -> None:
    """Both at once: an answer to one question is no answer to the other."""
    if draft.sure:
        return
    colleagues = Contact.select().where((Contact.practice == draft.practice) & (Contact.id != (draft.id or 0)))
    doubts = {}
    if any(fold(full(name_of(each))) == fold(full(draft.name)) for each in colleagues):
        doubts["surname"] = _("Someone with this name already works at this practice.")
    if draft.takes_along is None and (doubt := moving_doubt(open_vouchers)):
        doubts["takes_along"] = doubt
    if doubts:
        ask(**doubts)
