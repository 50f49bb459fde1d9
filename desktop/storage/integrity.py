"""Whether the data are still sound: a glance when they are opened, every page after that. Must not know the subjects.

The glance costs milliseconds: the file is as long as it says, it is the file its keys belong to, every table can be
read. The whole file is read in the background, on a connection of its own; each week its indexes, its references and
the log are compared as well.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from desktop import clock
from desktop.errors import Damaged, StorageProblem
from desktop.language import N_, _
from desktop.storage.backup import BackupInfo
from desktop.storage.database import DAMAGE, connect_raw, database
from desktop.storage.folders import disk_sentence
from desktop.storage.keys import Opened

Progress = Callable[[int, int], None]
STEPS_BETWEEN = 50_000  # of the engine, between two looks at whether to stop
RESTORED = "backup restored"  # from this line of the log on, the heads of older backups say nothing
DAMAGED = N_("The file with the data is damaged. Restore a backup; what is left of the file is kept aside.")
OTHER_FILE = N_("The file with the data does not belong to these keys. Restore a backup; the file is kept aside.")
NOT_CHECKED = N_("The data could not be checked now. This is tried again at the next start.")
LOG_CUT = N_("The log misses lines that were there in the backup of {date}. Somebody may have taken them out.")


@dataclass(frozen=True)
class Checked:
    """A sound file; `warnings` are sentences about what is odd in it all the same."""

    at: datetime
    thorough: bool
    warnings: tuple[str, ...] = ()


def glance(opened: Opened) -> None:
    """What can be seen of the file in a few milliseconds; Damaged when it is not as it should be."""
    with _told(), closing(connect_raw(opened.database, opened.data_key)) as connection:
        _require_length(connection, opened.database)
        described = connection.execute("SELECT database_id, purpose FROM meta").fetchone()
        if described is not None and described != (opened.database_id, opened.purpose):
            raise Damaged(_(OTHER_FILE))
        for table in _tables(connection):
            connection.execute(f'SELECT * FROM "{table}" LIMIT 1').fetchone()  # noqa: S608 - a table's own name


def check_all(
    opened: Opened, now: datetime, backups: Iterable[BackupInfo] = (), thorough: bool = True,
    progress: Progress | None = None,
) -> Checked:  # fmt: skip
    """Read every page; `thorough` compares indexes and references too, and the log with what backups know of it."""
    with _told(), closing(connect_raw(opened.database, opened.data_key)) as connection:
        stop = _Stop(progress)
        connection.set_progress_handler(stop.asked, STEPS_BETWEEN)
        try:
            _require_sound(connection, thorough)
            warnings = _log_warnings(connection, list(backups)) if thorough else ()
        except driver.OperationalError:
            stop.raise_reason()
            raise
    return Checked(now, thorough, warnings)


class _Stop:
    """Lets staff stop a check: the engine asks now and then, and breaks off when the answer is an exception."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._reason: BaseException | None = None

    def asked(self) -> int:
        if self._progress is None:
            return 0
        try:
            self._progress(0, 0)
        except BaseException as reason:  # noqa: BLE001 - it goes on its way once the engine has let go
            self._reason = reason
            return 1
        return 0

    def raise_reason(self) -> None:
        if self._reason is not None:
            raise self._reason


def _require_sound(connection: Any, thorough: bool) -> None:
    pages = connection.execute("PRAGMA cipher_integrity_check").fetchall() if thorough else []
    inside = connection.execute(f"PRAGMA {'integrity_check' if thorough else 'quick_check'}").fetchall()
    loose = connection.execute("PRAGMA foreign_key_check").fetchone() if thorough else None
    if pages or inside != [("ok",)] or loose:
        raise Damaged(_(DAMAGED))


def _log_warnings(connection: Any, backups: list[BackupInfo]) -> tuple[str, ...]:
    """The end of the log at each backup must still stand in it."""
    row = connection.execute("SELECT max(at) FROM audit WHERE name = ?", (RESTORED,)).fetchone()
    since = datetime.fromisoformat(row[0]) if row[0] else None
    known = [each for each in backups if each.head.log_head and (since is None or each.made_at > since)]
    there = {mac for (mac,) in connection.execute("SELECT mac FROM audit")} if known else set()
    missing = [each.made_at for each in known if each.head.log_head not in there]
    return (_(LOG_CUT).format(date=f"{clock.local(max(missing)):%d-%m-%Y %H:%M}"),) if missing else ()


def _require_length(connection: Any, path: Path) -> None:
    """A file that was cut short opens well enough until somebody needs the rest."""
    pages, size = (int(connection.execute(f"PRAGMA {what}").fetchone()[0]) for what in ("page_count", "page_size"))
    log = path.with_name(path.name + "-wal")
    waits = log.stat().st_size if log.exists() else 0  # what was saved last may still stand in the log
    if path.stat().st_size + waits < pages * size:
        raise Damaged(_(DAMAGED))


def _tables(connection: Any) -> list[str]:
    listed = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    return [name for (name,) in connection.execute(listed) if not name.startswith("sqlite_")]


@contextmanager
def _told() -> Iterator[None]:
    """What the disk or the engine says, as a sentence."""
    try:
        yield
    except OSError as error:
        raise StorageProblem(disk_sentence(error)) from error
    except driver.DatabaseError as error:
        passing = isinstance(error, driver.OperationalError) and not any(words in str(error) for words in DAMAGE)
        raise (StorageProblem(_(NOT_CHECKED)) if passing else Damaged(_(DAMAGED))) from error


def changed_since(newest: BackupInfo) -> bool:
    """Whether the open data hold another last change than this backup."""
    row = database.execute_sql("SELECT coalesce(max(id), 0) FROM change").fetchone()
    return int(row[0]) != newest.head.last_change
