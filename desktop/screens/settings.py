"""The settings: the doors to what can be set, the look of this computer, a new recovery sheet."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.actions.staff import renew_recovery_sheet
from desktop.language import _
from desktop.rules.staff import COORDINATOR
from desktop.screens.office import Office, PageMaker
from desktop.screens.sheet import Sheet
from desktop.screens.who import may_open
from desktop.storage.staff import find_organisation
from desktop.widgets import parts, theme
from desktop.widgets.pages import Page
from desktop.widgets.rows import Row, Rows

LANGUAGES = (("nl", "Nederlands"), ("en", "English"))


class SettingsPage(Page):
    """What can be set, in one list; the coordinator's things only for the coordinator."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self.title, self.place = office, _("Settings"), "settings"
        self.setObjectName("page")
        self.rows = Rows(_("Settings"), grow=True)
        self.rows.set_rows(self._choices())
        self.rows.chosen.connect(self._choose)
        self.rows.acted.connect(self._choose)
        page = parts.column(
            parts.title(self.title), self.rows, self._look_card(), None, gap=12, margins=(24, 16, 24, 16)
        )
        layout = parts.column(page)
        _fill(self, layout)

    def _choices(self) -> list[Row]:
        return [row for row in self._all_choices() if may_open(self._office.desk.by, str(row.key))]

    def _all_choices(self) -> list[Row]:
        choices = [
            Row("backups", "archive", _("Backups"), subtitle=_("Make one now, and see which there are"),
                action=_("Open")),
            Row("own_password", "lock-key", _("My password"), subtitle=_("Choose another one"), action=_("Open")),
            Row("privacy", "lock-simple", _("Privacy and law"),
                subtitle=_("Requests, breaches, how long data are kept, ready-made texts"), action=_("Open")),
            Row("day_sheet", "printer", _("Day sheet"), subtitle=_("Today's appointments on paper"), action=_("Open")),
            Row("blank_intake", "clipboard-text", _("Blank intake form"), subtitle=_("To fill in by hand"),
                action=_("Open")),
            Row("undo_list", "arrow-counter-clockwise", _("Undo what you did"),
                subtitle=_("Your own steps of the last 24 hours"), action=_("Open")),
            Row("same_people", "users", _("Perhaps the same person"),
                subtitle=_("Look for who is on file twice, and make them one"), action=_("Open")),
        ]  # fmt: skip
        if self._office.desk.by is not None and self._office.desk.by.may(COORDINATOR):
            choices = [
                Row("organisation", "buildings", _("Organisation and letters"),
                    subtitle=_("Letterhead and logo, window envelope, terms"), action=_("Open")),
                Row("letter_texts", "text-align-left", _("Texts of letters"),
                    subtitle=_("What letters say, per kind, with earlier versions"), action=_("Open")),
                Row("staff_list", "users-three", _("Colleagues"), subtitle=_("Who may come in, and with which role"),
                    action=_("Open")),
                *choices,
                Row("lock_settings", "lock-simple", _("Locking"),
                    subtitle=_("How soon the program locks by itself on this computer"), action=_("Open")),
                Row("recovery_sheet", "key", _("Recovery sheet"),
                    subtitle=_("A new one, when the old one was lost or seen by others"), action=_("Open")),
                Row("access_log", "eye", _("Access log"),
                    subtitle=_("Who looked at what, and whether the log is whole"), action=_("Open")),
            ]  # fmt: skip
        return choices

    def _choose(self, key: str) -> None:
        self._office.open(key)

    def _look_card(self) -> QWidget:
        settings = self._office.settings
        schemes = (("system", _("As the computer")), ("light", _("Light")), ("dark", _("Dark")),
                   ("contrast", _("High contrast")))  # fmt: skip
        language = [
            self._pick(text, partial(self._speak, code), settings.get("language", "nl") == code)
            for code, text in LANGUAGES
        ]
        look = [
            self._pick(text, partial(self._dress, code), settings.get("scheme", "system") == code)
            for code, text in schemes
        ]
        self.said = parts.label("", "help")
        return parts.card(
            _("This computer"),
            parts.label(_("Language"), "muted"), parts.row(*language, None),
            parts.label(_("Look"), "muted"), parts.row(*look, None),
            parts.label(_("Larger or smaller text: Ctrl + and Ctrl -."), "help"),
            self.said,
        )  # fmt: skip

    def _pick(self, text: str, on: Callable[[], None], picked: bool) -> QWidget:
        made = parts.button(text, "chip", on=on)
        made.setCheckable(True)
        made.setChecked(picked)
        made.setAutoExclusive(True)
        return made

    def _speak(self, code: str) -> None:
        self._office.settings.set("language", code)
        self.said.setText(_("The program speaks the other language from its next start on."))

    def _dress(self, scheme: Any) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._office.settings.set("scheme", scheme)
        theme.apply(application, scheme, theme.percent())


class RecoverySheet(Page):
    """A new recovery sheet; from the moment it is made the old one is worth nothing."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self.title, self.place = office, _("Recovery sheet"), "settings"
        self.setObjectName("page")
        waiting = office.settings.get("sheet_waits")
        words = _("The recovery sheet was made but not typed over, so nobody knows whether it exists. Make a new one.")
        explain = _("Make a new sheet when the old one was lost, or seen by someone who may not. The old one then "
                    "opens nothing any more, except the backups of before today.")  # fmt: skip
        make = parts.button(_("Make a new sheet"), "primary", "key", self.make)
        self._layout = QVBoxLayout(self)
        theme.space(self._layout, 12, (24, 16, 24, 16))
        self._first = parts.column(
            parts.title(self.title), parts.label(words if waiting else explain, "muted"),
            parts.row(make, None), gap=12,
        )  # fmt: skip
        parts.fill(self._layout, self._first, None)

    def make(self) -> None:
        if self._office.session is None:
            return
        done = self._office.desk.perform(
            renew_recovery_sheet, self._office.session(), said=_("New recovery sheet made"), undoable=False
        )
        if done is not None:
            self._office.settings.set("sheet_waits", True)
            house = self._office.desk.look(find_organisation)
            self.sheet = Sheet(house.name if house else "", done.result, self._typed_over, _("Done"))
            self._first.hide()
            self._layout.insertWidget(0, parts.card("", self.sheet))
            self.sheet.preview.print_button.setFocus()

    def _typed_over(self) -> None:
        self._office.settings.set("sheet_waits", False)
        self.closed.emit()


def _fill(page: QWidget, inside: QWidget) -> None:
    layout = QVBoxLayout(page)
    theme.space(layout, 0)
    layout.addWidget(inside)


PAGES: dict[str, PageMaker] = {
    "settings": SettingsPage,
    "recovery_sheet": RecoverySheet,
}
