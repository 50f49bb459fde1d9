"""The page for a talk with a practice that sent nobody, and its row in To do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop import clock
from desktop.rules.staff import Member
from desktop.screens import practice_talks, quiet_practices, tasks, values
from desktop.storage.models import Contact, Practice, PracticeTalk, QuietPractice
from tests.factory import add_activity, add_practice, add_row, add_voucher
from tests.screens.room import Room

SPRING, OCTOBER = date(2026, 5, 4), date(2026, 10, 20)


@pytest.fixture
def linde(office: Member, monkeypatch: pytest.MonkeyPatch) -> Practice:
    """Sent somebody in May and nobody since; it is October."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 5, 4, 9, 0, tzinfo=UTC))
    made = add_practice(in_practice_hours="dinsdag 9-12", coach=office.id)
    add_row(Contact(practice=made, role="gp", initials="J.", surname="Bos"))
    add_row(Contact(practice=made, role="assistant", initials="H.", surname="Postma", phone="+31402112233"))
    add_row(Contact(practice=made, role="gp", initials="T.", surname="Vertrokken", active=False))
    add_row(PracticeTalk(practice=made, held_on=SPRING, with_whom="H. Postma", agreed="Folders neerleggen."))
    add_voucher(office, made, dated_on=SPRING, received_on=SPRING, surname="Kramer", sure=True,
                consent_report_back="ask")  # fmt: skip
    add_activity("Koffie-inloop")
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 20, 9, 0, tzinfo=UTC))
    return made


@pytest.fixture
def room(qtbot: QtBot, office: Member, linde: Practice) -> Iterator[Room]:
    made = Room(qtbot, office, {**quiet_practices.PAGES, **tasks.PAGES, **practice_talks.PAGES, **values.PAGES})
    yield made
    made.desk.close()


def test_whom_to_call_and_what_to_talk_about_stand_on_one_page(room: Room, linde: Practice) -> None:
    page = room.open("quiet_practice", practice_id=linde.id)
    shown = room.texts()
    for part in (
        *("Laatste voucher 04-05-2026", "040 211 1111", "H. Postma · 040 211 2233", "dinsdag 9-12", "F. Yıldız"),
        *("Hun laatste vouchers", "Folders neerleggen.", "Bij hen in de buurt"),
        *("Wat wij afspraken", "1  Gesprek vastleggen"),
    ):
        assert part in shown, part
    assert "Vertrokken" not in shown
    assert shown.index("H. Postma") < shown.index("J. Bos")
    (row,) = page.rows.rows()
    assert "Kramer" in row.title
    assert row.pill == "niet vertellen: geen toestemming"
    page.rows.chosen.emit(row.key)
    assert room.opened[-1][0] == "person"


def test_one_key_for_what_came_of_it(room: Room, linde: Practice) -> None:
    room.open("quiet_practice", practice_id=linde.id)
    room.press(Qt.Key.Key_1)
    assert room.opened[-1] == ("practice_talk", {"practice_id": linde.id})
    room.open("quiet_practice", practice_id=linde.id)
    room.press(Qt.Key.Key_2)
    assert QuietPractice.get().until == date(2026, 10, 27)
    room.qtbot.waitUntil(lambda: "Nu hoeft er niets" in room.texts())
    room.press(Qt.Key.Key_4)  # nothing is left to decide
    assert QuietPractice.get().settled_on is None


def test_no_talk_needed(room: Room, linde: Practice) -> None:
    room.open("quiet_practice", practice_id=linde.id)
    room.press(Qt.Key.Key_4)
    assert QuietPractice.get().settled_on == OCTOBER


def test_from_to_do_it_is_opened_and_put_off(room: Room, linde: Practice) -> None:
    page = room.open("tasks")
    key = next(row.key for row in page.rows.rows() if row.title == "De Linde stuurde niemand")
    page.rows.acted.emit(key)
    assert room.opened[-1] == ("quiet_practice", {"practice_id": linde.id})
    page = room.open("tasks")
    page._postpone(page._tasks[key], 7)
    assert key not in [row.key for row in page.rows.rows()]


def test_the_line_in_the_results_leads_to_the_talk(room: Room, linde: Practice) -> None:
    page = room.open("value_pages", quarter="2026-3")
    (row,) = page.rows.rows()
    assert row.subtitle == "stuurde niemand: maak een praatje · laatste voucher 04-05-2026"
    assert row.action == "Gesprek voorbereiden"
    page.rows.acted.emit(row.key)
    assert room.opened[-1] == ("quiet_practice", {"practice_id": linde.id})
    page = room.open("value_pages", quarter="2026-2")
    (row,) = page.rows.rows()
    page.rows.acted.emit(row.key)
    assert room.opened[-1] == ("value_page", {"practice_id": linde.id, "quarter": "2026-2"})


def test_a_practice_without_anything_says_what_to_ask(room: Room) -> None:
    bare = add_practice("Kaal", agb=None, phone="", postcode="", town="")
    room.open("quiet_practice", practice_id=bare.id)
    shown = room.texts()
    for part in ("er is geen telefoonnummer bekend", "Van hier kwam nog niets", "er was nog geen gesprek",
                 "in de buurt is nu geen aanbod"):  # fmt: skip
        assert part in shown, part
