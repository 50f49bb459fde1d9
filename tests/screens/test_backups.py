"""Backups on screen: hourly, in a second place, back again, to another computer, and out of a damaged file."""

import random
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop import clock
from desktop.actions import entrance
from desktop.actions.staff import add_colleague
from desktop.actions.vouchers import register_voucher
from desktop.app import make_application
from desktop.rules.staff import StaffDraft
from desktop.screens.backups import Backups, Move
from desktop.screens.copies import age_of
from desktop.screens.restore import Restore
from desktop.settings import Settings
from desktop.storage import backup, folders
from desktop.storage.backup import list_backups, make_backup
from desktop.storage.changes import Audit
from desktop.storage.models import Person, Voucher
from tests.drive import Driver, close, running
from tests.factory import a_draft
from tests.survival.office import NAME, PASSWORD, Made, flip, made_office

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Clock:
    """A clock on the wall that only moves when it is told to."""

    def __init__(self) -> None:
        self.now = NOON

    def later(self, **much: float) -> None:
        self.now += timedelta(**much)


@pytest.fixture
def wall(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Clock:
    make_application([], Settings.in_memory())
    wall = Clock()
    monkeypatch.setattr(clock, "now", lambda: wall.now)
    monkeypatch.setattr(clock, "today", lambda: clock.local(wall.now).date())
    return wall


@pytest.fixture
def made(tmp_path: Path, wall: Clock) -> Made:
    return made_office(tmp_path / "data")


def sign_in(staff: Driver, name: str = NAME, password: str = PASSWORD) -> None:
    staff.fill("Aanmeldnaam", name)
    staff.fill("Wachtwoord", password)
    staff.press("Return")
    staff.wait_idle()
    staff.wait(lambda: not staff.window.covered())


def copies(made: Made) -> list[datetime]:
    return [each.made_at for each in list_backups(folders.backup_folder(made.opened.folder))]


def register(made: Made) -> None:
    """A voucher of yesterday, on the clock of this test."""
    day = date(2026, 11, 19)
    register_voucher(made.member, a_draft(None, dated_on=day, received_on=day))


def minute(staff: Driver) -> None:
    """What happens each minute."""
    staff.program.copies.look()
    staff.wait_idle()


def show_backups(staff: Driver) -> Backups:
    staff.program.open("backups")
    page = staff.page()
    assert isinstance(page, Backups)
    return page


def test_a_backup_is_made_each_hour_in_which_something_changed(made: Made, wall: Clock) -> None:
    with running(made.opened.folder) as staff:
        sign_in(staff)
        minute(staff)
        assert len(copies(made)) == 1, "there was none at all"
        wall.later(minutes=30)
        register(made)
        minute(staff)
        assert len(copies(made)) == 1, "not within the hour"
        wall.later(minutes=31)
        minute(staff)
        assert len(copies(made)) == 2
        staff.look_for("Laatste goede back-up: vandaag 14:01")
        wall.later(hours=3)
        minute(staff)
        assert len(copies(made)) == 2, "nothing changed"


def test_a_failing_hourly_backup_is_told_once_and_tried_an_hour_later(made: Made, wall: Clock) -> None:
    usual = folders.backup_folder(made.opened.folder)
    usual.write_text("in the way")
    with running(made.opened.folder) as staff:
        sign_in(staff)
        minute(staff)
        staff.look_for("Schrijven naar de schijf is niet gelukt.")
        usual.unlink()
        minute(staff)
        assert not usual.exists()
        wall.later(hours=1)
        minute(staff)
        assert len(copies(made)) == 1


def test_the_status_line_says_how_old_the_backup_is_and_turns_red_after_three_days(made: Made, wall: Clock) -> None:
    make_backup(made.opened, folders.backup_folder(made.opened.folder), wall.now)
    with running(made.opened.folder) as staff:
        wall.later(days=1)
        sign_in(staff)
        staff.look_for("Laatste goede back-up: gisteren 13:00")
        wall.later(days=2, hours=1)
        staff.program.copies.told.emit()
        staff.look_for("Laatste goede back-up: 3 dagen geleden, 20-11-2026 13:00")
        assert staff.program.copies.age().tone == "late"
    assert age_of(NOON, NOON + timedelta(days=3)).tone == ""
    assert age_of(NOON, NOON - timedelta(days=9)).tone == "", "a clock that was set back is no old backup"


def test_the_data_are_compared_in_whole_once_a_week(made: Made, wall: Clock) -> None:
    with running(made.opened.folder) as staff:
        sign_in(staff)
        minute(staff)
        minute(staff)
        assert staff.program.copies.checked_on() == clock.today()
        first = clock.today()
        wall.later(days=3)
        minute(staff)
        minute(staff)
        assert staff.program.copies.checked_on() == first
        wall.later(days=4)
        minute(staff)
        minute(staff)
        assert staff.program.copies.checked_on() == clock.today()


def test_each_backup_goes_to_the_stick_too_and_a_missing_stick_is_told(made: Made, wall: Clock, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with running(made.opened.folder) as staff:
        sign_in(staff)
        page = show_backups(staff)
        page.choose_folder = lambda _parent: str(stick)
        staff.push("Een map kiezen")
        staff.wait_idle()
        assert len(list_backups(stick)) == 1
        staff.look_for(f"{stick}, laatste kopie 20-11-2026 13:00")
        shutil.rmtree(stick)
        wall.later(minutes=5)
        staff.push("Nu een back-up maken")
        staff.wait_idle()
        staff.look_for("De tweede plek voor back-ups is er nu niet.")
        assert len(copies(made)) == 2, "the backup itself stands"
        assert not stick.exists()


def test_the_folder_of_the_data_is_no_second_place(made: Made) -> None:
    with running(made.opened.folder) as staff:
        sign_in(staff)
        page = show_backups(staff)
        page.choose_folder = lambda _parent: str(made.opened.folder / "backups")
        staff.push("Een map kiezen")
        staff.look_for("Dit is de map van de gegevens zelf.")


def test_a_coordinator_goes_back_to_this_morning(made: Made, wall: Clock) -> None:
    with running(made.opened.folder) as staff:
        sign_in(staff)
        minute(staff)
        wall.later(minutes=5)
        register(made)
        page = show_backups(staff)
        staff.do("20-11-2026 13:00", "Back-ups")
        staff.look_for("Back-up van 20-11-2026 13:00: 0 deelnemers, 0 vouchers.")
        assert not page.isVisible()
        staff.fill("Wachtwoord", PASSWORD)
        staff.press("Ctrl+Return")
        staff.look_for("Vul je naam en wachtwoord in, of de groepen van het herstelblad.")
        staff.fill("Aanmeldnaam", NAME)
        staff.fill("Wachtwoord", "een verkeerde zin hier")
        staff.press("Ctrl+Return")
        staff.look_for("De naam of het wachtwoord klopt niet.")
        staff.press("Ctrl+Return")
        staff.look_for("Wacht 1 seconde en probeer het dan opnieuw.")
        wall.later(seconds=2)
        staff.fill("Wachtwoord", PASSWORD)
        staff.press("Ctrl+Return")
        staff.look_for("Organisatie: Welzijn Dorpstad")
        staff.look_for("0 deelnemers, 0 vouchers – nu: 1 deelnemer, 1 voucher")
        staff.look_for("1 collega: F. Yıldız")
        assert Voucher.select().count() == 1, "nothing was touched yet"
        staff.push("Deze back-up terugzetten")
        staff.wait(lambda: not staff.window.covered())
        assert Voucher.select().count() == 0
        assert staff.page().place == "tasks"
        assert Audit.select().where(Audit.name == "backup restored").count() == 1
        assert len(copies(made)) == 2, "what was there was backed up first"
        assert list(made.opened.folder.glob("put-aside-*/*.db"))


def test_going_back_may_be_thought_better_of(made: Made, wall: Clock) -> None:
    with running(made.opened.folder) as staff:
        sign_in(staff)
        minute(staff)
        show_backups(staff)
        staff.push("Een back-up terugzetten")
        staff.look_for("Deze back-ups zijn gevonden.")
        staff.push("Terug")
        assert not staff.window.covered()
        assert staff.page().place == "settings"


def test_only_a_coordinator_may_go_back(made: Made, wall: Clock) -> None:
    with running(made.opened.folder) as staff:
        sign_in(staff)
        minute(staff)
        draft = StaffDraft(name="K. de Boer", sign_in_name="kdeboer", roles=("coach",))
        new = add_colleague(made.member, staff.program.entered.session, draft)  # type: ignore[union-attr]
        staff.press("Ctrl+L")
        staff.fill("Aanmeldnaam", "kdeboer")
        staff.fill("Wachtwoord", new.password)
        staff.press("Return")
        staff.look_for("Kies een wachtwoord")
        staff.fill("Nieuw wachtwoord", "met de trein naar zee")
        staff.fill("Nog eens het nieuwe wachtwoord", "met de trein naar zee")
        staff.press("Return")
        staff.wait_idle()
        staff.wait(lambda: not staff.window.covered())
        show_backups(staff)
        assert not staff.sees("Een back-up terugzetten")
        assert not staff.sees("Verhuizen naar een andere pc")
        staff.do("20-11-2026", "Back-ups", open=True)
        assert not staff.window.covered()


def test_moving_to_another_computer_and_going_on_there(made: Made, wall: Clock, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    settings = Settings.in_memory()
    with running(made.opened.folder, settings=settings) as staff:
        sign_in(staff)
        register(made)
        show_backups(staff)
        staff.push("Verhuizen naar een andere pc")
        page = staff.page()
        assert isinstance(page, Move)
        page.choose_folder = lambda _parent: str(stick)
        staff.save()
        staff.save()
        staff.look_for("Kies eerst de map voor de kopie.")
        staff.push("Een map kiezen")
        staff.save()
        staff.wait_idle()
        staff.look_for("De kopie is klaar")
        assert Audit.select().where(Audit.name == "backup exported").count() == 1
        (copy,) = list_backups(stick)
        assert staff.sees(copy.path.name)
        staff.push("Op deze computer stoppen")
        staff.wait(lambda: not staff.window.isVisible())
    with running(made.opened.folder, settings=settings) as staff:
        staff.look_for("De gegevens zijn verhuisd naar een andere computer")
        staff.push("Toch hier verder werken")
        staff.look_for("Aanmelden")
    with running(tmp_path / "new computer") as staff:
        staff.window.findChild(entrance_welcome()).choose_file = lambda _parent: str(copy.path)  # type: ignore[attr-defined]
        staff.push("Een back-up terugzetten")
        staff.fill("Of de groepen van het herstelblad", " ".join(made.groups))
        staff.press("Ctrl+Return")
        staff.look_for("1 deelnemer, 1 voucher")
        staff.push("Deze back-up terugzetten")
        staff.look_for("Kies een wachtwoord")
        staff.choose("Wie ben je?", "Y")
        staff.fill("Aanmeldnaam", NAME)
        staff.fill("Nieuw wachtwoord", "een heel nieuwe zin")
        staff.fill("Nog eens het nieuwe wachtwoord", "een heel nieuwe zin")
        staff.press("Return")
        staff.wait_idle()
        staff.wait(lambda: not staff.window.covered())
        assert Voucher.select().count() == 1


def entrance_welcome() -> type:
    from desktop.screens.welcome import Welcome

    return Welcome


def test_a_file_damaged_overnight_leads_to_the_backup_and_back_to_work(made: Made, wall: Clock) -> None:
    with running(made.opened.folder) as staff:
        sign_in(staff)
        register(made)
        close(staff)
    flip(made.opened.database, random.Random(1), first=20)
    made.opened.database.write_bytes(made.opened.database.read_bytes()[:4096] + b"\0" * 8192)
    with running(made.opened.folder) as staff:
        staff.fill("Aanmeldnaam", NAME)
        staff.fill("Wachtwoord", PASSWORD)
        staff.press("Return")
        staff.look_for("Het bestand met de gegevens")
        staff.look_for("Deze back-ups zijn gevonden.")
        staff.do("20-11-2026", "Back-ups")
        staff.fill("Aanmeldnaam", NAME)
        staff.fill("Wachtwoord", PASSWORD)
        staff.press("Ctrl+Return")
        staff.look_for("1 deelnemer, 1 voucher")
        staff.push("Deze back-up terugzetten")
        staff.wait(lambda: not staff.window.covered())
        assert Person.select().count() == 1
        assert list(made.opened.folder.glob("put-aside-*/*.db")), "the damaged file is kept"


def test_damage_found_while_working_hides_the_data_and_shows_the_way_back(made: Made, wall: Clock) -> None:
    with running(made.opened.folder) as staff:
        sign_in(staff)
        minute(staff)
        staff.program.desk.damaged.emit("Het bestand met de gegevens is beschadigd.")
        assert staff.window.findChild(Restore) is not None
        staff.look_for("Deze back-ups zijn gevonden.")
        assert staff.program.entered is None
        staff.push("Terug")
        staff.look_for("Aanmelden")


def test_damage_deep_in_the_file_is_found_by_the_background_check(made: Made, wall: Clock) -> None:
    with running(made.opened.folder) as staff:
        sign_in(staff)
        for _number in range(5):
            register(made)
        close(staff)
    flip(made.opened.database, random.Random(5), first=60 * 4096)
    with running(made.opened.folder) as staff:
        sign_in(staff)
        staff.program.copies.check_now(lambda _checked: None)
        staff.wait_idle()
        staff.look_for("Een back-up terugzetten")
        staff.look_for("beschadigd")


def test_closing_makes_a_backup_and_prunes_what_the_rule_no_longer_keeps(made: Made, wall: Clock) -> None:
    usual = folders.backup_folder(made.opened.folder)
    for days in range(40, 2, -1):
        make_backup(made.opened, usual, wall.now - timedelta(days=days))
    with running(made.opened.folder) as staff:
        sign_in(staff)
        close(staff)
    assert len(copies(made)) < 30
    assert backup.last_good(usual) == wall.now


def test_entering_after_a_restore_shows_nothing_of_before(made: Made, wall: Clock) -> None:
    with running(made.opened.folder) as staff:
        sign_in(staff)
        staff.program.open("new_voucher")
        assert len(staff.window.findChildren(type(staff.page()))) == 1
        old = staff.page()
        opened = staff.program.entered.session.opened  # type: ignore[union-attr]
        staff.program._step_out(lambda: None)
        staff.wait_idle()
        assert staff.program.entered is None
        staff.program._came_back(opened)
        assert staff.page() is not old
        assert entrance.organisation_name() == "Welzijn Dorpstad"
