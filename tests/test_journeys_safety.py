"""Four bad days from beginning to end, by keyboard in the real window: a leaver, a lost password, a bare computer,
and a request to destroy everything."""

import re
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from sqlcipher3.dbapi2 import DatabaseError

from desktop import clock
from desktop.actions import entrance
from desktop.actions.endings import close_case
from desktop.actions.entrance import CHEAP, NewOffice
from desktop.app import make_application
from desktop.rules.deeds import ClosingDraft
from desktop.rules.organisation import OrganisationDraft
from desktop.screens.welcome import Welcome
from desktop.settings import Settings
from desktop.storage import folders, keys
from desktop.storage.backup import list_backups
from desktop.storage.changes import Audit, Change
from desktop.storage.database import connect_raw
from desktop.storage.models import Destruction, Person, Request, Staff, Voucher
from desktop.widgets.preview import Preview
from tests.drive import Driver, close, running, says
from tests.factory import add_practice, add_voucher

NAME, PASSWORD = "fatma", "een lange zin voor nu"
KEES, KEES_SAYS = "kees", "kees kiest zelf een zin"
WRONG = "De naam of het wachtwoord klopt niet."


@pytest.fixture(autouse=True)
def _quick_keys(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """The work of one guess is measured elsewhere; here it would only make everyone wait."""
    make_application([], Settings.in_memory())
    monkeypatch.setattr(entrance, "calibrate", lambda: CHEAP)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def sheet(folder: Path) -> str:
    """What stands on the recovery sheet of an office that is there already."""
    new = NewOffice(
        organisation=OrganisationDraft(name="Welzijn Dorpstad"), name="F. Yıldız", sign_in_name=NAME, password=PASSWORD
    )
    return " ".join(entrance.set_up(folder, "office", new, CHEAP)[1])


def type_in(staff: Driver, name: str, password: str) -> None:
    staff.fill("Aanmeldnaam", name)
    staff.fill("Wachtwoord", password)
    staff.press("Return")
    staff.wait_idle()


def come_in(staff: Driver, name: str = NAME, password: str = PASSWORD) -> None:
    type_in(staff, name, password)
    staff.wait(lambda: not staff.window.covered(), lambda: f"not in: {staff.words()}")


def a_case(staff: Driver) -> Voucher:
    return add_voucher(staff.program.desk.by, add_practice())


def add_kees(staff: Driver) -> None:
    """A colleague with roles, a password read out once, and then one of his own."""
    staff.window.show_place("settings")
    staff.do("Collega's")
    staff.push("Nieuwe collega")
    staff.fill("Naam", "Kees de Boer")
    staff.fill("Aanmeldnaam", KEES)
    staff.push("Welzijnscoach")
    staff.save()
    staff.look_for("Kees de Boer kan zich aanmelden")
    once = next(text for text in staff.words() if re.fullmatch(r"\w{5}-\w{5}-\w{5}", text))
    staff.press("Ctrl+L")
    type_in(staff, KEES, once)
    staff.look_for("Kies een wachtwoord")
    choose_password(staff, KEES_SAYS)


def choose_password(staff: Driver, new: str) -> None:
    staff.fill("Nieuw wachtwoord", new)
    staff.fill("Nog eens het nieuwe wachtwoord", new)
    staff.press("Return")
    staff.wait_idle()
    staff.wait(lambda: not staff.window.covered(), lambda: f"not in: {staff.words()}")


def open_with_sheet(staff: Driver, sheet: str) -> None:
    staff.push("Gebruik het herstelblad")
    staff.fill("De groepen op het blad", sheet)
    staff.press("Ctrl+Return")
    staff.wait_idle()
    staff.look_for("Kies een wachtwoord")
    staff.choose("Wie ben je?", "Y")


def test_a_leaver_with_a_copy_of_the_folder_gets_no_further(folder: Path, sheet: str, tmp_path: Path) -> None:
    """Kees knows his password and took the key file home; what is written after he left is not his to read."""
    at_home = tmp_path / "at home"
    with running(folder) as staff:
        come_in(staff)
        add_kees(staff)
        staff.press("Ctrl+L")
        shutil.copytree(folder, at_home)
        come_in(staff)
        staff.window.show_place("settings")
        staff.do("Collega's")
        staff.do("Kees de Boer")
        staff.push("Gaat weg bij de organisatie")
        staff.push("Toegang sluiten")
        staff.wait_idle()
        staff.wait(lambda: not staff.window.covered())
        later = a_case(staff)
        before = list_backups(folders.backup_folder(folder))
        assert len(before) == 1
        assert before[0].head.counts["voucher"] == 0
        staff.press("Ctrl+L")
        type_in(staff, KEES, KEES_SAYS)
        staff.look_for(WRONG)
        assert staff.window.covered()
        staff.look_for("Je kunt het nu weer proberen.")
        come_in(staff)
        assert Voucher.get().number == later.number
        close(staff)
    kept = keys.sign_in(at_home, KEES, KEES_SAYS)
    live = keys.sign_in(folder, NAME, PASSWORD)
    with pytest.raises(DatabaseError), closing(connect_raw(live.database, kept.data_key)) as connection:
        connection.execute("SELECT count(*) FROM voucher").fetchone()
    with running(folder) as staff:  # the sheet in the cupboard is still good
        open_with_sheet(staff, sheet)
        staff.fill("Aanmeldnaam", NAME)
        choose_password(staff, "een heel nieuwe zin")
        assert Voucher.select().count() == 1


def test_nobody_knows_a_password_and_the_sheet_gives_a_new_one_under_a_new_name(folder: Path, sheet: str) -> None:
    with running(folder) as staff:
        come_in(staff)
        a_case(staff)
        close(staff)
    with running(folder) as staff:
        open_with_sheet(staff, sheet)
        staff.fill("Aanmeldnaam", "F.Yildiz")
        choose_password(staff, "een heel nieuwe zin")
        assert Voucher.select().count() == 1
        assert Staff.get().sign_in_name == "F.Yildiz"
        staff.window.show_place("settings")
        staff.do("Mijn wachtwoord")
        staff.fill("Huidig wachtwoord", "een heel nieuwe zin")
        staff.fill("Nieuw wachtwoord", "en weer een andere zin")
        staff.fill("Nog eens het nieuwe wachtwoord", "en weer een andere zin")
        staff.press("Return")
        staff.wait_idle()
        staff.press("Ctrl+L")
        type_in(staff, NAME, PASSWORD)
        staff.look_for(WRONG)
        staff.look_for("Je kunt het nu weer proberen.")
        come_in(staff, "f.yildiz", "en weer een andere zin")
        done = [row.name for row in Audit.select(Audit.name).order_by(Audit.id)]
        assert "sign-in failed" in done
        assert done.count("sign-in name taken") == 1, "other capitals are the same name"


def test_a_bare_computer_a_stick_and_the_sheet_are_enough(folder: Path, sheet: str, tmp_path: Path) -> None:
    stick = tmp_path / "stick.wrb"
    with running(folder) as staff:
        come_in(staff)
        number = a_case(staff).number
        add_kees(staff)
        close(staff)
    shutil.copy(list_backups(folders.backup_folder(folder))[0].path, stick)
    shutil.rmtree(folder)

    bare = tmp_path / "bare"
    with running(bare) as staff:
        welcome = staff.window.findChild(Welcome)
        assert welcome is not None
        welcome.choose_file = lambda _parent: str(stick)
        staff.push("Een back-up terugzetten")
        staff.fill("Of de groepen van het herstelblad", sheet)
        staff.press("Ctrl+Return")
        staff.look_for("1 deelnemer, 1 voucher")
        staff.look_for("2 collega's: F. Yıldız, Kees de Boer")
        staff.look_for("ook wie daarna is weggegaan: sluit die toegang daarna opnieuw.")
        assert not list(bare.glob("*.db")), "nothing is put in place before somebody saw what it is"
        staff.push("Deze back-up terugzetten")
        staff.look_for("Kies een wachtwoord")
        staff.choose("Wie ben je?", "Y")
        staff.fill("Aanmeldnaam", NAME)
        choose_password(staff, "een heel nieuwe zin")
        assert [row.number for row in Voucher.select()] == [number]
        assert Audit.select().where(Audit.name == "backup restored").count() == 1
        staff.press("Ctrl+L")
        come_in(staff, KEES, KEES_SAYS)


def test_from_the_letter_that_asks_for_it_to_the_certificate(folder: Path, sheet: str) -> None:
    with running(folder) as staff:
        come_in(staff)
        case = a_case(staff)
        person = case.person_id
        assert staff.program.entered is not None
        close_case(staff.program.entered.member, ClosingDraft(voucher_id=case.id, closed_on=clock.today(),
                                                              outcome="completed", sure=True))  # fmt: skip
        staff.program.open("person_privacy", person_id=person)
        staff.do("Een verzoek opschrijven")
        staff.go_to("Wat wordt gevraagd")
        for _n in range(3):  # to see, to correct, to destroy
            staff.press("Right")
        staff.go_to("Het staat vast wie het vraagt")
        staff.press("Space")
        staff.save()
        assert (Request.get().kind, Request.get().proved) == ("destruction", True)

        staff.window.show_place("tasks")
        staff.do("Wil de gegevens laten vernietigen")
        staff.push("Gegevens vernietigen")
        staff.fill("Typ de achternaam", "Meer-de Wit")
        staff.save()
        staff.wait_idle()
        page = staff.page()
        assert isinstance(page, Preview)
        made = Destruction.get()
        assert (Person.select().count(), Voucher.select().count()) == (0, 0)
        assert (Request.get().outcome, Request.get().person_id) == ("granted", None)
        assert not Change.select().where(Change.person_id == person).exists()
        assert Audit.select().where(Audit.person_id == person).exists(), "that it was done stays"
        staff.press("Escape")
        for place in ("tasks", "people", "vouchers", "settings"):
            staff.window.show_place(place)
            assert not any("Meer" in word for word in staff.words()), (place, staff.words())
        staff.do("Privacy en wet")
        staff.do("Bewaren en vernietigen")
        assert any(made.number in says(row) for row in staff.rows())
        session = staff.program.office.session()  # type: ignore[misc]
        live = session.opened
        close(staff)
    with closing(connect_raw(live.database, live.data_key)) as connection:
        everything = dump(connection)
    assert made.number in everything
    assert "Meer" not in everything
    assert clock.today() == made.done_on


def dump(connection: Any) -> str:
    """Every row of every table in words."""
    execute = connection.execute
    names = [row[0] for row in execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    return "\n".join(repr(execute(f'SELECT * FROM "{name}"').fetchall()) for name in names)  # noqa: S608
