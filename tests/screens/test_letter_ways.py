"""Each way out of the building: text, PDF, paper. Nothing is sent before somebody says so, nothing is lost halfway."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions.letter_sending import fix_letter
from desktop.actions.letters import write_letter
from desktop.rules.staff import Member
from desktop.screens import letter_ways, letters, people
from desktop.screens.letter import LetterPage
from desktop.screens.letter_ways import FOLDER
from desktop.storage import changes
from desktop.storage.changes import Audit
from desktop.storage.models import Dispatch, Letter, Practice
from desktop.widgets import preview
from desktop.widgets.clipboard import ClipboardGuard
from tests.actions.test_letters import a_case, withdraw_consent
from tests.drive import wait_until
from tests.factory import add_practice
from tests.screens.room import Room

PASSWORD = "molen-kaars-7421"


@pytest.fixture
def room(office: Member, qtbot: QtBot) -> Iterator[Room]:
    made = Room(qtbot, office, {**letters.PAGES, **people.PAGES})
    yield made
    made.desk.close()


def fixed(by: Member, at: Practice | None = None, **agreed: Any) -> Letter:
    """A letter of one more case, ready to go to a practice that agreed to this."""
    practice = at or add_practice(**agreed)
    return fix_letter(by, write_letter(by, a_case(by, practice=practice).id, "intake").id)


def page_of(room: Room, letter: Letter) -> LetterPage:
    page = room.open("letter", letter_id=letter.id)
    assert isinstance(page, LetterPage)
    return page


def answer(page: LetterPage, text: str) -> None:
    wait_until(page.ready, 5_000)
    next(each for each in page.notice.answers() if each.text() == text).click()


def pasted() -> str:
    return QGuiApplication.clipboard().text()


# ---- text


def test_text_stays_on_the_clipboard_until_it_was_sent_also_on_another_page(
    room: Room, office: Member, qtbot: QtBot
) -> None:
    guard = ClipboardGuard(stays=1, copied_here=lambda: True)
    letter = fixed(office)
    page = page_of(room, letter)
    page.hand_out("text")
    assert not guard.counting()
    assert page.notice.text() == "De tekst staat op het klembord. Is hij geplakt en verstuurd?"
    room.open("person", person_id=letter.person_id)
    assert pasted().startswith("Betreft: mw. A. van der Meer-de Wit")
    back = page_of(room, letter)
    assert back.notice.text() == "De tekst staat op het klembord. Is hij geplakt en verstuurd?"
    answer(back, "Ja, verstuurd")
    assert Letter.get().state == "sent"
    assert pasted() == ""


def test_a_second_enter_at_once_does_not_say_that_it_was_sent(room: Room, office: Member) -> None:
    page = page_of(room, fixed(office))
    page.ways["text"].setFocus()
    room.press(Qt.Key.Key_Return)
    room.press(Qt.Key.Key_Return)
    room.save()
    assert Letter.get().state == "fixed"
    room.qtbot.waitUntil(page.ready)
    room.press(Qt.Key.Key_Return)
    assert Letter.get().state == "sent"


def test_not_sent_takes_the_text_off_and_the_letter_waits_as_before(room: Room, office: Member) -> None:
    page = page_of(room, fixed(office))
    page.hand_out("text")
    answer(page, "Nee, niet verstuurd")
    assert pasted() == ""
    assert Dispatch.select().count() == 0
    assert Letter.get().state == "fixed"
    assert page.notice.answers() == []
    assert page.ways["text"].isEnabled()


def test_not_yet_keeps_the_text_and_the_question(room: Room, office: Member) -> None:
    page = page_of(room, fixed(office))
    page.hand_out("text")
    answer(page, "Nog niet")
    assert "Stand van zaken" in pasted()
    page.refresh()
    assert page.notice.answers()
    assert Letter.get().state == "fixed"


def test_after_the_lock_it_says_that_the_text_is_gone(room: Room, office: Member) -> None:
    guard = ClipboardGuard(copied_here=lambda: True)
    page = page_of(room, fixed(office))
    page.hand_out("text")
    guard.clear()
    page.refresh()
    assert pasted() == ""
    assert page.notice.text() == "De tekst staat niet meer op het klembord. Is hij geplakt en verstuurd?"


def test_what_another_program_copied_meanwhile_stays_after_confirming(room: Room, office: Member) -> None:
    page = page_of(room, fixed(office))
    page.hand_out("text")
    QGuiApplication.clipboard().setText("uit een andere brief")
    answer(page, "Ja, verstuurd")
    assert pasted() == "uit een andere brief"
    QGuiApplication.clipboard().clear()


def test_a_letter_that_may_not_go_reaches_neither_clipboard_nor_folder(
    room: Room, office: Member, tmp_path: Path
) -> None:
    QGuiApplication.clipboard().clear()
    letter = fixed(office)
    page = page_of(room, letter)
    room.office.settings.set(FOLDER, str(tmp_path))
    withdraw_consent(letter.voucher)
    for way in ("text", "pdf"):
        page.hand_out(way)
        assert "toestemming" in page.notice.text()
    assert pasted() == ""
    assert list(tmp_path.glob("*.pdf")) == []
    assert Dispatch.select().count() == 0


# ---- PDF


def test_the_folder_is_asked_once_and_the_name_of_the_file_names_nobody(
    room: Room, office: Member, tmp_path: Path
) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    letter = fixed(office)
    page = page_of(room, letter)
    asked: list[str] = []

    def choose(_parent: object, before: str) -> str:
        asked.append(before)
        return str(folder)

    page.sending.choose_folder = choose
    page.hand_out("pdf")
    page.hand_out("pdf")
    name = f"brief-{letter.voucher.number}-{letter.id}"
    assert asked == [""]
    assert sorted(path.name for path in folder.iterdir()) == [f"{name} (2).pdf", f"{name}.pdf"]
    assert (folder / f"{name}.pdf").read_bytes() == page.opened.pdf  # type: ignore[union-attr]
    assert room.said[-1] == f"Bewaard in {folder}; nog niet bevestigd als verstuurd"
    assert Dispatch.select().count() == 1
    answer(page, "Ja, verstuurd")
    assert Letter.get().state == "sent"


def test_no_folder_chosen_means_nothing_happened(room: Room, office: Member) -> None:
    page = page_of(room, fixed(office))
    page.sending.choose_folder = lambda _parent, _before: ""
    page.hand_out("pdf")
    assert Dispatch.select().count() == 0
    assert page.notice.answers() == []


def test_a_folder_that_is_gone_is_told_and_another_asked(room: Room, office: Member, tmp_path: Path) -> None:
    page = page_of(room, fixed(office))
    room.office.settings.set(FOLDER, str(tmp_path / "weg"))
    page.sending.choose_folder = lambda _parent, _before: ""
    page.hand_out("pdf")
    assert page.notice.text() == f"De map {tmp_path / 'weg'} is er niet meer. Kies een andere map."
    assert Dispatch.select().count() == 0
    page.sending.choose_folder = lambda _parent, _before: str(tmp_path)
    page.hand_out("pdf")
    assert len(list(tmp_path.glob("brief-*.pdf"))) == 1


def test_a_disk_that_is_full_leaves_no_file_and_marks_nothing(
    room: Room, office: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(room, fixed(office))
    room.office.settings.set(FOLDER, str(tmp_path))
    monkeypatch.setattr(preview, "write_file", lambda _path, _content: False)
    page.hand_out("pdf")
    assert "misschien is de schijf vol" in page.notice.text()
    assert Dispatch.select().count() == 0
    assert not Audit.select().where(Audit.name == "letter handed out").exists()


def test_a_practice_with_a_password_gets_a_locked_pdf_and_the_kept_bytes_stay_open(
    room: Room, office: Member, tmp_path: Path, qtbot: QtBot
) -> None:
    letter = fixed(office, pdf_password=PASSWORD)
    page = page_of(room, letter)
    room.office.settings.set(FOLDER, str(tmp_path))
    page.hand_out("pdf")
    (made,) = tmp_path.glob("brief-*.pdf")
    assert PdfReader(made).is_encrypted
    page_out = PdfReader(BytesIO(made.read_bytes()), password=PASSWORD).pages[0].extract_text()
    assert "Mevrouw doet mee." in " ".join(page_out.split())
    kept = page.opened.pdf  # type: ignore[union-attr]
    assert kept is not None
    assert not PdfReader(BytesIO(kept)).is_encrypted
    qtbot.waitUntil(lambda: "wachtwoord van de praktijk" in room.texts())
    assert PASSWORD not in room.texts()


def test_paper_is_never_locked(room: Room, office: Member) -> None:
    page = page_of(room, fixed(office, pdf_password=PASSWORD))
    printed: list[bytes] = []
    page.sending.choose_printer = lambda _parent: QPrinter()
    page.sending.print_pdf = lambda pdf, _printer: not printed.append(pdf)  # type: ignore[func-returns-value]
    page.hand_out("print")
    assert not PdfReader(BytesIO(printed[0])).is_encrypted
    assert Dispatch.get().way == "print"


def test_many_are_saved_in_one_go_and_what_was_written_before_it_stopped_counts(
    room: Room, office: Member, tmp_path: Path
) -> None:
    practice = add_practice()
    made = [fixed(office, practice) for _n in range(3)]
    withdraw_consent(made[1].voucher)
    room.office.settings.set(FOLDER, str(tmp_path))
    page = page_of(room, made[0])
    with room.work_done():
        page.sending.save_all([letter.id for letter in made])
    assert [each.letter_id for each in Dispatch.select()] == [made[0].id]
    assert len(list(tmp_path.glob("brief-*.pdf"))) == 1
    with room.work_done():
        page.sending.save_all([made[0].id, made[2].id])
    assert room.said[-1] == "2 PDF's bewaard; nog niet bevestigd als verstuurd"
    assert Dispatch.select().count() == 2
    assert Letter.select().where(Letter.state == "sent").count() == 0


def test_who_left_the_page_hears_in_the_window_why_saving_stopped(
    room: Room, office: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = fixed(office)
    room.office.settings.set(FOLDER, str(tmp_path))
    monkeypatch.setattr(preview, "write_file", lambda _path, _content: False)  # the disk is full
    room.open("letters")
    page = page_of(room, letter)
    with room.work_done():
        page.sending.save_all([letter.id])
        leave(room)
    assert room.troubled == [
        "Het bestand kon daar niet worden bewaard: misschien is de schijf vol. Er is niets verstuurd."
    ]


def test_a_letter_that_was_left_while_its_deed_waited_tells_the_window(room: Room, office: Member) -> None:
    letter = fixed(office)
    withdraw_consent(letter.voucher)
    room.open("letters")
    page = page_of(room, letter)
    with room.work_done():
        room.desk.perform_in_background(lambda _by, _progress: None, title="Bezig", done=lambda _none: None)
        page.hand_out("text")
        page.fix()
        leave(room)
    assert len(room.troubled) == 2
    assert pasted() == ""


def leave(room: Room) -> None:
    """Back to the page before, and nothing is left of this one."""
    room.window.go_back()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_saving_many_that_is_stopped_leaves_no_letter_halfway(room: Room, office: Member, tmp_path: Path) -> None:
    practice = add_practice()
    made = [fixed(office, practice).id for _n in range(4)]
    room.office.settings.set(FOLDER, str(tmp_path))
    page = page_of(room, Letter.get_by_id(made[0]))
    with room.work_done():
        page.sending.save_all(made)
        room.desk.cancel()
    assert len(list(tmp_path.glob("brief-*.pdf"))) == Dispatch.select().count() < 4


def test_a_folder_nobody_may_write_in_is_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _how: False)
    assert "kan niets worden bewaard" in letter_ways.folder_trouble(tmp_path)


def test_the_way_out_by_keyboard(room: Room, office: Member, tmp_path: Path) -> None:
    letter = fixed(office, letter_way="pdf")
    page = page_of(room, letter)
    page.sending.choose_folder = lambda _parent, _before: str(tmp_path)
    room.save()
    assert page.notice.text() == "Is de PDF naar de praktijk verstuurd?"
    room.qtbot.waitUntil(page.ready)
    room.press(Qt.Key.Key_Return)
    assert Letter.get().state == "sent"


def test_a_letter_that_post_cannot_bring_leads_to_the_address_and_may_go_as_text(room: Room, office: Member) -> None:
    practice = add_practice("Het Dok", agb=None, street="", number="")
    letter = write_letter(office, a_case(office, practice=practice, coach=office.id).id, "intake")
    page = room.open("letter", letter_id=letter.id)
    assert "Naar Het Dok kan geen post. In het adres ontbreekt: straat, huisnummer." in room.texts()
    assert not page.primary.isEnabled()
    room.click("Adres aanvullen")
    assert room.opened[-1] == ("edit_practice", {"practice_id": practice.id})
    with changes.deed(None, "another way agreed by a test"):
        found = Practice.get_by_id(practice.id)
        found.letter_way = "text"
        found.save()
    room.desk.changed.emit()
    assert "geen post" not in room.texts()
    room.save()
    assert Letter.get_by_id(letter.id).state == "fixed"
    assert not page.ways["print"].isEnabled()
    assert page.ways["text"].isEnabled()
