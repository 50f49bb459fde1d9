"""A voucher or a letter made for the wrong person: all of it goes to the right one, and what left is put right."""

from datetime import time
from typing import Any

import pytest

from desktop import clock
from desktop.actions.appointments import plan_intake
from desktop.actions.case_moves import look_at_case_move, move_case
from desktop.actions.consents import record_consents
from desktop.actions.contacts import record_contact
from desktop.actions.deceased import record_death
from desktop.actions.endings import close_case, record_worry
from desktop.actions.enrolments import enrol
from desktop.actions.intakes import hold_intake
from desktop.actions.letter_moves import look_at_letter_move, move_letter
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter
from desktop.actions.letters import approve_letter, write_letter
from desktop.actions.merge import merge_people
from desktop.actions.retention import destroy_person
from desktop.actions.signals import write_signal
from desktop.actions.subject_access import make_file
from desktop.actions.undo import undo_last
from desktop.actions.vouchers import correct_voucher
from desktop.errors import Doubtful, Refused
from desktop.rules.deceased import DeathDraft
from desktop.rules.deeds import (
    AppointmentDraft,
    ClosingDraft,
    ConsentDraft,
    ContactDraft,
    EnrolDraft,
    IntakeDraft,
    WorryDraft,
)
from desktop.rules.letters_due import wrong_letters
from desktop.rules.moves import MoveCaseDraft, MoveLetterDraft
from desktop.rules.people import PersonDraft
from desktop.rules.retention import DestroyDraft
from desktop.rules.signals import SignalDraft
from desktop.rules.staff import Member
from desktop.rules.vouchers import VoucherDraft
from desktop.storage.cases import read_case
from desktop.storage.changes import Audit
from desktop.storage.letters import content_of
from desktop.storage.letters_due import list_wrong_letters
from desktop.storage.models import Letter, LetterPdf, OthersMark, Person, Voucher, Worry
from desktop.storage.moves import strays
from desktop.storage.places import places_of
from desktop.storage.search import find
from desktop.storage.tasks import list_tasks
from tests.actions.test_letter_sending import MONDAY, Year, owed, tell
from tests.actions.test_letter_sending import year as year
from tests.actions.test_merge import draft as merging
from tests.actions.test_moves import Mixed, talk
from tests.actions.test_moves import mixed as mixed
from tests.factory import add_activity, add_member, add_voucher, counts


def give(by: Member, voucher: Voucher, person: Person | int | None, sure: bool = True, **more: Any) -> Voucher:
    """As the form does it."""
    whose = person.id if isinstance(person, Person) else person
    version = Voucher.get_by_id(voucher.id).version
    return move_case(by, MoveCaseDraft(voucher_id=voucher.id, version=version, person_id=whose, sure=sure, **more))


def a_whole_case(mixed: Mixed) -> Voucher:
    """Everything on Annie's voucher that a case can have but its end."""
    by, voucher = mixed.by, mixed.annie
    record_contact(by, ContactDraft(voucher_id=voucher.id, on=MONDAY, outcome="reached", informed=True, sure=True))
    plan_intake(by, AppointmentDraft(voucher_id=voucher.id, day=MONDAY, hour=time(15), sure=True))
    hold_intake(by, IntakeDraft(voucher_id=voucher.id, held_on=MONDAY, consent_hexagon="yes", sure=True))
    enrol(by, EnrolDraft(voucher_id=voucher.id, activities=(add_activity("Koor", letter_name="een koor").id,),
                         enrolled_on=MONDAY, sure=True))  # fmt: skip
    return voucher


# ---- a whole voucher


def test_the_voucher_goes_with_everything_on_it_and_one_undo_brings_it_back(mixed: Mixed) -> None:
    a_whole_case(mixed)
    before, there = read_case(mixed.annie.id), Person.get_by_id(mixed.bea.person_id).informed_on
    moved = give(mixed.by, mixed.annie, mixed.bea.person_id)
    after = read_case(moved.id)
    assert (after.person.id, after.number) == (mixed.bea.person_id, before.number)
    kept = ("attempts", "visits", "intakes", "joined", "answers", "status", "coach_id", "addressee_id")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert counts(moved, "hexagon") == "yes"
    assert Person.get_by_id(mixed.annie.person_id).informed_on is None
    assert Person.get_by_id(mixed.bea.person_id).informed_on == MONDAY
    assert strays() == []
    undo_last(mixed.by)
    assert read_case(mixed.annie.id) == before
    assert Person.get_by_id(mixed.bea.person_id).informed_on == there
    assert strays() == []


def test_each_case_knows_the_one_before_it_on_both_sides(mixed: Mixed) -> None:
    assert Voucher.get_by_id(mixed.other.id).previous_id == mixed.annie.id
    give(mixed.by, mixed.annie, mixed.bea.person_id)
    assert Voucher.get_by_id(mixed.other.id).previous_id is None
    assert Voucher.get_by_id(mixed.bea.id).previous_id == mixed.annie.id


def test_to_somebody_who_is_not_on_file_yet(mixed: Mixed) -> None:
    new = PersonDraft(form_of_address="de heer", initials="C.", surname="Dekker", phone="+31612121212")
    moved = give(mixed.by, mixed.annie, None, new=new)
    assert moved.person.surname == "Dekker"
    assert ("person", moved.person_id) in find("Dekker", "person", 10)
    undo_last(mixed.by)
    assert Person.get_or_none(Person.surname == "Dekker") is None
    assert Voucher.get_by_id(mixed.annie.id).person_id == mixed.annie.person_id
    with pytest.raises(Refused) as refused:
        give(mixed.by, mixed.annie, None, new=PersonDraft(surname=""))
    assert "surname" in refused.value.fields


def test_what_was_sent_under_the_wrong_name_is_owed_a_withdrawal_and_a_letter_under_the_right_one(mixed: Mixed) -> None:
    a_whole_case(mixed)
    letter = tell(mixed.by, mixed.annie, "intake")
    with pytest.raises(Doubtful, match="datalek"):
        give(mixed.by, mixed.annie, mixed.bea.person_id, sure=False)
    give(mixed.by, mixed.annie, mixed.bea.person_id)
    (wrong,) = list_wrong_letters(mixed.by)
    assert (wrong.wrong.letter_id, wrong.wrong.not_theirs) == (letter.id, True)
    assert "naam van iemand anders" in wrong.wrong.why
    assert [task.kind for task in list_tasks(mixed.by, MONDAY) if task.subject_id == letter.id] == ["wrong_letter"]
    assert owed(mixed.by, mixed.annie) == ["intake"]
    again = write_letter(mixed.by, mixed.annie.id, "intake")
    assert (again.corrects_id, again.follows_id) == (None, None), "to the practice this is a first word about Bea"
    assert "Bakker" in content_of(again).subject
    assert "Meer" not in content_of(again).subject


def test_nobodys_own_file_shows_the_name_of_somebody_else(mixed: Mixed) -> None:
    a_whole_case(mixed)
    tell(mixed.by, mixed.annie, "intake")
    give(mixed.by, mixed.annie, mixed.bea.person_id)
    assert b"Meer-de Wit" not in make_file(mixed.by, mixed.bea.person_id).json


def test_when_who_it_was_wrongly_with_is_forgotten_the_name_is_gone_everywhere(mixed: Mixed) -> None:
    a_whole_case(mixed)
    letter = tell(mixed.by, mixed.annie, "intake")
    give(mixed.by, mixed.annie, mixed.bea.person_id)
    give(mixed.by, mixed.other, mixed.bea.person_id)
    destroy_person(mixed.by, DestroyDraft(person_id=mixed.annie.person_id, surname="Meer-de Wit", sure=True))
    kept = Letter.get_by_id(letter.id)
    assert "Meer" not in kept.content
    assert not LetterPdf.select().where(LetterPdf.letter == letter.id).exists()
    assert read_case(mixed.annie.id).intakes


def test_a_concept_goes_along_under_the_right_name_and_what_lies_ready_does_not_leave(mixed: Mixed) -> None:
    fixed = fix_letter(mixed.by, write_letter(mixed.by, mixed.annie.id, "arrived").id)
    a_whole_case(mixed)
    concept = approve_letter(mixed.by, write_letter(mixed.by, mixed.annie.id, "intake").id)
    give(mixed.by, mixed.annie, mixed.bea.person_id)
    kept = Letter.get_by_id(concept.id)
    assert (kept.approved_by_id, kept.person_id) == (None, mixed.bea.person_id)
    assert "Bakker" in content_of(kept).subject
    assert Letter.get_by_id(fixed.id).withdrawn_on == MONDAY
    undo_last(mixed.by)
    assert Letter.get_by_id(fixed.id).withdrawn_on is None
    assert Letter.get_by_id(concept.id).approved_by_id == mixed.by.id


def test_of_what_was_handed_out_it_is_said_first_whether_it_went(mixed: Mixed) -> None:
    letter = fix_letter(mixed.by, write_letter(mixed.by, mixed.annie.id, "arrived").id)
    send_letter(mixed.by, letter.id, "text")
    with pytest.raises(Refused, match="of hij verstuurd is"):
        give(mixed.by, mixed.annie, mixed.bea.person_id)


def test_moved_back_the_letter_bears_the_right_name_again(mixed: Mixed) -> None:
    a_whole_case(mixed)
    letter = tell(mixed.by, mixed.annie, "intake")
    give(mixed.by, mixed.annie, mixed.bea.person_id)
    give(mixed.by, mixed.annie, mixed.annie.person_id)
    assert list_wrong_letters(mixed.by) == []
    assert not OthersMark.select().exists()
    assert Letter.get_by_id(letter.id).mixed_up == ""
    assert owed(mixed.by, mixed.annie) == []


def test_what_was_written_meanwhile_gives_way_to_the_letter_that_was_right_after_all(mixed: Mixed) -> None:
    a_whole_case(mixed)
    letter = tell(mixed.by, mixed.annie, "intake")
    give(mixed.by, mixed.annie, mixed.bea.person_id)
    concept = write_letter(mixed.by, mixed.annie.id, "intake")
    give(mixed.by, mixed.annie, mixed.annie.person_id)
    assert Letter.get_or_none(Letter.id == concept.id) is None
    give(mixed.by, mixed.annie, mixed.bea.person_id)
    second = tell(mixed.by, mixed.annie, "intake")
    give(mixed.by, mixed.annie, mixed.annie.person_id)
    assert {each.id: each.mixed_up for each in Letter.select()} == {letter.id: "", second.id: "case"}
    assert [each.wrong.letter_id for each in list_wrong_letters(mixed.by)] == [second.id]


def test_the_worry_is_asked_about_and_stays_with_whom_it_is_about(mixed: Mixed) -> None:
    worry = record_worry(mixed.by, WorryDraft(voucher_id=mixed.annie.id, kind="violence", noticed_on=MONDAY))
    with pytest.raises(Refused) as refused:
        give(mixed.by, mixed.annie, mixed.bea.person_id)
    assert "worries" in refused.value.fields
    give(mixed.by, mixed.annie, mixed.bea.person_id, worries="stay")
    kept = Worry.get_by_id(worry.id)
    assert (kept.voucher_id, kept.person_id) == (mixed.other.id, mixed.annie.person_id)
    assert strays() == []
    undo_last(mixed.by)
    give(mixed.by, mixed.annie, mixed.bea.person_id, worries="along")
    assert Worry.get_by_id(worry.id).person_id == mixed.bea.person_id


def test_a_worry_cannot_stay_where_there_is_nothing_for_it_to_stand_on(mixed: Mixed) -> None:
    record_worry(mixed.by, WorryDraft(voucher_id=mixed.bea.id, kind="violence", noticed_on=MONDAY))
    with pytest.raises(Refused, match="geen andere voucher"):
        give(mixed.by, mixed.bea, mixed.annie.person_id, worries="stay")


def test_answers_are_not_taken_over_unseen(mixed: Mixed) -> None:
    record_consents(
        mixed.by, ConsentDraft(person_id=mixed.annie.person_id, voucher_id=mixed.annie.id, report_back="no",
                               given_on=MONDAY, how="spoken"),
    )  # fmt: skip
    with pytest.raises(Doubtful, match="Bakker"):
        give(mixed.by, mixed.annie, mixed.bea.person_id, sure=False)
    give(mixed.by, mixed.annie, mixed.bea.person_id)
    assert (counts(mixed.annie), counts(mixed.bea)) == ("no", "yes"), "each voucher has its own answer"


def test_who_died_takes_an_open_voucher_only_to_close_it(mixed: Mixed) -> None:
    record_death(mixed.by, DeathDraft(person_id=mixed.bea.person_id, deceased_on=MONDAY, sure=True))
    with pytest.raises(Doubtful, match="overleden"):
        give(mixed.by, mixed.annie, mixed.bea.person_id, sure=False)
    give(mixed.by, mixed.annie, mixed.bea.person_id)
    assert Voucher.get_by_id(mixed.annie.id).status == "closed"
    assert [each.outcome for each in read_case(mixed.annie.id).endings] == ["deceased"]


def test_nobody_takes_over_that_somebody_else_died(mixed: Mixed) -> None:
    record_death(mixed.by, DeathDraft(person_id=mixed.bea.person_id, deceased_on=MONDAY, sure=True))
    with pytest.raises(Refused, match="Bakker is overleden"):
        give(mixed.by, mixed.bea, mixed.annie.person_id)


def test_who_was_merged_destroyed_or_is_the_same(mixed: Mixed, year: Year) -> None:
    stays = add_voucher(mixed.by, surname="Bakkers", phone="+31613131313")
    merge_people(mixed.by, merging(stays.person, mixed.bea.person))
    give(mixed.by, mixed.annie, mixed.bea.person_id)
    assert Voucher.get_by_id(mixed.annie.id).person_id == stays.person_id
    with pytest.raises(Refused, match="al van deze deelnemer"):
        give(mixed.by, mixed.annie, mixed.bea.person_id)
    gone = add_voucher(mixed.by, surname="Smit", phone="+31614141414")
    close_case(mixed.by, ClosingDraft(voucher_id=gone.id, closed_on=MONDAY, outcome="not_interested", sure=True))
    destroy_person(mixed.by, DestroyDraft(person_id=gone.person_id, surname="Smit", sure=True))
    with pytest.raises(Refused):
        give(mixed.by, mixed.annie, gone.person_id)


def test_two_do_not_fit_where_one_took_one_place(mixed: Mixed) -> None:
    choir = add_activity("Koor", capacity=1)
    for voucher in (mixed.annie, mixed.other):
        enrol(mixed.by, EnrolDraft(voucher_id=voucher.id, activities=(choir.id,), enrolled_on=MONDAY, sure=True))
    with pytest.raises(Doubtful, match="meer mensen dan plekken"):
        move_case(mixed.by, MoveCaseDraft(voucher_id=mixed.other.id, person_id=mixed.bea.person_id))
    assert places_of(choir).taken == 1


def test_a_voucher_corrected_meanwhile_is_looked_at_first(mixed: Mixed) -> None:
    seen = Voucher.get_by_id(mixed.annie.id)
    correct_voucher(
        mixed.by,
        VoucherDraft(id=seen.id, version=seen.version, person_id=seen.person_id, practice=seen.practice_id,
                     dated_on=seen.dated_on, received_on=seen.received_on, voucher_number=seen.number,
                     note="Andere dag", sure=True),
    )  # fmt: skip
    with pytest.raises(Refused, match="ntussen gewijzigd"):
        move_case(mixed.by, MoveCaseDraft(voucher_id=seen.id, version=seen.version, person_id=mixed.bea.person_id))


def test_an_open_form_of_who_it_was_wrongly_with_stores_nothing_there(mixed: Mixed) -> None:
    """The consent page of Annie is still open on another place of the pile."""
    give(mixed.by, mixed.annie, mixed.bea.person_id)
    with pytest.raises(Refused, match=f"{mixed.annie.number} is van Bea"):
        record_consents(
            mixed.by, ConsentDraft(person_id=mixed.other.person_id, voucher_id=mixed.annie.id, report_back="no",
                                   given_on=MONDAY, how="spoken"),
        )  # fmt: skip
    call = record_contact(mixed.by, ContactDraft(voucher_id=mixed.annie.id, on=MONDAY, outcome="reached", sure=True))
    assert call.person_id == mixed.bea.person_id


def test_intake_staff_move_a_voucher_on_which_nothing_was_said_yet(mixed: Mixed) -> None:
    ida = add_member("Ida", "intake")
    give(ida, mixed.bea, mixed.annie.person_id)
    a_whole_case(mixed)
    with pytest.raises(Refused, match="rol"):
        give(ida, mixed.annie, mixed.bea.person_id)
    with pytest.raises(Refused, match="rol"):
        look_at_case_move(ida, MoveCaseDraft(voucher_id=mixed.annie.id, person_id=mixed.bea.person_id))


def test_both_sides_of_the_log_say_so(mixed: Mixed) -> None:
    give(mixed.by, mixed.annie, mixed.bea.person_id)
    said = {line.name: line.person_id for line in Audit.select().where(Audit.name.startswith("case moved"))}
    assert said == {"case moved": mixed.bea.person_id, "case moved away": mixed.annie.person_id}


# ---- a letter


def for_other(by: Member, letter: Letter, to: Voucher, sure: bool = True) -> Letter | Voucher:
    version = Letter.get_by_id(letter.id).version
    return move_letter(by, MoveLetterDraft(id=letter.id, version=version, voucher_id=to.id, sure=sure))


def test_a_concept_for_the_wrong_voucher_is_written_anew_for_the_right_one(mixed: Mixed) -> None:
    letter = write_letter(mixed.by, mixed.annie.id, "arrived")
    made = for_other(mixed.by, letter, mixed.bea, sure=False)
    assert isinstance(made, Letter)
    assert (made.voucher_id, "Bakker" in content_of(made).subject) == (mixed.bea.id, True)
    assert Letter.get_or_none(Letter.id == letter.id) is None
    assert owed(mixed.by, mixed.annie) == ["arrived"]
    undo_last(mixed.by)
    assert [each.id for each in Letter.select()] == [letter.id]


def test_what_lies_ready_is_withdrawn_and_what_was_sent_is_owed_a_withdrawal(mixed: Mixed, year: Year) -> None:
    fixed = fix_letter(mixed.by, write_letter(mixed.by, mixed.annie.id, "arrived").id)
    for_other(mixed.by, fixed, mixed.bea)
    assert Letter.get_by_id(fixed.id).withdrawn_on == MONDAY
    year.later(1)
    sent = tell(mixed.by, mixed.annie, "arrived")
    with pytest.raises(Doubtful, match="datalek"):
        for_other(mixed.by, sent, mixed.bea, sure=False)
    for_other(mixed.by, sent, mixed.bea)
    assert [each.wrong.letter_id for each in list_wrong_letters(mixed.by)] == [sent.id]
    assert owed(mixed.by, mixed.annie) == ["arrived"]


def test_where_nothing_is_owed_it_is_asked_and_only_taken_away(mixed: Mixed) -> None:
    talk(mixed.by, mixed.annie)
    letter = write_letter(mixed.by, mixed.annie.id, "intake")
    plan = look_at_letter_move(mixed.by, MoveLetterDraft(id=letter.id, voucher_id=mixed.bea.id))
    assert "nog niet gebeurd" in " ".join(plan.doubts)
    with pytest.raises(Doubtful, match="nog niet gebeurd"):
        for_other(mixed.by, letter, mixed.bea, sure=False)
    assert for_other(mixed.by, letter, mixed.bea) == Voucher.get_by_id(mixed.bea.id)
    assert not Letter.select().exists()


def test_a_signal_goes_with_its_worry(mixed: Mixed) -> None:
    worry = record_worry(mixed.by, WorryDraft(voucher_id=mixed.annie.id, kind="violence", noticed_on=MONDAY))
    about: Any = {"worry_id": worry.id, "ground": "vital", "sentence": "Zij is bang."}
    draft = SignalDraft(voucher_id=mixed.annie.id, sure=True, **about)
    with pytest.raises(Refused, match="Verplaats de zorg"):
        for_other(mixed.by, write_signal(mixed.by, draft), mixed.bea)


def test_handed_out_or_to_the_same_voucher(mixed: Mixed) -> None:
    letter = fix_letter(mixed.by, write_letter(mixed.by, mixed.annie.id, "arrived").id)
    with pytest.raises(Refused, match="al bij deze voucher"):
        for_other(mixed.by, letter, mixed.annie)
    handed = send_letter(mixed.by, letter.id, "text")
    with pytest.raises(Refused, match="of hij verstuurd is"):
        for_other(mixed.by, letter, mixed.bea)
    confirm_sent(mixed.by, handed.id)
    for_other(mixed.by, letter, mixed.bea)
    with pytest.raises(Refused, match="al bekend"):
        for_other(mixed.by, letter, mixed.other)
    assert wrong_letters(read_case(mixed.annie.id))[0].sent_on == clock.today()
