"""A coach's day on paper: when, who, where, which number, and room to write. Knows no records."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper.printable import refuse_unprintable
from desktop.paper.sheet import Sheet, wrap
from desktop.rules.cards import DayAppointment, DaySheet

LEFT, TEXT_LEFT, RIGHT = 18.0, 40.0, 192.0
FIRST_TOP, NEXT_TOP, BOTTOM = 42.0, 30.0, 275.0
NOTE_LINE, NOTES = 8.0, 3
MOST_LINES = 30
SHORTENED = "… de rest staat in Wijkrecept"
EMPTY = "Geen afspraken op deze dag."
PRIVACY = "Met persoonsgegevens. Houd dit blad bij u en versnipper het na gebruik."


@dataclass(frozen=True)
class _Block:
    """One appointment, measured."""

    at: str
    name: tuple[str, ...]
    phone: str
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return 8 + (len(self.name) - 1) * 5.4 + len(self.lines) * 4.9 + NOTES * NOTE_LINE + 5


def render(day: DaySheet) -> bytes:
    """As many A4 pages as the day asks for, numbered."""
    refuse_unprintable(day)
    sheet = Sheet("Dagblad", day.organisation)
    pages = _pages([_measured(appointment) for appointment in day.appointments])
    for number, blocks in enumerate(pages):
        if number:
            sheet.next_page()
        _draw_frame(sheet, day, number, len(pages))
        y = _top(number)
        for block in blocks:
            y = _draw_block(sheet, block, y)
        if not day.appointments:
            _draw_empty(sheet, y)
    return sheet.finish()


def _measured(appointment: DayAppointment) -> _Block:
    address = ", ".join(part for part in appointment.address if part)
    parts = (appointment.about, address, appointment.note)
    room = RIGHT - TEXT_LEFT
    lines = tuple(line for part in parts if part for line in wrap(part, room, 10))
    name_room = room - (46 if appointment.phone else 0)
    return _Block(
        appointment.time,
        tuple(wrap(appointment.name, name_room, 12, bold=True)),
        appointment.phone,
        lines if len(lines) <= MOST_LINES else (*lines[:MOST_LINES], SHORTENED),
    )


def _pages(blocks: list[_Block]) -> list[list[_Block]]:
    pages: list[list[_Block]] = [[]]
    y = _top(0)
    for block in blocks:
        if pages[-1] and y + block.height > BOTTOM:
            pages.append([])
            y = _top(len(pages) - 1)
        pages[-1].append(block)
        y += block.height
    return pages


def _top(page: int) -> float:
    return NEXT_TOP if page else FIRST_TOP


def _draw_frame(sheet: Sheet, day: DaySheet, number: int, pages: int) -> None:
    if number:
        sheet.text(LEFT, 20, f"{day.day} · {day.coach}", 10, bold=True)
    else:
        sheet.text(LEFT, 24, day.day[:1].upper() + day.day[1:], 18, bold=True)
        sheet.text(LEFT, 31, " · ".join((day.coach, *_counted(day))), 11, colour="muted")
        sheet.text(RIGHT, 24, day.organisation, 10, colour="muted", anchor="right")
    sheet.text(LEFT, 285, PRIVACY, 8, colour="muted")
    sheet.text(RIGHT, 285, f"blad {number + 1} van {pages}", 8, colour="muted", anchor="right")


def _counted(day: DaySheet) -> tuple[str, ...]:
    count = len(day.appointments)
    return () if not count else ("1 afspraak",) if count == 1 else (f"{count} afspraken",)


def _draw_block(sheet: Sheet, block: _Block, y: float) -> float:
    sheet.rule(LEFT, y, RIGHT, y)
    sheet.text(LEFT, y + 7, block.at, 12, bold=True, colour="primary")
    sheet.text(RIGHT, y + 7, block.phone, 12, bold=True, anchor="right")
    below = sheet.lines(TEXT_LEFT, y + 7, block.name, 12, pitch=5.4, bold=True)
    below = sheet.lines(TEXT_LEFT, below, block.lines, 10, pitch=4.9) - 4.9
    for line in range(1, NOTES + 1):
        sheet.rule(TEXT_LEFT, below + line * NOTE_LINE, RIGHT, below + line * NOTE_LINE, width=0.3)
    return y + block.height


def _draw_empty(sheet: Sheet, y: float) -> None:
    sheet.rule(LEFT, y, RIGHT, y)
    sheet.text(LEFT, y + 10, EMPTY, 12)
    for line in range(1, 9):
        sheet.rule(LEFT, y + 14 + line * NOTE_LINE, RIGHT, y + 14 + line * NOTE_LINE, width=0.3)
