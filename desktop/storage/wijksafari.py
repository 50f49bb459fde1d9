"""What is on offer with its place, times and themes, for the wijksafari card. Must not know what is near."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import peewee

from desktop import clock
from desktop.rules.addresses import street_line
from desktop.rules.phones import show_phone
from desktop.rules.places import Places
from desktop.rules.prices import Price, show_price
from desktop.rules.recurrence import Schedule as Times
from desktop.rules.recurrence import has_ended, still_held
from desktop.rules.schedules import show_schedule
from desktop.rules.staff import OFFICE, Member
from desktop.rules.tasks import capital
from desktop.rules.wijksafari import Near, Offer, postcode_of
from desktop.storage.database import query
from desktop.storage.matching import OFFERED
from desktop.storage.models import (
    Activity,
    ActivityTheme,
    Location,
    Neighbourhood,
    Practice,
    Reason,
    ReasonTheme,
    Theme,
)
from desktop.storage.places import places_by_activity
from desktop.storage.schedules import times_by_activity


@dataclass(frozen=True)
class Centre:
    """What a card is about: its name in words, and what is near it; or the themes of a reason."""

    name: str
    near: Near | None = None
    themes: tuple[str, ...] = ()


@query(may=OFFICE)
def practice_centre(by: Member, practice_id: int) -> Centre:
    """Round a practice: its neighbourhood with that one's postcodes, its own postcode and town."""
    practice = Practice.get_one(practice_id)
    around: Neighbourhood | None = practice.neighbourhood
    codes = postcode_of(practice.postcode) | frozenset(around.postcodes.split() if around else ())
    return Centre(practice.name, Near(around.id if around else None, codes, practice.town))


@query(may=OFFICE)
def neighbourhood_centre(by: Member, neighbourhood_id: int) -> Centre:
    """A neighbourhood with its postcodes."""
    around = Neighbourhood.get_one(neighbourhood_id)
    return Centre(around.name, Near(around.id, frozenset(around.postcodes.split())))


@query(may=OFFICE)
def reason_centre(by: Member, reason_id: int) -> Centre:
    """The themes that suit a reason; the reason itself never stands on a card."""
    reason = Reason.get_one(reason_id)
    themes = Theme.select().join(ReasonTheme).where(ReasonTheme.reason == reason).order_by(Theme.position)
    return Centre(reason.name, themes=tuple(theme.name for theme in themes))


@query(may=OFFICE)
def list_reasons(by: Member) -> list[tuple[int, str]]:
    """(id, name) of the reasons in use that point to a theme."""
    pointing = ReasonTheme.select(ReasonTheme.reason)
    rows = Reason.select().where(Reason.active & Reason.id.in_(pointing)).order_by(Reason.position)
    return [(row.id, row.name) for row in rows]


@query(may=OFFICE)
def list_theme_names(by: Member) -> list[str]:
    """In the order of the catalogue."""
    return [row.name for row in Theme.select(Theme.name).order_by(Theme.position, Theme.name)]


@query(may=OFFICE)
def list_on_offer(by: Member) -> list[Offer]:
    """Every activity that takes people or has a waiting list, in four queries; what is stopped or over is left out."""
    themes: dict[int, list[str]] = defaultdict(list)
    rows = ActivityTheme.select(ActivityTheme.activity, Theme.name).join(Theme).order_by(Theme.position)
    for activity_id, name in rows.tuples():
        themes[activity_id].append(name)
    times, today = times_by_activity(), clock.today()
    places = places_by_activity()
    return [
        _offer(row, themes[row.id], still_held(times[row.id], today), places[row.id])
        for row in _activities()
        if not has_ended(times[row.id], today)
    ]


def _activities() -> list[Activity]:
    home, around = Neighbourhood.alias(), Neighbourhood.alias()
    left = peewee.JOIN.LEFT_OUTER
    rows = (
        Activity.select(Activity, Location, home, around)
        .join(Location, left)
        .join(home, left, on=(Location.neighbourhood == home.id), attr="neighbourhood")
        .switch(Activity)
        .join(around, left, on=(Activity.neighbourhood == around.id), attr="neighbourhood")
        .where(Activity.status.in_(OFFERED))
    )
    return list(rows)


def _offer(row: Activity, themes: Sequence[str], times: Sequence[Times], places: Places) -> Offer:
    location: Location | None = row.location
    price = Price(row.price_cents, row.price_per, row.price_times, row.price_cents == 0, row.price_note)
    phone = show_phone(row.contact_phone)
    return Offer(
        id=row.id,
        title=row.title,
        themes=tuple(themes),
        times=tuple(times),
        when=(*(capital(show_schedule(each)) for each in times), *_noted(row)),
        where=_where(location),
        price=capital(show_price(price)),
        join=" · ".join(part for part in (row.how_to_join, f"bel {phone}" if phone else "") if part),
        full=places.left == 0,
        place=_near(row, location),
    )


def _noted(row: Activity) -> tuple[str, ...]:
    """What of the times nobody could read as a rule."""
    return (capital(row.schedule_note),) if row.schedule_note else ()


def _where(location: Location | None) -> str:
    if location is None:
        return ""
    street = street_line(location)
    return ", ".join(part for part in (location.name, street if street != location.name else "", location.town) if part)


def _near(row: Activity, location: Location | None) -> Near:
    """Where an activity is: as it says itself, else as its location does."""
    around: Neighbourhood | None = row.neighbourhood or (location.neighbourhood if location else None)
    own = postcode_of(location.postcode) if location else frozenset()
    spread = frozenset(around.postcodes.split()) if around is not None and not own else frozenset()
    return Near(around.id if around else None, own | spread, location.town if location else "")
