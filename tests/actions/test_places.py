"""A place that comes free goes to who waits longest, one offer at a time; nothing is overfilled without a question."""

import random
from collections.abc import Callable

import pytest

from desktop import clock
from desktop.actions.activities import change_activity
from desktop.actions.aftercare import hold_aftercare, take_back_aftercare
from desktop.actions.enrolments import (
    correct_enrolment,
    enrol,
    record_first_time,
    stop_enrolment,
    take_back_enrolment,
    take_back_first_time,
)
from desktop.actions.places import answer_offer, give_place
from desktop.actions.undo import undo_last
from desktop.errors import Doubtful, Refused
from desktop.rules.activities import ActivityDraft
from desktop.rules.aftercare import AftercareDraft
from desktop.rules.dates import working_days_after
from desktop.rules.deeds import EnrolDraft, EnrolmentDraft, FirstTimeDraft, StopDraft
from desktop.rules.places import OfferDraft
from desktop.rules.staff import Member
from desktop.storage.models import Activity, Enrolment, Organisation, Person, Voucher
from desktop.storage.places import places_of, waiting_line
from desktop.storage.tasks import list_tasks
from tests.factory import add_activity, add_member, add_practice, add_row, add_voucher, days_ago

SURNAMES = ("Bakker", "Visser", "Smit", "Mulder")
ORDERS, STEPS = 40, 25


@pytest.fixture
def people(office: Member) -> list[Voucher]:
    practice = add_practice()
    return [
        add_voucher(
            office,
            practice,
            surname=name,
            birth_date=f"196{at}-01-01",
            phone=f"+3168765432{at}",
            dated_on=days_ago(30),
            received_on=days_ago(30),
        )
        for at, name in enumerate(SURNAMES)
    ]


@pytest.fixture
def choir(office: Member) -> Activity:
    return add_activity("Koor", capacity=1)


def signed_up(by: Member, voucher: Voucher, activity: Activity, **more: object) -> Enrolment:
    values = {"enrolled_on": days_ago(3), "sure": True, **more}
    return enrol(by, EnrolDraft(voucher_id=voucher.id, activities=(activity.id,), **values))[0]  # type: ignore[arg-type]


def stopped(by: Member, enrolment: Enrolment) -> None:
    stop_enrolment(by, StopDraft(enrolment_id=enrolment.id, stopped_on=days_ago(0), stop_reason="cost", sure=True))


def answered(by: Member, enrolment: Enrolment, answer: str, **more: object) -> Enrolment:
    return answer_offer(by, OfferDraft(enrolment_id=enrolment.id, answer=answer, **more))  # type: ignore[arg-type]


def now(enrolment: Enrolment) -> Enrolment:
    return Enrolment.get_one(enrolment.id)


def states(*enrolments: Enrolment) -> list[str]:
    return [now(each).state for each in enrolments]


def rows(by: Member, *kinds: str) -> list[tuple[str, int | None]]:
    return [(task.kind, task.subject_id) for task in list_tasks(by, clock.today()) if task.kind in kinds]


# ---- the offer


def test_place_that_comes_free_is_offered_to_who_waits_longest(
    office: Member, people: list[Voucher], choir: Activity
) -> None:
    first, later, longest = people[:3]
    goes = signed_up(office, first, choir)
    second = signed_up(office, later, choir, waiting=True, enrolled_on=days_ago(2))
    next_up = signed_up(office, longest, choir, waiting=True, enrolled_on=days_ago(9))
    stopped(office, goes)
    assert states(goes, next_up, second) == ["stopped", "offered", "waiting"]
    offered = now(next_up)
    assert (offered.offered_on, offered.offer_until) == (days_ago(0), working_days_after(days_ago(0), 5))
    assert (places_of(choir).taken, places_of(choir).left, places_of(choir).waiting) == (1, 0, 1)


def test_term_of_an_offer_is_the_organisations(office: Member, people: list[Voucher], choir: Activity) -> None:
    organisation = Organisation.get()
    organisation.offer_within = 2
    add_row(organisation)
    goes, waits = signed_up(office, people[0], choir), signed_up(office, people[1], choir, waiting=True)
    stopped(office, goes)
    assert now(waits).offer_until == working_days_after(days_ago(0), 2)


def test_yes_signs_up_with_the_first_day_and_no_day_is_asked_about(
    office: Member, people: list[Voucher], choir: Activity
) -> None:
    goes, waits = signed_up(office, people[0], choir), signed_up(office, people[1], choir, waiting=True)
    stopped(office, goes)
    with pytest.raises(Doubtful) as doubt:
        answered(office, waits, "yes")
    assert "start_on" in doubt.value.fields
    answered(office, waits, "yes", start_on=days_ago(-4))
    yes = now(waits)
    assert (yes.state, yes.start_on, yes.offered_on, yes.offer_until) == ("enrolled", days_ago(-4), None, None)


def test_no_passes_the_place_on_and_the_person_stands_at_the_end_of_the_list(
    office: Member, people: list[Voucher], choir: Activity
) -> None:
    goes = signed_up(office, people[0], choir)
    waiting = [signed_up(office, each, choir, waiting=True) for each in people[1:]]
    stopped(office, goes)
    answered(office, waiting[0], "no", after="end")
    assert states(*waiting) == ["waiting", "offered", "waiting"]
    assert [each.enrolment_id for each in waiting_line(choir.id)] == [waiting[2].id, waiting[0].id]
    answered(office, waiting[1], "no", after="stop", stop_reason="other")
    assert states(*waiting) == ["waiting", "stopped", "offered"]


def test_who_says_no_and_waits_alone_is_not_phoned_again_at_once(
    office: Member, people: list[Voucher], choir: Activity
) -> None:
    goes, waits = signed_up(office, people[0], choir), signed_up(office, people[1], choir, waiting=True)
    stopped(office, goes)
    answered(office, waits, "no", after="end")
    assert now(waits).state == "waiting"
    assert rows(office, "place_free") == []
    with pytest.raises(Doubtful):
        signed_up(office, people[2], choir, sure=False)


def test_no_needs_to_say_what_happens_now(office: Member, people: list[Voucher], choir: Activity) -> None:
    goes, waits = signed_up(office, people[0], choir), signed_up(office, people[1], choir, waiting=True)
    stopped(office, goes)
    for wrong, field in (
        ({"answer": ""}, "answer"),
        ({"answer": "no"}, "after"),
        ({"answer": "no", "after": "stop"}, "stop_reason"),
        ({"answer": "later"}, "until"),
        ({"answer": "later", "until": days_ago(0)}, "until"),
    ):
        with pytest.raises(Refused) as refused:
            answered(office, waits, **wrong)
        assert field in refused.value.fields
    answered(office, waits, "later", until=days_ago(-9))
    assert (now(waits).state, now(waits).offer_until) == ("offered", days_ago(-9))


@pytest.mark.parametrize(
    "lets_go",
    [
        lambda by, each, other: take_back_enrolment(by, each.id),
        lambda by, each, other: correct_enrolment(
            by, EnrolmentDraft(id=each.id, activity=other.id, enrolled_on=each.enrolled_on)
        ),
        lambda by, each, other: correct_enrolment(
            by, EnrolmentDraft(id=each.id, activity=each.activity_id, enrolled_on=each.enrolled_on, waiting=True)
        ),
        lambda by, each, other: hold_aftercare(
            by, AftercareDraft(voucher_id=each.voucher_id, held_on=days_ago(0), outcome="stopped", stop_reason="cost")
        ),
    ],
    ids=["taken back", "another activity", "back on the list", "stopped at the talk"],
)
def test_whatever_lets_a_place_go_brings_the_next_offer(
    office: Member,
    people: list[Voucher],
    choir: Activity,
    lets_go: Callable[[Member, Enrolment, Activity], object],
) -> None:
    waits = signed_up(office, people[1], choir, waiting=True)
    goes = signed_up(office, people[0], choir)
    lets_go(office, goes, add_activity("Tuingroep"))
    assert states(waits) == ["offered"]


def test_more_places_bring_as_many_offers_and_a_full_or_stopped_activity_none(
    office: Member, people: list[Voucher]
) -> None:
    choir = add_activity("Koor", capacity=1)
    signed_up(office, people[0], choir)
    waiting = [signed_up(office, each, choir, waiting=True) for each in people[1:]]
    change_activity(office, ActivityDraft(id=choir.id, title="Koor", capacity=9, status="full", sure=True))
    change_activity(office, ActivityDraft(id=choir.id, title="Koor", capacity=9, status="inactive", sure=True))
    assert states(*waiting) == ["waiting"] * 3
    change_activity(office, ActivityDraft(id=choir.id, title="Koor", capacity=3, sure=True))
    assert states(*waiting) == ["offered", "offered", "waiting"]
    with pytest.raises(Doubtful) as doubt:
        change_activity(office, ActivityDraft(id=choir.id, title="Koor", capacity=2))
    assert "3 plaatsen" in doubt.value.fields["capacity"]


def test_undo_of_stopping_takes_the_offer_back_until_it_was_answered(
    office: Member, people: list[Voucher], choir: Activity
) -> None:
    goes, waits = signed_up(office, people[0], choir), signed_up(office, people[1], choir, waiting=True)
    stopped(office, goes)
    undo_last(office)
    assert states(goes, waits) == ["enrolled", "waiting"]
    stopped(office, goes)
    answered(office, waits, "yes", start_on=days_ago(-1))
    undo_last(office)
    assert states(goes, waits) == ["stopped", "offered"]


def test_nobody_who_died_or_whose_case_is_closed_is_offered_a_place(
    office: Member, people: list[Voucher], choir: Activity
) -> None:
    goes = signed_up(office, people[0], choir)
    died, closed, waits = (signed_up(office, each, choir, waiting=True) for each in people[1:])
    person = Person.get_by_id(died.person_id)
    person.deceased_on = days_ago(1)
    add_row(person)
    Voucher.update(status="closed").where(Voucher.id == closed.voucher_id).execute()
    stopped(office, goes)
    assert states(died, closed, waits) == ["waiting", "waiting", "offered"]


# ---- giving a place by hand


def test_place_given_keeps_it_and_leaves_the_call_as_a_task(
    office: Member, people: list[Voucher], choir: Activity
) -> None:
    waits = signed_up(office, people[0], choir, waiting=True)
    given = give_place(office, waits.id)
    assert (given.state, places_of(choir).taken) == ("offered", 1)
    (task,) = (each for each in list_tasks(office, clock.today()) if each.kind == "place_free")
    assert (task.subject_id, task.strong) == (waits.id, "06 8765 4320")
    assert "Bakker" in task.title
    assert "Koor" in task.title
    assert give_place(office, waits.id).state == "offered"


def test_giving_a_place_out_of_turn_or_where_there_is_none_is_asked(
    office: Member, people: list[Voucher], choir: Activity
) -> None:
    first, second = (signed_up(office, each, choir, waiting=True) for each in people[:2])
    with pytest.raises(Doubtful) as skips:
        give_place(office, second.id)
    assert "al langer" in skips.value.sentence()
    give_place(office, first.id)
    with pytest.raises(Doubtful) as full:
        give_place(office, second.id)
    assert "vol" in full.value.sentence()
    assert give_place(office, second.id, sure=True).state == "offered"


# ---- never overfilled by a correction


@pytest.fixture
def full_choir(office: Member, people: list[Voucher], choir: Activity) -> Enrolment:
    """Somebody who waits for a choir that is full."""
    signed_up(office, people[0], choir, enrolled_on=days_ago(3))
    return signed_up(office, people[1], choir, waiting=True)


def test_off_the_waiting_list_by_a_correction_is_asked_first(office: Member, full_choir: Enrolment) -> None:
    draft = {"id": full_choir.id, "activity": full_choir.activity_id, "enrolled_on": days_ago(3)}
    with pytest.raises(Doubtful) as doubt:
        correct_enrolment(office, EnrolmentDraft(**draft))
    assert "Koor is vol" in doubt.value.fields["activity"]
    assert correct_enrolment(office, EnrolmentDraft(**draft, sure=True)).state == "enrolled"


def test_another_activity_by_a_correction_is_asked_when_it_is_full(
    office: Member, people: list[Voucher], full_choir: Enrolment
) -> None:
    elsewhere = signed_up(office, people[2], add_activity("Tuingroep"))
    draft = {"id": elsewhere.id, "activity": full_choir.activity_id, "enrolled_on": days_ago(3)}
    with pytest.raises(Doubtful):
        correct_enrolment(office, EnrolmentDraft(**draft))
    assert correct_enrolment(office, EnrolmentDraft(**draft, waiting=True)).state == "waiting"


def test_first_time_of_who_waits_is_asked_and_taken_back_waits_again(office: Member, full_choir: Enrolment) -> None:
    draft = {"enrolment_id": full_choir.id, "first_attended_on": days_ago(1), "first_known_by": "leader"}
    with pytest.raises(Doubtful) as doubt:
        record_first_time(office, FirstTimeDraft(**draft))
    assert "Koor is vol" in doubt.value.fields["first_attended_on"]
    went = record_first_time(office, FirstTimeDraft(**draft, sure=True))
    assert went.state == "started"
    assert take_back_first_time(office, went.id).state == "waiting"


def test_going_on_after_a_talk_taken_back_waits_when_the_place_is_gone(
    office: Member, people: list[Voucher], choir: Activity
) -> None:
    goes, waits = signed_up(office, people[0], choir), signed_up(office, people[1], choir, waiting=True)
    draft = AftercareDraft(voucher_id=goes.voucher_id, held_on=days_ago(0), outcome="stopped", stop_reason="cost")
    talk = hold_aftercare(office, draft)
    answered(office, waits, "yes", start_on=days_ago(-1))
    take_back_aftercare(office, talk.id)
    assert states(goes, waits) == ["waiting", "enrolled"]


def test_undo_never_puts_two_people_in_one_place(office: Member, people: list[Voucher], choir: Activity) -> None:
    goes = signed_up(office, people[0], choir)
    stopped(office, goes)
    other = Member(0, "K. de Boer", office.roles, "", "")
    signed_up(other, people[1], choir, sure=False)
    with pytest.raises(Refused) as refused:
        undo_last(office)
    assert "Koor" in refused.value.sentence()
    assert states(goes) == ["stopped"]


def test_who_came_over_full_comes_back_with_undo_unless_somebody_moved_since(
    office: Member, people: list[Voucher], choir: Activity
) -> None:
    """It was asked about then: the same step back is not asked again, and gives nobody a place that others got."""
    signed_up(office, people[0], choir)
    extra = signed_up(office, people[1], choir)
    stopped(office, extra)
    undo_last(office)
    assert states(extra) == ["enrolled"]
    stopped(office, extra)
    third = signed_up(add_member("P. Bos", "coach"), people[2], choir)
    with pytest.raises(Refused, match="niet meer vrij"):
        undo_last(office)
    assert states(extra, third) == ["stopped", "enrolled"]


def test_undo_offers_nobody_a_place_that_was_not_offered_before(
    office: Member, people: list[Voucher], choir: Activity
) -> None:
    """As it was: who waits on at the end of the list is not called because somebody else's deed was taken back."""
    goes, waits = signed_up(office, people[0], choir), signed_up(office, people[1], choir, waiting=True)
    stopped(office, goes)
    answered(office, waits, "no", after="end")
    signed_up(office, people[2], choir)
    undo_last(office)
    assert states(waits) == ["waiting"]
    assert places_of(choir).left == 1


def test_undo_of_taking_back_is_refused_by_name_when_the_place_is_taken(
    office: Member, people: list[Voucher], choir: Activity
) -> None:
    goes = signed_up(office, people[0], choir)
    take_back_enrolment(office, goes.id)
    other = Member(0, "K. de Boer", office.roles, "", "")
    signed_up(other, people[1], choir, sure=False)
    with pytest.raises(Refused) as refused:
        undo_last(office)
    assert "Koor" in refused.value.sentence()
    assert places_of(choir).taken == 1


# ---- who is on file already, and where nobody waits


def test_person_with_two_vouchers_is_named_and_takes_one_place(
    office: Member, people: list[Voucher], choir: Activity
) -> None:
    signed_up(office, people[0], choir)
    again = add_voucher(office, person_id=people[0].person_id, dated_on=days_ago(20))
    with pytest.raises(Refused) as refused:
        signed_up(office, again, choir, sure=False)
    assert people[0].number in refused.value.fields["activities"]
    signed_up(office, again, choir)
    assert (places_of(choir).taken, places_of(choir).left) == (1, 0)
    with pytest.raises(Refused) as twice:
        signed_up(office, again, choir)
    assert not isinstance(twice.value, Doubtful)


def test_nobody_comes_where_it_was_stopped(office: Member, people: list[Voucher]) -> None:
    over = add_activity("Bingo", status="stopped")
    with pytest.raises(Refused) as refused:
        signed_up(office, people[0], over)
    assert "gestopt" in refused.value.fields["activities"]
    elsewhere = signed_up(office, people[0], add_activity("Tuingroep"))
    with pytest.raises(Refused) as corrected:
        correct_enrolment(
            office, EnrolmentDraft(id=elsewhere.id, activity=over.id, enrolled_on=days_ago(3), sure=True)
        )
    assert "gestopt" in corrected.value.fields["activity"]


def test_outside_the_catalogue_nobody_waits(office: Member, people: list[Voucher], choir: Activity) -> None:
    with pytest.raises(Refused) as refused:
        enrol(
            office,
            EnrolDraft(
                voucher_id=people[0].id,
                activities=(choir.id,),
                destination="buddy",
                enrolled_on=days_ago(0),
                waiting=True,
                sure=True,
            ),
        )
    assert "wachtlijst" in refused.value.fields["waiting"]
    waits = signed_up(office, people[0], choir, waiting=True)
    with pytest.raises(Refused) as corrected:
        correct_enrolment(
            office,
            EnrolmentDraft(id=waits.id, destination="buddy", enrolled_on=days_ago(0), waiting=True, sure=True),
        )
    assert "waiting" in corrected.value.fields


# ---- in any order


class Story:
    """Random deeds on two vouchers of one person and two other people, in activities with one place or two."""

    def __init__(self, by: Member, vouchers: list[Voucher], activities: list[Activity], seed: int) -> None:
        self.by, self.vouchers, self.activities = by, vouchers, activities
        self.dice = random.Random(seed)
        self.confirmed: set[int] = set()
        self.told: list[str] = []

    def step(self) -> None:
        """One deed; what is asked is answered yes half of the time, and then that activity may be overfilled."""
        deed = self.dice.choice(
            (self.sign_up, self.sign_up, self.wait, self.stop, self.back, self.answer, self.give, self.went, self.undo)
        )
        try:
            deed(False)
        except Doubtful as doubt:
            if self.dice.random() < 0.5:
                self.confirmed |= {each.id for each in self.activities if each.title in doubt.sentence()}
                self.attempt(deed)
        except Refused as refused:
            self.told.append(refused.sentence())

    def attempt(self, deed: Callable[[bool], object]) -> None:
        try:
            deed(True)
        except Refused as refused:
            self.told.append(refused.sentence())

    def sign_up(self, sure: bool, waiting: bool = False) -> None:
        if not sure:
            self.wanted = (self.dice.choice(self.vouchers), self.dice.choice(self.activities), waiting)
        voucher, activity, waits = self.wanted
        signed_up(self.by, voucher, activity, waiting=waits, enrolled_on=days_ago(self.dice.randrange(9)), sure=sure)

    def wait(self, sure: bool) -> None:
        self.sign_up(sure, waiting=True)

    def one(self, sure: bool, *in_states: str) -> Enrolment:
        if not sure:
            found = list(Enrolment.select().where(Enrolment.state.in_(in_states)))
            if not found:
                raise Refused("nobody")
            self.chosen = self.dice.choice(found)
        return now(self.chosen)

    def stop(self, sure: bool) -> None:
        stopped(self.by, self.one(sure, "enrolled", "started", "waiting", "offered"))

    def back(self, sure: bool) -> None:
        take_back_enrolment(self.by, self.one(sure, "enrolled", "started", "waiting", "offered", "stopped").id)

    def answer(self, sure: bool) -> None:
        each = self.one(sure, "offered", "waiting")
        if not sure:
            self.said = self.dice.choice(
                (
                    {"answer": "yes", "start_on": days_ago(-2)},
                    {"answer": "no", "after": "end"},
                    {"answer": "no", "after": "stop", "stop_reason": "other"},
                    {"answer": "later", "until": days_ago(-3)},
                )
            )
        answered(self.by, each, sure=sure, **self.said)

    def give(self, sure: bool) -> None:
        give_place(self.by, self.one(sure, "waiting").id, sure=sure)

    def went(self, sure: bool) -> None:
        each = self.one(sure, "enrolled", "waiting", "offered", "stopped")
        draft = FirstTimeDraft(
            enrolment_id=each.id, first_attended_on=days_ago(0), first_known_by="phone", sure=sure
        )
        record_first_time(self.by, draft)

    def undo(self, sure: bool) -> None:
        undo_last(self.by)


def held_by_hand(activity: Activity) -> set[int]:
    """Counted without the program's query: every person who was promised or took a place."""
    rows = Enrolment.select().where(Enrolment.activity == activity.id)
    return {each.person_id for each in rows if each.state in ("enrolled", "offered", "started")}


@pytest.mark.parametrize("seed", range(ORDERS))
def test_places_hold_in_any_order_of_deeds(office: Member, people: list[Voucher], seed: int) -> None:
    again = add_voucher(office, person_id=people[0].person_id, dated_on=days_ago(20))
    activities = [add_activity("Koor", capacity=1), add_activity("Tuingroep", capacity=2)]
    story = Story(office, [people[0], again, *people[1:3]], activities, seed)
    for _step in range(STEPS):
        before = {each.id: len(held_by_hand(each)) for each in activities}
        story.step()
        for activity in activities:
            places, held = places_of(activity), held_by_hand(activity)
            assert places.taken == len(held)
            if activity.id not in story.confirmed:
                assert len(held) <= max(activity.capacity, before[activity.id])
            line = [each.enrolment_id for each in waiting_line(activity.id)]
            waits = Enrolment.select().where((Enrolment.activity == activity) & (Enrolment.state == "waiting"))
            assert sorted(line) == sorted(each.id for each in waits)
    asked = {subject for _kind, subject in rows(office, "place_free", "offer_over")}
    assert {each.id for each in Enrolment.select().where(Enrolment.state == "offered")} <= asked
