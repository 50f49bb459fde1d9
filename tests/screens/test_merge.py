"""Two on file who are one: found, compared field by field, made one and brought back, by keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.actions.undo import undo_last
from desktop.rules.staff import Member
from desktop.screens import merge
from desktop.storage.models import DifferentPeople, Person, Practice, Voucher
from tests.factory import add_practice, add_voucher
from tests.screens.room import Room


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Iterator[Room]:
    made = Room(qtbot, office, merge.PAGES)
    yield made
    made.desk.close()


@pytest.fixture
def twice(office: Member) -> tuple[int, int]:
    first = add_voucher(office)
    second = add_voucher(office, first_name="", surname="Meer", street="Lindelaan", number="8", postcode="5611 XA")
    return first.person_id, second.person_id


def test_from_the_list_of_doubles_to_one_person(room: Room, twice: tuple[int, int]) -> None:
    page = room.open("same_people")
    page.rows.setFocus()
    assert "zelfde telefoon" in page.rows.rows()[0].subtitle
    room.press(Qt.Key.Key_Return)
    assert room.opened[-1] == ("merge", {"kind": "person", "kept_id": twice[0], "other_id": twice[1]})
    words = room.texts()
    assert "gaat op in Annie van der Meer-de Wit" in words
    assert "voucher (1x), toestemming (2x)" in words
    room.go_to("Adres: Beukenlaan 12 bis, 5612 CD Dorpstad")
    room.press(Qt.Key.Key_Right)
    room.save()
    person = Person.get_by_id(twice[0])
    assert (person.surname, person.street, person.number) == ("Meer-de Wit", "Lindelaan", "8")
    assert Voucher.select().where(Voucher.person == twice[0]).count() == 2
    assert room.opened[-1] == ("person", {"person_id": twice[0]})
    undo_last(room.desk.by)
    assert Voucher.select().where(Voucher.person == twice[1]).count() == 1


def test_the_other_way_round_keeps_the_other(room: Room, twice: tuple[int, int]) -> None:
    room.open("merge", kind="person", kept_id=twice[0], other_id=twice[1])
    room.click("Andersom")
    assert room.opened[-1] == ("merge", {"kind": "person", "kept_id": twice[1], "other_id": twice[0]})
    room.save()
    assert Person.get_by_id(twice[0]).merged_into_id == twice[1]


def test_two_different_people_are_not_offered_again(room: Room, twice: tuple[int, int]) -> None:
    room.open("merge", kind="person", kept_id=twice[0], other_id=twice[1])
    room.click("Dit zijn twee personen")
    assert DifferentPeople.select().count() == 1
    assert "niemand er dubbel in" in room.texts()


def test_the_other_one_is_picked_from_everyone_else(room: Room, twice: tuple[int, int]) -> None:
    page = room.open("merge_with", kind="person", record_id=twice[0])
    assert page.table.count() == 1
    page.table.setFocus()
    room.press(Qt.Key.Key_Return)
    assert room.opened[-1] == ("merge", {"kind": "person", "kept_id": twice[0], "other_id": twice[1]})


def test_practices_are_compared_and_merged_alike(room: Room) -> None:
    kept, other = add_practice("De Linde", agb=None), add_practice("Huisartsen De Linde")
    page = room.open("merge_with", kind="practice", record_id=kept.id)
    page.table.setFocus()
    room.press(Qt.Key.Key_Return)
    room.save()
    assert Practice.get_by_id(other.id).merged_into_id == kept.id
    assert Practice.get_by_id(kept.id).agb == "01054321"
    assert room.opened[-1] == ("practice", {"practice_id": kept.id})
