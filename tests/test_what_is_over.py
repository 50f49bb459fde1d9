"""What is over is not printed and not offered: after its last time nobody is sent to an activity unasked."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from pypdf import PdfReader

from desktop import clock
from desktop.actions.appointments import move_appointment, plan_first_visit
from desktop.actions.cards import activity_card
from desktop.actions.enrolments import enrol, record_first_time, stop_enrolment
from desktop.actions.wijksafari import around
from desktop.errors import Doubtful, Refused
from desktop.rules.cards import spoken_day
from desktop.rules.deeds import AppointmentDraft, EnrolDraft, FirstTimeDraft, StopDraft
from desktop.rules.schedules import Schedule as Times
from desktop.rules.schedules import weekly
from desktop.rules.staff import Member
from desktop.storage.deeds import list_activity_names
from desktop.storage.groups import list_own_groups
from desktop.storage.matching import list_offers
from desktop.storage.models import Activity, Location, Schedule
from desktop.storage.schedules import columns_of
from tests.factory import (
    add_activity,
    add_enrolment,
    add_member,
    add_practice,
    add_row,
    add_voucher,
    days_ago,
)

LONG_AGO, WEEK = timedelta(days=100), timedelta(days=7)
EVERY_DAY = weekly(list(range(7)))


def today() -> date:
    return clock.today()


def sessions(last: date) -> list[tuple[Times, ...]]:
    """Four ways in which the last time is on this day."""
    weekday = weekly([last.weekday()])
    return [
        (Times("", last, opens=time(10)),),
        (Times(weekday, last - LONG_AGO, last, time(10)),),
        (Times(f"{weekday};COUNT=3", last - 2 * WEEK, opens=time(10)),),
        (Times("", last - WEEK), Times(EVERY_DAY, None, last)),
    ]


def held(title: str, times: tuple[Times, ...], **more: object) -> Activity:
    near = add_row(Location(name="De Brink", postcode="5611 ZZ", town="Dorpstad"))
    activity = add_activity(title, location=near, **more)
    for each in times:
        add_row(Schedule(activity=activity, **columns_of(each)))
    return activity


def read(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def on_the_card(by: Member, practice_id: int) -> list[str]:
    return [offer.title for offer in around(by, "practice", practice_id).offers]


@pytest.mark.parametrize("kind", range(4))
@pytest.mark.parametrize(("last", "seen"), [(-1, False), (0, True), (1, True)])
def test_activity_is_offered_until_its_last_time(office: Member, kind: int, last: int, seen: bool) -> None:
    leader, practice = add_member("L. Leider", "leader"), add_practice()
    held("Leesgroep", sessions(today() + timedelta(days=last))[kind], leader=leader.id)
    lists: dict[str, Callable[[], list[str]]] = {
        "the card of the neighbourhood": lambda: on_the_card(office, practice.id),
        "what is found with a talk": lambda: [offer.title for offer in list_offers(office)],
        "the activities to choose from": lambda: [name.split(",")[0] for _id, name in list_activity_names(office)],
        "the groups of a leader": lambda: [group.title for group in list_own_groups(leader)],
    }
    for where, titles in lists.items():
        assert (titles() == ["Leesgroep"]) == seen, where


def test_of_several_times_only_what_is_still_held_is_printed(office: Member) -> None:
    monday = Times(weekly([0]), None, None, time(14), time(16))
    practice, over = add_practice(), Times("", days_ago(3), opens=time(10))
    held("Koffie", (over, monday))
    (offer,) = around(office, "practice", practice.id).offers
    assert offer.when == ("Elke maandag 14:00-16:00",)


def test_activity_whose_times_nobody_knows_is_never_over(office: Member) -> None:
    held("Maatje", (Times(note="op afspraak"),))
    held("Tuin", ())
    assert {name for _id, name in list_activity_names(office)} == {"Maatje, De Brink", "Tuin, De Brink"}


def test_what_was_chosen_before_it_was_over_stays_to_choose(office: Member) -> None:
    over = held("Cursus", sessions(days_ago(1))[1])
    assert list_activity_names(office, over.id) == [(over.id, "Cursus, De Brink")]


@pytest.mark.parametrize("waiting", [False, True])
def test_signing_up_where_it_is_over_is_asked_first(office: Member, waiting: bool) -> None:
    voucher = add_voucher(office, add_practice())
    over = held("Cursus", sessions(days_ago(1))[1])
    draft = {"voucher_id": voucher.id, "activities": (over.id,), "enrolled_on": today(), "waiting": waiting}
    with pytest.raises(Doubtful) as asked:
        enrol(office, EnrolDraft(**draft))
    assert "Cursus is voorbij" in asked.value.fields["activities"]
    assert len(enrol(office, EnrolDraft(**draft, sure=True))) == 1


def test_first_day_after_the_last_time_is_asked_about_and_one_before_it_is_not(office: Member) -> None:
    voucher, last = add_voucher(office, add_practice()), today() + timedelta(days=20)
    course = held("Cursus", sessions(last)[1])
    draft = {"voucher_id": voucher.id, "activities": (course.id,), "enrolled_on": today()}
    with pytest.raises(Doubtful) as asked:
        enrol(office, EnrolDraft(**draft, start_on=last + WEEK))
    assert f"vóór {last + WEEK:%d-%m-%Y}" in asked.value.fields["activities"]
    (enrolment,) = enrol(office, EnrolDraft(**draft, start_on=last - WEEK))
    visit = AppointmentDraft(
        voucher_id=voucher.id, enrolment_id=enrolment.id, day=last + WEEK, hour=time(10), place="activity",
        coach=office.id,
    )  # fmt: skip
    with pytest.raises(Doubtful) as late:
        plan_first_visit(office, visit)
    assert "Cursus is voorbij" in late.value.fields["day"]
    planned = plan_first_visit(office, replace(visit, day=last - WEEK))
    with pytest.raises(Doubtful) as moved:
        move_appointment(office, replace(visit, id=planned.id))
    assert "Cursus is voorbij" in moved.value.fields["day"]


def test_who_was_there_while_it_was_still_held_is_not_asked_about(office: Member) -> None:
    voucher = add_voucher(office, add_practice(), dated_on=days_ago(60), received_on=days_ago(60))
    course = held("Cursus", sessions(days_ago(2))[1])
    there = add_enrolment(voucher, course, state="enrolled", enrolled_on=days_ago(40))
    stop_enrolment(office, StopDraft(enrolment_id=there.id, stopped_on=days_ago(30), stop_reason="cost", sure=True))
    again = FirstTimeDraft(enrolment_id=there.id, first_attended_on=days_ago(9), first_known_by="leader")
    assert record_first_time(office, again).state == "started"


def test_no_place_of_what_is_over_is_given_to_who_waits(office: Member) -> None:
    choir = held("Koor", sessions(days_ago(1))[1], capacity=1)
    practice = add_practice()
    sings = add_enrolment(add_voucher(office, practice), choir, state="started", first_attended_on=days_ago(5))
    other = add_voucher(office, practice, surname="Visser", birth_date="1960-01-01", phone="+31687654322")
    waits = add_enrolment(other, choir, state="waiting")
    stop_enrolment(office, StopDraft(enrolment_id=sings.id, stopped_on=today(), stop_reason="cost", sure=True))
    assert type(waits).get_one(waits.id).state == "waiting"


def test_card_for_what_is_over_is_not_printed_and_says_why(office: Member) -> None:
    over = add_enrolment(add_voucher(office, add_practice()), held("Cursus", sessions(days_ago(1))[2]))
    with pytest.raises(Refused) as refused:
        activity_card(office, over.id)
    assert "Cursus is voorbij" in refused.value.sentence()


def test_card_says_the_times_to_come_and_not_those_that_were(office: Member) -> None:
    was, comes = days_ago(7), today() + timedelta(days=7)
    enrolment = add_enrolment(
        add_voucher(office, add_practice()), held("Excursie", (Times("", was), Times("", comes, opens=time(13, 30))))
    )
    card = read(activity_card(office, enrolment.id).pdf)
    assert "om 13.30 uur" in card
    assert card.count("Wanneer") == 1
    assert spoken_day(comes) in card
    assert str(was.day) not in card.replace(spoken_day(comes), "").split()


def test_what_no_rule_says_of_the_times_stands_on_every_paper(office: Member) -> None:
    said = "niet in de vakantie"
    practice = add_practice()
    club = held("Wandelclub", (Times(weekly([1]), None, None, time(10), time(11)),), schedule_note=said)
    (offer,) = around(office, "practice", practice.id).offers
    assert offer.when == ("Elke dinsdag 10:00-11:00", said.capitalize())
    (found,) = list_offers(office)
    assert found.when == f"elke dinsdag 10:00-11:00; {said}"
    enrolment = add_enrolment(add_voucher(office, practice), club)
    assert said in read(activity_card(office, enrolment.id).pdf)
