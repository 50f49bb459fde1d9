"""Envelopes without a window: the address in the lower right part as NEN 1026 wants it, the sender small on top."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.errors import Refused
from desktop.language import _
from desktop.paper.printable import refuse_unprintable
from desktop.paper.sheet import Sheet, middle, wrap
from desktop.rules.labels import ENVELOPES, EnvelopeFormat

SIZES = ((11.5, 6.0), (10.0, 5.2), (9.0, 4.6))
MOST_HEIGHT = 40.0  # mm of address; below it the machine prints its code
SENDER_LEFT, SENDER_TOP, SENDER_SIZE = 15.0, 13.0, 8.0


def render(addresses: Sequence[tuple[str, ...]], name: str, sender: str = "") -> bytes:
    """One page of the envelope's own size for each address."""
    form = ENVELOPES[name]
    refuse_unprintable((*addresses, (sender,)))
    sheet = Sheet(_("Envelopes"), "", (form.width, form.height))
    for place, address in enumerate(addresses):
        if place:
            sheet.next_page()
        _draw(sheet, form, address, sender)
    return sheet.finish()


def _draw(sheet: Sheet, form: EnvelopeFormat, address: tuple[str, ...], sender: str) -> None:
    size, pitch, lines = _fitted(address, form)
    first = form.y - (len(lines) - 1) * pitch / 2
    sheet.lines(form.x, middle(first, size), lines, size, pitch=pitch)
    for row, line in enumerate(wrap(sender, form.width - 2 * SENDER_LEFT - 40, SENDER_SIZE)[:2]):
        sheet.text(SENDER_LEFT, SENDER_TOP + row * 3.8, line, SENDER_SIZE, colour="muted")


def _fitted(address: tuple[str, ...], form: EnvelopeFormat) -> tuple[float, float, list[str]]:
    for size, pitch in SIZES:
        lines = [part for line in address for part in wrap(line, form.room, size)]
        if len(lines) * pitch <= MOST_HEIGHT:
            return size, pitch, lines
    raise Refused(_("This address does not fit on the envelope: {name}").format(name=address[0] if address else ""))
