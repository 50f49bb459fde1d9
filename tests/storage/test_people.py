"""Finding someone who may be the same person, and lists of persons."""

from datetime import date
from typing import Any

import pytest

from desktop.actions.vouchers import correct_person
from desktop.errors import Refused
from desktop.rules.names import sound
from desktop.rules.people import PersonDraft
from desktop.rules.staff import Member
from desktop.storage.changes import bulk_insert, deed
from desktop.storage.models import Neighbourhood, Person
from desktop.storage.people import (
    consent_of,
    fetch_people,
    find_candidates,
    find_person,
    latest_voucher,
    list_people,
    street_of,
)
from tests.factory import add_practice, add_voucher, days_ago


def typed(**more: Any) -> PersonDraft:
    return PersonDraft(**more)


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        ({"surname": "Meer-de Wit", "birth_date": "1951-04-03"}, "zelfde geboortedatum"),
        ({"surname": "Meer-de Wid", "birth_date": "1951-04-03"}, "klinkt hetzelfde"),
        ({"surname": "Ander", "phone": "+31687654321"}, "zelfde telefoon"),
        ({"surname": "Meer", "phone": "+31687654322", "birth_date": "1951-04-03"}, "zelfde telefoon op één cijfer na"),
        ({"surname": "Meer-de Wit", "first_name": "Annie"}, "zelfde voornaam"),
        ({"surname": "Meer-de Wit", "postcode": "5612 CD", "number": "12 bis"}, "zelfde adres"),
        ({"birth_date": "1951-04-03", "postcode": "5612 CD", "number": "12 BIS"}, "zelfde adres"),
    ],
)
def test_same_person_is_recognised_with_the_why(office: Member, draft: dict[str, str], why: str) -> None:
    person_id = add_voucher(office).person_id
    found = find_candidates(office, typed(**draft))
    assert [each.id for each in found] == [person_id]
    assert why in found[0].why


@pytest.mark.parametrize(
    "draft",
    [
        {"surname": "Meer-de Wit"},
        {"birth_date": "1951-04-03"},
        {"surname": "M"},
        {},
        {"surname": "😀"},
        {"surname": "-"},
    ],
)
def test_too_little_shows_nobody(office: Member, draft: dict[str, str]) -> None:
    add_voucher(office)
    assert find_candidates(office, typed(**draft)) == []


def test_prefixed_name_is_recognised(office: Member) -> None:
    person_id = add_voucher(office, surname="El Idrissi", tussenvoegsel="", first_name="Karim", phone="").person_id
    found = find_candidates(office, typed(surname="El Idris", first_name="Karim"))
    assert [each.id for each in found] == [person_id]


def test_of_many_namesakes_the_one_with_the_first_name_is_found(office: Member) -> None:
    rows = [
        {"surname": "Jansen", "first_name": f"Voor{n}", "sound": sound("Jansen"), "sort_name": "jansen"}
        for n in range(400)
    ]
    with deed(office.id, "brought in"):
        ids = bulk_insert(Person, rows)
    found = find_candidates(office, typed(surname="Jansen", first_name="Voor399"))
    assert found[0].id == ids[399]


def test_candidate_tells_about_the_last_voucher(office: Member) -> None:
    add_voucher(office, dated_on=date(2026, 5, 4), received_on=date(2026, 5, 6))
    about = find_candidates(office, typed(surname="Meer-de Wit", birth_date="1951-04-03"))[0].about
    assert about == "Voucher van mei 2026: ontvangen"


def test_oneself_is_no_candidate_when_corrected(office: Member) -> None:
    person = add_voucher(office).person
    assert find_candidates(office, typed(id=person.id, surname=person.surname, birth_date=person.birth_date)) == []


def test_merged_and_erased_people_are_not_offered_nor_listed(office: Member) -> None:
    first, second, third = (add_voucher(office, phone=f"+3168765432{n}").person for n in range(3))
    with deed(office.id, "merged and erased"):
        second.merged_into = first.id
        second.save()
        third.erased_on = days_ago(1)
        third.save()
    assert [each.id for each in find_candidates(office, typed(surname="Meer-de Wit", first_name="Annie"))] == [first.id]
    assert list_people(office) == [first.id]
    assert list_people(office, "annie") == [first.id]
    assert find_person(office, second.id).id == first.id


def test_person_who_is_gone_is_refused(office: Member) -> None:
    with pytest.raises(Refused):
        find_person(office, 99)


def test_list_is_sorted_and_found_and_fetched_in_order(office: Member) -> None:
    for surname, tussenvoegsel in (("Zanten", "van"), ("Aart", "de"), ("Bakker", "")):
        add_voucher(office, surname=surname, tussenvoegsel=tussenvoegsel)
    ids = list_people(office)
    assert [each.surname for each in fetch_people(office, ids)] == ["Aart", "Bakker", "Zanten"]
    assert list_people(office, sort="name", descending=True) == ids[::-1]
    assert [each.surname for each in fetch_people(office, list_people(office, "van zan"))] == ["Zanten"]


def test_latest_voucher_is_the_newest_received(office: Member) -> None:
    old = add_voucher(office, dated_on=days_ago(100), received_on=days_ago(90))
    new = add_voucher(office, person_id=old.person_id)
    found = latest_voucher(office, old.person_id)
    assert found is not None
    assert found.id == new.id
    assert latest_voucher(office, 99) is None


def test_postcode_knows_its_street_from_who_lives_there(office: Member) -> None:
    add_voucher(office)
    assert street_of(office, "5612 CD") == ("Beukenlaan", "Dorpstad")
    assert street_of(office, "9999 ZZ") == ("", "")


def test_moving_house_changes_the_neighbourhood_unless_it_was_chosen(office: Member) -> None:
    with deed(office.id, "neighbourhoods"):
        ven = Neighbourhood(name="'t Ven", postcodes="5612 5613")
        ven.save()
        brink = Neighbourhood(name="De Brink", postcodes="5614")
        brink.save()
    person = add_voucher(office, add_practice()).person
    assert person.neighbourhood_id == ven.id

    def correct(**more: Any) -> Person:
        now = Person.get_by_id(person.id)
        return correct_person(
            office, PersonDraft(id=now.id, version=now.version, surname="Meer", comes_by=True, **more)
        )

    assert correct(postcode="5614 AB").neighbourhood_id == brink.id
    assert correct(postcode="5614 AB", neighbourhood=ven.id).neighbourhood_id == ven.id
    assert correct(postcode="5614 AB").neighbourhood_id == ven.id


def test_consent_asked_of_a_person_is_that_of_the_newest_case(office: Member) -> None:
    first = add_voucher(office, add_practice(), dated_on=days_ago(9), received_on=days_ago(9))
    assert consent_of(first.person_id, "report_back") == "yes"
    add_voucher(office, add_practice("Huisartsen Oost", agb=""), person_id=first.person_id, consent_report_back="ask")
    assert (consent_of(first.person_id, "report_back"), consent_of(first.person_id, "hexagon")) == ("ask", "")
    assert consent_of(0, "report_back") == ""
