"""What each action changed, row by row: history, undo and conflicts rest on it. Must not know the subjects."""

import base64
import datetime
import hashlib
import hmac
import json
import platform
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any, Self, TypeVar

import peewee
from playhouse.sqlite_ext import AutoIncrementField

from desktop import clock
from desktop.errors import Refused
from desktop.language import N_, _
from desktop.storage import search
from desktop.storage.database import database, transaction

R = TypeVar("R", bound="Record")

BUILT_ON = N_("This can no longer be undone: later work builds on it.")
REMOVED_AT_ONCE = 200
ITSELF, OF_PERSON = "", "person"
PICTURE = 400_000  # bytes; a changed picture no larger than this can be put back


class _MomentField(peewee.TextField):
    """An aware moment, stored as UTC text that sorts."""

    def db_value(self, value: Any) -> Any:
        if isinstance(value, datetime.datetime):
            return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
        return value

    def python_value(self, value: Any) -> Any:
        return None if value is None else datetime.datetime.fromisoformat(value)


class _DayField(peewee.TextField):
    """A date as ISO text, so that every engine reads it alike."""

    def db_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime.date) else value

    def python_value(self, value: Any) -> Any:
        return None if value is None else datetime.date.fromisoformat(value)


class _HourField(peewee.TextField):
    """A time of day in Amsterdam, HH:MM."""

    def db_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, datetime.time) else value

    def python_value(self, value: Any) -> Any:
        return None if value is None else datetime.time.fromisoformat(value)


class _WallField(peewee.TextField):
    """An appointment's day and hour on the clock on the wall in Amsterdam, without zone."""

    def db_value(self, value: Any) -> Any:
        return value.isoformat(timespec="minutes") if isinstance(value, datetime.datetime) else value

    def python_value(self, value: Any) -> Any:
        return None if value is None else datetime.datetime.fromisoformat(value)


# To a type checker a declared field is Any, as peewee's own fields are.
MomentField: Any = _MomentField
DayField: Any = _DayField
HourField: Any = _HourField
WallField: Any = _WallField


class Table(peewee.Model):
    """A table of the one database; only Records go through history."""

    class Meta:
        database = database
        legacy_table_names = False


class Audit(Table):
    """Who did what to whom and when: no contents, so that erasing a person rewrites no log."""

    id = AutoIncrementField()
    at = MomentField(index=True)
    staff_id = peewee.IntegerField(null=True)
    name = peewee.TextField()
    subject_kind = peewee.TextField(default="")
    subject_id = peewee.IntegerField(null=True)
    person_id = peewee.IntegerField(null=True, index=True)
    undoes = peewee.ForeignKeyField("self", null=True)
    roles = peewee.TextField(default="")  # in which roles it was done
    station = peewee.TextField(default="")  # on which computer
    mac = peewee.TextField()


class Change(Table):
    """One row's change by one action: `before` of the changed fields (the whole row on delete, null on insert)."""

    id = AutoIncrementField()
    audit = peewee.ForeignKeyField(Audit, backref="changes", index=True)
    person_id = peewee.IntegerField(null=True, index=True)
    table = peewee.TextField()
    row = peewee.IntegerField()
    version = peewee.IntegerField()
    schema = peewee.IntegerField()
    before = peewee.TextField(null=True)
    after = peewee.TextField(null=True)

    class Meta:
        indexes = ((("table", "row"), False),)


Change.add_index(
    Change.index(Change.table, name="change_removed").where(Change.after.is_null() & Change.before.is_null(False))
)


@dataclass
class Deed:
    """The action that is under way: its changes so far and what its audit line will say."""

    staff_id: int | None
    name: str
    undoes: int | None = None
    roles: str = ""
    changes: list[dict[str, Any]] = field(default_factory=list)
    subject: "Record | None" = None
    audit_id: int | None = None
    living: set[tuple[str, int, str]] = field(default_factory=set)  # what was seen to take more records


_deed: ContextVar[Deed | None] = ContextVar("deed", default=None)


class Record(Table):
    """A row with history: saving and deleting works only inside an action."""

    id = AutoIncrementField()
    uid = peewee.TextField(unique=True, default=lambda: uuid.uuid4().hex)
    version = peewee.IntegerField(default=1)

    def entry(self) -> search.Entry | None:
        """How this record can be found by the search box; most cannot."""
        return None

    def concerns(self) -> int | None:
        """The person this row is about, if any."""
        person: int | None = self.__data__.get("person")
        return person

    def why_ended(self, link: str) -> str:
        """Why nothing more is stored under this record as its `link`, in a sentence; most records never end."""
        return ""

    def save(self, *_args: Any, **_kwargs: Any) -> int:
        deed = under_way()
        if self.id is None:
            _refuse_ended(deed, self)
            self.version = 1
            super().save(force_insert=True)
            _note(deed, self, None, None)
        else:
            self._refuse_over()
            before, after = self._difference()
            if not after:
                return 0
            _refuse_ended(deed, self, after)
            self.version += 1
            self._update(after, self.version - 1)
            _note(deed, self, before, after)
        _make_findable(self)
        return 1

    def delete_instance(self, *_args: Any, **_kwargs: Any) -> int:
        deed = under_way()
        before = stored(type(self), self.id)
        type(self).delete().where(type(self).id == self.id).execute()
        self.version = before["version"]  # a record read long ago must not tell history an old version
        _note(deed, self, before, None)
        search.put(kind_of(type(self)), self.id, None)
        return 1

    def _refuse_over(self) -> None:
        """A record that has ended is not changed any more, unless it comes back with this change."""
        if type(self).why_ended is Record.why_ended or not self.why_ended(ITSELF):
            return
        if why := type(self).get_one(self.id).why_ended(ITSELF):
            raise Refused(why)

    def _difference(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The fields that differ from what the database holds; a row changed by someone else is refused."""
        old = stored(type(self), self.id)
        if old["version"] != self.version:
            raise Refused(
                _("Changed meanwhile by {name}. Look at it again; nothing of yours was stored.").format(
                    name=last_hand(type(self), self.id)
                )
            )
        new = plain(self)
        changed = [name for name in new if name != "version" and new[name] != old[name]]
        return {name: old[name] for name in changed}, {name: new[name] for name in changed}

    def _update(self, after: Mapping[str, Any], expected: int) -> None:
        values = {**after, "version": expected + 1}
        model = type(self)
        count = model.update(values).where((model.id == self.id) & (model.version == expected)).execute()
        assert count == 1, "the version was checked inside this transaction"

    @classmethod
    def get_one(cls, record_id: int) -> Self:
        """The record with this id; gone means Refused, since someone else may just have removed it."""
        found: Self | None = _by_id(cls, record_id)
        if found is None:
            raise Refused(_("This is no longer there; someone removed it meanwhile."))
        return found


MODELS: dict[str, type[Record]] = {}


def kind_of(model: type[Record]) -> str:
    return str(model._meta.table_name)


def under_way() -> Deed:
    """The action that is being performed; records cannot be changed outside one."""
    deed = _deed.get()
    if deed is None:
        raise RuntimeError("records are changed by actions only")
    return deed


def plain(record: Record) -> dict[str, Any]:
    """The row as it stands in the database, by column name."""
    meta = type(record)._meta
    return {
        each.column_name: each.db_value(record.__data__.get(each.name))
        for each in meta.sorted_fields
        if each.name != "id"
    }


def stored(model: type[Record], row_id: int) -> dict[str, Any]:
    """The stored row by column name; gone means Refused."""
    found = _row(model, row_id)
    if found is None:
        raise Refused(_("This is no longer there; someone removed it meanwhile."))
    return found


def _row(model: type[Record], row_id: int) -> dict[str, Any] | None:
    record = _by_id(model, row_id)
    return None if record is None else plain(record)


def _by_id(model: type[R], row_id: int) -> R | None:
    """The record by a statement that is put together once; saving reads every row it changes."""
    return next(iter(model.raw(_by_id_sql(kind_of(model)), row_id)), None)


@cache
def _by_id_sql(kind: str) -> str:
    columns = ", ".join(f'"{each.column_name}"' for each in MODELS[kind]._meta.sorted_fields)
    return f'SELECT {columns} FROM "{kind}" WHERE "id" = ?'  # noqa: S608 - a table's own name


def last_hand(model: type[Record], row_id: int) -> str:
    """The name of whoever changed this row last."""
    row = database.execute_sql(
        "SELECT s.name FROM change c JOIN audit a ON a.id = c.audit_id JOIN staff s ON s.id = a.staff_id "
        'WHERE c."table" = ? AND c.row = ? ORDER BY c.id DESC LIMIT 1',
        (kind_of(model), row_id),
    ).fetchone()
    return row[0] if row else _("a colleague")


def _note(deed: Deed, record: Record, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    deed.changes.append(
        {
            "person_id": record.concerns(),
            "table": kind_of(type(record)),
            "row": record.id,
            "version": record.version,
            "before": dump(before, pictures=after is not None),
            "after": dump(after),
        }
    )


def _refuse_ended(deed: Deed, record: Record, changed: Mapping[str, Any] | None = None) -> None:
    """Whoever was merged away or destroyed takes nothing: the guard stands where things are stored.

    A row about a person is looked at whatever changes in it, any other link when it is set.
    """
    if record.why_ended(ITSELF):  # it ends with this very change
        deed.living.clear()
    for link, ends in _ending_links(kind_of(type(record))):
        target = record.__data__.get(link.name)
        if target is None or (changed is not None and link.column_name not in changed and link.name != OF_PERSON):
            continue
        seen = (kind_of(ends), int(target), link.name)
        if seen not in deed.living:
            if why := ends.get_one(target).why_ended(link.name):
                raise Refused(**{link.name: why})
            deed.living.add(seen)


def let_pass(record: Record) -> None:
    """In the running action this row takes a change although the person it is about has ended."""
    person = record.concerns()
    if person is not None:
        under_way().living.add(("person", person, OF_PERSON))


@cache
def _ending_links(kind: str) -> tuple[tuple[Any, type[Record]], ...]:
    """The links of a table to records that can end."""
    links = MODELS[kind]._meta.refs if kind in MODELS else ()
    return tuple(
        (link, link.rel_model)
        for link in links
        if issubclass(link.rel_model, Record) and link.rel_model.why_ended is not Record.why_ended
    )


def _make_findable(record: Record) -> None:
    if type(record).entry is not Record.entry:
        search.put(kind_of(type(record)), record.id, record.entry())


def dump(values: dict[str, Any] | None, pictures: bool = False) -> str | None:
    """Changed fields as JSON; blobs stay out of history, but for a small one that undo must put back."""
    if values is None:
        return None
    kept = {name: value for name, value in values.items() if not isinstance(value, (bytes, memoryview))}
    if pictures:
        blobs = {name: bytes(value) for name, value in values.items() if name not in kept}
        kept |= {
            name: {"base64": base64.b64encode(blob).decode("ascii")}
            for name, blob in blobs.items()
            if len(blob) <= PICTURE
        }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def bulk_insert(model: type[R], rows: Iterable[Mapping[str, Any]]) -> list[int]:
    """The door for imports: many new rows at once, with history and search, a fraction of the cost of one by one."""
    deed = under_way()
    first = (
        database.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (kind_of(model),)).fetchone() or (0,)
    )[0]
    records = [model(**row) for row in rows]
    for number, record in enumerate(records, start=first + 1):
        _refuse_ended(deed, record)
        record.id = number
    _insert_all(model, [record.__data__ for record in records])
    for record in records:
        _note(deed, record, None, None)
    found = [(record.id, record.entry()) for record in records] if model.entry is not Record.entry else []
    search.put_new(kind_of(model), [(row, entry) for row, entry in found if entry is not None])
    return [record.id for record in records]


@contextmanager
def deed(staff_id: int | None, name: str, undoes: int | None = None, roles: str = "") -> Iterator[Deed]:
    """One action: one transaction, one audit line, all its changes. Deeds never nest."""
    if _deed.get() is not None:
        raise RuntimeError("actions never nest")
    this = Deed(staff_id, name, undoes, roles)
    token = _deed.set(this)
    try:
        with transaction():
            yield this
            _write(this)
    finally:
        _deed.reset(token)


def _write(this: Deed) -> None:
    person = next((change["person_id"] for change in this.changes if change["person_id"]), None)
    if this.subject is not None:
        person = this.subject.concerns() or person
    audit = write_audit(
        this.staff_id,
        this.name,
        subject_kind=kind_of(type(this.subject)) if this.subject else "",
        subject_id=this.subject.id if this.subject else None,
        person_id=person,
        undoes=this.undoes,
        roles=this.roles,
    )
    this.audit_id = audit.id
    schema = schema_version()
    _insert_all(Change, [{**change, "audit": audit.id, "schema": schema} for change in this.changes])


def _insert_all(model: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows of one shape by one statement: peewee writes the SQL once, not anew for each of 10,000 rows."""
    if not rows:
        return
    names = set().union(*rows)
    fields = [each for each in model._meta.sorted_fields if each.name in names]
    statement, _values = model.insert_many([[None] * len(fields)], fields=fields).sql()
    values = [[each.db_value(row.get(each.name)) for each in fields] for row in rows]
    with peewee.__exception_wrapper__:
        database.cursor().executemany(statement, values)


def schema_version() -> int:
    return int(database.execute_sql("PRAGMA user_version").fetchone()[0])


def write_audit(
    staff_id: int | None,
    name: str,
    *,
    subject_kind: str = "",
    subject_id: int | None = None,
    person_id: int | None = None,
    undoes: int | None = None,
    roles: str = "",
) -> Audit:
    """One line of the log, chained to the line before it by an HMAC."""
    line = Audit(
        at=clock.now(),
        staff_id=staff_id,
        name=name,
        subject_kind=subject_kind,
        subject_id=subject_id,
        person_id=person_id,
        undoes=undoes,
        roles=roles,
        station=station(),
    )
    line.mac = _link(facts_of(line))
    line.save(force_insert=True)
    return line


@cache
def station() -> str:
    """The name of this computer, so that the log says where something was done."""
    return platform.node()


FACTS = ("at", "staff_id", "name", "subject_kind", "subject_id", "person_id", "undoes_id", "roles", "station")


def facts_of(line: Audit) -> tuple[Any, ...]:
    """Everything a line of the log says, as it is stored and chained."""
    return (MomentField().db_value(line.at), *(getattr(line, name) for name in FACTS[1:]))


def _link(row: tuple[Any, ...]) -> str:
    last = database.execute_sql("SELECT mac FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    return link(log_key(), last[0] if last else "", row)


def log_key() -> bytes:
    """The key of the log's chain, which survives a new data key."""
    return bytes(database.execute_sql("SELECT log_key FROM meta").fetchone()[0])


def link(key: bytes, previous: str, row: tuple[Any, ...]) -> str:
    """The chain's next mac: over the line before it and all facts of this line."""
    return hmac.new(key, json.dumps([previous, *row]).encode(), hashlib.sha256).hexdigest()


def recent_of(staff_id: int, since: datetime.datetime, steps: int = 50) -> list[Audit]:
    """This member's last so many actions that changed something, newest first; an undoing is no action to undo."""
    found = database.execute_sql(
        "SELECT id FROM audit WHERE at >= ? AND staff_id = ? AND +undoes_id IS NULL "
        "AND EXISTS (SELECT 1 FROM change c WHERE c.audit_id = audit.id) ORDER BY id DESC LIMIT ?",
        (MomentField().db_value(since), staff_id, steps),
    ).fetchall()
    return list(Audit.select().where(Audit.id.in_([row[0] for row in found])).order_by(Audit.id.desc()))


def last_undoable(staff_id: int, since: datetime.datetime, steps: int = 50) -> Audit | None:
    """The newest of them that was not undone."""
    return next((audit for audit in recent_of(staff_id, since, steps) if not is_undone(audit)), None)


def is_undone(audit: Audit) -> bool:
    return bool(Audit.select().where(Audit.undoes == audit.id).exists())


def changed_since(audit_id: int) -> bool:
    """Whether any later action changed something, whatever became of it."""
    return bool(Change.select().where(Change.audit > audit_id).exists())


def why_not(audit: Audit) -> str:
    """Why this action cannot be taken back, in a sentence; nothing when it can."""
    if audit.undoes_id is not None or is_undone(audit):
        return _("This was undone already.")
    if Change.select().where((Change.audit == audit) & (Change.schema != schema_version())).exists():
        return _("This was done with an older version of the program and can no longer be undone.")
    later = _changed_later(audit)
    if later is not None:
        return _("This can no longer be undone: it was changed afterwards by {name}.").format(
            name=later or _("a colleague")
        )
    return _(BUILT_ON) if _is_built_on(audit) else ""


def take_back(audit: Audit) -> None:
    """Restore everything this action changed, newest change first; refused where later work builds on it."""
    if reason := why_not(audit):
        raise Refused(reason)
    changes = list(Change.select().where(Change.audit == audit).order_by(Change.id.desc()))
    for table, together in groupby(changes, key=_made_in):
        group = list(together)
        if table:
            for batch in peewee.chunked(group, REMOVED_AT_ONCE):
                with _nothing_built_on():
                    _remove(MODELS[table], batch)
        else:
            for change in group:
                with _nothing_built_on():
                    _restore_row(change)


def _made_in(change: Change) -> str:
    """The table of a row that was made, "" for one that was changed or deleted."""
    return change.table if change.before is None else ""


def _changed_later(audit: Audit) -> str | None:
    """Who changed one of its rows after this action, unless that too was taken back; None for nobody."""
    row = database.execute_sql(
        "SELECT coalesce(s.name, '') FROM change mine "
        'JOIN change c ON c."table" = mine."table" AND c.row = mine.row AND c.audit_id > mine.audit_id '
        "JOIN audit a ON a.id = c.audit_id LEFT JOIN staff s ON s.id = a.staff_id "
        "WHERE mine.audit_id = ? AND coalesce(a.undoes_id, 0) <= mine.audit_id "
        "AND NOT EXISTS (SELECT 1 FROM audit u WHERE u.undoes_id = a.id) ORDER BY c.id DESC LIMIT 1",
        (audit.id,),
    ).fetchone()
    return None if row is None else str(row[0])


def _is_built_on(audit: Audit) -> bool:
    """Whether a row that this action did not touch refers to one that it added."""
    tables = {row[0] for row in Change.select(Change.table).where(_added_by(audit)).distinct().tuples()}
    for model in MODELS.values():
        for link in model._meta.refs:
            target = kind_of(link.rel_model)
            if target not in tables or link.on_delete == "CASCADE":
                continue
            rows = Change.select(Change.row).where(_added_by(audit) & (Change.table == target))
            touched = Change.select(Change.row).where((Change.audit == audit) & (Change.table == kind_of(model)))
            if model.select().where(link.in_(rows) & model.id.not_in(touched)).exists():
                return True
    return False


def _added_by(audit: Audit) -> Any:
    return (Change.audit == audit) & Change.before.is_null() & Change.after.is_null()


@contextmanager
def _nothing_built_on() -> Iterator[None]:
    """Rows as they were; what refers to one, or took its place since, makes that impossible."""
    try:
        with database.savepoint():
            yield
    except peewee.IntegrityError as error:
        if not any(kind in str(error) for kind in ("FOREIGN KEY", "UNIQUE")):
            raise
        raise Refused(_(BUILT_ON)) from error


def _remove(model: type[Record], made: Sequence[Change]) -> None:
    """Rows of one table that were made together go together: an import undone row by row takes a minute."""
    deed = under_way()
    numbers = [change.row for change in made]
    found = {record.id: record for record in model.select().where(model.id.in_(numbers))}
    if len(found) < len(set(numbers)):
        raise Refused(_("This is no longer there; someone removed it meanwhile."))
    model.delete().where(model.id.in_(numbers)).execute()
    for number in numbers:
        _note(deed, found[number], plain(found[number]), None)
        search.put(kind_of(model), number, None)


def _restore_row(change: Change) -> None:
    model = MODELS[change.table]
    if change.after is None and change.before is not None:
        _put_back(model, change)
    else:
        record, before = model.get_one(change.row), json.loads(change.before)
        for column, value in before.items():
            each = model._meta.columns[column]
            blob = base64.b64decode(value["base64"]) if isinstance(value, dict) else None
            setattr(record, each.name, each.python_value(value) if blob is None else blob)
        if f"{OF_PERSON}_id" not in before:  # of who was destroyed only what a practice counts was changed since
            let_pass(record)
        record.save()


def _put_back(model: type[Record], change: Change) -> None:
    deed = under_way()
    values = {**json.loads(change.before), "version": change.version + 1}
    columns = model._meta.columns
    record = model(**{columns[name].name: columns[name].python_value(value) for name, value in values.items()})
    record.id = change.row
    _refuse_ended(deed, record)
    peewee.Model.save(record, force_insert=True)
    _note(deed, record, None, None)
    _make_findable(record)
