"""When an activity is held: the RFC 5545 rule, its dates and times. Must not know words, storage or Qt."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time

from dateutil.rrule import rrule, rrulestr

from desktop.errors import Refused
from desktop.language import _
from desktop.rules.dates import DAYS, MONTHS

DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ODD_WEEKS = ",".join(str(week) for week in range(1, 54, 2))
EVEN_WEEKS = ",".join(str(week) for week in range(2, 54, 2))
EARLIEST_LIKELY = time(6)
MOST_OCCURRENCES = 5_000

_DAY_PART = re.compile(r"(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True)
class Schedule:
    """One rule by which an activity is held; `rrule` "" is one day (`starts_on`) or no fixed time at all."""

    rrule: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    opens: time | None = None
    closes: time | None = None
    note: str = ""


@dataclass(frozen=True)
class Pattern:
    """The rule taken apart: how often, on which days (nth of the month or 0, weekday), in which weeks."""

    days: tuple[tuple[int, int], ...] = ()
    every: int = 1
    monthly: bool = False
    weeks: str = ""
    """"odd", "even" or ""."""
    count: int | None = None


def weekly(days: AbstractSet[int] | list[int], every: int = 1, count: int | None = None) -> str:
    """The rule for weekdays (0 is Monday), each week or every so many weeks."""
    return write_rule(Pattern(tuple((0, day) for day in sorted(set(days))), every, count=count))


def write_rule(pattern: Pattern) -> str:
    """The RFC 5545 rule of a pattern, always in the same order of parts."""
    if not pattern.days:
        return ""
    ordered = sorted(set(pattern.days), key=lambda part: (part[0] if part[0] >= 0 else 10 + part[0], part[1]))
    days = ",".join(f"{nth or ''}{DAY_CODES[day]}" for nth, day in ordered)
    if pattern.weeks:
        parts = [
            "FREQ=YEARLY",
            f"BYWEEKNO={ODD_WEEKS if pattern.weeks == 'odd' else EVEN_WEEKS}",
            f"BYDAY={days}",
        ]
    else:
        parts = [f"FREQ={'MONTHLY' if pattern.monthly else 'WEEKLY'}", f"BYDAY={days}"]
    if pattern.every > 1:
        parts.insert(1, f"INTERVAL={pattern.every}")
    if pattern.count:
        parts.append(f"COUNT={pattern.count}")
    return ";".join(parts)


def read_rule(text: str) -> Pattern | None:
    """A rule taken apart; None when it is none of the kinds this program makes."""
    parts = dict(part.partition("=")[::2] for part in text.split(";") if part)
    days = tuple(_read_day(day) for day in parts.get("BYDAY", "").split(","))
    weeks = {ODD_WEEKS: "odd", EVEN_WEEKS: "even", "": ""}.get(parts.get("BYWEEKNO", ""))
    known = {"FREQ", "BYDAY", "BYWEEKNO", "INTERVAL", "COUNT"}
    if weeks is None or None in days or not parts.keys() <= known:
        return None
    if any((day is not None and day[0] != 0) != (parts.get("FREQ") == "MONTHLY") for day in days):
        return None
    pattern = Pattern(
        tuple(day for day in days if day is not None),
        int(parts.get("INTERVAL", "1")) if parts.get("INTERVAL", "1").isdigit() else 0,
        parts.get("FREQ") == "MONTHLY",
        weeks,
        int(parts["COUNT"]) if parts.get("COUNT", "").isdigit() else None,
    )
    return pattern if write_rule(pattern) == text else None


def check_schedule(schedule: Schedule) -> None:
    """Refuse what cannot be; each sentence under its field."""
    wrong: dict[str, str] = {}
    pattern = read_rule(schedule.rrule) if schedule.rrule else None
    if schedule.rrule and (pattern is None or pattern.every < 1):
        wrong["rrule"] = _("This repetition is not one that can be kept.")
    if schedule.opens and schedule.closes and schedule.closes <= schedule.opens:
        wrong["closes"] = _("The end lies before the beginning.")
    if schedule.closes and not schedule.opens:
        wrong["opens"] = _("Give the beginning too.")
    if schedule.starts_on and schedule.ends_on and schedule.ends_on < schedule.starts_on:
        wrong["ends_on"] = _("The last day lies before the first.")
    if wrong:
        raise Refused(**wrong)


def doubts(schedule: Schedule, today: date) -> tuple[str, ...]:
    """What is possible but asks for a second look, as plain sentences."""
    found: list[str] = []
    pattern = read_rule(schedule.rrule) if schedule.rrule else None
    if pattern and pattern.every > 1 and not schedule.starts_on:
        found.append(_("It is not every week and the first day is missing."))
    if pattern and pattern.count and not schedule.starts_on:
        found.append(_("The number of times is given, but not the first day."))
    first = schedule.starts_on
    if first and pattern and pattern.count and first.weekday() not in {day for _nth, day in pattern.days}:
        day = f"{DAYS[first.weekday()]} {show_date_in_words(first)}"
        found.append(_("The first day is {day}, which does not fit the weekday.").format(day=day))
    last = schedule.ends_on or (None if schedule.rrule else schedule.starts_on)
    if last and last < today:
        found.append(_("This ended on {day}.").format(day=show_date_in_words(last)))
    if schedule.opens and schedule.opens < EARLIEST_LIKELY:
        found.append(_("It begins at {time}, is that right?").format(time=f"{schedule.opens:%H:%M}"))
    return tuple(found)


def occurrences(
    schedule: Schedule, start: date, end: date, skip: AbstractSet[date] = frozenset()
) -> list[tuple[datetime, datetime | None]]:
    """Beginning and end of each time it is held from `start` up to and including `end`, Amsterdam wall time.

    A rule that needs a first day to count from and has none gives nothing: guessed weeks are worse than none.
    """
    first = max(start, schedule.starts_on or start)
    last = min(end, schedule.ends_on or end)
    days = [day for day in _days(schedule, first, last) if day not in skip]
    opens = schedule.opens or time()
    return [
        (datetime.combine(day, opens), datetime.combine(day, schedule.closes) if schedule.closes else None)
        for day in days
    ]


def fits(schedule: Schedule, weekday: int) -> bool:
    """Whether it is (also) held on this weekday, 0 is Monday."""
    pattern = read_rule(schedule.rrule) if schedule.rrule else None
    if pattern is not None:
        return any(day == weekday for _nth, day in pattern.days)
    return schedule.starts_on is not None and schedule.starts_on.weekday() == weekday


def _days(schedule: Schedule, first: date, last: date) -> list[date]:
    if last < first:
        return []
    if not schedule.rrule:
        return [day for day in (schedule.starts_on,) if day and first <= day <= last]
    pattern = read_rule(schedule.rrule)
    if pattern is None or pattern.every < 1 or (pattern.every > 1 and not schedule.starts_on):
        return []
    if pattern.count and not schedule.starts_on:
        return []
    rule = rrulestr(schedule.rrule, dtstart=datetime.combine(schedule.starts_on or first, time()))
    assert isinstance(rule, rrule)
    found = rule.xafter(datetime.combine(first, time()), count=MOST_OCCURRENCES, inc=True)
    days: list[date] = []
    for moment in found:
        if moment.date() > last:
            break
        days.append(moment.date())
    return days


def _read_day(text: str) -> tuple[int, int] | None:
    match = _DAY_PART.fullmatch(text)
    return (int(match[1] or 0), DAY_CODES.index(match[2])) if match else None


def show_date_in_words(day: date) -> str:
    """14 januari 2027, in Dutch as all of a schedule."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04}"
