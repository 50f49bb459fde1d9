"""The test page puts its address exactly where a letter does."""

from dataclasses import replace

import pytest

from desktop.paper import letter, windowtest
from desktop.rules.cards import WindowTest
from desktop.rules.letters import LetterContent, Window
from tests.paper import reading
from tests.paper.samples import LETTER


@pytest.mark.parametrize("window", ["left", "right"])
@pytest.mark.parametrize("shift", [(0.0, 0.0), (2.5, -1.5)])
def test_the_test_page_shows_the_address_where_the_letter_has_it(
    window: Window, shift: tuple[float, float]
) -> None:
    test = windowtest.render(WindowTest(window, *shift))
    real = letter.render(_letter(window, shift))
    ours, theirs = reading.word(test, "Lindelaan"), reading.word(real, "Lindelaan")
    assert (ours.left, ours.baseline) == pytest.approx((theirs.left, theirs.baseline), abs=0.01)
    assert reading.pages(test) == 1
    assert reading.inside_page(test)


def _letter(window: Window, shift: tuple[float, float]) -> LetterContent:
    return replace(LETTER, window=window, shift_x=shift[0], shift_y=shift[1])
