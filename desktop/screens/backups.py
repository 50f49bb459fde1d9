"""Backups: which there are, a second place for them, bringing one back, and moving to another computer."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop import clock
from desktop.errors import Refused, StorageProblem
from desktop.language import N_, _
from desktop.rules.staff import COORDINATOR
from desktop.screens.copies import SECOND, age_of, sentence_of
from desktop.screens.covers import Cover
from desktop.screens.office import Office, PageMaker
from desktop.screens.restore import counts_of, moment_of
from desktop.storage import backup, folders
from desktop.storage.backup import BackupInfo
from desktop.storage.integrity import Checked
from desktop.widgets import parts, theme
from desktop.widgets.pages import Page
from desktop.widgets.rows import Row, Rows
from desktop.widgets.wizard import Step, Wizard

MOVED = "moved_on"
SHOWN = 50
NEW_COMPUTER = (
    N_("Install Wijkrecept on the new computer and start it."),
    N_("Connect the stick or the network folder with the copy."),
    N_("Choose 'Restore a backup' on the welcome page and take the file {file}."),
    N_("Sign in with the name and password that you use here, or with the recovery sheet."),
    N_("Look at Te doen and at one participant: everything should be there, also the letters."),
    N_("Choose the second place for backups there again: that belongs to each computer."),
)


class Backups(Page):
    """The copies there are, one more on request, and the way back."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self.title, self.place = office, _("Backups"), "settings"
        self.setObjectName("page")
        self.choose_folder: Callable[[QWidget], str] = ask_folder
        self._may = office.desk.by is not None and office.desk.by.may(COORDINATOR)
        self.rows = Rows(_("Backups"), grow=True)
        self.rows.acted.connect(self.restore)
        self.rows.chosen.connect(self.restore)
        self.age, self.checked, self.said = parts.label(""), parts.label("", "muted"), parts.label("", "help")
        make = parts.button(_("Back up now"), "primary", "archive", self.make)
        copy = parts.button(_("Copy to a stick or network folder"), "", "copy", self.copy_elsewhere)
        check = parts.button(_("Check the data now"), "", "shield-check", self.check_data)
        explain = _(
            "A backup is made each hour when something changed and each time you close the program. Each one is opened "
            "and checked. A copy on a stick or another computer also helps when this computer is lost."
        )
        whole = parts.column(
            parts.header(self.title, copy, make),
            parts.label(explain, "muted"),
            self.said,
            parts.Beside(
                parts.card(_("How it stands"), self.age, self.checked, parts.row(check, None), None),
                self._second_card(),
                (1, 1),
            ),
            self.rows,
            *([self._away_card()] if self._may else []),
            None,
            gap=12,
            margins=(24, 16, 24, 16),
        )
        _fill(self, whole)
        self._say("")
        self.refresh()

    def _second_card(self) -> QWidget:
        self.second = parts.label("")
        choose = parts.button(_("Choose a folder"), "", "folder-open", self.choose_second)
        self.no_second = parts.button(_("Stop copying there"), "link", on=self.forget_second)
        return parts.card(_("Second place"), self.second, parts.row(choose, self.no_second, None), None)

    def _away_card(self) -> QWidget:
        move = parts.button(_("Move to another computer"), "", "arrow-square-out", partial(self._office.open, "move"))
        other = parts.button(_("Restore a backup"), "", "arrow-counter-clockwise", self.restore)
        words = _("A backup brings everything back as it was then. What is here now is put aside first.")
        return parts.card(_("Another computer, or back in time"), parts.label(words, "muted"),
                          parts.row(move, other, None))  # fmt: skip

    # -- looking -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._found = backup.list_backups(folders.backup_folder(self._office.folder))[:SHOWN]
        action = _("Restore") if self._may else ""
        self.rows.set_rows([
            Row(number, "archive", moment_of(each), subtitle=counts_of(each), action=action)
            for number, each in enumerate(self._found)
        ])  # fmt: skip
        self.rows.setHidden(not self._found)
        age = age_of(self._found[0].made_at if self._found else None, clock.now())
        self.age.setText(age.words if self._found else _("There is no backup yet."))
        self.age.setProperty("role", "")
        self.age.setProperty("tone", age.tone or "plain")
        theme.restyle(self.age)
        self.checked.setText(self._checked_words())
        self._show_second()

    def _checked_words(self) -> str:
        day = self._office.copies.checked_on() if self._office.copies else None
        if day is None:
            return _("The data are compared in whole once a week; that was not done yet.")
        return _("All data were compared on {date}: they are sound.").format(date=day.strftime("%d-%m-%Y"))

    def _show_second(self) -> None:
        second = self._office.copies.second() if self._office.copies else None
        self.no_second.setHidden(second is None)
        if second is None:
            self.second.setText(
                _("None yet. Choose a folder on a stick or on the network: each backup goes there too.")
            )
        elif not backup.is_second_place(second):
            self.second.setText(_("{folder} is not connected now.").format(folder=second))
        else:
            last = backup.last_good(second)
            words = _("{folder}, last copy {date}") if last else _("{folder}, no copy there yet")
            date = clock.local(last).strftime("%d-%m-%Y %H:%M") if last else ""
            self.second.setText(words.format(folder=second, date=date))

    # -- deeds -------------------------------------------------------------------------------------------

    def make(self) -> None:
        if self._office.back_up is not None:
            self._office.back_up(self._made)

    def copy_elsewhere(self) -> None:
        """One copy in a folder of choice."""
        folder = self.choose_folder(self)
        if folder and self._office.back_up is not None:
            self._office.back_up(self._made, folder)

    def choose_second(self) -> None:
        """Every backup goes to this folder too, from the one that is made now."""
        folder = self.choose_folder(self)
        if not folder:
            return
        try:
            require_elsewhere(Path(folder), self._office.folder)
            backup.make_second_place(Path(folder))
        except (Refused, StorageProblem) as problem:
            self._say(sentence_of(problem))
            return
        self._office.settings.set(SECOND, folder)
        self.make()

    def forget_second(self) -> None:
        self._office.settings.set(SECOND, "")
        self.refresh()

    def restore(self, number: int = -1) -> None:
        """Look into one of these, or into a file from elsewhere."""
        if self._may and self._office.restore is not None:
            self._office.restore(self._found[number].path if number >= 0 else None)

    def check_data(self) -> None:
        if self._office.copies is not None:
            self._office.copies.check_now(self._was_checked)

    def _was_checked(self, checked: Checked) -> None:
        self._say(" ".join(checked.warnings) or _("All data were read and compared: they are sound."))
        self.refresh()

    def _made(self, _info: object) -> None:
        self._say(_("Backup made and checked"))
        self.refresh()

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))


def require_elsewhere(target: Path, folder: Path) -> None:
    """A second place in the same folder as the data is lost together with them."""
    if target.resolve().is_relative_to(folder.resolve()):
        raise Refused(_("This is the folder of the data themselves. Choose one on a stick or on the network."))


class _Whither(QWidget):
    """Where the copy for the new computer goes."""

    def __init__(self, choose_folder: Callable[[QWidget], str], chosen: str) -> None:
        super().__init__()
        self._choose, self.folder = choose_folder, chosen
        self.words = parts.label("")
        self.button = parts.button(_("Choose a folder"), "", "folder-open", self.choose)
        layout = QVBoxLayout(self)
        theme.space(layout, 8)
        parts.fill(layout, self.words, parts.row(self.button, None))
        self._show()

    def choose(self) -> None:
        self.folder = self._choose(self) or self.folder
        self._show()

    def values(self) -> dict[str, Any]:
        return {"folder": self.folder}

    def _show(self) -> None:
        self.words.setText(self.folder or _("No folder chosen yet."))


class Move(Wizard):
    """To another computer: what happens, where the copy goes, and then what to do over there."""

    def __init__(self, office: Office) -> None:
        self._office, self._copying = office, False
        self.choose_folder: Callable[[QWidget], str] = ask_folder
        explain = _(
            "Everything goes into one file: participants, vouchers, letters, colleagues and their passwords. The file "
            "is locked; only a password of your organisation or the recovery sheet opens it. Nothing changes on this "
            "computer until you say so at the end."
        )
        super().__init__(
            _("Move to another computer"),
            [
                Step(_("What happens"), explain),
                Step(
                    _("Where does the copy go?"),
                    _("Take a stick with enough room, or a network folder that the new computer can see."),
                    widget=self._whither,
                    check=self._check,
                ),
            ],
            self._copy,
            finish_text=_("Make the copy"),
            place="settings",
        )

    def _whither(self, _values: dict[str, Any]) -> QWidget:
        self.whither = _Whither(lambda parent: self.choose_folder(parent), "")
        return self.whither

    def _check(self, values: dict[str, Any]) -> None:
        if not values.get("folder"):
            raise Refused(_("Choose the folder for the copy first."))
        require_elsewhere(Path(values["folder"]), self._office.folder)

    def _copy(self, values: dict[str, Any]) -> bool:
        if self._office.copies is not None and not self._copying:
            self._copying = True
            self._office.copies.make(self._copied, values["folder"], self._not_copied)
        return False

    def _copied(self, info: BackupInfo) -> None:
        self.closed.emit()
        self._office.open("moved", path=str(info.path))

    def _not_copied(self, problem: Exception) -> None:
        self._copying = False
        self.complain(Refused(sentence_of(problem)))


class Moved(Page):
    """The copy stands: what to do at the new computer, and whether this one stops."""

    def __init__(self, office: Office, path: str) -> None:
        super().__init__()
        self._office, self.title, self.place = office, _("The copy is ready"), "settings"
        self.setObjectName("page")
        file = Path(path)
        steps = [
            parts.label(f"{number}.  " + _(text).format(file=file.name)) for number, text in enumerate(NEW_COMPUTER, 1)
        ]
        stop = parts.button(_("Stop working on this computer"), "primary", "lock-simple", self.stop)
        stay = parts.button(_("Go on here for now"), "", on=self.closed.emit)
        why = _(
            "Work on one computer only. What is entered here from now on is not in the copy, and two organisations "
            "cannot be put together again."
        )
        page = parts.column(
            parts.title(self.title),
            parts.label(_("{file} was made, read back and checked.").format(file=path), "muted"),
            parts.card(_("At the new computer"), *steps),
            parts.card(_("On this computer"), parts.label(why), parts.row(stop, stay, None)),
            None,
            gap=12,
            margins=(24, 16, 24, 16),
        )
        _fill(self, page)

    def stop(self) -> None:
        """From the next start on this computer says first that the data moved."""
        self._office.settings.set(MOVED, clock.now().isoformat())
        window = self.window()
        self.closed.emit()
        window.close()


class MovedAway(Cover):
    """Somebody starts the program on the computer that the data left."""

    def __init__(self, moved_on: str, go_on: Callable[[], None]) -> None:
        super().__init__()
        day = clock.local(datetime.fromisoformat(moved_on)).strftime("%d-%m-%Y")
        self.show_card(
            parts.title(_("The data moved to another computer")),
            parts.label(_("That was on {date}. Go on working there.").format(date=day)),
            parts.label(
                _("Whoever goes on here too gets two organisations that cannot be put together again."), "doubt"
            ),
            parts.button(_("Go on here all the same"), "", on=go_on),
        )


def ask_folder(parent: QWidget) -> str:
    return QFileDialog.getExistingDirectory(parent, _("Where does the copy go?"))


def _fill(page: QWidget, inside: QWidget) -> None:
    layout = QVBoxLayout(page)
    theme.space(layout, 0)
    layout.addWidget(inside)


PAGES: dict[str, PageMaker] = {"backups": Backups, "move": Move, "moved": Moved}
