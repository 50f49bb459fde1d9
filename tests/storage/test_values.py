"""The figures of practices against days in the office that were counted by hand."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from desktop import clock
from desktop.rules.staff import Member
from desktop.rules.values import Averages, Quarter, Values
from desktop.storage.changes import Record
from desktop.storage.models import (
    Aftercare,
    ContactAttempt,
    Dispatch,
    Letter,
    LetterMoment,
    Practice,
    Voucher,
)
from desktop.storage.values import count_values, list_valued, values_of
from tests.counting import assert_query_count
from tests.factory import (
    add_activity,
    add_closing,
    add_enrolment,
    add_intake,
    add_practice,
    add_row,
    add_voucher,
)

Q3 = Quarter(2026, 3)
TODAY = date(2026, 11, 20)
JULY = date(2026, 7, 6)


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The office is told about earlier days; nothing of it may lie in the future."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 9, 0, tzinfo=UTC))


def case(by: Member, practice: Practice, received: date = JULY, **more: Any) -> Voucher:
    number = Voucher.select().count()
    facts = {"dated_on": received, "received_on": received, "surname": f"Jansen{number}", "sure": True, **more}
    return add_voucher(by, practice, **facts)


def deed(model: type[Record], voucher: Voucher, **facts: Any) -> Record:
    return add_row(model(voucher=voucher, person=voucher.person_id, **facts))


def reached(voucher: Voucher, day: date, outcome: str = "reached", hour: time = time(10)) -> None:
    at = datetime.combine(day, hour, clock.AMSTERDAM)
    deed(ContactAttempt, voucher, at=at, outcome=outcome)


def began(voucher: Voucher, day: date, **more: Any) -> None:
    add_enrolment(voucher, add_activity(), state="started", enrolled_on=day, first_attended_on=day, **more)


def letter(voucher: Voucher, moments: str, sent: date | datetime, **more: Any) -> Letter:
    first = moments.split()[0]
    made = Letter(
        **{
            "voucher": voucher,
            "person": voucher.person_id,
            "moment": first,
            "practice": voucher.practice_id,
            "recipient_key": f"{voucher.practice_id}-{Letter.select().count()}",
            "state": "sent",
            "content": "{}",
            "written_on": JULY,
            **more,
        }
    )
    add_row(made)
    for moment in moments.split():
        add_row(LetterMoment(letter=made, moment=moment))
    at = sent if isinstance(sent, datetime) else datetime.combine(sent, time(15), clock.AMSTERDAM)
    add_row(Dispatch(letter=made, way="print", sent_at=at, confirmed_at=at))
    return made


def of(practice: Practice, quarter: Quarter = Q3) -> Values:
    return values_of(quarter, TODAY, [practice.id])[practice.id]


def test_received_are_those_that_came_in_within_the_quarter_of_this_practice(office: Member) -> None:
    linde, oost = add_practice(), add_practice("Oost", agb="01054399")
    for day in ("2026-06-30", "2026-07-01", "2026-09-30", "2026-10-01"):
        case(office, linde, date.fromisoformat(day))
    case(office, linde, dated_on=date(2026, 6, 20))  # dated before, received within
    case(office, oost)
    add_closing(case(office, linde), "error")
    with_outcome = Voucher.select().order_by(Voucher.id.desc()).get()
    with_outcome.outcome = "error"
    add_row(with_outcome)
    assert (of(linde).received, of(oost).received) == (3, 1)
    assert of(linde, Q3.before).received == 1


def test_arrived_and_started_counted_by_hand(office: Member) -> None:
    linde = add_practice()
    called, voicemail, late, walked_in, talked, later = (case(office, linde) for _n in range(6))
    reached(called, JULY + timedelta(days=14), hour=time(23, 30))  # the last hour of the last day, here
    reached(voicemail, JULY + timedelta(days=2), "voicemail")
    reached(late, JULY + timedelta(days=15), hour=time(0, 30))  # half past twelve at night: a day later here
    began(walked_in, JULY)
    add_intake(talked, JULY + timedelta(days=9))
    began(talked, date(2026, 10, 14))
    began(later, date(2026, 10, 15))  # after the day up to which is counted
    add_enrolment(called, add_activity(), state="enrolled")
    values = of(linde)
    assert (values.received, values.arrived, values.started) == (6, 3, 2)


def test_still_active_three_months_on(office: Member) -> None:
    linde, may = add_practice(), date(2026, 5, 11)
    goes_on, stopped, moved_on, said_so, before, closed = (case(office, linde, date(2026, 4, 2)) for _n in range(6))
    began(goes_on, may)
    began(stopped, may, stopped_on=date(2026, 7, 1))
    began(moved_on, may, stopped_on=date(2026, 6, 1))
    began(moved_on, date(2026, 6, 8))
    began(said_so, may)
    deed(Aftercare, said_so, held_on=date(2026, 8, 12), outcome="stopped")
    deed(Aftercare, said_so, held_on=date(2026, 10, 20), outcome="still")  # after the last day that is counted
    began(before, date(2026, 3, 31))
    began(before, may)
    began(closed, may)
    add_closing(closed, "stopped", closed_on=date(2026, 7, 9))
    assert (of(linde).group, of(linde).active) == (5, 3)  # goes on, moved on, and closed without an ending kept
    kept = Voucher.get_by_id(closed.id)
    kept.outcome = "stopped"
    add_row(kept)
    assert (of(linde).group, of(linde).active) == (5, 2)


def test_letters_sent_in_the_quarter_and_those_on_time(office: Member) -> None:
    linde = add_practice()
    one, two, three = (case(office, linde) for _n in range(3))
    letter(one, "arrived", JULY + timedelta(days=14))
    letter(two, "arrived", JULY + timedelta(days=15))
    add_intake(three, date(2026, 7, 10))
    letter(three, "intake arrived", date(2026, 7, 17))
    letter(three, "signal", date(2026, 7, 17))
    letter(one, "intake", date(2026, 7, 17), withdrawn_on=date(2026, 7, 20), withdrawn_why="fout")
    letter(one, "closing", date(2026, 7, 21), corrects=Letter.get())
    letter(two, "closing", date(2026, 7, 21), copy_of=Letter.get())
    letter(one, "progress", datetime(2026, 9, 30, 22, 30, tzinfo=UTC))  # 1 October here
    letter(two, "progress", datetime(2026, 9, 30, 21, 30, tzinfo=UTC))
    handed = letter(three, "closing", date(2026, 9, 1))
    Dispatch.update(confirmed_at=None).where(Dispatch.letter == handed).execute()
    assert (of(linde).letters, of(linde).on_time) == (4, 3)
    assert of(linde, Quarter(2026, 4)).letters == 1


def test_contacts_with_the_gp_are_pairs_of_one_case(office: Member) -> None:
    linde = add_practice()
    whole, only_before, only_after, twice, elsewhen = (case(office, linde) for _n in range(5))
    add_intake(whole, JULY, gp_contacts=6)
    deed(Aftercare, whole, held_on=date(2026, 9, 7), gp_contacts=2)
    add_intake(only_before, JULY, gp_contacts=9)
    deed(Aftercare, only_after, held_on=date(2026, 9, 7), gp_contacts=9)
    add_intake(twice, JULY, gp_contacts=None)
    add_intake(twice, JULY + timedelta(days=1), gp_contacts=3)
    add_intake(twice, JULY + timedelta(days=9), gp_contacts=8)
    deed(Aftercare, twice, held_on=date(2026, 9, 7), gp_contacts=5)
    deed(Aftercare, twice, held_on=date(2026, 9, 20), gp_contacts=0)
    deed(Aftercare, twice, held_on=date(2026, 10, 20), gp_contacts=7)
    add_intake(elsewhen, JULY, gp_contacts=9)
    deed(Aftercare, elsewhen, held_on=date(2026, 10, 1), gp_contacts=9)
    assert of(linde).contacts == Averages(4.5, 1.0, 2)


def test_a_quarter_without_anything(office: Member) -> None:
    linde = add_practice()
    assert of(linde) == Values()
    assert values_of(Q3, TODAY, []) == {}


def test_as_many_queries_however_many_practices_and_cases(office: Member) -> None:
    practices = [add_practice(f"Praktijk {n}", agb=None) for n in range(8)]
    for practice in practices:
        for _n in range(3):
            began(case(office, practice), JULY)
    with assert_query_count(30) as asked:  # once the cases, as every list reads them
        count_values(office, Q3, TODAY, [practices[0].id])
    with assert_query_count(len(asked)):
        figures = count_values(office, Q3, TODAY, [each.id for each in practices])
    assert [figures[each.id].received for each in practices] == [3] * 8


def test_practices_that_refer_no_more_get_no_page(office: Member) -> None:
    add_practice("Zuid", agb=None)
    add_practice("Noord", agb=None)
    add_practice("Weg", agb=None, active=False)
    gone = add_practice("Samen", agb=None)
    gone.merged_into = Practice.get()
    add_row(gone)
    assert [each.name for each in list_valued(office)] == ["Noord", "Zuid"]


def test_somebody_with_two_vouchers_is_one_of_the_people(office: Member) -> None:
    linde = add_practice()
    one = case(office, linde)
    two = case(office, linde, JULY + timedelta(days=1), person_id=one.person_id)
    for voucher, after, day in ((one, 5, 7), (two, 2, 9)):
        add_intake(voucher, JULY + timedelta(days=2), gp_contacts=6)
        deed(Aftercare, voucher, held_on=date(2026, 9, day), gp_contacts=after)
    assert of(linde).contacts == Averages(6.0, 2.0, 1)
    for _n in range(3):
        case(office, linde)
    assert (of(linde).received, of(linde).too_few) == (5, True)
    case(office, linde)
    assert not of(linde).too_few


def test_a_letter_is_on_time_by_the_closing_it_told_also_when_that_was_opened_again(office: Member) -> None:
    linde = add_practice()
    voucher = case(office, linde)
    first = add_closing(voucher, "stopped", closed_on=date(2026, 8, 3), reopened_on=date(2026, 8, 20))
    told = letter(voucher, "closing", date(2026, 8, 10))
    LetterMoment.update(subject=first.id).where(LetterMoment.letter == told).execute()
    add_closing(voucher, "completed", closed_on=date(2026, 9, 1))
    late = letter(voucher, "closing", date(2026, 9, 28), subject=1)
    LetterMoment.update(subject=first.id + 1).where(LetterMoment.letter == late).execute()
    assert (of(linde).letters, of(linde).on_time) == (2, 1)
