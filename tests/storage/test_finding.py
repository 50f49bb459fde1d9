"""The one search box: persons by name, birth date, phone, postcode; vouchers, practices, activities."""

from datetime import date

import pytest

from desktop.errors import Refused
from desktop.rules.staff import Member
from desktop.storage.finding import FoundRecord, find_anything
from tests.factory import add_activity, add_member, add_practice, add_voucher

TODAY = date(2026, 11, 23)


def kinds(by: Member, typed: str) -> list[tuple[str, int]]:
    return [(each.kind, each.id) for each in find_anything(by, typed, TODAY)]


@pytest.mark.parametrize(
    "typed",
    [
        "3-4-51", "03041951", "3 april 1951", "1951-04-03", "1951", "06 8765 4321", "+31 6 87654321", "0687654321",
        "8765 4321", "5612 CD", "5612cd", "meer", "annie", "Meer-de W", "van der meer",
    ],
)  # fmt: skip
def test_person_is_found_by_everything_staff_type(office: Member, typed: str) -> None:
    person_id = add_voucher(office, add_practice()).person_id
    assert ("person", person_id) in kinds(office, typed)


def test_birth_date_finds_that_day_and_not_the_day_turned_round(office: Member) -> None:
    add_voucher(office, birth_date="1951-03-04", phone="")
    wanted = add_voucher(office, birth_date="1951-04-03", phone="").person_id
    assert kinds(office, "3-4-51") == [("person", wanted)]


def test_two_lines_tell_who_it_is(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    assert find_anything(office, "annie", TODAY)[0] == FoundRecord(
        "person",
        voucher.person_id,
        "Annie van der Meer-de Wit",
        "03-04-1951 · 06 8765 4321 · Beukenlaan 12 bis · Dorpstad",
    )


def test_voucher_is_found_with_and_without_dashes_and_by_their_reference(office: Member) -> None:
    voucher = add_voucher(office, their_reference="ZD-2026-778")
    for typed in (voucher.number, voucher.number.replace("-", ""), "2026-778", voucher.number.lower()):
        assert ("voucher", voucher.id) in kinds(office, typed), typed


def test_practice_is_found_by_name_agb_and_by_who_works_there(office: Member) -> None:
    practice = add_practice()
    for typed in ("linde", "01054321", "jansen", "5611XA"):
        assert ("practice", practice.id) in kinds(office, typed), typed


def test_activity_is_found_by_its_title(office: Member) -> None:
    activity = add_activity("Koffie-inloop")
    assert kinds(office, "koffie inl") == [("activity", activity.id)]


def test_at_most_a_dozen_and_persons_first(office: Member) -> None:
    for number in range(20):
        add_voucher(office, add_practice(f"Praktijk Linde {number}", agb=None) if number < 3 else None,
                    surname=f"Linde{number:02d}")  # fmt: skip
    found = find_anything(office, "linde", TODAY)
    assert len(found) == 12
    assert found[0].kind == "person"


def test_nothing_typed_finds_nothing(office: Member) -> None:
    add_voucher(office)
    assert find_anything(office, "   ", TODAY) == []


def test_leader_may_not_search_everyone(office: Member) -> None:
    with pytest.raises(Refused):
        find_anything(add_member("L. Leider", "leader"), "meer", TODAY)
