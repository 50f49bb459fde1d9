"""The desk: deeds with the signed-in member added, refusals as sentences, saves waiting for long work."""

import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType
from typing import Any

import pytest
import shiboken6
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.errors import Refused, StorageProblem
from desktop.language import _
from desktop.widgets.background import Cancelled, Progress
from desktop.widgets.desk import Desk, Done


class Page(QLabel):
    """Somewhere to tell what came of it."""

    def said(self, *words: object) -> None:
        self.setText(repr(words))

    def refresh(self) -> None:
        self.setText("")


class Office:
    """Remembers what was done, and by whom; work in it waits at a gate."""

    def __init__(self) -> None:
        self.deeds: list[tuple[str, str]] = []
        self.gate = threading.Event()
        self.threads_left: list[str] = []

    def write(self, by: str, text: str) -> str:
        self.deeds.append((by, text))
        return text.upper()

    def refuse(self, by: str, text: str) -> str:
        raise Refused("Dat kan niet.", name="Te lang.")

    def long_work(self, by: str, text: str, progress: Progress) -> str:
        assert self.gate.wait(10)
        progress(1, 1)
        self.deeds.append((by, text))
        return text.upper()

    def endless(self, by: str, progress: Progress) -> None:
        rounds = 0
        while True:
            rounds += 1
            progress(rounds, 0)
            self.gate.wait(0.001)

    def leave_thread(self) -> None:
        self.threads_left.append(threading.current_thread().name)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def desk(office: Office, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk("Fatma", office.leave_thread)
    yield made
    office.gate.set()
    made.close()


def heard(signal: Any) -> list[tuple[Any, ...]]:
    told: list[tuple[Any, ...]] = []
    signal.connect(lambda *news: told.append(news))
    return told


def start(desk: Desk, function: Callable[..., Any], *args: Any, **wishes: Any) -> list[Any]:
    results: list[Any] = []
    desk.perform_in_background(function, *args, title="Inlezen", done=results.append, **wishes)
    return results


def test_a_deed_is_done_by_who_is_signed_in_and_the_window_hears_of_it(desk: Desk, office: Office) -> None:
    said, changed = heard(desk.said), heard(desk.changed)
    assert desk.perform(office.write, "brief") == Done("BRIEF")
    assert office.deeds == [("Fatma", "brief")]
    assert said == [(_("Saved"), True)]
    assert len(changed) == 1


def test_of_two_deeds_in_a_row_the_words_of_the_second_stay(desk: Desk, office: Office) -> None:
    said = heard(desk.said)

    def go_on(_brief: str) -> None:
        desk.perform(office.write, "akkoord", said="Akkoord")

    desk.perform(office.write, "brief", done=go_on)
    assert said[-1] == ("Akkoord", True)


def test_a_refusal_goes_to_the_one_who_asked(desk: Desk, office: Office) -> None:
    refusals: list[Refused] = []
    said, troubled, changed = heard(desk.said), heard(desk.troubled), heard(desk.changed)
    assert desk.perform(office.refuse, "x", refused=refusals.append) is None
    assert [one.fields for one in refusals] == [{"name": "Te lang."}]
    assert (said, troubled, changed) == ([], [], [])


def test_a_refusal_nobody_waits_for_is_told_in_one_sentence(desk: Desk, office: Office) -> None:
    troubled = heard(desk.troubled)
    desk.perform(office.refuse, "x")
    assert troubled == [("Dat kan niet. Te lang.",)]


def test_a_full_disk_is_told_calmly_and_the_form_may_try_again(desk: Desk) -> None:
    def full(by: str) -> None:
        raise StorageProblem("De schijf is vol.")

    ended: list[bool] = []
    troubled = heard(desk.troubled)
    assert desk.perform(full, ended=lambda: ended.append(True)) is None
    assert troubled == [("De schijf is vol.",)]
    assert ended == [True]


def test_a_bug_in_a_deed_is_no_refusal(desk: Desk) -> None:
    def broken(by: str) -> None:
        raise ZeroDivisionError

    ended: list[bool] = []
    with pytest.raises(ZeroDivisionError):
        desk.perform(broken, ended=lambda: ended.append(True))
    assert ended == [True]


def test_looking_gives_the_result_or_nothing_with_the_reason(desk: Desk, office: Office) -> None:
    troubled = heard(desk.troubled)
    assert desk.look(lambda by, word: f"{by} zoekt {word}", "Jansen") == "Fatma zoekt Jansen"
    assert desk.look(office.refuse, "x") is None
    assert troubled == [("Dat kan niet. Te lang.",)]


def test_the_result_of_long_work_arrives_in_the_window_s_thread(desk: Desk, office: Office,
                                                                qtbot: QtBot) -> None:
    arrived: list[tuple[str, threading.Thread]] = []
    office.gate.set()
    with qtbot.waitSignal(desk.changed):
        desk.perform_in_background(office.long_work, "import", title="Inlezen",
                                   done=lambda text: arrived.append((text, threading.current_thread())))
    assert arrived == [("IMPORT", threading.main_thread())]
    assert office.threads_left == ["background_0"]
    assert not desk.working()


def test_a_save_during_long_work_waits_its_turn_and_says_so(desk: Desk, office: Office, qtbot: QtBot) -> None:
    stored: list[str] = []
    said = heard(desk.said)
    start(desk, office.long_work, "import")
    assert desk.perform(office.write, "eerste", done=stored.append) is None
    assert desk.perform(office.write, "tweede", done=stored.append) is None
    assert said[0] == (_("This is saved as soon as the work that is running is done."), False)
    assert office.deeds == []
    office.gate.set()
    qtbot.waitUntil(lambda: len(stored) == 2)
    assert [text for _by, text in office.deeds] == ["import", "eerste", "tweede"]


def test_who_left_while_a_deed_waited_is_not_told_and_the_window_is(desk: Desk, office: Office, qtbot: QtBot) -> None:
    """The page is gone, its deed goes on: a refusal is told in the window's line, nothing falls over."""
    page, told = Page(), list[str]()
    desk.troubled.connect(told.append)
    desk.perform_in_background(office.long_work, "import", title="Inlezen", done=page.said, ended=page.refresh)
    desk.perform(office.refuse, "een", refused=partial(page.said, "een"))
    desk.perform(office.write, "twee", done=page.said, ended=page.refresh)
    shiboken6.delete(page)
    with qtbot.waitSignal(desk.changed, check_params_cb=lambda: len(office.deeds) == 2):
        office.gate.set()
    assert told == ["Dat kan niet. Te lang."]
    assert office.deeds == [("Fatma", "import"), ("Fatma", "twee")]


def test_a_refused_look_goes_to_the_one_who_asked(desk: Desk, office: Office) -> None:
    told = list[str]()
    assert desk.look(office.refuse, "een", refused=lambda no: told.append(no.message)) is None
    assert told == ["Dat kan niet."]


def test_a_save_that_waited_is_by_the_one_who_asked_for_it(desk: Desk, office: Office, qtbot: QtBot) -> None:
    start(desk, office.long_work, "import")
    desk.perform(office.write, "notitie")
    desk.by = "Karin"
    office.gate.set()
    qtbot.waitUntil(lambda: len(office.deeds) == 2)
    assert office.deeds[1] == ("Fatma", "notitie")


def test_work_that_only_reads_holds_up_no_save(desk: Desk, office: Office, qtbot: QtBot) -> None:
    results = start(desk, office.long_work, "voorbeeld", writes=False)
    assert desk.perform(office.write, "nu") == Done("NU")
    office.gate.set()
    qtbot.waitUntil(lambda: results == ["VOORBEELD"])


def test_cancel_stops_the_work_and_what_waited_goes_on(desk: Desk, office: Office, qtbot: QtBot) -> None:
    failures: list[Exception] = []
    said = heard(desk.said)
    results = start(desk, office.endless, failed=failures.append)
    desk.perform(office.write, "daarna")
    desk.cancel()
    qtbot.waitUntil(lambda: office.deeds == [("Fatma", "daarna")])
    assert results == []
    assert [type(one) for one in failures] == [Cancelled]
    assert (_("Stopped, as you asked."), False) in said
    assert len(office.threads_left) == 1


def test_long_work_that_is_refused_says_why(desk: Desk, office: Office, qtbot: QtBot) -> None:
    def refused(by: str, progress: Progress) -> None:
        raise Refused("Dit bestand is leeg.")

    with qtbot.waitSignal(desk.troubled) as told:
        start(desk, refused)
    assert told.args == ["Dit bestand is leeg."]
    assert len(office.threads_left) == 1


def test_a_bug_in_long_work_reaches_the_crash_net_and_nothing_hangs(
        desk: Desk, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(by: str, progress: Progress) -> None:
        raise ZeroDivisionError

    caught: list[tuple[type[BaseException], threading.Thread]] = []

    def net(kind: type[BaseException], _value: BaseException, _trace: TracebackType | None) -> None:
        caught.append((kind, threading.current_thread()))

    ended: list[bool] = []
    monkeypatch.setattr(sys, "excepthook", net)
    start(desk, broken, ended=lambda: ended.append(True))
    desk.perform(office.write, "daarna")
    qtbot.waitUntil(lambda: office.deeds == [("Fatma", "daarna")])
    assert caught == [(ZeroDivisionError, threading.main_thread())]
    assert ended == [True]
    assert len(office.threads_left) == 1
    assert not desk.working()


def test_locking_waits_for_the_work_that_is_running(desk: Desk, office: Office, qtbot: QtBot) -> None:
    locked: list[int] = []
    start(desk, office.long_work, "import")
    desk.perform(office.write, "notitie")
    desk.when_idle(lambda: locked.append(len(office.deeds)))
    assert locked == []
    office.gate.set()
    qtbot.waitUntil(lambda: bool(locked))
    assert locked == [2]
    desk.when_idle(lambda: locked.append(0))
    assert locked == [2, 0]
