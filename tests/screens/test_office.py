"""What is left unfinished comes back: after a lock, after a kill, and from Te doen."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.actions import entrance
from desktop.actions.entrance import CHEAP, NewOffice
from desktop.app import make_application
from desktop.rules.organisation import OrganisationDraft
from desktop.screens.vouchers import VoucherForm
from desktop.settings import Settings
from desktop.storage.models import Voucher
from desktop.widgets.form import Form
from tests.drive import Driver, running

PASSWORD = "een lange zin voor nu"


@pytest.fixture
def folder(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An organisation with its coordinator, nobody signed in."""
    make_application([], Settings.in_memory())
    monkeypatch.setattr(entrance, "calibrate", lambda: CHEAP)
    made = tmp_path / "data"
    organisation = OrganisationDraft(name="Welzijn Dorpstad")
    entrance.set_up(made, "office", NewOffice(organisation=organisation, name="F. Yıldız", sign_in_name="fatma",
                                              password=PASSWORD), CHEAP)  # fmt: skip
    return made


def sign_in(staff: Driver) -> None:
    staff.fill("Aanmeldnaam", "fatma")
    staff.fill("Wachtwoord", PASSWORD)
    staff.press("Return")
    staff.wait_idle()


def test_half_a_voucher_survives_a_lock_and_waits_in_te_doen(folder: Path) -> None:
    with running(folder) as staff:
        sign_in(staff)
        staff.press("Ctrl+N")
        staff.fill("Achternaam", "Halverwege")
        staff.press("Ctrl+L")
        assert not staff.sees("Halverwege")
        sign_in(staff)
        assert staff.sees("Halverwege")
        staff.push("Later afmaken")
        assert staff.page().place == "tasks"
        assert Voucher.select().count() == 0
        staff.do("Halverwege")
        assert isinstance(staff.page(), VoucherForm)
        assert staff.sees("Halverwege")
        staff.fill("Datum op voucher", "vandaag")
        staff.fill("Verwijzer", "dr. Smit")
        staff.pick("Praktijk mocht doorgeven", "j")
        staff.fill("Telefoon", "06 8765 4321")
        staff.save()
        assert Voucher.get().person.surname == "Halverwege"
        assert staff.program.left_unfinished() == []


def test_what_a_killed_program_had_on_screen_is_offered_where_it_was_typed(folder: Path) -> None:
    with running(folder) as staff:
        sign_in(staff)
        staff.press("Ctrl+N")
        staff.fill("Achternaam", "Halverwege")
        form = staff.page()
        assert isinstance(form, Form)
        staff.wait(lambda: form.kept_under() and staff.program.find(form.kept_under()) is not None)
    with running(folder) as staff:
        sign_in(staff)
        staff.press("Ctrl+N")
        staff.look_for("Je was hiermee bezig om")
        staff.press("Space")
        assert staff.sees("Halverwege")


def test_two_half_vouchers_lie_beside_each_other(folder: Path) -> None:
    with running(folder) as staff:
        sign_in(staff)
        for surname in ("Aardema", "Bloemers"):
            staff.press("Ctrl+N")
            staff.fill("Achternaam", surname)
            staff.push("Later afmaken")
        assert sorted(left.hint for left in staff.program.left_unfinished()) == ["Aardema", "Bloemers"]
        staff.do("Aardema")
        assert staff.sees("Aardema")
        assert not staff.sees("Bloemers")
