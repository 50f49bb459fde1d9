"""The recovery sheet: the key can be read, typed over and scanned."""

from io import BytesIO

import pdfplumber

from desktop.paper.recoverysheet import render
from desktop.rules.cards import RecoverySheet
from tests.paper import reading

GROUPS = ("K7QM", "2XRW", "9PHD", "T4VN", "JC8E", "6MYA", "3GFZ", "WK5T")
SHEET = RecoverySheet("Welzijn Dorpstad", GROUPS, "6 november 2026", ("Bewaar dit blad in een kluis.",))


def test_the_key_stands_on_the_sheet_group_by_group_and_large() -> None:
    found = [w for w in reading.words(render(SHEET)) if w.size >= 18 and w.text in GROUPS]
    assert tuple(w.text for w in found) == GROUPS
    assert {round(w.size) for w in found} == {20}
    assert max(w.right for w in found) <= 185


def test_the_key_can_be_copied_from_the_file_too() -> None:
    text = reading.flat(render(SHEET))
    assert all(group in text for group in GROUPS)
    assert "Bewaar dit blad in een kluis." in text
    assert "6 november 2026" in text


def test_the_code_to_scan_is_a_square_of_42_mm_with_three_corners() -> None:
    with pdfplumber.open(BytesIO(render(SHEET))) as opened:
        page = opened.pages[0]
        black = [rect for rect in page.rects if rect["non_stroking_color"] in ((0, 0, 0), [0, 0, 0], (0,))]
    left, right = min(r["x0"] for r in black), max(r["x1"] for r in black)
    top, bottom = min(r["top"] for r in black), max(r["bottom"] for r in black)
    assert round((right - left) / reading.MM) == 42
    assert round((bottom - top) / reading.MM) == 42
    side = (right - left) / 29  # 29 squares hold 39 letters with room for damage
    bars = [r for r in black if round((r["x1"] - r["x0"]) / side, 1) == 7]
    assert len([r for r in bars if abs(r["top"] - top) < 1]) == 2
    assert len([r for r in bars if abs(r["bottom"] - bottom) < 1]) >= 1


def test_the_sheet_is_one_page_with_its_own_typefaces() -> None:
    pdf = render(SHEET)
    assert reading.pages(pdf) == 1
    assert reading.unembedded(pdf) == set()
    assert reading.inside_page(pdf)
