"""Named queries about what people asked of their own data. Must not know terms."""

from datetime import date

from desktop.rules.staff import OFFICE, Member
from desktop.storage.database import query
from desktop.storage.models import Request

ORDER = (Request.answered_on.is_null(False), Request.answer_by, Request.id)


@query(may=OFFICE)
def list_requests(by: Member, person_id: int | None = None) -> list[Request]:
    """Open ones first, the one that must be answered soonest on top."""
    found = Request.select().order_by(*ORDER)
    return list(found.where(Request.person == person_id) if person_id is not None else found)


@query(may=OFFICE)
def find_request(by: Member, request_id: int) -> Request:
    """One request; gone is Refused."""
    return Request.get_one(request_id)


def open_requests(until: date) -> list[Request]:
    """What has not been answered and has to be by this day."""
    return list(Request.select().where(Request.answered_on.is_null() & (Request.answer_by <= until)).order_by(*ORDER))
