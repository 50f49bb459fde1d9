"""Reading a finished PDF as somebody with a ruler would: words and where they stand, in millimetres."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pdfplumber
from pypdf import PdfReader

MM = 72 / 25.4


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    size: float
    font: str


def words(pdf: bytes, page: int = 0) -> list[Word]:
    with pdfplumber.open(BytesIO(pdf)) as opened:
        sheet = opened.pages[page]
        found = sheet.extract_words(
            extra_attrs=["fontname", "size"], return_chars=True, keep_blank_chars=False, x_tolerance=2
        )
        return [
            Word(
                word["text"],
                word["x0"] / MM,
                word["x1"] / MM,
                word["top"] / MM,
                word["bottom"] / MM,
                (float(sheet.height) - word["chars"][0]["matrix"][5]) / MM,
                word["size"],
                word["fontname"],
            )
            for word in found
        ]


def word(pdf: bytes, text: str, page: int = 0) -> Word:
    """The one word that reads so."""
    found = [word for word in words(pdf, page) if word.text == text]
    assert len(found) == 1, (text, [word.text for word in words(pdf, page)])
    return found[0]


def letters(pdf: bytes) -> list[str]:
    """Each letter of the first page, line by line as the eye meets them from left to right."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        drawn = sorted(opened.pages[0].chars, key=lambda each: (round(each["matrix"][5]), each["x0"]))
        return [str(each["text"]) for each in drawn]


def text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def flat(pdf: bytes) -> str:
    """All text with every white space as one space: for sentences that may wrap."""
    return " ".join(text(pdf).split())


def pages(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def size(pdf: bytes) -> tuple[int, int]:
    box = PdfReader(BytesIO(pdf)).pages[0].mediabox
    return round(float(box.width) / MM), round(float(box.height) / MM)


def unembedded(pdf: bytes) -> set[str]:
    """Typefaces that the reader's computer would have to guess."""
    return {name for name, embedded in _typefaces(pdf) if not embedded}


def typefaces(pdf: bytes) -> set[str]:
    return {name.split("+")[-1] for name, _embedded in _typefaces(pdf)}


def _typefaces(pdf: bytes) -> Iterator[tuple[str, bool]]:
    for page in PdfReader(BytesIO(pdf)).pages:
        resources = page["/Resources"].get_object()
        for reference in resources["/Font"].get_object().values():  # type: ignore[index]
            font = reference.get_object()
            descriptor = font.get("/FontDescriptor", {})
            yield str(font["/BaseFont"]), "/FontFile2" in descriptor.get_object() if descriptor else False


def rules(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Drawn lines as left, top, right, bottom."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return [
            (line["x0"] / MM, line["top"] / MM, line["x1"] / MM, line["bottom"] / MM)
            for line in opened.pages[0].lines
        ]


def bars(pdf: bytes) -> tuple[float, float, float, float]:
    """All that is filled with pure black, as left, top, right, bottom."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        found = [rect for rect in opened.pages[0].rects if set(rect["non_stroking_color"]) == {0}]
        return (
            min(rect["x0"] for rect in found) / MM, min(rect["top"] for rect in found) / MM,
            max(rect["x1"] for rect in found) / MM, max(rect["bottom"] for rect in found) / MM,
        )  # fmt: skip


def inside_page(pdf: bytes) -> bool:
    """Nothing is cut off by the edge, on any page."""
    wide, high = size(pdf)
    return all(
        word.left >= 4 and word.right <= wide - 4 and word.top >= 4 and word.bottom <= high - 4
        for page in range(pages(pdf))
        for word in words(pdf, page)
    )
