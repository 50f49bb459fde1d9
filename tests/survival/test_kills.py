"""What was acknowledged is there after any kill, and no action is there by half."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.storage.database import close_database, database, open_database
from tests.factory import add_practice, add_voucher, make_office, shut
from tests.survival.killing import look

HOUSE = Path(__file__).parent.parent.parent


def killed(folder: Path, work: str, kills: int, seed: int = 1) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.survival.killing", str(folder), work, str(kills), str(seed)]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


@pytest.mark.timeout(600)
def test_no_acknowledged_voucher_is_lost_in_a_thousand_kills(tmp_path: Path) -> None:
    figures = killed(tmp_path, "register", 1000)

    assert figures["wrong"] == []
    assert figures["kills"] == 1000
    assert figures["acknowledged"] > 500


@pytest.mark.timeout(300)
@pytest.mark.parametrize("work", ["bring_in", "correspond", "bring_up_to_date", "unite"])
def test_killed_inside_a_long_action_leaves_the_old_or_the_new(work: str, tmp_path: Path) -> None:
    figures = killed(tmp_path, work, 50)

    assert figures["wrong"] == []
    assert figures["kills"] == 50
    assert figures["acknowledged"] > 0


def test_this_would_notice_what_is_lost_or_done_by_half(tmp_path: Path) -> None:
    path, key, by = make_office(tmp_path)
    voucher = add_voucher(by, add_practice())
    heard = [f"voucher {voucher.id}"]
    close_database()
    assert look(path, key, heard) == []

    assert look(path, key, [*heard, "voucher 99"]) == ["lost: voucher 99"]
    open_database(path, key)
    database.execute_sql("DELETE FROM consent WHERE id = 1")
    database.execute_sql("UPDATE audit SET person_id = 7 WHERE id = 2")
    close_database()
    wrong = look(path, key, heard)
    shut()

    assert wrong == ["consent: 1 rows, 2 in the history", "the log is broken at line 2"]


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_ten_thousand_kills(tmp_path: Path) -> None:
    figures = killed(tmp_path, "register", 10_000, seed=2)
    print(f"\nkill -9: {figures}")  # noqa: T201

    assert figures["wrong"] == []
