"""A case that ends takes along what hangs on it, and opening it again brings exactly that back, where it still can."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from desktop import clock
from desktop.actions.aftercare import correct_aftercare, hold_aftercare, take_back_aftercare
from desktop.actions.appointments import (
    miss_appointment,
    move_appointment,
    plan_aftercare,
    plan_first_visit,
    plan_intake,
)
from desktop.actions.contacts import record_contact
from desktop.actions.endings import close_case, correct_closing, reopen_case, take_back_closing
from desktop.actions.enrolments import (
    enrol,
    record_first_time,
    register_walk_in,
    stop_enrolment,
    take_back_first_time,
)
from desktop.actions.intakes import hold_intake, take_back_intake
from desktop.actions.tasks import postpone_task
from desktop.actions.undo import undo_last
from desktop.errors import Doubtful, Refused
from desktop.rules.aftercare import AftercareDraft
from desktop.rules.codes import CLOSING_OUTCOMES
from desktop.rules.deeds import (
    AppointmentDraft,
    ClosingDraft,
    ContactDraft,
    EnrolDraft,
    FirstTimeDraft,
    IntakeDraft,
    MissedDraft,
    ReopenDraft,
    StopDraft,
    WalkInDraft,
)
from desktop.rules.staff import Member
from desktop.storage.days import appointments_of
from desktop.storage.groups import list_own_participants
from desktop.storage.models import Activity, Appointment, Closing, Enrolment, Hold, Postponement, Voucher
from desktop.storage.places import places_of
from desktop.storage.story import story
from desktop.storage.tasks import list_tasks
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


@dataclass
class Full:
    """A case on which everything hangs that can, and somebody else who waits for the place."""

    by: Member
    voucher: Voucher
    group: Activity
    place: Enrolment
    signed_up: Enrolment
    waits: Enrolment
    behind: Enrolment  # of somebody else, waiting for the group
    visits: list[Appointment]
    leader: Member

    def close(self, outcome: str = "completed", **more: Any) -> Closing:
        draft = {"closed_on": clock.today(), "outcome": outcome, "sure": True, **more}
        if outcome == "stopped":
            draft |= {"reason": "cost"}
        if outcome == "passed_on":
            draft |= {"passed_on_to": "het maatschappelijk werk"}
        return close_case(self.by, ClosingDraft(voucher_id=self.voucher.id, **draft))

    def reopen(self, sure: bool = False) -> Closing:
        draft = ReopenDraft(voucher_id=self.voucher.id, reopened_on=clock.today(), reopened_why="toch", sure=sure)
        return reopen_case(self.by, draft)

    def states(self) -> dict[str, str]:
        mine = {"place": self.place, "signed up": self.signed_up, "waits": self.waits}
        return {name: Enrolment.get_by_id(each.id).state for name, each in mine.items()}

    def planned(self) -> list[str]:
        return [row.state for row in Appointment.select().where(Appointment.voucher == self.voucher)]

    def seen_by_leader(self) -> list[str]:
        return [each.name for each in list_own_participants(self.leader, self.group.id)]


@pytest.fixture
def full(office: Member) -> Full:
    leader = add_member("Karin Mulder", "leader")
    voucher = add_voucher(office, add_practice(), dated_on=days_ago(60), coach=office.id)
    add_intake(voucher, days_ago(40))
    add_consent(voucher, "activity")
    group = add_activity("Koffie-inloop", capacity=1, leader=leader.id)
    place = add_enrolment(
        voucher, group, state="started", enrolled_on=days_ago(30), start_on=days_ago(20), first_attended_on=days_ago(20)
    )
    signed_up = add_enrolment(voucher, add_activity("Wandelen", capacity=3), enrolled_on=days_ago(10))
    waits = add_enrolment(voucher, add_activity("Zingen", capacity=0), state="waiting", enrolled_on=days_ago(9))
    other = add_voucher(office, None, surname="Bakker")
    behind = add_enrolment(other, group, state="waiting", enrolled_on=days_ago(3))
    visits = [
        add_row(Appointment(
            voucher=voucher, person=voucher.person_id, coach=office.id, kind=kind, enrolment=enrolment, address=address,
            starts_at=datetime.combine(clock.today() + timedelta(days=days), time(10)),
        ))
        for kind, enrolment, address, days in (
            ("first_visit", signed_up, "Wandelen", 3), ("aftercare", None, "", 0), ("aftercare", None, "", 30)
        )
    ]  # fmt: skip
    add_row(Hold(voucher=voucher, person=voucher.person_id, from_on=days_ago(2), until_on=days_ago(-20), reason="ziek"))
    add_row(Postponement(voucher=voucher, task="aftercare", until=days_ago(-5)))
    return Full(office, voucher, group, place, signed_up, waits, behind, visits, leader)


def nobody_waits(full: Full) -> None:
    """Otherwise the place that comes free is offered at once, and is not there to come back to."""
    Enrolment.delete().where(Enrolment.id == full.behind.id).execute()


def back_from_hold() -> None:
    """Otherwise nothing is asked until the hold is over."""
    hold = Hold.get()
    hold.ended_on = days_ago(1)
    add_row(hold)


def tasks(by: Member, kind: str) -> list[int | None]:
    return [task.subject_id for task in list_tasks(by, clock.today()) if task.kind == kind]


# ---- closing


@pytest.mark.parametrize("outcome", list(CLOSING_OUTCOMES))
def test_whatever_the_end_nobody_is_seen_phoned_or_printed(full: Full, outcome: str) -> None:
    full.close(outcome)
    kept = outcome == "completed"
    assert full.states() == {"place": "started" if kept else "stopped", "signed up": "stopped", "waits": "stopped"}
    assert full.planned() == ["cancelled"] * 3
    assert appointments_of(full.by, full.by.id, clock.today()) == []
    assert full.seen_by_leader() == (["Annie M."] if kept else [])
    assert Hold.get().ended_on == clock.today()
    assert Postponement.get().ended_by_id is not None
    assert [task for task in list_tasks(full.by, clock.today()) if task.voucher_id == full.voucher.id] == []
    places = places_of(full.group)
    assert (places.taken, places.offered) == (1, int(not kept))  # a place that came free is kept for who waits


def test_the_place_goes_to_who_waits(full: Full) -> None:
    assert tasks(full.by, "place_free") == []
    full.close("not_suitable")
    assert tasks(full.by, "place_free") == [full.behind.id]


@pytest.mark.parametrize(("outcome", "keeps", "state"), [
    ("passed_on", True, "started"), ("completed", False, "stopped"), ("stopped", True, "started"),
    ("deceased", True, "stopped"), ("error", True, "stopped"),
])  # fmt: skip
def test_who_goes_on_without_us_keeps_the_place_if_staff_say_so(
    full: Full, outcome: str, keeps: bool, state: str
) -> None:
    full.close(outcome, keeps=(full.place.id,) if keeps else ())
    assert Enrolment.get_by_id(full.place.id).state == state


def test_a_place_on_the_waiting_list_is_never_kept(full: Full) -> None:
    full.close(keeps=(full.waits.id, full.signed_up.id))
    assert full.states() == {"place": "stopped", "signed up": "enrolled", "waits": "stopped"}


def test_the_story_tells_that_it_ended_with_the_case(full: Full) -> None:
    full.close("passed_on")
    lines = [(line.title, line.subtitle) for line in story(full.by, full.voucher.person_id)]
    assert ("Gestopt: Koffie-inloop", "met de afsluiting") in lines


# ---- coming back


@pytest.mark.parametrize("back", ["reopened", "taken back", "undone"])
@pytest.mark.parametrize("outcome", ["completed", "stopped", "not_reached", "deceased"])
def test_coming_back_restores_exactly_what_the_closing_ended(full: Full, outcome: str, back: str) -> None:
    nobody_waits(full)
    before = (full.states(), full.planned(), Hold.get().ended_on, Postponement.get().ended_by_id, full.seen_by_leader())
    earlier = add_enrolment(full.voucher, state="stopped", stopped_on=clock.today(), stop_reason="cost")
    closing = full.close(outcome)
    ways: dict[str, Callable[[], Any]] = {
        "reopened": full.reopen,
        "taken back": lambda: take_back_closing(full.by, closing.id),
        "undone": lambda: undo_last(full.by),
    }
    ways[back]()
    states = full.planned()
    if back == "reopened":  # the call of this morning is over: that one was called off
        assert states[1] in ("planned", "cancelled")
        states[1] = "planned"
    after = (full.states(), states, Hold.get().ended_on, Postponement.get().ended_by_id, full.seen_by_leader())
    assert after == before
    assert Enrolment.get_by_id(earlier.id).state == "stopped"


def test_a_place_given_away_meanwhile_comes_back_as_waiting_and_is_asked(full: Full) -> None:
    full.close("stopped")
    record_first_time(full.by, FirstTimeDraft(enrolment_id=full.behind.id, first_attended_on=clock.today(),
                                              first_known_by="phone", sure=True))  # fmt: skip
    with pytest.raises(Doubtful, match="Koffie-inloop is aan iemand anders gegeven"):
        full.reopen()
    full.reopen(sure=True)
    assert full.states() == {"place": "waiting", "signed up": "enrolled", "waits": "waiting"}
    assert places_of(full.group).taken == 1


def test_undo_gives_nobody_a_place_that_was_given_away(full: Full) -> None:
    full.close("stopped")
    give = add_member("P. Bos", "coach")
    record_first_time(give, FirstTimeDraft(enrolment_id=full.behind.id, first_attended_on=clock.today(),
                                           first_known_by="phone", sure=True))  # fmt: skip
    with pytest.raises(Refused, match="ongedaan"):
        undo_last(full.by)
    assert places_of(full.group).taken == 1


def test_an_activity_that_stopped_meanwhile_gives_no_place_back(full: Full) -> None:
    full.close("stopped")
    group = Activity.get_by_id(full.group.id)
    group.status = "stopped"
    add_row(group)
    full.reopen()
    assert full.states()["place"] == "stopped"


def test_a_correction_moves_the_days_and_gives_the_place_back_when_it_says_so(full: Full) -> None:
    nobody_waits(full)
    closing = full.close("stopped")
    draft: dict[str, Any] = {"id": closing.id, "voucher_id": full.voucher.id, "sure": True}
    correct_closing(full.by, ClosingDraft(**draft, closed_on=days_ago(1), outcome="stopped", reason="illness"))
    place = Enrolment.get_by_id(full.place.id)
    assert (place.state, place.stopped_on, place.stop_reason) == ("stopped", days_ago(1), "illness")
    correct_closing(full.by, ClosingDraft(**draft, closed_on=days_ago(1), outcome="completed"))
    assert full.states() == {"place": "started", "signed up": "stopped", "waits": "stopped"}
    assert full.planned() == ["cancelled"] * 3
    correct_closing(full.by, ClosingDraft(**draft, closed_on=days_ago(1), outcome="passed_on", passed_on_to="wijkteam"))
    assert full.states()["place"] == "stopped"


def test_what_was_closed_twice_comes_back_from_each_closing(full: Full) -> None:
    nobody_waits(full)
    first = full.close("stopped")
    full.reopen()
    stop_enrolment(full.by, StopDraft(enrolment_id=full.signed_up.id, stopped_on=clock.today(), stop_reason="cost"))
    second = full.close("passed_on")
    assert Enrolment.get_by_id(full.place.id).ended_by_id == second.id
    take_back_closing(full.by, first.id)  # it was opened again: nothing of it stands
    assert full.states() == {"place": "stopped", "signed up": "stopped", "waits": "stopped"}
    take_back_closing(full.by, second.id)
    assert full.states() == {"place": "started", "signed up": "stopped", "waits": "waiting"}


# ---- a closed case takes nothing that is still to come


FUTURE: dict[str, Any] = {"day": clock.today() + timedelta(days=2), "hour": time(15)}


@pytest.mark.parametrize("deed", [
    lambda full: plan_intake(full.by, AppointmentDraft(voucher_id=full.voucher.id, **FUTURE)),
    lambda full: plan_aftercare(full.by, AppointmentDraft(voucher_id=full.voucher.id, **FUTURE)),
    lambda full: enrol(full.by, EnrolDraft(voucher_id=full.voucher.id, destination="buddy", enrolled_on=clock.today())),
    lambda full: record_contact(full.by, ContactDraft(voucher_id=full.voucher.id, outcome="no_answer")),
    lambda full: hold_intake(full.by, IntakeDraft(voucher_id=full.voucher.id, held_on=clock.today())),
    lambda full: hold_aftercare(full.by, AftercareDraft(voucher_id=full.voucher.id, held_on=clock.today(),
                                                        outcome="still")),
    lambda full: record_first_time(full.by, FirstTimeDraft(enrolment_id=full.signed_up.id, sure=True,
                                                           first_attended_on=clock.today(), first_known_by="phone")),
])  # fmt: skip
def test_after_the_end_nothing_new_is_taken(full: Full, deed: Callable[[Full], Any]) -> None:
    full.close("stopped", closed_on=days_ago(1))
    with pytest.raises(Refused, match="afgesloten"):
        deed(full)


def test_what_happened_before_the_end_can_still_be_told_and_who_calls_us_is_heard(full: Full) -> None:
    full.close("stopped", closed_on=days_ago(1))
    hold_intake(full.by, IntakeDraft(voucher_id=full.voucher.id, held_on=days_ago(35), sure=True))
    record_contact(full.by, ContactDraft(voucher_id=full.voucher.id, direction="in", outcome="reached"))
    record_contact(full.by, ContactDraft(voucher_id=full.voucher.id, on=days_ago(2), outcome="reached"))
    assert Voucher.get_by_id(full.voucher.id).status == "closed"
    stopped = take_back_first_time(full.by, full.place.id)
    assert stopped.state == "stopped"


def test_who_goes_on_without_us_can_still_stop(full: Full) -> None:
    full.close("completed")
    stop_enrolment(full.by, StopDraft(enrolment_id=full.place.id, stopped_on=clock.today(), stop_reason="illness"))
    assert full.seen_by_leader() == []
    assert tasks(full.by, "place_free") == [full.behind.id]
    assert Voucher.get_by_id(full.voucher.id).status == "closed"


# ---- stopping, and a talk that says so


def test_stopping_frees_the_place_and_nobody_goes_along(full: Full) -> None:
    stop_enrolment(full.by, StopDraft(enrolment_id=full.signed_up.id, stopped_on=clock.today(), stop_reason="cost"))
    assert full.planned() == ["cancelled", "planned", "planned"]
    stop_enrolment(full.by, StopDraft(enrolment_id=full.place.id, stopped_on=clock.today(), stop_reason="cost"))
    assert tasks(full.by, "place_free") == [full.behind.id]


@pytest.mark.parametrize(("next_step", "kind"), [("find", "find_activity"), ("close", "close")])
def test_after_the_last_stop_comes_what_the_coach_chose_and_nothing_is_late(
    full: Full, next_step: str, kind: str
) -> None:
    back_from_hold()
    for each in (full.signed_up, full.waits, full.place):
        stop_enrolment(full.by, StopDraft(enrolment_id=each.id, stopped_on=clock.today(), stop_reason="cost",
                                          next_step=next_step))  # fmt: skip
    voucher = Voucher.get_by_id(full.voucher.id)
    assert voucher.status == "placing"
    assert voucher.due_on >= clock.today()
    found = [task for task in list_tasks(full.by, clock.today()) if task.voucher_id == voucher.id]
    assert [(task.kind, task.due_on) for task in found if task.kind not in ("aftercare", "inform", "expiring")] == [
        (kind, voucher.due_on)
    ]


def test_a_talk_brings_back_only_what_it_ended_itself(full: Full) -> None:
    nobody_waits(full)
    stop_enrolment(full.by, StopDraft(enrolment_id=full.signed_up.id, stopped_on=clock.today(), stop_reason="cost"))
    said: dict[str, Any] = {"voucher_id": full.voucher.id, "held_on": clock.today(), "place": "phone", "sure": True}
    talk = hold_aftercare(full.by, AftercareDraft(**said, outcome="stopped", stop_reason="cost"))
    assert full.states() == {"place": "stopped", "signed up": "stopped", "waits": "stopped"}
    correct_aftercare(full.by, AftercareDraft(**said, id=talk.id, outcome="stopped", stop_reason="illness"))
    assert Enrolment.get_by_id(full.place.id).stop_reason == "illness"
    assert Enrolment.get_by_id(full.signed_up.id).stop_reason == "cost"
    take_back_aftercare(full.by, talk.id)
    assert full.states() == {"place": "started", "signed up": "stopped", "waits": "waiting"}


def test_put_off_again_after_opening(full: Full) -> None:
    nobody_waits(full)
    full.close()
    full.reopen()
    postpone_task(full.by, full.voucher.id, "aftercare", 3)
    assert Postponement.select().count() == 1


# ---- what was told of a closed case is taken back, and what is over


@pytest.mark.parametrize("outcome", ["completed", "not_suitable"])
def test_a_talk_taken_back_after_the_end_gives_a_place_only_to_who_goes_on(full: Full, outcome: str) -> None:
    nobody_waits(full)
    talk = hold_aftercare(full.by, AftercareDraft(voucher_id=full.voucher.id, held_on=clock.today(), outcome="stopped",
                                                  stop_reason="cost", sure=True))  # fmt: skip
    full.close(outcome)
    take_back_aftercare(full.by, talk.id)
    goes_on = "started" if outcome == "completed" else "stopped"
    assert full.states() == {"place": goes_on, "signed up": "stopped", "waits": "stopped"}
    full.reopen()
    assert full.states() == {"place": "started", "signed up": "enrolled", "waits": "waiting"}


def test_an_intake_taken_back_after_the_end_brings_no_appointment_back(full: Full) -> None:
    """It was of this week and is to be planned anew once the case is opened."""
    day = clock.today()
    visit = plan_intake(full.by, AppointmentDraft(voucher_id=full.voucher.id, day=day, hour=time(7), coach=full.by.id,
                                                  sure=True))  # fmt: skip
    draft = IntakeDraft(voucher_id=full.voucher.id, held_on=day, appointment_id=visit.id, sure=True)
    talk = hold_intake(full.by, draft)
    full.close("not_suitable")
    take_back_intake(full.by, talk.id)
    assert Appointment.get_by_id(visit.id).state == "cancelled"
    assert appointments_of(full.by, full.by.id, day) == []


def test_what_is_over_does_not_end_a_second_time(full: Full) -> None:
    """Else the case that ended it no longer knows what to bring back."""
    nobody_waits(full)
    full.close("stopped")
    with pytest.raises(Refused, match="al"):
        stop_enrolment(full.by, StopDraft(enrolment_id=full.place.id, stopped_on=clock.today(), stop_reason="cost"))
    full.reopen()
    assert full.states()["place"] == "started"


def test_a_talk_that_was_held_was_not_missed(full: Full) -> None:
    visit = plan_intake(full.by, AppointmentDraft(voucher_id=full.voucher.id, day=clock.today(), hour=time(7),
                                                  coach=full.by.id, sure=True))  # fmt: skip
    hold_intake(full.by, IntakeDraft(voucher_id=full.voucher.id, held_on=clock.today(), appointment_id=visit.id,
                                     sure=True))  # fmt: skip
    with pytest.raises(Refused, match="voorbij"):
        miss_appointment(full.by, MissedDraft(id=visit.id, voucher_id=full.voucher.id))
    assert Appointment.get_by_id(visit.id).state == "held"


def test_going_along_to_one_thing_is_one_appointment(full: Full) -> None:
    """A second one would be asked about apart, and both would stand on the day list."""
    again = AppointmentDraft(voucher_id=full.voucher.id, enrolment_id=full.signed_up.id, day=days_ago(-6), hour=time(9),
                             coach=full.by.id, sure=True)  # fmt: skip
    with pytest.raises(Refused) as refused:
        plan_first_visit(full.by, again)
    assert "Verzet die afspraak" in refused.value.fields["day"]
    first = full.visits[0]
    move_appointment(full.by, replace(again, id=first.id, version=first.version))
    assert [row.state for row in Appointment.select().where(Appointment.kind == "first_visit")] == ["moved", "planned"]


def test_nobody_walks_in_where_it_has_stopped(full: Full) -> None:
    group = Activity.get_by_id(full.group.id)
    group.status = "stopped"
    add_row(group)
    with pytest.raises(Refused) as refused:
        register_walk_in(full.by, WalkInDraft(**vars(a_draft(surname="Vos")), activity=group.id,
                                              first_attended_on=clock.today()))  # fmt: skip
    assert "gestopt" in refused.value.fields["activity"]
