"""History, conflicts and undo: whole actions back, never over somebody else's work."""

import json
from datetime import timedelta
from typing import Any

import pytest
from peewee import IntegrityError

from desktop import clock
from desktop.actions.undo import undo, undo_last
from desktop.actions.vouchers import change_coach, correct_person
from desktop.errors import Refused
from desktop.rules.people import PersonDraft
from desktop.rules.staff import Member
from desktop.storage import changes
from desktop.storage.changes import Audit, Change, bulk_insert, deed, link
from desktop.storage.database import database
from desktop.storage.models import Contact, Meta, Neighbourhood, Person, Practice, Voucher
from desktop.storage.search import find
from tests.factory import add_member, add_practice, add_voucher


def rename(by: Member, person_id: int, surname: str) -> None:
    """Correct a surname as staff do it."""
    person = Person.get_by_id(person_id)
    correct_person(
        by, PersonDraft(id=person.id, version=person.version, surname=surname, phone=person.phone, comes_by=True)
    )


def newest() -> Audit:
    found: Audit = Audit.select().order_by(Audit.id.desc()).get()
    return found


def change(by: Member, record: Any, **values: Any) -> None:
    """Change one record as an action does."""
    with deed(by.id, "changed by a test"):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


def test_history_holds_only_the_fields_that_changed_with_old_and_new(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    rename(office, voucher.person_id, "Kuiper")
    noted = Change.select().where(Change.audit == newest()).get()
    assert json.loads(noted.before)["surname"] == "Meer-de Wit"
    assert json.loads(noted.after)["surname"] == "Kuiper"
    assert "phone" not in json.loads(noted.after)
    assert noted.person_id == voucher.person_id


def test_saving_what_did_not_change_leaves_no_history(office: Member) -> None:
    voucher = add_voucher(office)
    before = (Voucher.get().version, Change.select().count())
    with deed(office.id, "nothing changed"):
        Voucher.get_by_id(voucher.id).save()
    assert (Voucher.get().version, Change.select().count()) == before


def test_row_changed_meanwhile_is_refused_by_name_and_nothing_is_stored(office: Member) -> None:
    voucher = add_voucher(office)
    colleague = add_member("K. de Boer", "coach")
    mine = Voucher.get_by_id(voucher.id)
    change(colleague, Voucher.get_by_id(voucher.id), note="van de collega")
    with pytest.raises(Refused, match="de Boer"):
        change(office, mine, note="van mij")
    assert Voucher.get().note == "van de collega"


def test_record_removed_meanwhile_is_refused(office: Member) -> None:
    with deed(office.id, "added"):
        place = Neighbourhood(name="'t Ven")
        place.save()
    with deed(office.id, "removed"):
        Neighbourhood.get_by_id(place.id).delete_instance()
    with pytest.raises(Refused):
        change(office, place, name="De Brink")


def test_undo_of_several_changes_of_one_row_gives_the_first_state_back(office: Member) -> None:
    voucher = add_voucher(office, note="een")
    with deed(office.id, "changed three times"):
        row = Voucher.get_by_id(voucher.id)
        for note in ("twee", "drie", "vier"):
            row.note = note
            row.save()
    undo_last(office)
    assert Voucher.get().note == "een"


def test_undo_brings_a_removed_row_back_with_its_id_and_words(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    contact = Contact.get(Contact.surname == "Bos")
    with deed(office.id, "contact removed"):
        contact.delete_instance()
    assert find("bos") == []
    undo_last(office)
    assert Contact.get_by_id(contact.id).uid == contact.uid
    assert ("contact", contact.id) in find("bos")
    assert Voucher.get_by_id(voucher.id)


def test_undo_of_a_change_then_of_the_one_before_goes_back_step_by_step(office: Member) -> None:
    voucher = add_voucher(office)
    for surname in ("Een", "Twee", "Drie"):
        rename(office, voucher.person_id, surname)
    undone = []
    for _step in range(3):
        undo_last(office)
        undone.append(Person.get().surname)
    assert undone == ["Twee", "Een", "Meer-de Wit"]
    assert find("drie") == []


def test_undo_never_goes_over_what_a_colleague_did_afterwards(office: Member) -> None:
    voucher = add_voucher(office)
    rename(office, voucher.person_id, "Kuiper")
    rename(add_member("K. de Boer", "coach"), voucher.person_id, "Kuijper")
    with pytest.raises(Refused, match="de Boer"):
        undo_last(office)
    assert Person.get().surname == "Kuijper"


def test_undo_is_refused_when_later_work_builds_on_it(office: Member) -> None:
    practice = add_practice()
    with deed(office.id, "contact added"):
        contact = Contact(practice=practice, surname="Nieuw")
        contact.save()
    audit = newest()
    add_voucher(office, practice, referrer=contact.id)
    with pytest.raises(Refused):
        undo(office, audit.id)
    assert Contact.get_by_id(contact.id).surname == "Nieuw"


def test_removed_row_cannot_come_back_to_what_is_gone(office: Member) -> None:
    with deed(office.id, "practice added"):
        practice = Practice(name="De Wilg")
        practice.save()
    added = newest()
    with deed(office.id, "contact added"):
        contact = Contact(practice=practice, surname="Bos")
        contact.save()
    with deed(office.id, "contact removed"):
        contact.delete_instance()
    removed = newest()
    undo(office, added.id)
    with pytest.raises(Refused):
        undo(office, removed.id)
    assert Contact.select().count() == 0


def test_number_taken_since_stops_the_undo_with_a_sentence(office: Member) -> None:
    voucher = add_voucher(office, voucher_number="A-1")
    change(office, Voucher.get_by_id(voucher.id), number="A-2")
    audit = newest()
    add_voucher(office, voucher_number="A-1", surname="Ander")
    with pytest.raises(Refused):
        undo(office, audit.id)
    assert Voucher.get_by_id(voucher.id).number == "A-2"


def test_nothing_is_undone_twice(office: Member) -> None:
    voucher = add_voucher(office)
    rename(office, voucher.person_id, "Kuiper")
    audit = newest()
    undo(office, audit.id)
    with pytest.raises(Refused):
        undo(office, audit.id)
    with pytest.raises(Refused):
        undo(office, newest().id)


def test_undo_reaches_fifty_steps_back(office: Member) -> None:
    voucher = add_voucher(office)
    for number in range(52):
        rename(office, voucher.person_id, f"Naam{number}")
    for _step in range(50):
        undo_last(office)
    assert Person.get().surname == "Naam1"
    with pytest.raises(Refused):
        undo_last(office)


def test_undo_of_yesterday_is_too_late(office: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    voucher = add_voucher(office)
    rename(office, voucher.person_id, "Kuiper")
    audit = newest()
    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Refused):
        undo_last(office)
    with pytest.raises(Refused):
        undo(office, audit.id)


def test_undo_over_a_new_version_of_the_tables_is_refused(office: Member) -> None:
    add_voucher(office)
    database.pragma("user_version", 99)
    with pytest.raises(Refused):
        undo_last(office)
    assert Voucher.select().count() == 1


def test_undo_of_one_action_over_many_rows_takes_all_of_them_back(office: Member) -> None:
    practice = add_practice()
    ids = tuple(add_voucher(office, practice, surname=f"Naam{n}", phone="", comes_by=True).id for n in range(5))
    coach = add_member("C. Coach", "coach")
    change_coach(office, ids, coach.id, None)
    assert Voucher.select().where(Voucher.coach == coach.id).count() == 5
    undo_last(office)
    assert Voucher.select().where(Voucher.coach == coach.id).count() == 0


def test_many_rows_at_once_get_history_and_can_be_found_and_undone(office: Member) -> None:
    practice = add_practice()
    with deed(office.id, "contacts brought in"):
        ids = bulk_insert(
            Contact,
            [
                {"practice": practice.id, "surname": "Aalders"},
                {"practice": practice.id, "surname": "Bakker", "initials": "B.", "phone": "+31401112222"},
            ],
        )
    assert [Contact.get_by_id(each).surname for each in ids] == ["Aalders", "Bakker"]
    assert Contact.get_by_id(ids[1]).phone == "+31401112222"
    assert ("contact", ids[1]) in find("bakker")
    assert Change.select().where(Change.audit == newest()).count() == 2
    undo_last(office)
    assert find("bakker") == []


def test_id_of_a_removed_row_is_never_given_out_again(office: Member) -> None:
    with deed(office.id, "added"):
        first = Neighbourhood(name="een")
        first.save()
    with deed(office.id, "removed"):
        first.delete_instance()
    with deed(office.id, "added"):
        second = Neighbourhood(name="twee")
        second.save()
    assert second.id > first.id


def fail_halfway(by: Member) -> None:
    with deed(by.id, "halfway"):
        Neighbourhood(name="'t Ven").save()
        raise ZeroDivisionError


def test_action_that_fails_halfway_leaves_nothing(office: Member) -> None:
    lines = Audit.select().count()
    with pytest.raises(ZeroDivisionError):
        fail_halfway(office)
    assert Neighbourhood.select().count() == 0
    assert Audit.select().count() == lines
    assert find("ven") == []


def test_actions_never_nest(office: Member) -> None:
    with pytest.raises(RuntimeError), deed(office.id, "outer"), deed(office.id, "inner"):
        pass


def test_log_is_a_chain_in_which_a_changed_line_shows(office: Member) -> None:
    voucher = add_voucher(office)
    rename(office, voucher.person_id, "Kuiper")
    key = bytes(Meta.get().log_key)

    def broken() -> list[int]:
        previous, wrong = "", []
        for line in database.execute_sql(
            "SELECT at, staff_id, name, subject_kind, subject_id, person_id, undoes_id, roles, station, mac, id "
            "FROM audit ORDER BY id"
        ).fetchall():
            if link(key, previous, line[:9]) != line[9]:
                wrong.append(line[10])
            previous = line[9]
        return wrong

    assert broken() == []
    database.execute_sql("UPDATE audit SET name = 'something else' WHERE id = 1")
    assert broken() == [1]


def test_constraint_that_is_not_about_a_double_is_a_bug_and_passes(office: Member) -> None:
    voucher = add_voucher(office)
    with pytest.raises(IntegrityError):
        change(office, Voucher.get_by_id(voucher.id), status="parked")


def test_double_is_refused_under_its_field(office: Member) -> None:
    with deed(office.id, "added"):
        Neighbourhood(name="'t Ven").save()
    with pytest.raises(Refused) as refused:
        change(office, Neighbourhood(), name="'t Ven")
    assert refused.value.fields == {"name": "Dit bestaat al."}


def test_last_hand_is_the_name_of_who_changed_a_row_last(office: Member) -> None:
    voucher = add_voucher(office)
    rename(add_member("K. de Boer", "coach"), voucher.person_id, "Kuiper")
    assert changes.last_hand(Person, voucher.person_id) == "K. de Boer"
