"""A signal, a progress letter and a copy in the practice organisation, by keyboard in the real window."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from desktop.actions.exercise import fill_exercise, make_exercise
from desktop.actions.letter_state import fixed_bytes
from desktop.app import make_application
from desktop.rules.exercise import PASSWORD, SIGN_IN_NAME
from desktop.settings import Settings
from desktop.storage import keys
from desktop.storage.models import Letter
from tests import steps
from tests.drive import Driver, close, running, says

SENTENCE = "Het huis was koud en er was geen eten."


@pytest.fixture
def staff(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    """Somebody signed in at the practice organisation."""
    make_application([], Settings.in_memory())
    entered = make_exercise(tmp_path / "oefenen")
    fill_exercise(entered.member)
    entered.session.close()
    with running(tmp_path / "oefenen", "exercise") as driver:
        driver.program.enter(keys.sign_in(driver.program.folder, SIGN_IN_NAME, PASSWORD))
        yield driver
        close(driver)


def words_of(letter: Letter) -> str:
    return " ".join(PdfReader(BytesIO(fixed_bytes(letter))).pages[0].extract_text().split())


def rows(staff: Driver) -> str:
    staff.window.show_place("letters")
    return " | ".join(says(row) for row in staff.rows())


def test_signal_from_a_worry_to_the_practice_and_the_other_letter_stays_owed(staff: Driver, tmp_path: Path) -> None:
    assert "Signaal: Robin d'Hondt" in rows(staff)
    steps.write_signal(staff, "Robin d'Hondt", "o", SENTENCE)
    steps.approve_and_fix(staff)
    steps.send_as_pdf(staff, tmp_path / "brieven")
    letter = Letter.select().order_by(Letter.id.desc()).get()
    assert (letter.moment, letter.state, letter.ground) == ("signal", "sent", "meldcode")
    page = words_of(letter)
    assert SENTENCE in page
    assert "op grond van de Meldcode" in page
    assert "Alleen als daarvoor toestemming is." in page
    now = rows(staff)
    assert "Signaal: Robin d'Hondt" not in now
    assert "Aangekomen: Robin d'Hondt" in now


def test_signal_locked_halfway_waits_for_its_writer(staff: Driver) -> None:
    staff.window.show_place("letters")
    staff.do("Signaal: Robin d'Hondt")
    staff.fill("Wat de praktijk moet weten", SENTENCE)
    staff.press("Ctrl+L")
    assert not staff.sees(SENTENCE)
    staff.fill("Aanmeldnaam", SIGN_IN_NAME)
    staff.fill("Wachtwoord", PASSWORD)
    staff.press("Return")
    staff.wait_idle()
    staff.wait(lambda: not staff.window.covered())
    assert staff.sees(SENTENCE)
    before = Letter.select().count()
    staff.press("Escape")
    staff.look_for("nog niet opgeslagen")
    assert Letter.select().count() == before


def test_progress_letter_goes_out_with_the_count_and_its_copy_after_it(staff: Driver, tmp_path: Path) -> None:
    steps.write_letter(staff, "Voortgang: de heer Mulder")
    steps.approve_and_fix(staff)
    steps.send_as_pdf(staff, tmp_path / "brieven")
    letter = Letter.select().where(Letter.state == "sent").order_by(Letter.id.desc()).get()
    assert letter.moment == "progress"
    assert "een eettafel in de wijk: 3 van 12 keer" in words_of(letter)
    copy = Letter.get(Letter.copy_of == letter.id)
    assert copy.state == "fixed"
    assert "Geachte dokter Van Loon," in words_of(copy)
    staff.window.show_place("letters")
    staff.push("Klaar om te versturen 2")
    staff.do("Voortgang (afschrift voor de verwijzer): de heer Mulder")
    steps.send_as_pdf(staff, tmp_path / "brieven")
    assert Letter.get_by_id(copy.id).state == "sent"
    assert "Voortgang: de heer Mulder" not in rows(staff)
