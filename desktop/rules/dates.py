"""Dates and times as staff type and read them. Must not know the clock (today is an argument) or Qt."""

import re
import unicodedata
from calendar import isleap
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from desktop.errors import Refused
from desktop.language import _, current

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
          "oktober", "november", "december")
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
ENGLISH_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
                  "October", "November", "December")
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OLDEST = 120     # years; nobody who is referred was born longer ago
YOUNGEST = 12    # years; "3-4-25" typed in 2026 is someone of 101, not a child of one
LONGEST = 60     # characters; no date is longer
PAST, AHEAD = "past", "ahead"
"""Where a day lies that is typed without its year."""
JUST_AHEAD = timedelta(days=14)  # of something that happened: more likely a slip, which is refused, than long ago
JUST_OVER = timedelta(days=92)   # of something to come: more likely a slip, which is asked about, than so far ahead
MORNING = time(6)
_HERE = ZoneInfo("Europe/Amsterdam")
HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―⁃−﹘﹣－", "-"))
"""Every sign that looks like a hyphen: word processors and mail programs put them in dates."""

_RELATIVE = {"vandaag": 0, "today": 0, "nu": 0, "gisteren": -1, "gister": -1, "yesterday": -1, "eergisteren": -2,
             "morgen": 1, "tomorrow": 1, "overmorgen": 2}
_MONTH_NUMBERS = {name[:length]: number
                  for names in (MONTHS, tuple(name.lower() for name in ENGLISH_MONTHS))
                  for number, name in enumerate(names, start=1) for length in range(3, len(name) + 1)} \
    | {"mrt": 3, "okt": 10, "oct": 10}
_DAY_NUMBERS = {name[:length]: number
                for names in (DAYS, tuple(name.lower() for name in ENGLISH_DAYS))
                for number, name in enumerate(names) for length in (2, 3, len(name))
                if not (length < len(name) and name.startswith("mar"))}
_HOURS = {name: number for number, name in enumerate(
    ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
    start=1)}

_STEPS = re.compile(rf"over (\d{{1,2}}|{'|'.join(_HOURS)}) (dag(?:en)?|we?ken?|week|maand(?:en)?)")
_COMING = re.compile(r"(?:a\.? ?s\.?|aanstaande|aankomende|komende) +")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})e?[ .\-/]*(?P<month>[a-z]{3,9})[ .,\-/]*'?"
                        r"(?P<year>[0-9]{4}|[0-9]{2})?")
_MONTH_FIRST = re.compile(r"(?P<month>[a-z]{3,9})[ .\-]*(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
                          r"(?:[ ,]+(?P<year>[0-9]{4}))?")


# ---- reading

def read_date(text: str, today: date, *, past: bool = False, ahead: bool = False) -> date | None:
    """Any Dutch way to write a day: 6-11, 061126, 6 november 2026, 2026-11-06, gisteren, vrijdag. Empty is None.

    A weekday alone is the coming one, or with `past` the last one. A day without its year is the near one; with
    `past` the last one that there was, with `ahead` the next one.
    """
    words = _COMING.sub("", _tidy(text), count=1)
    if not words:
        return None
    if words in _RELATIVE:
        return today + timedelta(days=_RELATIVE[words])
    if words in _DAY_NUMBERS:
        days = (_DAY_NUMBERS[words] - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=days - 7 if past else days)
    if match := _STEPS.fullmatch(words):
        return _after(today, int(match[1]) if match[1].isdigit() else _HOURS[match[1]], match[2])
    weekday, rest = _take_weekday(words)
    day, month, year = _parts(rest)
    if year is None:
        found = _in_some_year(day, month, today, past, ahead)
    else:
        found = _day(_full_year(year, today) if year < 100 else year, month, day)
    if not 1900 <= found.year <= 2100:
        raise Refused(_("This year cannot be right."))
    if weekday is not None and found.weekday() != weekday:
        raise Refused(_("This date is a {day}.").format(day=_weekday_name(found)))
    return found


def read_birth_date(text: str, today: date) -> str | None:
    """A birth date as ISO text, "1951-04-03", or only the year, "1951". Empty is None."""
    words = _tidy(text)
    if not words:
        return None
    if re.fullmatch(r"[0-9]{4}", words):
        return _sensible_birth_year(int(words), today)
    day, month, year = _parts(_take_weekday(words)[1])
    if year is None:
        raise Refused(_("The year is missing. Write the date like 03-04-1951."))
    if year < 100:
        year = _birth_year(year, today)
    found = _day(year, month, day)
    if found > today:
        raise Refused(_("This date is in the future."))
    _sensible_birth_year(found.year, today)
    return found.isoformat()


def read_time(text: str) -> time | None:
    """A time of day: 10, 10.30, 1030, 10 uur, 10u30, half elf, kwart over tien. Empty is None."""
    words = _tidy(text)
    if not words:
        return None
    return _spoken_time(words) or _written_time(words)


def refuse_future(day: date | None, today: date) -> None:
    """Something that happened cannot have happened after today."""
    if day is not None and day > today:
        raise Refused(_("This date is in the future."))


def refuse_before(day: date | None, earliest: date) -> None:
    """A date that cannot lie before another one."""
    if day is not None and day < earliest:
        raise Refused(_("This date cannot lie before {earliest}.").format(earliest=show_date(earliest)))


def skipped(day: date | None, hour: time | None) -> bool:
    """Whether the clock never showed this hour: on the last Sunday of March it goes from two to three at once."""
    if day is None or hour is None:
        return False
    there = datetime.combine(day, hour, _HERE)
    return there.astimezone(UTC).astimezone(_HERE).replace(tzinfo=None) != datetime.combine(day, hour)


def hour_complaint(day: date | None, hour: time | None) -> str:
    """What is wrong with an hour on its day, as a plain sentence; nothing when it is an hour there was."""
    if not skipped(day, hour):
        return ""
    return _("This time does not exist: in that night the clock goes forward from 2.00 to 3.00.")


def night_doubt(hour: time | None) -> str:
    """What is asked about an hour at which nobody is seen."""
    if hour is None or hour >= MORNING:
        return ""
    return _("That is at night ({hour}). Is that right?").format(hour=show_time(hour))


# ---- showing

def show_date(day: date | None) -> str:
    """06-11-2026; nothing for no date."""
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}" if day else ""


def show_long(day: date | None, language: str = "nl") -> str:
    """6 november 2026; letters are always Dutch, so Dutch unless asked otherwise."""
    months = ENGLISH_MONTHS if language == "en" else MONTHS
    return f"{day.day} {months[day.month - 1]} {day.year:04d}" if day else ""


def show_day(day: date | None, language: str = "nl") -> str:
    """maandag 23 november."""
    if day is None:
        return ""
    days, months = (ENGLISH_DAYS, ENGLISH_MONTHS) if language == "en" else (DAYS, MONTHS)
    return f"{days[day.weekday()]} {day.day} {months[day.month - 1]}"


def show_whole_day(day: date | None, language: str = "nl") -> str:
    """maandag 23 november 2026."""
    return f"{show_day(day, language)} {day.year:04d}" if day else ""


def show_time(moment: time | None) -> str:
    """10.30, as Dutch letters write it; nothing for no time."""
    return f"{moment.hour}.{moment.minute:02d}" if moment else ""


def show_birth_date(iso: str | None) -> str:
    """03-04-1951, or only 1951 when no more is known."""
    if not iso:
        return ""
    parts = iso.split("-")
    return f"{parts[2]}-{parts[1]}-{parts[0]}" if len(parts) == 3 else iso


# ---- reckoning

def age(iso: str | None, today: date) -> int | None:
    """Age in whole years; with only a birth year the age reached in this calendar year."""
    if not iso:
        return None
    year, *rest = (int(part) for part in iso.split("-"))
    before = len(rest) == 2 and (today.month, today.day) < (rest[0], rest[1])
    return today.year - year - before


def is_working_day(day: date) -> bool:
    """Monday to Friday and no Dutch public holiday."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def next_open_day(day: date) -> date:
    """The day itself when the office is open, else the first working day after it: a day to promise in a letter."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=4_096)  # asked for every case of a list, about a few hundred days
def working_days_after(start: date, n: int) -> date:
    """The n-th working day after start (before it when n is negative)."""
    day, step = start, timedelta(days=1 if n >= 0 else -1)
    for _count in range(abs(n)):
        day += step
        while not is_working_day(day):
            day += step
    return day


@lru_cache(maxsize=4_096)
def months_after(day: date, n: int) -> date:
    """The same day n months on; the last day of the month where that day does not exist."""
    from dateutil.relativedelta import relativedelta
    result: date = day + relativedelta(months=n)
    return result


# ---- the parts of a typed date

def _tidy(text: str) -> str:
    """Small letters, plain digits, single spaces; longer than any date is refused at once."""
    if len(text) > 10 * LONGEST:
        raise Refused(_("This is not a date or time."))
    plain = unicodedata.normalize("NFKC", text.translate(HYPHENS)).replace("\u00ad", "")
    words = " ".join(plain.lower().split()).strip(" .,;")
    if len(words) > LONGEST:
        raise Refused(_("This is not a date or time."))
    return words


def _take_weekday(words: str) -> tuple[int | None, str]:
    """"ma 23 november" -> 0 and the rest."""
    match = re.match(r"([a-z]{2,10})[ .,]+(?=.*[0-9])", words)
    if match and match[1] in _DAY_NUMBERS:
        return _DAY_NUMBERS[match[1]], words[match.end():]
    return None, words


def _parts(words: str) -> tuple[int, int, int | None]:
    """Day, month and year as typed (the year may be missing or have two digits)."""
    return _named_month(words) or _separated(words) or _run_together(words) or _no_date()


def _named_month(words: str) -> tuple[int, int, int | None] | None:
    match = _DAY_FIRST.fullmatch(words) or _MONTH_FIRST.fullmatch(words)
    if not match:
        return None
    day, name, year = match["day"], match["month"], match["year"]
    if name not in _MONTH_NUMBERS:
        raise Refused(_("There is no month called “{name}”.").format(name=name))
    return int(day), _MONTH_NUMBERS[name], _year(year)


def _separated(words: str) -> tuple[int, int, int | None] | None:
    gap = r" ?[\-/. ] ?"
    if match := re.fullmatch(rf"([0-9]{{4}}){gap}([0-9]{{1,2}}){gap}([0-9]{{1,2}})", words):
        return int(match[3]), int(match[2]), _year(match[1])
    if match := re.fullmatch(rf"([0-9]{{1,2}}){gap}([0-9]{{1,2}})(?:{gap}'?([0-9]{{4}}|[0-9]{{2}}))?", words):
        return int(match[1]), int(match[2]), _year(match[3])
    return None


def _run_together(words: str) -> tuple[int, int, int | None] | None:
    if re.fullmatch(r"[0-9]{8}", words):
        if 1850 <= int(words[4:]) <= 2150 or not 1850 <= int(words[:4]) <= 2150:
            return int(words[:2]), int(words[2:4]), _year(words[4:])
        return int(words[6:]), int(words[4:6]), _year(words[:4])
    if re.fullmatch(r"[0-9]{6}", words):
        return int(words[:2]), int(words[2:4]), int(words[4:])
    return None


def _year(typed: str | None) -> int | None:
    """Four digits are meant as typed: 0051 is no short year."""
    if typed and len(typed) == 4 and int(typed) < 100:
        raise Refused(_("This year cannot be right."))
    return int(typed) if typed else None


def _no_date() -> tuple[int, int, int | None]:
    raise Refused(_("This is not a date. Write it like 06-11-2026."))


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused(_("This date does not exist.")) from None


def _in_some_year(day: int, month: int, today: date, past: bool, ahead: bool) -> date:
    """The year that was left out: 12-1 typed in November is long over, or this winter."""
    near = _nearest_year(day, month, today)
    if not past and not ahead:
        return near
    years = (today.year - 1, today.year, today.year + 1)
    found = [date(year, month, day) for year in years if (month, day) != (2, 29) or isleap(year)]
    if ahead:
        return min((each for each in found if each >= today - JUST_OVER), default=near)
    return max((each for each in found if each <= today + JUST_AHEAD), default=near)


def _after(today: date, number: int, unit: str) -> date:
    """Over twee weken, over 3 maanden."""
    if unit.startswith("maand"):
        return months_after(today, number)
    return today + timedelta(days=number * (7 if unit.startswith("w") else 1))


def _nearest_year(day: int, month: int, today: date) -> date:
    """This year, but across New Year the near one: 28-12 typed on 3 January was last week."""
    if (day, month) == (29, 2):
        return _day(today.year, month, day)
    found = _day(today.year, month, day)
    if (found - today).days > 270:
        return _day(today.year - 1, month, day)
    if (today - found).days > 330:
        return _day(today.year + 1, month, day)
    return found


def _full_year(short: int, today: date) -> int:
    """Two digits: at most twenty years ahead, else in the past."""
    year = today.year - today.year % 100 + short
    return year - 100 if year > today.year + 20 else year


def _birth_year(short: int, today: date) -> int:
    year = today.year - today.year % 100 + short
    return year - 100 if year > today.year - YOUNGEST else year


def _sensible_birth_year(year: int, today: date) -> str:
    if year > today.year:
        raise Refused(_("This date is in the future."))
    if year < today.year - OLDEST:
        raise Refused(_("This is more than {years} years ago.").format(years=OLDEST))
    return f"{year:04d}"


def _weekday_name(day: date) -> str:
    return (ENGLISH_DAYS if current() == "en" else DAYS)[day.weekday()]


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    import holidays  # 0.1 s: not at the start of the program
    return frozenset(holidays.country_holidays("NL", years=year)) - {_good_friday(year)}


def _good_friday(year: int) -> date:
    """In the Netherlands no holiday: offices work."""
    from dateutil.easter import easter
    sunday: date = easter(year)
    return sunday - timedelta(days=2)


# ---- the parts of a typed time

def _written_time(words: str) -> time:
    match = re.fullmatch(r"(?:om )?([0-9]{1,2})(?: ?[.:,u h] ?([0-9]{2}))? ?(?:uur|u|h|am|pm)?\.?"
                         r"(?: '?s? ?(?P<part>morgens|ochtends|middags|avonds))?", words)
    together = re.fullmatch(r"([0-9]{1,2})([0-9]{2})(?: ?(?:uur|u))?", words)
    if together:
        return _time(int(together[1]), int(together[2]))
    if not match:
        raise Refused(_("This is not a time. Write it like 10.30."))
    return _time(_on_24(int(match[1]), words), int(match[2] or 0))


def _spoken_time(words: str) -> time | None:
    """half elf, kwart over tien, tien uur."""
    match = re.fullmatch(r"(?:om )?(half|kwart over|kwart voor)? ?([a-z]{3,6}|[0-9]{1,2})(?: uur)?"
                         r"(?: '?s (?:morgens|ochtends|middags|avonds))?", words)
    if not match or not (match[1] or match[2] in _HOURS):
        return None
    hour = _HOURS.get(match[2], 0) or (int(match[2]) if match[2].isdigit() else 0)
    if not 1 <= hour <= 24:
        return None
    minutes = {"half": -30, "kwart voor": -15, "kwart over": 15}.get(match[1] or "", 0)
    total = (_on_24(hour, words) * 60 + minutes) % (24 * 60)
    return _time(total // 60, total % 60)


def _on_24(hour: int, words: str) -> int:
    afternoon = "middags" in words or "avonds" in words or words.rstrip(".").endswith("pm")
    return hour + 12 if afternoon and hour < 12 else hour


def _time(hour: int, minute: int) -> time:
    try:
        return time(hour, minute)
    except ValueError:
        raise Refused(_("This time does not exist.")) from None
