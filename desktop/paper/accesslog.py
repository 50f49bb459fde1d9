"""The access log on paper: a month in numbers, and for one person who looked at their data. Knows no records."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.language import _
from desktop.paper.printable import refuse_unprintable
from desktop.paper.sheet import Sheet, wrap
from desktop.rules.log import KINDS, AccessList, Looked, MonthReport

LEFT, RIGHT, WIDTH = 20.0, 190.0, 170.0
FIRST_TOP, NEXT_TOP, BOTTOM = 60.0, 30.0, 270.0
DAY, WHO, WHAT = 20.0, 44.0, 112.0
PITCH = 5.2
TITLE = "Wie heeft mijn gegevens bekeken"
EXPLAIN = (
    "Hieronder staat per dag wie uw gegevens in Wijkrecept heeft bekeken, gewijzigd of afgedrukt, en in welke rol. "
    "Een getal erachter zegt hoe vaak dat op die dag was."
)
NOBODY = "Niemand heeft deze gegevens bekeken."


def render_month(report: MonthReport) -> bytes:
    """One A4 with the numbers of a month and the end of the chain."""
    refuse_unprintable(report)
    sheet = Sheet(_("Access log of {month}").format(month=report.month), report.organisation)
    sheet.text(LEFT, 28, _("Access log of {month}").format(month=report.month), 20, bold=True)
    sheet.text(LEFT, 36, f"{report.organisation} · {report.made_on}", 10, colour="muted")
    y = _numbers(sheet, 48, [(_(KINDS[kind]), str(times)) for kind, times in report.kinds])
    y = _numbers(sheet, y + 2, [(_("All lines of this month"), str(report.lines))], bold=True)
    y = _colleagues(sheet, y + 10, report.staff)
    y = max(y + 12, 215.0)
    sheet.text(LEFT, y, _("End of the log (line {n})").format(n=report.head_line), 10, bold=True)
    y = sheet.lines(LEFT, y + 6, [report.head[:32], report.head[32:]], 10, pitch=PITCH)
    sheet.lines(LEFT, y + 2, wrap(report.verdict, WIDTH, 10), 10, pitch=PITCH)
    kept = _("Keep this sheet: a log from which lines were taken away later no longer ends like this.")
    sheet.lines(LEFT, 262, wrap(kept, WIDTH, 9), 9, pitch=4.6, colour="muted")
    return sheet.finish()


def _numbers(sheet: Sheet, y: float, rows: Sequence[tuple[str, str]], bold: bool = False) -> float:
    for words, number in rows:
        sheet.text(LEFT, y, words, 10.5, bold=bold)
        sheet.text(110, y, number, 10.5, bold=bold, anchor="right")
        sheet.rule(LEFT, y + 1.8, 110, y + 1.8, width=0.3)
        y += 6.4
    return y


def _colleagues(sheet: Sheet, y: float, rows: Sequence[tuple[str, int, int]]) -> float:
    sheet.text(LEFT, y, _("Colleague"), 9, colour="muted")
    sheet.text(140, y, _("Looked at"), 9, colour="muted", anchor="right")
    sheet.text(RIGHT, y, _("Changed"), 9, colour="muted", anchor="right")
    for name, looked, changed in rows[:20]:
        y += 6.2
        sheet.text(LEFT, y, wrap(name, 90, 10.5)[0], 10.5)
        sheet.text(140, y, str(looked), 10.5, anchor="right")
        sheet.text(RIGHT, y, str(changed), 10.5, anchor="right")
    return y


def render_access(access: AccessList) -> bytes:
    """As many A4 pages as the list asks for, always Dutch."""
    refuse_unprintable(access)
    sheet = Sheet(TITLE, access.organisation)
    pages = _pages(access.lines)
    for number, lines in enumerate(pages):
        if number:
            sheet.next_page()
        y = _top_of(sheet, access, number, len(pages))
        for line in lines:
            y = _draw(sheet, line, y)
        if not access.lines:
            sheet.text(LEFT, y, NOBODY, 11)
    return sheet.finish()


def _top_of(sheet: Sheet, access: AccessList, number: int, pages: int) -> float:
    footer = f"{access.organisation} · gemaakt op {access.made_on}"
    sheet.text(LEFT, 285, footer, 8, colour="muted")
    sheet.text(RIGHT, 285, f"blad {number + 1} van {pages}", 8, colour="muted", anchor="right")
    if number:
        sheet.text(LEFT, 20, f"{TITLE}: {access.person}", 10, bold=True)
        return NEXT_TOP
    sheet.text(LEFT, 26, TITLE, 20, bold=True)
    sheet.lines(LEFT, 35, wrap(access.person, WIDTH, 12)[:1], 12, pitch=6)
    sheet.lines(LEFT, 43, wrap(EXPLAIN, WIDTH, 10), 10, pitch=PITCH, colour="muted")
    return FIRST_TOP


def _pages(lines: Sequence[Looked]) -> list[list[Looked]]:
    pages: list[list[Looked]] = [[]]
    y = FIRST_TOP
    for line in lines:
        height = _height(line)
        if y + height > BOTTOM:
            pages.append([])
            y = NEXT_TOP
        pages[-1].append(line)
        y += height
    return pages


def _who(line: Looked) -> list[str]:
    return wrap(f"{line.who} ({line.roles.lower()})" if line.roles else line.who, WHAT - WHO - 4, 10)


def _what(line: Looked) -> list[str]:
    return wrap(f"{line.what} ({line.times}x)" if line.times > 1 else line.what, RIGHT - WHAT, 10)


def _height(line: Looked) -> float:
    return max(len(_who(line)), len(_what(line))) * 4.6 + 3


def _draw(sheet: Sheet, line: Looked, y: float) -> float:
    sheet.text(DAY, y, f"{line.day:%d-%m-%Y}", 10)
    sheet.lines(WHO, y, _who(line), 10, pitch=4.6)
    sheet.lines(WHAT, y, _what(line), 10, pitch=4.6)
    below = y + _height(line)
    sheet.rule(LEFT, below - 4.4, RIGHT, below - 4.4, width=0.3)
    return below
