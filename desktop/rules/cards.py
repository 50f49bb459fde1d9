"""What stands on paper for participants and coaches: cards, day sheet, blank intake form, recovery sheet.

Frozen content and the sentences in it, in plain Dutch (B1). Must not know records, typefaces or PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import Literal

from desktop.rules.activities import next_dates
from desktop.rules.dates import DAYS, MONTHS
from desktop.rules.letters import Fold, Letterhead, Window
from desktop.rules.names import Name, spoken
from desktop.rules.schedules import NOT_FIXED, Schedule, last_day, read_rule, show_days, show_months, still_held

Place = Literal["home", "office", "practice", "activity"]
DATES_SAID = 3
OUTSIDE = {
    "buddy": "U krijgt een maatje",
    "volunteering": "U gaat vrijwilligerswerk doen",
    "social_work": "U krijgt hulp van het maatschappelijk werk",
    "debt_help": "U krijgt hulp bij uw geldzaken",
    "care": "U krijgt zorg",
}
"""What somebody gets outside the catalogue: a buddy is no place to go to."""
SOMETHING_ELSE = "U begint met iets nieuws"
MARKS = ("Lichaam", "Gevoel", "Wat mij zin geeft", "Kwaliteit van leven", "Meedoen", "Dagelijks leven")
CONSENTS = (
    "De huisarts of verwijzer mag horen hoe het met mij gaat.",
    "De activiteit mag mijn voornaam en de eerste letter van mijn achternaam weten.",
    "Ik wil vragenlijsten invullen.",
    "Mijn gespreksbeeld mag in de brief aan de huisarts.",
)


@dataclass(frozen=True)
class AppointmentCard:
    """For on the refrigerator: who comes when, where, and whom to call."""

    letterhead: Letterhead
    person: str  # "mevrouw Van der Meer-de Wit"
    sentence: str  # see `appointment_sentence`
    who: str  # "Fatma Yıldız, welzijnscoach"
    where: tuple[str, ...]
    phone: str
    about: str = ""
    remark: str = ""
    photo: bytes | None = None


@dataclass(frozen=True)
class ActivityCard:
    """The first time somewhere new."""

    letterhead: Letterhead
    person: str
    sentence: str  # see `activity_sentence`
    activity: str
    when: tuple[str, ...]
    where: tuple[str, ...]
    contact: str
    phone: str
    price: str = ""
    together: str = ""  # who goes along the first time
    remark: str = ""
    photo: bytes | None = None


@dataclass(frozen=True)
class ContactCard:
    """For who was sought and not reached: neutral, since anybody in the house may open it."""

    letterhead: Letterhead
    address: tuple[str, ...]
    sender: str  # above the address in the window: where it comes from, without a name that tells what we do
    greeting: str
    lines: tuple[str, ...]
    phone: str
    below: tuple[str, ...]  # after the number
    who: str
    window: Window = "right"
    shift_x: float = 0.0
    shift_y: float = 0.0
    fold: Fold = "DL"


@dataclass(frozen=True)
class DayAppointment:
    time: str
    name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    about: str = ""  # "intake thuis", "samen naar de Koffie-inloop"
    note: str = ""


@dataclass(frozen=True)
class DaySheet:
    organisation: str
    coach: str
    day: str  # "donderdag 12 november 2026"
    appointments: tuple[DayAppointment, ...]


@dataclass(frozen=True)
class BlankIntake:
    letterhead: Letterhead
    marks: tuple[str, ...] = MARKS
    consents: tuple[str, ...] = CONSENTS
    person: str = ""
    day: str = ""
    coach: str = ""


@dataclass(frozen=True)
class RecoverySheet:
    """Spoken in the language of the program, since staff read it."""

    organisation: str
    key_groups: tuple[str, ...]
    made_on: str
    explanation: tuple[str, ...]


@dataclass(frozen=True)
class WindowTest:
    window: Window = "right"
    shift_x: float = 0.0
    shift_y: float = 0.0
    fold: Fold = "DL"
    back_to: tuple[str, ...] = ()


def appointment_sentence(coach: str, day: date, hour: time, place: Place, at: str = "") -> str:
    """The one sentence of the card: who does what, when; `at` names a practice that is no GP's, or the activity."""
    when = f"{spoken_day(day)} om {spoken_time(hour)}"
    if place == "home":
        return f"{coach} komt {when} bij u"
    if place == "practice":
        return f"U ziet {coach} {when} bij {at or 'uw huisarts in de praktijk'}"
    if place == "activity":
        return f"U gaat {when} samen met {coach} {f'naar {at}' if at else 'kijken'}"
    return f"U komt {when} bij {coach}"


def contact_lines(called: bool, who: str) -> tuple[str, ...]:
    """What a card says to who was not reached: no word about what we do, nor about who asked for it."""
    tried = "Wij hebben geprobeerd u te bellen. Dat is niet gelukt." if called else "Wij willen u graag spreken."
    return (tried, f"Wilt u ons bellen? U kunt vragen naar {who}." if who else "Wilt u ons bellen?")


def contact_choices(mail: str) -> tuple[str, ...]:
    """What else somebody can do, below the number."""
    other = (f"Liever een bericht? Mail dan naar {mail}.",) if mail else ()
    return (*other, "Wilt u geen contact? Dan hoeft u niets te doen.")


def greeting(name: Name) -> str:
    """ "Geachte mevrouw Van der Meer,"; without a known form of address the whole name."""
    said = spoken(name)
    if said.startswith("meneer "):
        return f"Geachte heer {said.removeprefix('meneer ')},"
    return f"Geachte {said},"


def activity_sentence(activity: str, day: date | None, at: time | None, outside: str | None = None) -> str:
    """When it starts, as far as that is known; `outside` is what kind of thing outside the catalogue it is."""
    if outside is not None:
        said = OUTSIDE.get(outside, SOMETHING_ELSE)
        return f"{said}, vanaf {spoken_day(day)}" if day else said
    when = f" {spoken_day(day)}" if day else ""
    return f"U gaat{when}{f' om {spoken_time(at)}' if day and at else ''} naar {activity}"


def spoken_day(day: date) -> str:
    """ "donderdag 12 november" """
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def spoken_when(times: Sequence[Schedule], day: date, skips_holidays: bool = True) -> tuple[str, ...]:
    """When an activity is held from a day on, as one says it; where no diary tells it, the first dates."""
    held = still_held(times, day)
    lines = [_spoken_rule(each, day, skips_holidays) for each in held if each.rrule or not each.starts_on]
    return (*lines, *_spoken_dates([each for each in held if not each.rrule and each.starts_on]))


def _spoken_rule(schedule: Schedule, day: date, skips_holidays: bool) -> str:
    days = show_days(schedule, by_number=False).replace(" t/m ", " tot en met ")
    hours = spoken_hours(schedule.opens, schedule.closes)
    words = f"{days} {hours}".strip() or ("" if schedule.note else NOT_FIXED)
    return _noted(", ".join(part for part in (words, *_said_of_dates(schedule, day, skips_holidays)) if part), schedule)


def _spoken_dates(once: Sequence[Schedule]) -> Iterator[str]:
    """Days by their date, those with the same hours together; of a long row the first and the last."""
    for (opens, closes, note), found in groupby(once, key=lambda each: (each.opens, each.closes, each.note)):
        days = sorted({each.starts_on for each in found if each.starts_on})
        said = days if len(days) <= DATES_SAID + 1 else days[:DATES_SAID]
        same = len({day.weekday() for day in said}) == 1
        words = f"{DAYS[said[0].weekday()]} {spoken_days(said)}" if same else spoken_days(said, with_weekday=True)
        last = f", voor het laatst op {_day_and_month(days[-1])}" if len(days) > len(said) else ""
        yield _noted(f"{words} {spoken_hours(opens, closes)}".strip() + last, Schedule(note=note))


def _noted(words: str, schedule: Schedule) -> str:
    return f"{words} ({schedule.note})" if words and schedule.note else words or schedule.note


def _said_of_dates(schedule: Schedule, day: date, skips_holidays: bool) -> list[str]:
    """The first dates, or from when; the last time; and on which days not."""
    pattern = read_rule(schedule.rrule) if schedule.rrule else None
    if pattern is None:
        return []
    every_week = pattern.every == 1 and not (pattern.weeks or pattern.monthly)
    coming = next_dates([schedule], day, DATES_SAID + 1, skips_holidays)
    starts, said = schedule.starts_on, []
    if coming and (not every_week or len(coming) <= DATES_SAID):
        several = len({weekday for _nth, weekday in pattern.days}) != 1
        dates = spoken_days(coming[:DATES_SAID], with_weekday=several and not every_week)
        said.append(f"{'nog' if every_week else 'dus'} op {dates}")
    elif starts and starts > day:
        said.append(f"vanaf {_day_and_month(starts)}")
    last = last_day(schedule)
    if last and len(coming) > DATES_SAID:
        said.append(f"voor het laatst op {_day_and_month(last)}")
    if pattern.in_months:
        said.append(show_months(pattern.in_months).replace(" t/m ", " tot en met "))
    left_out = [each for each in schedule.not_on if each >= day]
    return [*said, *([f"niet op {spoken_days(left_out)}"] if left_out else [])]


def spoken_days(days: Sequence[date], with_weekday: bool = False) -> str:
    """ "10 en 24 november en 8 december"; with their weekdays when these differ."""
    if with_weekday:
        return _listed([spoken_day(day) for day in days])
    months = groupby(days, key=lambda day: (day.year, day.month))
    return _listed([f"{_listed([str(day.day) for day in found])} {MONTHS[at[1] - 1]}" for at, found in months])


def _day_and_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _listed(words: Sequence[str]) -> str:
    return " en ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def spoken_hours(opens: time | None, closes: time | None) -> str:
    """ "van 9.30 tot 11 uur", "om 14 uur"; nothing when no hour is known."""
    if opens and closes:
        return f"van {_on_the_clock(opens)} tot {spoken_time(closes)}"
    return f"om {spoken_time(opens)}" if opens else f"tot {spoken_time(closes)}" if closes else ""


def _on_the_clock(at: time) -> str:
    return spoken_time(at).removesuffix(" uur")


def spoken_time(at: time) -> str:
    """ "10 uur", "10.30 uur" """
    return f"{at.hour}.{at.minute:02} uur" if at.minute else f"{at.hour} uur"
