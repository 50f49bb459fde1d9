"""What of the catalogue takes people, and what one person looks for. Must not know what fits best."""

from collections import defaultdict
from datetime import date

import peewee

from desktop import clock
from desktop.rules.dates import age
from desktop.rules.matching import Offer, Wish
from desktop.rules.names import fold
from desktop.rules.places import Places
from desktop.rules.schedules import Schedule as Times
from desktop.rules.schedules import has_ended, show_schedules, still_held
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.database import query
from desktop.storage.models import (
    Activity,
    ActivityTheme,
    Location,
    Neighbourhood,
    Reason,
    ReasonTheme,
    Voucher,
    VoucherReason,
)
from desktop.storage.places import places_by_activity
from desktop.storage.schedules import times_by_activity

OFFERED = ("active", "full")


@query(may=CASEWORK)
def wish_for(by: Member, voucher_id: int, today: date) -> Wish:
    """What the voucher and the person say; day and price come from the talk."""
    voucher = Voucher.get_one(voucher_id)
    person = voucher.person
    rows = (
        ReasonTheme.select(ReasonTheme.theme, Reason.name)
        .join(Reason)
        .join(VoucherReason, on=(VoucherReason.reason == Reason.id))
        .where(VoucherReason.voucher == voucher)
        .order_by(Reason.position.desc())
        .tuples()
    )
    return Wish(
        themes=dict(rows),
        neighbourhood=person.neighbourhood_id,
        language=person.language,
        age=age(person.birth_date, today),
    )


@query(may=CASEWORK)
def list_offers(by: Member) -> list[Offer]:
    """Every activity that takes people and is not over, in four queries."""
    rows = list(
        Activity.select(Activity, Location, Neighbourhood)
        .join(Location, peewee.JOIN.LEFT_OUTER)
        .switch(Activity)
        .join(Neighbourhood, peewee.JOIN.LEFT_OUTER, on=(Activity.neighbourhood == Neighbourhood.id))
        .where(Activity.status.in_(OFFERED))
    )
    themes: dict[int, set[int]] = defaultdict(set)
    for activity_id, theme_id in ActivityTheme.select(ActivityTheme.activity, ActivityTheme.theme).tuples():
        themes[activity_id].add(theme_id)
    times, today = times_by_activity(), clock.today()
    places = places_by_activity()
    return [
        _offer(row, frozenset(themes[row.id]), still_held(times[row.id], today), places[row.id])
        for row in rows
        if not has_ended(times[row.id], today)
    ]


def _offer(row: Activity, themes: frozenset[int], times: tuple[Times, ...], places: Places) -> Offer:
    location = row.location.name if row.location else ""
    return Offer(
        id=row.id,
        title=row.title,
        themes=themes,
        neighbourhood=row.neighbourhood_id or (row.location.neighbourhood_id if row.location else None),
        neighbourhood_name=row.neighbourhood.name if row.neighbourhood else "",
        location=location,
        schedules=times,
        when="; ".join(part for part in (show_schedules(times), row.schedule_note) if part),
        price_cents=row.price_cents,
        language=row.language,
        wheelchair=row.wheelchair or (row.location.wheelchair if row.location else ""),
        places_left=places.left,
        waiting=places.waiting,
        age_from=row.age_from,
        age_to=row.age_to,
        words=fold(f"{row.title} {row.short_text} {location}"),
    )
