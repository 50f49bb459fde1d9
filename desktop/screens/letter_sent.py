"""What happened to a fixed letter: how it went out, withdrawing it, a copy. Must not know how it is written."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.actions.letter_looks import OpenLetter, reprint_letter
from desktop.actions.letter_sending import withdraw_letter
from desktop.clock import local
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.codes import word
from desktop.rules.dates import show_date
from desktop.screens.letter_parts import WAY_ICONS, WAYS_DONE
from desktop.screens.office import Office
from desktop.storage.models import Dispatch
from desktop.widgets import parts
from desktop.widgets.fields import Text
from desktop.widgets.group import FieldGroup
from desktop.widgets.rows import Row, Rows


def sent_card(opened: OpenLetter) -> QWidget:
    """How it went out, and why it was withdrawn."""
    rows = Rows(_("How it went out"), grow=True, framed=False)
    rows.set_rows([_dispatch_row(each) for each in opened.dispatches])
    letter = opened.record
    why = _("Withdrawn on {date}: {why}").format(date=show_date(letter.withdrawn_on), why=letter.withdrawn_why)
    words = [parts.label(why, "complaint")] if letter.withdrawn_on else []
    inside = [rows] if opened.dispatches else []
    return parts.card(_("How it went out"), *words, *inside)


def show_copy(office: Office, letter_id: int) -> None:
    """The letter overprinted with *kopie*, to print once more."""
    printed = office.desk.look(reprint_letter, letter_id)
    if printed is not None:
        office.open("preview", title=_("Copy of the letter"), pdf=printed.pdf)


class Withdrawal:
    """Asks why a letter is withdrawn, and withdraws it; `keep` is called when it stays after all."""

    def __init__(self, office: Office, opened: OpenLetter, keep: Callable[[], object]) -> None:
        self._office, self._opened = office, opened
        self._why = FieldGroup([Text("why", _("Why is it withdrawn?"), required=True, limit=300)], columns=1)
        deeds = parts.row(
            parts.button(_("Withdraw the letter"), "danger", on=self._withdraw),
            parts.button(_("No, keep it"), on=keep), None,
        )  # fmt: skip
        self.card = parts.card(_("Withdraw"), self._why, deeds)

    def focus(self) -> None:
        self._why.editor("why").focus()

    def _withdraw(self) -> None:
        try:
            sentence = self._why.values()["why"]
        except Refused as refused:
            self._why.complain(refused)
            return
        self._office.desk.perform(
            withdraw_letter, self._opened.record.id, sentence, said=_("Withdrawn"),
            refused=self._complain, undoable=self._opened.record.state != "sent",
        )  # fmt: skip

    def _complain(self, refused: Refused) -> None:
        self._why.complain(refused)


def _dispatch_row(dispatch: Dispatch) -> Row:
    return Row(
        dispatch.id,
        WAY_ICONS[dispatch.way],
        word(WAYS_DONE, dispatch.way),
        subtitle=_("confirmed") if dispatch.confirmed_at else _("not confirmed as sent"),
        lead=show_date(local(dispatch.sent_at).date()),
    )
