"""Papers for participants and coaches, each as a page with its preview. Must not know what is on them."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import cards as actions
from desktop.actions.contacts import record_contact
from desktop.language import _
from desktop.rules.addresses import has_address
from desktop.rules.cases import Case
from desktop.rules.deeds import ContactDraft
from desktop.rules.phones import show_phone
from desktop.rules.reach import may_mail
from desktop.rules.roles import holds_talks
from desktop.rules.tasks import who
from desktop.screens.office import Office, PageMaker
from desktop.storage.staff import list_coaches
from desktop.storage.tasks import case_of
from desktop.widgets import parts, theme
from desktop.widgets.notice import Notice
from desktop.widgets.pages import Page
from desktop.widgets.preview import Preview
from desktop.widgets.rows import Row, Rows


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


class Whose(Page):
    """The coaches, to print somebody's day."""

    place = "tasks"

    def __init__(self, office: Office, day: date) -> None:
        super().__init__()
        self.title = _("Day sheet")
        self.rows = Rows(_("Whose day?"), grow=True)
        for opened in (self.rows.chosen, self.rows.acted):
            opened.connect(lambda coach_id: office.open("day_sheet", day=day, coach_id=coach_id))
        coaches = office.desk.look(list_coaches) or []
        self.rows.set_rows([Row(each, "user", name, action=_("Open")) for each, name in coaches])
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        parts.fill(layout, parts.header(self.title, under=_("Whose day?")), self.rows, None)

    def first_focus(self) -> QWidget | None:
        return self.rows if self.rows.rows() else None


def appointment_card(office: Office, appointment_id: int) -> Page:
    """When, where and with whom, for on the refrigerator."""
    made = office.desk.look(actions.appointment_card, appointment_id)
    return _shown(_("Appointment card"), made, "afspraakkaart.pdf")


def activity_card(office: Office, enrolment_id: int) -> Page:
    """The first time somewhere new."""
    made = office.desk.look(actions.activity_card, enrolment_id)
    return _shown(_("Activity card"), made, "activiteitenkaart.pdf")


class ContactCardPage(Preview):
    """The card for who was not reached: printed, and recorded only when somebody says that it goes in the post."""

    def __init__(self, office: Office, case: Case, pdf: bytes) -> None:
        self._office, self._voucher_id = office, case.id
        sent = parts.button(_("The card is sent"), "primary", "check-circle", self.record)
        super().__init__(_("Card by post: {who}").format(who=who(case.person.name)), pdf, "kaart.pdf", [sent])
        self.place = "tasks"
        self.notice = Notice()
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, self.notice)
        self.printed.connect(self._ask)

    def record(self) -> None:
        """It counts from now: no answer within some days, and the case may be closed."""
        draft = ContactDraft(voucher_id=self._voucher_id, way="post", outcome="sent")
        self._office.desk.perform(
            record_contact, draft, said=_("Card recorded as sent"), done=lambda _attempt: self.closed.emit()
        )

    def _ask(self) -> None:
        question = _("Did it come out well, and does it go in the post today?")
        later = self.notice.clear
        self.notice.ask(question, [(_("Yes, it is sent"), self.record), (_("Not yet"), later)], escape=later)


class NoAddress(Page):
    """No card without an address: what else can be done, each with its button."""

    def __init__(self, office: Office, case: Case) -> None:
        super().__init__()
        self.title = _("Card by post: {who}").format(who=who(case.person.name))
        self.place = "tasks"
        self.deeds = [parts.button(text, on=partial(self._go, office, name, arguments))
                      for text, name, arguments in _else(case) if office.may_open(name)]  # fmt: skip
        self.deeds[0].setProperty("role", "primary")
        missing = parts.label(_("There is no address to send a card to. You can do this instead:"))
        practice = [parts.label(words, "muted") for words in _ask_practice(case)]
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        parts.fill(layout, parts.title(self.title), missing, *(parts.row(deed, None) for deed in self.deeds), *practice,
                   None)  # fmt: skip

    def first_focus(self) -> QWidget | None:
        return self.deeds[0]

    def _go(self, office: Office, name: str, arguments: dict[str, Any]) -> None:
        office.open(name, **arguments)
        self.closed.emit()


def _else(case: Case) -> list[tuple[str, str, dict[str, Any]]]:
    """What is left: the address asked for, an e-mail, the end of the case."""
    mail = [(_("Send an e-mail to {address}").format(address=case.person.email), "record_contact",
             {"voucher_id": case.id, "way": "mail", "outcome": "sent"})] if may_mail(case.person) else []  # fmt: skip
    return [
        (_("Fill in the address"), "edit_person", {"person_id": case.person.id}),
        *mail,
        (_("Close the case: not reached"), "close", {"voucher_id": case.id}),
    ]


def _ask_practice(case: Case) -> list[str]:
    """Whoever referred may know where somebody lives, or see them."""
    if case.practice is None:
        return []
    phone = show_phone(case.practice.phone)
    return [_("Or ask {practice}: {phone}").format(practice=case.practice.name, phone=phone).rstrip(": ")]


def contact_card(office: Office, voucher_id: int) -> Page:
    """For who was sought and not reached; without an address it says what else there is."""
    case = office.desk.look(case_of, voucher_id)
    if case is None:
        return NoPaper(_("Card by post"))
    if not has_address(case.person):
        return NoAddress(office, case)
    made = office.desk.look(actions.contact_card, voucher_id)
    return ContactCardPage(office, case, made.pdf) if made is not None else NoPaper(_("Card by post"))


def day_sheet(office: Office, day: date | None = None, coach_id: int | None = None) -> Page:
    """One's own appointments of a day, or those of a colleague; who holds no talks chooses whose."""
    if coach_id is None and holds_talks(office.desk.by) is None:
        return Whose(office, day or office.today)
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
    "contact_card": contact_card,
    "day_sheet": day_sheet,
    "blank_intake": blank_intake,
}
