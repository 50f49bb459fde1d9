"""A long day after day in one office: three practices, four people, several vouchers each, and every deed there is.

Where a world (tests/worlds.py) is short and small, a walk is long: what a deed left behind is met again by deeds of
weeks later. It begins as a world does and does what a world does, and beside that what staff do less often: they move
and correct, pause, offer, print together, hand out one way and another, stop an activity, merge practices, hear that
somebody died. `look_around` opens every list, page and paper. A number makes the same walk again.
"""

import inspect
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any, TypeVar

from desktop.actions.activities import change_activity
from desktop.actions.activity_ends import stop_activity
from desktop.actions.aftercare import correct_aftercare
from desktop.actions.appointments import (
    correct_appointment,
    move_appointment,
    plan_first_visit,
    take_back_appointment,
)
from desktop.actions.batches import confirm_batch, letter_at, note_printed, prepare_batch, stop_batch
from desktop.actions.cards import activity_card, appointment_card, contact_card, day_sheet
from desktop.actions.consents import record_informed
from desktop.actions.contacts import correct_contact
from desktop.actions.deceased import record_death, take_back_death
from desktop.actions.endings import correct_worry, take_back_worry
from desktop.actions.enrolments import register_walk_in
from desktop.actions.finding import note_gap
from desktop.actions.friday import look_at_text
from desktop.actions.holds import end_pause, pause_case, take_back_pause
from desktop.actions.intakes import correct_intake
from desktop.actions.letter_correcting import correct_letter
from desktop.actions.letter_looks import open_letter, reprint_letter
from desktop.actions.letter_sending import confirm_sent, send_letter
from desktop.actions.letter_sending import take_back as take_back_sending
from desktop.actions.letters import approve_letter, discard_letter, edit_letter
from desktop.actions.meldcode import record_steps, record_suicide_steps
from desktop.actions.merge import merge_practices
from desktop.actions.organisation import change_organisation
from desktop.actions.places import answer_offer
from desktop.actions.practice_talks import record_talk
from desktop.actions.practices import add_contact, change_contact, change_practice
from desktop.actions.requests import register_request
from desktop.actions.retention import destroy_person
from desktop.actions.returned_post import record_returned, settle_returned
from desktop.actions.signals import write_signal
from desktop.actions.staff import change_colleague, hand_over, say_goodbye
from desktop.actions.subject_access import make_file
from desktop.actions.tasks import postpone_task
from desktop.actions.undo import undo, undo_last
from desktop.actions.views import open_case, open_person
from desktop.actions.vouchers import change_coach, correct_person, correct_voucher
from desktop.errors import Refused
from desktop.rules.activities import ActivityDraft
from desktop.rules.activity_ends import ONWARD, ActivityEndDraft, Onward
from desktop.rules.aftercare import AftercareDraft
from desktop.rules.cases import MOMENTS
from desktop.rules.codes import LETTER_WAYS
from desktop.rules.deceased import DeathDraft
from desktop.rules.declared import typed_values
from desktop.rules.deeds import AppointmentDraft, ContactDraft, IntakeDraft, WalkInDraft, WorryDraft
from desktop.rules.holds import HoldDraft
from desktop.rules.meldcode import MeldcodeDraft
from desktop.rules.merge import MergeDraft
from desktop.rules.organisation import OrganisationDraft
from desktop.rules.people import PersonDraft
from desktop.rules.places import OfferDraft
from desktop.rules.practice_talks import PracticeTalkDraft
from desktop.rules.practices import ContactDraft as DoctorDraft
from desktop.rules.practices import PracticeDraft
from desktop.rules.requests import RequestDraft
from desktop.rules.retention import DestroyDraft
from desktop.rules.returned_post import ReturnDraft
from desktop.rules.signals import SignalDraft
from desktop.rules.staff import Member, StaffDraft
from desktop.rules.suicide import SuicideDraft
from desktop.rules.vouchers import VoucherDraft
from desktop.storage.activities import list_participants, still_in
from desktop.storage.changes import Record, kind_of, recent_of
from desktop.storage.consents import list_asked
from desktop.storage.friday import list_waiting_for_word
from desktop.storage.gp import find_gp
from desktop.storage.letters_due import due_of_case, list_letters_due, list_not_due, list_wrong_letters
from desktop.storage.models import (
    Activity,
    Aftercare,
    Appointment,
    Batch,
    Contact,
    ContactAttempt,
    Dispatch,
    Enrolment,
    Hold,
    Intake,
    Letter,
    Organisation,
    Practice,
    Staff,
    Worry,
)
from desktop.storage.staff import member_of
from desktop.storage.story import story
from desktop.storage.tasks import find_next_steps, list_tasks
from tests.factory import a_draft, add_activity, add_member, add_row
from tests.worlds import ANSWERS, DEEDS, Scene, World, set_scene

D = TypeVar("D")
PEOPLE: tuple[dict[str, Any], ...] = (
    {"surname": "Bakker", "first_name": "Jan", "form_of_address": "de heer", "phone": "+31612345678"},
    {"surname": "Yılmaz", "first_name": "Ayşe", "tussenvoegsel": "", "phone": "+31611111111", "birth_date": "1960"},
    {"surname": "O'Brien", "form_of_address": "", "phone": "", "email": "p@voorbeeld.nl", "birth_date": ""},
)


def set_long_scene(by: Member) -> Scene:
    """The scene of a world, with colleagues, a leader of every group and one without a limit."""
    scene = set_scene(by)
    add_member("K. de Boer", "coach")
    add_member("N. Kok", "intake")
    leader = add_member("L. Vos", "leader")
    groups = (*scene.activities, add_activity("Leesclub", letter_name="een leesgroep"))
    for each in groups:
        each.leader = leader.id
        add_row(each)
    return replace(scene, activities=groups)


@dataclass
class Walk(World):
    """One walk through the office; every deed is done by whoever sits there, in the roles they have by then."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.boss = self.scene.by

    def begin(self) -> None:
        """Somebody with a voucher of two practices, and three others; the groups have a leader."""
        super().begin()
        for person in PEOPLE[1:]:
            self.register(self.chance.choice(self.scene.practices), **person)

    def deeds(self) -> Sequence[Callable[[World], object]]:
        return ALL_DEEDS

    def sure(self, deed: Callable[[World], object]) -> None:
        self.by = self.somebody()
        super().sure(deed)

    def somebody(self) -> Member:
        """The coordinator mostly, else a colleague who works here now."""
        if self.chance.random() < 0.7:
            return self.boss
        return member_of(self.chance.choice(list(Staff.select().where(Staff.active).order_by(Staff.id))))

    def pass_days(self) -> None:
        self.day += timedelta(days=self.chance.choice((0, 0, 1, 1, 3, 8, 32)))


def again(draft: type[D], record: Record, **more: Any) -> D:
    """What is on file as its form would show it, with something else filled in."""
    fields = inspect.signature(draft).parameters
    shown = {**typed_values(kind_of(type(record)), record), "id": record.id, "version": record.version}
    return draft(**{**{name: value for name, value in shown.items() if name in fields}, **more})


# ---- vouchers and people


def another_voucher(world: World) -> None:
    """Somebody comes again, or somebody new."""
    known = world.chance.choice([None, *(each.person_id for each in world.vouchers())])
    new: dict[str, Any] = world.chance.choice(PEOPLE) if known is None else {}
    world.register(world.chance.choice(world.scene.practices), known, **new)


def walk_in(world: World) -> None:
    """Nobody asks whether there is a place: the person has been there already."""
    activity = world.chance.choice(world.scene.activities)
    known = world.chance.choice([None, world.a_case().person_id])
    draft = a_draft(world.chance.choice(world.scene.practices), person_id=known, sure=world.confirmed)
    register_walk_in(
        world.by,
        WalkInDraft(**vars(draft), activity=activity.id, first_attended_on=world.day, first_known_by="leader"),
    )
    world.confirmed = True


def known_otherwise(world: World) -> None:
    """Another name, or mevrouw after all."""
    person = world.a_case().person
    form, own = world.chance.choice(("mevrouw", "de heer", "")), world.chance.choice([None, *world.scene.practices])
    correct_person(
        world.by,
        again(PersonDraft, person, surname=f"Jansen{world.hour}", form_of_address=form, sure=True,
              own_practice=own.id if own is not None else None),
    )  # fmt: skip


def reached_otherwise(world: World) -> None:
    """They come by, may not be phoned any more, or moved."""
    person = world.a_case().person
    ways = tuple(each for each in ("phone", "post", "email") if world.chance.random() < 0.6)
    comes_by = world.chance.random() < 0.3
    draft = again(PersonDraft, person, contact_by=ways, comes_by=comes_by, sure=True)
    correct_person(world.by, replace(draft, phone=world.chance.choice(("", "+31612345678", draft.phone))))


def other_terms(world: World) -> None:
    office = Organisation.get()
    many = world.chance.choice((3, 5, 8))
    change_organisation(world.by, again(OrganisationDraft, office, call_within=many, aftercare_after=many))


def not_wanted(world: World) -> None:
    """The practice wants no word after all, or it does."""
    case = world.a_case()
    correct_voucher(
        world.by,
        again(VoucherDraft, case, person_id=case.person_id, report_back=not case.report_back, sure=True,
              dated_on=world.earlier()),
    )  # fmt: skip


def another_coach(world: World) -> None:
    change_coach(world.by, (world.a_case().id,), world.chance.choice((world.by.id, None)), None)


def put_off(world: World) -> None:
    tasks = [each for each in list_tasks(world.by, world.day) if each.voucher_id]
    task = world.some(tasks)
    postpone_task(world.by, task.voucher_id, task.kind, world.chance.choice((1, 5, 14)))


def died(world: World) -> None:
    if world.chance.random() < 0.4:
        record_death(world.by, DeathDraft(person_id=world.a_case().person_id, deceased_on=world.earlier(), sure=True))


def did_not_die(world: World) -> None:
    dead = [each for each in world.vouchers() if each.person.deceased_on is not None]
    take_back_death(world.by, world.some(dead).person_id, sure=True)


def told_about_data(world: World) -> None:
    record_informed(world.by, world.a_case().person_id, world.day, "spoken")


# ---- appointments, talks, holds


def move(world: World) -> None:
    visit = world.some(Appointment.select().where(Appointment.state == "planned"))
    move_appointment(world.by, _visit(world, visit))


def correct_visit(world: World) -> None:
    correct_appointment(world.by, _visit(world, world.some(Appointment.select())))


def _visit(world: World, visit: Appointment) -> AppointmentDraft:
    place = world.chance.choice(("office", "home", "practice"))
    hour = time(world.chance.choice((9, 14)))
    return again(AppointmentDraft, visit, voucher_id=visit.voucher_id, day=world.ahead(), hour=hour, place=place,
                 coach=world.by.id, sure=True)  # fmt: skip


def no_visit(world: World) -> None:
    take_back_appointment(world.by, world.some(Appointment.select()).id)


def go_along(world: World) -> None:
    row = world.some(Enrolment.select().where(Enrolment.state == "enrolled"))
    plan_first_visit(
        world.by,
        AppointmentDraft(voucher_id=row.voucher_id, kind="first_visit", day=world.ahead(), hour=time(13),
                         coach=world.by.id, enrolment_id=row.id, sure=True),
    )  # fmt: skip


def call_was_otherwise(world: World) -> None:
    row = world.some(ContactAttempt.select())
    outcome = world.chance.choice(("reached", "no_answer", "not_now"))
    correct_contact(
        world.by,
        ContactDraft(id=row.id, version=row.version, voucher_id=row.voucher_id, on=world.earlier(), outcome=outcome,
                     consent_report_back=world.chance.choice(ANSWERS), sure=True),
    )  # fmt: skip


def talk_was_otherwise(world: World) -> None:
    row = world.some(Intake.select())
    answer = world.chance.choice(ANSWERS)
    correct_intake(
        world.by,
        again(IntakeDraft, row, voucher_id=row.voucher_id, held_on=world.earlier(), consent_report_back=answer,
              one_talk_enough=world.chance.random() < 0.3, sure=True),
    )  # fmt: skip


def it_goes_otherwise(world: World) -> None:
    row = world.some(Aftercare.select())
    outcome = world.chance.choice(("still", "other", "stopped", "never"))
    reason = "cost" if outcome in ("stopped", "never") else ""
    correct_aftercare(
        world.by,
        again(AftercareDraft, row, voucher_id=row.voucher_id, held_on=world.earlier(), outcome=outcome,
              stop_reason=reason, sure=True),
    )  # fmt: skip


def pause(world: World) -> None:
    until = world.day + timedelta(days=world.chance.choice((3, 30)))
    pause_case(
        world.by,
        HoldDraft(voucher_id=world.a_case().id, from_on=world.earlier(), until_on=until, reason="ill", sure=True),
    )


def go_on(world: World) -> None:
    row = world.some(Hold.select())
    (end_pause if world.chance.random() < 0.7 else take_back_pause)(world.by, row.id)


def see_to_worry(world: World) -> None:
    row = world.some(Worry.select())
    done = world.chance.choice((None, world.day))
    correct_worry(
        world.by,
        again(WorryDraft, row, voucher_id=row.voucher_id, called_on=world.day, called_at=time(9), reached="assistente",
              done_on=done, called_practice=None, sure=True),
    )  # fmt: skip


def take_steps(world: World) -> None:
    """The steps that go with the kind of worry, some of them."""
    row = world.some(Worry.select())
    if row.kind == "suicide":
        record_suicide_steps(world.by, SuicideDraft(worry_id=row.id, on_1=world.day, on_4=world.day))
    else:
        record_steps(world.by, MeldcodeDraft(worry_id=row.id, on_1=world.day, on_2=world.day))


def no_worry(world: World) -> None:
    take_back_worry(world.by, world.some(Worry.select()).id)


# ---- places


def answer(world: World) -> None:
    row = world.some(Enrolment.select().where(Enrolment.state.in_(["offered", "waiting"])))
    said = world.chance.choice(("yes", "yes", "no", "later"))
    answer_offer(
        world.by,
        OfferDraft(enrolment_id=row.id, answer=said, start_on=world.ahead(), after=world.chance.choice(("end", "stop")),
                   stop_reason="waiting_time", until=world.day + timedelta(days=4), sure=world.confirmed),
    )  # fmt: skip


def more_or_fewer_places(world: World) -> None:
    row = Activity.get_by_id(world.chance.choice(world.scene.activities).id)
    many = world.chance.choice((1, 2, 3))
    change_activity(world.by, again(ActivityDraft, row, capacity=many, sure=world.confirmed))


def activity_stops(world: World) -> None:
    one, other = world.chance.sample(world.scene.activities, 2)
    if Activity.get_by_id(one.id).status == "stopped":
        change_activity(world.by, again(ActivityDraft, Activity.get_by_id(one.id), status="active", sure=True))
        return
    onward = {each.id: Onward(world.chance.choice([*ONWARD]), other.id) for each in still_in(one.id)}
    stop_activity(world.by, ActivityEndDraft(activity_id=one.id, stopped_on=world.day, onward=onward,
                                             sure=world.confirmed))  # fmt: skip


def nothing_found(world: World) -> None:
    note_gap(world.by, world.a_case().id)


# ---- practices


def agreed_otherwise(world: World) -> None:
    row = Practice.get_by_id(world.chance.choice(world.scene.practices).id)
    moments = tuple(each for each in MOMENTS if world.chance.random() < 0.8)
    way = world.chance.choice([*LETTER_WAYS])
    change_practice(
        world.by,
        again(PracticeDraft, row, letter_moments=moments, letter_way=way, number=str(world.hour), sure=True),
    )


def doctor_leaves(world: World) -> None:
    row = world.some(Contact.select())
    at = world.chance.choice(world.scene.practices) if world.chance.random() < 0.3 else row.practice
    active, along = world.chance.random() < 0.6, world.chance.choice((None, True, False))
    change_contact(world.by, again(DoctorDraft, row, practice=at.id, active=active, takes_along=along, sure=True))


def doctor_comes(world: World) -> None:
    at = world.chance.choice(world.scene.practices)
    role = world.chance.choice(("gp", "poh_ggz", "assistant"))
    add_contact(world.by, DoctorDraft(practice=at.id, role=role, surname=f"Smit{world.hour}", sure=True))


def talk_with_practice(world: World) -> None:
    at = world.chance.choice(world.scene.practices)
    record_talk(world.by, PracticeTalkDraft(practice=at.id, held_on=world.earlier(), question="wachttijd"))


def one_practice(world: World) -> None:
    """Two practices turn out to be one; seldom, since little is left to go wrong afterwards."""
    if world.chance.random() > 0.15:
        raise Refused("not today")
    kept, other = (Practice.get_by_id(each.id) for each in world.chance.sample(world.scene.practices, 2))
    merge_practices(
        world.by,
        MergeDraft(kept=kept.id, other=other.id, kept_version=kept.version, other_version=other.version),
    )


# ---- colleagues and the law


def other_roles(world: World) -> None:
    """Somebody becomes coach, or is one no longer."""
    assert isinstance(world, Walk)
    row = world.some(Staff.select().where(Staff.active & (Staff.id != world.boss.id)))
    roles = tuple(world.chance.sample(["coordinator", "coach", "intake", "leader"], world.chance.choice((1, 1, 2))))
    change_colleague(world.by, again(StaffDraft, row, roles=roles))


def colleague_leaves(world: World) -> None:
    """With the work handed over, or just gone."""
    assert isinstance(world, Walk)
    row = world.some(Staff.select().where(Staff.active & (Staff.id != world.boss.id)))
    if world.chance.random() < 0.8:
        raise Refused("not today")
    if world.chance.random() < 0.5:
        hand_over(world.by, row.id, world.boss.id)
    say_goodbye(world.by, row.id)


def destroy(world: World) -> None:
    """Somebody wants everything gone; seldom, since nothing of this can be undone."""
    if world.chance.random() < 0.8:
        raise Refused("not today")
    person = world.a_case().person
    asked = RequestDraft(person_id=person.id, kind="destruction", received_on=world.day, proved=True)
    request = register_request(world.by, asked)
    how = world.chance.choice(("destroy", "anonymise"))
    destroy_person(world.by, DestroyDraft(person_id=person.id, request_id=request.id, surname=person.surname, how=how))


# ---- letters


def a_letter(world: World, *states: str) -> Letter:
    found: Letter = world.some(Letter.select().where(Letter.state.in_(states)))
    return found


def approve(world: World) -> None:
    approve_letter(world.by, a_letter(world, "concept").id)


def throw_away(world: World) -> None:
    discard_letter(world.by, a_letter(world, "concept").id)


def type_in_it(world: World) -> None:
    letter = a_letter(world, "concept")
    draft = open_letter(world.by, letter.id).draft
    edit_letter(world.by, replace(draft, agreed=draft.agreed + " Tot ziens.", sure=True))


def hand_out(world: World) -> None:
    send_letter(world.by, a_letter(world, "fixed").id, world.chance.choice([*LETTER_WAYS]))


def it_went(world: World) -> None:
    row = world.some(Dispatch.select().where(Dispatch.confirmed_at.is_null()))
    confirm_sent(world.by, row.id, sure=world.confirmed)


def it_did_not_go(world: World) -> None:
    take_back_sending(world.by, world.some(Dispatch.select()).id)


def put_right(world: World) -> None:
    correct_letter(world.by, a_letter(world, "fixed", "sent").id, "typefout")


def came_back(world: World) -> None:
    letter = a_letter(world, "sent")
    record_returned(world.by, ReturnDraft(letter_id=letter.id, returned_on=world.day, why="moved"))


def looked_at_address(world: World) -> None:
    settle_returned(world.by, world.chance.choice(world.scene.practices).id, "address_right")


def signal(world: World) -> None:
    row = world.some(Worry.select())
    draft = SignalDraft(
        voucher_id=row.voucher_id, worry_id=row.id, ground=world.chance.choice(("consent", "meldcode", "vital")),
        agreed=world.chance.random() < 0.5, sentence="Wij maken ons zorgen en belden u vandaag.",
        own_practice=world.chance.choice((None, world.scene.practices[0].id)), sure=True,
    )  # fmt: skip
    write_signal(world.by, draft)


def print_together(world: World) -> None:
    """A pile: most of it comes out well, or it is stopped."""
    ready = [each.id for each in Letter.select().where((Letter.state != "sent") & Letter.withdrawn_on.is_null())]
    pile = prepare_batch(world.by, world.chance.sample(ready, min(len(ready), 4)))
    if pile.batch_id is None:
        raise Refused("nothing to print")
    batch = Batch.get_by_id(pile.batch_id)
    for place in range(1, batch.letters + 1):
        letter_at(world.by, batch.id, place)
    note_printed(world.by, batch.id, batch.letters)
    if world.chance.random() < 0.7:
        confirm_batch(world.by, batch.id, world.chance.randint(0, batch.letters))


def say_of_pile(world: World) -> None:
    batch = world.some(Batch.select().where(Batch.state.in_(["printing", "printed"])))
    if world.chance.random() < 0.5:
        stop_batch(world.by, batch.id)
    else:
        confirm_batch(world.by, batch.id, batch.letters)


def undo_another(world: World) -> None:
    """From the list: not the newest, so that later work may build on it."""
    done = recent_of(world.by.id, world.now() - timedelta(hours=24), 12)
    undo(world.by, world.some(done).id)


def undo_more(world: World) -> None:
    """Ctrl+Z several times, as somebody who did not look."""
    for _step in range(world.chance.choice((1, 2, 4))):
        undo_last(world.by)


MORE: tuple[Callable[[World], object], ...] = (
    another_voucher, walk_in, known_otherwise, reached_otherwise, other_terms, not_wanted, another_coach, put_off,
    died, did_not_die, told_about_data, move, move, correct_visit, no_visit, go_along, go_along, call_was_otherwise,
    talk_was_otherwise, it_goes_otherwise, pause, go_on, see_to_worry, no_worry, answer, answer, more_or_fewer_places,
    activity_stops, nothing_found, agreed_otherwise, doctor_leaves, doctor_comes, talk_with_practice, one_practice,
    other_roles, colleague_leaves, destroy, take_steps, approve, throw_away, type_in_it, hand_out, it_went,
    it_did_not_go, put_right, came_back, looked_at_address, signal, print_together, say_of_pile, undo_another,
    undo_another, undo_more,
)  # fmt: skip
ALL_DEEDS = (*DEEDS, *MORE)


def look_around(world: Walk) -> None:
    """Every list, page and paper opens, or is Refused with a sentence."""
    by, today = world.boss, world.day
    list_tasks(by, today), list_letters_due(by, today), list_not_due(by, today), list_wrong_letters(by)
    for wait in list_waiting_for_word(by, today):
        look_at_text(by, wait)
    for case in world.vouchers():
        open_case(by, case.id), due_of_case(by, case.id, today), find_next_steps(by, case.id, today)
        story(by, case.person_id), list_asked(by, case.person_id), find_gp(by, case.id)
        with suppress(Refused):
            open_person(by, case.person_id), make_file(by, case.person_id)
        with suppress(Refused):
            contact_card(by, case.id)
    for letter in Letter.select():
        open_letter(by, letter.id)
        with suppress(Refused):
            reprint_letter(by, letter.id)
    for visit in Appointment.select().where(Appointment.state == "planned"):
        with suppress(Refused):
            appointment_card(by, visit.id)
    for row in Enrolment.select():
        with suppress(Refused):
            activity_card(by, row.id)
    for activity in world.scene.activities:
        list_participants(by, activity.id)
    with suppress(Refused):
        day_sheet(by, today)
