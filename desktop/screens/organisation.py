"""The organisation as letters show it: letterhead, window envelope, terms. Must not know how paper is drawn."""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer

from desktop.actions.organisation import change_organisation, logo_words, preview_letterhead, preview_window, ready_logo
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.addresses import read_postcode
from desktop.rules.declared import typed_values
from desktop.rules.organisation import (
    MOST,
    PROVINCES,
    OrganisationDraft,
    colour_words,
    read_colour,
    suggested_colours,
)
from desktop.screens.asked import Asks
from desktop.screens.office import Office, PageMaker
from desktop.storage.staff import find_organisation
from desktop.widgets import parts
from desktop.widgets.fields import Colour, Picture
from desktop.widgets.form import Card, Form
from desktop.widgets.papers import PaperPicture
from desktop.widgets.vectors import draw_svg

PAUSE = 250  # milliseconds after the last key until the letterhead is drawn again

class OrganisationForm(Form):
    """The letterhead is drawn below its fields while they are filled in; the test page is of what stands there."""

    def __init__(self, office: Office) -> None:
        organisation = office.desk.look(find_organisation)
        assert organisation is not None
        values = typed_values("organisation", organisation)
        values |= {"version": organisation.version, "province": values["province"] or None}
        self._office, self._stored_values = office, dict(values)
        super().__init__(
            office.desk,
            _("Organisation and letters"),
            _cards(),
            _organisation_draft,
            change_organisation,
            values=values,
            key="organisation",
            keep=office.keep,
            said=_("Organisation saved"),
            place="settings",
        )
        self.head = PaperPicture(_("The letterhead as it is printed"))
        self.add_below("name", parts.label(_("The letterhead as it is printed"), "muted"))
        self.add_below("name", self.head)
        self.test_page = parts.button(_("Envelope test page"), "", "printer", self.show_test_page)
        self.add_below("shift_x", parts.row(self.test_page, None))
        self.setTabOrder(self.editor("shift_y").focus_widget(), self.test_page)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.draw)
        self.edited.connect(self._timer.start)
        self.draw()

    def draw(self) -> None:
        """The letterhead with what stands in the fields; what cannot be read yet stays as it was stored."""
        self._timer.stop()
        pdf = self._desk.look(preview_letterhead, self._as_typed())
        if pdf is not None:
            self.head.show_pdf(pdf)

    def show_test_page(self) -> None:
        """The page to try the envelope with, by the side and shift that stand in the fields now."""
        try:
            draft = _organisation_draft(**self.values())
        except Refused as refused:
            self.complain(refused)
            return
        pdf = self._desk.look(preview_window, draft, refused=self.complain)
        if pdf is not None:
            self._office.open("preview", title=_("Envelope test page"), pdf=pdf, file_name="testpagina-envelop.pdf")

    def _as_typed(self) -> OrganisationDraft:
        values = dict(self._stored_values)
        for name in values:
            try:
                values[name] = self.editor(name).value() if name in self._names() else values[name]
            except Refused:
                continue
        return _organisation_draft(**values)


def _cards() -> list[Card]:
    pictures = _("Pictures") + " (*.png *.jpg *.jpeg *.svg)"
    ask = Asks("organisation")
    return [
        Card(_("Letterhead"), [
            ask.text("name", width=2, required=True), ask.text("phone"),
            ask.text("street"), ask.text("number"), ask.text("postcode", read=read_postcode),
            ask.text("town"), ask.text("email"), ask.text("website"),
            ask.choice("province", lambda: [(name, name) for name in PROVINCES]),
            Colour("colour", ask.label("colour"), read=read_colour, echo=_colour_words, suggest=suggested_colours,
                   width=2, help=_("Arrow down shows ready colours")),
            Picture("logo", ask.label("logo"), partial(ready_logo, draw=draw_svg), files=pictures, echo=logo_words,
                    width=3, help=_("PNG, JPEG or SVG. Without a logo there is a square in the colour.")),
        ]),
        Card(_("Window envelope"), [
            ask.switch("window"),
            ask.switch("fold"),
            ask.text("shift_x", help=_("To the left: a minus before it")),
            ask.text("shift_y", help=_("Up: a minus before it")),
        ], columns=4),
        Card(_("Terms"), [ask.text(name) for name in MOST], folded=True),
    ]  # fmt: skip


def _colour_words(colour: str) -> str:
    return colour_words(colour) + ". " + _("Arrow down shows ready colours")


def _organisation_draft(**values: Any) -> OrganisationDraft:
    """What was emptied gets its usual value."""
    return OrganisationDraft(**{name: value for name, value in values.items() if value is not None})


PAGES: dict[str, PageMaker] = {"organisation": OrganisationForm}
