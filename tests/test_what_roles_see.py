"""What each role sees: every page, query, view and paper against two real cases full of words that are for coaches.

Complete because it asks the program: a new page, query or field is tried as soon as it exists.
"""

import dataclasses
import importlib
import inspect
import itertools
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any, get_args, get_type_hints

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

import desktop.actions
import desktop.storage
from desktop import clock
from desktop.actions.action import ACTIONS, VIEWS
from desktop.actions.exercise import make_exercise
from desktop.app import Program, make_application
from desktop.errors import Refused
from desktop.rules import roles
from desktop.rules.cases import Case
from desktop.rules.people import PersonDraft
from desktop.rules.staff import ALL, Member
from desktop.screens.pages import PAGES, PLACES
from desktop.screens.people import PersonPage
from desktop.screens.who import may_open
from desktop.settings import Settings
from desktop.storage.cases import read_case
from desktop.storage.changes import MODELS
from desktop.storage.database import QUERIES, close_database
from desktop.storage.deeds import DEEDS
from desktop.storage.finding import find_anything
from desktop.storage.models import Activity
from desktop.widgets.pages import Page
from desktop.widgets.preview import Preview
from desktop.widgets.rows import Rows
from tests.drive import seen, settle, wait_until
from tests.factory import add_member, add_row
from tests.paper import reading
from tests.planted_case import Planted, plant, texts_in

for package in (desktop.actions, desktop.storage):
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(found.name)

REFUSED = "staat dit niet toe"


@dataclasses.dataclass
class House:
    """The program, the two cases in it, and who may come in."""

    program: Program
    planted: Planted
    staff: dict[str, Member]

    def come_in(self, role: str) -> None:
        assert self.program.entered is not None
        self.program.window.forget_pages()
        self.program.come_in(dataclasses.replace(self.program.entered, member=self.staff[role]))
        settle()

    def texts(self) -> list[str]:
        """Everything on the page that is seen: read, heard, or on paper."""
        window = self.program.window
        papers = [preview._pdf for preview in window.findChildren(Preview) if preview.isVisible()]
        return [*seen(window), *heard(window), *(reading.text(pdf) for pdf in papers)]


@pytest.fixture(scope="module")
def house(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    make_application([], Settings.in_memory())
    folder = tmp_path_factory.mktemp("house")
    entered = make_exercise(folder)
    planted = plant(entered.member)
    staff = {role: add_member(f"{role.capitalize()} Vos", role) for role in ("coach", "intake", "leader")}
    staff["coordinator"] = entered.member
    activity = Activity.get_by_id(planted.rows["activity_id"][0])
    activity.leader = staff["leader"].id
    add_row(activity)
    program = Program(folder, "exercise", Settings.in_memory())
    program.entered = entered
    program.window.resize(1366, 768)
    program.window.show()
    program.come_in(entered)
    yield House(program, planted, staff)
    program.leave()
    program.window.hide()
    program.window.deleteLater()
    program.deleteLater()
    settle()
    close_database()


# ---- what is asked with


def arguments(planted: Planted) -> dict[str, list[Any]]:
    """What pages and queries are asked with, by the name of what they ask for."""
    person = planted.open_case.person_id
    rows = sorted({row for ids in planted.rows.values() for row in ids})
    today = clock.today()
    return {
        **planted.rows,
        "person_id": [person], "kept_id": [person], "other_id": [person], "deed_id": rows, "record_id": [*rows, person],
        "talk_id": planted.rows["practice_talk_id"], "ids": [rows], "voucher_ids": [planted.rows["voucher_id"]],
        "practice_ids": [planted.rows["practice_id"]], "activity_ids": [planted.rows["activity_id"]],
        "kind": [*DEEDS, *MODELS], "today": [today], "day": [today + timedelta(days=3)], "after": [clock.local_now()],
        "since": [clock.now() - timedelta(days=1)], "coach": [1], "coach_id": [1], "staff_id": [1, 2, 3],
        "contact_id": [1], "reason_id": [1], "neighbourhood_id": [1], "breach_id": [1], "request_id": [1],
        "list_id": [1], "item_id": [1], "destruction_id": [1], "version_id": [1],
        "number": [planted.open_case.number], "postcode": ["5612 CD"], "agb": ["01054399"],
        "arguments": [{"person_id": person}, *({"worry_id": row} for row in planted.rows["worry_id"])],
        "purpose": ["report_back"], "text": ["Meer"], "name": ["register"],
        "draft": [PersonDraft(surname="Meer-de Wit", tussenvoegsel="van der", birth_date="1951-04-03")],
    }  # fmt: skip


def asked_with(function: Callable[..., Any], known: dict[str, list[Any]], skipped: int = 1) -> Iterator[dict[str, Any]]:
    """Every way to ask; what may be left out is asked with and without."""
    wanted = list(inspect.signature(function).parameters.values())[skipped:]
    needed = [each.name for each in wanted if each.default is inspect.Parameter.empty]
    for name in needed:  # a number of any record is tried with the numbers of all
        if name not in known and name.endswith(("_id", "_ids")):
            rows = known["deed_id"]
            known = {**known, name: rows if name.endswith("_id") else [rows]}
    if unknown := [name for name in needed if name not in known]:
        raise LookupError(f"say in arguments() with what {function.__name__} is asked: {unknown}")
    for values in itertools.product(*(known[name] for name in needed)):
        yield dict(zip(needed, values, strict=True))
    for each in wanted:
        if each.name not in needed and each.name in known and each.name.endswith("_id"):
            for values in itertools.product(*(known[name] for name in (*needed, each.name))):
                yield dict(zip((*needed, each.name), values, strict=True))


def doors(role: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every query and view that this role may ask."""
    for name, may in QUERIES.items():
        module, function = name.rsplit(".", 1)
        if role in may:
            yield name, getattr(importlib.import_module(module), function)
    for name, view in VIEWS.items():
        if role in view.may:
            yield name, view.function


def heard(widget: QWidget) -> list[str]:
    """What a screen reader is told of everything below."""
    found: list[str] = []

    def walk(one: Any, depth: int) -> None:
        if one is None or depth > 40:
            return
        kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
        found.extend(filter(None, (one.text(kind) for kind in kinds)))
        for number in range(one.childCount()):
            walk(one.child(number), depth + 1)

    walk(QAccessible.queryAccessibleInterface(widget), 0)
    return found


# ---- the words are there, and a coach reads them


def test_a_coach_reads_what_was_planted(house: House) -> None:
    """Else nothing below would prove anything."""
    case = read_case(house.planted.open_case.id)
    told = set(house.planted.met_in(list(texts_in(case))))
    assert {"Intake.goals", "Intake.agreed", "Worry.note", "Closing.reopened_why", "Hold.reason"} <= told
    house.come_in("coach")
    house.program.open("person", person_id=house.planted.open_case.person_id)
    settle()
    read = set(house.planted.met_in(house.texts()))
    assert {"Intake.goals", "Closing.note", "Enrolment.note", "note of a later call"} <= read


# ---- queries, views and papers


@pytest.mark.parametrize("role", ["intake", "leader"])
def test_no_query_or_view_tells_what_is_for_coaches(house: House, role: str) -> None:
    by, known = house.staff[role], arguments(house.planted)
    told: dict[str, dict[str, str]] = {}
    asked = 0
    for name, function in doors(role):
        for values in asked_with(function, known):
            try:
                answer = function(by, **values)
            except (Refused, KeyError):  # not theirs, or not there
                continue
            asked += 1
            pdf = getattr(answer, "pdf", None)
            texts = [*texts_in(answer), *([reading.text(pdf)] if isinstance(pdf, bytes) else ())]
            if met := house.planted.met_in(texts):
                told[f"{name} {values}"] = met
    assert told == {}
    assert asked > (150 if role == "intake" else 10)


def test_no_query_gives_intake_staff_how_a_case_ended(house: House) -> None:
    by, known = house.staff["intake"], arguments(house.planted)
    for name, function in doors("intake"):
        for values in asked_with(function, known):
            try:
                answer = function(by, **values)
            except (Refused, KeyError):
                continue
            assert "passed_on" not in list(texts_in(answer)), (name, values)


@pytest.mark.parametrize("role", ["intake", "leader"])
def test_no_word_of_theirs_is_found_by_searching(house: House, role: str) -> None:
    by = house.staff[role]
    for word, place in house.planted.words.items():
        if role == "leader":
            with pytest.raises(Refused):
                find_anything(by, word, clock.today())
        else:
            assert find_anything(by, word, clock.today()) == [], place


# ---- pages


def test_no_page_shows_intake_staff_what_is_for_coaches(house: House) -> None:
    house.come_in("intake")
    shown, opened = walked(house)
    assert shown == {}
    assert opened > 80


def test_no_page_shows_a_leader_anything_of_a_case(house: House) -> None:
    house.come_in("leader")
    shown, _opened = walked(house)
    assert shown == {}
    for text in house.texts():
        assert "Meer" not in text


def walked(house: House) -> tuple[dict[str, dict[str, str]], int]:
    """What was met on any page, opened in every way; and how many were opened."""
    known = arguments(house.planted) | {"kind": [*DEEDS, *roles.OPENED, "letter"]}
    shown: dict[str, dict[str, str]] = {}
    opened = 0
    for name in PAGES:
        for values in ways_into(name, known):
            if not opens(house, name, values):
                continue
            opened += 1
            if met := house.planted.met_in(house.texts()):
                shown[f"{name} {values}"] = met
    return shown, opened


def ways_into(name: str, known: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """A page that is opened with the program's own hand (a file, a list on the screen) has no case in it."""
    try:
        return list(asked_with(PAGES[name], known))
    except LookupError:
        return []


def opens(house: House, name: str, values: dict[str, Any]) -> bool:
    """Open a page; one that is not theirs says so and shows nothing."""
    window = house.program.window
    window.forget_pages()
    window.message_bar.clear()
    before = window.page()
    try:
        house.program.open(name, **values)
    except KeyError:  # a kind that this page does not know
        return False
    wait_until(lambda: not house.program.desk.working(), 20_000)
    settle()
    if may_open(house.program.desk.by, name):
        return True
    assert window.page() is before
    assert any(REFUSED in text for text in seen(window)), name
    return False


# ---- nothing is offered that is then refused


@pytest.mark.parametrize("role", ["intake", "coach", "leader"])
def test_no_button_menu_or_row_leads_to_a_door_that_stays_shut(
    house: House, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything that can be pressed is pressed; which pages it asks for and which deeds, is compared with the role."""
    house.come_in(role)
    known = arguments(house.planted)
    asked: list[str] = []
    performed: list[Callable[..., Any]] = []

    def opened(name: str, /, **_arguments: Any) -> Page:
        asked.append(name)
        return Page()

    for way in ("perform", "perform_in_background"):
        monkeypatch.setattr(house.program.desk, way, lambda action, *_args, **_more: performed.append(action))
    monkeypatch.setattr(house.program.office, "open", opened)
    tried = 0
    for name in [name for name in PAGES if may_open(house.program.desk.by, name)]:
        for values in ways_into(name, known)[: 1 if role == "coach" else 3]:
            if opens(house, name, values) and not said_no(house):
                tried += press_all(house)
    may = {id(each.function): each.may for each in ACTIONS.values()}
    assert {name for name in asked if not may_open(house.staff[role], name)} == set()
    assert [each for each in performed if role not in may.get(id(each), {role})] == []
    assert tried > (8 if role == "leader" else 150)


def press_all(house: House) -> int:
    page = house.program.window.page()
    offered = offers(page)
    for _words, press in offered:
        if house.program.window.page() is page:
            press()
    settle()
    assert not said_no(house), (page, [words for words, _press in offered])
    return len(offered)


def said_no(house: House) -> bool:
    return any(REFUSED in text for text in seen(house.program.window))


def offers(page: Page | None) -> list[tuple[str, Callable[[], object]]]:
    """What can be opened from a page: its links and buttons, its rows, the lines of its menus; not what saves."""
    assert page is not None
    found: list[tuple[str, Callable[[], object]]] = []
    for button in page.findChildren(QAbstractButton):
        leads = button.property("role") in ("link", "primary", None, "") and not button.isCheckable()
        if button.isVisible() and button.isEnabled() and button.text() and leads and not saves(button):
            found.append((button.text(), button.click))
    for rows in page.findChildren(Rows):
        for row in rows.rows()[:3] if rows.isVisible() else ():
            found.append((row.title, partial(rows.chosen.emit, row.key)))
            if row.action:
                found.append((row.action, partial(rows.acted.emit, row.key)))
    if isinstance(page, PersonPage):
        found += [*page.menu_items(), *page.more_items()]
    return found


def saves(button: QAbstractButton) -> bool:
    """What asks for a file, a printer or a folder, or leaves the program."""
    words = ("als pdf", "afdrukken", "map", "bestand", "exporteren", "andere computer", "terugzetten", "menu")
    return any(word in button.text().lower() for word in words)


# ---- the rule itself


def planted_in(kind: type) -> dict[str, str]:
    """A word of its own for every text of a frozen value."""
    texts = [name for name, hint in get_type_hints(kind).items() if hint is str]
    return {name: f"woord van {kind.__name__}.{name}" for name in texts}


SEEN = {
    *("Attempt.outcome", "Attempt.direction", "Attempt.way", "Visit.kind", "Visit.state", "Visit.place"),
    *("Visit.address", "Visit.coach", "Visit.note", "Joined.state", "Word.state", "Word.practice"),
}
"""What intake staff do read of the deeds of a case; the note of a call is of the first one only."""


def test_of_each_deed_only_what_is_named_is_seen(house: House) -> None:
    """A new text in any deed of a case is hidden from intake staff until somebody names it here and in the rule."""
    day = clock.today()
    hints = get_type_hints(Case)
    kinds = {name: get_args(kind)[0] for name, kind in hints.items() if get_args(kind) and "Sequence" in str(kind)}
    days = {"on": day, "received_on": day, "noticed_on": day, "closed_on": day, "from_on": day, "until_on": day,
            "given_on": day, "starts_at": clock.local_now().replace(tzinfo=None)}  # fmt: skip
    deeds: dict[str, Any] = {}
    for name, kind in kinds.items():
        needed = {each.name: days[each.name] for each in dataclasses.fields(kind) if each.name in days}
        deeds[name] = (kind(**{**planted_in(kind), **needed}),)
    deeds["attempts"] = (dataclasses.replace(deeds["attempts"][0], on=day + timedelta(days=1)),)
    deeds["words"] = (dataclasses.replace(deeds["words"][0], state="sent"),)
    case = Case(day, outcome="woord van Case.outcome", **deeds)
    theirs = roles.case_for(house.staff["intake"], case)
    seen_words = {text.removeprefix("woord van ") for text in texts_in(theirs) if text.startswith("woord van ")}
    assert seen_words - {text for text in seen_words if text.startswith("Answer.")} == SEEN - {"Word.state"}
    assert roles.case_for(house.staff["coach"], case) is case


def test_two_roles_see_what_either_sees(house: House) -> None:
    both = dataclasses.replace(house.staff["intake"], roles=frozenset({"intake", "leader"}))
    assert may_open(both, "new_voucher")
    assert may_open(both, "groups")
    assert not may_open(both, "hold_intake")
    coach = dataclasses.replace(both, roles=frozenset({"intake", "coach"}))
    case = read_case(house.planted.open_case.id)
    assert roles.case_for(coach, case) is case


def test_the_places_of_each_role(house: House) -> None:
    shown = {}
    for role in ("coordinator", "coach", "intake", "leader"):
        house.come_in(role)
        shown[role] = [key for key, _text, _icon in PLACES if house.program.window.show_place(key)]
    assert shown["coordinator"] == shown["coach"] == [
        "tasks", "vouchers", "people", "activities", "practices", "letters", "settings"
    ]  # fmt: skip
    assert shown["intake"] == ["tasks", "vouchers", "people", "activities", "practices", "settings"]
    assert shown["leader"] == ["activities", "settings", "groups"]


def test_each_role_is_told_in_one_line_what_it_does() -> None:
    assert set(roles.DOES) == ALL
