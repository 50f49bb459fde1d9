"""The Friday screen in its odd corners: who may not approve, what refuses halfway, an Enter too many, hundreds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions.batches import prepare_batch
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter, take_back
from desktop.actions.letters import write_letter
from desktop.errors import Refused
from desktop.rules.staff import Member
from desktop.screens import friday, letters, practices
from desktop.screens.friday import Friday
from desktop.screens.letter_ways import FOLDER
from desktop.storage.models import Dispatch, Letter, Practice
from tests.actions.test_letters import a_case, withdraw_consent
from tests.factory import (
    add_activity,
    add_enrolment,
    add_intake,
    add_member,
    add_practice,
    add_voucher,
    days_ago,
)
from tests.screens.room import Room

LONG = "Gezondheidscentrum aan de Oude Molenwetering en Omstreken, afdeling huisartsen en praktijkondersteuning"


@pytest.fixture
def room(office: Member, qtbot: QtBot) -> Iterator[Room]:
    made = Room(qtbot, office, {**friday.PAGES, **letters.PAGES, **practices.PAGES})
    made.window.activateWindow()
    yield made
    made.desk.close()


@pytest.fixture
def quick() -> Iterator[None]:
    """Two presses are two steps, however soon one follows the other."""
    before = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(1)
    yield
    QApplication.setDoubleClickInterval(before)


def opened(room: Room) -> Friday:
    page = room.open("friday")
    assert isinstance(page, Friday)
    page.rows.setFocus()
    return page


def a_letter(by: Member, practice: Practice) -> Letter:
    return fix_letter(by, write_letter(by, a_case(by, practice=practice).id, "intake").id)


def at(way: str, name: str = "De Linde", agb: str = "01054321") -> Practice:
    return add_practice(name, agb=agb, letter_way=way)


def enter(room: Room, page: Friday) -> None:
    room.qtbot.waitUntil(page.ready)
    room.press(Qt.Key.Key_Return)


def shown(page: Friday) -> list[tuple[str, str]]:
    return [(row.title, row.action) for row in page.rows.rows()]


# ---- nothing and much


def test_without_anything_to_do_it_says_so_calmly(room: Room) -> None:
    page = opened(room)
    room.qtbot.waitUntil(lambda: "Niemand wacht meer op bericht." in room.texts())
    assert page.rows.isHidden()
    assert page.text.isHidden() or page.reading.isHidden()


def test_every_state_is_one_row_with_its_next_step(room: Room, office: Member) -> None:
    practice = at("text")
    add_voucher(office, practice, dated_on=days_ago(20), received_on=days_ago(19))
    write_letter(office, a_case(office, practice=practice).id, "intake")
    a_letter(office, practice)
    send_letter(office, a_letter(office, practice).id, "text")
    page = opened(room)
    assert [action for _title, action in shown(page)] == ["", "Schrijven", "Akkoord", "Kopiëren", "Verstuurd"]
    assert page.left.text() == "nog 4 van 4, 1 praktijk"
    assert page.rows.rows()[1].pill == "6 dagen te laat"


def test_the_text_of_an_unwritten_letter_is_that_of_the_letter(room: Room, office: Member, quick: None) -> None:
    a_case(office, practice=at("text"))
    page = opened(room)
    before = page.text.toPlainText()
    assert "Mevrouw doet mee." in before
    assert Letter.select().count() == 0
    enter(room, page)
    enter(room, page)
    enter(room, page)
    assert Letter.get().state == "fixed"
    assert QGuiApplication.clipboard().text() == before
    QGuiApplication.clipboard().clear()


def test_the_heading_of_a_practice_says_where_its_letters_are(room: Room, office: Member) -> None:
    practice = at("text")
    a_case(office, practice=practice)
    page = opened(room)
    room.press(Qt.Key.Key_Home)
    page.show_text()
    assert (page.about.text(), page.text.isVisible()) == (practice.name, False)
    assert page.asked.text() == "Pijl omlaag gaat naar de brieven van deze praktijk."


def test_a_long_name_of_a_practice_makes_the_window_no_wider(room: Room, office: Member) -> None:
    a_case(office, practice=at("print", LONG))
    page = opened(room)
    page.show_text()
    assert LONG in page.about.text()
    assert room.window.width() == 1366


# ---- one Enter too many, and what refuses


def test_a_second_enter_at_once_is_not_the_next_step(room: Room, office: Member) -> None:
    a_case(office, practice=at("text"))
    page = opened(room)
    room.press(Qt.Key.Key_Return)
    room.press(Qt.Key.Key_Return)
    assert Letter.get().state == "concept"
    room.qtbot.waitUntil(page.ready)
    room.press(Qt.Key.Key_Return)
    assert Letter.get().state == "fixed"


def test_a_second_enter_does_not_confirm_what_was_just_copied(room: Room, office: Member) -> None:
    a_letter(office, at("text"))
    opened(room)
    room.press(Qt.Key.Key_Return)
    room.press(Qt.Key.Key_Return)
    assert Dispatch.get().confirmed_at is None
    assert Letter.get().state == "fixed"
    QGuiApplication.clipboard().clear()


def test_a_printer_that_refuses_hands_nothing_out(room: Room, office: Member) -> None:
    a_letter(office, at("print"))
    page = opened(room)
    page.sending.choose_printer = lambda _parent: QPrinter()
    page.sending.print_pdf = lambda _pdf, _printer: False
    enter(room, page)
    assert "De printer nam de brief niet aan" in page.notice.text() or "printer" in page.notice.text()
    assert Dispatch.select().count() == 0
    assert page.standing().step == "send"  # type: ignore[union-attr]
    page.sending.print_pdf = lambda _pdf, _printer: True
    enter(room, page)
    assert page.notice.text() == ""
    assert page.standing().step == "confirm"  # type: ignore[union-attr]
    assert Letter.get().state == "fixed"


def test_no_printer_chosen_means_nothing_happened(room: Room, office: Member) -> None:
    a_letter(office, at("print"))
    page = opened(room)
    page.sending.choose_printer = lambda _parent: None
    enter(room, page)
    assert Dispatch.select().count() == 0


def test_a_folder_that_vanished_is_told_and_asked_anew(
    room: Room, office: Member, tmp_path: Path, quick: None
) -> None:
    practice = at("pdf")
    a_letter(office, practice)
    a_letter(office, practice)
    page = opened(room)
    room.office.settings.set(FOLDER, str(tmp_path / "weg"))
    page.sending.choose_folder = lambda _parent, _before: ""
    enter(room, page)
    assert "is er niet meer" in page.notice.text()
    assert Dispatch.select().count() == 0
    page.sending.choose_folder = lambda _parent, _before: str(tmp_path)
    with room.work_done():
        enter(room, page)
    assert len(list(tmp_path.glob("brief-*.pdf"))) == 2
    assert Letter.select().where(Letter.state == "sent").count() == 0


def test_a_letter_that_may_not_go_any_more_says_why_and_stays(room: Room, office: Member) -> None:
    letter = a_letter(office, at("text"))
    withdraw_consent(letter.voucher)
    page = opened(room)
    assert "toestemming" in page.asked.text()
    enter(room, page)
    assert "toestemming" in page.notice.text()
    assert Dispatch.select().count() == 0


# ---- on paper, together


def test_what_goes_on_paper_to_one_practice_goes_to_the_page_that_prints_together(
    room: Room, office: Member
) -> None:
    practice = at("print")
    made = [a_letter(office, practice).id for _n in range(3)]
    page = opened(room)
    assert shown(page)[0] == ("De Linde", "Alles afdrukken (3)")
    enter(room, page)
    assert room.opened[-1] == ("batch", {"letter_ids": made})
    assert Dispatch.select().count() == 0


def test_a_print_of_many_is_confirmed_on_its_own_page(room: Room, office: Member) -> None:
    practice = at("print")
    made = [a_letter(office, practice).id for _n in range(2)]
    prepare_batch(office, made)
    page = opened(room)
    assert {wait.step for wait in page._waits.values()} == {"batch"}
    for key in (Qt.Key.Key_N, Qt.Key.Key_A, Qt.Key.Key_R):
        room.press(key)
    assert Dispatch.select().count() == 2
    with pytest.raises(Refused):
        take_back(office, Dispatch.get().id)
    enter(room, page)
    assert room.opened[-1] == ("batch", {})
    assert Letter.select().where(Letter.state == "sent").count() == 0


# ---- who may not approve


def test_who_may_not_approve_sees_for_whom_it_waits(room: Room, office: Member) -> None:
    voucher = a_case(office, practice=at("text"), coach=office.id)
    write_letter(office, voucher.id, "intake")
    room.desk.by = add_member("K. de Boer", "coach")
    page = opened(room)
    (row,) = [row for row in page.rows.rows() if row.action or row.pill]
    assert (row.pill, row.action) == ("wacht op akkoord van F. Yıldız", "")
    enter(room, page)
    assert room.opened[-1] == ("letter", {"letter_id": Letter.get().id})
    assert Letter.get().state == "concept"


# ---- counting down


def test_it_counts_down_and_the_practice_is_ticked_when_all_went(
    room: Room, office: Member, quick: None
) -> None:
    first = at("text", "De Boog", "01054399")
    second = at("text")
    for practice in (first, second):
        a_letter(office, practice)
    page = opened(room)
    assert page.left.text() == "nog 2 van 2, 2 praktijken"
    enter(room, page)
    enter(room, page)
    assert page.left.text() == "nog 1 van 2, 1 praktijk"
    assert page.standing().practice == "De Linde"  # type: ignore[union-attr]
    assert [(row.title, row.pill) for row in page.rows.rows()][-1] == ("De Boog", "Weet het")
    enter(room, page)
    enter(room, page)
    assert page.calm.text() == "Niemand wacht meer op bericht."


def test_what_a_colleague_confirmed_meanwhile_is_gone_too(room: Room, office: Member) -> None:
    practice = at("text")
    made = [a_letter(office, practice) for _n in range(2)]
    page = opened(room)
    confirm_sent(office, send_letter(office, made[0].id, "text").id)
    room.desk.changed.emit()
    assert page.standing().letter_id == made[1].id  # type: ignore[union-attr]
    assert page.left.text() == "nog 1 van 2, 1 praktijk"


def test_the_heading_of_a_practice_confirms_all_of_it_after_asking(room: Room, office: Member, quick: None) -> None:
    practice = at("print")
    for _n in range(3):
        send_letter(office, a_letter(office, practice).id, "print")
    page = opened(room)
    room.press(Qt.Key.Key_Home)
    assert shown(page)[0] == ("De Linde", "Alles verstuurd (3)")
    enter(room, page)
    assert page.notice.text() == "Zijn de 3 brieven aan De Linde verstuurd?"
    assert Letter.select().where(Letter.state == "sent").count() == 0
    room.press(Qt.Key.Key_Return)
    assert Letter.select().where(Letter.state == "sent").count() == 3


def test_every_deed_can_be_reached_without_the_letters_of_the_keyboard(room: Room, office: Member) -> None:
    practice = at("text")
    for _n in range(2):
        send_letter(office, a_letter(office, practice).id, "text")
    page = opened(room)
    names: list[Any] = []
    for name in ("Wijzigen (E)", "Nog eens (R)", "Niet verstuurd (N)", "Alles verstuurd (A)"):
        names.append(room.go_to(name).accessibleName())
        page.rows.setFocus()
    assert len(names) == 4


# ---- what is asked before a letter is fixed


def test_an_odd_word_is_asked_about_here_and_answered_here(room: Room, office: Member, quick: None) -> None:
    """A name of the catalogue of before anybody asked about those: Enter asks, the answer fixes."""
    voucher = add_voucher(office, at("print"), dated_on=days_ago(20))
    add_intake(voucher, days_ago(2))
    add_enrolment(voucher, add_activity("Rouwgroep Samen Verder", letter_name="een rouwgroep"), start_on=days_ago(-9))
    letter = write_letter(office, voucher.id, "intake")
    page = opened(room)
    enter(room, page)
    assert Letter.get_by_id(letter.id).state == "concept"
    assert "“rouwgroep” zegt waarom iemand daar komt" in page.notice.text()
    page.notice.answers()[0].click()
    assert Letter.get_by_id(letter.id).state == "fixed"
    assert not page.notice.answers()
