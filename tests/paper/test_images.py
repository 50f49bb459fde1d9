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


def logo(size: tuple[int, int], kind: str = "PNG", mode: str = "RGB") -> bytes:
    written = BytesIO()
    Image.new(mode, size, (11, 107, 107) if mode == "RGB" else (11, 107, 107, 128)).save(written, kind)
    return written.getvalue()


def noise(size: tuple[int, int]) -> bytes:
    written = BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(written, "PNG")
    return written.getvalue()


def test_a_large_logo_is_kept_as_sharp_as_a_letter_shows_it() -> None:
    kept = images.printable_logo(logo((4200, 1300)))
    assert opened(kept).format == "PNG"
    assert opened(kept).size == images.logo_dots() == (1008, 312)
    wide, high, dots = images.logo_size(kept)
    assert (round(wide, 1), round(high, 1), round(dots)) == (42.0, 13.0, 610)


def test_a_logo_like_a_photo_is_kept_small() -> None:
    kept = images.printable_logo(noise((1008, 312)))
    assert opened(kept).format == "JPEG"
    assert len(kept) < 400_000


@pytest.mark.parametrize(
    ("size", "on_paper"), [((800, 800), (13, 13)), ((300, 900), (4, 13)), ((2000, 140), (42, 3)), ((90, 30), (39, 13))]
)
def test_tall_and_wide_logos_stay_in_their_frame(size: tuple[int, int], on_paper: tuple[int, int]) -> None:
    wide, high, _dots = images.logo_size(images.printable_logo(logo(size)))
    assert (round(wide), round(high)) == on_paper


@pytest.mark.parametrize("size", [(1, 5000), (5000, 1), (3000, 60), (1, 1000)])
def test_a_logo_that_would_be_a_line_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="een streep"):
        images.printable_logo(logo(size))


def test_a_see_through_logo_stands_on_white() -> None:
    kept = images.printable_logo(logo((300, 100), mode="RGBA"))
    red, green, blue = opened(kept).convert("RGB").getpixel((9, 9))  # type: ignore[misc]
    assert 120 < red < 140
    assert 175 < green == blue < 190


@pytest.mark.parametrize(
    "data",
    [b"", b"logo", b"%PDF-1.7", b"MZ" + b"\0" * 300, b"\x89PNG\r\n\x1a\n" + b"\0" * 90, b"GIF89a" + b"\0" * 90],
)
def test_a_fake_picture_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="geen afbeelding die kan worden afgedrukt"):
        images.printable_logo(data)


def test_a_bomb_a_torn_file_and_a_huge_file_are_refused_as_logo() -> None:
    written = BytesIO()
    Image.new("1", (12_000, 9_000)).save(written, "PNG")
    with pytest.raises(Refused, match=r"hoogstens 6\.000 bij 6\.000 beeldpunten"):
        images.printable_logo(written.getvalue())
    with pytest.raises(Refused, match="geen afbeelding"):
        images.printable_logo(logo((400, 200))[:-40])
    with pytest.raises(Refused, match="minder dan 5 MB"):
        images.printable_logo(b"\x89PNG" + b"\0" * 6_000_000)
