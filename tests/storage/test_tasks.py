"""Te doen out of a real database: what stands there, for whom, until what is done is recorded."""

from datetime import time

import pytest

from desktop import clock
from desktop.actions.appointments import plan_intake
from desktop.actions.contacts import record_contact
from desktop.actions.endings import close_case, record_worry
from desktop.actions.enrolments import enrol
from desktop.actions.intakes import hold_intake
from desktop.actions.tasks import postpone_task
from desktop.actions.vouchers import change_coach
from desktop.rules.deeds import AppointmentDraft, ClosingDraft, ContactDraft, EnrolDraft, IntakeDraft, WorryDraft
from desktop.rules.staff import Member
from desktop.storage.matching import list_offers, wish_for
from desktop.storage.models import Person, Voucher, Worry
from desktop.storage.story import story
from desktop.storage.tasks import count_tasks, list_tasks
from tests.counting import assert_query_count
from tests.factory import add_activity, add_member, add_practice, add_voucher, days_ago


@pytest.fixture
def voucher(office: Member) -> Voucher:
    return add_voucher(office, add_practice(), dated_on=days_ago(4), received_on=days_ago(4))


def kinds(by: Member, mine: bool = False) -> list[str]:
    return [task.kind for task in list_tasks(by, clock.today(), mine)]


def test_new_voucher_asks_for_a_call_with_the_number(office: Member, voucher: Voucher) -> None:
    (task,) = list_tasks(office, clock.today())
    assert (task.kind, task.strong, task.voucher_id) == ("call", "06 8765 4321", voucher.id)
    assert "dokter" not in task.subtitle.lower()  # a practice, but nobody by name


def test_item_goes_when_what_was_done_is_recorded(office: Member, voucher: Voucher) -> None:
    record_contact(office, ContactDraft(voucher_id=voucher.id, outcome="reached", informed=True))
    assert kinds(office) == ["plan_intake"]
    plan_intake(office, AppointmentDraft(voucher_id=voucher.id, day=days_ago(-1), hour=time(10)))
    assert kinds(office) == []


def test_postponed_task_comes_back(office: Member, voucher: Voucher) -> None:
    postpone_task(office, voucher.id, "call", 2)
    assert kinds(office) == []
    assert [task.kind for task in list_tasks(office, days_ago(-2))] == ["call"]


def test_only_mine_shows_my_cases_and_those_nobody_has(office: Member, voucher: Voucher) -> None:
    colleague = add_member("K. de Boer", "coach")
    assert kinds(colleague, mine=True) == ["call"]
    change_coach(office, (voucher.id,), office.id, None)
    assert (kinds(colleague, mine=True), kinds(office, mine=True)) == ([], ["call"])
    change_coach(office, (voucher.id,), office.id, colleague.id)
    assert kinds(colleague, mine=True) == ["call"]


def test_worry_of_a_closed_case_still_stands_on_top(office: Member, voucher: Voucher) -> None:
    record_worry(office, WorryDraft(voucher_id=voucher.id, kind="neglect", noticed_on=days_ago(0)))
    close_case(office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(0), outcome="not_interested"))
    assert kinds(office)[0] == "worry"
    assert list_tasks(office, clock.today())[0].subject_id == Worry.get().id
    assert "call" not in kinds(office)


def test_practice_that_waits_for_word_is_named(office: Member) -> None:
    add_voucher(office, add_practice(), dated_on=days_ago(20), received_on=days_ago(20))
    letters = next(task for task in list_tasks(office, clock.today()) if task.kind == "letters")
    assert letters.subtitle.startswith("De Linde")
    assert letters.due_on == days_ago(6)


def test_consent_still_to_ask_shows_after_the_talk(office: Member) -> None:
    voucher = add_voucher(office, add_practice(), consent_report_back="ask")
    hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(0), informed=True))
    assert kinds(office) == ["find_activity", "consent"]
    hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(0), consent_report_back="yes"))
    assert kinds(office) == ["find_activity"]


def test_first_visit_together_stands_on_its_day(office: Member, voucher: Voucher) -> None:
    Person.update(informed_on=days_ago(1)).where(Person.id == voucher.person_id).execute()
    enrol(
        office,
        EnrolDraft(
            voucher_id=voucher.id,
            activities=(add_activity().id,),
            enrolled_on=days_ago(0),
            accompanied=True,
            visit_day=days_ago(0),
            visit_hour=time(23, 30),
        ),
    )
    (task,) = list_tasks(office, clock.today())
    assert task.title.startswith("Samen naar Koffie-inloop")


def test_number_of_queries_does_not_grow_with_the_cases(office: Member) -> None:
    practice = add_practice()
    for number in range(12):
        voucher = add_voucher(office, practice, surname=f"Jansen{number}", dated_on=days_ago(20))
        record_contact(office, ContactDraft(voucher_id=voucher.id, on=days_ago(1), at=time(9), outcome="no_answer"))
        if number % 3 == 0:
            activity = add_activity(f"Groep {number}")
            enrol(office, EnrolDraft(voucher_id=voucher.id, activities=(activity.id,), enrolled_on=days_ago(1)))
    with assert_query_count(34):
        assert len(list_tasks(office, days_ago(-12))) > 12


def test_list_and_count_agree(office: Member, voucher: Voucher) -> None:
    assert count_tasks(office, clock.today()) == (1, 0)
    assert count_tasks(office, days_ago(-20))[1] >= 1


def test_story_of_a_person_is_one_line_of_deeds_newest_first(office: Member, voucher: Voucher) -> None:
    record_contact(office, ContactDraft(voucher_id=voucher.id, on=days_ago(3), at=time(9), outcome="no_answer"))
    record_contact(office, ContactDraft(voucher_id=voucher.id, on=days_ago(2), at=time(9), outcome="reached"))
    hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(1), goals="Onder de mensen", mark_body=6))
    lines = story(office, voucher.person_id)
    assert [line.kind for line in lines] == ["intake", "contact", "contact", "voucher"]
    assert lines[1].title == "Gesproken"
    assert lines[1].subtitle == "poging 2"
    assert "Onder de mensen" in lines[0].subtitle
    with assert_query_count(22):
        story(office, voucher.person_id)


def test_what_one_person_looks_for_comes_from_voucher_and_person(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    add_activity("Tuingroep", capacity=2)
    wish = wish_for(office, voucher.id, clock.today())
    assert wish.age is not None
    with assert_query_count(4):
        (offer,) = list_offers(office)
    assert offer.places_left == 2
