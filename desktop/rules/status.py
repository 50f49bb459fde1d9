"""The one rule from deeds to status and next due date. Pure: never moved by the clock, only by what was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.rules.cases import Attempt, Case, Joined
from desktop.rules.dates import months_after, working_days_after
from desktop.rules.reach import BY_WAY, MAILS, next_way, way_to

SPOKEN = {"reached"}
UNANSWERED = {"someone_else", "no_answer", "voicemail", "wrong_number", "not_now", "calls_back"}
CARD_ANSWERED_WITHIN = 10  # working days after the card by post
MAIL_ANSWERED_WITHIN = 3  # working days after an e-mail or a message


@dataclass(frozen=True)
class Terms:
    """The organisation's terms: working days to the first call, attempts, months to the aftercare talk."""

    call_within: int = 5
    call_attempts: int = 3
    aftercare_after: int = 3
    arrived_letter_within: int = 14
    intake_letter_within: int = 5


@dataclass(frozen=True)
class Status:
    """Where the case stands, the day something is due, and what that is (a task code of rules.tasks)."""

    status: str
    due_on: date | None
    task: str = field(default="")


def status_of(case: Case, terms: Terms) -> Status:
    """Closed beats all; then the furthest deed on the path decides, whatever the order they came in."""
    if case.closed_on is not None:
        return Status("closed", None)
    if case.talks:
        return _after_talk(case, terms)
    active = case.standing
    if started := _first_times(active):
        return _participating(started, terms)
    if case.intakes:
        return _after_intake(case, active, terms)
    if intakes := [each.on for each in case.planned if each.kind == "intake"]:
        return Status("intake_planned", min(intakes), "intake")
    if active:
        return _enrolled(active, terms)
    return _calling(case, terms)


def _after_talk(case: Case, terms: Terms) -> Status:
    """Rounding off, unless something else was to be found: then signing up from that day on goes the path anew."""
    last = sorted(case.talks, key=lambda each: each.on)[-1]  # stable: of one day, the last recorded
    if last.outcome != "other":
        return Status("aftercare", last.on, "close")
    anew = [each for each in case.standing if each.enrolled_on >= last.on]
    if started := _first_times(anew):
        return _participating(started, terms)
    if anew:
        return _enrolled(anew, terms)
    return Status("aftercare", working_days_after(last.on, terms.call_within), "find_activity")


def _first_times(enrolments: Sequence[Joined]) -> list[date]:
    return [each.first_on for each in enrolments if each.first_on]


def _participating(started: Sequence[date], terms: Terms) -> Status:
    return Status("participating", months_after(min(started), terms.aftercare_after), "aftercare")


def _after_intake(case: Case, active: Sequence[Joined], terms: Terms) -> Status:
    if active:
        return _enrolled(active, terms)
    if case.one_talk_enough:
        return Status("intake_held", _talked_on(case), "close")
    if intakes := [each.on for each in case.planned if each.kind == "intake"]:
        return Status("intake_held", min(intakes), "intake")
    if any(each.state == "stopped" for each in case.joined):
        return Status("placing", working_days_after(_talked_on(case), terms.call_within), "find_activity")
    return Status("intake_held", working_days_after(_talked_on(case), terms.call_within), "find_activity")


def _enrolled(active: Sequence[Joined], terms: Terms) -> Status:
    """Signed up, not there yet: due on the first day it could be asked whether they went."""
    starts = [each.start_on for each in active if each.start_on and each.state != "waiting"]
    if starts:
        return Status("placing", min(starts), "first_visit")
    return Status(
        "placing",
        working_days_after(min(each.enrolled_on for each in active), terms.call_within),
        "waiting_list" if all(each.state == "waiting" for each in active) else "first_visit",
    )


def _calling(case: Case, terms: Terms) -> Status:
    if not case.attempts:
        due = case.received_on if case.warm else working_days_after(case.received_on, terms.call_within)
        return Status("received", due, "warm" if case.warm else next_way(case, terms.call_attempts))
    last = sorted(case.attempts, key=lambda each: each.on)[-1]  # stable: of one day, the last recorded
    if last.outcome in SPOKEN:
        return Status("contacting", working_days_after(last.on, terms.call_within), "plan_intake")
    way = next_way(case, terms.call_attempts)
    if last.call_back_on:
        return Status("contacting", last.call_back_on, BY_WAY[way_to(case.person)])
    due = working_days_after(last.on, _answered_within(case, last, terms))
    return Status("contacting", due, _after(last, case, way))


def _after(last: Attempt, case: Case, way: str) -> str:
    """Who is phoned and was sent a card was sought long enough, however often the phone rang."""
    carded = last.way == "post" and last.direction == "out" and way_to(case.person) != "post"
    return "close" if carded else way


def _answered_within(case: Case, last: Attempt, terms: Terms) -> int:
    """Working days in which an answer may come, before the next thing is done."""
    if last.direction == "out" and last.way == "post":
        return CARD_ANSWERED_WITHIN
    if last.direction == "out" and last.way in MAILS:
        return MAIL_ANSWERED_WITHIN
    return terms.call_within if way_to(case.person) == "visit" else 1


def _talked_on(case: Case) -> date:
    """The day of the last intake."""
    return max(each.on for each in case.intakes)


def days_tried(case: Case) -> set[date]:
    """The different days on which calling out did not reach the person."""
    return {
        each.on
        for each in case.attempts
        if each.direction == "out" and each.way != "post" and each.outcome in UNANSWERED
    }
