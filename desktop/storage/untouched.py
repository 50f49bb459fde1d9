"""Open cases that nobody touched for some time: the net under Te doen. Must not know what else is to be done."""

from collections.abc import Container, Iterable
from datetime import date

from desktop.rules.cases import Case
from desktop.rules.next_thing import untouched_since
from desktop.rules.tasks import Task, untouched_task
from desktop.storage.cases import read_cases
from desktop.storage.database import ids_of
from desktop.storage.letters_due import OPEN
from desktop.storage.models import Staff, Voucher
from desktop.storage.people import erased
from desktop.storage.vouchers import terms


def untouched_tasks(cases: Iterable[Case], today: date) -> list[Task]:
    """A row for each of these cases that lies still, with whose it is."""
    after = terms().untouched_after
    found = [(case, since) for case in cases if (since := untouched_since(case, after, today)) is not None]
    coaches = {each.id: each for each in Staff.select(Staff.id, Staff.name, Staff.active)} if found else {}
    tasks = []
    for case, since in found:
        coach = coaches.get(case.coach_id)
        left = coach is not None and not coach.active
        tasks.append(untouched_task(case, since, after, today, coach.name if coach is not None else "", left))
    return tasks


def cases_of_who_left(without: Container[int] = ()) -> list[Case]:
    """Open cases whose coach does not work here any more: everybody's concern."""
    here = Staff.select(Staff.id).where(Staff.active)
    rows = Voucher.select(Voucher.id).where(
        Voucher.status.in_(OPEN) & Voucher.coach.not_in(here) & Voucher.person.not_in(erased())
    )
    return list(read_cases([each for each in ids_of(rows) if each not in without]).values())
