"""What was written down with the wrong person stands with the right one, and nothing is left pointing at the other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

import pytest

from desktop import clock
from desktop.actions.aftercare import hold_aftercare
from desktop.actions.appointments import plan_intake
from desktop.actions.consents import record_consents
from desktop.actions.contacts import record_contact
from desktop.actions.endings import close_case, record_worry
from desktop.actions.enrolments import enrol, record_first_time
from desktop.actions.holds import pause_case
from desktop.actions.intakes import correct_intake, hold_intake
from desktop.actions.letter_correcting import correct_letter, withdraw_letter, write_for_new_address
from desktop.actions.letter_looks import open_letter
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter, take_back
from desktop.actions.letters import write_letter
from desktop.actions.meldcode import record_steps
from desktop.actions.merge import merge_people
from desktop.actions.moves import look_at_move, move_deed
from desktop.actions.retention import destroy_person
from desktop.actions.signals import write_signal
from desktop.actions.tasks import postpone_task
from desktop.actions.undo import undo, undo_last
from desktop.errors import Doubtful, Refused
from desktop.rules.aftercare import AftercareDraft
from desktop.rules.deeds import (
    AppointmentDraft,
    ClosingDraft,
    ConsentDraft,
    ContactDraft,
    EnrolDraft,
    FirstTimeDraft,
    IntakeDraft,
    WorryDraft,
)
from desktop.rules.holds import HoldDraft
from desktop.rules.letters_due import wrong_letters
from desktop.rules.meldcode import MeldcodeDraft
from desktop.rules.moves import MoveDraft
from desktop.rules.retention import DestroyDraft
from desktop.rules.signals import SignalDraft
from desktop.rules.staff import Member
from desktop.storage.cases import read_case
from desktop.storage.changes import Audit, Record
from desktop.storage.history import history
from desktop.storage.log import who_looked
from desktop.storage.models import (
    Appointment,
    Consent,
    Contact,
    ContactAttempt,
    Enrolment,
    Intake,
    Letter,
    MeldcodeStep,
    Person,
    Postponement,
    Practice,
    Voucher,
    Worry,
)
from desktop.storage.moves import list_other_cases, strays
from desktop.storage.places import places_of
from desktop.storage.story import story
from desktop.storage.tasks import list_tasks
from tests.actions.test_letter_sending import MONDAY, Year, owed
from tests.actions.test_letter_sending import year as year
from tests.actions.test_merge import draft as merging
from tests.factory import add_activity, add_member, add_practice, add_row, add_voucher, counts

TUESDAY = MONDAY + timedelta(days=1)


@dataclass
class Mixed:
    """Annie with a voucher of De Linde and one of the physiotherapist, and Bea, whose talk was written down as hers."""

    by: Member
    annie: Voucher
    other: Voucher  # of Annie too
    bea: Voucher

    def at(self, voucher: Voucher, row: Record) -> bool:
        fresh: Any = type(row).get_by_id(row.id)
        return bool(fresh.voucher_id == voucher.id and fresh.person_id == voucher.person_id)


@pytest.fixture
def mixed(year: Year, office: Member) -> Mixed:
    gp = add_practice()
    physio = add_practice("Fysiotherapie Het Plein", agb=None, kind="physio", postcode="5611 XB")
    known: dict[str, Any] = {"dated_on": MONDAY - timedelta(days=20), "received_on": MONDAY - timedelta(days=19)}
    annie = add_voucher(office, gp, **known)
    other = add_voucher(office, physio, person_id=annie.person_id, **known)
    bea = add_voucher(office, gp, first_name="Bea", surname="Bakker", phone="+31612345678", **known)
    return Mixed(office, annie, other, bea)


def move(by: Member, row: Record, to: Voucher, sure: bool = True, also: tuple[str, ...] = ()) -> Voucher:
    """As the form does it, with what was seen when it was opened."""
    kind = {ContactAttempt: "contact"}.get(type(row), type(row).__name__.lower())
    version = type(row).get_by_id(row.id).version
    return move_deed(by, MoveDraft(kind=kind, id=row.id, version=version, voucher_id=to.id, also=also, sure=sure))


def tell(by: Member, voucher: Voucher, moment: str) -> Letter:
    letter = fix_letter(by, write_letter(by, voucher.id, moment).id)
    return confirm_sent(by, send_letter(by, letter.id, "text").id)


def talk(by: Member, voucher: Voucher, **more: Any) -> Intake:
    return hold_intake(by, IntakeDraft(voucher_id=voucher.id, held_on=clock.today(), sure=True, **more))


def sign_up(by: Member, voucher: Voucher, title: str = "Zangkoor", **more: Any) -> Enrolment:
    activity = add_activity(title, letter_name="een koor", **more)
    draft = EnrolDraft(voucher_id=voucher.id, activities=(activity.id,), enrolled_on=clock.today(), sure=True)
    return enrol(by, draft)[0]


# ---- each kind of deed, with what belongs to it


def a_call(mixed: Mixed) -> Record:
    draft = ContactDraft(voucher_id=mixed.annie.id, on=MONDAY, outcome="reached", consent_report_back="no", sure=True)
    return record_contact(mixed.by, draft)


def a_talk(mixed: Mixed) -> Record:
    plan_intake(mixed.by, AppointmentDraft(voucher_id=mixed.annie.id, day=MONDAY, hour=time(15), sure=True))
    return talk(mixed.by, mixed.annie, consent_hexagon="yes", goals="Weer zingen")


def an_appointment(mixed: Mixed) -> Record:
    return plan_intake(mixed.by, AppointmentDraft(voucher_id=mixed.annie.id, day=TUESDAY, hour=time(10), sure=True))


def a_place(mixed: Mixed) -> Record:
    enrolment = sign_up(mixed.by, mixed.annie)
    draft = FirstTimeDraft(enrolment_id=enrolment.id, first_attended_on=MONDAY, first_known_by="phone", sure=True)
    return record_first_time(mixed.by, draft)


def an_aftercare_talk(mixed: Mixed) -> Record:
    return hold_aftercare(
        mixed.by, AftercareDraft(voucher_id=mixed.annie.id, held_on=MONDAY, outcome="still", sure=True)
    )


def a_worry(mixed: Mixed) -> Record:
    worry = record_worry(mixed.by, WorryDraft(voucher_id=mixed.annie.id, kind="violence", noticed_on=MONDAY))
    record_steps(mixed.by, MeldcodeDraft(worry_id=worry.id, on_1=MONDAY, note_1="Blauwe plekken gezien"))
    return worry


def a_hold(mixed: Mixed) -> Record:
    until = MONDAY + timedelta(days=20)
    return pause_case(mixed.by, HoldDraft(voucher_id=mixed.annie.id, from_on=MONDAY, until_on=until, reason="ill"))


def a_closing(mixed: Mixed) -> Record:
    return close_case(
        mixed.by, ClosingDraft(voucher_id=mixed.annie.id, closed_on=MONDAY, outcome="not_suitable", sure=True)
    )


KINDS = (a_call, a_talk, an_appointment, a_place, an_aftercare_talk, a_worry, a_hold, a_closing)


@pytest.mark.parametrize("record", KINDS, ids=lambda each: each.__name__)
def test_a_deed_goes_to_the_right_person_and_one_undo_brings_it_back(
    mixed: Mixed, record: Callable[[Mixed], Record]
) -> None:
    row = record(mixed)
    before, there = read_case(mixed.annie.id), read_case(mixed.bea.id)
    move(mixed.by, row, mixed.bea)
    assert mixed.at(mixed.bea, row)
    assert strays() == []
    assert not [line for line in story(mixed.by, mixed.annie.person_id) if line.kind not in ("voucher", "letter")]
    undo_last(mixed.by)
    assert (read_case(mixed.annie.id), read_case(mixed.bea.id)) == (before, there)
    assert strays() == []


@pytest.mark.parametrize("record", KINDS, ids=lambda each: each.__name__)
def test_moved_there_and_back_is_as_it_was(mixed: Mixed, record: Callable[[Mixed], Record]) -> None:
    row = record(mixed)
    before, there = read_case(mixed.annie.id), read_case(mixed.bea.id)
    move(mixed.by, row, mixed.bea)
    move(mixed.by, row, mixed.annie)
    assert (read_case(mixed.annie.id), read_case(mixed.bea.id)) == (before, there)


def test_the_appointment_and_the_answers_of_a_talk_go_along(mixed: Mixed) -> None:
    intake = a_talk(mixed)
    move(mixed.by, intake, mixed.bea)
    visit = Appointment.get()
    assert (visit.voucher_id, visit.state) == (mixed.bea.id, "held")
    assert counts(mixed.bea, "hexagon") == "yes"
    assert counts(mixed.annie, "hexagon") == ""
    assert Voucher.get_by_id(mixed.annie.id).status == "received"
    assert Voucher.get_by_id(mixed.bea.id).status == "intake_held"


def test_a_no_goes_with_the_call_in_which_it_was_said(mixed: Mixed) -> None:
    call = a_call(mixed)
    assert counts(mixed.annie) == "no"
    move(mixed.by, call, mixed.bea)
    assert (counts(mixed.annie), counts(mixed.bea)) == ("yes", "no")


def test_an_answer_for_one_practice_opens_no_letter_to_the_practice_of_the_right_voucher(mixed: Mixed) -> None:
    record_consents(
        mixed.by, ConsentDraft(person_id=mixed.other.person_id, voucher_id=mixed.other.id, report_back="ask",
                               given_on=MONDAY, how="spoken"),
    )  # fmt: skip
    intake = talk(mixed.by, mixed.annie, consent_report_back="yes")
    with pytest.raises(Doubtful, match="andere praktijk"):
        move(mixed.by, intake, mixed.other, sure=False)
    move(mixed.by, intake, mixed.other)
    assert Consent.get(Consent.intake == intake.id).practice_id == mixed.annie.practice_id
    assert counts(mixed.other) != "no"
    letter = write_letter(mixed.by, mixed.annie.id, "arrived")
    assert letter.voucher_id == mixed.annie.id


def test_a_worry_goes_with_its_steps_and_the_phone_list_follows(mixed: Mixed) -> None:
    worry = a_worry(mixed)
    move(mixed.by, worry, mixed.bea)
    assert MeldcodeStep.get().voucher_id == mixed.bea.id
    worries = [task for task in list_tasks(mixed.by, MONDAY) if task.kind == "worry"]
    assert [task.voucher_id for task in worries] == [mixed.bea.id]


def test_a_place_that_only_the_wrong_closing_ended_goes_on_with_the_right_person(mixed: Mixed) -> None:
    enrolment = a_place(mixed)
    a_closing(mixed)
    assert Enrolment.get_by_id(enrolment.id).state == "stopped"
    move(mixed.by, enrolment, mixed.bea)
    fresh = Enrolment.get_by_id(enrolment.id)
    assert (fresh.state, fresh.ended_by_id) == ("started", None)
    assert Voucher.get_by_id(mixed.annie.id).status == "closed"


def test_the_wrong_voucher_was_closed(mixed: Mixed) -> None:
    """What ended with it stands again; on the right voucher it ends what stands there."""
    theirs = sign_up(mixed.by, mixed.annie, "Koor")
    ours = sign_up(mixed.by, mixed.bea, "Wandelen")
    visit = plan_intake(mixed.by, AppointmentDraft(voucher_id=mixed.annie.id, day=TUESDAY, hour=time(10), sure=True))
    closing = a_closing(mixed)
    with pytest.raises(Doubtful, match="Wandelen"):
        move(mixed.by, closing, mixed.bea, sure=False)
    move(mixed.by, closing, mixed.bea)
    assert Enrolment.get_by_id(theirs.id).state == "enrolled"
    assert Enrolment.get_by_id(ours.id).state == "stopped"
    assert Appointment.get_by_id(visit.id).state == "planned"
    annie, bea = (Voucher.get_by_id(each.id) for each in (mixed.annie, mixed.bea))
    assert (annie.outcome, bea.status, bea.outcome) == ("", "closed", "not_suitable")
    assert annie.status != "closed"


def test_a_talk_that_ended_taking_part_ends_it_for_the_right_person(mixed: Mixed) -> None:
    theirs, ours = sign_up(mixed.by, mixed.annie, "Koor"), sign_up(mixed.by, mixed.bea, "Wandelen")
    ended = hold_aftercare(
        mixed.by, AftercareDraft(voucher_id=mixed.annie.id, held_on=MONDAY, outcome="stopped", stop_reason="illness",
                                 sure=True),
    )  # fmt: skip
    move(mixed.by, ended, mixed.bea)
    assert Enrolment.get_by_id(theirs.id).state == "enrolled"
    assert (Enrolment.get_by_id(ours.id).state, Enrolment.get_by_id(ours.id).ended_in_id) == ("stopped", ended.id)


def test_what_was_put_off_for_it_is_to_be_done_again(mixed: Mixed) -> None:
    visit = an_appointment(mixed)
    postpone_task(mixed.by, mixed.annie.id, "intake", 3, visit.id)
    move(mixed.by, visit, mixed.bea)
    assert not Postponement.select().exists()


def test_who_was_told_where_the_data_came_from_was_the_other(mixed: Mixed) -> None:
    call = record_contact(
        mixed.by, ContactDraft(voucher_id=mixed.annie.id, on=MONDAY, outcome="reached", informed=True, sure=True)
    )
    assert Person.get_by_id(mixed.annie.person_id).informed_on == MONDAY
    move(mixed.by, call, mixed.bea)
    assert Person.get_by_id(mixed.annie.person_id).informed_on is None
    assert Person.get_by_id(mixed.bea.person_id).informed_on == MONDAY


def test_what_was_written_down_in_one_sitting_is_offered_to_go_along(mixed: Mixed, year: Year) -> None:
    record_worry(mixed.by, WorryDraft(voucher_id=mixed.annie.id, kind="neglect", noticed_on=MONDAY))
    year.moment += timedelta(hours=3)
    intake = a_talk(mixed)
    enrolment = sign_up(mixed.by, mixed.annie)
    plan = look_at_move(mixed.by, MoveDraft(kind="intake", id=intake.id, voucher_id=mixed.bea.id))
    assert [line.kind for line in plan.goes] == ["intake"], "the story says a talk and its appointment as one"
    assert {line.kind: near for line, near in plan.perhaps} == {"worry": False, "enrolment": True}
    move(mixed.by, intake, mixed.bea, also=(f"enrolment:{enrolment.id}",))
    assert mixed.at(mixed.bea, enrolment)
    assert Worry.get().voucher_id == mixed.annie.id


# ---- letters that told of it


def test_a_letter_that_was_sent_is_owed_a_withdrawal_where_it_went_and_one_where_it_belongs(mixed: Mixed) -> None:
    intake = talk(mixed.by, mixed.annie)
    letter = tell(mixed.by, mixed.annie, "intake")
    with pytest.raises(Doubtful, match="datalek"):
        move(mixed.by, intake, mixed.bea, sure=False)
    move(mixed.by, intake, mixed.bea)
    (wrong,) = wrong_letters(read_case(mixed.annie.id))
    assert (wrong.letter_id, "datalek" in wrong.why) == (letter.id, True)
    (task,) = [task for task in list_tasks(mixed.by, MONDAY) if task.kind == "wrong_letter"]
    assert (task.voucher_id, task.subject_id) == (mixed.annie.id, letter.id)
    assert "De Linde" in " ".join((task.title, task.subtitle, task.note))
    assert owed(mixed.by, mixed.bea) == ["intake"]
    assert owed(mixed.by, mixed.annie) == ["arrived"], "what that letter also settled is to be told anew"
    for anew in (correct_letter, lambda by, one, _why: write_for_new_address(by, one)):
        with pytest.raises(Refused, match="iemand anders"):
            anew(mixed.by, letter.id, "ander")
    withdraw_letter(mixed.by, letter.id, "ging over iemand anders")
    assert wrong_letters(read_case(mixed.annie.id)) == ()
    assert write_letter(mixed.by, mixed.annie.id, "arrived").corrects_id is None


def test_a_sent_letter_that_told_of_a_place_is_wrong_once_the_place_was_somebody_elses(mixed: Mixed) -> None:
    """The letter is about the talk; the place stands in its text all the same."""
    talk(mixed.by, mixed.annie)
    enrolment = sign_up(mixed.by, mixed.annie)
    letter = tell(mixed.by, mixed.annie, "intake")
    move(mixed.by, enrolment, mixed.bea)
    assert [each.letter_id for each in wrong_letters(read_case(mixed.annie.id))] == [letter.id]


def test_a_letter_that_says_nothing_of_it_stays(mixed: Mixed, year: Year) -> None:
    tell(mixed.by, mixed.annie, "arrived")
    year.on(TUESDAY)
    call = record_contact(mixed.by, ContactDraft(voucher_id=mixed.annie.id, on=TUESDAY, outcome="reached", sure=True))
    move(mixed.by, call, mixed.bea, sure=False)
    assert wrong_letters(read_case(mixed.annie.id)) == ()


def test_a_concept_is_thrown_away_and_what_lies_ready_withdrawn(mixed: Mixed) -> None:
    intake = talk(mixed.by, mixed.annie)
    concept = write_letter(mixed.by, mixed.annie.id, "intake")
    move(mixed.by, intake, mixed.bea)
    assert Letter.get_or_none(Letter.id == concept.id) is None
    move(mixed.by, intake, mixed.annie)
    fixed = fix_letter(mixed.by, write_letter(mixed.by, mixed.annie.id, "intake").id)
    move(mixed.by, intake, mixed.bea)
    assert Letter.get_by_id(fixed.id).withdrawn_on == MONDAY
    assert owed(mixed.by, mixed.bea) == ["intake"]


def test_of_a_letter_that_was_handed_out_it_is_said_first_whether_it_went(mixed: Mixed) -> None:
    intake = talk(mixed.by, mixed.annie)
    letter = fix_letter(mixed.by, write_letter(mixed.by, mixed.annie.id, "intake").id)
    handed = send_letter(mixed.by, letter.id, "text")
    with pytest.raises(Refused, match="of hij verstuurd is"):
        move(mixed.by, intake, mixed.bea)
    assert mixed.at(mixed.annie, intake)
    confirm_sent(mixed.by, handed.id)
    move(mixed.by, intake, mixed.bea)
    assert [each.letter_id for each in wrong_letters(read_case(mixed.annie.id))] == [letter.id]


def test_a_copy_for_who_referred_does_not_go_after_all(mixed: Mixed) -> None:
    practice, voucher = Practice.get_by_id(mixed.annie.practice_id), Voucher.get_by_id(mixed.annie.id)
    practice.letter_copy, practice.letter_to = True, "practice"
    voucher.referrer = Contact.get(Contact.practice == practice)
    add_row(practice)
    add_row(voucher)
    intake = talk(mixed.by, mixed.annie)
    letter = tell(mixed.by, mixed.annie, "intake")
    copy = Letter.get(Letter.copy_of == letter.id)
    handed = send_letter(mixed.by, copy.id, "text")
    with pytest.raises(Refused, match="of hij verstuurd is"):
        move(mixed.by, intake, mixed.bea)
    take_back(mixed.by, handed.id)
    move(mixed.by, intake, mixed.bea)
    assert Letter.get_by_id(copy.id).withdrawn_on == MONDAY
    assert Letter.get_by_id(letter.id).withdrawn_on is None, "that one is withdrawn once the practice was asked"


def test_moved_back_the_letter_is_right_again(mixed: Mixed) -> None:
    talk(mixed.by, mixed.annie)
    enrolment = sign_up(mixed.by, mixed.annie)
    tell(mixed.by, mixed.annie, "intake")
    move(mixed.by, enrolment, mixed.bea)
    move(mixed.by, enrolment, mixed.annie)
    assert wrong_letters(read_case(mixed.annie.id)) == ()
    assert owed(mixed.by, mixed.annie) == []


def test_what_was_written_meanwhile_gives_way_when_the_deed_comes_back(mixed: Mixed) -> None:
    talk(mixed.by, mixed.annie)
    enrolment = sign_up(mixed.by, mixed.annie)
    letter = tell(mixed.by, mixed.annie, "intake")
    move(mixed.by, enrolment, mixed.bea)
    fixed = fix_letter(mixed.by, write_letter(mixed.by, mixed.annie.id, "intake").id)
    move(mixed.by, enrolment, mixed.annie)
    assert Letter.get_by_id(fixed.id).withdrawn_on == MONDAY
    assert Letter.get_by_id(letter.id).mixed_up == ""


def test_a_signal_does_not_follow_its_worry_unseen(mixed: Mixed) -> None:
    """What was sent is to be put right; a concept has to be written on a ground of its own."""
    worry = a_worry(mixed)
    signal = SignalDraft(
        voucher_id=mixed.annie.id, worry_id=worry.id, ground="vital", sentence="Zij is niet veilig thuis.", sure=True
    )
    letter = fix_letter(mixed.by, write_signal(mixed.by, signal).id)
    confirm_sent(mixed.by, send_letter(mixed.by, letter.id, "text").id)
    move(mixed.by, worry, mixed.bea)
    assert Letter.get_by_id(letter.id).worry_id is None
    assert [each.letter_id for each in wrong_letters(read_case(mixed.annie.id))] == [letter.id]
    assert [task.kind for task in list_tasks(mixed.by, MONDAY) if task.kind == "wrong_letter"] == ["wrong_letter"]
    move(mixed.by, worry, mixed.annie)
    assert Letter.get_by_id(letter.id).worry_id == worry.id
    assert wrong_letters(read_case(mixed.annie.id)) == ()


def test_a_letter_that_came_back_and_is_about_somebody_else_does_not_go_again(mixed: Mixed) -> None:
    intake = talk(mixed.by, mixed.annie)
    letter = tell(mixed.by, mixed.annie, "intake")
    move(mixed.by, intake, mixed.bea)
    changed = Letter.get_by_id(letter.id)
    changed.state = "fixed"
    add_row(changed)
    assert "datalek" in open_letter(mixed.by, letter.id).stopped
    with pytest.raises(Refused, match="datalek"):
        send_letter(mixed.by, letter.id, "text")


# ---- what may not


def test_a_closed_voucher_takes_what_was_before_its_end_and_nothing_after(mixed: Mixed, year: Year) -> None:
    held = talk(mixed.by, mixed.annie)
    close_case(mixed.by, ClosingDraft(voucher_id=mixed.bea.id, closed_on=MONDAY, outcome="not_interested", sure=True))
    place = sign_up(mixed.by, mixed.annie)
    year.on(TUESDAY)
    later = record_contact(mixed.by, ContactDraft(voucher_id=mixed.annie.id, on=TUESDAY, outcome="reached", sure=True))
    for row in (place, later, an_appointment(mixed)):
        with pytest.raises(Refused, match="gesloten"):
            move(mixed.by, row, mixed.bea)
    move(mixed.by, held, mixed.bea)
    assert mixed.at(mixed.bea, held)
    assert Voucher.get_by_id(mixed.bea.id).status == "closed"


def test_a_death_is_not_moved(mixed: Mixed) -> None:
    died = ClosingDraft(voucher_id=mixed.annie.id, closed_on=MONDAY, outcome="deceased", sure=True)
    with pytest.raises(Refused, match="overleden"):
        move(mixed.by, close_case(mixed.by, died), mixed.bea)


def test_nobody_whose_data_were_destroyed_gets_anything(mixed: Mixed) -> None:
    held = talk(mixed.by, mixed.annie)
    close_case(mixed.by, ClosingDraft(voucher_id=mixed.bea.id, closed_on=MONDAY, outcome="not_interested", sure=True))
    destroy_person(mixed.by, DestroyDraft(person_id=mixed.bea.person_id, surname="Bakker", sure=True))
    with pytest.raises(Refused):
        move_deed(mixed.by, MoveDraft(kind="intake", id=held.id, voucher_id=mixed.bea.id, sure=True))


def test_who_was_merged_gets_it_as_who_stayed(mixed: Mixed) -> None:
    held = talk(mixed.by, mixed.annie)
    stays = add_voucher(mixed.by, surname="Bakkers", phone="+31612121212")
    merge_people(mixed.by, merging(stays.person, mixed.bea.person))
    move(mixed.by, held, Voucher.get_by_id(mixed.bea.id))
    assert Intake.get().person_id == stays.person_id


def test_what_a_colleague_changed_meanwhile_is_not_moved(mixed: Mixed) -> None:
    held = talk(mixed.by, mixed.annie)
    seen = held.version
    correct_intake(mixed.by, IntakeDraft(id=held.id, version=seen, voucher_id=mixed.annie.id, held_on=MONDAY,
                                         goals="Anders", sure=True))  # fmt: skip
    with pytest.raises(Refused, match="ntussen gewijzigd"):
        move_deed(mixed.by, MoveDraft(kind="intake", id=held.id, version=seen, voucher_id=mixed.bea.id, sure=True))


def test_to_the_same_voucher_there_is_nothing_to_move(mixed: Mixed) -> None:
    with pytest.raises(Refused, match="al bij deze voucher"):
        move(mixed.by, talk(mixed.by, mixed.annie), mixed.annie)


def test_before_the_day_of_the_voucher_is_asked(mixed: Mixed, year: Year) -> None:
    held = talk(mixed.by, mixed.annie)
    year.on(TUESDAY)
    late = add_voucher(mixed.by, surname="Dekker", phone="+31613131313", dated_on=TUESDAY)
    with pytest.raises(Doubtful, match="vóór"):
        move(mixed.by, held, late, sure=False)


def test_two_do_not_fit_where_one_person_took_one_place(mixed: Mixed) -> None:
    """Annie was signed up with both vouchers: one place. The second is Bea's, and there is no place for her."""
    first = sign_up(mixed.by, mixed.annie, capacity=1)
    second = enrol(
        mixed.by, EnrolDraft(voucher_id=mixed.other.id, activities=(first.activity_id,), enrolled_on=MONDAY, sure=True)
    )[0]
    assert places_of(first.activity).taken == 1
    with pytest.raises(Doubtful, match="meer mensen dan plekken"):
        move(mixed.by, second, mixed.bea, sure=False)
    move(mixed.by, second, mixed.bea)
    assert places_of(first.activity).taken == 2


def test_a_talk_that_was_open_counts_no_times_of_somebody_else(mixed: Mixed) -> None:
    """The aftercare form of Annie asks how often she sang; meanwhile it turned out that it was Bea who sang."""
    place = a_place(mixed)
    move(mixed.by, place, mixed.bea)
    draft = AftercareDraft(voucher_id=mixed.annie.id, held_on=MONDAY, outcome="still", enrolment_id=place.id,
                           times_present=7, times_held=8, sure=True)  # fmt: skip
    with pytest.raises(Refused, match="Zangkoor"):
        hold_aftercare(mixed.by, draft)
    assert Enrolment.get_by_id(place.id).times_present is None


def test_nobody_is_signed_up_twice_with_one_voucher(mixed: Mixed) -> None:
    first = sign_up(mixed.by, mixed.annie)
    draft = EnrolDraft(voucher_id=mixed.bea.id, activities=(first.activity_id,), enrolled_on=MONDAY, sure=True)
    enrol(mixed.by, draft)
    with pytest.raises(Refused, match="al"):
        move(mixed.by, first, mixed.bea)


# ---- who, and what is kept of it


def test_intake_staff_move_what_they_may_correct(mixed: Mixed) -> None:
    ida = add_member("Ida", "intake")
    visit, held = an_appointment(mixed), talk(mixed.by, mixed.bea)
    move(ida, visit, mixed.bea)
    assert mixed.at(mixed.bea, visit)
    with pytest.raises(Refused, match="rol"):
        move(ida, held, mixed.annie)
    worry = record_worry(ida, WorryDraft(voucher_id=mixed.bea.id, kind="neglect", noticed_on=MONDAY))
    plan = look_at_move(ida, MoveDraft(kind="appointment", id=visit.id, voucher_id=mixed.annie.id))
    assert {line.kind for line, _near in plan.perhaps} == set()
    assert worry.voucher_id == mixed.bea.id


def test_a_call_that_a_letter_told_of_is_for_the_coach(mixed: Mixed) -> None:
    call = record_contact(mixed.by, ContactDraft(voucher_id=mixed.annie.id, on=MONDAY, outcome="reached", sure=True))
    write_letter(mixed.by, mixed.annie.id, "arrived")
    with pytest.raises(Refused, match="rol"):
        move(add_member("Ida", "intake"), call, mixed.bea)


def test_both_sides_of_the_log_and_of_the_history_say_so(mixed: Mixed) -> None:
    held = talk(mixed.by, mixed.annie, goals="Weer zingen")
    move(mixed.by, held, mixed.bea)
    correct_intake(mixed.by, IntakeDraft(id=held.id, version=Intake.get().version, voucher_id=mixed.bea.id,
                                         held_on=MONDAY, goals="Weer schilderen", sure=True))  # fmt: skip
    said = {line.name: line.person_id for line in Audit.select().where(Audit.name.startswith("deed moved"))}
    assert said == {"deed moved": mixed.bea.person_id, "deed moved away": mixed.annie.person_id}
    assert "weggehaald" in " ".join(each.what for each in who_looked(mixed.by, mixed.annie.person_id))
    for kind, left, came in (
        ("person", mixed.annie.person_id, mixed.bea.person_id), ("voucher", mixed.annie.id, mixed.bea.id),
    ):  # fmt: skip
        theirs, ours = history(mixed.by, kind, left), history(mixed.by, kind, came)
        assert any(step.deed == "deed moved" and step.kind == "intake" for step in theirs), kind
        assert any(step.deed == "deed moved" and step.kind == "intake" for step in ours), kind
        assert any(step.new == "Weer zingen" for step in theirs), kind
        assert not any(step.new == "Weer schilderen" for step in theirs), "that was said of somebody else"


def test_undo_is_refused_once_the_right_case_builds_on_it(mixed: Mixed) -> None:
    held = talk(mixed.by, mixed.annie)
    move(mixed.by, held, mixed.bea)
    record_consents(
        mixed.by, ConsentDraft(person_id=mixed.bea.person_id, voucher_id=mixed.bea.id, hexagon="yes",
                               given_on=MONDAY, how="spoken"),
    )  # fmt: skip
    given = Consent.get(Consent.purpose == "hexagon")
    given.intake = held.id
    add_row(given)
    with pytest.raises(Refused, match="bouwt"):
        undo(mixed.by, Audit.get(Audit.name == "deed moved").id)
    assert strays() == []


def test_other_vouchers_of_the_same_person_come_first(mixed: Mixed) -> None:
    assert list_other_cases(mixed.by, mixed.annie.id)[0] == mixed.other.id
    assert list_other_cases(mixed.by, mixed.annie.id, "bakker") == [mixed.bea.id]
    assert list_other_cases(mixed.by, mixed.annie.id, mixed.bea.number) == [mixed.bea.id]

