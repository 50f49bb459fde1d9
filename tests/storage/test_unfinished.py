"""What staff typed survives a lock and a kill, stays unreadable on disk, and comes back to its writer alone."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.storage.unfinished import UnfinishedForms

DATA_KEY = bytes(range(32))
MORNING = datetime(2026, 11, 6, 9, 30, tzinfo=UTC)
TYPED = {"surname": "Çelik-Marker", "note": "belt liever 's ochtends <b>"}

WRITER = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from desktop.storage.unfinished import UnfinishedForms
forms = UnfinishedForms.open(Path(sys.argv[1]), bytes(range(32)))
for number in range(1, 1000):
    forms.keep("fatma", "voucher", {"note": "x" * number}, datetime(2026, 11, 6, tzinfo=UTC))
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


@pytest.fixture
def forms(tmp_path: Path) -> UnfinishedForms:
    return UnfinishedForms.open(tmp_path, DATA_KEY)


def test_form_comes_back_to_its_writer_after_a_restart(forms: UnfinishedForms, tmp_path: Path) -> None:
    forms.keep("fatma", "voucher", TYPED, MORNING)
    forms.close()

    (kept,) = UnfinishedForms.open(tmp_path, DATA_KEY).find("fatma")

    assert kept.form_key == "voucher"
    assert kept.raw == TYPED
    assert kept.kept_at == MORNING


def test_colleague_sees_nothing_of_it(forms: UnfinishedForms) -> None:
    forms.keep("fatma", "voucher", TYPED, MORNING)

    assert forms.find("jan") == []


def test_last_text_counts_and_the_last_form_stands_first(forms: UnfinishedForms) -> None:
    forms.keep("fatma", "voucher", {"note": "eerst"}, MORNING)
    forms.keep("fatma", "intake 12", {"note": "gesprek"}, MORNING + timedelta(minutes=1))
    forms.keep("fatma", "voucher", {"note": "daarna"}, MORNING + timedelta(minutes=2))

    assert [(form.form_key, form.raw["note"]) for form in forms.find("fatma")] == [
        ("voucher", "daarna"),
        ("intake 12", "gesprek"),
    ]


def test_saved_form_is_forgotten_once_or_twice(forms: UnfinishedForms) -> None:
    forms.keep("fatma", "voucher", TYPED, MORNING)

    forms.forget("fatma", "voucher")
    forms.forget("fatma", "voucher")

    assert forms.find("fatma") == []


def test_nothing_typed_can_be_read_on_disk(forms: UnfinishedForms, tmp_path: Path) -> None:
    forms.keep("fatma-uid", "voucher-form", TYPED, MORNING)

    lying_there = [path for path in tmp_path.rglob("*") if path.is_file()]
    everything = b"".join(path.name.encode() + path.read_bytes() for path in lying_there)

    assert len(lying_there) == 2
    for word in ("Marker", "ochtends", "fatma-uid", "voucher-form", "surname"):
        assert word.encode() not in everything
    assert DATA_KEY not in everything


def test_damaged_form_is_passed_over_and_the_others_come_back(forms: UnfinishedForms, tmp_path: Path) -> None:
    forms.keep("fatma", "voucher", TYPED, MORNING)
    (damaged,) = tmp_path.rglob("*.form")
    forms.keep("fatma", "intake 12", TYPED, MORNING)
    damaged.write_bytes(damaged.read_bytes()[:20])

    assert [form.form_key for form in forms.find("fatma")] == ["intake 12"]


def test_form_cannot_be_slipped_in_as_another_one(forms: UnfinishedForms, tmp_path: Path) -> None:
    forms.keep("fatma", "voucher", {"note": "oud"}, MORNING)
    (old,) = tmp_path.rglob("*.form")
    content = old.read_bytes()
    old.with_name("0" * 32 + ".form").write_bytes(content)

    assert len(forms.find("fatma")) == 1


def test_after_a_restore_under_another_key_old_forms_are_put_aside(forms: UnfinishedForms, tmp_path: Path) -> None:
    forms.keep("fatma", "voucher", TYPED, MORNING)

    fresh = UnfinishedForms.open(tmp_path, bytes(32))
    fresh.keep("fatma", "voucher", {"note": "nieuw"}, MORNING)

    assert [form.raw for form in fresh.find("fatma")] == [{"note": "nieuw"}]
    assert len(list(tmp_path.glob("unfinished-*/*.form"))) == 1


def test_closed_forms_can_be_neither_kept_nor_found(forms: UnfinishedForms) -> None:
    forms.keep("fatma", "voucher", TYPED, MORNING)
    forms.close()

    with pytest.raises(RuntimeError):
        forms.keep("fatma", "voucher", TYPED, MORNING)
    with pytest.raises(RuntimeError):
        forms.find("fatma")


@pytest.mark.parametrize("after", [1, 7, 40, 120])
def test_killed_program_loses_nothing_it_said_was_kept(after: int, tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, tmp_path], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [int(line) for _n, line in zip(range(after), writer.stdout, strict=False)]
        writer.kill()
        said += [int(line) for line in writer.stdout if line.endswith("\n")]

    (kept,) = UnfinishedForms.open(tmp_path, DATA_KEY).find("fatma")

    assert len(kept.raw["note"]) in (said[-1], said[-1] + 1)
    assert not list(tmp_path.rglob("*.part"))
