"""The wijksafari card: what is on offer in a neighbourhood, near a practice or for a reason, on one A4. Always Dutch.

Which activities are near and in which order they stand. Must not know records, typefaces or PDF.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.rules.dates import DAYS
from desktop.rules.letters import Letterhead
from desktop.rules.names import fold
from desktop.rules.recurrence import Schedule, read_rule

Order = Literal["theme", "day"]
HERE, SAME_POSTCODE, SAME_TOWN = 0, 1, 2
FULL = "vol: u kunt op de wachtlijst"
OTHER_THEME, OTHER_DAY = "En verder", "Wisselende dagen"
SEVERAL_DAYS = "Meer dagen in de week"
ASK = "Vraag gerust wat bij u past. Wij gaan de eerste keer graag met u mee."


@dataclass(frozen=True)
class Near:
    """A place as far as being near depends on it: its neighbourhood, its postcodes (four digits) and its town."""

    neighbourhood: int | None = None
    postcodes: frozenset[str] = frozenset()
    town: str = ""


@dataclass(frozen=True)
class Offer:
    """An activity as the card shows it, and what its place and order follow from."""

    id: int
    title: str
    themes: tuple[str, ...] = ()  # names, the most important first
    times: tuple[Schedule, ...] = ()
    when: tuple[str, ...] = ()
    where: str = ""
    price: str = ""
    join: str = ""
    full: bool = False
    place: Near = Near()

    @property
    def days(self) -> tuple[int, ...]:
        """The weekdays on which it is held, 0 for Monday."""
        found: set[int] = set()
        for each in self.times:
            pattern = read_rule(each.rrule) if each.rrule else None
            if pattern is not None:
                found |= {day for _nth, day in pattern.days}
        return tuple(sorted(found))


@dataclass(frozen=True)
class Group:
    """A heading with the activities under it."""

    heading: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class Safari:
    """The card, complete in itself."""

    letterhead: Letterhead
    title: str
    subtitle: str
    groups: tuple[Group, ...]
    phone: str = ""
    website: str = ""
    remark: str = ASK


def distance(centre: Near, place: Near) -> int | None:
    """How near a place is: in the neighbourhood, in the same postcode, in the same town; None for elsewhere."""
    if centre.neighbourhood is not None and centre.neighbourhood == place.neighbourhood:
        return HERE
    if centre.postcodes & place.postcodes:
        return SAME_POSTCODE
    if centre.town and fold(centre.town) == fold(place.town):
        return SAME_TOWN
    return None


def nearest_first(centre: Near, offers: Iterable[Offer]) -> list[Offer]:
    """What is near enough, the nearest first and by name; what is full comes after what has room."""
    judged = [(distance(centre, offer.place), offer) for offer in offers]
    known = [(far, offer) for far, offer in judged if far is not None]
    return [offer for _far, offer in sorted(known, key=lambda pair: (pair[0], pair[1].full, _title(pair[1])))]


def grouped(offers: Sequence[Offer], order: Order, themes: Sequence[str]) -> tuple[Group, ...]:
    """Under their themes, in the order of the themes, or under the days of the week."""
    return _by_theme(offers, themes) if order == "theme" else _by_day(offers)


def postcode_of(text: str) -> frozenset[str]:
    """The four digits of a postcode, as a set so that none is none."""
    digits = text.strip()[:4]
    return frozenset({digits}) if digits.isdigit() and len(digits) == 4 else frozenset()


def website(text: str) -> str:
    """As it is printed: without the technical beginning."""
    bare = text.strip().removeprefix("https://").removeprefix("http://")
    return bare.rstrip("/")


def address_of(text: str) -> str:
    """As a telephone opens it from the code."""
    bare = website(text)
    return f"http://{bare}" if text.strip().startswith("http://") else f"https://{bare}" if bare else ""


def _by_theme(offers: Sequence[Offer], themes: Sequence[str]) -> tuple[Group, ...]:
    """Each activity once, under the first of its themes."""
    found: dict[str, list[Offer]] = {name: [] for name in (*themes, OTHER_THEME)}
    for offer in offers:
        first = next((name for name in themes if name in offer.themes), OTHER_THEME)
        found[first].append(offer)
    return _groups(found)


def _by_day(offers: Sequence[Offer]) -> tuple[Group, ...]:
    """Each activity once: what is held on more days stands apart."""
    names = {day: name.capitalize() for day, name in enumerate(DAYS)}
    found: dict[str, list[Offer]] = {name: [] for name in (*names.values(), SEVERAL_DAYS, OTHER_DAY)}
    for offer in offers:
        days = offer.days
        heading = names[days[0]] if len(days) == 1 else SEVERAL_DAYS if days else OTHER_DAY
        found[heading].append(offer)
    return _groups(found)


def _groups(found: dict[str, list[Offer]]) -> tuple[Group, ...]:
    return tuple(Group(name, tuple(sorted(offers, key=_title))) for name, offers in found.items() if offers)


def _title(offer: Offer) -> str:
    return fold(offer.title)
