"""Keeping the catalogue by keyboard: times as one says them, price, place, who takes part."""

from collections.abc import Iterator
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop.rules.letternames import field_for
from desktop.rules.staff import Member
from desktop.screens import activities, activity_ends, letter_names
from desktop.storage.models import Activity, Enrolment, Location, Schedule
from tests.factory import add_activity, add_enrolment, add_member, add_practice, add_row, add_voucher
from tests.screens.room import Room


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Iterator[Room]:
    made = Room(qtbot, office, {**activities.PAGES, **activity_ends.PAGES, **letter_names.PAGES})
    yield made
    made.desk.close()


def test_new_activity_typed_as_one_says_it(room: Room) -> None:
    form = room.open("activity")
    room.type_in("Naam", "Koffietafel")
    room.type_in("Wanneer", "elke dinsdag 10-11.30")
    assert "Begrepen: elke dinsdag 10:00-11:30." in form.editor("schedules").note()
    assert form.editor("schedules").note().count("dinsdag ") >= 4  # and the next three dates
    room.type_in("Plek", "Buurthuis Het Veer")
    room.type_in("Wijk", "Havenkwartier")
    room.type_in("Prijs", "2,50 p.k.")
    assert form.editor("price").note() == "€ 2,50 per keer"
    room.type_in("Plaatsen", "12")
    room.save()
    made = Activity.get()
    times = Schedule.get()
    assert (times.rrule, times.opens, times.closes) == ("FREQ=WEEKLY;BYDAY=TU", time(10), time(11, 30))
    assert (made.price_cents, made.price_per, made.capacity, made.status) == (250, "session", 12, "active")
    assert (made.location.name, made.neighbourhood.name) == ("Buurthuis Het Veer", "Havenkwartier")
    assert room.opened[-1] == ("activity", {"activity_id": made.id})
    assert "elke dinsdag 10:00-11:30" in room.texts()
    assert "12 van 12" in room.texts()


def test_what_is_not_understood_of_the_times_is_said_gently_and_kept(room: Room) -> None:
    form = room.open("activity")
    room.type_in("Naam", "Vissen")
    room.type_in("Wanneer", "elke vrijdag 14-16u")
    room.press(Qt.Key.Key_Return)
    form.editor("schedules").set_raw("elke vrijdag 14-16u\nals de visjes bijten")
    assert "Niet begrepen: “als de visjes bijten”" in form.editor("schedules").echo()
    room.save()
    made = Activity.get()
    assert (made.schedule_note, Schedule.select().count()) == ("als de visjes bijten", 1)
    room.open("edit_activity", activity_id=made.id)
    room.save()
    again = Activity.get_by_id(made.id)
    assert (again.schedule_note, again.version, Schedule.select().count()) == ("als de visjes bijten", 1, 1)


def test_known_place_brings_its_address(room: Room) -> None:
    add_row(Location(name="Dorpshuis", street="Brink", number="3", postcode="5611 XA", town="Dorpstad"))
    form = room.open("activity")
    room.type_in("Naam", "Bingo")
    room.type_in("Plek", "dorpshuis")
    room.press(Qt.Key.Key_Return)
    assert form.raw()["postcode"] == "5611 XA"
    room.save()
    assert Location.select().count() == 1


def test_same_activity_at_the_same_place_is_asked_not_refused(room: Room) -> None:
    place = Location(name="Dorpshuis")
    add_row(place)
    add_activity("Bingo", location=place)
    form = room.open("activity")
    room.type_in("Naam", "bingo")
    room.type_in("Plek", "Dorpshuis")
    room.save()
    assert Activity.select().count() == 1
    assert "op deze plek al" in form.editor("title").complaint()
    room.click("Dat klopt, toch opslaan")
    assert Activity.select().count() == 2


def test_impossible_figures_are_told_beside_their_fields(room: Room) -> None:
    form = room.open("activity")
    form.set_values({"title": "x" * 150, "contact_email": "geen mail"})
    form.editor("capacity").set_raw("veel")
    form.submit()
    assert form.editor("capacity").complaint()
    form.editor("capacity").set_raw("0")
    form.submit()
    assert all(form.editor(name).complaint() for name in ("capacity", "title", "contact_email"))
    assert Activity.select().count() == 0


def test_list_shows_when_price_places_and_status_and_narrows(room: Room, office: Member) -> None:
    full = add_activity("Zangkoor", capacity=1, price_cents=0)
    add_activity("Bingo", status="stopped")
    add_row(Schedule(activity=full, rrule="FREQ=WEEKLY;BYDAY=TH", opens=time(19, 30)))
    add_enrolment(add_voucher(office, add_practice()), full)
    page = room.open("activities")
    page.table.select(full.id)
    line = page.table.selected()
    shown = {column.key: column.show(line) for column in page.table.model().columns}
    assert shown["when"] == "elke donderdag vanaf 19:30"
    assert (shown["price"], shown["left"], shown["status"]) == ("gratis", "0 van 1", "Vol")
    page._filters["status"].setCurrentIndex(page._filters["status"].findData("stopped"))
    assert [record.record.title for record in [page.table.selected()]] == ["Bingo"]
    assert page.table.count() == 1


def test_page_shows_who_takes_part_and_who_waits(room: Room, office: Member) -> None:
    activity = add_activity("Zangkoor", capacity=1)
    practice = add_practice()
    first = add_voucher(office, practice)
    add_enrolment(first, activity, state="started")
    later = add_voucher(office, practice, surname="Bos", first_name="Jan", birth_date="1960-01-01", sure=True)
    add_enrolment(later, activity, state="waiting")
    page = room.open("activity", activity_id=activity.id)
    assert [(row.title, row.pill) for row in page.rows.rows()] == [
        ("Annie van der Meer-de Wit", "doet mee"),
        ("Jan van der Bos", "wacht op een plek"),
    ]
    page.rows.select(page.rows.rows()[0].key)
    page.rows.setFocus()
    room.press(Qt.Key.Key_Return)
    assert room.opened[-1] == ("person", {"person_id": first.person_id, "voucher_id": first.id})


def test_someone_who_walks_in_gets_a_voucher_for_this_activity(room: Room) -> None:
    activity = add_activity("Inloop")
    room.open("activity", activity_id=activity.id)
    room.click("Deelnemer liep binnen")
    assert room.opened[-1] == ("new_voucher", {"activity_id": activity.id})


def test_checked_today_is_one_press(room: Room, office: Member) -> None:
    activity = add_activity("Inloop")
    room.open("activity", activity_id=activity.id)
    room.click("Klopt nog")
    kept = Activity.get_by_id(activity.id)
    assert (kept.checked_on, kept.checked_by_id) == (room.office.today, office.id)


def test_leader_sees_the_catalogue_but_not_who_takes_part_nor_buttons(qtbot: QtBot, office: Member) -> None:
    activity = add_activity("Zangkoor")
    add_enrolment(add_voucher(office, add_practice()), activity)
    room = Room(qtbot, add_member("L. Leider", "leader"), activities.PAGES)
    room.open("activity", activity_id=activity.id)
    assert "Annie" not in room.texts()
    assert not [button for button in room.page.findChildren(QAbstractButton) if button.isVisible()]
    room.open("activities")
    assert "Nieuwe activiteit" not in room.texts()
    assert room.troubled == []
    room.desk.close()


def test_stopping_asks_of_each_participant_what_happens(room: Room, office: Member) -> None:
    choir, other = add_activity("Zangkoor"), add_activity("Wandelen")
    practice = add_practice()
    sings = add_enrolment(add_voucher(office, practice, surname="Visser"), choir, state="started")
    waits = add_enrolment(add_voucher(office, practice, surname="Bakker"), choir, state="waiting")
    room.open("activity", activity_id=choir.id)
    room.click("Activiteit stopt")
    form = room.page
    assert "Activiteit stopt: wat gebeurt er met de deelnemers?" in form.title
    assert all(words in room.texts() for words in ("Visser", sings.voucher.number, "doet mee", "wacht op een plek"))
    room.go_to("Hoe het verdergaat met Annie van der Visser: Stopt, iets anders zoeken")
    room.press(Qt.Key.Key_Right)
    room.save()
    assert form.editor(f"to_{sings.id}").complaint()
    form.editor(f"to_{sings.id}").set_value(other.id)
    room.save()
    assert Activity.get_by_id(choir.id).status == "stopped"
    assert Enrolment.get(Enrolment.activity == other).voucher_id == sings.voucher_id
    assert {Enrolment.get_by_id(each.id).state for each in (sings, waits)} == {"stopped"}


def test_status_stopped_in_the_form_names_who_is_in_it(room: Room, office: Member) -> None:
    choir = add_activity("Zangkoor")
    sings = add_enrolment(add_voucher(office, add_practice(), surname="Visser"), choir)
    form = room.open("edit_activity", activity_id=choir.id)
    form.editor("status").set_value("stopped")
    room.save()
    assert "Visser" in form.editor("status").complaint()
    assert Enrolment.get_by_id(sings.id).state == "enrolled"
    room.click("Dat klopt, toch opslaan")
    assert Enrolment.get_by_id(sings.id).state == "stopped"


# ---- what letters call it


def test_a_new_activity_gets_a_name_for_letters_from_its_own(room: Room) -> None:
    form = room.open("activity")
    room.type_in("Naam", "Rouwwandeling Samen Verder")
    assert form.editor("letter_name").raw() == "een wandelgroep in de wijk"
    assert form.editor("letter_name").suggested()
    room.type_in("Naam", "Zangkoor De Lijsters")
    room.save()
    assert Activity.get().letter_name == "een koor in de wijk"


def test_a_name_that_is_the_group_itself_is_asked_about(room: Room) -> None:
    form = room.open("activity")
    room.type_in("Naam", "Rouwgroep Samen Verder")
    form.editor("letter_name").set_raw("Rouwgroep Samen Verder")
    form.editor("letter_name").tell_edited()
    room.save()
    assert "naam van de groep zelf" in form.editor("letter_name").complaint()
    room.click("Dat klopt, toch opslaan")
    assert Activity.get().letter_name == "Rouwgroep Samen Verder"


def test_activities_of_before_are_asked_how_letters_call_them(room: Room) -> None:
    for title in ("Ommetje", "Lotgenoten kanker", "Oud en stil"):
        add_activity(title, letter_name="", status="stopped" if title == "Oud en stil" else "active")
    page = room.open("activities")
    room.click("2 zonder naam voor brieven")
    assert room.opened[-1][0] == "letter_names"
    form = room.open("letter_names")
    walk, fellows = (Activity.get(Activity.title == title) for title in ("Ommetje", "Lotgenoten kanker"))
    proposed = {name: form.editor(name).raw() for name in (field_for(walk.id), field_for(fellows.id))}
    assert list(proposed.values()) == ["een wandelgroep in de wijk", "een groep in de wijk"]
    form.editor(field_for(fellows.id)).set_raw("een groep voor kankerpatiënten")
    room.save()
    assert "diagnose" in form.editor(field_for(fellows.id)).complaint()
    form.editor(field_for(fellows.id)).set_raw("een gespreksgroep")
    room.save()
    names = {each.title: each.letter_name for each in Activity.select()}
    assert names == {
        "Ommetje": "een wandelgroep in de wijk", "Lotgenoten kanker": "een gespreksgroep", "Oud en stil": ""
    }
    page.refresh()
    assert "zonder naam" not in " ".join(each.text() for each in room.open("activities").findChildren(QAbstractButton))
    room.open("letter_names")
    assert "Elke activiteit heeft een naam voor brieven" in room.texts()
