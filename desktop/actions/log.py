"""Reading the access log, which is itself logged: its page, its check, who looked at whom, the month on paper."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop import clock
from desktop.actions.action import action, view
from desktop.language import speaking
from desktop.rules.log import AccessList, Verdict
from desktop.rules.names import full
from desktop.rules.roles import readers
from desktop.rules.staff import COORDINATOR, OFFICE, Member, require
from desktop.storage import backup, folders, log
from desktop.storage.changes import MODELS, Record
from desktop.storage.log import Progress, quiet
from desktop.storage.models import Organisation, Person, Voucher, name_of
from desktop.storage.vouchers import without_ending


@dataclass(frozen=True)
class PrintedList:
    """Who looked at somebody's data; `record` is what the log names."""

    record: Person
    pdf: bytes


@action("log read", may=COORDINATOR)
def read_log(by: Member) -> None:
    """Somebody reads the access log."""


@action("log checked", may=COORDINATOR)
def note_checked(by: Member) -> None:
    """Somebody had the access log checked."""


def check_log(by: Member, folder: Path | None = None, progress: Progress = quiet) -> Verdict:
    """Whether the log is as it was written, as far as this file and the backups beside it can tell.

    The walk comes before the line about it: a log of ten years takes seconds, in which others go on writing.
    """
    verdict = log.check_chain(by, _backups(folder), progress)
    note_checked(by)
    return verdict


@action("month report printed", may=COORDINATOR)
def note_month_report(by: Member) -> None:
    """Somebody had the report of a month made."""


def month_report(by: Member, month: date, folder: Path | None = None, progress: Progress = quiet) -> bytes:
    """A month of the log in numbers with the end of its chain, to keep on paper; always in Dutch."""
    from desktop.paper.accesslog import render_month

    verdict = log.check_chain(by, _backups(folder), progress)
    with speaking("nl"):
        pdf = render_month(log.month_of_log(by, month, verdict))
    note_month_report(by)
    return pdf


def _backups(folder: Path | None) -> list[backup.BackupInfo]:
    return backup.list_backups(folders.backup_folder(folder)) if folder is not None else []


@view("who looked printed", may=COORDINATOR)
def who_looked_list(by: Member, person_id: int) -> PrintedList:
    """For somebody who asks: who looked at or changed their data, always in Dutch."""
    from desktop.paper.accesslog import render_access

    person = Person.get_one(person_id)
    with speaking("nl"):
        looked = log.who_looked(by, person_id)
    office = Organisation.select().first()
    today = f"{clock.today():%d-%m-%Y}"
    return PrintedList(
        person, render_access(AccessList(office.name if office else "", full(name_of(person)), today, tuple(looked)))
    )


@view("record's history opened", may=OFFICE)
def open_history(by: Member, kind: str, record_id: int) -> Record:
    """The history of a record was looked at."""
    require(by, readers(kind))
    found = MODELS[kind].get_one(record_id)
    return without_ending(by, found) if isinstance(found, Voucher) else found
