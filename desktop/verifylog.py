"""`--verify-log`: checks the access log from the command line, with a name and a password. Must not show contents."""

import getpass
import sys
from collections.abc import Callable
from pathlib import Path

from desktop import clock
from desktop.actions import entrance
from desktop.actions.log import check_log
from desktop.errors import Refused, StorageProblem
from desktop.language import _, set_language
from desktop.rules.log import verdict_words
from desktop.storage.office import FolderLock

SOUND, BROKEN, NOT_CHECKED = 0, 1, 2


def verify_log(
    folder: Path, ask: Callable[[str, bool], str] | None = None, say: Callable[[str], None] | None = None
) -> int:
    """0 when every line stands as it was written, 1 when not, 2 when it could not be checked."""
    set_language("nl")
    ask, say = ask or _ask, say or _say
    lock = FolderLock(folder)
    if not lock.take():
        say(_("The program is running. Close it first, or use the button on the page of the access log."))
        return NOT_CHECKED
    try:
        return _verify(folder, ask, say)
    finally:
        lock.release()


def _verify(folder: Path, ask: Callable[[str, bool], str], say: Callable[[str], None]) -> int:
    try:
        name = ask(_("Sign-in name"), False)
        opened = entrance.sign_in(None, folder, name, ask(_("Password"), True))
        entered = entrance.enter(opened)
    except (Refused, StorageProblem) as problem:
        say(problem.sentence())
        return NOT_CHECKED
    try:
        verdict = check_log(entered.member, folder)
    except (Refused, StorageProblem) as problem:
        say(problem.sentence())
        return NOT_CHECKED
    finally:
        entrance.log(entered.member, "signed out")
        entered.session.close()
    say(f"{clock.local_now():%d-%m-%Y %H:%M} {verdict_words(verdict)}")
    say(_("End of the log (line {n})").format(n=verdict.lines) + f": {verdict.head}")
    return SOUND if verdict.sound else BROKEN


def _ask(question: str, secret: bool) -> str:
    """From the keyboard unseen, or a line of what is piped in."""
    if secret and sys.stdin.isatty():
        return getpass.getpass(f"{question}: ")
    sys.stderr.write(f"{question}: ")
    sys.stderr.flush()
    return sys.stdin.readline().rstrip("\n")


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
