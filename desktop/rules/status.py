"""The one rule from deeds to status and next due date. Pure: never moved by the clock, only by what was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from desktop.rules.cases import ACTIVE, Attempt, Case, Joined
from desktop.rules.dates import months_after, next_open_day, working_days_after
from desktop.rules.holds import standing_pause
from desktop.rules.reach import BY_WAY, MAILS, next_way, way_to

CARD_ANSWERED_WITHIN = 10  # working days after the card by post
MAIL_ANSWERED_WITHIN = 3  # working days after an e-mail or a message
WAITS_ASKED_AFTER = timedelta(days=28)  # who waits is spoken to again


@dataclass(frozen=True)
class Terms:
    """The terms an organisation works by, and what they are until it chooses others."""

    call_within: int = 5  # working days
    call_attempts: int = 3  # on different days
    aftercare_after: int = 3  # months
    arrived_letter_within: int = 14  # days
    intake_letter_within: int = 5  # working days
    voucher_valid: int = 6  # months
    untouched_after: int = 30  # days; then an open case is listed
    offer_within: int = 5  # working days in which an offered place is answered


@dataclass(frozen=True)
class Status:
    """Where the case stands, the day something is due, and what that is (a task code of rules.tasks)."""

    status: str
    due_on: date | None
    task: str = field(default="")


@dataclass(frozen=True)
class Step:
    """Something to do about one thing that was found, and from which day."""

    task: str
    on: date
    joined: Joined


def status_of(case: Case, terms: Terms) -> Status:
    """Where the case stands and what is next; who is on hold is left alone until the day it ends."""
    found, pause = by_deeds(case, terms), standing_pause(case)
    if pause is None or found.due_on is None or case.person.deceased_on is not None:
        return found
    return Status(found.status, pause.until_on, "resume")


def steps_of(case: Case, terms: Terms) -> list[Step]:
    """What each thing found and not begun asks for: a call about a place, a day to go along, whether they went."""
    return [_step(case, each, terms) for each in case.standing if each.first_on is None or each.waits]


def _step(case: Case, each: Joined, terms: Terms) -> Step:
    if each.state == "offered":
        return Step("place_free", each.offered_on or each.enrolled_on, each)
    if each.state == "waiting":
        return Step("waiting_list", _asked_after(case, each, terms), each)
    agreed = working_days_after(each.enrolled_on, terms.call_within)
    along = case.going_along(each)
    if along is not None and along.state == "planned":
        return Step("first_visit", along.on, each)
    if each.accompanied and along is None:
        return Step("plan_visit", min(agreed, each.start_on or agreed), each)
    return Step("first_visit", each.start_on or agreed, each)


def _asked_after(case: Case, each: Joined, terms: Terms) -> date:
    """Whether they still want to: asked some days after, then some weeks after each time they were spoken to."""
    since = each.waits_since or each.enrolled_on
    spoken = [deed.on for deed in case.attempts if deed.spoken] + [deed.on for deed in case.talks]
    last = max((on for on in spoken if on > since), default=None)
    return working_days_after(since, terms.call_within) if last is None else next_open_day(last + WAITS_ASKED_AFTER)


def by_deeds(case: Case, terms: Terms) -> Status:
    """As if nobody was on hold: closed beats all, then the furthest deed on the path, in whatever order they came."""
    if case.closed_on is not None:
        return Status("closed", None)
    found = _on_path(case, terms)
    if case.person.deceased_on is not None:
        return Status(found.status, max(case.person.deceased_on, case.received_on), "close")
    return _since_opened(case, found, terms)


def _on_path(case: Case, terms: Terms) -> Status:
    if case.talks:
        return _after_talk(case, terms)
    active = case.standing
    if started := _first_times(active):
        return _participating(case, started, steps_of(case, terms), terms)
    if case.intakes:
        return _after_intake(case, terms)
    if intakes := _to_come(case, "intake"):
        return Status("intake_planned", min(intakes), "intake")
    if active:
        return _enrolled(steps_of(case, terms))
    return _after_stop(case, terms) if case.joined else _calling(case, terms)


def _after_talk(case: Case, terms: Terms) -> Status:
    """Rounding off, unless something else was to be found; whatever was done since then goes the path anew."""
    last = sorted(case.talks, key=lambda each: each.on)[-1]  # stable: of one day, the last recorded
    joined = [each for each in case.joined if _is_since(each, last.on)]
    intakes = [each for each in case.intakes if each.on > last.on]
    planned = [each for each in case.planned if each.kind == "intake" and each.on >= last.on]
    if joined or intakes or planned:
        visits = [each for each in case.visits if each.kind == "first_visit" or each.on >= last.on]
        return _on_path(replace(case, talks=(), joined=joined, intakes=intakes, visits=visits), terms)
    if last.outcome == "other":
        return Status("aftercare", working_days_after(last.on, terms.call_within), "find_activity")
    return Status("aftercare", last.on, "close")


def _is_since(each: Joined, day: date) -> bool:
    """Signed up that day or later, or stopped then without the talk of that day having said so."""
    if each.stands:
        return each.enrolled_on >= day
    return each.ended_in_id is None and each.stopped_on is not None and each.stopped_on >= day


def _since_opened(case: Case, found: Status, terms: Terms) -> Status:
    """Nothing is late on the day on which a case was opened again, and it is not closed on what was done before."""
    opened = max((each.reopened_on for each in case.endings if each.reopened_on), default=None)
    if opened is None or found.due_on is None or found.due_on >= opened or found.task == "intake":
        return found
    anew = working_days_after(opened, terms.call_within)
    if found.task in ("close", "card") and _last_deed(case) < opened:
        way = BY_WAY[way_to(case.person)]
        return Status("placing", anew, "find_activity") if case.met_on else Status("contacting", anew, way)
    return Status(found.status, anew, found.task)


def _last_deed(case: Case) -> date:
    """The day of the last thing that was done on the case."""
    joined = [day for each in case.joined for day in (each.enrolled_on, each.first_on, each.stopped_on) if day]
    calls, talks = [each.on for each in case.attempts], [each.on for each in case.talks]
    return max((case.received_on, *calls, *(each.on for each in case.intakes), *talks, *joined))


def _after_stop(case: Case, terms: Terms) -> Status:
    """Never back to the beginning: from the day on which the last of them stopped, something else is looked for."""
    last = max(case.joined, key=lambda each: (each.stopped_on or each.enrolled_on, each.id))
    talked = [each.on for each in case.intakes]
    since = max((last.stopped_on or (last.enrolled_on if not talked else date.min), *talked))
    if last.next_step == "close" and since == last.stopped_on:
        return Status("placing", since, "close")
    return Status("placing", working_days_after(since, terms.call_within), "find_activity")


def _first_times(enrolments: Sequence[Joined]) -> list[date]:
    """First times of those who still hold a place: who lost it waits, however long ago they began."""
    return [each.first_on for each in enrolments if each.first_on and each.state in ACTIVE]


def _participating(case: Case, started: Sequence[date], steps: Sequence[Step], terms: Terms) -> Status:
    """The talk some months on, unless something else that was found asks for something sooner."""
    after = min(_to_come(case, "aftercare"), default=None)
    after = after or next_open_day(months_after(min(started), terms.aftercare_after))
    sooner = min((each for each in steps if each.task != "waiting_list"), key=_when, default=None)
    if sooner is not None and sooner.on < after:
        return Status("participating", sooner.on, sooner.task)
    return Status("participating", after, "aftercare")


def _after_intake(case: Case, terms: Terms) -> Status:
    if case.standing:
        return _enrolled(steps_of(case, terms))
    if case.one_talk_enough:
        return Status("intake_held", _talked_on(case), "close")
    if intakes := _to_come(case, "intake"):
        return Status("intake_held", min(intakes), "intake")
    if case.joined:
        return _after_stop(case, terms)
    return Status("intake_held", working_days_after(_talked_on(case), terms.call_within), "find_activity")


def _enrolled(steps: Sequence[Step]) -> Status:
    """Signed up, not there yet: the first thing to do about it, and waiting only where there is nothing else."""
    next_step = min(steps, key=lambda each: (each.task == "waiting_list", *_when(each)))
    return Status("placing", next_step.on, next_step.task)


def _when(step: Step) -> tuple[date, int]:
    return step.on, step.joined.id


def _to_come(case: Case, kind: str) -> list[date]:
    """The days of the appointments of this kind that still count."""
    return [each.on for each in case.to_come if each.kind == kind]


def _calling(case: Case, terms: Terms) -> Status:
    if not case.attempts:
        due = case.received_on if case.warm else working_days_after(case.received_on, terms.call_within)
        return Status("received", due, "warm" if case.warm else next_way(case, terms.call_attempts))
    last = sorted(case.attempts, key=lambda each: each.on)[-1]  # stable: of one day, the last recorded
    if last.spoken:
        since = max((last.on, *(each.on for each in case.visits if each.state == "missed")))
        return Status("contacting", working_days_after(since, terms.call_within), "plan_intake")
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
