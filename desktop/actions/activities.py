"""Keeping the catalogue: activities with their times, themes and locations."""

from desktop import clock
from desktop.actions.action import action
from desktop.rules.activities import ActivityDraft, check
from desktop.rules.names import fold
from desktop.rules.staff import OFFICE, Member
from desktop.storage.models import Activity, ActivityTheme, Location, Neighbourhood, Schedule

COPIED = (
    "title", "letter_name", "short_text", "long_text", "provider", "partner", "neighbourhood", "leader",
    "contact_name", "contact_phone", "contact_email", "schedule_note", "skips_holidays", "capacity", "age_from",
    "age_to", "price_cents", "price_per", "price_times", "price_note", "wheelchair", "lift", "language", "transport",
    "how_to_join", "keeps_attendance", "status", "note",
)  # fmt: skip


@action("activity added", may=OFFICE)
def add_activity(by: Member, draft: ActivityDraft) -> Activity:
    """A new activity of the catalogue."""
    return store_activity(by, draft)


@action("activity changed", may=OFFICE)
def change_activity(by: Member, draft: ActivityDraft) -> Activity:
    """Other times, place, price or status."""
    return store_activity(by, draft)


@action("activity checked", may=OFFICE)
def mark_checked(by: Member, activity_id: int) -> Activity:
    """The facts were looked at today and are right."""
    activity = Activity.get_one(activity_id)
    activity.checked_on, activity.checked_by = clock.today(), by.id
    activity.save()
    return activity


def store_activity(by: Member, draft: ActivityDraft) -> Activity:
    """Add or change inside the running action."""
    check(draft, clock.today())
    activity = Activity.get_one(draft.id) if draft.id is not None else Activity()
    if draft.version is not None:
        activity.version = draft.version
    for field in COPIED:
        value = getattr(draft, field)
        setattr(activity, field, value.strip() if isinstance(value, str) else value)
    if draft.checked_on != activity.checked_on:
        activity.checked_on, activity.checked_by = draft.checked_on, by.id or None
    activity.location = _location(draft)
    activity.save()
    _set_themes(activity, draft.themes)
    _set_schedules(activity, draft)
    return activity


def find_neighbourhood(name: str) -> int | None:
    """The neighbourhood with this name, made when it is new; None for no name."""
    if not name.strip():
        return None
    for each in Neighbourhood.select():
        if fold(each.name) == fold(name):
            return int(each.id)
    made = Neighbourhood(name=name.strip())
    made.save()
    return int(made.id)


def _location(draft: ActivityDraft) -> Location | None:
    """The location with this name and postcode, made or completed when needed."""
    if not draft.location_name.strip():
        return None
    same = [
        each
        for each in Location.select()
        if fold(each.name) == fold(draft.location_name) and draft.postcode in ("", each.postcode)
    ]
    location = same[0] if same else Location(name=draft.location_name.strip())
    for field in ("street", "number", "postcode", "town"):
        if typed := getattr(draft, field).strip():
            setattr(location, field, typed)
    if draft.neighbourhood is not None:
        location.neighbourhood = draft.neighbourhood
    location.save()
    return location


def _set_themes(activity: Activity, themes: tuple[int, ...]) -> None:
    current = {row.theme_id: row for row in ActivityTheme.select().where(ActivityTheme.activity == activity)}
    for theme, row in current.items():
        if theme not in themes:
            row.delete_instance()
    for theme in dict.fromkeys(themes):
        if theme not in current:
            ActivityTheme(activity=activity, theme=theme).save()


def _set_schedules(activity: Activity, draft: ActivityDraft) -> None:
    """Keep the rows that did not change, so that history shows only what did."""
    wanted = [
        (times.rrule, times.starts_on, times.ends_on, times.opens, times.closes, times.note)
        for times in draft.schedules
    ]
    for row in Schedule.select().where(Schedule.activity == activity):
        facts = (row.rrule, row.starts_on, row.ends_on, row.opens, row.closes, row.note)
        if facts in wanted:
            wanted.remove(facts)
        else:
            row.delete_instance()
    for rrule, starts_on, ends_on, opens, closes, note in wanted:
        Schedule(
            activity=activity, rrule=rrule, starts_on=starts_on, ends_on=ends_on, opens=opens, closes=closes, note=note
        ).save()
