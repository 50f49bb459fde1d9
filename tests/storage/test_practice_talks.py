"""Talks with practices as they are found again: the newest, and which next one is due."""

from datetime import date, timedelta
from typing import Any

from desktop import clock
from desktop.rules.staff import Member
from desktop.storage.models import Practice, PracticeTalk
from desktop.storage.practice_talks import last_talk, list_talks, newest_talks, next_talks
from desktop.storage.tasks import list_tasks
from tests.counting import assert_query_count
from tests.factory import add_member, add_practice, add_row, days_ago


def talk(practice: Practice, days: int, next_in: int | None = None, **more: Any) -> PracticeTalk:
    again = clock.today() + timedelta(days=next_in) if next_in is not None else None
    made = PracticeTalk(practice=practice, held_on=days_ago(days), next_on=again, agreed=f"{days} geleden", **more)
    add_row(made)
    return made


def due(until: date | None = None, staff: int | None = None) -> list[str]:
    return [each.practice.name for each in next_talks(until or clock.today(), staff)]


def test_newest_first_whatever_order_they_were_written_down_in(office: Member) -> None:
    linde = add_practice()
    for days in (30, 5, 90, 5):
        talk(linde, days)
    found = list_talks(office, linde.id)
    assert [each.held_on for each in found] == [days_ago(n) for n in (5, 5, 30, 90)]
    assert found[0].id > found[1].id
    assert last_talk(office, linde.id) == found[0]
    assert newest_talks([linde.id]) == {linde.id: found[0]}


def test_only_the_newest_talk_of_a_practice_has_a_next_one(office: Member) -> None:
    linde, oost = add_practice("De Linde"), add_practice("Oost", agb="01054399")
    talk(linde, 90, next_in=-3)
    talk(oost, 20, next_in=0)
    assert due() == ["De Linde", "Oost"]
    talk(linde, 1)  # held, and nothing promised
    assert due() == ["Oost"]
    talk(oost, 40, next_in=-10)  # an older talk that was written down late changes nothing
    assert due() == ["Oost"]


def test_a_week_ahead_it_stands_under_to_do_with_the_phone_of_the_practice(office: Member) -> None:
    linde = add_practice()
    talk(linde, 90, next_in=7, with_whom="S. Bos")
    (task,) = list_tasks(office, clock.today())
    assert (task.kind, task.subject_id, task.strong) == ("practice_talk", linde.id, "040 211 1111")
    assert task.title == "Gesprek met De Linde"
    assert task.subtitle.startswith("Met S. Bos · vorige keer ")
    assert list_tasks(office, days_ago(1)) == []
    assert [each.due_on < days_ago(-9) for each in list_tasks(office, days_ago(-9))] == [True]


def test_only_mine_are_those_i_held_or_whose_coach_i_am_and_those_of_nobody(office: Member) -> None:
    other = add_member("K. de Boer", "coach")
    talk(add_practice("Van mij", agb=None), 10, 0, staff=office.id)
    talk(add_practice("Mijn praktijk", agb=None, coach=office.id), 10, 0, staff=other.id)
    talk(add_practice("Van een ander", agb=None, coach=other.id), 10, 0, staff=other.id)
    talk(add_practice("Van niemand", agb=None), 10, 0)
    assert due(staff=office.id) == ["Van mij", "Mijn praktijk", "Van niemand"]
    assert due(staff=other.id) == ["Mijn praktijk", "Van een ander", "Van niemand"]


def test_one_query_however_many_practices(office: Member) -> None:
    practices = [add_practice(f"Praktijk {n}", agb=None) for n in range(12)]
    for practice in practices:
        talk(practice, 10, 0)
    with assert_query_count(1):
        assert len(due()) == 12
    with assert_query_count(1):
        assert len(newest_talks([each.id for each in practices])) == 12
    with assert_query_count(1):
        assert [each.staff for each in list_talks(office, practices[0].id)] == [None]
