"""Logos and photos: small, upright, and nothing that is no picture."""

from io import BytesIO

import pytest
from PIL import Image

from desktop.errors import Refused
from desktop.paper import images
from tests.paper.samples import picture


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_a_huge_photo_becomes_as_small_as_paper_needs() -> None:
    kept = images.printable_image(picture("JPEG", (4000, 3000)))
    assert opened(kept).size == (1000, 750)
    assert opened(kept).format == "JPEG"


def test_what_is_transparent_becomes_white() -> None:
    written = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(images.printable_image(written.getvalue())).getpixel((5, 5)) == (255, 255, 255)


def test_a_photo_taken_sideways_is_put_upright() -> None:
    written = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(written, "JPEG", exif=exif)
    assert opened(images.printable_image(written.getvalue())).size == (20, 40)


def test_a_bomb_that_unfolds_to_a_hundred_million_pixels_is_refused() -> None:
    written = BytesIO()
    Image.new("1", (12_000, 9_000)).save(written, "PNG")
    with pytest.raises(Refused):
        images.printable_image(written.getvalue())


def test_a_file_of_20_mb_is_refused_before_it_is_opened() -> None:
    with pytest.raises(Refused):
        images.printable_image(b"\x89PNG" + b"\0" * 20_000_000)
