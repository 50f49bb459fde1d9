"""The access log on screen: the coordinator reads, narrows and checks it; anybody else meets a refusal."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.actions.views import open_person
from desktop.rules.staff import Member
from desktop.screens import log
from desktop.storage.changes import Audit
from desktop.storage.database import database, transaction
from desktop.widgets.preview import Preview
from tests.factory import add_member, add_voucher
from tests.screens.room import Room


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Iterator[Room]:
    made = Room(qtbot, office, log.PAGES)
    yield made
    made.desk.close()


def first(page: object) -> list[str]:
    model = page.table.model()  # type: ignore[attr-defined]
    record = model.record(0)
    return [column.show(record) for column in model.columns]


def test_opening_the_log_is_its_newest_line(room: Room) -> None:
    page = room.open("access_log")
    assert first(page)[1:4] == ["F. Yıldız", "Coördinator, Welzijnscoach", "Log gelezen"]
    page.refresh()
    page.refresh()
    assert Audit.select().where(Audit.name == "log read").count() == 1


def test_the_log_narrows_by_participant_and_kind(room: Room, office: Member) -> None:
    voucher = add_voucher(office)
    colleague = add_member("K. de Boer", "coach")
    open_person(colleague, voucher.person_id)
    page = room.open("access_log")
    page.search.setText("meer")
    page.refresh()
    assert page.table.count() == 2
    page._filters["kind"].setCurrentText("Bekeken")
    assert page.table.count() == 1
    assert first(page)[1] == "K. de Boer"


def test_checking_says_that_all_is_well_or_which_line_is_not(room: Room, office: Member) -> None:
    add_voucher(office)
    page = room.open("access_log")
    with room.work_done():
        room.click("Log controleren")
    assert "zijn zoals ze zijn geschreven" in room.texts()
    with transaction():
        database.execute_sql("UPDATE audit SET person_id = 12 WHERE id = 2")
    with room.work_done():
        page.check()
    assert "Regel 2 van het log" in room.texts()


def test_the_month_is_a_paper_to_print(room: Room) -> None:
    room.open("access_log")
    with room.work_done():
        room.click("Maandrapport")
    assert isinstance(room.page, Preview)
    assert room.page.page_count() == 1
    with room.work_done():
        room.click("De maand ervoor")
    assert room.opened[-1][0] == "log_month"


def test_who_looked_is_printed_for_the_participant(room: Room, office: Member) -> None:
    voucher = add_voucher(office)
    for _time in range(3):
        open_person(office, voucher.person_id)
    page = room.open("who_looked", person_id=voucher.person_id)
    assert any("Deelnemer bekeken, 3 keer" in row.subtitle for row in page.rows.rows())
    room.click("Afdrukken voor de deelnemer")
    name, arguments = room.opened[-1]
    assert name == "preview"
    assert arguments["pdf"].startswith(b"%PDF")
    assert Audit.select().where(Audit.name == "who looked printed").get().person_id == voucher.person_id


def test_a_coach_sees_no_line_of_the_log(qtbot: QtBot, office: Member) -> None:
    add_voucher(office)
    room = Room(qtbot, add_member("K. de Boer", "coach"), log.PAGES)
    page = room.open("access_log")
    assert page.table.count() == 0
    room.open("log_month")
    assert "coördinator" in room.troubled[-1]
    room.desk.close()
