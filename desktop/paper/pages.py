"""Plain text over as many A4 pages as it needs: headings, paragraphs, names with what they are. Knows no records."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper.printable import refuse_unprintable
from desktop.paper.sheet import Sheet, wrap

LEFT, RIGHT, VALUE_LEFT = 22.0, 188.0, 78.0
TOP, NEXT_TOP, BOTTOM = 26.0, 24.0, 272.0
PITCH, SIZE = 5.2, 10.5


@dataclass(frozen=True)
class Heading:
    """The title of a part."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Fact:
    """A name with what it is."""

    name: str
    value: str


@dataclass(frozen=True)
class Space:
    """A little room, or a line to write on."""

    line: str = ""


Block = Heading | Paragraph | Fact | Space


@dataclass(frozen=True)
class Document:
    """A title, who made it, what stands in it, and a line at the foot of each page."""

    title: str
    author: str
    blocks: tuple[Block, ...]
    under: str = ""
    foot: str = ""


def render(document: Document) -> bytes:
    """The pages, numbered."""
    refuse_unprintable(document)
    sheet = Sheet(document.title, document.author)
    y = sheet.lines(LEFT, TOP, wrap(document.title, RIGHT - LEFT, 18, bold=True), 18, pitch=8, bold=True)
    if document.under:
        y = sheet.lines(LEFT, y, wrap(document.under, RIGHT - LEFT, 10), 10, pitch=5, colour="muted")
    page, y = 1, y + 4
    _draw_foot(sheet, document, page)
    for row in (row for block in document.blocks for row in _rows(block)):
        if y + row.needs > BOTTOM:
            sheet.next_page()
            page, y = page + 1, NEXT_TOP
            _draw_foot(sheet, document, page)
        y = _draw(sheet, row, y)
    return sheet.finish()


@dataclass(frozen=True)
class _Row:
    """One line as it is drawn: what stands left, what stands in the column, and the room it wants below it."""

    height: float
    left: str = ""
    value: str = ""
    bold: bool = False
    ruled: bool = False
    needs: float = PITCH


def _rows(block: Block) -> list[_Row]:
    match block:
        case Heading():
            return [_Row(4), _Row(7, block.text, bold=True, needs=3 * PITCH)]
        case Paragraph():
            lines = [line for part in block.text.split("\n") for line in wrap(part, RIGHT - LEFT, SIZE) or [""]]
            return [*(_Row(PITCH, line) for line in lines), _Row(2)]
        case Space():
            return [_Row(12, block.line, ruled=bool(block.line), needs=12)]
        case Fact():
            names = wrap(block.name, VALUE_LEFT - LEFT - 3, SIZE)
            values = [line for part in block.value.split("\n") for line in wrap(part, RIGHT - VALUE_LEFT, SIZE)]
            count = max(len(names), len(values))
            names, values = names + [""] * (count - len(names)), values + [""] * (count - len(values))
            return [*(_Row(PITCH, *pair) for pair in zip(names, values, strict=True)), _Row(0.8)]


def _draw(sheet: Sheet, row: _Row, y: float) -> float:
    size = 12 if row.bold else SIZE
    if row.ruled:
        sheet.rule(VALUE_LEFT, y + 7.8, RIGHT, y + 7.8)
    below = 7.0 if row.ruled else 0.0
    sheet.text(LEFT, y + below, row.left, size, bold=row.bold, colour="muted" if row.value else "text")
    sheet.text(VALUE_LEFT, y + below, row.value, SIZE)
    return y + row.height


def _draw_foot(sheet: Sheet, document: Document, page: int) -> None:
    sheet.lines(LEFT, 284, wrap(document.foot, RIGHT - LEFT - 25, 8)[:2], 8, pitch=4, colour="muted")
    sheet.text(RIGHT, 284, f"blad {page}", 8, colour="muted", anchor="right")
