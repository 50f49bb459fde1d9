"""Every open case has exactly one next thing with a day, and a row on that day; what lies still is seen."""

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from desktop.rules.cases import Attempt, Case, Ending, FirstTalk, Joined, Participant, Pause, Talk, Visit, Word
from desktop.rules.names import Name
from desktop.rules.next_thing import NextThing, is_agreed, next_thing, touched_on, untouched_since
from desktop.rules.status import Terms
from desktop.rules.tasks import tasks_of

TODAY = date(2026, 11, 23)
TERMS = Terms()
NEW = Case(received_on=TODAY, person=Participant(name=Name(surname="Bakker"), phone="+31687654321", informed_on=TODAY))
ROWS = {
    "intake": {"intake", "intake_missed", "warm"},
    "place_free": {"place_free", "offer_over"},
    "waiting_list": {"waiting_list", "place_free"},
}
STORIES = 3_000


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


# ---- one next thing, whatever was recorded


def some_case(seed: int) -> Case:
    """Random deeds in any order, some of them on one day."""
    dice = random.Random(seed)

    def day(earliest: int = 120, latest: int = 0) -> date:
        return ago(dice.randint(latest, earliest))

    def several(most: int) -> range:
        return range(dice.choice((0, 0, 1, 1, most)))

    joined = [
        Joined(
            state,
            enrolled_on=day(),
            start_on=dice.choice((None, day(60, -60))),
            first_on=day(90) if state == "started" else None,
            stopped_on=day() if state == "stopped" else None,
            offered_on=day(20) if state == "offered" else None,
            offer_until=day(10, -10) if state == "offered" else None,
            has_place=state == "waiting" and dice.random() < 0.3,
            accompanied=dice.random() < 0.3,
            title=f"Groep {number}",
            id=number + 1,
        )
        for number in several(3)
        for state in (dice.choice(("enrolled", "waiting", "offered", "started", "stopped")),)
    ]
    visits = [
        Visit(
            datetime.combine(day(60, -60), time(10)),
            dice.choice(("intake", "first_visit", "aftercare")),
            dice.choice(("planned", "planned", "held", "missed", "cancelled", "moved")),
            enrolment_id=dice.choice([None, *(each.id for each in joined)]),
            id=number + 1,
        )
        for number in several(3)
    ]
    outcomes = ("reached", "no_answer", "voicemail", "calls_back", "not_now", "wrong_number", "sent")
    attempts = [
        Attempt(day(), dice.choice(outcomes), call_back_on=dice.choice((None, None, day(0, -20))), way=way)
        for _number in several(4)
        for way in (dice.choice(("phone", "phone", "post", "mail")),)
    ]
    return replace(
        NEW,
        id=1,
        received_on=day(150, 100),
        warm=dice.random() < 0.2,
        attempts=tuple(sorted(attempts, key=lambda each: each.on)),
        visits=tuple(sorted(visits, key=lambda each: each.starts_at)),
        intakes=tuple(FirstTalk(day(), one_talk_enough=dice.random() < 0.2) for _number in several(2)),
        joined=tuple(joined),
        talks=tuple(Talk(day(40), dice.choice(("still", "other", "stopped", "never"))) for _number in several(2)),
        pauses=tuple(
            Pause(start, start + timedelta(days=dice.randint(1, 40)), "ill", dice.choice((None, None, start)))
            for _number in several(2)
            for start in (day(60, -10),)
        ),
    )


@pytest.mark.parametrize("part", range(6))
def test_every_open_case_has_one_next_thing_and_a_row_on_its_day(part: int) -> None:
    for seed in range(part * STORIES // 6, (part + 1) * STORIES // 6):
        case = some_case(seed)
        found = next_thing(case, TERMS, TODAY)
        assert found is not None, seed
        on = max(found.on, TODAY)
        rows = {task.kind for task in tasks_of(case, TERMS, on)}
        later = next_thing(case, TERMS, on)
        assert later is not None
        if later.on <= on:  # another pause may begin before that day
            assert rows & ROWS.get(later.task, {later.task}), (seed, later, rows)
        closed = replace(case, endings=(Ending(TODAY),))
        assert next_thing(closed, TERMS, TODAY) is None


def test_next_thing_of_who_is_on_hold_is_getting_in_touch_again() -> None:
    case = replace(NEW, pauses=(Pause(ago(3), ago(-9), "ill"),))
    assert next_thing(case, TERMS, TODAY) == NextThing("resume", ago(-9))
    assert tasks_of(case, TERMS, TODAY) == []
    assert [task.kind for task in tasks_of(case, TERMS, ago(-9))] == ["resume"]


def test_two_activities_besides_taking_part_are_both_asked_about() -> None:
    case = replace(
        NEW,
        joined=(
            Joined("started", ago(40), first_on=ago(30), title="Koor", id=1),
            Joined("waiting", ago(20), title="Tuingroep", id=2),
            Joined("enrolled", ago(9), ago(2), title="Eettafel", id=3),
        ),
    )
    rows = [(task.kind, task.subject_id) for task in tasks_of(case, TERMS, TODAY)]
    assert rows == [("waiting_list", 2), ("first_visit", 3)]
    assert next_thing(case, TERMS, TODAY) == NextThing("first_visit", ago(2))


def test_who_was_spoken_to_is_asked_again_about_the_list_some_weeks_on() -> None:
    waits = replace(NEW, joined=(Joined("waiting", ago(50), title="Koor", id=2),), intakes=(FirstTalk(ago(60)),))
    assert [task.kind for task in tasks_of(waits, TERMS, TODAY)] == ["waiting_list"]
    spoken = replace(waits, attempts=(Attempt(ago(10), "reached"),))
    assert tasks_of(spoken, TERMS, TODAY) == []
    assert next_thing(spoken, TERMS, TODAY) == NextThing("waiting_list", ago(10) + timedelta(days=28))


# ---- what an appointment that was overtaken leaves behind


def test_old_planned_talks_beside_a_later_one_are_no_rows() -> None:
    old = Visit(datetime.combine(ago(9), time(10)), id=4)
    held = replace(NEW, received_on=ago(30), visits=(old,), intakes=(FirstTalk(ago(5)),))
    assert [task.kind for task in tasks_of(held, TERMS, TODAY)] == ["find_activity"]
    asked = replace(held, intakes=())
    assert [task.kind for task in tasks_of(asked, TERMS, TODAY)] == ["intake_missed"]
    second = replace(held, visits=(old, Visit(datetime.combine(ago(5), time(15)), id=5)))
    assert [task.subject_id for task in tasks_of(second, TERMS, TODAY)] == [5]


# ---- the net


def still(**more: Any) -> Case:
    return replace(NEW, received_on=ago(90), status="received", **more)


@pytest.mark.parametrize(
    ("case", "since"),
    [
        (still(), ago(90)),
        (still(attempts=(Attempt(ago(34), "no_answer"),)), ago(34)),
        (still(attempts=(Attempt(ago(29), "no_answer"),)), None),
        (still(attempts=(Attempt(ago(34), "calls_back", call_back_on=ago(-2)),)), None),
        (still(visits=(Visit(datetime.combine(ago(-20), time(10))),)), None),
        (still(visits=(Visit(datetime.combine(ago(-20), time(10)), state="cancelled"),)), ago(90)),
        (still(joined=(Joined("started", ago(70), first_on=ago(60)),)), ago(60)),
        (still(joined=(Joined("enrolled", ago(70), ago(-30)),)), None),
        (still(words=(Word("arrived", written_on=ago(31)),)), ago(31)),
        (still(words=(Word("arrived", written_on=ago(31), sent_on=ago(3)),)), None),
        (still(pauses=(Pause(ago(80), ago(-3)),)), None),
        (still(pauses=(Pause(ago(80), ago(31)),)), ago(31)),
        (still(pauses=(Pause(ago(80), ago(10)),)), None),
        (still(endings=(Ending(ago(60)),)), None),
        (still(endings=(Ending(ago(60), reopened_on=ago(40)),)), ago(40)),
    ],
)
def test_case_that_nobody_touched_is_seen(case: Case, since: date | None) -> None:
    assert untouched_since(case, 30, TODAY) == since


def test_what_is_still_to_come_touches_nothing() -> None:
    case = still(joined=(Joined("enrolled", ago(70), ago(-30)),))
    assert touched_on(case, TODAY) == ago(70)
    assert is_agreed(case, TODAY)
    assert not is_agreed(case, ago(-31))
