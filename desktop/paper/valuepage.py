"""The page of results of a practice as a letter on one A4. Content in, bytes out.

What does not fit is Refused by name, never shrunk. Knows no records and no figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from desktop.drawing import bar
from desktop.errors import Refused
from desktop.language import _, ngettext
from desktop.paper import window
from desktop.paper.letterhead import draw_letterhead
from desktop.paper.letterplan import (
    BOTTOM,
    CLOSE_BELOW,
    COLUMNS,
    FOOTER,
    LEFT,
    PITCH,
    REFERENCES,
    RIGHT,
    ROOM,
    SUBJECT_BELOW,
    VALUE_BELOW,
)
from desktop.paper.printable import refuse_unprintable
from desktop.paper.sheet import MM, Sheet, middle, wrap
from desktop.rules.letters import CLOSE
from desktop.rules.valuepage import Told, ValuePage

LETTERHEAD_TOP = 18.0
FIGURE_LEFT, BAR_LEFT, BAR_HEIGHT, ROW = 92.0, 140.0, 3.0, 7.2
SMALL, SMALL_PITCH = 8.0, 3.8
SALUTATION_BELOW, NAME_BELOW = 10.0, 13.0
BODY_BELOW, AFTER_INTRO, AFTER_TABLE, AFTER_TALK = 8.0, 2.6, 1.0, 3.0
TITLE = "Resultaten voor de praktijk"


def render(pages: Iterable[ValuePage]) -> bytes:
    """A page for each practice in one file; Refused says by name what does not fit or cannot be printed."""
    sheet: Sheet | None = None
    for page in pages:
        _refuse_unprintable(page)
        if sheet is None:
            sheet = Sheet(TITLE, page.letterhead.name)
        _draw(sheet, page)
        sheet.next_page()
    if sheet is None:
        raise Refused(_("There is no page to print."))
    return sheet.finish()


def _draw(sheet: Sheet, page: ValuePage) -> None:
    footer = wrap(page.footer, ROOM, 7.5)
    sheet.lines(LEFT, FOOTER - (len(footer) - 1) * 3.5, footer, 7.5, pitch=3.5, colour="muted")
    window.draw_fold(sheet, page.fold)
    with sheet.shifted(page.shift_x, page.shift_y):
        draw_letterhead(sheet, page.letterhead, LEFT, LETTERHEAD_TOP, ROOM)
        _draw_address(sheet, page)
        y = _draw_top(sheet, page)
        y = _draw_figures(sheet, page, y)
        y = _draw_talk(sheet, page, y)
        y = _draw_close(sheet, page, y + CLOSE_BELOW - PITCH)
    _refuse_overflow(page, y + max(page.shift_y, 0))


def _draw_address(sheet: Sheet, page: ValuePage) -> None:
    made = window.block(page.address, page.back_to)
    if window.too_many(made):
        raise Refused(_("The address of {practice} is too long for the window.").format(practice=page.address[0]))
    window.draw(sheet, page.window, made)


def _draw_top(sheet: Sheet, page: ValuePage) -> float:
    """References, subject, salutation and the first sentence."""
    for x, (label, value) in zip(COLUMNS[::2], page.references, strict=False):
        sheet.text(x, REFERENCES, label, 7, colour="muted")
        sheet.text(x, REFERENCES + VALUE_BELOW, value, 9.5)
    y = REFERENCES + VALUE_BELOW + SUBJECT_BELOW
    y = sheet.lines(LEFT, y, wrap(page.subject, ROOM, 10.5, bold=True), 10.5, pitch=PITCH, bold=True) - PITCH
    y = sheet.lines(LEFT, y + SALUTATION_BELOW, wrap(page.salutation, ROOM, 10), 10, pitch=PITCH) - PITCH
    return sheet.lines(LEFT, y + BODY_BELOW, wrap(page.intro, ROOM, 10), 10, pitch=PITCH)


def _draw_figures(sheet: Sheet, page: ValuePage, y: float) -> float:
    """Name, figure and, when the share may be seen, a bar; a fine line between."""
    if not page.figures:
        return y + AFTER_TALK
    y += AFTER_INTRO
    for figure in page.figures:
        sheet.rule(LEFT, y - 4.6, RIGHT, y - 4.6)
        y = _draw_figure(sheet, figure, y)
    sheet.rule(LEFT, y - 4.6, RIGHT, y - 4.6)
    y += AFTER_TABLE
    return sheet.lines(LEFT, y, wrap(page.counted, ROOM, SMALL), SMALL, pitch=SMALL_PITCH, colour="muted") + BODY_BELOW


def _draw_figure(sheet: Sheet, figure: Told, y: float) -> float:
    baseline = middle(y - 4.6 + ROW / 2, 10)
    sheet.text(LEFT, baseline, figure.name)
    sheet.text(FIGURE_LEFT, baseline, figure.figure, bold=True)
    if figure.share is not None:
        picture = bar(figure.share, (RIGHT - BAR_LEFT) * MM, BAR_HEIGHT * MM)
        sheet.picture(picture, BAR_LEFT, y - 4.6 + (ROW - BAR_HEIGHT) / 2)
    return y + ROW


def _draw_talk(sheet: Sheet, page: ValuePage, y: float) -> float:
    for heading, text in page.talk:
        y = sheet.lines(LEFT, y, wrap(heading, ROOM, 10, bold=True), 10, pitch=PITCH, bold=True, colour="primary")
        y = sheet.lines(LEFT, y, wrap(text, ROOM, 10), 10, pitch=PITCH) + AFTER_TALK
    return y


def _draw_close(sheet: Sheet, page: ValuePage, y: float) -> float:
    closing = page.closing
    sheet.text(LEFT, y, CLOSE)
    y = sheet.lines(LEFT, y + NAME_BELOW, wrap(closing.name, ROOM, 10, bold=True), 10, pitch=PITCH, bold=True)
    role = " · ".join(part for part in (closing.role, closing.phone) if part)
    return sheet.lines(LEFT, y, wrap(role, ROOM, 9) if role else [], 9, pitch=4.4, colour="muted")


def _refuse_unprintable(page: ValuePage) -> None:
    """Of many pages it is said which one."""
    try:
        refuse_unprintable(page)
    except Refused as refusal:
        raise Refused(f"{page.address[0] if page.address else ''}: {refusal.message}") from refusal


def _refuse_overflow(page: ValuePage, end: float) -> None:
    """What was agreed is the only text without an end of its own."""
    lines = ceil((end - BOTTOM) / PITCH)
    if lines > 0:
        text = ngettext(
            "The page of {practice} is {n} line too long: shorten what was agreed in the last talk.",
            "The page of {practice} is {n} lines too long: shorten what was agreed in the last talk.",
            lines,
        )
        raise Refused(text.format(practice=page.address[0] if page.address else "", n=lines))
