"""Looks into a zipped spreadsheet before a parser may: limits and tricks. Must not know what rows mean.

The parser fills every cell between the first and the last one, so two far corners in a file of 5 kB can ask
for gigabytes. Therefore each XML part is walked here first, and only parts that passed are given on.
"""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from desktop.errors import Refused
from desktop.language import _

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
MAX_PARTS = 2_000
RATIO_COUNTS_FROM = 5 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELLS = 2_000_000
MAX_TEXT = 200 * 1024 * 1024
"""Bytes of text after shared texts and repeated cells are written out."""
BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, NotImplementedError, ValueError, OSError
)  # fmt: skip
"""All that zipfile raises over bytes that are no good zip."""
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True)
class Zipped:
    """A repacked copy of only what passed, and per sheet the cells whose formula has no known outcome."""

    data: bytes
    unsaved_formulas: dict[str, frozenset[tuple[int, int]]]


@dataclass
class _Part:
    """What a walk through one XML part found."""

    last_row: int = 0
    last_column: int = 0
    cells: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    sheets: list[tuple[str, str]] = field(default_factory=list)
    relations: dict[str, str] = field(default_factory=dict)
    shared_texts: list[int] = field(default_factory=list)
    shared_cells: int = 0
    text: int = 0
    encrypted: bool = False

    def saw(self, row: int, column: int, times: int = 1) -> None:
        """Count a filled cell (0-based) and stop as soon as the sheet is larger than we read."""
        self.last_row = max(self.last_row, row + 1)
        self.last_column = max(self.last_column, column + 1)
        self.cells += times
        refuse_size(self.last_row, self.last_column)


def look_into(data: bytes) -> Zipped:
    """Check a zipped spreadsheet and return what is safe to parse; Refused says what is wrong with it."""
    parts = _unpack(data)
    kind = _kind(parts)
    walked = {name: _walk(content, kind) for name, content in parts.items() if _is_xml(name)}
    if any(part.encrypted for part in walked.values()):
        raise locked_by_password()
    if any(part.last_row * part.last_column > MAX_CELLS for part in walked.values()):
        raise too_large_table()
    _check_text(parts, walked)
    return Zipped(_pack(_kept(parts, kind)), _formulas_by_sheet(walked))


def refuse_size(rows: int, columns: int) -> None:
    """Refuse a table that is larger than any real list."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise too_large_table()


def too_large_table() -> Refused:
    sentence = _(
        "This table is too large: at most {rows} rows and {columns} columns can be read. "
        "Copy the part you need to a new file."
    )
    return Refused(sentence.format(rows=MAX_ROWS, columns=MAX_COLUMNS))


def too_large_unpacked() -> Refused:
    return Refused(
        _(
            "This file grows far too large when it is unpacked, so it was not opened. "
            "Copy the rows you need to a new file."
        )
    )


def no_spreadsheet() -> Refused:
    return Refused(_("This is not a spreadsheet. Choose a file of Excel (.xlsx, .xls), or an .ods or .csv file."))


def damaged() -> Refused:
    return Refused(_("This file is damaged. Open it in your spreadsheet program, save it again and try again."))


def locked_by_password() -> Refused:
    return Refused(_("This file has a password. Open it in your spreadsheet program and save it without one."))


def _unpack(data: bytes) -> dict[str, bytes]:
    """All parts, unpacked under the limits; sizes the file claims are not believed but checked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_claims(entries, len(data))
            return {entry.filename: archive.read(entry) for entry in entries if _is_wanted(entry.filename)}
    except BROKEN_ZIP as error:
        raise damaged() from error
    except RuntimeError as error:  # how zipfile says that a part is encrypted
        raise locked_by_password() from error


def _check_claims(entries: list[zipfile.ZipInfo], packed: int) -> None:
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise too_large_unpacked()
    if unpacked > RATIO_COUNTS_FROM and unpacked > packed * MAX_RATIO:
        raise too_large_unpacked()
    if len(names) != len(entries):
        raise damaged()
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise damaged()


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _is_wanted(name: str) -> bool:
    return _is_xml(name) or name in ("mimetype", "xl/workbook.bin")


def _kind(parts: dict[str, bytes]) -> str:
    if "xl/workbook.bin" in parts:
        raise Refused(_("An .xlsb file cannot be read. Save it as .xlsx in Excel and choose that file."))
    if "xl/workbook.xml" in parts:
        return "xlsx"
    if parts.get("mimetype", b"").decode("ascii", "replace").strip() == ODS_TYPE and "content.xml" in parts:
        return "ods"
    raise no_spreadsheet()


def _kept(parts: dict[str, bytes], kind: str) -> dict[str, bytes]:
    """What the parser gets to see: nothing of a second kind of spreadsheet hidden in the same file."""
    if kind == "ods":
        wanted = {"mimetype", "content.xml", "META-INF/manifest.xml"}
        return {name: content for name, content in parts.items() if name in wanted}
    return {name: content for name, content in parts.items() if name not in ("mimetype", "content.xml")}


def _check_text(parts: dict[str, bytes], walked: dict[str, _Part]) -> None:
    """A short file can name one long shared text a million times; add up only when that could be so."""
    lengths = next((part.shared_texts for part in walked.values() if part.shared_texts), [])
    for name, part in walked.items():
        if part.shared_cells * max(lengths, default=0) > MAX_TEXT:
            part.text += _shared_text(parts[name], lengths)
        if part.text > MAX_TEXT:
            raise too_large_unpacked()


def _shared_text(content: bytes, lengths: list[int]) -> int:
    """Bytes of text of all cells that point to a shared text."""
    numbers = re.findall(rb"<(?:\w{1,20}:)?v>\s{0,9}(\d{1,7})", content)
    return sum(lengths[int(number)] for number in numbers if int(number) < len(lengths))


def _walk(content: bytes, kind: str) -> _Part:
    part = _Part()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    walker: _ExcelWalker | _OdsWalker = (_OdsWalker if kind == "ods" else _ExcelWalker)(part, parser)
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise damaged() from error
    return part


def _refuse_doctype(*_declaration: object) -> None:
    """No spreadsheet program writes a document type; entity bombs need one."""
    raise damaged()


class _ExcelWalker:
    """Walks a worksheet, the workbook or its relations; other parts hold nothing it knows."""

    def __init__(self, part: _Part, parser: expat.XMLParserType) -> None:
        self._part = part
        self._parser = parser
        self._row = -1
        self._column = -1
        self._formula = False
        self._value: list[str] = []
        self._text_from = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._start_cell(given.get("r", ""))
            self._part.shared_cells += given.get("t") == "s"
        elif name in ("v", "is"):
            self._part.saw(self._row, self._column)
            if self._formula and name == "v":
                self._parser.CharacterDataHandler = self._value.append
        elif name == "f":
            self._part.saw(self._row, self._column)
            self._formula = True
        elif name == "row":
            self._row = _number(given.get("r"), self._row + 2) - 1
            self._column = -1
        elif name == "si":
            self._text_from = self._parser.CurrentByteIndex
        elif name == "sheet":
            self._part.sheets.append((given.get("name", ""), _relation_id(given)))
        elif name == "Relationship":
            self._part.relations[given.get("Id", "")] = given.get("Target", "")

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "si":
            self._part.shared_texts.append(self._parser.CurrentByteIndex - self._text_from)
        elif self._formula:
            self._end_in_formula(name)

    def _end_in_formula(self, name: str) -> None:
        if name == "v":
            self._parser.CharacterDataHandler = None
        elif name == "c":
            # A program that cannot calculate writes 0 as the outcome of every formula.
            if "".join(self._value).strip() in ("", "0"):
                self._part.formulas.add((self._row, self._column))
            self._formula = False
            self._value.clear()

    def _start_cell(self, reference: str) -> None:
        self._column += 1
        letters = reference.rstrip("0123456789")
        if letters and len(letters) < len(reference) and len(reference) <= 12:
            self._column = _column_number(letters)
            self._row = int(reference[len(letters) :]) - 1


class _OdsWalker:
    """Walks content.xml, where one element may stand for thousands of equal rows and cells."""

    def __init__(self, part: _Part, parser: expat.XMLParserType) -> None:
        self._part = part
        self._parser = parser
        self._row = 0
        self._rows = 1
        self._column = 0
        self._times = 1
        self._cell_from = 0
        self._open: tuple[int, int] | None = None
        self._filled: list[tuple[int, int]] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name in ("table-cell", "covered-table-cell"):
            self._start_cell(given)
        elif name == "p":
            self._fill()
        elif name == "table-row":
            self._rows = _number(given.get("table:number-rows-repeated"), 1)
            self._column = 0
        elif name == "table":
            self._row = 0
        elif name == "encryption-data":
            self._part.encrypted = True

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("table-cell", "covered-table-cell"):
            if self._open is None:
                self._part.text += (self._parser.CurrentByteIndex - self._cell_from) * self._times * self._rows
        elif name == "table-row":
            for column, times in self._filled:
                self._part.saw(self._row + self._rows - 1, column + times - 1, self._rows * times)
            self._filled.clear()
            self._row += self._rows

    def _start_cell(self, given: dict[str, str]) -> None:
        self._times = _number(given.get("table:number-columns-repeated"), 1)
        self._cell_from = self._parser.CurrentByteIndex
        self._open = (self._column, self._times)
        self._column += self._times
        if any(key.startswith(("office:value-type", "calcext:value-type", "table:formula")) for key in given):
            self._fill()

    def _fill(self) -> None:
        if self._open is not None:
            self._filled.append(self._open)
            self._open = None


def _relation_id(given: dict[str, str]) -> str:
    return next((value for key, value in given.items() if key.rpartition(":")[2] == "id"), "")


def _number(text: str | None, otherwise: int) -> int:
    """A count from an attribute; what no table can hold counts as "too many"."""
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit()):
        raise damaged()
    return int(text[:9])


def _column_number(letters: str) -> int:
    at = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise damaged()
        at = at * 26 + ord(letter) - ord("A") + 1
    return at - 1


def _formulas_by_sheet(walked: dict[str, _Part]) -> dict[str, frozenset[tuple[int, int]]]:
    workbook = walked.get("xl/workbook.xml", _Part())
    relations = walked.get("xl/_rels/workbook.xml.rels", _Part()).relations
    found: dict[str, frozenset[tuple[int, int]]] = {}
    for name, relation in workbook.sheets:
        part = walked.get(_target(relations.get(relation, "")))
        if part is not None and part.formulas:
            found[name] = frozenset(part.formulas)
    return found


def _target(path: str) -> str:
    """The part a relation of the workbook points to: "/xl/x.xml" from the top, else beside the workbook."""
    return path[1:] if path.startswith("/") else f"xl/{path}"


def _pack(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()
