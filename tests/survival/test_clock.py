"""A clock that jumps a year back or ten years ahead moves no case, prunes no backup and erases nobody."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop import clock
from desktop.actions import entrance
from desktop.actions.contacts import record_contact
from desktop.actions.entrance import CHEAP, Entered, NewOffice
from desktop.actions.undo import undo_last
from desktop.actions.vouchers import refresh_status
from desktop.errors import Refused
from desktop.rules.deeds import ContactDraft
from desktop.rules.organisation import OrganisationDraft
from desktop.storage import changes
from desktop.storage.backup import list_backups
from desktop.storage.changes import Audit
from desktop.storage.models import Person, Voucher
from tests.factory import add_practice, add_voucher
from tests.survival.killing import _chain

REALLY = datetime.now(UTC)
JUMPS = [timedelta(days=-365), timedelta(days=3653), timedelta(hours=1), timedelta(hours=-1)]
Set = Callable[[datetime], None]


@pytest.fixture
def entered(tmp_path: Path) -> Iterator[Entered]:
    new = NewOffice(
        organisation=OrganisationDraft(name="Welzijn Rivierdam", town="Rivierdam"),
        name="Robin Bos",
        sign_in_name="robin",
        password="wandelen langs de dijk",
    )
    entered = entrance.enter(entrance.set_up(tmp_path / "data", "office", new, CHEAP)[0])
    yield entered
    entered.session.close()


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Set:
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_jumping_clock_moves_no_case(jump: timedelta, entered: Entered, set_clock: Set) -> None:
    by = entered.member
    voucher = add_voucher(by, add_practice())
    record_contact(by, ContactDraft(voucher_id=voucher.id, outcome="no_answer"))
    before = [(each.status, each.due_on, each.version) for each in Voucher.select()]

    set_clock(REALLY + jump)
    with changes.deed(by.id, "looked at again"):
        refresh_status(Voucher.get_by_id(voucher.id))

    assert [(each.status, each.due_on, each.version) for each in Voucher.select()] == before
    assert Person.select().where(Person.erased_on.is_null()).count() == 1


@pytest.mark.parametrize("jump", JUMPS[:2], ids=str)
def test_jumping_clock_throws_no_backup_away(jump: timedelta, entered: Entered, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    for days in (40, 9, 2, 1, 0):
        entrance.back_up(entered.session, copies, REALLY - timedelta(days=days))
    kept = {each.path for each in list_backups(copies)}

    entrance.back_up(entered.session, copies, REALLY + jump)
    entrance.back_up(entered.session, copies, REALLY + jump + timedelta(hours=1))
    assert kept <= {each.path for each in list_backups(copies)}

    entrance.back_up(entered.session, copies, REALLY + timedelta(minutes=5))
    assert kept <= {each.path for each in list_backups(copies)}


def test_log_stays_whole_when_the_clock_goes_back(entered: Entered, set_clock: Set) -> None:
    add_voucher(entered.member, add_practice())
    set_clock(REALLY - timedelta(days=365))
    add_voucher(entered.member, voucher_number="A-2", dated_on=clock.today(), sure=True)

    moments = [each.at for each in Audit.select().order_by(Audit.id)]
    assert moments != sorted(moments)
    assert _chain() == []


def test_undo_reaches_back_a_day_and_no_further_by_the_clock(entered: Entered, set_clock: Set) -> None:
    add_voucher(entered.member, add_practice())

    set_clock(REALLY + timedelta(days=3653))
    with pytest.raises(Refused):
        undo_last(entered.member)
    assert Voucher.select().count() == 1

    set_clock(REALLY + timedelta(hours=23))
    undo_last(entered.member)
    assert Voucher.select().count() == 0
