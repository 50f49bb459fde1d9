"""Lists of vouchers, the next number, and what a form needs to know of practices and reasons."""

from datetime import date

import pytest

from desktop.errors import Refused
from desktop.rules.staff import Member
from desktop.rules.vouchers import make_number
from desktop.storage.changes import deed
from desktop.storage.models import Contact, Reason, Voucher
from desktop.storage.vouchers import (
    VoucherFilter,
    fetch_vouchers,
    find_by_number,
    find_reasons,
    find_voucher,
    list_reasons,
    list_referrers,
    list_vouchers,
    next_number,
    practice_with_agb,
)
from tests.factory import add_member, add_practice, add_voucher, days_ago

TODAY = date(2026, 11, 23)


def close(voucher: Voucher) -> None:
    with deed(None, "closed by a test"):
        row = Voucher.get_by_id(voucher.id)
        row.status, row.outcome = "closed", "completed"
        row.save()


def test_list_is_narrowed_by_status_open_closed_coach_and_practice(office: Member) -> None:
    linde = add_practice()
    coach = add_member("C. Coach", "coach")
    first, second = add_voucher(office, linde, coach=coach.id), add_voucher(office)
    close(second)
    assert list_vouchers(office, "", VoucherFilter(open_only=True)) == [first.id]
    assert list_vouchers(office, "", VoucherFilter(closed_only=True)) == [second.id]
    assert list_vouchers(office, "", VoucherFilter(status="received")) == [first.id]
    assert list_vouchers(office, "", VoucherFilter(coach=coach.id)) == [first.id]
    assert list_vouchers(office, "", VoucherFilter(practice=linde.id)) == [first.id]


@pytest.mark.parametrize("sort", ["number", "name", "received_on", "practice", "status", "due_on", "coach", "unknown"])
def test_every_column_sorts_both_ways_and_loses_nothing(office: Member, sort: str) -> None:
    add_voucher(office, add_practice(), surname="Zanten")
    add_voucher(office, surname="Aart", dated_on=days_ago(30), received_on=days_ago(20))
    for descending in (True, False):
        assert len(list_vouchers(office, "", VoucherFilter(), sort, descending)) == 2


def test_list_sorts_by_surname_without_tussenvoegsel(office: Member) -> None:
    for tussenvoegsel, surname in (("van", "Zanten"), ("de", "Aart")):
        add_voucher(office, tussenvoegsel=tussenvoegsel, surname=surname)
    ids = list_vouchers(office, "", VoucherFilter(), "name", False)
    assert [each.person.surname for each in fetch_vouchers(office, ids)] == ["Aart", "Zanten"]


def test_text_finds_number_reference_and_the_person(office: Member) -> None:
    voucher = add_voucher(office, their_reference="ZD-778")
    add_voucher(office, surname="Ander", first_name="Bep", phone="+31612345678", birth_date="")
    for typed in (voucher.number, "zd-778", "annie", "06 87654321", "03041951"):
        assert list_vouchers(office, typed) == [voucher.id], typed


def test_rows_come_with_person_practice_and_coach(office: Member) -> None:
    coach = add_member("C. Coach", "coach")
    with_all = add_voucher(office, add_practice(), coach=coach.id)
    bare = add_voucher(office)
    first, second = fetch_vouchers(office, [with_all.id, bare.id])
    assert (first.person.surname, first.practice.name, first.coach.name) == (
        "Meer-de Wit", "Huisartsenpraktijk De Linde", "C. Coach")  # fmt: skip
    assert (second.practice, second.coach) == (None, None)
    assert [each.id for each in fetch_vouchers(office, [bare.id, 99, with_all.id])] == [bare.id, with_all.id]


def test_next_number_follows_the_highest_of_this_year_and_never_one_in_use(office: Member) -> None:
    assert next_number(office, TODAY) == "26-00001-O"
    add_voucher(office, voucher_number=make_number(2026, 412))
    add_voucher(office, voucher_number="ANDERS-1", surname="Ander")
    assert next_number(office, TODAY).startswith("26-00413-")
    assert next_number(office, date(2027, 1, 4)).startswith("27-00001-")


def test_voucher_is_found_by_its_number(office: Member) -> None:
    voucher = add_voucher(office)
    found = find_by_number(office, voucher.number)
    assert found is not None
    assert found.id == voucher.id
    assert find_by_number(office, "99-00000-X") is None


def test_referrers_are_who_works_there_now_doctors_first(office: Member) -> None:
    practice = add_practice()
    with deed(None, "left"):
        Contact(practice=practice, role="assistant", surname="Aarts").save()
        Contact(practice=practice, role="gp", surname="Weg", active=False).save()
    assert [each.surname for each in list_referrers(office, practice.id)] == ["Jansen", "Aarts", "Bos"]
    assert list_referrers(office, None) == []


def test_practice_is_known_by_its_agb_code(office: Member) -> None:
    practice = add_practice()
    assert practice_with_agb(office, "01054321") == practice.id
    assert practice_with_agb(office, "00000000") is None


def test_reasons_in_the_coordinators_order_without_those_put_away(office: Member) -> None:
    with deed(None, "reason put away"):
        other = Reason.get(Reason.code == "other")
        other.active = False
        other.save()
    shown = [each.code for each in list_reasons(office)]
    assert shown[0] == "loneliness"
    assert "other" not in shown
    voucher = add_voucher(office, reasons=(3, 1))
    assert find_reasons(office, voucher.id) == [1, 3]


def test_voucher_that_is_gone_is_refused_and_a_leader_sees_none(office: Member) -> None:
    voucher = add_voucher(office)
    with pytest.raises(Refused):
        find_voucher(office, voucher.id + 1)
    leader = add_member("L. Leider", "leader")
    for look in (list_vouchers, list_reasons):
        with pytest.raises(Refused):
            look(leader)
