"""A Friday afternoon by keyboard through the real window: three practices, three ways, until each one knows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.app import make_application
from desktop.rules.exercise import PASSWORD, SIGN_IN_NAME
from desktop.rules.friday import APPROVE, CONFIRM, FIX, SEND, SIGNAL, WRITE
from desktop.screens.friday import Friday
from desktop.screens.letter import LetterPage
from desktop.screens.signin import SignIn
from desktop.settings import Settings
from desktop.storage import changes
from desktop.storage.changes import Audit
from desktop.storage.models import Dispatch, Letter, Practice
from tests.drive import Driver, running
from tests.steps import enter, open_friday, signal_from_friday

WAYS = ("pdf", "text", "print")
MOST = 200  # presses of Enter until it counts as never ending


@pytest.fixture
def staff(tmp_path: Path, qapp: QApplication) -> Iterator[Driver]:
    """The practice organisation, its practices each with a way of their own."""
    make_application([], Settings.in_memory())
    before = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(1)
    with running(tmp_path / "data", "exercise") as driver:
        with changes.deed(None, "ways agreed by a test"):
            for number, practice in enumerate(Practice.select().order_by(Practice.id)):
                practice.letter_way = WAYS[number % len(WAYS)]
                practice.save()
        yield driver
    QApplication.setDoubleClickInterval(before)


def sent() -> int:
    return int(Letter.select().where(Letter.state == "sent").count())


def begun() -> int:
    return int(Dispatch.select().where(Dispatch.confirmed_at.is_null()).count())


def make_ready(staff: Driver, page: Friday) -> None:
    """Written, akkoord, fixed: Enter until the letter the keyboard stands on can go."""
    while (wait := page.standing()) is not None and wait.step in (WRITE, APPROVE, FIX):
        enter(staff, page)


def test_a_whole_friday_afternoon_by_enter_alone(staff: Driver, tmp_path: Path) -> None:
    page = open_friday(staff, tmp_path / "mail")
    already, saved = sent(), Dispatch.select().where(Dispatch.way == "pdf").count()
    for _n in range(MOST):
        wait, shown = page.standing(), page.text.toPlainText()
        if wait is None:
            break
        enter(staff, page)
        if wait.step == SIGNAL:
            signal_from_friday(staff)
            continue
        assert shown.startswith("Betreft: ")
    assert page.calm.text() == "Niemand wacht meer op bericht."
    assert page.left.isHidden()
    assert {row.pill for row in page.rows.rows()} == {"Weet het"}
    assert sent() > already
    assert begun() == 0
    ways = {dispatch.way for dispatch in Dispatch.select().where(Dispatch.confirmed_at.is_null(False))}
    assert ways == set(WAYS)
    written = list((tmp_path / "mail").glob("brief-*.pdf"))
    assert len(written) == Dispatch.select().where(Dispatch.way == "pdf").count() - saved
    assert QGuiApplication.clipboard().text() == ""


def test_letters_of_one_practice_go_into_the_folder_together_and_are_confirmed_together(
    staff: Driver, tmp_path: Path
) -> None:
    page = open_friday(staff, tmp_path / "mail")
    already = sent()
    first = next(group for group in page._groups if group.way == "pdf" and len(group.waits) > 1)
    page.rows.setFocus()
    for wait in first.waits:
        page.rows.select(wait.key)
        make_ready(staff, page)
    enter(staff, page)  # all of them into the folder
    stands = page.standing()
    assert stands is not None
    waiting = [wait for wait in page._at(stands).waits if wait.step == CONFIRM]
    assert len(waiting) >= len(first.waits)
    assert len(list((tmp_path / "mail").glob("brief-*.pdf"))) == len(waiting)
    assert sent() == already
    staff.press("A")
    staff.look_for(f"Zijn de {len(waiting)} brieven aan {first.name} verstuurd?")
    staff.press("Escape")
    assert sent() == already
    staff.press("A")
    staff.press("Return")
    staff.wait(page.ready)
    assert sent() == already + len(waiting)
    assert ("practice", first.id) in [row.key for row in page.rows.rows() if row.pill == "Weet het"]


def test_locked_halfway_nothing_is_sent_and_it_goes_on_where_it_was(staff: Driver, tmp_path: Path) -> None:
    page = open_friday(staff, tmp_path / "mail")
    already = sent()
    text = next(group for group in page._groups if group.way == "text").waits[0]
    page.rows.setFocus()
    page.rows.select(text.key)
    make_ready(staff, page)
    enter(staff, page)
    assert staff.sees("De tekst staat op het klembord. Is hij geplakt en verstuurd?")
    staff.press("Ctrl+L")
    assert staff.window.covered()
    assert QGuiApplication.clipboard().text() == ""
    sign = staff.window.findChild(SignIn)
    assert sign is not None
    sign.ask.group.set_values({"name": SIGN_IN_NAME, "password": PASSWORD})
    sign.ask.press()
    staff.wait_idle()
    staff.wait(lambda: not staff.window.covered())
    assert staff.page() is page
    staff.look_for("De tekst staat niet meer op het klembord. Is hij geplakt en verstuurd?")
    assert page.standing().key == text.key  # type: ignore[union-attr]
    assert sent() == already
    page.rows.setFocus()
    staff.press("R")
    assert QGuiApplication.clipboard().text().startswith("Betreft: ")
    staff.press("N")
    assert QGuiApplication.clipboard().text() == ""
    assert page.standing().step == SEND  # type: ignore[union-attr]


def test_changing_a_text_comes_back_to_the_same_place(staff: Driver, tmp_path: Path) -> None:
    page = open_friday(staff, tmp_path / "mail")
    staff.press("Down")
    enter(staff, page)
    stood = page.standing()
    staff.press("E")
    assert isinstance(staff.page(), LetterPage)
    staff.type("Nieuws. ")
    staff.press("Ctrl+S")
    staff.wait(lambda: "Nieuws." in Letter.select().order_by(Letter.id.desc()).get().content)
    staff.press("Escape")
    assert staff.page() is page
    assert page.standing().key == stood.key  # type: ignore[union-attr]
    staff.wait(lambda: "Nieuws." in page.text.toPlainText())
    assert page.rows.hasFocus()


def test_undo_takes_back_the_step_and_the_row_is_still_there(staff: Driver, tmp_path: Path) -> None:
    page = open_friday(staff, tmp_path / "mail")
    stood = page.standing()
    before = Letter.select().count()
    enter(staff, page)
    assert Letter.select().count() == before + 1
    staff.press("Ctrl+Z")
    assert Letter.select().count() == before
    assert page.standing() == stood


def test_walking_past_letters_draws_none_and_notes_each_look_once(staff: Driver, tmp_path: Path) -> None:
    page = open_friday(staff, tmp_path / "mail")
    page.show_text()
    page.show_text()
    looked = Audit.select().where(Audit.name == "letter text looked at")
    assert looked.count() == 1
    first = page.standing()
    staff.press("Down")
    page.show_text()
    assert page.standing() != first
    assert looked.count() == 2
    assert page.text.toPlainText().startswith("Betreft: ")
