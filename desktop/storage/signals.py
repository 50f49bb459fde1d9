"""Named queries about signals to the practice. Must not know what they say."""

from desktop.rules.letter_envelope import named
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.database import query
from desktop.storage.letters import route_of
from desktop.storage.models import Letter, Voucher, Worry
from desktop.storage.people import consent_of


@query(may=CASEWORK)
def untold_worry(by: Member, voucher_id: int) -> int | None:
    """The newest open worry of a case that no signal was written about."""
    told = Letter.select(Letter.worry).where(Letter.worry.is_null(False) & Letter.withdrawn_on.is_null())
    found: Worry | None = (
        Worry.select(Worry.id)
        .where((Worry.voucher == voucher_id) & Worry.done_on.is_null() & Worry.id.not_in(told))
        .order_by(Worry.noticed_on.desc(), Worry.id.desc())
        .first()
    )
    return found.id if found is not None else None


@query(may=CASEWORK)
def may_report_back(by: Member, person_id: int) -> bool:
    """Whether the consent to report back counts now."""
    return consent_of(person_id, "report_back") == "yes"


@query(may=CASEWORK)
def addressee_of(by: Member, voucher_id: int) -> tuple[str, str, str]:
    """To whom the signal goes: practice, who reads it there, and the number to phone."""
    route = route_of(Voucher.get_one(voucher_id))
    if route is None:
        return "", "", ""
    contact = route.contact
    whom = named(contact.addressed) if contact is not None else ""
    return route.practice.name, whom, route.practice.phone
