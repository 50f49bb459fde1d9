"""The window: places and the way back by keyboard, messages, cover, and room for large text."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets import parts, theme
from desktop.widgets.pages import Page
from desktop.widgets.rows import Row, Rows
from desktop.widgets.search import Hit
from desktop.widgets.window import Deeds, Place, Window, Words
from tests.widgets.dressing import dress


class Sheet(Page):
    """A page with a field and a list, that counts what the window does with it."""

    def __init__(self, title: str = "Te doen") -> None:
        super().__init__()
        self.title = title
        self.looked = self.kept = 0
        self.unsaved = False
        self.field = QLineEdit()
        self.field.setAccessibleName("Naam")
        self.rows = Rows("Te doen", grow=True)
        self.rows.set_rows([
            Row(number, "phone", f"Bel mevrouw De Vries-{number}", "06 8765 4321", "Dokter Jansen vroeg het",
                "vandaag", "soon", "", "Bellen") for number in range(12)
        ])
        layout = QVBoxLayout(self)
        theme.space(layout, 8, (24, 16, 24, 16))
        parts.fill(layout, parts.title(title), self.field, self.rows, None)

    def refresh(self) -> None:
        self.looked += 1

    def may_close(self) -> bool:
        return not self.unsaved

    def unfinished(self) -> None:
        self.kept += 1


class Office:
    """The window with what was asked of it."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self.made: list[Sheet] = []
        names = ("Te doen", "Vouchers", "Deelnemers", "Aanbod", "Praktijken", "Brieven")
        places = [Place(name.lower(), name, "check-square", partial(self.page, name)) for name in names]
        places.append(Place("instellingen", "Instellingen", "gear-six", lambda: self.page("Instellingen"), low=True))
        self.window = Window(
            Words("Wijkrecept", "Nieuwe voucher", "Zoek"), places,
            Deeds(self.find, self.heard.append, lambda: self.heard.append("new"),
                  lambda: self.heard.append("lock"), lambda: self.heard.append("undo")),
        )

    def page(self, title: str) -> Sheet:
        self.made.append(Sheet(title))
        return self.made[-1]

    def find(self, text: str) -> list[Hit]:
        return [Hit("annie", "deelnemer", "Annie van der Meer-de Wit")]

    def shown(self) -> str:
        page = self.window.page()
        return page.title if page else ""


@pytest.fixture
def office(qapp: QApplication, qtbot: QtBot) -> Iterator[Office]:
    dress(qapp)
    made = Office()
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    made.window.show_place("te doen")
    yield made
    dress(qapp)


def press(office: Office, qtbot: QtBot, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    target = QApplication.focusWidget() or office.window
    QTest.keyClick(target, key, held)


CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_ctrl_1_to_7_go_to_the_places(office: Office, qtbot: QtBot) -> None:
    press(office, qtbot, Qt.Key.Key_3, CTRL)
    third = office.shown()
    press(office, qtbot, Qt.Key.Key_7, CTRL)
    assert (third, office.shown()) == ("Deelnemers", "Instellingen")


def test_ctrl_f_searches_from_a_form_and_enter_opens_what_was_found(office: Office, qtbot: QtBot) -> None:
    press(office, qtbot, Qt.Key.Key_F, CTRL)
    assert office.window.search.hasFocus()
    QTest.keyClicks(office.window.search, "annie")
    QTest.keyClick(office.window.search, Qt.Key.Key_Return)
    assert office.heard == ["annie"]


@pytest.mark.parametrize(("key", "modifier"), [
    (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Left, ALT),
])
def test_escape_and_alt_left_go_back_to_where_the_keyboard_was(
    office: Office, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    office.made[0].rows.setFocus()
    office.made[0].rows.select(5)
    office.window.show_page(Sheet("Annie"))
    press(office, qtbot, key, modifier)
    assert office.shown() == "Te doen"
    assert office.made[0].rows.hasFocus()
    assert office.made[0].rows.current_key() == 5


def test_an_unsaved_page_is_not_left(office: Office, qtbot: QtBot) -> None:
    form = Sheet("Nieuwe voucher")
    form.unsaved = True
    office.window.show_page(form)
    press(office, qtbot, Qt.Key.Key_Escape)
    press(office, qtbot, Qt.Key.Key_2, CTRL)
    stayed = office.shown()
    form.unsaved = False
    form.closed.emit()
    assert (stayed, office.shown()) == ("Nieuwe voucher", "Te doen")


def test_an_unsaved_page_below_comes_up_before_it_is_lost(office: Office) -> None:
    form = Sheet("Nieuwe voucher")
    form.unsaved = True
    office.window.show_page(form)
    office.window.show_page(Sheet("Annie"))
    assert not office.window.show_place("vouchers")
    assert office.shown() == "Nieuwe voucher"


def test_a_page_opens_another_and_looks_again_after_a_save(office: Office) -> None:
    person = Sheet("Annie")
    office.made[0].open_page.emit(person)
    office.window.refresh()
    below = office.made[0].looked
    person.closed.emit()
    assert (person.looked, below, office.made[0].looked) == (1, 0, 1)


class Rebuilt(Page):
    """A page that is made of new controls each time it looks."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self.show_buttons(*names)

    def show_buttons(self, *names: str) -> None:
        self.names = names
        while (item := self._layout.takeAt(0)) is not None and (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        parts.fill(self._layout, *(parts.button(name) for name in names))

    def refresh(self) -> None:
        self.show_buttons(*self.names)


@pytest.mark.parametrize(("names", "found"), [
    (("Meer", "Vastleggen"), "Vastleggen"), (("Nieuw", "Meer", "Vastleggen"), "Vastleggen"), (("Meer",), "Meer"),
])
def test_a_page_that_is_built_anew_keeps_the_keyboard(
    office: Office, qtbot: QtBot, names: tuple[str, ...], found: str
) -> None:
    page = Rebuilt("Meer", "Vastleggen")
    office.window.show_page(page)
    press(office, qtbot, Qt.Key.Key_Tab)
    page.names = names
    office.window.refresh()
    qtbot.waitUntil(lambda: any(
        each.hasFocus() and each.accessibleName() == found for each in page.findChildren(QPushButton)
    ))


def test_saved_can_be_undone_from_the_slim_line(office: Office, qtbot: QtBot) -> None:
    office.window.say("Opgeslagen", undoable=True)
    said = office.window.message_bar.text()
    undo = next(button for button in office.window.message_bar.findChildren(QPushButton) if button.text())
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert (said, office.heard, office.window.message_bar.text()) == ("Opgeslagen", ["undo"], "")


def test_the_message_leaves_by_itself(office: Office) -> None:
    office.window.say("Opgeslagen")
    timer = office.window.message_bar.findChild(QTimer)
    assert isinstance(timer, QTimer)
    assert (timer.isActive(), timer.interval()) == (True, 10_000)
    timer.timeout.emit()
    assert office.window.message_bar.text() == ""


def test_the_cover_hides_everything_at_once_and_keeps_what_was_typed(office: Office, qtbot: QtBot) -> None:
    office.made[0].field.setText("Annie van der Meer")
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    sign_in = parts.column(parts.label("Wijkrecept"), QLineEdit())
    office.window.cover(sign_in)
    assert not office.made[0].field.isVisible()
    assert not dialog.isVisible()
    assert office.window.windowTitle() == "Wijkrecept"
    assert office.made[0].kept == 1
    press(office, qtbot, Qt.Key.Key_2, CTRL)
    press(office, qtbot, Qt.Key.Key_F, CTRL)
    assert office.shown() == "Te doen"
    office.window.uncover()
    assert office.made[0].field.isVisible()
    assert office.made[0].field.text() == "Annie van der Meer"


def test_the_list_of_the_search_box_is_covered_too(office: Office, qtbot: QtBot) -> None:
    QTest.keyClicks(office.window.search, "annie")
    qtbot.waitUntil(office.window.search.listing)
    office.window.cover(QWidget())
    assert not office.window.search.listing()
    assert office.window.search.text() == ""


def test_no_name_of_a_person_stands_in_the_title_of_the_window(office: Office) -> None:
    office.window.show_page(Sheet("Annie van der Meer-de Wit"))
    assert office.window.windowTitle() == "Te doen – Wijkrecept"


def test_an_organisation_to_practise_in_says_so(office: Office) -> None:
    office.window.set_practice("Oefenorganisatie: alles hier is verzonnen")
    words = [label.text() for label in office.window.findChildren(QLabel) if label.isVisible()]
    assert "Oefenorganisatie: alles hier is verzonnen" in words
    office.window.set_practice("")
    words = [label.text() for label in office.window.findChildren(QLabel) if label.isVisible()]
    assert "Oefenorganisatie: alles hier is verzonnen" not in words


def test_everything_that_takes_the_keyboard_has_a_name_and_a_role(office: Office) -> None:
    office.window.say("Opgeslagen", undoable=True)
    for widget in office.window.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            heard = QAccessible.queryAccessibleInterface(widget)
            assert heard.text(QAccessible.Text.Name), widget
            assert heard.role() != QAccessible.Role.NoRole, widget


def test_tab_walks_from_the_rail_to_the_page_and_round(office: Office, qtbot: QtBot) -> None:
    wanted = {widget for widget in office.window.findChildren(QWidget)
              if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus}
    seen: set[QWidget | None] = set()
    for _ in range(2 * len(wanted)):
        press(office, qtbot, Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    assert wanted - seen == set()


@pytest.mark.parametrize("percent", [100, 125, 150, 200])
def test_nothing_falls_outside_the_window_however_large_the_text(
    qapp: QApplication, office: Office, qtbot: QtBot, percent: int
) -> None:
    dress(qapp, percent)
    office.window.set_status("Laatste goede back-up: vandaag 09:14", "F. Yıldız, coach")
    office.window.say("Opgeslagen", undoable=True)
    qtbot.waitUntil(lambda: office.window.search.minimumWidth() == theme.px(120))
    qapp.processEvents()
    assert (office.window.width(), office.window.height()) == (1366, 768)
    outside = [
        button.accessibleName() for button in office.window.findChildren(QPushButton)
        if button.isVisible()
        and not office.window.rect().contains(button.mapTo(office.window, QPoint(button.width(), button.height())))
    ]
    cut = [
        button.accessibleName() for button in office.window.findChildren(QPushButton)
        if button.isVisible() and button.width() < button.minimumSizeHint().width()
    ]
    assert (outside, cut) == ([], [])


def test_the_rail_shows_only_icons_when_text_is_large_and_keeps_its_names(
    qapp: QApplication, office: Office, qtbot: QtBot
) -> None:
    dress(qapp, 200)
    places = [button for button in office.window.findChildren(QPushButton) if button.property("role") == "place"]
    qtbot.waitUntil(lambda: not any(button.text() for button in places))
    assert [button.accessibleName() for button in places][:2] == ["Te doen", "Vouchers"]
    dress(qapp, 100)
    qtbot.waitUntil(lambda: all(button.text() for button in places))


class Low(Page):
    """The first thing to answer lies below a long explanation, and a strip stands above the page."""

    def __init__(self) -> None:
        super().__init__()
        self.over = Sheet("Open zorg")
        self.over.setFixedHeight(300)
        self.field = QLineEdit()
        before, after = [QLabel("Uitleg") for _line in range(20)], [QLabel("Daarna") for _line in range(9)]
        parts.fill(QVBoxLayout(self), *before, self.field, *after)


def in_sight(widget: QWidget) -> bool:
    """Whether the whole of it can be seen."""
    return widget.visibleRegion().boundingRect() == widget.rect()


@pytest.mark.parametrize("percent", [100, 200])
def test_where_the_keyboard_stands_is_in_sight_and_stays_so_with_less_room(
    qapp: QApplication, office: Office, qtbot: QtBot, percent: int
) -> None:
    dress(qapp, percent)
    page = Low()
    office.window.show_page(page)
    page.field.setFocus()
    office.window.show_page(Sheet("Iets anders"))
    office.window.go_back()
    qtbot.waitUntil(lambda: in_sight(page.field))
    office.window.resize(1366, 700)
    qtbot.waitUntil(lambda: in_sight(page.field))


def test_a_page_that_begins_at_its_deed_is_read_from_its_title(office: Office, qtbot: QtBot) -> None:
    page = Page()
    words, deed = [QLabel("Uitleg") for _line in range(60)], parts.button("Afdrukken", "primary")
    parts.fill(QVBoxLayout(page), *words, deed)
    office.window.show_page(page)
    qtbot.waitUntil(deed.hasFocus)
    QApplication.processEvents()
    assert in_sight(words[0])


def test_leaving_the_program_keeps_what_was_typed(office: Office) -> None:
    office.window.close()
    assert office.made[0].kept == 1
