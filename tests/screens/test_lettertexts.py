"""The coordinator changes what letters say, by keyboard: fields from the list, refusals beside the text, versions."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import clock
from desktop.actions.lettertexts import change_text
from desktop.rules.lettersamples import KINDS
from desktop.rules.lettertext_check import LetterTextDraft
from desktop.rules.lettertexts import text_of
from desktop.rules.staff import Member
from desktop.screens import lettertexts, settings
from desktop.screens.lettertexts import LetterTextPage, LetterTexts, LetterTextVersion
from desktop.screens.who import may_open
from desktop.storage.lettertexts import text_in_use
from desktop.storage.models import LetterText
from desktop.widgets.keeping import Kept
from tests.factory import add_member
from tests.screens.room import Room

CTRL = Qt.KeyboardModifier.ControlModifier


class Drawer:
    """Where unfinished texts lie in these tests."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, str]] = {}

    def keep(self, form_key: str, raw: dict[str, str]) -> None:
        self.kept[form_key] = raw

    def find(self, form_key: str) -> Kept | None:
        raw = self.kept.get(form_key)
        return Kept(raw, clock.now()) if raw is not None else None

    def forget(self, form_key: str) -> None:
        self.kept.pop(form_key, None)


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Iterator[Room]:
    made = Room(qtbot, office, {**lettertexts.PAGES, "settings": settings.SettingsPage})
    made.office.keep = Drawer()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made.window)
    yield made
    made.desk.close()


def opened(room: Room, kind: str = "declined") -> LetterTextPage:
    page: LetterTextPage = room.open("letter_text", kind=kind)
    room.qtbot.waitUntil(page.text.hasFocus)
    return page


def at_line(room: Room, number: int) -> None:
    """The cursor at the end of a line, counted from 1."""
    room.press(Qt.Key.Key_Home, CTRL)
    for _n in range(number - 1):
        room.press(Qt.Key.Key_Down)
    room.press(Qt.Key.Key_End)


def typed(room: Room, text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def test_the_list_shows_every_text_and_who_changed_one(room: Room, office: Member) -> None:
    change_text(office, LetterTextDraft(kind="declined", body=text_of("declined").replace("altijd", "later")))
    page: LetterTexts = room.open("letter_texts")
    rows = {row.title: row for row in page.rows.rows()}
    assert len(rows) == len(KINDS)
    assert rows["Aangekomen"].pill == "Zoals geleverd"
    own = next(row for row in page.rows.rows() if row.key == "declined")
    assert own.pill == "Eigen tekst"
    assert own.subtitle.startswith("Versie 1, gemaakt door F. Yıldız op ")
    room.press(Qt.Key.Key_Home)
    room.press(Qt.Key.Key_Return)
    assert room.opened[-1] == ("letter_text", {"kind": "arrived"})


def test_only_a_coordinator_finds_the_door(room: Room) -> None:
    page = room.open("settings")
    assert "letter_texts" in [row.key for row in page.rows.rows()]
    coach = add_member("K. de Boer", "coach", "intake")
    assert not any(may_open(coach, name) for name in lettertexts.PAGES)


def test_a_field_from_the_list_is_put_in_where_the_cursor_stands(room: Room) -> None:
    page = opened(room)
    at_line(room, 5)
    room.press(Qt.Key.Key_Space, CTRL)
    assert page.fields.hasFocus()
    assert any(row.startswith("{Zij}  Zij, Hij of De deelnemer") for row in page.fields.offered())
    typed(room, "hem of de deelnemer")
    assert [row.split()[0] for row in page.fields.offered()] == ["{haar}"]
    room.press(Qt.Key.Key_Return)
    assert page.text.hasFocus()
    assert "zelf bij ons melden.{haar}" in page.text.text()
    assert page.fields.text() == ""
    room.press(Qt.Key.Key_Z, CTRL)
    assert "{haar}" not in page.text.text()


def test_a_word_that_no_field_has_is_said_and_enter_does_not_leave(room: Room) -> None:
    page = opened(room)
    before = page.text.text()
    QTest.keyClick(page.text, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    typed(room, "fiets")
    room.press(Qt.Key.Key_Return)
    assert page.fields.hasFocus()
    assert "Geen veld heeft dit woord." in room.texts()
    assert page.text.text() == before
    room.press(Qt.Key.Key_Escape)
    assert page.text.hasFocus()
    assert "Geen veld heeft dit woord." not in room.texts()


def test_the_list_of_fields_hangs_below_its_line_also_from_far_down_in_the_text(room: Room) -> None:
    page = opened(room)
    room.window.resize(1366, 500)
    at_line(room, 9)
    page.text.moveCursor(QTextCursor.MoveOperation.End)
    bar = page._sides.column.verticalScrollBar()
    bar.setValue(bar.maximum())
    QTest.keyClick(page.text, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert page.fields.offered()
    assert not page.fields.visibleRegion().isEmpty()


def test_escape_in_the_list_of_fields_goes_back_to_the_text(room: Room) -> None:
    page = opened(room)
    room.press(Qt.Key.Key_Space, CTRL)
    for _n in range(2):
        room.press(Qt.Key.Key_Escape)
    assert page.text.hasFocus()
    assert room.page is page


def test_saving_makes_a_version_and_leads_back(room: Room) -> None:
    page = opened(room)
    at_line(room, 9)
    typed(room, " Bel ons gerust.")
    page.draw()
    room.save()
    assert "Een nieuwe {aanmelding} kan altijd. Bel ons gerust." in text_in_use("declined")
    assert room.said == ["Tekst opgeslagen: hij staat in de volgende brief"]
    assert room.page is not page
    assert room.office.keep is not None
    assert room.office.keep.find("letter_text:declined") is None


def test_pressing_save_twice_makes_one_version(room: Room) -> None:
    page = opened(room)
    at_line(room, 9)
    typed(room, " Bel ons gerust.")
    room.save()
    page.save()
    page.save()
    assert LetterText.select().count() == 1
    assert not room.troubled


def test_an_unknown_field_is_refused_beside_the_text_and_the_cursor_goes_there(room: Room) -> None:
    page = opened(room)
    at_line(room, 5)
    typed(room, " Dag {deelnemr}!")
    at_line(room, 1)
    room.save()
    assert page.complaint.isVisible()
    assert page.complaint.text() == "Regel 5: {deelnemr} is geen veld. Bedoel je {deelnemer}?"
    assert page.text.accessibleDescription() == page.complaint.text()
    assert page.text.textCursor().blockNumber() == 4
    assert page.text.hasFocus()
    assert not LetterText.select().exists()
    room.press(Qt.Key.Key_Backspace)
    assert not page.complaint.isVisible()


def test_a_paragraph_nobody_would_see_is_asked_about(room: Room) -> None:
    page = opened(room)
    at_line(room, 5)
    room.press(Qt.Key.Key_Return)
    typed(room, "Tot {afspraak_op}.")
    room.save()
    assert "Regel 6 zou in geen enkele brief van deze soort staan" in page.notice.text()
    room.press(Qt.Key.Key_Space)
    assert "Tot {afspraak_op}." in text_in_use("declined")


def test_the_paper_follows_the_situation_and_greys_what_stays_out(room: Room) -> None:
    page = opened(room, "arrived")
    assert page.trial.situation() == "Nog niet gebeld"
    first = page.text.faded()
    assert "blijven" in page.out.text()
    room.press(Qt.Key.Key_PageDown, CTRL)
    room.qtbot.waitUntil(lambda: page.trial.situation() == "Nog niet bereikt")
    second = page.text.faded()
    lines = page.text.text().splitlines()
    bereikt = next(n for n, line in enumerate(lines) if "{keer_gebeld}" in line)
    assert bereikt in first
    assert bereikt not in second
    room.press(Qt.Key.Key_PageUp, CTRL)
    room.qtbot.waitUntil(lambda: page.trial.situation() == "Nog niet gebeld")
    room.press(Qt.Key.Key_PageUp, CTRL)
    room.qtbot.waitUntil(lambda: page.trial.situation() == "De praktijk wil geen latere brieven")


def test_the_situation_can_be_chosen_by_its_name(room: Room) -> None:
    page = opened(room, "intake")
    room.type_in("Verzonnen situatie", "wachtl")
    room.press(Qt.Key.Key_Return)
    assert page.trial.situation() in ("Wachtlijst", "Begonnen, en ook op een wachtlijst")
    page.trial.choice.set_values({"form": "de heer"})
    page.trial.choice.edited.emit()
    assert page.trial.values()["Zij"] == "Hij"


def test_a_text_too_long_for_its_heading_says_so_above_the_paper_while_typing(room: Room) -> None:
    page = opened(room)
    at_line(room, 5)
    typed(room, " lang verhaal" * 30)
    page.draw()
    assert "te lang" in page.trial.paper.complaint()
    room.save()
    assert "er is plaats voor 4" in page.complaint.text()


def test_what_is_typed_is_kept_and_offered_again(room: Room) -> None:
    page = opened(room)
    at_line(room, 9)
    typed(room, " Bel ons.")
    page.unfinished()
    room.press(Qt.Key.Key_Escape)
    assert page.notice.text() == "Wat is ingevuld, is nog niet opgeslagen."
    page.throw_away()
    room.office.keep.keep("letter_text:declined", {"body": "# Half", "base": ""})  # type: ignore[union-attr]
    again: LetterTextPage = room.open("letter_text", kind="declined")
    assert again.notice.text().startswith("Je was hiermee bezig om")
    room.press(Qt.Key.Key_Space)
    assert again.text.text() == "# Half"


def test_a_colleague_who_was_quicker_is_named_and_nothing_typed_is_lost(room: Room) -> None:
    page = opened(room)
    at_line(room, 9)
    typed(room, " Bel ons.")
    colleague = add_member("K. de Boer", "coordinator")
    change_text(colleague, LetterTextDraft(kind="declined", body=text_of("declined").replace("altijd", "later")))
    page.refresh()
    assert " Bel ons." in page.text.text()
    room.save()
    assert "Intussen heeft K. de Boer een nieuwe versie gemaakt" in page.notice.text()
    room.press(Qt.Key.Key_Space)
    assert "Bel ons." in text_in_use("declined")
    assert LetterText.select().count() == 2


def test_an_old_version_is_looked_at_and_put_back(room: Room, office: Member) -> None:
    change_text(office, LetterTextDraft(kind="declined", body=text_of("declined").replace("altijd", "later")))
    page = opened(room)
    assert [row.title for row in page.versions.rows()] == ["Versie 1", "Zoals geleverd"]
    assert page.versions.rows()[0].pill == "In gebruik"
    room.go_to("Versies")
    room.press(Qt.Key.Key_End)
    room.press(Qt.Key.Key_Return)
    old: LetterTextVersion = room.page
    assert isinstance(old, LetterTextVersion)
    assert old.text.text() == text_of("declined").rstrip("\n")
    assert old.text.isReadOnly()
    room.click("Deze tekst weer gebruiken")
    assert text_in_use("declined") == text_of("declined")
    assert room.page is page
    assert page.text.text() == text_of("declined").rstrip("\n")
    assert [row.title for row in page.versions.rows()] == ["Versie 2, zoals geleverd", "Versie 1", "Zoals geleverd"]


def test_the_version_in_use_cannot_be_put_back(room: Room) -> None:
    page: LetterTextVersion = room.open("letter_text_version", kind="declined", version_id=0)
    assert not page.again.isEnabled()
    gone: LetterTextVersion = room.open("letter_text_version", kind="declined", version_id=99)
    assert "Deze versie is er niet meer." in room.texts()
    assert not gone.again.isEnabled()
