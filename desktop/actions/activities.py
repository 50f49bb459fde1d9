"""Keeping the catalogue: activities with their times, themes and locations."""

from dataclasses import replace

from desktop import clock
from desktop.actions.action import action
from desktop.actions.activity_ends import ask_left_behind, let_go
from desktop.actions.filling import fill
from desktop.actions.neighbourhoods import find_neighbourhood as find_neighbourhood
from desktop.actions.neighbourhoods import learn_postcode
from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules.activities import ActivityDraft, check, key_of
from desktop.rules.activity_ends import ActivityEndDraft
from desktop.rules.addresses import street_line
from desktop.rules.declared import called_alike, kept_values
from desktop.rules.letternames import LetterNamesDraft, asked_of_name, field_for, gives_away, proposed
from desktop.rules.names import fold
from desktop.rules.places import lowered_doubt
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.activities import titles_and_places
from desktop.storage.models import Activity, ActivityTheme, Location, Schedule, Theme
from desktop.storage.places import places_of
from desktop.storage.schedules import columns_of, times_of

COPIED = called_alike("activity")


@action("activity added", may=CASEWORK)
def add_activity(by: Member, draft: ActivityDraft) -> Activity:
    """A new activity of the catalogue."""
    return store_activity(by, draft)


@action("activity changed", may=CASEWORK)
def change_activity(by: Member, draft: ActivityDraft) -> Activity:
    """Other times, place, price or status."""
    return store_activity(by, draft)


@action("activities named for letters", may=CASEWORK)
def name_for_letters(by: Member, draft: LetterNamesDraft) -> list[Activity]:
    """What letters call each of these from now on; a name that tells why somebody goes there is asked about."""
    named = [(Activity.get_one(each), name) for each, name in draft.by_activity().items()]
    if not named:
        raise Refused(_("Write down at least one name."))
    asked = {field_for(each.id): words for each, name in named if (words := asked_of_name(name, each.title))}
    if asked and not draft.sure:
        ask(**asked)
    for activity, name in named:
        activity.letter_name = name
        activity.save()
    return [activity for activity, _name in named]


@action("activity checked", may=CASEWORK)
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
    draft = _with_letter_name(draft)
    _ask(draft, activity)
    if draft.version is not None:
        activity.version = draft.version
    fill(activity, draft, without=("checked_on",))
    if draft.checked_on != activity.checked_on:
        activity.checked_on, activity.checked_by = draft.checked_on, by.id or None
    activity.neighbourhood = find_neighbourhood(draft.neighbourhood_name) or draft.neighbourhood
    activity.location = _location(draft, activity.neighbourhood_id)
    activity.save()
    learn_postcode(activity.neighbourhood_id, draft.postcode)
    _set_themes(activity, draft.themes)
    _set_schedules(activity, draft)
    if activity.status == "stopped":
        let_go(by, activity, ActivityEndDraft())
    return activity


def _with_letter_name(draft: ActivityDraft) -> ActivityDraft:
    """Without a name for letters it gets the one of its theme: letters do not call everything the same."""
    if draft.letter_name.strip():
        return draft
    codes = [theme.code for theme in Theme.select().where(Theme.id.in_(draft.themes))]
    return replace(draft, letter_name=proposed(draft.title, codes))


def _ask(draft: ActivityDraft, activity: Activity) -> None:
    """Everything at once: an answer to one question is no answer to another."""
    if draft.sure:
        return
    asked = {
        "title": _double(draft),
        "letter_name": _gives_away(draft, activity),
        "capacity": _fewer(draft, activity),
        "status": _left_behind(draft, activity),
    }
    if doubts := {field: words for field, words in asked.items() if words}:
        ask(**doubts)


def _gives_away(draft: ActivityDraft, activity: Activity) -> str:
    """The name for letters when it was typed now, or goes with another title."""
    if (draft.letter_name.strip(), draft.title.strip()) == (activity.letter_name, activity.title):
        return ""
    return gives_away(draft.letter_name, draft.title)


def _double(draft: ActivityDraft) -> str:
    """The same title at the same place may be a second group, so it is asked."""
    key = key_of(draft.title, location_name(draft))
    if any(key_of(title, place) == key for title, place in titles_and_places(without=draft.id)):
        return _("There is already an activity with this name at this place.")
    return ""


def _fewer(draft: ActivityDraft, activity: Activity) -> str:
    """Fewer places than people is asked about; nobody loses a place by it."""
    if activity.id is None or draft.capacity == activity.capacity:
        return ""
    return lowered_doubt(draft.capacity, places_of(activity).taken)


def _left_behind(draft: ActivityDraft, activity: Activity) -> str:
    """Who is in an activity that is stopped here stops with it, and is asked about by name."""
    if activity.id is None or draft.status != "stopped":
        return ""
    return ask_left_behind(activity, ActivityEndDraft())


def location_name(draft: ActivityDraft) -> str:
    """A place without a name of its own is called by its street."""
    return draft.location_name.strip() or street_line(draft)


def _location(draft: ActivityDraft, neighbourhood: int | None) -> Location | None:
    """The location with this name and postcode, made or completed when needed."""
    name = location_name(draft)
    if not name:
        return None
    same = [
        each
        for each in Location.select()
        if fold(each.name) == fold(name) and ("" in (draft.postcode, each.postcode) or draft.postcode == each.postcode)
    ]
    location = same[0] if same else Location(name=name)
    for column, typed in kept_values("location", draft).items():
        if typed and column != "name":
            setattr(location, column, typed)
    if location.neighbourhood_id is None:
        location.neighbourhood = neighbourhood
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
    wanted = list(draft.schedules)
    for row in Schedule.select().where(Schedule.activity == activity):
        if (times := times_of(row)) in wanted:
            wanted.remove(times)
        else:
            row.delete_instance()
    for times in wanted:
        Schedule(activity=activity, **columns_of(times)).save()
