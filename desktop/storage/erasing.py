"""Takes one person out of everything in the file: rows, history, search. Must not know why, nor who may.

Audit lines stay: they hold no contents, only the number that was the person's.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee

from desktop.rules.declared import SUBJECTS
from desktop.storage.changes import MODELS, Change, Record, kind_of, under_way
from desktop.storage.database import database
from desktop.storage.models import Letter, LetterPdf, OthersMark, Person, Voucher
from desktop.storage.vouchers import spend

Rows = dict[type[Record], set[int]]

AT_ONCE = 500
ANONYMOUS = "(anoniem)"
OUTLIVE = {
    "gap": ("note",),
    "request": ("asked_by", "answer", "extended_why"),
    "destruction": (),
    "retention_item": ("why_keep",),
}
"""Lines that say something was there, with what in them would still tell of whom."""
COUNTED = {
    table: tuple(each.attribute for each in subject.fields if each.counted) for table, subject in SUBJECTS.items()
}
"""The words that are counted in reports and tell nothing of anyone; all other text of a person goes."""
DROPPED = (LetterPdf, OthersMark)
FORGOTTEN_LINKS = ("own_practice", "informed_by", "merged_into")


@dataclass(frozen=True)
class Erased:
    """How much went, and under which ids: unfinished forms are looked through with them."""

    ids: Mapping[str, frozenset[int]]  # by table

    @property
    def rows(self) -> int:
        return sum(len(ids) for ids in self.ids.values())


def rows_about(person_id: int) -> Rows:
    """Every row that would not be there without this person, those merged into it included."""
    found: Rows = {Person: _all_of(person_id)}
    fresh: Rows = dict(found)
    while fresh:
        following: Rows = defaultdict(set)
        for model in MODELS.values():
            for link in model._meta.refs:
                if link.null or link.rel_model not in fresh or kind_of(model) in OUTLIVE:
                    continue
                rows = _ids(model, link, fresh[link.rel_model])
                following[model] |= rows - found.get(model, set())
        fresh = {model: rows for model, rows in following.items() if rows}
        for model, rows in fresh.items():
            found[model] = found.get(model, set()) | rows
    return found


def destroy(person_id: int) -> Erased:
    """No row is left; lines that outlive the person say no longer whose they were."""
    found = _let_go_of(person_id)
    for model, rows in found.items():
        _each(rows, lambda batch, model=model: model.delete().where(model.id.in_(batch)).execute())
    return _erased(found)


def anonymise(person_id: int, today: date) -> Erased:
    """The rows stay for the counts; every word that tells of somebody goes."""
    found = _let_go_of(person_id)
    for model, rows in found.items():
        if model in DROPPED:
            _each(rows, lambda batch, model=model: model.delete().where(model.id.in_(batch)).execute())
        else:
            _empty(model, rows)
    for person in found[Person]:
        Person.update(surname=ANONYMOUS, sort_name="anoniem", erased_on=today).where(Person.id == person).execute()
    return _erased(found)


def sweep() -> None:
    """Leave nothing behind in the file: the write-ahead log is taken in and every free page goes."""
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.execute_sql("VACUUM")
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _let_go_of(person_id: int) -> Rows:
    """Every row about somebody, once no number of theirs is given again and nothing that stays tells of them."""
    under_way()
    found = rows_about(person_id)
    spend(row[0] for row in Voucher.select(Voucher.number).where(Voucher.id.in_(found.get(Voucher, set()))).tuples())
    database.execute_sql("PRAGMA defer_foreign_keys = ON")
    _forget_history(found)
    _let_go(found)
    return found


def _all_of(person_id: int) -> set[int]:
    """The person and everyone who was merged into it."""
    found = {person_id}
    while more := {row[0] for row in Person.select(Person.id).where(Person.merged_into.in_(found)).tuples()} - found:
        found |= more
    return found


def _forget_history(found: Rows) -> None:
    """Changed fields, whole rows and search entries of what goes."""
    persons = found[Person]
    _forget_names(persons, found.get(Letter, set()))
    _each(persons, lambda batch: Change.delete().where(Change.person_id.in_(batch)).execute())
    for model, rows in found.items():
        _forget_changes(kind_of(model), rows)
        for row in rows:
            database.execute_sql("DELETE FROM search_entry WHERE kind = ? AND subject_id = ?", (kind_of(model), row))
    for person in persons:
        database.execute_sql("DELETE FROM search_entry WHERE person_id = ?", (person,))


def _forget_names(persons: set[int], going: set[int]) -> None:
    """Letters that stand with somebody else since their case was moved, and that bear the name of who goes."""
    was = peewee.fn.json_extract(Change.before, "$.person_id").in_(sorted(persons))
    rows = Change.select(Change.row).where((Change.table == kind_of(Letter)) & Change.after.is_null(False) & was)
    others = {row[0] for row in rows.tuples()} - going
    for letter in Letter.select(Letter.id, Letter.content, Letter.state).where(Letter.id.in_(sorted(others))):
        if letter.state != "concept":  # a concept bears the new name since
            Letter.update(content=_without_words(letter.content)).where(Letter.id == letter.id).execute()
            LetterPdf.delete().where(LetterPdf.letter == letter.id).execute()
    _forget_changes(kind_of(Letter), others)


def _without_words(content: str) -> str:
    return json.dumps(_emptied(json.loads(content)))


def _forget_changes(table: str, rows: Iterable[int]) -> None:
    _each(rows, lambda batch: Change.delete().where((Change.table == table) & Change.row.in_(batch)).execute())


def _let_go(found: Rows) -> None:
    """Rows of others that name one of these rows stay, without the name and without what was said of it."""
    for model in MODELS.values():
        for link in model._meta.refs:
            if not link.null or link.rel_model not in found:
                continue
            if model is Person and link.name == "merged_into":
                continue
            rows = _ids(model, link, found[link.rel_model]) - found.get(model, set())
            if not rows:
                continue
            blank = dict.fromkeys(OUTLIVE.get(kind_of(model), ()), "")
            _forget_changes(kind_of(model), rows)
            _each(
                rows,
                lambda batch, model=model, link=link, blank=blank: (
                    model.update({link.name: None, **blank}).where(model.id.in_(batch)).execute()
                ),
            )


def _empty(model: type[Record], rows: set[int]) -> None:
    """Every word but the counted ones; links to the own practice and to colleagues who told things too."""
    table = kind_of(model)
    blank: dict[str, Any] = {
        each.name: None if each.null else each.default or ""
        for each in model._meta.sorted_fields
        if type(each) is peewee.TextField and each.name not in ("uid", *COUNTED.get(table, ()))
    }
    blank |= {name: None for name in FORGOTTEN_LINKS if name in model._meta.fields and name != "merged_into"}
    number = blank.pop("number", None) if model is Voucher else None
    content = blank.pop("content", None) if model is Letter else None
    if blank:
        _each(rows, lambda batch: model.update(blank).where(model.id.in_(batch)).execute())
    for row in rows if number is not None else ():
        Voucher.update(number=f"anoniem-{row}").where(Voucher.id == row).execute()
    for letter in Letter.select(Letter.id, Letter.content).where(Letter.id.in_(rows)) if content is not None else ():
        Letter.update(content=_without_words(letter.content)).where(Letter.id == letter.id).execute()


def _emptied(value: Any) -> Any:
    """The same shape without a word in it."""
    if isinstance(value, dict):
        return {name: _emptied(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_emptied(each) for each in value]
    return "" if isinstance(value, str) else value


def _erased(found: Rows) -> Erased:
    return Erased({kind_of(model): frozenset(rows) for model, rows in found.items()})


def _ids(model: type[Record], link: Any, targets: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for batch in peewee.chunked(sorted(targets), AT_ONCE):
        found |= {row[0] for row in model.select(model.id).where(link.in_(batch)).tuples()}
    return found


def _each(rows: Iterable[int], deed: Any) -> None:
    for batch in peewee.chunked(sorted(rows), AT_ONCE):
        chosen: Sequence[int] = list(batch)
        deed(chosen)
