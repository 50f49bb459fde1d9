"""Where everything in a feedback letter stands, in mm, and what does not fit; measured before it is drawn.

The measures are those of Dutch office practice (NEN 1026); a y is a baseline, except the middle of the
address. Knows typefaces, but draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from desktop.drawing import Picture, hexagon
from desktop.language import _, ngettext
from desktop.paper import window
from desktop.paper.sheet import MM, wrap
from desktop.rules.letters import ATTENDANCE, LINES_PER_HEADING, LetterContent

LEFT, RIGHT = 35.0, 175.0
ROOM = RIGHT - LEFT
COLUMNS = (35.0, 70.0, 105.0, 140.0)
COLUMN_ROOM = 33.0
REFERENCES, VALUE_BELOW, VALUE_PITCH, VALUE_LINES, REFERENCE_PITCH = 96.0, 4.3, 4.0, 2, 9.5
SUBJECT_BELOW, KIND_BELOW, SALUTATION_BELOW, BODY_BELOW = 10.0, 4.8, 12.0, 10.5
TEXT_LEFT, HEADING_ROOM, PITCH, ROW_GAP = 79.5, 42.0, 5.0, 3.4
CLOSE_BELOW, NAME_BELOW = 11.5, 15.0
PICTURE_LEFT, PICTURE_WIDTH, PICTURE_BELOW, CAPTION, CLOSE_ROOM = 113.0, 62.0, 3.0, 7.0, 74.0
BOTTOM, FOOTER = 277.0, 284.5
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Overflow:
    """How many lines are too many, and under which heading; no heading means the page as a whole."""

    lines: int
    heading: str = ""
    longest: str = ""  # of several lines the one that takes most room

    def sentence(self) -> str:
        """What must go, for the writer."""
        if self.heading:
            text = ngettext(
                "“{heading}” is {n} line too long.", "“{heading}” is {n} lines too long.", self.lines
            )
        else:
            text = ngettext(
                "The letter is {n} line too long for one page.",
                "The letter is {n} lines too long for one page.",
                self.lines,
            )
        said = text.format(heading=self.heading, n=self.lines)
        return _("{said} The longest line: “{line}”.").format(said=said, line=self.longest) if self.longest else said


@dataclass(frozen=True)
class Row:
    name: str
    heading: tuple[str, ...]
    text: tuple[str, ...]
    y: float
    extra: bool = False  # attendance: beside the four headings, so not in bold

    @property
    def end(self) -> float:
        return self.y + max(len(self.heading), len(self.text)) * PITCH


@dataclass(frozen=True)
class Reference:
    label: str
    lines: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True)
class Plan:
    """Where everything stands, in mm; measured once, for the warning and for the drawing."""

    address: window.Block
    references: tuple[Reference, ...]
    subject: tuple[str, ...]
    subject_y: float
    kind: tuple[str, ...]
    kind_y: float
    salutation: tuple[str, ...]
    salutation_y: float
    rows: tuple[Row, ...]
    close_y: float
    picture_y: float
    end: float


def too_much(content: LetterContent, plan: Plan) -> Overflow | None:
    """A heading that is too long, before the page as a whole."""
    if lines := window.too_many(plan.address):
        return Overflow(lines, _("Address"), window.longest(content.address))
    for reference in plan.references:
        if len(reference.lines) > VALUE_LINES:
            return Overflow(len(reference.lines) - VALUE_LINES, reference.label)
    for row in plan.rows:
        if len(row.text) > LINES_PER_HEADING and not row.extra:
            return Overflow(len(row.text) - LINES_PER_HEADING, row.name)
    too_low = plan.end + max(content.shift_y, 0) - BOTTOM
    return Overflow(ceil(too_low / PITCH)) if too_low > 0 else None


def plan(content: LetterContent) -> Plan:
    references, pushed = _references(content)
    subject = tuple(wrap(content.subject, ROOM, 10.5, bold=True))
    salutation = tuple(wrap(content.salutation, ROOM, 10))
    subject_y = REFERENCES + VALUE_BELOW + pushed + SUBJECT_BELOW
    kind = tuple(wrap(content.kind, ROOM, 8.5))
    kind_y = subject_y + (len(subject) - 1) * PITCH + KIND_BELOW
    salutation_y = kind_y + (len(kind) - 1) * VALUE_PITCH + SALUTATION_BELOW
    rows = tuple(_rows(content, salutation_y + (len(salutation) - 1) * PITCH + BODY_BELOW))
    body_end = rows[-1].end if rows else salutation_y
    return Plan(
        address=window.block(content.address, content.back_to),
        references=references,
        subject=subject,
        subject_y=subject_y,
        kind=kind,
        kind_y=kind_y,
        salutation=salutation,
        salutation_y=salutation_y,
        rows=rows,
        close_y=body_end + CLOSE_BELOW,
        picture_y=body_end + PICTURE_BELOW,
        end=max(_close_end(content, body_end + CLOSE_BELOW), _picture_end(content, body_end)),
    )


def _references(content: LetterContent) -> tuple[tuple[Reference, ...], float]:
    """Four columns, a fifth under the first, a long one on a row of its own; and how far the subject is pushed down."""
    placed: list[Reference] = []
    y = REFERENCES
    for row, room in _reference_rows(content.references):
        wrapped = [tuple(wrap(value, room, 9.5)) for _label, value in row]
        placed += [
            Reference(label, lines, x, y)
            for x, (label, _value), lines in zip(COLUMNS, row, wrapped, strict=False)
        ]
        y += REFERENCE_PITCH + VALUE_PITCH * (max(len(lines) for lines in wrapped) - 1)
    return tuple(placed), max(y - REFERENCES - REFERENCE_PITCH, 0)


def _reference_rows(references: Pairs) -> Iterator[tuple[Pairs, float]]:
    """Those that fit in a column beside each other, then each that is too long for one."""
    long = tuple(each for each in references if len(wrap(each[1], COLUMN_ROOM, 9.5)) > VALUE_LINES)
    short = tuple(each for each in references if each not in long)
    for start in range(0, len(short), len(COLUMNS)):
        yield short[start : start + len(COLUMNS)], COLUMN_ROOM
    yield from (((each,), ROOM) for each in long)


def _rows(content: LetterContent, y: float) -> Iterator[Row]:
    parts = [(heading, text, False) for heading, text in content.core]
    for heading, text, extra in [*parts, (ATTENDANCE, content.attendance, True)]:
        if text.strip():
            lines = tuple(wrap(heading, HEADING_ROOM, 10, bold=not extra))
            row = Row(heading, lines, tuple(body_lines(text)), y, extra)
            yield row
            y = row.end + ROW_GAP


def body_lines(text: str) -> list[str]:
    return wrap(text.strip(), RIGHT - TEXT_LEFT, 10)


def closing_lines(content: LetterContent) -> tuple[list[str], list[str], list[str]]:
    room = CLOSE_ROOM if content.marks else ROOM
    closing = content.closing
    return (
        wrap(closing.name, room, 10, bold=True),
        _role_lines(content, room),
        wrap(content.enclosure, room, 9) if content.enclosure else [],
    )


def _role_lines(content: LetterContent, room: float) -> list[str]:
    """Role and phone beside each other, or under each other when they would be torn apart."""
    parts = [part for part in (content.closing.role, content.closing.phone) if part]
    together = wrap(" · ".join(parts), room, 9) if parts else []
    return together if len(together) < 2 else [line for part in parts for line in wrap(part, room, 9)]


def _close_end(content: LetterContent, close_y: float) -> float:
    name, role, enclosure = closing_lines(content)
    end = close_y + NAME_BELOW + len(name) * PITCH + len(role) * 4.4
    return end + (2 + len(enclosure) * 4.4 if enclosure else 0)


def _picture_end(content: LetterContent, body_end: float) -> float:
    if not content.marks:
        return 0
    return body_end + PICTURE_BELOW + web(content).height / MM + CAPTION


def web(content: LetterContent) -> Picture:
    return _web(content.marks or ())


@lru_cache(maxsize=8)
def _web(marks: tuple[tuple[str, int | None], ...]) -> Picture:
    return hexagon(marks, PICTURE_WIDTH * MM, figures=True, text_size=7.5)
