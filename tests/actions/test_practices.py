"""Keeping practices and contacts: one practice is one record, and every change can be undone."""

from typing import Any

import pytest

from desktop import clock
from desktop.actions.endings import close_case
from desktop.actions.practices import add_contact, add_practice, change_contact, change_practice
from desktop.actions.undo import undo_last
from desktop.actions.vouchers import correct_voucher
from desktop.errors import Doubtful, Refused
from desktop.rules.deeds import ClosingDraft
from desktop.rules.practices import ContactDraft, PracticeDraft
from desktop.rules.staff import Member
from desktop.storage.consents import may_hear
from desktop.storage.models import Contact, Neighbourhood, Practice, Voucher
from desktop.storage.practices import fetch_practices, known_practices, list_choices, list_practices
from desktop.storage.search import find
from tests import factory
from tests.counting import assert_query_count
from tests.factory import add_consent, add_member

LINDE = PracticeDraft(name="De Linde", agb="01054321", postcode="5611 XA", town="Dorpstad")


def test_practice_with_the_same_agb_code_is_refused_by_name(office: Member) -> None:
    add_practice(office, LINDE)
    with pytest.raises(Refused) as refused:
        add_practice(office, PracticeDraft(name="Elders", agb="01054321"))
    assert "De Linde" in refused.value.fields["agb"]


def test_practice_with_the_same_name_and_postcode_is_refused_without_postcode_it_is_asked(office: Member) -> None:
    add_practice(office, LINDE)
    with pytest.raises(Refused) as refused:
        add_practice(office, PracticeDraft(name="de linde", postcode="5611 XA"))
    assert not isinstance(refused.value, Doubtful)
    with pytest.raises(Doubtful):
        add_practice(office, PracticeDraft(name="De Linde"))
    add_practice(office, PracticeDraft(name="De Linde", sure=True))
    with pytest.raises(Refused):
        add_practice(office, PracticeDraft(name="De Linde", sure=True))
    assert Practice.select().count() == 2


def test_practice_may_be_changed_without_meeting_itself(office: Member) -> None:
    practice = add_practice(office, LINDE)
    change_practice(
        office, PracticeDraft(id=practice.id, version=1, name="De Linde", agb="01054321", postcode="5611 XA")
    )
    assert Practice.get_by_id(practice.id).town == ""
    undo_last(office)
    assert Practice.get_by_id(practice.id).town == "Dorpstad"


def test_neighbourhood_typed_anew_is_made_once(office: Member) -> None:
    add_practice(office, PracticeDraft(name="Een", neighbourhood_name="'t Ven"))
    add_practice(office, PracticeDraft(name="Twee", neighbourhood_name="’T VEN "))
    assert [each.name for each in Neighbourhood.select()] == ["'t Ven"]


def test_same_contact_twice_is_asked(office: Member) -> None:
    practice = add_practice(office, LINDE)
    draft = ContactDraft(practice=practice.id, initials="M.", surname="Jansen")
    add_contact(office, draft)
    with pytest.raises(Doubtful):
        add_contact(office, draft)
    assert Contact.select().count() == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"initials": "dr. M."}, ("dr.", "M.", "Jansen")),
        ({"initials": "M.", "title": "prof. dr."}, ("prof. dr.", "M.", "Jansen")),
        ({"surname": "drs. Jansen"}, ("drs.", "", "Jansen")),
        ({"first_name": "Drew"}, ("", "", "Jansen")),
    ],
)
def test_title_typed_with_a_name_goes_to_its_own_field(
    office: Member, typed: dict[str, str], kept: tuple[str, ...]
) -> None:
    practice = add_practice(office, PracticeDraft(name="De Eik"))
    contact = add_contact(office, ContactDraft(**{"practice": practice.id, "surname": "Jansen", **typed}))
    assert (contact.title, contact.initials, contact.surname) == kept
    assert contact.addressed.title == kept[0]


def test_contact_who_left_is_no_longer_found_by_search(office: Member) -> None:
    practice = add_practice(office, LINDE)
    contact = add_contact(office, ContactDraft(practice=practice.id, initials="M.", surname="Jansen"))
    assert find("jansen") == [("contact", contact.id)]
    change_contact(office, ContactDraft(id=contact.id, version=1, practice=practice.id, surname="Jansen", active=False))
    assert find("jansen") == []


def test_list_is_in_the_order_of_the_alphabet_accents_or_not(office: Member) -> None:
    for name in ("Zonneveld", "Édelweiss", "de Brink", "Çelik", "Eik"):
        add_practice(office, PracticeDraft(name=name))
    names = [line.record.name for line in fetch_practices(office, list_practices(office))]
    assert names == ["Çelik", "de Brink", "Édelweiss", "Eik", "Zonneveld"]
    turned = [line.record.name for line in fetch_practices(office, list_practices(office, "", "name", True))]
    assert turned == names[::-1]
    assert [name for _id, name in list_choices(office)] == names


def test_list_asks_as_much_for_many_as_for_one(office: Member) -> None:
    for number in range(30):
        practice = add_practice(office, PracticeDraft(name=f"Praktijk {number}"))
        add_contact(office, ContactDraft(practice=practice.id, surname="Bos"))
    with assert_query_count(4):
        lines = fetch_practices(office, list_practices(office))
        assert len([line.contacts for line in lines]) == 30


def test_practice_that_was_merged_is_still_known_by_its_code(office: Member) -> None:
    into = add_practice(office, LINDE)
    old = add_practice(office, PracticeDraft(name="De Els", agb="01054399"))
    Practice.update(merged_into=into).where(Practice.id == old.id).execute()
    assert known_practices(office)["01054399"] == "De Linde"


def test_leader_sees_no_practices(office: Member) -> None:
    leader = add_member("L. Leider", "leader")
    for ask in (lambda: list_practices(leader), lambda: add_practice(leader, LINDE)):
        with pytest.raises(Refused):
            ask()


def _moving(by: Member) -> tuple[Practice, Practice, Contact, Voucher, Voucher]:
    """A GP of De Linde with an open and a closed case, and another practice to go to."""
    old, new = factory.add_practice("De Linde"), factory.add_practice("Het Veen", agb="01054330", postcode="5613 ZZ")
    doctor = Contact.get((Contact.practice == old) & (Contact.role == "gp"))
    nurse = Contact.get((Contact.practice == old) & (Contact.role == "poh_ggz"))
    going = factory.add_voucher(by, old, referrer=nurse.id, report_to=doctor.id)
    over = factory.add_voucher(by, old, surname="Bakker", referrer=doctor.id)
    close_case(by, ClosingDraft(voucher_id=over.id, closed_on=clock.today(), outcome="one_talk", sure=True))
    return old, new, doctor, going, over


def _move(by: Member, doctor: Contact, to: Practice, **more: Any) -> Contact:
    return change_contact(
        by, ContactDraft(id=doctor.id, practice=to.id, role="gp", initials="M.", surname="Janssen", **more)
    )


def test_a_gp_who_moves_is_asked_about_with_the_open_vouchers(office: Member) -> None:
    _old, new, doctor, _going, _over = _moving(office)
    with pytest.raises(Doubtful, match="1 open voucher"):
        _move(office, doctor, new)
    change_contact(office, ContactDraft(id=doctor.id, practice=doctor.practice_id, initials="M.", surname="Ander"))


def test_open_vouchers_go_along_and_the_new_practice_asks_its_own_consent(office: Member) -> None:
    old, new, doctor, going, over = _moving(office)
    add_consent(going, "report_back", practice=old.id)
    assert may_hear(going.id, old.id, "report_back")
    _move(office, doctor, new, takes_along=True)
    moved = Voucher.get_by_id(going.id)
    assert (moved.practice_id, moved.report_to_id) == (new.id, doctor.id)
    assert (moved.referrer_id, moved.referrer_name) == (None, "S. Bos")  # who stayed behind
    assert not may_hear(going.id, new.id, "report_back")
    assert Voucher.get_by_id(over.id).practice_id == old.id
    undo_last(office)
    back = Voucher.get_by_id(going.id)
    assert (back.practice_id, back.referrer_name, Contact.get_by_id(doctor.id).practice_id) == (old.id, "", old.id)


@pytest.mark.parametrize("more", [{"takes_along": False}, {"sure": True}])
def test_vouchers_that_stay_can_still_be_corrected(office: Member, more: dict[str, Any]) -> None:
    old, new, doctor, going, _over = _moving(office)
    _move(office, doctor, new, **more)
    stays = Voucher.get_by_id(going.id)
    assert (stays.practice_id, stays.report_to_id) == (old.id, doctor.id)
    kept = {"id": stays.id, "version": stays.version, "report_to": doctor.id, "referrer": stays.referrer_id}
    correct_voucher(office, factory.a_draft(old, **kept, note="Belt liever"))
    assert Voucher.get_by_id(going.id).note == "Belt liever"
    other = factory.add_voucher(office, old, surname="Visser")
    with pytest.raises(Refused):
        correct_voucher(office, factory.a_draft(old, id=other.id, version=other.version, report_to=doctor.id))
