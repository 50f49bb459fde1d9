"""Keeping practices and the people who work there."""

from desktop.actions.action import action
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.practices import ContactDraft, PracticeDraft, check, check_contact, key_of
from desktop.rules.staff import OFFICE, Member
from desktop.storage.models import Contact, Practice

COPIED = (
    "name", "kind", "street", "number", "postcode", "town", "phone", "secure_mail", "neighbourhood", "coach",
    "substitute", "in_practice_hours", "letter_to", "letter_copy", "letter_way", "salutation", "note", "active",
)  # fmt: skip
CONTACT_COPIED = (
    "practice", "role", "form_of_address", "initials", "first_name", "tussenvoegsel", "surname", "phone", "email",
    "salutation", "active",
)  # fmt: skip


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
    _refuse_double(draft)
    practice = Practice.get_one(draft.id) if draft.id is not None else Practice()
    if draft.version is not None:
        practice.version = draft.version
    for field in COPIED:
        value = getattr(draft, field)
        setattr(practice, field, value.strip() if isinstance(value, str) else value)
    practice.agb = draft.agb or None
    practice.letter_moments = " ".join(draft.letter_moments)
    practice.save()
    return practice


def store_contact(draft: ContactDraft) -> Contact:
    """Add or change inside the running action."""
    check_contact(draft)
    contact = Contact.get_one(draft.id) if draft.id is not None else Contact()
    if draft.version is not None:
        contact.version = draft.version
    for field in CONTACT_COPIED:
        value = getattr(draft, field)
        setattr(contact, field, value.strip() if isinstance(value, str) else value)
    contact.save()
    return contact


def _refuse_double(draft: PracticeDraft) -> None:
    others = Practice.select().where(Practice.merged_into.is_null() & (Practice.id != (draft.id or 0)))
    if draft.agb and (same := others.where(Practice.agb == draft.agb).first()):
        raise Refused(agb=_("This AGB code already belongs to {name}.").format(name=same.name))
    if draft.postcode:
        key = key_of(draft.name, draft.postcode)
        for other in others.where(Practice.postcode == draft.postcode):
            if key_of(other.name, other.postcode) == key:
                raise Refused(name=_("This practice is already here, at the same postcode."))
