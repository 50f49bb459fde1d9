"""Bar codes and QR codes: another program reads back what was printed, after a fax too."""

from io import BytesIO

import pdfplumber
import pytest

from desktop.paper import codes
from desktop.paper.sheet import Sheet
from desktop.rules.lettercode import code
from tests.paper import reading, scanning

LETTER = code(412)
SLIP = "DL-0123-X"


def page() -> bytes:
    sheet = Sheet("Codes", "Welzijn Dorpstad")
    codes.code128(LETTER).draw(sheet, 30, 30)
    codes.code128(SLIP, bar=0.4, height=12).draw(sheet, 30, 60)
    codes.qr(LETTER).draw(sheet, 30, 100)
    codes.qr(SLIP, square=0.8).draw(sheet, 80, 100)
    sheet.next_page()
    return sheet.finish()


@pytest.mark.parametrize("per_inch", [150, 300])
def test_codes_are_read_back_from_the_page_and_from_its_fax(qapp: object, per_inch: int) -> None:
    there = {(kind, text) for kind in ("Code128", "QRCode") for text in (LETTER, SLIP)}
    seen = scanning.dots(page(), per_inch)

    assert scanning.codes(seen) == there
    assert scanning.codes(scanning.faxed(seen)) == there


def test_a_code_is_one_path_as_large_as_it_says() -> None:
    bars, squares = codes.code128(LETTER), codes.qr(LETTER)
    with pdfplumber.open(BytesIO(page())) as opened:
        drawn = [rect for rect in opened.pages[0].rects if rect["x0"] < 75 * reading.MM]
    first = [rect for rect in drawn if rect["top"] < 50 * reading.MM]
    last = [rect for rect in drawn if rect["top"] > 90 * reading.MM]
    for rects, whole in ((first, bars), (last, squares)):
        assert min(rect["x0"] for rect in rects) / reading.MM == pytest.approx(30, abs=0.01)
        assert (max(rect["x1"] for rect in rects) / reading.MM - 30) == pytest.approx(whole.width, abs=0.01)
        tops, bottoms = [rect["top"] for rect in rects], [rect["bottom"] for rect in rects]
        assert (max(bottoms) - min(tops)) / reading.MM == pytest.approx(whole.height, abs=0.01)
    assert bars.quiet == pytest.approx(10 * bars.wide)
    assert squares.quiet == pytest.approx(4 * squares.wide)
