"""A field whose word stays hidden from who looks along, until somebody shows it. Must not know what the word opens."""

from typing import Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit

from desktop.errors import Refused
from desktop.language import _
from desktop.widgets import parts
from desktop.widgets.editors import Editor
from desktop.widgets.fields import Veiled
from desktop.widgets.flow import flowing
from desktop.widgets.lines import Line


class VeiledEditor(Editor):
    """The line with dots, and beside it showing the word and making up a new one."""

    def __init__(self, field: Veiled) -> None:
        super().__init__(field)
        self._field = field
        self._line = Line()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.textEdited.connect(self.tell_edited)
        self._line.left.connect(self.check_now)
        self.show_button = parts.button(_("Show"), "link", on=self.toggle)
        self.propose_button = parts.button(_("Propose one"), "link", on=self._propose)
        if field.propose is None:
            self.propose_button.hide()
        self._build(parts.column(self._line, flowing(self.show_button, self.propose_button), gap=2), self._line)
        self._name_buttons()

    def value(self) -> str:
        word = self._line.text().strip()
        if len(word) > self._field.limit:
            raise Refused(_("This is too long: use at most {n} characters.").format(n=self._field.limit))
        return word

    def set_value(self, value: Any) -> None:
        self.set_raw("" if value is None else str(value))

    def raw(self) -> str:
        return self._line.text()

    def set_raw(self, raw: str) -> None:
        self._line.setText(raw)
        self._veil(True)
        self.complain("")

    def veiled(self) -> bool:
        return self._line.echoMode() == QLineEdit.EchoMode.Password

    def toggle(self) -> None:
        """Show the word, or hide it again."""
        self._veil(not self.veiled())

    def _propose(self) -> None:
        assert self._field.propose is not None
        self._line.setText(self._field.propose())
        self._veil(False)
        self.tell_edited()

    def _veil(self, on: bool) -> None:
        self._line.setEchoMode(QLineEdit.EchoMode.Password if on else QLineEdit.EchoMode.Normal)
        self._name_buttons()

    def _name_buttons(self) -> None:
        self.show_button.setText(_("Show") if self.veiled() else _("Hide"))
        for made in (self.show_button, self.propose_button):
            made.setAccessibleName(made.text())
            made.setAccessibleDescription(self.label)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, behind the lock for one: whoever sees it next has to show it anew."""
        super().hideEvent(event)
        self._veil(True)
