"""How a fixed letter goes out: as text, as PDF or on paper, and whether it went. Must not know how it is written."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.actions.letter_looks import OpenLetter
from desktop.actions.letter_sending import Parcel, confirm_each, confirm_sent, send_letter, take_back
from desktop.errors import Refused, StorageProblem
from desktop.language import _, ngettext
from desktop.rules.staff import Member
from desktop.screens.letter_parts import WAY_ICONS, way_words
from desktop.screens.office import Office
from desktop.storage.models import Dispatch, Letter
from desktop.widgets import icons, parts, preview
from desktop.widgets.background import Progress
from desktop.widgets.clipboard import copy_held, holds, take_off
from desktop.widgets.flow import flowing

FOLDER = "letters.folder"  # of this computer: where PDFs for the secure mail go
AGAIN = 1000  # names tried when a file of that name is there already


@dataclass(frozen=True)
class Stopped:
    """Saving many ended early: so many were saved, and why the next one was not."""

    saved: int
    why: str = ""


class Sending:
    """Hands letters out and hears whether they went; nothing counts as sent before somebody says so."""

    def __init__(self, office: Office, parent: QWidget, tell: Callable[[str], object]) -> None:
        self.choose_printer: Callable[[QWidget], QPrinter | None] = preview.ask_printer
        self.choose_folder: Callable[[QWidget, str], str] = preview.ask_folder
        self.print_pdf: Callable[[bytes, QPrinter], bool] = preview.print_pdf
        self._office, self._parent, self._on_page = office, parent, tell

    # -- out ---------------------------------------------------------------------------------------------

    def hand_out(self, letter_id: int, way: str) -> None:
        """Copy, save or print this letter; what fails is told, and then nothing is recorded."""
        {"text": self._copy, "pdf": self._save, "print": self._print, "told": self._tell_it}[way](letter_id)

    def save_all(self, letter_ids: Sequence[int]) -> None:
        """One PDF per letter into the folder; those that were written before it stopped count as handed out."""
        folder = self._ask_folder()
        if folder is not None:
            self._office.desk.perform_in_background(
                _save_each, list(letter_ids), folder, title=_("Letters are saved as PDF"), done=self._tell_saved
            )

    def folder(self) -> str:
        """Where PDFs go on this computer; nothing when that was never chosen."""
        return str(self._office.settings.get(FOLDER, ""))

    def change_folder(self) -> bool:
        """Choose where PDFs go; it is remembered on this computer."""
        chosen = self.choose_folder(self._parent, self.folder())
        if chosen and (trouble := folder_trouble(Path(chosen))):
            self._tell(trouble)
            return False
        if chosen:
            self._office.settings.set(FOLDER, chosen)
        return bool(chosen)

    def _copy(self, letter_id: int) -> None:
        self._perform(copy_letter, letter_id, said=_("Copied; not confirmed as sent yet"))

    def _save(self, letter_id: int) -> None:
        folder = self._ask_folder()
        if folder is not None:
            said = _("Saved in {folder}; not confirmed as sent yet").format(folder=folder)
            self._perform(save_letter, letter_id, folder, said=said)

    def _print(self, letter_id: int) -> None:
        printer = self.choose_printer(self._parent)

        def printed(parcel: Parcel) -> None:
            assert printer is not None
            if not self.print_pdf(parcel.pdf, printer):
                raise Refused(_("The printer did not take it. Look whether it is on, and print again."))

        if printer is not None:
            self._perform(send_letter, letter_id, "print", printed, said=_("Printed; not confirmed as sent yet"))

    def _tell_it(self, letter_id: int) -> None:
        self._perform(send_letter, letter_id, "told", said=_("To be told; not confirmed yet"))

    def _perform(self, function: Callable[..., Dispatch], *args: object, said: str) -> None:
        self._office.desk.perform(function, *args, said=said, refused=self._refused, undoable=False)

    def _ask_folder(self) -> Path | None:
        """The folder of last time when it is still there, else the one that is chosen now."""
        kept = self.folder()
        if kept and not folder_trouble(Path(kept)):
            return Path(kept)
        if kept:
            self._tell(folder_trouble(Path(kept)))
        return Path(self.folder()) if self.change_folder() else None

    def _refused(self, refused: Refused) -> None:
        self._tell(refused.sentence())

    def _tell(self, sentence: str) -> None:
        """On the page that asked; in the window when staff left it meanwhile."""
        if shiboken6.isValid(self._parent):
            self._on_page(sentence)
        else:
            self._office.desk.troubled.emit(sentence)

    def _tell_saved(self, stopped: Stopped) -> None:
        said = ngettext("{n} PDF saved; not confirmed as sent yet", "{n} PDFs saved; not confirmed as sent yet",
                        stopped.saved).format(n=stopped.saved)  # fmt: skip
        if stopped.why:
            self._tell(f"{stopped.why} {said}." if stopped.saved else stopped.why)
        else:
            self._office.desk.said.emit(said, False)

    # -- went --------------------------------------------------------------------------------------------

    def confirm(self, dispatch_id: int, sure: bool = False) -> None:
        """Somebody saw it go; `sure` when the page said already what is no longer so in it."""
        self._settle(partial(confirm_sent, sure=sure), dispatch_id, said=_("Sent"))

    def take_back(self, dispatch_id: int) -> None:
        """It was not sent: the letter is as it was before it was handed out."""
        self._settle(take_back, dispatch_id, said=_("Not sent: it still waits"))

    def confirm_all(self, dispatch_ids: Sequence[int]) -> None:
        """All of these went."""

        def confirmed(letters: list[Letter]) -> None:
            for letter in letters:
                take_off(_about(letter.id))

        said = ngettext("{n} letter sent", "{n} letters sent", len(dispatch_ids)).format(n=len(dispatch_ids))
        self._office.desk.perform(
            confirm_each, dispatch_ids, said=said, undoable=False, refused=self._refused, done=confirmed
        )

    def _settle(self, function: Callable[..., Letter], dispatch_id: int, said: str) -> None:
        def settled(letter: Letter) -> None:
            take_off(_about(letter.id))

        self._office.desk.perform(
            function, dispatch_id, said=said, undoable=False, refused=self._refused, done=settled
        )


# ---- both or neither


def copy_letter(by: Member, letter_id: int) -> Dispatch:
    """Put the text on the clipboard and record that it was handed out, both or neither."""
    try:
        return send_letter(by, letter_id, "text", lambda parcel: copy_held(parcel.text, _about(letter_id)))
    except (Refused, StorageProblem):
        take_off(_about(letter_id))
        raise


def save_letter(by: Member, letter_id: int, folder: Path) -> Dispatch:
    """Write the PDF and record that it was handed out, both or neither."""
    written: list[Path] = []
    try:
        return send_letter(by, letter_id, "pdf", lambda parcel: written.append(_write(folder, parcel)))
    except (Refused, StorageProblem):
        for path in written:
            preview.remove_file(str(path))
        raise


# ---- files


def folder_trouble(folder: Path) -> str:
    """Why no PDF can be written there; nothing when it can."""
    if not folder.is_dir():
        return _("The folder {folder} is not there any more. Choose another folder.").format(folder=folder)
    if not os.access(folder, os.W_OK):
        return _("Nothing can be written in the folder {folder}. Choose another folder.").format(folder=folder)
    return ""


def file_name(letter: Letter) -> str:
    """Says which letter it is to us, and nothing about a person to anybody else."""
    return f"brief-{letter.voucher.number}-{letter.id}.pdf"


def _write(folder: Path, parcel: Parcel) -> Path:
    path = _free(folder / file_name(parcel.letter))
    if not preview.write_file(str(path), parcel.pdf):
        raise Refused(
            folder_trouble(folder) or _("The file could not be written there: the disk may be full. Nothing was sent.")
        )
    return path


def _free(path: Path) -> Path:
    """This name, or with a number behind it when a file has it: no file is ever written over."""
    tried = [path, *(path.with_stem(f"{path.stem} ({n})") for n in range(2, AGAIN))]
    free = next((each for each in tried if not each.exists()), None)
    if free is None:
        raise Refused(_("There are too many files of this letter in that folder. Choose another folder."))
    return free


def _save_each(by: Member, letter_ids: Sequence[int], folder: Path, progress: Progress) -> Stopped:
    """Each is a whole by itself, so that stopping halfway leaves no letter in between."""
    for done, letter_id in enumerate(letter_ids):
        progress(done, len(letter_ids))
        try:
            save_letter(by, letter_id, folder)
        except (Refused, StorageProblem) as problem:
            return Stopped(done, problem.sentence())
    return Stopped(len(letter_ids))


def _about(letter_id: int) -> str:
    return f"letter {letter_id}"


# ---- on the page


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
        "told": parts.button(
            _("Tell it in the meeting"), "", "chats-circle", partial(hand_out, "told"), "Ctrl+Shift+T"
        ),
    }
    for button in made.values():
        button.setEnabled(not opened.stopped)
    made["print"].setEnabled(not opened.stopped and not opened.no_post)
    return made


def no_post_card(office: Office, opened: OpenLetter) -> QWidget | None:
    """That no post can go to this practice, with the way to its address; nothing when it can, or need not."""
    letter = opened.record
    if not opened.no_post or (letter.practice.letter_way != "print" and letter.state == "concept"):
        return None
    to_address = partial(office.open, "edit_practice", practice_id=letter.practice_id)
    step = parts.button(_("Complete the address"), "", "map-trifold", to_address)
    words = [opened.no_post]
    if letter.practice.letter_way == "print":
        words.append(_("Or agree another way with the practice: as text, or as a PDF."))
    return parts.card(_("Not on paper"), *(parts.label(each) for each in words), parts.row(step, None))


def ways_card(
    opened: OpenLetter, buttons: Mapping[str, QPushButton], folder: str, change_folder: Callable[[], object]
) -> QWidget:
    """What the practice wants, the ways, and where a PDF goes."""
    practice = opened.record.practice
    words = _("The letter is fixed. {practice} wants letters like this: {way}.").format(
        practice=practice.name, way=way_words(practice.letter_way)
    )
    about_pdf = [
        _("Secure mail: {address}.").format(address=practice.secure_mail) if practice.secure_mail else "",
        _("A PDF is locked with the password of the practice.") if practice.pdf_password else "",
        _("PDFs go to {folder}.").format(folder=folder) if folder else "",
    ]
    lines: list[QWidget] = [parts.label(" ".join(filter(None, about_pdf)), "help")] if any(about_pdf) else []
    other = [flowing(parts.button(_("Choose another folder"), "link", on=change_folder))] if folder else []
    return parts.card(_("Send"), parts.label(words, "muted"), flowing(*buttons.values()), *lines, *other)


def make_primary(button: QPushButton, way: str) -> QPushButton:
    """The way the practice agreed to is the next step."""
    button.setProperty("role", "primary")
    icons.dress(button, WAY_ICONS[way], "on_primary")
    return button


def question(way: str, letter_id: int) -> str:
    """What is asked after a letter was handed out."""
    if way == "text" and not holds(_about(letter_id)):
        return _("The text is not on the clipboard any more. Was it pasted and sent?")
    return {
        "text": _("The text is on the clipboard. Was it pasted and sent?"),
        "pdf": _("Was the PDF sent to the practice?"),
        "print": _("Was it printed well and is it on its way?"),
        "told": _("Was the practice told this in the meeting?"),
    }[way]
