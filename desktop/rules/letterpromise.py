"""The day that "Volgend bericht" promises, read from the words themselves. Must not know records.

Whatever fills those words or changes them by hand, the practice reads this day: so this day is what is owed.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from desktop.errors import Refused
from desktop.rules.dates import MONTHS, read_date

SOONER = "of eerder"
_NAMES = "|".join((*MONTHS, *("jan", "feb", "mrt", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "dec")))
_DAY = re.compile(
    rf"(?<![\d.,/-])(?P<words>\d{{1,2}}\s+(?:{_NAMES})\b\.?)(?:\s+(?P<year>\d{{4}}))?"
    r"|(?<![\d.,/-])(?P<figures>\d{1,2}[-/]\d{1,2}[-/]\d{4}|\d{4}-\d{2}-\d{2})(?![\d/-])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Promise:
    """When the practice hears again; `sooner` when it was told "of eerder als zij stopt"."""

    on: date | None = None
    sooner: bool = False


@dataclass(frozen=True)
class NamedDay:
    """A day as it stands in a text; `on` is None for a day that does not exist."""

    words: str
    on: date | None


def promise_in(following: str, today: date) -> Promise:
    """What a text under "Volgend bericht" promises: the latest day it names, nothing when it names none."""
    on = max((each.on for each in days_in(following, today, ahead=True) if each.on is not None), default=None)
    return Promise(on, on is not None and SOONER in following.casefold())


def days_in(text: str, today: date, ahead: bool = False) -> Iterator[NamedDay]:
    """Every day that a Dutch text names, with its year or, left out, the one nearest to today or ahead of it."""
    for found in _DAY.finditer(" ".join(text.split())):
        typed, day = found.group(), None
        with suppress(Refused):  # 31 februari
            day = read_date(typed, today, ahead=ahead)
        yield NamedDay(typed, day)
