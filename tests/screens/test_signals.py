"""A signal by keyboard, from a worry and from the list, and what the list says needs no letter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions.letter_sending import fix_letter
from desktop.actions.letters import write_letter
from desktop.rules.staff import Member
from desktop.screens import endings, letters, meldcode, people, signals, worries
from desktop.screens.letter import LetterPage
from desktop.screens.letters import Letters
from desktop.storage.models import Consent, Contact, Letter, Voucher, Worry
from desktop.widgets.form import Form
from desktop.widgets.rows import Rows
from tests.actions.test_letters import a_case, sent
from tests.factory import add_closing, add_practice, days_ago
from tests.letters_made import ALL, months_on, worried
from tests.screens.room import Room

PAGES = {**letters.PAGES, **signals.PAGES, **endings.PAGES, **worries.PAGES, **meldcode.PAGES, **people.PAGES}
SENTENCE = "Het huis was koud en er was geen eten."


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Room:
    return Room(qtbot, office, PAGES)


def pick(room: Room, answer: str, label: str = "Waarom mag de praktijk dit weten?") -> None:
    """Tab to the answers of a question; typing the first letters chooses one."""
    for _step in range(60):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused.accessibleName().startswith(f"{label}: "):
            QTest.keyClicks(focused, answer)
            return
        room.press(Qt.Key.Key_Tab)
    raise AssertionError(label)


def titles(rows: Rows) -> list[str]:
    return [row.title for row in rows.rows()]


def test_worry_is_recorded_and_the_practice_written_to_in_one_go(room: Room, office: Member) -> None:
    voucher = a_case(office)
    room.open("worry", voucher_id=voucher.id)
    pick(room, "Signalen van v", "Waar het om gaat")
    room.click("Opslaan en praktijk schrijven")
    worry = Worry.get()
    assert room.opened[-1] == ("signal", {"voucher_id": voucher.id, "worry_id": worry.id})
    pick(room, "m")
    room.type_in("Wat de praktijk moet weten", SENTENCE)
    room.save()
    letter = Letter.get()
    assert (letter.worry_id, letter.ground, letter.state) == (worry.id, "consent", "concept")
    page = room.page
    assert isinstance(page, LetterPage)
    assert page.texts is not None
    assert page.texts.editor("state").raw() == SENTENCE
    assert page.title == "Brief: signaal"


def test_nothing_is_preset_and_the_first_wrong_field_has_the_keyboard(room: Room, office: Member) -> None:
    page = room.open("signal", voucher_id=a_case(office).id)
    assert isinstance(page, Form)
    assert page.editor("ground").raw() == ""
    room.save()
    assert page.editor("ground").complaint()
    assert page.editor("sentence").complaint()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName().startswith("Waarom mag de praktijk dit weten?")
    assert Letter.select().count() == 0


def test_yes_given_now_is_asked_only_where_consent_lacks_and_only_for_that_ground(room: Room, office: Member) -> None:
    voucher = a_case(office, consent_report_back="no")
    room.open("signal", voucher_id=voucher.id)
    agreed = "De persoon vindt het nu goed dat de praktijk dit hoort"
    pick(room, "op")
    assert agreed not in room.texts()
    pick(room, "met")
    assert agreed in room.texts()
    room.type_in("Wat de praktijk moet weten", SENTENCE)
    room.save()
    assert Letter.select().count() == 0
    assert "geen toestemming" in room.texts()
    room.go_to(agreed)
    room.press(Qt.Key.Key_Space)
    room.save()
    assert Letter.get().ground == "consent"
    assert Consent.get(Consent.purpose == "signal").answer == "yes"


def test_question_about_yes_given_now_is_not_asked_with_consent(room: Room, office: Member) -> None:
    room.open("signal", voucher_id=a_case(office).id)
    pick(room, "m")
    assert "vindt het nu goed" not in room.texts()


def test_somebody_else_in_the_sentence_is_asked_about_once(room: Room, office: Member) -> None:
    room.open("signal", voucher_id=a_case(office).id)
    pick(room, "o")
    room.type_in("Wat de praktijk moet weten", "Haar zoon was er niet.")
    room.save()
    assert "gaat misschien over iemand anders" in room.texts()
    assert Letter.select().count() == 0
    room.click("Dat klopt, toch opslaan")
    assert "zoon" in Letter.get().content


def test_second_enter_makes_no_second_letter(room: Room, office: Member) -> None:
    page = room.open("signal", voucher_id=a_case(office).id)
    pick(room, "o")
    room.type_in("Wat de praktijk moet weten", SENTENCE)
    page.submit()
    page.submit()
    assert Letter.select().count() == 1


def test_page_says_who_reads_it_and_which_number_to_dial(room: Room, office: Member) -> None:
    practice = add_practice()
    voucher = a_case(office, practice=practice, report_to=Contact.get(Contact.role == "poh_ggz").id)
    room.open("signal", voucher_id=voucher.id)
    for part in ("Huisartsenpraktijk De Linde", "S. Bos, POH-GGZ", "040 211 1111", "Bel dan eerst"):
        assert part in room.texts()


def test_signal_of_a_case_without_a_practice_or_of_nobody(room: Room, office: Member) -> None:
    voucher = a_case(office)
    voucher = Voucher.get_by_id(voucher.id)
    Voucher.update(practice=None, report_to=None, referrer=None).where(Voucher.id == voucher.id).execute()
    room.open("signal", voucher_id=voucher.id)
    for part in ("Wie is de huisarts?", "Vraag deze persoon wie de huisarts is", "huisartsenpost"):
        assert part in room.texts()
    room.open("signal", voucher_id=9999)
    assert "Dit is er niet meer." in room.texts()


def test_steps_of_the_meldcode_lead_to_the_letter_too(room: Room, office: Member) -> None:
    voucher = a_case(office)
    worry = worried(voucher)
    room.open("meldcode", worry_id=worry.id)
    room.click("Opslaan en praktijk schrijven")
    assert room.opened[-1] == ("signal", {"voucher_id": voucher.id, "worry_id": worry.id})


def test_person_page_offers_progress_when_due_and_a_signal_always(room: Room, office: Member) -> None:
    voucher = months_on(office)
    page = room.open("person", voucher_id=voucher.id, person_id=voucher.person_id)
    offered: list[str] = []
    page._popup = lambda _button, items: offered.extend(text for text, _do in items)
    page.show_letters()
    assert offered[0] == "Brief over de voortgang (nu)"
    assert offered[-1] == "Signaal aan de praktijk"


# ---- the list


def listed(room: Room) -> Letters:
    page = room.open("letters")
    assert isinstance(page, Letters)
    return page


def test_owed_signal_stands_first_and_asks_for_its_ground(room: Room, office: Member) -> None:
    practice = add_practice(letter_moments=ALL)
    months_on(office, practice=practice)
    other = a_case(office, practice=practice, surname="Smit", phone="+31612345678")
    worry = worried(other)
    page = listed(room)
    assert titles(page.rows) == [
        "Signaal: mevrouw Van der Smit",
        "Voortgang: mevrouw Van der Meer-de Wit",
        "Na de intake: mevrouw Van der Smit",
    ]
    assert page.rows.rows()[0].pill == "vandaag"
    page.rows.setFocus()
    room.press(Qt.Key.Key_Return)
    assert room.opened[-1] == ("signal", {"voucher_id": other.id, "worry_id": worry.id})


def test_progress_letter_from_the_list_to_the_paper(room: Room, office: Member) -> None:
    months_on(office)
    page = listed(room)
    page.rows.setFocus()
    room.press(Qt.Key.Key_Return)
    assert Letter.get().moment == "progress"
    assert "7 van 8 keer" in Letter.get().content
    assert isinstance(room.page, LetterPage)


def test_what_needs_no_letter_stays_folded_until_somebody_asks(room: Room, office: Member) -> None:
    sent(office, write_letter(office, a_case(office).id, "intake"))
    more = {"phone": "+31612345678", "practice": add_practice("Praktijk Nowak", agb="01054999")}
    a_case(office, surname="Zwijger", consent_report_back="no", **more)
    add_closing(a_case(office, surname="Overleden", **more), "deceased")
    page = listed(room)
    assert page.fold.text() == "▸ Niet nodig, en waarom (3)"
    assert not page.none.isVisible()
    room.click("▸ Niet nodig, en waarom (3)")
    first, *others = page.none.rows()
    assert first.title.startswith("Na de intake")
    assert "geen toestemming" in first.subtitle
    told = {row.title.split(":")[0]: row.subtitle for row in others}
    assert set(told) == {"Aangekomen, na de intake", "Afsluiting"}
    assert "De praktijk weet het al sinds" in told["Aangekomen, na de intake"]
    room.click("▾ Niet nodig, en waarom (3)")
    assert not page.none.isVisible()


def test_who_is_looked_for_is_shown_with_the_reason(room: Room, office: Member) -> None:
    a_case(office, surname="Zwijger", consent_report_back="no")
    page = listed(room)
    page.search.setText("zwijg")
    assert titles(page.none) == ["Na de intake: mevrouw Van der Zwijger"]
    assert "geen toestemming" in page.none.rows()[0].subtitle
    assert page.fold.text() == "▾ Niet nodig, en waarom (1)"
    page.search.setText("niemand zo")
    assert page.fold.isHidden()
    page.search.setText("")
    page.show_list("sent")
    assert page.fold.isHidden()


def test_list_that_is_cut_off_says_so(room: Room, office: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "MOST", 2)
    practice = add_practice()
    for surname in ("Bakker", "Visser", "Smit"):
        a_case(office, practice=practice, surname=surname, phone="+31612345678")
    page = listed(room)
    assert len(page.rows.rows()) == 2
    assert page.empty.text() == "De eerste 2; typ een naam of praktijk voor andere."
    page.search.setText("smit")
    assert page.empty.isHidden()


def test_empty_office_shows_no_fold(room: Room) -> None:
    page = listed(room)
    assert page.fold.isHidden()
    assert page.none.isHidden()


def test_row_without_a_letter_leads_to_the_participant(room: Room, office: Member) -> None:
    voucher = a_case(office, report_back=False, dated_on=days_ago(20))
    page = listed(room)
    room.click("▸ Niet nodig, en waarom (2)")
    page.none.setFocus()
    room.press(Qt.Key.Key_Return)
    assert room.opened[-1] == ("person", {"person_id": voucher.person_id, "voucher_id": voucher.id})


def test_owed_row_is_opened_at_the_participant(room: Room, office: Member) -> None:
    voucher = a_case(office)
    page = listed(room)
    page.rows.setFocus()
    room.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert room.opened[-1] == ("person", {"person_id": voucher.person_id, "voucher_id": voucher.id})
    assert Letter.select().count() == 0


def test_copy_says_so_in_the_list_and_on_its_page(room: Room, office: Member) -> None:
    practice = add_practice(letter_copy=True, letter_to="practice")
    voucher = a_case(office, practice=practice, referrer=Contact.get(Contact.role == "gp").id)
    letter = fix_letter(office, write_letter(office, voucher.id, "intake").id)
    page = listed(room)
    page.show_list("fixed")
    assert titles(page.rows) == [
        "Na de intake (afschrift voor de verwijzer): mevrouw Van der Meer-de Wit",
        "Na de intake: mevrouw Van der Meer-de Wit",
    ]
    copy = Letter.get(Letter.copy_of == letter.id)
    opened = room.open("letter", letter_id=copy.id)
    assert "afschrift" in opened.title
