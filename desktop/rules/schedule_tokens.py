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
MINUTES = {"vijf": 5, "5": 5, "tien": 10, "10": 10, "kwart": 15}
MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari|r)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept(?:ember)?|sep"
    r"|okt(?:ober)?|oct|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
MONTH_STARTS = ("jan", "feb", "m", "apr", "mei", "jun", "jul", "aug", "sep", "o", "nov", "dec")
UNITS = (
    r"(?![+%]|\s*(?:km|kilometer|jaar|jarigen|pers|mensen|deelnemers|plaatsen|x\b|keer|euro|maanden|weken"
    r"|lessen|bijeenkomst|sessie|[a-z]*dagen))"
)
SPOKEN = (
    r"(?:(?:(?:vijf|tien|kwart|5|10)\s+(?:over|voor)(?:\s+half)?|half)\s+"
    rf"{NUMBER}\b)"
)
CLOCK = (
    rf"(?:{SPOKEN}"
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
    r"(?:t/m|tm|tot\s+en\s+met|tot|stopt?(?:\s+(?:per|op|na|vanaf|m\.?i\.?v\.?))?|eindigt(?:\s+(?:per|op))?"
    r"|einddatum|einde|laatste\s+(?:keer|bijeenkomst|les)(?:\s+op)?)\s*:?\s*"
)
BEFORE_THE_DAY = re.compile(r"tot(?!\s+en)|stopt?\s+(?:per|vanaf|m\.?i\.?v)|eindigt\s+per")
FREE_DAYS = (
    r"(?:(?:(?:school|zomer|herfst|kerst|voorjaars|mei|krokus)-?)?vakanties?|school-\s+en\s+feestdagen|(?:officiële\s+)?feestdagen"
    r"|(?:(?:1e|2e|eerste|tweede)\s+)?(?:kerst(?:dag(?:en)?)?|paasdag|pinksterdag)|pasen|pinksteren|hemelvaart(?:sdag)?|koningsdag"
    r"|nieuwjaar(?:sdag)?|oud(?:\s+en\s+nieuw|jaarsdag))\b"
)
REMARK = (
    r"(?:alleen\s+|uitsluitend\s+)?(?:op|na|volgens|in)\s+(?:telefonische\s+)?(?:afspraak|aanvraag|overleg|aanmelding)"
    r"|(?:vrije\s+)?inloop|niet\s+bij\s+(?:regen|slecht\s+weer)|(?:alleen\s+)?bij\s+(?:droog|mooi|goed)\s+weer"
    r"|(?:(?:niet|behalve)\s+(?:in|tijdens|op|met)|behalve|m\.?u\.?v\.?|met\s+uitzondering\s+van|uitgezonderd|buiten|geen\s+les\s+in)"
    rf"\s+(?:de\s+)?{FREE_DAYS}(?:\s*(?:,|en|/|&)\s*(?:op\s+|in\s+)?(?:de\s+)?{FREE_DAYS})*"
    r"|(?:alleen\s+)?(?:in|tijdens)\s+(?:de\s+)?schoolweken"
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


@dataclass(frozen=True)
class Often:
    """So many times in a week or a month, and not on which days; no number is known when the words are vague."""

    times: int | None
    unit: str


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


def _read_except_nth(match: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """De 1e en 3e woensdag: the first and the third Wednesday."""
    day = weekday(match["day"])
    return tuple((_ordinal(found), day) for found in re.findall(_ORDINAL, match["nths"], re.IGNORECASE))


def _read_dates(match: re.Match[str]) -> tuple[WrittenDate, ...] | None:
    """24 en 31 december; za 7, 14 en 21 nov; 7/11 en 14/11. None when one of them is no date."""
    found: list[WrittenDate | None] = []
    for each in re.finditer(_DATES_OF_ONE_MONTH, match["dates"], re.IGNORECASE):
        days = re.findall(r"\d+", each["days"]) if each["month"] else [""]
        found += [_written(f"{day} {each['rest']}" if day else each["other"], each["on"] or "") for day in days]
    return None if None in found else tuple(day for day in found if day is not None) or None


def _read_often(match: re.Match[str]) -> Often:
    number = re.match(NUMBER, match["n"], re.IGNORECASE)
    unit = match["unit"].lower()
    return Often(_read_number(number[0]) if number else None, "month" if unit in ("maand", "mnd") else unit)


def _read_in_months(match: re.Match[str]) -> tuple[int, ...]:
    """In januari en maart; sept t/m mei: every month from the first to the last, also across New Year."""
    found = [_month(name) for name in re.findall(MONTH, match["months"], re.IGNORECASE)]
    if not re.search(_TO_MONTH, match["months"], re.IGNORECASE):
        return tuple(dict.fromkeys(found))
    return tuple((found[0] - 1 + step) % 12 + 1 for step in range((found[1] - found[0]) % 12 + 1))


def _read_months(match: re.Match[str]) -> int | None:
    """Every how many months: om de maand is 2, elk kwartaal is 3."""
    text = match.group().lower()
    if match["n"]:
        return _read_number(match["n"]) if 1 <= _read_number(match["n"]) <= 12 else None
    return 6 if "half" in text else 3 if "kwartaal" in text or "drie" in text else 2


def _read_day_part(match: re.Match[str]) -> tuple[int, str]:
    return weekday(match["day"]), _day_part(match["part"])


def _day_part(text: str) -> str:
    """ochtend for ochtend, ochtends, ochtenden."""
    return next(part for part in PARTS if text.lower().startswith(part))


def _read_weeks(match: re.Match[str]) -> str:
    return "odd" if match["odd"] else "even"


def _read_not_weeks(match: re.Match[str]) -> str:
    """Who does not come in the even weeks comes in the odd ones."""
    return "even" if match["odd"] else "odd"


def _read_number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text.lower()]


def _read_clock(text: str) -> time | None:
    lower = " ".join(text.lower().split())
    if (word := lower.removesuffix(" uur")) in NUMBERS:
        return _time(NUMBERS[word], 0)
    spoken = re.match(rf"(?:(vijf|tien|kwart|5|10) (over|voor) )?(half )?({NUMBER})", lower)
    if spoken and (spoken[1] or spoken[3]):
        hour, past = _read_number(spoken[4]), MINUTES.get(spoken[1] or "", 0)
        minutes = hour * 60 - 30 * bool(spoken[3]) + (past if spoken[2] == "over" else -past)
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
    return _written(match["date"], match["weekday"] or "")


def _written(text: str, on: str = "") -> WrittenDate | None:
    """A date as figures or words, with the weekday that stands before it; None when there is no such day."""
    text = text.lower()
    named = re.match(rf"(\d+)(?:e|ste|de)?\s+({MONTH})\s*'?(\d{{4}})?", text)
    if named:
        day, month, year = int(named[1]), _month(named[2]), int(named[3]) if named[3] else None
    else:
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        day, month, year = numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else None
        year = year + 2000 if year is not None and year < 100 else year
    if not _date(year or 2024, month, day) or (year is not None and not 1950 <= year <= 2150):
        return None
    return WrittenDate(day, month, year, weekday(on) if on else None)


def _read_span(match: re.Match[str]) -> tuple[bool, WrittenDate, LastDay] | None:
    """14 januari - 11 maart; van 14 t/m 16 januari; whether the first is said to be a beginning, and both days."""
    last = _written(match["last"], match["last_on"] or "")
    month = re.search(rf"{MONTH}.*", match["last"], re.IGNORECASE)
    text = match["date"] or (f"{match['day']} {month[0]}" if month else "")
    first = _written(text, match["weekday"] or "") if text else None
    if first is None or last is None:
        return None
    return bool(match["van"]), first, LastDay(last, (match["to"] or "").lower() != "tot")


def _read_short_span(match: re.Match[str]) -> tuple[bool, WrittenDate, LastDay] | None:
    """Van 14-1 t/m 11-3: two days without a name of a month, which are no hours since no hour begins like that."""
    first, last = _written(match["date"]), _written(match["last"])
    if first is None or last is None:
        return None
    return True, first, LastDay(last, match["to"].lower() != "tot")


def _read_bracketed_span(match: re.Match[str]) -> tuple[bool, WrittenDate, LastDay] | None:
    """(15 januari t/m 30 april), behind what is held then."""
    found = _read_not_from(match)
    return (True, *found) if found else None


def _read_not_from(match: re.Match[str]) -> tuple[WrittenDate, LastDay] | None:
    """M.u.v. 20 december t/m 5 januari: the first and the last day on which it is not held."""
    text, last = match["date"], _written(match["last"], match["last_on"] or "")
    if text.isdigit():  # 20 t/m 31 december
        month = re.search(rf"{MONTH}.*", match["last"], re.IGNORECASE)
        text = f"{text} {month[0]}" if month else ""
    first = _written(text, match["weekday"] or "") if text else None
    return (first, LastDay(last, match["to"].lower() != "tot")) if first and last else None


def _read_start(match: re.Match[str]) -> WrittenDate | None:
    """A first date; "vanaf 9-12" is rather nine to twelve."""
    short = re.fullmatch(rf"v(?:anaf|\.a\.)\s*(?:{DAY}\s+)?(\d+)[-/](\d+)", match.group().lower())
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
    return _read_number(match["n"]) or None


def _read_ordinal(match: re.Match[str]) -> int | None:
    return _ordinal(match.group())


def _ordinal(text: str) -> int:
    text = " ".join(text.lower().split())
    return ORDINALS[text] if text in ORDINALS else int(text[0])


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
_EXCEPT = r"(?:behalve|m\.?u\.?v\.?|met\s+uitzondering\s+van|uitgezonderd|exclusief|excl\.?|niet)"
_OFF = r"(?:vervalt|vervallen|gaat\s+niet\s+door|valt\s+uit)"
_MEETING = r"(?:les(?:sen)?|bijeenkomst(?:en)?|activiteit(?:en)?|inloop|groep)"
_BUT_NOT = rf"(?:{_EXCEPT}|{_OFF}|(?:geen|zonder)(?:\s+{_MEETING})?)"
_NOT_THEN = (
    rf"(?:niet(?!\s+(?:bij|in|tijdens|op|elke|iedere|altijd))|{_OFF}|gesloten|dicht"
    rf"|geen(?:\s+{_MEETING}|(?=\s*(?:$|[,;)]))))"
)
_AND = r"\s*(?:,|en|/|&|\+)\s*"
_ORDINAL = rf"(?:[1-5](?:ste|de|e)\b|{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
_A_DAY = rf"(?:{FULL_DAY}{PART}|{DAY})"
_WORKDAY = r"(?:werkdag(?:en)?|doordeweekse\s+dag(?:en)?)"
_YEAR = r"(?:\s+(?:19|20)\d\d(?!\d|\s?-\s?\d|[:.]\d))?"
_NTH = r"\d{1,2}(?:e|ste|de)"
_DAYS_OF_MONTH = rf"\d{{1,2}}(?:e|ste|de)?(?:{_AND}(?:de\s+)?\d{{1,2}}(?:e|ste|de)?)*"
_DATES_OF_ONE_MONTH = (
    rf"(?:(?P<on>{DAY})\s+)?(?:(?P<days>{_DAYS_OF_MONTH})\s+(?P<rest>(?P<month>{MONTH}){_YEAR})|(?P<other>{LONG_DATE}"
    rf"|{SHORT_DATE}))"
)
_NAMED_DATES = rf"(?:{DAY}\s+)?(?:{_DAYS_OF_MONTH}\s+{MONTH}{_YEAR}|{LONG_DATE}|\d{{1,2}}/\d{{1,2}})"
_ONE_OR_MORE_DATES = rf"{_NAMED_DATES}(?:{_AND}(?:op\s+)?{_NAMED_DATES})*"
_SHORT_DATES = rf"{SHORT_DATE}(?:{_AND}(?:op\s+)?{SHORT_DATE})*"
_SEVERAL_DATES = (
    rf"(?:{DAY}\s+)?\d{{1,2}}(?:e|ste|de)?(?:{_AND}(?:de\s+)?\d{{1,2}}(?:e|ste|de)?)+\s+{MONTH}{_YEAR}"
    rf"|(?:{DAY}\s+)?\d{{1,2}}/\d{{1,2}}(?:{_AND}(?:{DAY}\s+)?\d{{1,2}}/\d{{1,2}})+"
    rf"|\d{{1,2}}-(?P<same>\d{{1,2}})(?:{_AND}\d{{1,2}}-(?P=same))+(?![\d:.]|\s*(?:uur|u\b))"
)
_ONCE = r"(?:1\s?x|1\s+keer|1\s+maal|een\s?keer|één\s?keer|eens|eenmaal)"
_OF_THE_MONTH = r"(?:van|v/d|v\.\s?d\.?|vd|in|per|v\.)\s*(?:(?:de|elke|iedere)\s+)?(?:maand|mnd)\b\.?"
_MONTHLY = (
    rf"{_OF_THE_MONTH}|(?:(?:de|elke|iedere)\s+)?(?:maand|mnd)\b\.?"
    rf"|(?:{_ONCE}\s+per\s+|elke\s+|iedere\s+)(?:maand|mnd)|maandelijks"
)
_MONTHS = (
    rf"(?:om\s+de|elke|iedere|per|{_ONCE}\s+(?:per|in\s+de|om\s+de))\s+(?P<n>{NUMBER})\s+maanden(?:\s+op)?(?:\s+de)?"
    r"|om\s+de\s+(?:andere\s+)?maand|(?:elke|iedere)\s+andere\s+maand|(?:twee|2|drie|3)-?\s?maandelijks(?:e)?"
    rf"|(?:elk|ieder|per|{_ONCE}\s+(?:per|in\s+het|elk))\s+(?:kwartaal|half\s?jaar)|kwartaallijks|halfjaarlijks"
)
_EACH = rf"(?:{_ONCE}\s+(?:per|in\s+de|om\s+de)\s+|{_ONCE}\s*/\s*|om\s+de\s+|elke\s+|iedere\s+|per\s+)"
_ALTERNATE = (
    rf"om\s+(?:de|het)(?:\s+andere)?(?=\s+(?:{_A_DAY}|weekend))|(?:elke|iedere)\s+andere(?=\s+{_A_DAY})"
    rf"|(?:elk|ieder)\s+ander(?=\s+weekend)"
)
_TWO_WEEKS = (
    r"om\s+de\s+(?:andere\s+)?week|(?:elke|iedere)\s+(?:andere|2e|tweede)\s+week|(?:twee|2)-?\s?wekelijks"
    rf"|(?:(?:{_ONCE}\s+(?:per|in\s+de|/)|om\s+de|elke)\s+)?(?:14|veertien)[\s-]?(?:daags|dagen)"
)
_EVEN_WEEKS = r"(?P<odd>on)?even\s*(?:weken|weeknummers|weeknrs?|week|wk)\b\.?"
_TIMES = r"(?:x|×|keer|maal|bijeenkomsten|lessen|sessies|weken\s+lang)"
_SEVERAL = rf"(?:\d{{1,3}}|{'|'.join(word for word, number in NUMBERS.items() if number > 1)})"
_WORKDAYS = rf"(?:{_WORKDAY}|doordeweeks|door\s+de\s+week)"
_UNIT = r"(?P<unit>dag|week|maand|mnd|kwartaal|half\s?jaar|jaar|seizoen)"
_VAGUE_NUMBER = r"een\s+paar|een\s+aantal|enkele|meerdere|meer"
_OFTEN = (
    rf"(?P<n>{NUMBER}|{_VAGUE_NUMBER})(?:\s?(?:à|a|tot|-|of)\s?{NUMBER})?\s?(?:x|×|keer|keren|maal|malen)"
    rf"\s+(?:per|in\s+de|in\s+het|elke|elk)\s+{_UNIT}\b"
)
_WHICH = rf"(?={_AND}(?:de\s+)?{_NTH}|\s+(?:van|v/d|v\.|vd|om|tussen|dag|week|weekend)\b|\s+\d|\s*(?:$|[,;)]))"
_UNCLEAR = (
    rf"(?:na|voor|vóór|rond|omstreeks|vanaf|tot)\s+de\s+(?:{_NTH}|{_ORDINAL})|{_NTH}{_WHICH}|{_ORDINAL}(?=\s+{_OF_THE_MONTH})"
    rf"|{_ORDINAL}\s+(?:volle\s+)?(?:week|weekend|dag|helft)"
    r"|(?:vanaf\s+|in\s+|t/m\s+|tot\s+)?(?:week|weken|wk)\s*(?:nr\.?|nummer)?\s*\d{1,2}(?:\s*(?:,|en|t/m|-|tot|/|&)\s*\d{1,2})*"
    r"|(?:elk|ieder|per|één\s?keer\s+per|1\s?x\s+per|eens\s+per)\s+jaar|jaarlijks|dag\s+voor|dag\s+na"
    r"|(?:van|in)\s+(?:het|elk|ieder)\s+(?:kwartaal|jaar|seizoen)|(?:na|voor|vóór)\s+(?:de|het)\s+\w*(?:vakantie|zomer|kerst)\w*"
    r"|(?:de\s+)?(?:ene|andere)\s+(?:week|keer|maand)|(?:week|wk)\s+(?:on)?even"
    r"|(?:2[5-9]|3[01])[-/]\d{1,2}(?![\d:.])"
    rf"|(?:on)?even(?=\s+{DAY})|(?:om\s+de|elke|iedere)\s+{NUMBER}\s+(?:weekend(?:en)?|dag(?:en)?|keer)"
    r"|(?:on)?even\s+(?:maanden|dagen|data)|(?:on)?even\s*(?:en|/|of)\s*(?:on)?even"
)
_SURE_CLOCK = (
    r"\d{1,2}(?:\s?[:.]\s?[0-5]\d|u[0-5]\d)(?:\s?(?:uur|u|h)\b\.?)?|\d{1,2}\s?(?:uur|u|h)\b\.?"
    rf"|{SPOKEN}(?:\s+uur)?"
)
_VAGUE = (
    rf"of(?=\s+(?:op\s+)?(?:de\s+)?(?:{_A_DAY}|{_ORDINAL}|{_SURE_CLOCK}))|soms|meestal|af\s+en\s+toe|regelmatig|incidenteel"
    r"|afwisselend|beurtelings|om\s+en\s+om|om\s+beurten|zo\s+nodig"
    rf"|om\s+(?:de|het)(?=\s+(?:{_ORDINAL}|{_NTH}|andere|dag|keer|jaar|uur|les|bijeenkomst)\b)"
    rf"|(?:t/m|tm|tot\s+en\s+met|tot)(?=\s+{_A_DAY})|(?:vanaf|sinds|per)\s+(?:aanstaande\s+)?{_A_DAY}"
)
_NOT_ALWAYS = r"niet\s+(?:elke|iedere|altijd|wekelijks)(?:\s+week)?"
_OTHERWISE = rf"(?:elke?|iedere?|alle)\s+(?:(?:{DAY})\s+)?{LONG_DATE}"
_TO_DAY = r"(?:t/m|tm|tot\s+en\s+met|tot|-)"
_SPAN = (
    rf"(?P<van>van\s+)?(?:(?P<weekday>{DAY})\s+)?(?:(?P<date>{LONG_DATE})\s*-|(?P<day>\d{{1,2}})\s*(?P<to>{_TO_DAY}))"
    rf"\s*(?:(?P<last_on>{DAY})\s+)?(?P<last>{LONG_DATE})"
)
_PAUSE = (
    rf"(?:(?P<between>tussen\s+)|van\s+|op\s+)?(?:(?P<weekday>{DAY})\s+)?(?P<date>{LONG_DATE}|{SHORT_DATE}|\d{{1,2}})"
    rf"\s*(?P<to>{_TO_DAY}|(?(between)en(?=\s)|(?!)))\s*(?:(?P<last_on>{DAY})\s+)?(?P<last>{LONG_DATE}|{SHORT_DATE})"
)
_LONG_SPAN = (
    rf"(?:van\s+)?(?:(?P<weekday>{DAY})\s+)?(?P<date>{LONG_DATE})\s*(?P<to>{_TO_DAY})"
    rf"\s*(?:(?P<last_on>{DAY})\s+)?(?P<last>{LONG_DATE})"
)
_RANGE_AHEAD = r"\s+(?:van\s+|om\s+|tussen\s+|vanaf\s+)?\d{1,2}(?:[:.]\d\d)?\s?(?:uur\s*)?(?:-|tot|t/m|uur|u\b)"
_SHORT_SPAN = rf"van\s+(?P<date>{SHORT_DATE})\s*(?P<to>t/m|tm|tot\s+en\s+met|tot|-)\s*(?P<last>{SHORT_DATE})"
_TO_A_MONTH = r"(?:t/m|tm|tot\s+en\s+met|-)"
_TO_MONTH = rf"(?<=[a-z.])\s*{_TO_A_MONTH}\s*(?={MONTH})"
_SOME_MONTHS = (
    rf"(?P<months>{MONTH}\s*{_TO_A_MONTH}\s*{MONTH}|{MONTH}(?:{_AND}{MONTH})*)"
    r"(?!\s+'?(?:19|20)?\d\d(?!\s*-|[:.\d]))"
)
_RANGE_OF_MONTHS = rf"(?P<months>{MONTH}\s*{_TO_A_MONTH}\s*{MONTH})"
_THE_MONTHS = rf"(?:de\s+)?(?:maand(?:en)?\s+)?{_SOME_MONTHS}"
_SOME_TIME = (
    rf"(?:start|begint|vanaf|sinds|per|eindigt|stopt|einde|tot|t/m|weer|begin|eind|half|medio)\s+(?:[^\W\d]+\s+)?(?:in\s+)?{MONTH}"
    rf"|(?:van\s+)?{MONTH}\s+tot\s+{MONTH}"
)
_TO_HOUR = r"(?:-|tot(?:\s+en\s+met)?|t/m)"
_FROM = r"(?:vanaf|van|v\.a\.|om|aanvang|start|begint\s+om)"
_END = rf"(?:{CLOCK}|(?:{'|'.join(NUMBERS)})\b(?:\s+uur)?)"
_SMALL_WORDS = (
    r"a\.?s\.?|aanstaande|elke|elk|iedere|ieder|alle|op|de|het|van|in|en|is|uur|tijd(?:en)?|wanneer|dag(?:en)?|'s|’s"
)


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
        _phrase("not_from", rf"{_BUT_NOT}\s+{_PAUSE}", _read_not_from),
        _phrase(
            "not_on", rf"{_BUT_NOT}\s+(?:op\s+)?(?:de\s+)?(?P<dates>{_ONE_OR_MORE_DATES}|{_SHORT_DATES})", _read_dates
        ),
        _phrase("not_on", rf"(?P<dates>{_ONE_OR_MORE_DATES})\s+{_NOT_THEN}", _read_dates),
        _phrase("span", _SPAN, _read_span),
        _phrase("span", _SHORT_SPAN, _read_short_span),
        _phrase("span", rf"(?<=\(){_LONG_SPAN}", _read_bracketed_span),
        _phrase(
            "except_nth",
            rf"{_BUT_NOT}\s+(?:op\s+)?(?:de\s+|elke\s+|iedere\s+)?(?P<nths>{_ORDINAL}(?:{_AND}(?:de\s+)?{_ORDINAL})*)"
            rf"\s+(?P<day>{DAY})(?:\s+{_OF_THE_MONTH})?",
            _read_except_nth,
        ),
        _phrase(
            "except_nth",
            rf"(?:de\s+)?(?P<nths>{_ORDINAL}(?:{_AND}(?:de\s+)?{_ORDINAL})*)\s+(?P<day>{DAY})(?:\s+{_OF_THE_MONTH})?"
            rf"\s+{_NOT_THEN}",
            _read_except_nth,
        ),
        _phrase("except", rf"{_BUT_NOT}\s+(?:op\s+)?(?:de\s+)?(?P<days>{DAY}(?:{_AND}{DAY})*)", _read_except),
        _phrase("except", rf"(?P<days>{DAY}(?:{_AND}{DAY})*)\s+{_NOT_THEN}", _read_except),
        _phrase("vague", r"maand\s+om\s+maand|week\s+om\s+week"),
        _phrase("weeks", rf"{_BUT_NOT}\s+(?:in\s+)?(?:de\s+)?{_EVEN_WEEKS}", _read_not_weeks),
        _phrase("weeks", rf"(?:in\s+)?(?:de\s+)?{_EVEN_WEEKS}\s+{_NOT_THEN}", _read_not_weeks),
        _phrase(
            "not_months",
            rf"(?:{_BUT_NOT}|gesloten|dicht|zomerstop)\s*:?\s+(?:(?:in|tijdens|van)\s+)?{_THE_MONTHS}",
            _read_in_months,
        ),
        _phrase("not_months", rf"(?<!\d\s)(?<!\de\s)(?:in\s+)?{_THE_MONTHS}\s+{_NOT_THEN}", _read_in_months),
        _phrase("vague", _NOT_ALWAYS),
        _phrase("unless", _SOME_TIME),
        _phrase("unless", rf"(?:{_EXCEPT}|{_OFF})\b(?:(?!{_RANGE_AHEAD})[^,;:()])*"),
        _phrase("vague", _OTHERWISE),
        _phrase("start", rf"{START}{_ANY_DATE}", _read_start),
        _phrase("start", rf"van\s+{_FULL_DATE}", _read_date),
        _phrase("last", rf"{LAST}{_ANY_DATE}", _read_last),
        _phrase("dates", rf"(?P<dates>{_SEVERAL_DATES})", _read_dates),
        _phrase("date", _FULL_DATE, _read_date),
        _phrase("date", rf"(?P<weekday>{DAY})\s+(?P<date>\d{{1,2}}/\d{{1,2}})(?![\d:.]|\s*(?:uur|u\b))", _read_date),
        _phrase("in_months", rf"(?:alleen\s+|uitsluitend\s+)?(?:in|van|gedurende)\s+{_THE_MONTHS}", _read_in_months),
        (
            "in_months",
            re.compile(rf"(?:^|(?<=[,;(])|(?<=[,;(] )){_RANGE_OF_MONTHS}(?!\w)", re.IGNORECASE),
            _read_in_months,
        ),
        _phrase("months", _MONTHS, _read_months),
        _phrase("every", rf"{_EACH}(?P<n>{NUMBER})\s?(?:-\s?)?(?:weken|wk)\b\.?", _read_every),
        _phrase("every", rf"(?P<n>{NUMBER})\s?-?\s?wekelijkse?", _read_every),
        _phrase("two_weeks", r"om\s+het\s+(?:andere\s+)?weekend(?=\s+(?:op\s+)?z(?:ater|on)?(?:dag|a|o)\b)"),
        _phrase("alternate", _ALTERNATE),
        _phrase("two_weeks", _TWO_WEEKS),
        _phrase("weeks", rf"(?:in\s+)?(?:de\s+)?{_EVEN_WEEKS}", _read_weeks),
        _phrase("weekly", rf"wekelijks|(?:elke|iedere)\s+week|{_ONCE}\s+per\s+week"),
        _phrase("monthly", _MONTHLY),
        _phrase("often", _OFTEN, _read_often),
        _phrase("count", rf"(?P<n>{_SEVERAL})\s?{_TIMES}(?!\s+per)", _read_count),
        _phrase("count", rf"(?P<n>{_SEVERAL})(?=\s+(?:maan|dins|woens|donder|vrij|zater|zon)dagen)", _read_count),
        _phrase("vague", _VAGUE),
        _phrase("ordinal", rf"{_ORDINAL}(?=(?:{_AND}(?:de\s+)?{_ORDINAL})*\s+(?:{_A_DAY}|{_WORKDAY}))", _read_ordinal),
        _phrase("unclear", _UNCLEAR),
        _phrase("each_part", rf"(?:elke|iedere)\s+(?P<part>{PART})", lambda match: _day_part(match["part"])),
        _phrase("all_days", r"dagelijks|(?:elke|iedere)\s+dag|alle\s+dagen|7\s+dagen\s+(?:per|in\s+de)\s+week"),
        _phrase("workdays", rf"(?:op\s+)?(?:elke\s+|alle\s+)?{_WORKDAYS}"),
        _phrase("weekend", r"(?:in\s+het\s+|elk\s+)?weekend(?:en|s)?"),
        _phrase("day_range", rf"(?<!-)(?P<first>{DAY})\s*{_TO_DAY}\s*(?P<last>{DAY})(?!\s*-\s*{DAY})", _read_days),
        _phrase("day_part", rf"(?P<day>{FULL_DAY})(?P<part>{PART})", _read_day_part),
        _phrase("day", DAY, lambda match: weekday(match.group())),
        _phrase("part", PART, lambda match: _day_part(match.group())),
        _phrase(
            "hours",
            rf"(?:(?:van|vanaf|om)\s+)?(?P<opens>{CLOCK})\s*{_TO_HOUR}\s*(?P<closes>{_END}){UNITS}",
            _read_range,
        ),
        _phrase("hours", rf"tussen\s+(?P<opens>{CLOCK})\s*en\s*(?P<closes>{_END}){UNITS}", _read_range),
        _phrase("until", rf"tot\s+(?P<opens>{CLOCK}){UNITS}", _read_beginning),
        _phrase("hours", rf"{_FROM}\s*:?\s*(?P<opens>{CLOCK}){UNITS}(?!\s*(?:-|tot)\s*\d)", _read_beginning),
        _phrase("hours", rf"(?P<opens>{_SURE_CLOCK})", _read_beginning),
        _phrase("filler", _SMALL_WORDS),
        ("filler", re.compile(r"[,.:/&+\-*•]"), None),
    )
