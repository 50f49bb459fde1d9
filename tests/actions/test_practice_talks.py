"""A talk with a practice from recording to taking back, with what it does to Te doen; all of it can be undone."""

from typing import Any

import pytest

from desktop import clock
from desktop.actions.merge import merge_practices
from desktop.actions.practice_talks import correct_talk, move_next_talk, record_talk, take_back_talk
from desktop.actions.undo import undo_last
from desktop.errors import Refused
from desktop.rules.merge import MergeDraft
from desktop.rules.practice_talks import NextTalkDraft, PracticeTalkDraft
from desktop.rules.staff import Member
from desktop.storage.changes import Audit
from desktop.storage.history import history
from desktop.storage.models import Practice, PracticeTalk
from desktop.storage.tasks import list_tasks
from tests.factory import add_practice, days_ago


@pytest.fixture
def linde(office: Member) -> Practice:
    return add_practice()


def a_talk(linde: Practice, days: int = 30, next_in: int = 2, **more: Any) -> PracticeTalkDraft:
    values: dict[str, Any] = {"agreed": "Wij bellen binnen een week.", "next_on": days_ago(-next_in), **more}
    return PracticeTalkDraft(practice=linde.id, held_on=days_ago(days), **values)


def promised(by: Member) -> list[tuple[str, int]]:
    tasks = list_tasks(by, clock.today())
    return [(task.kind, (task.due_on - clock.today()).days) for task in tasks if task.kind == "practice_talk"]


def test_the_promised_talk_goes_only_when_it_is_recorded_or_moved(office: Member, linde: Practice) -> None:
    first = record_talk(office, a_talk(linde, staff=office.id, with_whom=" S. Bos "))
    assert (first.with_whom, first.staff_id) == ("S. Bos", office.id)
    assert promised(office) == [("practice_talk", 2)]

    move_next_talk(office, NextTalkDraft(id=first.id, version=first.version, next_on=days_ago(-5)))
    assert promised(office) == [("practice_talk", 5)]
    move_next_talk(office, NextTalkDraft(id=first.id, version=first.version + 1, next_on=days_ago(-60)))
    assert promised(office) == []
    undo_last(office)
    assert promised(office) == [("practice_talk", 5)]

    record_talk(office, a_talk(linde, days=0, next_in=90))
    assert promised(office) == []
    undo_last(office)
    assert promised(office) == [("practice_talk", 5)]


def test_a_talk_is_late_after_its_day(office: Member, linde: Practice) -> None:
    record_talk(office, a_talk(linde, days=90, next_in=-3))
    assert promised(office) == [("practice_talk", -3)]


def test_correcting_keeps_the_practice_and_taking_back_brings_the_promise_back(office: Member, linde: Practice) -> None:
    record_talk(office, a_talk(linde))
    held = record_talk(office, a_talk(linde, days=1, next_in=90))
    corrected = PracticeTalkDraft(id=held.id, version=held.version, held_on=days_ago(2), question="Hoe gaat het?")
    correct_talk(office, corrected)
    found = PracticeTalk.get_by_id(held.id)
    assert (found.practice_id, found.held_on, found.agreed, found.next_on) == (linde.id, days_ago(2), "", None)
    assert promised(office) == []

    take_back_talk(office, held.id, found.version)
    assert promised(office) == [("practice_talk", 2)]
    undo_last(office)
    assert PracticeTalk.get_by_id(held.id).question == "Hoe gaat het?"


def test_a_colleague_who_was_first_is_not_overwritten(office: Member, linde: Practice) -> None:
    talk = record_talk(office, a_talk(linde))
    move_next_talk(office, NextTalkDraft(id=talk.id, version=talk.version, next_on=days_ago(-5)))
    with pytest.raises(Refused):
        move_next_talk(office, NextTalkDraft(id=talk.id, version=talk.version, next_on=days_ago(-9)))
    assert PracticeTalk.get_by_id(talk.id).next_on == days_ago(-5)


def test_what_cannot_be_stores_nothing(office: Member, linde: Practice) -> None:
    for wrong in ({"agreed": "bsn 111222333"}, {"next_in": -40}, {"days": -1}):
        with pytest.raises(Refused):
            record_talk(office, a_talk(linde, **wrong))
    assert PracticeTalk.select().count() == 0


def test_history_of_the_practice_and_the_log_tell_of_it(office: Member, linde: Practice) -> None:
    talk = record_talk(office, a_talk(linde))
    move_next_talk(office, NextTalkDraft(id=talk.id, version=talk.version, next_on=None))
    steps = history(office, "practice", linde.id)
    assert {(step.field, step.new) for step in steps} >= {("Wat is afgesproken", "Wij bellen binnen een week.")}
    names = [row.name for row in Audit.select().order_by(Audit.id)]
    assert names[-2:] == ["practice talk recorded", "practice talk moved"]


def test_talks_go_along_when_practices_are_merged(office: Member, linde: Practice) -> None:
    other = add_practice("De Linde (oud)", agb=None)
    record_talk(office, a_talk(other))
    record_talk(office, a_talk(linde, days=90))
    draft = MergeDraft(kept=linde.id, other=other.id, kept_version=linde.version, other_version=other.version)
    merge_practices(office, draft)
    assert {talk.practice_id for talk in PracticeTalk.select()} == {linde.id}
    assert promised(office) == [("practice_talk", 2)]


def test_a_next_talk_is_never_promised_where_it_would_be_lost(office: Member, linde: Practice) -> None:
    old = record_talk(office, a_talk(linde, days=30, next_in=-10))
    record_talk(office, a_talk(linde, days=5, next_on=None))
    with pytest.raises(Refused, match="Er is al een later gesprek") as refused:
        record_talk(office, a_talk(linde, days=8, next_in=20))
    assert "next_on" in refused.value.fields
    with pytest.raises(Refused, match="Er is al een later gesprek"):
        correct_talk(office, a_talk(linde, id=old.id, version=old.version, next_in=20))
    unchanged = a_talk(linde, id=old.id, version=old.version, next_in=-10, agreed="Anders.")
    assert correct_talk(office, unchanged).agreed == "Anders."
    record_talk(office, a_talk(linde, days=8, next_on=None))
    record_talk(office, a_talk(linde, days=5, next_in=3))  # the same day, the second one
    assert promised(office) == [("practice_talk", 3)]
