"""Fields as staff use them: typed into with keys, read back as values, complaints below the field."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Doubtful, Refused
from desktop.language import _, ngettext
from desktop.widgets import theme
from desktop.widgets.choosing import ChipsEditor
from desktop.widgets.editors import cleaned
from desktop.widgets.fields import Check, Chips, Choice, Heading, Item, Switch, Text, marks
from desktop.widgets.group import FieldGroup
from desktop.widgets.lines import SearchLine

Key = Qt.Key

TOWNS = [(1, "Dorpstad"), (2, "Oud-Dorpstad"), (3, "Nieuwstad"), (4, "’s-Gravendam"), (5, "Łódź")]
ANSWERS = (("yes", "Ja"), ("no", "Nee"), ("ask", "Nog vragen"))

Make = Callable[..., FieldGroup]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def shown(*fields: Item, columns: int = 3, width: int = 900) -> FieldGroup:
        group = FieldGroup(fields, columns)
        qtbot.addWidget(group)
        group.resize(width, 500)
        with qtbot.waitActive(group):
            group.show()
            group.activateWindow()
        return group

    return shown


def to(group: FieldGroup, name: str) -> QWidget:
    group.editor(name).focus()
    return group.editor(name).focus_widget()


def type_in(group: FieldGroup, name: str, text: str) -> QWidget:
    widget = to(group, name)
    QTest.keyClicks(widget, text)
    return widget


def at_hand() -> QWidget:
    """What has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, times: int = 1) -> None:
    for _time in range(times):
        QTest.keyClick(at_hand(), key)


def focused(group: FieldGroup) -> str:
    now = at_hand()
    return next((name for name in group.names() if group.editor(name).isAncestorOf(now)), "")


def complaint(group: FieldGroup, name: str) -> str:
    with pytest.raises(Refused) as refused:
        group.values()
    return refused.value.fields.get(name, "")


def read_number(text: str) -> int | None:
    if text and not text.isdigit():
        raise Refused("Dit is geen getal.")
    return int(text) if text else None


# -- text ------------------------------------------------------------------------------------------------


def test_typed_text_is_read_and_shown_by_the_functions_of_the_field(make: Make) -> None:
    group = make(Text("n", "Aantal", read=read_number, show=lambda value: f"{value:03d}"))
    type_in(group, "n", "12")
    assert group.values() == {"n": 12}
    group.set_values({"n": 7})
    assert group.raw() == {"n": "007"}
    group.set_values({"n": None})
    assert group.values() == {"n": None}


def test_what_cannot_be_read_is_said_below_the_field_when_leaving_it(make: Make) -> None:
    group = make(Text("n", "Aantal", read=read_number, help="Een getal"), Text("m", "Naam"))
    type_in(group, "n", "veel")
    assert group.editor("n").note() == "Een getal"
    press(Key.Key_Tab)
    assert group.editor("n").note() == "Dit is geen getal."
    assert complaint(group, "n") == "Dit is geen getal."
    type_in(group, "n", "x")
    assert group.editor("n").note() == "Een getal"


def test_the_screen_reader_hears_the_complaint_and_the_label(make: Make) -> None:
    group = make(Text("n", "Aantal", read=read_number))
    type_in(group, "n", "veel")
    group.editor("n").check_now()
    heard = QAccessible.queryAccessibleInterface(group.editor("n").focus_widget())
    assert heard.text(QAccessible.Text.Name) == "Aantal"
    assert heard.text(QAccessible.Text.Description) == "Dit is geen getal."


def test_how_a_text_is_understood_stands_below_it_while_typing(make: Make) -> None:
    group = make(Text("n", "Aantal", read=read_number, help="Een getal", echo=lambda value: f"{value} stuks"))
    assert group.editor("n").note() == "Een getal"
    type_in(group, "n", "12")
    assert group.editor("n").note() == "12 stuks"
    type_in(group, "n", "x")
    assert group.editor("n").note() == "Een getal"


def test_too_long_a_text_gets_a_sentence_and_is_not_cut(make: Make) -> None:
    group = make(Text("n", "Naam"))
    QApplication.clipboard().setText("a" * 240)
    QTest.keyClick(to(group, "n"), Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    sentence = ngettext("This is {n} character too long; {limit} fit here.",
                        "This is {n} characters too long; {limit} fit here.", 40).format(n=40, limit=200)
    assert group.editor("n").note() == sentence
    assert complaint(group, "n") == sentence
    assert len(group.raw()["n"]) == 240


def test_an_empty_required_field_complains_only_at_saving(make: Make) -> None:
    group = make(Text("n", "Naam", required=True), Text("m", "Meer"))
    to(group, "n")
    press(Key.Key_Tab)
    assert group.editor("n").note() == ""
    assert complaint(group, "n") == _("Fill this in.")


def test_all_complaints_come_at_once(make: Make) -> None:
    group = make(Text("a", "A", required=True), Text("b", "B"), Switch("c", "C", ANSWERS, required=True))
    with pytest.raises(Refused) as refused:
        group.values()
    assert list(refused.value.fields) == ["a", "c"]


def test_enter_goes_to_the_next_field_as_a_barcode_scanner_does(make: Make) -> None:
    group = make(Text("a", "A"), Text("b", "B"), Switch("c", "C", ANSWERS), Text("d", "D"))
    type_in(group, "a", "26-00412-N\r")
    assert focused(group) == "b"
    press(Key.Key_Return)
    press(Key.Key_Enter)
    assert focused(group) == "d"
    assert group.values() == {"a": "26-00412-N", "b": "", "c": None, "d": ""}


def test_a_long_name_is_read_from_its_beginning_once_left(make: Make) -> None:
    group = make(Text("a", "A"), Text("b", "B"))
    line = type_in(group, "a", "Bergemeijer " * 9)
    assert isinstance(line, QLineEdit)
    press(Key.Key_Tab)
    assert line.cursorPosition() == 0
    line.setFocus()  # as after a question that was answered: one types on
    assert line.cursorPosition() == len(line.text())


def test_what_fits_in_several_lines_is_seen_whole(make: Make) -> None:
    group = make(Text("a", "A", lines=2, width=3))
    page = to(group, "a")
    assert isinstance(page, QPlainTextEdit)
    page.insertPlainText("kort\nregel twee\n\n\nregel vijf \U0001f600")
    QApplication.processEvents()
    assert (page.verticalScrollBar().maximum(), page.firstVisibleBlock().blockNumber()) == (0, 0)


def test_several_lines_keep_their_enters_and_tab_goes_on(make: Make) -> None:
    group = make(Text("a", "A", lines=3), Text("b", "B"))
    type_in(group, "a", "een\rtwee ")
    press(Key.Key_Tab)
    assert focused(group) == "b"
    assert group.values()["a"] == "een\ntwee"


@pytest.mark.parametrize(("typed", "kept"), [
    ("  Annie   Bos ", "Annie Bos"), ("Bos\nJan", "Bos Jan"), ("nul\x00teken", "nul teken"),
    ("<b>x</b> {x} 'é", "<b>x</b> {x} 'é"), ("e\u0301", "é"), ("שלום 🙂", "שלום 🙂"),
])
def test_what_nobody_typed_on_purpose_is_left_out(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


def test_suggestions_help_but_never_take_over(make: Make) -> None:
    group = make(Text("s", "Straat", suggest=lambda typed: ["Beukenlaan", "Brinkstraat"]), Text("t", "T"))
    line = type_in(group, "s", "B")
    assert isinstance(line, SearchLine)
    assert line.offered() == ["Beukenlaan", "Brinkstraat"]
    press(Key.Key_Return)
    assert group.values()["s"] == "B"
    type_in(group, "s", "r")
    press(Key.Key_Down, 2)
    press(Key.Key_Return)
    assert group.values()["s"] == "Brinkstraat"
    assert focused(group) == "t"


def test_a_list_without_room_has_fewer_rows_and_those_whole(make: Make) -> None:
    group = make(Text("s", "Straat", suggest=lambda _typed: [f"Straat {n}" for n in range(30)]))
    group.window().resize(400, 190)
    line = type_in(group, "s", "S")
    assert isinstance(line, SearchLine)
    hanging = line._list
    assert line.offered()
    assert hanging.geometry().bottom() <= line.window().height()
    rows = hanging.sizeHintForRow(0)
    assert (hanging.height() - 2 * hanging.frameWidth()) % rows < rows // 2


def test_a_password_is_never_kept_and_keeps_its_spaces(make: Make) -> None:
    group = make(Text("p", "Wachtwoord", secret=True))
    type_in(group, "p", " paard  batterij ")
    assert group.values() == {"p": " paard  batterij "}
    assert group.raw() == {}


def test_markup_in_texts_is_shown_as_typed(make: Make) -> None:
    group = make(Text("a", "<b>A</b>", help="<i>hulp</i>"))
    group.complain(Refused(a="<u>fout</u>"))
    labels = [label for label in group.findChildren(QLabel) if label.text()]
    assert {"<b>A</b>", "<u>fout</u>"} <= {label.text() for label in labels}
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


# -- choice ----------------------------------------------------------------------------------------------


def offered(group: FieldGroup, name: str) -> list[str]:
    line = group.editor(name).focus_widget()
    assert isinstance(line, SearchLine)
    return line.offered()


def town(**more: Any) -> Choice:
    return Choice("t", "Plaats", lambda: TOWNS, **more)


def test_typing_any_part_filters_and_enter_takes_the_lit_one(make: Make) -> None:
    group = make(town(), Text("n", "N"))
    type_in(group, "t", "stad")
    assert offered(group, "t") == ["Dorpstad", "Oud-Dorpstad", "Nieuwstad"]
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert group.values()["t"] == 2
    assert group.raw() == {"t": "Oud-Dorpstad"}
    assert focused(group) == "n"


@pytest.mark.parametrize(("typed", "value"), [("gravend", 4), ("lodz", 5), ("OUD dorp", 2), ("Dorpstad", 1)])
def test_accents_capitals_and_loose_words_find_too(make: Make, typed: str, value: int) -> None:
    group = make(town(), Text("n", "N"))
    type_in(group, "t", typed)
    press(Key.Key_Return)
    assert group.values()["t"] == value


def test_an_unknown_text_is_told_and_never_guessed(make: Make) -> None:
    group = make(town(), Text("n", "N"))
    type_in(group, "t", "Parijs")
    press(Key.Key_Tab)
    sentence = _("This is not in the list: type a part of it and choose.")
    assert group.editor("t").note() == sentence
    assert complaint(group, "t") == sentence
    assert group.raw() == {"t": "Parijs"}


def test_tab_takes_the_only_one_left_but_not_the_first_of_many(make: Make) -> None:
    group = make(town(), Text("n", "N"))
    type_in(group, "t", "stad")
    press(Key.Key_Tab)
    assert complaint(group, "t")
    group.editor("t").set_raw("")
    type_in(group, "t", "nieuw")
    press(Key.Key_Tab)
    assert group.values()["t"] == 3


def test_two_with_one_name_must_be_chosen(make: Make) -> None:
    group = make(Choice("p", "P", lambda: [(1, "De Linde"), (2, "De Linde")]))
    group.editor("p").set_raw("de linde")
    assert complaint(group, "p") == _("There is more than one with this name: choose from the list.")
    to(group, "p")
    press(Key.Key_Down, 2)
    press(Key.Key_Return)
    assert group.values() == {"p": 2}
    group.set_values({"p": 1})
    assert group.values() == {"p": 1}


def test_escape_closes_the_list_and_keeps_the_text(make: Make) -> None:
    group = make(town())
    type_in(group, "t", "stad")
    press(Key.Key_Escape)
    assert offered(group, "t") == []
    assert group.raw() == {"t": "stad"}


def test_a_value_that_left_the_list_stays_until_it_is_changed(make: Make) -> None:
    group = make(town())
    group.set_values({"t": 99})
    assert group.values() == {"t": 99}
    assert group.raw() == {"t": _("(no longer in the list)")}


def test_the_mouse_opens_the_list_and_takes_from_it(make: Make) -> None:
    group = make(town())
    line = group.editor("t").focus_widget()
    assert isinstance(line, SearchLine)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert line.offered() == [text for _value, text in TOWNS]
    hanging = line._list
    third = hanging.visualItemRect(hanging.item(2)).center()
    QTest.mouseClick(hanging.viewport(), Qt.MouseButton.LeftButton, pos=third)
    assert group.values() == {"t": 3}


# -- chips -----------------------------------------------------------------------------------------------


def chips(group: FieldGroup) -> list[str]:
    editor = group.editor("w")
    assert isinstance(editor, ChipsEditor)
    return editor.texts()


def towns_field() -> Chips:
    return Chips("w", "Plaatsen", lambda: TOWNS)


def test_enter_adds_the_lit_one_and_backspace_takes_the_last_away(make: Make) -> None:
    group = make(towns_field(), Text("n", "N"))
    type_in(group, "w", "oud\rlod\r")
    assert chips(group) == ["Oud-Dorpstad", "Łódź"]
    assert group.values()["w"] == (2, 5)
    press(Key.Key_Backspace)
    assert group.values()["w"] == (2,)
    press(Key.Key_Return)
    assert focused(group) == "n"


def test_what_was_chosen_is_not_offered_again(make: Make) -> None:
    group = make(towns_field())
    type_in(group, "w", "nieuw\rstad")
    assert offered(group, "w") == ["Dorpstad", "Oud-Dorpstad"]


def test_the_arrow_keys_reach_each_chip(make: Make) -> None:
    group = make(towns_field())
    group.set_values({"w": (1, 2, 3)})
    to(group, "w")
    press(Key.Key_Left, 2)
    press(Key.Key_Delete)
    assert group.values()["w"] == (1, 3)


def test_a_click_takes_a_chip_away(make: Make) -> None:
    group = make(towns_field())
    group.set_values({"w": (1, 2)})
    chip = group.editor("w").findChildren(QPushButton)[0]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chips(group) == ["Oud-Dorpstad"]


def test_a_word_that_became_no_chip_is_told(make: Make) -> None:
    group = make(towns_field())
    type_in(group, "w", "nieuw\rParijs")
    assert complaint(group, "w") == _("This is not in the list: type a part of it and choose.")


def test_chips_and_half_a_word_survive_being_kept(make: Make) -> None:
    group = make(towns_field())
    type_in(group, "w", "nieuw\rPar")
    again = make(towns_field())
    again.restore(group.raw())
    assert again.raw() == group.raw()
    assert chips(again) == ["Nieuwstad"]


# -- switch ----------------------------------------------------------------------------------------------


def consent() -> Switch:
    return Switch("c", "Toestemming", ANSWERS)


def test_nothing_is_preset_and_the_arrows_choose(make: Make) -> None:
    group = make(consent())
    assert group.values() == {"c": None}
    to(group, "c")
    press(Key.Key_Right)
    assert group.values() == {"c": "yes"}
    press(Key.Key_Right, 5)
    assert group.values() == {"c": "ask"}
    press(Key.Key_Left)
    assert group.values() == {"c": "no"}
    press(Key.Key_Delete)
    assert group.values() == {"c": None}


def test_first_letters_choose_and_go_round(make: Make) -> None:
    group = make(consent())
    type_in(group, "c", "j")
    assert group.values() == {"c": "yes"}
    type_in(group, "c", "n")
    assert group.values() == {"c": "no"}
    type_in(group, "c", "o")
    assert group.values() == {"c": "ask"}


def test_typing_on_past_a_space_chooses_between_answers_that_begin_alike(make: Make) -> None:
    group = make(Switch("c", "Doet mee", [("same", "Doet nog mee"), ("other", "Doet iets anders"), ("no", "Nee")]))
    type_in(group, "c", "doet i")
    assert group.values() == {"c": "other"}


def test_a_switch_is_one_stop_for_tab(make: Make) -> None:
    group = make(Text("a", "A"), consent(), Text("b", "B"))
    to(group, "a")
    press(Key.Key_Tab)
    assert focused(group) == "c"
    press(Key.Key_Tab)
    assert focused(group) == "b"
    group.set_values({"c": "ask"})
    QTest.keyClick(at_hand(), Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert at_hand().accessibleName() == "Toestemming: Nog vragen"
    QTest.keyClick(at_hand(), Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert focused(group) == "a"


@pytest.mark.parametrize(("width", "edges"), [
    (900, ["first", "middle", "last"]), (330, ["first", "last", "only"]), (150, ["only", "only", "only"]),
])
def test_answers_that_go_on_below_are_rows_of_their_own(make: Make, width: int, edges: list[str]) -> None:
    answers = ((1, "Stopt, iets anders"), (2, "Andere activiteit"), (3, "Gaat zelf verder"))
    group = make(Switch("v", "Hoe verder", answers, width=3), width=width)
    found = [one for one in group.findChildren(QPushButton) if one.property("role") == "segment"]
    segments = sorted(found, key=lambda one: (one.y(), one.x()))
    assert [one.property("edge") for one in segments] == edges
    assert all(one.geometry().left() >= 0 for one in segments)


def test_a_click_chooses_and_a_second_click_takes_nothing_back(make: Make) -> None:
    group = make(consent())
    segments = group.editor("c").findChildren(QPushButton)
    button = next(one for one in segments if one.accessibleName() == "Toestemming: Nee")
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert group.values() == {"c": "no"}


@pytest.mark.parametrize(("typed", "mark"), [("7", 7), ("10", 10), ("0", 0), ("1", 1)])
def test_a_mark_is_typed_as_its_figures(make: Make, typed: str, mark: int) -> None:
    group = make(marks("m", "Gevoel"))
    type_in(group, "m", typed)
    assert group.values() == {"m": mark}


def test_a_required_switch_must_be_answered(make: Make) -> None:
    group = make(Switch("c", "C", ANSWERS, required=True))
    assert complaint(group, "c") == _("Choose one.")


# -- together --------------------------------------------------------------------------------------------


def test_a_box_is_ticked_with_the_space_bar_or_by_its_words(make: Make) -> None:
    group = make(Check("v", "Voicemail mag"))
    to(group, "v")
    press(Key.Key_Space)
    assert group.values() == {"v": True}
    label = next(one for one in group.findChildren(QLabel) if one.text() == "Voicemail mag")
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert group.values() == {"v": False}


def test_a_suggested_value_is_marked_until_somebody_edits_it(make: Make) -> None:
    group = make(Text("a", "A"))
    group.suggest({"a": "Anni"})
    assert group.editor("a").suggested()
    assert _("suggested") in group.editor("a").focus_widget().accessibleDescription()
    type_in(group, "a", "e")
    assert not group.editor("a").suggested()


def test_something_unusual_is_said_in_amber(make: Make) -> None:
    group = make(Text("a", "A"))
    group.complain(Doubtful(a="Klopt dat?"))
    assert group.editor("a").note() == "Klopt dat?"
    assert group.editor("a").focus_widget().property("tone") == "soon"
    group.complain(Refused(a="Dat kan niet."))
    assert group.editor("a").focus_widget().property("tone") == "late"


def everything() -> Sequence[Item]:
    return (Text("a", "A"), Heading("Kop"), town(), Switch("c", "C", ANSWERS), Check("v", "V"), towns_field(),
            Text("l", "L", lines=2))


def test_what_was_typed_comes_back_as_it_was(make: Make) -> None:
    group = make(*everything())
    type_in(group, "a", "half")
    type_in(group, "t", "Parijs")
    type_in(group, "c", "j")
    type_in(group, "v", " ")
    type_in(group, "w", "nieuw\r")
    type_in(group, "l", "een\rtwee")
    again = make(*everything())
    again.restore(group.raw())
    assert again.raw() == group.raw()
    assert set(group.raw()) == {"a", "t", "c", "v", "w", "l"}


def test_tab_follows_the_reading_order(make: Make) -> None:
    group = make(*everything())
    group.set_values({"w": (1, 2)})
    to(group, "a")
    visited = ["a"]
    for _step in range(5):
        press(Key.Key_Tab)
        visited.append(focused(group))
    assert visited == ["a", "t", "c", "v", "w", "l"]


@pytest.mark.parametrize(("width", "columns"), [(900, 3), (560, 2), (300, 1)])
def test_fewer_columns_on_a_narrow_screen(make: Make, width: int, columns: int) -> None:
    group = make(*(Text(name, name) for name in "abc"), width=width)
    tops = {group.editor(name).y() for name in "abc"}
    assert len(tops) == {3: 1, 2: 2, 1: 3}[columns]


def test_large_type_puts_fields_below_each_other(make: Make, qapp: QApplication) -> None:
    theme.apply(qapp, "light", 100)
    group = make(*(Text(name, name) for name in "abc"), width=1200)
    assert group.shown_columns() == 3
    theme.apply(qapp, "light", 200)
    try:
        assert group.shown_columns() == 1
    finally:
        theme.apply(qapp, "light", 100)


def test_a_box_keeps_room_for_a_label_only_beside_fields_that_have_one(make: Make) -> None:
    group = make(Text("a", "A"), Check("b", "Naast een veld"), Check("c", "Onder elkaar", width=3), width=900)
    boxes = {name: group.editor(name).focus_widget().mapTo(group, QPoint(0, 0)).y() for name in "abc"}
    line = group.editor("a").focus_widget()
    assert boxes["a"] <= boxes["b"] <= boxes["a"] + line.height()
    assert boxes["c"] - group.editor("c").y() < line.height() // 2


def test_a_field_that_does_not_apply_is_hidden_and_counts_as_empty(make: Make) -> None:
    group = make(Text("a", "A"), Text("b", "B", required=True))
    group.show_field("b", False)
    assert group.values() == {"a": "", "b": None}
    group.show_field("b", True)
    assert complaint(group, "b")


def test_everything_that_takes_the_focus_has_a_name(make: Make) -> None:
    group = make(*everything())
    takers = [one for one in group.findChildren(QWidget)
              if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible()]
    assert len(takers) >= 6
    assert [one for one in takers if not one.accessibleName()] == []
