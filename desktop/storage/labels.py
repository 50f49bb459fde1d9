"""Named queries about whom an address can be printed for."""

from desktop.rules.names import fold
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.database import query
from desktop.storage.letters import Route
from desktop.storage.models import Contact, Practice


@query(may=CASEWORK)
def list_routes(by: Member) -> list[Route]:
    """Every practice that refers now, each followed by those who work there."""
    practices = list(Practice.select().where(Practice.active & Practice.merged_into.is_null()))
    practices.sort(key=lambda practice: (fold(practice.name), practice.id))
    people: dict[int, list[Contact]] = {practice.id: [] for practice in practices}
    for contact in Contact.select().where(Contact.active).order_by(Contact.id):
        people.get(contact.practice_id, []).append(contact)
    return [Route(practice, contact) for practice in practices for contact in (None, *people[practice.id])]
