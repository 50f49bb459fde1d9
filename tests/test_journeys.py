"""The main job from beginning to end, as staff do it: the real window, by keyboard, in Dutch, on a fresh folder."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from desktop.actions import entrance
from desktop.actions.entrance import CHEAP
from desktop.actions.letter_state import fixed_bytes
from desktop.app import make_application
from desktop.screens.welcome import Welcome
from desktop.settings import Settings
from desktop.storage import folders
from desktop.storage.backup import list_backups
from desktop.storage.models import (
    Activity,
    Appointment,
    Closing,
    Contact,
    Enrolment,
    Intake,
    Letter,
    Person,
    Practice,
    Voucher,
)
from tests import steps
from tests.drive import Driver, close, running, says
from tests.steps import Days, story_from

PASSWORD = "een lange zin voor nu"
FIRST_DAY = date(2026, 11, 23)  # a Monday
PERSON = "mevrouw Van den Heuvel-Smit"


@pytest.fixture(autouse=True)
def _quick_keys(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """The work of one guess is measured elsewhere; here it would only make everyone wait."""
    make_application([], Settings.in_memory())
    monkeypatch.setattr(entrance, "calibrate", lambda: CHEAP)


@pytest.fixture
def days() -> Iterator[Days]:
    with story_from(FIRST_DAY) as story:
        yield story


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def first_run(staff: Driver) -> None:
    """Welcome, organisation, account, and the sheet typed back."""
    staff.look_for("Welkom bij Wijkrecept")
    staff.press("Return")
    for field, text in (
        ("Naam van de organisatie", "Welzijn Dorpstad"),
        ("Straat", "Brinkstraat"),
        ("Huisnummer", "12"),
        ("Postcode", "9797pc"),
        ("Plaats", "Rivierdam"),
        ("Telefoon", "050 2110000"),
    ):
        staff.fill(field, text)
    staff.save()
    staff.fill("Je naam", "F. Yıldız")
    staff.fill("Aanmeldnaam", "fatma")
    staff.fill("Wachtwoord", PASSWORD)
    staff.fill("Nog eens het wachtwoord", PASSWORD)
    staff.save()
    staff.look_for("Het herstelblad")
    welcome = staff.window.findChild(Welcome)
    assert welcome is not None
    staff.fill("De groepen op het blad", " ".join(welcome.sheet.groups))
    staff.push("Aan het werk")
    assert staff.page().place == "tasks"


def sign_in(staff: Driver) -> None:
    staff.fill("Aanmeldnaam", "fatma")
    staff.fill("Wachtwoord", PASSWORD)
    staff.press("Return")
    staff.wait_idle()
    staff.wait(lambda: not staff.window.covered())


def bring_in_lists(staff: Driver) -> None:
    said = steps.import_list(staff, "practices", steps.PRACTICES)
    assert said == "8 rijen: 4 nieuw, 1 samengevoegd met een andere rij, 1 overgeslagen, 2 geen gegevens."
    assert Practice.select().count() == 4
    steps.import_list(staff, "activities", steps.ACTIVITIES)
    assert Activity.select().count() == 14


def words_of(letter: Letter) -> str:
    return PdfReader(BytesIO(fixed_bytes(letter))).pages[0].extract_text()


def tasks(staff: Driver) -> str:
    staff.window.show_place("tasks")
    return " | ".join(says(row) for row in staff.rows())


def test_from_first_run_to_the_letter_in_the_practice_and_again_after_a_restart(
    folder: Path, tmp_path: Path, days: Days
) -> None:
    sent = tmp_path / "brieven"
    with running(folder) as staff:
        first_run(staff)
        bring_in_lists(staff)

        steps.paste_mail(staff, 1)
        voucher = steps.register(staff, "20-11")
        assert voucher.status == "received"
        assert voucher.practice.name == "Huisartsenpraktijk De Wilg"
        assert voucher.report_to.surname == "Kuiper"
        assert (voucher.person.surname, voucher.person.birth_date) == ("Heuvel-Smit", "1948-09-12")
        assert f"Bel {PERSON} 06 8123 4501" in tasks(staff)

        steps.call_and_plan(staff, PERSON)
        appointment = Appointment.get()
        assert Voucher.get_by_id(voucher.id).status == "intake_planned"
        assert f"Intake {PERSON}" in tasks(staff)

        days.go_to(appointment.starts_at.date(), appointment.starts_at.time())
        steps.hold_intake(staff, PERSON, "Weer mensen zien.", "Mevrouw gaat mee naar de koffie.", (6, 4, 5, 6, 3, 7))
        intake = Intake.get()
        assert (intake.goals, intake.mark_joining) == ("Weer mensen zien.", 3)
        assert Voucher.get_by_id(voucher.id).status == "intake_held"
        assert staff.sees("past bij eenzaamheid")

        steps.sign_up(staff, "Koffietafel Het Veer", "morgen")
        assert Enrolment.get().start_on == FIRST_DAY + timedelta(days=1)

        days.pass_days(2)
        assert f"Is {PERSON} bij Koffietafel Het Veer geweest?" in tasks(staff)
        steps.first_time(staff, PERSON)
        assert Enrolment.get().first_attended_on == FIRST_DAY + timedelta(days=1)
        assert Voucher.get_by_id(voucher.id).status == "participating"

        steps.write_letter(staff, PERSON)
        assert staff.sees("Geen actie nodig"), staff.words()
        steps.approve_and_fix(staff)
        made = steps.send_as_pdf(staff, sent)
        letter = Letter.get()
        assert (letter.moment, letter.state) == ("intake", "sent")
        assert made.read_bytes() == fixed_bytes(letter)
        assert "Betreft: mw. J. van den Heuvel-Smit, geb. 12-09-1948" in words_of(letter)

        staff.press("Ctrl+Z")
        staff.look_for("Een verstuurde brief kan niet meer ongedaan worden gemaakt.")
        close(staff)
    assert len(list_backups(folders.backup_folder(folder))) >= 1

    with running(folder) as staff:
        sign_in(staff)
        assert Voucher.get_by_id(voucher.id).status == "participating"
        staff.press("Ctrl+Z")
        staff.look_for("Een verstuurde brief kan niet meer ongedaan worden gemaakt.")
        assert Letter.get().state == "sent"

        days.pass_days(95)
        assert f"Nazorggesprek (na 3 maanden): {PERSON}" in tasks(staff)
        steps.aftercare_and_close(staff, PERSON, "Gaat nog elke week.", "Afgerond")
        assert Closing.get().outcome == "completed"
        steps.approve_and_fix(staff)
        steps.send_as_pdf(staff, sent)
        assert [letter.moment for letter in Letter.select().order_by(Letter.id)] == ["intake", "closing"]
        assert "Dit is ons laatste bericht over deze verwijzing" in " ".join(words_of(letter_about("closing")).split())
        assert Voucher.get_by_id(voucher.id).status == "closed"
        assert PERSON not in tasks(staff)

        staff.press("Ctrl+F")
        staff.type("heuvel")
        staff.wait(staff.window.search.hits)
        staff.press("Down")
        staff.press("Return")
        staff.look_for("Eerste keer geweest")
        staff.look_for("Afgesloten")


def letter_about(moment: str) -> Letter:
    found: Letter = Letter.get(Letter.moment == moment)
    return found


def test_the_bsn_of_a_mail_reaches_no_field_and_nothing_is_saved_unseen(folder: Path, days: Days) -> None:
    with running(folder) as staff:
        first_run(staff)
        bring_in_lists(staff)
        steps.paste_mail(staff, 3)
        staff.look_for("BSN weggelaten")
        assert not staff.sees("123456782")
        assert Voucher.select().count() == 0
        voucher = steps.register(staff, "17-11")
        assert voucher.person.interpreter
        assert "123456782" not in f"{voucher.note} {voucher.person.note}"


def test_someone_who_walked_into_the_group_is_registered_there_and_the_doctor_hears_of_it(
    folder: Path, days: Days
) -> None:
    with running(folder) as staff:
        first_run(staff)
        bring_in_lists(staff)
        activity = Activity.get(Activity.title == "Koffietafel Het Veer")
        staff.program.open("activity", activity_id=activity.id)
        staff.push("Deelnemer liep binnen")
        staff.choose("Praktijk", "wilg")
        staff.fill("Verwijzer", "Brouwer")
        staff.pick("Praktijk mocht doorgeven", "j")
        staff.pick("Wij mogen terugkoppelen", "j")
        staff.fill("Voornaam of voorletters", "Pieter")
        staff.fill("Achternaam", "Hoekstra")
        staff.fill("Telefoon", "06 12000009")
        staff.save()
        voucher = Voucher.get()
        assert voucher.status == "participating"
        assert voucher.channel == "walk_in"
        assert Enrolment.get().first_attended_on == FIRST_DAY
        steps.write_letter(staff, "Hoekstra")
        steps.approve_and_fix(staff)
        steps.send_as_pdf(staff, folder.parent / "brieven")
        assert Letter.get().state == "sent"


def test_locked_halfway_the_voucher_waits_for_whoever_typed_it(folder: Path, days: Days) -> None:
    with running(folder) as staff:
        first_run(staff)
        bring_in_lists(staff)
        steps.paste_mail(staff, 1)
        staff.fill("Datum op voucher", "20-11")
        staff.press("Ctrl+L")
        assert staff.window.covered()
        assert not staff.sees("Heuvel")
        sign_in(staff)
        assert staff.sees("Heuvel-Smit")
        assert Voucher.select().count() == 0
        staff.pick("Praktijk mocht doorgeven", "j")
        staff.pick("Wij mogen terugkoppelen", "j")
        staff.save()
        assert Voucher.get().person.surname == "Heuvel-Smit"


def test_killed_halfway_the_voucher_is_offered_back_at_the_next_start(folder: Path, days: Days) -> None:
    with running(folder) as staff:
        first_run(staff)
        bring_in_lists(staff)
        steps.paste_mail(staff, 1)
        staff.wait(lambda: staff.sees("Concept bewaard"), "nothing was kept within the patience")
    with running(folder) as staff:  # the program never got the chance to close its forms
        sign_in(staff)
        staff.do("Afmaken: Nieuwe voucher")
        staff.look_for("Heuvel-Smit")
        assert steps.register(staff, "20-11").person.surname == "Heuvel-Smit"
        assert "Afmaken" not in tasks(staff)


def test_an_import_is_one_deed_and_one_undo(folder: Path, days: Days) -> None:
    with running(folder) as staff:
        first_run(staff)
        bring_in_lists(staff)
        staff.press("Ctrl+Z")
        assert Activity.select().count() == 0
        assert Practice.select().count() == 4
        staff.press("Ctrl+Z")
        assert Practice.select().count() == 0
        assert Contact.select().count() == 0
        assert Person.select().count() == 0
