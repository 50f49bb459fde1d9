"""Beside the voucher form: who this may be, and what a pasted referral mail proposes. Must not know how it is saved."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.exchange.referrals import Referral, read_referral, split_mails
from desktop.language import _, ngettext
from desktop.rules.names import full
from desktop.rules.people import Candidate
from desktop.rules.recognising import recognise
from desktop.screens.voucher_fields import Choices
from desktop.widgets import parts, theme
from desktop.widgets.pages import reveal


class Beside(QWidget):
    """Two cards: "Already known?" with candidates, and the pasting of a mail."""

    same = Signal(int)
    other = Signal()
    paste = Signal()
    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._known, self._mail = _Stack(), _Stack()
        button = parts.button(_("Paste a referral mail"), on=self.paste.emit)
        layout = QVBoxLayout(self)
        theme.space(layout, 12)
        parts.fill(
            layout,
            parts.card(_("Already known?"), self._known),
            parts.card(
                _("Referral mail"),
                button,
                parts.label(_("Copy the mail, then Ctrl+Shift+V fills in the form."), "help"),
                self._mail,
            ),
            None,
        )
        self.show_candidates([])
        self.tell([])

    def is_out_of_sight(self) -> bool:
        """On a narrow page or in large type this stands below the form."""
        return self.isVisible() and self._known.visibleRegion().isEmpty()

    def show_candidates(self, found: Sequence[Candidate]) -> None:
        """Who is on file and looks like the person being typed, with the why."""
        if not found:
            self._known.fill([parts.label(_("Nobody who looks like this person."), "help")])
            return
        shown: list[QWidget] = [parts.label(_("Looks like someone we know"), "help")]
        for each in found:
            name = full(each.name)
            button = parts.button(_("Same person"), on=partial(self.same.emit, each.id))
            button.setAccessibleName(_("Same person: {name}").format(name=name))
            shown.append(
                parts.column(
                    parts.label(name, "strong"),
                    parts.label(", ".join(each.why), "help"),
                    *([parts.label(each.about, "help")] if each.about else []),
                    button,
                    gap=4,
                )
            )
        self._known.fill(shown)

    def show_linked(self, name: str, about: str) -> None:
        """The voucher goes to someone on file."""
        self._known.fill(
            [
                parts.label(_("This voucher is for"), "help"),
                parts.label(name, "strong"),
                *([parts.label(about, "help")] if about else []),
                parts.button(_("New person after all"), "link", on=self.other.emit),
            ]
        )

    def ask_which(self, mails: Sequence[Referral]) -> None:
        """Several mails in one paste."""
        shown: list[QWidget] = [parts.label(_("{n} mails: which one?").format(n=len(mails)))]
        for at, mail in enumerate(mails):
            name = full(mail.name) or _("without a name")
            where = ", ".join(part for part in (name, mail.practice) if part)
            shown.append(parts.button(f"{at + 1}. {where}"[:60], on=partial(self.picked.emit, at)))
        self._mail.fill(shown)
        shown[1].setFocus()
        QTimer.singleShot(0, self._mail, partial(reveal, self._mail))  # when it has its place

    def tell(self, sentences: Sequence[str]) -> None:
        self._mail.fill([parts.label(each, "help") for each in sentences])


class _Stack(QWidget):
    """Widgets below each other that are replaced together."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        theme.space(self._layout, 8)
        self._shown: list[QWidget] = []

    def fill(self, widgets: Sequence[QWidget]) -> None:
        for old in self._shown:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = list(widgets)
        for new in self._shown:
            self._layout.addWidget(new)
            new.show()
        self.setVisible(bool(self._shown))


def read_mails(text: str, choices: Choices) -> list[Referral]:
    """What each mail in a pasted text proposes."""
    return [read_referral(mail, choices.today) for mail in split_mails(text)]


def proposals(mail: Referral, choices: Choices, agb: Callable[[str], int | None]) -> dict[str, Any]:
    """What a mail proposes, by field; only what it says. The practice comes first: it decides who can be chosen."""
    practice = (agb(mail.agb) if mail.agb else None) or recognise(mail.practice, choices.practices())
    choices.choose_practice(practice)
    addressee = choices.contact_called(mail.report_to)
    found = {
        "practice": practice,
        "referrer": _referrer(mail, choices, practice),
        "report_to": addressee.id if addressee is not None else None,
        "referrer_kind": "" if choices.contact_called(mail.referrer_name) else mail.referrer_role,
        "given": (mail.name.initials, mail.name.first_name),
        "tussenvoegsel": mail.name.tussenvoegsel,
        "surname": ("", mail.name.surname),
        "form_of_address": mail.name.form_of_address,
        "birth_name": mail.name.birth_name,
        "birth_date": mail.birth_date,
        "phone": mail.phones[0] if mail.phones else "",
        "phone2": mail.phones[1] if len(mail.phones) > 1 else "",
        "email": mail.email,
        "address": (mail.postcode, mail.number),
        "street": mail.street,
        "town": mail.town,
        "best_time": mail.best_time_to_call,
        "language": mail.language,
        "interpreter": mail.interpreter,
        "reasons": choices.reasons_with(mail.reasons),
        "consent_received": mail.consent,
        "consent_how": mail.consent_how,
        "their_reference": mail.their_reference,
        "dated_on": mail.dated_on,
        "channel": mail.channel,
        "note": "\n".join(part for part in (mail.note, _lost(mail, addressee is None)) if part),
    }
    return {name: value for name, value in found.items() if value and value not in (("", ""), ())}


def _referrer(mail: Referral, choices: Choices, practice: int | None) -> str:
    """As the contact is called here, else as it was written, with a practice nobody knows yet."""
    contact = choices.contact_called(mail.referrer_name)
    if contact is not None:
        return next(text for which, text in choices.people_there() if which == contact.id)
    return ", ".join(part for part in (mail.referrer_name, "" if practice else mail.practice) if part)


def _lost(mail: Referral, nobody: bool) -> str:
    """Whom the mail wants to hear from us, when that is nobody of the practice yet."""
    return _("Report to: {name}").format(name=mail.report_to) if mail.report_to and nobody else ""


def remarks(mail: Referral, filled: int, kept: int) -> list[str]:
    """What staff should know about a mail that was read."""
    said = [ngettext("{n} field filled in. Check it.", "{n} fields filled in. Check them.", filled).format(n=filled)]
    if kept:
        said.append(_("What you had typed stayed as it was."))
    if mail.bsn_left_out:
        said.append(_("BSN left out."))
    if mail.several_people:
        said.append(_("The mail is about more people; only the first was read."))
    if mail.shortened:
        said.append(_("The mail is very long; not everything was taken over."))
    return said
