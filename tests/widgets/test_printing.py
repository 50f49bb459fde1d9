"""Many papers in one job: read back in order, stopped halfway, refused halfway; the window lives meanwhile."""

from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop.errors import Refused, StorageProblem
from desktop.widgets import printing
from desktop.widgets.printing import Ended, Piece, Printing
from tests.paper import scanning
from tests.paper.reading import MM

pytestmark = pytest.mark.usefixtures("qapp")


def paper(place: int, pages: int = 1) -> bytes:
    """A5 or A4 pages with a black bar whose height in cm tells the place."""
    from reportlab.pdfgen import canvas

    buffer = BytesIO()
    drawn = canvas.Canvas(buffer, (210 * MM, 297 * MM))
    for _page in range(pages):
        drawn.rect(20 * MM, 20 * MM, 20 * MM, place * 10 * MM, fill=1)
        drawn.showPage()
    drawn.save()
    return buffer.getvalue()


def to_file(path: Path, dots: int = 60) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(dots)
    return printer


def places(path: Path) -> list[int]:
    """Which papers came out, in order, read from their bars."""
    opened = printing.open_pdf(path.read_bytes())
    found = []
    for number in range(opened.document.pageCount()):
        image = opened.document.render(number, opened.document.pagePointSize(number).toSize())
        column = [image.pixelColor(round(30 * MM), y) for y in range(image.height())]
        dark = sum(colour.alpha() > 128 and colour.lightness() < 100 for colour in column)
        found.append(round(dark / MM / 10))
    return found


class RunsOut(QPrinter):
    """A printer that takes so many pages and then no more."""

    def __init__(self, pages: int) -> None:
        super().__init__(QPrinter.PrinterMode.HighResolution)
        self._left = pages

    def newPage(self) -> bool:  # noqa: N802 - Qt's name
        self._left -= 1
        return self._left > 0 and super().newPage()


def printed(qtbot: QtBot, printer: QPrinter, pieces: list[Piece]) -> Ended:
    job = Printing(printer, pieces)
    with qtbot.waitSignal(job.ended, timeout=20_000) as ended:
        job.start()
    how: Ended = ended.args[0]
    return how


def piece(place: int, pages: int = 1) -> Piece:
    return Piece(f"brief {place}", lambda: paper(place, pages))


def test_papers_come_out_in_order_each_on_its_own_sheet(qtbot: QtBot, tmp_path: Path) -> None:
    printer = to_file(tmp_path / "stapel.pdf")
    how = printed(qtbot, printer, [piece(1), piece(2, pages=2), piece(3)])
    assert how == Ended(3)
    assert how.whole
    assert places(tmp_path / "stapel.pdf") == [1, 2, 2, 3]
    assert printer.duplex() == QPrinter.DuplexMode.DuplexNone
    size = pypdf.PdfReader(tmp_path / "stapel.pdf").pages[0].mediabox
    assert float(size.width) / MM == pytest.approx(210, abs=0.5)


def test_a_paper_is_fetched_only_when_its_turn_comes(qtbot: QtBot, tmp_path: Path) -> None:
    order: list[str] = []

    def fetch(place: int) -> bytes:
        order.append(f"fetch {place}")
        return paper(place)

    pieces = [Piece(f"brief {each}", lambda each=each: fetch(each)) for each in (1, 2)]  # type: ignore[misc]
    job = Printing(to_file(tmp_path / "a.pdf"), pieces)
    job.progressed.connect(lambda _number, name: order.append(name))
    with qtbot.waitSignal(job.ended):
        job.start()
    assert order == ["brief 1", "fetch 1", "brief 2", "fetch 2"]


def test_what_is_refused_at_its_turn_is_left_out_and_named(qtbot: QtBot, tmp_path: Path) -> None:
    def refuse() -> bytes:
        raise Refused("ingetrokken")

    how = printed(qtbot, to_file(tmp_path / "a.pdf"), [piece(1), Piece("brief 2", refuse), piece(3)])
    assert how.left_out == ((1, "ingetrokken"),)
    assert places(tmp_path / "a.pdf") == [1, 3]


def test_what_cannot_be_read_stops_the_job_there(qtbot: QtBot, tmp_path: Path) -> None:
    def damaged() -> bytes:
        raise StorageProblem("beschadigd")

    how = printed(qtbot, to_file(tmp_path / "a.pdf"), [piece(1), Piece("brief 2", damaged), piece(3)])
    assert (how.done, how.stopped_at, how.complaint) == (1, 1, "beschadigd")


def test_a_bug_in_one_paper_ends_the_job_there(qtbot: QtBot, tmp_path: Path) -> None:
    def broken() -> bytes:
        raise LookupError("a bug")

    job, ended = Printing(to_file(tmp_path / "out.pdf"), [piece(1), Piece("2", broken), piece(3)]), list[Ended]()
    job.ended.connect(ended.append)
    with qtbot.captureExceptions() as told:
        job.start()
        qtbot.waitUntil(lambda: bool(ended))
    assert [kind for kind, *_rest in told] == [LookupError]
    assert (ended[0].done, ended[0].stopped_at) == (1, 1)


def test_a_printer_that_gives_up_says_at_which_paper(qtbot: QtBot, tmp_path: Path) -> None:
    printer = RunsOut(3)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "a.pdf"))
    printer.setResolution(60)
    how = printed(qtbot, printer, [piece(each) for each in range(1, 6)])
    assert (how.done, how.stopped_at) == (3, 3)
    assert not how.cancelled


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_begin(qtbot: QtBot, tmp_path: Path) -> None:
    how = printed(qtbot, to_file(tmp_path / "weg" / "a.pdf"), [piece(1)])
    assert (how.done, how.stopped_at) == (0, 0)


def test_cancelled_halfway_nothing_more_is_fetched(qtbot: QtBot, tmp_path: Path) -> None:
    fetched: list[int] = []

    def fetch(place: int) -> bytes:
        fetched.append(place)
        return paper(place)

    pieces = [Piece(str(each), lambda each=each: fetch(each)) for each in range(1, 10)]  # type: ignore[misc]
    job = Printing(to_file(tmp_path / "a.pdf"), pieces)
    job.progressed.connect(lambda number, _name: job.cancel() if number == 3 else None)
    with qtbot.waitSignal(job.ended) as ended:
        job.start()
    assert ended.args[0] == Ended(3, stopped_at=3, cancelled=True)
    assert fetched == [1, 2, 3]


def test_nothing_to_print_ends_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    assert printed(qtbot, to_file(tmp_path / "a.pdf"), []) == Ended(0)


@pytest.mark.parametrize("dots", [150, 300, 600])
def test_what_is_printed_is_as_large_as_on_the_paper_whatever_the_bands(tmp_path: Path, dots: int) -> None:
    """A page is painted in bands; each was once too small by a dot, and a fold mark stood a millimetre too high."""
    assert printing.print_pdf(paper(20), to_file(tmp_path / "a.pdf", dots))
    seen = scanning.dots((tmp_path / "a.pdf").read_bytes(), 150).point(lambda value: 255 if value < 128 else 0)
    edges = [edge * 25.4 / 150 for edge in seen.getbbox() or ()]
    assert edges == pytest.approx([20, 297 - 220, 40, 297 - 20], abs=0.4)
