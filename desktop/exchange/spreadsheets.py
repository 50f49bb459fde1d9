"""Tables in and out as plain text: xlsx, xls, ods, CSV in; xlsx, CSV out. Must not know what rows mean."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import python_calamine

from desktop.errors import Refused
from desktop.exchange import old_excel
from desktop.exchange.delimited import read_delimited
from desktop.exchange.zipped import (
    MAX_CELLS,
    damaged,
    locked_by_password,
    look_into,
    refuse_size,
    too_large_table,
)
from desktop.language import _
from desktop.rules.imports import Row, Sheet

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
ZIP_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
LONGEST_EXCEL_TEXT = 32_767
WIDEST_COLUMN = 60
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")
FORMULAS_OFF = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Cells = Sequence[Sequence[Cell]]
Merges = list[tuple[tuple[int, int], tuple[int, int]]]


def read_table(path: Path) -> Sheet:
    """The largest table of a spreadsheet or text file, every cell as staff would read it, or Refused."""
    return read_bytes(_contents(path), path.stem)


def read_bytes(data: bytes, name: str = "") -> Sheet:
    """The same from the bytes of a file."""
    if len(data) > MAX_BYTES:
        raise _too_large(len(data))
    if not data.strip():
        raise Refused(_("This file is empty."))
    if data.startswith(ZIP_BEGINNINGS):
        zipped = look_into(data)
        return _largest(zipped.data, zipped.unsaved_formulas)
    if data.startswith(old_excel.BEGINNING):
        return _largest(old_excel.repacked(data), {})
    return _sheet(name, [[*record] for record in read_delimited(data)])


def write_table(
    target: Path | BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]], title: str = ""
) -> None:
    """Write an .xlsx in which every text is text, whatever it begins with."""
    import xlsxwriter  # 40 ms: not at the start of the program

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, FORMULAS_OFF) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"valign": "top"})
        widths = [len(name) for name in columns]
        for at, name in enumerate(columns):
            sheet.write_string(0, at, _clipped(name), bold)
        for number, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                _write_cell(sheet, number, at, value, plain)
                _widen(widths, at, value)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, min(width + 2, WIDEST_COLUMN))
        sheet.freeze_panes(1, 0)
    _store(target, buffer.getvalue())


def write_csv(target: Path | BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a CSV that a Dutch spreadsheet program opens well and that cannot start a formula there."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([formula_safe(name) for name in columns])
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
    _store(target, text.getvalue().encode("utf-8-sig"))


def formula_safe(text: str) -> str:
    """The text with an apostrophe before anything a spreadsheet program would calculate."""
    return f"'{text}" if text.startswith(FORMULA_BEGINNINGS) else text


def _csv_cell(value: Cell) -> str:
    """Only text can be a trick; a number below zero begins with a minus and stays a number."""
    return formula_safe(show_cell(value)) if isinstance(value, str) else show_cell(value)


def show_cell(value: Cell) -> str:
    """One cell as staff would read it on a Dutch screen."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _show_number(value)
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y}" if value.time() == time() else f"{value:%d-%m-%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _contents(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(size)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Refused(_("This file is no longer there. Choose it again.")) from error
    except PermissionError as error:
        raise Refused(
            _("This file is locked or in use. Close it in your spreadsheet program and try again.")
        ) from error
    except (OSError, ValueError) as error:
        raise Refused(_("This file cannot be read. Copy it to this computer and try again.")) from error


def _too_large(size: int) -> Refused:
    sentence = _("This file is {size} MB; at most {most} MB can be read. Copy the rows you need to a new file.")
    return Refused(sentence.format(size=-(-size // MEGABYTE), most=MAX_BYTES // MEGABYTE))


def _largest(data: bytes, formulas: dict[str, frozenset[tuple[int, int]]]) -> Sheet:
    """The visible sheet with most rows of a workbook that was looked into."""
    try:
        with _PanicRefused(), python_calamine.load_workbook(io.BytesIO(data)) as book:
            names = _readable_sheets(book)
            sheets = {name: book.get_sheet_by_name(name) for name in names}
            sizes = {name: _size(sheet) for name, sheet in sheets.items()}
            chosen = max(names, key=lambda name: sizes[name][0], default="")
            if not chosen or not sizes[chosen][0]:
                raise Refused(_("This file is empty."))
            refuse_size(*sizes[chosen])
            if sizes[chosen][0] * sizes[chosen][1] > MAX_CELLS:
                raise too_large_table()
            cells = sheets[chosen].to_python(skip_empty_area=False)
            merges = sheets[chosen].merged_cell_ranges or []
    except python_calamine.PasswordError as error:
        raise locked_by_password() from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise damaged() from error
    others = tuple(name for name in names if name != chosen and sizes[name][0])
    return _sheet(chosen, cells, merges, formulas.get(chosen, frozenset()), others)


class _PanicRefused:
    """The parser's own crash on a broken .xls is no Exception and has no class to import, only a name."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if kind is not None and kind.__name__ == "PanicException":
            raise damaged() from error


def _size(sheet: python_calamine.CalamineSheet) -> tuple[int, int]:
    """Rows and columns counted from the top left corner; nothing in it is 0 by 0."""
    return (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end is not None else (0, 0)


def _readable_sheets(book: python_calamine.CalamineWorkbook) -> list[str]:
    """The visible worksheets, or all of them when none is visible."""
    pages = [page for page in book.sheets_metadata if page.typ == python_calamine.SheetTypeEnum.WorkSheet]
    shown = [page.name for page in pages if page.visible == python_calamine.SheetVisibleEnum.Visible]
    return shown or [page.name for page in pages]


def _sheet(
    name: str,
    cells: Cells,
    merges: Merges | None = None,
    formulas: frozenset[tuple[int, int]] = frozenset(),
    others: tuple[str, ...] = (),
) -> Sheet:
    """Rows of text, all equally wide, without the empty rows and columns at the end."""
    unsaved: dict[int, set[int]] = {}
    for row, column in formulas:
        unsaved.setdefault(row, set()).add(column)
    texts = [
        ["" if at in unsaved.get(row, ()) else show_cell(value) for at, value in enumerate(values)]
        for row, values in enumerate(cells)
    ]
    width = max((at + 1 for row in texts for at, text in enumerate(row) if text), default=0)
    height = max((at + 1 for at, row in enumerate(texts) if any(row)), default=0)
    if not height:
        raise Refused(_("This file is empty."))
    refuse_size(height, width)
    merged = _merged_rows(merges or [], width)
    rows = tuple(
        Row(at + 1, _as_wide(row, width), at in merged, frozenset(unsaved.get(at, ())))
        for at, row in enumerate(texts[:height])
    )
    return Sheet(name, rows, others)


def _as_wide(row: list[str], width: int) -> tuple[str, ...]:
    return (*row[:width], *[""] * (width - len(row)))


def _merged_rows(merges: Merges, width: int) -> set[int]:
    """Rows whose first cell was merged over at least half of the table, and at least three columns."""
    return {
        top[0]
        for top, bottom in merges
        if top[0] == bottom[0] and top[1] == 0 and bottom[1] >= 2 and (bottom[1] + 1) * 2 >= width
    }


def _clean(text: str) -> str:
    """Text without what nobody sees: odd spaces, control characters, Excel's ="0123" trick and escapes."""
    text = unicodedata.normalize("NFC", text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(_visible(letter) for letter in text) if not text.isprintable() or "\xa0" in text else text
    protected = re.fullmatch(r'="([^"]*)"', text.strip())
    return (protected.group(1) if protected else text).strip()


def _visible(letter: str) -> str:
    if letter in "\n\t":
        return letter
    category = unicodedata.category(letter)
    if category in ("Zs", "Zl", "Zp"):
        return " "
    return "" if category in ("Cc", "Cs", "Cn", "Co") or letter in "\u200b\ufeff" else letter


def _show_number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}".replace(".", ",")


def _write_cell(sheet: "Worksheet", row: int, column: int, value: Cell, plain: object) -> None:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e15:
        sheet.write_number(row, column, value, plain)
    else:
        sheet.write_string(row, column, _clipped(show_cell(value)), plain)


def _widen(widths: list[int], at: int, value: Cell) -> None:
    widths.extend([0] * (at + 1 - len(widths)))
    widths[at] = max(widths[at], *(len(line) for line in show_cell(value).split("\n")))


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST_EXCEL_TEXT else text[: LONGEST_EXCEL_TEXT - 1] + "…"


def _sheet_name(title: str) -> str:
    """A title as a sheet may be called in Excel."""
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "Blad1"


def _store(target: Path | BinaryIO, data: bytes) -> None:
    if not isinstance(target, Path):
        target.write(data)
        return
    try:
        target.write_bytes(data)
    except PermissionError as error:
        raise Refused(
            _("This file is in use. Close it in your spreadsheet program, or choose another name.")
        ) from error
    except OSError as error:
        raise Refused(_("The file cannot be written there. Choose another folder.")) from error
