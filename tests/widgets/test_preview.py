"""The preview shows, prints and saves a PDF from memory, and says so when printer or disk refuses."""

from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.widgets import preview
from tests.widgets.dressing import dress

pytestmark = pytest.mark.usefixtures("qapp")  # Qt stops the whole run over a printer without one


@pytest.fixture(scope="module")
def letter() -> bytes:
    """Two pages of A4, the first with a black square 20 mm from the left and the top."""
    from reportlab.pdfgen import canvas

    points = 72 / 25.4
    buffer = BytesIO()
    paper = canvas.Canvas(buffer, (210 * points, 297 * points))
    paper.rect(20 * points, (297 - 40) * points, 20 * points, 20 * points, fill=1)
    paper.showPage()
    paper.showPage()
    paper.save()
    return buffer.getvalue()


def to_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(150)
    printer.setOutputFileName(str(path))
    return printer


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, letter: bytes) -> preview.Preview:
    dress(qapp)
    made = preview.Preview("Brief", letter, "brief.pdf")
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def note(page: preview.Preview) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel)
                    if label.isVisible() and label.property("role") in ("help", "complaint"))


def test_all_pages_are_shown(page: preview.Preview) -> None:
    assert page.page_count() == 2


def test_printing_gives_each_page_at_its_true_size(page: preview.Preview, tmp_path: Path, qtbot: QtBot) -> None:
    page.choose_printer = lambda _parent: to_file(tmp_path / "druk.pdf")
    with qtbot.waitSignal(page.printed):
        page.print_out()
    printed = pypdf.PdfReader(tmp_path / "druk.pdf")
    assert len(printed.pages) == 2
    assert float(printed.pages[0].mediabox.width) == pytest.approx(595.3, abs=1)


def test_the_ink_stands_where_the_letter_has_it(letter: bytes, tmp_path: Path) -> None:
    assert preview.print_pdf(letter, to_file(tmp_path / "druk.pdf"))
    printed = preview.open_pdf((tmp_path / "druk.pdf").read_bytes())
    image = printed.document.render(0, QPageSize(QPageSize.PageSizeId.A4).sizePixels(100))
    millimetre = 100 / 25.4
    dark = [(x, y) for x in range(image.width()) for y in range(image.height())
            if image.pixelColor(x, y).alpha() > 128 and image.pixelColor(x, y).lightness() < 100]
    left, top = min(x for x, _y in dark) / millimetre, min(y for _x, y in dark) / millimetre
    right, bottom = max(x for x, _y in dark) / millimetre, max(y for _x, y in dark) / millimetre
    assert (left, top, right, bottom) == pytest.approx((20, 20, 40, 40), abs=0.6)


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_refuses_is_said_and_nothing_counts_as_printed(
    page: preview.Preview, tmp_path: Path, qtbot: QtBot
) -> None:
    page.choose_printer = lambda _parent: to_file(tmp_path / "bestaat-niet" / "druk.pdf")
    with qtbot.assertNotEmitted(page.printed):
        page.print_out()
    assert note(page)


def test_choosing_no_printer_does_nothing(page: preview.Preview, qtbot: QtBot) -> None:
    page.choose_printer = lambda _parent: None
    with qtbot.assertNotEmitted(page.printed):
        page.print_out()


def test_saving_writes_the_very_same_bytes(page: preview.Preview, letter: bytes, tmp_path: Path) -> None:
    page.choose_file = lambda _parent, name: str(tmp_path / name)
    page.save_as()
    assert (tmp_path / "brief.pdf").read_bytes() == letter


def test_a_folder_that_is_not_there_is_said(page: preview.Preview, tmp_path: Path, qtbot: QtBot) -> None:
    page.choose_file = lambda _parent, name: str(tmp_path / "weg" / name)
    with qtbot.assertNotEmitted(page.saved):
        page.save_as()
    assert note(page)


def test_what_is_no_pdf_is_not_printed(tmp_path: Path) -> None:
    assert not preview.print_pdf(b"geen pdf", to_file(tmp_path / "druk.pdf"))


def test_the_paper_can_be_enlarged_with_buttons(page: preview.Preview) -> None:
    before = page._view.zoomFactor()
    page.zoom(1.25)
    page.zoom(1.25)
    assert page._view.zoomFactor() > before or page._view.zoomMode() == page._view.ZoomMode.Custom
    page.whole_page()
    assert page._view.zoomMode() == page._view.ZoomMode.FitInView


def test_one_button_is_filled(page: preview.Preview) -> None:
    filled = [button for button in page.findChildren(QPushButton) if button.property("role") == "primary"]
    assert filled == [page.print_button]


def test_a_first_look_for_a_folder_is_not_at_the_program_s_own_files(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def choose_folder(_parent: object, _title: str, folder: str) -> str:
        seen.append(folder)
        return ""

    def choose_file(_parent: object, _title: str, path: str, _filter: str) -> tuple[str, str]:
        seen.append(path)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose_folder)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose_file)
    parent = QLabel()
    preview.ask_folder(parent, "")
    preview.ask_folder(parent, "/brieven")
    preview.ask_file(parent, "brief.pdf")
    documents = preview.documents()
    assert seen == [documents, "/brieven", f"{documents}/brief.pdf"]
