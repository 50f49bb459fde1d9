"""Somebody died: everything of theirs stops, whichever voucher it was heard of on, and a mistake is put right whole."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from desktop import clock
from desktop.actions.appointments import plan_intake
from desktop.actions.deceased import record_death, take_back_death
from desktop.actions.endings import close_case, correct_closing, reopen_case, take_back_closing
from desktop.actions.enrolments import enrol, register_walk_in
from desktop.actions.letters import write_letter
from desktop.actions.merge import merge_people
from desktop.actions.undo import undo_last
from desktop.actions.vouchers import refresh_status, register_voucher
from desktop.errors import Doubtful, Refused
from desktop.rules.deceased import DeathDraft
from desktop.rules.deeds import AppointmentDraft, ClosingDraft, EnrolDraft, ReopenDraft, WalkInDraft
from desktop.rules.staff import Member
from desktop.rules.status import status_of
from desktop.storage import changes
from desktop.storage.cases import read_case
from desktop.storage.days import appointments_of
from desktop.storage.groups import list_own_participants
from desktop.storage.letters_due import due_of_case
from desktop.storage.merge import differences
from desktop.storage.models import Activity, Appointment, Closing, Enrolment, Person, Voucher
from desktop.storage.tasks import list_tasks
from desktop.storage.vouchers import terms
from tests.actions.test_merge import draft as merging
from tests.factory import (
    a_draft,
    add_activity,
    add_consent,
    add_enrolment,
    add_intake,
    add_member,
    add_practice,
    add_row,
    add_voucher,
    days_ago,
)


@pytest.fixture
def leader(office: Member) -> Member:
    return add_member("Karin Mulder", "leader")


@pytest.fixture
def group(leader: Member) -> Activity:
    return add_activity("Koffie-inloop", leader=leader.id, capacity=5)


@pytest.fixture
def cases(office: Member, group: Activity) -> list[Voucher]:
    """Two open vouchers of one person, and an older one after which she goes on taking part without us."""
    practice = add_practice()
    old = add_voucher(office, practice, dated_on=days_ago(200))
    add_consent(old, "activity")
    add_enrolment(old, group, state="started", enrolled_on=days_ago(150), first_attended_on=days_ago(150))
    close_case(office, ClosingDraft(voucher_id=old.id, closed_on=days_ago(60), outcome="completed", sure=True))
    more = {"person_id": old.person_id, "coach": office.id}
    first = add_voucher(office, practice, dated_on=days_ago(30), **more)
    add_intake(first, days_ago(10))
    second = add_voucher(office, add_practice("Het Veen", agb=None), dated_on=days_ago(20), **more)
    for days in (0, 5):
        add_row(Appointment(voucher=second, person=second.person_id, coach=office.id, kind="intake",
                            starts_at=datetime.combine(clock.today() + timedelta(days=days), time(10))))  # fmt: skip
    with changes.deed(office.id, "status set by a test"):
        for each in (first, second):
            refresh_status(Voucher.get_by_id(each.id))
    return [old, first, second]


def closed_as_deceased(by: Member, voucher: Voucher, sure: bool = True) -> Closing:
    draft = ClosingDraft(voucher_id=voucher.id, closed_on=clock.today(), outcome="deceased", sure=sure)
    return close_case(by, draft)


def person_of(cases: list[Voucher]) -> Person:
    person: Person = Person.get_by_id(cases[0].person_id)
    return person


def is_silent(by: Member, leader: Member, group: Activity, cases: list[Voucher]) -> bool:
    today = clock.today()
    seen = [task for task in list_tasks(by, today) if task.person_id == cases[0].person_id]
    listed = list_own_participants(leader, group.id)
    owed = [due for case in cases for due in due_of_case(by, case.id, today) if not due.why_not]
    return not seen and not listed and not owed and not appointments_of(by, by.id, today)


@pytest.mark.parametrize("at", [1, 2])
def test_heard_of_on_one_voucher_it_ends_them_all(
    office: Member, leader: Member, group: Activity, cases: list[Voucher], at: int
) -> None:
    other = cases[3 - at]
    with pytest.raises(Doubtful, match=rf"{other.number}.* wordt afgesloten"):
        closed_as_deceased(office, cases[at], sure=False)
    assert person_of(cases).deceased_on is None
    closed_as_deceased(office, cases[at])
    assert person_of(cases).deceased_on == clock.today()
    assert [Voucher.get_by_id(each.id).outcome for each in cases] == ["completed", "deceased", "deceased"]
    assert is_silent(office, leader, group, cases)
    with pytest.raises(Refused, match="geen bericht"):
        write_letter(office, cases[0].id, "closing")


def test_heard_of_without_an_open_voucher(
    office: Member, leader: Member, group: Activity, cases: list[Voucher]
) -> None:
    person = person_of(cases)
    record_death(office, DeathDraft(person_id=person.id, deceased_on=days_ago(2), sure=True))
    assert is_silent(office, leader, group, cases)
    assert {each.closed_on for each in Closing.select().where(Closing.outcome == "deceased")} == {days_ago(2)}
    with pytest.raises(Refused, match="toekomst"):
        record_death(office, DeathDraft(person_id=person.id, deceased_on=days_ago(-2)))


def _corrected(by: Member, closing: Closing) -> None:
    draft = ClosingDraft(id=closing.id, voucher_id=closing.voucher_id, closed_on=closing.closed_on, outcome="stopped",
                         reason="cost", sure=True)  # fmt: skip
    correct_closing(by, draft)


def _reopened(by: Member, closing: Closing) -> None:
    draft = ReopenDraft(voucher_id=closing.voucher_id, reopened_on=clock.today(), reopened_why="vergissing", sure=True)
    reopen_case(by, draft)


BACK: dict[str, Callable[[Member, Closing], object]] = {
    "reopened": _reopened,
    "closing taken back": lambda by, closing: take_back_closing(by, closing.id, sure=True),
    "death taken back": lambda by, closing: take_back_death(by, closing.person_id, sure=True),
    "undone": lambda by, _closing: undo_last(by),
    "corrected": _corrected,
}


@pytest.mark.parametrize("how", list(BACK))
def test_a_mistake_brings_all_of_it_back(office: Member, leader: Member, cases: list[Voucher], how: str) -> None:
    group = Activity.get()
    closing = closed_as_deceased(office, cases[1])
    BACK[how](office, closing)
    assert person_of(cases).deceased_on is None
    states = [Voucher.get_by_id(each.id).status for each in cases]
    assert states == ["closed", "closed" if how == "corrected" else "intake_held", "intake_planned"]
    assert [each.name for each in list_own_participants(leader, group.id)] == ["Annie M."]
    assert Closing.select().where((Closing.outcome == "deceased") & Closing.reopened_on.is_null()).count() == 0
    future = Appointment.select().where(Appointment.starts_at > clock.local_now().replace(tzinfo=None).isoformat())
    assert {each.state for each in future} == {"planned"}


def test_the_way_back_is_asked_when_other_vouchers_open_too(office: Member, cases: list[Voucher]) -> None:
    closing = closed_as_deceased(office, cases[1])
    number = cases[2].number
    for deed in (
        lambda: take_back_closing(office, closing.id),
        lambda: take_back_death(office, closing.person_id),
        lambda: reopen_case(office, ReopenDraft(voucher_id=cases[1].id, reopened_on=clock.today(), reopened_why="nee")),
    ):
        with pytest.raises(Doubtful, match=rf"niet overleden.*{number}"):
            deed()


def test_a_case_that_ended_well_is_not_opened_for_who_died(office: Member, cases: list[Voucher]) -> None:
    closed_as_deceased(office, cases[1])
    with pytest.raises(Refused, match="overleden"):
        reopen_case(office, ReopenDraft(voucher_id=cases[0].id, reopened_on=clock.today(), reopened_why="toch"))


def test_a_new_voucher_asks_and_then_only_wants_closing(office: Member, cases: list[Voucher]) -> None:
    closed_as_deceased(office, cases[1])
    again = {"person_id": cases[0].person_id, "dated_on": days_ago(1)}
    with pytest.raises(Doubtful, match="overleden"):
        register_voucher(office, a_draft(add_practice("De Brug", agb=None), **again))
    made = register_voucher(office, a_draft(add_practice("De Kade", agb=None), **again, sure=True))
    tasks = [task.kind for task in list_tasks(office, clock.today()) if task.voucher_id == made.id]
    assert tasks == ["close"]
    assert not [due for due in due_of_case(office, made.id, clock.today()) if not due.why_not]


@pytest.mark.parametrize("how", [each for each in BACK if each != "undone"])
def test_a_voucher_that_came_in_after_the_death_is_one_to_phone_once_it_was_a_mistake(
    office: Member, cases: list[Voucher], how: str
) -> None:
    closing = closed_as_deceased(office, cases[1])
    again = {"person_id": cases[0].person_id, "dated_on": days_ago(1), "sure": True}
    made = register_voucher(office, a_draft(add_practice("De Kade", agb=None), **again))
    BACK[how](office, closing)
    fresh = Voucher.get_by_id(made.id)
    now = status_of(read_case(made.id), terms())
    assert (fresh.status, fresh.due_on) == (now.status, now.due_on)


@pytest.mark.parametrize("which", ["kept", "other"])
def test_merging_who_lives_with_who_died_is_answered(office: Member, cases: list[Voucher], which: str) -> None:
    stranger = add_voucher(office, None, surname="Bakker")
    closed_as_deceased(office, stranger)
    kept, other = person_of(cases), Person.get_by_id(stranger.person_id)
    shown = {each.name: each for each in differences(office, "person", kept.id, other.id)}["deceased_on"]
    assert (shown.kept, shown.proposed) == ("leeft", "")
    with pytest.raises(Refused) as refused:
        merge_people(office, merging(kept, other))
    assert "deceased_on" in refused.value.fields
    merge_people(office, merging(kept, other, deceased_on=which))
    statuses = {each.status for each in Voucher.select().where(Voucher.person == kept.id)}
    died = Person.get_by_id(kept.id).deceased_on is not None
    assert died == (which == "other")
    assert statuses == ({"closed"} if died else {"closed", "intake_held", "intake_planned", "received"})
    assert (Enrolment.get().state == "stopped") == died
    undo_last(office)
    assert Person.get_by_id(other.id).deceased_on == clock.today()
    assert Voucher.get_by_id(cases[1].id).status == "intake_held"


@pytest.mark.parametrize("first", [0, 1])
def test_died_on_two_vouchers_that_were_closed_apart(office: Member, first: int) -> None:
    """As it was recorded before a death was a fact of the person."""
    one = add_voucher(office)
    two = add_voucher(office, person_id=one.person_id)
    closing: Any = closed_as_deceased(office, (one, two)[first])
    assert {each.status for each in Voucher.select()} == {"closed"}
    take_back_closing(office, closing.id, sure=True)
    assert {each.status for each in Voucher.select()} == {"received"}


DOORS: dict[str, Callable[[Member, Voucher, Activity], Any]] = {
    "signed up": lambda by, case, group: enrol(by, EnrolDraft(voucher_id=case.id, activities=(group.id,),
                                                              enrolled_on=clock.today(), sure=True)),
    "on the waiting list": lambda by, case, group: enrol(by, EnrolDraft(
        voucher_id=case.id, activities=(group.id,), enrolled_on=clock.today(), waiting=True, sure=True)),
    "walked in": lambda by, case, group: register_walk_in(by, WalkInDraft(
        **vars(a_draft(person_id=case.person_id, sure=True)), activity=group.id, first_attended_on=clock.today())),
    "an appointment": lambda by, case, _group: plan_intake(by, AppointmentDraft(
        voucher_id=case.id, day=days_ago(-3), hour=time(10), coach=by.id, sure=True)),
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_who_died_gets_no_place_and_no_appointment_by_any_door(
    office: Member, group: Activity, cases: list[Voucher], door: str
) -> None:
    """Also with a voucher that came in afterwards, which is open until somebody closes it."""
    record_death(office, DeathDraft(person_id=cases[0].person_id, deceased_on=days_ago(1), sure=True))
    late = register_voucher(office, a_draft(person_id=cases[0].person_id, sure=True))
    with pytest.raises(Refused, match="overleden"):
        DOORS[door](office, late, group)
    assert not Enrolment.select().where(Enrolment.state != "stopped").exists()
    assert Voucher.select().count() == len(cases) + 1


def test_an_earlier_closing_is_not_taken_back_for_who_died(office: Member, cases: list[Voucher]) -> None:
    """It would open a case of somebody dead, with the places that ended then."""
    record_death(office, DeathDraft(person_id=cases[0].person_id, deceased_on=days_ago(1), sure=True))
    completed = Closing.get(Closing.voucher == cases[0])
    with pytest.raises(Refused, match="overleden"):
        take_back_closing(office, completed.id, sure=True)


def test_a_death_that_was_a_mistake_before_says_nothing_of_a_later_one(office: Member, cases: list[Voucher]) -> None:
    mistaken = closed_as_deceased(office, cases[1])
    again = ReopenDraft(voucher_id=cases[1].id, reopened_on=clock.today(), reopened_why="Zij leeft", sure=True)
    reopen_case(office, again)
    closed_as_deceased(office, cases[1])
    take_back_closing(office, mistaken.id, sure=True)
    assert person_of(cases).deceased_on == clock.today()
    assert [Voucher.get_by_id(each.id).status for each in cases[1:]] == ["closed", "closed"]
