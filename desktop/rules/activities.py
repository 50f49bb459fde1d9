"""What may be recorded of an activity of the catalogue. Must not know tables or screens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from desktop.errors import Refused
from desktop.language import _
from desktop.rules.codes import ACTIVITY_STATUSES
from desktop.rules.dates import is_working_day
from desktop.rules.identifiers import bsn_complaints
from desktop.rules.names import fold
from desktop.rules.people import EMAIL
from desktop.rules.schedules import Schedule, check_schedule, occurrences

LONGEST_TITLE = 120
LARGEST_GROUP = 1000
FRIDAY = 4
NEUTRAL_NAME = "een activiteit bij ons in de wijk"  # letters are Dutch


@dataclass(frozen=True, kw_only=True)
class ActivityDraft:
    """An activity as typed; the location is found or made by its name and address."""

    id: int | None = None
    version: int | None = None
    title: str = ""
    letter_name: str = ""
    short_text: str = ""
    long_text: str = ""
    themes: tuple[int, ...] = ()
    provider: str = "own"
    partner: str = ""
    location_name: str = ""
    street: str = ""
    number: str = ""
    postcode: str = ""
    town: str = ""
    neighbourhood: int | None = None
    neighbourhood_name: str = ""  # typed; made when it is new
    leader: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    schedules: tuple[Schedule, ...] = ()
    schedule_note: str = ""
    skips_holidays: bool = True
    capacity: int | None = None
    age_from: int | None = None
    age_to: int | None = None
    price_cents: int | None = None
    price_per: str = ""
    price_times: int | None = None
    price_note: str = ""
    wheelchair: str = ""
    lift: str = ""
    language: str = ""
    transport: str = ""
    how_to_join: str = ""
    keeps_attendance: bool = False
    status: str = "active"
    note: str = ""
    checked_on: date | None = None
    sure: bool = False


def check(draft: ActivityDraft, today: date) -> None:
    """Refuse an activity without a title or with figures that cannot be."""
    wrong: dict[str, str] = {}
    if not draft.title.strip():
        wrong["title"] = _("The name of the activity is needed.")
    elif len(draft.title) > LONGEST_TITLE:
        wrong["title"] = _("This name is too long: at most {n} characters.").format(n=LONGEST_TITLE)
    if draft.capacity is not None and not 1 <= draft.capacity <= LARGEST_GROUP:
        wrong["capacity"] = _("Give a number from 1 to {n}.").format(n=LARGEST_GROUP)
    if draft.age_from is not None and draft.age_to is not None and draft.age_from > draft.age_to:
        wrong["age_to"] = _("The oldest age is below the youngest.")
    if draft.contact_email and not EMAIL.fullmatch(draft.contact_email.strip()):
        wrong["contact_email"] = _("This is no e-mail address.")
    if draft.provider == "partner" and not draft.partner.strip():
        wrong["partner"] = _("Write down which partner offers it.")
    wrong |= bsn_complaints(draft)
    if draft.status not in ACTIVITY_STATUSES:
        wrong["status"] = _("Choose one of the list.")
    if draft.checked_on is not None and draft.checked_on > today:
        wrong["checked_on"] = _("This date is in the future.")
    for schedule in draft.schedules:
        try:
            check_schedule(schedule)
        except Refused as refused:
            wrong["schedules"] = refused.sentence()
    if wrong:
        raise Refused(**wrong)


def neutral_name(title: str, letter_name: str) -> str:
    """How a letter names the activity: its neutral name, never a title that says why someone goes there."""
    return letter_name.strip() or NEUTRAL_NAME


def next_dates(times: Sequence[Schedule], today: date, most: int, skips_holidays: bool = True) -> list[date]:
    """The first days from today on which it is held, within a year."""
    year = today + timedelta(days=366)
    days = {begin.date() for each in times for begin, _end in occurrences(each, today, year)}
    held = (day for day in sorted(days) if not skips_holidays or day.weekday() > FRIDAY or is_working_day(day))
    return list(islice(held, most))


def places_left(capacity: int | None, taken: int) -> int | None:
    """How many can still join; None when there is no limit."""
    return None if capacity is None else max(capacity - taken, 0)


def shown_status(status: str, left: int | None) -> str:
    """An active group without places is full, whoever forgot to say so."""
    return "full" if status == "active" and left == 0 else status


def key_of(title: str, location: str) -> str:
    """What two records of one activity have in common."""
    return f"{fold(title)}|{fold(location)}"
