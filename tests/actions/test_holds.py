"""On hold as a deed: nobody is asked anything, the place is kept, and on its day somebody gets in touch."""

from typing import Any

import pytest

from desktop import clock
from desktop.actions.contacts import record_contact
from desktop.actions.endings import close_case
from desktop.actions.enrolments import enrol, stop_enrolment
from desktop.actions.holds import correct_pause, end_pause, pause_case, take_back_pause
from desktop.actions.undo import undo_last
from desktop.errors import Doubtful, Refused
from desktop.rules.deeds import AppointmentDraft, ClosingDraft, ContactDraft, EnrolDraft, StopDraft
from desktop.rules.holds import HoldDraft
from desktop.rules.staff import Member
from desktop.storage.activities import list_participants
from desktop.storage.groups import list_own_participants
from desktop.storage.models import Activity, Enrolment, Hold, Person, Voucher
from desktop.storage.places import places_of
from desktop.storage.story import story
from desktop.storage.tasks import list_tasks
from tests.actions.test_places import signed_up
from tests.factory import add_activity, add_member, add_practice, add_row, add_voucher, days_ago


@pytest.fixture
def voucher(office: Member) -> Voucher:
    made = add_voucher(office, add_practice(), dated_on=days_ago(20), received_on=days_ago(20))
    Person.update(informed_on=days_ago(19)).where(Person.id == made.person_id).execute()
    return made


def on_hold(by: Member, voucher: Voucher, until: int = 14, **more: Any) -> Hold:
    values: dict[str, Any] = {"from_on": days_ago(0), "until_on": days_ago(-until), "reason": "ill", **more}
    return pause_case(by, HoldDraft(voucher_id=voucher.id, **values))


def kinds(by: Member, day: int = 0) -> list[str]:
    return [task.kind for task in list_tasks(by, days_ago(-day)) if task.kind != "letters"]


def now(voucher: Voucher) -> Voucher:
    return Voucher.get_one(voucher.id)


def test_nothing_is_asked_until_the_day_it_ends_and_then_one_call(office: Member, voucher: Voucher) -> None:
    assert kinds(office) == ["call"]
    on_hold(office, voucher)
    assert (now(voucher).status, now(voucher).due_on) == ("received", days_ago(-14))
    assert kinds(office) == kinds(office, 13) == []
    assert kinds(office, 14) == ["resume"]
    (task,) = (each for each in list_tasks(office, days_ago(-14)) if each.kind == "resume")
    assert (task.title, task.strong) == ("Weer contact opnemen met mevrouw Van der Meer-de Wit", "06 8765 4321")
    assert "ziek" not in task.subtitle.lower()
    assert task.private == "ziek"


def test_back_sooner_goes_on_at_once_and_can_be_undone(office: Member, voucher: Voucher) -> None:
    hold = on_hold(office, voucher)
    end_pause(office, hold.id, hold.version)
    assert kinds(office) == ["call"]
    undo_last(office)
    assert kinds(office) == []
    undo_last(office)
    assert Hold.select().count() == 0
    assert now(voucher).due_on != days_ago(-14)


def test_pause_is_corrected_and_taken_back(office: Member, voucher: Voucher) -> None:
    hold = on_hold(office, voucher)
    fixed = correct_pause(
        office,
        HoldDraft(
            id=hold.id, version=hold.version, from_on=days_ago(2), until_on=days_ago(-30), reason="away", note="Turkije"
        ),
    )
    assert (fixed.reason, fixed.note, now(voucher).due_on) == ("away", "Turkije", days_ago(-30))
    take_back_pause(office, fixed.id, fixed.version)
    assert kinds(office) == ["call"]


def test_two_at_once_and_a_closed_case_are_refused(office: Member, voucher: Voucher) -> None:
    on_hold(office, voucher)
    with pytest.raises(Refused) as refused:
        on_hold(office, voucher, 30, from_on=days_ago(-5), sure=True)
    assert "from_on" in refused.value.fields
    on_hold(office, voucher, 30, from_on=days_ago(-20))
    close_case(office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(0), outcome="not_interested"))
    with pytest.raises(Refused):
        on_hold(office, voucher, 90, from_on=days_ago(-60))


def test_appointment_in_those_days_is_asked_about_and_stays(office: Member, voucher: Voucher) -> None:
    from datetime import time

    from desktop.actions.appointments import plan_intake

    plan_intake(office, AppointmentDraft(voucher_id=voucher.id, day=days_ago(-7), hour=time(10)))
    with pytest.raises(Doubtful) as doubt:
        on_hold(office, voucher)
    assert "10:00" in doubt.value.fields["from_on"]
    on_hold(office, voucher, sure=True)
    assert kinds(office, 7) == ["intake"]


def test_place_is_kept_and_leader_and_office_see_who_is_away(office: Member, voucher: Voucher) -> None:
    leader = add_member("L. Smit", "leader")
    choir = add_activity("Koor", capacity=1, leader=leader.id)
    signed_up(office, voucher, choir, start_on=days_ago(2))
    on_hold(office, voucher)
    assert places_of(choir).left == 0
    assert [each.away_until for each in list_own_participants(leader, choir.id)] == [days_ago(-14)]
    assert [each.away_until for each in list_participants(office, choir.id)] == [days_ago(-14)]
    assert kinds(office) == []


def test_who_is_on_hold_is_passed_over_and_keeps_the_turn(office: Member, voucher: Voucher) -> None:
    other = add_voucher(office, add_practice("Het Plein", agb=None), surname="Bos", dated_on=days_ago(20))
    third = add_voucher(office, add_practice("De Es", agb=None), surname="Vos", dated_on=days_ago(20))
    choir: Activity = add_activity("Koor", capacity=1)
    goes = signed_up(office, third, choir)
    first, second = (signed_up(office, each, choir, waiting=True) for each in (voucher, other))
    on_hold(office, voucher)
    stop_enrolment(office, StopDraft(enrolment_id=goes.id, stopped_on=days_ago(0), stop_reason="cost"))
    assert [Enrolment.get_one(each.id).state for each in (first, second)] == ["waiting", "offered"]


def test_calling_on_the_day_it_ends_settles_it_only_when_somebody_is_reached(office: Member, voucher: Voucher) -> None:
    hold = on_hold(office, voucher, from_on=days_ago(15), until=1)
    correct_pause(
        office, HoldDraft(id=hold.id, from_on=days_ago(15), until_on=days_ago(0), reason="ill", sure=True)
    )
    assert kinds(office) == ["resume"]
    record_contact(office, ContactDraft(voucher_id=voucher.id, outcome="no_answer"))
    assert kinds(office) == ["resume"]
    record_contact(office, ContactDraft(voucher_id=voucher.id, outcome="reached"))
    assert kinds(office) == ["plan_intake"]


def test_story_tells_of_the_pause_and_of_going_on(office: Member, voucher: Voucher) -> None:
    hold = on_hold(office, voucher, note="opname")
    end_pause(office, hold.id)
    titles = [(line.kind, line.title, line.subtitle) for line in story(office, voucher.person_id)]
    assert titles[0] == ("hold", "Gaat weer verder", "")
    assert titles[1][1].startswith("Gepauzeerd tot")
    assert titles[1][2] == "ziek · opname"


def test_pause_counts_for_one_case_only(office: Member, voucher: Voucher) -> None:
    again = add_voucher(office, add_practice("Het Plein", agb=None), person_id=voucher.person_id, dated_on=days_ago(9))
    on_hold(office, voucher)
    assert [(task.kind, task.voucher_id) for task in list_tasks(office, clock.today()) if task.kind == "call"] == [
        ("call", again.id)
    ]
    enrol(office, EnrolDraft(voucher_id=again.id, destination="buddy", enrolled_on=days_ago(0), sure=True))
    assert add_row(Hold.get()).id
