"""What the letter page is made of: the paper, and why there is none."""

from pytestqt.qtbot import QtBot

from desktop.screens.letter_parts import Paper
from tests.widgets.test_printing import paper


def test_a_paper_of_something_else_is_not_left_standing(qtbot: QtBot) -> None:
    """Looking through many letters: the one before must not be taken for this one."""
    shown = Paper()
    qtbot.addWidget(shown)
    shown.show_pdf(paper(1))
    shown.show()
    assert shown.view.isVisible()
    shown.show_none("Deze brief kan niet getoond worden.")
    assert not shown.view.isVisible()
    assert shown.complaint() == "Deze brief kan niet getoond worden."
    shown.show_pdf(paper(2))
    assert shown.view.isVisible()
    assert shown.complaint() == ""


def test_while_typing_the_paper_of_before_stays_in_sight(qtbot: QtBot) -> None:
    shown = Paper()
    qtbot.addWidget(shown)
    shown.show_pdf(paper(1))
    shown.show()
    shown.show_complaint("Te lang.")
    assert shown.view.isVisible()
