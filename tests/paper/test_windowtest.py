"""The test page puts its address exactly where a letter does, and its rulers say the shift to fill in."""

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from desktop.paper import letter, windowtest
from desktop.rules.cards import WindowTest
from desktop.rules.letters import Fold, LetterContent, Window
from tests.paper import reading
from tests.paper.samples import LETTER

SHIFTS = [(0, 0), (3, -2), (-20, 20), (20, -20)]
Box = tuple[float, float, float, float]


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


@pytest.mark.parametrize("window", ["left", "right"])
@pytest.mark.parametrize("shift", SHIFTS)
def test_the_frame_stands_round_the_address_in_mm(window: Window, shift: tuple[int, int]) -> None:
    test = windowtest.render(WindowTest(window, *shift))
    x, y = shift
    left = {"left": 31, "right": 101}[window] + x
    assert frame(test) == pytest.approx((left, 46 + y, left + 74, 81 + y), abs=0.05)
    address = [word for word in reading.words(test) if word.top < 46 + y + 35 and 9.5 < word.size < 10.5]
    assert min(word.left for word in address) == pytest.approx(left + 4, abs=0.3)
    assert (min(word.top for word in address) + max(word.bottom for word in address)) / 2 == pytest.approx(
        63.5 + y, abs=1.2
    )


@pytest.mark.parametrize("window", ["left", "right"])
@pytest.mark.parametrize("shift", SHIFTS)
def test_what_the_rulers_say_is_the_shift_to_fill_in(window: Window, shift: tuple[int, int]) -> None:
    """Whoever sees the side of the window at 5 fills in 5, whatever the shift is now."""
    test = windowtest.render(WindowTest(window, *shift))
    left, top, _right, _bottom = frame(test)
    home_left, home_top = {"left": 31, "right": 101}[window], 46
    across = [(word, (word.left + word.right) / 2) for word in numbers(test) if word.top > top + 22]
    down = [(word, (word.top + word.bottom) / 2) for word in numbers(test) if word.top <= top + 22]
    assert len(across) >= 3
    assert len(down) >= 5
    for word, middle in across:
        assert middle == pytest.approx(home_left + int(word.text), abs=0.3), word.text
        assert any(line[0] == pytest.approx(home_left + int(word.text), abs=0.02) for line in upright(test))
    for word, middle in down:
        assert middle == pytest.approx(home_top + int(word.text), abs=0.6), word.text
        assert any(line[1] == pytest.approx(home_top + int(word.text), abs=0.02) for line in lying(test))
    assert left - home_left == pytest.approx(shift[0], abs=0.02)
    drawn = [word for word in reading.words(test) if word.bottom < top + 36]
    for word in drawn:
        for other in drawn:
            assert word is other or not over(word, other), (word.text, other.text)


@pytest.mark.parametrize(("fold", "at"), [("DL", 107), ("C5", 158), ("none", None)])
def test_the_fold_mark_stands_where_the_envelope_wants_it_whatever_the_shift(fold: Fold, at: int | None) -> None:
    for shift in (0, 3, -12, 20):
        marks = [line for line in lying(windowtest.render(WindowTest("right", 2, shift, fold))) if line[0] < 15]
        assert [round(line[1], 1) for line in marks] == ([at] if at else [])


def over(one: reading.Word, other: reading.Word) -> bool:
    """Whether two words stand on top of each other."""
    beside = one.right <= other.left or other.right <= one.left
    return not beside and one.bottom > other.top + 0.5 and other.bottom > one.top + 0.5


def frame(pdf: bytes) -> Box:
    """The largest frame on the page, in mm."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        boxes = [
            (box["x0"] / reading.MM, box["top"] / reading.MM, box["x1"] / reading.MM, box["bottom"] / reading.MM)
            for box in opened.pages[0].rects
        ]
    return max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))


def numbers(pdf: bytes) -> list[reading.Word]:
    return [word for word in reading.words(pdf) if word.size < 7 and word.text.lstrip("-").isdecimal()]


def upright(pdf: bytes) -> list[Box]:
    return [line for line in reading.rules(pdf) if line[2] - line[0] < 0.01]


def lying(pdf: bytes) -> list[Box]:
    return [line for line in reading.rules(pdf) if line[3] - line[1] < 0.01]


def _letter(window: Window, shift: tuple[float, float]) -> LetterContent:
    return replace(LETTER, window=window, shift_x=shift[0], shift_y=shift[1])
