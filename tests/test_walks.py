"""Long walks: whatever staff do after whatever, every deed is done or refused, can be taken back, and all holds.

Beside what holds in every world (tests/test_worlds.py): a refused deed leaves nothing, one that is taken back leaves
everything as it was, who was merged away or left has nothing, and no role is told what is not for it.
"""

import hashlib
import os
import random
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

import peewee
import pytest

from desktop.actions.batches import look_over, start_batch
from desktop.actions.letter_sending import fix_letter, send_letter
from desktop.actions.letter_state import overtaken_in
from desktop.actions.undo import undo
from desktop.errors import Refused
from desktop.rules.cases import Case
from desktop.rules.codes import LETTER_WAYS
from desktop.rules.next_thing import next_thing
from desktop.rules.roles import TASKS
from desktop.rules.staff import Member
from desktop.storage.cases import read_cases
from desktop.storage.changes import Audit, Change, Record, kind_of
from desktop.storage.database import database
from desktop.storage.groups import list_own_participants
from desktop.storage.letters_due import due_of_case, list_letters_due
from desktop.storage.log import verify
from desktop.storage.models import (
    RECORDS,
    RESPONSIBLE,
    Activity,
    Aftercare,
    Appointment,
    Consent,
    Enrolment,
    Intake,
    Letter,
    Person,
    Practice,
    SharedPart,
    Staff,
    ValuesKept,
    Voucher,
)
from desktop.storage.places import places_by_activity, waiting_line
from desktop.storage.staff import member_of
from desktop.storage.story import story
from desktop.storage.tasks import case_of, find_next_steps, list_tasks
from desktop.storage.vouchers import terms
from tests.planted_case import texts_in
from tests.test_worlds import COUNTED, Watch, figures
from tests.walks import Walk, look_around, set_long_scene
from tests.worlds import SECRET, World, lived_in

WALKS = 5  # in make test; a walk of the day itself is one of the long ones, so that a clone is green every day
DEEDS = 50
DESTROYED = "data destroyed"
STAYS_DONE = ("verstuurd", "gekopieerd", "afdrukken", "Afdrukken", "vernietigd")
"""Words of why a deed of just now is not undone: a letter went or was handed out, a pile was printed, data are gone."""


class LongWatch(Watch):
    """Looks at a walk after each deed, and at what taking a deed back leaves."""

    def __init__(self, world: Walk) -> None:
        super().__init__(world)
        self.walk = world
        self.boss = world.boss

    def look(self) -> None:
        self.by = self.boss
        super().look()
        cases = read_cases([row[0] for row in Voucher.select(Voucher.id).tuples()])
        self.each_row_is_of_one_person()
        self.who_ended_has_nothing()
        self.deeds_agree()
        self.leaders_see_who_said_yes()
        self.intake_staff_are_told_nothing(cases)
        self.nothing_is_owed_or_asked_twice(cases)
        self.places_are_offered_in_order()
        self.overtaken_letters_stay_here()

    # -- whose it is

    def each_row_is_of_one_person(self) -> None:
        """A deed is of the person of its case; a case follows on an earlier one of the same person."""
        for model in RECORDS:
            if {"person", "voucher"} <= {link.name for link in model._meta.refs}:
                rows = model.select().join(Voucher, on=(model.voucher == Voucher.id))
                assert not rows.where(model.person != Voucher.person).exists(), f"{kind_of(model)} of somebody else"
        before = Voucher.alias()
        rows = Voucher.select().join(before, on=(Voucher.previous == before.id))
        assert not rows.where(before.person != Voucher.person).exists(), "a case follows on somebody else's"

    def who_ended_has_nothing(self) -> None:
        """Merged away or gone: no case, letter or task is theirs."""
        left = [row[0] for row in Staff.select(Staff.id).where(~Staff.active).tuples()]
        for model in (each for each in RECORDS if each is not ValuesKept):  # the figures it had stay its own
            for link in model._meta.refs:
                if link.name != "merged_into" and link.rel_model in (Person, Practice):
                    stubs = link.rel_model.select().where(link.rel_model.merged_into.is_null(False))
                    assert not model.select().where(link.in_(stubs)).exists(), f"{kind_of(model)} of a stub"
        for model in (Voucher, Practice, Activity):
            for link in model._meta.refs:
                if link.name in RESPONSIBLE and (found := model.select().where(link.in_(left)).first()):
                    assert getattr(found, "merged_into_id", None), f"{kind_of(model)} with a {link.name} who left"
        planned = Appointment.select().where(Appointment.coach.in_(left) & (Appointment.state == "planned"))
        assert not planned.exists(), "an appointment with who left"

    def deeds_agree(self) -> None:
        """A talk and its appointment, going along and the first time, an end and its day say the same."""
        for model, kind in ((Intake, "intake"), (Aftercare, "aftercare")):
            talks = list(model.select().where(model.appointment.is_null(False)))
            assert all(each.appointment.state == "held" for each in talks), f"{kind}: held, says the talk"
            held = Appointment.select().where((Appointment.kind == kind) & (Appointment.state == "held"))
            assert {each.id for each in held} == {each.appointment_id for each in talks}, f"{kind}: held, but no talk"
        for row in Enrolment.select():
            assert (row.state == "stopped") == (row.stopped_on is not None), "stopped without a day, or the other way"
            assert row.state == "stopped" or (row.ended_by_id is None and row.ended_in_id is None), "ended and stands"
            assert row.state != "started" or row.first_attended_on is not None, "takes part since never"
            if row.state != "stopped":
                assert (row.offer_until is None) == (row.state != "offered"), "a place is offered without an end"

    # -- who is told

    def leaders_see_who_said_yes(self) -> None:
        """By the rows alone: a name for whoever's newest answer in that case is a yes that stands; nobody who left."""
        for activity in Activity.select().where(Activity.leader.is_null(False)):
            leader = member_of(activity.leader)
            if "leader" not in leader.roles or not activity.leader.active:
                continue
            rows = list(Enrolment.select().where((Enrolment.activity == activity) & (Enrolment.state != "stopped")))
            rows = [each for each in rows if each.state in ("enrolled", "started")]
            named = sum(self.told_by_the_activity(each.voucher_id) for each in rows)
            seen = list_own_participants(leader, activity.id)
            assert len(seen) <= len(rows)
            assert sum(bool(each.name) for each in seen) <= named, "a leader reads a name without a yes"
            assert all(each.person.deceased_on is None for each in rows), "a leader waits for who died"

    def told_by_the_activity(self, voucher_id: int) -> bool:
        asked = Consent.select().where((Consent.voucher == voucher_id) & (Consent.purpose == "activity"))
        last = asked.where(Consent.answer != "ask").order_by(Consent.id.desc()).first()
        return last is not None and last.answer == "yes" and last.withdrawn_on is None

    def intake_staff_are_told_nothing(self, cases: dict[int, Case]) -> None:
        by = Member(self.boss.id, "N. Kok", frozenset({"intake"}))
        tasks = list_tasks(by, self.world.day)
        assert {each.kind for each in tasks} <= TASKS
        told: list[object] = [tasks]
        for case in self.one_of(cases):
            told += [case_of(by, case.id), find_next_steps(by, case.id, self.world.day)]
            told += [story(by, person) for person in self.standing(case)]
        assert not any(SECRET in text for text in texts_in(told, 12)), "intake staff read what is for coaches"
        for letter in Letter.select(Letter.content):
            assert SECRET not in letter.content, "a letter tells what was said in a talk"

    def one_of(self, cases: dict[int, Case]) -> list[Case]:
        """Each in its turn: all of them at every step takes too long."""
        return [case for case in cases.values() if case.id % len(cases) == len(self.world.told) % len(cases)]

    def standing(self, case: Case) -> list[int]:
        person = Person.get_by_id(case.person.id)
        return [] if person.erased_on else [person.id]

    # -- next things and promises

    def nothing_is_owed_or_asked_twice(self, cases: dict[int, Case]) -> None:
        today = self.world.day
        for case in cases.values():
            found = next_thing(case, terms(), today)
            assert (found is None) == (case.closed_on is not None)
        for case in self.one_of(cases):
            owed = [(each.moment, each.worry_id) for each in due_of_case(self.by, case.id, today)]
            assert len(owed) == len(set(owed)), f"owed twice: {owed}"
        keys = Counter(each.key for each in self.tasks_on(today))
        assert not [key for key, n in keys.items() if n > 1], f"asked twice: {keys}"
        owing = list_letters_due(self.by, today)
        listed = Counter((each.voucher.id, each.due.moment, each.due.worry_id) for each in owing)
        assert not [key for key, n in listed.items() if n > 1], f"listed twice: {listed}"

    # -- places

    def places_are_offered_in_order(self) -> None:
        """The count that everybody asks is that of the rows; whose turn it is, is asked or comes up in Te doen."""
        for number, places in places_by_activity().items():
            held = Enrolment.select(Enrolment.person).where(
                (Enrolment.activity == number) & Enrolment.state.in_(("enrolled", "offered", "started"))
            )
            assert places.taken == len({row.person_id for row in held})
            turn = [each for each in waiting_line(number) if each.has_place]
            assert len(turn) <= (1 if places.capacity is None else max(0, places.capacity - places.taken))

    # -- letters

    def overtaken_letters_stay_here(self) -> None:
        """Every door is shut: it is not fixed, copied, saved, printed or put in a pile."""
        for letter in Letter.select().where((Letter.state != "sent") & Letter.withdrawn_on.is_null()):
            if not overtaken_in(letter):
                continue
            COUNTED["stale letters"] += 1
            for door in self.doors(letter):
                with pytest.raises(Refused):
                    door()
            assert look_over(self.by, [letter.id]).letter_ids == ()

    def doors(self, letter: Letter) -> list[Callable[[], object]]:
        if letter.state == "concept":
            return [partial(fix_letter, self.by, letter.id)]
        ways = [partial(send_letter, self.by, letter.id, way) for way in LETTER_WAYS]
        return [*ways, partial(start_batch, self.by, [letter.id])]


# ---- deeds that are refused or taken back


class Careful(Walk):
    """A walk of which each deed is compared: refused it left nothing, taken back it left what there was."""

    def sure(self, deed: Callable[[World], object]) -> None:
        before, lines, chance = digest(), last_line(), self.chance.getstate()
        try:
            super().sure(deed)
        except Refused:
            if last_line() == lines:
                assert digest() == before, f"{deed.__name__} was refused and left something"
            raise
        COUNTED["deeds"] += 1
        if random.Random(f"{self.number} {self.hour}").random() < 0.25 and self.there_and_back(deed, before, lines):
            self.chance.setstate(chance)
            super().sure(deed)

    def there_and_back(self, deed: Callable[[World], object], before: str, line: int) -> bool:
        """Undo all that the deed was, the newest first: it is as if it never was, and can be done again."""
        done = list(Audit.select().where(Audit.id > line).order_by(Audit.id.desc()))
        if any(each.undoes_id or each.name == DESTROYED for each in done):  # nothing of these comes back
            return False
        for each in done:
            if not Change.select().where(Change.audit == each).exists():
                continue
            after = digest()
            if why := self.why_not_undone(each.id):
                assert digest() == after, "an undo that was refused left something"
                assert any(word in why for word in STAYS_DONE), f"{each.name}: {why}"
                return False
        assert digest() == before, f"{deed.__name__} was undone and left {', '.join(differs(before))}"
        COUNTED["undone"] += 1
        self.told.append(f"{self.day} {deed.__name__}, undone and")
        return True

    def why_not_undone(self, line: int) -> str:
        try:
            undo(self.by, line)
        except Refused as refused:
            return refused.sentence()
        return ""


LAST: dict[str, dict[str, str]] = {}


def differs(before: str) -> list[str]:
    """Which tables are otherwise than they were."""
    was, now = LAST.get(before, {}), tables()
    return [name for name in now if was.get(name) != now[name]]


def digest() -> str:
    """All that is on file, but for the log, the history and the versions of rows."""
    found = tables()
    whole = hashlib.sha256(str(sorted(found.items())).encode()).hexdigest()
    LAST.clear() if len(LAST) > 4 else None
    LAST[whole] = found
    return whole


def tables() -> dict[str, str]:
    found = {kind_of(model): rows_of(model) for model in RECORDS if model is not SharedPart}  # typefaces stay
    entries = "SELECT kind, subject_id, person_id, text, sort_key FROM search_entry ORDER BY kind, subject_id"
    return {**found, "search_entry": str(database.execute_sql(entries).fetchall())}


def rows_of(model: type[Record]) -> str:
    names = [each.column_name for each in model._meta.sorted_fields if each.name not in ("version", "bytes")]
    columns = ", ".join(f'"{name}"' for name in names)
    return str(database.execute_sql(f'SELECT {columns} FROM "{kind_of(model)}" ORDER BY id').fetchall())  # noqa: S608


def last_line() -> int:
    return Audit.select(peewee.fn.MAX(Audit.id)).scalar() or 0


# ---- at the end


def all_is_sound() -> None:
    """The log is whole, no row points to what is gone, and what is found by searching is what is on file."""
    assert verify().broken_at is None
    assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
    for model in RECORDS:
        if model.entry is Record.entry:
            continue
        wanted = {row.id for row in model.select() if row.entry() is not None}
        sql = "SELECT subject_id FROM search_entry WHERE kind = ?"
        found = {row[0] for row in database.execute_sql(sql, (kind_of(model),)).fetchall()}
        assert found == wanted, f"searching finds other {kind_of(model)}s than there are"


def run(by: Member, numbers: Iterable[int], deeds: int) -> None:
    scene = set_long_scene(by)
    for number in numbers:
        with lived_in(Careful(scene, number)) as walk:
            watch = LongWatch(walk)
            try:
                for step, _deed in enumerate(walk.live(deeds)):
                    watch.look()
                    if step % 10 == 9:
                        look_around(walk)
                all_is_sound()
            except Exception as broken:
                raise AssertionError(f"walk {number}: {broken!r}\n" + "\n".join(walk.told)) from broken
        COUNTED["walks"] += 1


def of_the_day(today: date) -> int:
    return int(f"{today:%y%m%d}")


@pytest.mark.figures
@pytest.mark.timeout(600)
@pytest.mark.parametrize("number", range(1, WALKS + 1))
def test_after_whatever_staff_do_everything_holds(office: Member, number: int) -> None:
    run(office, range(number, number + 1), DEEDS)
    print(f"\nwalk {number}: {figures()}, 0 that broke")  # noqa: T201 - a line of figures


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_many_long_walks(office: Member) -> None:
    first, count = int(os.environ.get("WALK", "1000")), int(os.environ.get("WALKS", "60"))
    run(office, [of_the_day(date.today()), *range(first, first + count)], 120)
    print(f"\nwalks: {figures()}, 0 that broke")  # noqa: T201 - a line of figures
