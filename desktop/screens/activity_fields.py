"""The fields of an activity: what is asked, how times and price are read, and the draft it becomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from desktop.language import _
from desktop.rules.activities import ActivityDraft, next_dates
from desktop.rules.addresses import read_postcode
from desktop.rules.dates import show_day
from desktop.rules.declared import typed_values
from desktop.rules.letternames import in_a_letter
from desktop.rules.prices import Price, read_price, show_price
from desktop.rules.schedules import Schedule, doubts, read_schedule, show_schedule, show_schedules
from desktop.screens.asked import Asks
from desktop.screens.facts import suggest_from
from desktop.screens.office import Office
from desktop.storage.activities import list_colleagues, list_neighbourhoods, list_themes, schedules_of, themes_of
from desktop.storage.models import Activity, Location
from desktop.widgets.fields import Chips, Item, Text
from desktop.widgets.form import Card

DATES_SHOWN = 3
PRICE = ("price_cents", "price_per", "price_times", "price_note")
"""One field stands for these."""


@dataclass(frozen=True)
class Times:
    """What was typed under "when": what was understood, and what was not."""

    schedules: tuple[Schedule, ...] = ()
    leftover: str = ""


def activity_cards(office: Office, places: Sequence[Location]) -> list[Card]:
    """Everything that is asked about an activity."""
    return [
        Card(_("What"), _what(office)),
        Card(_("Days and hours"), _when(office.today)),
        Card(_("Where"), _where(office, places)),
        Card(_("Price and places"), _cost()),
        Card(_("Accessibility"), _access()),
        Card(_("Joining and contact"), _contact(office)),
        Card(_("More facts"), _more(office.today), folded=True),
    ]


def _what(office: Office) -> list[Item]:
    ask = Asks("activity")
    return [
        ask.text("title", width=2, required=True),
        ask.text(
            "letter_name",
            placeholder="een groep in de wijk",
            echo=in_a_letter,
            help=_("A letter never tells that someone goes to a grief group."),
        ),
        ask.text("short_text", limit=500),
        Chips("themes", _("Themes"), partial(theme_choices, office)),
    ]


def _when(today: date) -> list[Item]:
    ask = Asks("activity")
    return [
        Text(
            "schedules",
            _("When"),
            read=partial(read_times, today=today),
            show=show_times,
            echo=partial(echo_times, today=today),
            lines=3,
            width=3,
            limit=500,
            placeholder="elke dinsdag 10:00-11:30",
            help=_("As you would say it, one line for each time: every tuesday 10-11.30, first friday of the month."),
        ),
        ask.text("schedule_note", width=2, limit=500),
        ask.check("skips_holidays"),
    ]


def _where(office: Office, places: Sequence[Location]) -> list[Item]:
    ask = Asks("location")
    neighbourhoods = [name for _id, name in neighbourhood_choices(office)]
    place_names = list(dict.fromkeys(place.name for place in places))
    return [
        ask.text("location_name", width=2, suggest=partial(suggest_from, place_names)),
        Text(
            "neighbourhood_name",
            ask.label("neighbourhood"),
            suggest=partial(suggest_from, neighbourhoods),
            echo=partial(_echo_neighbourhood, neighbourhoods),
        ),
        ask.text("street"),
        ask.text("number", limit=20),
        ask.text("postcode", read=read_postcode),
        ask.text("town"),
    ]


def _cost() -> list[Item]:
    ask = Asks("activity")
    return [
        Text(
            "price",
            ask.label("price_cents"),
            read=read_price,
            show=show_price,
            echo=_echo_price,
            placeholder="€ 2,50 per keer",
            limit=300,
        ),
        ask.text("capacity", help=_("Empty: no limit.")),
        ask.check("keeps_attendance"),
        ask.switch("status", width=3, required=True),
    ]


def _access() -> list[Item]:
    ask = Asks("activity")
    return [ask.switch("wheelchair"), ask.switch("lift"), ask.text("language"), ask.text("transport")]


def _contact(office: Office) -> list[Item]:
    ask = Asks("activity")
    return [
        ask.text("how_to_join", width=3, limit=500),
        ask.text("contact_name"),
        ask.text("contact_phone"),
        ask.text("contact_email"),
        ask.switch("provider", required=True),
        ask.text("partner"),
        ask.choice("leader", partial(_colleagues, office)),
    ]


def _more(today: date) -> list[Item]:
    ask = Asks("activity", today)
    return [
        ask.text("age_from"),
        ask.text("age_to"),
        ask.text("checked_on"),
        ask.text("long_text", lines=4, limit=4000),
        ask.text("note"),
    ]


def activity_values(office: Office, found: Activity | None) -> dict[str, Any]:
    if found is None:
        return {"provider": "own", "status": "active", "skips_holidays": True}
    desk = office.desk
    times = (desk.look(schedules_of, [found.id]) or {}).get(found.id, ())
    place = found.location if found.location_id else None
    return {
        **{name: value for name, value in typed_values("activity", found).items() if name not in PRICE},
        **(typed_values("location", place) if place else {}),
        "id": found.id,
        "version": found.version,
        "neighbourhood_name": found.neighbourhood.name if found.neighbourhood_id else "",
        "themes": tuple(row.id for row in desk.look(themes_of, found.id) or []),
        "schedules": Times(times),
        "price": price_of(found),
    }


def activity_draft(**values: Any) -> ActivityDraft:
    """Times and price as typed become what is stored; what was not understood joins the remark."""
    times: Times = values.pop("schedules", None) or Times()
    price: Price = values.pop("price", None) or Price()
    remark = "; ".join(part for part in (values.pop("schedule_note", None) or "", times.leftover) if part)
    given = {name: value for name, value in values.items() if value is not None}
    return ActivityDraft(
        **given,
        schedules=times.schedules,
        schedule_note=remark,
        price_cents=0 if price.free else price.amount_cents,
        price_per=price.per,
        price_times=price.times,
        price_note=price.note,
    )


def price_of(activity: Activity) -> Price:
    """The price as the rules take it; nothing to pay is no amount but free."""
    free = activity.price_cents == 0
    cents = None if free else activity.price_cents
    return Price(cents, activity.price_per, activity.price_times, free, activity.price_note)


# ---- what is typed, and what is said of it


def read_times(text: str, today: date) -> Times:
    """The lines under "when" as schedules; a line may also hold several, with semicolons between."""
    return Times(*read_schedule("; ".join(line for line in text.split("\n") if line.strip()), today))


def show_times(times: Times) -> str:
    return "\n".join(show_schedule(each) for each in times.schedules)


def echo_times(times: Times, today: date) -> str:
    """How it was understood, the next dates, and gently what was not."""
    said: list[str] = []
    if times.schedules:
        said.append(_("Understood: {times}.").format(times=show_schedules(times.schedules)))
        days = next_dates(times.schedules, today, DATES_SHOWN)
        if days:
            said.append(_("Next: {days}.").format(days=", ".join(show_day(day) for day in days)))
        said += [doubt for each in times.schedules for doubt in doubts(each, today)]
    if times.leftover:
        said.append(_("Not understood: “{text}”. That is kept as a remark, so nothing is lost.").format(
            text=times.leftover))  # fmt: skip
    return "\n".join(said)


def _echo_price(price: Price) -> str:
    if price == Price():
        return ""
    if price.amount_cents is None and not price.free:
        return _("Kept as text: {text}").format(text=price.note)
    return show_price(price)


def _echo_neighbourhood(known: Sequence[str], name: str) -> str:
    if not name.strip() or any(each.casefold() == name.strip().casefold() for each in known):
        return ""
    return _("New neighbourhood: it is made when you save.")


# ---- to choose from


def neighbourhood_choices(office: Office) -> Sequence[tuple[int, str]]:
    return [(row.id, row.name) for row in office.desk.look(list_neighbourhoods) or []]


def theme_choices(office: Office) -> Sequence[tuple[int, str]]:
    return [(row.id, row.name) for row in office.desk.look(list_themes) or []]


def _colleagues(office: Office) -> Sequence[tuple[int, str]]:
    return office.desk.look(list_colleagues) or []
