"""Schedules in words: what staff write under "Wanneer" read, and shown in plain Dutch. Must not know storage.

What is shown is read back unchanged; what is not understood is handed back, never dropped. Always Dutch.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain

from desktop.rules.dates import DAYS, HYPHENS, MONTHS, show_long, show_whole_day
from desktop.rules.recurrence import (
    Pattern,
    Schedule,
    check_schedule,
    doubts,
    fits,
    has_ended,
    is_over,
    last_day,
    occurrences,
    read_rule,
    still_held,
    weekly,
    write_rule,
)
from desktop.rules.schedule_parts import OF_THE_RULE, Group, Part, hand_on, parts_of
from desktop.rules.schedule_tokens import LONGEST, Hours, LastDay, WrittenDate, cut

__all__ = [
    "Pattern",
    "Schedule",
    "check_schedule",
    "doubts",
    "fits",
    "has_ended",
    "is_over",
    "last_day",
    "occurrences",
    "read_last_day",
    "read_rule",
    "read_schedule",
    "show_days",
    "show_months",
    "show_schedule",
    "show_schedules",
    "still_held",
    "weekly",
    "write_rule",
]

ORDINALS = {1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", 5: "vijfde", -1: "laatste", -2: "voorlaatste"}
NTHS = frozenset((1, 2, 3, 4, 5))
NOT_FIXED = "wisselende tijden"
LONGEST_TIME = timedelta(hours=9)  # "10-9" is no meeting of eleven hours
LATE, EARLY = time(17), time(6)  # an evening may end after midnight
HOURS_OF = {"ochtend": (0, 13), "voormiddag": (0, 13), "morgen": (0, 13), "middag": (11, 19), "namiddag": (11, 19),
            "avond": (16, 24)}  # fmt: skip
WEEK = 7
FEW_MONTHS = 3
LONGEST_PAUSE = timedelta(days=100)


@lru_cache(maxsize=2048)  # lists repeat the same few spellings
def read_schedule(text: str, today: date) -> tuple[tuple[Schedule, ...], str]:
    """The schedules in a text, and what of it was not understood ("" when all was)."""
    parts = parts_of(text)
    held = [part for part in parts if part.groups]
    schedules: list[Schedule] = []
    for part in held or parts:
        made = [] if part.unclear else list(_schedules(part, today))
        schedules += [] if part.unclear else made
    if held:
        hand_on(parts)
    leftover = [*(part.leftover() for part in parts), text[LONGEST:].strip()]
    return tuple(dict.fromkeys(_merged(schedules))), ", ".join(piece for piece in leftover if piece)


def read_last_day(text: str, today: date) -> date | None:
    """The day a remark names as the last: "stopt per 1-1" is held up to and including 31 December."""
    for token in cut(text[:LONGEST].translate(HYPHENS)):
        if token.kind == "last":
            last: LastDay = token.value
            day = last.written.nearest(today)
            return day if day is None or last.included else day - timedelta(days=1)
    return None


def show_schedule(schedule: Schedule) -> str:
    """The schedule as one says it: "elke tweede woensdag van de maand vanaf 17:30"."""
    days = show_days(schedule)
    hours = _show_hours(schedule)
    text = f"{days} {hours}".strip() if days or hours else "" if schedule.note else NOT_FIXED
    dates = _show_dates(schedule)
    text = ", ".join(part for part in (text, dates) if part)
    return f"{text} ({schedule.note})".strip() if schedule.note else text


def show_schedules(schedules: tuple[Schedule, ...]) -> str:
    """Several schedules after each other, as in a list or on a card."""
    return "; ".join(show_schedule(schedule) for schedule in schedules)


# ---- making schedules of what was read


def _schedules(part: Part, today: date) -> Iterator[Schedule]:
    if part.loose_hours and part.groups and not part.groups[-1].hours:
        part.groups[-1].hours = part.loose_hours
    elif part.loose_hours and part.groups:
        part.unused.add("hours")
    if not part.groups and part.start and part.start.weekday is not None:
        part.groups.append(_of_the_first_day(part, part.start))
    if not part.groups:
        yield from _without_days(part, today)
    if part.excepted - {day for group in part.groups for _nth, day in group.days}:
        part.unused.add("except")
    left_out = _left_out(part, today)
    for group in part.groups:
        yield from _of_group(part, group, left_out, today)


def _of_the_first_day(part: Part, first: WrittenDate) -> Group:
    """Vanaf dinsdag 5 januari is each Tuesday; from Monday 7 to Friday 11 December may be every day between."""
    if part.last is None or first.weekday is None:
        return Group(days=[(0, first.weekday or 0)], hours=part.loose_hours)
    part.starts = []
    return Group(dates=[first], hours=part.loose_hours)


def _without_days(part: Part, today: date) -> Iterator[Schedule]:
    """No day at all: a first date, hours or a remark may still be told."""
    part.unused |= {*OF_THE_RULE, "except", "except_nth", "not_on", "not_from", "ordinal"}
    starts_on = _day_of(part, part.start, today) if part.start else None
    note = _note(part, Group(), bool(part.loose_hours))
    part.unclear = part.unclear or bool(part.start and part.last)  # from this day to that one, but when?
    part.unclear = part.unclear or (len(part.loose_hours) > 1 and part.has_a_date_of_hours)
    part.unused.add("last")
    told = note or starts_on or "not_fixed" in part.said
    for hours in _each(part.loose_hours) if part.loose_hours or told else ():
        yield _with_hours(Schedule("", starts_on, note=note), hours, part.general.part)


def _of_group(part: Part, group: Group, left_out: tuple[date, ...], today: date) -> Iterator[Schedule]:
    note = _note(part, group, bool(group.hours))
    day_part = group.part or part.general.part
    for hours in _each(group.hours):
        for pattern in _patterns(part, group):
            schedule = _of_rule(part, pattern, left_out, today)
            yield _with_hours(replace(schedule, note=note), hours, day_part)
        for schedule in _of_dates(part, group, today):
            yield _with_hours(replace(schedule, note=note), hours, day_part)


def _each(hours: list[Hours]) -> list[Hours | None]:
    return [*hours] or [None]


def _patterns(part: Part, group: Group) -> Iterator[Pattern]:
    """The rules of a group: what is held each week, and what on a day of the month."""
    plain, by_month = _without_excepted(part, group)
    weeks = part.weeks[0] if part.weeks else ""
    every = part.every[0] if part.every and not weeks else 1
    months = part.months[0] if part.months else 1
    if plain:
        yield Pattern(plain, every, weeks=weeks, count=part.count, in_months=part.held_in)
    if by_month:
        yield Pattern(by_month, months, True, count=part.count, in_months=part.held_in)
    if group.workdays:
        yield Pattern((), months, True, count=part.count, workdays=tuple(group.workdays), in_months=part.held_in)


def _without_excepted(part: Part, group: Group) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Weekly and monthly days; every Wednesday but the first is the second to the fifth of the month."""
    plain = tuple((0, day) for day in sorted(group.plain) if day not in part.excepted)
    by_month = tuple((nth, day) for nth, day in group.days if nth and (nth, day) not in part.excepted_nth)
    excepted = {day for nth, day in part.excepted_nth}
    from_the_end = any(nth < 0 and (nth, day) not in group.days for nth, day in part.excepted_nth)
    others = excepted - {day for _nth, day in group.days}
    if part.excepted_nth and (from_the_end or others or part.every or part.weeks or part.count):
        part.unused.add("except_nth")  # no rule can say it: it stays as it was written, beside the rule
        return plain, tuple((nth, day) for nth, day in group.days if nth)
    some = tuple((nth, day) for _zero, day in plain for nth in sorted(NTHS) if (nth, day) not in part.excepted_nth)
    kept = tuple((zero, day) for zero, day in plain if day not in excepted)
    return kept, by_month + tuple((nth, day) for nth, day in some if day in excepted)


def _of_rule(part: Part, pattern: Pattern, left_out: tuple[date, ...], today: date) -> Schedule:
    hint = pattern.days[0][1] if len({day for _nth, day in pattern.days}) == 1 else None
    starts_on = _day_of(part, part.start, today, hint) if part.start else None
    ends_on = _last_day(part, part.last, starts_on or today) if part.last else None
    schedule = Schedule(write_rule(pattern), starts_on, ends_on)
    return replace(schedule, not_on=tuple(day for day in left_out if fits(schedule, day.weekday())))


def _left_out(part: Part, today: date) -> tuple[date, ...]:
    """The days on which it is not held; one on which it would not be held anyway stays readable."""
    days = [written.nearest(today) for written in part.not_on]
    rules = [Schedule(write_rule(pattern)) for group in part.groups for pattern in _patterns(part, group)]
    for day, written in zip(days, part.not_on, strict=True):
        wrong = day is None or written.weekday not in (None, day.weekday())
        if wrong or not any(fits(rule, day.weekday()) for rule in rules if day is not None):
            part.unused.add("not_on")
    pauses = [list(_pause(part, first, last, today)) for first, last in part.not_from]
    if not all(any(fits(rule, day.weekday()) for rule in rules for day in pause) for pause in pauses):
        part.unused.add("not_from")
    return tuple(sorted({day for day in (*days, *chain(*pauses)) if day is not None}))


def _pause(part: Part, written: WrittenDate, last: LastDay, today: date) -> Iterator[date]:
    """Each day of a time in which it is not held; one that is longer than a season stays a remark."""
    first = _day_of(part, written, today)
    until = _last_day(part, last, first) if first else None
    if first and until and timedelta() <= until - first <= LONGEST_PAUSE:
        yield from (first + timedelta(days=step) for step in range((until - first).days + 1))


def _of_dates(part: Part, group: Group, today: date) -> Iterator[Schedule]:
    for written in group.dates:
        day = _day_of(part, written, today)
        if day is not None and part.last:
            yield from _until(part, written, day)
        elif day is not None:
            yield Schedule("", day)


def _until(part: Part, written: WrittenDate, first: date) -> Iterator[Schedule]:
    """Thursday 14 January to 11 March is each Thursday; 13 to 15 November each day; what may be both is unclear."""
    assert part.last is not None
    last, on = _last_day(part, part.last, first), part.last.written.weekday
    if last is None or last < first:
        part.unclear = True
    elif last == first:
        yield Schedule("", first, last)
    elif last - first >= timedelta(days=WEEK) and written.weekday is not None and on in (None, written.weekday):
        yield Schedule(weekly([written.weekday]), first, last)
    elif last - first < timedelta(days=WEEK) and (written.weekday is None) == (on is None):
        days = {(first + timedelta(days=step)).weekday() for step in range((last - first).days + 1)}
        yield Schedule(weekly(days), first, last)
    else:
        part.unclear = True


def _note(part: Part, group: Group, has_hours: bool) -> str:
    """Remarks and brackets; a part of the day only when no hours tell it better."""
    day_part = group.part or part.general.part
    words = [day_part] if day_part and not has_hours else []
    if part.general.part not in ("", day_part):
        words.append(part.general.part)
    if part.groups and "not_fixed" in part.said:
        words.append(NOT_FIXED)
    return ", ".join(dict.fromkeys(word for word in (*words, *part.general.notes, *group.notes) if word))


def _day_of(part: Part, written: WrittenDate, today: date, hint: int | None = None) -> date | None:
    """The date meant; one that is not on the weekday before it makes the part unclear."""
    day = written.nearest(today, hint)
    if day is None or written.weekday not in (None, day.weekday()):
        part.unclear = True
        return None
    return day


def _last_day(part: Part, last: LastDay, from_day: date) -> date | None:
    day = _day_of(part, last.written, from_day)
    return day if day is None or last.included else day - timedelta(days=1)


def _with_hours(schedule: Schedule, hours: Hours | None, part: str) -> Schedule:
    """Hours of the clock, and what the part of the day says otherwise as a remark."""
    if hours is None:
        return schedule
    opens, closes = _on_the_clock(hours, part)
    if part and not HOURS_OF[part][0] <= opens.hour < HOURS_OF[part][1]:
        schedule = replace(schedule, note=_also(part, schedule.note))
    if closes and closes <= opens and opens >= LATE and closes <= EARLY:
        return replace(schedule, opens=opens, note=_also(schedule.note, f"tot {closes:%H:%M}"))
    return replace(schedule, opens=opens, closes=closes)  # an end before the beginning is refused where it is kept


def _on_the_clock(hours: Hours, part: str) -> tuple[time, time | None]:
    """Moved to the afternoon when the words say so and the figures do not; as written when that makes no sense."""
    early = {"middag": 7, "namiddag": 7, "avond": 12}.get(part, 0)
    beginnings = [_later(hours.opens), hours.opens] if hours.opens.hour < early else [hours.opens]
    for opens in beginnings:
        if hours.closes is None or hours.closes > opens:
            return opens, hours.closes
        if _lasts(opens, _later(hours.closes)):
            return opens, _later(hours.closes)
    return hours.opens, hours.closes


def _later(moment: time) -> time:
    """Two o'clock in the afternoon, for who wrote 2."""
    return moment.replace(hour=moment.hour + 12) if moment.hour < 12 else moment


def _lasts(opens: time, closes: time) -> bool:
    """Whether it is no longer than a meeting can be."""
    some_day = date(2024, 1, 1)
    taken = datetime.combine(some_day, closes) - datetime.combine(some_day, opens)
    return timedelta() < taken <= LONGEST_TIME


def _also(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _merged(schedules: Iterable[Schedule]) -> list[Schedule]:
    """ "ma 9-10 en do 9-10" is one schedule on two days."""
    merged: list[Schedule] = []
    for schedule in schedules:
        for at, other in enumerate(merged):
            together = _together(other, schedule)
            if together is not None:
                merged[at] = together
                break
        else:
            merged.append(schedule)
    return merged


def _together(one: Schedule, other: Schedule) -> Schedule | None:
    if not one.rrule or not other.rrule or replace(one, rrule="") != replace(other, rrule=""):
        return None
    first, second = read_rule(one.rrule), read_rule(other.rrule)
    if first is None or second is None or replace(first, days=()) != replace(second, days=()) or first.count:
        return None
    return replace(one, rrule=write_rule(replace(first, days=first.days + second.days)))


# ---- showing


def show_days(schedule: Schedule, by_number: bool = True) -> str:
    """On which days; `by_number` says odd and even weeks, which only who has a diary with week numbers knows."""
    if not schedule.rrule:
        return show_whole_day(schedule.starts_on)
    pattern = read_rule(schedule.rrule)
    if pattern is None:
        return "wisselende dagen"
    if pattern.monthly:
        often = "elke" if pattern.every == 1 else f"om de {pattern.every} maanden op de"
        return f"{often} {_show_in_month(pattern)} van de maand"
    days = _show_weekdays([day for _nth, day in pattern.days])
    if pattern.weeks and by_number:
        return f"in de {'oneven' if pattern.weeks == 'odd' else 'even'} weken op {days}"
    if pattern.every == 2 or pattern.weeks:
        return f"om de week op {days}"
    if pattern.every > 2:
        return f"om de {pattern.every} weken op {days}"
    return "elke dag" if len(pattern.days) == 7 else f"elke {days}"


def _show_in_month(pattern: Pattern) -> str:
    if pattern.workdays:
        return f"{_joined([ORDINALS.get(nth, '') for nth in pattern.workdays])} werkdag"
    return _show_ordinals(pattern.days)


def _show_weekdays(days: list[int]) -> str:
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]} t/m {DAYS[days[-1]]}"
    return _joined([DAYS[day] for day in days])


def _show_ordinals(days: tuple[tuple[int, int], ...]) -> str:
    """ "eerste en derde dinsdag", or "eerste dinsdag en derde donderdag"."""
    if len({day for _nth, day in days}) == 1:
        return f"{_joined([ORDINALS.get(nth, '') for nth, _day in days])} {DAYS[days[0][1]]}".strip()
    return _joined([f"{ORDINALS.get(nth, '')} {DAYS[day]}".strip() for nth, day in days])


def _joined(words: list[str]) -> str:
    return " en ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _show_hours(schedule: Schedule) -> str:
    if schedule.opens and schedule.closes:
        return f"{schedule.opens:%H:%M}-{schedule.closes:%H:%M}"
    if schedule.opens:
        return f"vanaf {schedule.opens:%H:%M}"
    return f"tot {schedule.closes:%H:%M}" if schedule.closes else ""


def _show_dates(schedule: Schedule) -> str:
    pattern = read_rule(schedule.rrule) if schedule.rrule else None
    parts = [f"{pattern.count} keer"] if pattern and pattern.count else []
    if schedule.rrule and schedule.starts_on:
        parts.append(f"vanaf {show_long(schedule.starts_on)}")
    if schedule.ends_on:
        parts.append(f"t/m {show_long(schedule.ends_on)}")
    if pattern and pattern.in_months:
        parts.append(show_months(pattern.in_months))
    if schedule.not_on:
        parts.append(f"niet op {_joined([show_long(day) for day in schedule.not_on])}")
    return ", ".join(parts)


def show_months(months: tuple[int, ...]) -> str:
    """In which months it is held, or in which not when these are few: "niet in juli en augustus"."""
    others = [month for month in range(1, 13) if month not in months]
    return f"niet {_some_months(others)}" if 0 < len(others) <= FEW_MONTHS else _some_months(sorted(months))


def _some_months(months: list[int]) -> str:
    """In juli en augustus; more than two after each other, also across New Year, from the first to the last."""
    first = next((month for month in months if (month - 2) % 12 + 1 not in months), months[0])
    in_line = [(first - 1 + step) % 12 + 1 for step in range(len(months))]
    if len(months) > 2 and set(in_line) == set(months):
        return f"van {MONTHS[in_line[0] - 1]} t/m {MONTHS[in_line[-1] - 1]}"
    return f"in {_joined([MONTHS[month - 1] for month in months])}"
