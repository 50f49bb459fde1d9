"""One file with everything on file of one person, on paper and for a machine. Must not know screens."""

import json
from dataclasses import dataclass

from desktop import clock
from desktop.actions.action import about, action
from desktop.errors import Refused
from desktop.language import _, speaking
from desktop.rules.names import formal
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.living import living_person
from desktop.storage.models import Organisation, OthersMark, Person
from desktop.storage.subject_access import Part, list_parts


@dataclass(frozen=True)
class PersonFile:
    """The same on paper and for a machine, with a name for the files that tells nobody's."""

    pdf: bytes
    json: bytes
    name: str


@action("own file made", may=CASEWORK)
def make_file(by: Member, person_id: int, without_others: bool = True) -> PersonFile:
    """For who asks to see the data, always in Dutch; texts marked as being of others stay out on choice."""
    from desktop.paper.personfile import render

    person = living_person(person_id)
    about(person)
    organisation = Organisation.select(Organisation.name).first()
    house = organisation.name if organisation else ""
    with speaking("nl"):
        parts = list_parts(by, person.id)
        shown = [part for part in parts if not (without_others and part.of_others)]
        left_out = len(parts) - len(shown)
        rows = [(part.kind, part.facts) for part in shown]
        pdf = render(house, formal(person.known_as), clock.today(), rows, left_out)
    return PersonFile(pdf, _as_json(house, shown, left_out), f"dossier-{person.id}-{clock.today().isoformat()}")


@action("others' data marked", may=CASEWORK)
def mark_others(by: Member, person_id: int, table: str, row: int, of_others: bool) -> Person:
    """Say that a text holds data of other people, or that it does not."""
    person = living_person(person_id)
    found = OthersMark.get_or_none((OthersMark.table == table) & (OthersMark.row == row))
    if of_others and found is None:
        if not any((part.table, part.row) == (table, row) for part in list_parts(by, person.id)):
            raise Refused(_("This is no longer there; someone removed it meanwhile."))
        OthersMark(person=person, table=table, row=row).save()
    elif not of_others and found is not None:
        found.delete_instance()
    return person


def _as_json(house: str, parts: list[Part], left_out: int) -> bytes:
    """By kind, each row with its fields as they are stored."""
    rows: dict[str, list[dict[str, object]]] = {}
    for part in parts:
        rows.setdefault(part.table, []).append(part.values)
    whole = {
        "format": "wijkrecept-dossier-1",
        "organisation": house,
        "made_on": clock.today().isoformat(),
        "left_out_because_of_others": left_out,
        "data": rows,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()
