"""The archive and returned post by keyboard, as on a morning with a bag of mail on the desk."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop import clock
from desktop.actions.letter_correcting import withdraw_letter
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter
from desktop.actions.letters import write_letter
from desktop.actions.practices import change_practice
from desktop.rules.lettercode import code
from desktop.rules.staff import Member
from desktop.screens import archive, letters, practices, returned, tasks
from desktop.storage.archive import ArchiveFilter, fetch_archive, list_archive
from desktop.storage.changes import Audit
from desktop.storage.finding import find_anything
from desktop.storage.letters_due import list_letters_due
from desktop.storage.models import Dispatch, Letter, LetterPdf, ReturnedPost
from desktop.widgets.listing import ListPage
from desktop.widgets.preview import Preview
from desktop.widgets.rows import Rows
from tests import bulk
from tests.actions.test_letters import a_case, sent
from tests.actions.test_returned_post import a_sent_letter, came_back, moved
from tests.counting import assert_query_count
from tests.drive import running
from tests.factory import add_member, add_practice
from tests.screens.room import Room

PAGES = {
    **archive.PAGES, **letters.PAGES, **returned.PAGES, **practices.PAGES, **tasks.PAGES,
    "preview": lambda _office, **arguments: Preview(**arguments),
}  # fmt: skip


@pytest.fixture
def room(office: Member, qtbot: QtBot) -> Iterator[Room]:
    made = Room(qtbot, office, PAGES)
    yield made
    made.desk.close()


def two_letters(by: Member) -> tuple[Letter, Letter]:
    """One that went by print to De Linde, one as text to Zuid."""
    first = a_sent_letter(by)
    zuid = add_practice("Praktijk Zuid", agb="01054322", postcode="5612 AA")
    voucher = a_case(by, practice=zuid, surname="Bakker", tussenvoegsel="", birth_date="1960-01-02")
    return first, sent(by, write_letter(by, voucher.id, "intake"), "text")


def ids(room: Room) -> list[int]:
    page = room.page
    assert isinstance(page, ListPage)
    return page.table.ids()


def cells(room: Room) -> list[list[str]]:
    return room.page.cells()[1]  # type: ignore[no-any-return]


def pick(room: Room, name: str, text: str) -> None:
    """Choose from a filter by typing, or everything with Home."""
    box = room.go_to(name)
    QTest.keyClick(box, Qt.Key.Key_Home)
    QTest.keyClicks(box, text)


def button(room: Room, name: str) -> QPushButton:
    QApplication.processEvents()  # what was just put on the page is shown by now
    shown: list[QPushButton] = [each for each in room.page.findChildren(QPushButton) if each.isVisible()]
    return next(each for each in shown if each.accessibleName() == name)


# ---- the archive


def test_row_tells_what_went_to_whom_how_and_by_whom(room: Room, office: Member) -> None:
    two_letters(office)
    room.open("archive")
    today = f"{clock.today():%d-%m-%Y}"
    assert cells(room)[1] == [
        today, "Na de intake", "Annie van der Meer-de Wit", "Huisartsenpraktijk De Linde", "", "Op papier", office.name,
        "Verstuurd",
    ]  # fmt: skip
    assert cells(room)[0][5] == "Als tekst"


@pytest.mark.parametrize("text", ["bakker", "zuid", "L0000002"])
def test_search_finds_by_name_practice_and_code(room: Room, office: Member, text: str) -> None:
    _first, second = two_letters(office)
    room.open("archive")
    typed = code(second.id) if text.startswith("L0") else text
    QTest.keyClicks(room.go_to("Naam, praktijk, voucher of code op de brief"), typed)
    room.press(Qt.Key.Key_Return)
    assert ids(room) == [second.id]
    assert QApplication.focusWidget() is room.page.table


def test_search_finds_by_voucher_number_and_addressee(office: Member) -> None:
    practice = add_practice()
    doctor = practice.contacts.get()
    letter = sent(office, write_letter(office, a_case(office, practice=practice, report_to=doctor.id).id, "intake"))
    assert list_archive(office, letter.voucher.number) == [letter.id]
    assert list_archive(office, "jansen") == [letter.id]
    assert list_archive(office, "niemand anders") == []


def test_filters_narrow_by_keyboard_and_everything_comes_back(room: Room, office: Member) -> None:
    first, second = two_letters(office)
    withdraw_letter(office, first.id, "verkeerde dag")
    room.open("archive")
    for name, typed, expected in (
        ("Stand", "Ingetrokken", [first.id]),
        ("Stand", "", [second.id, first.id]),
        ("Manier", "Als", [second.id]),
        ("Manier", "", [second.id, first.id]),
        ("Praktijk", "Pr", [second.id]),
        ("Praktijk", "", [second.id, first.id]),
        ("Periode", "Ouder", []),
    ):
        pick(room, name, typed)
        assert ids(room) == expected, (name, typed)
    button(room, "Alles tonen").click()
    assert ids(room) == [second.id, first.id]


def test_opened_from_a_practice_it_shows_that_ones_letters(room: Room, office: Member) -> None:
    first, second = two_letters(office)
    room.open("practice", practice_id=first.practice_id)
    room.click("Brieven van deze praktijk")
    assert ids(room) == [first.id]
    room.page.show_everything()
    assert ids(room) == [second.id, first.id]


def test_who_kind_and_period_narrow_too(office: Member) -> None:
    first, second = two_letters(office)
    clerk = add_member("K. de Boer", "intake")
    assert list_archive(office, "", ArchiveFilter(staff=office.id)) == [second.id, first.id]
    assert list_archive(office, "", ArchiveFilter(staff=clerk.id)) == []
    assert list_archive(office, "", ArchiveFilter(moment="closing")) == []
    assert list_archive(office, "", ArchiveFilter(since=clock.today())) == [second.id, first.id]
    assert list_archive(office, "", ArchiveFilter(state="sent")) == [second.id, first.id]
    assert list_archive(office, "", ArchiveFilter(state="copy")) == []
    assert list_archive(office, "", ArchiveFilter(state="ready")) == []


def test_every_heading_sorts_both_ways_and_loses_nothing(room: Room, office: Member) -> None:
    first, second = two_letters(office)
    room.open("archive")
    for column in ("written_on", "kind", "name", "practice", "recipient", "way", "staff", "state", "sent_at"):
        for descending in (True, False):
            room.page.table.sort_by(column, descending)
            assert sorted(ids(room)) == [first.id, second.id], column
    room.page.table.sort_by("practice")
    assert ids(room) == [first.id, second.id]


def test_concepts_are_not_in_the_archive_and_an_empty_one_says_so(room: Room, office: Member) -> None:
    write_letter(office, a_case(office).id, "intake")
    room.open("archive")
    assert ids(room) == []
    assert "Er is nog geen brief verstuurd" in room.texts()


def test_export_takes_what_is_shown(room: Room, office: Member) -> None:
    two_letters(office)
    room.open("archive")
    room.click("Exporteren")
    name, arguments = room.opened[-1]
    assert name == "export"
    assert arguments["lines"] == 2
    assert arguments["cells"]()[0][:2] == ["Datum", "Soort"]


def test_archive_walks_one_index_and_asks_as_much_for_ten_as_for_two(office: Member) -> None:
    bulk.fill(office, bulk.SMALL, clock.today())
    with assert_query_count(1) as asked:
        found = list_archive(office)
    plan = _plan(asked[0])
    assert "COVERING INDEX letter_archive" in plan
    assert "SCAN dispatch" not in plan
    with assert_query_count(3):
        lines = fetch_archive(office, found[:2])
        assert lines[0].record.practice.name
    with assert_query_count(3):
        lines = fetch_archive(office, found[:20])
        assert [line.record.person.surname for line in lines]
        assert [line.dispatch.staff.name for line in lines if line.dispatch is not None]


def _plan(sql: str) -> str:
    from desktop.storage.database import database

    rows = database.execute_sql("EXPLAIN QUERY PLAN " + sql, ("concept",)).fetchall()
    return "\n".join(row[3] for row in rows)


# ---- a letter from the archive


def test_letter_says_who_sent_it_and_a_copy_is_logged_and_stored_nowhere(room: Room, office: Member) -> None:
    first, _second = two_letters(office)
    room.open("archive")
    room.page.table.select(first.id)
    room.page.table.setFocus()
    room.press(Qt.Key.Key_Return)
    rows = room.page.findChildren(Rows)
    told = [f"{row.title} {row.subtitle}" for each in rows for row in each.rows()]
    assert any("Afgedrukt" in line and office.name in line and "bevestigd" in line for line in told)
    before = (LetterPdf.select().count(), Dispatch.select().count())
    button(room, "Kopie").click()
    assert isinstance(room.page, Preview)
    assert (LetterPdf.select().count(), Dispatch.select().count()) == before
    assert Audit.select().where(Audit.name == "letter reprinted").count() == 1


def test_withdraw_and_correct_opens_the_new_letter_and_both_show_the_other(room: Room, office: Member) -> None:
    letter = a_sent_letter(office)
    room.open("letter", letter_id=letter.id)
    button(room, "Intrekken").click()
    QApplication.processEvents()
    room.type_in("Waarom wordt de brief ingetrokken?", "verkeerde dag")
    room.click("Intrekken en verbeteren")
    assert room.page.letter_id != letter.id
    assert room.page.texts.isEnabled()
    assert kin(room) == ["In plaats van"]
    again = Letter.get(Letter.corrects == letter)
    room.open("letter", letter_id=letter.id)
    assert kin(room) == ["Vervangen door"]
    button(room, "Naar de nieuwe brief").click()
    assert room.page.letter_id == again.id


def kin(room: Room) -> list[str]:
    rows = [each for each in room.page.findChildren(Rows) if each.accessibleName() == "Hoort bij elkaar"]
    return [row.title for each in rows if each.isVisible() for row in each.rows()]


def test_a_reason_half_typed_survives_a_save_elsewhere_and_the_lock(room: Room, office: Member) -> None:
    letter = a_sent_letter(office)
    room.open("letter", letter_id=letter.id)
    button(room, "Intrekken").click()
    QApplication.processEvents()
    room.type_in("Waarom wordt de brief ingetrokken?", "Verkeerde persoon")
    room.window.refresh()  # as after the lock
    button(room, "Brief intrekken").click()
    room.qtbot.waitUntil(lambda: "Verkeerde persoon" in room.texts())
    assert Letter.get_by_id(letter.id).withdrawn_why == "Verkeerde persoon"
    assert "Brief intrekken" not in room.texts()


def test_ctrl_enter_in_the_reason_goes_on_and_does_not_leave_the_page(room: Room, office: Member) -> None:
    letter = a_sent_letter(office)
    room.open("letter", letter_id=letter.id)
    button(room, "Intrekken").click()
    QApplication.processEvents()
    room.save()
    assert "Vul dit in." in room.texts()
    room.type_in("Waarom wordt de brief ingetrokken?", "verkeerde dag")
    room.save()
    assert Letter.get_by_id(letter.id).withdrawn_why == "verkeerde dag"
    assert room.page.letter_id == Letter.get(Letter.corrects == letter).id


def test_correcting_without_a_reason_asks_for_it(room: Room, office: Member) -> None:
    letter = a_sent_letter(office)
    room.open("letter", letter_id=letter.id)
    button(room, "Intrekken").click()
    button(room, "Intrekken en verbeteren").click()
    assert Letter.select().count() == 1
    button(room, "Nee, laten staan").click()
    assert Letter.get_by_id(letter.id).withdrawn_on is None


def test_address_that_differs_from_the_last_letter_is_told_before_sending(room: Room, office: Member) -> None:
    first = a_sent_letter(office)
    change_practice(office, moved(first.practice))
    other = a_case(office, practice=first.practice, surname="Bakker", birth_date="1960-01-02")
    letter = fix_letter(office, write_letter(office, other.id, "intake").id)
    room.open("letter", letter_id=letter.id)
    assert "Lindelaan 4" in room.page.notice.text()


# ---- returned post


def test_code_scanned_in_the_search_box_opens_its_letter(tmp_path: Path, qtbot: QtBot) -> None:
    with running(tmp_path, "exercise") as staff:
        member = staff.program.entered.member  # type: ignore[union-attr]
        owed = next(each for each in list_letters_due(member, clock.today()) if each.due.moment == "intake")
        letter = fix_letter(member, write_letter(member, owed.voucher.id, owed.due.moment).id)
        staff.press("Ctrl+F")
        staff.type(code(letter.id))
        staff.press("Return")
        staff.breathe()
        assert staff.page().letter_id == letter.id  # type: ignore[attr-defined]


def test_scanned_code_finds_the_letter(office: Member) -> None:
    letter = a_sent_letter(office)
    (found,) = find_anything(office, code(letter.id).lower(), clock.today())
    assert (found.kind, found.id) == ("letter", letter.id)
    assert found.title == "Na de intake: Annie van der Meer-de Wit"
    wrong = code(letter.id)[:-1] + ("A" if code(letter.id)[-1] != "A" else "B")
    assert find_anything(office, wrong, clock.today()) == []


def test_from_the_envelope_to_the_address_task_by_keyboard(room: Room, office: Member) -> None:
    letter = a_sent_letter(office)
    room.open("archive")
    room.click("Deze brief kwam terug")
    assert room.opened[-1] == ("came_back", {"letter_id": letter.id})
    room.go_to("Wat er op de envelop staat: Verhuisd")
    room.press(Qt.Key.Key_V)
    room.save()
    assert ReturnedPost.get().why == "moved"
    assert room.opened[-1] == ("returned", {"practice_id": letter.practice_id})
    assert "040 211 1111" in room.texts()
    room.open("tasks")
    (row,) = [row for row in room.page.rows.rows() if "nakijken" in row.title]
    assert (row.title, row.action) == ("Adres van De Linde nakijken: een brief kwam terug", "Adres nakijken")
    room.page.rows.select(row.key)
    room.page.rows.setFocus()
    room.press(Qt.Key.Key_Return)
    assert room.opened[-1] == ("returned", {"practice_id": letter.practice_id})


def test_one_key_says_that_the_address_is_right_and_opens_the_letter(room: Room, office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    room.open("returned", practice_id=letter.practice_id)
    room.press(Qt.Key.Key_2)
    assert ReturnedPost.get().settled_how == "address_right"
    assert room.page.letter_id == letter.id
    assert "Klaar om te versturen" in room.texts()


def test_one_key_opens_the_address_and_saving_it_settles(room: Room, office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    room.open("returned", practice_id=letter.practice_id)
    room.press(Qt.Key.Key_1)
    assert room.opened[-1] == ("edit_practice", {"practice_id": letter.practice_id})
    form = practices.practice_form(room.office, letter.practice_id)
    room.window.show_page(form)
    room.type_in("Straat", "Nieuwe Weg")
    room.save()
    assert ReturnedPost.get().settled_how == "address_changed"
    room.open("returned", practice_id=letter.practice_id)
    assert "Nog te versturen" in room.texts()
    assert [row.subtitle for row in room.page.rows.rows()] == ["maak hem opnieuw uit de gegevens"]
    room.page.rows.setFocus()
    room.press(Qt.Key.Key_Return)
    assert room.page.letter_id == letter.id
    button(room, "Maak de brief opnieuw").click()
    assert room.page.letter_id != letter.id
    assert Letter.get_by_id(room.page.letter_id).approved_by_id == office.id


def test_letter_that_came_back_says_so_on_its_page(room: Room, office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    room.open("letter", letter_id=letter.id)
    assert "Kwam terug" in room.texts()
    assert "verhuisd. De brief telt als niet verstuurd." in room.texts()
    button(room, "Adres nakijken").click()
    assert room.opened[-1] == ("returned", {"practice_id": letter.practice_id})


def test_page_of_what_was_settled_says_that_nothing_is_left(room: Room, office: Member) -> None:
    practice = add_practice()
    room.open("returned", practice_id=practice.id)
    assert "alles is afgehandeld" in room.texts()
    room.window.setFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        QTest.keyClick(room.window, key)
    assert room.opened == [("returned", {"practice_id": practice.id})]


def test_back_from_the_letter_that_went_out_again_nothing_is_left(room: Room, office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    page = room.open("returned", practice_id=letter.practice_id)
    room.press(Qt.Key.Key_3)
    room.desk.perform(confirm_sent, send_letter(office, letter.id, "pdf").id)
    room.window.go_back()
    assert room.page is page
    room.qtbot.waitUntil(lambda: "alles is afgehandeld" in room.texts())
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # the rows that were there are gone
    room.window.refresh()
    assert page.isAncestorOf(QApplication.focusWidget()) or QApplication.focusWidget() is page


def test_day_before_it_was_sent_is_told_at_the_field(room: Room, office: Member) -> None:
    letter = a_sent_letter(office)
    form: Any = room.open("came_back", letter_id=letter.id)
    room.type_in("Teruggekomen op", "1-1-2020")
    room.go_to("Wat er op de envelop staat: Verhuisd")
    room.press(Qt.Key.Key_V)
    room.save()
    assert "kan dus niet eerder terugkomen" in form.editor("returned_on").complaint()
    assert ReturnedPost.select().count() == 0
