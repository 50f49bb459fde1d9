"""A test page: does the address of a letter stand in the window of this organisation's envelopes?"""

from __future__ import annotations

from desktop.language import _
from desktop.paper.letterplan import ADDRESS_LEFT, ADDRESS_MIDDLE, ADDRESS_PITCH, ADDRESS_ROOM, FOLDS
from desktop.paper.sheet import Sheet, middle, wrap
from desktop.rules.cards import WindowTest

FRAME_HEIGHT, AROUND = 35.0, 4.0
LEFT, RIGHT = 35.0, 175.0
ADDRESS = ("Huisartsenpraktijk De Linde", "t.a.v. mw. S. Bos", "Lindelaan 4", "5611 XA  DORPSTAD")


def render(test: WindowTest) -> bytes:
    """One A4 with a frame where the window should be, and rulers to read how far it is off."""
    sheet = Sheet(_("Envelope test page"), "")
    with sheet.shifted(test.shift_x, test.shift_y):
        _draw_window(sheet, ADDRESS_LEFT[test.window])
        if test.fold in FOLDS:
            sheet.rule(4, FOLDS[test.fold], 8, FOLDS[test.fold], "muted")
    _draw_explanation(sheet, test)
    return sheet.finish()


def _draw_window(sheet: Sheet, x: float) -> None:
    left, right, top = x - AROUND, x + ADDRESS_ROOM, ADDRESS_MIDDLE - FRAME_HEIGHT / 2
    sheet.box(left, top, right - left, FRAME_HEIGHT, stroke="primary")
    first = ADDRESS_MIDDLE - (len(ADDRESS) - 1) * ADDRESS_PITCH / 2
    sheet.lines(x, middle(first, 10), ADDRESS, 10, pitch=ADDRESS_PITCH)
    for step in range(-10, 11, 5):
        sheet.rule(left + step, top - 3, left + step, top - 1, "muted")
        sheet.text(left + step, top - 4, str(step), 6.5, colour="muted", anchor="middle")
        sheet.rule(right + 1, top + step, right + 3, top + step, "muted")
        sheet.text(right + 4, middle(top + step, 6.5), str(step), 6.5, colour="muted")


def _draw_explanation(sheet: Sheet, test: WindowTest) -> None:
    sheet.text(LEFT, 120, _("Envelope test page"), 15, bold=True)
    steps = (
        _("Fold this page and put it in the envelope."),
        _("All four lines of the address must be seen in the window, also when the page slides."),
        _("Is the address too far left or right, too high or too low? Read on the rulers by how many mm."),
        _("Fill in that number under Settings, and print this page again."),
    )
    y = 130.0
    for number, step in enumerate(steps, start=1):
        sheet.text(LEFT, y, f"{number}.", 11, bold=True, colour="primary")
        y = sheet.lines(LEFT + 8, y, wrap(step, RIGHT - LEFT - 8, 11), 11, pitch=5.8) + 2.5
    now = _("Now: {x} mm to the right, {y} mm down.").format(x=_mm(test.shift_x), y=_mm(test.shift_y))
    sheet.text(LEFT, y + 4, now, 10, colour="muted")


def _mm(shift: float) -> str:
    return f"{shift:g}".replace(".", ",")
