"""The typefaces on paper: which letter is printed from which, how wide it is, and where a line breaks.

Every text goes through here, so nothing is printed as a box and nothing is read as markup. Knows no page.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from copy import copy
from functools import cache, lru_cache
from threading import RLock
from typing import Any

import arabic_reshaper
from bidi import get_display
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.pdfdoc import PDFArray
from reportlab.pdfbase.ttfonts import TTFont

from desktop.paths import resource

REGULAR = "NotoSans"
BOLD = "NotoSans-Bold"
CAPITAL = 0.714  # height of a capital letter, as a share of the size

_FILES = {
    REGULAR: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    "DejaVuSans": "DejaVuSans.ttf",
    "DejaVuSans-Bold": "DejaVuSans-Bold.ttf",
}
_SPARE = "DejaVuSans"
_FACES = {REGULAR: (REGULAR, _SPARE), BOLD: (BOLD, "DejaVuSans-Bold", _SPARE)}  # in order of preference
# What Dutch letters are made of, and names from elsewhere in Latin letters. It stands in the same order in every
# document, so that the typeface in it is the same to the last byte and is kept once for all letters.
_USUAL = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĻļĽľŁłŃńŅņŇňŌōŐőŒœŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŹźŻżŽžȘșȚț"
    "–—‘’‚“”„…•·€°½"
)
_FULL = 256  # a subset holds no more: what is not usual goes into a next one
_JOINERS = "\u200c\u200d"  # they steer how Arabic letters join, and are themselves invisible
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_STROKE = "\u0640"  # the stroke that Arabic letters join
_NATURAL_BREAK = re.compile(r".*[-/@_.,]", re.DOTALL)
_DOUBLE_NAME = re.compile(r"(?<=[^\W\d]-)(?=[^\W\d])")  # "Jansen-|Bakker", but never a date or a number
_VARIATION = re.compile("[\ufe00-\ufe0f]")
_LONGEST = 400  # letters that are looked at together: no line of ours holds more
# reportlab's font objects keep a place in the font file: one document is finished at a time.
FINISHING = RLock()


def clean(text: str) -> str:
    """The text with composed letters and without what has no shape: controls, marks of direction, joiners."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if composed.isprintable() and (composed.isascii() or not _VARIATION.search(composed)):
        return composed
    return "".join(_visible(letter) for letter in composed)


def unprintable(text: str) -> str:
    """The letters of the text that no typeface of ours has, each once."""
    if text.isascii():
        return ""
    return "".join(letter for letter in dict.fromkeys(clean(text)) if not _has_shape(letter))


def runs(text: str, bold: bool = False) -> list[tuple[str, str]]:
    """One line as pieces with the typeface of each, in the order in which they are printed."""
    own = font(bold)
    line = _ordered(clean(text).replace("\n", " "))
    if line.isascii() or _letters(own).keys() >= set(map(ord, line)):
        return [(own, line)] if line else []
    pieces: list[tuple[str, str]] = []
    for letter in line:
        face = _face(letter, own)
        if pieces and (pieces[-1][0] == face or letter == " "):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + letter)
        else:
            pieces.append((face, letter))
    return pieces


def _face(letter: str, own: str) -> str:
    return next((face for face in _FACES[own] if ord(letter) in _letters(face)), own)


def font(bold: bool) -> str:
    """The name of our own typeface, ready to be used."""
    name = BOLD if bold else REGULAR
    _letters(name)
    return name


def begin(document: Any) -> None:
    """Give the usual letters of both typefaces their places in a new document of reportlab."""
    for name in (REGULAR, BOLD):
        state = copy(usual := _usual_places(name))
        state.assignments, state.subsets = dict(usual.assignments), [list(each) for each in usual.subsets]
        pdfmetrics.getFont(name).state[document] = state


@cache
def _usual_places(name: str) -> Any:
    _letters(name)
    face, document = pdfmetrics.getFont(name), _Paper()
    face.splitString(_USUAL, document)
    state = face.state[document]
    state.nextCode = _FULL
    return state


class _Paper:
    """A document on which nothing is written."""


def width(text: str, size: float, bold: bool = False) -> float:
    """In points."""
    return sum(_piece_width(face, piece, size) for face, piece in runs(text, bold))


def wrap(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """The text in lines no wider than `room` points; a word that is wider by itself is broken."""
    return [
        line for paragraph in clean(text).split("\n") for line in _wrapped(paragraph, room, size, bold)
    ] or [""]


def _wrapped(paragraph: str, room: float, size: float, bold: bool) -> Iterator[str]:
    if len(paragraph) < _LONGEST and width(paragraph, size, bold) <= room:
        yield paragraph
        return
    line, used = "", 0.0
    for glue, piece in _pieces(paragraph.rstrip(), room, size, bold):
        needed = width(piece, size, bold)
        joined = used + width(glue, size, bold) + needed
        if line and joined > room:
            yield line
            line, used = piece, needed
        else:
            line, used = line + glue + piece, joined
    yield line


def _pieces(paragraph: str, room: float, size: float, bold: bool) -> Iterator[tuple[str, str]]:
    """What may stand on a line of its own, and what joins it to the piece before."""
    for position, word in enumerate(paragraph.split(" ")):
        glue = " " if position else ""
        for part in _DOUBLE_NAME.split(word):
            for piece in _broken(part, room, size, bold):
                yield glue, piece
                glue = ""


def _broken(part: str, room: float, size: float, bold: bool) -> Iterator[str]:
    while width(part[:_LONGEST], size, bold) > room:
        head = _fitting(part[:_LONGEST], room, size, bold)
        yield head
        part = part[len(head) :]
    yield part


def _fitting(word: str, room: float, size: float, bold: bool) -> str:
    """The longest beginning that fits, preferably up to a hyphen, slash or at sign."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(word[:middle], size, bold) <= room else (low, middle - 1)
    natural = _NATURAL_BREAK.match(word[:low])
    return natural.group() if natural and len(natural.group()) > low // 3 else word[:low]


def _piece_width(face: str, piece: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(piece, face, size))


def _visible(letter: str) -> str:
    if letter == "\n" or letter in _JOINERS:
        return letter
    category = unicodedata.category(letter)
    if category in ("Cc", "Zl", "Zp", "Zs") and letter != "\u00a0":
        return " "
    if category == "Cf" or "\ufe00" <= letter <= "\ufe0f":
        return ""
    return letter


def _ordered(line: str) -> str:
    """Right-to-left pieces with joined letters, turned round, since the page is filled from left to right."""
    if line.isascii():
        return line
    if _RIGHT_TO_LEFT.search(line):
        whole = line.encode("utf-8", "replace").decode("utf-8")  # half a letter stops the reordering; it is refused
        line = str(get_display(_reshaper().reshape(whole)))
    return line.translate(_WITHOUT_JOINERS)


_WITHOUT_JOINERS = {ord(joiner): None for joiner in _JOINERS}


@cache
def _reshaper() -> Any:
    # One drawn word for "Allah" exists in few typefaces; its letters exist in ours.
    return arabic_reshaper.ArabicReshaper({"ARABIC LIGATURE ALLAH": False, "delete_harakat": False})


def _has_shape(letter: str) -> bool:
    if letter == "\n" or letter in _JOINERS or ord(letter) in _letters(REGULAR):
        return True
    shapes = (_ordered(before + letter + after) for before in ("", _STROKE) for after in ("", _STROKE))
    return all(
        ord(shaped) in _letters(REGULAR) or ord(shaped) in _letters(_SPARE)
        for shape in (shapes if _RIGHT_TO_LEFT.match(letter) else letter)
        for shaped in shape
    )


@cache
def _letters(name: str) -> Mapping[int, int]:
    """What a typeface can print; reading it makes the typeface known to reportlab."""
    with FINISHING:
        face = _Typeface(name, str(resource("fonts", _FILES[name])), asciiReadable=name in (REGULAR, BOLD))
        _remember_subsets(face.face)
        pdfmetrics.registerFont(face)
        if name == REGULAR:
            rl_config.canvas_basefontname = REGULAR
        letters: Mapping[int, int] = face.face.charToGlyph
        return letters


class _Typeface(TTFont):  # type: ignore[misc]
    """Its usual letters are described once: their widths alone took a tenth of the time of a letter."""

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab's own name
        name = self.getSubsetInternalName(0, document)[1:]
        letters = tuple(self.state[document].subsets[0])
        super().addObjects(document)
        document.idToObject["BasicFonts"].dict[name].Widths = _widths(self.fontName, letters)


@lru_cache(maxsize=64)
def _widths(name: str, letters: tuple[int, ...]) -> bytes:
    """As they are written in a document."""
    widths: bytes = PDFArray(map(pdfmetrics.getFont(name).face.getCharWidth, letters)).format(None)
    return widths


_cmap = lru_cache(maxsize=64)(ttfonts.makeToUnicodeCMap)
ttfonts.makeToUnicodeCMap = lambda name, subset: _cmap(name, tuple(subset))


class _RememberedCompression:
    """The same subset of a typeface stands in hundreds of letters: it is compressed once."""

    pdfname = "FlateDecode"

    @staticmethod
    @lru_cache(maxsize=64)
    def encode(content: bytes | str) -> bytes:
        return zlib.compress(content.encode("latin-1") if isinstance(content, str) else content)


def _remember_subsets(face: Any) -> None:
    make, add = face.makeSubset, face.addSubsetObjects
    remembered = lru_cache(maxsize=64)(lambda subset: make(list(subset)))

    def add_remembered(document: Any, name: str, subset: list[int]) -> Any:
        reference = add(document, name, subset)
        for stream in (f"fontFile:{face.filename}({name})", f"toUnicodeCMap:{name}"):
            document.idToObject[stream].filters = [_RememberedCompression]
        return reference

    face.makeSubset = lambda subset: remembered(tuple(subset))
    face.addSubsetObjects = add_remembered
