"""Putting a case on hold. Must not know the rules behind it."""

from functools import partial

from desktop.actions import holds
from desktop.language import _
from desktop.rules.declared import typed_values
from desktop.rules.holds import HoldDraft
from desktop.screens.asked import WIDE, Asks
from desktop.screens.case_forms import case_form, case_or_none, deed_or_none
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, about
from desktop.storage.models import Hold
from desktop.widgets.fields import Item
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.pages import Page


def pause(office: Office, voucher_id: int = 0, hold_id: int | None = None) -> Page:
    """From when, until when and why; nothing is asked meanwhile, and the place stays."""
    old = deed_or_none(office, "hold", hold_id)
    voucher = case_or_none(office, old.voucher_id if old else voucher_id)
    if voucher is None or (hold_id and old is None):
        return Gone(_("Put on hold"))
    values = typed_values("hold", old) if old else {"from_on": office.today}
    ask = Asks("hold", office.today)
    kept = _("Places are kept, and nobody is called or asked anything until then; worries still are.")
    fields: list[Item] = [
        ask.switch("reason", width=WIDE, required=True),
        ask.text("from_on", required=True),
        ask.text("until_on", required=True, help=kept),
        *([ask.text("ended_on")] if old else []),
        ask.text("note"),
    ]
    back = [Extra(_("Is back"), on=lambda: is_back())] if old is not None and old.ended_on is None else []
    form = case_form(
        office,
        about(_("Put on hold"), voucher.person),
        [Card("", fields)],
        HoldDraft,
        holds.correct_pause if old else holds.pause_case,
        {"voucher_id": voucher.id, **values},
        key=f"hold:{voucher.id}",
        old=old,
        take_back=holds.take_back_pause,
        extras=back,
    )

    def is_back() -> None:
        """Sooner than thought: from today everything goes on."""
        said = _("Goes on from today")
        done = partial(_leave, form)
        office.desk.perform(holds.end_pause, old.id, old.version, said=said, refused=form.complain, done=done)

    return form


def _leave(form: Form, _hold: Hold) -> None:
    form.throw_away()


PAGES: dict[str, PageMaker] = {"pause": pause}
