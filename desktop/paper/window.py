"""What stands behind the window of an envelope: who it comes back to, and where it goes. Knows no paper around it.

The measures are those of Dutch office practice (NEN 1026): 70 mm wide, the address centred on 63.5 mm, all of it
between 49.8 and 78.3 mm from the top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.paper.sheet import Sheet, middle, wrap
from desktop.rules.letters import Window

LEFT = {"left": 35.0, "right": 105.0}
ROOM, MIDDLE, PITCH, MOST = 70.0, 63.5, 5.0, 6
TIGHT = 4.4  # between six lines, so that the return line has its place above them
FIRST, LAST = 54.2, 76.2  # the middle of the highest and of the lowest line that are still seen whole
RETURN_ABOVE, RETURN_MIDDLE = 4.4, 50.8  # over the first line, and no higher than this
RETURN_SIZES = (6.5, 6.0, 5.5)
SIZES = ((10.0, PITCH), (8.5, 4.2), (7.0, 3.4))  # type and pitch, for a paper that may set an address smaller
FOLDS = {"DL": 107.0, "C5": 158.0}


@dataclass(frozen=True)
class Block:
    """The lines of an address as they are set; `first` is the middle of the first one."""

    lines: tuple[str, ...]
    size: float
    pitch: float
    first: float
    back_to: str = ""
    back_size: float = 0.0


def block(
    address: Sequence[str], back_to: Sequence[str] = (), sizes: Sequence[tuple[float, float]] = SIZES[:1]
) -> Block:
    """As large as it fits; when nothing does, in the smallest type all the same, for who measures it.

    `back_to` is the sender said shorter and shorter; the longest that fits on one line is taken.
    """
    line, back_size = _return_line(back_to)
    for size, pitch in sizes:
        lines = tuple(part for each in address for part in wrap(each, ROOM, size))
        made = _placed(lines, size, pitch, line, back_size)
        if made.first + (len(lines) - 1) * made.pitch <= LAST + 0.01:
            break
    return made


def too_many(made: Block) -> int:
    """How many lines are too many."""
    return max(len(made.lines) - most_lines(made), 0)


def longest(address: Sequence[str]) -> str:
    """The line that takes most room, to name it when the address is too long."""
    return max(address, key=lambda line: len(wrap(line, ROOM, SIZES[0][0])), default="")


def most_lines(made: Block) -> int:
    """How many lines of this type have room."""
    if made.size == SIZES[0][0]:
        return MOST
    return int((LAST - FIRST) / made.pitch) + 1


def draw(sheet: Sheet, window: Window, made: Block) -> None:
    x = LEFT[window]
    if made.back_to:
        y = max(made.first - RETURN_ABOVE, RETURN_MIDDLE)
        sheet.text(x, middle(y, made.back_size), made.back_to, made.back_size, colour="muted")
    sheet.lines(x, middle(made.first, made.size), made.lines, made.size, pitch=made.pitch)


def draw_fold(sheet: Sheet, fold: str) -> None:
    """Where the paper is folded: it belongs to paper and envelope, so that no shift of the address moves it."""
    if fold in FOLDS:
        sheet.rule(4, FOLDS[fold], 8, FOLDS[fold], "muted")


def _placed(lines: tuple[str, ...], size: float, pitch: float, line: str, back_size: float) -> Block:
    """Centred as long as the return line keeps its place above it; then as high as it can be."""
    steps = max(len(lines) - 1, 1)
    if line:
        pitch = max(min(pitch, 2 * (MIDDLE - FIRST) / steps), min(pitch, TIGHT))
    first = MIDDLE - (len(lines) - 1) * pitch / 2
    return Block(lines, size, pitch, max(first, FIRST) if line else first, line, back_size)


def _return_line(back_to: Sequence[str]) -> tuple[str, float]:
    for text in back_to:
        for size in RETURN_SIZES:
            if len(wrap(text, ROOM, size)) == 1:
                return text, size
    return "", 0.0
