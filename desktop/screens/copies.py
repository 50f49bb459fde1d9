"""When a backup is due, how old the last good one is, and when the data are checked. Must not know any page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop import clock
from desktop.actions import backups
from desktop.actions.backups import Made
from desktop.errors import Damaged, Refused, StorageProblem
from desktop.language import _, ngettext
from desktop.settings import Settings
from desktop.storage import backup, folders
from desktop.storage.backup import BackupInfo
from desktop.storage.integrity import Checked
from desktop.storage.office import Session
from desktop.widgets.desk import Desk, if_here

SECOND = "second_backups"
CHECKED = "checked_on"
MINUTE = 60_000
SOON = 5_000
TONES = {True: "late", False: ""}


@dataclass(frozen=True)
class Age:
    """How old the last good backup is, in words, and the tone to say it in."""

    words: str
    tone: str = ""


class Copies(QObject):
    """Hourly when something changed, and at everybody's request; the data are read in whole after signing in."""

    told = Signal()  # the age in the status line is another one
    troubled = Signal(str)
    said = Signal(str)

    def __init__(self, desk: Desk, settings: Settings, folder: Path, session: Callable[[], Session | None],
                 parent: QObject | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk, self._settings, self._folder, self._session = desk, settings, folder, session
        self._read_on: date | None = None
        self._failed_at: datetime | None = None
        self._clock = QTimer(self, interval=MINUTE)
        self._clock.timeout.connect(self.look)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.look)

    def begin(self) -> None:
        """Somebody is in."""
        self._clock.start()
        self._soon.start()

    def rest(self) -> None:
        """Nobody is in: without keys there is nothing to copy."""
        self._clock.stop()
        self._soon.stop()

    def second(self) -> Path | None:
        """The folder on a stick or network disk where each backup is copied to."""
        chosen = self._settings.get(SECOND)
        return Path(chosen) if isinstance(chosen, str) and chosen else None

    def look(self) -> None:
        """Each minute: is a backup due, were the data read, is it another day?"""
        session = self._session()
        if session is None or self._desk.working():
            return
        self.told.emit()
        if self._may_try() and backups.is_due(session, clock.now()):
            self.make(quiet=True)
        elif self._read_on != clock.today():
            self._read(session)

    def make(self, done: Callable[[BackupInfo], None] | None = None, target: str = "",
             failed: Callable[[Exception], None] | None = None, quiet: bool = False) -> None:  # fmt: skip
        """A verified backup while the window stays alive; `target` is a folder for this one copy."""
        session = self._session()
        if session is None:
            return

        def copy(_by: object, progress: Any) -> Made:
            if target:
                return Made(backups.copy_once(session, Path(target), clock.now(), progress))
            usual = folders.backup_folder(self._folder)
            return backups.back_up(session, usual, clock.now(), progress, self.second())

        def stands(made: Made) -> None:
            self._failed_at = None
            if target:
                self._desk.perform(backups.log_copied, said=_("Backup made and checked"), undoable=False)
            self.told.emit()
            if done is not None:
                done(made.info)
            elif not quiet:
                self.said.emit(_("Backup made and checked"))
            if made.trouble:
                self.troubled.emit(made.trouble)

        def fails(problem: Exception) -> None:
            self._failed_at = clock.now()
            if tell := if_here(failed):
                tell(problem)
            else:
                self.troubled.emit(sentence_of(problem))

        self._desk.perform_in_background(copy, title=_("Making a backup"), done=stands, failed=fails, writes=False)

    def age(self) -> Age:
        """For the status line."""
        return age_of(backup.last_good(folders.backup_folder(self._folder)), clock.now())

    def check_now(self, done: Callable[[Checked], None]) -> None:
        """Read and compare everything, because somebody asked."""
        session = self._session()
        if session is not None:
            self._check(session, True, done)

    def checked_on(self) -> date | None:
        """The day on which all of the data were compared last."""
        try:
            return date.fromisoformat(self._settings.get(CHECKED, ""))
        except (TypeError, ValueError):
            return None

    def _read(self, session: Session) -> None:
        self._read_on = clock.today()
        last = self.checked_on()
        thorough = last is None or not timedelta() <= clock.today() - last < backups.WEEK
        self._check(session, thorough, self._was_sound)

    def _check(self, session: Session, thorough: bool, done: Callable[[Checked], None]) -> None:
        def check(_by: object, progress: Any) -> Checked:
            return backups.check(session, clock.now(), thorough, progress)

        def sound(checked: Checked) -> None:
            if checked.thorough:
                self._settings.set(CHECKED, clock.today().isoformat())
            done(checked)

        self._desk.perform_in_background(
            check, title=_("Checking the data"), done=sound, failed=self._not_checked, writes=False
        )

    def _was_sound(self, checked: Checked) -> None:
        if checked.warnings:
            self.troubled.emit(" ".join(checked.warnings))

    def _not_checked(self, problem: Exception) -> None:
        if isinstance(problem, (Refused, StorageProblem)) and not isinstance(problem, Damaged):  # that one shows itself
            self.troubled.emit(sentence_of(problem))

    def _may_try(self) -> bool:
        """After a failure not each minute anew."""
        return self._failed_at is None or abs(clock.now() - self._failed_at) >= backups.EVERY


def age_of(last: datetime | None, now: datetime) -> Age:
    """The last good backup as a person would say it; red when it is older than three days."""
    if last is None:
        return Age(_("No backup yet: one is made when you close the program"))
    moment, today = clock.local(last), clock.local(now).date()
    days = (today - moment.date()).days
    if days == 0:
        return Age(_("Last good backup: today {time}").format(time=moment.strftime("%H:%M")))
    if days == 1:
        return Age(_("Last good backup: yesterday {time}").format(time=moment.strftime("%H:%M")))
    date_words = moment.strftime("%d-%m-%Y %H:%M")
    if days < 0:
        return Age(_("Last good backup: {date}").format(date=date_words))
    words = ngettext("Last good backup: {n} day ago, {date}", "Last good backup: {n} days ago, {date}", days)
    return Age(words.format(n=days, date=date_words), TONES[now - last > backups.TOO_OLD])


def sentence_of(problem: Exception) -> str:
    """What went wrong with a backup, for the message line."""
    return problem.sentence() if isinstance(problem, (Refused, StorageProblem)) else _("No backup was made.")
