"""Talks with practices by keyboard: recorded, corrected, taken back, and another moment."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.rules.dates import show_date
from desktop.rules.staff import Member
from desktop.screens import practice_talks, practices, tasks
from desktop.storage.models import Practice, PracticeTalk
from tests.factory import add_practice, add_row, days_ago
from tests.screens.room import Room


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Iterator[Room]:
    made = Room(qtbot, office, {**practices.PAGES, **practice_talks.PAGES, **tasks.PAGES})
    yield made
    made.desk.close()


@pytest.fixture
def linde(office: Member) -> Practice:
    return add_practice()


@pytest.fixture
def talk(linde: Practice) -> PracticeTalk:
    made = PracticeTalk(practice=linde, held_on=days_ago(80), agreed="Wij bellen snel.", next_on=days_ago(-3))
    add_row(made)
    return made


def test_a_talk_is_recorded_from_the_page_of_the_practice(room: Room, office: Member, linde: Practice) -> None:
    page = room.open("practice", practice_id=linde.id)
    assert "Er is nog geen gesprek vastgelegd" in room.texts()
    room.click("Gesprek vastleggen")
    room.type_in("Met wie", "S. Bos")
    room.type_in("Waarmee kunnen wij helpen", "Wie kunnen we sturen?")
    room.type_in("Wat is afgesproken", "Wij komen elke maand langs.")
    room.type_in("Volgend gesprek op", show_date(days_ago(-90)))
    room.save()
    made = PracticeTalk.get()
    assert (made.practice_id, made.staff_id, made.held_on) == (linde.id, office.id, days_ago(0))
    assert (made.with_whom, made.agreed, made.next_on) == ("S. Bos", "Wij komen elke maand langs.", days_ago(-90))
    assert room.page is page
    (row,) = page.talks.rows()
    assert "S. Bos · F. Yıldız · Wij komen elke maand langs." in row.subtitle
    assert row.pill == f"volgend gesprek {show_date(days_ago(-90))}"


def test_people_of_the_practice_are_offered(room: Room, linde: Practice) -> None:
    form = room.open("practice_talk", practice_id=linde.id)
    offered = form.editor("with_whom")._field.suggest
    assert offered("ja") == ["M. Jansen"]
    assert offered("M. Jansen, b") == ["M. Jansen, S. Bos"]


def test_a_talk_to_come_is_told_beside_its_field_and_what_was_typed_stays(room: Room, linde: Practice) -> None:
    form = room.open("practice_talk", practice_id=linde.id)
    room.type_in("Gehouden op", show_date(days_ago(-2)))
    room.type_in("Wat is afgesproken", "Wij bellen mevrouw met 111222333.")
    room.type_in("Volgend gesprek op", show_date(days_ago(2)))
    room.save()
    assert PracticeTalk.select().count() == 0
    assert all(form.editor(name).complaint() for name in ("held_on", "agreed", "next_on"))
    assert "mevrouw" in form.raw()["agreed"]


def test_the_task_opens_the_form_and_goes_when_the_talk_is_recorded(
    room: Room, linde: Practice, talk: PracticeTalk
) -> None:
    page = room.open("tasks")
    (row,) = page.rows.rows()
    assert (row.title, row.strong, row.action) == ("Gesprek met De Linde", "040 211 1111", "Gesprek vastleggen")
    page.rows.setFocus()
    room.press(Qt.Key.Key_Return)
    assert room.opened[-1] == ("practice_talk", {"practice_id": linde.id})
    room.type_in("Wat is afgesproken", "Alles loopt.")
    room.save()
    assert page.rows.rows() == []


def test_another_moment_moves_the_task(room: Room, talk: PracticeTalk) -> None:
    page = room.open("tasks")
    room.open("practice_talk", practice_id=talk.practice_id)
    room.click("Ander moment")
    room.type_in("Volgend gesprek op", show_date(days_ago(-30)))
    room.save()
    assert PracticeTalk.get_by_id(talk.id).next_on == days_ago(-30)
    page.refresh()
    assert page.rows.rows() == []


def test_a_day_behind_us_is_no_other_moment(room: Room, talk: PracticeTalk) -> None:
    form = room.open("move_practice_talk", talk_id=talk.id)
    room.type_in("Volgend gesprek op", show_date(days_ago(1)))
    room.save()
    assert "voorbij" in form.editor("next_on").complaint()
    assert PracticeTalk.get_by_id(talk.id).next_on == days_ago(-3)


def test_without_a_promise_there_is_no_other_moment(room: Room, linde: Practice) -> None:
    room.open("practice_talk", practice_id=linde.id)
    assert "Ander moment" not in room.texts()


def test_a_talk_is_opened_corrected_and_taken_back(room: Room, linde: Practice, talk: PracticeTalk) -> None:
    page = room.open("practice", practice_id=linde.id)
    page.talks.setFocus()
    room.press(Qt.Key.Key_Return)
    assert room.opened[-1] == ("practice_talk", {"talk_id": talk.id})
    room.type_in("Wat is afgesproken", "Wij bellen binnen een week.")
    room.save()
    assert PracticeTalk.get().agreed == "Wij bellen binnen een week."
    assert "binnen een week" in page.talks.rows()[0].subtitle
    room.open("practice_talk", talk_id=talk.id)
    room.click("Terugdraaien")
    assert PracticeTalk.select().count() == 0
    room.qtbot.waitUntil(lambda: "Er is nog geen gesprek vastgelegd" in room.texts())


def test_saving_twice_stores_one_talk(room: Room, linde: Practice) -> None:
    form = room.open("practice_talk", practice_id=linde.id)
    room.type_in("Wat is afgesproken", "Een keer.")
    form.submit()
    form.submit()
    assert PracticeTalk.select().count() == 1


def test_a_talk_that_is_gone_says_so(room: Room, talk: PracticeTalk) -> None:
    room.open("practice_talk", talk_id=talk.id + 1)
    assert "Dit is er niet meer" in room.texts()
    room.open("move_practice_talk", talk_id=talk.id + 1)
    assert "Dit is er niet meer" in room.texts()
