"""Address labels and envelopes: who, on what, from which label; the paper beside it. Must not know how it is drawn."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.actions.labels import Addressee, Key, addresses_printed, list_addressees
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.labels import ENVELOPES, FORMATS, NAMES
from desktop.screens.letter_parts import Paper
from desktop.screens.office import Office, PageMaker
from desktop.widgets import parts, theme
from desktop.widgets.fields import Check, Choice, Text
from desktop.widgets.form import with_key
from desktop.widgets.group import FieldGroup
from desktop.widgets.pages import Page
from desktop.widgets.ticks import Tick, TickGroup, Ticks

LOWEST = 260  # pixels of paper that are always seen
PAUSE = 250  # milliseconds after the last key until the paper is drawn again
FORM, SENDER = "labels.form", "labels.sender"


class LabelsPage(Page):
    """Left what is chosen, right the paper."""

    place = "letters"

    def __init__(self, office: Office, practice_ids: Sequence[int] = ()) -> None:
        super().__init__()
        self.setObjectName("page")
        self.office, self.title = office, _("Labels and envelopes")
        self.pdf: bytes | None = None
        self.ticks = Ticks(_("Addresses"))
        self.fields = FieldGroup(_fields(), columns=1)
        self.fields.set_values(self._remembered())
        self.paper = Paper()
        self.paper.setMinimumHeight(theme.px(LOWEST))
        self.paper.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # no higher than the room
        self.show_button = parts.button(_("Print or save"), "primary", "printer", self.show_preview)
        self.show_button.setText(with_key(_("Print or save")))
        back = parts.button(_("Back"), "", "arrow-left", self.closed.emit)
        links = parts.row(self._link(True), self._link(False), None)
        self.mend_button = parts.button(_("Complete the address"), "link", on=self._mend)
        self._to_mend = 0
        left = parts.column(self.fields, links, self.ticks, parts.row(self.mend_button, None))
        self.fields.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.draw)
        layout = QVBoxLayout(self)
        theme.space(layout, 10, (24, 16, 24, 12))
        sides = parts.Beside(left, parts.card("", self.paper), (1, 1), needs=760)
        parts.fill(layout, parts.title(self.title), sides, parts.row(back, None, self.show_button))
        layout.setStretch(1, 1)
        parts.on_ctrl_enter(self, self.show_preview)
        self.ticks.changed.connect(self._timer.start)
        self.fields.edited.connect(self._chosen)
        self._found = office.desk.look(list_addressees) or []
        at_first = [each.key for each in self._found if each.key[0] in practice_ids and not each.key[1]]
        self.ticks.set_groups(_groups(self._found, [each for each in at_first if self._has_post(each)]))
        self._chosen()
        self.draw()

    def first_focus(self) -> QWidget | None:
        return self.ticks

    def refresh(self) -> None:
        """An address may have been completed meanwhile."""
        ticked = set(self.ticks.ticked())
        self._found = self.office.desk.look(list_addressees) or []
        self.ticks.set_groups(_groups(self._found, ticked))
        self.draw()

    def draw(self) -> None:
        """The paper as it would be printed now."""
        self._timer.stop()
        self.pdf = None
        ticked = set(self.ticks.ticked())
        wrong = [each.key[0] for each in self._found if each.key in ticked and each.why_not]
        self._to_mend = wrong[0] if wrong else 0
        self.mend_button.setVisible(bool(wrong))
        if not self.ticks.ticked():
            self.paper.show_none(_("Choose at least one address."))
        else:
            self._draw_chosen()
        self.show_button.setEnabled(self.pdf is not None)

    def show_preview(self) -> None:
        """Look at it whole, print it or keep it."""
        self.draw()
        if self.pdf is not None:
            name = "enveloppen.pdf" if self._form() in ENVELOPES else "etiketten.pdf"
            self.office.open("preview", pdf=self.pdf, title=self.title, file_name=name)

    def _draw_chosen(self) -> None:
        try:
            values = self.fields.values()
        except Refused as refused:
            self._complain(refused)
            return
        form, start, sender = values["form"], values["start"] or 1, bool(values["sender"])
        self.pdf = self.office.desk.look(
            addresses_printed, self.ticks.ticked(), form, start, sender, refused=self._complain
        )
        if self.pdf is not None:
            self.paper.show_pdf(self.pdf)

    def _complain(self, refused: Refused) -> None:
        self.fields.complain(refused)
        self.paper.show_complaint(refused.sentence())

    def _chosen(self) -> None:
        """What belongs to envelopes only, or to labels only, can be filled in then."""
        on_envelopes = self._form() in ENVELOPES
        self.fields.show_field("start", not on_envelopes)
        self.fields.show_field("sender", on_envelopes)
        self.office.settings.set(FORM, self._form())
        self.office.settings.set(SENDER, bool(self.fields.editor("sender").value()))
        self._timer.start()

    def _form(self) -> str:
        try:
            return str(self.fields.editor("form").value() or next(iter(FORMATS)))
        except Refused:
            return next(iter(FORMATS))

    def _remembered(self) -> dict[str, Any]:
        form = self.office.settings.get(FORM, "")
        return {
            "form": form if form in NAMES else next(iter(FORMATS)),
            "start": 1,
            "sender": bool(self.office.settings.get(SENDER, True)),
        }

    def _link(self, all_of_them: bool) -> QWidget:
        words, keys = (_("All practices"), self._practices) if all_of_them else (_("None"), _nobody)
        return parts.button(words, "link", on=partial(self._tick, keys))

    def _tick(self, keys: Callable[[], Sequence[object]]) -> None:
        self.ticks.tick(tuple(keys()))

    def _practices(self) -> Sequence[object]:
        return [each.key for each in self._found if not each.key[1] and not each.why_not]

    def _has_post(self, key: Key) -> bool:
        return not any(each.why_not for each in self._found if each.key == key)

    def _mend(self) -> None:
        self.office.open("edit_practice", practice_id=self._to_mend)


def _nobody() -> Sequence[object]:
    return ()


def _fields() -> list[Any]:
    return [
        Choice("form", _("On what"), options=lambda: [(key, _(name)) for key, name in NAMES.items()], required=True),
        Text("start", _("First label on the sheet"), read=_read_start, show=str,
             help=_("1 is top left; the labels before it are gone already.")),
        Check("sender", _("Our address small at the top")),
    ]  # fmt: skip


def _read_start(text: str) -> int:
    if not text.strip().isdecimal():
        raise Refused(_("Type the number of a label, like 4."))
    return int(text)


def _groups(found: Sequence[Addressee], ticked: Collection[Key]) -> list[TickGroup]:
    together = groupby(found, key=lambda each: (each.key[0], each.practice))
    return [TickGroup(name, tuple(_tick(each, each.key in ticked) for each in some)) for (_id, name), some in together]


def _tick(each: Addressee, ticked: bool) -> Tick:
    """Somebody there by name, or the practice itself by its street; what is wrong in the address beside it."""
    note = _("no post address") if each.why_not else ""
    return Tick(each.key, each.lines[1] if len(each.lines) > 1 else each.practice, note, ticked)


PAGES: dict[str, PageMaker] = {"labels": LabelsPage}
