"""Logos and photos made ready for paper: checked, turned upright, no larger than a printer shows.

Knows no page.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from functools import lru_cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

from desktop.errors import Refused
from desktop.language import _

MOST_PIXELS = 40_000_000
MOST_BYTES = 15_000_000
LONGEST_SIDE = 1000  # pixels, to keep: 85 mm, wider than any picture of ours
DOTS_PER_MM = 12  # 300 an inch
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
    Image.DecompressionBombWarning,
    Image.DecompressionBombError,
)


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
        raise Refused(_("This picture is too large. Choose one under 15 MB."))
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _as_jpeg(data, longest_side)
        except _BROKEN as broken:
            message = _("This is not a picture that can be printed. Choose a PNG or JPEG file.")
            raise Refused(message) from broken


def _as_jpeg(data: bytes, longest_side: int) -> bytes:
    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((longest_side, longest_side))
        seen = upright.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    written = BytesIO()
    paper.save(written, "JPEG", quality=92, subsampling=0)
    return written.getvalue()
