"""Registering a voucher as intake staff do it, and taking it back."""

from datetime import date, timedelta
from operator import attrgetter

import pytest

from desktop import clock
from desktop.actions.contacts import record_contact
from desktop.actions.deceased import record_death, take_back_death
from desktop.actions.organisation import change_organisation
from desktop.actions.undo import undo_last
from desktop.actions.vouchers import correct_person, register_voucher
from desktop.errors import Doubtful, Refused
from desktop.rules.deceased import DeathDraft
from desktop.rules.deeds import ContactDraft
from desktop.rules.organisation import OrganisationDraft
from desktop.rules.people import PersonDraft
from desktop.rules.staff import Member
from desktop.rules.status import status_of
from desktop.storage.cases import read_case
from desktop.storage.changes import Audit
from desktop.storage.models import Consent, Person, Voucher
from desktop.storage.people import find_candidates
from desktop.storage.search import find
from desktop.storage.vouchers import terms
from tests.factory import a_draft, add_member, add_practice, add_voucher, days_ago


def test_registered_voucher_is_found_by_everything_staff_type(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    for typed in ("meer", "van der meer-de wit", "annie", "03041951", "03-04-1951", "0687654321", "5612cd"):
        assert ("person", voucher.person_id) in find(typed), typed
    assert ("voucher", voucher.id) in find(voucher.number)


def test_new_case_is_received_and_due_within_the_working_days(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    assert (voucher.status, voucher.due_on is not None) == ("received", True)


def test_second_voucher_of_a_known_person_is_linked_to_the_first(office: Member) -> None:
    practice = add_practice()
    first = add_voucher(office, practice)
    second = register_voucher(office, a_draft(practice, person_id=first.person_id))
    assert second.person_id == first.person_id
    assert second.previous_id == first.id
    assert second.number != first.number


def test_where_a_case_stands_follows_the_person_the_terms_and_undo(office: Member) -> None:
    """What is kept for the lists is what the rule says, whichever page changed what it rests on."""
    voucher = add_voucher(office, add_practice(), dated_on=days_ago(1))
    record_contact(office, ContactDraft(voucher_id=voucher.id, outcome="no_answer"))
    open_late = add_voucher(office, None, surname="Bakker")

    def kept() -> tuple[date, ...]:
        rows = [Voucher.get_by_id(each.id) for each in (voucher, open_late)]
        for row in rows:
            assert (row.status, row.due_on) == attrgetter("status", "due_on")(status_of(read_case(row.id), terms()))
        return tuple(row.due_on for row in rows)

    before = kept()
    person = Person.get_by_id(voucher.person_id)
    correct_person(office, PersonDraft(id=person.id, version=person.version, surname="Meer", comes_by=True))
    assert kept()[0] > before[0]  # who comes by is waited for
    undo_last(office)
    assert kept() == before
    change_organisation(office, OrganisationDraft(name="Welzijn Dorpstad", town="Dorpstad", call_within=9))
    assert kept()[1] > before[1]
    record_death(office, DeathDraft(person_id=person.id, deceased_on=days_ago(0), sure=True))
    late = register_voucher(office, a_draft(person_id=person.id, sure=True))
    take_back_death(office, person.id, sure=True)
    assert Voucher.get_by_id(late.id).due_on > clock.today()  # no longer only to be closed
    kept()


def test_number_already_used_is_said_beside_the_number(office: Member) -> None:
    practice = add_practice()
    first = add_voucher(office, practice)
    with pytest.raises(Refused) as refused:
        register_voucher(office, a_draft(practice, voucher_number=first.number))
    assert "voucher_number" in refused.value.fields
    assert Voucher.select().count() == 1
    assert Person.select().count() == 1


def test_voucher_of_the_future_is_refused_and_nothing_is_stored(office: Member) -> None:
    with pytest.raises(Refused) as refused:
        register_voucher(office, a_draft(add_practice(), dated_on=clock.today() + timedelta(days=1)))
    assert set(refused.value.fields) == {"dated_on"}
    assert Person.select().count() == 0


def test_received_before_the_date_on_it_is_asked_not_refused(office: Member) -> None:
    practice = add_practice()
    odd = {"received_on": clock.today() - timedelta(days=3)}
    with pytest.raises(Doubtful):
        register_voucher(office, a_draft(practice, **odd))
    assert register_voucher(office, a_draft(practice, sure=True, **odd)).id


def test_undo_takes_the_whole_registration_back(office: Member) -> None:
    practice = add_practice()
    voucher = add_voucher(office, practice)
    undo_last(office)
    assert Voucher.get_or_none(Voucher.id == voucher.id) is None
    assert Person.select().count() == 0
    assert Consent.select().count() == 0
    assert find("meer") == []


def test_colleague_cannot_undo_what_another_did(office: Member) -> None:
    add_voucher(office, add_practice())
    with pytest.raises(Refused):
        undo_last(add_member("K. de Boer", "intake"))
    assert Voucher.select().count() == 1


def test_leader_may_not_register(office: Member) -> None:
    leader = add_member("L. Leider", "leader")
    with pytest.raises(Refused):
        register_voucher(leader, a_draft(add_practice()))


def test_log_line_names_the_deed_and_holds_no_contents(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    line = Audit.select().order_by(Audit.id.desc()).first()
    assert (line.name, line.subject_id, line.person_id) == ("voucher registered", voucher.id, voucher.person_id)


def test_records_cannot_be_changed_outside_an_action(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    voucher.note = "x"
    with pytest.raises(RuntimeError):
        voucher.save()


def test_same_person_is_offered_with_the_why(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    typed = a_draft(surname="Meer", initials="", first_name="", phone="", person_id=None)
    found = find_candidates(office, typed)
    assert [each.id for each in found] == [voucher.person_id]
    assert len(found[0].why) >= 2
