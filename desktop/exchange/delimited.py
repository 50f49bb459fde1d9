"""Reads CSV, TSV and text tables: which letters, which separator. Must not know what rows mean."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator

from desktop.errors import Refused
from desktop.exchange.zipped import MAX_COLUMNS, no_spreadsheet, refuse_size
from desktop.language import _

SEPARATORS = ";\t,|"
SAMPLE_LINES = 60
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
OTHER_BEGINNINGS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"{\\rtf", b"SQLite format")
CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\v\x1a")


def read_delimited(data: bytes) -> list[list[str]]:
    """The records of a text table; Refused when these bytes are no text."""
    text = decode(data)
    refuse_markup(text)
    separator, text = _separator(text)
    try:
        return _measured(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:  # a quote that is never closed, or one in the middle of a cell
        return _measured(_line_by_line(text, separator))


def decode(data: bytes) -> str:
    """Text from bytes: UTF-16 or UTF-8 when the bytes say so, else the Windows letters of older programs."""
    if data.startswith(OTHER_BEGINNINGS):
        raise no_spreadsheet()
    encoding = _encoding(data)
    try:
        text = data.decode(encoding, "replace" if encoding == "cp1252" else "strict")
    except UnicodeDecodeError as error:
        raise no_spreadsheet() from error
    text = text.removeprefix("\ufeff").removesuffix("\x1a")
    odd = sum(text.count(control) for control in CONTROLS)
    if "\0" in text or odd * 200 > len(text):
        raise no_spreadsheet()
    return text


def refuse_markup(text: str) -> None:
    """Some systems write a web page or XML and call it a spreadsheet."""
    beginning = text[:2000].lstrip().casefold()
    if beginning.startswith(("<!doctype", "<html", "<?xml", "<table", "<head")):
        raise Refused(
            _(
                "This is a web page with the name of a spreadsheet. Open it in your spreadsheet program, "
                "save it as .xlsx and choose that file."
            )
        )


def _encoding(data: bytes) -> str:
    if data.startswith(UTF16_MARKS):
        return "utf-16"
    sample = data[:4000]
    if len(sample) >= 4 and sample.count(0) * 10 > len(sample) * 3:
        return "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(text: str) -> tuple[str, str]:
    """The separator (and the text without a line that names it, as Excel's "sep=;")."""
    first, _newline, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    lines = _unquoted_lines(text)
    best = max(SEPARATORS, key=lambda candidate: _steadiness(lines, candidate))
    return best, text


def _unquoted_lines(text: str) -> list[str]:
    """The first lines without what stands between quotes, where a separator separates nothing."""
    outside = "".join(text[:200_000].split('"')[::2])
    return [line for line in outside.splitlines() if line][:SAMPLE_LINES]


def _steadiness(lines: list[str], separator: str) -> tuple[int, int]:
    """How many lines have the most usual number of this separator, and that number."""
    counts = Counter(count for line in lines if (count := line.count(separator)))
    if not counts:
        return 0, 0
    usual, times = counts.most_common(1)[0]
    return times, usual


def _measured(records: Iterable[list[str]]) -> list[list[str]]:
    """The records, refused as soon as they are more than any real list."""
    read: list[list[str]] = []
    for record in records:
        read.append(record[:MAX_COLUMNS])
        refuse_size(len(read), len(record) if any(record[MAX_COLUMNS:]) else 0)
    return read


def _line_by_line(text: str, separator: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        yield [_without_quotes(cell) for cell in line.split(separator)]


def _without_quotes(cell: str) -> str:
    inner = cell.strip()
    if len(inner) >= 2 and inner[0] == inner[-1] == '"':
        return inner[1:-1].replace('""', '"')
    return inner
