"""How a fixed letter goes out: as text, as PDF or on paper, and whether it went. Must not know how it is written."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.actions.letter_looks import OpenLetter, text_of_letter
from desktop.actions.letter_sending import confirm_sent, send_letter
from desktop.language import _
from desktop.rules.codes import LETTER_WAYS, word
from desktop.screens.letter_parts import WAY_ICONS
from desktop.screens.office import Office
from desktop.storage.models import Dispatch
from desktop.widgets import icons, parts, preview
from desktop.widgets.clipboard import copy_held
from desktop.widgets.flow import flowing

Deed = Callable[[], object]


class Sending:
    """Hands letters out and hears whether they went; nothing counts as sent before somebody says so."""

    def __init__(self, office: Office, parent: QWidget, tell: Callable[[str], None]) -> None:
        self.choose_printer: Callable[[QWidget], QPrinter | None] = preview.ask_printer
        self.choose_file: Callable[[QWidget, str], str] = preview.ask_file
        self.print_pdf: Callable[[bytes, QPrinter], bool] = preview.print_pdf
        self._office, self._parent, self._tell = office, parent, tell
        self._pasted: Deed = _nothing_copied

    def hand_out(self, opened: OpenLetter, way: str) -> None:
        """Copy, save or print this letter."""
        {"text": self._copy, "pdf": self._save, "print": self._print}[way](opened)

    def confirm(self, dispatch_id: int) -> None:
        """Somebody saw it go."""
        done = self._office.desk.perform(confirm_sent, dispatch_id, said=_("Sent"), undoable=False)
        if done is not None:
            self._pasted()

    def _copy(self, opened: OpenLetter) -> None:
        def copied(_dispatch: Dispatch) -> None:
            self._pasted = copy_held(text_of_letter(opened))

        self._record(opened, "text", copied)

    def _save(self, opened: OpenLetter) -> None:
        path = self.choose_file(self._parent, f"brief-{opened.record.voucher.number}.pdf")

        def written(_dispatch: Dispatch) -> None:
            if not preview.write_file(path, opened.pdf or b""):
                self._tell(_("The file could not be written there. Choose another folder."))

        if path:
            self._record(opened, "pdf", written)

    def _print(self, opened: OpenLetter) -> None:
        printer = self.choose_printer(self._parent)

        def printed(_dispatch: Dispatch) -> None:
            assert printer is not None
            if not self.print_pdf(opened.pdf or b"", printer):
                self._tell(_("The printer did not take it. Look whether it is on, and print again."))

        if printer is not None:
            self._record(opened, "print", printed)

    def _record(self, opened: OpenLetter, way: str, then: Callable[[Dispatch], None]) -> None:
        self._office.desk.perform(
            send_letter, opened.record.id, way, said=_("Handed out; not confirmed as sent yet"), done=then,
            undoable=False,
        )  # fmt: skip


def waiting(opened: OpenLetter | None) -> Dispatch | None:
    """A way of sending that nobody confirmed yet."""
    if opened is None or opened.record.state != "fixed" or opened.record.withdrawn_on is not None:
        return None
    return next((each for each in opened.dispatches if each.confirmed_at is None), None)


def way_buttons(opened: OpenLetter, hand_out: Callable[[str], object]) -> dict[str, QPushButton]:
    """A button for each way."""
    made = {
        "text": parts.button(_("Copy as text"), "", "copy", partial(hand_out, "text"), "Ctrl+Shift+C"),
        "pdf": parts.button(_("Save as PDF"), "", "file-pdf", partial(hand_out, "pdf"), "Ctrl+Shift+S"),
        "print": parts.button(_("Print"), "", "printer", partial(hand_out, "print"), "Ctrl+P"),
    }
    for button in made.values():
        button.setEnabled(not opened.stopped)
    return made


def ways_card(opened: OpenLetter, buttons: Mapping[str, QPushButton]) -> QWidget:
    """What the practice wants, and the ways."""
    practice = opened.record.practice
    words = _("The letter is fixed. {practice} wants letters like this: {way}.").format(
        practice=practice.name, way=word(LETTER_WAYS, practice.letter_way).lower()
    )
    return parts.card(_("Send"), parts.label(words, "muted"), flowing(*buttons.values()))


def make_primary(button: QPushButton, way: str) -> QPushButton:
    """The way the practice agreed to is the next step."""
    button.setProperty("role", "primary")
    icons.dress(button, WAY_ICONS[way], "on_primary")
    return button


def question(way: str) -> str:
    """What is asked after a letter was handed out."""
    return {
        "text": _("The text is on the clipboard. Was it pasted and sent?"),
        "pdf": _("Was the PDF sent to the practice?"),
        "print": _("Was it printed well and is it on its way?"),
    }[way]


def _nothing_copied() -> None:
    """Nothing of this letter is on the clipboard."""
