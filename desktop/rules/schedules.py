"""Schedules in words: what staff write under "Wanneer" read, and shown in plain Dutch. Must not know storage.

What is shown is read back unchanged; what is not understood is handed back, never dropped. Always Dutch.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from desktop.rules.dates import DAYS
from desktop.rules.recurrence import (
    Pattern,
    Schedule,
    check_schedule,
    doubts,
    fits,
    occurrences,
    read_rule,
    show_date_in_words,
    weekly,
    write_rule,
)
from desktop.rules.schedule_tokens import LONGEST, Hours, LastDay, Token, WrittenDate, cut

__all__ = [
    "Pattern",
    "Schedule",
    "check_schedule",
    "doubts",
    "fits",
    "occurrences",
    "read_last_day",
    "read_rule",
    "read_schedule",
    "show_schedule",
    "show_schedules",
    "weekly",
    "write_rule",
]

ORDINALS = {1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", 5: "vijfde", -1: "laatste", -2: "voorlaatste"}
NOT_FIXED = "wisselende tijden"
DASHES = str.maketrans("–—−‐‑‒", "------")
SMALL = ("space", "filler", "weekly")
INLINE = frozenset((*SMALL, "except", "weeks", "every", "two_weeks", "count", "start", "last", "monthly"))
"""What may stand between brackets and still be part of the rule; other brackets are a note as they stand."""
WHOLE_WEEK = {"all_days": range(7), "workdays": range(5), "weekend": range(5, 7)}


@dataclass
class _Group:
    """Days that share their hours."""

    days: list[tuple[int, int]] = field(default_factory=list)
    dates: list[WrittenDate] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    part: str = ""


@dataclass
class _Reading:
    """What one part of the text (up to a semicolon) says, gathered token by token."""

    tokens: list[Token]
    groups: list[_Group] = field(default_factory=list)
    loose_hours: list[Hours] = field(default_factory=list)
    hours_first: bool = False
    ordinals: list[int] = field(default_factory=list)
    used_ordinals: list[int] = field(default_factory=list)
    excepted: set[int] = field(default_factory=set)
    start: WrittenDate | None = None
    last: LastDay | None = None
    every: int = 1
    months: int = 1
    weeks: str = ""
    count: int | None = None
    not_fixed: bool = False
    general: _Group = field(default_factory=_Group)
    """Notes and part of the day that hold for all groups."""
    unused: set[str] = field(default_factory=lambda: {"unknown", "until"})
    """Kinds of token that told nothing here; they stay readable in the leftover."""

    @property
    def by_month(self) -> bool:
        return any(nth for group in self.groups for nth, _day in group.days)

    def leftover(self) -> str:
        """The tokens nobody could use, with the small words before and between them."""
        pieces: list[str] = []
        small = ""
        for token in self.tokens:
            if token.kind in self.unused:
                pieces.append(small + token.text)
                small = ""
            elif token.kind in SMALL:
                small += token.text
            else:
                small = ", " if pieces else ""
        return " ".join("".join(pieces).split()).strip(" ,.:;/&+-*•")


@lru_cache(maxsize=2048)  # lists repeat the same few spellings
def read_schedule(text: str, today: date) -> tuple[tuple[Schedule, ...], str]:
    """The schedules in a text, and what of it was not understood ("" when all was)."""
    readings = [_read_part(part) for part in _parts(text[:LONGEST].translate(DASHES))]
    held = [reading for reading in readings if reading.groups]
    for reading in readings:
        if held and not reading.groups:
            _absorb(reading, held)
    schedules = [schedule for reading in held or readings for schedule in _schedules(reading, today)]
    leftover = [*(reading.leftover() for reading in readings), text[LONGEST:].strip()]
    return tuple(dict.fromkeys(_merged(schedules))), ", ".join(piece for piece in leftover if piece)


def read_last_day(text: str, today: date) -> date | None:
    """The day a remark names as the last: "stopt per 1-1" is held up to and including 31 December."""
    for token in cut(text[:LONGEST].translate(DASHES)):
        if token.kind == "last":
            return _last_day(token.value, today)
    return None


def show_schedule(schedule: Schedule) -> str:
    """The schedule as one says it: "elke tweede woensdag van de maand vanaf 17:30"."""
    days = _show_days(schedule)
    hours = _show_hours(schedule)
    text = f"{days} {hours}".strip() if days or hours else "" if schedule.note else NOT_FIXED
    dates = _show_dates(schedule)
    text = ", ".join(part for part in (text, dates) if part)
    return f"{text} ({schedule.note})".strip() if schedule.note else text


def show_schedules(schedules: tuple[Schedule, ...]) -> str:
    """Several schedules after each other, as in a list or on a card."""
    return "; ".join(show_schedule(schedule) for schedule in schedules)


# ---- reading, part by part


def _parts(text: str) -> Iterator[list[Token]]:
    """The tokens between semicolons; brackets are opened up or made one note."""
    part: list[Token] = []
    inside: list[Token] | None = None
    for token in cut(text):
        if token.kind == "open" and inside is None:
            inside = []
        elif token.kind == "close" and inside is not None:
            part += _bracketed(inside)
            inside = None
        elif inside is not None:
            inside.append(token)
        elif token.kind == "break":
            yield part
            part = []
        elif token.kind not in ("open", "close"):
            part.append(token)
    yield [*part, *(inside or [])]


def _bracketed(inside: list[Token]) -> list[Token]:
    if all(token.kind in INLINE for token in inside):
        return inside
    return [Token("note", "".join(token.text for token in inside).strip())]


def _read_part(tokens: list[Token]) -> _Reading:
    reading = _Reading(tokens)
    for token in tokens:
        _take(reading, token)
    if reading.ordinals:
        reading.unused.add("ordinal")
    if reading.excepted - {day for group in reading.groups for _nth, day in group.days}:
        reading.unused.add("except")
    reading.unused |= {"every", "two_weeks", "weeks"} if reading.by_month else {"monthly", "months"}
    return reading


def _take(reading: _Reading, token: Token) -> None:
    """Put one token where it belongs."""
    match token.kind:
        case "day":
            _add_days(reading, [token.value])
        case "day_range":
            _add_days(reading, token.value)
        case "all_days" | "workdays" | "weekend":
            _add_days(reading, WHOLE_WEEK[token.kind])
        case "day_part":
            _add_days(reading, [token.value[0]])
            reading.groups[-1].part = token.value[1]
        case "part":
            _nearest(reading).part = token.value
        case "note":
            _nearest(reading).notes.append(token.text)
        case "remark":
            reading.general.notes.append(" ".join(token.text.split()))
        case "date":
            _open_group(reading).dates.append(token.value)
        case "hours":
            _add_hours(reading, token.value)
        case "ordinal":
            reading.ordinals.append(token.value)
        case "except":
            reading.excepted.update(token.value)
        case _:
            _take_rule(reading, token)


def _take_rule(reading: _Reading, token: Token) -> None:
    """What holds for all groups of a part."""
    match token.kind:
        case "start":
            reading.start = token.value
        case "last":
            reading.last = token.value
        case "every":
            reading.every = token.value
        case "two_weeks":
            reading.every = 2
        case "months":
            reading.months = token.value
        case "weeks":
            reading.weeks = token.value
        case "count":
            reading.count = token.value
        case "not_fixed":
            reading.not_fixed = True


def _nearest(reading: _Reading) -> _Group:
    """The group a remark belongs to: the last one, or all when there is none yet."""
    return reading.groups[-1] if reading.groups else reading.general


def _open_group(reading: _Reading) -> _Group:
    """The group to add days to: a new one once the last has its hours."""
    if not reading.groups or (reading.groups[-1].hours and not (reading.hours_first and not reading.loose_hours)):
        reading.groups.append(_Group(hours=reading.loose_hours))
        reading.loose_hours = []
        reading.used_ordinals = []
    return reading.groups[-1]


def _add_days(reading: _Reading, days: Iterable[int]) -> None:
    group = _open_group(reading)
    if reading.ordinals:
        reading.used_ordinals, reading.ordinals = reading.ordinals, []
    for day in days:
        group.days += [(nth, day) for nth in reading.used_ordinals or [0]]


def _add_hours(reading: _Reading, hours: Hours) -> None:
    if not reading.groups:
        reading.hours_first = True
    if reading.hours_first:
        reading.loose_hours.append(hours)
    else:
        reading.groups[-1].hours.append(hours)


def _absorb(context: _Reading, held: list[_Reading]) -> None:
    """A part without days ("; niet bij regen; start 14 januari") speaks of the parts that have them."""
    for reading in held:
        reading.start = reading.start or context.start
        reading.last = reading.last or context.last
        reading.count = reading.count or context.count
        reading.weeks = reading.weeks or context.weeks
        reading.every = reading.every if reading.every > 1 else context.every
        reading.general.notes += context.general.notes
        if not reading.general.part:
            reading.general.part = context.general.part
        if context.loose_hours and not any(group.hours for group in reading.groups):
            reading.groups[-1].hours += context.loose_hours


# ---- making schedules of what was read


def _schedules(reading: _Reading, today: date) -> Iterator[Schedule]:
    if reading.loose_hours and reading.groups and not reading.groups[-1].hours:
        reading.groups[-1].hours = reading.loose_hours
    elif reading.loose_hours and reading.groups:
        reading.unused.add("hours")
    if not reading.groups and reading.start and reading.start.weekday is not None:
        reading.groups.append(_Group(days=[(0, reading.start.weekday)], hours=reading.loose_hours))
    if not reading.groups:
        yield from _without_days(reading, today)
    for group in reading.groups:
        yield from _of_group(reading, group, today)


def _without_days(reading: _Reading, today: date) -> Iterator[Schedule]:
    """No day at all: a first date, hours or a remark may still be told."""
    reading.unused |= {"every", "two_weeks", "weeks", "count", "except"}
    starts_on = reading.start.nearest(today) if reading.start else None
    note = _note(reading, _Group(), bool(reading.loose_hours))
    ends_on = _last_day(reading.last, starts_on or today) if reading.last and starts_on else None
    if reading.last and not ends_on:
        reading.unused.add("last")
    told = note or starts_on or reading.not_fixed
    for hours in _each(reading.loose_hours) if reading.loose_hours or told else ():
        yield _with_hours(Schedule("", starts_on, ends_on, note=note), hours, "")


def _of_group(reading: _Reading, group: _Group, today: date) -> Iterator[Schedule]:
    days = tuple((nth, day) for nth, day in group.days if nth or day not in reading.excepted)
    if any(nth == 0 for nth, _day in days) and any(nth for nth, _day in days):
        days = tuple((nth, day) for nth, day in days if nth)
    by_month = any(nth for nth, _day in days)
    weeks = "" if by_month else reading.weeks
    every = reading.months if by_month else 1 if weeks else reading.every
    rule = write_rule(Pattern(days, every, by_month, weeks, reading.count if days else None))
    hint = days[0][1] if len({day for _nth, day in days}) == 1 else None
    starts_on = reading.start.nearest(today, hint) if reading.start else None
    note = _note(reading, group, bool(group.hours))
    part = group.part or reading.general.part
    for hours in _each(group.hours):
        if rule:
            ends_on = _last_day(reading.last, starts_on or today) if reading.last else None
            yield _with_hours(Schedule(rule, starts_on, ends_on, note=note), hours, part)
        for written in group.dates:
            yield from _on_date(reading, written, note, hours, part, today)


def _each(hours: list[Hours]) -> list[Hours | None]:
    return [*hours] or [None]


def _on_date(
    reading: _Reading, written: WrittenDate, note: str, hours: Hours | None, part: str, today: date
) -> Iterator[Schedule]:
    day = written.nearest(today)
    if day is None:
        reading.unused.add("date")
        return
    ends_on = _last_day(reading.last, day) if reading.last else None
    if written.weekday not in (None, day.weekday()):
        reading.unused.add("date")
    yield _with_hours(Schedule("", day, ends_on, note=note), hours, part)


def _note(reading: _Reading, group: _Group, has_hours: bool) -> str:
    """Remarks and brackets; a part of the day only when no hours tell it better."""
    part = group.part or reading.general.part
    words = [part] if part and not has_hours else []
    return ", ".join(dict.fromkeys(word for word in (*words, *reading.general.notes, *group.notes) if word))


def _last_day(last: LastDay, from_day: date) -> date | None:
    day = last.written.nearest(from_day)
    if day is None:
        return None
    return day if last.included else day - timedelta(days=1)


def _with_hours(schedule: Schedule, hours: Hours | None, part: str) -> Schedule:
    """Hours of the clock, moved to the afternoon when the words say so and the figures do not."""
    if hours is None:
        return schedule
    opens, closes = hours.opens, hours.closes
    if (part.startswith(("middag", "namiddag")) and opens.hour < 7) or (part.startswith("avond") and opens.hour < 12):
        opens = opens.replace(hour=opens.hour + 12)
    if closes and closes <= opens and closes.hour < 12 and closes.replace(hour=closes.hour + 12) > opens:
        closes = closes.replace(hour=closes.hour + 12)
    if closes and closes <= opens:
        return replace(schedule, opens=opens, note=_also(schedule.note, f"tot {closes:%H:%M}"))
    return replace(schedule, opens=opens, closes=closes)


def _also(note: str, words: str) -> str:
    return f"{note}, {words}" if note else words


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


def _show_days(schedule: Schedule) -> str:
    if not schedule.rrule:
        day = schedule.starts_on
        return f"{DAYS[day.weekday()]} {show_date_in_words(day)}" if day else ""
    pattern = read_rule(schedule.rrule)
    if pattern is None:
        return "wisselende dagen"
    if pattern.monthly:
        often = "elke" if pattern.every == 1 else f"om de {pattern.every} maanden op de"
        return f"{often} {_show_ordinals(pattern.days)} van de maand"
    days = _show_weekdays([day for _nth, day in pattern.days])
    if pattern.weeks:
        return f"in de {'oneven' if pattern.weeks == 'odd' else 'even'} weken op {days}"
    if pattern.every == 2:
        return f"om de week op {days}"
    if pattern.every > 2:
        return f"om de {pattern.every} weken op {days}"
    return "elke dag" if len(pattern.days) == 7 else f"elke {days}"


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
        parts.append(f"vanaf {show_date_in_words(schedule.starts_on)}")
    if schedule.ends_on:
        parts.append(f"t/m {show_date_in_words(schedule.ends_on)}")
    return ", ".join(parts)
