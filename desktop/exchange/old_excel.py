"""Looks into an .xls before the parser may: a broken one made it ask for 48 GB and stop the whole program.

The workbook is taken out of its compound file, walked record by record, and given on in a compound file of our own.
Must not know what rows mean.
"""

import struct
from collections.abc import Iterator

from desktop.exchange.zipped import (
    MAX_CELLS,
    damaged,
    locked_by_password,
    no_spreadsheet,
    refuse_size,
    too_large_table,
)

BEGINNING = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PASSWORD_STREAM = "EncryptedPackage"
END_OF_CHAIN = 0xFFFFFFFE
FREE, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFD
SMALL = 4096
SECTOR = 4096
HEADER_LIST = 109
# Records of BIFF: those with a cell, and those whose figures the parser believes.
CELLS = frozenset((0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E))
ROW_OF_NUMBERS, SIZE, SHARED_TEXTS, SHEET, PASSWORD, END = 0x00BD, 0x0200, 0x00FC, 0x0085, 0x002F, 0x000A


def repacked(data: bytes) -> bytes:
    """The workbook of an .xls in a fresh compound file, or Refused."""
    try:
        streams = _Compound(data).streams()
    except (struct.error, IndexError) as error:
        raise damaged() from error
    if PASSWORD_STREAM in streams:
        raise locked_by_password()
    stream = streams.get("Workbook") or streams.get("Book")
    if stream is None:
        raise no_spreadsheet()
    try:
        return packed(_walked(stream))
    except struct.error as error:
        raise damaged() from error


class _Compound:
    """A compound file: sectors in chains, and a directory of streams."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise damaged()
        self._size = 1 << shift
        self._fat = self._read_fat()

    def streams(self) -> dict[str, bytes]:
        """The streams that say which kind of file this is, by name."""
        (directory_at,) = struct.unpack_from("<I", self._data, 48)
        directory = self._chain(directory_at)
        entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
        found: dict[str, bytes] = {}
        for entry in entries:
            length, kind = struct.unpack_from("<HB", entry, 64)
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", entry, 116)
            if kind == 2 and name in ("Workbook", "Book", PASSWORD_STREAM) and name not in found:
                found[name] = (self._small(entries, start) if size < SMALL else self._chain(start))[:size]
        return found

    def _read_fat(self) -> tuple[int, ...]:
        (next_list,) = struct.unpack_from("<I", self._data, 68)
        sectors = list(struct.unpack_from(f"<{HEADER_LIST}I", self._data, 76))
        for _list in range(len(self._data) // self._size):
            if next_list >= FAT_SECTOR:
                break
            *more, next_list = self._numbers(self._sector(next_list))
            sectors += more
        used = [sector for sector in sectors if sector < FAT_SECTOR]
        if len(used) > len(self._data) // self._size:
            raise damaged()
        return self._numbers(b"".join(self._sector(sector) for sector in used))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        content = self._data[start : start + self._size]
        if not content:
            raise damaged()
        return content.ljust(self._size, b"\0")

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _follow(self._fat, start))

    def _small(self, entries: list[bytes], start: int) -> bytes:
        """A stream under 4 kB stands in pieces of 64 bytes in a stream of the root."""
        (table_at,) = struct.unpack_from("<I", self._data, 60)
        (root_at,) = struct.unpack_from("<I", entries[0], 116)
        table, pieces = self._numbers(self._chain(table_at)), self._chain(root_at)
        return b"".join(pieces[number * 64 : number * 64 + 64] for number in _follow(table, start))

    @staticmethod
    def _numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _follow(table: tuple[int, ...], start: int) -> Iterator[int]:
    """The sectors of a chain; one that runs in a circle or out of the table is damaged."""
    for _step in range(len(table) + 1):
        if start == END_OF_CHAIN:
            return
        if start >= len(table):
            raise damaged()
        yield start
        start = table[start]
    raise damaged()


def _walked(stream: bytes) -> bytes:
    """The workbook after a look at all its records and those of each sheet it points to.

    The size a sheet claims is wiped: the parser makes room for it before it has seen one cell.
    """
    sheets = [struct.unpack_from("<I", record)[0] for kind, record, _at in _records(stream, 0) if kind == SHEET]
    wiped = bytearray(stream)
    for start in dict.fromkeys((0, *sheets)):
        rows = columns = 0
        for kind, record, at in _records(stream, start):
            row, column = _check(kind, record, len(stream))
            rows, columns = max(rows, row), max(columns, column)
            if rows * columns > MAX_CELLS:
                raise too_large_table()
            if kind == SIZE:
                wiped[at : at + len(record)] = bytes(len(record))
    return bytes(wiped)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes, int]]:
    """Kind, content and place of each record up to the end of a sheet."""
    at = start
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            raise damaged()
        yield kind, stream[at + 4 : at + 4 + length], at + 4
        if kind == END:
            return
        at += 4 + length


def _check(kind: int, record: bytes, most: int) -> tuple[int, int]:
    """Refuse what no list has; how many rows and columns the cell of this record asks for."""
    if kind == PASSWORD:
        raise locked_by_password()
    if kind in CELLS:
        row, column = struct.unpack_from("<HH", record)
        refuse_size(row + 1, column + 1)
        return row + 1, column + 1
    if kind == ROW_OF_NUMBERS:
        row, first = struct.unpack_from("<HH", record)
        (last,) = struct.unpack_from("<H", record, len(record) - 2)
        refuse_size(row + 1, max(first, last) + 1)
        return row + 1, max(first, last) + 1
    if kind == SHARED_TEXTS:
        _used, texts = struct.unpack_from("<II", record)
        if texts * 3 > most:
            raise damaged()
    return 0, 0


def packed(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file with this one stream, in sectors of 4 kB."""
    stream = stream.ljust(SMALL, b"\0")
    sectors = -(-len(stream) // SECTOR)
    per_fat = SECTOR // 4
    fats = 1
    while fats * per_fat < sectors + 1 + fats:
        fats += 1
    chain = [*range(1, sectors), END_OF_CHAIN]
    fat = [*chain, END_OF_CHAIN, *[FAT_SECTOR] * fats]
    fat += [FREE] * (fats * per_fat - len(fat))
    fat_places = [*range(sectors + 1, sectors + 1 + fats)]
    header = BEGINNING + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 4, 0xFFFE, 12, 6)
    header += struct.pack("<IIIIIIIII", 1, fats, sectors, 0, SMALL, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    header += struct.pack(f"<{HEADER_LIST}I", *fat_places, *[FREE] * (HEADER_LIST - fats))
    directory = _entry("Root Entry", 5, sectors, 0, 1) + _entry(name, 2, 0, len(stream), FREE)
    parts = (header, stream.ljust(sectors * SECTOR, b"\0"), directory, struct.pack(f"<{len(fat)}I", *fat))
    return b"".join(part.ljust(-(-len(part) // SECTOR) * SECTOR, b"\0") for part in parts)


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)
