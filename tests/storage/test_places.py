"""Places counted once for everyone who asks: one person one place, whichever voucher; and the waiting line."""

from datetime import timedelta

import pytest

from desktop import clock
from desktop.rules.staff import Member
from desktop.storage.activities import fetch_activities
from desktop.storage.matching import list_offers
from desktop.storage.models import Voucher
from desktop.storage.places import places_by_activity, places_of, waiting_line
from desktop.storage.tasks import list_tasks
from desktop.storage.wijksafari import list_on_offer
from tests.counting import assert_query_count
from tests.factory import add_activity, add_enrolment, add_practice, add_voucher, days_ago

SURNAMES = ("Bakker", "Visser", "Smit", "Mulder")


@pytest.fixture
def people(office: Member) -> list[Voucher]:
    practice = add_practice()
    return [
        add_voucher(office, practice, surname=name, birth_date=f"196{at}-01-01", phone=f"+3168765432{at}")
        for at, name in enumerate(SURNAMES)
    ]


def test_each_state_counts_where_it_belongs(people: list[Voucher]) -> None:
    choir = add_activity("Koor", capacity=5)
    for voucher, state in zip(people, ("enrolled", "offered", "started", "waiting"), strict=True):
        add_enrolment(voucher, choir, state=state)
    add_enrolment(people[0], add_activity("Iets anders"))
    places = places_of(choir)
    assert (places.taken, places.offered, places.waiting, places.left) == (3, 1, 1, 2)


def test_person_with_two_vouchers_takes_one_place(office: Member, people: list[Voucher]) -> None:
    choir = add_activity("Koor", capacity=2)
    again = add_voucher(office, add_practice("Het Veen", agb="01054399"), person_id=people[0].person_id, sure=True)
    first = add_enrolment(people[0], choir)
    add_enrolment(again, choir)
    assert (places_of(choir).taken, places_of(choir, without=first.id).taken) == (1, 1)


def test_everyone_who_asks_gets_the_same_count(office: Member, people: list[Voucher]) -> None:
    choir = add_activity("Koor", capacity=3)
    for voucher, state in zip(people, ("enrolled", "offered", "started", "stopped"), strict=True):
        add_enrolment(voucher, choir, state=state)
    (line,) = fetch_activities(office, [choir.id])
    (offer,) = list_offers(office)
    (shown,) = list_on_offer(office)
    assert (line.taken, line.places.left, offer.places_left, shown.full) == (3, 0, 0, True)


def test_all_activities_are_counted_in_one_query(people: list[Voucher]) -> None:
    for number in range(5):
        add_enrolment(people[0], add_activity(f"Groep {number}", capacity=number + 1))
    with assert_query_count(1):
        assert [each.left for each in places_by_activity().values()] == [0, 1, 2, 3, 4]


def test_line_is_in_the_order_of_waiting_then_of_arrival(people: list[Voucher]) -> None:
    choir = add_activity("Koor", capacity=1)
    late, early, same, last = (
        add_enrolment(voucher, choir, state="waiting", enrolled_on=day, queued_at=again)
        for voucher, day, again in zip(
            people,
            (days_ago(2), days_ago(9), days_ago(2), days_ago(20)),
            (None, None, None, clock.now() - timedelta(days=2)),
            strict=True,
        )
    )
    assert [each.enrolment_id for each in waiting_line(choir.id)] == [early.id, late.id, same.id, last.id]


def test_who_is_not_first_in_line_is_not_told_of_a_place(office: Member, people: list[Voucher]) -> None:
    choir = add_activity("Koor", capacity=2)
    add_enrolment(people[0], choir, state="started", first_attended_on=days_ago(30))
    first, second = (add_enrolment(each, choir, state="waiting", enrolled_on=days_ago(9)) for each in people[1:3])
    free = [task.subject_id for task in list_tasks(office, clock.today()) if task.kind == "place_free"]
    assert free == [first.id]
    assert second.id not in free
