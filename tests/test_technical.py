"""The technical log: what happened on this computer, in events and numbers, never about whom; it stays small."""

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.app import note_stumbles
from desktop.errors import Refused
from desktop.rules.staff import Member
from desktop.technical import TechnicalLog, version_numbers
from desktop.widgets import crash
from desktop.widgets.desk import Desk
from tests.factory import add_voucher

MARKERS = ("Kwartelhof", "Zandoogje", "0687654321", "geheim-van-de-buurvrouw")


def written(folder: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((folder / "log").glob("*.log")))


def test_start_and_end_with_their_numbers(tmp_path: Path) -> None:
    log = TechnicalLog(tmp_path)
    log.note("started", **version_numbers("1.2.3"))
    log.note("ended", code=0)
    assert [line.split(" ", 1)[1] for line in written(tmp_path).splitlines()] == [
        "started major=1 minor=2 patch=3", "ended code=0",
    ]  # fmt: skip


def test_words_of_anybody_are_not_taken(tmp_path: Path) -> None:
    log = TechnicalLog(tmp_path)
    with pytest.raises(ValueError):
        log.note("mevrouw Kwartelhof gebeld")
    with pytest.raises(ValueError):
        log.note("ended", code="Kwartelhof")  # type: ignore[arg-type]
    assert not (tmp_path / "log").exists()


def test_it_rotates_and_the_oldest_goes(tmp_path: Path) -> None:
    log = TechnicalLog(tmp_path, largest=2_000, kept=3)
    for code in range(1_000):
        log.note("ended", code=code)
    files = sorted(path.name for path in (tmp_path / "log").iterdir())
    assert files == ["technical.1.log", "technical.2.log", "technical.3.log", "technical.log"]
    assert all(path.stat().st_size < 2_100 for path in (tmp_path / "log").iterdir())
    assert "code=999" in (tmp_path / "log" / "technical.log").read_text("utf-8")
    assert "code=0\n" not in written(tmp_path)


def test_a_folder_that_cannot_be_written_to_does_not_stop_the_work(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be", "utf-8")
    TechnicalLog(tmp_path).note("started")


def test_planted_words_never_get_in(
    tmp_path: Path, qtbot: QtBot, office: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refusals, work in the background and crashes that are full of personal data leave none of it."""
    log = TechnicalLog(tmp_path)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", sys.excepthook)
    crash.install(dict, log.note_crash)
    desk = Desk(office)
    note_stumbles(desk, log)

    def refuse(_by: Member) -> None:
        raise Refused("Kwartelhof woont daar niet.", phone="0687654321")

    desk.perform(refuse)
    with qtbot.waitSignal(desk.busy, check_params_cb=lambda busy: not busy):
        desk.perform_in_background(
            lambda by, progress: add_voucher(by, surname="Zandoogje").id,
            title="Zandoogje invoeren",
            done=lambda _made: None,
        )
    try:
        raise KeyError("geheim-van-de-buurvrouw")
    except KeyError as error:
        sys.excepthook(KeyError, error, error.__traceback__)
    desk.close()
    text = written(tmp_path)
    assert all(event in text for event in ("trouble told", "work began", "work ended", "crashed", "KeyError"))
    assert [marker for marker in MARKERS if marker in text] == []
