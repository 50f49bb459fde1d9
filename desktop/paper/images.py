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
LONGEST_SIDE = 1000  # pixels: 300 dots per inch over 85 mm, the widest picture of ours
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
def image(data: bytes) -> Any:
    """A PNG or JPEG as reportlab wants it; anything else is Refused."""
    return ImageReader(BytesIO(printable_image(data)))


def printable_image(data: bytes) -> bytes:
    """The picture as a small upright JPEG on white, to keep and to print."""
    if len(data) > MOST_BYTES:
        raise Refused(_("This picture is too large. Choose one under 15 MB."))
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _as_jpeg(data)
        except _BROKEN as broken:
            message = _("This is not a picture that can be printed. Choose a PNG or JPEG file.")
            raise Refused(message) from broken


def _as_jpeg(data: bytes) -> bytes:
    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        seen = upright.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    written = BytesIO()
    paper.save(written, "JPEG", quality=92, subsampling=0)
    return written.getvalue()
