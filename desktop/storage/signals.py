"""Named queries about signals to the practice. Must not know what they say."""

from desktop.rules.letter_envelope import named
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.consents import may_hear
from desktop.storage.database import query
from desktop.storage.letters import signal_route_of
from desktop.storage.models import Letter, Voucher, Worry


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
def may_tell_gp(by: Member, voucher_id: int) -> bool:
    """Whether the GP may hear it without another yes."""
    return gp_may_hear(Voucher.get_one(voucher_id))


@query(may=CASEWORK)
def worries_told(by: Member, voucher_id: int, worry_id: int | None) -> frozenset[str]:
    """The kinds of worry that a signal of this case may be about."""
    if worry_id is not None:
        return frozenset({Worry.get_one(worry_id).kind})
    return open_kinds(Voucher.get_one(voucher_id).person_id)


def gp_may_hear(voucher: Voucher) -> bool:
    """The consent to report back is given for one practice: a GP elsewhere needs a yes of their own."""
    route = signal_route_of(voucher)
    return route is not None and may_hear(voucher.id, route.practice.id, "report_back")


def open_kinds(person_id: int) -> frozenset[str]:
    """What the open worries about this person are about."""
    rows = Worry.select(Worry.kind).where((Worry.person == person_id) & Worry.done_on.is_null())
    return frozenset(row[0] for row in rows.tuples())


@query(may=CASEWORK)
def addressee_of(by: Member, voucher_id: int) -> tuple[str, str, str]:
    """To whom the signal goes: practice, who reads it there, and the number to phone."""
    route = signal_route_of(Voucher.get_one(voucher_id))
    if route is None:
        return "", "", ""
    contact = route.contact
    whom = named(contact.addressed) if contact is not None else ""
    return route.practice.name, whom, route.practice.phone
