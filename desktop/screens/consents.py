"""The questions of sharing: asked, answered, withdrawn, each in its case and for its practice."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.actions import consents
from desktop.language import _, current
from desktop.rules import deeds as rules
from desktop.rules.cases import Answer
from desktop.rules.codes import CONSENT_ANSWERS, CONSENT_PURPOSES, options, word
from desktop.rules.consents import Position, said, said_on, two_answers, where_given
from desktop.rules.dates import show_long
from desktop.screens.asked import Asks
from desktop.screens.case_forms import case_form
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, about
from desktop.storage.consents import Asked, Given, list_asked
from desktop.storage.people import find_person
from desktop.widgets import parts, theme
from desktop.widgets.fields import Choice, Item, Switch
from desktop.widgets.form import Card
from desktop.widgets.pages import Page


def consent(office: Office, person_id: int, voucher_id: int | None = None) -> Page:
    """Five questions about one case, nothing preset; what was answered before stands beside it."""
    person = office.desk.look(find_person, person_id)
    if person is None:
        return Gone(_("Consent"))
    cases = office.desk.look(list_asked, person.id) or []
    case = next((each for each in cases if each.voucher_id == voucher_id), cases[0] if cases else None)
    cards = [*_asked_cards(cases, case), Card(_("When and how"), _when_fields(office))]
    if person.informed_on is None:
        ask = Asks("person", office.today)
        cards.append(
            Card(
                _("Told where the data came from"),
                [
                    ask.text("informed_on"),
                    ask.switch("informed_how", width=2),
                ],
            )
        )
    case_id = case.voucher_id if case is not None else 0
    return case_form(
        office,
        about(_("Consent"), person),
        cards,
        rules.ConsentDraft,
        consents.record_consents,
        {"person_id": person.id, "voucher_id": case_id, "given_on": office.today},
        key=f"consent:case{case_id}" if case_id else f"consent:{person.id}",
        side=Answers(office, person.id),
    )


def _asked_cards(cases: list[Asked], case: Asked | None) -> list[Card]:
    """The questions; with several cases the one they are about is chosen."""
    if case is None:
        return []
    questions: list[Item] = [
        Switch(purpose, word(CONSENT_PURPOSES, purpose), options(CONSENT_ANSWERS)) for purpose in rules.CONSENTS
    ]
    choices = [(each.voucher_id, case_words(each)) for each in cases]
    which = Choice("voucher_id", _("For which voucher"), lambda: choices, width=2, required=True)
    heading = _("Sharing: {case}").format(case=case_words(case)) if len(cases) == 1 else _("Sharing")
    return [Card(heading, [which, *questions] if len(cases) > 1 else questions, columns=2)]


def _when_fields(office: Office) -> list[Item]:
    ask = Asks("consent", office.today)
    return [ask.text("given_on"), ask.switch("how", width=2)]


class Answers(QWidget):
    """What was answered before in each case, the newest first; a yes that stands can be withdrawn."""

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
        parts.empty(inside, keep=1)
        self._buttons: list[QPushButton] = []
        cases = [each for each in self._office.desk.look(list_asked, self._person_id) or [] if each.given]
        for case in cases:
            inside.addWidget(parts.label(case_words(case), "strong"))
            for widget in self._case(case):
                inside.addWidget(widget)
        if not cases:
            inside.addWidget(parts.label(_("Nothing was asked yet."), "muted"))

    def _case(self, case: Asked) -> list[QWidget]:
        shown: list[QWidget] = []
        for purpose in CONSENT_PURPOSES:
            given = [each for each in case.given if each.answer.purpose == purpose]
            if not given:
                continue
            where = case.position(purpose)
            shown.append(parts.label(word(CONSENT_PURPOSES, purpose)))
            shown += [parts.label(text, "doubt") for text in doubts(case, where)]
            shown += [parts.label(answer_words(each), "muted") for each in reversed(given)]
            if where.given and where.stands is not None:
                shown.append(parts.row(self._withdraw_button(purpose, where.stands), None))
        return shown

    def _withdraw_button(self, purpose: str, answer: Answer) -> QPushButton:
        button = parts.button(_("Withdraw"), on=partial(self._withdraw, answer.id))
        button.setAccessibleName(f"{button.text()}: {word(CONSENT_PURPOSES, purpose)}")
        self._buttons.append(button)
        return button

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


def case_words(case: Asked) -> str:
    """The voucher and the practice that hears of it: 26-00012 · Huisartsenpraktijk De Linde."""
    return " · ".join((case.number, case.addressee or _("no practice")))


def answer_words(given: Given) -> str:
    """One answer in a line: which, when, where, for which practice, by whom it was recorded."""
    answer = given.answer
    words = word(CONSENT_ANSWERS, answer.answer).lower()
    details = [
        _("{day}: {answer}").format(answer=words, day=_long(answer)),
        where_given(answer) if answer.withdrawn_on is None and (answer.how or answer.intake_id) else "",
        _("for {practice}").format(practice=given.practice) if given.practice else "",
        _("recorded by {name}").format(name=given.by) if given.by else "",
    ]
    if answer.withdrawn_on is not None:
        details.append(_("withdrawn on {day}").format(day=show_long(answer.withdrawn_on, current())))
    return ", ".join(filter(None, details))


def position_words(case: Asked, purpose: str) -> str:
    """Where one question stands, in a line for a card: the answer that counts, its day and its way."""
    where, question = case.position(purpose), word(CONSENT_PURPOSES, purpose)
    if where.clash is not None or where.stands is None or (where.waits and where.counts == "ask"):
        return _("{question}: still to ask").format(question=question)
    stands = where.stands
    if stands.withdrawn_on is not None:
        return _("{question}: withdrawn on {day}").format(question=question, day=show_long(said_on(stands), current()))
    answer, day = word(CONSENT_ANSWERS, said(stands)).lower(), show_long(stands.given_on, current())
    return _("{question}: {answer} ({where}, {day})").format(
        question=question, answer=answer, where=where_given(stands), day=day
    )


def doubts(case: Asked, where: Position) -> list[str]:
    """Why the newest answer does not count by itself: it was for another practice, or two contradict each other."""
    found = []
    if where.clash is not None and where.stands is not None:
        found.append(two_answers(where.stands, where.clash))
    if where.stands is None and where.elsewhere is not None and where.elsewhere.answer != "ask":
        other = next(each for each in case.given if each.answer.id == where.elsewhere.id)
        found.append(
            _("The answer “{answer}” of {day} was for {practice}, not for {addressee}: still to ask.").format(
                answer=word(CONSENT_ANSWERS, said(other.answer)).lower(),
                day=show_long(said_on(other.answer), current()),
                practice=other.practice or _("no practice"),
                addressee=case.addressee or _("no practice"),
            )
        )
    return found


def _long(answer: Answer) -> str:
    return show_long(answer.given_on, current())


PAGES: dict[str, PageMaker] = {
    "consent": consent,
}
