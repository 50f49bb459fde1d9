"""Killed at any moment of printing: no letter falsely sent, none sent or printed twice, no word of staff lost."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.actions.batches import confirm_batch, start_batch
from desktop.storage.batches import list_places, list_printable
from desktop.storage.database import close_database
from tests.factory import add_practice, make_office, shut
from tests.survival.batches import look_at_pile, stock_up

HOUSE = Path(__file__).parent.parent.parent


def killed(folder: Path, kills: int, seed: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.survival.batches", str(folder), str(kills), str(seed)]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


@pytest.mark.timeout(300)
def test_fifty_kills_while_printing_give_no_double_and_no_letter_falsely_sent(tmp_path: Path) -> None:
    figures = killed(tmp_path, 50, seed=1)

    assert figures["wrong"] == []
    assert figures["kills"] == 50
    assert figures["papers"] > 25


def test_this_would_notice_a_double_or_a_letter_falsely_sent(tmp_path: Path) -> None:
    path, key, by = make_office(tmp_path)
    for name in ("Aan de Linde", "Zuiderpark"):
        add_practice(name, agb=None, coach=by.id)
    stock_up(by)
    batch = start_batch(by, [each.letter.letter_id for each in list_printable(by)][:2])
    first, second = (place.letter.letter_id for place in list_places(by, batch.id))
    confirm_batch(by, batch.id, 1)
    close_database()

    assert look_at_pile(path, key, by, [first], [first]) == []
    assert look_at_pile(path, key, by, [first, first], [first]) == [f"paper of letter {first} came out twice"]
    assert look_at_pile(path, key, by, [], []) == [f"letter {first} counts as sent without paper"]
    assert look_at_pile(path, key, by, [first, second], [second]) == [f"letter {second} was confirmed and is not sent"]
    shut()


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_two_hundred_kills_while_printing(tmp_path: Path) -> None:
    figures = killed(tmp_path, 200, seed=2)
    print(f"\nkill -9 while printing letters: {figures}")  # noqa: T201

    assert figures["wrong"] == []
    assert figures["kills"] == 200
    assert figures["papers"] > 100
