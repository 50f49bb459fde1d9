"""Whether an SVG may be drawn here: nothing that runs, reaches outside, or grows without end. Draws nothing itself."""

from __future__ import annotations

import re
from xml.parsers import expat

from desktop.errors import Refused
from desktop.language import _

MOST_BYTES = 1_000_000
MOST_ELEMENTS = 5_000
MOST_DRAWN = 5_000  # with everything that is used again and again counted each time
LONGEST_STYLE = 10_000  # letters: each rule is tried on each element
DEEPEST = 100
RUNS = frozenset({"script", "handler", "foreignObject", "iframe", "object", "embed", "audio", "video", "set"})
PICTURES = frozenset({"image", "feImage"})
HEAVY = frozenset({"filter", "pattern", "mask"})
_URL = re.compile(r"url\s*\(\s*['\"]?\s*(.)|@import|javascript:|\\", re.IGNORECASE | re.DOTALL)


def is_svg(data: bytes) -> bool:
    """Whether this looks like an SVG file, right or wrong."""
    return b"<svg" in data[:4096] or b"<\0s\0v\0g" in data[:8192]


def check_svg(data: bytes) -> bytes:
    """The same file, when nothing in it can do harm; else Refused in plain words."""
    if len(data) > MOST_BYTES:
        raise Refused(_("This SVG file is too large. Save it as PNG and choose that."))
    try:
        _Reader().read(data)
    except expat.ExpatError as broken:
        raise Refused(_("This SVG file is broken. Save it again, or choose a PNG or JPEG file.")) from broken
    return data


class _Reader:
    """Walks through the elements once and counts what would be drawn."""

    def __init__(self) -> None:
        self._open: list[_Part] = []
        self._parts: dict[str, _Part] = {}
        self._count = self._style = 0
        self._top: _Part | None = None

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        parser.EntityDeclHandler = _refuse_entity
        parser.ExternalEntityRefHandler = _refuse_entity
        parser.ProcessingInstructionHandler = _refuse_instruction
        parser.Parse(data, True)
        if self._top is None or self._top.drawn(self._parts, frozenset()) > MOST_DRAWN:
            raise _heavy()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rsplit(":", 1)[-1]
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) > DEEPEST or element in HEAVY:
            raise _heavy()
        if element in RUNS or element.startswith("animate"):
            raise _runs()
        if element in PICTURES:
            raise Refused(_("There is another picture in this SVG file. Save it as PNG and choose that."))
        if not self._open and element != "svg":
            raise Refused(_("This SVG file is broken. Save it again, or choose a PNG or JPEG file."))
        part = _Part(element, _check_attributes(attributes))
        if self._open:
            self._open[-1].inside.append(part)
        else:
            self._top = part
        if attributes.get("id"):
            self._parts[attributes["id"]] = part
        self._open.append(part)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _words(self, text: str) -> None:
        if self._open and self._open[-1].element == "style":
            self._style += len(text)
            if self._style > LONGEST_STYLE:
                raise _heavy()
            _check_style(text)


class _Part:
    """An element with what is in it and what it uses from elsewhere in the file."""

    def __init__(self, element: str, uses: str) -> None:
        self.element, self.uses = element, uses
        self.inside: list[_Part] = []
        self._drawn = 0

    def drawn(self, parts: dict[str, _Part], above: frozenset[int]) -> int:
        """How many elements drawing this one draws; what uses itself has no end."""
        if id(self) in above or len(above) > 2 * DEEPEST:
            raise _heavy()
        if not self._drawn:
            below = above | {id(self)}
            used = [parts[self.uses]] if self.uses in parts else []
            self._drawn = 1 + sum(part.drawn(parts, below) for part in (*self.inside, *used))
        return self._drawn


def _check_attributes(attributes: dict[str, str]) -> str:
    """Refuse what runs or points outside the file; the id of what is used from it."""
    uses = ""
    for name, value in attributes.items():
        bare = name.rsplit(":", 1)[-1].casefold()
        if bare.startswith("on"):
            raise _runs()
        if bare in ("href", "src", "base"):
            if value.strip() and not value.strip().startswith("#"):
                raise _outside()
            uses = value.strip()[1:]
        if bare == "stroke-dasharray" and value.strip() != "none":
            raise _heavy()
        if not name.startswith("xmlns"):
            _check_style(value)
    return uses


def _check_style(text: str) -> None:
    for found in _URL.finditer(text):
        if found.group(1) != "#":
            raise _outside()
    if "stroke-dasharray" in text and not re.search(r"stroke-dasharray\s*:\s*none", text):
        raise _heavy()


def _refuse_entity(*_declared: object) -> int:
    raise Refused(_("This SVG file has entities in it, which are not read here. Save it as PNG and choose that."))


def _refuse_instruction(_target: str, _data: str) -> None:
    raise _outside()


def _runs() -> Refused:
    return Refused(_("There is a script in this SVG file, or something that moves. Save it as PNG and choose that."))


def _outside() -> Refused:
    return Refused(_("This SVG file points to something outside it. Save it as PNG and choose that."))


def _heavy() -> Refused:
    return Refused(_("This SVG file is too complicated to be drawn here. Save it as PNG and choose that."))
