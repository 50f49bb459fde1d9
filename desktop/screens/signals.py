"""A signal to the practice: on which ground, and what it should know; then the letter opens beside its paper."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.actions.signals import write_signal
from desktop.language import _
from desktop.rules.codes import SIGNAL_GROUNDS, options
from desktop.rules.phones import show_phone
from desktop.rules.signals import LONGEST, SignalDraft
from desktop.screens.case_forms import case_or_none, follow, value_of
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, about
from desktop.storage.models import Letter
from desktop.storage.signals import addressee_of, may_report_back, untold_worry
from desktop.widgets import parts
from desktop.widgets.fields import Check, Item, Switch, Text
from desktop.widgets.form import Card, Form
from desktop.widgets.pages import Page


def signal(office: Office, voucher_id: int, worry_id: int | None = None) -> Page:
    """Nothing is preset: the ground is a decision of whoever writes."""
    voucher = case_or_none(office, voucher_id)
    if voucher is None:
        return Gone(_("Signal to the practice"))
    told = bool(office.desk.look(may_report_back, voucher.person_id))
    ground: list[Item] = [Switch("ground", _("Why may the practice know this?"), options(SIGNAL_GROUNDS), width=3,
                                 required=True)]  # fmt: skip
    if not told:
        ground.append(Check("agreed", _("The person agrees, now, that the practice hears this"), width=3))
    words = Text("sentence", _("What the practice should know"), lines=4, width=3, limit=LONGEST, required=True,
                 help=_("In your own words: what you saw or heard. No diagnosis, and nothing about other people."))
    form = Form(
        office.desk,
        about(_("Signal to the practice"), voucher.person),
        [Card(_("The ground"), ground), Card(_("The signal"), [words])],
        SignalDraft,
        write_signal,
        values={"voucher_id": voucher.id, "worry_id": worry_id or office.desk.look(untold_worry, voucher.id)},
        key=f"signal:{voucher.id}",
        keep=office.keep,
        said=_("Concept made"),
        save_text=_("Make the letter"),
        side=_side(office, voucher.id),
        place="letters",
    )
    if not told:
        follow(form, "agreed", lambda: value_of(form.editor("ground")) == "consent")
    form.saved.connect(partial(_open_letter, office))
    return form


def _side(office: Office, voucher_id: int) -> QWidget:
    """Who reads it, and that a letter is no telephone."""
    practice, whom, phone = office.desk.look(addressee_of, voucher_id) or ("", "", "")
    if not practice:
        nobody = parts.label(_("There is nobody to write to: the voucher has no practice."), "complaint")
        return parts.column(parts.card(_("To"), nobody), None)
    lines = [parts.label(practice), *([parts.label(whom, "muted")] if whom else [])]
    number = [parts.label(show_phone(phone), "large")] if phone else []
    urgent = parts.label(_("Is it urgent? Phone first; the letter follows the same day."), "muted")
    return parts.column(parts.card(_("To"), *lines), parts.card(_("Phone"), *number, urgent), None)


def _open_letter(office: Office, letter: Letter) -> None:
    office.open("letter", letter_id=letter.id)


PAGES: dict[str, PageMaker] = {"signal": signal}
