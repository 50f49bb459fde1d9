"""The lock in every state the window can be in: all covered at once, names gone, what was typed kept for its writer."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QMenu, QWidget

from desktop.actions.letters import write_letter
from desktop.app import Program, make_application
from desktop.errors import Refused
from desktop.rules.exercise import PASSWORD, SIGN_IN_NAME
from desktop.screens.pages import PAGES
from desktop.screens.signin import SignIn
from desktop.screens.staff import Busy
from desktop.settings import Settings
from desktop.storage import keys
from desktop.storage.models import Intake, Person, Staff
from desktop.widgets import crash, theme
from desktop.widgets.editors import TextEditor
from desktop.widgets.idle import System
from desktop.widgets.pages import Page
from tests.drive import Driver, seen, settle
from tests.pages_opened import example_of

MARK = "Zwaluwstaartje"
SAM = "nog een lange zin voor Sam"
NOT_KEPT = {"destroy"}  # a surname typed to be sure, not work


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Driver]:
    """The practice organisation open, with a second colleague who can sign in."""
    application = make_application([], Settings.in_memory())
    program = Program(tmp_path_factory.mktemp("lock"), "exercise", Settings.in_memory())
    program.window.resize(1366, 768)
    program.start()
    driver = Driver(program)
    try:
        session = driver.program.office.session()  # type: ignore[misc]
        sam = Staff.get(Staff.sign_in_name == "sam")
        keys.add_member(session.folder, session.opened, sam.uid, "sam", "drie losse woorden")
        keys.change_password(session.folder, session.opened, "sam", "drie losse woorden", SAM)
        intake = Intake.select().order_by(Intake.id).get()
        program.desk.perform(write_letter, intake.voucher_id, "intake")
        yield driver
    finally:
        program.leave()
        program.window.hide()
        application.processEvents()


@pytest.fixture
def at_work(staff: Driver) -> Driver:
    """Robin is in, at Te doen, with nothing left over from the test before."""
    if staff.window.covered():
        sign_in(staff, SIGN_IN_NAME, PASSWORD)
    QGuiApplication.clipboard().clear()
    staff.window.forget_pages()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # a page left alive would still keep its text
    forget_all(staff)
    staff.window.show_place("tasks")
    return staff


def forget_all(staff: Driver) -> None:
    forms = staff.program.entered.session.forms  # type: ignore[union-attr]
    for left in forms.find(staff.program.entered.session.member_uid):  # type: ignore[union-attr]
        forms.forget(staff.program.entered.session.member_uid, left.form_key)  # type: ignore[union-attr]


def sign_in(staff: Driver, name: str, password: str) -> None:
    sign = staff.window.findChild(SignIn)
    assert sign is not None
    sign.ask.group.set_values({"name": name, "password": password})
    sign.ask.press()
    staff.wait_idle()
    staff.wait(lambda: not staff.window.covered(), lambda: f"not in: {staff.words()}")


def kept(staff: Driver) -> list[str]:
    """The texts that lie unfinished for who is in."""
    session = staff.program.entered.session  # type: ignore[union-attr]
    return [text for form in session.forms.find(session.member_uid) for text in form.raw.values()]


def names() -> list[str]:
    return [row.surname for row in Person.select(Person.surname) if len(row.surname) > 3] + ["Voorbeeld", "Robin", MARK]


def assert_hidden(staff: Driver, hidden: list[str]) -> None:
    """Covered, and no window of the program shows or is called anything that names anybody."""
    assert staff.window.covered()
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert windows == [staff.window]
    shown = [*seen(staff.window), *(each.windowTitle() for each in QApplication.topLevelWidgets() if each.isVisible())]
    assert [(name, text) for text in shown for name in hidden if name in text] == []
    assert QGuiApplication.clipboard().text() == ""


def type_something(page: Page) -> bool:
    """Type the mark in the first free text field; whether there is one."""
    for editor in page.findChildren(TextEditor):
        field = editor.focus_widget()
        if field is not None and field.isVisible() and field.isEnabled() and not getattr(field, "isReadOnly", bool)():
            field.setFocus()
            QTest.keyClicks(field, MARK)
            return True
    return False


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"groups", "group"}))
def test_each_page_half_filled(at_work: Driver, name: str) -> None:
    """Robin types and is called away; Sam signs in and finds nothing of it; it waits for Robin."""
    staff = at_work
    page = staff.program.open(name, **example_of(name)())
    staff.wait_idle()
    typed = type_something(page)
    hidden, waits = names(), typed and bool(page.form_key) and name not in NOT_KEPT

    staff.program.lock()

    assert_hidden(staff, hidden)
    staff.wait(lambda: staff.program.entered is None)
    sign_in(staff, "sam", SAM)
    assert not any(MARK in text for text in staff.words())
    assert kept(staff) == []
    staff.program.lock()
    sign_in(staff, SIGN_IN_NAME, PASSWORD)
    if waits:
        assert any(MARK in text for text in kept(staff))
        left = next(each for each in staff.program.left_unfinished())
        staff.program.resume(left)
        assert any(MARK in text for text in staff.words())


# ---- states that are no page ----


def a_dialog(staff: Driver) -> QWidget:
    dialog = QDialog(staff.window)
    dialog.setWindowTitle(f"Mevrouw {MARK}")
    dialog.setModal(True)
    dialog.show()
    return dialog


def two_dialogs(staff: Driver) -> QWidget:
    inner = QDialog(a_dialog(staff))
    inner.setModal(True)
    inner.show()
    return inner


def a_popup_list(staff: Driver) -> QWidget:
    staff.program.open("new_voucher")
    menu = QMenu(staff.window)
    menu.addAction(MARK)
    menu.popup(QPoint(10, 10))
    return menu


def search_hits(staff: Driver) -> None:
    staff.press("Ctrl+F")
    staff.type("an")
    settle()


def a_message(staff: Driver) -> None:
    staff.window.say(f"Voucher van {MARK} opgeslagen", True)


def a_crash(staff: Driver) -> QWidget:
    dialog = crash.CrashDialog(f"ValueError {MARK}", staff.window)
    dialog.show()
    return dialog


def a_preview(staff: Driver) -> None:
    staff.program.open("blank_intake")


def an_import(staff: Driver) -> None:
    staff.program.open("import_practices")


def minimised(staff: Driver) -> None:
    staff.window.showMinimized()


def full_screen(staff: Driver) -> None:
    staff.window.showFullScreen()


def large_type(staff: Driver) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, "dark", 200)
    staff.program.open("person", **example_of("person")())


def deep_in(staff: Driver) -> None:
    for name in ("people", "person", "edit_person", "hold_intake"):
        staff.program.open(name, **example_of(name)())


def copied(staff: Driver) -> None:
    staff.program.open("person", **example_of("person")())
    staff.window.activateWindow()  # only the program in front can copy
    staff.wait(lambda: QGuiApplication.focusWindow() is not None, lambda: "the window is not in front")
    QGuiApplication.clipboard().setText(MARK)


def a_wizard(staff: Driver) -> None:
    staff.program.open("new_voucher")
    staff.press("Ctrl+Return")


def leaving_strip(staff: Driver) -> None:
    page = staff.program.open("edit_person", **example_of("edit_person")())
    type_something(page)
    staff.press("Escape")


STATES: list[Callable[[Driver], object]] = [
    a_dialog, two_dialogs, a_popup_list, search_hits, a_message, a_crash, a_preview, an_import, minimised, full_screen,
    large_type, deep_in, copied, a_wizard, leaving_strip,
]  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_each_other_state(at_work: Driver, state: Callable[[Driver], object]) -> None:
    kept_alive = state(at_work)
    hidden = names()
    at_work.program.lock()
    try:
        assert_hidden(at_work, hidden)
        assert at_work.window.windowTitle() == "Wijkrecept"
    finally:
        theme.apply(QApplication.instance(), "light", 100)  # type: ignore[arg-type]
        at_work.window.showNormal()
        del kept_alive
    sign_in(at_work, SIGN_IN_NAME, PASSWORD)


@pytest.mark.parametrize("kind", [QPrintDialog, QFileDialog], ids=["print", "file"])
def test_a_dialog_that_waits_for_an_answer_is_gone(at_work: Driver, kind: type[QDialog]) -> None:
    """The lock comes while the program stands still inside the dialog's own loop."""
    printer = QPrinter()
    dialog: QDialog = QPrintDialog(printer, at_work.window) if kind is QPrintDialog else QFileDialog(at_work.window)
    dialog.setWindowTitle(MARK)
    hidden = names()
    QTimer.singleShot(0, at_work.program.lock)
    assert QDialog.exec(dialog) == QDialog.DialogCode.Rejected
    assert_hidden(at_work, hidden)
    sign_in(at_work, SIGN_IN_NAME, PASSWORD)


@pytest.mark.parametrize("writes", [True, False], ids=["import", "backup"])
def test_running_work_ends_first_and_then_the_data_close(at_work: Driver, writes: bool) -> None:
    go_on, ended = threading.Event(), list[int]()

    def work(_by: object, _progress: object) -> int:
        go_on.wait(20)
        return int(Person.select().count())

    at_work.program.desk.perform_in_background(work, title=f"Bezig met {MARK}", done=ended.append, writes=writes)
    hidden = names()
    at_work.program.lock()
    assert_hidden(at_work, hidden)
    assert at_work.program.entered is not None
    go_on.set()
    at_work.wait(lambda: at_work.program.entered is None)
    assert ended
    assert_hidden(at_work, hidden)
    sign_in(at_work, SIGN_IN_NAME, PASSWORD)


def test_work_that_fails_behind_the_lock_opens_nothing(at_work: Driver) -> None:
    go_on = threading.Event()

    def work(_by: object, _progress: object) -> None:
        go_on.wait(20)
        raise Refused(f"{MARK} staat er al.")

    at_work.program.desk.perform_in_background(work, title="Bezig", done=lambda _result: None)
    at_work.program.lock()
    go_on.set()
    at_work.wait(lambda: at_work.program.entered is None)
    assert_hidden(at_work, [MARK])
    sign_in(at_work, SIGN_IN_NAME, PASSWORD)


def test_a_lock_during_new_keys_asks_for_the_password(at_work: Driver) -> None:
    at_work.window.cover(Busy())
    at_work.program.lock()
    at_work.program._keys_not_renewed(Refused("Nee."))
    assert_hidden(at_work, names_without_data())
    sign_in(at_work, SIGN_IN_NAME, PASSWORD)


def names_without_data() -> list[str]:
    return ["Voorbeeld", "Robin", MARK]


def test_locking_twice_is_locking_once(at_work: Driver) -> None:
    at_work.program.lock()
    cover = at_work.window.findChild(SignIn)
    at_work.program.lock()
    assert at_work.window.findChild(SignIn) is cover
    sign_in(at_work, SIGN_IN_NAME, PASSWORD)


# ---- by itself ----


class Told(System):
    seconds: float | None = 0.0

    def idle_seconds(self) -> float | None:
        return self.seconds


@pytest.mark.parametrize(("page", "after", "locks"), [
    ("tasks", 299, False), ("tasks", 300, True), ("new_voucher", 300, True), ("call", 1799, False),
    ("call", 1800, True), ("hold_intake", 1799, False), ("hold_intake", 1800, True),
])  # fmt: skip
def test_five_minutes_or_thirty_in_a_talk(
    at_work: Driver, monkeypatch: pytest.MonkeyPatch, page: str, after: float, locks: bool
) -> None:
    watch, told = at_work.program.watch, Told()
    told.seconds = after
    monkeypatch.setattr(watch, "_system", told)
    monkeypatch.setattr(watch._own, "idle_seconds", lambda: after)
    at_work.program.open(page, **example_of(page)())
    watch.look()
    assert at_work.window.covered() == locks


@pytest.mark.parametrize("told", ["locked", "going_to_sleep"])
def test_screen_lock_and_sleep_lock_at_once(at_work: Driver, told: str) -> None:
    getattr(at_work.program.watch._system, told).emit()
    assert_hidden(at_work, names_without_data())


def test_the_minutes_are_a_setting(at_work: Driver) -> None:
    page = at_work.program.open("lock_settings")
    ten = next(each for each in page.findChildren(QAbstractButton) if each.text() == "10 minuten")
    ten.click()
    assert at_work.program._minutes() == 10
    at_work.program.settings.set("lock_after", 100000)
    assert at_work.program._minutes() == 5


def test_there_are_thirty_states_and_more() -> None:
    assert len(PAGES) - 2 + len(STATES) + 6 >= 30
    assert {"new_voucher", "call", "hold_intake", "import_practices", "letter"} <= set(PAGES)
    assert Qt.WindowState.WindowMinimized
