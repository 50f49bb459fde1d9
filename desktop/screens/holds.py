"""Putting a case on hold. Must not know the rules behind it."""

from functools import partial

from desktop.actions import holds
from desktop.language import _
from desktop.rules.codes import HOLD_REASONS, options
from desktop.rules.holds import HoldDraft
from desktop.screens.case_forms import WIDE, case_form, case_or_none, deed_or_none, note_field
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, about, day_field
from desktop.storage.models import Hold
from desktop.widgets.fields import Item, Switch
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.pages import Page


def pause(office: Office, voucher_id: int = 0, hold_id: int | None = None) -> Page:
    """From when, until when and why; nothing is asked meanwhile, and the place stays."""
    old = deed_or_none(office, "hold", hold_id)
    voucher = case_or_none(office, old.voucher_id if old else voucher_id)
    if voucher is None or (hold_id and old is None):
        return Gone(_("Put on hold"))
    values = {
        "voucher_id": voucher.id,
        "from_on": old.from_on if old else office.today,
        "until_on": old.until_on if old else None,
        "reason": old.reason if old else None,
        "ended_on": old.ended_on if old else None,
        "note": old.note if old else "",
    }
    kept = _("Places are kept, and nobody is called or asked anything until then; worries still are.")
    fields: list[Item] = [
        Switch("reason", _("Why"), options(HOLD_REASONS), width=WIDE, required=True),
        day_field("from_on", _("From"), office.today, required=True),
        day_field("until_on", _("In touch again on"), office.today, required=True, help=kept),
        *([day_field("ended_on", _("Back already on"), office.today)] if old else []),
        note_field(),
    ]
    back = [Extra(_("Is back"), on=lambda: is_back())] if old is not None and old.ended_on is None else []
    form = case_form(
        office,
        about(_("Put on hold"), voucher.person),
        [Card("", fields)],
        HoldDraft,
        holds.correct_pause if old else holds.pause_case,
        values,
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
