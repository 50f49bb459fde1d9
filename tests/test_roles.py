"""Who may do what: every action, look, query and page against every role, complete because it asks the program."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import peewee
import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton

import desktop.actions
import desktop.storage
from desktop import clock
from desktop.actions import entrance
from desktop.actions.action import ACTIONS, VIEWS
from desktop.actions.entrance import CHEAP, NewOffice
from desktop.app import make_application
from desktop.errors import Refused, StorageProblem
from desktop.rules.organisation import OrganisationDraft
from desktop.rules.staff import ALL, NOBODY, Member
from desktop.screens.pages import PAGES, PLACES
from desktop.screens.people import PersonPage
from desktop.screens.settings import SettingsPage
from desktop.screens.who import WHO, may_open, starts_at
from desktop.settings import Settings
from desktop.storage import changes, keys
from desktop.storage.database import QUERIES
from desktop.storage.deeds import find_deed
from desktop.storage.groups import find_own_group, list_own_groups, list_own_participants
from desktop.storage.models import Activity, Appointment, Staff, StaffRole, Voucher, Worry
from desktop.storage.tasks import list_tasks
from desktop.widgets.preview import Preview
from desktop.widgets.rows import Rows
from tests.drive import Driver, running
from tests.factory import add_activity, add_consent, add_enrolment, add_member, add_practice, add_voucher
from tests.paper import reading

SET_UP = "organisation set up"  # the one action without a role: there is nobody yet
EVERYONE = ("undone", "action undone", "own password changed", "sign-in name taken")  # one's own things
PASSWORD = "een lange zin voor nu"

for package in (desktop.actions, desktop.storage):
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(found.name)


def query_named(name: str) -> Callable[..., Any]:
    module, function = name.rsplit(".", 1)
    asked: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return asked


DOORS: dict[str, tuple[frozenset[str], Callable[..., Any]]] = {
    **{f"action {name}": (each.may, each.function) for name, each in ACTIONS.items() if name != SET_UP},
    **{f"view {name}": (each.may, each.function) for name, each in VIEWS.items()},
    **{f"query {name}": (may, query_named(name)) for name, may in QUERIES.items()},
}


def only(role: str) -> Member:
    return Member(7, "Iemand", frozenset({role}))


# ---- the matrix ----


def test_nothing_is_without_a_role() -> None:
    assert [name for name, (may, _function) in DOORS.items() if not may or not may <= ALL] == []
    assert len(DOORS) > 120


@pytest.mark.parametrize("role", [*sorted(ALL), "nobody"])
def test_each_role_at_each_door(role: str) -> None:
    """No database is open: whoever is let in fails on that, or on a missing argument, and not by being refused."""
    member = NOBODY if role == "nobody" else only(role)
    judged = {door: refused(function, member) for door, (_may, function) in DOORS.items()}
    assert {door for door, no in judged.items() if no} == {door for door in DOORS if not member.may(DOORS[door][0])}


def refused(function: Callable[..., Any], member: Member) -> bool:
    """Whether the door stays shut for this role."""
    try:
        function(member)
    except Refused as no:
        return "rol" in no.sentence()
    except (TypeError, RuntimeError, StorageProblem, AttributeError, peewee.PeeweeException):
        return False
    return False


def test_a_leader_can_change_nothing_but_the_own_password() -> None:
    assert sorted(name for name, each in ACTIONS.items() if "leader" in each.may) == sorted(EVERYONE)
    assert [name for name, each in VIEWS.items() if "leader" in each.may] == []


def test_only_a_coordinator_touches_colleagues_keys_and_the_log() -> None:
    own = {"colleague added", "colleague changed", "colleague left", "keys renewed", "recovery sheet renewed",
           "colleague's password renewed", "organisation changed", "log read", "log checked"}  # fmt: skip
    assert {name: set(ACTIONS[name].may) for name in own if name in ACTIONS} == {name: {"coordinator"} for name in own}


# ---- pages ----


def test_every_page_says_for_whom_it_is() -> None:
    assert [name for name in PAGES if name not in WHO] == []
    assert [name for name in WHO if name not in {*PAGES, "preview"}] == []


def test_nobody_and_unknown_pages_are_refused() -> None:
    assert not may_open(None, "settings")
    assert not may_open(NOBODY, "settings")
    assert not may_open(only("intake"), "a page of next year")


@pytest.mark.parametrize("role", sorted(ALL))
def test_each_role_starts_somewhere_it_may_be(role: str) -> None:
    assert may_open(only(role), starts_at(only(role)))


# ---- in the window ----


@pytest.fixture
def folder(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_application([], Settings.in_memory())
    monkeypatch.setattr(entrance, "calibrate", lambda: CHEAP)
    new = NewOffice(
        organisation=OrganisationDraft(name="Welzijn Dorpstad"), name="F. Yıldız", sign_in_name="fatma",
        password=PASSWORD,
    )  # fmt: skip
    entrance.set_up(tmp_path / "data", "office", new, CHEAP)
    return tmp_path / "data"


@pytest.fixture
def staff(folder: Path) -> Iterator[Driver]:
    """Fatma the coordinator is in; Lia leads the coffee group, in which Annie comes."""
    with running(folder, settings=Settings.in_memory()) as driver:
        come_in(driver, "fatma", PASSWORD)
        yield driver


def come_in(staff: Driver, name: str, password: str) -> None:
    staff.fill("Aanmeldnaam", name)
    staff.fill("Wachtwoord", password)
    staff.press("Return")
    staff.wait_idle()


def a_colleague(staff: Driver, *roles: str) -> Member:
    session = staff.program.office.session()  # type: ignore[misc]
    member = add_member("Lia Visser", *roles)
    uid = Staff.get_by_id(member.id).uid
    keys.add_member(session.folder, session.opened, uid, "lia", "drie losse woorden")
    keys.change_password(session.folder, session.opened, "lia", "drie losse woorden", PASSWORD + "!")
    return member


def groups_of(leader: Member, by: Member) -> tuple[Activity, Activity]:
    own = add_activity("Koffie-inloop", leader=leader.id)
    other = add_activity("Wandelgroep")
    voucher = add_voucher(by)
    add_enrolment(voucher, own)
    add_enrolment(voucher, other)
    add_consent(voucher, "activity")
    silent = add_voucher(by, first_name="Bea")
    add_enrolment(silent, own)
    return own, other


def test_a_leader_sees_own_groups_by_first_name_and_initial(staff: Driver) -> None:
    fatma = staff.program.desk.by
    lia = a_colleague(staff, "leader")
    own, other = groups_of(lia, fatma)
    staff.program.lock()
    come_in(staff, "lia", PASSWORD + "!")

    assert [row.title for row in staff.rows()] == ["Koffie-inloop"]
    staff.do("Koffie-inloop", open=True)
    assert staff.sees("Annie M.")
    assert staff.sees("1 plaats bezet")
    assert not staff.sees("Meer")
    assert not staff.sees("Bea")
    with pytest.raises(Refused):
        list_own_participants(lia, other.id)
    with pytest.raises(Refused):
        find_own_group(lia, other.id)
    assert [group.id for group in list_own_groups(lia)] == [own.id]


def test_a_leader_meets_no_door_that_stays_shut(staff: Driver) -> None:
    a_colleague(staff, "leader")
    staff.program.lock()
    come_in(staff, "lia", PASSWORD + "!")
    window = staff.window

    places = [key for key, _text, _icon in PLACES if window.show_place(key)]
    assert places == ["activities", "settings", "groups"]
    assert not window.search.isVisible()
    assert not any(each.isVisible() and "Nieuwe voucher" in each.text() for each in window.findChildren(QPushButton))
    window.show_place("settings")
    settings = window.page()
    assert isinstance(settings, SettingsPage)
    listed = settings.findChild(Rows)
    assert isinstance(listed, Rows)
    assert [str(row.key) for row in listed.rows()] == ["own_password", "undo_list"]
    staff.press("Ctrl+N")
    assert window.page() is settings
    for page in ("vouchers", "staff_list", "access_log"):
        staff.program.open(page)
        assert window.page() is settings
        assert staff.sees("rol ")


def test_intake_staff_do_not_see_colleagues_or_the_log(staff: Driver) -> None:
    a_colleague(staff, "intake")
    staff.program.lock()
    come_in(staff, "lia", PASSWORD + "!")
    staff.window.show_place("settings")
    shown = {str(row.key) for row in staff.window.page().findChild(Rows).rows()}  # type: ignore[union-attr]
    assert not shown & {"staff_list", "recovery_sheet", "organisation", "access_log", "lock_settings"}
    assert "own_password" in shown


def test_a_day_of_intake_staff_by_keyboard(staff: Driver) -> None:
    """Ida registers who is on the phone, calls at once, plans the intake with a coach and prints the card."""
    fatma = staff.program.desk.by
    add_practice()
    a_colleague(staff, "intake")
    staff.program.lock()
    come_in(staff, "lia", PASSWORD + "!")
    staff.press("Ctrl+N")
    staff.fill("Datum op voucher", "vandaag")
    staff.choose("Praktijk", "De Linde")
    staff.fill("Achternaam", "Bakker")
    staff.fill("Telefoon", "06 12345678")
    staff.pick("Praktijk mocht doorgeven", "j")
    staff.pick("Wij mogen terugkoppelen", "n")
    staff.save()
    voucher = Voucher.get()
    assert voucher.coach_id is None

    staff.window.show_place("tasks")
    staff.do("Bel")
    staff.press("1")
    assert staff.sees("Plan de intake")
    staff.choose("Met wie", "Yıldız")
    staff.pick("Waar", "b")
    moment = next(name for name in staff.stops() if re.match(r"(ma|di|wo|do|vr) ", name))
    staff.push(moment)
    planned = Appointment.get()
    assert (planned.kind, planned.coach_id) == ("intake", fatma.id)

    staff.program.open("person", person_id=voucher.person_id)
    page = staff.page()
    assert isinstance(page, PersonPage)
    words = [text for text, _deed in page.menu_items()]
    assert "Intake gehad" not in words
    assert "Zaak afsluiten" not in words
    card = next(deed for text, deed in page.menu_items() if "kaart" in text)
    card()
    preview = staff.window.findChild(Preview)
    assert preview is not None
    assert "F. Yıldız" in reading.text(preview._pdf)
    left = list_tasks(Member(2, "", frozenset({"intake"})), clock.today())
    assert [task.kind for task in left] == ["inform"]


def test_the_form_of_a_colleague_says_what_each_role_sees(staff: Driver) -> None:
    staff.program.open("staff")
    assert staff.sees("Vouchers, deelnemers, afspraken en het eerste telefoontje.")
    assert staff.sees("Alleen de eigen groepen")
    staff.fill("Naam", "Ida Vos")
    staff.fill("Aanmeldnaam", "ida")
    staff.save()
    assert staff.sees("Kies minstens één rol.")
    staff.push("Intakemedewerker")
    staff.push("Activiteitenbegeleider")
    staff.save()
    staff.look_for("Ida Vos kan zich aanmelden")
    ida = Staff.get(Staff.name == "Ida Vos")
    assert {row.role for row in StaffRole.select().where(StaffRole.staff == ida)} == {"intake", "leader"}
    staff.program.open("staff", staff_id=ida.id)
    boxes = {box.accessibleName(): box.isChecked() for box in staff.window.page().findChildren(QCheckBox)}  # type: ignore[union-attr]
    assert [name for name, ticked in boxes.items() if ticked] == ["Intakemedewerker", "Activiteitenbegeleider"]


def test_intake_staff_print_the_day_of_a_coach(staff: Driver) -> None:
    a_colleague(staff, "intake")
    staff.program.lock()
    come_in(staff, "lia", PASSWORD + "!")
    staff.push("Dagblad")
    staff.do("F. Yıldız")
    preview = staff.window.findChild(Preview)
    assert preview is not None
    assert "F. Yıldız" in reading.text(preview._pdf)


def test_intake_staff_tell_a_worry_and_cannot_open_it_again(staff: Driver) -> None:
    add_voucher(staff.program.desk.by, add_practice())
    lia = a_colleague(staff, "intake")
    staff.program.lock()
    come_in(staff, "lia", PASSWORD + "!")
    voucher = Voucher.get()
    staff.program.open("worry", voucher_id=voucher.id)
    staff.pick("Waar het om gaat", "Teken van g")
    staff.fill("Wat er is gezien of gehoord, in gewone woorden", "Zij zei dat zij bang is voor haar zoon.")
    assert staff.sees("112")
    assert "Opslaan en de praktijk schrijven" not in staff.stops()
    staff.save()
    assert Worry.get().note.startswith("Zij zei")
    assert not staff.sees("Zij zei")
    with pytest.raises(Refused):
        find_deed(lia, "worry", Worry.get().id)
    (task,) = list_tasks(lia, clock.today())
    assert task.kind == "call"
    assert task.subtitle.startswith("Er is iets aan de hand: overleg eerst met de coach")
    staff.program.open("person", person_id=voucher.person_id)
    assert staff.sees("overleg eerst met de coach")
    assert not staff.sees("eweld")


# ---- colleagues come and go ----


def test_leaver_journey(staff: Driver) -> None:
    """Lia leaves: nobody's password is asked, her way in is closed, the work goes on where it was."""
    lia = a_colleague(staff, "coach")
    session = staff.program.office.session()  # type: ignore[misc]
    voucher = add_voucher(staff.program.desk.by)
    old = session.opened
    staff.window.show_place("settings")
    staff.do("Collega's")
    staff.do("Lia Visser")
    staff.push("Gaat weg bij de organisatie")
    assert staff.sees("Eerst wordt een back-up gemaakt")
    staff.push("Toegang sluiten")
    staff.wait_idle()
    staff.wait(lambda: not staff.window.covered())

    assert Voucher.get_by_id(voucher.id).number == voucher.number
    assert not Staff.get_by_id(lia.id).active
    assert not old.database.exists()
    assert len(list((staff.program.folder / "backups").glob("*.wrb"))) == 1
    assert Staff.get_by_id(lia.id).uid not in keys.members(staff.program.folder)
    names = [row.name for row in changes.Audit.select(changes.Audit.name).order_by(changes.Audit.id)]
    assert names[-2:] == ["colleague left", "keys renewed"]
    staff.program.lock()
    come_in(staff, "fatma", PASSWORD)
    assert not staff.window.covered()
    assert staff.program.office.session().opened.data_key != old.data_key  # type: ignore[misc]
    staff.program.lock()
    come_in(staff, "lia", PASSWORD + "!")
    staff.look_for("De naam of het wachtwoord klopt niet.")


def test_power_fails_between_leaving_and_new_keys(staff: Driver) -> None:
    """Lia is written off, the keys are not renewed: she gets no further, and the coordinator is asked to go on."""
    lia = a_colleague(staff, "coach")
    with changes.deed(None, "colleague left in a test"):
        row = Staff.get_by_id(lia.id)
        row.active = False
        row.save()
    staff.program.lock()
    come_in(staff, "lia", PASSWORD + "!")
    staff.look_for("De naam of het wachtwoord klopt niet.")
    come_in(staff, "fatma", PASSWORD)
    staff.look_for("Dit is eerder begonnen maar niet afgemaakt.")
    staff.push("Toegang sluiten")
    staff.wait_idle()
    assert Staff.get_by_id(lia.id).uid not in keys.members(staff.program.folder)


def test_the_last_coordinator_stays(staff: Driver) -> None:
    a_colleague(staff, "coach")
    by = staff.program.desk.by
    staff.program.open("staff", staff_id=by.id)
    assert "Gaat weg bij de organisatie" not in staff.stops()
    with pytest.raises(Refused):
        ACTIONS["colleague left"].function(by, by.id)
    with pytest.raises(Refused, match="coördinator"):
        ACTIONS["colleague left"].function(Member(99, "Een ander", frozenset({"coordinator"})), by.id)
    assert Staff.get_by_id(by.id).active
    assert StaffRole.select().where(StaffRole.role == "coordinator").count() == 1


def test_a_password_of_ones_own(staff: Driver) -> None:
    staff.window.show_place("settings")
    staff.do("Mijn wachtwoord")
    staff.fill("Huidig wachtwoord", "dat was het niet hoor")
    staff.fill("Nieuw wachtwoord", "weer een heel andere zin")
    staff.fill("Nog eens het nieuwe wachtwoord", "weer een heel andere zin")
    staff.press("Return")
    staff.wait_idle()
    assert staff.sees("Dit is niet het huidige wachtwoord.") or staff.sees("huidige wachtwoord")
    staff.fill("Huidig wachtwoord", PASSWORD)
    staff.fill("Nieuw wachtwoord", "weer een heel andere zin")
    staff.fill("Nog eens het nieuwe wachtwoord", "weer een heel andere zin")
    staff.press("Return")
    staff.wait_idle()
    staff.program.lock()
    come_in(staff, "fatma", "weer een heel andere zin")
    assert not staff.window.covered()
    assert changes.Audit.select().where(changes.Audit.name == "own password changed").count() == 1


def test_wrong_tries_count_down_on_the_page_and_stand_in_the_log(staff: Driver) -> None:
    staff.program.lock()
    come_in(staff, "fatma", "dit is helemaal fout")
    staff.look_for("Wacht 1 seconde")
    assert staff.sees("De naam of het wachtwoord klopt niet.")
    staff.look_for("Je kunt het nu weer proberen.")
    come_in(staff, "fatma", PASSWORD)
    assert not staff.window.covered()
    assert changes.Audit.select().where(changes.Audit.name == "sign-in failed").count() == 1
