"""The five steps of the Meldcode: each with its day, corrected, taken back and brought back by undo."""

import pytest

from desktop import clock
from desktop.actions.endings import record_worry, take_back_worry
from desktop.actions.meldcode import record_steps
from desktop.actions.undo import undo_last
from desktop.errors import Refused
from desktop.rules.deeds import WorryDraft
from desktop.rules.meldcode import MeldcodeDraft
from desktop.rules.staff import Member
from desktop.storage.meldcode import list_steps
from desktop.storage.models import MeldcodeStep, Worry
from tests.factory import add_practice, add_voucher, days_ago


@pytest.fixture
def worry(office: Member) -> Worry:
    voucher = add_voucher(office, add_practice(), dated_on=days_ago(5), received_on=days_ago(5))
    return record_worry(office, WorryDraft(voucher_id=voucher.id, kind="violence", noticed_on=days_ago(2)))


def test_steps_are_kept_with_their_day_and_the_worry_stands_at_the_last(office: Member, worry: Worry) -> None:
    record_steps(office, MeldcodeDraft(worry_id=worry.id, on_1=days_ago(2), on_2=days_ago(1), note_2="Veilig Thuis"))
    assert [(row.step, row.note) for row in list_steps(office, worry.id)] == [(1, ""), (2, "Veilig Thuis")]
    assert Worry.get().meldcode_step == 2
    record_steps(office, MeldcodeDraft(worry_id=worry.id, on_1=days_ago(2)))
    assert [row.step for row in list_steps(office, worry.id)] == [1]
    assert Worry.get().meldcode_step == 1


def test_a_step_to_come_or_without_its_day_is_refused(office: Member, worry: Worry) -> None:
    wrong = MeldcodeDraft(worry_id=worry.id, on_1=days_ago(3), on_2=days_ago(-1), note_3="gesproken")
    with pytest.raises(Refused) as refused:
        record_steps(office, wrong)
    assert set(refused.value.fields) == {"on_1", "on_2", "on_3"}
    assert MeldcodeStep.select().count() == 0


def test_a_worry_taken_back_by_mistake_comes_back_with_its_steps(office: Member, worry: Worry) -> None:
    record_steps(office, MeldcodeDraft(worry_id=worry.id, on_1=clock.today()))
    take_back_worry(office, worry.id)
    assert (Worry.select().count(), MeldcodeStep.select().count()) == (0, 0)
    undo_last(office)
    assert [row.step for row in list_steps(office, worry.id)] == [1]
