"""The first run: a new organisation, a restored backup, or data that lie elsewhere. Must not know what comes after."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.actions import entrance
from desktop.actions.entrance import NewOffice
from desktop.errors import Refused, StorageProblem
from desktop.language import _
from desktop.rules.addresses import read_postcode
from desktop.rules.organisation import PROVINCES, OrganisationDraft
from desktop.rules.phones import read_phone, show_phone
from desktop.screens.covers import Cover
from desktop.screens.restore import Place, Restore, ask_backup
from desktop.screens.sheet import Sheet
from desktop.storage import office
from desktop.storage.backup import read_backup
from desktop.storage.folders import trouble_with
from desktop.storage.keys import Opened
from desktop.storage.office import Found
from desktop.widgets import parts
from desktop.widgets.desk import Desk
from desktop.widgets.fields import Choice, Text
from desktop.widgets.wizard import Step, Wizard

WIDE = 1080


class Welcome(Cover):
    """Three choices and the practice organisation; nothing is made before everything is filled in."""

    def __init__(
        self, desk: Desk, folder: Path, purpose: str, found: Found, enter: Callable[[Opened], None],
        exercise: Callable[[], None], elsewhere: Callable[[Path], None], sheet_waits: Callable[[bool], None],
        second: Path | None = None, came_back: Callable[[Opened], None] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk, self._folder, self._purpose, self._found = desk, folder, purpose, found
        self._enter, self._exercise, self._elsewhere = enter, exercise, elsewhere
        self._sheet_waits, self._second, self._came_back = sheet_waits, second, came_back or enter
        self.choose_file: Callable[[QWidget], str] = ask_backup
        self.choose_folder: Callable[[QWidget], str] = ask_folder
        self.show_choices()

    # -- the choices -------------------------------------------------------------------------------------

    def show_choices(self, complaint: str = "") -> None:
        """New, restore, open, or practise."""
        missing = self._missing()
        new = parts.button(_("Start a new organisation"), "" if missing else "primary", "plus", self.show_new)
        restore = parts.button(
            _("Restore a backup"), "primary" if missing else "", "arrow-counter-clockwise", self.show_restore
        )
        new.setEnabled(not missing)
        restore.setEnabled(self._found.can_restore)
        words = parts.label(complaint or (self._found.sentence if missing else ""), "complaint")
        if not words.text():
            words.hide()
        self.show_card(
            parts.title(_("Welcome to Wijkrecept")),
            parts.label(_("From the GP's voucher to a place in the neighbourhood, and word back to the GP."), "muted"),
            words,
            new,
            restore,
            parts.button(_("Open data in another folder"), "", "folder-open", self.open_elsewhere),
            parts.label(
                _("Just looking? The practice organisation has made-up people; nothing in it is real."), "muted"
            ),
            parts.button(_("Open the practice organisation"), "link", on=self._exercise),
        )

    def open_elsewhere(self) -> None:
        """Data that lie in another folder of this computer."""
        chosen = self.choose_folder(self)
        if not chosen:
            return
        folder = Path(chosen)
        found = office.look(folder, self._purpose)
        trouble = trouble_with(folder)
        if trouble is not None or found.state != office.READY:
            self.show_choices(trouble or found.sentence or _("There are no data of this program in that folder."))
            return
        self._elsewhere(folder)

    # -- new ---------------------------------------------------------------------------------------------

    def show_new(self) -> None:
        """The organisation and the first account."""
        self.wizard = Wizard(_("A new organisation"), _new_steps(), self._make, finish_text=_("Make it"))
        self.wizard.closed.connect(self.show_choices)
        self._show_wizard()

    def _show_wizard(self) -> None:
        self.setWidget(self.wizard)
        first = self.wizard.first_focus()
        if first is not None:
            first.setFocus()

    def _make(self, values: dict[str, Any]) -> bool:
        """False: the wizard waits, so that everything typed is still there if this computer refuses."""
        new = _new_office(values)
        try:
            entrance.check_new_office(new)
        except Refused as refusal:
            self.wizard.complain(_as_asked(refusal))
            return False

        def make(_by: object, _progress: object) -> tuple[Opened, tuple[str, ...]]:
            return entrance.set_up(self._folder, self._purpose, new)

        def made(result: tuple[Opened, tuple[str, ...]]) -> None:
            self.wizard.deleteLater()
            self.show_sheet(new.organisation.name, *result)

        self.takeWidget()
        self.show_waiting(_("Making the organisation"), _("The keys are made now; this takes a moment."))
        self._desk.perform_in_background(
            make, title=_("Making the organisation"), done=made, failed=self._not_made, writes=False
        )
        return False

    def _not_made(self, problem: Exception) -> None:
        self._show_wizard()
        if isinstance(problem, Refused):
            self.wizard.complain(_as_asked(problem))
        else:
            self.wizard.complain(Refused(getattr(problem, "message", "")))

    def show_sheet(self, organisation: str, opened: Opened, groups: tuple[str, ...]) -> None:
        """The recovery sheet: print or save it, then type it over, so that it surely exists."""
        self._sheet_waits(True)
        self.sheet = Sheet(organisation, groups, partial(self._typed_over, opened), _("Go to work"))
        self.show_card(self.sheet, width=WIDE)
        self.sheet.preview.print_button.setFocus()

    def _typed_over(self, opened: Opened) -> None:
        self._sheet_waits(False)
        self._enter(opened)

    # -- restore -----------------------------------------------------------------------------------------

    def show_restore(self) -> None:
        """A backup that can be found from here, or a file; moving from another computer is the same thing."""
        place = Place(self._folder, self._purpose, self._second)
        restore = Restore(
            self._desk, place, self._came_back, self.show_choices, why=self._found.sentence if self._missing() else "",
            choose_file=lambda parent: self.choose_file(parent),
        )  # fmt: skip
        if restore.found:
            restore.show_list()
        elif not self._choose_for(restore):
            restore.deleteLater()
            return
        self.restore = restore
        former = self.takeWidget()
        self.setWidget(restore)
        if former is not None:
            former.deleteLater()

    def _choose_for(self, restore: Restore) -> bool:
        """Without a backup to be found here, the file is asked for at once."""
        chosen = self.choose_file(self)
        if not chosen:
            return False
        try:
            read_backup(Path(chosen))
        except StorageProblem as problem:
            self.show_choices(problem.message)
            return False
        return restore.choose(Path(chosen))

    def _missing(self) -> bool:
        return self._found.state not in (office.EMPTY, office.READY)


def _new_steps() -> list[Step]:
    return [
        Step(
            _("Your organisation"),
            _("This stands above every letter. You can change it later in Settings."),
            (
                Text("organisation", _("Name of the organisation"), width=2, required=True),
                Text("street", _("Street")),
                Text("number", _("House number")),
                Text("postcode", _("Postcode"), read=read_postcode, show=str),
                Text("town", _("Town")),
                Text("phone", _("Phone"), read=read_phone, show=show_phone),
                Text("email", _("E-mail")),
                Choice("province", _("Province"), lambda: [(name, name) for name in PROVINCES]),
            ),
            check=_check_organisation,
        ),
        Step(
            _("Your own account"),
            _("You are the coordinator. Colleagues can be added afterwards."),
            (
                Text("name_of_member", _("Your name"), required=True, help=_("As it stands under a letter.")),
                Text("sign_in_name", _("Sign-in name"), required=True, help=_("Short and easy to type.")),
                Text("password", _("Password"), secret=True, required=True,
                     help=_("12 characters or more; a short sentence is fine.")),
                Text("again", _("The password once more"), secret=True, required=True),
            ),
            check=_check_account,
        ),
    ]  # fmt: skip


def _check_organisation(values: dict[str, Any]) -> None:
    if not values.get("organisation"):
        raise Refused(organisation=_("The name of the organisation is needed: it stands above every letter."))


def _check_account(values: dict[str, Any]) -> None:
    if values.get("password") != values.get("again"):
        raise Refused(again=_("The two passwords differ."))


def _as_asked(refusal: Refused) -> Refused:
    """The sentence about the organisation's name belongs under the field that asks for it."""
    fields = {"organisation" if name == "name" else name: text for name, text in refusal.fields.items()}
    return Refused(refusal.message, **fields)


def _new_office(values: dict[str, Any]) -> NewOffice:
    def text(field: str) -> str:
        return values.get(field) or ""

    organisation = OrganisationDraft(
        name=text("organisation"), street=text("street"), number=text("number"), postcode=text("postcode"),
        town=text("town"), phone=text("phone"), email=text("email"), province=text("province"),
    )  # fmt: skip
    return NewOffice(
        organisation=organisation, name=text("name_of_member"), sign_in_name=text("sign_in_name"),
        password=text("password"),
    )  # fmt: skip


def ask_folder(parent: QWidget) -> str:
    return QFileDialog.getExistingDirectory(parent, _("Open data in another folder"))
