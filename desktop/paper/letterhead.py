"""The head of every paper: logo or coloured square, name, and the address line under it. Knows no letter."""

from __future__ import annotations

from desktop.language import _
from desktop.paper.images import LOGO, logo_size
from desktop.paper.sheet import Sheet, colour_or, middle, wrap
from desktop.rules.letters import Letterhead

SQUARE = 9.2
BESIDE_LOGO, BESIDE_SQUARE = 3.5, 2.9
LARGE = 14.0
STRIP, STRIP_LEFT, STRIP_TOP = (160.0, 26.0), 10.0, 6.0  # as much room beside it as the letter gives: 140 mm
SIZES = (
    (13.0, 5.6, 1),
    (11.0, 4.8, 2),
    (9.0, 4.0, 99),
)  # type, pitch, most lines: a long name is set smaller


def draw_name(sheet: Sheet, head: Letterhead, x: float, y: float, room: float) -> float:
    """Only who it is from, in large type; answers where the next line may stand."""
    taken = _draw_sign(sheet, head, x, y)
    lines = wrap(head.name, room - taken, LARGE, bold=True)
    return sheet.lines(x + taken, middle(y + SQUARE / 2, LARGE), lines, LARGE, pitch=6.4, bold=True)


def draw_letterhead(sheet: Sheet, head: Letterhead, x: float, y: float, room: float) -> float:
    """From its top left; answers where its last line stands."""
    taken = _draw_sign(sheet, head, x, y)
    left, room = x + taken, room - taken
    size, pitch, lines = _fitted(head.name, room)
    below = sheet.lines(left, y + 3.6, lines, size, pitch=pitch, bold=True)
    small = _together([part for part in (*head.lines, head.phone) if part], room)
    if not small:
        return below
    return sheet.lines(left, below - pitch + 4.9, small, 8, pitch=3.7, colour="muted")


def letterhead_end(head: Letterhead, room: float) -> float:
    """How far below its top the last line of the head stands, in mm."""
    room -= logo_size(head.logo)[0] + BESIDE_LOGO if head.logo else SQUARE + BESIDE_SQUARE
    _size, pitch, lines = _fitted(head.name, room)
    small = _together([part for part in (*head.lines, head.phone) if part], room)
    name_end = 3.6 + (len(lines) - 1) * pitch
    return name_end + (4.9 + (len(small) - 1) * 3.7 if small else 0)


def _draw_sign(sheet: Sheet, head: Letterhead, x: float, y: float) -> float:
    if head.logo:
        wide, _high = sheet.image(head.logo, x, y - 0.5, *LOGO)
        return wide + BESIDE_LOGO
    sheet.box(x, y, SQUARE, SQUARE, fill=colour_or(head.colour, "primary"), round_by=1.9)
    return SQUARE + BESIDE_SQUARE


def _together(parts: list[str], room: float) -> list[str]:
    """As many beside each other as fit; no line begins or ends with the dot between two."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]} · {part}" if lines else part
        if lines and len(wrap(joined, room, 8)) == 1:
            lines[-1] = joined
        else:
            lines += wrap(part, room, 8)
    return lines


def _fitted(name: str, room: float) -> tuple[float, float, list[str]]:
    sizes = ((size, pitch, most, wrap(name, room, size, bold=True)) for size, pitch, most in SIZES)
    return next((size, pitch, lines) for size, pitch, most, lines in sizes if len(lines) <= most)


def render_letterhead(head: Letterhead) -> bytes:
    """Only the head, on a strip as wide as a letter: to look at while it is being filled in."""
    sheet = Sheet(_("Letterhead"), head.name, size=STRIP)
    draw_letterhead(sheet, head, STRIP_LEFT, STRIP_TOP, STRIP[0] - 2 * STRIP_LEFT)
    sheet.next_page()
    return sheet.finish()
