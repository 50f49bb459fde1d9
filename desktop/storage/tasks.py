"""What is to be done, from all open cases at once: few queries however many cases. Must not know the sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop import clock
from desktop.rules.breaches import report_before, still_to_report
from desktop.rules.cases import Case
from desktop.rules.letters_due import due_moments
from desktop.rules.next_thing import next_thing
from desktop.rules.quiet_practices import last_words, talk_due_on
from desktop.rules.roles import case_for, doers, tasks_for
from desktop.rules.script import short_practice
from desktop.rules.staff import CASEWORK, COORDINATOR, OFFICE, Member
from desktop.rules.tasks import (
    TALK_AHEAD,
    LettersDue,
    Task,
    batch_task,
    breach_task,
    count_late,
    in_order,
    letters_task,
    practice_talk_task,
    quiet_practice_task,
    request_task,
    retention_task,
    returned_task,
    tasks_of,
)
from desktop.storage.batches import waiting_batches
from desktop.storage.breaches import open_breaches
from desktop.storage.cases import read_case, read_cases
from desktop.storage.database import query
from desktop.storage.gp import surgeries
from desktop.storage.letters_due import facts_of_cases, may_owe
from desktop.storage.models import Postponement
from desktop.storage.practice_talks import next_talks
from desktop.storage.quiet_practices import quiet_practices
from desktop.storage.requests import open_requests
from desktop.storage.retention import next_list_on
from desktop.storage.returned_post import returned_by_practice
from desktop.storage.untouched import cases_of_who_left, untouched_tasks
from desktop.storage.vouchers import terms

LETTERS_AHEAD = timedelta(days=2)
REQUESTS_AHEAD = 100  # days: a request stands there from the day it came in


@query(may=OFFICE)
def list_tasks(by: Member, today: date, mine: bool = False) -> list[Task]:
    """Everything to do now, in the order in which it should be done."""
    coach = by.id if mine else None
    cases = read_cases(may_owe(today, coach, and_nobodys=True))
    by_terms = terms()
    practices = surgeries() if any(case.open_signs for case in cases.values()) else {}
    postponed = _postponed(today)
    found = [
        task
        for case in cases.values()
        for task in tasks_for(by, case, tasks_of(case, by_terms, today, practices))
        if not postponed & {(task.kind, task.voucher_id, 0), (task.kind, task.voucher_id, task.subject_id or 0)}
    ]
    if by.may(doers("untouched")):
        found += untouched_tasks([*cases.values(), *([] if coach is None else cases_of_who_left(cases))], today)
    if by.may(CASEWORK):
        found += _of_practices(cases, today, by.id if mine else None)
    if by.may(COORDINATOR):
        found += _of_the_law(today)
    return in_order(found, today)


@dataclass(frozen=True)
class NextSteps:
    """What one case asks for now, the most urgent first, and else what comes later: a task of the status, its day."""

    tasks: tuple[Task, ...]
    later: str = ""
    later_on: date | None = None


@query(may=OFFICE)
def find_next_steps(by: Member, voucher_id: int, today: date) -> NextSteps:
    """What the page of one case says is to be done, for somebody's role."""
    case, by_terms = read_case(voucher_id), terms()
    later = next_thing(case, by_terms, today)
    practices = surgeries() if case.open_signs else {}
    found = tasks_for(by, case, tasks_of(case, by_terms, today, practices))
    if later is None or not by.may(doers(later.task)):
        return NextSteps(tuple(in_order(found, today)))
    return NextSteps(tuple(in_order(found, today)), later.task, later.on)


def _of_practices(cases: Mapping[int, Case], today: date, mine: int | None) -> list[Task]:
    """What practices wait for: word, a talk, a look at an address or at what was printed."""
    found = [] if (due := _letters_due(cases, today)) is None else [letters_task(due)]
    found += _returned_post(mine)
    found += _practice_talks(today, mine)
    found += _quiet_practices(today, mine)
    found += [batch_task(each.id, each.letters, clock.local(each.started_at).date()) for each in waiting_batches()]
    return found


def _practice_talks(today: date, staff: int | None) -> list[Task]:
    """Practices to which a talk was promised, from a week before."""
    return [
        practice_talk_task(
            each.practice.id,
            each.practice.name,
            each.practice.phone,
            each.talk.with_whom,
            each.talk.held_on,
            each.talk.next_on,
        )
        for each in next_talks(today + TALK_AHEAD, staff)
    ]


def _quiet_practices(today: date, staff: int | None) -> list[Task]:
    """Practices from which nobody came in the last quarter."""
    return [
        quiet_practice_task(
            each.practice_id, each.name, each.phone, last_words(each.last_on), talk_due_on(each.quarter)
        )
        for each in quiet_practices(today, staff)
    ]


def _returned_post(coach: int | None) -> list[Task]:
    """Practices of which a letter came back and nobody looked at the address yet."""
    return [
        returned_task(practice.id, practice.name, practice.phone, days)
        for practice, days in returned_by_practice(coach)
    ]


def _of_the_law(today: date) -> list[Task]:
    """Requests to answer, breaches to report, the yearly list: for who is responsible for the data."""
    found = [
        request_task(each.id, each.kind, each.person.known_as if each.person_id else None, each.answer_by)
        for each in open_requests(today + timedelta(days=REQUESTS_AHEAD))
    ]
    for breach in open_breaches():
        before = clock.local(report_before(breach.noticed_at))
        to_report = still_to_report(breach.to_authority, breach.authority_at is not None)
        found.append(breach_task(breach.id, before, to_report, today))
    listed_on = next_list_on(today)
    if listed_on is not None and listed_on <= today:
        found.append(retention_task(listed_on))
    return found


@query(may=OFFICE)
def count_tasks(by: Member, today: date, mine: bool = False) -> tuple[int, int]:
    """How many tasks there are, and how many of them are late."""
    tasks = list_tasks(by, today, mine)
    return len(tasks), count_late(tasks, today)


@query(may=OFFICE)
def case_of(by: Member, voucher_id: int) -> Case:
    """One case as it is recorded, as far as it is for somebody's role."""
    return case_for(by, read_case(voucher_id))


def letters_due(today: date, coach: int | None = None) -> LettersDue | None:
    """Which practices wait for a letter that may be written now."""
    return _letters_due(read_cases(may_owe(today, coach, and_nobodys=True)), today)


def _letters_due(cases: Mapping[int, Case], today: date) -> LettersDue | None:
    facts = facts_of_cases(cases)
    waiting: dict[str, date] = {}
    for case in cases.values():
        for due in due_moments(facts[case.id], today):
            if not due.why_not and due.due_on <= today + LETTERS_AHEAD and case.practice is not None:
                name = short_practice(case.practice.name)
                waiting[name] = min(due.due_on, waiting.get(name, due.due_on))
    if not waiting:
        return None
    return LettersDue(tuple(sorted(waiting, key=lambda name: (waiting[name], name))), min(waiting.values()))


def _postponed(today: date) -> set[tuple[str, int | None, int]]:
    """What was put off, by kind, case and subject; subject 0 is every task of that kind."""
    rows = Postponement.select(Postponement.task, Postponement.voucher, Postponement.subject)
    return set(rows.where(Postponement.until > today).tuples())
