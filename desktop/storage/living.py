"""Who takes what is stored: the record that a merge left standing, never one that has ended. Must not know any deed."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from desktop.errors import Refused
from desktop.storage.changes import ITSELF
from desktop.storage.database import told
from desktop.storage.models import Person, Practice, Voucher

E = TypeVar("E", Person, Practice)
WHOSE: dict[str, type[Person] | type[Practice]] = {"person_id": Person, "practice_id": Practice}
"""Arguments of pages and forms that name somebody who may have been merged away since."""


def living_person(person_id: int) -> Person:
    """This person, or the one they were merged into; whose data were destroyed is Refused."""
    found = who_stayed(Person.get_one(person_id))
    refuse_ended(found)
    return found


def living_practice(practice_id: int) -> Practice:
    """This practice, or the one it was merged into."""
    return who_stayed(Practice.get_one(practice_id))


def living_case(voucher_id: int) -> Voucher:
    """A case of somebody whose data are still there."""
    found = Voucher.get_one(voucher_id)
    refuse_ended(found.person)
    return found


def refuse_ended(record: Person | Practice) -> None:
    """For what cannot go to somebody else: the form shows one person and is about no other."""
    if why := record.why_ended(ITSELF):
        raise Refused(why)


def living_key(form_key: str, arguments: Mapping[str, Any]) -> str:
    """The key of a kept form, with the number of who stayed in the place of who was merged away since."""
    with told():
        for name, model in WHOSE.items():
            number = arguments.get(name)
            found = model.get_or_none(model.id == number) if isinstance(number, int) else None
            if found is not None:
                form_key = re.sub(rf"\b{number}\b", str(who_stayed(found).id), form_key, count=1)
    return form_key


def who_stayed(found: E) -> E:
    """The record itself, or the one it was merged into."""
    while found.merged_into_id is not None:
        found = type(found).get_one(found.merged_into_id)
    return found
