"""A colleague leaves: nothing stays in that name, and everybody sees what nobody took over."""

from datetime import datetime, time, timedelta

import pytest

from desktop import clock
from desktop.actions.staff import hand_over, say_goodbye
from desktop.actions.vouchers import change_coach
from desktop.errors import Refused
from desktop.rules.staff import Member
from desktop.storage.models import RECORDS, Activity, Appointment, Practice, Staff, Voucher
from desktop.storage.tasks import list_tasks
from tests.factory import add_activity, add_member, add_practice, add_row, add_voucher

CHARGES = ("coach", "substitute", "leader")


@pytest.fixture
def leaver(office: Member) -> Member:
    """With a case alone, one with a substitute, one as substitute, an appointment, a group and a practice."""
    who, other = add_member("K. de Boer", "coach", "leader"), add_member("P. Bos", "coach")
    practice = add_practice(coach=who.id)
    alone = add_voucher(office, practice, coach=who.id)
    backed = add_voucher(office, practice, surname="Bakker", coach=who.id)
    behind = add_voucher(office, practice, surname="Visser", coach=other.id)
    change_coach(office, (backed.id,), who.id, other.id)
    change_coach(office, (behind.id,), other.id, who.id)
    add_activity("Koffie-inloop", leader=who.id)
    tomorrow = datetime.combine(clock.today() + timedelta(days=1), time(10))
    for case in (alone, backed):
        add_row(Appointment(voucher=case, person=case.person_id, starts_at=tomorrow, coach=who.id))
    return who


def left_behind(staff_id: int) -> list[str]:
    """What stands in this name and is still to be done by somebody."""
    found = []
    for model in RECORDS:
        for link in model._meta.refs:
            if link.rel_model is Staff and link.name in CHARGES:
                rows = model.select().where(link == staff_id)
                found += [f"{model.__name__} {row.id}.{link.name}" for row in rows]
    return found


def test_one_colleague_takes_over_everything(office: Member, leaver: Member) -> None:
    hand_over(office, leaver.id, office.id)
    assert left_behind(leaver.id) == []
    assert [each.coach_id for each in Appointment.select()] == [office.id, office.id]
    assert (Activity.get().leader_id, Practice.get().coach_id) == (office.id, office.id)
    say_goodbye(office, leaver.id)
    assert not Staff.get_by_id(leaver.id).active


def test_what_was_not_handed_over_goes_to_the_substitute_or_to_everybody(office: Member, leaver: Member) -> None:
    other = Staff.get(Staff.name == "P. Bos")
    say_goodbye(office, leaver.id)
    assert left_behind(leaver.id) == []
    coaches = [each.coach_id for each in Voucher.select().order_by(Voucher.id)]
    assert coaches == [None, other.id, other.id]
    assert [each.coach_id for each in Appointment.select().order_by(Appointment.id)] == [None, other.id]
    mine = {task.voucher_id for task in list_tasks(office, clock.today() + timedelta(days=1), mine=True)}
    assert Voucher.select().order_by(Voucher.id).first().id in mine


def test_who_left_is_given_nothing_more(office: Member, leaver: Member) -> None:
    say_goodbye(office, leaver.id)
    voucher = Voucher.select().order_by(Voucher.id).first()
    with pytest.raises(Refused, match="werkt hier niet meer"):
        change_coach(office, (voucher.id,), leaver.id, None)
    for nobody in (None, leaver.id):
        with pytest.raises(Refused, match="Kies de collega"):
            hand_over(office, leaver.id, nobody)
