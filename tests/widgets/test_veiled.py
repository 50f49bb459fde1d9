"""A word that stays hidden on screen until somebody shows it."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.errors import Refused
from desktop.widgets.fields import Veiled
from desktop.widgets.group import FieldGroup
from desktop.widgets.veiled import VeiledEditor


def group_with(qtbot: QtBot) -> tuple[FieldGroup, VeiledEditor]:
    group = FieldGroup([Veiled("word", "Wachtwoord", propose=lambda: "mola-kefi-4829", limit=20)])
    qtbot.addWidget(group)
    group.show()
    editor = group.editor("word")
    assert isinstance(editor, VeiledEditor)
    return group, editor


def test_a_stored_word_is_hidden_until_it_is_shown(qtbot: QtBot) -> None:
    group, editor = group_with(qtbot)
    group.set_values({"word": "molen-kaars-7421"})
    assert editor.veiled()
    editor.show_button.click()
    assert not editor.veiled()
    assert editor.show_button.text() == "Verbergen"
    editor.show_button.click()
    assert editor.veiled()
    assert group.values() == {"word": "molen-kaars-7421"}


def test_a_proposed_word_is_seen_and_counts_as_typed(qtbot: QtBot) -> None:
    group, editor = group_with(qtbot)
    with qtbot.waitSignal(group.edited):
        editor.propose_button.click()
    assert not editor.veiled()
    assert group.values() == {"word": "mola-kefi-4829"}


def test_what_was_kept_comes_back_hidden(qtbot: QtBot) -> None:
    group, editor = group_with(qtbot)
    editor.propose_button.click()
    raw = group.raw()
    group.restore(raw)
    assert editor.veiled()
    assert group.values() == {"word": "mola-kefi-4829"}


def test_a_word_that_was_shown_is_hidden_again_once_out_of_sight(qtbot: QtBot) -> None:
    """Behind the lock or below another page; who comes back shows it anew."""
    group, editor = group_with(qtbot)
    editor.propose_button.click()
    group.hide()
    group.show()
    assert editor.veiled()
    assert group.values() == {"word": "mola-kefi-4829"}


def test_too_long_a_word_is_refused(qtbot: QtBot) -> None:
    group, _editor = group_with(qtbot)
    group.set_values({"word": "a" * 21})
    with pytest.raises(Refused):
        group.values()
