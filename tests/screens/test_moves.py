"""What was recorded with the wrong person is moved by keyboard: chosen, seen beforehand, and there afterwards."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from desktop import clock
from desktop.actions.case_moves import move_case
from desktop.actions.endings import record_worry
from desktop.actions.intakes import hold_intake
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter
from desktop.actions.letters import write_letter
from desktop.actions.moves import move_deed
from desktop.actions.undo import undo_last
from desktop.rules.deeds import IntakeDraft, WorryDraft
from desktop.rules.moves import MoveCaseDraft, MoveDraft
from desktop.rules.staff import Member
from desktop.screens import breaches, deeds, letters, moves, people, vouchers
from desktop.storage.models import ContactAttempt, Intake, Letter, Person, Voucher, Worry
from desktop.widgets.form import Form
from desktop.widgets.listing import ListPage
from tests.factory import add_member, add_practice, add_voucher
from tests.screens.room import Room


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Iterator[Room]:
    pages = {**people.PAGES, **deeds.PAGES, **letters.PAGES, **moves.PAGES, **vouchers.PAGES, **breaches.PAGES}
    made = Room(qtbot, office, pages)
    yield made
    made.desk.close()


@pytest.fixture
def annie(office: Member) -> Voucher:
    return add_voucher(office, add_practice(), dated_on=clock.today() - timedelta(days=9))


@pytest.fixture
def bea(office: Member, annie: Voucher) -> Voucher:
    return add_voucher(office, annie.practice, first_name="Bea", tussenvoegsel="", surname="Bakker",
                       phone="+31612345678", dated_on=clock.today() - timedelta(days=8))  # fmt: skip


def talk(by: Member, voucher: Voucher) -> Intake:
    return hold_intake(by, IntakeDraft(voucher_id=voucher.id, held_on=clock.today(), goals="Weer zingen", sure=True))


def choose(room: Room, text: str) -> None:
    """Type in the list and take the first row."""
    page = room.page
    assert isinstance(page, ListPage)
    page.search.setText(text)
    page.refresh()
    page.table.setFocus()
    page.table.selectRow(0)
    room.press(Qt.Key.Key_Return)


def test_from_the_form_of_a_talk_to_the_right_person(room: Room, annie: Voucher, bea: Voucher) -> None:
    intake = talk(room.desk.by, annie)
    worry = record_worry(
        room.desk.by, WorryDraft(voucher_id=annie.id, kind="neglect", noticed_on=clock.today())
    )
    room.open("correct_deed", kind="intake", deed_id=intake.id)
    room.click("Hoort bij iemand anders")
    assert room.opened[-1] == ("move_deed_to", {"kind": "intake", "deed_id": intake.id})
    assert annie.number not in [room.page.table.model().index(0, 2).data()]
    choose(room, "bakker")
    words = room.texts()
    assert f"Verplaatsen naar voucher {bea.number}, Bea Bakker" in words
    assert "Intake gehouden" in words
    (box,) = room.page.findChildren(QCheckBox)
    assert "Zorg" in box.text() or "Zorg" in box.accessibleName()
    assert box.isChecked(), "written down in one sitting"
    room.go_to(box.accessibleName())
    room.press(Qt.Key.Key_Space)
    room.save()
    assert Intake.get().voucher_id == bea.id
    assert Worry.get_by_id(worry.id).voucher_id == annie.id
    assert room.opened[-1] == ("person", {"person_id": bea.person_id, "voucher_id": bea.id})
    assert "Verplaatst" in " ".join(room.said)
    room.window.go_back()
    room.qtbot.waitUntil(lambda: not room.window.pages())  # neither the list nor the form of the talk waits below
    undo_last(room.desk.by)
    assert Intake.get().voucher_id == annie.id


def test_a_practice_that_was_told_is_named_and_asked_about(room: Room, annie: Voucher, bea: Voucher) -> None:
    by = room.desk.by
    intake = talk(by, annie)
    letter = fix_letter(by, write_letter(by, annie.id, "intake").id)
    handed = send_letter(by, letter.id, "text")
    room.open("move_deed", kind="intake", deed_id=intake.id, voucher_id=bea.id)
    assert "Dit moet eerst" in room.texts()
    assert "of hij verstuurd is" in room.texts()
    confirm_sent(by, handed.id)
    form = room.open("move_deed", kind="intake", deed_id=intake.id, voucher_id=bea.id)
    assert isinstance(form, Form)
    assert "misschien is het een datalek" in room.texts()
    form.submit()
    assert Intake.get().voucher_id == annie.id
    room.click(form.notice.answers()[0].text())
    assert Intake.get().voucher_id == bea.id


def test_the_letter_of_somebody_else_says_what_to_do_at_the_practice(room: Room, annie: Voucher, bea: Voucher) -> None:
    by = room.desk.by
    intake = talk(by, annie)
    letter = fix_letter(by, write_letter(by, annie.id, "intake").id)
    confirm_sent(by, send_letter(by, letter.id, "text").id)
    move_deed(by, MoveDraft(kind="intake", id=intake.id, voucher_id=bea.id, sure=True))
    page = room.open("letter", letter_id=letter.id)
    words = room.texts()
    assert "gaat over een andere deelnemer" in words
    assert "Bel Huisartsenpraktijk De Linde (040" in words
    assert "Hoort bij iemand anders" not in words
    room.click("Deze tekst kopiëren")
    copied = QGuiApplication.clipboard().text()
    assert annie.number in copied
    assert "vernietigen" in copied
    assert not [name for name in ("Annie", "Bea", "Meer", "Bakker") if name in copied]
    page.ask_withdrawal()
    assert "Intrekken en verbeteren" not in room.texts()
    room.click("Vastleggen als datalek")
    assert room.opened[-1][0] == "breach"
    assert "ging over iemand anders" in room.page.editor("what").raw()


def test_what_lies_open_below_closes_and_what_was_typed_is_not_stored_with_somebody_else(
    room: Room, annie: Voucher, bea: Voucher
) -> None:
    intake = talk(room.desk.by, annie)
    room.open("correct_deed", kind="intake", deed_id=intake.id)
    form = room.open("correct_deed", kind="intake", deed_id=intake.id)
    form.editor("goals").set_raw("Weer zingen en dansen")
    form.editor("goals").tell_edited()
    room.desk.perform(move_deed, MoveDraft(kind="intake", id=intake.id, voucher_id=bea.id, sure=True))
    assert f"staat nu bij voucher {bea.number} van Bea Bakker" in room.texts()
    room.save()
    assert Intake.get().goals == "Weer zingen"
    assert form.editor("goals").raw() == "Weer zingen en dansen", "nothing typed is lost"
    form.throw_away()
    room.qtbot.waitUntil(lambda: not room.window.pages())


def test_a_form_on_a_voucher_that_went_to_somebody_else_says_so(room: Room, annie: Voucher, bea: Voucher) -> None:
    form = room.open("record_contact", voucher_id=annie.id)
    form.editor("note").set_raw("Belt morgen terug")
    form.editor("note").tell_edited()
    room.desk.perform(move_case, MoveCaseDraft(voucher_id=annie.id, person_id=bea.person_id, sure=True))
    assert f"staat nu bij voucher {annie.number} van Bea Bakker" in room.texts()
    form.editor("outcome").set_value("reached")
    room.save()
    assert not ContactAttempt.select().exists(), "asked first"
    room.click("Daar opslaan")
    assert ContactAttempt.get().person_id == bea.person_id


def test_a_letter_for_the_wrong_voucher_is_written_for_the_right_one(room: Room, annie: Voucher, bea: Voucher) -> None:
    letter = write_letter(room.desk.by, annie.id, "arrived")
    room.open("letter", letter_id=letter.id)
    room.click("Hoort bij iemand anders")
    choose(room, bea.number)
    assert f"Voor voucher {bea.number} wordt hij nieuw geschreven" in room.texts()
    room.save()
    made = Letter.get()
    assert made.voucher_id == bea.id
    assert room.opened[-1] == ("letter", {"letter_id": made.id})


def test_a_voucher_goes_to_somebody_on_file(room: Room, annie: Voucher, bea: Voucher) -> None:
    record_worry(room.desk.by, WorryDraft(voucher_id=annie.id, kind="neglect", noticed_on=clock.today()))
    page = room.open("person", person_id=annie.person_id)
    texts = dict(page.more_items())
    texts[f"Voucher {annie.number} is van iemand anders"]()
    choose(room, "bakker")
    words = room.texts()
    assert f"Voucher {annie.number} is van Bea Bakker" in words
    assert "Annie van der Meer-de Wit" in words
    assert "zorg (1x)" in words
    room.page.submit(sure=True)
    assert "Gaat die over Bea Bakker?" in room.texts()
    room.page.editor("worries").set_value("along")
    room.page.submit(sure=True)
    assert Voucher.get_by_id(annie.id).person_id == bea.person_id
    assert room.opened[-1] == ("person", {"person_id": bea.person_id, "voucher_id": annie.id})


def test_a_voucher_goes_to_somebody_new_and_what_is_missing_is_said_beside_its_field(
    room: Room, annie: Voucher
) -> None:
    room.open("move_case_to", voucher_id=annie.id)
    room.click("Iemand die nog niet is ingeschreven")
    room.type_in("Voornaam of voorletters", "Carla")
    room.save()
    assert Person.select().count() == 1
    assert room.page.editor("given").raw() == "Carla", "nothing typed is lost"
    room.type_in("Achternaam", "Dekker")
    room.type_in("Telefoon", "06 12121212")
    room.page.submit(sure=True)
    moved = Voucher.get_by_id(annie.id)
    assert (moved.person.first_name, moved.person.surname) == ("Carla", "Dekker")


def test_intake_staff_meet_no_door_that_stays_shut(qtbot: QtBot, office: Member, annie: Voucher) -> None:
    room = Room(qtbot, add_member("Ida", "intake"), {**people.PAGES, **moves.PAGES})
    page = room.open("person", person_id=annie.person_id)
    assert f"Voucher {annie.number} is van iemand anders" in dict(page.more_items())
    assert not room.office.may_open("move_letter_to")
    room.desk.close()


def test_what_is_gone_meanwhile_says_so(room: Room, annie: Voucher, bea: Voucher) -> None:
    for page, arguments in (
        ("move_deed_to", {"kind": "intake", "deed_id": 99}),
        ("move_deed", {"kind": "intake", "deed_id": 99, "voucher_id": bea.id}),
        ("move_letter_to", {"letter_id": 99}),
        ("move_case_to", {"voucher_id": 99}),
        ("move_case", {"voucher_id": 99}),
    ):
        room.open(page, **arguments)
        assert "er niet meer" in room.texts()
