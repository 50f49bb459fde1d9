"""The blank intake form: to take along, to write on, two sides at most. Knows no records."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.drawing import hexagon
from desktop.paper.letterhead import draw_letterhead
from desktop.paper.printable import refuse_unprintable
from desktop.paper.sheet import MM, Sheet, wrap
from desktop.rules.cards import BlankIntake

LEFT, RIGHT = 20.0, 190.0
LINE = 8.5
FIELD_GAP = 6.0
LOWEST_LINE = 280.0
HIGHEST_MARK = 10
HELP = "Niet opschrijven: burgerservicenummer, diagnoses en medicijnen."


def render(form: BlankIntake) -> bytes:
    """Two sides of A4: the talk on the front, figures and consent on the back."""
    refuse_unprintable(form)
    sheet = Sheet("Intakeformulier", form.letterhead.name)
    _draw_front(sheet, form)
    sheet.next_page()
    _draw_back(sheet, form)
    return sheet.finish()


def _draw_front(sheet: Sheet, form: BlankIntake) -> None:
    draw_letterhead(sheet, form.letterhead, LEFT, 14, RIGHT - LEFT)
    sheet.text(LEFT, 42, "Intakegesprek", 17, bold=True)
    y = _draw_fields(sheet, 50, [("Naam", form.person), ("Contacten met de huisarts, laatste 3 maanden", "")])
    place = "Plaats: thuis / kantoor / huisarts / activiteit"
    y = _draw_fields(sheet, y, [("Datum", form.day), (place, ""), ("Welzijnscoach", form.coach)])
    y = _draw_lines(
        sheet, y + 4, "Wat wil ik graag? Wat zijn mijn doelen?", "in de woorden van de deelnemer", 7
    )
    y = _draw_lines(sheet, y, "Waar word ik blij van?", "wensen, hobby's, wat ik vroeger graag deed", 5)
    y = _draw_lines(sheet, y, "Wat houdt mij tegen?", "vervoer, geld, taal, gezondheid, durven", 5)
    sheet.text(LEFT, 287, HELP, 8, colour="muted")
    sheet.text(RIGHT, 287, "voorkant", 8, colour="muted", anchor="right")


def _draw_fields(sheet: Sheet, y: float, fields: Sequence[tuple[str, str]]) -> float:
    """Beside each other, each as high as the longest value asks."""
    room = (RIGHT - LEFT - FIELD_GAP * (len(fields) - 1)) / len(fields)
    values = [wrap(value, room, 11) for _label, value in fields]
    line = y + 5.5 + max(len(lines) for lines in values) * 5
    for column, ((label, _value), lines) in enumerate(zip(fields, values, strict=True)):
        x = LEFT + column * (room + FIELD_GAP)
        sheet.text(x, y, label, 7.5, colour="muted")
        sheet.lines(x, line - 1.8 - (len(lines) - 1) * 5, lines, 11, pitch=5)
        sheet.rule(x, line, x + room, line, "muted")
    return line + 5.5


def _draw_lines(sheet: Sheet, y: float, question: str, hint: str, lines: int) -> float:
    sheet.text(LEFT, y, question, 11.5, bold=True, colour="primary")
    sheet.text(LEFT, y + 4.6, hint, 8.5, colour="muted")
    ends = [y + 5 + line * LINE for line in range(1, lines + 1)]
    for end in ends:
        if end < LOWEST_LINE:
            sheet.rule(LEFT, end, RIGHT, end)
    return ends[-1] + 10


def _draw_back(sheet: Sheet, form: BlankIntake) -> None:
    sheet.text(LEFT, 22, "Hoe gaat het?", 14, bold=True)
    hint = "Zet een kruis door één cijfer. 0 is heel slecht, 10 is heel goed. Overslaan mag."
    sheet.text(LEFT, 28, hint, 9, colour="muted")
    y = 37.0
    for label in form.marks:
        y = _draw_scale(sheet, label, y)
    y = _draw_web(sheet, form, y)
    y = _draw_plan(sheet, y)
    _draw_consents(sheet, form, y)
    sheet.text(RIGHT, 287, "achterkant", 8, colour="muted", anchor="right")


def _draw_scale(sheet: Sheet, label: str, y: float) -> float:
    lines = wrap(label, 52, 10.5)
    sheet.lines(LEFT, y, lines, 10.5, pitch=4.8)
    for mark in range(HIGHEST_MARK + 1):
        x = LEFT + 60 + mark * 10.6
        sheet.circle(x, y - 1.3, 3.6)
        sheet.text(x, y, str(mark), 10, anchor="middle")
    return y + max(8.6, len(lines) * 4.8 + 2)


def _draw_web(sheet: Sheet, form: BlankIntake, y: float) -> float:
    web = hexagon([(label, None) for label in form.marks], 84 * MM, text_size=8.5)
    sheet.picture(web, (LEFT + RIGHT - 84) / 2, y)
    return y + web.height / MM + 5


def _draw_plan(sheet: Sheet, y: float) -> float:
    sheet.text(LEFT, y + 4, "Wat spreken wij af?", 11.5, bold=True, colour="primary")
    for line in range(1, 4):
        sheet.rule(LEFT, y + 4 + line * LINE, RIGHT, y + 4 + line * LINE)
    return y + 4 + 3 * LINE + 9


def _draw_consents(sheet: Sheet, form: BlankIntake, y: float) -> None:
    sheet.text(LEFT, y, "Toestemming", 11.5, bold=True, colour="primary")
    for column, answer in enumerate(("ja", "nee")):
        sheet.text(RIGHT - 17.8 + column * 14, y, answer, 9, colour="muted", anchor="middle")
    y += 7
    for consent in form.consents:
        lines = wrap(consent, RIGHT - LEFT - 32, 10)
        sheet.lines(LEFT, y, lines, 10, pitch=4.6)
        for column in range(2):
            sheet.box(RIGHT - 20 + column * 14, y - 3.4, 4.4, 4.4, stroke="muted")
        y += len(lines) * 4.6 + 2.2
    _draw_fields(sheet, y + 5, [("Handtekening deelnemer", ""), ("Datum", "")])
