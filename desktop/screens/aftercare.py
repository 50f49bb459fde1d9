"""The talk three months on. Must not know the rules behind it."""

from desktop.actions import aftercare as actions
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.screens.case_forms import case_form, case_or_none, note_field, phone_card
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, about, day_field
from desktop.widgets.form import Card, Extra
from desktop.widgets.pages import Page


def aftercare(office: Office, voucher_id: int, appointment_id: int | None = None) -> Page:
    """The talk three months on; closing can follow at once."""
    voucher = case_or_none(office, voucher_id)
    if voucher is None:
        return Gone(_("Aftercare talk"))

    def close_next(_talk: object) -> None:
        office.open("close", voucher_id=voucher.id)

    return case_form(
        office,
        about(_("Aftercare talk"), voucher.person),
        [
            Card(
                "",
                [
                    day_field("held_on", _("Day"), office.today, required=True),
                    note_field(_("How it goes: still takes part, something else, stopped"), lines=4),
                ],
            )
        ],
        rules.AftercareDraft,
        actions.hold_aftercare,
        {"voucher_id": voucher.id, "appointment_id": appointment_id, "held_on": office.today},
        key=f"aftercare:{voucher.id}",
        extras=[Extra(_("Save and close the case"), then=close_next)],
        side=phone_card(_("Phone number"), voucher.person.phone or voucher.person.phone2),
    )


PAGES: dict[str, PageMaker] = {"aftercare": aftercare}
