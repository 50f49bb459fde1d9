"""The head of a letter with logos of every shape: in their frame, sharp, and clear of the address."""

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest
from PIL import Image

from desktop.paper import images, letter
from desktop.paper.letterhead import letterhead_end, render_letterhead
from desktop.rules.letters import Letterhead
from tests.paper import reading
from tests.paper.samples import LETTER

LONG = "Stichting Welzijn en Maatschappelijke Dienstverlening Dorpstad en Omstreken"
LINES = ("Brinkstraat 12", "5611 AB Dorpstad", "info@welzijndorpstad.example", "www.welzijndorpstad.example")
SHAPES = {"wide": (2800, 190), "square": (900, 900), "tall": (190, 900), "usual": (1200, 400), "frame": (2100, 650)}


def head(size: tuple[int, int] | None, name: str = LONG) -> Letterhead:
    logo = None
    if size:
        written = BytesIO()
        Image.new("RGB", size, (139, 30, 63)).save(written, "PNG")
        logo = images.printable_logo(written.getvalue())
    return Letterhead(name, LINES, "040 211 0000", logo, "#8B1E3F")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_logo_of_any_shape_stays_in_42_by_13_mm_and_is_sharp(shape: str) -> None:
    pdf = letter.render(replace(LETTER, letterhead=head(SHAPES[shape])))
    left, top, right, bottom, dots = drawn(pdf)
    assert left == pytest.approx(35, abs=0.05)
    assert top == pytest.approx(17.5, abs=0.05)
    assert right <= 77.1
    assert bottom <= 30.6
    assert max(right - left - 42, bottom - top - 13) == pytest.approx(0, abs=0.2)
    assert dots >= 600
    name = next(word for word in reading.words(pdf) if word.text == "Stichting")
    assert name.left > right + 3


@pytest.mark.parametrize("shape", [None, *SHAPES])
def test_the_longest_head_stays_clear_of_the_address_and_no_line_ends_with_a_dot(shape: str | None) -> None:
    pdf = letter.render(replace(LETTER, letterhead=head(SHAPES[shape] if shape else None)))
    above = [word for word in reading.words(pdf) if word.top < 45]
    assert max(word.bottom for word in above) < 42
    last = max(word.baseline for word in above)
    assert 18 + letterhead_end(head(SHAPES[shape] if shape else None), 140) == pytest.approx(last, abs=0.05)
    lines: dict[float, list[reading.Word]] = {}
    for word in above:
        lines.setdefault(round(word.baseline, 1), []).append(word)
    for line in lines.values():
        assert max(line, key=lambda word: word.right).text != "·"
        assert min(line, key=lambda word: word.left).text != "·"
    for part in (*LINES, "040 211 0000"):
        assert part in reading.flat(pdf)


def test_the_strip_to_look_at_shows_the_same_head() -> None:
    pdf = render_letterhead(head(SHAPES["usual"], "Welzijn Dorpstad"))
    assert reading.pages(pdf) == 1
    assert reading.size(pdf) == (160, 26)
    assert "Welzijn Dorpstad" in reading.flat(pdf)
    whole = letter.render(replace(LETTER, letterhead=head(SHAPES["usual"], "Welzijn Dorpstad")))
    strip, real = drawn(pdf), drawn(whole)
    assert strip[2] - strip[0] == pytest.approx(real[2] - real[0], abs=0.01)


def test_the_headings_have_the_colour_of_the_organisation() -> None:
    assert colours(letter.render(replace(LETTER, letterhead=head(None)))) >= {(0x8B, 0x1E, 0x3F)}
    plain = letter.render(replace(LETTER, letterhead=replace(head(None), colour="")))
    assert colours(plain) >= {(0x0B, 0x6B, 0x6B)}


def drawn(pdf: bytes) -> tuple[float, float, float, float, float]:
    """Where the logo stands, in mm, and in how many dots an inch."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        (image,) = opened.pages[0].images
        place = [float(image[side]) / reading.MM for side in ("x0", "top", "x1", "bottom")]
        left, top, right, bottom = place
        return left, top, right, bottom, image["srcsize"][0] / (right - left) * 25.4


def colours(pdf: bytes) -> set[tuple[int, ...]]:
    """The colours of bold letters."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return {
            tuple(round(part * 255) for part in each["non_stroking_color"])
            for each in opened.pages[0].chars
            if "Bold" in each["fontname"]
        }
