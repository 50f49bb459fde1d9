"""When an activity is held: the RFC 5545 rule, its dates and times. Must not know words, storage or Qt."""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice

from dateutil.rrule import rrulestr

from desktop.errors import Refused
from desktop.language import _
from desktop.rules.dates import is_working_day, months_after, show_long, show_whole_day

DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ODD_WEEKS = ",".join(str(week) for week in range(1, 54, 2))
EVEN_WEEKS = ",".join(str(week) for week in range(2, 54, 2))
RULE_PARTS = {"FREQ", "BYDAY", "BYMONTH", "BYWEEKNO", "BYSETPOS", "INTERVAL", "COUNT"}
EARLIEST_LIKELY = time(8)  # "half acht" may be in the evening
MOST_OCCURRENCES = 5_000
LONGEST_GAP = timedelta(days=366)  # between two times of one rule

WORKDAYS = tuple((0, day) for day in range(5))
MONTH_NUMBERS = {str(month) for month in range(1, 13)}

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
    not_on: tuple[date, ...] = ()
    """Days on which it is not held though the rule says so: the EXDATE of RFC 5545."""


@dataclass(frozen=True)
class Pattern:
    """The rule taken apart: how often, on which days (nth of the month or 0, weekday), in which weeks."""

    days: tuple[tuple[int, int], ...] = ()
    every: int = 1
    monthly: bool = False
    weeks: str = ""
    """"odd", "even" or ""."""
    count: int | None = None
    workdays: tuple[int, ...] = ()
    """Which working days of the month instead of weekdays: 1 is the first, -1 the last."""
    in_months: tuple[int, ...] = ()
    """Only in these months of the year; empty is in every month."""


def weekly(days: AbstractSet[int] | list[int], every: int = 1, count: int | None = None) -> str:
    """The rule for weekdays (0 is Monday), each week or every so many weeks."""
    return write_rule(Pattern(tuple((0, day) for day in sorted(set(days))), every, count=count))


def write_rule(pattern: Pattern) -> str:
    """The RFC 5545 rule of a pattern, always in the same order of parts."""
    if not pattern.days and not pattern.workdays:
        return ""
    if pattern.weeks:
        parts = ["FREQ=YEARLY", f"BYWEEKNO={ODD_WEEKS if pattern.weeks == 'odd' else EVEN_WEEKS}"]
    else:
        parts = ["FREQ=MONTHLY" if pattern.monthly or pattern.workdays else "FREQ=WEEKLY"]
    if pattern.every > 1:
        parts.insert(1, f"INTERVAL={pattern.every}")
    if pattern.in_months:
        parts.append(f"BYMONTH={','.join(str(month) for month in sorted(set(pattern.in_months)))}")
    parts.append(f"BYDAY={_write_days(WORKDAYS if pattern.workdays else pattern.days)}")
    if pattern.workdays:
        parts.append(f"BYSETPOS={','.join(str(nth) for nth in sorted(set(pattern.workdays), key=_in_month))}")
    if pattern.count:
        parts.append(f"COUNT={pattern.count}")
    return ";".join(parts)


def _write_days(days: tuple[tuple[int, int], ...]) -> str:
    ordered = sorted(set(days), key=lambda part: (_in_month(part[0]), part[1]))
    return ",".join(f"{nth or ''}{DAY_CODES[day]}" for nth, day in ordered)


def _in_month(nth: int) -> int:
    """Counted from the end comes after counted from the beginning."""
    return nth if nth >= 0 else 10 + nth


def read_rule(text: str) -> Pattern | None:
    """A rule taken apart; None when it is none of the kinds this program makes."""
    parts = dict(part.partition("=")[::2] for part in text.split(";") if part)
    days = tuple(_read_day(day) for day in parts.get("BYDAY", "").split(","))
    weeks = {ODD_WEEKS: "odd", EVEN_WEEKS: "even", "": ""}.get(parts.get("BYWEEKNO", ""))
    workdays = tuple(int(nth) for nth in parts.get("BYSETPOS", "").split(",") if re.fullmatch(r"-?[1-5]", nth))
    if weeks is None or None in days or not parts.keys() <= RULE_PARTS:
        return None
    monthly = parts.get("FREQ") == "MONTHLY"
    if not workdays and any((day is not None and day[0] != 0) != monthly for day in days):
        return None
    pattern = Pattern(
        () if workdays else tuple(day for day in days if day is not None),
        int(parts.get("INTERVAL", "1")) if parts.get("INTERVAL", "1").isdigit() else 0,
        monthly,
        weeks,
        int(parts["COUNT"]) if parts.get("COUNT", "").isdigit() else None,
        workdays,
        tuple(int(month) for month in parts.get("BYMONTH", "").split(",") if month in MONTH_NUMBERS),
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
    if not schedule.rrule and schedule.starts_on and schedule.ends_on not in (None, schedule.starts_on):
        wrong["ends_on"] = _("Write on which days it is held between the first and the last day.")
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
    if pattern and schedule.starts_on:
        found += _doubtful_first(pattern, schedule.starts_on)
    found += [
        _("On {day} it is not held anyway.").format(day=show_whole_day(day))
        for day in schedule.not_on
        if pattern and _can_reckon(pattern, schedule) and not _days(replace(schedule, not_on=()), day, day)
    ]
    last = schedule.ends_on or (None if schedule.rrule else schedule.starts_on)
    if last and last < today:
        found.append(_("This ended on {day}.").format(day=show_long(last)))
    if schedule.opens and schedule.opens < EARLIEST_LIKELY:
        found.append(_("It begins at {time}, is that right?").format(time=f"{schedule.opens:%H:%M}"))
    return tuple(found)


def _doubtful_first(pattern: Pattern, first: date) -> list[str]:
    """Times that are counted from a first day on which it cannot be held: from when are they counted?"""
    if pattern.every < 1 or (pattern.every == 1 and not pattern.count):
        return []
    held = next(_held(pattern, first), None)
    if held is None or held == first:
        return []
    words = _("The first day is {day}, which does not fit. Then the first time is {held}; is that right?")
    return [words.format(day=show_whole_day(first), held=show_whole_day(held))]


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


@lru_cache(maxsize=8_192)  # asked of the whole catalogue, each time a card or a list is made
def is_over(schedule: Schedule, today: date) -> bool:
    """Whether its last time was before today; what has no fixed times is never over by itself."""
    if schedule.ends_on is not None and schedule.ends_on < today:
        return True
    if not schedule.rrule:
        return schedule.starts_on is not None and schedule.starts_on < today
    pattern = read_rule(schedule.rrule)
    if pattern is None or not _can_reckon(pattern, schedule):
        return False
    if schedule.ends_on is None and pattern.count is None:
        return False
    return next(_each_day(schedule, today, schedule.ends_on or date.max), None) is None


def still_held(times: Iterable[Schedule], today: date) -> tuple[Schedule, ...]:
    """Those of an activity's times that are not over: what may stand on paper and in a list to choose from."""
    return tuple(each for each in times if not is_over(each, today))


def has_ended(times: Iterable[Schedule], today: date) -> bool:
    """Whether an activity had its last time; one whose times nobody knows is never over by itself."""
    known = tuple(times)
    return bool(known) and not still_held(known, today)


def last_day(schedule: Schedule) -> date | None:
    """The last day on which it is held, as far as its rule has an end."""
    if not schedule.rrule:
        return schedule.starts_on
    pattern = read_rule(schedule.rrule)
    if pattern is None or not (schedule.ends_on or (pattern.count and schedule.starts_on)):
        return None
    begin = schedule.starts_on or (schedule.ends_on - LONGEST_GAP if schedule.ends_on else date.max)
    return max(_days(schedule, begin, schedule.ends_on or date.max), default=None)


def fits(schedule: Schedule, weekday: int) -> bool:
    """Whether it is (also) held on this weekday, 0 is Monday."""
    pattern = read_rule(schedule.rrule) if schedule.rrule else None
    if pattern is not None:
        return any(day == weekday for _nth, day in (WORKDAYS if pattern.workdays else pattern.days))
    return schedule.starts_on is not None and schedule.starts_on.weekday() == weekday


def _days(schedule: Schedule, first: date, last: date) -> list[date]:
    return list(_each_day(schedule, first, last))


def _each_day(schedule: Schedule, first: date, last: date) -> Iterator[date]:
    if last < first:
        return
    if not schedule.rrule:
        yield from (day for day in (schedule.starts_on,) if day and first <= day <= last and day not in schedule.not_on)
        return
    pattern = read_rule(schedule.rrule)
    if pattern is None or not _can_reckon(pattern, schedule):
        return
    counted = pattern.every > 1 or pattern.count
    anchor = (schedule.starts_on if counted else None) or max(first, schedule.starts_on or first)
    # a time that is left out is not one of the number of times: eight meetings are eight meetings
    held = (day for day in _held(pattern, anchor) if day not in schedule.not_on)
    for day in islice(held, pattern.count or MOST_OCCURRENCES):
        if day > last:
            return
        if day >= first:
            yield day


def _can_reckon(pattern: Pattern, schedule: Schedule) -> bool:
    """Whether the rule tells on which days it is held: some count from a first day that nobody gave."""
    return pattern.every >= 1 and (schedule.starts_on is not None or (pattern.every == 1 and not pattern.count))


def _held(pattern: Pattern, first: date) -> Iterator[date]:
    """Every day of the rule from the first on; each second or third time counts from the first that can be."""
    if pattern.every > 1:
        first = next(_held(replace(pattern, every=1, count=None), first), first)
    if pattern.workdays:
        yield from _working_days(pattern, first)
        return
    for moment in rrulestr(write_rule(replace(pattern, count=None)), dtstart=datetime.combine(first, time())):
        yield moment.date()


def _working_days(pattern: Pattern, first: date) -> Iterator[date]:
    """The first or last working days of each month; a public holiday is none, so the day before or after is."""
    begin = first.replace(day=1)
    for number in range(MOST_OCCURRENCES):
        month = months_after(begin, number * pattern.every)
        if pattern.in_months and month.month not in pattern.in_months:
            continue
        after = months_after(month, 1)
        days = [month + timedelta(days=at) for at in range((after - month).days)]
        working = [day for day in days if is_working_day(day)]
        yield from sorted(day for nth in pattern.workdays if (day := working[nth - (nth > 0)]) >= first)


def _read_day(text: str) -> tuple[int, int] | None:
    match = _DAY_PART.fullmatch(text)
    return (int(match[1] or 0), DAY_CODES.index(match[2])) if match else None
