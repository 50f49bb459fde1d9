"""Bar codes and QR codes, each drawn as one filled path. Knows no letter and no voucher.

reportlab works out which bars; its own drawing makes a shape per bar, which took half the time of a letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from reportlab.graphics.barcode import qrencoder
from reportlab.graphics.barcode.code128 import Code128

from desktop.paper.sheet import Sheet

BAR = 25.4 / 75  # mm: two dots of a scan at 150 an inch, so that it is read after a fax as well
BAR_HEIGHT, BARS_QUIET = 8.0, 10  # mm, bars: ISO 15417 asks ten on either side
SQUARE, SQUARES_QUIET = 0.5, 4  # mm, squares: ISO 18004 asks four all round


@dataclass(frozen=True)
class Code:
    """Rows of dark and light; `quiet` is the white, in mm, that a scanner needs around the dark."""

    rows: tuple[tuple[bool, ...], ...]
    wide: float  # mm, of one bar or square
    high: float
    quiet: float

    @property
    def width(self) -> float:
        """Of the dark part, in mm."""
        return len(self.rows[0]) * self.wide

    @property
    def height(self) -> float:
        return len(self.rows) * self.high

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """With the top left of the dark part at x, y; who draws keeps `quiet` free around it."""
        sheet.cells(x, y, self.wide, self.high, self.rows)


@lru_cache(maxsize=64)
def qr(text: str, square: float = SQUARE) -> Code:
    """A QR code that can still be read with a sixth of it stained."""
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    rows = tuple(tuple(bool(dark) for dark in row) for row in code.modules)
    return Code(rows, square, square, SQUARES_QUIET * square)


def code128(text: str, bar: float = BAR, height: float = BAR_HEIGHT) -> Code:
    """A bar code of letters and digits, as every hand scanner reads."""
    bars = Code128(text, quiet=0)
    bars.validate()
    bars.encode()
    bars.decompose()
    # Capitals are dark, small letters light, and a is one wide, b two ...
    row = tuple(dark for sign in bars.decomposed for dark in (sign.isupper(),) * (ord(sign.lower()) - ord("a") + 1))
    return Code((row,), bar, height, BARS_QUIET * bar)
