"""A form as staff use it: saved once, refused without losing a letter, kept while typed."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop import clock
from desktop.errors import Doubtful, Refused, StorageProblem
from desktop.language import _
from desktop.widgets.background import Progress
from desktop.widgets.desk import Desk
from desktop.widgets.fields import Choice, Switch, Text
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.keeping import Kept
from desktop.widgets.notice import Notice

CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class BookDraft:
    title: str
    shelf: int | None = None
    lent: str | None = None
    year: int | None = None
    note: str = ""
    id: int | None = None
    version: int | None = None
    sure: bool = False


class Library:
    """Stores what forms give it; refuses on demand."""

    def __init__(self) -> None:
        self.stored: list[BookDraft] = []
        self.refusal: Refused | StorageProblem | None = None

    def store(self, by: str, draft: BookDraft) -> int:
        if self.refusal is not None and not draft.sure:
            raise self.refusal
        self.stored.append(draft)
        return len(self.stored)


class Shelf:
    """Where unfinished forms go."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, str]] = {}
        self.broken = False

    def keep(self, form_key: str, raw: dict[str, str]) -> None:
        if self.broken:
            raise StorageProblem("De schijf is vol.")
        self.kept[form_key] = raw

    def find(self, form_key: str) -> Kept | None:
        return Kept(self.kept[form_key], clock.now()) if form_key in self.kept else None

    def forget(self, form_key: str) -> None:
        self.kept.pop(form_key, None)


def read_year(text: str) -> int | None:
    if text and not text.isdigit():
        raise Refused("Dit is geen jaar.")
    return int(text) if text else None


def cards() -> list[Card]:
    return [
        Card("Boek", [
            Text("title", "Titel", required=True),
            Choice("shelf", "Plank", lambda: [(1, "Links"), (2, "Rechts")]),
            Switch("lent", "Uitgeleend", (("yes", "Ja"), ("no", "Nee"))),
        ]),
        Card("Meer gegevens", [Text("year", "Jaar", read=read_year)], folded=True),
        Card("Notitie", [Text("note", "Notitie", lines=8, width=3)]),
    ]


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk("Fatma")
    yield made
    made.close()


Make = Callable[..., Form]


@pytest.fixture
def make(desk: Desk, library: Library, shelf: Shelf, qtbot: QtBot) -> Make:
    def shown(height: int = 700, **more: Any) -> Form:
        form = Form(desk, "Nieuw boek", cards(), BookDraft, library.store,
                    **{"key": "book:new", "keep": shelf, **more})
        qtbot.addWidget(form)
        form.resize(1000, height)
        with qtbot.waitActive(form):
            form.show()
            form.activateWindow()
        return form

    return shown


def at_hand() -> QWidget:
    """What has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_in(form: Form, name: str, text: str) -> QWidget:
    form.editor(name).focus()
    widget = form.editor(name).focus_widget()
    QTest.keyClicks(widget, text)
    return widget


def save(form: Form) -> None:
    QTest.keyClick(at_hand(), Qt.Key.Key_Return, CTRL)


def button(form: Form, text: str) -> QPushButton:
    return next(one for one in form.findChildren(QPushButton)
                if one.accessibleName() == text and not one.isHidden())


def notice(form: Form) -> str:
    return form.findChildren(Notice)[0].text()


def words(form: Form) -> list[str]:
    return [label.text() for label in form.findChildren(QLabel) if label.isVisibleTo(form)]


def test_a_form_is_filled_and_saved_by_keyboard_alone(make: Make, library: Library, qtbot: QtBot) -> None:
    form = make()
    results: list[object] = []
    form.saved.connect(results.append)
    form.editor("title").focus()
    for typed in ("Max Havelaar\r", "re\r", "j"):
        QTest.keyClicks(at_hand(), typed)
    with qtbot.waitSignal(form.closed):
        save(form)
    assert library.stored == [BookDraft("Max Havelaar", 2, "yes")]
    assert results == [1]


def test_a_scanner_s_enter_never_saves(make: Make, library: Library) -> None:
    form = make()
    type_in(form, "title", "978-90\r")
    for _step in range(8):
        QTest.keyClick(at_hand(), Qt.Key.Key_Return)
    assert library.stored == []


def test_a_double_click_on_save_stores_once(make: Make, library: Library) -> None:
    form = make()
    type_in(form, "title", "Max Havelaar")
    button = next(one for one in form.findChildren(QPushButton) if one.accessibleName() == _("Save"))
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    form.submit()
    save(form)
    assert len(library.stored) == 1


def test_saving_from_within_the_save_stores_once(desk: Desk, qtbot: QtBot) -> None:
    stored: list[BookDraft] = []

    def store(by: str, draft: BookDraft) -> None:
        form.submit()
        stored.append(draft)

    form = Form(desk, "Boek", cards(), BookDraft, store, values={"title": "Max"})
    qtbot.addWidget(form)
    form.submit()
    assert len(stored) == 1


def test_what_is_wrong_stands_below_each_field_and_nothing_typed_is_lost(make: Make, library: Library) -> None:
    form = make(height=320)
    type_in(form, "year", "gisteren")
    type_in(form, "shelf", "Boven")
    before = form.raw()
    type_in(form, "note", "")
    save(form)
    assert library.stored == []
    assert form.editor("title").note() == _("Fill this in.")
    assert form.editor("shelf").note() == _("This is not in the list: type a part of it and choose.")
    assert form.editor("year").note() == "Dit is geen jaar."
    assert form.raw() == before
    assert form.editor("title").focus_widget().hasFocus()


def in_sight(form: Form, widget: QWidget) -> bool:
    view = form.findChildren(QScrollArea)[0].viewport()
    top = widget.mapTo(view, QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= view.height()


def test_a_refused_field_in_a_folded_card_is_opened_focused_and_scrolled_to(
        make: Make, library: Library) -> None:
    form = make(height=300)
    assert not form.editor("year").isVisible()
    library.refusal = Refused(year="Toen werd er niet gedrukt.")
    type_in(form, "title", "Max Havelaar")
    save(form)
    year = form.editor("year")
    assert year.focus_widget().hasFocus()
    assert in_sight(form, year)
    assert year.focus_widget().accessibleDescription() == "Toen werd er niet gedrukt."
    library.refusal = None
    save(form)
    assert [draft.title for draft in library.stored] == ["Max Havelaar"]


def test_what_unfolds_at_the_lower_edge_is_scrolled_to(make: Make, qtbot: QtBot) -> None:
    form = make(height=260)
    fold = button(form, "Meer gegevens")
    fold.setFocus()
    QTest.keyClick(fold, Qt.Key.Key_Return)
    line = form.editor("year").focus_widget()
    qtbot.waitUntil(lambda: line.visibleRegion().boundingRect() == line.rect())


def test_a_refusal_of_the_whole_stands_in_the_form(make: Make, library: Library) -> None:
    form = make()
    library.refusal = Refused("Intussen gewijzigd door K. de Boer.", other="En nog iets.")
    type_in(form, "title", "Max Havelaar")
    save(form)
    assert notice(form) == "Intussen gewijzigd door K. de Boer. En nog iets."
    type_in(form, "title", "x")
    assert notice(form) == ""


def test_something_unusual_is_asked_and_then_saved_anyway(make: Make, library: Library) -> None:
    form = make()
    library.refusal = Doubtful(year="Dat is lang geleden, klopt dat?")
    type_in(form, "title", "Max Havelaar")
    type_in(form, "year", "1860") if form.editor("year").isVisible() else form.set_values({"year": 1860})
    save(form)
    assert library.stored == []
    assert form.editor("year").note() == "Dat is lang geleden, klopt dat?"
    QTest.keyClick(button(form, _("That is right, save anyway")), Qt.Key.Key_Space)
    assert [(draft.year, draft.sure) for draft in library.stored] == [(1860, True)]


def test_editing_takes_the_question_back(make: Make, library: Library) -> None:
    form = make()
    library.refusal = Doubtful(title="Klopt dat?")
    type_in(form, "title", "Max")
    save(form)
    type_in(form, "title", "x")
    assert notice(form) == ""
    save(form)
    assert library.stored == []


def test_a_full_disk_leaves_the_form_as_it_was_and_it_can_be_saved_again(make: Make, library: Library) -> None:
    form = make()
    library.refusal = StorageProblem("De schijf is vol.")
    type_in(form, "title", "Max Havelaar")
    save(form)
    assert form.raw() == {"title": "Max Havelaar"}
    library.refusal = None
    save(form)
    assert len(library.stored) == 1


def test_a_save_that_waits_for_long_work_is_stored_once_and_then_closes(
        make: Make, desk: Desk, library: Library, qtbot: QtBot) -> None:
    gate = threading.Event()

    def long_work(by: str, progress: Progress) -> None:
        assert gate.wait(10)

    form = make()
    type_in(form, "title", "Max Havelaar")
    desk.perform_in_background(long_work, title="Inlezen", done=lambda _result: None)
    save(form)
    save(form)
    assert library.stored == []
    assert not form.may_close()
    with qtbot.waitSignal(form.closed):
        gate.set()
    assert len(library.stored) == 1


def test_editing_a_record_takes_its_id_and_version_along(make: Make, library: Library) -> None:
    form = make(values={"id": 7, "version": 3, "title": "Max", "shelf": 1, "lent": "no", "year": 1860})
    type_in(form, "note", "kaft los")
    save(form)
    assert library.stored == [BookDraft("Max", 1, "no", 1860, "kaft los", 7, 3)]


def test_a_button_beside_save_saves_first_and_then_does_its_thing(make: Make, library: Library) -> None:
    called: list[int] = []
    form = make(extra_buttons=[Extra("Opslaan en lenen", then=called.append)])
    QTest.mouseClick(button(form, "Opslaan en lenen"), Qt.MouseButton.LeftButton)
    assert (called, form.editor("title").note()) == ([], _("Fill this in."))
    type_in(form, "title", "Max")
    QTest.mouseClick(button(form, "Opslaan en lenen"), Qt.MouseButton.LeftButton)
    assert (called, len(library.stored)) == ([1], 1)


# -- kept while typed ------------------------------------------------------------------------------------


def test_typing_is_kept_within_two_seconds_and_says_when(make: Make, shelf: Shelf, qtbot: QtBot) -> None:
    form = make()
    type_in(form, "title", "Max Hav")
    type_in(form, "shelf", "Bov")
    qtbot.waitUntil(lambda: bool(shelf.kept), timeout=2000)
    assert shelf.kept == {"book:new": {"title": "Max Hav", "shelf": "Bov"}}
    said = _("Draft kept {time}").format(time="")
    assert any(text.startswith(said) for text in words(form))


def test_a_saved_form_is_no_longer_kept(make: Make, shelf: Shelf, library: Library) -> None:
    form = make()
    type_in(form, "title", "Max")
    form.unfinished()
    assert shelf.kept
    save(form)
    assert (shelf.kept, len(library.stored)) == ({}, 1)


def test_a_lock_keeps_what_stands_there_at_once(make: Make, shelf: Shelf) -> None:
    form = make()
    form.unfinished()
    assert shelf.kept == {}
    type_in(form, "title", "Max")
    form.unfinished()
    assert shelf.kept == {"book:new": {"title": "Max"}}


def test_a_kept_form_comes_back_with_its_folded_card_open(make: Make) -> None:
    form = make()
    form.restore({"title": "Max", "year": "18"})
    assert form.raw() == {"title": "Max", "year": "18"}
    assert form.editor("year").isVisible()
    assert form.is_edited()


def test_finish_later_keeps_and_leaves(make: Make, shelf: Shelf, qtbot: QtBot) -> None:
    form = make()
    type_in(form, "title", "Max")
    with qtbot.waitSignal(form.closed):
        QTest.mouseClick(button(form, _("Finish later")), Qt.MouseButton.LeftButton)
    assert shelf.kept == {"book:new": {"title": "Max"}}


def test_when_it_cannot_be_kept_the_form_stays_and_says_why(make: Make, shelf: Shelf) -> None:
    form = make()
    closed: list[bool] = []
    form.closed.connect(lambda: closed.append(True))
    shelf.broken = True
    type_in(form, "title", "Max")
    QTest.mouseClick(button(form, _("Finish later")), Qt.MouseButton.LeftButton)
    assert closed == []
    assert "De schijf is vol." in words(form)


# -- leaving ---------------------------------------------------------------------------------------------


def escape(form: Form) -> None:
    QTest.keyClick(at_hand(), Qt.Key.Key_Escape)


def test_leaving_an_untouched_form_asks_nothing(make: Make, qtbot: QtBot) -> None:
    form = make(values={"title": "Max"})
    form.editor("title").focus()
    with qtbot.waitSignal(form.closed):
        escape(form)


def test_escape_halfway_asks_and_typing_goes_on(make: Make) -> None:
    form = make()
    closed: list[bool] = []
    form.closed.connect(lambda: closed.append(True))
    line = type_in(form, "title", "Max")
    escape(form)
    assert notice(form) == _("What you typed is not saved yet.")
    escape(form)
    assert notice(form) == ""
    assert line.hasFocus()
    assert (closed, form.raw()) == ([], {"title": "Max"})


def test_asked_about_leaving_twice_the_keyboard_goes_back_to_the_field(make: Make) -> None:
    form = make()
    line = type_in(form, "title", "Max")
    for _time in range(3):  # Esc, and then a place in the rail, and another
        assert not form.may_close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    escape(form)
    assert (notice(form), line.hasFocus()) == ("", True)


def test_throwing_away_forgets_what_was_kept(make: Make, shelf: Shelf, qtbot: QtBot) -> None:
    form = make()
    type_in(form, "title", "Max")
    form.unfinished()
    escape(form)
    with qtbot.waitSignal(form.closed):
        QTest.keyClick(button(form, _("Throw away")), Qt.Key.Key_Space)
    assert shelf.kept == {}
    assert form.may_close()


def test_escape_in_an_open_list_closes_only_the_list(make: Make) -> None:
    form = make()
    type_in(form, "shelf", "re")
    escape(form)
    assert notice(form) == ""
    escape(form)
    assert notice(form) == _("What you typed is not saved yet.")


def test_the_side_goes_below_on_a_narrow_screen(make: Make) -> None:
    side = QLabel("Al bekend?")
    form = make(side=side)
    assert side.mapTo(form, QPoint()).x() > form.editor("lent").mapTo(form, QPoint()).x()
    form.resize(600, 700)
    QApplication.processEvents()
    assert side.mapTo(form, QPoint()).x() < 100


def test_buttons_that_go_on_below_stay_at_the_right_edge(make: Make) -> None:
    texts = ["Opslaan en de praktijk schrijven", "Opslaan en stappen vastleggen"]
    form = make(extra_buttons=[Extra(text) for text in texts])
    form.resize(480, 700)
    QApplication.processEvents()
    shown = [button(form, text) for text in (*texts, _("Save"), _("Finish later"))]
    ends = sorted((one.mapTo(form, QPoint(one.width(), 0)) for one in shown), key=lambda end: end.x())
    last = {end.y(): end.x() for end in ends}
    assert len(last) > 1
    assert len(set(last.values())) == 1


def test_suggested_values_are_marked_and_count_as_typed(make: Make) -> None:
    form = make()
    form.suggest({"title": "Max", "year": 1860})
    assert form.editor("title").suggested()
    assert form.editor("year").isVisible()
    assert form.is_edited()


def test_tab_goes_from_the_fields_to_the_side_to_the_buttons(make: Make) -> None:
    form = make(side=QPushButton("Dezelfde"))
    form.editor("title").focus()
    visited = []
    for _step in range(8):
        at = at_hand()
        visited.append(at.accessibleName() or getattr(at, "text", str)())
        QTest.keyClick(at, Qt.Key.Key_Tab)
    assert visited == ["Titel", "Plank", "Uitgeleend: Ja", "Meer gegevens", "Notitie", "Dezelfde",
                       _("Finish later"), _("Save")]
