"""The recovery sheet: printed or saved, then typed over, so that it surely exists. Must not know who asks for it."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import entrance
from desktop.errors import Refused
from desktop.language import _
from desktop.screens.covers import Ask
from desktop.storage.recovery import confirm_recovery
from desktop.widgets import parts, preview, theme
from desktop.widgets.fields import Text

FILE = "herstelblad.pdf"


class Sheet(QWidget):
    """The sheet to print, beside the field it is typed over into; `done` follows when that was right."""

    def __init__(self, organisation: str, groups: tuple[str, ...], done: Callable[[], None], button: str) -> None:
        super().__init__()
        self.groups, self._done = groups, done
        self.ask = Ask(
            _("The recovery sheet"),
            _("Print this sheet or save it on a stick, and keep it in a safe place. It is the only way in when nobody "
              "knows a password any more. Then type the eight groups over from it."),
            (Text("groups", _("The groups on the sheet"), lines=2, limit=400),),
            button,
            self._confirm,
        )  # fmt: skip
        pdf = entrance.recovery_sheet(organisation, groups)
        self.preview = preview.Preview(_("Preview"), pdf, FILE, back=False, quiet=True)
        self.preview.setMinimumHeight(theme.px(480))
        self.preview.whole_page()
        layout = QVBoxLayout(self)
        theme.space(layout, 0)
        layout.addWidget(parts.Beside(parts.column(self.ask, None), self.preview, (2, 3)))

    def _confirm(self) -> None:
        try:
            confirm_recovery(self.groups, self.ask.group.values()["groups"])
        except Refused as refusal:
            self.ask.complain(Refused(groups=refusal.sentence()))
            self.ask.group.editor("groups").focus()
            return
        self._done()
