"""Office work in a program that is killed at random moments, and the proof that nothing acknowledged is lost.

`python -m tests.survival.killing FOLDER WORK KILLS SEED`; one process that forks a child per kill, so that a thousand
kills cost seconds. Shows the death of a process, not a power cut.
"""

import gc
import json
import os
import random
import resource
import secrets
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import desktop.paper.letter as _loaded_before_the_fork
from desktop import clock
from desktop.actions.contacts import record_contact
from desktop.actions.intakes import hold_intake
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter
from desktop.actions.letters import approve_letter, write_letter
from desktop.actions.merge import merge_people
from desktop.actions.vouchers import register_voucher
from desktop.language import set_language
from desktop.rules.deeds import ContactDraft, IntakeDraft
from desktop.rules.merge import MergeDraft
from desktop.rules.staff import Member
from desktop.storage import changes, migrations
from desktop.storage.changes import Audit, facts_of, link
from desktop.storage.database import close_database, database, open_database
from desktop.storage.models import LetterPdf, Person, Practice
from tests.factory import a_draft, add_practice, make_office, shut

LONGEST = 0.025  # seconds a program lives at most after its first word: a voucher or two
LONGER = 0.25  # for work of which one action takes longer
AT_THE_START = 0.25  # the part of the programs that is killed while they open the file or do their first deed
WAITED_FOR = ("register", "unite")  # works of which the first word is heard before the time to live begins
PATIENCE = 20  # seconds until a first word
LOOK_EVERY = 25  # kills; in between the next program finds what the killed one left
CHUNK = 300  # persons of one import
Say = Callable[[str], None]


@dataclass
class Figures:
    """What a run showed; everything under `wrong` is a failure."""

    work: str
    kills: int = 0
    acknowledged: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


# ---- the work: says a line after each action that was acknowledged ----


def register(by: Member, say: Say) -> None:
    """Vouchers, each with a first call."""
    practice = Practice.get()
    while True:
        voucher = register_voucher(by, a_draft(practice))
        say(f"voucher {voucher.id}")
        contact = record_contact(by, ContactDraft(voucher_id=voucher.id, outcome="no_answer"))
        say(f"contact_attempt {contact.id}")


def bring_in(by: Member, say: Say) -> None:
    """Imports: many rows in one action."""
    while True:
        with changes.deed(by.id, "people brought in"):
            rows = [{"surname": f"Jansen {number}", "sort_name": f"jansen {number}"} for number in range(CHUNK)]
            made = changes.bulk_insert(Person, rows)
        say(f"person {made[-1]}")


def correspond(by: Member, say: Say) -> None:
    """A case up to the letter that was sent."""
    practice = Practice.get()
    while True:
        voucher = register_voucher(by, a_draft(practice))
        say(f"voucher {voucher.id}")
        intake = hold_intake(by, IntakeDraft(voucher_id=voucher.id, held_on=clock.today(), sure=True))
        say(f"intake {intake.id}")
        letter = write_letter(by, voucher.id, "intake")
        say(f"letter {letter.id}")
        approve_letter(by, letter.id)
        fix_letter(by, letter.id)
        say(f"letter_pdf {LetterPdf.get(LetterPdf.letter == letter).id}")
        dispatch = send_letter(by, letter.id, "print")
        confirm_sent(by, dispatch.id)
        say(f"dispatch {dispatch.id}")


def unite(by: Member, say: Say) -> None:
    """Two vouchers of one person who was taken for two, made one."""
    practice = Practice.get()
    while True:
        first, second = (register_voucher(by, a_draft(practice)) for _time in range(2))
        say(f"voucher {second.id}")
        kept, other = first.person, second.person
        draft = MergeDraft(kept=kept.id, other=other.id, kept_version=kept.version, other_version=other.version)
        merge_people(by, draft)
        say(f"person {kept.id}")


def _second_tables() -> None:
    database.execute_sql("ALTER TABLE person ADD COLUMN shouted TEXT")
    database.execute_sql("UPDATE person SET shouted = upper(surname)")
    database.execute_sql("CREATE TABLE bicycle (id INTEGER PRIMARY KEY)")


def bring_up_to_date(_by: Member, say: Say) -> None:
    """A migration of a file with people in it."""
    migrations.migrate((*migrations.STEPS, _second_tables))
    say("migrated")
    signal.pause()


WORKS: dict[str, Callable[[Member, Say], None]] = {
    "register": register, "bring_in": bring_in, "correspond": correspond, "bring_up_to_date": bring_up_to_date,
    "unite": unite,
}  # fmt: skip


class _EnoughError(Exception):
    """The warming up has seen all of the work."""


def _warm_up(by: Member, work: Callable[[Member, Say], None]) -> None:
    """Once through the work before the forks, so that no killed program spends its life on loading modules."""

    def stop(line: str) -> None:
        if line.startswith(("contact_attempt", "person", "dispatch")):
            raise _EnoughError

    if work is not bring_up_to_date:
        with suppress(_EnoughError):
            work(by, stop)


# ---- killing ----


def run(folder: Path, work: str, kills: int, seed: int) -> Figures:
    """Make an office, let the work be killed so often, and look what is left."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    set_language("nl")
    chance, figures, started = random.Random(seed), Figures(work), time.monotonic()
    path, key, by = make_office(folder, secrets.token_bytes(32))
    add_practice(coach=by.id)
    _warm_up(by, WORKS[work])
    if work == "bring_up_to_date":
        with changes.deed(by.id, "people brought in"):
            changes.bulk_insert(Person, [{"surname": f"Jansen {number}"} for number in range(2000)])
    shut()
    whole = shutil.copy(path, folder / "before.db")
    gc.freeze()  # the children then copy less of this program's memory
    heard: list[str] = []
    for number in range(1, kills + 1):
        lives = chance.uniform(0, LONGEST if work == "register" else LONGER)
        at_the_start = chance.random() < AT_THE_START or work not in WAITED_FOR
        heard += killed_once(path, key, by, WORKS[work], lives, at_the_start)
        figures.kills = number
        if work == "bring_up_to_date":
            figures.wrong += look_at_migration(path, key, heard)
            figures.acknowledged += len(heard)
            heard = []
            for left in folder.glob("office.db*"):
                left.unlink()
            shutil.copy(whole, path)
        elif number % LOOK_EVERY == 0 or number == kills:
            figures.wrong += look(path, key, heard)
        if figures.wrong:
            break
    figures.acknowledged = figures.acknowledged or len(heard)
    figures.seconds = round(time.monotonic() - started, 1)
    return figures


def killed_once(
    path: Path, key: bytes, by: Member, work: Callable[[Member, Say], None], lives: float, at_the_start: bool
) -> list[str]:
    """What a program said before it was killed, so long after its start or after its first word."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work_until_killed(path, key, by, work, writing)
    os.close(writing)
    if not at_the_start:
        select.select([reading], [], [], PATIENCE)
    said = _listen(reading, time.monotonic() + lives)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said += _listen(reading, None)
    os.close(reading)
    return said.decode().split("\n")[:-1]


def _work_until_killed(path: Path, key: bytes, by: Member, work: Callable[[Member, Say], None], writing: int) -> None:
    gc.disable()
    try:
        open_database(path, key)
        work(by, lambda line: _say(writing, line))
    except BaseException as error:
        _say(writing, f"FAILED {type(error).__name__}: {error}")
        raise
    finally:
        os._exit(1)


def _say(writing: int, line: str) -> None:
    os.write(writing, (line + "\n").encode())


def _listen(reading: int, until: float | None) -> bytes:
    """Everything said until this moment, or until the speaker is dead."""
    said = b""
    while until is None or (left := until - time.monotonic()) > 0:
        if until is not None and not select.select([reading], [], [], left)[0]:
            break
        piece = os.read(reading, 65536)
        if not piece:
            break
        said += piece
    return said


# ---- looking ----


def look(path: Path, key: bytes, heard: list[str]) -> list[str]:
    """What is wrong in the file after all that was heard."""
    wrong = [line for line in heard if line.startswith("FAILED")]
    open_database(path, key)
    try:
        if (sound := _all("PRAGMA integrity_check")) != [("ok",)]:
            wrong.append(f"integrity: {sound[:3]}")
        if _all("PRAGMA foreign_key_check"):
            wrong.append("a row points at nothing")
        wrong += _lost(heard) + _halves() + _chain()
    finally:
        close_database()
    return wrong


def _lost(heard: list[str]) -> list[str]:
    """Acknowledged rows that are not there."""
    there = {table: _ids(table) for table in {line.split()[0] for line in heard}}
    return [f"lost: {line}" for line in heard if int(line.split()[1]) not in there[line.split()[0]]]


def _ids(table: str) -> set[int]:
    return {row[0] for row in _all(f'SELECT id FROM "{table}"')}  # noqa: S608 - a table's own name


def _halves() -> list[str]:
    """Actions of which a part is missing: every row inserted by history is there, and no row without history."""
    wrong = []
    written = dict(_all('SELECT "table", count(*) FROM change WHERE before IS NULL AND after IS NULL GROUP BY 1'))
    for table, count in written.items():
        if (there := _count(f'SELECT count(*) FROM "{table}"')) != count:  # noqa: S608 - a table's own name
            wrong.append(f"{table}: {there} rows, {count} in the history")
    counted = _all("SELECT a.name, count(c.id) FROM audit a LEFT JOIN change c ON c.audit_id = a.id GROUP BY a.id")
    for name in {name for name, _many in counted}:
        sizes = {many for each, many in counted if each == name}
        if len(sizes) > 1 and name not in ("letter written", "practice added by a test"):
            wrong.append(f"{name}: of {sizes} changes")
    found = _count("SELECT count(*) FROM search_entry WHERE kind = 'person'")
    if found != _count("SELECT count(*) FROM person WHERE merged_into_id IS NULL"):
        wrong.append(f"{found} persons can be found")
    left = "SELECT count(*) FROM voucher v JOIN person p ON p.id = v.person_id WHERE p.merged_into_id IS NOT NULL"
    if _count(left):
        wrong.append("a voucher stayed with somebody who was merged")
    indexed = _count("SELECT count(*) FROM search_index WHERE search_index MATCH '\"jansen\"'")
    if indexed != _count("SELECT count(*) FROM search_entry WHERE text LIKE '%jansen%'"):
        wrong.append("the index of words differs from the words")
    unsettled = _count(
        "SELECT count(*) FROM letter WHERE state = 'sent' AND id NOT IN (SELECT letter_id FROM letter_pdf)"
    )
    return [*wrong, *(["a letter was sent without its bytes"] if unsettled else [])]


def _chain() -> list[str]:
    """Lines of the log that were left out or changed."""
    key = bytes(_all("SELECT log_key FROM meta")[0][0])
    previous = ""
    for row in Audit.select().order_by(Audit.id):
        if row.mac != link(key, previous, facts_of(row)):
            return [f"the log is broken at line {row.id}"]
        previous = row.mac
    return []


def look_at_migration(path: Path, key: bytes, heard: list[str]) -> list[str]:
    """Old or new, never between; once acknowledged it is new."""
    open_database(path, key)
    try:
        version = changes.schema_version()
        tables = _count("SELECT count(*) FROM sqlite_master WHERE name = 'bicycle'")
        columns = _count("SELECT count(*) FROM pragma_table_info('person') WHERE name = 'shouted'")
        filled = _count("SELECT count(*) FROM person WHERE shouted LIKE 'JANSEN%'") if columns else 0
        people = _count("SELECT count(*) FROM person")
    finally:
        close_database()
    state = (version, tables, columns, filled, people)
    before = len(migrations.STEPS)
    right = state in {(before, 0, 0, 0, 2000), (before + 1, 1, 1, 2000, 2000)} and (not heard or version > before)
    return [] if right else [f"migration left {state}, heard {heard}"]


def _all(sql: str) -> list[Any]:
    return list(database.execute_sql(sql).fetchall())


def _count(sql: str) -> int:
    return int(_all(sql)[0][0])


assert _loaded_before_the_fork

if __name__ == "__main__":
    print(json.dumps(asdict(run(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))))  # noqa: T201
