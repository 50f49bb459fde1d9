"""Everything on file of one person, for that person to read. Knows no records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from desktop.language import _
from desktop.paper.pages import Block, Document, Fact, Heading, Paragraph, Space
from desktop.paper.pages import render as render_pages
from desktop.rules.dates import show_long

Facts = tuple[tuple[str, str], ...]

EXPLAIN = (
    "Dit is alles wat wij van u hebben vastgelegd (artikel 15 AVG). Klopt er iets niet, of wilt u dat wij het "
    "wissen? Zeg het ons: wij antwoorden binnen een maand. U kunt ook een klacht indienen bij de Autoriteit "
    "Persoonsgegevens."
)
LEFT_OUT = "{n} onderdelen zijn weggelaten, omdat ze gegevens van anderen bevatten."
ONE_LEFT_OUT = "Eén onderdeel is weggelaten, omdat het gegevens van anderen bevat."


def render(organisation: str, whose: str, made_on: date, rows: Sequence[tuple[str, Facts]], left_out: int) -> bytes:
    """As many pages as it needs."""
    blocks: list[Block] = [Paragraph(EXPLAIN)]
    if left_out:
        blocks.append(Paragraph(ONE_LEFT_OUT if left_out == 1 else LEFT_OUT.format(n=left_out)))
    for kind, together in groupby(rows, key=lambda row: row[0]):
        blocks.append(Heading(_(kind)))
        for number, (_kind, facts) in enumerate(together):
            if number:
                blocks.append(Space())
            blocks += [Fact(name, value) for name, value in facts]
    under = f"{organisation} · {show_long(made_on)}"
    return render_pages(Document(f"Gegevens van {whose}", organisation, tuple(blocks), under, "Vertrouwelijk"))
