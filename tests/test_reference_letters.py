"""Letters as they are printed now, beside how they were once looked at and found right.

`python -m tests.write_reference` makes the reference anew after a change that was meant.
"""

from dataclasses import replace
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from desktop.language import set_language
from desktop.paper import letter
from tests.write_reference import DOTS, FOLDER, LETTERS, WORDS, every_text, lines_of, picture_of

# The typefaces and what draws them come with the program, so the same letter is the same on every computer; another
# version of Qt may round an edge otherwise, by one of the sixteen greys. The thinnest thing, a fold mark, is 20 dots.
FAINT, FEW = 20, 12


def differing(now: Image.Image, once: Image.Image) -> Image.Image:
    """White where the two differ visibly."""
    return ImageChops.difference(now, once).point(lambda value: 255 if value > FAINT else 0)


def where(dots: Image.Image) -> str:
    left, top, right, bottom = (round(edge / DOTS * 25.4) for edge in dots.getbbox() or (0, 0, 0, 0))
    return f"between {left} and {right} mm from the left, {top} and {bottom} mm from the top"


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_printed_as_it_was_found_right(qapp: object, name: str, tmp_path: Path) -> None:
    pdf = letter.render(LETTERS[name])
    once = (FOLDER / f"{name}.txt").read_text("utf-8")
    assert list(unified_diff(once.splitlines(), lines_of(pdf).splitlines(), "once", "now", lineterm="")) == []

    now, picture = picture_of(pdf), Image.open(FOLDER / f"{name}.png").convert("L")
    assert now.size == picture.size
    dots = differing(now, picture)
    if dots.histogram()[255] > FEW:
        Image.merge("RGB", (now, picture, picture)).save(tmp_path / f"{name}.png")
        many = dots.histogram()[255]
        pytest.fail(f"{many} dots differ {where(dots)}; see {tmp_path / name}.png, where red is what is gone")


def test_every_kind_says_in_every_situation_what_was_once_found_right() -> None:
    once = WORDS.read_text("utf-8").splitlines()
    assert list(unified_diff(once, list(every_text()), "once", "now", lineterm="")) == []


def test_every_reference_has_its_letter_and_they_are_small() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(LETTERS)
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 300_000


@pytest.mark.parametrize(
    "change",
    [{"salutation": "Geachte mevrouw Bos,"}, {"fold": "C5"}, {"shift_y": 0.5}, {"code": "L0000005G"}, {"copy": True}],
)
def test_a_small_change_would_be_noticed(qapp: object, change: dict[str, Any]) -> None:
    picture = Image.open(FOLDER / "closing.png").convert("L")
    now = picture_of(letter.render(replace(LETTERS["closing"], **change)))
    assert differing(now, picture).histogram()[255] > FEW


def test_a_letter_does_not_depend_on_the_language_of_the_screen() -> None:
    dutch = letter.render(LETTERS["intake-hexagon"])
    set_language("en")
    assert letter.render(LETTERS["intake-hexagon"]) == dutch
