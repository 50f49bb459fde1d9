"""Keeping the catalogue: times, themes and places; what did not change leaves no trace."""

from dataclasses import replace
from datetime import date, time

import pytest

from desktop.actions.activities import add_activity, change_activity
from desktop.actions.undo import undo_last
from desktop.errors import Doubtful, Refused
from desktop.rules.activities import ActivityDraft
from desktop.rules.schedules import Schedule as Times
from desktop.rules.staff import Member
from desktop.storage.activities import (
    ActivityFilter,
    fetch_activities,
    list_activities,
    list_participants,
    list_themes,
    schedules_of,
    themes_of,
)
from desktop.storage.changes import Change
from desktop.storage.models import Activity, Location, Neighbourhood, Schedule
from tests import factory
from tests.counting import assert_query_count

TUESDAYS = Times("FREQ=WEEKLY;BYDAY=TU", opens=time(10), closes=time(11, 30))
FRIDAYS = Times("FREQ=WEEKLY;BYDAY=FR", opens=time(14))


def test_changing_one_time_of_two_touches_only_that_one(office: Member) -> None:
    made = add_activity(office, ActivityDraft(title="Bingo", schedules=(TUESDAYS, FRIDAYS)))
    kept = Schedule.get(Schedule.rrule == TUESDAYS.rrule)
    change_activity(office, ActivityDraft(id=made.id, version=1, title="Bingo", schedules=(TUESDAYS,)))
    assert [row.id for row in Schedule.select()] == [kept.id]
    undo_last(office)
    assert {row.rrule for row in Schedule.select()} == {TUESDAYS.rrule, FRIDAYS.rrule}


def test_saving_without_a_change_leaves_no_history(office: Member) -> None:
    themes = tuple(theme.id for theme in list_themes(office)[:2])
    draft = ActivityDraft(title="Bingo", schedules=(TUESDAYS,), themes=themes, location_name="Dorpshuis")
    made = add_activity(office, draft)
    before = Change.select().count()
    change_activity(
        office,
        ActivityDraft(id=made.id, version=1, title="Bingo", schedules=(TUESDAYS,), themes=themes,
                      location_name="dorpshuis"),
    )  # fmt: skip
    assert Change.select().count() == before


def test_a_day_on_which_it_is_not_held_is_kept_with_the_times_and_changed_alone(office: Member) -> None:
    without_christmas = replace(FRIDAYS, not_on=(date(2026, 12, 25), date(2027, 1, 1)))
    made = add_activity(office, ActivityDraft(title="Bingo", schedules=(TUESDAYS, without_christmas)))
    assert schedules_of(office, [made.id])[made.id] == (TUESDAYS, without_christmas)
    kept = Schedule.get(Schedule.rrule == TUESDAYS.rrule)
    change_activity(office, ActivityDraft(id=made.id, version=1, title="Bingo", schedules=(TUESDAYS, FRIDAYS)))
    assert schedules_of(office, [made.id])[made.id] == (TUESDAYS, FRIDAYS)
    assert Schedule.get(Schedule.rrule == TUESDAYS.rrule).id == kept.id
    undo_last(office)
    assert set(schedules_of(office, [made.id])[made.id]) == {TUESDAYS, without_christmas}


def test_place_is_found_again_and_completed(office: Member) -> None:
    add_activity(office, ActivityDraft(title="Bingo", location_name="Dorpshuis"))
    add_activity(office, ActivityDraft(title="Zang", location_name="dorpshuis", postcode="5611 XA", street="Brink"))
    add_activity(office, ActivityDraft(title="Yoga", location_name="Dorpshuis", postcode="5699 ZZ"))
    assert sorted((row.name, row.postcode) for row in Location.select()) == [
        ("Dorpshuis", "5611 XA"),
        ("Dorpshuis", "5699 ZZ"),
    ]


def test_neighbourhood_learns_its_digits_from_the_first_place_in_it(office: Member) -> None:
    add_activity(office, ActivityDraft(title="Bingo", neighbourhood_name="De Hoef", postcode="5613 EF", street="Plein"))
    add_activity(office, ActivityDraft(title="Zang", neighbourhood_name="Centrum", postcode="5613 AB", street="Markt"))
    assert {row.name: row.postcodes for row in Neighbourhood.select()} == {"De Hoef": "5613", "Centrum": ""}


def test_same_title_at_the_same_place_is_asked(office: Member) -> None:
    add_activity(office, ActivityDraft(title="Bingo", location_name="Dorpshuis"))
    with pytest.raises(Doubtful):
        add_activity(office, ActivityDraft(title="BINGO", location_name="dorpshuis"))
    add_activity(office, ActivityDraft(title="Bingo", location_name="Elders"))
    add_activity(office, ActivityDraft(title="Bingo", location_name="Dorpshuis", sure=True))
    assert Activity.select().count() == 3


def test_list_narrows_by_status_neighbourhood_theme_and_text(office: Member) -> None:
    theme = list_themes(office)[0].id
    add_activity(office, ActivityDraft(title="Bingo", neighbourhood_name="Oost", themes=(theme,)))
    add_activity(office, ActivityDraft(title="Zang", status="full", location_name="Muziekhuis"))
    east = Neighbourhood.get().id
    narrowings = [
        ("", ActivityFilter(status="full"), ["Zang"]),
        ("", ActivityFilter(neighbourhood=east), ["Bingo"]),
        ("", ActivityFilter(theme=theme), ["Bingo"]),
        ("muziekhuis", ActivityFilter(), ["Zang"]),
        ("bing", ActivityFilter(), ["Bingo"]),
        ("'\"(*", ActivityFilter(), []),
    ]
    for text, narrow, titles in narrowings:
        found = fetch_activities(office, list_activities(office, text, narrow))
        assert [line.record.title for line in found] == titles, (text, narrow)
    assert [row.id for row in themes_of(office, Activity.get(Activity.title == "Bingo").id)] == [theme]


def test_list_sorts_by_price_with_unknown_prices_last(office: Member) -> None:
    for title, cents in (("Duur", 500), ("Gratis", 0), ("Onbekend", None)):
        add_activity(office, ActivityDraft(title=title, price_cents=cents))
    for descending, titles in ((False, ["Gratis", "Duur", "Onbekend"]), (True, ["Duur", "Gratis", "Onbekend"])):
        found = fetch_activities(office, list_activities(office, "", ActivityFilter(), "price", descending))
        assert [line.record.title for line in found] == titles


def test_list_asks_as_much_for_many_as_for_one(office: Member) -> None:
    for number in range(30):
        add_activity(office, ActivityDraft(title=f"Groep {number}", location_name=f"Zaal {number}",
                                           schedules=(TUESDAYS,)))  # fmt: skip
    with assert_query_count(4):
        lines = fetch_activities(office, list_activities(office))
        assert [line.record.location.name for line in lines if line.times]


def test_who_takes_part_is_for_office_staff_only(office: Member) -> None:
    activity = factory.add_activity("Bingo")
    factory.add_enrolment(factory.add_voucher(office, factory.add_practice()), activity)
    assert [each.name for each in list_participants(office, activity.id)] == ["Annie van der Meer-de Wit"]
    with pytest.raises(Refused):
        list_participants(factory.add_member("L. Leider", "leader"), activity.id)
