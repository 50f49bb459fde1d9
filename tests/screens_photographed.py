"""`make screens`: every page on the practice organisation as staff may see it, and whether anything is cut off.

Light, dark, high contrast and 200 % text at 1366 x 768, and at twice the resolution; in Dutch and in English. The
pictures are for eyes; what a machine can see for itself is checked: words wider than their place, parts outside the
window, sideways scroll bars.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractScrollArea, QApplication, QLabel, QWidget

from desktop.actions.exercise import fill_exercise, make_exercise
from desktop.app import Program, make_application
from desktop.rules.exercise import PASSWORD, SIGN_IN_NAME
from desktop.screens.signin import SignIn
from desktop.settings import Settings
from desktop.storage import keys, office
from desktop.widgets import theme
from tests.drive import Driver, running, settle
from tests.pages_opened import every_page

FOLDER = Path(__file__).resolve().parent.parent / "screens"
TWICE = "twice"


@dataclass(frozen=True)
class Look:
    """One way to look at every page."""

    name: str
    scheme: str = "light"
    percent: int = 100


LOOKS = (Look("light"), Look("dark", "dark"), Look("contrast", "contrast"), Look("large", "light", 200))
LANGUAGES = ("nl", "en")


def main(arguments: list[str]) -> int:
    """How many complaints there are; 0 is none."""
    if arguments == [TWICE]:
        return min(100, photograph_all((Look(TWICE),)))
    shutil.rmtree(FOLDER, ignore_errors=True)
    found = photograph_all(LOOKS)
    again = [sys.executable, "-m", "tests.screens_photographed", TWICE]
    found += subprocess.run(again, env={**os.environ, "QT_SCALE_FACTOR": "2"}, check=False).returncode
    say(f"{len(list(FOLDER.glob('*.png')))} pictures in screens/, {found} complaints")
    return min(100, found)


def photograph_all(looks: tuple[Look, ...]) -> int:
    found = 0
    with tempfile.TemporaryDirectory(prefix="wijkrecept-screens-") as made:
        folder = Path(made)
        make_application([], Settings.in_memory())
        entered = make_exercise(folder)
        fill_exercise(entered.member)
        entered.session.close()
        for language in LANGUAGES:
            for look in looks:
                found += photograph(folder, look, language)
    return found


def photograph(folder: Path, look: Look, language: str) -> int:
    """All pages in one look and language; each complaint is said."""
    settings = Settings.in_memory()
    settings.set("language", language)
    application = make_application([], settings)
    theme.apply(application, look.scheme, look.percent)  # type: ignore[arg-type]
    found = 0
    with running(folder, "exercise", settings) as staff:
        for name in pages(staff):
            staff.photograph(FOLDER / f"{name}-{look.name}-{language}.png")
            for complaint in complaints(staff.window):
                say(f"{name} ({look.name}, {language}): {complaint}")
                found += 1
    return found


def pages(staff: Driver) -> Iterator[str]:
    """Before anyone is in, and then every page."""
    program: Program = staff.program
    yield "sign_in"
    sign_in = staff.window.findChild(SignIn)
    assert sign_in is not None
    sign_in.use_sheet()
    yield "sign_in_with_sheet"
    staff.window.cover(program._welcome(office.Found(office.EMPTY, "")))
    yield "welcome"
    program.enter(keys.sign_in(program.folder, SIGN_IN_NAME, PASSWORD))
    for name, _page in every_page(program):
        yield name


def complaints(window: QWidget) -> list[str]:
    """What is cut off, sticks out, or scrolls sideways."""
    settle()
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            found += [f"{said}: {_words(widget)!r}" for wrong, said in _checks(widget, window) if wrong]
    return found


def _checks(widget: QWidget, window: QWidget) -> list[tuple[bool, str]]:
    checks = [(_sticks_out(widget, window), "sticks out of the window")]
    if isinstance(widget, QLabel) and widget.text():
        checks.append((_cut_off(widget), "words cut off"))
    elif isinstance(widget, QAbstractButton):
        checks.append((_narrow(widget), "words wider than the button"))
    elif isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QAbstractItemView):
        checks.append((widget.horizontalScrollBar().isVisible(), "scrolls sideways"))
    return checks


def _cut_off(label: QLabel) -> bool:
    room = label.contentsRect()
    if label.wordWrap():
        flags = int(Qt.TextFlag.TextWordWrap.value)
        needed = label.fontMetrics().boundingRect(0, 0, room.width(), 100_000, flags, label.text())
        return needed.height() > room.height() + 1 or needed.width() > room.width() + 1
    return label.fontMetrics().boundingRect(label.text()).width() > room.width() + 1


def _narrow(button: QAbstractButton) -> bool:
    return bool(button.text()) and button.minimumSizeHint().width() > button.width() + 1


def _sticks_out(widget: QWidget, window: QWidget) -> bool:
    left = widget.mapTo(window, QPoint(0, 0)).x()
    return left < -1 or left + widget.width() > window.width() + 1


def _words(widget: QWidget) -> str:
    if isinstance(widget, (QLabel, QAbstractButton)):
        return widget.text()
    return widget.accessibleName() or type(widget).__name__


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    code = main(sys.argv[1:])
    QApplication.processEvents()
    sys.exit(code)
