"""Spreadsheets as staff choose them: good ones, sloppy ones, and files that are something else or worse."""

import contextlib
import io
import random
import struct
import zipfile
from datetime import date, time
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import Refused
from desktop.exchange.old_excel import packed
from desktop.exchange.spreadsheets import MAX_BYTES, formula_safe, read_bytes, read_table, write_csv, write_table
from desktop.rules.imports import Sheet

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def excel(fill: object) -> bytes:
    """An .xlsx filled by a function of book and sheet."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Lijst")
        fill(book, sheet)  # type: ignore[operator]
    return buffer.getvalue()


def with_part(data: bytes, name: str, content: str | bytes) -> bytes:
    """The same zip with one part replaced."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return changed.getvalue()


def ods(rows: str) -> bytes:
    buffer = io.BytesIO()
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="Lijst">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return buffer.getvalue()


def old_excel(rows: dict[tuple[int, int], str | float], size: tuple[int, int, int, int] = (0, 2, 0, 2)) -> bytes:
    """An .xls with one sheet, record by record."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def cell(at: tuple[int, int], value: str | float) -> bytes:
        if isinstance(value, float):
            return record(0x0203, struct.pack("<HHHd", *at, 0, value))
        return record(0x0204, struct.pack("<HHHHB", *at, 0, len(value), 1) + value.encode("utf-16-le"))

    start, end = struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6), record(0x000A, b"")
    before = record(0x0809, start)
    sheet_at = len(before) + 4 + 8 + len("Lijst") + len(end)
    name = struct.pack("<IBBBB", sheet_at, 0, 0, len("Lijst"), 0) + b"Lijst"
    cells = b"".join(cell(at, value) for at, value in rows.items())
    stream = (
        before + record(0x0085, name) + end + before + record(0x0200, struct.pack("<IIHHH", *size, 0)) + cells + end
    )
    return packed(stream)


def ods_cell(text: str, times: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def texts(sheet: Sheet) -> list[tuple[str, ...]]:
    return [row.cells for row in sheet.rows]


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_bytes(data)
    return refused.value.message


@pytest.fixture
def plain() -> bytes:
    return excel(lambda book, sheet: sheet.write_row(0, 0, ["Activiteit", "Waar"]))


class TestCells:
    def test_are_read_as_staff_see_them(self) -> None:
        def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
            day, hour = book.add_format({"num_format": "dd-mm-yyyy"}), book.add_format({"num_format": "hh:mm"})
            sheet.write_row(0, 0, [612345678, 12.0, 2.5, 0.1 + 0.2, " twee\u00a0woorden ", True])
            sheet.write_datetime(0, 6, date(2026, 11, 6), day)
            sheet.write_datetime(0, 7, time(9, 30), hour)

        assert texts(read_bytes(excel(fill))) == [
            ("612345678", "12", "2,5", "0,3", "twee woorden", "ja", "06-11-2026", "09:30")
        ]

    def test_a_formula_without_an_outcome_is_empty_and_named(self) -> None:
        def fill(_book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
            sheet.write_row(0, 0, ["a", "b", "c"])
            sheet.write_formula(1, 0, "=SUM(A1)")
            sheet.write_formula(1, 1, "=1+1", None, 2)
            sheet.write_formula(1, 2, '="x"', None, "x")

        row = read_bytes(excel(fill)).rows[1]
        assert row.cells == ("", "2", "x")
        assert row.unsaved_formulas == {0}

    def test_a_text_merged_over_the_table_is_a_title(self) -> None:
        def fill(_book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
            sheet.merge_range(0, 0, 0, 4, "WIJK DE HOEF")
            sheet.write_row(1, 0, list("abcde"))

        assert [row.merged for row in read_bytes(excel(fill)).rows] == [True, False]

    def test_empty_rows_keep_the_row_numbers_of_the_file(self) -> None:
        def fill(_book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
            sheet.write(2, 1, "pas hier")

        sheet = read_bytes(excel(fill))
        assert [row.number for row in sheet.rows] == [1, 2, 3]
        assert sheet.rows[2].cells == ("", "pas hier")

    def test_styled_empty_cells_far_away_do_no_harm(self) -> None:
        def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
            sheet.write(0, 0, "a")
            sheet.write_blank(1_000_000, 16_000, None, book.add_format({"bold": True}))

        assert texts(read_bytes(excel(fill))) == [("a",)]


class TestWhichSheet:
    def test_the_one_with_most_rows_and_the_others_are_named(self) -> None:
        def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
            sheet.write(0, 0, "kort")
            book.add_worksheet("Lang").write_column(0, 0, ["a", "b"])
            book.add_worksheet("Leeg")
            hidden = book.add_worksheet("Verborgen")
            hidden.write_column(0, 0, list("abcdef"))
            hidden.hide()

        sheet = read_bytes(excel(fill))
        assert (sheet.name, len(sheet.rows), sheet.other_sheets) == ("Lang", 2, ("Lijst",))

    def test_an_ods_is_read_too(self) -> None:
        row = f"<table:table-row>{ods_cell('Łukasz')}{ods_cell('x', 2)}</table:table-row>"
        rest = (
            '<table:table-row table:number-rows-repeated="1048570">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        )
        assert texts(read_bytes(ods(row + rest))) == [("Łukasz", "x", "x")]


class TestOldExcel:
    def test_an_xls_is_read_too(self) -> None:
        data = old_excel({(0, 0): "Łukasz", (0, 1): "Tel", (1, 1): 612345678.0})
        assert texts(read_bytes(data)) == [("Łukasz", "Tel"), ("", "612345678")]

    def test_a_claimed_size_makes_no_room(self) -> None:
        data = old_excel({(0, 0): "a"}, (4_000_000_000, 1, 65_535, 1))
        assert texts(read_bytes(data)) == [("a",)]

    @pytest.mark.parametrize("corner", [(60_000, 0), (0, 300), (40_000, 150)])
    def test_a_far_corner_is_refused(self, corner: tuple[int, int]) -> None:
        assert "50000" in refusal(old_excel({(0, 0): "a", corner: "b"}))

    def test_random_changes_are_a_sheet_or_refused(self) -> None:
        source = random.Random(11)
        plain_xls = old_excel({(row, column): f"cel {row}" for row in range(20) for column in range(4)})
        for _round in range(300):
            broken = bytearray(plain_xls)
            for _change in range(source.randint(1, 6)):
                broken[source.randrange(len(broken))] = source.randrange(256)
            assert_sheet_or_refused(bytes(broken))


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
    def test_the_letters_of_every_office_program(self, encoding: str) -> None:
        data = "Naam;Plaats\r\nMüller;Café\r\n".encode(encoding)
        assert texts(read_bytes(data)) == [("Naam", "Plaats"), ("Müller", "Café")]

    @pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
    def test_the_separator_is_found_by_counting(self, separator: str) -> None:
        lines = [["Naam", "Adres", "Tel"], ["Bos; en Co, samen", "Kerkpad 9", "040"], ["", "", ""], ["a", "b, c", "d"]]
        data = "\n".join(separator.join(f'"{cell}"' if cell else "" for cell in line) for line in lines)
        assert texts(read_bytes(data.encode())) == [tuple(line) for line in lines]

    def test_excels_own_line_about_the_separator(self) -> None:
        assert texts(read_bytes(b"sep=,\r\na,b;c\r\n")) == [("a", "b;c")]

    def test_a_cell_may_hold_lines_and_a_protected_number(self) -> None:
        assert texts(read_bytes(b'a;"twee\nregels"\n="01054321";x\n')) == [("a", "twee\nregels"), ("01054321", "x")]

    def test_a_quote_that_is_never_closed_swallows_nothing(self) -> None:
        assert texts(read_bytes(b'a;"b\nc;d\n"e;f"g\n')) == [("a", '"b'), ("c", "d"), ('"e', 'f"g')]

    def test_more_rows_or_columns_than_any_list_are_refused(self) -> None:
        assert "50000" in refusal(b"a\n" * 50_001)
        assert "200" in refusal(b";".join([b"x"] * 201))


class TestRefused:
    def test_a_file_that_is_gone(self, tmp_path: Path) -> None:
        with pytest.raises(Refused, match=r"no longer there|niet meer"):
            read_table(tmp_path / "weg.xlsx")

    def test_a_file_in_use(self, tmp_path: Path, plain: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        def in_use(_path: Path) -> bytes:
            raise PermissionError(13, "in use")

        path = tmp_path / "open.xlsx"
        path.write_bytes(plain)
        monkeypatch.setattr(Path, "read_bytes", in_use)
        with pytest.raises(Refused, match=r"locked or in use|in gebruik"):
            read_table(path)

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(Refused):
            read_table(tmp_path)

    @pytest.mark.parametrize("data", [b"", b"  \r\n\r\n", b";;;\n;;\n"])
    def test_an_empty_file(self, data: bytes) -> None:
        assert refusal(data) == refusal(b"")

    def test_fifty_megabytes(self, tmp_path: Path) -> None:
        path = tmp_path / "groot.csv"
        with path.open("wb") as file:
            file.truncate(50 * 1024 * 1024)
        with pytest.raises(Refused, match="50 MB"):
            read_table(path)
        assert "MB" in refusal(b"a" * (MAX_BYTES + 1))

    @pytest.mark.parametrize(
        "data",
        [
            b"%PDF-1.7\n1 0 obj\n",
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
            b"\xff\xd8\xff\xe0" + b"JFIF" * 9,
            bytes(range(256)) * 40,
            b"MZ\x90\x00\x03" + b"\0" * 500,
        ],
    )
    def test_something_else_is_no_spreadsheet(self, data: bytes) -> None:
        assert refusal(data) == refusal(b"%PDF")

    def test_a_word_file(self) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("word/document.xml", "<w:document xmlns:w='x'/>")
        assert refusal(buffer.getvalue()) == refusal(b"%PDF")

    def test_a_web_page_called_xls(self) -> None:
        assert refusal(b"<html><table><tr><td>a</td></tr></table></html>") != refusal(b"%PDF")

    def test_a_file_with_a_password(self) -> None:
        locked = packed(b"x", "EncryptedPackage")
        assert "password" in refusal(locked) or "wachtwoord" in refusal(locked)

    def test_a_damaged_file(self, plain: bytes) -> None:
        assert refusal(plain[: len(plain) // 2]) == refusal(b"PK\x03\x04" + b"x" * 100)
        assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000) == refusal(b"PK\x03\x04" + b"x" * 100)


class TestBombs:
    def test_a_file_that_unpacks_to_far_too_much(self, plain: bytes) -> None:
        bomb = with_part(plain, "xl/media/photo.xml", b"<a>" + b" " * 60_000_000 + b"</a>")
        assert len(bomb) < 100_000
        assert "unpacked" in refusal(bomb) or "uitgepakt" in refusal(bomb)

    def test_sizes_that_lie(self, plain: bytes) -> None:
        bomb = bytearray(with_part(plain, "xl/media/photo.xml", b"<a>" + b" " * 60_000_000 + b"</a>"))
        true_size = (60_000_007).to_bytes(4, "little")
        while (at := bomb.find(true_size)) >= 0:
            bomb[at : at + 4] = (100).to_bytes(4, "little")
        assert refusal(bytes(bomb)) == refusal(b"PK\x03\x04" + b"x" * 100)

    def test_two_far_corners(self, plain: bytes) -> None:
        sheet = (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            "</sheetData></worksheet>"
        )
        assert "50000" in refusal(with_part(plain, "xl/worksheets/sheet1.xml", sheet))

    def test_one_long_text_named_a_million_times(self, plain: bytes) -> None:
        names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        row = '<c t="s"><v>0</v></c>' * 100
        sheet = f"<worksheet {names}><sheetData>{f'<row>{row}</row>' * 400}</sheetData></worksheet>"
        data = with_part(plain, "xl/worksheets/sheet1.xml", sheet)
        data = with_part(data, "xl/sharedStrings.xml", f"<sst {names}><si><t>{'x' * 30_000}</t></si></sst>")
        assert "unpacked" in refusal(data) or "uitgepakt" in refusal(data)

    def test_an_ods_row_repeated_a_million_times(self) -> None:
        row = f'<table:table-row table:number-rows-repeated="1000000">{ods_cell("a", 16384)}</table:table-row>'
        assert "50000" in refusal(ods(row))

    def test_entities_that_grow(self, plain: bytes) -> None:
        lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
        assert refusal(with_part(plain, "xl/worksheets/sheet1.xml", lol)) == refusal(b"PK\x03\x04" + b"x" * 100)

    def test_a_second_spreadsheet_hidden_in_the_first_is_not_seen(self, plain: bytes) -> None:
        row = f'<table:table-row table:number-rows-repeated="1000000">{ods_cell("a", 16384)}</table:table-row>'
        with zipfile.ZipFile(io.BytesIO(ods(row))) as archive:
            hidden = with_part(with_part(plain, "content.xml", archive.read("content.xml")), "mimetype", ODS)
        assert texts(read_bytes(hidden)) == [("Activiteit", "Waar")]


class TestWriting:
    def test_texts_stay_texts_whatever_they_begin_with(self, tmp_path: Path) -> None:
        path = tmp_path / "afgewezen.xlsx"
        rows: list[list[str | int | float | None]] = [
            ["=1+1", "https://voorbeeld.nl", "0612345678"],
            ["@x", "-5", "\x01<b>&"],
            [3, None, 2.5],
        ]
        write_table(path, ["Naam", "Site", "Tel"], rows)
        with zipfile.ZipFile(path) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
            assert "hyperlink" not in archive.read("xl/worksheets/sheet1.xml").decode()
        read = texts(read_table(path))
        assert read[1] == ("=1+1", "https://voorbeeld.nl", "0612345678")
        assert read[3] == ("3", "", "2,5")

    def test_a_csv_starts_no_formula(self, tmp_path: Path) -> None:
        path = tmp_path / "lijst.csv"
        write_csv(path, ["Naam", "Tel"], [["=cmd|'/c calc'!A1", "+31 6 12345678"], ["Müller; & Zn", -5]])
        text = path.read_bytes().decode("utf-8-sig")
        assert text == "Naam;Tel\r\n'=cmd|'/c calc'!A1;'+31 6 12345678\r\n\"Müller; & Zn\";-5\r\n"

    def test_a_text_too_long_for_a_cell_is_cut_with_a_mark(self) -> None:
        buffer = io.BytesIO()
        write_table(buffer, ["a"], [["x" * 40_000]])
        assert read_bytes(buffer.getvalue()).rows[1].cells[0].endswith("x…")

    def test_a_place_that_cannot_be_written_is_a_plain_sentence(self, tmp_path: Path) -> None:
        with pytest.raises(Refused):
            write_table(tmp_path / "geen map" / "x.xlsx", ["a"], [])

    @pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1"])
    def test_what_a_program_would_calculate_gets_an_apostrophe(self, text: str) -> None:
        assert formula_safe(text) == f"'{text}"


def assert_sheet_or_refused(data: bytes) -> None:
    with contextlib.suppress(Refused):
        assert read_bytes(data).rows


@given(st.binary(max_size=3000))
@settings(max_examples=400, deadline=None)
def test_random_bytes_are_a_sheet_or_refused(data: bytes) -> None:
    assert_sheet_or_refused(data)


@given(st.text(max_size=500), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
@settings(max_examples=300, deadline=None)
def test_random_text_is_a_sheet_or_refused(text: str, encoding: str) -> None:
    assert_sheet_or_refused(text.encode(encoding, "replace"))


def test_a_spreadsheet_with_random_changes_is_a_sheet_or_refused(plain: bytes) -> None:
    source = random.Random(20261121)
    for _round in range(300):
        broken = bytearray(plain)
        for _change in range(source.randint(1, 6)):
            broken[source.randrange(len(broken))] = source.randrange(256)
        assert_sheet_or_refused(bytes(broken))


def test_xml_with_random_changes_is_a_sheet_or_refused(plain: bytes) -> None:
    source = random.Random(7)
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        parts = {
            name: archive.read(name) for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml")
        }
    for _round in range(200):
        name = source.choice(list(parts))
        content = bytearray(parts[name])
        for _change in range(source.randint(1, 4)):
            at = source.randrange(len(content))
            content[at : at + source.randint(0, 8)] = source.choice([b"", b"9", b"99999999", b"<", b'"', b"</c>", b"A"])
        assert_sheet_or_refused(with_part(plain, name, bytes(content)))


@pytest.mark.skipif(not SAMPLES.exists(), reason="the shared samples are not on this computer")
def test_every_row_of_the_sample_is_read() -> None:
    sheet = read_table(SAMPLES / "aanbod.xlsx")
    book = python_calamine.load_workbook(SAMPLES / "aanbod.xlsx")
    assert len(sheet.rows) == len(book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)) == 75
    assert sum(len(row.unsaved_formulas) for row in sheet.rows) == 8
    assert [row.number for row in sheet.rows if row.merged] == [1, 5, 27, 49, 71]
