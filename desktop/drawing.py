"""A picture as plain shapes, made once, painted on the screen and on paper; knows no Qt and no PDF.

Points, y downwards from the top left. Colours are names of tokens: the painter decides what they look like.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Literal

Colour = Literal["primary", "border", "muted", "text", "tint"]
Anchor = Literal["left", "middle", "right"]
Point = tuple[float, float]

HIGHEST_MARK = 10
RINGS = 5
# An average letter of the typefaces used is 0.55 of the size wide; a bit more, so that nothing is cut off.
LETTER_WIDTH = 0.6
LINE_HEIGHT = 1.3
LONGEST_SIDE_LABEL = 12
SMALLEST_SHARE = 1 / 20  # labels larger than this share of a small picture would meet each other


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    stroke: Colour = "border"
    width: float = 1.0


@dataclass(frozen=True)
class Polygon:
    points: tuple[Point, ...]
    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 1.0
    opacity: float = 1.0  # of the fill


@dataclass(frozen=True)
class Circle:
    x: float
    y: float
    r: float
    fill: Colour | None = None
    stroke: Colour | None = None


@dataclass(frozen=True)
class Words:
    """One line of text; y is its baseline."""

    x: float
    y: float
    text: str
    size: float = 9.0
    colour: Colour = "text"
    anchor: Anchor = "left"
    bold: bool = False


Shape = Line | Polygon | Circle | Words


@dataclass(frozen=True)
class Picture:
    width: float
    height: float
    shapes: tuple[Shape, ...]
    description: str = ""  # the same for those who cannot see it


@dataclass(frozen=True)
class _Web:
    """Where the middle of a hexagon stands and how large it is."""

    x: float
    y: float
    radius: float
    axes: int

    def point(self, axis: int, mark: float) -> Point:
        angle = 2 * pi * axis / self.axes
        distance = self.radius * mark / HIGHEST_MARK
        return self.x + distance * sin(angle), self.y - distance * cos(angle)

    def ring(self, mark: float) -> tuple[Point, ...]:
        return tuple(self.point(axis, mark) for axis in range(self.axes))


def hexagon(
    marks: Sequence[tuple[str, int | None]], size: float, figures: bool = False, text_size: float = 9.0
) -> Picture:
    """The marks 0-10 as a web of `size` points wide; a mark not given leaves a gap, never a guess."""
    text_size = min(text_size, size * SMALLEST_SHARE)
    labels = [_label_lines(marks, axis, figures) for axis in range(len(marks))]
    web, height = _room(labels, size, text_size)
    points = [None if mark is None else web.point(axis, mark) for axis, (_label, mark) in enumerate(marks)]
    shapes = (*_filled(points), *_grid(web), *_marked(web, points), *_labels(web, labels, text_size))
    return Picture(size, height, shapes, _description(marks))


def bar(share: float, width: float, height: float) -> Picture:
    """A part of a whole, 0 to 1, as a filled piece of a bar; its width in points."""
    shares: tuple[tuple[float, Colour], ...] = ((1.0, "tint"), (max(0.0, min(1.0, share)), "primary"))
    drawn = tuple(_piece(width * part, height, colour) for part, colour in shares if part)
    return Picture(width, height, drawn, f"{share:.0%}")


def _piece(width: float, height: float, colour: Colour) -> Polygon:
    return Polygon(((0, 0), (width, 0), (width, height), (0, height)), fill=colour)


def text_width(text: str, size: float) -> float:
    """A safe guess, for who cannot measure letters."""
    return len(text) * size * LETTER_WIDTH


def _description(marks: Sequence[tuple[str, int | None]]) -> str:
    return ", ".join(f"{label}: {'–' if mark is None else mark}" for label, mark in marks)


def _label_lines(
    marks: Sequence[tuple[str, int | None]], axis: int, figures: bool
) -> tuple[list[str], str | None]:
    label, mark = marks[axis]
    lines = [label] if _side(axis, len(marks)) == "middle" else _folded(label)
    return lines, ("–" if mark is None else str(mark)) if figures else None


def _folded(label: str) -> list[str]:
    """A label beside the web in two lines when it is long, split where the halves are most alike."""
    words = label.split()
    if len(label) <= LONGEST_SIDE_LABEL or len(words) < 2:
        return [label]
    splits = [[" ".join(words[:at]), " ".join(words[at:])] for at in range(1, len(words))]
    return min(splits, key=lambda halves: max(len(half) for half in halves))


def _side(axis: int, axes: int) -> Anchor:
    across = sin(2 * pi * axis / axes)
    if abs(across) < 0.01:
        return "middle"
    return "left" if across > 0 else "right"


def _room(labels: list[tuple[list[str], str | None]], size: float, text_size: float) -> tuple[_Web, float]:
    axes = len(labels)
    gap = text_size * 0.8
    beside = gap + max(
        text_width(line, text_size)
        for axis, (lines, _figure) in enumerate(labels)
        for line in lines
        if _side(axis, axes) != "middle"
    )
    reach = max(abs(sin(2 * pi * axis / axes)) for axis in range(axes))
    radius = max((size / 2 - beside) / reach, text_size * 2)
    figures = any(figure is not None for _lines, figure in labels)
    above = (1 + figures) * text_size * LINE_HEIGHT + gap
    return _Web(size / 2, above + radius, radius, axes), 2 * (above + radius)


def _grid(web: _Web) -> list[Shape]:
    rings: list[Shape] = [
        Polygon(web.ring(HIGHEST_MARK * ring / RINGS), stroke="border", width=0.75)
        for ring in range(1, RINGS + 1)
    ]
    spokes: list[Shape] = [
        Line(web.x, web.y, *web.point(axis, HIGHEST_MARK), "border", 0.5) for axis in range(web.axes)
    ]
    return spokes + rings


def _filled(points: list[Point | None]) -> list[Shape]:
    """Under the grid, so that the rings show through on every painter."""
    known = tuple(point for point in points if point is not None)
    return [Polygon(known, fill="primary", opacity=0.2)] if known and len(known) == len(points) else []


def _marked(web: _Web, points: list[Point | None]) -> list[Shape]:
    neighbours = zip(points, points[1:] + points[:1], strict=True)
    edges: list[Shape] = [Line(*a, *b, "primary", 1.5) for a, b in neighbours if a and b]
    dot = max(web.radius * 0.03, 1.5)
    return edges + [Circle(*point, dot, fill="primary") for point in points if point is not None]


def _labels(web: _Web, labels: list[tuple[list[str], str | None]], text_size: float) -> list[Shape]:
    return [words for axis in range(web.axes) for words in _label(web, axis, *labels[axis], text_size)]


def _label(web: _Web, axis: int, lines: list[str], figure: str | None, text_size: float) -> list[Words]:
    x, y = web.point(axis, HIGHEST_MARK)
    side = _side(axis, web.axes)
    gap, step = text_size * 0.8, text_size * LINE_HEIGHT
    count = len(lines) + (figure is not None)
    if side != "middle":
        x += gap if side == "left" else -gap
        first = y - count * step / 2 + text_size
    elif y < web.y:
        first = y - gap - (count - 1) * step
    else:
        first = y + gap + text_size * 0.75
    words = [Words(x, first + row * step, line, text_size, "muted", side) for row, line in enumerate(lines)]
    if figure is not None:
        words.append(Words(x, first + len(lines) * step, figure, text_size, "text", side, bold=True))
    return words
