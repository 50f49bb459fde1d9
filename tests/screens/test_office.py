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
from desktop.storage.models import Consent, Person, Voucher
from desktop.widgets.form import Form
from desktop.widgets.pages import Page
from tests.drive import Driver, running
from tests.factory import add_practice, add_voucher

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


# ---- typed about somebody who is made one with another meanwhile ----


def two_visits(staff: Driver) -> tuple[Voucher, Voucher]:
    """The same woman on file twice, each time with a voucher of her own."""
    assert staff.program.entered is not None
    by = staff.program.entered.member
    practice = add_practice()
    return add_voucher(by, practice, surname="Visser"), add_voucher(by, practice, surname="Visscher")


def answer_no(staff: Driver, voucher: Voucher) -> Page:
    page = staff.program.open("consent", person_id=voucher.person_id, voucher_id=voucher.id)
    staff.pick("Wij mogen terugkoppelen", "n")
    staff.pick("Hoe", "m")
    return page


def merge_into(staff: Driver, kept: Voucher, other: Voucher) -> None:
    """A colleague, on another page."""
    staff.program.open("merge", kind="person", kept_id=kept.person_id, other_id=other.person_id)
    staff.save()
    staff.wait_idle()
    assert Person.get_by_id(other.person_id).merged_into_id == kept.person_id


def newest_answer() -> tuple[int, int, str]:
    answer = Consent.select().where(Consent.purpose == "report_back").order_by(Consent.id.desc()).get()
    return answer.person_id, answer.voucher_id, answer.answer


def test_an_open_form_of_who_was_merged_away_counts_for_who_stayed(folder: Path) -> None:
    with running(folder) as staff:
        sign_in(staff)
        first, second = two_visits(staff)
        page = answer_no(staff, second)
        merge_into(staff, first, second)
        staff.program.window.show_page(page)
        staff.save()
        staff.push("Daar opslaan")
        assert newest_answer() == (first.person_id, second.id, "no")


def test_a_kept_form_of_who_was_merged_away_is_found_back_with_who_stayed(folder: Path) -> None:
    with running(folder) as staff:
        sign_in(staff)
        first, second = two_visits(staff)
        answer_no(staff, second)
        staff.push("Later afmaken")
        merge_into(staff, first, second)
        (left,) = staff.program.left_unfinished()
        staff.program.resume(left)
        staff.save()
        assert newest_answer() == (first.person_id, second.id, "no")
        assert staff.program.left_unfinished() == []


def test_a_form_of_either_lies_beside_the_other_after_the_merge(folder: Path) -> None:
    with running(folder) as staff:
        sign_in(staff)
        first, second = two_visits(staff)
        for voucher in (first, second):
            answer_no(staff, voucher)
            staff.push("Later afmaken")
        merge_into(staff, first, second)
        assert len(staff.program.left_unfinished()) == 2
        for voucher in (first, second):
            staff.program.open("consent", person_id=first.person_id, voucher_id=voucher.id)
            staff.look_for("Je was hiermee bezig om")
            staff.push("Weggooien")
        assert staff.program.left_unfinished() == []


def test_a_merge_taken_back_leaves_what_was_typed_with_whom_it_was_typed_of(folder: Path) -> None:
    with running(folder) as staff:
        sign_in(staff)
        first, second = two_visits(staff)
        answer_no(staff, second)
        staff.push("Later afmaken")
        merge_into(staff, first, second)
        staff.press("Ctrl+Z")
        staff.wait_idle()
        (left,) = staff.program.left_unfinished()
        staff.program.resume(left)
        staff.save()
        assert newest_answer() == (second.person_id, second.id, "no")
