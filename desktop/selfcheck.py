"""Tries the whole program once, as packaged, with a line for each step. Must not touch real data."""

import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop import clock
from desktop.actions import entrance
from desktop.actions.entrance import CHEAP, NewOffice
from desktop.actions.organisation import ready_logo
from desktop.actions.practices import add_contact, add_practice
from desktop.actions.vouchers import register_voucher
from desktop.language import set_language
from desktop.rules.cards import MARKS
from desktop.rules.lettercode import code
from desktop.rules.letters import LetterContent, Letterhead, Signature
from desktop.rules.organisation import OrganisationDraft
from desktop.rules.practices import ContactDraft, PracticeDraft
from desktop.rules.vouchers import VoucherDraft
from desktop.settings import Settings
from desktop.storage import keys, search
from desktop.storage.backup import list_backups
from desktop.widgets.printing import open_pdf
from desktop.widgets.vectors import draw_svg

PASSWORD = "een lange zin voor de proef"
LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">
<circle cx="10" cy="10" r="9" fill="#0b6b6b"/><path d="M24 4h30v4H24zM24 12h20v4H24z"/></svg>"""
PERSON = "Đặng-Łukasiewicz"


def check_everything() -> int:
    """0 when every step works; a step that fails says which one."""
    set_language("nl")
    with tempfile.TemporaryDirectory(prefix="wijkrecept-check-") as folder:
        steps = Check(Path(folder))
        paper = (steps.letter, steps.lock, steps.codes)
        for step in (steps.create, steps.write, *paper, steps.back_up, steps.restore, steps.window):
            if not _passes(step):
                return 1
    return 0


def _passes(step: Callable[[], str]) -> bool:
    try:
        said = step()
    except Exception as error:  # noqa: BLE001 - a check says what failed, whatever it is
        _say(f"FAILED {step.__name__}: {type(error).__name__}: {error}")
        return False
    _say(f"ok {step.__name__}: {said}")
    return True


class Check:
    """The steps, each building on the one before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "data"
        self._copies = folder / "copies"

    def create(self) -> str:
        """A new organisation, opened with its password and with its recovery sheet."""
        new = NewOffice(
            organisation=OrganisationDraft(name="Proef Welzijn", town="Rivierdam"),
            name="P. Proef",
            sign_in_name="proef",
            password=PASSWORD,
        )
        _opened, groups = entrance.set_up(self._folder, "office", new, CHEAP)
        keys.open_with_recovery(self._folder, " ".join(groups))
        self._entered = entrance.enter(keys.sign_in(self._folder, "proef", PASSWORD))
        return self._entered.member.name

    def write(self) -> str:
        """A practice, a contact, a voucher, found again by a folded name."""
        by = self._entered.member
        practice = add_practice(by, PracticeDraft(name="Praktijk De Proef", postcode="9797 PC", town="Rivierdam"))
        contact = add_contact(by, ContactDraft(practice=practice.id, initials="J.", surname="Müller"))
        draft = VoucherDraft(
            surname=PERSON,
            first_name="Zoë",
            phone="+31612345678",
            practice=practice.id,
            referrer=contact.id,
            dated_on=clock.today() - timedelta(days=1),
            consent_received="yes",
            consent_report_back="yes",
        )
        voucher = register_voucher(by, draft)
        if ("person", voucher.person_id) not in search.find("dang lukasiewicz"):
            raise AssertionError("the person is not found")
        return str(voucher.number)

    def letter(self) -> str:
        """A letter with an accented name, a logo, a hexagon and its code, as PDF."""
        from desktop.paper.letter import render

        pdf = render(self._content())
        if not pdf.startswith(b"%PDF") or open_pdf(pdf).document.pageCount() != 1:
            raise AssertionError("no PDF came out")
        return f"{len(pdf)} bytes"

    def lock(self) -> str:
        """The same letter, to be opened with a password only."""
        from desktop.paper.letter import render
        from desktop.paper.locked import locked

        pdf = locked(render(self._content()), PASSWORD)
        if open_pdf(pdf).document.pageCount() > 0 or b"/V 5" not in pdf:
            raise AssertionError("the PDF opens without its password")
        return f"{len(pdf)} bytes"

    def codes(self) -> str:
        """A QR code and a bar code on one sheet."""
        from desktop.paper.codes import code128, qr
        from desktop.paper.sheet import Sheet

        sheet, drawn = Sheet("Proef", "Proef"), (qr(code(1)), code128(code(1)))
        for at, each in enumerate(drawn):
            each.draw(sheet, 30, 30 + at * 40)
        sheet.next_page()
        if open_pdf(sheet.finish()).document.pageCount() != 1:
            raise AssertionError("no codes came out")
        return " and ".join(f"{each.width:.0f} x {each.height:.0f} mm" for each in drawn)

    def _content(self) -> LetterContent:
        return LetterContent(
            letterhead=Letterhead("Proef Welzijn", ("Brinkstraat 12",), "050 211 00 00", ready_logo(LOGO, draw_svg)),
            address=("Praktijk De Proef", "Lindelaan 4", "9797 PC  RIVIERDAM"),
            references=(("Ons kenmerk", "26-00001-X"),),
            subject=f"Betreft: {PERSON}",
            kind="Welzijn op Recept",
            salutation="Geachte huisarts,",
            core=(("Stand van zaken", "De proef is goed verlopen."),),
            closing=Signature("P. Proef", "welzijnscoach", ""),
            marks=tuple((label, 6) for label in MARKS),
            code=code(1),
        )

    def back_up(self) -> str:
        """A verified backup; then the data are closed."""
        made = entrance.back_up(self._entered.session, self._copies, clock.now())
        self._entered.session.close()
        return f"{made.size} bytes"

    def restore(self) -> str:
        """The backup on a bare folder, opened with the password."""
        bare = self._folder.parent / "bare"
        path = list_backups(self._copies)[0].path
        opened = entrance.restore_backup(None, path, bare, "office", "proef", PASSWORD, "")
        entered = entrance.enter(opened)
        found = search.find(PERSON)
        entered.session.close()
        if not found:
            raise AssertionError("the person is not in the restored data")
        return f"{len(found)} found"

    def window(self) -> str:
        """The real window, signed in, on Te doen."""
        from desktop.app import Program, make_application

        application = make_application([], Settings.in_memory())
        program = Program(self._folder, "office", Settings.in_memory())
        program.start()
        program.enter(keys.sign_in(self._folder, "proef", PASSWORD))
        QApplication.processEvents()
        page = program.window.page()
        program.leave()
        program.window.hide()
        application.processEvents()
        if page is None or page.place != "tasks":
            raise AssertionError("Te doen is not shown")
        return "Te doen"


def _say(line: str) -> None:
    if sys.stdout is not None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
