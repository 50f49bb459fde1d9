"""A text for letters tried on a made-up person: which situation, and the paper. Must not know how texts are kept."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions.lettertexts import preview_text
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.codes import FORMS_OF_ADDRESS, options
from desktop.rules.letterfields import fields_for
from desktop.rules.lettersamples import FORMS, situations
from desktop.screens.letter_parts import Paper, words_sentence
from desktop.screens.office import Office
from desktop.widgets import parts, theme
from desktop.widgets.fields import Choice, Switch
from desktop.widgets.group import FieldGroup


class Trial(QWidget):
    """The text tried on a made-up person: which situation, and the paper."""

    seen = Signal(object)
    turned = Signal()

    def __init__(self, office: Office, kind: str) -> None:
        super().__init__()
        self._office, self._kind = office, kind
        self._cases = situations(kind, office.today)
        self._at, self._form = 0, FORMS[0]
        self.choice = FieldGroup(
            [
                Choice("situation", _("Made-up situation"), self._options),
                Switch("form", _("Form of address"), options(FORMS_OF_ADDRESS)),
            ],
            columns=2,
        )
        self.choice.set_values({"situation": self._cases[0].key, "form": self._form})
        self.choice.edited.connect(self._choose)
        earlier = parts.button(_("Previous situation"), "link", "caret-left", partial(self.step, -1), "Ctrl+PgUp")
        later = parts.button(_("Next situation"), "link", "caret-right", partial(self.step, 1), "Ctrl+PgDown")
        self.paper = Paper()
        self.words = parts.label("", "help")
        layout = QVBoxLayout(self)
        theme.space(layout, 8)
        parts.fill(layout, self.choice, parts.row(earlier, later, None, self.words), self.paper)
        layout.setStretch(2, 1)

    def values(self) -> dict[str, str]:
        """What fills the fields in this situation."""
        return fields_for(self._case().facts, self._kind)

    def step(self, by: int) -> None:
        """On to another situation; after the last comes the first."""
        self._at = (self._at + by) % len(self._cases)
        self.choice.set_values({"situation": self._cases[self._at].key})
        self.turned.emit()

    def show_text(self, body: str) -> None:
        """Draw the letter with this text."""
        seen = self._office.desk.look(preview_text, self._kind, body, self._case().key, self._form)
        if seen is None:
            return
        if seen.pdf is not None:
            self.paper.show_pdf(seen.pdf)
        else:
            self.paper.show_complaint(seen.complaint)
        self.words.setText(words_sentence(seen.words))
        self.seen.emit(seen)

    def situation(self) -> str:
        """The name of the situation that is shown."""
        return _(self._case().name)

    def _case(self) -> Any:
        return situations(self._kind, self._office.today, self._form)[self._at]

    def _options(self) -> list[tuple[str, str]]:
        return [(each.key, _(each.name)) for each in self._cases]

    def _choose(self) -> None:
        try:
            picked = self.choice.values()
        except Refused:
            return  # a name half typed
        keys = [each.key for each in self._cases]
        now = (keys.index(picked["situation"]) if picked["situation"] else self._at, picked["form"])
        if now[1] is not None and now != (self._at, self._form):
            self._at, self._form = now
            self.turned.emit()
