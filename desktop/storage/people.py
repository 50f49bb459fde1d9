"""Named queries about persons. Must not know what may be done with the answers."""

from collections.abc import Sequence

from desktop.rules.names import fold, sound
from desktop.rules.people import Candidate, Known, PersonDraft, likeness
from desktop.rules.staff import OFFICE, Member
from desktop.storage import search
from desktop.storage.database import database, query
from desktop.storage.models import Consent, Person, Voucher, name_of

SORTS = {
    "name": Person.sort_name,
    "birth_date": Person.birth_date,
    "town": Person.town,
    "phone": Person.phone,
}


def standing() -> object:
    """The condition that a person is neither merged away nor erased."""
    return Person.merged_into.is_null() & Person.erased_on.is_null()


@query(may=OFFICE)
def list_people(by: Member, text: str = "", sort: str = "name", descending: bool = False) -> list[int]:
    """The ids of all persons in order, or of those the text finds."""
    order = SORTS.get(sort, Person.sort_name)
    persons = Person.select(Person.id).where(standing())
    if text.strip():
        persons = persons.where(Person.id.in_([row for _kind, row in search.find(text, "person", 500)]))
    ordered = persons.order_by(order.desc() if descending else order, Person.id)
    return [row[0] for row in ordered.tuples()]


@query(may=OFFICE)
def fetch_people(by: Member, ids: Sequence[int]) -> list[Person]:
    """These persons in the order of the ids."""
    found = {person.id: person for person in Person.select().where(Person.id.in_(ids))}
    return [found[each] for each in ids if each in found]


@query(may=OFFICE)
def find_candidates(by: Member, draft: PersonDraft, most: int = 4) -> list[Candidate]:
    """Who on file may be the person being typed, likeliest first, with the why."""
    conditions = []
    if len(fold(draft.surname)) >= 2:
        conditions.append(Person.sound == sound(draft.surname))
        folded = fold(draft.surname)
        conditions.append(Person.sort_name.between(folded, folded + "\U0010ffff"))
    if draft.birth_date:
        conditions.append(Person.birth_date == draft.birth_date)
    for phone in filter(None, (draft.phone, draft.phone2)):
        conditions.append((Person.phone == phone) | (Person.phone2 == phone))
    seen: dict[int, Person] = {}
    for condition in conditions:
        for person in Person.select().where(standing() & condition).limit(200):
            seen[person.id] = person
    judged = [likeness(draft, _known(person)) for person in seen.values() if person.id != draft.id]
    best = sorted((each for each in judged if each is not None), key=lambda each: -each.score)[:most]
    return best


def _known(person: Person) -> Known:
    return Known(
        id=person.id,
        name=name_of(person),
        birth_date=person.birth_date,
        phones=tuple(phone for phone in (person.phone, person.phone2) if phone),
        postcode=person.postcode,
        number=person.number,
    )


@query(may=OFFICE)
def latest_voucher(by: Member, person_id: int) -> Voucher | None:
    """The person's newest case."""
    found: Voucher | None = (
        Voucher.select()
        .where(Voucher.person == person_id)
        .order_by(Voucher.received_on.desc(), Voucher.id.desc())
        .first()
    )
    return found


@query(may=OFFICE)
def list_consents(by: Member, person_id: int) -> list[Consent]:
    """The newest answer per purpose, in the order in which they were given."""
    newest: dict[str, Consent] = {}
    for consent in Consent.select().where(Consent.person == person_id).order_by(Consent.given_on, Consent.id):
        newest[consent.purpose] = consent
    return list(newest.values())


def consent_of(person_id: int, purpose: str) -> str:
    """The answer that counts now for this purpose: "yes", "no", "ask"; withdrawn is "no", never asked is ""."""
    newest = (
        Consent.select()
        .where((Consent.person == person_id) & (Consent.purpose == purpose))
        .order_by(Consent.given_on.desc(), Consent.id.desc())
        .first()
    )
    if newest is None:
        return ""
    return "no" if newest.withdrawn_on is not None else str(newest.answer)


def count_people() -> int:
    return int(database.execute_sql("SELECT count(*) FROM person").fetchone()[0])
