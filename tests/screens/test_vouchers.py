"""Registering vouchers as intake staff do it: the phone at the ear, the keyboard, a mail pasted in, bad input."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import clock
from desktop.actions.undo import undo_last
from desktop.rules.names import full
from desktop.rules.staff import Member
from desktop.rules.vouchers import make_number
from desktop.screens.office import Office
from desktop.screens.vouchers import PAGES
from desktop.settings import Settings
from desktop.storage import changes
from desktop.storage.models import Consent, Enrolment, Neighbourhood, Person, Practice, Reason, Voucher
from desktop.storage.vouchers import reasons_of
from desktop.widgets.background import Progress
from desktop.widgets.desk import Desk
from desktop.widgets.form import Form
from desktop.widgets.keeping import Kept
from desktop.widgets.listing import ListPage
from desktop.widgets.notice import Notice
from desktop.widgets.pages import Page
from tests.factory import add_activity, add_member, add_practice, add_voucher, days_ago
from tests.widgets.dressing import dress

CTRL = Qt.KeyboardModifier.ControlModifier
SAMPLE = Path(__file__).parents[2].parent / "shared" / "samples" / "verwijsmail.txt"
MAIL = """Van: Huisartsenpraktijk De Linde

Naam: Mw. C. de Groot (geb. 12-05-1948)
Adres: Esdoornlaan 7, 5613 AB Rivierdam
Tel: 06 - 2345 6789, liefst 's middags
BSN: 123456782
Reden: eenzaam sinds de verhuizing.
Toestemming: ja, mondeling
Graag terugkoppeling aan S. Bos.

Met vriendelijke groet,
dr. M. Jansen, huisarts
"""


class Shelf:
    """Where unfinished forms go."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, str]] = {}

    def keep(self, form_key: str, raw: dict[str, str]) -> None:
        self.kept[form_key] = raw

    def find(self, form_key: str) -> Kept | None:
        return Kept(self.kept[form_key], clock.now()) if form_key in self.kept else None

    def forget(self, form_key: str) -> None:
        self.kept.pop(form_key, None)


class House:
    """The office with a desk, and which pages were opened."""

    def __init__(self, by: Member, folder: Path) -> None:
        self.opened: list[tuple[str, dict[str, Any]]] = []
        self.said: list[str] = []
        self.shelf = Shelf()
        self.desk = Desk(by)
        self.desk.said.connect(lambda text, _undoable: self.said.append(text))
        self.desk.troubled.connect(self.said.append)
        self.office = Office(self.desk, Settings.load(folder), self.open, self.shelf)

    def open(self, name: str, /, **arguments: Any) -> Page:
        self.opened.append((name, arguments))
        return Page()


@pytest.fixture
def house(office: Member, tmp_path: Path, qapp: QApplication) -> Iterator[House]:
    dress(qapp)
    QGuiApplication.clipboard().clear()
    made = House(office, tmp_path)
    yield made
    made.desk.by = None  # signed out: a form that is still there asks nothing more
    made.desk.close()


Show = Callable[..., Any]


@pytest.fixture
def show(house: House, qtbot: QtBot) -> Show:
    def shown(name: str = "new_voucher", **arguments: Any) -> Page:
        page = PAGES[name](house.office, **arguments)
        qtbot.addWidget(page)
        page.resize(1150, 660)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        first = page.first_focus()
        if first is not None:
            first.setFocus()
        return page

    return shown


def at_hand() -> QWidget:
    """What has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(at_hand(), key, modifier)


def keys(text: str) -> None:
    """Typed; what no test keyboard has is pasted."""
    if text.isascii():
        QTest.keyClicks(at_hand(), text)
    else:
        QGuiApplication.clipboard().setText(text)
        press(Qt.Key.Key_V, CTRL)


def type_in(form: Form, name: str, text: str) -> None:
    form.editor(name).focus()
    keys(text)


def save() -> None:
    press(Qt.Key.Key_Return, CTRL)


def button(page: QWidget, text: str) -> QPushButton:
    shown = [one for one in page.findChildren(QPushButton) if not one.isHidden()]
    return next(one for one in shown if one.accessibleName().startswith(text))


def words(page: QWidget) -> str:
    """Everything that can be read on the page."""
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


def fill(form: Form, **more: str | None) -> None:
    """What must be filled in, typed as on the phone."""
    typed = {"dated_on": "vandaag", "surname": "van der Meer-de Wit", "phone": "06 8765 4321", "referrer": "dr. Smit"}
    for name, text in {**typed, **more}.items():
        if text is not None:
            form.editor(name).set_raw("")
            type_in(form, name, text)
    form.editor("consent_received").focus()
    keys("j")


# ---- by keyboard


def test_what_must_be_filled_in_is_done_by_keyboard_within_twelve_stops(house: House, show: Show) -> None:
    add_practice()
    show()
    stops = 1
    for text in ("", "6-11", "", "linde", "", "", "j", "n", "Annie", "", "van der Meer-de Wit", "0687654321"):
        keys(text)
        if text == "0687654321":
            break
        press(Qt.Key.Key_Tab)
        stops += 1
    save()
    voucher = Voucher.get()
    assert stops == 12
    assert (voucher.person.phone, voucher.practice.name) == ("+31687654321", "Huisartsenpraktijk De Linde")
    assert full(voucher.person.known_as) == "Annie van der Meer-de Wit"
    assert {each.purpose: each.answer for each in Consent.select()} == {"received": "yes", "report_back": "no"}
    assert house.said == ["Voucher opgeslagen"]


def test_scanned_number_with_its_enter_goes_on_to_the_date(show: Show) -> None:
    form = show()
    keys(make_number(2026, 412).replace("-", ""))
    press(Qt.Key.Key_Return)
    assert form.editor("voucher_number").complaint() == ""
    assert at_hand() is form.editor("dated_on").focus_widget()
    assert Voucher.select().count() == 0


def test_next_number_is_shown_and_taken_when_none_is_typed(show: Show) -> None:
    form = show()
    shown = form.editor("voucher_number").focus_widget().placeholderText()
    fill(form)
    save()
    assert Voucher.get().number == shown


def test_dates_and_birth_dates_tell_how_they_were_understood(show: Show) -> None:
    form = show()
    type_in(form, "dated_on", "gisteren")
    type_in(form, "birth_date", "3-4-51")
    assert str(days_ago(1).day) in form.editor("dated_on").note()
    assert form.editor("birth_date").note().startswith("3 april 1951, ")


def test_postcode_tells_street_and_neighbourhood(office: Member, show: Show) -> None:
    with changes.deed(None, "neighbourhood added by a test"):
        Neighbourhood(name="'t Ven", postcodes="5612 5613").save()
    add_voucher(office)
    form = show()
    type_in(form, "address", "5612cd 14a")
    assert form.editor("address").note() == "Beukenlaan, Dorpstad, 't Ven"
    fill(form)
    save()
    person = Voucher.select().order_by(Voucher.id.desc()).first().person
    assert (person.street, person.number, person.postcode, person.town) == ("Beukenlaan", "14a", "5612 CD", "Dorpstad")
    assert person.neighbourhood.name == "'t Ven"


def test_picking_a_practice_proposes_its_only_doctor_and_whom_to_report_to(show: Show) -> None:
    add_practice()
    form = show()
    type_in(form, "practice", "linde")
    press(Qt.Key.Key_Return)
    assert form.editor("referrer").raw() == "M. Jansen, huisarts"
    assert form.editor("referrer").suggested()
    type_in(form, "report_to", "bos")
    press(Qt.Key.Key_Return)
    fill(form, referrer=None)
    save()
    voucher = Voucher.get()
    assert (voucher.referrer.surname, voucher.report_to.surname, voucher.referrer_name) == ("Jansen", "Bos", "")


def test_referrer_of_another_practice_goes_with_the_practice(show: Show) -> None:
    add_practice()
    add_practice("Praktijk De Wilg", agb="01054399")
    form = show()
    type_in(form, "practice", "linde")
    press(Qt.Key.Key_Return)
    type_in(form, "report_to", "bos")
    press(Qt.Key.Key_Return)
    form.editor("practice").set_raw("")
    type_in(form, "practice", "wilg")
    press(Qt.Key.Key_Return)
    fill(form, referrer=None)
    save()
    voucher = Voucher.get()
    assert voucher.practice.name == "Praktijk De Wilg"
    assert (voucher.referrer.practice, voucher.report_to.practice) == (voucher.practice, voucher.practice)


def test_referrer_may_be_anyone_written_down(show: Show) -> None:
    form = show()
    fill(form, referrer="M. de Vries, wijkverpleegkundige")
    save()
    assert Voucher.get().referrer_name == "M. de Vries, wijkverpleegkundige"


def test_name_that_was_typed_is_asked_about_and_never_made_a_doctor(show: Show) -> None:
    add_practice()
    form = show()
    type_in(form, "practice", "linde")
    press(Qt.Key.Key_Return)
    assert form.editor("referrer_kind").isHidden()
    fill(form, referrer="Ilse")
    assert not form.editor("referrer_kind").isHidden()
    save()
    voucher = Voucher.get()
    assert (voucher.referrer_name, voucher.referrer_kind) == ("Ilse", "")


def test_who_somebody_is_can_be_said(show: Show) -> None:
    form = show()
    fill(form, referrer="M. de Vries")
    type_in(form, "referrer_kind", "fysio")
    press(Qt.Key.Key_Return)
    save()
    assert Voucher.get().referrer_kind == "physio"


def test_who_comes_on_own_initiative_needs_no_referrer(show: Show) -> None:
    form = show()
    form.editor("channel").set_raw("")
    type_in(form, "channel", "eigen init")
    press(Qt.Key.Key_Return)
    fill(form, referrer=None)
    save()
    assert (Voucher.get().referrer_kind, Voucher.get().practice) == ("self", None)


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_the_only_name_that_fits_is_taken_as_in_the_field_of_practices(show: Show, key: Qt.Key) -> None:
    add_practice()
    form = show()
    type_in(form, "practice", "linde")
    press(Qt.Key.Key_Return)
    form.editor("referrer").set_raw("")
    type_in(form, "referrer", "bos")
    press(key)
    assert form.editor("referrer").raw() == "S. Bos, POH-GGZ"
    form.editor("referrer").set_raw("")
    type_in(form, "referrer", "bos")
    press(key)
    assert form.editor("referrer").raw() == "bos"  # typed again: this is somebody else
    form.editor("referrer").set_raw("")
    type_in(form, "referrer", "os")  # no word begins so
    press(key)
    assert form.editor("referrer").raw() == "os"


def test_saving_and_calling_goes_on_to_the_call(house: House, show: Show) -> None:
    form = show()
    fill(form)
    button(form, "Opslaan en bellen").click()
    assert house.opened == [("call", {"voucher_id": Voucher.get().id})]


def test_reasons_are_found_by_typing(show: Show) -> None:
    form = show()
    form.editor("reasons").focus()
    keys("eenz")
    press(Qt.Key.Key_Return)
    keys("rouw")
    press(Qt.Key.Key_Return)
    fill(form)
    save()
    assert [each.code for each in reasons_of(Voucher.get().id)] == ["loneliness", "grief"]


def test_nothing_about_consent_is_preset_and_the_question_must_be_answered(show: Show) -> None:
    form = show()
    assert (form.editor("consent_received").raw(), form.editor("consent_report_back").raw()) == ("", "")
    for name, text in {"dated_on": "vandaag", "surname": "Smit", "phone": "0687654321", "referrer": "dr. A"}.items():
        type_in(form, name, text)
    save()
    assert form.editor("consent_received").complaint() == "Kies ja, nee of nog vragen."
    assert Voucher.select().count() == 0


# ---- someone we know


def test_known_person_is_offered_while_typing_with_the_why(office: Member, show: Show, qtbot: QtBot) -> None:
    add_voucher(office, add_practice())
    form = show()
    type_in(form, "surname", "Meyer")
    type_in(form, "birth_date", "3-4-51")
    type_in(form, "surname", "")
    form.editor("surname").set_raw("Meer")
    keys("-")
    qtbot.waitUntil(lambda: "Annie van der Meer-de Wit" in words(form))
    assert "zelfde geboortedatum" in words(form)
    assert "Voucher van" in words(form)


def test_same_person_gets_a_second_case_and_the_new_phone(office: Member, show: Show) -> None:
    first = add_voucher(office, add_practice())
    form = show()
    fill(form, birth_date="3-4-1951", phone="0612345678")
    form.look_who()
    button(form, "Dezelfde persoon").setFocus()
    button(form, "Dezelfde persoon").click()
    assert form.isAncestorOf(QApplication.focusWidget())  # not out in the navigation, now the button is gone
    assert form.editor("phone").complaint() == "Was: 06 8765 4321"
    assert form.editor("surname").raw() == "Meer-de Wit"
    save()
    second = Voucher.select().order_by(Voucher.id.desc()).first()
    assert (second.person_id, second.previous_id) == (first.person_id, first.id)
    assert Person.select().count() == 1
    assert Person.get().phone == "+31612345678"


def test_a_new_person_after_all_brings_back_what_was_typed(office: Member, show: Show) -> None:
    add_voucher(office, add_practice())
    form = show()
    fill(form, given="Anna", birth_date="3-4-1951")
    form.look_who()
    button(form, "Dezelfde persoon").click()
    assert form.editor("given").raw() == "A. (Annie)"
    button(form, "Toch een nieuwe persoon").click()
    assert form.editor("given").raw() == "Anna"
    save()
    assert Person.select().count() == 2


def test_second_voucher_opened_for_a_person_is_theirs_and_not_yet_something_typed(office: Member, show: Show) -> None:
    first = add_voucher(office, add_practice())
    form = show(person_id=first.person_id)
    assert "Annie van der Meer-de Wit" in words(form)
    assert not form.is_edited()
    for name, text in {"dated_on": "vandaag", "referrer": "dr. Smit"}.items():
        type_in(form, name, text)
    form.editor("consent_received").focus()
    keys("n")
    save()
    assert Voucher.select().where(Voucher.person == first.person_id).count() == 2


def test_someone_who_walked_in_takes_part_at_once(show: Show) -> None:
    activity = add_activity("Koffie-inloop")
    form = show(activity_id=activity.id)
    assert form.title == "Binnengelopen bij Koffie-inloop"
    for name, text in {"surname": "Smit", "phone": "0687654321", "referrer": "dr. A"}.items():
        type_in(form, name, text)
    form.editor("consent_received").focus()
    keys("j")
    save()
    assert Voucher.get().status == "participating"
    assert Enrolment.get().first_attended_on == clock.today()


# ---- a pasted mail


def paste(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press(Qt.Key.Key_V, CTRL | Qt.KeyboardModifier.ShiftModifier)


def test_pasted_mail_fills_the_form_as_proposals_and_saves_nothing(show: Show) -> None:
    add_practice()
    form = show()
    paste(MAIL)
    raw = form.raw()
    assert (raw["surname"], raw["tussenvoegsel"], raw["given"]) == ("Groot", "de", "C.")
    assert (raw["practice"], raw["referrer"]) == ("Huisartsenpraktijk De Linde", "M. Jansen, huisarts")
    assert (raw["report_to"], raw["consent_received"], raw["address"]) == ("S. Bos, POH-GGZ", "Ja", "5613 AB 7")
    assert all(form.editor(name).suggested() for name in ("surname", "practice", "consent_received", "best_time"))
    assert "123456782" not in " ".join(raw.values())
    assert "BSN weggelaten" in words(form)
    assert Voucher.select().count() == 0


def test_mail_is_saved_after_a_look_and_the_missing_date(show: Show) -> None:
    add_practice()
    form = show()
    paste(MAIL)
    assert at_hand() is form.editor("dated_on").focus_widget()
    keys("vandaag")
    save()
    voucher = Voucher.get()
    assert (voucher.person.street, voucher.person.town) == ("Esdoornlaan", "Rivierdam")
    assert [each.code for each in reasons_of(voucher.id)] == ["loneliness"]
    assert voucher.note.startswith("eenzaam")


def test_what_was_typed_stays_when_a_mail_is_pasted(show: Show) -> None:
    form = show()
    type_in(form, "surname", "Anders")
    type_in(form, "note", "Belde zelf.")
    paste(MAIL)
    assert form.editor("surname").raw() == "Anders"
    assert form.editor("note").raw().startswith("Belde zelf.\n")
    assert "Wat je al had getypt" in words(form)


def test_practice_that_is_not_known_stays_readable_with_the_referrer(show: Show) -> None:
    form = show()
    paste(MAIL)
    assert form.editor("practice").raw() == ""
    assert form.editor("referrer").raw() == "M. Jansen, Huisartsenpraktijk De Linde"
    assert "Bericht terug aan: S. Bos" in form.editor("note").raw()


def test_several_mails_in_one_paste_ask_which(show: Show) -> None:
    form = show()
    paste(MAIL + "\n--------\n" + MAIL.replace("C. de Groot", "P. Kuiper").replace("Mw.", "Dhr."))
    assert "2 mails" in words(form)
    button(form, "2. P. Kuiper").click()
    assert form.editor("surname").raw() == "Kuiper"


def test_nothing_copied_is_said(show: Show) -> None:
    form = show()
    paste("")
    assert "Er is nog niets gekopieerd" in words(form)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared sample mails are not here")
def test_each_of_the_sample_mails_fills_the_form(show: Show) -> None:
    form = show()
    for at, surname in enumerate(("Meer-de Wit", "Nguyen", "Celik")):
        form = show()
        QGuiApplication.clipboard().setText(SAMPLE.read_text("utf-8"))
        form.paste_mail()
        button(form, f"{at + 1}. ").click()
        assert form.editor("surname").raw() == surname
        assert ("BSN weggelaten" in words(form)) == (surname == "Celik")
        assert "123456782" not in str(form.raw())
        form.throw_away()


# ---- bad input


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("phone", "06 8765 432", "Dit nummer mist een cijfer."),
        ("address", "5612 SS 12", "Deze postcode kan niet"),
        ("address", "0612 AB 1", "Deze postcode kan niet"),
        ("address", "Dorpsstraat 5", "Een postcode heeft vier cijfers"),
        ("dated_on", "31-02-2026", "Deze datum bestaat niet."),
        ("dated_on", "morgen", "toekomst"),
        ("birth_date", "3-4-2090", "toekomst"),
        ("email", "jan@", "Dit is geen e-mailadres."),
        ("voucher_number", "26-00412-A", "tikfout"),
        ("note", "BSN 123456782", "BSN"),
        ("surname", "x" * 200, "te lang"),
        ("practice", "Bestaat niet", "staat niet in de lijst"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_nothing_typed_is_lost(
    name: str, typed: str, sentence: str, show: Show
) -> None:
    form = show()
    fill(form)
    form.editor(name).set_raw("")
    type_in(form, name, typed)
    before = form.raw()
    save()
    assert sentence in form.editor(name).complaint()
    assert form.raw() == before
    assert form.raw()[name] == typed
    assert (Voucher.select().count(), Person.select().count()) == (0, 0)


def test_number_already_used_is_said_at_once_and_again_on_saving(office: Member, show: Show) -> None:
    used = add_voucher(office).number
    form = show()
    fill(form)
    type_in(form, "voucher_number", used)
    press(Qt.Key.Key_Tab)
    assert "al gebruikt" in form.editor("voucher_number").complaint()
    save()
    assert Voucher.select().count() == 1


def test_without_a_way_to_reach_someone_the_phone_is_asked_for(show: Show) -> None:
    form = show()
    fill(form, phone="")
    save()
    assert "één manier" in form.editor("phone").complaint()
    form.editor("comes_by").focus()
    press(Qt.Key.Key_Space)
    save()
    assert Person.get().comes_by


def test_unusual_date_is_asked_and_then_stored(show: Show) -> None:
    form = show()
    fill(form, dated_on="1-2-2020")
    save()
    assert "Klopt dat?" in form.editor("dated_on").complaint()
    assert Voucher.select().count() == 0
    button(form, "Dat klopt, toch opslaan").click()
    assert Voucher.get().dated_on == date(2020, 2, 1)


@pytest.mark.parametrize(
    "name", ["<b>Vet</b>", "{x}", 'O\'Brien "de Beer"', "😀 Smit", "سميث", "Łukaszewicz", "DROP;--"]
)
def test_odd_names_are_kept_and_found_as_typed(name: str, show: Show, qtbot: QtBot, house: House) -> None:
    form = show()
    fill(form)
    form.editor("surname").set_raw("")
    type_in(form, "surname", name)
    save()
    assert Person.get().surname == name
    form = show()
    type_in(form, "phone", "0687654321")
    form.look_who()
    assert name in words(form)
    page = show("vouchers")
    assert page.table.selected().person.surname == name


def test_pasted_note_loses_its_bsn_and_keeps_the_rest(show: Show) -> None:
    form = show()
    QGuiApplication.clipboard().setText("Komt weinig buiten. BSN 123456782. Houdt van tuinieren.")
    form.editor("note").focus()
    press(Qt.Key.Key_V, CTRL)
    text = form.editor("note").raw()
    assert "123456782" not in text
    assert "Komt weinig buiten." in text
    assert "Houdt van tuinieren." in text
    assert form.editor("note").complaint() == "BSN weggelaten."


def test_double_click_on_save_stores_one_voucher(show: Show) -> None:
    form = show()
    fill(form)
    save_button = button(form, "Opslaan")
    save_button.click()
    save_button.click()
    save()
    assert Voucher.select().count() == 1


def test_escape_halfway_asks_and_what_was_typed_is_offered_again(house: House, show: Show) -> None:
    form = show()
    type_in(form, "surname", "Halverwege")
    press(Qt.Key.Key_Escape)
    button(form, "Bewaren").click()
    assert Voucher.select().count() == 0
    again = show()
    assert "Je was hiermee bezig om" in again.findChild(Notice).text()
    assert at_hand().accessibleName() == "Verder gaan"
    press(Qt.Key.Key_Space)
    assert again.editor("surname").raw() == "Halverwege"


def test_left_form_for_a_known_person_is_theirs_again(office: Member, house: House, show: Show) -> None:
    first = add_voucher(office, add_practice())
    form = show()
    form.link(first.person_id)
    type_in(form, "dated_on", "vandaag")
    form.finish_later()
    again = show()
    button(again, "Verder gaan").click()
    assert "Deze voucher is voor" in words(again)
    type_in(again, "referrer", "dr. Smit")
    again.editor("consent_received").focus()
    keys("j")
    save()
    assert Voucher.select().where(Voucher.person == first.person_id).count() == 2
    assert house.shelf.kept == {}


def test_closing_while_other_work_writes_waits_and_stores_once(house: House, show: Show, qtbot: QtBot) -> None:
    import threading

    gate = threading.Event()

    def work(_by: object, progress: Progress) -> None:
        gate.wait(10)

    form = show()
    fill(form)
    with qtbot.waitSignal(house.desk.busy):
        house.desk.perform_in_background(work, title="Inlezen", done=lambda _result: None)
    save()
    assert not form.may_close()
    with qtbot.waitSignal(form.saved):
        gate.set()
    assert Voucher.select().count() == 1


def test_registration_is_taken_back_whole(office: Member, show: Show) -> None:
    form = show()
    fill(form)
    save()
    undo_last(office)
    assert (Voucher.select().count(), Person.select().count(), Consent.select().count()) == (0, 0, 0)


# ---- putting right


def test_voucher_is_put_right(office: Member, show: Show) -> None:
    voucher = add_voucher(office, add_practice(), voucher_number="", reasons=(1,))
    form = show("edit_voucher", voucher_id=voucher.id)
    assert form.editor("voucher_number").raw() == voucher.number
    form.editor("dated_on").set_raw("")
    type_in(form, "dated_on", "gisteren")
    form.editor("reasons").focus()
    keys("rouw")
    press(Qt.Key.Key_Return)
    save()
    after = Voucher.get()
    assert (after.dated_on, after.number, after.person_id) == (days_ago(1), voucher.number, voucher.person_id)
    assert len(reasons_of(after.id)) == 2


def test_voucher_changed_meanwhile_by_a_colleague_is_not_overwritten(office: Member, show: Show, house: House) -> None:
    voucher = add_voucher(office, add_practice())
    form = show("edit_voucher", voucher_id=voucher.id)
    colleague = add_member("K. de Boer", "coach")
    with changes.deed(colleague.id, "changed by a colleague"):
        theirs = Voucher.get()
        theirs.note = "Van de collega"
        theirs.save()
    type_in(form, "note", "Van mij")
    save()
    assert "K. de Boer" in words(form)
    assert form.editor("note").raw() == "Van mij"
    assert Voucher.get().note == "Van de collega"


# ---- the list


def test_list_shows_vouchers_newest_first_and_opens_the_person(house: House, office: Member, show: Show) -> None:
    practice = add_practice()
    old = add_voucher(office, practice, dated_on=days_ago(30), received_on=days_ago(20))
    new = add_voucher(office, practice, surname="Kuiper", phone="+31612345678")
    page: ListPage = show("vouchers")
    assert page.table.ids() == [new.id, old.id]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert house.opened == [("person", {"person_id": new.person_id, "voucher_id": new.id})]


def test_list_is_narrowed_by_what_is_typed_and_by_open_or_closed(office: Member, show: Show, qtbot: QtBot) -> None:
    practice = add_practice()
    voucher = add_voucher(office, practice)
    add_voucher(office, None, surname="Kuiper", phone="+31612345678")
    page: ListPage = show("vouchers")
    keys("kuiper")
    qtbot.waitUntil(lambda: page.table.count() == 1)
    page.show_everything()
    with changes.deed(None, "closed by a test"):
        row = Voucher.get_by_id(voucher.id)
        row.status = "closed"
        row.save()
    which = next(box for box in page.findChildren(QComboBox) if box.accessibleName() == "Open en afgesloten")
    which.setCurrentText("Afgesloten")
    assert page.table.ids() == [voucher.id]
    which.setCurrentText("Nog open")
    assert voucher.id not in page.table.ids()


def test_empty_list_says_what_to_do(house: House, show: Show) -> None:
    page = show("vouchers")
    assert "Er zijn nog geen vouchers" in words(page)
    [one for one in page.findChildren(QPushButton) if one.text() == "Nieuwe voucher" and one.isVisible()][-1].click()
    assert house.opened == [("new_voucher", {})]


def test_everything_on_the_form_has_a_name_for_who_cannot_see_it(show: Show) -> None:
    form = show()
    reached = [one for one in form.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert reached
    assert all(one.accessibleName() or not one.isVisibleTo(form) for one in reached)


def test_form_follows_a_large_type_without_losing_anything(show: Show, qapp: QApplication) -> None:
    dress(qapp, 200)
    form = show()
    fill(form)
    save()
    assert Voucher.select().count() == 1
    assert Practice.select().count() == 0
    assert Reason.select().count() > 0
