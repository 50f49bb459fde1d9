"""Logos and photos made ready for paper: checked, turned upright, no larger than a printer shows.

Knows no page.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from functools import lru_cache
from io import BytesIO
from math import isqrt
from typing import Any

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

from desktop.errors import Refused
from desktop.language import _

MOST_PIXELS = 40_000_000
MOST_BYTES = 15_000_000
LONGEST_SIDE = 1000  # pixels, to keep: 85 mm, wider than any picture of ours
DOTS_PER_MM = 24  # 600 an inch
LOGO = (42.0, 13.0)  # mm, the most a logo takes in the head of a letter
MOST_LOGO_BYTES = 5_000_000
THINNEST_LOGO = 2.5  # mm
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
)
_BOMBS = (Image.DecompressionBombWarning, Image.DecompressionBombError)


@lru_cache(maxsize=8)
def image(data: bytes, longest_mm: float) -> Any:
    """A PNG or JPEG as reportlab wants it, as sharp as paper shows; anything else is Refused."""
    return _Jpeg(printable_image(data, round(longest_mm * DOTS_PER_MM)))


class _Jpeg(ImageReader):  # type: ignore[misc]
    """Known to reportlab by its own bytes: by its dots, which are unpacked for that, a letter took 0.2 ms longer."""

    def __init__(self, jpeg: bytes) -> None:
        super().__init__(BytesIO(jpeg))
        self.jpeg = jpeg
        self._dataA = None  # a JPEG has nothing to see through

    def getRGBData(self) -> bytes:  # noqa: N802 - reportlab's own name
        return self.jpeg


def printable_image(data: bytes, longest_side: int = LONGEST_SIDE) -> bytes:
    """The picture as a small upright JPEG on white, to keep and to print."""
    if len(data) > MOST_BYTES:
        raise Refused(_("This picture is too large. Choose one under {n} MB.").format(n=MOST_BYTES // 1_000_000))
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _as_jpeg(data, longest_side)
        except _BOMBS as bomb:
            raise _too_many_dots() from bomb
        except _BROKEN as broken:
            message = _("This is not a picture that can be printed. Choose a PNG or JPEG file.")
            raise Refused(message) from broken


def _as_jpeg(data: bytes, longest_side: int) -> bytes:
    return _jpeg(_on_white(data, (longest_side, longest_side)))


def printable_logo(data: bytes) -> bytes:
    """The logo on white, as sharp as the head of a letter shows it: what is flat stays without loss."""
    if len(data) > MOST_LOGO_BYTES:
        most = MOST_LOGO_BYTES // 1_000_000
        raise Refused(_("This picture is too large. Choose one under {n} MB.").format(n=most))
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            seen = _on_white(data, logo_dots())
        except _BOMBS as bomb:
            raise _too_many_dots() from bomb
        except _BROKEN as broken:
            message = _("This is not a picture that can be printed. Choose a PNG, JPEG or SVG file.")
            raise Refused(message) from broken
    if min(_logo_mm(seen.size)) < THINNEST_LOGO:
        raise Refused(_("This picture is so long and thin that it would be a line on the letter."))
    png = BytesIO()
    seen.save(png, "PNG", optimize=True)
    return min(png.getvalue(), _jpeg(seen), key=len)


def logo_dots() -> tuple[int, int]:
    """The most dots a logo is kept in."""
    wide, high = LOGO
    return round(wide * DOTS_PER_MM), round(high * DOTS_PER_MM)


def logo_size(data: bytes) -> tuple[float, float, float]:
    """How wide and high a kept logo is on the letter, in mm, and in how many dots an inch."""
    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
        wide, high = _logo_mm(opened.size)
        return wide, high, opened.width / wide * 25.4


def _logo_mm(size: tuple[int, int]) -> tuple[float, float]:
    scale = min(LOGO[0] / size[0], LOGO[1] / size[1])
    return size[0] * scale, size[1] * scale


def _on_white(data: bytes, room: tuple[int, int]) -> Image.Image:
    """Upright, no larger than the room in dots, and on white what is transparent."""
    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise _too_many_dots()
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail(room)
        seen = upright.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _too_many_dots() -> Refused:
    side = f"{isqrt(MOST_PIXELS) // 1000 * 1000:,}".replace(",", ".")
    return Refused(_("This picture is too large. Choose one of at most {n} by {n} dots.").format(n=side))


def _jpeg(seen: Image.Image) -> bytes:
    written = BytesIO()
    seen.save(written, "JPEG", quality=92, subsampling=0)
    return written.getvalue()
