"""Restoring a backup: which one, who are you, what is in it, and only then back. Must not know who asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import clock
from desktop.actions import backups
from desktop.actions.backups import WayIn
from desktop.errors import Refused, StorageProblem
from desktop.language import _, ngettext
from desktop.screens.covers import Ask, Cover
from desktop.storage.backup import BackupInfo, Contents, read_backup
from desktop.storage.keys import Opened
from desktop.widgets import parts
from desktop.widgets.desk import Desk
from desktop.widgets.fields import Text
from desktop.widgets.rows import Row, Rows

WIDE = 720
MANY = 6


@dataclass(frozen=True)
class Place:
    """Where the data are or come, and where else backups may lie."""

    folder: Path
    purpose: str
    second: Path | None = None


class Restore(Cover):
    """Nothing is touched before the whole backup was checked and somebody saw what is in it."""

    def __init__(
        self, desk: Desk, place: Place, enter: Callable[[Opened], None], back: Callable[[], None],
        before: Callable[[Callable[[], None]], None] | None = None, now: dict[str, int] | None = None, why: str = "",
        choose_file: Callable[[QWidget], str] | None = None,
    ) -> None:  # fmt: skip
        """`before(go_on)` closes what is open first; `now` counts what is there at present."""
        super().__init__()
        self._desk, self._place, self._enter, self._back = desk, place, enter, back
        self._before, self._now, self._why = before or _at_once, now, why
        self.choose_file: Callable[[QWidget], str] = choose_file or ask_backup
        self.found = backups.found_backups(place.folder, place.second)

    # -- which one ---------------------------------------------------------------------------------------

    def show_list(self, complaint: str = "") -> None:
        """The backups that can be found from here, the newest first, or a file from elsewhere."""
        self.rows = Rows(_("Backups"), grow=True)
        self.rows.set_rows([
            Row(number, "archive", moment_of(each), subtitle=counts_of(each), action=_("Choose"))
            for number, each in enumerate(self.found[:MANY])
        ])  # fmt: skip
        self.rows.acted.connect(self._choose_found)
        self.rows.chosen.connect(self._choose_found)
        if not self.found:
            self.rows.hide()
        words = parts.label(complaint, "complaint")
        if not complaint:
            words.hide()
        role = "" if self.found else "primary"
        self.show_card(
            parts.title(_("Restore a backup")),
            *([parts.label(self._why, "doubt")] if self._why else []),
            parts.label(self._explain(), "muted"),
            words,
            self.rows,
            parts.button(_("Choose a file from a stick or another folder"), role, "folder-open", self.choose_other),
            parts.button(_("Back"), "link", on=self._back),
            width=WIDE,
        )
        if self.found:
            self.rows.setFocus()

    def choose_other(self) -> None:
        """A backup on a stick, on the network or from another computer."""
        chosen = self.choose_file(self)
        if chosen:
            self.choose(Path(chosen))

    def choose(self, path: Path) -> bool:
        """Ask who wants this one back; False when the file is no backup."""
        try:
            self._info = read_backup(path)
        except StorageProblem as problem:
            self.show_list(problem.message)
            return False
        self._ask()
        return True

    def _choose_found(self, number: int) -> None:
        self.choose(self.found[number].path)

    def _explain(self) -> str:
        if self.found:
            return _("These backups were found. The newest is usually the right one.")
        return _("No backups were found on this computer. Take the file from the stick or the network folder.")

    # -- who are you -------------------------------------------------------------------------------------

    def _ask(self, complaint: str = "") -> None:
        explain = _("Backup of {date}: {counts}.").format(date=moment_of(self._info), counts=counts_of(self._info))
        fields = (
            Text("name", _("Sign-in name")),
            Text("password", _("Password"), secret=True, help=_("As they were when the backup was made.")),
            Text("groups", _("Or the groups of the recovery sheet"), lines=2, limit=400),
        )
        self.asked = Ask(_("Restore a backup"), explain, fields, _("Look what is in it"), self._look)
        self.asked.say(complaint)
        self.show_card(self.asked, parts.button(_("Choose another one"), "link", on=self.show_list))
        self.asked.group.editor("name").focus()

    def _look(self) -> None:
        typed = self.asked.group.values()
        self._way = WayIn(typed["name"] or "", typed["password"] or "", typed["groups"] or "")
        self.asked.say("")
        self.asked.wait(True)
        self._desk.perform_in_background(
            backups.look_into, self._info.path, self._place.folder, self._place.purpose, self._way,
            title=_("Checking the backup"), done=self.show_contents, failed=self._refused, writes=False,
        )  # fmt: skip

    def _refused(self, problem: Exception) -> None:
        self.asked.wait(False)
        if isinstance(problem, Refused):
            recovery = problem.fields.pop("recovery", "")
            self.asked.complain(
                Refused(problem.message, **problem.fields, **({"groups": recovery} if recovery else {}))
            )
        else:
            self.asked.say(getattr(problem, "message", ""))

    # -- what is in it -----------------------------------------------------------------------------------

    def show_contents(self, contents: Contents) -> None:
        """Everything by which somebody knows that this is the one."""
        self.contents = contents
        facts = [parts.label(text) for text in facts_of(contents, self._now)]
        warning = _("What was entered after this moment is not in it. What is here now is put aside, not thrown away.")
        if len(contents.staff) > 1:
            since = _("Everybody signs in as they did then, also whoever left since: close their way in again.")
            warning = f"{warning} {since}"
        self.go = parts.button(_("Restore this backup"), "primary", "arrow-counter-clockwise", self._go)
        self.show_card(
            parts.title(_("This is in the backup")),
            parts.label(_("The whole backup was checked; it is sound."), "muted"),
            *facts,
            parts.label(warning, "doubt"),
            self.go,
            parts.button(_("Choose another one"), "link", on=self.show_list),
            width=WIDE,
        )
        self.go.setFocus()

    def _go(self) -> None:
        self.show_waiting(_("Restoring the backup"), _("This takes a moment. Leave the computer on."))
        self._before(self._restore)

    def _restore(self) -> None:
        self._desk.perform_in_background(
            backups.restore, self._info.path, self._place.folder, self._place.purpose, self._way,
            title=_("Restoring the backup"), done=self._enter, failed=self._not_restored, writes=False,
        )  # fmt: skip

    def _not_restored(self, problem: Exception) -> None:
        sentence = problem.sentence() if isinstance(problem, Refused) else getattr(problem, "message", "")
        self.show_list(sentence)


def facts_of(contents: Contents, now: dict[str, int] | None) -> list[str]:
    """Date, counts and who, each as a sentence; beside them what is there at present."""
    counts = contents.head.counts
    made = clock.local(datetime.fromisoformat(contents.head.made_at))
    said = [
        _("Made on {date}").format(date=made.strftime("%d-%m-%Y %H:%M")),
        _("Organisation: {name}").format(name=contents.organisation or "–"),
        _counted(counts) + (" – " + _("now: {counts}").format(counts=_counted(now)) if now is not None else ""),
        ngettext("{n} colleague: {names}", "{n} colleagues: {names}", len(contents.staff)).format(
            n=len(contents.staff), names=", ".join(contents.staff)),
    ]  # fmt: skip
    if contents.last_changed_at is not None:
        last = clock.local(contents.last_changed_at).strftime("%d-%m-%Y %H:%M")
        said.append(_("Last changed on {date} by {name}").format(date=last, name=contents.last_changed_by or "–"))
    return said


def moment_of(info: BackupInfo) -> str:
    return clock.local(info.made_at).strftime("%d-%m-%Y %H:%M")


def counts_of(info: BackupInfo) -> str:
    return _counted(info.head.counts)


def _counted(counts: dict[str, int]) -> str:
    people, vouchers = counts.get("person", 0), counts.get("voucher", 0)
    return ", ".join((
        ngettext("{n} participant", "{n} participants", people).format(n=people),
        ngettext("{n} voucher", "{n} vouchers", vouchers).format(n=vouchers),
    ))  # fmt: skip


def _at_once(go_on: Callable[[], None]) -> None:
    go_on()


def ask_backup(parent: QWidget) -> str:
    path, _kind = QFileDialog.getOpenFileName(parent, _("Restore a backup"), "", _("Backups (*.wrb)"))
    return path
