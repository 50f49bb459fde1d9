"""`--verify-log`: sound is 0, tampered is 1, not checked is 2; it asks a name and a password and is itself logged."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop import clock
from desktop.actions import entrance
from desktop.actions.entrance import CHEAP, NewOffice, back_up, log
from desktop.actions.staff import add_colleague
from desktop.rules.organisation import OrganisationDraft
from desktop.rules.staff import StaffDraft
from desktop.storage import folders, keys
from desktop.storage.changes import Audit
from desktop.storage.database import database, transaction
from desktop.storage.office import FolderLock
from desktop.verifylog import verify_log

PASSWORD = "een lange zin voor de proef"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    new = NewOffice(
        organisation=OrganisationDraft(name="Proef Welzijn", town="Rivierdam"),
        name="P. Proef",
        sign_in_name="proef",
        password=PASSWORD,
    )
    entrance.set_up(tmp_path / "data", "office", new, CHEAP)
    return tmp_path / "data"


def answers(*given: str) -> Callable[[str, bool], str]:
    waiting = list(given)
    return lambda _question, _secret: waiting.pop(0)


def test_an_untouched_log_is_sound_and_the_check_stands_in_it(house: Path) -> None:
    said: list[str] = []
    assert verify_log(house, answers("proef", PASSWORD), said.append) == 0
    assert "zoals ze zijn geschreven" in said[0]
    entered = entrance.enter(keys.sign_in(house, "proef", PASSWORD))
    assert "log checked" in [line.name for line in Audit.select()]
    entered.session.close()


def test_a_line_that_was_changed_is_named(house: Path) -> None:
    entered = entrance.enter(keys.sign_in(house, "proef", PASSWORD))
    with transaction():
        database.execute_sql("UPDATE audit SET staff_id = 7 WHERE id = 2")
    entered.session.close()
    said: list[str] = []
    assert verify_log(house, answers("proef", PASSWORD), said.append) == 1
    assert "Regel 2 " in said[0]


def test_lines_that_a_backup_still_knows_are_missed(house: Path) -> None:
    """Whoever cuts off the end of the log and puts the engine's counter back is told on by the backup."""
    entered = entrance.enter(keys.sign_in(house, "proef", PASSWORD))
    log(entered.member, "locked")
    back_up(entered.session, folders.backup_folder(house), clock.now())
    last = Audit.select().order_by(Audit.id.desc()).get()
    with transaction():
        database.execute_sql("DELETE FROM audit WHERE id = ?", (last.id,))
        database.execute_sql("UPDATE sqlite_sequence SET seq = ? WHERE name = 'audit'", (last.id - 1,))
    entered.session.close()
    said: list[str] = []
    assert verify_log(house, answers("proef", PASSWORD), said.append) == 1
    assert "back-up van" in said[0]


def test_wrong_password_no_right_and_a_running_program_are_said(house: Path) -> None:
    said: list[str] = []
    assert verify_log(house, answers("proef", "niet dit wachtwoord"), said.append) == 2
    lock = FolderLock(house)
    assert lock.take()
    assert verify_log(house, answers(), said.append) == 2
    lock.release()
    assert "staat nog open" in said[1]


def test_a_colleague_who_may_not_read_the_log_may_not_check_it_either(house: Path) -> None:
    entered = entrance.enter(keys.sign_in(house, "proef", PASSWORD))
    made = add_colleague(
        entered.member, entered.session, StaffDraft(name="C. Coach", sign_in_name="coach", roles=("coach",))
    )
    entered.session.close()
    own = "nog een lange zin voor de coach"
    opened = keys.sign_in(house, "coach", made.password)
    keys.change_password(house, opened, "coach", made.password, own)
    said: list[str] = []
    assert verify_log(house, answers("coach", own), said.append) == 2
    assert "coördinator" in said[0]
