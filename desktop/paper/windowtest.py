"""A test page: does the address of a letter stand in the window of this organisation's envelopes?

The rulers count from where the frame stands without a shift, so that what is read there can be filled in as it is.
They cross the frame where no address stands: in the envelope what is inside the window can still be read.
"""

from __future__ import annotations

from desktop.language import _
from desktop.paper import window
from desktop.paper.sheet import Sheet, middle, wrap
from desktop.rules.cards import WindowTest

FRAME_HEIGHT, AROUND = 35.0, 4.0
LEFT, RIGHT = 35.0, 175.0
EDGE = 5.0  # mm of paper that printers leave white
REACH = 15  # mm that a ruler shows to either side
ACROSS_ABOVE, DOWN_BEFORE = 1.0, 12.0  # mm from the frame's bottom, and from its right side
ADDRESS = ("Huisartsenpraktijk De Linde", "t.a.v. mw. S. Bos", "Lindelaan 4", "5611 XA  DORPSTAD")


def render(test: WindowTest) -> bytes:
    """One A4 with a frame where the window should be, and rulers to read by how much it is off."""
    sheet = Sheet(_("Envelope test page"), "")
    left, top = window.LEFT[test.window] - AROUND, window.MIDDLE - FRAME_HEIGHT / 2
    window.draw_fold(sheet, test.fold)
    with sheet.shifted(test.shift_x, test.shift_y):
        sheet.box(left, top, AROUND + window.ROOM, FRAME_HEIGHT, stroke="primary")
        window.draw(sheet, test.window, window.block(ADDRESS, test.back_to[-1:]))
    _draw_ruler_across(sheet, left, top + FRAME_HEIGHT - ACROSS_ABOVE + test.shift_y, test.shift_x)
    _draw_ruler_down(sheet, left + AROUND + window.ROOM - DOWN_BEFORE + test.shift_x, top, test.shift_y)
    _draw_explanation(sheet, test)
    return sheet.finish()


def _draw_ruler_across(sheet: Sheet, zero: float, y: float, shift: float) -> None:
    """Under the address: where the left side of the frame stands without a shift is 0."""
    for step in _steps(shift):
        x = zero + step
        if EDGE <= x <= sheet.width - EDGE:
            sheet.rule(x, y - (3 if step % 5 == 0 else 1.5), x, y, "muted", 0.4)
            if step % 5 == 0:
                sheet.text(x, y - 3.8, str(step), 6.5, colour="muted", anchor="middle")


def _draw_ruler_down(sheet: Sheet, x: float, zero: float, shift: float) -> None:
    """Beside the address: where the top of the frame stands without a shift is 0."""
    for step in _steps(shift):
        y = zero + step
        sheet.rule(x, y, x + (3 if step % 5 == 0 else 1.5), y, "muted", 0.4)
        if step % 5 == 0:
            sheet.text(x + 4, middle(y, 6.5), str(step), 6.5, colour="muted")


def _steps(shift: float) -> range:
    return range(round(shift) - REACH, round(shift) + REACH + 1)


def _draw_explanation(sheet: Sheet, test: WindowTest) -> None:
    sheet.text(LEFT, 122, _("Envelope test page"), 15, bold=True)
    steps = (
        _("Print this page at its true size: no fitting, no margins added by the printer."),
        _("Fold it and put it in the envelope. All four lines of the address must be seen in the window, also when "
          "the page slides."),
        _("Or lay the folded page on the envelope and hold both against the light: the frame must stand round the "
          "window."),
        _("Off? Read on the ruler under the address where the left side of the window comes, and on the ruler beside "
          "it where the top of the window comes. Fill in those two numbers as the shift, and print this page again."),
    )  # fmt: skip
    y = 132.0
    for number, step in enumerate(steps, start=1):
        sheet.text(LEFT, y, f"{number}.", 11, bold=True, colour="primary")
        y = sheet.lines(LEFT + 8, y, wrap(step, RIGHT - LEFT - 8, 11), 11, pitch=5.8) + 2.5
    sheet.text(LEFT, y + 4, _shift_words(test), 10, colour="muted")


def _shift_words(test: WindowTest) -> str:
    if not test.shift_x and not test.shift_y:
        return _("Now: no shift.")
    across = _("{n} mm to the left") if test.shift_x < 0 else _("{n} mm to the right")
    down = _("{n} mm up") if test.shift_y < 0 else _("{n} mm down")
    parts = [(across, test.shift_x), (down, test.shift_y)]
    said = ", ".join(words.format(n=f"{abs(shift):g}".replace(".", ",")) for words, shift in parts if shift)
    return _("Now: {shift}.").format(shift=said)
