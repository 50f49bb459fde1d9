"""A deed that is declared is known everywhere: table, form, actions, page, menu, line and icon; nothing else is one."""

import dataclasses
import importlib
import pkgutil
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import desktop.actions
from desktop.actions.action import ACTIONS
from desktop.actions.endings import close_case
from desktop.rules import roles, tasks
from desktop.rules.cases import Case
from desktop.rules.declared import SUBJECTS as DECLARED
from desktop.rules.deed_kinds import DEED_KINDS, DeedKind
from desktop.rules.deeds import ClosingDraft
from desktop.rules.log import NAMES
from desktop.rules.staff import CASEWORK, OFFICE, Member
from desktop.rules.story import RANKS
from desktop.screens.pages import PAGES
from desktop.screens.parts_of_a_case import ICONS, Gone, do_task
from desktop.screens.people import PersonPage
from desktop.screens.who import WHO
from desktop.storage import erasing
from desktop.storage.changes import MODELS, kind_of
from desktop.storage.deeds import DEEDS
from desktop.storage.history import PARTS
from desktop.storage.models import CaseDeed
from desktop.storage.story import story
from desktop.widgets.form import Form
from desktop.widgets.icons import icon
from tests.every_form import World, fill_case
from tests.factory import add_activity, add_enrolment
from tests.rules.test_fields import DRAFTS, PARTS_OF_A_RECORD

ALSO = {"meldcode_step": "worry"}
"""Tables of a case that are part of another deed, by which kind they are told."""
NO_DEEDS = {"person corrected", "coach changed"}
"""Actions of the same modules that are no deed on the path of a case."""
DONE_AT_ONCE = {"place_free"}
"""Tasks of which the button does the deed itself."""
OWN_KINDS = [kind for kind in DEED_KINDS if kind.drafts and kind.name != "voucher"]

for found in pkgutil.iter_modules(desktop.actions.__path__, desktop.actions.__name__ + "."):
    importlib.import_module(found.name)


@pytest.fixture
def world(qtbot: QtBot, office: Member) -> World:
    return World(qtbot, office)


def named(kind: DeedKind) -> str:
    return kind.name


# ---- the lists of each layer


def test_every_table_of_the_path_is_a_declared_deed() -> None:
    tables = {kind_of(model) for model in MODELS.values() if issubclass(model, CaseDeed)}
    assert tables - {kind.table for kind in DEED_KINDS} == ALSO.keys()


@pytest.mark.parametrize("kind", DEED_KINDS, ids=named)
def test_a_deed_has_its_words_fields_and_roles(qapp: QApplication, kind: DeedKind) -> None:
    assert kind.table in DECLARED
    assert kind.table == "voucher" or MODELS[kind.table] in PARTS["voucher"]
    assert [name for name in kind.actions if name not in NAMES or name not in ACTIONS] == []
    assert [page for page in kind.pages if page not in PAGES or page not in WHO] == []
    assert set(kind.menu) <= set(kind.pages)
    assert roles.openers(kind.name) == (OFFICE if kind.for_office else CASEWORK)
    assert kind.name in RANKS
    assert ICONS[kind.name] == kind.icon
    assert not icon(kind.icon).isNull()
    assert not kind.in_case or kind.in_case in {each.name for each in dataclasses.fields(Case)}


def test_every_action_on_a_deed_belongs_to_one_kind() -> None:
    told = [name for kind in DEED_KINDS for name in kind.actions]
    assert len(told) == len(set(told))
    modules = {ACTIONS[name].function.__module__ for name in told}
    there = {name for name, declared in ACTIONS.items() if declared.function.__module__ in modules}
    assert there - set(told) == NO_DEEDS


def test_every_draft_of_a_deed_is_compared_with_its_table() -> None:
    drafts = {draft for kind in DEED_KINDS for draft in kind.drafts}
    assert {draft.__name__ for draft in drafts - (DRAFTS | PARTS_OF_A_RECORD).keys()} == set()


def test_what_can_be_corrected_is_looked_up_by_its_kind() -> None:
    assert {kind.name for kind in DEED_KINDS if kind.can_be_corrected} == DEEDS.keys()


# ---- on screen


def test_the_story_tells_a_line_of_every_kind(world: World) -> None:
    person = _everything(world)
    assert {line.kind for line in story(world.by, person)} == {kind.name for kind in DEED_KINDS}


@pytest.mark.parametrize("kind", OWN_KINDS, ids=named)
def test_a_line_opens_the_form_that_corrects_it(world: World, kind: DeedKind) -> None:
    person = _everything(world)
    line = next(line for line in story(world.by, person) if line.kind == kind.name)
    page = PAGES["correct_deed"](world.room.office, kind=kind.name, deed_id=line.id)
    world.qtbot.addWidget(page)
    assert isinstance(page, Form)


def test_what_is_not_corrected_there_says_so(world: World) -> None:
    page = PAGES["correct_deed"](world.room.office, kind="letter", deed_id=1)
    world.qtbot.addWidget(page)
    assert isinstance(page, Gone)


def test_the_menu_of_a_case_offers_every_kind(world: World) -> None:
    open_case = _offered(world)
    close_case(
        world.by,
        ClosingDraft(voucher_id=world.voucher.id, closed_on=world.today, outcome="not_suitable", sure=True),
    )
    closed_case = _offered(world)
    assert {page for kind in DEED_KINDS for page in kind.menu} - open_case == {"reopen"}
    assert "reopen" in closed_case


@pytest.mark.parametrize("kind", tasks.KINDS)
def test_every_task_has_its_button_icon_and_page(world: World, kind: str) -> None:
    assert tasks.KINDS[kind] in tasks.GROUPS
    assert kind in tasks.ACTIONS
    assert not icon(ICONS[kind]).isNull()
    enrolment = add_enrolment(world.voucher, world.choir, state="waiting")
    case = {"voucher_id": world.voucher.id, "person_id": world.voucher.person_id}
    do_task(world.room.office, tasks.Task(kind, "te doen", world.today, subject_id=enrolment.id, **case))
    opened = [page for page, _arguments in world.room.opened]
    assert opened or kind in DONE_AT_ONCE
    assert [page for page in opened if page not in PAGES or page not in WHO] == []


def test_every_deed_is_taken_along_when_data_go(world: World) -> None:
    found = {kind_of(model) for model in erasing.rows_about(_everything(world))}
    assert {kind.table for kind in DEED_KINDS} | ALSO.keys() <= found


def _everything(world: World) -> int:
    person = fill_case(world)
    add_enrolment(world.voucher, add_activity("Schaken"), state="started", first_attended_on=world.today)
    return int(person.id)


def _offered(world: World) -> set[str]:
    """The pages that the menu of the case opens, each of its lines chosen."""
    page: Any = PersonPage(world.room.office, world.voucher.person, world.voucher.id)
    world.qtbot.addWidget(page)
    world.room.opened.clear()
    for _text, deed in page.menu_items():
        deed()
    return {name for name, _arguments in world.room.opened}
