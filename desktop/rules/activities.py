"""What may be recorded of an activity of the catalogue. Must not know tables or screens."""

from dataclasses import dataclass
from datetime import date

from desktop.errors import Refused
from desktop.language import _
from desktop.rules.codes import ACTIVITY_STATUSES
from desktop.rules.identifiers import has_bsn
from desktop.rules.names import fold
from desktop.rules.people import EMAIL
from desktop.rules.schedules import Schedule, check_schedule

TEXTS = ("title", "short_text", "long_text", "how_to_join", "schedule_note", "price_note", "note")
LONGEST_TITLE = 120
LARGEST_GROUP = 1000
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
    wrong |= {name: _("A BSN may not be stored. Leave it out.") for name in TEXTS if has_bsn(getattr(draft, name))}
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


def key_of(title: str, location: str) -> str:
    """What two records of one activity have in common."""
    return f"{fold(title)}|{fold(location)}"
