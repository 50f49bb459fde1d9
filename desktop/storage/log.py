"""The access log: its lines, who looked at whom, and whether the chain is whole. Must not know contents of records."""

import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import peewee

from desktop import clock
from desktop.language import _
from desktop.rules.log import (
    CHANGE,
    KINDS,
    NAMES,
    VIEW,
    LogLine,
    Looked,
    MonthReport,
    Verdict,
    kind_of,
    names_of,
    role_words,
    said,
    verdict_words,
)  # fmt: skip
from desktop.rules.names import fold
from desktop.rules.staff import COORDINATOR, ROLES, Member
from desktop.storage import search
from desktop.storage.backup import BackupInfo
from desktop.storage.changes import Audit, link, log_key
from desktop.storage.database import database, query, told
from desktop.storage.history import about_lines, family_of
from desktop.storage.models import Organisation, Staff

PIECE = 5_000
Progress = Callable[[int, int], object]
RESTORED = "backup restored"
LINES = (
    "SELECT id, at, staff_id, name, subject_kind, subject_id, person_id, undoes_id, roles, station, mac "
    "FROM audit WHERE id > ? ORDER BY id LIMIT ?"
)


def quiet(_done: int, _total: int) -> None:
    """For who wants to hear no progress."""


# ---- lists


@query(may=COORDINATOR)
def list_log(
    by: Member, text: str = "", filters: Mapping[str, Any] | None = None, sort: str = "at", descending: bool = True
) -> list[int]:
    """The ids of the lines, newest first, narrowed by kind, colleague, days and words."""
    wanted = {name: value for name, value in (filters or {}).items() if value is not None}
    if not wanted and not text.strip() and sort == "at":
        every = range(1, _lines_ever() + 1)  # lines are numbered without a gap
        return list(reversed(every) if descending else every)
    lines = Audit.select(Audit.id)
    if wanted.get("staff") is not None:
        lines = lines.where(Audit.staff_id == wanted["staff"])
    if wanted.get("kind"):
        lines = lines.where(Audit.name.in_(names_of(wanted["kind"], _names_there())))
    if wanted.get("days"):
        lines = lines.where(Audit.at >= clock.now() - timedelta(days=wanted["days"]))
    if wanted.get("person"):
        lines = lines.where(Audit.person_id.in_(family_of(wanted["person"])))
    if text.strip():
        people = [row for _kind, row in search.find(text, "person", 500)]
        names = [name for name in _names_there() if fold(text) in fold(said(name))]
        lines = lines.where(Audit.person_id.in_(people) | Audit.name.in_(names) | (Audit.station == text.strip()))
    order = {"who": Audit.staff_id, "what": Audit.name}.get(sort, Audit.id)
    return [row[0] for row in lines.order_by(order.desc() if descending else order, Audit.id.desc()).tuples()]


@query(may=COORDINATOR)
def fetch_log(by: Member, ids: Sequence[int]) -> list[LogLine]:
    """These lines in words."""
    found = {line.id: line for line in Audit.select().where(Audit.id.in_(list(ids)))}
    names = dict(Staff.select(Staff.id, Staff.name).tuples())
    about = about_lines(found.values())
    return [_line(found[each], names, about[each]) for each in ids if each in found]


@query(may=COORDINATOR)
def list_log_staff(by: Member) -> list[tuple[int, str]]:
    """(id, name) of everyone who ever worked here, for the filter."""
    return [(row[0], row[1]) for row in Staff.select(Staff.id, Staff.name).order_by(Staff.name).tuples()]


def _line(line: Audit, names: Mapping[int, str], about: str) -> LogLine:
    who = names.get(line.staff_id or 0, _("nobody who is known"))
    return LogLine(line.id, line.at, who, role_words(line.roles, ROLES), line.name, about, line.station)


def _names_there() -> list[str]:
    there = {row[0] for row in database.execute_sql("SELECT DISTINCT name FROM audit").fetchall()}
    return sorted(there | set(NAMES))


@query(may=COORDINATOR)
def who_looked(by: Member, person_id: int) -> list[Looked]:
    """Who did what with somebody's data, day by day, newest first."""
    names = dict(Staff.select(Staff.id, Staff.name).tuples())
    lines = Audit.select().where(Audit.person_id.in_(family_of(person_id))).order_by(Audit.id)
    counted: Counter[tuple[date, str, str, str]] = Counter()
    for line in lines:
        who = names.get(line.staff_id or 0, _("nobody who is known"))
        counted[(clock.local(line.at).date(), who, role_words(line.roles, ROLES), said(line.name))] += 1
    return [Looked(*key, times) for key, times in sorted(counted.items(), reverse=True)]


@query(may=COORDINATOR)
def month_of_log(by: Member, month: date, verdict: Verdict) -> MonthReport:
    """A month in numbers: per kind and per colleague, with the end of the chain of that month."""
    first, after = _moment(month.replace(day=1)), _moment((month.replace(day=1) + timedelta(days=32)).replace(day=1))
    rows = Audit.select(Audit.staff_id, Audit.name, peewee.fn.COUNT(Audit.id)).where(
        (Audit.at >= first) & (Audit.at < after)
    )
    counts = [
        (staff, kind_of(name), times) for staff, name, times in rows.group_by(Audit.staff_id, Audit.name).tuples()
    ]
    names = dict(Staff.select(Staff.id, Staff.name).tuples())
    last = Audit.select().where(Audit.at < after).order_by(Audit.id.desc()).first()
    office = Organisation.select().first()
    people = sorted(
        {staff for staff, _kind, _times in counts if staff is not None}, key=lambda each: names.get(each, "")
    )
    return MonthReport(
        organisation=office.name if office else "",
        month=f"{month:%m-%Y}",
        made_on=f"{clock.today():%d-%m-%Y}",
        lines=sum(times for _staff, _kind, times in counts),
        kinds=tuple((kind, sum(times for _s, each, times in counts if each == kind)) for kind in KINDS),
        staff=tuple(
            (
                names.get(each, str(each)),
                sum(times for staff, kind, times in counts if staff == each and kind == VIEW),
                sum(times for staff, kind, times in counts if staff == each and kind == CHANGE),
            )
            for each in people
        ),
        head=last.mac if last else "",
        head_line=last.id if last else 0,
        verdict=verdict_words(verdict),
    )


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), clock.AMSTERDAM)


# ---- the chain


@query(may=COORDINATOR)
def check_chain(by: Member, backups: Iterable[BackupInfo] = (), progress: Progress = quiet) -> Verdict:
    """Whether every line stands as it was written, none is missing, and the ends known from backups are there."""
    return verify(backups, progress)


def verify(backups: Iterable[BackupInfo] = (), progress: Progress = quiet) -> Verdict:
    """The same without a member of staff; one look at the log as it is now, while others write on."""
    with told(), database.atomic():
        return _walk(backups, progress)


def _walk(backups: Iterable[BackupInfo], progress: Progress) -> Verdict:
    key, previous, count, restored = log_key(), "", 0, None
    macs: set[str] = set()
    whole = _lines_ever()
    while True:
        progress(count, whole)
        rows = database.execute_sql(LINES, (count, PIECE)).fetchall()
        for row in rows:
            if row[0] != count + 1 or not _follows(key, previous, row):
                return Verdict(count, broken_at=count + 1)
            count, previous = count + 1, row[10]
            macs.add(previous)
            restored = row[1] if row[3] == RESTORED else restored
        if len(rows) < PIECE:
            break
    if count != whole or _has_strangers(count):
        return Verdict(count, broken_at=count + 1)
    return Verdict(count, head=previous, missing=_missing(backups, macs, restored))


def _follows(key: bytes, previous: str, row: tuple[Any, ...]) -> bool:
    if not all(isinstance(fact, str | int | None) for fact in row):
        return False  # no program writes bytes or fractions there
    return hmac.compare_digest(link(key, previous, tuple(row[1:10])).encode(), str(row[10]).encode())


def _lines_ever() -> int:
    """How many lines were ever written: the engine counts them, so that an end cut off shows."""
    row = database.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").fetchone()
    return int(row[0]) if row else 0


def _has_strangers(count: int) -> bool:
    """Whether lines stand there that the walk from 1 upwards did not meet."""
    return int(database.execute_sql("SELECT count(*) FROM audit").fetchone()[0]) != count


def _missing(backups: Iterable[BackupInfo], macs: set[str], restored: str | None) -> str:
    since = datetime.fromisoformat(restored) if restored else None
    gone = [
        each.made_at
        for each in backups
        if each.head.log_head and each.head.log_head not in macs and (since is None or each.made_at > since)
    ]
    return f"{clock.local(max(gone)):%d-%m-%Y %H:%M}" if gone else ""
