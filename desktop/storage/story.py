"""A person's whole story: every deed and letter of all cases as lines. Must not know how lines are shown."""

from dataclasses import replace
from functools import reduce
from operator import or_

from desktop.rules.codes import MARKS
from desktop.rules.roles import lines_for
from desktop.rules.staff import CASEWORK, OFFICE, Member
from desktop.rules.story import Line, joined, newest_first
from desktop.storage.cases import cases_of
from desktop.storage.database import query
from desktop.storage.models import (
    Aftercare,
    Intake,
)

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
    """The newest talk in which marks were given; of one day, the one three months on."""
    talks = [talk for model in (Aftercare, Intake) if (talk := _marked(model, person_id, voucher_id)) is not None]
    return max(talks, key=lambda talk: talk.held_on, default=None)


def _marked(
    model: type[Intake] | type[Aftercare], person_id: int, voucher_id: int | None
) -> Intake | Aftercare | None:
    given = reduce(or_, [getattr(model, mark).is_null(False) for mark in MARKS])
    rows = model.select().where((model.person == person_id) & given)
    if voucher_id is not None:
        rows = rows.where(model.voucher == voucher_id)
    found: Intake | Aftercare | None = rows.order_by(model.held_on.desc(), model.id.desc()).first()
    return found
