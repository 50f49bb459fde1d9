"""Named queries about persons. Must not know what may be done with the answers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from desktop.rules.names import Name, fold, sort_key, sound
from desktop.rules.people import Candidate, Known, PersonDraft, about_case, likeness
from desktop.rules.roles import sees_casework
from desktop.rules.staff import OFFICE, Member
from desktop.storage import search
from desktop.storage.consents import position_of
from desktop.storage.database import ids_of, query
from desktop.storage.models import Neighbourhood, Person, Voucher, name_of

SORTS = {
    "name": Person.sort_name,
    "birth_date": Person.birth_date,
    "town": Person.town,
    "phone": Person.phone,
}
JUDGED = (
    Person.id,
    Person.form_of_address,
    Person.initials,
    Person.first_name,
    Person.tussenvoegsel,
    Person.surname,
    Person.birth_name,
    Person.birth_date,
    Person.phone,
    Person.phone2,
    Person.postcode,
    Person.number,
)
MOST_JUDGED = 300
SHORTEST_NAME, SHORTEST_BEGINNING = 2, 4
NEWEST = (Voucher.received_on.desc(), Voucher.id.desc())


def standing() -> object:
    """The condition that a person is neither merged away nor erased."""
    return Person.merged_into.is_null() & Person.erased_on.is_null()


def erased() -> Any:
    """Whose data were destroyed: what stays of them is counted, and nothing is still to be done about it."""
    return Person.select(Person.id).where(Person.erased_on.is_null(False))


@query(may=OFFICE)
def list_people(by: Member, text: str = "", sort: str = "name", descending: bool = False) -> list[int]:
    """The ids of all persons in order, or of those the text finds."""
    order = SORTS.get(sort, Person.sort_name)
    persons = Person.select(Person.id).where(standing())
    if text.strip():
        persons = persons.where(Person.id.in_([row for _kind, row in search.find(text, "person", 500)]))
    ordered = persons.order_by(order.desc() if descending else order, Person.id)
    return ids_of(ordered)


@query(may=OFFICE)
def fetch_people(by: Member, ids: Sequence[int]) -> list[Person]:
    """These persons in the order of the ids."""
    found = {person.id: person for person in Person.select().where(Person.id.in_(ids))}
    return [found[each] for each in ids if each in found]


@query(may=OFFICE)
def find_person(by: Member, person_id: int) -> Person:
    """One person; who was merged into another is that other one, gone is Refused."""
    person = Person.get_one(person_id)
    while person.merged_into_id is not None:
        person = Person.get_one(person.merged_into_id)
    return person


@query(may=OFFICE)
def find_candidates(by: Member, draft: PersonDraft, most: int = 4) -> list[Candidate]:
    """Who on file may be the person being typed, likeliest first, with the why."""
    seen: dict[int, Person] = {}
    for condition in _alike(draft):
        same_name = Person.first_name != draft.first_name  # of many Jansens the one with this first name first
        for person in Person.select(*JUDGED).where(standing() & condition).order_by(same_name).limit(MOST_JUDGED):
            seen[person.id] = person
    judged = [likeness(draft, _known(person)) for person in seen.values() if person.id != draft.id]
    best = sorted((each for each in judged if each is not None), key=lambda each: (-each.score, -each.id))[:most]
    return [replace(each, about=_last_case(by, each.id)) for each in best]


def _alike(draft: PersonDraft) -> list[Any]:
    """The conditions under which someone on file is worth judging."""
    conditions: list[Any] = []
    family = fold(sort_key(Name(surname=draft.surname)))
    if len(family) >= SHORTEST_NAME:
        conditions.append(Person.sound == sound(draft.surname))
    if len(family) >= SHORTEST_BEGINNING:
        conditions.append(Person.sort_name.between(family, family + "\U0010ffff"))
    if draft.birth_date:
        conditions.append(Person.birth_date == draft.birth_date)
    for phone in filter(None, (draft.phone, draft.phone2)):
        conditions += [Person.phone == phone, Person.phone2 == phone]
    if draft.postcode and draft.number:
        conditions.append(Person.postcode == draft.postcode)
    return conditions


def _known(person: Person) -> Known:
    return Known(
        id=person.id,
        name=name_of(person),
        birth_date=person.birth_date,
        phones=tuple(phone for phone in (person.phone, person.phone2) if phone),
        postcode=person.postcode,
        number=person.number,
    )


def _last_case(by: Member, person_id: int) -> str:
    """What is known of the newest voucher, in a few words."""
    case = Voucher.select().where(Voucher.person == person_id).order_by(*NEWEST).first()
    if case is None:
        return ""
    return about_case(case.received_on, case.status, case.outcome if sees_casework(by) else "")


@query(may=OFFICE)
def latest_voucher(by: Member, person_id: int) -> Voucher | None:
    """The person's newest case."""
    found: Voucher | None = Voucher.select().where(Voucher.person == person_id).order_by(*NEWEST).first()
    if found is not None and not sees_casework(by):
        found.outcome = ""
    return found


def consent_of(person_id: int, purpose: str) -> str:
    """What counts in the newest case: "yes", "no", "ask", or "" when it was never asked; each case has its own."""
    newest = Voucher.select().where(Voucher.person == person_id).order_by(*NEWEST).first()
    return position_of(newest.id, purpose).counts if newest is not None else ""


@query(may=OFFICE)
def list_neighbourhoods(by: Member) -> list[tuple[str, tuple[str, ...]]]:
    """Each neighbourhood with the four digits of its postcodes."""
    return [(each.name, tuple(each.postcodes.split())) for each in Neighbourhood.select().order_by(Neighbourhood.name)]


@query(may=OFFICE)
def street_of(by: Member, postcode: str) -> tuple[str, str]:
    """(street, town) of this postcode, as known from someone who lives there: a postcode is one street."""
    lives = (Person.postcode == postcode) & (Person.street != "") & (Person.town != "")
    found = Person.select(Person.street, Person.town).where(lives & standing()).order_by(Person.id.desc()).first()
    return (found.street, found.town) if found is not None else ("", "")
