"""The questions of sharing: asked, answered, withdrawn."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.actions import consents
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.codes import (
    CONSENT_ANSWERS,
    CONSENT_PURPOSES,
    CONSENT_WAYS,
    options,
    word,
)
from desktop.rules.dates import show_date
from desktop.screens.case_forms import case_form
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import (
    Gone,
    about,
    day_field,
)
from desktop.storage.people import find_person, list_consents
from desktop.widgets import parts, theme
from desktop.widgets.fields import Item, Switch
from desktop.widgets.form import Card
from desktop.widgets.pages import Page


def consent(office: Office, person_id: int, voucher_id: int | None = None) -> Page:
    """Five questions, nothing preset; what was answered before stands beside it."""
    person = office.desk.look(find_person, person_id)
    if person is None:
        return Gone(_("Consent"))
    fields: list[Item] = [
        Switch(purpose, word(CONSENT_PURPOSES, purpose), options(CONSENT_ANSWERS)) for purpose in rules.CONSENTS
    ]
    asked: list[Item] = [
        day_field("given_on", _("Answered on"), office.today),
        Switch("how", _("How"), options(CONSENT_WAYS), width=2),
    ]
    cards = [Card(_("Sharing"), fields, columns=2), Card(_("When and how"), asked)]
    if person.informed_on is None:
        how = [(code, _(text)) for code, text in rules.HOW_INFORMED.items()]
        cards.append(
            Card(
                _("Told where the data came from"),
                [
                    day_field("informed_on", _("Told on"), office.today),
                    Switch("informed_how", _("How the person was told"), how, width=2),
                ],
            )
        )
    return case_form(
        office,
        about(_("Consent"), person),
        cards,
        rules.ConsentDraft,
        consents.record_consents,
        {"person_id": person.id, "voucher_id": voucher_id or 0, "given_on": office.today},
        key=f"consent:{person.id}",
        side=Answers(office, person_id),
    )


class Answers(QWidget):
    """What was answered before; a yes can be withdrawn."""

    def __init__(self, office: Office, person_id: int) -> None:
        super().__init__()
        self._office, self._person_id = office, person_id
        self._card = parts.card(_("Answered so far"))
        layout = QVBoxLayout(self)
        theme.space(layout, 0)
        parts.fill(layout, self._card, None)
        self.show_answers()

    def show_answers(self) -> None:
        """Look again."""
        inside = self._card.layout()
        assert inside is not None
        while inside.count() > 1:
            item = inside.takeAt(1)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons: list[QPushButton] = []
        answers = self._office.desk.look(list_consents, self._person_id) or []
        for each in answers:
            inside.addWidget(parts.label(consent_words(each)))
            if each.answer == "yes" and each.withdrawn_on is None:
                button = parts.button(_("Withdraw"), on=partial(self._withdraw, each.id))
                button.setAccessibleName(f"{button.text()}: {word(CONSENT_PURPOSES, each.purpose)}")
                self._buttons.append(button)
                inside.addWidget(parts.row(button, None))
        if not answers:
            inside.addWidget(parts.label(_("Nothing was asked yet."), "muted"))

    def _withdraw(self, consent_id: int) -> None:
        self._office.desk.perform(
            consents.withdraw_consent,
            consent_id,
            said=_("Consent withdrawn"),
            done=lambda _consent: self._withdrawn(),
        )

    def _withdrawn(self) -> None:
        """The button is gone; the keyboard stays here, at what can still be withdrawn."""
        self.show_answers()
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)


def consent_words(each: Any) -> str:
    """One answer in a line: what, which answer, how and when."""
    purpose = word(CONSENT_PURPOSES, each.purpose)
    if each.withdrawn_on is not None:
        return _("{purpose}: withdrawn on {day}").format(purpose=purpose, day=show_date(each.withdrawn_on))
    how = ", ".join(filter(None, (word(CONSENT_WAYS, each.how).lower() if each.how else "", show_date(each.given_on))))
    return f"{purpose}: {word(CONSENT_ANSWERS, each.answer).lower()} ({how})"


PAGES: dict[str, PageMaker] = {
    "consent": consent,
}
