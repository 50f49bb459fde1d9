"""The feedback letter on one A4. Content in, bytes out.

What does not fit or cannot be printed is Refused by name, never shrunk or left out. Knows no records and no
consent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.errors import Refused
from desktop.language import _
from desktop.paper import codes, fonts, letterplan, window
from desktop.paper.letterhead import draw_letterhead
from desktop.paper.letterplan import (
    FOOTER,
    LEFT,
    NAME_BELOW,
    PICTURE_LEFT,
    PICTURE_WIDTH,
    PITCH,
    RIGHT,
    ROOM,
    TEXT_LEFT,
    VALUE_BELOW,
    VALUE_PITCH,
    Overflow,
    Plan,
    Row,
)
from desktop.paper.printable import named
from desktop.paper.sheet import MM, Sheet, colour_or, wrap
from desktop.rules.letters import ATTENDANCE, CLOSE, MARKS, LetterContent

TITLE = "Terugkoppeling"
LETTERHEAD_TOP = 18.0
CODE_TOP, CODE_HEIGHT = 277.8, 4.4  # between the lowest line of the text and that of the footer


def render(content: LetterContent) -> bytes:
    """One letter as PDF; Refused says by name what does not fit or cannot be printed."""
    return render_batch([content])


def render_batch(contents: Iterable[LetterContent]) -> bytes:
    """Letters of one organisation in one file, a page each."""
    sheet: Sheet | None = None
    for content in contents:
        plan = letterplan.plan(content)
        _check(content, plan)
        if sheet is None:
            sheet = Sheet(TITLE, content.letterhead.name)
        _draw(sheet, content, plan)
        sheet.next_page()
    if sheet is None:
        raise Refused(_("There is no letter to print."))
    return sheet.finish()


def check(content: LetterContent) -> None:
    """Refused by name when it does not fit or cannot be printed; nothing is drawn."""
    _check(content, letterplan.plan(content))


def overflow(content: LetterContent) -> Overflow | None:
    """What is too long at the real width, or nothing; a heading before the page as a whole."""
    return letterplan.too_much(content, letterplan.plan(content))


def line_counts(content: LetterContent) -> tuple[tuple[str, int], ...]:
    """How many lines each heading takes on paper, to show while writing."""
    return tuple((heading, len(letterplan.body_lines(text))) for heading, text in content.core)


def _check(content: LetterContent, plan: Plan) -> None:
    for place, text in _texts(content):
        missing = fonts.unprintable(text)
        if missing:
            raise Refused(
                _("“{place}” has letters that cannot be printed: {letters}").format(
                    place=place, letters=named(missing)
                )
            )
    too_much = letterplan.too_much(content, plan)
    if too_much:
        raise Refused(too_much.sentence())


def _texts(content: LetterContent) -> Iterator[tuple[str, str]]:
    head, closing = content.letterhead, content.closing
    yield from ((_("Letterhead"), text) for text in (head.name, *head.lines, head.phone))
    yield from ((_("Address"), line) for line in (*content.address, *content.back_to[:1]))
    yield from ((label, label + value) for label, value in content.references)
    yield from ((_("Subject"), text) for text in (content.subject, content.kind))
    yield _("Salutation"), content.salutation
    yield from ((heading, heading + text) for heading, text in content.core)
    yield ATTENDANCE, content.attendance
    yield from ((_("Signature"), text) for text in (closing.name, closing.role, closing.phone))
    yield from ((label, label) for label, _mark in content.marks or ())
    yield from ((_("Bottom of the letter"), text) for text in (content.enclosure, content.footer))


def _draw(sheet: Sheet, content: LetterContent, plan: Plan) -> None:
    if content.copy:
        sheet.across("kopie", 150, "copy")
    _draw_footer(sheet, content)
    window.draw_fold(sheet, content.fold)
    with sheet.shifted(content.shift_x, content.shift_y):
        draw_letterhead(sheet, content.letterhead, LEFT, LETTERHEAD_TOP, ROOM)
        window.draw(sheet, content.window, plan.address)
        _draw_references(sheet, plan)
        _draw_subject(sheet, plan)
        for row in plan.rows:
            _draw_row(sheet, row, colour_or(content.letterhead.colour, "primary"))
        _draw_close(sheet, content, plan)
        if content.marks:
            _draw_marks(sheet, content, plan)


def _draw_references(sheet: Sheet, plan: Plan) -> None:
    for reference in plan.references:
        sheet.text(reference.x, reference.y, reference.label, 7, colour="muted")
        value_y = reference.y + VALUE_BELOW
        sheet.lines(reference.x, value_y, reference.lines, 9.5, pitch=VALUE_PITCH)


def _draw_subject(sheet: Sheet, plan: Plan) -> None:
    sheet.lines(LEFT, plan.subject_y, plan.subject, 10.5, pitch=PITCH, bold=True)
    sheet.lines(LEFT, plan.kind_y, plan.kind, 8.5, pitch=VALUE_PITCH, colour="muted")
    sheet.lines(LEFT, plan.salutation_y, plan.salutation, 10, pitch=PITCH)


def _draw_row(sheet: Sheet, row: Row, own: str) -> None:
    colour = "muted" if row.extra else own
    sheet.lines(LEFT, row.y, row.heading, 10, pitch=PITCH, bold=not row.extra, colour=colour)
    sheet.lines(TEXT_LEFT, row.y, row.text, 10, pitch=PITCH)


def _draw_close(sheet: Sheet, content: LetterContent, plan: Plan) -> None:
    name, role, enclosure = letterplan.closing_lines(content)
    sheet.text(LEFT, plan.close_y, CLOSE)
    y = sheet.lines(LEFT, plan.close_y + NAME_BELOW, name, 10, pitch=PITCH, bold=True)
    y = sheet.lines(LEFT, y, role, 9, pitch=4.4, colour="muted")
    sheet.lines(LEFT, y + 2, enclosure, 9, pitch=4.4)


def _draw_marks(sheet: Sheet, content: LetterContent, plan: Plan) -> None:
    web = letterplan.web(content)
    sheet.picture(web, PICTURE_LEFT, plan.picture_y)
    caption_y = plan.picture_y + web.height / MM + 3
    caption = wrap(MARKS, PICTURE_WIDTH, 7)
    sheet.lines(
        PICTURE_LEFT + PICTURE_WIDTH / 2, caption_y, caption, 7, pitch=3.2, colour="muted", anchor="middle"
    )


def _draw_footer(sheet: Sheet, content: LetterContent) -> None:
    lines = wrap(content.footer, ROOM - _draw_code(sheet, content.code), 7.5)
    sheet.lines(LEFT, FOOTER - (len(lines) - 1) * 3.5, lines, 7.5, pitch=3.5, colour="muted")


def _draw_code(sheet: Sheet, text: str) -> float:
    """Bars at the right, their signs beneath on the line of the footer; answers how much room they take."""
    if not text:
        return 0
    bars = codes.code128(text, height=CODE_HEIGHT)
    bars.draw(sheet, RIGHT - bars.width, CODE_TOP)
    sheet.text(RIGHT, FOOTER, text, 6.5, colour="muted", anchor="right")
    return bars.width + bars.quiet
