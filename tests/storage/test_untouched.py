"""The net under Te doen: what nobody touched for some time is listed, whoever owns it, however often it was put off."""

import pytest

from desktop import clock
from desktop.actions.contacts import record_contact
from desktop.actions.endings import close_case
from desktop.actions.organisation import change_organisation
from desktop.actions.tasks import postpone_task
from desktop.actions.vouchers import change_coach
from desktop.errors import Refused
from desktop.rules.deeds import ClosingDraft, ContactDraft
from desktop.rules.staff import Member
from desktop.rules.tasks import Task
from desktop.storage.models import Organisation, Staff, Voucher
from desktop.storage.tasks import list_tasks
from tests.counting import assert_query_count
from tests.factory import add_member, add_practice, add_voucher, days_ago


@pytest.fixture
def voucher(office: Member) -> Voucher:
    return add_voucher(office, add_practice(), dated_on=days_ago(34), received_on=days_ago(34))


def still(by: Member, mine: bool = False) -> list[Task]:
    return [task for task in list_tasks(by, clock.today(), mine) if task.kind == "untouched"]


def test_case_without_a_deed_is_listed_beside_its_own_row(office: Member, voucher: Voucher) -> None:
    change_coach(office, (voucher.id,), office.id, None)
    (task,) = still(office)
    assert task.title == "Al 34 dagen niets vastgelegd: mevrouw Van der Meer-de Wit"
    assert (task.strong, task.voucher_id, task.due_on) == ("06 8765 4321", voucher.id, days_ago(4))
    assert "F. Yıldız" in task.subtitle
    assert "call" in [each.kind for each in list_tasks(office, clock.today())]


def test_any_deed_takes_it_off_for_as_long_again(office: Member, voucher: Voucher) -> None:
    record_contact(office, ContactDraft(voucher_id=voucher.id, outcome="no_answer"))
    assert still(office) == []
    assert len([task for task in list_tasks(office, days_ago(-30)) if task.kind == "untouched"]) == 1


def test_term_is_the_organisations(office: Member, voucher: Voucher) -> None:
    organisation = Organisation.get()
    organisation_draft = {
        name: getattr(organisation, name)
        for name in ("name", "street", "number", "postcode", "town", "phone", "province", "version")
    }
    from desktop.rules.organisation import OrganisationDraft

    change_organisation(office, OrganisationDraft(**organisation_draft, untouched_after=35))
    assert still(office) == []
    with pytest.raises(Refused):
        change_organisation(office, OrganisationDraft(**{**organisation_draft, "version": None}, untouched_after=0))


def test_putting_tasks_off_again_and_again_does_not_hide_it(office: Member, voucher: Voucher) -> None:
    postpone_task(office, voucher.id, "call", 60)
    postpone_task(office, voucher.id, "call", 60)
    assert [task.kind for task in list_tasks(office, clock.today()) if task.kind != "letters"][:1] != ["call"]
    assert len(still(office)) == 1
    with pytest.raises(Refused) as refused:
        postpone_task(office, voucher.id, "untouched", 7)
    assert "pauzeer" in refused.value.sentence()


def test_it_shows_to_whom_it_concerns_and_to_all_when_its_coach_left(office: Member, voucher: Voucher) -> None:
    colleague = add_member("K. de Boer", "coach")
    assert len(still(office, mine=True)) == len(still(colleague, mine=True)) == 1  # nobody's
    change_coach(office, (voucher.id,), colleague.id, None)
    assert (len(still(office, mine=True)), len(still(office)), len(still(colleague, mine=True))) == (0, 1, 1)
    Staff.update(active=False).where(Staff.id == colleague.id).execute()
    (task,) = still(office, mine=True)
    assert "werkt hier niet meer" in task.subtitle


def test_closed_cases_are_left_alone(office: Member, voucher: Voucher) -> None:
    close_case(office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(33), outcome="not_interested"))
    assert still(office) == []


def test_query_count_does_not_grow_with_the_cases(office: Member) -> None:
    practice = add_practice()
    for number in range(12):
        add_voucher(office, practice, surname=f"Jansen{number}", dated_on=days_ago(40), received_on=days_ago(40))
    with assert_query_count(48):
        assert len(still(office)) == 12
