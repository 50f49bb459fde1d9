"""Which activities suit one person, best first, with the why in plain words. Must not know tables or screens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.language import _, current, ngettext
from desktop.rules.dates import DAYS, ENGLISH_DAYS
from desktop.rules.names import fold
from desktop.rules.schedules import Schedule, fits

THEME, OWN_NEIGHBOURHOOD, DAY, LANGUAGE, PRICE, ACCESS = 4, 3, 2, 2, 1, 1
MOST_THEMES = 2  # a third fitting theme makes an activity no better
AGAINST = -4


@dataclass(frozen=True)
class Wish:
    """What one person looks for; `themes` gives the reason for which each theme suits."""

    themes: Mapping[int, str] = field(default_factory=dict)
    neighbourhood: int | None = None
    days: frozenset[int] = frozenset()  # 0 is Monday
    most_cents: int | None = None
    language: str = ""
    wheelchair: bool = False
    age: int | None = None


@dataclass(frozen=True)
class Offer:
    """An activity as far as suiting someone depends on it."""

    id: int
    title: str
    themes: frozenset[int] = frozenset()
    neighbourhood: int | None = None
    neighbourhood_name: str = ""
    location: str = ""
    schedules: tuple[Schedule, ...] = ()
    when: str = ""
    price_cents: int | None = None
    language: str = ""
    wheelchair: str = ""
    places_left: int | None = None
    waiting: int = 0
    age_from: int | None = None
    age_to: int | None = None
    words: str = ""  # title, text and location folded, for the filter box


@dataclass(frozen=True)
class Match:
    """An offer with what speaks for it and against it; a full one stands below, with its waiting list."""

    offer: Offer
    score: int
    why: tuple[str, ...]
    but: tuple[str, ...]

    @property
    def full(self) -> bool:
        return self.offer.places_left == 0


def best_first(wish: Wish, offers: Sequence[Offer], text: str = "") -> list[Match]:
    """All offers that hold the typed words, the most fitting first, full ones at the end."""
    typed = fold(text).split()
    matches = [judge(wish, offer) for offer in offers if all(word in offer.words for word in typed)]
    return sorted(matches, key=lambda match: (match.full, -match.score, fold(match.offer.title)))


def judge(wish: Wish, offer: Offer) -> Match:
    """What one offer is worth to this person."""
    points: list[tuple[int, str]] = [
        _neighbourhood(wish, offer),
        *_themes(wish, offer),
        _day(wish, offer),
        _language(wish, offer),
        _price(wish, offer),
        _access(wish, offer),
        _age(wish, offer),
        _places(offer),
    ]
    score = sum(point for point, _words in points)
    why = tuple(words for point, words in points if words and point >= 0)
    return Match(offer, score, why, tuple(words for point, words in points if words and point < 0))


def _neighbourhood(wish: Wish, offer: Offer) -> tuple[int, str]:
    if wish.neighbourhood is not None and offer.neighbourhood == wish.neighbourhood:
        return OWN_NEIGHBOURHOOD, _("in their own neighbourhood")
    return 0, ""


def _themes(wish: Wish, offer: Offer) -> list[tuple[int, str]]:
    reasons = list(dict.fromkeys(reason for theme, reason in wish.themes.items() if theme in offer.themes))
    if not reasons:
        return []
    worth = THEME * min(len(reasons), MOST_THEMES)
    return [(worth, _("suits {reasons}").format(reasons=_joined([reason.lower() for reason in reasons])))]


def _day(wish: Wish, offer: Offer) -> tuple[int, str]:
    if not wish.days or not offer.schedules:
        return 0, ""
    fitting = [day for day in sorted(wish.days) if any(fits(schedule, day) for schedule in offer.schedules)]
    names = ENGLISH_DAYS if current() == "en" else DAYS
    if fitting:
        return DAY, _("on {days}").format(days=_joined([names[day] for day in fitting]))
    if not any(schedule.rrule or schedule.starts_on for schedule in offer.schedules):
        return 0, ""
    return AGAINST, _("not on {days}").format(days=_joined([names[day] for day in sorted(wish.days)], last=_("or")))


def _language(wish: Wish, offer: Offer) -> tuple[int, str]:
    spoken = fold(wish.language)
    if not spoken or spoken in ("nederlands", "dutch"):
        return 0, ""
    if spoken in fold(offer.language):
        return LANGUAGE, _("{language} is spoken").format(language=wish.language)
    return 0, ""


def _price(wish: Wish, offer: Offer) -> tuple[int, str]:
    if offer.price_cents == 0:
        return PRICE, _("free of charge")
    if wish.most_cents is None:
        return 0, ""
    if offer.price_cents is None:
        return 0, _("price not known")
    return (PRICE, "") if offer.price_cents <= wish.most_cents else (AGAINST, _("dearer than asked"))


def _access(wish: Wish, offer: Offer) -> tuple[int, str]:
    if not wish.wheelchair:
        return 0, ""
    if offer.wheelchair == "yes":
        return ACCESS, _("wheelchair accessible")
    if offer.wheelchair == "no":
        return 2 * AGAINST, _("not wheelchair accessible")
    return -1, _("ask about wheelchair access")


def _age(wish: Wish, offer: Offer) -> tuple[int, str]:
    if wish.age is None:
        return 0, ""
    if offer.age_from is not None and wish.age < offer.age_from:
        return AGAINST, _("from {n} years").format(n=offer.age_from)
    if offer.age_to is not None and wish.age > offer.age_to:
        return AGAINST, _("up to {n} years").format(n=offer.age_to)
    return 0, ""


def _places(offer: Offer) -> tuple[int, str]:
    if offer.places_left is None:
        return 0, ""
    if offer.places_left == 0:
        return -1, _("full, {n} waiting").format(n=offer.waiting) if offer.waiting else _("full, nobody waiting")
    return 0, ngettext("{n} place left", "{n} places left", offer.places_left).format(n=offer.places_left)


def _joined(words: Sequence[str], last: str = "") -> str:
    link = " " + (last or _("and")) + " "
    return link.join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
