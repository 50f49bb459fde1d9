"""What people ask of their own data: written down the day it comes, answered in time. Must not know screens."""

from desktop import clock
from desktop.actions.action import action
from desktop.actions.filling import fill
from desktop.rules import requests as rules
from desktop.rules.requests import RequestDraft
from desktop.rules.staff import OFFICE, Member
from desktop.storage.living import living_person
from desktop.storage.models import Request


@action("request registered", may=OFFICE)
def register_request(by: Member, draft: RequestDraft) -> Request:
    """The term runs from the day it came in."""
    return _save(by, Request(), draft)


@action("request changed", may=OFFICE)
def change_request(by: Member, draft: RequestDraft) -> Request:
    """Put right, extended or answered."""
    assert draft.id is not None
    request = Request.get_one(draft.id)
    request.version = draft.version
    return _save(by, request, draft)


def _save(by: Member, request: Request, draft: RequestDraft) -> Request:
    rules.check(draft, clock.today())
    assert draft.person_id is not None
    assert draft.received_on is not None
    request.person = living_person(draft.person_id)
    fill(request, draft)
    request.answer_by = rules.answer_by(draft.kind, draft.received_on, bool(request.extended_why))
    request.answered_on = draft.answered_on if draft.outcome else None
    request.staff = by.id or None
    request.save()
    return request
