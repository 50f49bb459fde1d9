"""An activity stops: everybody in it stops, goes elsewhere or goes on alone; undo brings all back."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import pytest

from desktop import clock
from desktop.actions.activities import change_activity
from desktop.actions.activity_ends import stop_activity
from desktop.actions.enrolments import record_first_time, stop_enrolment
from desktop.actions.undo import undo, undo_last
from desktop.errors import Doubtful, Refused
from desktop.rules.activities import ActivityDraft
from desktop.rules.activity_ends import ActivityEndDraft, Onward
from desktop.rules.deeds import FirstTimeDraft, StopDraft
from desktop.rules.staff import Member
from desktop.storage.activities import still_in
from desktop.storage.changes import Audit, deed
from desktop.storage.models import Activity, Appointment, Enrolment, Voucher
from desktop.storage.tasks import list_tasks
from tests.factory import (
    add_activity,
    add_closing,
    add_enrolment,
    add_intake,
    add_practice,
    add_row,
    add_voucher,
    days_ago,
)

STATES = ("started", "enrolled", "offered", "waiting")
STOPS, ALONE = Onward("stops"), Onward("goes_on")


@dataclass
class Group:
    """A group in which somebody stands in each of the ways there are."""

    by: Member
    activity: Activity
    of: dict[str, Enrolment]

    def stop(self, sure: bool = False, /, **onward: Onward) -> Activity:
        said = {each.id: onward.get(state, STOPS) for state, each in self.of.items()}
        return stop_activity(self.by, ActivityEndDraft(activity_id=self.activity.id, onward=said, sure=sure))

    def change(self, status: str, **more: Any) -> Activity:
        draft = ActivityDraft(id=self.activity.id, title=self.activity.title, capacity=1, status=status, **more)
        return change_activity(self.by, draft)

    def states(self) -> dict[str, str]:
        return {state: Enrolment.get_by_id(each.id).state for state, each in self.of.items()}

    def status(self, state: str) -> str:
        return str(Voucher.get_by_id(self.of[state].voucher_id).status)


@pytest.fixture
def group(office: Member) -> Group:
    practice, activity = add_practice(), add_activity("Rouwgroep", capacity=1)
    of = {}
    for state in STATES:
        voucher = add_voucher(office, practice, surname=state.capitalize(), dated_on=days_ago(60), coach=office.id)
        add_intake(voucher, days_ago(40))
        begun = {"first_attended_on": days_ago(20)} if state == "started" else {}
        offer = {"offered_on": days_ago(1), "offer_until": days_ago(-4)} if state == "offered" else {}
        of[state] = add_enrolment(voucher, activity, state=state, enrolled_on=days_ago(30), **begun, **offer)
    return Group(office, activity, of)


def test_everybody_stops_and_the_case_looks_for_something_else(group: Group) -> None:
    group.stop()
    assert set(group.states().values()) == {"stopped"}
    assert {group.status(state) for state in STATES} == {"placing"}
    assert still_in(group.activity.id) == []
    asked = [(task.kind, task.voucher_id) for task in list_tasks(group.by, clock.today())]
    assert not [kind for kind, _voucher in asked if kind in ("first_time", "offer", "place")]


def test_undo_brings_everybody_back_in_one_step(group: Group) -> None:
    other = add_activity("Zingen", capacity=5)
    group.stop(enrolled=Onward("moves", other.id), started=ALONE)
    undo_last(group.by)
    assert group.states() == {state: state for state in STATES}
    assert Activity.get_by_id(group.activity.id).status == "active"
    assert Enrolment.select().where(Enrolment.activity == group.activity).count() == len(STATES)
    assert still_in(other.id) == []


def test_who_goes_elsewhere_is_signed_up_there_and_the_visit_is_called_off(group: Group) -> None:
    other = add_activity("Zingen", capacity=5)
    goes = group.of["enrolled"]
    visit = add_row(Appointment(
        voucher=goes.voucher_id, person=goes.person_id, coach=group.by.id, kind="first_visit", enrolment=goes,
        starts_at=datetime.combine(days_ago(-3), time(10)),
    ))  # fmt: skip
    group.stop(enrolled=Onward("moves", other.id))
    assert [(each.voucher_id, each.state) for each in still_in(other.id)] == [(goes.voucher_id, "enrolled")]
    assert group.states()["enrolled"] == "stopped"
    assert Appointment.get_by_id(visit.id).state == "cancelled"


def test_two_who_go_to_one_place_are_asked_about(group: Group) -> None:
    other = add_activity("Zingen", capacity=1)
    both = {"started": Onward("moves", other.id), "enrolled": Onward("moves", other.id)}
    with pytest.raises(Doubtful, match="Zingen is vol"):
        group.stop(**both)
    assert group.states() == {state: state for state in STATES}
    group.stop(True, **both)
    assert len(still_in(other.id)) == 2


def test_who_goes_on_alone_keeps_the_story_outside_the_catalogue(group: Group) -> None:
    group.stop(started=ALONE)
    goes = Enrolment.get_by_id(group.of["started"].id)
    assert (goes.state, goes.activity_id, goes.destination) == ("started", None, "elsewhere")
    assert (goes.destination_name, goes.first_attended_on) == ("Rouwgroep", days_ago(20))
    assert group.status("started") == "participating"


@pytest.mark.parametrize(
    ("who", "onward", "field"),
    [
        ("waiting", ALONE, "what"),
        ("offered", ALONE, "what"),
        ("started", Onward("flies"), "what"),
        ("started", Onward(None), "what"),
        ("enrolled", Onward("moves"), "to"),
        ("enrolled", Onward("moves", 1), "to"),  # the one that stops
    ],
)
def test_what_cannot_be_is_told_beside_who_it_is_about(group: Group, who: str, onward: Onward, field: str) -> None:
    assert group.activity.id == 1
    with pytest.raises(Refused) as refused:
        group.stop(True, **{who: onward})
    assert set(refused.value.fields) == {f"{field}_{group.of[who].id}"}
    assert Activity.get_by_id(group.activity.id).status == "active"


def test_a_place_kept_after_the_case_was_closed_ends_too_but_goes_nowhere_else(group: Group) -> None:
    kept = group.of["started"]
    add_closing(kept.voucher)
    with pytest.raises(Refused, match="what_"):
        group.stop(started=Onward("moves", add_activity("Zingen").id))
    group.stop()
    assert (Enrolment.get_by_id(kept.id).state, group.status("started")) == ("stopped", "closed")


def test_who_came_in_meanwhile_is_asked_about_by_name(group: Group) -> None:
    late = add_voucher(group.by, None, surname="Laatkomer")
    add_enrolment(late, group.activity, state="waiting")
    with pytest.raises(Doubtful, match=r"1 deelnemer: .*Laatkomer"):
        group.stop()
    group.stop(True)
    assert still_in(group.activity.id) == []


def test_the_status_in_the_form_asks_with_names_and_leaves_nobody(group: Group) -> None:
    with pytest.raises(Doubtful) as asked:
        group.change("stopped")
    assert "4 deelnemers" in asked.value.fields["status"]
    assert "Waiting" in asked.value.fields["status"]
    assert group.states() == {state: state for state in STATES}
    group.change("stopped", sure=True)
    assert still_in(group.activity.id) == []
    undo_last(group.by)
    assert group.states() == {state: state for state in STATES}


def test_not_held_for_a_while_is_no_stop(group: Group) -> None:
    group.change("inactive", sure=True)
    assert group.states() == {state: state for state in STATES}


def test_all_questions_of_the_form_are_asked_at_once(group: Group) -> None:
    add_activity("Zingen")
    with pytest.raises(Doubtful) as asked:
        change_activity(group.by, ActivityDraft(id=group.activity.id, title="Zingen", status="stopped"))
    assert set(asked.value.fields) == {"title", "status"}


def test_no_first_time_where_it_was_stopped(group: Group) -> None:
    group.stop()
    with pytest.raises(Refused, match="is gestopt"):
        record_first_time(group.by, FirstTimeDraft(
            voucher_id=group.of["enrolled"].voucher_id, enrolment_id=group.of["enrolled"].id,
            first_attended_on=clock.today(), first_known_by="phone", sure=True,
        ))  # fmt: skip


def test_a_stop_of_before_is_not_taken_back_into_an_activity_that_stopped_since(group: Group) -> None:
    goes = group.of["enrolled"]
    stop_enrolment(group.by, StopDraft(voucher_id=goes.voucher_id, enrolment_id=goes.id, stopped_on=clock.today(),
                                       stop_reason="cost"))  # fmt: skip
    earlier = Audit.select().order_by(Audit.id.desc()).get()
    group.change("stopped", sure=True)
    with pytest.raises(Refused, match="is gestopt"):
        undo(group.by, earlier.id)
    assert still_in(group.activity.id) == []


def test_all_who_go_on_alone_come_back_with_undo(group: Group) -> None:
    with deed(None, "taken away by a test"):
        for state in ("waiting", "offered"):
            group.of.pop(state).delete_instance()
    group.stop(started=ALONE, enrolled=ALONE)
    undo_last(group.by)
    assert group.states() == {"started": "started", "enrolled": "enrolled"}
    assert len(still_in(group.activity.id)) == 2
