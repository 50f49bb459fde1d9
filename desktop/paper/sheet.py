"""A document being drawn: millimetres from the top left, texts by their baseline, colours by token.

The only place that talks to reportlab's canvas. No markup is ever read: what is typed is what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desktop.drawing import Anchor, Circle, Line, Picture, Polygon, Words
from desktop.paper import fonts, images

MM = 72 / 25.4
A4 = (210.0, 297.0)
A5_LYING = (210.0, 148.0)
PROGRAM = "Wijkrecept"
COLOURS = {
    "primary": "#0B6B6B",
    "border": "#C9D0D8",
    "muted": "#4F5B69",
    "text": "#1B2430",
    "tint": "#E3F1F0",
    "copy": "#E2E6EB",
    "white": "#FFFFFF",
}
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


class Sheet:
    """One or more pages of one size."""

    def __init__(self, title: str, author: str, size: tuple[float, float] = A4) -> None:
        self.width, self.height = size
        rl_config.useA85 = 0
        self._bytes = BytesIO()
        self._canvas: Any = Canvas(
            self._bytes,
            pagesize=(self.width * MM, self.height * MM),
            initialFontName=fonts.font(bold=False),
            pageCompression=1,
            invariant=1,
            lang="nl",
        )
        fonts.begin(self._canvas._doc)
        self._describe(title, author)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 10,
        *,
        bold: bool = False,
        colour: str = "text",
        anchor: Anchor = "left",
        spacing: float = 0,
    ) -> None:
        """One line; wrapping is the caller's, who knows the room."""
        self._words(x * MM, y * MM, text, size, bold, colour, anchor, spacing)

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        size: float = 10,
        *,
        pitch: float,
        bold: bool = False,
        colour: str = "text",
        anchor: Anchor = "left",
    ) -> float:
        """Lines under each other; answers where the next one would stand."""
        for row, line in enumerate(lines):
            self.text(x, y + row * pitch, line, size, bold=bold, colour=colour, anchor=anchor)
        return y + len(lines) * pitch

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, colour: str = "border", width: float = 0.5
    ) -> None:
        self._pen(colour, width)
        self._canvas.line(x1 * MM, self._up(y1 * MM), x2 * MM, self._up(y2 * MM))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        stroke: str = "",
        round_by: float = 0,
        pen: float = 0.75,
    ) -> None:
        if fill:
            self._canvas.setFillColorRGB(*_rgb(fill))
        if stroke:
            self._pen(stroke, pen)
        corner = (x * MM, self._up((y + height) * MM), width * MM, height * MM)
        if round_by:
            self._canvas.roundRect(*corner, round_by * MM, stroke=bool(stroke), fill=bool(fill))
        else:
            self._canvas.rect(*corner, stroke=bool(stroke), fill=bool(fill))

    def circle(self, x: float, y: float, r: float, *, stroke: str = "border", pen: float = 0.75) -> None:
        self._pen(stroke, pen)
        self._canvas.circle(x * MM, self._up(y * MM), r * MM, stroke=1, fill=0)

    def image(
        self, data: bytes, x: float, y: float, width: float, height: float, *, right: bool = False
    ) -> tuple[float, float]:
        """A logo or photo as large as fits in the frame, at its top left or right; answers the size."""
        picture = images.image(data, max(width, height))
        pixels_wide, pixels_high = picture.getSize()
        scale = min(width / pixels_wide, height / pixels_high)
        wide, high = pixels_wide * scale, pixels_high * scale
        x += width - wide if right else 0
        self._canvas.drawImage(picture, x * MM, self._up((y + high) * MM), wide * MM, high * MM)
        return wide, high

    def picture(self, picture: Picture, x: float, y: float) -> None:
        """Shapes of `drawing`, with their top left at x, y."""
        for shape in picture.shapes:
            match shape:
                case Line():
                    self._line(shape, x * MM, y * MM)
                case Polygon():
                    self._polygon(shape, x * MM, y * MM)
                case Circle():
                    self._circle(shape, x * MM, y * MM)
                case Words():
                    at = (x * MM + shape.x, y * MM + shape.y)
                    self._words(*at, shape.text, shape.size, shape.bold, shape.colour, shape.anchor)

    def cells(self, x: float, y: float, wide: float, high: float, rows: Sequence[Sequence[bool]]) -> None:
        """Dark bars and squares as one path: a rectangle per run of dark ones; black, as scanners want it."""
        path = self._canvas.beginPath()
        for row, cells in enumerate(rows):
            bottom = self._up((y + (row + 1) * high) * MM)
            for start, length in _dark_runs(cells):
                path.rect((x + start * wide) * MM, bottom, length * wide * MM, high * MM)
        self._canvas.setFillColorRGB(0, 0, 0)
        self._canvas.drawPath(path, stroke=0, fill=1)

    @contextmanager
    def shifted(self, x: float, y: float) -> Iterator[None]:
        """All that is drawn meanwhile stands so many mm further right and down."""
        self._canvas.saveState()
        self._canvas.translate(x * MM, -y * MM)
        yield
        self._canvas.restoreState()

    def across(self, text: str, size: float, colour: str) -> None:
        """A word over the whole page, slanting; drawn first, so that all else stays readable."""
        self._canvas.saveState()
        self._canvas.translate(self.width * MM / 2, self.height * MM / 2)
        self._canvas.rotate(55)
        self._canvas.setFillColorRGB(*_rgb(colour))
        self._canvas.setFont(fonts.font(bold=True), size)
        self._canvas.drawCentredString(0, -size / 3, text)
        self._canvas.restoreState()

    def next_page(self) -> None:
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The document; the same content gives the same bytes, always."""
        with fonts.FINISHING:
            self._canvas.save()
        return self._bytes.getvalue()

    def _describe(self, title: str, author: str) -> None:
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator(PROGRAM)
        self._canvas.setProducer(PROGRAM)
        self._canvas.setSubject("")

    def _up(self, y: float) -> float:
        return self.height * MM - y

    def _pen(self, colour: str, width: float) -> None:
        self._canvas.setStrokeColorRGB(*_rgb(colour))
        self._canvas.setLineWidth(width)

    def _words(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        bold: bool,
        colour: str,
        anchor: Anchor,
        spacing: float = 0,
    ) -> None:
        if anchor != "left":
            x -= fonts.width(text, size, bold) * (0.5 if anchor == "middle" else 1)
        self._canvas.setFillColorRGB(*_rgb(colour))
        for face, piece in fonts.runs(text, bold):
            self._canvas.setFont(face, size)
            self._canvas.drawString(x, self._up(y), piece, charSpace=spacing or None)
            x += self._canvas.stringWidth(piece, face, size) + spacing * len(piece)

    def _line(self, line: Line, x: float, y: float) -> None:
        self._pen(line.stroke, line.width)
        self._canvas.line(x + line.x1, self._up(y + line.y1), x + line.x2, self._up(y + line.y2))

    def _circle(self, circle: Circle, x: float, y: float) -> None:
        if circle.fill:
            self._canvas.setFillColorRGB(*_rgb(circle.fill))
        if circle.stroke:
            self._pen(circle.stroke, 1)
        self._canvas.circle(
            x + circle.x,
            self._up(y + circle.y),
            circle.r,
            stroke=bool(circle.stroke),
            fill=bool(circle.fill),
        )

    def _polygon(self, polygon: Polygon, x: float, y: float) -> None:
        path = self._canvas.beginPath()
        first, *rest = [(x + px, self._up(y + py)) for px, py in polygon.points]
        path.moveTo(*first)
        for point in rest:
            path.lineTo(*point)
        path.close()
        if polygon.fill:
            self._canvas.setFillColorRGB(*_tinted(_rgb(polygon.fill), polygon.opacity))
        if polygon.stroke:
            self._pen(polygon.stroke, polygon.width)
        self._canvas.drawPath(path, stroke=bool(polygon.stroke), fill=bool(polygon.fill))


def colour_or(colour: str, otherwise: str) -> str:
    """A colour somebody chose, if it is one."""
    return colour if _HEX.fullmatch(colour) else otherwise


def middle(y: float, size: float) -> float:
    """The baseline of a line of type whose capitals have their middle at y (mm)."""
    return y + fonts.CAPITAL * size / 2 / MM


def wrap(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """The text in lines for a room in mm."""
    return fonts.wrap(text, room * MM, size, bold)


def _rgb(colour: str) -> tuple[float, float, float]:
    code = COLOURS.get(colour, colour)
    return int(code[1:3], 16) / 255, int(code[3:5], 16) / 255, int(code[5:7], 16) / 255


def _tinted(rgb: tuple[float, float, float], opacity: float) -> tuple[float, float, float]:
    """On white paper a see-through colour is a lighter one, which every printer understands."""
    red, green, blue = (1 - opacity * (1 - part) for part in rgb)
    return red, green, blue


def _dark_runs(cells: Sequence[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at, dark in enumerate(cells):
        if dark and runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((at, 1))
    return runs
