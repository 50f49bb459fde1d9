"""The one next thing of an open case and its day, and since when nobody touched it. Pure: the net under Te doen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.rules.cases import Case
from desktop.rules.holds import paused, to_resume
from desktop.rules.status import Terms, by_deeds


@dataclass(frozen=True)
class NextThing:
    """What is to be done next and on which day; `task` is a code of rules.status."""

    task: str
    on: date


def next_thing(case: Case, terms: Terms, today: date) -> NextThing | None:
    """Exactly one for each open case; none for a closed one."""
    if case.closed_on is not None:
        return None
    pause = paused(case, today) or to_resume(case, today) if case.person.deceased_on is None else None
    if pause is not None:
        return NextThing("resume", pause.until_on)
    status = by_deeds(case, terms)
    assert status.due_on is not None, "an open case has a day"
    return NextThing(status.task, status.due_on)


def touched_on(case: Case, today: date) -> date:
    """The last day on which anything was recorded of the case: a deed, an answer, a letter, the end of a pause."""
    return max((day for day in _days(case) if day <= today), default=case.received_on)


def is_agreed(case: Case, today: date) -> bool:
    """Whether a day still to come was agreed with the person: an appointment, a first day, a call back, a pause."""
    days = [each.on for each in case.to_come]
    days += [each.start_on for each in case.standing if each.start_on and each.first_on is None]
    days += [each.call_back_on for each in case.attempts[-1:] if each.call_back_on]
    return paused(case, today) is not None or any(day >= today for day in days)


def untouched_since(case: Case, after: int, today: date) -> date | None:
    """Since when an open case lies still, if that is longer than it may."""
    if case.closed_on is not None or case.person.deceased_on is not None or is_agreed(case, today):
        return None
    last = touched_on(case, today)
    return last if (today - last) >= timedelta(days=after) else None


def _days(case: Case) -> Iterator[date]:
    found: list[date | None] = [case.received_on]
    found += [each.on for each in case.attempts]
    found += [each.on for each in case.visits]
    found += [each.on for each in case.intakes] + [each.on for each in case.talks]
    for joined in case.joined:
        found += [joined.enrolled_on, joined.first_on, joined.stopped_on, joined.offered_on, joined.waits_since]
    for sign in case.signs:
        found += [sign.noticed_on, sign.called_at.date() if sign.called_at else None, sign.done_on]
    for ending in case.endings:
        found += [ending.closed_on, ending.reopened_on]
    for pause in case.pauses:
        found += [pause.from_on, pause.ended_on or pause.until_on]
    for answer in case.answers:
        found += [answer.given_on, answer.withdrawn_on]
    for letter in case.words:
        found += [letter.written_on, letter.sent_on, letter.withdrawn_on]
    yield from (day for day in found if day is not None)
