"""Puts papers on a printer at their true size, one or many in one job, without the window standing still.

Must not know what is on the papers. A paper is fetched only when its turn comes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QElapsedTimer, QIODevice, QObject, QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrintEngine, QPrinter

from desktop.errors import Refused, StorageProblem

DOTS = 600_000  # painted at a time: a whole A4 at 600 dots an inch takes 140 MB and half a second
FINEST = 600  # dots an inch: what a laser printer has; 1,200 takes four times as long and looks the same
SERVER_OPTIONS = QPrintEngine.PrintEnginePropertyKey(0xFE00)  # Qt's own key for them, which it gave no name
TRUE_SIZE = {
    "print-scaling": "none", "fit-to-page": "false", "fitplot": "false", "fill": "false",
    "scaling": "100", "natural-scaling": "100", "number-up": "1", "page-border": "none", "mirror": "false",
}  # fmt: skip
"""What may be usual for a printer and spoils a letter: its window wants it to the millimetre."""
UPRIGHT = {"orientation-requested": "3"}
SLICE = 30  # milliseconds of printing before the window may do something else


@dataclass(frozen=True)
class OpenPdf:
    """A document with the bytes it reads from, which must live as long as it does."""

    document: QPdfDocument
    buffer: QBuffer


@dataclass(frozen=True)
class Piece:
    """One paper of a job; `fetch` may refuse, then it is left out."""

    name: str
    fetch: Callable[[], bytes]


@dataclass(frozen=True)
class Ended:
    """How a job ended: so many papers were painted in whole; `stopped_at` is the one that was not."""

    done: int
    stopped_at: int | None = None
    cancelled: bool = False
    complaint: str = ""  # why it could not be fetched; empty when the printer did not take it
    left_out: tuple[tuple[int, str], ...] = ()

    @property
    def whole(self) -> bool:
        return self.stopped_at is None


class NotTaken(Exception):
    """The printer refuses a job or a page."""


class Printing(QObject):
    """One job of many papers; `start` returns at once, `ended` comes when the last page is on its way."""

    progressed = Signal(int, str)  # the paper that is being painted, from 0, and its name
    ended = Signal(object)

    def __init__(self, printer: QPrinter, pieces: Sequence[Piece], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._printer, self._pieces = printer, pieces
        self._painter = QPainter()
        self._work = self._paint()
        self._now, self._done = 0, 0
        self._cancelled = False
        self._left_out: list[tuple[int, str]] = []
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)

    def start(self) -> None:
        """Each paper on a sheet of its own."""
        self._printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
        _make_ready(self._printer)
        self._next.start()

    def cancel(self) -> None:
        """Nothing more goes to the printer; what it took already cannot be called back."""
        self._cancelled = True
        if self._next.isActive():
            self._break_off()

    def _break_off(self) -> None:
        self._printer.abort()
        self._end(Ended(self._done, self._now, cancelled=True))

    def _go_on(self) -> None:
        """A slice of the work; in between the window lives."""
        clock = QElapsedTimer()
        clock.start()
        try:
            while clock.elapsed() < SLICE:
                if next(self._work, self) is self:
                    self._finish()
                    return
                if self._cancelled:
                    self._break_off()
                    return
        except NotTaken:
            self._end(Ended(self._done, self._now))
            return
        except StorageProblem as problem:
            self._give_up(problem.message)
            return
        except Exception:  # a bug is told like any other; the job ends, or it could never be stopped
            self._give_up()
            raise
        self._next.start()

    def _give_up(self, complaint: str = "") -> None:
        self._printer.abort()
        self._end(Ended(self._done, self._now, complaint=complaint))

    def _paint(self) -> Iterator[None]:
        for number, piece in enumerate(self._pieces):
            self._now = number
            self.progressed.emit(number, piece.name)
            yield
            try:
                pdf = piece.fetch()
            except Refused as refused:
                self._left_out.append((number, refused.sentence()))
                continue
            opened = open_pdf(pdf)
            yield
            yield from _paint_pages(self._painter, self._printer, opened.document)
            self._done = number + 1

    def _finish(self) -> None:
        taken = self._painter.end() if self._painter.isActive() else True
        last = len(self._pieces) - 1
        self._end(Ended(self._done) if taken else Ended(0, last))

    def _end(self, how: Ended) -> None:
        self._next.stop()
        if self._painter.isActive():
            self._painter.end()
        self.ended.emit(Ended(how.done, how.stopped_at, how.cancelled, how.complaint, tuple(self._left_out)))


def open_pdf(pdf: bytes, parent: QObject | None = None) -> OpenPdf:
    """A PDF opened from memory."""
    document, buffer = QPdfDocument(), QBuffer()
    document.setParent(parent)
    buffer.setParent(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return OpenPdf(document, buffer)


def print_pdf(pdf: bytes, printer: QPrinter) -> bool:
    """Print each page at its true size, measured from the paper's corner; False when the printer refuses."""
    opened, painter = open_pdf(pdf), QPainter()
    _make_ready(printer)
    try:
        for _band in _paint_pages(painter, printer, opened.document):
            pass
    except NotTaken:
        return False
    return painter.end()


def _make_ready(printer: QPrinter) -> None:
    printer.setFullPage(True)
    if printer.resolution() > FINEST:
        printer.setResolution(FINEST)
    _ask_true_size(printer, TRUE_SIZE)


def _ask_true_size(printer: QPrinter, options: dict[str, str]) -> None:
    """A print server may shrink, turn or combine pages unless the job says otherwise; other choices stay.

    Where there is no such server its options mean nothing and are let be.
    """
    engine = printer.printEngine()
    chosen = [str(each) for each in engine.property(SERVER_OPTIONS) or ()]
    others = {name: value for name, value in zip(chosen[::2], chosen[1::2], strict=False) if name not in options}
    engine.setProperty(SERVER_OPTIONS, [part for pair in (others | options).items() for part in pair])


def _paint_pages(painter: QPainter, printer: QPrinter, document: QPdfDocument) -> Iterator[None]:
    """All pages of a paper, a band at a time; begins the job when it was not begun yet."""
    if document.pageCount() < 1:
        raise NotTaken
    for number in range(document.pageCount()):
        _set_paper(printer, document, number)
        if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
            raise NotTaken
        yield
        yield from _paint_page(painter, printer, document, number)


def _paint_page(painter: QPainter, printer: QPrinter, document: QPdfDocument, number: int) -> Iterator[None]:
    points, dots = document.pagePointSize(number), printer.resolution() / 72
    page = QSize(round(points.width() * dots), round(points.height() * dots))
    high = max(1, DOTS // page.width())
    for top in range(0, page.height(), high):
        band = QSize(page.width(), min(high, page.height() - top))
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(page)
        # One more each way: Qt measures a band from its first to its last dot, and drew it too small by that one.
        options.setScaledClipRect(QRect(0, top, band.width() + 1, band.height() + 1))
        painter.drawImage(QPoint(0, top), document.render(number, band, options))
        yield


def _set_paper(printer: QPrinter, document: QPdfDocument, number: int) -> None:
    points = document.pagePointSize(number)
    lying = points.width() > points.height()
    upright = points.transposed() if lying else points
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    )
    if not lying:
        _ask_true_size(printer, UPRIGHT)
