"""Cuts what staff write under "Wanneer" into days, hours, dates and turns of phrase. Must not know rules or Qt.

Each phrase is tried in a fixed order at one place in the text; what fits none is a token of kind "unknown".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from typing import Any

LONGEST = 1_000
Phrase = tuple[str, re.Pattern[str], Callable[[re.Match[str]], Any] | None]

FULL_DAY = r"(?:maan|dins|woens|donder|vrij|zater|zon)dag"
DAY = (
    rf"(?:{FULL_DAY}(?:s|en)?"
    r"|maan|ma|dins|din|di|woens|woe|wo|dond|don|do|vrij|vri|vr|zat|za|zon|zo(?!\s+(?:nodig|mogelijk|veel|lang)))\b\.?"
)
DAY_STARTS = ("ma", "di", "wo", "do", "vr", "za", "zo")
PARTS = ("ochtend", "voormiddag", "morgen", "namiddag", "middag", "avond")
PART = rf"(?:{'|'.join(PARTS)})(?:s|en)?\b"
NUMBERS = {
    "een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9,
    "tien": 10, "elf": 11, "twaalf": 12,
}  # fmt: skip
NUMBER = rf"(?:\d{{1,2}}|{'|'.join(NUMBERS)})"
MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari|r)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept(?:ember)?|sep"
    r"|okt(?:ober)?|oct|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
MONTH_STARTS = ("jan", "feb", "m", "apr", "mei", "jun", "jul", "aug", "sep", "o", "nov", "dec")
UNITS = r"(?![+%]|\s*(?:km|kilometer|jaar|jarigen|pers|mensen|deelnemers|plaatsen|x\b|keer|euro|maanden|weken))"
CLOCK = (
    rf"(?:(?:half|kwart\s+over|kwart\s+voor)\s+{NUMBER}\b"
    r"|\d{1,2}\s?[:.]\s?[0-5]\d(?!\d)|\d{1,2}u[0-5]\d(?!\d)|\d{4}(?!\d)|\d{1,2}(?![\d:.]\d|\d))"
    r"(?:\s?(?:uur|uren|u|h)\b\.?)?"
)
LONG_DATE = (
    rf"(?:\d{{1,2}}(?:e|ste|de)?\s+{MONTH}(?:\s+'?(?:19|20)\d\d(?!\d|\s?-\s?\d|[:.]\d))?"
    r"|\d{1,2}-\d{1,2}-(?:\d{4}|\d{2})(?![\d:.])|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\d:.])"
    r"|\d{1,2}\.\d{1,2}\.\d{4}(?!\d))"
)
SHORT_DATE = r"\d{1,2}[-/]\d{1,2}(?![\d:.]|\s*(?:uur|u\b))"
START = (
    r"(?:start(?:datum|end|en|t)?|begint|beginnend|vanaf|v\.a\.|met\s+ingang\s+van|m\.?i\.?v\.?|ingaande"
    r"|eerste\s+(?:keer|bijeenkomst|les)|sinds|per)(?:\s+(?:op|per|vanaf|is|de))?\s*:?\s*"
)
LAST = (
    r"(?:t/m|tot\s+en\s+met|tot|stopt?(?:\s+(?:per|op|na|vanaf|m\.?i\.?v\.?))?|eindigt(?:\s+(?:per|op))?"
    r"|einddatum|einde|laatste\s+(?:keer|bijeenkomst|les)(?:\s+op)?)\s*:?\s*"
)
BEFORE_THE_DAY = re.compile(r"tot(?!\s+en)|stopt?\s+(?:per|vanaf|m\.?i\.?v)|eindigt\s+per")
REMARK = (
    r"(?:alleen\s+|uitsluitend\s+)?(?:op|na|volgens|in)\s+(?:telefonische\s+)?(?:afspraak|aanvraag|overleg|aanmelding)"
    r"|(?:vrije\s+)?inloop|niet\s+bij\s+(?:regen|slecht\s+weer)|(?:alleen\s+)?bij\s+(?:droog|mooi|goed)\s+weer"
    r"|(?:(?:niet|behalve)\s+(?:in|tijdens|op)|behalve|m\.?u\.?v\.?|buiten)\s+(?:de\s+)?(?:school)?(?:vakanties?|feestdagen)"
    r"|(?:het\s+)?hele\s+(?:dag|jaar)(?:\s+door)?"
)
ORDINALS = {
    "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "laatste": -1, "voorlaatste": -2,
    "één na laatste": -2, "een na laatste": -2, "een-na-laatste": -2, "één-na-laatste": -2,
}  # fmt: skip


@dataclass(frozen=True)
class Token:
    """A piece of the text, what kind of piece, and what it means."""

    kind: str
    text: str
    value: Any = None


@dataclass(frozen=True)
class Hours:
    """From when till when; `closes` None when only the beginning is given."""

    opens: time
    closes: time | None = None


@dataclass(frozen=True)
class WrittenDate:
    """A date as written: the year may be missing, a weekday may stand before it."""

    day: int
    month: int
    year: int | None
    weekday: int | None

    def nearest(self, today: date, weekday: int | None = None) -> date | None:
        """The date meant: a fitting weekday tells the year, else the next one (or one just past)."""
        years = [self.year] if self.year else [today.year - 1, today.year, today.year + 1, today.year + 2]
        all_dates = [found for year in years if (found := _date(year, self.month, self.day))]
        if self.year:
            return all_dates[0] if all_dates else None
        near = [found for found in all_dates if today - timedelta(days=60) <= found <= today + timedelta(days=400)]
        wanted = self.weekday if self.weekday is not None else weekday
        fitting = [found for found in near if found.weekday() == wanted]
        return next(iter(fitting or near), None)


@dataclass(frozen=True)
class LastDay:
    """The last date as written, and whether it is held on that day itself."""

    written: WrittenDate
    included: bool


def cut(text: str) -> Iterator[Token]:
    """The text as tokens, every character in exactly one of them."""
    at = 0
    while at < len(text):
        token = _token_at(text, at)
        yield token
        at += len(token.text)


def _token_at(text: str, at: int) -> Token:
    for kind, pattern, read in _phrases():
        match = pattern.match(text, at)
        if match and match.end() > at:
            value = read(match) if read else True
            if value is not None:
                return Token(kind, match.group(), value)
    return Token("unknown", _WORD.match(text, at).group())  # type: ignore[union-attr]


def weekday(text: str) -> int:
    """0 for ma, maandag, maandags; 6 for zo."""
    return DAY_STARTS.index(text[:2].lower())


def _read_days(match: re.Match[str]) -> tuple[int, ...]:
    first, last = weekday(match["first"]), weekday(match["last"])
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


def _read_except(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(weekday(found) for found in re.findall(DAY, match["days"], re.IGNORECASE))


def _read_day_part(match: re.Match[str]) -> tuple[int, str]:
    return weekday(match["day"]), _day_part(match["part"])


def _day_part(text: str) -> str:
    """ochtend for ochtend, ochtends, ochtenden."""
    return next(part for part in PARTS if text.lower().startswith(part))


def _read_weeks(match: re.Match[str]) -> str:
    return "odd" if match["odd"] else "even"


def _read_number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text.lower()]


def _read_clock(text: str) -> time | None:
    lower = " ".join(text.lower().split())
    spoken = re.match(rf"(half|kwart over|kwart voor) ({NUMBER})", lower)
    if spoken:
        hour = _read_number(spoken[2])
        minutes = hour * 60 + {"half": -30, "kwart over": 15, "kwart voor": -15}[spoken[1]]
        return _time(*divmod(minutes, 60)) if hour else None
    digits = re.findall(r"\d+", lower)
    if len(digits) == 1 and len(digits[0]) == 4:
        digits = [digits[0][:2], digits[0][2:]]
    return _time(int(digits[0]), int(digits[1]) if len(digits) > 1 else 0)


def _read_range(match: re.Match[str]) -> Hours | None:
    opens, closes = _read_clock(match["opens"]), _read_clock(match["closes"])
    return Hours(opens, closes) if opens is not None and closes is not None and opens != closes else None


def _read_beginning(match: re.Match[str]) -> Hours | None:
    opens = None if re.fullmatch(r"\d{4}", match["opens"]) else _read_clock(match["opens"])
    return Hours(opens) if opens is not None else None


def _read_date(match: re.Match[str]) -> WrittenDate | None:
    text = match["date"].lower()
    named = re.match(rf"(\d+)(?:e|ste|de)?\s+({MONTH})\s*'?(\d{{4}})?", text)
    if named:
        day, month, year = int(named[1]), _month(named[2]), int(named[3]) if named[3] else None
    else:
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        day, month, year = numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else None
        year = year + 2000 if year is not None and year < 100 else year
    if not _date(year or 2024, month, day) or (year is not None and not 1950 <= year <= 2150):
        return None
    return WrittenDate(day, month, year, weekday(match["weekday"]) if match["weekday"] else None)


def _read_start(match: re.Match[str]) -> WrittenDate | None:
    """A first date; "vanaf 9-12" is rather nine to twelve."""
    short = re.fullmatch(r"v(?:anaf|\.a\.)\s*(\d+)[-/](\d+)", match.group().lower())
    return None if short and int(short[1]) < int(short[2]) else _read_date(match)


def _read_last(match: re.Match[str]) -> LastDay | None:
    written = _read_date(match)
    return LastDay(written, not BEFORE_THE_DAY.match(match.group().lower())) if written else None


def _month(text: str) -> int:
    lower = text.lower()
    if lower.startswith("mei"):
        return 5
    return next(at for at, start in enumerate(MONTH_STARTS, start=1) if lower.startswith(start))


def _read_every(match: re.Match[str]) -> int | None:
    every = _read_number(match["n"])
    return every if 1 <= every <= 26 else None


def _read_count(match: re.Match[str]) -> int | None:
    return int(match["n"]) or None


def _read_ordinal(match: re.Match[str]) -> int | None:
    text = " ".join(match.group().lower().split())
    if text in ORDINALS:
        return ORDINALS[text]
    number = int(text[0])
    return number if 1 <= number <= 5 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if 0 <= hour <= 23 and 0 <= minute <= 59 else None


def _phrase(kind: str, pattern: str, read: Callable[[re.Match[str]], Any] | None = None) -> Phrase:
    return kind, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), read


_WORD = re.compile(r"\w+|.", re.DOTALL)
_ANY_DATE = rf"(?:(?P<weekday>{DAY})\s+)?(?P<date>{LONG_DATE}|{SHORT_DATE})"
_FULL_DATE = rf"(?:(?P<weekday>{DAY})\s+)?(?P<date>{LONG_DATE})"
_BUT_NOT = r"(?:behalve|m\.?u\.?v\.?|met\s+uitzondering\s+van|uitgezonderd|niet)"
_ONCE = r"(?:1\s?x|1\s+keer|een\s?keer|één\s?keer|eens|eenmaal)"
_MONTHLY = (
    r"(?:(?:van|v/d|v\.\s?d\.?|vd|in|per|v\.)\s*)?(?:(?:de|elke|iedere)\s+)?(?:maand|mnd)\b\.?"
    rf"|(?:{_ONCE}\s+per\s+|elke\s+|iedere\s+)(?:maand|mnd)|maandelijks"
)
_EACH = rf"(?:{_ONCE}\s+(?:per|in\s+de|om\s+de)\s+|om\s+de\s+|elke\s+|iedere\s+|per\s+)"
_TWO_WEEKS = (
    r"om\s+de\s+(?:andere\s+)?week|(?:elke|iedere)\s+(?:andere|2e|tweede)\s+week|(?:twee|2)-?\s?wekelijks"
    rf"|(?:(?:{_ONCE}\s+per|om\s+de|elke)\s+)?(?:14|veertien)[\s-]?(?:daags|dagen)"
)
_TIMES = r"(?:x|×|keer|maal|bijeenkomsten|lessen|sessies|weken\s+lang)"
_WORKDAYS = r"(?:werkdag(?:en)?|doordeweekse\s+dagen|doordeweeks|door\s+de\s+week)"
_TO_DAY = r"(?:t/m|tm|tot\s+en\s+met|tot|-)"
_TO_HOUR = r"(?:-|tot(?:\s+en\s+met)?|t/m)"
_FROM = r"(?:vanaf|van|v\.a\.|om|aanvang|start|begint\s+om)"
_SURE_CLOCK = (
    r"\d{1,2}(?:\s?[:.]\s?[0-5]\d|u[0-5]\d)(?:\s?(?:uur|u|h)\b\.?)?|\d{1,2}\s?(?:uur|u|h)\b\.?"
    rf"|(?:half|kwart\s+over|kwart\s+voor)\s+{NUMBER}(?:\s+uur)?"
)
_SMALL_WORDS = r"elke|elk|iedere|ieder|alle|op|de|het|om|van|vanaf|in|en|is|uur|tijd(?:en)?|wanneer|dag(?:en)?|'s|’s"


@cache
def _phrases() -> tuple[Phrase, ...]:
    """All turns of phrase in the order they are tried; made at the first schedule read, for it takes 15 ms."""
    return (
        ("space", re.compile(r"\s+"), None),
        ("open", re.compile(r"\("), None),
        ("close", re.compile(r"\)"), None),
        ("break", re.compile(r";"), None),
        _phrase("remark", REMARK),
        _phrase("not_fixed", r"(?:op\s+)?wisselende?\s+(?:tijden|dagen)|onregelmatig|wisselend"),
        _phrase(
            "except", rf"{_BUT_NOT}\s+(?:op\s+)?(?:de\s+)?(?P<days>{DAY}(?:\s*(?:,|en|/|&|\+)\s*{DAY})*)", _read_except
        ),
        _phrase("start", rf"{START}{_ANY_DATE}", _read_start),
        _phrase("start", rf"van\s+{_FULL_DATE}", _read_date),
        _phrase("last", rf"{LAST}{_ANY_DATE}", _read_last),
        _phrase("date", _FULL_DATE, _read_date),
        _phrase("months", rf"(?:om\s+de|elke|iedere|per)\s+(?P<n>{NUMBER})\s+maanden(?:\s+op)?(?:\s+de)?", _read_every),
        _phrase("every", rf"{_EACH}(?P<n>{NUMBER})\s?(?:-\s?)?(?:weken|wk)\b\.?", _read_every),
        _phrase("two_weeks", _TWO_WEEKS),
        _phrase(
            "weeks", r"(?:in\s+)?(?:de\s+)?(?P<odd>on)?even\s+(?:weken|weeknummers|weeknrs?|week|wk)\b\.?", _read_weeks
        ),
        _phrase("weekly", rf"wekelijks|(?:elke|iedere)\s+week|{_ONCE}\s+per\s+week"),
        _phrase("monthly", _MONTHLY),
        _phrase("count", rf"(?P<n>\d{{1,3}})\s?{_TIMES}(?!\s+per)", _read_count),
        _phrase("ordinal", rf"[1-5](?:ste|de|e)|{'|'.join(sorted(ORDINALS, key=len, reverse=True))}", _read_ordinal),
        _phrase("all_days", r"dagelijks|(?:elke|iedere)\s+dag|alle\s+dagen|7\s+dagen\s+(?:per|in\s+de)\s+week"),
        _phrase("workdays", rf"(?:op\s+)?(?:elke\s+|alle\s+)?{_WORKDAYS}"),
        _phrase("weekend", r"(?:in\s+het\s+|elk\s+)?weekend(?:en|s)?"),
        _phrase("day_range", rf"(?<!-)(?P<first>{DAY})\s*{_TO_DAY}\s*(?P<last>{DAY})(?!\s*-\s*{DAY})", _read_days),
        _phrase("day_part", rf"(?P<day>{FULL_DAY})(?P<part>{PART})", _read_day_part),
        _phrase("day", DAY, lambda match: weekday(match.group())),
        _phrase("part", PART, lambda match: _day_part(match.group())),
        _phrase(
            "hours",
            rf"(?:(?:van|vanaf|om)\s+)?(?P<opens>{CLOCK})\s*{_TO_HOUR}\s*(?P<closes>{CLOCK}){UNITS}",
            _read_range,
        ),
        _phrase("hours", rf"tussen\s+(?P<opens>{CLOCK})\s*en\s*(?P<closes>{CLOCK}){UNITS}", _read_range),
        _phrase("until", rf"tot\s+(?P<opens>{CLOCK}){UNITS}", _read_beginning),
        _phrase("hours", rf"{_FROM}\s*:?\s*(?P<opens>{CLOCK}){UNITS}(?!\s*(?:-|tot)\s*\d)", _read_beginning),
        _phrase("hours", rf"(?P<opens>{_SURE_CLOCK})", _read_beginning),
        _phrase("filler", _SMALL_WORDS),
        ("filler", re.compile(r"[,.:/&+\-*•]"), None),
    )
