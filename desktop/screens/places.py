"""Telling somebody that a place came free, and recording what they said. Must not know the rules behind it."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.places import answer_offer
from desktop.language import _
from desktop.rules.activities import next_dates
from desktop.rules.cases import WAITS
from desktop.rules.codes import options
from desktop.rules.dates import AHEAD, working_days_after
from desktop.rules.places import AFTER_NO, ANSWERS, OfferDraft
from desktop.rules.schedules import Schedule, show_schedules
from desktop.rules.tasks import capital, show_short
from desktop.screens.asked import WIDE, Asks
from desktop.screens.case_forms import case_form, case_or_none, deed_or_none, follow, note_field, value_of
from desktop.screens.case_forms import phone_card as number_of
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, about, day_field
from desktop.storage.activities import schedules_of
from desktop.storage.cases import destination_of
from desktop.storage.models import Enrolment
from desktop.widgets import parts
from desktop.widgets.fields import Item, Switch
from desktop.widgets.form import Card, Extra
from desktop.widgets.pages import Page

KEPT_LONGER = 5  # working days that are proposed


def offer(office: Office, enrolment_id: int) -> Page:
    """The number beside the answers: comes, does not come, or no answer yet."""
    old = deed_or_none(office, "enrolment", enrolment_id)
    voucher = case_or_none(office, old.voucher_id) if old else None
    if old is None or voucher is None or old.state not in WAITS:
        return Gone(_("There is a place"))
    ask = Asks("enrolment", office.today)
    fields: list[Item] = [
        Switch("answer", _("What they say"), options(ANSWERS), width=WIDE, required=True),
        ask.text("start_on"),
        Switch("after", _("What happens now"), options(AFTER_NO), width=WIDE, required=True),
        ask.choice("stop_reason", width=2, required=True),
        day_field("until", _("Kept until"), office.today, AHEAD, required=True),
        note_field(),
    ]
    form = case_form(
        office,
        about(_("There is a place"), voucher.person),
        [Card(_heading(old), fields)],
        OfferDraft,
        answer_offer,
        _values(office, old),
        key=f"offer:{old.id}",
        old=old,
        extras=[Extra(_("Record contact"), on=partial(office.open, "record_contact", voucher_id=voucher.id))],
        side=number_of(
            _("Phone number"), voucher.person.phone or voucher.person.phone2, *_when_card(office, old.activity_id)
        ),
    )
    said = form.editor("answer")
    follow(form, "start_on", lambda: value_of(said) == "yes")
    follow(form, "after", lambda: value_of(said) == "no")
    follow(form, "stop_reason", lambda: value_of(said) == "no" and value_of(form.editor("after")) == "stop")
    follow(form, "until", lambda: value_of(said) == "later")
    return form


def _heading(old: Enrolment) -> str:
    if old.offer_until is None:
        return destination_of(old)
    kept = _("kept until {day}").format(day=show_short(old.offer_until))
    return f"{destination_of(old)} · {kept}"


def _values(office: Office, old: Enrolment) -> dict[str, Any]:
    return {
        "voucher_id": old.voucher_id,
        "enrolment_id": old.id,
        "start_on": first_day(office, old.activity_id),
        "until": working_days_after(office.today, KEPT_LONGER),
    }


def first_day(office: Office, activity_id: int | None) -> date | None:
    """The next day on which an activity is held, where its times are known."""
    return next(iter(next_dates(_times(office, activity_id), office.today, 1)), None)


def _when_card(office: Office, activity_id: int | None) -> list[QWidget]:
    """What is said on the phone: when it is held."""
    times = _times(office, activity_id)
    return [parts.card(_("When"), parts.label(capital(show_schedules(times))))] if times else []


def _times(office: Office, activity_id: int | None) -> tuple[Schedule, ...]:
    if activity_id is None:
        return ()
    return (office.desk.look(schedules_of, [activity_id]) or {}).get(activity_id, ())


PAGES: dict[str, PageMaker] = {"offer": offer}
