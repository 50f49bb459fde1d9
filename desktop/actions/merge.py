"""Two persons or practices made one: everything of the other goes along, and the other stays known as merged."""

from collections.abc import Iterator

from desktop import clock
from desktop.actions.action import action
from desktop.actions.deceased import note_death
from desktop.actions.ends import resume_case, settle_outcome
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.fields_practices import CONTACT
from desktop.rules.merge import GROUPS, MergeDraft, chosen
from desktop.rules.names import fold, sort_key, sound
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.changes import ITSELF, Record, let_pass, plain
from desktop.storage.ends import deceased_closings
from desktop.storage.merge import is_newer, link_cases, mergeable, referring
from desktop.storage.models import Contact, DifferentPeople, Letter, Person, Practice
from desktop.storage.values import cases_of_practices
from desktop.storage.values_kept import keeping_figures, of_persons

SAME_CONTACT = ("role", "form_of_address", "initials", "first_name", "tussenvoegsel", "surname")
DETAILS = tuple(
    each.name for each in CONTACT.fields if each.is_copied and each.name not in (*SAME_CONTACT, "practice", "active")
)
"""What else is on file of somebody at a practice: two records with different details stay two people."""


@action("persons merged", may=CASEWORK)
def merge_people(by: Member, draft: MergeDraft) -> Person:
    """The vouchers, deeds, consents and letters of the other become those of the one who stays."""
    kept, other = mergeable("person", draft.kept, draft.other)
    assert isinstance(kept, Person)
    _forget_difference(kept.id, other.id)
    with keeping_figures(of_persons(kept.id, other.id)):
        _merge("person", draft, kept, other)
    link_cases(kept.id)
    _settle_death(by, kept)
    return Person.get_one(kept.id)


@action("practices merged", may=CASEWORK)
def merge_practices(by: Member, draft: MergeDraft) -> Practice:
    """The contacts, vouchers and letters of the other become those of the practice that stays."""
    kept, other = mergeable("practice", draft.kept, draft.other)
    assert isinstance(kept, Practice)
    with keeping_figures(cases_of_practices([other.id]), moving_to=kept.id):
        _merge("practice", draft, kept, other)
    _join_contacts(kept)
    return kept


@action("judged to be different people", may=CASEWORK)
def keep_apart(by: Member, first: int, second: int) -> DifferentPeople:
    """These two look alike and are not the same: they are no longer offered."""
    one, two = mergeable("person", min(first, second), max(first, second))
    if DifferentPeople.get_or_none((DifferentPeople.person == one) & (DifferentPeople.other == two)):
        raise Refused(_("This was noted already."))
    noted = DifferentPeople(person=one, other=two)
    noted.save()
    return noted


def _settle_death(by: Member, kept: Person) -> None:
    """Whoever died has no case that goes on; who did not has none that says so."""
    if kept.deceased_on is not None:
        note_death(by, kept, kept.deceased_on, sure=True)
        return
    for closing in deceased_closings(kept.id):
        closing.reopened_on, closing.reopened_why = clock.today(), _("Merged: this person did not die")
        closing.save()
        resume_case(closing)
        settle_outcome(closing.voucher)


def _merge(kind: str, draft: MergeDraft, kept: Record, other: Record) -> None:
    kept.version, other.version = draft.kept_version, draft.other_version
    values = chosen(GROUPS[kind], draft, plain(kept), plain(other), is_newer(other, kept))
    for name, row in _going_along(other):
        setattr(row, name, kept.id)
        if isinstance(row, Letter) and kind == "practice":
            row.recipient_key = f"{kept.id}-{row.recipient_id or 0}"
        row.save()
    if values.get("agb"):
        other.agb = None  # a code belongs to one practice
    other.merged_into = kept.id
    other.save()
    for column, value in values.items():
        field = type(kept)._meta.columns[column]
        setattr(kept, field.name, field.python_value(value))
    if isinstance(kept, Person):
        kept.sound, kept.sort_name = sound(kept.surname), fold(sort_key(kept.known_as))
    if isinstance(kept, Practice) and kept.coach_id is not None and kept.coach_id == kept.substitute_id:
        raise Refused(coaches=_("The substitute has to be someone else."))
    kept.save()


def _going_along(record: Record) -> Iterator[tuple[str, Record]]:
    """What points to a record; what was merged away before stays as it was.

    What is left of somebody whose data were destroyed goes along with a practice: it is counted for it.
    """
    for name, row in list(referring(record)):
        if row.why_ended(ITSELF):
            continue
        if not isinstance(record, Person):
            let_pass(row)
        yield name, row


def _join_contacts(practice: Practice) -> None:
    """Somebody who stood at both practices under one name and role stands there once."""
    known: dict[tuple[str, ...], Contact] = {}
    for row in Contact.select().where(Contact.practice == practice).order_by(Contact.id):
        first = known.setdefault(tuple(fold(getattr(row, name)) for name in SAME_CONTACT), row)
        details = [(getattr(first, name), getattr(row, name)) for name in DETAILS]
        if first is row or not row.surname or any(one and two and one != two for one, two in details):
            continue
        if not _share_a_letter(first, row):
            _join_contact(first, row)


def _join_contact(first: Contact, twin: Contact) -> None:
    for name, found in _going_along(twin):
        row = type(found).get_one(found.id)  # a voucher may name somebody twice
        setattr(row, name, first.id)
        if isinstance(row, Letter):
            row.recipient_key = f"{row.practice_id}-{first.id}"
        row.save()
    for name in DETAILS:
        setattr(first, name, getattr(first, name) or getattr(twin, name))
    first.active = first.active or twin.active
    first.save()
    twin.delete_instance()


def _share_a_letter(first: Contact, twin: Contact) -> bool:
    """Whether both got the same letter about one case: those stay two letters to two people on file."""
    ours, theirs = (
        {(row.voucher_id, row.moment) for row in Letter.select().where(Letter.recipient == each)}
        for each in (first, twin)
    )
    return bool(ours & theirs)


def _forget_difference(kept: int, other: int) -> None:
    """Who was judged different from either stays so; the judgement on these two is taken back."""
    for row in DifferentPeople.select().where((DifferentPeople.person == other) | (DifferentPeople.other == other)):
        third = row.other_id if row.person_id == other else row.person_id
        known = DifferentPeople.get_or_none(
            ((DifferentPeople.person == kept) & (DifferentPeople.other == third))
            | ((DifferentPeople.person == third) & (DifferentPeople.other == kept))
        )
        if third == kept or known is not None:
            row.delete_instance()
