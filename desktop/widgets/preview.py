"""Shows a PDF from memory, prints and saves it. Must not know what is on it, and leaves no file behind."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QDir, QFile, QIODevice, QSaveFile, QStandardPaths, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QVBoxLayout, QWidget

from desktop.language import _
from desktop.widgets import parts, theme
from desktop.widgets.pages import Page
from desktop.widgets.printing import OpenPdf, open_pdf, print_pdf

__all__ = ["OpenPdf", "Preview", "ask_file", "ask_folder", "ask_printer", "open_pdf", "print_pdf", "remove_file",
           "write_file"]
STEP = 1.25
SMALLEST, LARGEST = 0.25, 5.0


class Preview(Page):
    """The paper as it comes from the printer, with print, save and zoom; the caller adds what else can be done."""

    printed = Signal()
    saved = Signal()
    scrolls_itself = True

    def __init__(
        self, title: str, pdf: bytes, file_name: str = "", buttons: Sequence[QPushButton] = (),
        back: bool = True, quiet: bool = False,
    ) -> None:
        super().__init__()
        self.title = title
        self.setObjectName("page")
        self._pdf = pdf
        self._file_name = file_name or "document.pdf"
        self._open = open_pdf(pdf, self)
        self.choose_printer: Callable[[QWidget], QPrinter | None] = ask_printer
        self.choose_file: Callable[[QWidget, str], str] = ask_file
        self._view = _view(self._open.document, title, self)
        self._note = parts.label("", "help")
        self.print_button = parts.button(_("Print"), "" if buttons or quiet else "primary", "printer", self.print_out,
                                         "Ctrl+P")
        tools = [
            parts.button(_("Smaller"), "link", "magnifying-glass-minus", partial(self.zoom, 1 / STEP)),
            parts.button(_("Larger"), "link", "magnifying-glass-plus", partial(self.zoom, STEP)),
            parts.button(_("Whole page"), "link", "frame-corners", self.whole_page),
        ]
        deeds = [
            *([parts.button(_("Back"), "", "arrow-left", self.closed.emit)] if back else []), None,
            parts.button(_("Save as PDF"), "", "file-pdf", self.save_as, "Ctrl+Shift+S"), self.print_button, *buttons,
        ]
        layout = QVBoxLayout(self)
        theme.space(layout, 8, (24, 16, 24, 12))
        parts.fill(layout, parts.row(parts.title(title), None, *tools), self._view, self._note,
                   parts.row(*deeds))
        layout.setStretch(1, 1)
        self._note.hide()

    def first_focus(self) -> QWidget | None:
        return self.print_button

    def page_count(self) -> int:
        """How many pages the paper has."""
        return self._open.document.pageCount()

    def zoom(self, factor: float) -> None:
        """Show the paper larger or smaller."""
        shown = self._view.zoomFactor() if self._custom() else self._fitted()
        self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(max(SMALLEST, min(LARGEST, shown * factor)))

    def whole_page(self) -> None:
        """Show one page as large as the window allows."""
        self._view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def print_out(self) -> None:
        """Choose a printer and print every page at its true size."""
        printer = self.choose_printer(self)
        if printer is None:
            return
        if print_pdf(self._pdf, printer):
            self._tell(_("Sent to the printer."), "help")
            self.printed.emit()
        else:
            self._tell(_("The printer did not take it. Look whether it is on, and print again."), "complaint")

    def save_as(self) -> None:
        """Keep the paper as a PDF file where the user wants it."""
        path = self.choose_file(self, self._file_name)
        if not path:
            return
        if write_file(path, self._pdf):
            self._tell(_("Saved as {path}").format(path=path), "help")
            self.saved.emit()
        else:
            self._tell(_("The file could not be written there. Choose another folder."), "complaint")

    def _custom(self) -> bool:
        return self._view.zoomMode() == QPdfView.ZoomMode.Custom

    def _fitted(self) -> float:
        size = self._open.document.pagePointSize(0)
        inch = self._view.logicalDpiX() / 72
        return max(SMALLEST, self._view.viewport().height() / max(1.0, size.height() * inch))

    def _tell(self, text: str, role: str) -> None:
        self._note.setProperty("role", role)
        self._note.setText(text)
        self._note.show()
        theme.restyle(self._note)


def write_file(path: str, content: bytes) -> bool:
    """Write a whole file or nothing at all."""
    file = QSaveFile(path)
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        return False
    return file.write(QByteArray(content)) == len(content) and file.commit()


def remove_file(path: str) -> None:
    """Take away a file that was written for something that did not go on."""
    QFile.remove(path)


def ask_printer(parent: QWidget) -> QPrinter | None:
    """The printer the user chooses, or None."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    accepted = QPrintDialog(printer, parent).exec() == QDialog.DialogCode.Accepted
    return printer if accepted else None


def ask_file(parent: QWidget, name: str) -> str:
    """The path the user chooses, or nothing."""
    there = QDir(documents()).filePath(name)
    path, _filter = QFileDialog.getSaveFileName(parent, _("Save as PDF"), there, _("PDF files (*.pdf)"))
    return path


def ask_folder(parent: QWidget, folder: str) -> str:
    """The folder the user chooses, or nothing."""
    return QFileDialog.getExistingDirectory(parent, _("Folder for the PDFs"), folder or documents())


def documents() -> str:
    """Where people keep their papers; otherwise a first look would be at the program's own files."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _view(document: QPdfDocument, name: str, parent: QWidget) -> QPdfView:
    view = QPdfView(parent)
    view.setPageMode(QPdfView.PageMode.MultiPage)
    large = theme.percent() > 125
    view.setZoomMode(QPdfView.ZoomMode.FitToWidth if large else QPdfView.ZoomMode.Custom)
    view.setZoomFactor(theme.percent() / 100)
    view.setDocument(document)
    view.setAccessibleName(name)
    return view
