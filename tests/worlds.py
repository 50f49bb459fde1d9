"""Small worlds: two people's cases at practices of every kind, in a random order of deeds, days and second thoughts.

A story has one voucher, one practice and a good end. A world has a physiotherapist, a practice without an address, two
vouchers of one person, somebody else in the same group, every ending and every answer, and staff who correct, take
back, reopen, merge and undo. `World.live` does so many deeds as staff would, through the program's own actions; what
must hold after each of them stands in tests/test_worlds.py. A number makes the same world again.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from desktop import clock
from desktop.actions.aftercare import hold_aftercare, take_back_aftercare
from desktop.actions.appointments import miss_appointment, plan_aftercare, plan_intake
from desktop.actions.case_moves import move_case
from desktop.actions.consents import record_consents, withdraw_consent
from desktop.actions.contacts import record_contact, take_back_contact
from desktop.actions.endings import close_case, correct_closing, record_worry, reopen_case, take_back_closing
from desktop.actions.enrolments import (
    correct_enrolment,
    enrol,
    give_place,
    record_first_time,
    stop_enrolment,
    take_back_enrolment,
    take_back_first_time,
)
from desktop.actions.intakes import hold_intake, take_back_intake
from desktop.actions.letter_correcting import withdraw_letter, write_for_new_address
from desktop.actions.letter_moves import move_letter
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter
from desktop.actions.letters import rewrite_letter, write_letter
from desktop.actions.merge import merge_people
from desktop.actions.moves import move_deed
from desktop.actions.undo import undo_last
from desktop.actions.vouchers import correct_voucher, register_voucher
from desktop.errors import Doubtful, Refused
from desktop.rules.aftercare import AftercareDraft
from desktop.rules.codes import CLOSING_OUTCOMES, DROP_OUT_REASONS, REFERRER_KINDS
from desktop.rules.deeds import (
    AppointmentDraft,
    ClosingDraft,
    ConsentDraft,
    ContactDraft,
    EnrolDraft,
    EnrolmentDraft,
    FirstTimeDraft,
    IntakeDraft,
    MissedDraft,
    ReopenDraft,
    StopDraft,
    WorryDraft,
)
from desktop.rules.merge import MergeDraft
from desktop.rules.moves import MoveCaseDraft, MoveDraft, MoveLetterDraft, Part, parts_of
from desktop.rules.people import PersonDraft
from desktop.rules.staff import Member
from desktop.rules.vouchers import VoucherDraft
from desktop.storage.cases import read_case
from desktop.storage.database import database
from desktop.storage.letters_due import due_of_case
from desktop.storage.models import (
    Activity,
    Aftercare,
    Appointment,
    Closing,
    Consent,
    Contact,
    ContactAttempt,
    Enrolment,
    Intake,
    Letter,
    Person,
    Practice,
    Voucher,
)
from tests.factory import a_draft, add_activity, add_practice

START = date(2026, 3, 2)
SECRET = "achter gesloten deuren"
"""What staff write down of a talk, a worry or an end: for coaches, and never in a letter."""
ANSWERS = ("yes", "yes", "yes", "no", "ask", "")
W = TypeVar("W", bound="World")


@dataclass(frozen=True)
class Scene:
    """What every world begins with."""

    by: Member
    practices: tuple[Practice, ...]
    activities: tuple[Activity, ...]


def set_scene(by: Member) -> Scene:
    """A GP practice, a physiotherapist, and a practice of which nobody knows the address; groups of one and of two."""
    gp = add_practice("Huisartsenpraktijk De Linde", agb="01054321")
    physio = add_practice("Fysiotherapie Het Plein", agb=None, kind="physio", postcode="5611 XB")
    bare = add_practice("Huisartsen Zuid", agb=None, street="", number="", postcode="", town="")
    small = add_activity("Zangkoor", letter_name="een koor", capacity=1)
    larger = add_activity("Wandelclub", letter_name="een wandelgroep", capacity=2)
    return Scene(by, (gp, physio, bare), (small, larger))


@dataclass
class World:
    """One telling; `told` says what was done, for whoever has to read a world that broke."""

    scene: Scene
    number: int
    day: date = START
    told: list[str] = field(default_factory=list)
    confirmed: bool = False  # what was asked about was confirmed, in the deed that is under way
    moved: tuple[Part, int] | None = None  # the last deed that was moved, and the case it came from

    def __post_init__(self) -> None:
        self.chance = random.Random(self.number)
        self.by = self.scene.by
        self.hour = 0

    # -- time

    def now(self) -> datetime:
        """Every deed a second later than the one before."""
        self.hour += 1
        return datetime.combine(self.day, time(9), UTC) + timedelta(seconds=self.hour)

    def pass_days(self) -> None:
        self.day += timedelta(days=self.chance.choice((1, 1, 2, 5, 9, 30, 95)))

    # -- who there is

    def vouchers(self) -> list[Voucher]:
        return list(Voucher.select().order_by(Voucher.id))

    def some(self, rows: Any) -> Any:
        """One of these, or Refused: then another deed is tried."""
        found = list(rows)
        if not found:
            raise Refused("nobody to do this with")
        return self.chance.choice(found)

    def a_case(self) -> Voucher:
        return self.some(self.vouchers())  # type: ignore[no-any-return]

    def earlier(self) -> date:
        """Today, or some day before: deeds are written down later too."""
        return self.day - timedelta(days=self.chance.choice((0, 0, 0, 1, 4, 12)))

    def ahead(self) -> date:
        return self.day + timedelta(days=self.chance.choice((0, 1, 2, 7, 20)))

    # -- the telling

    def begin(self) -> None:
        """Two vouchers of one person at two practices, and somebody else."""
        first = self.register(self.scene.practices[self.number % 3])
        self.register(self.scene.practices[(self.number // 3 + 1) % 3], person=first.person_id)
        self.register(self.scene.practices[(self.number // 9) % 3], surname="Bakker", phone="+31612345678")

    def register(self, practice: Practice, person: int | None = None, **more: Any) -> Voucher:
        kinds = [*REFERRER_KINDS]
        contacts = list(Contact.select().where(Contact.practice == practice))
        known = self.chance.random() < 0.6
        draft = a_draft(
            practice, person_id=person, dated_on=self.earlier(), received_on=self.day,
            consent_received=self.chance.choice(ANSWERS[:5]), consent_report_back=self.chance.choice(ANSWERS),
            referrer=self.chance.choice(contacts).id if known and contacts else None,
            referrer_kind=kinds[self.number % len(kinds)], sure=True, **more,
        )  # fmt: skip
        made = register_voucher(self.by, draft)
        self.told.append(f"{self.day} register {made.id} at {practice.id}: {draft.consent_report_back or '-'}")
        return made

    def live(self, deeds: int) -> Iterator[str]:
        """Do so many deeds, each followed by a look at what must hold."""
        self.begin()
        yield "begun"
        for _n in range(deeds):
            if self.chance.random() < 0.45:
                self.pass_days()
            deed = self.chance.choice(self.deeds())
            with suppress(Refused):
                self.sure(deed)
                self.told.append(f"{self.day} {deed.__name__}")
                yield deed.__name__

    def deeds(self) -> Sequence[Callable[["World"], object]]:
        """What staff may do next."""
        return DEEDS

    def sure(self, deed: Callable[["World"], object]) -> None:
        """What is asked about is confirmed, as hurried staff do."""
        state, self.confirmed = self.chance.getstate(), False
        try:
            deed(self)
        except Doubtful:
            self.chance.setstate(state)
            self.confirmed = True
            deed(self)


@contextmanager
def lived_in(made: W) -> Iterator[W]:
    """A world of its own: afterwards the file is as it was."""
    real = clock.now
    clock.now = made.now
    try:
        with database.atomic() as all_of_it:
            yield made
            all_of_it.rollback()
    finally:
        clock.now = real


# ---- what staff do


def call(world: World) -> None:
    outcome = world.chance.choice(("reached", "no_answer", "voicemail", "wrong_number", "not_now"))
    case, on = world.a_case(), world.earlier()
    record_contact(world.by, ContactDraft(voucher_id=case.id, on=on, outcome=outcome, informed=True, sure=True))


def plan(world: World) -> None:
    ahead = world.day + timedelta(days=world.chance.choice((0, 1, 6, 20)))
    draft = AppointmentDraft(voucher_id=world.a_case().id, day=ahead, hour=time(10), coach=world.by.id, sure=True)
    (plan_intake if world.chance.random() < 0.7 else plan_aftercare)(world.by, draft)


def miss(world: World) -> None:
    visit = world.some(Appointment.select().where(Appointment.state == "planned"))
    miss_appointment(world.by, MissedDraft(id=visit.id, voucher_id=visit.voucher_id, cancelled=True))


def talk(world: World) -> None:
    planned = list(Appointment.select().where((Appointment.state == "planned") & (Appointment.kind == "intake")))
    visit = world.chance.choice(planned) if planned and world.chance.random() < 0.6 else None
    case = visit.voucher if visit is not None else world.a_case()
    answers: Any = {
        f"consent_{purpose}": world.chance.choice(ANSWERS) for purpose in ("report_back", "activity", "hexagon")
    }
    draft = IntakeDraft(
        voucher_id=case.id,
        held_on=world.earlier(),
        appointment_id=visit.id if visit else None,
        one_talk_enough=world.chance.random() < 0.2,
        note=SECRET,
        goals=SECRET,
        sure=True,
    )
    hold_intake(world.by, replace(draft, **answers))


def sign_up(world: World) -> None:
    where: dict[str, Any] = (
        {"activities": (world.chance.choice(world.scene.activities).id,)}
        if world.chance.random() < 0.85
        else {"destination": "buddy"}
    )
    waiting = "activities" in where and world.chance.random() < 0.35
    start = world.day + timedelta(days=world.chance.choice((0, 4, 30))) if world.chance.random() < 0.6 else None
    enrol(
        world.by,
        EnrolDraft(voucher_id=world.a_case().id, enrolled_on=world.day, start_on=start, waiting=waiting,
                   sure=world.confirmed, accompanied=world.chance.random() < 0.3, **where),
    )  # fmt: skip


def first_time(world: World) -> None:
    row = world.some(Enrolment.select().where(Enrolment.state.in_(["enrolled", "waiting"])))
    draft = FirstTimeDraft(enrolment_id=row.id, first_attended_on=world.earlier(), first_known_by="phone",
                           sure=world.confirmed)  # fmt: skip
    record_first_time(world.by, draft)


def let_in(world: World) -> None:
    give_place(world.by, world.some(Enrolment.select().where(Enrolment.state == "waiting")).id)


def change_place(world: World) -> None:
    row = world.some(Enrolment.select().where(Enrolment.state != "stopped"))
    activity = world.chance.choice(world.scene.activities)
    correct_enrolment(
        world.by,
        EnrolmentDraft(id=row.id, version=row.version, voucher_id=row.voucher_id, activity=activity.id,
                       enrolled_on=row.enrolled_on, start_on=row.start_on, waiting=world.chance.random() < 0.4,
            sure=world.confirmed),
    )  # fmt: skip


def stop(world: World) -> None:
    row = world.some(Enrolment.select().where(Enrolment.state != "stopped"))
    why = world.chance.choice([*DROP_OUT_REASONS])
    stop_enrolment(
        world.by,
        StopDraft(enrolment_id=row.id, voucher_id=row.voucher_id, stopped_on=world.day, stop_reason=why, sure=True),
    )


def ask_how_it_goes(world: World) -> None:
    outcome = world.chance.choice(("still", "other", "stopped", "never"))
    reason = "illness" if outcome in ("stopped", "never") else ""
    hold_aftercare(
        world.by,
        AftercareDraft(voucher_id=world.a_case().id, held_on=world.day, outcome=outcome, stop_reason=reason,
                       note=SECRET, sure=True),
    )  # fmt: skip


def worry(world: World) -> None:
    kind = world.chance.choice(("suicide", "violence", "neglect"))
    record_worry(world.by, WorryDraft(voucher_id=world.a_case().id, kind=kind, noticed_on=world.day, note=SECRET))


def close(world: World) -> None:
    outcome = world.chance.choice([*CLOSING_OUTCOMES])
    close_case(world.by, _closing(world, voucher_id=world.a_case().id, outcome=outcome))


def _closing(world: World, **more: Any) -> ClosingDraft:
    known = {"closed_on": world.day, "reason": "illness", "passed_on_to": "wijkteam", "note": SECRET,
                             "sure": True}  # fmt: skip
    return ClosingDraft(**{**known, **more})


def close_otherwise(world: World) -> None:
    row = world.some(Closing.select().where(Closing.reopened_on.is_null()))
    outcome = world.chance.choice([*CLOSING_OUTCOMES])
    correct_closing(
        world.by, _closing(world, id=row.id, version=row.version, voucher_id=row.voucher_id, outcome=outcome)
    )


def reopen(world: World) -> None:
    row = world.some(Closing.select().where(Closing.reopened_on.is_null()))
    reopen_case(world.by, ReopenDraft(voucher_id=row.voucher_id, reopened_on=world.day, reopened_why="wil toch"))


def ask_again(world: World) -> None:
    case, answer = world.a_case(), world.chance.choice(("yes", "no", "ask"))
    record_consents(
        world.by,
        ConsentDraft(person_id=case.person_id, voucher_id=case.id, report_back=answer, given_on=world.earlier(),
                     how="spoken", sure=True),
    )  # fmt: skip


def withdraw(world: World) -> None:
    given = Consent.select().where((Consent.answer == "yes") & Consent.withdrawn_on.is_null())
    withdraw_consent(world.by, world.some(given).id, world.day)


def put_right_practice(world: World) -> None:
    case, practice = world.a_case(), world.chance.choice(world.scene.practices)
    correct_voucher(
        world.by,
        VoucherDraft(id=case.id, version=case.version, person_id=case.person_id, practice=practice.id,
                     dated_on=case.dated_on, received_on=case.received_on, coach=case.coach_id,
                     voucher_number=case.number, referrer_kind=case.referrer_kind, sure=True),
    )  # fmt: skip


def take_back(world: World) -> None:
    kinds: tuple[tuple[Any, Any], ...] = (
        (Intake, take_back_intake), (Aftercare, take_back_aftercare), (Closing, take_back_closing),
        (Enrolment, take_back_enrolment), (ContactAttempt, take_back_contact),
    )  # fmt: skip
    model, deed = world.chance.choice(kinds)
    deed(world.by, world.some(model.select()).id)


def not_there_after_all(world: World) -> None:
    row = world.some(Enrolment.select().where(Enrolment.first_attended_on.is_null(False)))
    take_back_first_time(world.by, row.id)


def merge(world: World) -> None:
    people = list(Person.select().where(Person.merged_into.is_null()).order_by(Person.id))
    if len(people) < 2:
        raise Refused("nobody to merge")
    kept, other = world.chance.sample(people, 2)
    merge_people(
        world.by,
        MergeDraft(kept=kept.id, other=other.id, kept_version=kept.version, other_version=other.version),
    )


def undo(world: World) -> None:
    undo_last(world.by)


def write(world: World) -> None:
    case = world.a_case()
    due = [each for each in due_of_case(world.by, case.id, world.day) if not each.why_not and each.moment != "signal"]
    write_letter(world.by, case.id, world.some(due).moment)


def fill_anew(world: World) -> None:
    letter = world.some(Letter.select().where(Letter.withdrawn_on.is_null() & (Letter.state != "sent")))
    (rewrite_letter if letter.state == "concept" else write_for_new_address)(world.by, letter.id)


def fix(world: World) -> None:
    fix_letter(world.by, world.some(Letter.select().where(Letter.state == "concept")).id)


def send(world: World) -> None:
    letter = world.some(Letter.select().where((Letter.state == "fixed") & Letter.withdrawn_on.is_null()))
    confirm_sent(world.by, send_letter(world.by, letter.id, world.chance.choice(("text", "pdf"))).id)


def tell(world: World) -> None:
    """Write, fix and send in one go what is owed: most letters go this way."""
    case = world.a_case()
    due = [each for each in due_of_case(world.by, case.id, world.day) if not each.why_not and each.moment != "signal"]
    letter = fix_letter(world.by, write_letter(world.by, case.id, world.some(due).moment).id)
    confirm_sent(world.by, send_letter(world.by, letter.id, "text").id)


def withdraw_it(world: World) -> None:
    letter = world.some(Letter.select().where((Letter.state != "concept") & Letter.withdrawn_on.is_null()))
    withdraw_letter(world.by, letter.id, "klopt niet")


def belongs_elsewhere(world: World) -> None:
    """It was written down with the wrong case; sometimes that is then said of the right one."""
    case = read_case(world.a_case().id)
    part = world.some(parts_of(case))
    to = world.some(each for each in world.vouchers() if each.id != case.id)
    world.moved = (part, case.id)
    also = tuple(f"{each.kind}:{each.id}" for each in parts_of(case) if world.chance.random() < 0.1)
    move_deed(
        world.by, MoveDraft(kind=part.kind, id=part.id, voucher_id=to.id, also=also, sure=world.confirmed)
    )


def belonged_there_after_all(world: World) -> None:
    if world.moved is None:
        raise Refused("nothing was moved")
    part, home = world.moved
    move_deed(world.by, MoveDraft(kind=part.kind, id=part.id, voucher_id=home, sure=world.confirmed))


def somebody_elses(world: World) -> None:
    """The whole voucher, to who is on file or to somebody new."""
    case = world.a_case()
    people = list(Person.select().where(Person.merged_into.is_null() & (Person.id != case.person_id)))
    person = world.chance.choice(people) if people and world.chance.random() < 0.8 else None
    new = None if person else PersonDraft(form_of_address="de heer", surname="Nieuwkamp", phone="+31655566677")
    worries = world.chance.choice(("along", "along", "stay"))
    move_case(
        world.by,
        MoveCaseDraft(voucher_id=case.id, person_id=person.id if person else None, new=new, worries=worries,
                      sure=world.confirmed),
    )  # fmt: skip


def not_for_this_case(world: World) -> None:
    letter = world.some(Letter.select().where(Letter.withdrawn_on.is_null()))
    to = world.some(each for each in world.vouchers() if each.id != letter.voucher_id)
    move_letter(world.by, MoveLetterDraft(id=letter.id, voucher_id=to.id, sure=world.confirmed))


DEEDS: tuple[Callable[[World], None], ...] = (
    call, call, plan, plan, miss, talk, talk, talk, sign_up, sign_up, sign_up, first_time, first_time, let_in,
    change_place, stop, ask_how_it_goes, worry, close, close, close_otherwise, reopen, ask_again, withdraw,
    put_right_practice, take_back, not_there_after_all, merge, undo, write, fill_anew, fix, send,
    tell, tell, tell, tell, withdraw_it, belongs_elsewhere, belongs_elsewhere, belonged_there_after_all, somebody_elses,
    not_for_this_case,
)  # fmt: skip
