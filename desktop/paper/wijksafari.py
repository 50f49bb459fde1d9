"""The wijksafari card on one A4 in large type, two columns. Content in, bytes out.

What does not fit is named, never shrunk and never left out without a word. Knows no records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop.errors import Refused
from desktop.language import _
from desktop.paper.codes import qr
from desktop.paper.letterhead import draw_name
from desktop.paper.printable import refuse_unprintable
from desktop.paper.sheet import Sheet, middle, wrap
from desktop.rules.tasks import capital
from desktop.rules.wijksafari import FULL, Group, Offer, Safari, address_of, website

LEFT, RIGHT, TOP = 16.0, 194.0, 13.0
GAP = 8.0
COLUMN = (RIGHT - LEFT - GAP) / 2
BOTTOM, BAND_TOP, BAND_END = 256.0, 260.0, 287.0
TRIES = 36
BAND_PADDING, CODE_SQUARE, PHONE = 5.0, 0.6, 20.0
TITLE, TITLE_PITCH, SUBTITLE, SUBTITLE_PITCH = 22.0, 9.2, 12.0, 5.4
HEADING, HEADING_HIGH = 13.0, 8.0  # the smallest type on the card is 11 points
NAME, NAME_PITCH, TEXT, TEXT_PITCH, OFFER_GAP = 12.0, 5.3, 11.0, 4.9, 3.4


@dataclass(frozen=True)
class _Line:
    """One line of an activity, with how it is set."""

    text: str
    size: float = TEXT
    pitch: float = TEXT_PITCH
    bold: bool = False
    colour: str = "text"


@dataclass(frozen=True)
class _Placed:
    """An activity or a heading at its place."""

    x: float
    y: float
    heading: str = ""
    lines: tuple[_Line, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What stands where, and which activities found no room."""

    placed: tuple[_Placed, ...]
    left_out: tuple[Offer, ...]


def render(safari: Safari) -> bytes:
    """One A4; Refused names what has no room or cannot be printed."""
    refuse_unprintable(safari)
    planned = _balanced(safari)
    if planned.left_out:
        names = ", ".join(offer.title for offer in planned.left_out)
        raise Refused(_("This does not fit on one page any more: {names}").format(names=names))
    sheet = Sheet("Wijksafari", safari.letterhead.name)
    draw_name(sheet, safari.letterhead, LEFT, TOP, RIGHT - LEFT)
    _draw_title(sheet, safari)
    for each in planned.placed:
        _draw_placed(sheet, each)
    _draw_band(sheet, safari)
    return sheet.finish()


def plan(safari: Safari) -> Plan:
    """What fits on the page as a whole."""
    return _flowed(safari, BOTTOM)


def _balanced(safari: Safari) -> Plan:
    """Two columns of about the same length, when there is room to spare."""
    top = _columns_top(safari)
    tries = (_flowed(safari, top + (BOTTOM - top) * part / TRIES) for part in range(TRIES // 3, TRIES + 1))
    return next((each for each in tries if not each.left_out), plan(safari))


def _flowed(safari: Safari, bottom: float) -> Plan:
    """Down the left column, then down the right one; nothing is torn apart, no heading stands alone, and a group that
    goes on in the right column has its heading there once more."""
    top = _columns_top(safari)
    x, y = LEFT, top
    placed: list[_Placed] = []
    left_out: list[Offer] = []
    for heading, first, offer in _in_order(safari.groups):
        lines = _lines(offer)
        needed = _height(lines) + (HEADING_HIGH if first else 0)
        if y + needed > bottom and x == LEFT:
            x, y, needed = LEFT + COLUMN + GAP, top, _height(lines) + HEADING_HIGH
        if y + needed > bottom:
            left_out.append(offer)
            continue
        if first or y == top:
            placed.append(_Placed(x, y, heading=heading))
            y += HEADING_HIGH
        placed.append(_Placed(x, y, lines=lines))
        y += _height(lines) + OFFER_GAP
    return Plan(tuple(placed), tuple(left_out))


def _in_order(groups: Sequence[Group]) -> Iterator[tuple[str, bool, Offer]]:
    """Every activity with its heading, and whether it is the first under it."""
    for group in groups:
        for number, offer in enumerate(group.offers):
            yield group.heading, not number, offer


def _height(lines: Sequence[_Line]) -> float:
    return sum(line.pitch for line in lines)


@lru_cache(maxsize=512)  # choosing measures the same activities again and again
def _lines(offer: Offer) -> tuple[_Line, ...]:
    """Title, whether it is full, when, where, what it costs and how one joins."""
    name = [_Line(line, NAME, NAME_PITCH, bold=True) for line in wrap(offer.title, COLUMN, NAME, bold=True)]
    full = [_Line(FULL, bold=True, colour="primary")] if offer.full else []
    texts = (*offer.when, offer.where, *_cost(offer))
    return (*name, *full, *(_Line(line) for text in texts if text for line in wrap(text, COLUMN, TEXT)))


def _cost(offer: Offer) -> tuple[str, ...]:
    """Price and joining beside each other when that fits on one line."""
    both = " · ".join(part for part in (offer.price, offer.join) if part)
    return (both,) if len(wrap(both, COLUMN, TEXT)) == 1 else (offer.price, capital(offer.join))


def _columns_top(safari: Safari) -> float:
    return _title_top(safari) + len(_title(safari)) * TITLE_PITCH + len(_subtitle(safari)) * SUBTITLE_PITCH + 4.0


def _title_top(safari: Safari) -> float:
    """A long name of the organisation pushes the title down."""
    return TOP + 20.0 + 6.4 * (len(wrap(safari.letterhead.name, RIGHT - LEFT - 46, 14, bold=True)) - 1)


def _title(safari: Safari) -> list[str]:
    return wrap(safari.title, RIGHT - LEFT, TITLE, bold=True)


def _subtitle(safari: Safari) -> list[str]:
    return wrap(safari.subtitle, RIGHT - LEFT, SUBTITLE) if safari.subtitle else []


def _draw_title(sheet: Sheet, safari: Safari) -> None:
    y = sheet.lines(LEFT, _title_top(safari), _title(safari), TITLE, pitch=TITLE_PITCH, bold=True, colour="primary")
    sheet.lines(LEFT, y - 2.4, _subtitle(safari), SUBTITLE, pitch=SUBTITLE_PITCH, colour="muted")


def _draw_placed(sheet: Sheet, placed: _Placed) -> None:
    if placed.heading:
        sheet.text(placed.x, placed.y + 1.2, placed.heading, HEADING, bold=True, colour="primary")
        sheet.rule(placed.x, placed.y + 2.8, placed.x + COLUMN, placed.y + 2.8, "primary", 0.8)
    y = placed.y
    for line in placed.lines:
        sheet.text(placed.x, y, line.text, line.size, bold=line.bold, colour=line.colour)
        y += line.pitch


def _draw_band(sheet: Sheet, safari: Safari) -> None:
    """Whom to ask, at the foot: the phone large, the website as words and as a code."""
    sheet.box(LEFT, BAND_TOP, RIGHT - LEFT, BAND_END - BAND_TOP, fill="tint", round_by=2.5)
    room = RIGHT - LEFT - 2 * BAND_PADDING - _draw_code(sheet, safari)
    x, y = LEFT + BAND_PADDING, BAND_TOP + 7.5
    y = sheet.lines(x, y, wrap(safari.remark, room, TEXT), TEXT, pitch=TEXT_PITCH)
    if safari.phone:
        sheet.text(x, y + 5.0, safari.phone, PHONE, bold=True)
    below = y + 5.0 if not safari.phone else BAND_END - 3.4
    sheet.text(x, below, website(safari.website), NAME, bold=True, colour="primary")


def _draw_code(sheet: Sheet, safari: Safari) -> float:
    """The website as a QR code on white; answers the room it took."""
    address = address_of(safari.website)
    if not address:
        return 0
    code = qr(address, CODE_SQUARE)
    side = min(code.width + 2 * code.quiet, BAND_END - BAND_TOP - 1)
    x, y = RIGHT - BAND_PADDING - side, middle(BAND_TOP + (BAND_END - BAND_TOP - side) / 2, 0)
    sheet.box(x, y, side, side, fill="white", round_by=1)
    inset = (side - code.width) / 2
    code.draw(sheet, x + inset, y + inset)
    return side + BAND_PADDING
