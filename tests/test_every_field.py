"""Every field of every form: typed, saved, opened again, changed, told in history, merged, in the own file, erased."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import peewee
import pytest
from pytestqt.qtbot import QtBot

from desktop import clock
from desktop.actions.merge import merge_people, merge_practices
from desktop.rules.declared import SUBJECTS as DECLARED
from desktop.rules.fields import Subject
from desktop.rules.history import label
from desktop.rules.merge import GROUPS, KEPT, OTHER, MergeDraft
from desktop.rules.staff import Member
from desktop.screens.pages import PAGES
from desktop.storage import changes, erasing
from desktop.storage.changes import Record, kind_of, plain
from desktop.storage.database import database
from desktop.storage.models import Consent, Neighbourhood, Person, Practice, Staff
from desktop.storage.subject_access import LEFT_OUT, WHOSE, list_parts
from tests.every_form import OWN, SUBJECTS, World, bsn_kept, faults, fill_case
from tests.factory import add_member, add_row

HOUSE = Path(__file__).parent.parent
ANSWERS = ("yes", "no", "ask")


@pytest.fixture
def world(qtbot: QtBot, office: Member) -> World:
    return World(qtbot, office)


@pytest.mark.parametrize("name", SUBJECTS)
def test_what_is_typed_stands_there_when_it_is_opened_again(world: World, name: str) -> None:
    found = list(faults(world, SUBJECTS[name]))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "table", "forgotten"),
    [
        ("practice", "practice", "substitute"),
        ("activity", "activity", "transport"),
        ("voucher", "person", "voicemail"),
        ("voucher", "voucher", "their_reference"),
        ("worry", "worry", "reached"),
        ("breach", "breach", "measures"),
        ("contact", "contact", "title"),
        ("intake", "intake", "barriers"),
        ("practice_talk", "practice_talk", "with_whom"),
        ("closing", "closing", "passed_on_to"),
        ("aftercare", "aftercare", "satisfaction"),
        ("request", "request", "asked_by"),
    ],
)
def test_a_field_that_is_not_copied_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str, table: str, forgotten: str
) -> None:
    """Taken out of the declaration's copying, as it could be forgotten in a list, each of these is missed."""
    whole = DECLARED[table]
    fields = [replace(each, set_by="forgotten") if each.name == forgotten else each for each in whole.fields]
    monkeypatch.setitem(cast(dict[str, Subject], DECLARED), table, replace(whole, fields=tuple(fields)))
    assert any(forgotten in found for found in faults(world, SUBJECTS[name]))


# ---- every form there is

OTHER_FORMS = {
    "case_form": "the frame of the forms of a case",
    "consent": "each answer is a row: see below",
    "export": "a reason for the log",
    "letter_names": "one column of several activities at once",
    "merge_form": "chooses between what is on file: see below",
    "destroy": "a surname typed to be sure",
    "hand_over_form": "a colleague to whom everything goes",
    "signal": "makes a letter, which has its own tests",
    "stop_page": "what happens to each who takes part, which has its own tests",
    "CaseForm": "what the forms of a case have in common",
    "_form": "moves what was recorded to somebody else, which has its own tests",
}
REACHED = {
    "_appointment_form": "plan_intake",
    "_steps_form": "meldcode",
    "correct_enrolment": "enrolment",
    "contact_form": "contact",
    "practice_form": "practice",
    "StaffForm": "staff",
    "_report": "worry",
}
"""Makers of forms that are no page themselves, and by which words the tests come to them."""


def test_every_form_of_the_program_is_filled_in_here() -> None:
    used = (HOUSE / "tests" / "every_form.py").read_text("utf-8")
    pages = {PAGES[name].__name__: name for name in PAGES}
    known = {maker: REACHED.get(maker) or pages.get(maker, maker) for maker in _form_makers() - OTHER_FORMS.keys()}
    assert {maker for maker, name in known.items() if f'"{name}"' not in used} == set()


def _form_makers() -> set[str]:
    """The functions and classes of the screens that make a form."""
    found: set[str] = set()
    for path in (HOUSE / "desktop" / "screens").glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(_makes_form(each) for each in ast.walk(node)):
                found.add(node.name)
            if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Form" for base in node.bases):
                found.add(node.name)
    return found


def _makes_form(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Form", "case_form")


# ---- what may never be kept

BSN = "123456782"
OF_NOBODY = {"organisation", "staff", "retention_term"}
"""Forms in which nothing of a participant is typed."""
LONG_NUMBERS = {"authority_number"}
"""Other long numbers, of which some pass the eleven test."""


@pytest.mark.parametrize("name", [name for name in SUBJECTS if name not in OF_NOBODY])
def test_a_bsn_is_refused_in_every_field_in_which_can_be_typed(world: World, name: str) -> None:
    kept = [field for field in bsn_kept(world, SUBJECTS[name], f"nummer {BSN}") if field not in LONG_NUMBERS]
    assert kept == []


# ---- consents, each answer a row


@pytest.mark.parametrize("page", ["new_voucher", "hold_intake", "consent"])
def test_every_answer_that_is_given_in_a_form_is_on_file(world: World, page: str) -> None:
    arguments: dict[str, dict[str, Any]] = {
        "new_voucher": {},
        "hold_intake": {"voucher_id": world.voucher.id},
        "consent": {"person_id": world.voucher.person_id, "voucher_id": world.voucher.id},
    }
    with changes.deed(None, "earlier answers taken away by a test"):
        for row in Consent.select():
            row.delete_instance()
    form = world.open(page, **arguments[page])
    given = {"address": "5612 CD 12", "birth_date": "3-4-1951", "referrer_kind": None, "icpc": None}
    typed = world.pen.fill(form, given if page == "new_voucher" else {})
    world.save(form)
    asked = {name: value for name, value in typed.items() if value in ANSWERS and not isinstance(value, tuple)}
    asked.pop("voicemail", None)
    assert {row.purpose: row.answer for row in Consent.select()} == {
        name.removeprefix("consent_"): answer for name, answer in asked.items()
    }


# ---- merging

SET_ANEW = {
    "person": {"sound", "sort_name", "merged_into_id", "erased_on"},
    "practice": {"merged_into_id"},
}
"""Made of the fields that stay, or what merging itself sets; said here again, so that no other field is left out."""
ALLOWED = {"letter_to": ("referrer", "practice"), "letter_way": ("pdf", "text")}


@pytest.mark.parametrize("choice", [KEPT, OTHER])
@pytest.mark.parametrize("model", [Person, Practice])
def test_each_field_of_two_that_are_merged_survives_as_chosen(world: World, model: type[Record], choice: str) -> None:
    two = [_full_row(model, which) for which in (0, 1)]
    before = [plain(each) for each in two]
    kept, other = two
    kind = kind_of(model)
    draft = MergeDraft(
        kept=kept.id,
        other=other.id,
        kept_version=kept.version,
        other_version=other.version,
        choices={group.name: choice for group in GROUPS[kind]},
    )
    (merge_people if model is Person else merge_practices)(world.by, draft)
    after = plain(model.get_one(kept.id))
    expected = before[1 if choice == OTHER else 0]
    fixed = OWN | SET_ANEW[kind]
    if model is Person:  # the numbers that were not chosen are told in the note
        after["note"], *numbers = after["note"].splitlines()
        left_out = before[0 if choice == OTHER else 1]
        assert numbers == [f"Ander nummer: {left_out['phone']}, {left_out['phone2']}"]
    assert {name: after[name] for name in after if name not in fixed} == {
        name: expected[name] for name in after if name not in fixed
    }


def test_both_notes_can_stay(world: World) -> None:
    kept, other = (_full_row(Person, which) for which in (0, 1))
    versions = {"kept_version": kept.version, "other_version": other.version}
    merged = merge_people(world.by, MergeDraft(kept=kept.id, other=other.id, choices={"note": "both"}, **versions))
    assert merged.note.splitlines()[:2] == ["note 0", "note 1"]


def _full_row(model: type[Record], which: int) -> Record:
    """A row with a value of its own in every column."""
    row = model()
    for each in model._meta.sorted_fields:
        if each.column_name not in OWN | SET_ANEW[kind_of(model)]:
            setattr(row, each.name, _own_value(each, which))
    return add_row(row)


def _own_value(column: Any, which: int) -> Any:
    if column.name in ALLOWED:
        return ALLOWED[column.name][which]
    if isinstance(column, peewee.ForeignKeyField):
        makers: dict[type[Record], Any] = {
            Neighbourhood: lambda: add_row(Neighbourhood(name=f"{column.name} {which}")).id,
            Staff: lambda: add_member(f"{column.name} {which} {Staff.select().count()}").id,
            Practice: lambda: add_row(Practice(name=f"{column.name} {which}")).id,
        }
        return makers[column.rel_model]()
    if isinstance(column, peewee.BooleanField):
        return bool(which)
    if isinstance(column, peewee.IntegerField):
        return 7 + which
    if type(column) is not peewee.TextField or column.name == "birth_date":
        day = date(2026, 3, 4 + which)
        return day.isoformat() if column.name == "birth_date" else day
    return f"{column.name} {which}"


# ---- the own file, and what is left when the data go


def test_the_own_file_tells_every_field_that_is_filled(world: World) -> None:
    person = fill_case(world)
    told = {(part.table, part.row): dict(part.facts) for part in list_parts(world.by, person.id)}
    untold = [
        f"{kind_of(model)}.{column}"
        for model, rows in erasing.rows_about(person.id).items()
        if kind_of(model) not in LEFT_OUT
        for row in rows
        for column, value in plain(model.get_one(row)).items()
        if column != WHOSE and value not in (None, "") and (name := label(kind_of(model), column)) is not None
        if not told[kind_of(model), row].get(name)
    ]
    assert not untold, sorted(set(untold))
    assert told["person", person.id]["Wijk"] == "Noord"


@pytest.mark.parametrize("how", ["anonymise", "destroy"])
def test_nothing_that_was_typed_of_a_person_is_left(world: World, how: str) -> None:
    person = fill_case(world)
    assert [text for text in world.pen.written if text not in _whole_file()] == []
    with changes.deed(world.by.id, "erased by a test"):
        if how == "anonymise":
            erasing.anonymise(person.id, clock.today())
        else:
            erasing.destroy(person.id)
    left = _whole_file()
    assert [text for text in world.pen.written if text in left] == []


def _whole_file() -> str:
    """Every row of every table."""
    tables = [row[0] for row in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    statements = [f'SELECT * FROM "{table}"' for table in tables]  # noqa: S608 - the tables' own names
    return repr([database.execute_sql(statement).fetchall() for statement in statements])
