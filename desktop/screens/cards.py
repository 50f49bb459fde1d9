"""Papers for participants and coaches, each as a page with its preview. Must not know what is on them."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import cards as actions
from desktop.language import _
from desktop.screens.office import Office, PageMaker
from desktop.widgets import parts, theme
from desktop.widgets.pages import Page
from desktop.widgets.preview import Preview


class NoPaper(Page):
    """A paper that could not be made: why stands in the message line."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.back = parts.button(_("Back"), "primary", "arrow-left", self.closed.emit)
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        parts.fill(layout, parts.title(title), parts.label(_("There is nothing to print."), "muted"),
                   parts.row(self.back, None), None)

    def first_focus(self) -> QWidget | None:
        return self.back


def appointment_card(office: Office, appointment_id: int) -> Page:
    """When, where and with whom, for on the refrigerator."""
    made = office.desk.look(actions.appointment_card, appointment_id)
    return _shown(_("Appointment card"), made, "afspraakkaart.pdf")


def activity_card(office: Office, enrolment_id: int) -> Page:
    """The first time somewhere new."""
    made = office.desk.look(actions.activity_card, enrolment_id)
    return _shown(_("Activity card"), made, "activiteitenkaart.pdf")


def day_sheet(office: Office, day: date | None = None, coach_id: int | None = None) -> Page:
    """One's own appointments of a day, or those of a colleague."""
    made = office.desk.look(actions.day_sheet, day or office.today, coach_id)
    return _shown(_("Day sheet"), made, f"dagblad-{(day or office.today).isoformat()}.pdf")


def blank_intake(office: Office) -> Page:
    """An empty form to take along."""
    pdf = office.desk.look(actions.blank_intake)
    title = _("Blank intake form")
    return Preview(title, pdf, "intakeformulier.pdf") if pdf else NoPaper(title)


def _shown(title: str, made: Any, file_name: str) -> Page:
    return Preview(title, made.pdf, file_name) if made is not None else NoPaper(title)


PAGES: dict[str, PageMaker] = {
    "appointment_card": appointment_card,
    "activity_card": activity_card,
    "day_sheet": day_sheet,
    "blank_intake": blank_intake,
}
