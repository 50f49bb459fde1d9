"""A person's whole story: every deed and letter of all cases as lines. Must not know how lines are shown."""

from dataclasses import replace

from desktop.rules.cases import Talk, marked_talk
from desktop.rules.roles import lines_for
from desktop.rules.staff import CASEWORK, OFFICE, Member
from desktop.rules.story import Line, joined, newest_first
from desktop.storage.cases import cases_of
from desktop.storage.database import query
from desktop.storage.models import Aftercare, Intake

SOUGHT = ("contact", "appointment")
"""Kinds of line that tell how somebody was sought."""


@query(may=OFFICE)
def story(by: Member, person_id: int, voucher_id: int | None = None) -> list[Line]:
    """All deeds of a person, or of one case, newest first, as far as they are for somebody's role."""
    cases = [case for case in cases_of(person_id) if voucher_id in (None, case.id)]
    return newest_first([line for case in cases for line in lines_for(by, case)])


@query(may=OFFICE)
def story_for_call(by: Member, person_id: int, voucher_id: int) -> list[Line]:
    """The story of one case, with how the person was sought in their other open ones: that counts for them too."""
    cases = [case for case in cases_of(person_id) if case.id == voucher_id or case.closed_on is None]
    return newest_first(
        [
            line if case.id == voucher_id else replace(line, subtitle=joined(case.number, line.subtitle))
            for case in cases
            for line in lines_for(by, case)
            if case.id == voucher_id or line.kind in SOUGHT
        ]
    )


@query(may=CASEWORK)
def find_marks(by: Member, person_id: int) -> Intake | Aftercare | None:
    """The talk whose conversation picture stands on the person's page."""
    return latest_marks(person_id)


def latest_marks(person_id: int, voucher_id: int | None = None) -> Intake | Aftercare | None:
    """The same, of every case of the person or of one."""
    talk = marked_talk(case for case in cases_of(person_id) if voucher_id in (None, case.id))
    if talk is None:
        return None
    return Aftercare.get_one(talk.id) if isinstance(talk, Talk) else Intake.get_one(talk.id)
