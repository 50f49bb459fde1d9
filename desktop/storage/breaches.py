"""Named queries about breaches. Must not know the 72 hours."""

from desktop.rules.staff import OFFICE, Member
from desktop.storage.database import query
from desktop.storage.models import Breach


@query(may=OFFICE)
def list_breaches(by: Member) -> list[Breach]:
    """Those that are not closed first, then the newest."""
    return list(Breach.select().order_by(Breach.closed_on.is_null(False), Breach.noticed_at.desc()))


@query(may=OFFICE)
def find_breach(by: Member, breach_id: int) -> Breach:
    """One breach; gone is Refused."""
    return Breach.get_one(breach_id)


def open_breaches() -> list[Breach]:
    """Those of which something is still to be done."""
    return list(Breach.select().where(Breach.closed_on.is_null()).order_by(Breach.noticed_at))
