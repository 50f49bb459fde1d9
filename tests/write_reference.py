"""Makes the reference letters anew: `python -m tests.write_reference`. Look at each picture before they are committed.

`tests/test_reference_letters.py` compares what is printed now with them. The texts of a kind are not proved here, only
how such a letter stands on paper.
"""

from dataclasses import replace
from pathlib import Path

from PIL import Image

from desktop.paper import letter
from desktop.rules.lettercode import code
from desktop.rules.letters import LetterContent, Letterhead, as_copy
from tests.paper import reading, scanning
from tests.paper.samples import HEAD, LETTER, MARKS, core

FOLDER = Path(__file__).parent / "paper" / "reference"
DOTS = 64  # an inch
GREYS = 16
NAME = "Welzijn op Recept"


def _logo() -> bytes:
    """A shape in two colours on white, as a logo is."""
    from io import BytesIO

    drawn = Image.new("RGB", (400, 130), "white")
    drawn.paste("#7a3cff", (10, 15, 110, 115))
    drawn.paste("#f2a900", (60, 65, 200, 115))
    written = BytesIO()
    drawn.save(written, "PNG")
    return written.getvalue()


def _fixed(number: int, **more: object) -> LetterContent:
    return replace(LETTER, code=code(number), **more)  # type: ignore[arg-type]


LETTERS = {
    "arrived": _fixed(
        1, kind=f"{NAME}, bericht van aankomst", window="left",
        core=core("Uw verwijzing is binnen. Wij bellen mevrouw deze week."),
    ),
    "intake-hexagon": _fixed(2, kind=f"{NAME}, bericht na de intake", marks=MARKS,
                             enclosure="Dit bericht is besproken met de persoon zelf."),
    "progress": _fixed(
        3, kind=f"{NAME}, tussenbericht", attendance="9 van de 12 keer aanwezig, van 3 september tot 19 november.",
        fold="C5", letterhead=replace(HEAD, logo=_logo()),
    ),
    "closing": _fixed(4, kind=f"{NAME}, bericht bij afsluiting · vervangt ons bericht van 3 november 2026"),
    "declined": _fixed(5, kind=f"{NAME}, niet gestart", window="left", references=LETTER.references[:2]),
    "signal": _fixed(6, kind=f"{NAME}, signaal", core=core("Wij maken ons zorgen. Wij belden u vandaag hierover.")),
    "receipt": _fixed(7, kind=f"{NAME}, ontvangstbericht", receipt=True, core=core("Uw verwijzing is binnen.")[:1]),
    "long-names": _fixed(
        8, letterhead=Letterhead("Stichting Maatschappelijke Dienstverlening en Welzijn Rivierdam-Noorderveld e.o.",
                                 HEAD.lines, HEAD.phone, colour="#7a3cff"),
        address=("Gezondheidscentrum en Huisartsenpraktijk De Grote Lindeboom", "t.a.v. dr. A. van Oldenbarnevelt tot "
                 "den Tempel", "Burgemeester van Haarenlaan 1234 bis", "5611 XA  DORPSTAD"),
        subject="Betreft: mw. A.M.C.J. van der Meer-de Wit van Oudshoorn tot Rijsenburg-Welgelegen, geb. 03-04-1951",
        marks=MARKS,
    ),
    "foreign-names": _fixed(
        9, address=("Praktijk Łukasiewicz & Đặng", "t.a.v. dr. Ş. Öztürk-Ğül", *LETTER.address[2:]),
        subject="Betreft: dhr. محمد العربي (Đặng Thị Ánh), geb. 12-11-1948",
        salutation="Geachte dokter Öztürk-Ğül,",
    ),
    "kopie": as_copy(_fixed(10)),
    "copy-to-referrer": _fixed(
        11, address=("Huisartsenpraktijk De Linde", "t.a.v. mw. T. de Haan, praktijkondersteuner", *LETTER.address[2:]),
        salutation="Geachte mevrouw De Haan,", shift_x=2.0, shift_y=-1.5,
    ),
}  # fmt: skip


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


if __name__ == "__main__":
    main()
