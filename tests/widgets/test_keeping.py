"""What was left unfinished is offered where it was typed, and nothing that waits is overwritten."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.language import _
from desktop.widgets.desk import Desk
from desktop.widgets.fields import Text
from desktop.widgets.form import Card, Form
from desktop.widgets.keeping import Kept, kind_of, slots
from desktop.widgets.notice import Notice
from desktop.widgets.wizard import Step, Wizard


class Shelf:
    """Where unfinished forms go, each a minute younger than the one before."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self._minutes = 0

    def keep(self, form_key: str, raw: dict[str, str]) -> None:
        self._minutes += 1
        self.kept[form_key] = Kept(raw, datetime(2026, 11, 6, 9, 0, tzinfo=UTC) + timedelta(minutes=self._minutes))

    def find(self, form_key: str) -> Kept | None:
        return self.kept.get(form_key)

    def forget(self, form_key: str) -> None:
        self.kept.pop(form_key, None)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


Show = Callable[..., Any]


@pytest.fixture
def show(qtbot: QtBot, shelf: Shelf) -> Show:
    def shown(kind: type = Form) -> Any:
        fields = [Text("title", "Titel"), Text("note", "Notitie")]
        page: Form | Wizard
        if kind is Form:
            page = Form(
                Desk("Fatma"), "Nieuw boek", [Card("", fields)], dict, lambda by, draft: 1, key="book", keep=shelf
            )
        else:
            page = Wizard("Nieuw boek", [Step("Een", fields=fields)], lambda values: None, key="book", keep=shelf)
        qtbot.addWidget(page)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        first = page.first_focus()
        assert first is not None
        first.setFocus()
        return page

    return shown


def button(page: QWidget, text: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.accessibleName() == text and one.isVisible())


def type_in(page: Any, name: str, text: str) -> None:
    page.editor(name).focus()
    QTest.keyClicks(page.editor(name).focus_widget(), text)


def offer(page: QWidget) -> str:
    notice = page.findChild(Notice)
    assert isinstance(notice, Notice)
    return notice.text()


def leave(show: Show, title: str, kind: type = Form) -> None:
    page = show(kind)
    if offer(page):
        button(page, _("Keep for later")).click()
    type_in(page, "title", title)
    page.unfinished()
    page.hide()


@pytest.mark.parametrize("kind", [Form, Wizard])
def test_left_form_is_offered_and_taken_up_by_keyboard(kind: type, show: Show, shelf: Shelf) -> None:
    leave(show, "Halverwege", kind)
    page = show(kind)
    assert "10:01" in offer(page) or "06-11 10:01" in offer(page)
    focus = QApplication.focusWidget()
    assert focus is button(page, _("Go on with it"))
    QTest.keyClick(focus, Qt.Key.Key_Space)
    assert page.editor("title").raw() == "Halverwege"
    assert page.is_edited()
    assert offer(page) == ""


@pytest.mark.parametrize("kind", [Form, Wizard])
def test_left_form_can_be_thrown_away(kind: type, show: Show, shelf: Shelf) -> None:
    leave(show, "Halverwege", kind)
    page = show(kind)
    button(page, _("Throw away")).click()
    assert shelf.kept == {}
    assert page.editor("title").raw() == ""


@pytest.mark.parametrize("kind", [Form, Wizard])
def test_typing_something_new_leaves_what_waits_alone(kind: type, show: Show, shelf: Shelf) -> None:
    leave(show, "Het eerste", kind)
    page = show(kind)
    type_in(page, "title", "Het tweede")
    page.unfinished()
    assert sorted(each.raw["title"] for each in shelf.kept.values()) == ["Het eerste", "Het tweede"]
    page.throw_away()
    assert [each.raw["title"] for each in shelf.kept.values()] == ["Het eerste"]


def test_looking_and_leaving_forgets_nothing(show: Show, shelf: Shelf) -> None:
    leave(show, "Halverwege")
    page = show()
    assert page.may_close()
    page.unfinished()
    assert len(shelf.kept) == 1


def test_of_several_the_last_is_offered_first_and_then_the_one_before(show: Show, shelf: Shelf) -> None:
    leave(show, "Het eerste")
    leave(show, "Het tweede")
    page = show()
    button(page, _("Throw away")).click()
    button(page, _("Go on with it")).click()
    assert page.editor("title").raw() == "Het eerste"


def test_taken_up_form_is_forgotten_once_it_is_saved(show: Show, shelf: Shelf) -> None:
    leave(show, "Halverwege")
    page = show()
    button(page, _("Go on with it")).click()
    page.submit()
    assert shelf.kept == {}


def test_saving_something_new_keeps_what_waits(show: Show, shelf: Shelf) -> None:
    leave(show, "Het eerste")
    page = show()
    type_in(page, "title", "Het tweede")
    page.submit()
    assert [each.raw["title"] for each in shelf.kept.values()] == ["Het eerste"]


def test_one_certain_form_is_taken_up_without_asking(show: Show, shelf: Shelf) -> None:
    leave(show, "Het eerste")
    leave(show, "Het tweede")
    page = show()
    page.take_up("book")
    assert page.editor("title").raw() == "Het eerste"
    assert page.kept_under() == "book"
    assert offer(page) == ""


def test_escape_answers_keep_it_for_later(show: Show, shelf: Shelf) -> None:
    leave(show, "Halverwege")
    page = show()
    QTest.keyClick(button(page, _("Go on with it")), Qt.Key.Key_Escape)
    assert offer(page) == ""
    assert len(shelf.kept) == 1


def test_slots_belong_to_one_kind_of_form() -> None:
    assert {kind_of(key) for key in slots("staff new")} == {"staff new"}
    assert len(set(slots("staff new"))) == len(slots("staff new"))
