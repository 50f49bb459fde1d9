"""Makes the reference letters anew: `python -m tests.write_reference`. Look at each picture before they are committed.

`tests/test_reference_letters.py` compares what is printed now with them: the page as text and as a picture, and what
each kind of letter says in every made-up situation.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image

from desktop.paper import letter
from desktop.rules.lettercode import code
from desktop.rules.letters import LetterContent, Letterhead, as_copy
from desktop.rules.lettersamples import FORMS, KINDS, situations
from desktop.rules.lettertexts import ENDED, RECEIPT, core_for, name_of
from tests.paper import reading, scanning
from tests.paper.samples import HEAD, LETTER, MARKS

FOLDER = Path(__file__).parent / "paper" / "reference"
WORDS = Path(__file__).parent / "rules" / "reference" / "letters.txt"
DAY = date(2026, 11, 17)
DOTS = 64  # an inch
GREYS = 16


def _logo() -> bytes:
    """A shape in two colours on white, as a logo is."""
    from io import BytesIO

    drawn = Image.new("RGB", (400, 130), "white")
    drawn.paste("#7a3cff", (10, 15, 110, 115))
    drawn.paste("#f2a900", (60, 65, 200, 115))
    written = BytesIO()
    drawn.save(written, "PNG")
    return written.getvalue()


def _fixed(number: int, **more: Any) -> LetterContent:
    return replace(LETTER, code=code(number), **more)


def _of_kind(number: int, kind: str, situation: str, **more: Any) -> LetterContent:
    """A letter with the text that ships, in one made-up situation."""
    (facts,) = (each.facts for each in situations(kind, DAY) if each.key == situation)
    moment, told = _without_consent(kind) or (kind, True)
    return _fixed(number, core=core_for(moment, facts, told), kind=name_of(moment, told), receipt=not told, **more)


def _without_consent(kind: str) -> tuple[str, bool] | None:
    """Which moment a neutral kind of letter is about; None for every other kind."""
    return {RECEIPT: ("arrived", False), ENDED: ("declined", False)}.get(kind)


LETTERS = {
    "arrived": _of_kind(1, "arrived", "planned", window="left"),
    "intake-hexagon": _of_kind(2, "intake", "will_start", marks=MARKS,
                               enclosure="Dit bericht is besproken met de persoon zelf."),
    "progress": _of_kind(3, "progress", "still", attendance="een inloop bij ons in de wijk: 9 van 12 keer", fold="C5",
                         letterhead=replace(HEAD, logo=_logo())),
    "closing": _of_kind(4, "closing", "completed"),
    "declined": _of_kind(5, "declined", "not_reached", window="left", references=LETTER.references[:2]),
    "signal": _of_kind(6, "signal", "meldcode"),
    "receipt": _of_kind(7, RECEIPT, "no_consent"),
    "ended": _of_kind(12, ENDED, "not_asked"),
    "long-names": _fixed(
        8, letterhead=Letterhead("Stichting Maatschappelijke Dienstverlening en Welzijn Rivierdam-Noorderveld e.o.",
                                 HEAD.lines, HEAD.phone, colour="#7a3cff"),
        address=("Gezondheidscentrum en Huisartsenpraktijk De Grote Lindeboom", "t.a.v. mevrouw A. van Oldenbarnevelt "
                 "tot den Tempel", "Burgemeester van Haarenlaan 1234 bis", "5611 XA  DORPSTAD"),
        subject="Betreft: mw. A.M.C.J. van der Meer-de Wit van Oudshoorn tot Rijsenburg-Welgelegen, geb. 03-04-1951",
        marks=MARKS,
    ),
    "foreign-names": _fixed(
        9, address=("Praktijk Łukasiewicz & Đặng", "t.a.v. mevrouw Ş. Öztürk-Ğül", *LETTER.address[2:]),
        subject="Betreft: dhr. محمد العربي (Đặng Thị Ánh), geb. 12-11-1948",
        salutation="Geachte dokter Öztürk-Ğül,",
    ),
    "kopie": as_copy(_fixed(10)),
    "copy-to-referrer": _fixed(
        11, address=("Huisartsenpraktijk De Linde", "t.a.v. mw. T. de Haan, praktijkondersteuner", *LETTER.address[2:]),
        salutation="Geachte mevrouw De Haan,", shift_x=2.0, shift_y=-1.5,
    ),
}  # fmt: skip


def every_text() -> Iterator[str]:
    """What each kind of letter says in every made-up situation, for every form of address."""
    for kind in KINDS:
        for form in FORMS:
            for each in situations(kind, DAY, form):
                moment, told = _without_consent(kind) or (kind, True)
                core = core_for(moment, each.facts, told)
                yield f"== {kind}, {each.key}, {form or 'neutral'}"
                yield from (f"{heading}: {text}" for heading, text in core)


def lines_of(pdf: bytes) -> str:
    return reading.text(pdf).strip() + "\n"


def picture_of(pdf: bytes) -> Image.Image:
    """The page in a few greys."""
    step = 255 // (GREYS - 1)
    return scanning.dots(pdf, DOTS).point(lambda value: round(value / step) * step)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, content in LETTERS.items():
        pdf = letter.render(content)
        (FOLDER / f"{name}.txt").write_text(lines_of(pdf), "utf-8")
        picture_of(pdf).quantize(GREYS).save(FOLDER / f"{name}.png", optimize=True)
    WORDS.parent.mkdir(exist_ok=True)
    WORDS.write_text("\n".join(every_text()) + "\n", "utf-8")


if __name__ == "__main__":
    main()
