"""The history of a record as staff read it: per field who, when, old and new, in the words of the form."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop import clock
from desktop.actions.practices import change_contact
from desktop.actions.undo import undo, undo_last
from desktop.actions.vouchers import change_coach, correct_person
from desktop.errors import Refused
from desktop.rules.history import HIDDEN, KINDS, Step, is_known
from desktop.rules.people import PersonDraft
from desktop.rules.practices import ContactDraft
from desktop.rules.staff import Member
from desktop.storage.changes import Audit, deed, kind_of
from desktop.storage.database import close_database, database, open_database
from desktop.storage.history import history, list_undoable
from desktop.storage.models import RECORDS, Contact, Letter, Person, Practice, Reason, Voucher, VoucherReason
from tests.factory import (
    add_aftercare,
    add_enrolment,
    add_intake,
    add_member,
    add_practice,
    add_voucher,
    make_office,
    shut,
)

DAY = timedelta(hours=24)


def correct(by: Member, person_id: int, **values: Any) -> None:
    person = Person.get_by_id(person_id)
    given: dict[str, Any] = {"surname": person.surname, "phone": person.phone, "comes_by": True, **values}
    correct_person(by, PersonDraft(id=person.id, version=person.version, **given))


def told(steps: list[Step], field: str) -> list[tuple[str, str]]:
    return [(step.old, step.new) for step in steps if step.field == field]


def test_each_field_tells_who_when_old_and_new_in_the_words_of_the_form(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    colleague = add_member("K. de Boer", "coach")
    before = clock.now()
    correct(colleague, voucher.person_id, surname="Kuiper", phone="+31612345678", voicemail="yes")
    steps = history(office, "person", voucher.person_id)
    assert ("Meer-de Wit", "Kuiper") in told(steps, "Achternaam")
    assert ("06 8765 4321", "06 1234 5678") in told(steps, "Telefoon")
    assert ("", "Ja") in told(steps, "Voicemail inspreken mag")
    newest = next(step for step in steps if step.field == "Achternaam" and step.new == "Kuiper")
    assert (newest.who, newest.deed) == ("K. de Boer", "person corrected")
    assert before <= newest.at <= clock.now()


def test_what_was_added_is_told_as_it_was_added_not_as_it_is_now(office: Member) -> None:
    voucher = add_voucher(office)
    correct(office, voucher.person_id, surname="Kuiper")
    correct(office, voucher.person_id, surname="Bos")
    surnames = told(history(office, "person", voucher.person_id), "Achternaam")
    assert surnames == [("Kuiper", "Bos"), ("Meer-de Wit", "Kuiper"), ("", "Meer-de Wit")]


def test_a_persons_history_tells_their_cases_and_all_that_belongs_to_them(office: Member) -> None:
    voucher = add_voucher(office, add_practice(), reasons=(Reason.get().id,))
    add_intake(voucher, goals="Weer onder de mensen")
    add_enrolment(voucher, destination="buddy", destination_name="Maatje via de Brug")
    add_aftercare(voucher, outcome="stopped", stop_reason="cost")
    change_coach(office, (voucher.id,), office.id, None)
    with deed(office.id, "reason taken off by a test"):
        VoucherReason.get(VoucherReason.voucher == voucher).delete_instance()
    steps = history(office, "person", voucher.person_id)
    assert ("", "Weer onder de mensen") in told(steps, "Wat voor deze persoon telt")
    assert ("", "F. Yıldız") in told(steps, "Coach")
    assert ("", "Kosten") in told(steps, "Waarom gestopt")
    assert {"voucher", "intake", "enrolment", "aftercare", "voucher_reason", "consent"} <= {step.kind for step in steps}
    assert [step.new for step in steps if step.kind == "voucher_reason" and not step.field] == [
        "verwijderd",
        "toegevoegd",
    ]
    assert [step.kind for step in history(office, "voucher", voucher.id) if step.kind == "person"] == []


def test_moments_and_days_stand_as_they_are_written_here(office: Member) -> None:
    voucher = add_voucher(office)
    days = told(history(office, "voucher", voucher.id), "Ontvangen op")
    assert days == [("", f"{clock.today():%d-%m-%Y}")]


def test_a_practice_tells_of_its_contacts_and_of_who_was_removed(office: Member) -> None:
    practice = add_practice()
    contact = Contact.get(Contact.surname == "Bos")
    change_contact(office, ContactDraft(
        id=contact.id, version=contact.version, practice=practice.id, role="poh_s", surname="Bosch"))  # fmt: skip
    with deed(office.id, "removed by a test"):
        Contact.get_by_id(contact.id).delete_instance()
    steps = history(office, "practice", practice.id)
    assert ("POH-GGZ", "POH-S") in told(steps, "Rol")
    assert "verwijderd" in [step.new for step in steps if step.kind == "contact"]


def test_every_field_of_every_table_has_a_word_or_is_hidden_on_purpose() -> None:
    unknown = [
        f"{kind_of(model)}.{field.column_name}"
        for model in RECORDS
        for field in model._meta.sorted_fields
        if not is_known(kind_of(model), field.column_name)
    ]
    assert unknown == []
    assert [kind_of(model) for model in RECORDS if kind_of(model) not in KINDS] == []
    assert "surname" not in HIDDEN


def test_only_the_office_reads_history(office: Member) -> None:
    with pytest.raises(Refused):
        history(add_member("L. Leider", "leader"), "person", add_voucher(office).person_id)


# ---- the list of what can be taken back


def test_the_list_shows_ones_own_steps_with_the_reason_why_not(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    colleague = add_member("K. de Boer", "coach")
    correct(office, voucher.person_id, surname="Kuiper")
    correct(colleague, voucher.person_id, surname="Bos")
    mine = list_undoable(office, clock.now() - DAY)
    assert [step.deed for step in mine] == ["person corrected", "voucher registered"]
    assert "K. de Boer" in mine[0].why_not
    assert "K. de Boer" in mine[1].why_not
    theirs = list_undoable(colleague, clock.now() - DAY)
    assert [(step.deed, step.why_not) for step in theirs] == [("person corrected", "")]
    assert theirs[0].about.endswith("Bos")


def test_what_later_work_refers_to_cannot_be_taken_back_and_says_so_beforehand(office: Member) -> None:
    voucher = add_voucher(office)
    add_intake(voucher)
    step = list_undoable(office, clock.now() - DAY)[-1]
    assert "later werk" in step.why_not
    with pytest.raises(Refused, match="later werk"):
        undo(office, step.audit_id)


def test_a_step_out_of_the_middle_can_be_taken_back_when_nothing_builds_on_it(office: Member) -> None:
    first, second = add_voucher(office), add_voucher(office, first_name="Bea")
    correct(office, first.person_id, surname="Kuiper")
    correct(office, second.person_id, surname="Bakker")
    step = list_undoable(office, clock.now() - DAY)[1]
    undo(office, step.audit_id)
    assert [person.surname for person in Person.select().order_by(Person.id)] == ["Meer-de Wit", "Bakker"]
    assert list_undoable(office, clock.now() - DAY)[1].why_not == "Dit is al ongedaan gemaakt."


def test_a_batch_of_cases_goes_back_as_one(office: Member) -> None:
    cases = [add_voucher(office, first_name=f"P{number}") for number in range(20)]
    coach = add_member("K. de Boer", "coach")
    change_coach(office, tuple(case.id for case in cases), coach.id, None)
    assert list_undoable(office, clock.now() - DAY)[0].changes == 20
    undo_last(office)
    assert Voucher.select().where(Voucher.coach == coach.id).count() == 0


def test_fifty_steps_and_not_one_more(office: Member) -> None:
    voucher = add_voucher(office)
    for number in range(55):
        correct(office, voucher.person_id, surname=f"Kuiper {chr(97 + number % 26)}{number}")
    steps = list_undoable(office, clock.now() - DAY)
    assert len(steps) == 50
    for _step in range(50):
        undo_last(office)
    with pytest.raises(Refused):
        undo_last(office)
    assert Person.get().surname == "Kuiper e4"


def test_older_than_a_day_stays(office: Member) -> None:
    add_voucher(office)
    audit = Audit.select().order_by(Audit.id.desc()).get()
    Audit.update(at=clock.now() - DAY - timedelta(minutes=1)).where(Audit.id == audit.id).execute()
    assert list_undoable(office, clock.now() - DAY) == []
    with pytest.raises(Refused, match="te lang geleden"):
        undo(office, audit.id)


def test_the_list_is_there_after_a_restart(tmp_path: Path) -> None:
    path, key, member = make_office(tmp_path)
    voucher = add_voucher(member)
    correct(member, voucher.person_id, surname="Kuiper")
    close_database()
    open_database(path, key)
    assert list_undoable(member, clock.now() - DAY)[0].deed == "person corrected"
    undo_last(member)
    assert Person.get().surname == "Meer-de Wit"
    shut()


def test_an_older_schema_or_a_sent_letter_is_refused_beforehand(office: Member) -> None:
    case = add_voucher(office, add_practice())
    letter = Letter(
        voucher=case, person=case.person_id, moment="arrived", practice=Practice.get(), content="{}",
        recipient_key="1-0", written_on=clock.today(), state="sent",
    )  # fmt: skip
    with deed(office.id, "letter sent"):
        letter.save()
    assert "verstuurde brief" in list_undoable(office, clock.now() - DAY)[0].why_not
    database.execute_sql("PRAGMA user_version = 99")
    reasons = {step.why_not for step in list_undoable(office, clock.now() - DAY)}
    assert any("oudere versie" in reason for reason in reasons)
