"""Letters by keyboard: from the list of what is owed to a letter that was confirmed as sent."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop import clock
from desktop.actions.enrolments import enrol
from desktop.actions.letter_sending import fix_letter
from desktop.actions.letters import write_letter
from desktop.rules.deeds import EnrolDraft
from desktop.rules.staff import Member
from desktop.screens import cards, letters
from desktop.screens.letter import LetterPage
from desktop.screens.letters import Letters, NotWritten
from desktop.screens.office import Office
from desktop.settings import Settings
from desktop.storage.models import Appointment, Dispatch, Letter, Reason
from desktop.widgets.desk import Desk
from desktop.widgets.keeping import Kept
from desktop.widgets.pages import Page
from desktop.widgets.preview import Preview
from desktop.widgets.window import Deeds, Place, Window, Words
from tests.actions.test_letters import a_case, withdraw_consent
from tests.drive import seen, wait_until
from tests.factory import add_activity, add_member, add_practice, add_row, add_voucher, days_ago

PAGES = {**letters.PAGES, **cards.PAGES}


class Room:
    """A window with the letters in it and somebody at the desk."""

    def __init__(self, by: Member, folder: Path) -> None:
        self.desk = Desk(by)
        self.kept: dict[str, dict[str, str]] = {}
        self.told: list[str] = []
        self.opened: list[tuple[str, dict[str, Any]]] = []
        self.office = Office(self.desk, Settings.load(folder), self.open, self)
        self.window = Window(
            Words("Wijkrecept", "Nieuwe voucher", "Zoek"),
            [Place("letters", "Brieven", "envelope-simple", partial(Letters, self.office))],
            Deeds(lambda text: [], _nothing, _nothing, _nothing, _nothing),
        )
        self.desk.changed.connect(self.window.refresh)
        self.desk.said.connect(self.window.say)
        self.desk.troubled.connect(self.told.append)

    def open(self, name: str, /, **arguments: Any) -> Page:
        self.opened.append((name, arguments))
        page: Page
        if name == "preview":
            page = Preview(**arguments)
        else:
            page = PAGES[name](self.office, **arguments) if name in PAGES else Page()
        self.window.show_page(page)
        return page

    def keep(self, form_key: str, raw: dict[str, str]) -> None:
        self.kept[form_key] = raw

    def find(self, form_key: str) -> Kept | None:
        raw = self.kept.get(form_key)
        return Kept(raw, clock.now()) if raw is not None else None

    def forget(self, form_key: str) -> None:
        self.kept.pop(form_key, None)

    def letter(self) -> LetterPage:
        page = self.window.page()
        assert isinstance(page, LetterPage)
        return page

    def list(self) -> Letters:
        page = self.window.page()
        assert isinstance(page, Letters)
        return page

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)

    def type(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    def ctrl_enter(self) -> None:
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def button(self, text: str) -> QPushButton:
        page = self.window.page()
        assert page is not None
        shown = [each for each in page.findChildren(QPushButton) if not each.isHidden()]
        return next(each for each in shown if each.accessibleName() == text)


def _nothing(*_news: object) -> None:
    """No deed of this room."""


@pytest.fixture
def room(office: Member, qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made = Room(office, tmp_path)
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made.window)
    yield made
    made.desk.close()


def start(room: Room) -> Letters:
    room.window.show_place("letters")
    room.list().rows.setFocus()
    return room.list()


def titles(page: Letters) -> list[str]:
    return [row.title for row in page.rows.rows()]


def test_owed_letters_stand_on_top_with_how_late_they_are(room: Room, office: Member) -> None:
    add_voucher(office, add_practice(), dated_on=days_ago(20), received_on=days_ago(19))
    page = start(room)
    (row,) = page.rows.rows()
    assert row.title == "Aangekomen: mevrouw Van der Meer-de Wit"
    assert row.pill == "6 dagen te laat"
    assert page.under.text() == "1 brief te schrijven, 1 te laat"


def test_from_owed_to_sent_by_keyboard(room: Room, office: Member, qtbot: QtBot) -> None:
    a_case(office)
    start(room)
    room.press(Qt.Key.Key_Return)
    page = room.letter()
    assert QApplication.focusWidget() is page.texts.editor("state").focus_widget()  # type: ignore[union-attr]
    room.press(Qt.Key.Key_Tab)
    room.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    room.type("Wij bellen haar in januari.")
    room.ctrl_enter()
    (letter,) = Letter.select()
    assert letter.state == "fixed"
    assert room.window.message_bar.text() == "Vastgezet"
    assert "Wij bellen haar in januari." in letter.content
    assert letter.approved_by_id == office.id
    page.sending.choose_printer = lambda _parent: QPrinter()
    page.sending.print_pdf = lambda pdf, _printer: pdf.startswith(b"%PDF")
    room.ctrl_enter()
    assert Dispatch.get().way == "print"
    assert Letter.get().state == "fixed"
    assert page.notice.text() == "Is de brief goed afgedrukt en onderweg?"
    wait_until(page.ready, 5_000)
    room.press(Qt.Key.Key_Space)
    assert Letter.get().state == "sent"
    assert room.window.message_bar.text() == "Verstuurd"


def test_text_goes_to_the_clipboard_and_counts_only_when_confirmed(room: Room, office: Member) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    room.open("letter", letter_id=letter.id)
    room.letter().hand_out("text")
    pasted = QGuiApplication.clipboard().text()
    assert pasted.startswith("Betreft: mw. A. van der Meer-de Wit")
    assert "Stand van zaken\nMevrouw doet mee." in pasted
    room.button("Nog niet").click()
    assert Letter.get().state == "fixed"
    room.letter().refresh()
    wait_until(room.letter().ready, 5_000)
    room.button("Ja, verstuurd").click()
    assert Letter.get().state == "sent"


def test_printer_that_fails_is_told_and_nothing_is_sent(room: Room, office: Member) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    room.open("letter", letter_id=letter.id)
    page = room.letter()
    page.sending.choose_printer = lambda _parent: QPrinter()
    page.sending.print_pdf = lambda _pdf, _printer: False
    page.hand_out("print")
    assert "printer" in page.notice.text()
    assert Letter.get().state == "fixed"
    assert Dispatch.select().count() == 0
    assert "goed afgedrukt" not in page.notice.text()


def test_too_long_a_text_is_told_beside_it_and_on_the_paper(room: Room, office: Member, qtbot: QtBot) -> None:
    room.open("write_letter", voucher_id=a_case(office).id, moment="intake")
    page = room.letter()
    assert page.texts is not None
    editor = page.texts.editor("agreed")
    assert editor.note() == "1 van 4 regels"
    editor.focus()
    room.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    room.type("Wij spreken veel af met elkaar en met u. " * 8)
    assert "regels te veel" in editor.complaint()
    qtbot.waitUntil(lambda: "Wat is afgesproken" in page.paper.complaint())
    room.ctrl_enter()
    assert Letter.get().state == "concept"
    assert "Wat is afgesproken" in page.notice.text()
    assert room.window.message_bar.text() == "Opgeslagen"
    assert "regels te veel" in page.texts.editor("agreed").complaint()
    assert page.texts.editor("agreed").focus_widget().hasFocus()  # after a refusal one types on in the same text


def test_what_was_typed_stays_when_filling_anew_is_refused(room: Room, office: Member) -> None:
    letter = write_letter(office, a_case(office).id, "intake")
    room.open("letter", letter_id=letter.id)
    page = room.letter()
    assert page.texts is not None
    QTest.keyClicks(page.texts.editor("agreed").focus_widget(), "Zij belt zelf. ")
    fix_letter(office, letter.id)  # a colleague was first
    room.button("Opnieuw vullen").click()
    assert page.is_edited()
    room.window.refresh()
    assert page.texts.editor("agreed").raw().startswith("Zij belt zelf.")
    assert not page.may_close()


def test_after_a_lock_the_paper_is_what_was_typed_last(room: Room, office: Member, qtbot: QtBot) -> None:
    start(room)
    letter = write_letter(office, a_case(office).id, "intake")
    room.open("letter", letter_id=letter.id)
    page = room.letter()
    before = page.words.text()
    room.type("Nieuws. ")
    room.desk.by, somebody = None, room.desk.by  # locked before the paper was drawn
    page.draw()
    assert page.words.text() == before
    room.desk.by = somebody
    room.window.refresh()  # back after the lock
    qtbot.waitUntil(lambda: page.words.text() != before)


def test_letter_that_was_left_lying_says_that_the_day_it_promises_is_over(room: Room, office: Member) -> None:
    voucher = add_voucher(office, add_practice(), dated_on=days_ago(60), received_on=days_ago(60))
    with clock.days_ago(50):
        letter = write_letter(office, voucher.id, "arrived")
    room.open("letter", letter_id=letter.id)
    page = room.letter()
    assert page.texts is not None
    editor = page.texts.editor("next")
    assert "is al voorbij" in editor.complaint()
    editor.focus()
    room.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    room.type("Als wij meer weten.")
    assert editor.complaint() == ""


def test_lines_are_counted_as_they_will_be_printed(room: Room, office: Member) -> None:
    room.open("write_letter", voucher_id=a_case(office).id, moment="intake")
    page = room.letter()
    assert page.texts is not None
    editor = page.texts.editor("agreed")
    editor.set_raw("Wij bellen\n\n\n\n\nin januari.")
    assert editor.note() == "1 van 4 regels"


def test_what_was_typed_is_asked_about_before_leaving_and_kept_at_a_lock(room: Room, office: Member) -> None:
    start(room)
    letter = write_letter(office, a_case(office).id, "intake")
    room.open("letter", letter_id=letter.id)
    page = room.letter()
    room.type("Nieuws. ")
    page.unfinished()
    assert room.kept[f"letter:{letter.id}"]["state"].startswith("Nieuws.")
    room.press(Qt.Key.Key_Escape)
    assert "nog niet opgeslagen" in page.notice.text()
    room.button("Opslaan en verlaten").click()
    assert "Nieuws." in Letter.get().content
    assert room.kept == {}
    assert isinstance(room.window.page(), Letters)


def test_what_was_left_is_offered_when_the_letter_is_opened_again(room: Room, office: Member) -> None:
    letter = write_letter(office, a_case(office).id, "intake")
    room.keep(f"letter:{letter.id}", {"state": "Half af", "next": "Rond mei."})
    room.open("letter", letter_id=letter.id)
    page = room.letter()
    assert page.notice.text()
    page.notice.answers()[0].click()
    assert page.texts is not None
    assert page.texts.editor("state").raw() == "Half af"
    assert page.kept_under() == f"letter:{letter.id}"


def test_reason_in_the_text_is_asked_about_once(room: Room, office: Member) -> None:
    voucher = a_case(office, reasons=(Reason.get(Reason.code == "loneliness").id,))
    room.open("write_letter", voucher_id=voucher.id, moment="intake")
    room.type("Eenzaamheid. ")
    room.ctrl_enter()
    assert Letter.get().state == "concept"
    room.button("Dat klopt, toch opslaan").click()
    assert Letter.get().state == "fixed"


def test_withdrawn_consent_stops_the_letter_with_a_sentence(room: Room, office: Member) -> None:
    voucher = a_case(office)
    letter = fix_letter(office, write_letter(office, voucher.id, "intake").id)
    withdraw_consent(voucher)
    room.open("letter", letter_id=letter.id)
    page = room.letter()
    assert "toestemming" in page.notice.text()
    assert not any(button.isEnabled() for button in page.ways.values())


def test_sentences_that_are_no_longer_so_stand_in_a_card_with_the_way_to_fill_anew(
    room: Room, office: Member
) -> None:
    voucher = a_case(office)
    letter = write_letter(office, voucher.id, "intake")
    coffee = add_activity(title="Ochtendkoffie", letter_name="een inloop in de wijk")
    found = EnrolDraft(voucher_id=voucher.id, activities=(coffee.id,), enrolled_on=days_ago(0), sure=True)
    enrol(office, found)
    room.open("letter", letter_id=letter.id)
    page = room.letter()
    assert "Klopt niet meer" in page.notice.text()
    assert "inloop in de wijk" not in page.notice.text()  # in large type the strip has room for a line or two
    assert any("is nu" in words and "inloop in de wijk" in words for words in seen(page))
    assert room.button("Opnieuw vullen").hasFocus()
    QTest.keyClick(room.button("Opnieuw vullen"), Qt.Key.Key_Return)
    assert page.notice.text() == ""
    assert "inloop in de wijk" in Letter.get_by_id(letter.id).content


def test_receipt_shows_its_texts_without_letting_them_change(room: Room, office: Member) -> None:
    voucher = add_voucher(office, add_practice(), consent_report_back="no")
    room.open("write_letter", voucher_id=voucher.id, moment="arrived")
    page = room.letter()
    assert page.texts is not None
    assert not page.texts.isEnabled()
    assert "alleen dit bericht van ontvangst" in page.notice.text()


def test_letter_that_may_not_be_written_says_why(room: Room, office: Member) -> None:
    voucher = a_case(office, consent_report_back="no")
    page = room.open("write_letter", voucher_id=voucher.id, moment="intake")
    assert isinstance(page, NotWritten)
    assert "geen toestemming" in page.why.text()


def test_clerk_sees_that_the_coach_approves_first(room: Room, office: Member) -> None:
    clerk = add_member("K. de Boer", "coach")
    letter = write_letter(office, a_case(office, coach=office.id).id, "intake")
    room.desk.by = clerk
    room.open("letter", letter_id=letter.id)
    page = room.letter()
    assert "coach geeft eerst akkoord" in page.notice.text()
    assert page.primary is not None
    assert page.primary.accessibleName() == "Opslaan"
    assert page.primary.property("role") == "primary"


def test_withdrawing_asks_why_and_offers_a_new_letter(room: Room, office: Member) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    room.open("letter", letter_id=letter.id)
    room.button("Intrekken").click()
    room.button("Brief intrekken").click()
    assert Letter.get().withdrawn_on is None
    room.type("verkeerde datum")
    room.button("Brief intrekken").click()
    assert Letter.get().withdrawn_why == "verkeerde datum"
    room.button("Nieuwe brief schrijven").click()
    assert Letter.select().count() == 2


def test_discarding_leaves_the_page_and_undo_brings_the_letter_back(room: Room, office: Member) -> None:
    start(room)
    letter = write_letter(office, a_case(office).id, "intake")
    room.open("letter", letter_id=letter.id)
    room.button("Weggooien").click()
    assert Letter.select().count() == 0
    assert isinstance(room.window.page(), Letters)


def test_lists_follow_what_was_done_and_filter_by_name(room: Room, office: Member) -> None:
    voucher = a_case(office)
    page = start(room)
    assert page.chips["due"].text() == "Nog te schrijven 1"
    fix_letter(office, write_letter(office, voucher.id, "intake").id)
    page.refresh()
    page.show_list("fixed")
    assert titles(page) == ["Na de intake: mevrouw Van der Meer-de Wit"]
    page.search.setText("linde")
    assert len(titles(page)) == 1
    page.search.setText("zzz (* OR")
    assert titles(page) == []
    assert page.empty.text() == "Niets past bij wat er getypt is."


def test_copy_opens_the_paper_with_kopie(room: Room, office: Member) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    room.open("letter", letter_id=letter.id)
    room.button("Kopie").click()
    name, arguments = room.opened[-1]
    assert (name, arguments["title"]) == ("preview", "Kopie van de brief")


def test_every_control_of_the_letter_page_has_a_name(room: Room, office: Member) -> None:
    room.open("write_letter", voucher_id=a_case(office).id, moment="intake")
    page = room.letter()
    for button in page.findChildren(QPushButton):
        assert button.accessibleName()


def test_cards_open_as_previews(room: Room, office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    appointment = Appointment(
        voucher=voucher, person=voucher.person_id, starts_at=datetime(2026, 11, 12, 10), place="home", coach=office.id
    )
    add_row(appointment)
    for name, arguments in (("appointment_card", {"appointment_id": appointment.id}), ("day_sheet", {}),
                            ("blank_intake", {})):
        page = room.open(name, **arguments)
        assert isinstance(page, Preview)
        assert page.page_count() >= 1
    assert not isinstance(room.open("appointment_card", appointment_id=999), Preview)
    assert room.told


@pytest.mark.parametrize(("press", "state"), [("approve", "concept"), ("fix", "fixed")])
def test_a_word_that_nobody_meant_is_asked_about_before_it_is_fixed(
    room: Room, office: Member, press: str, state: str
) -> None:
    """Typed before this was asked, or come in by another way."""
    letter = write_letter(office, a_case(office, coach=office.id).id, "intake")
    letter.content = letter.content.replace("Mevrouw doet mee", "Mevrouw is somber door haar diabetes en doet mee")
    add_row(letter)
    room.open("letter", letter_id=letter.id)
    page = room.letter()
    getattr(page, press)()
    assert "“diabetes”" in page.notice.text()
    assert Letter.get_by_id(letter.id).approved_by_id is None
    page.notice.answers()[0].click()
    kept = Letter.get_by_id(letter.id)
    assert (kept.state, kept.approved_by_id) == (state, office.id)
