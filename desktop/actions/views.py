"""Looks at one person or one case: each leaves a line in the log. Must not change anything."""

from desktop.actions.action import view
from desktop.rules.staff import OFFICE, Member
from desktop.storage.deeds import find_case
from desktop.storage.models import Person, Voucher


@view("person opened", may=OFFICE)
def open_person(by: Member, person_id: int) -> Person:
    """Someone's page was looked at."""
    return Person.get_one(person_id)


@view("case opened", may=OFFICE)
def open_case(by: Member, voucher_id: int) -> Voucher:
    """A case was looked at, for a call or a deed."""
    return find_case(by, voucher_id)
