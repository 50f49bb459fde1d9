"""Puts the parts together: settings, language, data folder, sign-in, desk, main window, crash net."""

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QProcess, Qt, QThread, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import __version__, clock
from desktop.actions import backups, entrance, staff
from desktop.actions.entrance import Entered
from desktop.actions.undo import undo_last
from desktop.errors import Damaged, Refused, StorageProblem
from desktop.language import _, set_language
from desktop.paths import resource
from desktop.rules.codes import word
from desktop.rules.staff import COORDINATOR, ROLES, Member
from desktop.screens import pages as screens
from desktop.screens.backups import MOVED, MovedAway
from desktop.screens.copies import Copies, sentence_of
from desktop.screens.locking import minutes_until_lock
from desktop.screens.office import LeftUnfinished, Office
from desktop.screens.open_worries import watch
from desktop.screens.restore import Place as DataPlace
from desktop.screens.restore import Restore
from desktop.screens.signin import ChangePassword, SignIn
from desktop.screens.staff import Busy
from desktop.screens.welcome import Welcome
from desktop.screens.who import CALLS, may_open, starts_at
from desktop.settings import Settings
from desktop.storage import folders, office
from desktop.storage.database import close_database
from desktop.storage.finding import find_anything
from desktop.storage.keys import Opened
from desktop.storage.living import living_key
from desktop.storage.unfinished import Unfinished
from desktop.technical import TechnicalLog, version_numbers
from desktop.widgets import crash, parts, theme
from desktop.widgets.clipboard import ClipboardGuard
from desktop.widgets.desk import Desk
from desktop.widgets.idle import LockWatch, System
from desktop.widgets.keeping import Kept, kind_of, slots
from desktop.widgets.pages import Page
from desktop.widgets.preview import Preview
from desktop.widgets.search import Hit
from desktop.widgets.single import FirstStart, knock
from desktop.widgets.strip import Strip
from desktop.widgets.systems import this_system
from desktop.widgets.window import Deeds, Place, Window, Words

HOUSE = "Wijkrecept"
EXERCISE = "exercise"
ELSEWHERE = "data_folder"
SHEET_WAITS = "sheet_waits"
ROOM_PAUSE = 30  # ms between two rooms that are made ready
OURS, RAISED, DEAF = "ours", "raised", "deaf"
TURN, TURNS = 100, 50  # milliseconds between knocks at a program that is starting, and how many


ORIGIN = "_origin"  # where in a kept form it says which page it belongs to


class Program(QObject):
    """One data folder, one window, at most one member of staff at a time."""

    def __init__(self, folder: Path, purpose: str, settings: Settings, system: System | None = None) -> None:
        super().__init__()
        self.folder, self.purpose, self.settings = folder, purpose, settings
        self.entered: Entered | None = None
        self._last_uid = ""
        self._leaving = self._locked = False
        self._origins: dict[str, dict[str, Any]] = {}
        self._restored = False
        self.desk = Desk(leave_thread=close_database, parent=self)
        self.copies = Copies(self.desk, settings, folder, self._session_if_any, self)
        self.office = Office(self.desk, settings, self.open, self, folder, self._session, self.back_up_now)
        self.office.left_unfinished, self.office.resume = self.left_unfinished, self.resume
        self.office.throw_away, self.office.let_go = self.throw_away, self.let_go
        self.clipboard = ClipboardGuard(self)
        self.office.copies, self.office.restore = self.copies, self.show_restore
        self.window = Window(
            Words(HOUSE, _("New voucher"), _("Search by name, birth date, phone or voucher number   (Ctrl+F)")),
            self._places(),
            Deeds(
                query=self._find,
                open_hit=self._open_hit,
                new=partial(self.open, "new_voucher"),
                lock=self.lock,
                undo=self._undo,
                may_quit=self._may_quit,
            ),
        )
        self.window.add_strip(Strip(self.desk))
        self.desk.changed.connect(self.window.refresh)
        self.desk.changed.connect(self._stay)
        self.desk.said.connect(self.window.say)
        self.desk.troubled.connect(self.window.trouble)
        self.desk.damaged.connect(self.show_damaged)
        self.copies.told.connect(self._show_status)
        self.copies.said.connect(self.window.say)
        self.copies.troubled.connect(self.window.trouble)
        self._system = system or System()
        self.watch = LockWatch(self.lock, self._minutes, self._system, parent=self)
        if purpose == EXERCISE:
            self.window.set_practice(_("Practice organisation: made-up people, nothing here is real"))

    # -- coming in ---------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show what fits what lies in the data folder: the welcome, or the sign-in."""
        found = office.look(self.folder, self.purpose)
        if self.settings.get(MOVED) and found.state == office.READY:
            self.window.cover(MovedAway(self.settings.get(MOVED), self._go_on_here))
        elif (trouble := folders.trouble_with(self.folder)) is not None:
            self.window.cover(self._welcome(office.Found(office.UNSAFE, trouble)))
        elif found.state == office.EMPTY and self.purpose == EXERCISE:
            self.come_in(self._make_exercise())
        elif found.state == office.READY:
            self.window.cover(self._sign_in())
        else:
            self.window.cover(self._welcome(found))
        self.window.show()
        self._system.listen(int(self.window.winId()))
        self._prepare_rooms(list(screens.ROOMS))

    def _prepare_rooms(self, rooms: list[str]) -> None:
        """While somebody types the password the pages are made ready, one at each turn."""
        if rooms and self.entered is None:
            QTimer.singleShot(ROOM_PAUSE, self, partial(self._prepare_next, rooms))

    def _prepare_next(self, rooms: list[str]) -> None:
        screens.prepare(rooms[0])
        self._prepare_rooms(rooms[1:])

    def show_window(self) -> None:
        """Someone started the program once more: this window comes to the front."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def enter(self, opened: Opened, name: str = "", password: str = "") -> None:
        """The right password was given: open the data and show Te doen, or what was there before the lock."""
        if not opened.member_uid or opened.must_change_password:
            self.window.cover(ChangePassword(self.desk, opened, self.enter, name, password))
            return
        try:
            entered = entrance.enter(opened, name)
        except Damaged as problem:
            self.show_damaged(problem.message)
            return
        self.come_in(entered)

    def come_in(self, entered: Entered) -> None:
        """Somebody is in: their own pages come back, another one's are dropped."""
        self.entered, self._locked = entered, False
        self.desk.by = entered.member
        if entered.session.member_uid != self._last_uid:
            self.window.forget_pages()
        self._last_uid = entered.session.member_uid
        self.window.allow(partial(may_open, entered.member), may_open(entered.member, "people"))
        self._note_restored(entered.member)
        self._show_status()
        self.copies.begin()
        if self.window.page() is None:
            self.window.uncover()
            self.window.show_place(starts_at(entered.member))
        else:
            self.window.refresh()
            self.window.uncover()
        self._offer_unfinished()
        self._offer_goodbye(entered)
        if self.settings.get(SHEET_WAITS) and entered.member.may(COORDINATOR):
            self.open("recovery_sheet")

    def _make_exercise(self) -> Entered:
        from desktop.actions.exercise import fill_exercise, make_exercise  # once in the life of a folder

        made = make_exercise(self.folder)
        fill_exercise(made.member)
        return made

    def lock(self) -> None:
        """Hide everything at once, keep what was typed, close the data; nothing opens without a password."""
        if self.entered is None:
            return
        self._locked = True
        self.window.cover(self._sign_in())  # covering has every page keep what was typed
        self.clipboard.clear()
        self.desk.when_idle(self._close_session)

    def _minutes(self) -> float:
        return minutes_until_lock(self.settings, self.window.in_call())

    def let_go(self, staff_id: int) -> None:
        """A colleague leaves: everything is covered while the data get a new key, then opened again under it."""
        if self.entered is None:
            return
        session = self.entered.session
        where = folders.backup_folder(self.folder)

        def renew(by: Member, progress: Any) -> Opened:
            return staff.let_go(by, session, staff_id, where, progress).opened

        self.window.cover(Busy())
        self.desk.perform_in_background(
            renew, title=_("The data get a new key"), done=self._keys_renewed, failed=self._keys_not_renewed
        )

    def _keys_renewed(self, opened: Opened) -> None:
        self._drop_session()  # the log goes on in the new file
        if self._locked:
            return
        self.come_in(entrance.reenter(opened))
        self.window.go_back()
        self.window.refresh()
        self.window.say(_("The way in is closed, and the data have a new key."))

    def _keys_not_renewed(self, problem: Exception) -> None:
        if self._locked:
            return
        self.window.uncover()
        message = problem.sentence() if isinstance(problem, Refused) else getattr(problem, "message", "")
        self.window.trouble(message or _("Stopped, as you asked."))

    def _offer_goodbye(self, entered: Entered) -> None:
        """The power failed while somebody's way in was being closed: go on with it first."""
        if entered.member.may(COORDINATOR):
            waiting = self.desk.look(staff.unfinished_goodbye, entered.session)
            if waiting is not None:
                self.open("leaver", staff_id=waiting)

    def _drop_session(self) -> None:
        assert self.entered is not None
        session = self.entered.session
        self.entered, self.desk.by = None, None
        session.close()

    def _close_session(self, logged: str = "locked") -> None:
        if self.entered is None:
            return
        session, member = self.entered.session, self.entered.member
        self.entered, self.desk.by = None, None
        self.copies.rest()
        try:
            with suppress(StorageProblem):  # a full or damaged file keeps nobody's data open
                entrance.log(member, logged)
        finally:
            session.close()

    def _sign_in(self) -> SignIn:
        return SignIn(self.desk, self.folder, self.enter, self.purpose == EXERCISE)

    def _welcome(self, found: office.Found) -> Welcome:
        return Welcome(
            self.desk, self.folder, self.purpose, found, self.enter, start_exercise, self._go_elsewhere,
            partial(self.settings.set, SHEET_WAITS), self.copies.second(), self._came_back,
        )  # fmt: skip

    def _go_elsewhere(self, folder: Path) -> None:
        """Go on with the data in another folder: remembered for the next starts, and started anew there."""
        self.settings.set(ELSEWHERE, str(folder))
        start_again()
        self.window.close()

    # -- back from a backup ------------------------------------------------------------------------------

    def show_restore(self, path: Path | None = None) -> None:
        """A coordinator brings a backup back: first what is here is backed up, then it is closed and put aside."""
        if self.entered is None:
            return
        backups.require_may_restore(self.entered.member)
        restore = Restore(
            self.desk, self._data_place(), self._came_back, self._leave_restore, self._step_out, backups.counts_now()
        )
        self.window.cover(restore)
        if path is None or not restore.choose(path):
            restore.show_list()

    def show_damaged(self, why: str) -> None:
        """The data are not sound: nothing of them is shown or written any more, and the way back is."""
        restore = Restore(self.desk, self._data_place(), self._came_back, self._leave_restore, why=why)
        self.window.cover(restore)
        restore.show_list()
        self.desk.when_idle(self._close_session)

    def _data_place(self) -> DataPlace:
        return DataPlace(self.folder, self.purpose, self.copies.second())

    def _step_out(self, go_on: Callable[[], None]) -> None:
        """A backup of what is here now; should that fail, it is still put aside."""

        def close(_made: object) -> None:
            self._close_session("signed out")
            go_on()

        self.copies.make(done=close, failed=close)

    def _leave_restore(self) -> None:
        if self.entered is not None:
            self.window.uncover()
        else:
            self.start()

    def _came_back(self, opened: Opened) -> None:
        self._restored, self._last_uid = True, ""  # no page of before may show what is there no more
        self.settings.set(MOVED, "")
        self.enter(opened)

    def _note_restored(self, member: Member) -> None:
        if self._restored:
            self._restored = False
            backups.log_restored(member)

    def _go_on_here(self) -> None:
        self.settings.set(MOVED, "")
        self.start()

    # -- pages -------------------------------------------------------------------------------------------

    def open(self, name: str, /, **arguments: Any) -> Page:
        """Show the page with this name on top; one that is not for somebody's role is not made at all."""
        if self.entered is None or not may_open(self.entered.member, name):
            self.window.trouble(_("Your role does not allow this. Ask the coordinator."))
            return self.window.page() or Page()
        page = self._make(name, **arguments)
        self.window.show_page(page)
        return page

    def _make(self, name: str, /, **arguments: Any) -> Page:
        if name == "preview":
            return Preview(**arguments)
        page = watch(self.office, screens.PAGES[name](self.office, **arguments), arguments)
        page.in_call = page.in_call or name in CALLS
        for form in (page, *page.findChildren(Page)):
            if form.form_key:
                self._origins[form.form_key] = {"page": name, "arguments": arguments, "title": form.title}
        return page

    def _places(self) -> list[Place]:
        return [
            Place(key, _(text), icon, partial(self._make, key), low=key == "settings")
            for key, text, icon in screens.PLACES
        ]

    def _find(self, text: str) -> list[Hit]:
        if self.entered is None or not may_open(self.entered.member, "people"):
            return []
        found = self.desk.look(find_anything, text, clock.today()) or []
        return [
            Hit((each.kind, each.id), _(screens.KINDS[each.kind]), each.title, each.subtitle, screens.ICONS[each.kind])
            for each in found
        ]

    def _open_hit(self, key: Any) -> None:
        kind, subject = key
        if kind == "voucher":
            self.open("person", voucher_id=subject)
        else:
            self.open(kind, **{f"{kind}_id": subject})

    def _undo(self) -> None:
        self.desk.perform(undo_last, said=_("Taken back"), undoable=False)

    # -- unfinished forms (the Keeper of every form) -----------------------------------------------------

    def keep(self, form_key: str, raw: dict[str, str]) -> None:
        if self.entered is not None:
            origin = json.dumps(self._origins.get(kind_of(form_key), {}), default=str)
            forms, uid = self.entered.session.forms, self.entered.session.member_uid
            lay = self._lying(form_key).get(form_key)
            forms.keep(uid, form_key, {**raw, ORIGIN: origin}, clock.now())
            if lay is not None and lay.form_key != form_key:
                forms.forget(uid, lay.form_key)
            self.window.refresh()  # Te doen lists it

    def forget(self, form_key: str) -> None:
        if self.entered is not None:
            lay = self._lying(form_key).get(form_key)
            self._throw_away(form_key if lay is None else lay.form_key)

    def find(self, form_key: str) -> Kept | None:
        if self.entered is None:
            return None
        found = self._lying(form_key).get(form_key)
        if found is None:
            return None
        return Kept({name: text for name, text in found.raw.items() if name != ORIGIN}, found.kept_at)

    def _lying(self, form_key: str) -> dict[str, Unfinished]:
        """What lies in each slot of this kind; what was typed of who was merged away lies beside that of who stayed."""
        assert self.entered is not None
        kind, kept = kind_of(form_key), self.entered.session.forms.find(self.entered.session.member_uid)
        ours = [each for each in kept if kind_of(_key_now(each)) == kind]
        lying = {each.form_key: each for each in ours if _key_now(each) == each.form_key}
        free = [slot for slot in slots(kind) if slot not in lying]
        return lying | dict(zip(free, (each for each in ours if each.form_key not in lying), strict=False))

    def left_unfinished(self) -> list[LeftUnfinished]:
        """The forms that this member of staff left, the last one first; not those that stand open."""
        if self.entered is None:
            return []
        open_now = {page.kept_under() for page in self.window.pages()}
        kept = self.entered.session.forms.find(self.entered.session.member_uid)
        return [left for each in kept if self._slot_of(each) not in open_now and (left := _left(each)) is not None]

    def _slot_of(self, form: Unfinished) -> str:
        lying = self._lying(_key_now(form)).items()
        return next((slot for slot, each in lying if each.form_key == form.form_key), form.form_key)

    def resume(self, left: LeftUnfinished) -> None:
        """Open the page again with what was typed in it."""
        key_now = living_key(left.kept_key, left.arguments)
        lying = self._lying(key_now).items()
        slot = next((slot for slot, each in lying if each.form_key == left.kept_key), left.kept_key)
        page = self.open(left.page, **left.arguments)
        for form in (page, *page.findChildren(Page)):
            if form.form_key == kind_of(slot):
                form.take_up(slot)

    def throw_away(self, left: LeftUnfinished) -> None:
        self._throw_away(left.kept_key)

    def _throw_away(self, kept_key: str) -> None:
        if self.entered is not None:
            self.entered.session.forms.forget(self.entered.session.member_uid, kept_key)
            self.window.refresh()

    def _offer_unfinished(self) -> None:
        waiting = self.left_unfinished()
        page = self.window.page()
        if waiting and page is not None and page.place == "tasks":
            self.window.say(_("You were still busy with something: see 'finish later' in Te doen."))

    # -- status and going out ----------------------------------------------------------------------------

    def _show_status(self) -> None:
        if self.entered is None:
            return
        member = self.entered.member
        age = self.copies.age()
        self.window.set_status(age.words, f"{member.name}, {_roles(member)}", age.tone)

    def _session_if_any(self) -> office.Session | None:
        return self.entered.session if self.entered is not None else None

    def _session(self) -> office.Session:
        if self.entered is None:
            raise Refused(_("Sign in again first."))
        return self.entered.session

    def back_up_now(
        self, done: Callable[[Any], None] | None = None, target: str = "",
        failed: Callable[[Exception], None] | None = None,
    ) -> None:  # fmt: skip
        """Make a verified backup while the window stays alive; `target` is another folder than the usual one."""
        self.copies.make(done, target, failed or self._not_backed_up)

    def _not_backed_up(self, problem: Exception) -> None:
        message = sentence_of(problem)
        if self._leaving:  # closing once more is then on purpose
            message = _("{problem} Close the window once more to stop without a backup.").format(problem=message)
        self.window.trouble(message)

    def _may_quit(self) -> bool:
        """The first time closing makes a backup; when it stands, or somebody insists, the window goes."""
        if self.entered is None or self._leaving:
            self.leave()
            return True
        self._leaving = True
        self.back_up_now(done=self._quit)
        return False

    def _stay(self) -> None:
        """Somebody goes on working: closing makes a backup again."""
        self._leaving = False

    def _quit(self, _made: object) -> None:
        self.window.close()

    def leave(self) -> None:
        """Close the data and whatever still runs; nothing copied here outlives the program."""
        self.clipboard.clear()
        self.desk.close()
        self._close_session("signed out")


def _left(form: Unfinished) -> LeftUnfinished | None:
    """A kept form as Te doen shows it; None when its page is not known any more."""
    origin = json.loads(form.raw.get(ORIGIN, "{}"))
    if origin.get("page") not in screens.PAGES:
        return None
    hint = form.raw.get("surname") or form.raw.get("name") or ""
    return LeftUnfinished(form.form_key, origin["title"], hint, form.kept_at, origin["page"], origin["arguments"])


def _key_now(form: Unfinished) -> str:
    """The key under which a form like this is kept today: of who stayed, if its own person was merged away since."""
    return living_key(form.form_key, json.loads(form.raw.get(ORIGIN) or "{}").get("arguments", {}))


def _roles(member: Member) -> str:
    return ", ".join(word(ROLES, role).lower() for role in ROLES if role in member.roles)


def start_exercise() -> None:
    """Open the practice organisation in a process of its own."""
    start_again("--exercise")


def start_again(*arguments: str) -> None:
    """Start this program once more, beside this one."""
    first = [] if getattr(sys, "frozen", False) else ["-m", "desktop"]
    QProcess.startDetached(sys.executable, [*first, *arguments])


def chosen_folder(options: argparse.Namespace) -> Path:
    """The folder of --data-dir, else the one that was opened last, else the usual one."""
    usual = folders.data_folder(options.data_dir, exercise=options.exercise)
    elsewhere = Settings.load(usual).get(ELSEWHERE)
    if options.data_dir is None and not options.exercise and isinstance(elsewhere, str) and Path(elsewhere).is_dir():
        return Path(elsewhere)
    return usual


def make_application(arguments: list[str], settings: Settings) -> QApplication:
    """Qt with our look, fonts, language and crash net."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication([HOUSE, *arguments])
    application.setApplicationName(HOUSE)
    application.setApplicationVersion(__version__)
    speak(application, settings.get("language", "nl"))
    theme.apply(application, settings.get("scheme", "system"), settings.get("percent", 100))
    theme.remember_with(partial(_remember_look, settings))
    return application


def speak(application: QApplication, code: str) -> None:
    """The program's own texts and Qt's in one language."""
    set_language(code)
    QLocale.setDefault(QLocale(QLocale.Language.Dutch if code == "nl" else QLocale.Language.English))
    for folder, name in (
        (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), "qtbase_nl"),
        (str(resource("translations", "qt")), "qtbase_rest_nl"),
    ):
        translator = QTranslator(application)
        if code == "nl" and translator.load(name, folder):
            application.installTranslator(translator)


def _remember_look(settings: Settings, scheme: str, percent: int) -> None:
    settings.set("scheme", scheme)
    settings.set("percent", percent)


def read_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="wijkrecept")
    parser.add_argument("--data-dir", type=Path, help="keep the data in this folder")
    parser.add_argument("--exercise", action="store_true", help="open the practice organisation with made-up people")
    parser.add_argument("--self-check", action="store_true", help="try the whole program once and stop")
    parser.add_argument("--verify-log", action="store_true", help="check the access log; asks a name and a password")
    return parser.parse_args(arguments)


def take_turn(folder: Path, folder_lock: office.FolderLock, patience: int = TURNS) -> str:
    """Whether the folder is ours; else somebody's program has it, which shows its window or does not answer."""
    for _turn in range(patience):
        if folder_lock.take():
            return OURS
        if knock(folder):
            return RAISED
        QThread.msleep(TURN)  # it is starting or stopping just now
    return DEAF


def say_deaf(application: QApplication) -> None:
    """The other program hangs: whoever started this one should know why there is no window."""
    words = parts.label(
        _("Wijkrecept is running already but does not answer. Wait a moment, or start the computer anew.")
    )
    page = parts.column(
        words, parts.row(None, parts.button("OK", "primary", on=application.quit)), margins=(24, 24, 24, 24)
    )
    page.setWindowTitle(HOUSE)
    page.show()
    application.exec()


def note_stumbles(desk: Desk, technical: TechnicalLog) -> None:
    """That something was refused or took long, for whoever looks for what went wrong; never which or whose."""
    desk.troubled.connect(lambda _sentence: technical.note("trouble told"))
    desk.busy.connect(lambda busy: technical.note("work began" if busy else "work ended"))


def main(arguments: list[str]) -> int:
    """Run the program until its window is closed; the exit code."""
    options = read_arguments(arguments)
    folder = chosen_folder(options)
    settings = Settings.load(folder)
    application = make_application([], settings)
    technical = TechnicalLog(folder)
    crash.install(lambda: {"program": __version__, "exercise": options.exercise}, technical.note_crash)
    folder_lock = office.FolderLock(folder)
    turn = take_turn(folder, folder_lock)
    if turn == DEAF:
        say_deaf(application)
    if turn != OURS:
        return 0 if turn == RAISED else 1
    program = Program(folder, EXERCISE if options.exercise else "office", settings, this_system())
    first = FirstStart(folder, program.show_window, program)
    technical.note("started", **version_numbers(__version__))
    note_stumbles(program.desk, technical)
    program.start()
    code = application.exec()
    technical.note("ended", code=code)
    first.deleteLater()
    folder_lock.release()
    return code
