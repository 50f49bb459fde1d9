"""The deeds of the main job as staff do them by keyboard, for the journeys and the demo. Must not check results."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from desktop import clock
from desktop.paths import resource
from desktop.screens.imports import ImportPage
from desktop.screens.letter import LetterPage
from desktop.storage.models import Voucher
from tests.drive import Driver, NotSeenError, called

PRACTICES = resource("exercise", "praktijken.csv")
ACTIVITIES = resource("exercise", "aanbod.xlsx")
MAILS = resource("exercise", "verwijsmails.txt")


class Days:
    """The days of a story: the program's clock stands where the story is."""

    def __init__(self, first: date) -> None:
        self._moment = datetime.combine(first, time(9, 0), clock.AMSTERDAM).astimezone(UTC)

    def now(self) -> datetime:
        self._moment += timedelta(seconds=1)  # no two deeds at one moment
        return self._moment

    def go_to(self, day: date, hour: time = time(9, 0)) -> None:
        self._moment = datetime.combine(day, hour, clock.AMSTERDAM).astimezone(UTC)

    def pass_days(self, days: int) -> None:
        self.go_to(clock.local(self._moment).date() + timedelta(days=days))


@contextmanager
def story_from(first: date) -> Iterator[Days]:
    """The program's clock follows the story as long as it is told."""
    days, real = Days(first), clock.now
    clock.now = days.now
    try:
        yield days
    finally:
        clock.now = real


def import_list(staff: Driver, place: str, file: Path) -> str:
    """Read a file of practices or activities and take over what is new; what the page said about it."""
    staff.window.show_place(place)
    staff.push("Inlezen uit bestand")
    page = staff.page()
    assert isinstance(page, ImportPage)
    page.choose_file = lambda _parent: str(file)
    staff.push("Bestand kiezen")
    staff.wait_idle()
    totals = page.totals.text()
    take_over(staff, page)
    return totals


def take_over(staff: Driver, page: ImportPage) -> None:
    if not page.take_button.isEnabled():
        return
    staff.push(page.take_button.accessibleName())
    staff.wait(lambda: page.notice.answers(), lambda: f"not taken over: {staff.words()}")
    staff.wait_idle()


def copy_mails() -> None:
    """The mails as they lie on the clipboard after Ctrl+C in the mail program."""
    QGuiApplication.clipboard().setText(MAILS.read_text("utf-8"))


def paste_mail(staff: Driver, number: int) -> None:
    """A new voucher from the so-manieth mail of the file."""
    copy_mails()
    staff.press("Ctrl+N")
    staff.press("Ctrl+Shift+V")
    staff.wait(lambda: staff.sees("mails: welke wil je?"))
    for _n in range(number - 1):
        staff.press("Tab")
    staff.press("Space")


def button(staff: Driver, name: str) -> QPushButton:
    found = [each for each in staff.page().findChildren(QPushButton) if each.isVisible() and called(each, name)]
    if not found:
        raise NotSeenError(f"no button {name!r}")
    return found[0]


def newest() -> Voucher:
    found: Voucher = Voucher.select().order_by(Voucher.id.desc()).get()
    return found


def with_letter(staff: Driver, choose: Callable[[LetterPage], None]) -> LetterPage:
    page = staff.page()
    assert isinstance(page, LetterPage)
    choose(page)
    return page
