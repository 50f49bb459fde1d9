"""Before anyone is in, and who may come in: welcome, recovery sheet, sign-in, lock, restore, colleagues, settings."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import entrance
from desktop.actions.entrance import CHEAP, NewOffice
from desktop.app import Program, make_application
from desktop.errors import StorageProblem
from desktop.rules.organisation import OrganisationDraft
from desktop.screens.welcome import Welcome
from desktop.settings import Settings
from desktop.storage import folders, office
from desktop.storage.backup import list_backups
from desktop.storage.changes import Audit
from desktop.storage.models import Organisation, Staff
from desktop.widgets import theme
from desktop.widgets.single import FirstStart, knock
from tests.drive import Driver, close, running

PASSWORD = "een lange zin voor nu"
NAME = "fatma"


@pytest.fixture(autouse=True)
def _quick_keys(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """The work of one guess is measured elsewhere; here it would only make everyone wait."""
    make_application([], Settings.in_memory())
    monkeypatch.setattr(entrance, "calibrate", lambda: CHEAP)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def make_office(folder: Path) -> tuple[str, ...]:
    """An organisation whose coordinator has signed out again; the groups of its recovery sheet."""
    new = NewOffice(
        organisation=OrganisationDraft(name="Welzijn Dorpstad"), name="F. Yıldız", sign_in_name=NAME, password=PASSWORD
    )
    return entrance.set_up(folder, "office", new, CHEAP)[1]


def sign_in(staff: Driver, name: str = NAME, password: str = PASSWORD) -> None:
    staff.fill("Aanmeldnaam", name)
    staff.fill("Wachtwoord", password)
    staff.press("Return")
    staff.wait_idle()


def start_new(staff: Driver) -> tuple[str, ...]:
    """The welcome's first choice up to the sheet, whose groups are read from it."""
    staff.look_for("Welkom bij Wijkrecept")
    staff.press("Return")
    staff.fill("Naam van de organisatie", "Welzijn Dorpstad")
    staff.fill("Postcode", "5611ab")
    staff.fill("Plaats", "Dorpstad")
    staff.save()
    staff.fill("Je naam", "F. Yıldız")
    staff.fill("Aanmeldnaam", NAME)
    staff.fill("Wachtwoord", PASSWORD)
    staff.fill("Nog eens het wachtwoord", PASSWORD)
    staff.save()
    staff.look_for("Het herstelblad")
    welcome = staff.window.findChild(Welcome)
    assert welcome is not None
    return welcome.sheet.groups


def test_first_run_ends_at_te_doen_after_the_sheet_was_typed_over(folder: Path) -> None:
    with running(folder) as staff:
        groups = start_new(staff)
        staff.fill("De groepen op het blad", " ".join(groups[:-1]) + " 00000")
        staff.press("Ctrl+Return")
        staff.look_for("Groep 8 klopt niet.")
        staff.fill("De groepen op het blad", " ".join(groups).lower())
        staff.press("Ctrl+Return")
        staff.wait(lambda: not staff.window.covered())
        assert staff.page().place == "tasks"
        assert Organisation.get().name == "Welzijn Dorpstad"
        assert Organisation.get().postcode == "5611 AB"
        assert staff.sees("F. Yıldız")


def test_nothing_is_made_before_everything_is_filled_in(folder: Path) -> None:
    with running(folder) as staff:
        staff.press("Return")
        staff.save()
        staff.look_for("Vul dit in.")
        staff.fill("Naam van de organisatie", "Welzijn Dorpstad")
        staff.save()
        staff.fill("Je naam", "F. Yıldız")
        staff.fill("Aanmeldnaam", NAME)
        staff.fill("Wachtwoord", "kort")
        staff.fill("Nog eens het wachtwoord", "anders")
        staff.save()
        staff.look_for("De twee wachtwoorden verschillen.")
        staff.fill("Nog eens het wachtwoord", "kort")
        staff.save()
        assert staff.sees("12"), staff.words()
        assert office.look(folder).state == office.EMPTY


def test_a_full_disk_keeps_what_was_typed_about_the_organisation(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise StorageProblem("De schijf is vol.")

    monkeypatch.setattr(entrance, "set_up", full)
    with running(folder) as staff:
        staff.press("Return")
        staff.fill("Naam van de organisatie", "Welzijn Dorpstad")
        staff.save()
        staff.fill("Je naam", "F. Yıldız")
        staff.fill("Aanmeldnaam", NAME)
        staff.fill("Wachtwoord", PASSWORD)
        staff.fill("Nog eens het wachtwoord", PASSWORD)
        staff.save()
        staff.look_for("De schijf is vol.")
        assert staff.sees("F. Yıldız")
        assert office.look(folder).state == office.EMPTY


def test_a_folder_on_the_network_is_refused_with_the_way_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = folders.Mount(str(folder.parent), "cifs")
    monkeypatch.setattr(folders, "linux_mounts", lambda: [share])
    monkeypatch.setattr(folders, "_mounts_here", lambda: folders.linux_mounts)
    with running(folder) as staff:
        staff.look_for("Deze map staat op het netwerk")
        assert "Gegevens in een andere map openen" in staff.stops()
        assert office.look(folder).state == office.EMPTY


def test_a_sheet_that_was_never_typed_over_is_made_anew_at_the_next_sign_in(folder: Path) -> None:
    with running(folder) as staff:
        first = start_new(staff)
    with running(folder) as staff:
        sign_in(staff)
        staff.look_for("Herstelblad")
        staff.push("Een nieuw blad maken")
        staff.look_for("Het herstelblad")
        groups = staff.page().sheet.groups  # type: ignore[attr-defined]
        assert groups != first
        staff.fill("De groepen op het blad", "-".join(groups))
        staff.push("Klaar")
        assert staff.page().place == "tasks"
    with running(folder) as staff:
        staff.push("Gebruik het herstelblad")
        staff.fill("De groepen op het blad", " ".join(first))
        staff.press("Ctrl+Return")
        staff.wait_idle()
        staff.look_for("een ander herstelblad")


def test_wrong_password_says_the_same_as_an_unknown_name(folder: Path) -> None:
    make_office(folder)
    with running(folder) as staff:
        sign_in(staff, NAME, "een andere lange zin")
        staff.look_for("De naam of het wachtwoord klopt niet.")
        assert staff.window.covered()
        sign_in(staff, "niemand", PASSWORD)
        said = " ".join(staff.words())
        assert "De naam of het wachtwoord klopt niet." in said or "Wacht" in said


def test_empty_sign_in_asks_for_both(folder: Path) -> None:
    make_office(folder)
    with running(folder) as staff:
        staff.go_to("Wachtwoord")
        staff.press("Return")
        staff.look_for("Vul je naam en je wachtwoord in.")


def test_signing_in_takes_name_tab_password_enter(folder: Path) -> None:
    make_office(folder)
    with running(folder) as staff:
        staff.type(NAME)
        staff.press("Tab")
        staff.type(PASSWORD)
        staff.press("Return")
        staff.wait(lambda: not staff.window.covered())
        assert staff.page().place == "tasks"


def test_lock_hides_everything_and_the_half_filled_form_waits(folder: Path) -> None:
    make_office(folder)
    with running(folder) as staff:
        sign_in(staff)
        staff.program.open("staff")
        staff.fill("Naam", "Kees de Boer")
        staff.press("Ctrl+L")
        assert staff.window.covered()
        assert not staff.sees("Kees de Boer")
        assert staff.program.entered is None
        sign_in(staff)
        assert staff.sees("Kees de Boer")
        staff.fill("Functie onder een brief", "welzijnscoach")


def test_after_a_lock_another_one_does_not_see_what_was_typed(folder: Path) -> None:
    make_office(folder)
    with running(folder) as staff:
        sign_in(staff)
        password = add_kees(staff)
        staff.program.open("organisation")
        staff.fill("Website", "geheim.example")
        staff.press("Ctrl+L")
        sign_in(staff, "kees", password)
        choose_password(staff)
        assert not staff.sees("geheim.example")
        staff.press("Ctrl+L")
        sign_in(staff)
        waiting = staff.program.left_unfinished()
        assert len(waiting) == 1


def add_kees(staff: Driver) -> str:
    """A colleague, added by keyboard; the one-time password that is shown."""
    staff.program.open("staff")
    staff.fill("Naam", "Kees de Boer")
    staff.fill("Aanmeldnaam", "kees")
    staff.push("Welzijnscoach")
    staff.save()
    staff.look_for("Kees de Boer kan zich aanmelden")
    shown = next(text for text in staff.words() if re.fullmatch(r"\w{5}-\w{5}-\w{5}", text))
    staff.press("Escape")
    return shown


def choose_password(staff: Driver, new: str = "kees kiest zelf een zin") -> None:
    staff.look_for("Kies een wachtwoord")
    staff.fill("Nieuw wachtwoord", new)
    staff.fill("Nog eens het nieuwe wachtwoord", new)
    staff.press("Return")
    staff.wait_idle()


def test_a_colleague_comes_in_once_with_the_password_that_was_read_out(folder: Path) -> None:
    make_office(folder)
    with running(folder) as staff:
        sign_in(staff)
        password = add_kees(staff)
        staff.press("Ctrl+L")
        sign_in(staff, "kees", password)
        choose_password(staff, "kort")
        assert staff.window.covered()
        choose_password(staff)
        staff.wait(lambda: not staff.window.covered())
        assert staff.sees("Kees de Boer")
        staff.press("Ctrl+L")
        sign_in(staff, "kees", password)
        assert staff.window.covered()
        assert Staff.select().count() == 2 if staff.program.entered else True


def test_a_colleague_who_was_undone_can_be_added_again(folder: Path) -> None:
    make_office(folder)
    with running(folder) as staff:
        sign_in(staff)
        first = add_kees(staff)
        staff.press("Ctrl+Z")
        assert Staff.select().count() == 1
        second = add_kees(staff)
        staff.press("Ctrl+L")
        sign_in(staff, "kees", first)
        staff.look_for("Je kunt het nu weer proberen.")
        sign_in(staff, "kees", second)
        staff.look_for("Kies een wachtwoord")


def test_only_a_coordinator_sees_colleagues_in_the_settings(folder: Path) -> None:
    make_office(folder)
    with running(folder) as staff:
        sign_in(staff)
        password = add_kees(staff)
        staff.window.show_place("settings")
        assert staff.sees("Collega's")
        staff.press("Ctrl+L")
        sign_in(staff, "kees", password)
        choose_password(staff)
        staff.window.show_place("settings")
        assert not staff.sees("Collega's")
        assert staff.sees("Back-ups")


def test_the_recovery_sheet_lets_the_coordinator_in_with_a_new_password(folder: Path) -> None:
    groups = make_office(folder)
    with running(folder) as staff:
        staff.push("Gebruik het herstelblad")
        staff.fill("De groepen op het blad", " ".join(groups))
        staff.press("Ctrl+Return")
        staff.wait_idle()
        staff.look_for("Kies een wachtwoord")
        staff.choose("Wie ben je?", "Y")
        staff.fill("Aanmeldnaam", NAME)
        staff.fill("Nieuw wachtwoord", "een heel nieuwe zin")
        staff.fill("Nog eens het nieuwe wachtwoord", "een heel nieuwe zin")
        staff.press("Return")
        staff.wait_idle()
        staff.wait(lambda: not staff.window.covered())
        staff.press("Ctrl+L")
        sign_in(staff, NAME, "een heel nieuwe zin")
        staff.wait(lambda: not staff.window.covered())


def test_closing_makes_a_backup_and_a_bare_folder_gets_everything_back(folder: Path, tmp_path: Path) -> None:
    make_office(folder)
    with running(folder) as staff:
        sign_in(staff)
        close(staff)
    made = list_backups(folders.backup_folder(folder))
    assert len(made) == 1
    bare = tmp_path / "bare"
    with running(bare) as staff:
        welcome = staff.window.findChild(Welcome)
        assert welcome is not None
        welcome.choose_file = lambda _parent: str(made[0].path)
        staff.push("Een back-up terugzetten")
        staff.look_for("Back-up van")
        staff.press("Ctrl+Return")
        staff.look_for("Vul je naam en wachtwoord in, of de groepen van het herstelblad.")
        staff.fill("Aanmeldnaam", NAME)
        staff.fill("Wachtwoord", PASSWORD)
        staff.press("Ctrl+Return")
        staff.wait_idle()
        staff.look_for("1 collega: F. Yıldız")
        staff.push("Deze back-up terugzetten")
        staff.wait_idle()
        staff.wait(lambda: not staff.window.covered())
        assert Organisation.get().name == "Welzijn Dorpstad"


def test_a_file_that_is_no_backup_is_refused_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "vakantie.wrb"
    other.write_bytes(b"geen back-up")
    with running(folder) as staff:
        welcome = staff.window.findChild(Welcome)
        assert welcome is not None
        welcome.choose_file = lambda _parent: str(other)
        staff.push("Een back-up terugzetten")
        assert staff.sees("back-up"), staff.words()
        assert staff.sees("Welkom bij Wijkrecept")
        assert office.look(folder).state == office.EMPTY


def test_a_failing_backup_does_not_lock_anyone_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_office(folder)
    with running(folder) as staff:
        sign_in(staff)
        folders.backup_folder(folder).parent.mkdir(exist_ok=True)
        folders.backup_folder(folder).write_text("in the way")
        staff.window.close()
        staff.look_for("Sluit het venster nog een keer")
        assert staff.window.isVisible()
        staff.window.close()
        assert not staff.window.isVisible()


def test_a_missing_database_is_never_replaced_by_an_empty_one(folder: Path) -> None:
    make_office(folder)
    for path in folder.glob("*.db"):
        path.unlink()
    with running(folder) as staff:
        staff.look_for("Het bestand met de gegevens ontbreekt.")
        new = staff.window.findChild(Welcome)
        assert new is not None
        names = staff.stops()
        assert "Een nieuwe organisatie beginnen" not in names
        assert "Een back-up terugzetten" in names


def test_a_second_start_brings_the_first_window_up(folder: Path) -> None:
    make_office(folder)
    with running(folder) as staff:
        raised: list[bool] = []
        first = FirstStart(folder, lambda: raised.append(True), staff.program)
        assert knock(folder)
        staff.wait(lambda: raised)
        first.deleteLater()


def test_organisation_form_saves_and_undo_takes_it_back(folder: Path) -> None:
    make_office(folder)
    with running(folder) as staff:
        sign_in(staff)
        staff.window.show_place("settings")
        staff.do("Organisatie en brieven")
        staff.fill("Naam van de organisatie", "Welzijn Nieuwstad")
        staff.fill("Postcode", "12")
        staff.save()
        assert Organisation.get().name == "Welzijn Dorpstad"
        staff.fill("Postcode", "5612 cd")
        staff.save()
        assert Organisation.get().name == "Welzijn Nieuwstad"
        staff.press("Ctrl+Z")
        assert Organisation.get().name == "Welzijn Dorpstad"


def test_the_log_tells_of_coming_in_and_going_out(folder: Path) -> None:
    make_office(folder)
    with running(folder) as staff:
        sign_in(staff)
        staff.press("Ctrl+L")
        sign_in(staff)
        names = [row.name for row in Audit.select(Audit.name).order_by(Audit.id)]
        assert names[-3:] == ["signed in", "locked", "signed in"]


def test_the_look_changes_at_once(folder: Path) -> None:
    make_office(folder)
    settings = Settings.in_memory()
    with running(folder, settings=settings) as staff:
        sign_in(staff)
        staff.window.show_place("settings")
        staff.go_to("Zoals de computer")
        for scheme in ("light", "dark"):
            staff.press("Right")
            staff.press("Space")
            assert settings.get("scheme") == scheme
            assert theme.shown() == scheme


def test_the_practice_organisation_says_that_nothing_is_real(folder: Path, qtbot: QtBot) -> None:
    with running(folder, "exercise") as staff:
        staff.look_for("Oefenorganisatie")
        assert isinstance(staff.program, Program)
        assert staff.page().place == "tasks"
