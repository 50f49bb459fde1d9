"""What was done to a record, field by field, and what of one's own can still be taken back. Must not know screens."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import peewee

from desktop import clock
from desktop.language import _
from desktop.rules.history import KINDS, Step, label, value_words
from desktop.rules.names import full
from desktop.rules.roles import readers, tells
from desktop.rules.staff import ALL, OFFICE, Member, require
from desktop.storage.changes import MODELS, Audit, Change, MomentField, Record, kind_of, recent_of, why_not
from desktop.storage.database import database, query
from desktop.storage.letters import sent_by_action
from desktop.storage.models import (
    RECORDS,
    Activity,
    ActivityTheme,
    Contact,
    Dispatch,
    Letter,
    LetterMoment,
    Person,
    PracticeTalk,
    ReasonTheme,
    ReturnedPost,
    Schedule,
    Staff,
    StaffRole,
    Voucher,
    name_of,
)

PARTS: dict[str, tuple[type[Record], ...]] = {
    "voucher": tuple(model for model in RECORDS if "voucher" in model._meta.fields),
    "practice": (Contact, PracticeTalk),
    "activity": (Schedule, ActivityTheme),
    "letter": (LetterMoment, Dispatch, ReturnedPost),
    "staff": (StaffRole,),
    "reason": (ReasonTheme,),
}
"""Which records belong to another one, so that its history tells theirs."""
OWNERS = ("person_id", "voucher_id", "letter_id", "practice_id", "activity_id", "staff_id")
"""To whom or what an added row belongs: its page says that already."""
MOVES = ("deed moved", "case moved")
MOVED_FROM = {"person": "person_id", "voucher": "voucher_id"}
"""By which column the history of a record knows that something was its own once."""
NAMED = ("name", "title", "number", "destination_name")
STEPS = 50


@dataclass(frozen=True)
class Undoable:
    """One of one's own last actions; `why_not` says why it cannot be taken back, or nothing."""

    audit_id: int
    at: datetime
    deed: str
    about: str
    changes: int
    why_not: str


@query(may=OFFICE)
def history(by: Member, kind: str, record_id: int) -> list[Step]:
    """Everything that happened to a record and what belongs to it, newest first, as far as it is for somebody."""
    found = {each.id: each for each in _changes(kind, record_id)}
    elsewhere = _went_elsewhere(kind, record_id, found)
    changes = [each for each in (*found.values(), *elsewhere) if tells(by, each.table)]
    names = _names(changes)
    steps: list[Step] = []
    for later_first in _by_row(changes).values():
        steps += [step for step in _steps_of_row(later_first, names, by) if step.id in found]
    steps.sort(key=lambda step: (step.at, step.id), reverse=True)
    return [replace(step, id=number) for number, step in enumerate(steps, start=1)]


# ---- which changes


def _changes(kind: str, record_id: int) -> Iterator[Change]:
    rows = {(kind, record_id)}
    own = (Change.table == kind) & (Change.row == record_id)
    if kind == "person":
        family = family_of(record_id)
        own = Change.person_id.in_(family) | ((Change.table == kind) & Change.row.in_(family))
        vouchers = [row[0] for row in Voucher.select(Voucher.id).where(Voucher.person.in_(family)).tuples()]
        rows |= _rows_of_parts("voucher", vouchers)
        letters = [row[0] for row in Letter.select(Letter.id).where(Letter.person.in_(family)).tuples()]
        rows |= _rows_of_parts("letter", letters)
    else:
        rows |= _rows_of_parts(kind, [record_id])
    seen: set[int] = set()
    for condition in (own, *_conditions(rows)):
        for change in _filled().where(condition):
            if change.id not in seen:
                seen.add(change.id)
                yield change


def _went_elsewhere(kind: str, record_id: int, found: dict[int, Change]) -> list[Change]:
    """What was moved to the right person or case is told until it went; what came after is walked back through only."""
    column = MOVED_FROM.get(kind)
    ids = family_of(record_id) if kind == "person" else [record_id]
    if column is None:
        return []
    moves = Audit.select(Audit.id).where(Audit.name.in_(list(MOVES)))
    left = peewee.fn.json_extract(Change.before, f"$.{column}").in_(ids) & Change.after.is_null(False)
    later: list[Change] = []
    for gone in Change.select().where(Change.audit.in_(moves) & left):
        for change in _filled().where((Change.table == gone.table) & (Change.row == gone.row)):
            if change.id <= gone.id:
                found.setdefault(change.id, change)
            elif change.id not in found:
                later.append(change)
    return later


def _filled() -> Any:
    return Change.select(Change, Audit).join(Audit)


def _conditions(rows: Iterable[tuple[str, int]]) -> Iterator[Any]:
    tables: dict[str, list[int]] = {}
    for table, row in rows:
        tables.setdefault(table, []).append(row)
    for table, ids in tables.items():
        for some in peewee.chunked(ids, 500):
            yield (Change.table == table) & Change.row.in_(list(some))


def _rows_of_parts(kind: str, ids: Sequence[int]) -> set[tuple[str, int]]:
    """What belongs to these records now, or did before it was removed."""
    found: set[tuple[str, int]] = set()
    for model in PARTS.get(kind, ()):
        link = next(field for field in model._meta.sorted_fields if field.name == kind)
        found |= {(kind_of(model), row[0]) for row in model.select(model.id).where(link.in_(list(ids))).tuples()}
        found |= {(kind_of(model), row) for row in _removed(kind_of(model), link.column_name, ids)}
    return found


def _removed(table: str, column: str, ids: Sequence[int]) -> Iterator[int]:
    for each in ids:
        for row in database.execute_sql(
            'SELECT row FROM change WHERE "table" = ? AND after IS NULL AND before IS NOT NULL '
            "AND json_extract(before, ?) = ?",
            (table, f"$.{column}", each),
        ).fetchall():
            yield int(row[0])


def family_of(person_id: int) -> list[int]:
    """A person with everyone who was merged into them: their history goes on in one."""
    found = [person_id]
    for each in found:
        found += [row[0] for row in Person.select(Person.id).where(Person.merged_into == each).tuples()]
    return found


# ---- from changes to steps


def _by_row(changes: Iterable[Change]) -> dict[tuple[str, int], list[Change]]:
    rows: dict[tuple[str, int], list[Change]] = {}
    for change in sorted(changes, key=lambda each: each.id, reverse=True):
        rows.setdefault((change.table, change.row), []).append(change)
    return rows


def _steps_of_row(later_first: Sequence[Change], names: Mapping[int, str], by: Member) -> Iterator[Step]:
    """Walk back from what stands there now, so that an added record can be told as it was added."""
    first = later_first[0]
    model = MODELS.get(first.table)
    if model is None:
        return
    record = model.get_or_none(model.id == first.row)
    state: dict[str, Any] = _stored_values(record) if record is not None else {}
    what = describe(first.table, state or json.loads(first.before or "{}"))
    for change in later_first:
        before, after = json.loads(change.before or "{}"), json.loads(change.after or "{}")
        if change.after is None and change.before is not None:
            yield _whole(change, names, what, _("removed"))
            state = dict(before)
        elif change.before is None:
            yield _whole(change, names, what, _("added"))
            yield from _fields(change, names, what, {}, state, by)
        else:
            yield from _fields(change, names, what, before, after, by)
            state = {**state, **before}


def _whole(change: Change, names: Mapping[int, str], what: str, word: str) -> Step:
    return _step(change, names, what, "", "", word)


def _fields(
    change: Change,
    names: Mapping[int, str],
    what: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    by: Member,
) -> Iterator[Step]:
    model = MODELS[change.table]
    own = change.audit.staff_id == by.id
    for column in model._meta.columns:
        if (column not in after and column not in before) or not tells(by, change.table, column, own):
            continue
        field = label(change.table, column)
        if field is None:
            continue
        old, new = shown(change.table, column, before.get(column)), shown(change.table, column, after.get(column))
        if old != new and not (not before and (new == _("No") or column in OWNERS)):
            yield _step(change, names, what, field, old, new)


def _step(change: Change, names: Mapping[int, str], what: str, field: str, old: str, new: str) -> Step:
    audit = change.audit
    who = names.get(audit.staff_id or 0, _("the program"))
    return Step(change.id, audit.at, who, audit.name, change.table, change.row, what, field, old, new)


def _names(changes: Iterable[Change]) -> dict[int, str]:
    wanted = {change.audit.staff_id for change in changes if change.audit.staff_id}
    return {row[0]: row[1] for row in Staff.select(Staff.id, Staff.name).where(Staff.id.in_(list(wanted))).tuples()}


def _stored_values(record: Record) -> dict[str, Any]:
    return {
        each.column_name: each.db_value(record.__data__.get(each.name)) for each in type(record)._meta.sorted_fields
    }


# ---- words


@query(may=OFFICE)
def find_name(by: Member, kind: str, record_id: int) -> str:
    """Whose history it is."""
    require(by, readers(kind))
    return name_of_record(MODELS[kind], record_id)


def shown(kind: str, column: str, value: Any) -> str:
    """A stored value in words: whom or what it points to, the local hour, the code's word."""
    field = MODELS[kind]._meta.columns[column]
    if isinstance(field, peewee.ForeignKeyField):
        return "" if value is None else name_of_record(field.rel_model, int(value))
    return value_words(kind, column, local_value(kind, column, value))


def local_value(kind: str, column: str, value: Any) -> Any:
    """A stored value; a moment at the hour that it was here, for who reads it on paper or in a file."""
    if value and isinstance(MODELS[kind]._meta.columns[column], MomentField):
        return clock.local(datetime.fromisoformat(value)).isoformat(timespec="seconds")
    return value


def name_of_record(model: type[Record], record_id: int) -> str:
    """How staff would call the record with this id."""
    record = model.get_or_none(model.id == record_id)
    if record is None:
        return _("something removed")
    if isinstance(record, Person | Contact):
        return full(name_of(record))
    words = next((str(getattr(record, name)) for name in NAMED if getattr(record, name, "")), "")
    return words or describe(kind_of(model), _stored_values(record))


def describe(kind: str, values: Mapping[str, Any]) -> str:
    """Which record this is, in a few words: its kind, and its name or day when it has one."""
    words = _(KINDS.get(kind, kind))
    name = next((str(values[name]) for name in NAMED if kind != "person" and values.get(name)), "")
    if not name and kind == "enrolment" and values.get("activity_id"):
        name = name_of_record(Activity, int(values["activity_id"]))
    day = next((values[name] for name in ("held_on", "starts_at", "closed_on", "noticed_on") if values.get(name)), "")
    extra = name or (value_words(kind, "day", day) if day else "")
    return f"{words} {extra}" if extra else words


# ---- undo


@query(may=ALL)
def list_undoable(by: Member, since: datetime, steps: int = STEPS) -> list[Undoable]:
    """One's own last actions, newest first, each with why it cannot be taken back, if so."""
    return [_undoable(audit) for audit in recent_of(by.id, since, steps)]


def _undoable(audit: Audit) -> Undoable:
    count = Change.select().where(Change.audit == audit).count()
    reason = why_not(audit)
    if not reason and sent_by_action(audit.id):
        reason = _("A letter that was sent cannot be undone. Withdraw it instead.")
    return Undoable(audit.id, audit.at, audit.name, about_line(audit), count, reason)


def about_lines(lines: Iterable[Audit]) -> dict[int, str]:
    """By line of the log whom or what it is about, as that is called now; the persons are asked all at once."""
    lines = list(lines)
    wanted = {line.person_id for line in lines if line.person_id is not None}
    names = {person.id: full(name_of(person)) for person in Person.select().where(Person.id.in_(list(wanted)))}
    return {line.id: names.get(line.person_id) or about_line(line) for line in lines}


def about_line(audit: Audit) -> str:
    """Whom or what a line of the log is about, as that is called now."""
    if audit.person_id is not None:
        return name_of_record(Person, audit.person_id)
    model = MODELS.get(audit.subject_kind)
    return name_of_record(model, audit.subject_id) if model is not None and audit.subject_id else ""
