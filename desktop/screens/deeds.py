"""Contact that was there, and the way from any deed to the form that corrects it; gathers the deeds' pages."""

from collections.abc import Callable
from typing import Any

from desktop import clock
from desktop.actions import contacts
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.codes import (
    CONSENT_ANSWERS,
    CONSENT_PURPOSES,
    options,
    word,
)
from desktop.rules.dates import PAST
from desktop.rules.declared import typed_values
from desktop.screens import aftercare, appointments, endings, enrolments, holds, intakes, places, worries
from desktop.screens import consents as consent_pages
from desktop.screens.asked import WIDE, Asks
from desktop.screens.case_forms import case_form, case_or_none, deed_or_none
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import (
    Gone,
    about,
    day_field,
    hour_field,
)
from desktop.storage.consents import find_asked
from desktop.widgets.fields import Check, Item, Switch
from desktop.widgets.form import Card
from desktop.widgets.pages import Page


def record_contact(
    office: Office, voucher_id: int, way: str = "phone", outcome: str = "", contact_id: int | None = None
) -> Page:
    """Any contact, out or in, also afterwards; calling now is done on the call page."""
    old = deed_or_none(office, "contact", contact_id)
    voucher = case_or_none(office, old.voucher_id if old else voucher_id)
    if voucher is None or (contact_id and old is None):
        return Gone(_("Record contact"))
    now = clock.local_now()
    at = clock.local(old.at) if old else now
    first = {"way": way, "direction": "out", "outcome": outcome or None}
    values = {
        "voucher_id": voucher.id,
        "on": at.date(),
        "at": at.time().replace(second=0, microsecond=0),
        **(typed_values("contact_attempt", old) | _answered(office, old) if old else first),
    }
    ask = Asks("contact_attempt", office.today)
    fields: list[Item] = [
        day_field("on", _("Day"), office.today, PAST, required=True),
        hour_field("at", _("Time")),
        ask.choice("way", required=True),
        ask.switch("direction", required=True),
        ask.choice("outcome", width=2, required=True),
        ask.text("call_back_on"),
        ask.text("call_back_at"),
        ask.text("note"),
    ]
    if voucher.person.informed_on is None:
        fields.insert(-1, Check("informed", _("Told where the data came from"), width=WIDE))
    asked = office.desk.look(find_asked, voucher.id)
    if "consent_report_back" in values or (asked is not None and asked.to_ask):
        question = word(CONSENT_PURPOSES, "report_back")
        fields.insert(-1, Switch("consent_report_back", question, options(CONSENT_ANSWERS), width=2))
    return case_form(
        office,
        about(_("Record contact"), voucher.person),
        [Card("", fields)],
        rules.ContactDraft,
        contacts.correct_contact if old else contacts.record_contact,
        values,
        key=f"contact:{voucher.id}",
        old=old,
        take_back=contacts.take_back_contact,
    )


def _answered(office: Office, old: Any) -> dict[str, str]:
    """What was answered in the contact that is corrected."""
    asked = office.desk.look(find_asked, old.voucher_id)
    given = asked.answers if asked is not None else ()
    found = [each.answer for each in given if each.attempt_id == old.id and each.purpose == "report_back"]
    return {"consent_report_back": found[-1]} if found else {}


def correct_deed(office: Office, kind: str, deed_id: int) -> Page:
    """The form of a deed with what was recorded in it; taking it back is one button."""
    makers: dict[str, Callable[[], Page]] = {
        "contact": lambda: record_contact(office, 0, contact_id=deed_id),
        "appointment": lambda: appointments.open_appointment(office, deed_id),
        "intake": lambda: intakes.hold_intake(office, 0, intake_id=deed_id),
        "aftercare": lambda: aftercare.aftercare(office, 0, aftercare_id=deed_id),
        "enrolment": lambda: enrolments.correct_enrolment(office, deed_id),
        "first_time": lambda: enrolments.first_time(office, deed_id, correct=True),
        "hold": lambda: holds.pause(office, hold_id=deed_id),
        "worry": lambda: worries.worry(office, worry_id=deed_id),
        "closing": lambda: endings.close(office, 0, closing_id=deed_id),
    }
    return makers[kind]() if kind in makers else Gone()


PAGES: dict[str, PageMaker] = {
    **appointments.PAGES,
    **intakes.PAGES,
    **enrolments.PAGES,
    **places.PAGES,
    **holds.PAGES,
    **aftercare.PAGES,
    **endings.PAGES,
    **worries.PAGES,
    **consent_pages.PAGES,
    "record_contact": record_contact,
    "correct_deed": correct_deed,
}
