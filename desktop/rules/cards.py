"""What stands on paper for participants and coaches: cards, day sheet, blank intake form, recovery sheet.

Frozen content and the sentences in it, in plain Dutch (B1). Must not know records, typefaces or PDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from desktop.rules.letters import Fold, Letterhead, Window
from desktop.rules.names import Name, spoken

Place = Literal["home", "office", "practice", "activity"]

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MARKS = ("Lichaam", "Gevoel", "Wat mij zin geeft", "Kwaliteit van leven", "Meedoen", "Dagelijks leven")
CONSENTS = (
    "De huisarts of verwijzer mag horen hoe het met mij gaat.",
    "De activiteit mag mijn naam en telefoonnummer weten.",
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


def activity_sentence(activity: str, day: date | None, at: time | None) -> str:
    """When it starts, as far as that is known."""
    when = f" {spoken_day(day)}" if day else ""
    return f"U gaat{when}{f' om {spoken_time(at)}' if day and at else ''} naar {activity}"


def spoken_day(day: date) -> str:
    """ "donderdag 12 november" """
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def spoken_time(at: time) -> str:
    """ "10 uur", "10.30 uur" """
    return f"{at.hour}.{at.minute:02} uur" if at.minute else f"{at.hour} uur"
