"""The sheet on top of the letters of one practice: the address for the window, how many, which vouchers; no names."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.errors import Refused
from desktop.language import _
from desktop.paper import window
from desktop.paper.letterhead import draw_letterhead
from desktop.paper.letterplan import LEFT, RIGHT, ROOM
from desktop.paper.printable import refuse_unprintable
from desktop.paper.sheet import Sheet, wrap
from desktop.rules.batches import CoverSlip

HEAD_TOP, TITLE, FACTS, LIST = 14.0, 104.0, 116.0, 138.0
MOST_FOLDED = 6  # letters in an envelope of this size, with the slip
COLUMNS, PITCH, BOTTOM, FOOT = 4, 6.0, 272.0, 284.5
NEXT_LIST = 30.0


def render(slip: CoverSlip) -> bytes:
    """One A4, more only for a practice with more letters than fit on it."""
    refuse_unprintable(slip)
    sheet = Sheet("Omslag", slip.letterhead.name)
    pages = _pages(slip.numbers)
    for page, (top, numbers) in enumerate(pages, start=1):
        if page == 1:
            _draw_front(sheet, slip)
        else:
            sheet.next_page()
            sheet.text(LEFT, 22, wrap(slip.practice, ROOM, 11, bold=True)[0], 11, bold=True)
        _draw_numbers(sheet, numbers, top)
        _draw_foot(sheet, slip, page, len(pages))
    return sheet.finish()


def _draw_front(sheet: Sheet, slip: CoverSlip) -> None:
    draw_letterhead(sheet, slip.letterhead, LEFT, HEAD_TOP, ROOM)
    window.draw_fold(sheet, slip.fold)
    with sheet.shifted(slip.shift_x, slip.shift_y):
        window.draw(sheet, slip.window, _fitted(slip))
    count = len(slip.numbers)
    sheet.text(LEFT, TITLE, _title(count), 15, bold=True)
    sheet.text(LEFT, FACTS, slip.day, 10.5)
    sheet.text(LEFT, FACTS + 5.2, f"Praktijk {slip.place} van {slip.places}", 10.5)
    sheet.text(LEFT, LIST - 7, "Ons kenmerk van elke brief, in de volgorde van de stapel:", 10.5, bold=True)


def _title(count: int) -> str:
    """How many letters belong to this sheet; a folded pile of more does not go in the envelope."""
    if count > MOST_FOLDED:
        return f"{count} brieven voor deze praktijk, in een grote envelop"
    return "1 brief in deze envelop" if count == 1 else f"{count} brieven in deze envelop"


def _fitted(slip: CoverSlip) -> window.Block:
    """As large as the window has room for; never a line less."""
    made = window.block(slip.address, slip.back_to, window.SIZES)
    if window.too_many(made):
        raise Refused(_("The address of {practice} does not fit on a cover slip.").format(practice=slip.practice))
    return made


def _draw_numbers(sheet: Sheet, numbers: Sequence[str], top: float) -> None:
    """Down the first column, then the second: as the pile lies."""
    rows = _rows(top)
    for at, number in enumerate(numbers):
        x = LEFT + at // rows * ROOM / COLUMNS
        sheet.text(x, top + at % rows * PITCH, wrap(number, ROOM / COLUMNS - 2, 10)[0], 10)


def _draw_foot(sheet: Sheet, slip: CoverSlip, page: int, pages: int) -> None:
    sheet.text(LEFT, FOOT, f"Print {slip.mark}", 8, colour="muted")
    if pages > 1:
        sheet.text(RIGHT, FOOT, f"blad {page} van {pages}", 8, colour="muted", anchor="right")


def _pages(numbers: Sequence[str]) -> list[tuple[float, tuple[str, ...]]]:
    """Where the list begins on each page, and what stands in it."""
    pages: list[tuple[float, tuple[str, ...]]] = []
    rest, top = tuple(numbers), LIST
    while rest or not pages:
        fits = _rows(top) * COLUMNS
        pages.append((top, rest[:fits]))
        rest, top = rest[fits:], NEXT_LIST
    return pages


def _rows(top: float) -> int:
    return int((BOTTOM - top) // PITCH) + 1
