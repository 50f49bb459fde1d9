"""What is written under "Wanneer", part by part: which days, hours and dates stand together. Must not know rules or Qt.

What contradicts itself, or may be meant in two ways, makes a whole part unclear: it is handed back, never guessed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

from desktop.rules.dates import HYPHENS
from desktop.rules.schedule_tokens import LONGEST, Hours, LastDay, Often, Token, WrittenDate, cut

DAY_AND_MONTH = re.compile(r"\d{1,2}[-/]\d{1,2}")
KEPT_IN = {
    "start": "starts", "last": "lasts", "every": "every", "months": "months", "weeks": "weeks", "count": "counts",
    "often": "often", "not_from": "not_from", "in_months": "in_months",
}  # fmt: skip
"""Where a part keeps what was said, by the kind of token: each time it is said stands by itself."""
LEFT_OUT_IN = {"except": "excepted", "except_nth": "excepted_nth", "not_months": "not_months"}
"""The same of what is left out, which counts once however often it is said."""
JUST_BEFORE = timedelta(hours=1)
SMALL = ("space", "filler", "weekly")
OF_THE_RULE = (
    "every", "two_weeks", "alternate", "weeks", "months", "monthly", "often", "count", "in_months", "not_months",
)  # fmt: skip
INLINE = frozenset(
    (*SMALL, *OF_THE_RULE, "unclear", "not_on", "not_from", "except", "except_nth", "start", "last", "span")
)
"""What may stand between brackets and still be part of the rule; other brackets are a note as they stand."""
EVERY = ("elke", "elk", "iedere", "ieder", "alle")
WHOLE_WEEK = {"all_days": range(7), "workdays": range(5), "weekend": range(5, 7)}


@dataclass
class Group:
    """Days that share their hours."""

    days: list[tuple[int, int]] = field(default_factory=list)
    workdays: list[int] = field(default_factory=list)
    """Which working days of the month: 1 is the first, -1 the last."""
    dates: list[WrittenDate] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    part: str = ""

    @property
    def by_month(self) -> bool:
        return bool(self.workdays) or any(nth for nth, _day in self.days)

    @property
    def plain(self) -> set[int]:
        """The weekdays on which it is held whatever week of the month it is."""
        return {day for nth, day in self.days if not nth}


@dataclass
class Part:
    """What one part of the text (up to a semicolon) says, gathered token by token."""

    tokens: list[Token]
    groups: list[Group] = field(default_factory=list)
    loose_hours: list[Hours] = field(default_factory=list)
    hours_first: bool = False
    ordinals: list[int] = field(default_factory=list)
    used_ordinals: list[int] = field(default_factory=list)
    excepted: set[int] = field(default_factory=set)
    excepted_nth: set[tuple[int, int]] = field(default_factory=set)
    not_on: list[WrittenDate] = field(default_factory=list)
    not_from: list[tuple[WrittenDate, LastDay]] = field(default_factory=list)
    in_months: list[tuple[int, ...]] = field(default_factory=list)
    not_months: set[int] = field(default_factory=set)
    starts: list[WrittenDate] = field(default_factory=list)
    lasts: list[LastDay] = field(default_factory=list)
    every: list[int] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    weeks: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    often: list[Often] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    """What else was met: monthly, weekly, not_fixed, each."""
    carried: bool = False
    """Whether an ordinal was taken to hold for a later day too, as in "1e ma en wo"."""
    unclear: bool = False
    general: Group = field(default_factory=Group)
    """Notes and part of the day that hold for all groups."""
    unused: set[str] = field(default_factory=lambda: {"unknown", "until", "unless"})
    """Kinds of token that told nothing here; they stay readable in the leftover."""

    @property
    def start(self) -> WrittenDate | None:
        return self.starts[0] if self.starts else None

    @property
    def last(self) -> LastDay | None:
        return self.lasts[0] if self.lasts else None

    @property
    def held_in(self) -> tuple[int, ...]:
        """In which months of the year; empty is in all of them."""
        if not self.in_months and not self.not_months:
            return ()
        months = self.in_months[0] if self.in_months else range(1, 13)
        return tuple(sorted(set(months) - self.not_months))

    @property
    def count(self) -> int | None:
        return self.counts[0] if self.counts else None

    @property
    def has_a_date_of_hours(self) -> bool:
        """Whether hours were read that may be a day: 12-1."""
        return any(token.kind == "hours" and DAY_AND_MONTH.fullmatch(token.text.strip()) for token in self.tokens)

    def leftover(self) -> str:
        """The tokens nobody could use, with the small words before and between them; all when it is unclear."""
        pieces: list[str] = []
        small = ""
        for token in self.tokens:
            if self.unclear or token.kind in self.unused:
                pieces.append(small + token.text)
                small = ""
            elif token.kind in SMALL:
                small += token.text
            else:
                small = ", " if pieces else ""
        return " ".join("".join(pieces).split()).strip(" ,.:;/&+-*•")


def parts_of(text: str) -> list[Part]:
    """The parts of a text; one without days speaks of those that have them, and may make them all unclear."""
    torn = list(_torn(text[:LONGEST].translate(HYPHENS)))
    parts = [_read_part(tokens) for tokens in torn]
    held = [part for part in parts if part.groups]
    if not held:  # a first day here and the hours there are still one time
        parts = [_read_part([token for tokens in torn for token in (*tokens, Token("filler", "; "))])]
    context = [part for part in parts if held and not part.groups]
    for part in context:
        _absorb(part, held)
    for part in held or parts:
        part.unclear = part.unclear or _contradicts(part)
    if any(part.unclear for part in context):
        for part in held:
            part.unclear = True
    return parts


def hand_on(parts: list[Part]) -> None:
    """What no part with days could use of a part without them stays readable there."""
    held = [part for part in parts if part.groups]
    unused = set.intersection(*(part.unused for part in held)) if held else set()
    for part in parts:
        if held and not part.groups:
            part.unused |= unused
            part.unclear = part.unclear or any(each.unclear for each in held)


def _torn(text: str) -> Iterator[list[Token]]:
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
    """How often it is held counts between brackets too: a note would leave the rule beside it wrong."""
    if all(token.kind in INLINE for token in inside) or any(token.kind in ("often", "unclear") for token in inside):
        return inside
    text = "".join(token.text for token in inside)
    return [Token("note", f"({text})", text.strip())]


def _read_part(tokens: list[Token]) -> Part:
    part = Part(tokens)
    for token in tokens:
        _take(part, token)
    return part


# ---- token by token


def _take(part: Part, token: Token) -> None:
    """Put one token where it belongs."""
    match token.kind:
        case "day":
            _add_days(part, [token.value])
        case "day_range":
            _add_whole(part, token.value)
        case "workdays" if part.ordinals:
            _open_group(part).workdays += part.ordinals
            part.ordinals = []
        case "all_days" | "workdays" | "weekend":
            _add_whole(part, WHOLE_WEEK[token.kind])
        case "day_part":
            _add_day_part(part, *token.value)
        case "each_part":
            _add_whole(part, WHOLE_WEEK["all_days"])
            _set_part(part.groups[-1], token.value)
        case "part":
            _set_part(_nearest(part), token.value)
        case "note":
            _nearest(part).notes.append(token.value)
        case "remark":
            part.general.notes.append(" ".join(token.text.split()))
        case "date":
            _open_group(part).dates.append(token.value)
        case "dates":
            _open_group(part).dates += token.value
        case "hours":
            _add_hours(part, token.value)
        case "ordinal":
            part.ordinals.append(token.value)
        case "filler" if token.text.lower() in EVERY:
            part.used_ordinals = []
            part.said.add("each")
        case _:
            _take_rule(part, token)


def _take_rule(part: Part, token: Token) -> None:
    """What holds for all groups of a part."""
    match token.kind:
        case "span":
            is_start, first, last = token.value
            part.lasts.append(last)
            if is_start:
                part.starts.append(first)
            else:
                _open_group(part).dates.append(first)
        case "two_weeks":
            part.every.append(2)
        case "alternate":
            part.unclear = part.unclear or any(group.days for group in part.groups)
            part.every.append(2)
        case "not_on":
            part.not_on += token.value
        case kind if kind in KEPT_IN:
            getattr(part, KEPT_IN[kind]).append(token.value)
        case kind if kind in LEFT_OUT_IN:
            getattr(part, LEFT_OUT_IN[kind]).update(token.value)
        case "monthly" | "weekly" | "not_fixed":
            part.said.add(token.kind)
        case "unclear" | "vague":
            part.unclear = True


def _nearest(part: Part) -> Group:
    """The group a remark belongs to: the last one, or all when there is none yet."""
    return part.groups[-1] if part.groups else part.general


def _open_group(part: Part) -> Group:
    """The group to add days to: a new one once the last has its hours."""
    if not part.groups or (part.groups[-1].hours and not (part.hours_first and not part.loose_hours)):
        part.groups.append(Group(hours=part.loose_hours))
        part.loose_hours = []
        part.used_ordinals = []
    return part.groups[-1]


def _add_days(part: Part, days: Iterable[int]) -> None:
    group = _open_group(part)
    if part.ordinals:
        part.used_ordinals, part.ordinals = part.ordinals, []
    elif part.used_ordinals:
        part.carried = True
    for day in days:
        group.days += [(nth, day) for nth in part.used_ordinals or [0]]


def _add_day_part(part: Part, day: int, day_part: str) -> None:
    """Dinsdagochtend; donderdagmiddag after it is another time."""
    if part.groups and part.groups[-1].days and part.groups[-1].part not in ("", day_part):
        part.groups.append(Group(hours=part.loose_hours))
    _add_days(part, [day])
    _set_part(part.groups[-1], day_part)


def _set_part(group: Group, day_part: str) -> None:
    """The part of the day; a second one is a remark."""
    if group.part in ("", day_part):
        group.part = day_part
    else:
        group.notes.append(day_part)


def _add_whole(part: Part, days: Iterable[int]) -> None:
    """Several days at once; "the first weekend" and "the first ma t/m vr" are not one day of the month each."""
    if part.ordinals:
        part.unclear = True
    part.used_ordinals = []
    _add_days(part, days)


def _add_hours(part: Part, hours: Hours) -> None:
    if not part.groups:
        part.hours_first = True
    if part.hours_first:
        part.loose_hours.append(hours)
    else:
        part.groups[-1].hours.append(hours)


def _absorb(context: Part, held: list[Part]) -> None:
    """A part without days ("; niet bij regen; start 14 januari") speaks of the parts that have them."""
    for part in held:
        for name in ("not_on", *KEPT_IN.values()):
            getattr(part, name).extend(getattr(context, name))
        for name in ("said", *LEFT_OUT_IN.values()):
            getattr(part, name).update(getattr(context, name))
        part.general.notes += context.general.notes
        if context.general.part:
            _set_part(part.general, context.general.part)
        if context.loose_hours and not any(group.hours for group in part.groups):
            part.groups[-1].hours += context.loose_hours
        elif context.loose_hours:
            context.unused.add("hours")


# ---- what cannot be meant together


def _contradicts(part: Part) -> bool:
    """Whether what is said may be meant in two ways, so that no rule may be made of it."""
    if not part.groups:
        return False
    several = (part.starts, part.lasts, part.every, part.months, part.weeks, part.counts, part.in_months)
    return (
        any(len(set(values)) > 1 for values in several)
        or bool(part.ordinals)
        or (part.carried and "monthly" not in part.said)
        or _mixes_frequencies(part)
        or _mixes_dates(part)
        or not all(_agrees(often, part) for often in part.often)
        or _mixes_months(part)
        or _says_twice(part)
        or ("not_fixed" in part.said and any(group.hours for group in part.groups))
    )


def _mixes_frequencies(part: Part) -> bool:
    """Every so many weeks and a day of the month, or every so many months and no day of it."""
    by_month = any(group.by_month for group in part.groups)
    plain = any(group.plain for group in part.groups)
    in_weeks = bool(part.every or part.weeks)
    days = {day for group in part.groups for day in group.plain}
    if "each" in part.said and in_weeks and len(days) > 1:
        return True  # every Monday, and Thursday every other week?
    if part.weeks and any(every != 2 for every in part.every):
        return True
    if by_month and (in_weeks or ("weekly" in part.said and not plain)):
        return True
    if plain and (part.months or ("monthly" in part.said and not by_month)):
        return True
    return "weekly" in part.said and any(every > 1 for every in part.every)


def _mixes_months(part: Part) -> bool:
    """In which months it is held, while other hours are said too or something nobody understood: otherwise then?"""
    hours = [each for group in part.groups for each in group.hours]
    unread = any(token.kind in ("unknown", "unless") for token in part.tokens)
    said = bool(part.in_months or part.not_months)
    return (bool(part.in_months) and (unread or len(hours) > 1)) or (said and not part.held_in)


def _says_twice(part: Part) -> bool:
    """Open from half past nine, begins at ten: one time, of which two beginnings are said; or 12-1, which is a day."""
    pairs = [pair for group in part.groups for pair in pairwise(group.hours)]
    open_before = any(one.closes is None and timedelta() < _between(one, other) <= JUST_BEFORE for one, other in pairs)
    return open_before or (part.has_a_date_of_hours and any(_between(*pair) < timedelta() for pair in pairs))


def _between(one: Hours, other: Hours) -> timedelta:
    return timedelta(hours=other.opens.hour - one.opens.hour, minutes=other.opens.minute - one.opens.minute)


def _mixes_dates(part: Part) -> bool:
    """Days by their date with words about weeks and months, or beside weekdays without saying so."""
    dated = [group for group in part.groups if group.dates]
    if not dated:
        return False
    number = sum(len(group.dates) for group in dated)
    others = [group for group in part.groups if group.days or group.workdays]
    bare = any(day.weekday is None for group in dated for day in group.dates if not group.hours or group.days)
    return (
        bool(part.starts or part.every or part.weeks or part.months or part.said & {"monthly", "weekly"})
        or bool(part.in_months or part.not_months or part.not_from)
        or bool(part.counts and part.counts[0] != number)
        or bool(part.excepted or part.excepted_nth or (part.not_on and not others))
        or bool(others and (bare or part.lasts))
        or bool(part.lasts and number > 1)
    )


def _agrees(often: Often, part: Part) -> bool:
    """Twice a week with two days is said twice; twice a month with one day is not to be understood."""
    if part.every or part.weeks or part.months:
        return False
    by_month = {day for group in part.groups for day in (*group.days, *group.workdays) if group.by_month}
    plain = {day for group in part.groups for day in group.plain}
    if often.unit == "week":
        return often.times == len(plain) and not by_month
    return often.unit == "month" and often.times == len(by_month) and not plain
