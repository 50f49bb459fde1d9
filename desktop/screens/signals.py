"""A signal to the practice: on which ground, and what it should know; then the letter opens beside its paper."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.actions.signals import write_signal
from desktop.language import _
from desktop.rules.codes import SIGNAL_GROUNDS, word
from desktop.rules.gp import Gp, what_to_do
from desktop.rules.signals import LONGEST, SignalDraft, grounds_for
from desktop.screens.case_forms import case_or_none, follow, value_of
from desktop.screens.doctors import GpCard
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, about
from desktop.screens.worries import own_practice_field
from desktop.storage.gp import find_gp
from desktop.storage.models import Letter
from desktop.storage.signals import addressee_of, may_tell_gp, untold_worry, worries_told
from desktop.widgets import parts
from desktop.widgets.fields import Check, Item, Switch, Text
from desktop.widgets.form import Card, Form
from desktop.widgets.pages import Page


def signal(office: Office, voucher_id: int, worry_id: int | None = None) -> Page:
    """Nothing is preset: the ground is a decision of whoever writes."""
    voucher = case_or_none(office, voucher_id)
    if voucher is None:
        return Gone(_("Signal to the practice"))
    worry_id = worry_id or office.desk.look(untold_worry, voucher.id)
    told = bool(office.desk.look(may_tell_gp, voucher.id))
    gp = office.desk.look(find_gp, voucher.id) or Gp()
    kinds = office.desk.look(worries_told, voucher.id, worry_id) or frozenset()
    grounds = [(code, word(SIGNAL_GROUNDS, code)) for code in grounds_for(kinds)]
    ground: list[Item] = [Switch("ground", _("Why may the practice know this?"), grounds, width=3, required=True,
                                 help=_("Ask consent first, if that can be done safely."))]  # fmt: skip
    if not told:
        ground.append(Check("agreed", _("The person agrees, now, that the practice hears this"), width=3))
    if gp.surgery is None:
        ground.insert(0, own_practice_field(office, voucher.person))
    words = Text("sentence", _("What the practice should know"), lines=4, width=3, limit=LONGEST, required=True,
                 help=_("In your own words: what you saw or heard. No diagnosis, and nothing about other people."))
    form = Form(
        office.desk,
        about(_("Signal to the practice"), voucher.person),
        [Card(_("The ground"), ground), Card(_("The signal"), [words])],
        SignalDraft,
        write_signal,
        values={"voucher_id": voucher.id, "worry_id": worry_id},
        key=f"signal:{voucher.id}",
        keep=office.keep,
        said=_("Concept made"),
        save_text=_("Make the letter"),
        side=_side(office, voucher.id, gp),
        place="letters",
    )
    if not told:
        follow(form, "agreed", lambda: value_of(form.editor("ground")) == "consent")
    form.saved.connect(partial(_open_letter, office))
    return form


def _side(office: Office, voucher_id: int, gp: Gp) -> QWidget:
    """Who reads it, and that a letter is no telephone."""
    practice, whom, _phone = office.desk.look(addressee_of, voucher_id) or ("", "", "")
    lines = [parts.label(words) for words in (practice, whom) if words] or [parts.label(what_to_do(gp), "complaint")]
    urgent = parts.label(_("Is it urgent? Phone first; the letter follows the same day."), "muted")
    return parts.column(parts.card(_("To"), *lines), GpCard(_("Whom you call"), gp), urgent, None, gap=12)


def _open_letter(office: Office, letter: Letter) -> None:
    office.open("letter", letter_id=letter.id)


PAGES: dict[str, PageMaker] = {"signal": signal}
