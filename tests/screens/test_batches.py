"""Printing letters together by keyboard: choose, look, addresses, print, say what came out well, envelopes."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions.batches import note_printed, start_batch
from desktop.actions.letter_correcting import withdraw_letter
from desktop.actions.letters import approve_letter, write_letter
from desktop.rules.staff import Member
from desktop.screens import batch_steps as steps
from desktop.screens import batches, labels, tasks
from desktop.screens.batches import BatchPage
from desktop.screens.labels import LabelsPage
from desktop.storage import changes
from desktop.storage.models import Batch, Dispatch, Letter, LetterPdf, Organisation, Practice
from desktop.widgets import printing
from tests.actions.test_batches import fixed, move, pile
from tests.actions.test_letters import a_case, withdraw_consent
from tests.factory import add_practice
from tests.screens.room import Room
from tests.widgets.test_printing import RunsOut

PAGES = {**batches.PAGES, **labels.PAGES, **tasks.PAGES}


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Iterator[Room]:
    made = Room(qtbot, office, PAGES)
    yield made
    made.desk.close()


def to_file(printer: QPrinter, path: Path, dots: int = 72) -> QPrinter:
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(dots)
    return printer


def on_paper(path: Path) -> int:
    """How many sheets came out."""
    return len(PdfReader(path).pages)


def start(room: Room, path: Path, printer: QPrinter | None = None) -> BatchPage:
    page: BatchPage = room.open("batch")
    page.choose_printer = lambda _parent: to_file(printer or QPrinter(), path)
    return page


def look(room: Room) -> None:
    """From choosing to looking at them."""
    with room.work_done():
        room.save()


def print_all(room: Room, page: BatchPage) -> None:
    """From looking at them to the question how they came out."""
    look(room)
    room.save()
    with room.work_done():
        room.save()
    room.qtbot.waitUntil(lambda: page.job is None and isinstance(page.step, (steps.Ask, steps.Finish)), timeout=20_000)


def rename_organisation(name: str) -> None:
    with changes.deed(None, "organisation renamed by a test"):
        found = Organisation.get()
        found.name = name
        found.save()


def states() -> list[str]:
    return sorted(letter.state for letter in Letter.select())


def rows(page: BatchPage) -> list[str]:
    assert isinstance(page.step, (steps.Ask, steps.LookAt))
    return [row.title for row in page.step.rows.rows()]


def answer(room: Room, page: BatchPage, last_good: int) -> None:
    """Walk to the last good letter and say so with Enter."""
    assert isinstance(page.step, steps.Ask)
    room.go_to("De laatste brief die goed is")
    page.step.rows.select(last_good)
    with room.work_done():
        room.press(Qt.Key.Key_Return)


def test_from_choosing_to_the_envelopes_by_keyboard(room: Room, office: Member, tmp_path: Path) -> None:
    pile(office)
    page = start(room, tmp_path / "stapel.pdf")
    assert "4 brieven gekozen" in room.texts()
    print_all(room, page)
    assert "Kwamen alle 4 brieven er goed uit?" in room.texts()
    assert states() == ["fixed"] * 4
    assert on_paper(tmp_path / "stapel.pdf") == 6  # two cover slips
    with room.work_done():
        room.save()
    assert "4 brieven zijn verstuurd." in room.texts()
    assert "Huisartsenpraktijk Aan de Linde: 2 brieven" in room.texts()
    assert states() == ["sent"] * 4
    room.click("Etiketten of enveloppen")
    name, arguments = room.opened[-1]
    assert (name, len(arguments["practice_ids"])) == ("labels", 2)


def test_only_what_goes_by_paper_is_ticked_and_the_space_bar_ticks_a_practice(room: Room, office: Member) -> None:
    by_mail = add_practice("Aan de Mail", agb=None, letter_way="pdf")
    mailed, (printed,) = fixed(office, by_mail).id, pile(office, 1)
    page: BatchPage = room.open("batch")
    assert isinstance(page.step, steps.Choose)
    assert page.step.ticks.ticked() == [printed]
    room.go_to("Af te drukken brieven")
    room.press(Qt.Key.Key_Space)
    assert page.step.ticks.ticked() == [mailed, printed]
    room.click("Geen")
    room.qtbot.waitUntil(lambda: "0 brieven gekozen" in room.texts())
    assert page.primary is not None
    assert not page.primary.isEnabled()


def test_letters_can_be_chosen_beforehand(room: Room, office: Member) -> None:
    first, second = pile(office, 2)
    page: BatchPage = room.open("batch", letter_ids=(second,))
    assert isinstance(page.step, steps.Choose)
    assert page.step.ticks.ticked() == [second]
    assert first in page.step.ticks.keys()  # noqa: SIM118 - no dict


def test_one_that_is_not_right_is_left_out_while_looking(room: Room, office: Member, tmp_path: Path) -> None:
    pile(office, 3)
    page = start(room, tmp_path / "stapel.pdf")
    look(room)
    assert len(rows(page)) == 3
    room.press(Qt.Key.Key_Down)
    room.press(Qt.Key.Key_Delete)
    assert len(rows(page)) == 2
    room.save()
    assert "Er is geen adres veranderd" in room.texts()
    with room.work_done():
        room.save()
    room.qtbot.waitUntil(lambda: isinstance(page.step, steps.Ask))
    assert Dispatch.select().count() == 2


def test_approved_concepts_are_shown_and_fixed_when_printed(room: Room, office: Member, tmp_path: Path) -> None:
    concept = write_letter(office, a_case(office).id, "intake")
    approve_letter(office, concept.id)
    page = start(room, tmp_path / "stapel.pdf")
    assert "Brieven met akkoord worden vastgezet" in room.texts()
    look(room)
    assert isinstance(page.step, steps.LookAt)
    assert page.step.paper.complaint() == ""
    assert LetterPdf.select().count() == 0
    room.save()
    with room.work_done():
        room.save()
    room.qtbot.waitUntil(lambda: isinstance(page.step, steps.Ask))
    assert Letter.get().state == "fixed"


def test_a_new_address_is_seen_and_a_stale_letter_is_named(room: Room, office: Member, tmp_path: Path) -> None:
    practice = add_practice()
    fixed(office, practice)
    page = start(room, tmp_path / "stapel.pdf")
    print_all(room, page)
    with room.work_done():
        room.save()
    stale = fixed(office, practice)
    move(practice, "Dreef")
    fixed(office, practice)
    page = start(room, tmp_path / "stapel.pdf")
    look(room)
    assert f"{stale.voucher.number}, {practice.name}" in room.texts()
    room.save()
    assert "Klopt het nieuwe adres?" in room.texts()
    assert "Dreef 4" in room.texts()
    assert "Lindelaan 4" in room.texts()


def test_a_practice_without_an_address_stays_out_until_its_address_is_completed(room: Room, office: Member) -> None:
    good, lost = add_practice(), add_practice("Het Dok", agb=None, street="zwervend", number="")
    fixed(office, good)
    approve_letter(office, write_letter(office, a_case(office, practice=lost).id, "intake").id)
    unread = write_letter(office, a_case(office, practice=good).id, "intake")
    page: BatchPage = room.open("batch")
    assert "Nog niet klaar om af te drukken" in room.texts()
    assert f"{unread.voucher.number}, {good.name}: De coach geeft eerst akkoord" in room.texts()
    assert isinstance(page.step, steps.Choose)
    page.step.ticks.tick(page.step.ticks.keys())
    look(room)
    assert isinstance(page.step, steps.LookAt)
    assert "Naar Het Dok kan geen post. “zwervend” is geen adres." in room.texts()
    assert len(page.step.letter_ids()) == 1
    room.click("Adres aanvullen")
    assert room.opened[-1] == ("edit_practice", {"practice_id": lost.id})
    with changes.deed(None, "address completed by a test"):
        found = Practice.get_by_id(lost.id)
        found.street, found.number = "Havenkade", "2"
        found.save()
    with room.work_done():
        room.desk.changed.emit()
    assert "geen post" not in room.texts()
    seen = page.step
    assert isinstance(seen, steps.LookAt)
    assert len(seen.letter_ids()) == 2


def test_labels_name_an_address_that_is_none_and_lead_to_it(room: Room) -> None:
    lost = add_practice("Het Dok", agb=None, street="onbekend", number="")
    page: LabelsPage = room.open("labels", practice_ids=(lost.id,))
    assert page.ticks.ticked() == []
    page.ticks.tick(page.ticks.keys())
    page.draw()
    assert "Naar Het Dok kan geen post. “onbekend” is geen adres." in room.texts()
    assert page.pdf is None
    page.mend_button.click()
    assert room.opened[-1] == ("edit_practice", {"practice_id": lost.id})


def test_after_a_jam_printing_goes_on_after_the_last_good_letter(room: Room, office: Member, tmp_path: Path) -> None:
    pile(office)
    page = start(room, tmp_path / "stapel.pdf")
    print_all(room, page)
    answer(room, page, 1)
    assert "1 brief is verstuurd. 3 brieven moeten nog afgedrukt worden, vanaf brief 2." in room.texts()
    page.choose_printer = lambda _parent: to_file(QPrinter(), tmp_path / "verder.pdf")
    room.save()
    room.qtbot.waitUntil(lambda: page.job is None and isinstance(page.step, steps.Ask), timeout=20_000)
    assert on_paper(tmp_path / "verder.pdf") == 4  # the slip of the first practice lies on a good letter
    assert [title.split(":")[0] for title in rows(page)] == ["Brief 2", "Brief 3", "Brief 4"]
    with room.work_done():
        room.save()
    assert states() == ["sent"] * 4
    assert sorted(each.position for each in Dispatch.select()) == [1, 2, 3, 4]


def test_a_printer_that_gives_up_names_the_letter_and_asks_about_the_rest(
    room: Room, office: Member, tmp_path: Path
) -> None:
    pile(office)
    page = start(room, tmp_path / "stapel.pdf", RunsOut(3))
    print_all(room, page)  # slip, 1, 2, and then no more
    assert "De printer nam brief 3 niet aan, Zuiderpark." in room.texts()
    assert [title.split(":")[0] for title in rows(page)] == ["Brief 1", "Brief 2"]
    assert "Ja, alle 4" not in room.texts()
    assert states() == ["fixed"] * 4


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_leaves_everything_to_be_printed(
    room: Room, office: Member, tmp_path: Path
) -> None:
    pile(office, 2)
    page = start(room, tmp_path / "weg" / "stapel.pdf")
    print_all(room, page)
    assert "De printer nam brief 1 niet aan" in room.texts()
    assert "Nog niet verstuurd" in room.texts()
    assert "2 brieven moeten nog afgedrukt worden, vanaf brief 1." in room.texts()
    room.click("Een andere keer afdrukken")
    assert Batch.get().state == "stopped"
    assert "Stap 1 van 5" in room.texts()
    assert states() == ["fixed"] * 2


def test_stopped_halfway_it_asks_about_what_came_out(room: Room, office: Member, tmp_path: Path) -> None:
    pile(office)
    page = start(room, tmp_path / "stapel.pdf")
    page.choose_printer = lambda _parent: to_file(QPrinter(), tmp_path / "stapel.pdf", 300)  # slow enough to be stopped
    look(room)
    room.save()
    with room.work_done():
        room.save()
    room.qtbot.waitUntil(lambda: isinstance(page.step, steps.Run) and page.step.bar.value() >= 3)
    assert "3 van 4, Zuiderpark" in room.texts()
    assert not page.may_close()
    assert "Stop eerst" in page.notice.text()
    room.go_to("Stoppen met afdrukken")
    room.press(Qt.Key.Key_Space)
    assert "Je stopte bij brief 3, Zuiderpark." in room.texts()
    assert rows(page)
    assert states() == ["fixed"] * 4


def test_locking_stops_the_printer_and_the_question_stays(room: Room, office: Member, tmp_path: Path) -> None:
    pile(office)
    page = start(room, tmp_path / "stapel.pdf")
    look(room)
    room.save()
    with room.work_done():
        room.save()
    room.qtbot.waitUntil(lambda: page.job is not None)
    page.unfinished()
    assert page.job is None
    assert states() == ["fixed"] * 4
    again: BatchPage = room.open("batch")
    assert isinstance(again.step, steps.Ask)


def test_locked_while_letters_are_made_ready_nothing_is_printed(room: Room, office: Member, tmp_path: Path) -> None:
    pile(office, 2)
    page = start(room, tmp_path / "stapel.pdf")
    look(room)
    room.save()
    with room.work_done():
        room.save()
        page.unfinished()
    assert page.job is None
    assert not (tmp_path / "stapel.pdf").exists()
    page.refresh()  # back after the lock
    assert "Een stapel van 2 brieven is niet bevestigd." in room.texts()


def test_after_a_kill_it_asks_before_anything_else(room: Room, office: Member) -> None:
    batch = start_batch(office, pile(office))
    note_printed(office, batch.id, 2)
    page: BatchPage = room.open("batch")
    assert "Een stapel van 4 brieven is niet bevestigd." in room.texts()
    assert "F. Yıldız begon ermee op" in room.texts()
    assert "Tot en met welke brief kwamen ze er goed uit?" in room.texts()
    assert "Ja, alle 4" not in room.texts()  # nobody knows whether the printer had them all
    assert isinstance(page.step, steps.Ask)
    assert page.step.rows.current_key() == 2
    answer(room, page, 2)
    assert states() == ["fixed", "fixed", "sent", "sent"]


def test_what_came_out_in_whole_is_asked_about_in_one_word_later_too(room: Room, office: Member) -> None:
    batch = start_batch(office, pile(office))
    note_printed(office, batch.id, 4)
    room.open("batch")
    assert "Ja, alle 4" in room.texts()


def test_letters_about_one_voucher_are_told_apart_and_the_page_fits_the_screen(
    room: Room, office: Member, tmp_path: Path
) -> None:
    ids = pile(office, 2)
    page = start(room, tmp_path / "stapel.pdf")
    look(room)
    frame = page.parentWidget()
    assert isinstance(page.step, steps.LookAt)
    assert frame is not None
    assert all("na de intake" in row.subtitle for row in page.step.rows.rows())
    room.qtbot.waitUntil(lambda: 0 < page.height() <= frame.height())
    start_batch(office, ids)
    again: BatchPage = room.open("batch")
    assert isinstance(again.step, steps.Ask)
    assert all("na de intake" in row.subtitle for row in again.step.rows.rows())


def test_to_do_says_so_too(room: Room, office: Member) -> None:
    start_batch(office, pile(office))
    page = room.open("tasks")
    (row,) = [row for row in page.rows.rows() if "stapel" in row.title]
    assert (row.title, row.action) == ("Een stapel van 4 brieven is niet bevestigd", "Zeg wat goed is")
    page.rows.select(row.key)
    page.rows.setFocus()
    room.press(Qt.Key.Key_Return)
    assert room.opened[-1] == ("batch", {})


def test_withdrawn_while_it_lay_in_the_printer_must_come_out_of_the_pile(
    room: Room, office: Member, tmp_path: Path
) -> None:
    pile(office, 2)
    page = start(room, tmp_path / "stapel.pdf")
    print_all(room, page)
    first = Letter.select().order_by(Letter.id).get()
    withdraw_letter(office, first.id, "verkeerde datum")
    with room.work_done():
        room.save()
    assert "Haal deze brieven uit de stapel" in room.texts()
    assert "1 brief is verstuurd." in room.texts()
    assert states() == ["fixed", "sent"]


def test_when_no_letter_may_go_at_its_turn_the_batch_is_over_and_says_why(
    room: Room, office: Member, tmp_path: Path
) -> None:
    (letter,) = pile(office, 1)
    start_batch(office, [letter])
    page = start(room, tmp_path / "stapel.pdf")
    with room.work_done():
        page.confirm(0)
    withdraw_consent(Letter.get_by_id(letter).voucher)
    room.click("Verder afdrukken vanaf brief 1")
    room.qtbot.waitUntil(lambda: page.job is None and isinstance(page.step, steps.Choose))
    assert "geen toestemming om terug te koppelen" in room.texts()
    assert (Batch.get().state, states()) == ("stopped", ["fixed"])


def test_when_every_letter_went_another_way_the_batch_is_over(room: Room, office: Member) -> None:
    (letter,) = pile(office, 1)
    start_batch(office, [letter])
    withdraw_letter(office, letter, "niet meer nodig")
    room.open("batch")
    assert Batch.get().state == "stopped"
    assert "Er ligt geen brief klaar om af te drukken." in room.texts()


def test_the_rest_is_withdrawn_before_it_is_printed_on(room: Room, office: Member, tmp_path: Path) -> None:
    pile(office, 2)
    page = start(room, tmp_path / "stapel.pdf")
    print_all(room, page)
    answer(room, page, 1)
    rest = Letter.select().where(Letter.state == "fixed").get()
    withdraw_letter(office, rest.id, "niet meer nodig")
    page.choose_printer = lambda _parent: to_file(QPrinter(), tmp_path / "verder.pdf")
    room.save()
    room.qtbot.waitUntil(lambda: page.job is None and Batch.get().state == "stopped")
    assert not (tmp_path / "verder.pdf").exists()
    assert states() == ["fixed", "sent"]


def test_stopping_while_other_work_writes_waits_and_then_begins_anew(room: Room, office: Member) -> None:
    batch = start_batch(office, pile(office))
    note_printed(office, batch.id, 2)
    page: BatchPage = room.open("batch")
    with room.work_done():
        room.desk.perform_in_background(lambda _by, _progress: None, title="Bezig", done=lambda _none: None)
        page.stop_batch()
        page.stop_batch()  # pressed twice
    assert isinstance(page.step, steps.Choose)
    assert room.troubled == []


def test_pressing_twice_starts_one_batch(room: Room, office: Member, tmp_path: Path) -> None:
    pile(office, 2)
    page = start(room, tmp_path / "stapel.pdf")
    look(room)
    room.save()
    with room.work_done():
        room.save()
        room.save()
    room.qtbot.waitUntil(lambda: isinstance(page.step, steps.Ask))
    assert Batch.select().count() == 1


def test_labels_from_a_sheet_that_was_begun(room: Room) -> None:
    practice = add_practice()
    page = room.open("labels", practice_ids=(practice.id,))
    room.type_in("Eerste etiket op het vel", "24")
    page.draw()
    assert printing.open_pdf(page.pdf).document.pageCount() == 1
    room.qtbot.waitUntil(lambda: 0 < page.height() <= page.parentWidget().height())  # its buttons are in sight
    room.go_to("Adressen")
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Space):
        room.press(key)  # the whole practice, those who work there too
    page.draw()
    assert printing.open_pdf(page.pdf).document.pageCount() == 2
    room.save()
    name, arguments = room.opened[-1]
    assert (name, arguments["file_name"]) == ("preview", "etiketten.pdf")
    room.type_in("Eerste etiket op het vel", "25")
    page.draw()
    assert "24 etiketten" in room.texts()
    assert page.pdf is None


def test_locked_before_the_labels_are_drawn_again_nothing_happens(room: Room) -> None:
    add_practice()
    page: LabelsPage = room.open("labels")
    page.ticks.tick(page.ticks.keys())
    room.desk.by = None
    page.draw()
    assert page.pdf is None
    assert room.troubled == []


def test_without_an_address_nothing_is_printed(room: Room) -> None:
    add_practice()
    page = room.open("labels")
    assert "Kies ten minste één adres." in room.texts()
    assert not page.show_button.isEnabled()
    assert Practice.select().count() == 1
    assert QApplication.focusWidget() is page.ticks


def test_a_slip_that_cannot_be_printed_leaves_the_letters_in_the_question(
    room: Room, office: Member, tmp_path: Path
) -> None:
    practice = add_practice()
    fixed(office, practice)
    page = start(room, tmp_path / "stapel.pdf")
    look(room)
    room.save()
    room.qtbot.waitUntil(lambda: isinstance(page.step, steps.Addresses))
    rename_organisation("Welzijn 𒀀")
    with room.work_done():
        room.save()
    room.qtbot.waitUntil(lambda: page.job is None and isinstance(page.step, steps.Ask))
    assert f"Omslag, {practice.name}: Deze tekens kunnen niet worden afgedrukt: 𒀀" in room.texts()
    assert len(rows(page)) == 1
    assert on_paper(tmp_path / "stapel.pdf") == 1


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_window_lives_while_five_hundred_letters_are_printed(room: Room, office: Member, tmp_path: Path) -> None:
    """From the list to the last letter that was sent: for how long the window did nothing else at most."""
    practices = [add_practice(f"Praktijk {number}", agb=None) for number in range(20)]
    for number in range(500):
        fixed(office, practices[number % 20])
    gaps: dict[str, float] = {}
    step, last = ["opening"], [perf_counter()]

    def beat() -> None:
        now = perf_counter()
        gaps[step[0]] = max(gaps.get(step[0], 0.0), now - last[0])
        last[0] = now

    heart = QTimer(interval=5)
    heart.timeout.connect(beat)
    heart.start()
    page = start(room, tmp_path / "stapel.pdf")
    page.choose_printer = lambda _parent: to_file(QPrinter(), tmp_path / "stapel.pdf", dots=300)
    for name, done in (
        ("looking over", lambda: isinstance(page.step, steps.LookAt)),
        ("addresses", lambda: isinstance(page.step, steps.Addresses)),
        ("printing", lambda: isinstance(page.step, steps.Ask)),
        ("confirming", lambda: isinstance(page.step, steps.Finish)),
    ):
        beat()
        step[0] = name
        room.save()
        room.qtbot.waitUntil(done, timeout=900_000)
    beat()
    longest = ", ".join(f"{name} {1000 * gap:.0f} ms" for name, gap in gaps.items())
    print(f"\n500 letters printed together, the window waited at most: {longest}")  # noqa: T201

    assert states() == ["sent"] * 500
    assert on_paper(tmp_path / "stapel.pdf") == 520
