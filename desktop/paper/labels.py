"""Address labels on the sheets that are sold in the Netherlands, from any place on a sheet that was begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.errors import Refused
from desktop.language import _
from desktop.paper.printable import refuse_unprintable
from desktop.paper.sheet import Sheet, middle, wrap
from desktop.rules.labels import FORMATS, LabelFormat

EDGE = 5.0  # mm that stay white: printers do not reach the border, and labels sit a little off
SIZES = ((10.0, 4.8), (9.0, 4.2), (8.0, 3.7), (7.0, 3.2))  # type and pitch; smaller is hard to read


@dataclass(frozen=True)
class Spot:
    """Where one label lies: its page from 0 and its top left in mm."""

    page: int
    x: float
    y: float


def render(addresses: Sequence[tuple[str, ...]], name: str, start: int = 1) -> bytes:
    """A4 sheets; `start` is the first label of the first sheet that is still there."""
    form = FORMATS[name]
    refuse_unprintable(tuple(addresses))
    if not 1 <= start <= form.per_sheet:
        raise Refused(start=_("This sheet has {n} labels.").format(n=form.per_sheet))
    fitted = [_fitted(address, form) for address in addresses]
    sheet, page = Sheet(_("Address labels"), ""), 0
    for place, (size, pitch, lines) in enumerate(fitted, start=start - 1):
        spot = spot_of(form, place)
        if spot.page > page:
            sheet.next_page()
            page = spot.page
        first = spot.y + form.height / 2 - (len(lines) - 1) * pitch / 2
        sheet.lines(spot.x + EDGE, middle(first, size), lines, size, pitch=pitch)
    return sheet.finish()


def spot_of(form: LabelFormat, place: int) -> Spot:
    """Row by row from the top left."""
    page, on_page = divmod(place, form.per_sheet)
    row, column = divmod(on_page, form.columns)
    return Spot(page, form.left + column * (form.width + form.gap), form.top + row * form.height)


def _fitted(address: tuple[str, ...], form: LabelFormat) -> tuple[float, float, list[str]]:
    """As large as it fits; what does not fit at all is refused by name."""
    for size, pitch in SIZES:
        lines = [part for line in address for part in wrap(line, form.width - 2 * EDGE, size)]
        if len(lines) * pitch <= form.height - EDGE:
            return size, pitch, lines
    raise Refused(_("This address does not fit on the label: {name}").format(name=address[0] if address else ""))
