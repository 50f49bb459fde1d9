"""What must hold in every world after every deed: letters, consent, next things, promises and places."""

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import partial

import peewee
import pytest

from desktop.actions.case_moves import move_case
from desktop.actions.letter_looks import open_letter
from desktop.actions.letter_moves import move_letter
from desktop.actions.letter_state import overtaken_in
from desktop.actions.moves import move_deed
from desktop.actions.undo import undo_last
from desktop.errors import Refused
from desktop.rules.cases import ACTIVE, Case
from desktop.rules.letters_due import SILENT, TOO_LONG_AGO, not_due, wrong_letters
from desktop.rules.moves import MoveCaseDraft, MoveDraft, MoveLetterDraft, parts_of
from desktop.rules.staff import Member
from desktop.rules.status import status_of
from desktop.rules.tasks import Task
from desktop.storage.cases import read_case, read_cases
from desktop.storage.days import appointments_of
from desktop.storage.letters import content_of
from desktop.storage.letters_due import due_of_case, facts_of_cases, list_letters_due
from desktop.storage.models import (
    Activity,
    Appointment,
    Consent,
    Enrolment,
    Letter,
    Person,
    Postponement,
    Voucher,
)
from desktop.storage.moves import strays
from desktop.storage.tasks import list_tasks
from desktop.storage.vouchers import terms
from tests.worlds import World, lived_in, set_scene

WORLDS = 60  # in make test: some seven hundred situations
DEEDS = 18
NEUTRAL = ("receipt", "ended")
COUNTED: dict[str, int] = defaultdict(int)


class Watch:
    """Looks at a world after each deed; remembers what was true when a letter left."""

    def __init__(self, world: World) -> None:
        self.world, self.by = world, world.by
        self.sent: set[int] = set()
        self.checked: set[int] = set()
        self.full: set[int] = set()
        self.listed: dict[date, list[Task]] = {}  # asked once in a look, however many cases have their day then

    def tasks_on(self, day: date) -> list[Task]:
        if day not in self.listed:
            self.listed[day] = list_tasks(self.by, day)
        return self.listed[day]

    def look(self) -> None:
        COUNTED["situations"] += 1
        cases = read_cases([row[0] for row in Voucher.select(Voucher.id).tuples()])
        self.listed.clear()
        tasks = self.tasks_on(self.world.day)
        for case in cases.values():
            stored = Voucher.get_by_id(case.id)
            status = status_of(case, terms())
            assert (stored.status, stored.due_on) == (status.status, status.due_on), "kept is not what the rule says"
        self.letters_follow_the_records()
        self.nothing_leaves_without_consent()
        self.places_are_what_people_hold()
        assert strays() == [], "something points to another case"
        for case in cases.values():
            mine = [task for task in tasks if task.voucher_id == case.id]
            if case.closed_on is not None or case.person.deceased_on is not None:
                may = ("close",) if case.closed_on is None else ()  # a voucher that came in for who died
                self.ended_is_left_alone(case.id, [task.kind for task in mine if task.kind not in may])
            else:
                self.open_has_a_next_thing(case.id)
            self.promises_are_owed(case)

    # -- letters

    def letters_follow_the_records(self) -> None:
        """What left in this deed says what the records said then; what waits and is overtaken says so."""
        for letter in Letter.select().where((Letter.state == "sent") & Letter.copy_of.is_null()):
            if letter.id in self.sent:
                continue
            self.sent.add(letter.id)
            COUNTED["letters sent"] += 1
            self.says_what_is_so(letter)
        for letter in Letter.select().where((Letter.state != "sent") & Letter.withdrawn_on.is_null()):
            if overtaken_in(letter):
                assert open_letter(self.by, letter.id).stopped, f"letter {letter.id} is overtaken and may go"

    def says_what_is_so(self, letter: Letter) -> None:
        content, case = content_of(letter), read_case(letter.voucher_id)
        ended = any("afgesloten" in part for _heading, part in content.core)
        assert not content.receipt or ("afsluiting" in content.kind) == ended, content.kind
        if content.receipt:
            return
        text = " ".join(part for _heading, part in content.core)
        standing = [each for each in case.joined if each.state != "stopped"]
        names = {each.name for each in standing if each.name}
        if re.search(r"\bdoet (nog )?mee\b", text):
            said = case.talks[-1].outcome if case.talks else ""
            assert any(each.state == "started" for each in standing) or said == "still", text
        if "wachtlijst" in text:
            assert any(each.state in ("waiting", "offered") for each in standing), text
        if "gaat meedoen" in text:
            assert any(each.state == "enrolled" for each in standing), text
        if case.closed_on is not None and re.search(r"\b(?:gaat sinds|begint op|is aangemeld|Er is plaats)\b", text):
            assert standing, f"the closing ended what this promises: {text}"
        for name in ("een koor", "een wandelgroep"):
            if f"niet begonnen bij {name}" in text:
                assert any(each.name == name and each.first_on is None for each in case.joined), text
            elif name in text and case.closed_on is None and letter.moment != "progress" and "is gestopt" not in text:
                assert name in names, text
        if "is gestopt" in text:
            assert not any(each.state == "started" for each in standing), text
        for wrong, right in (("Meneer", "de heer"), ("Mevrouw", "mevrouw")):
            if re.search(rf"\b{wrong}\b", text):
                assert case.person.name.form_of_address == right, text
        assert not re.search(r"\bactie nodig\.", text) or "Geen actie nodig." in text
        assert letter.practice_id == case.addressee_id
        assert case.person.deceased_on is None
        assert not wrong_letters(case) or letter.id not in {each.letter_id for each in wrong_letters(case)}
        promised = letter.promised_on
        assert promised is None or promised >= self.world.day, "a day that is over was promised"

    # -- consent

    def nothing_leaves_without_consent(self) -> None:
        """Told by the rows alone: the newest answer recorded for this very case and practice is a yes that stands."""
        for letter in Letter.select().where(Letter.state == "sent"):
            if letter.id in self.checked or letter.moment == "signal":
                continue
            self.checked.add(letter.id)
            if content_of(letter).receipt:
                continue
            answers = [
                each
                for each in Consent.select().where(Consent.voucher == letter.voucher_id).order_by(Consent.id)
                if each.purpose == "report_back" and each.practice_id == letter.practice_id and each.answer != "ask"
            ]
            assert answers, f"letter {letter.id} left and nobody was asked"
            assert (answers[-1].answer, answers[-1].withdrawn_on) == ("yes", None), f"letter {letter.id} left on a no"

    # -- next things

    def open_has_a_next_thing(self, voucher_id: int) -> None:
        """The next thing has a day; on that day it stands in Te doen, or a colleague is to be asked by appointment."""
        voucher = Voucher.get_by_id(voucher_id)
        assert voucher.due_on is not None, "an open case without a next day"
        put_off = Postponement.select(peewee.fn.MAX(Postponement.until)).where(Postponement.voucher == voucher).scalar()
        on = max(voucher.due_on, self.world.day, put_off or self.world.day)
        found = [task for task in self.tasks_on(on) if task.voucher_id == voucher_id]
        assert found, f"on {on} nothing is to be done for {voucher.status}"

    def ended_is_left_alone(self, voucher_id: int, kinds: list[str]) -> None:
        assert set(kinds) <= {"worry", "wrong_letter"}, kinds
        planned = Appointment.select().where((Appointment.voucher == voucher_id) & (Appointment.state == "planned"))
        assert not planned.exists(), "an ended case has an appointment"
        waits = Enrolment.select().where(
            (Enrolment.voucher == voucher_id) & Enrolment.state.in_(["waiting", "offered"])
        )
        assert not waits.exists(), "an ended case waits for a place"
        for ahead in (0, 1, 6, 20):
            listed = appointments_of(self.by, self.by.id, self.world.day + timedelta(days=ahead))
            assert voucher_id not in [each.voucher_id for each in listed]

    # -- promises

    def promises_are_owed(self, case: Case) -> None:
        """The newest letter that left names a day: on that day a letter is owed, or it says why none may go."""
        closing = case.ending
        if (closing is not None and closing.outcome in SILENT) or case.person.deceased_on is not None:
            return
        told = [
            each for each in case.words
            if each.stands and each.copy_of_id is None and each.practice_id == case.addressee_id and not each.mixed_up
        ]  # fmt: skip
        newest = told[-1] if told else None
        if newest is None or newest.state != "sent" or newest.promised_on is None:
            return
        if newest.promised_on > self.world.day + timedelta(days=200):
            return
        COUNTED["promises"] += 1
        on = max(newest.promised_on, self.world.day)
        due = due_of_case(self.by, case.id, on)
        if not due and closing is not None and closing.closed_on < on - TOO_LONG_AGO:  # it says so, and why
            assert [each.why_not for each in not_due(facts_of_cases({case.id: case})[case.id], on) if each.settles]
            return
        assert due, f"{newest.promised_on} was promised by letter {newest.id} and nothing is owed on {on}"
        allowed = [each for each in due if not each.why_not]
        if allowed:
            assert case.id in [each.voucher.id for each in list_letters_due(self.by, on)]

    # -- places

    def places_are_what_people_hold(self) -> None:
        for activity in Activity.select():
            held = {
                row.person_id
                for row in Enrolment.select().where((Enrolment.activity == activity) & Enrolment.state.in_(ACTIVE))
            }
            over = activity.capacity is not None and len(held) > activity.capacity
            if over and activity.id not in self.full:
                assert self.world.confirmed, f"{activity.title} was overfilled without a question"
            (self.full.add if over else self.full.discard)(activity.id)
            for person in Person.select().where(Person.id.in_(held)):
                assert person.deceased_on is None, "the dead hold a place"
                assert person.merged_into_id is None, "a stub holds a place"


def run(scene_of: Member, numbers: range, deeds: int) -> None:
    scene = set_scene(scene_of)
    for number in numbers:
        with lived_in(World(scene, number)) as told:
            watch = Watch(told)
            try:
                for _deed in told.live(deeds):
                    watch.look()
            except AssertionError as broken:
                raise AssertionError(f"world {number}: {broken}\n" + "\n".join(told.told)) from broken
        COUNTED["worlds"] += 1


def figures() -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(COUNTED.items()))


@pytest.mark.figures
@pytest.mark.timeout(600)
@pytest.mark.parametrize("quarter", range(4))
def test_in_every_world_letters_consent_promises_and_places_hold(office: Member, quarter: int) -> None:
    each, before = WORLDS // 4, dict(COUNTED)
    run(office, range(quarter * each, (quarter + 1) * each), DEEDS)
    seen = {name: count - before.get(name, 0) for name, count in COUNTED.items()}
    assert seen["situations"] >= each * 8
    assert min(seen["letters sent"], seen["promises"]) >= 5
    print(f"\nworlds: {figures()}, 0 that broke")  # noqa: T201 - a line of figures


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_many_worlds(office: Member) -> None:
    first, count = int(os.environ.get("WORLD", "1000")), int(os.environ.get("WORLDS", "3000"))
    run(office, range(first, first + count), 30)
    print(f"\nworlds: {figures()}, 0 that broke")  # noqa: T201 - a line of figures


@pytest.mark.timeout(600)
def test_whatever_was_moved_in_a_world_one_undo_brings_it_back(office: Member) -> None:
    """Every deed, letter and voucher of a world to another case or person, and back, with everything as it was."""
    scene, moved = set_scene(office), 0
    for number in range(14):
        with lived_in(World(scene, 500 + number)) as told:
            list(told.live(DEEDS))
            before = everything()
            for deed in moves_of(told):
                with suppress(Refused):
                    deed()
                    moved += 1
                    assert strays() == []
                    undo_last(office)
                assert everything() == before, f"world {500 + number}"
    assert moved > 100


def everything() -> dict[int, Case]:
    return read_cases([row[0] for row in Voucher.select(Voucher.id).order_by(Voucher.id).tuples()])


def moves_of(told: World) -> Iterator[Callable[[], object]]:
    """Everything there is to another case, which is picked by chance."""
    for case in everything().values():
        to = told.some(each for each in told.vouchers() if each.id != case.id)
        people = Person.select().where(Person.merged_into.is_null() & (Person.id != case.person.id))
        for part in parts_of(case):
            yield partial(move_deed, told.by, MoveDraft(kind=part.kind, id=part.id, voucher_id=to.id, sure=True))
        for letter in case.words:
            yield partial(move_letter, told.by, MoveLetterDraft(id=letter.id, voucher_id=to.id, sure=True))
        for person in people:
            draft = MoveCaseDraft(voucher_id=case.id, person_id=person.id, worries="along", sure=True)
            yield partial(move_case, told.by, draft)
