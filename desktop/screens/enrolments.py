"""Signing up, the first time, and stopping. Must not know the rules behind them."""

from collections.abc import Sequence
from functools import partial

from desktop.actions import enrolments
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.codes import (
    DESTINATIONS,
    DROP_OUT_REASONS,
    KNOWN_BY,
    NEXT_STEPS,
    options,
)
from desktop.rules.declared import typed_values
from desktop.screens.case_forms import (
    WIDE,
    attendance_fields,
    case_form,
    case_or_none,
    deed_or_none,
    follow,
    note_field,
    value_of,
)
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import (
    Gone,
    about,
    day_field,
    hour_field,
)
from desktop.storage.cases import destination_of
from desktop.storage.changes import Record
from desktop.storage.deeds import list_activity_names
from desktop.widgets.fields import Check, Chips, Choice, Item, Switch, Text
from desktop.widgets.form import Card, Extra
from desktop.widgets.pages import Page


def enrol(
    office: Office, voucher_id: int, activity_id: int | None = None, destination: str = "", waiting: bool = False
) -> Page:
    """One or several activities and perhaps something outside the catalogue, at once."""
    voucher = case_or_none(office, voucher_id)
    if voucher is None:
        return Gone(_("Sign up"))
    values = {
        "voucher_id": voucher.id,
        "activities": (activity_id,) if activity_id else (),
        "destination": destination or None,
        "enrolled_on": office.today,
        "waiting": waiting,
    }
    fields: list[Item] = [
        Chips("activities", _("Activities of the catalogue"), partial(_activity_options, office)),
        Choice("destination", _("Or outside the catalogue"), partial(options, DESTINATIONS)),
        Text("destination_name", _("Which, where, with whom"), width=2),
        day_field("enrolled_on", _("Signed up on"), office.today, required=True),
        day_field("start_on", _("First day"), office.today),
        Check("waiting", _("On the waiting list")),
        Check("accompanied", _("We go along the first time"), width=WIDE),
        day_field("visit_day", _("Go along on"), office.today),
        hour_field("visit_hour", _("At what hour")),
        note_field(),
    ]

    def print_card(made: Sequence[Record]) -> None:
        if made:
            office.open("activity_card", enrolment_id=made[0].id)

    form = case_form(
        office,
        about(_("Sign up"), voucher.person),
        [Card("", fields)],
        rules.EnrolDraft,
        enrolments.enrol,
        values,
        key=f"enrol:{voucher.id}",
        extras=[Extra(_("Save and print card"), then=print_card)],
    )
    follow(form, "destination_name", lambda: bool(value_of(form.editor("destination"))))
    for name in ("visit_day", "visit_hour"):
        follow(form, name, lambda: bool(value_of(form.editor("accompanied"))))
    return form


def correct_enrolment(office: Office, enrolment_id: int) -> Page:
    old = deed_or_none(office, "enrolment", enrolment_id)
    voucher = case_or_none(office, old.voucher_id) if old else None
    if old is None or voucher is None:
        return Gone(_("Signed up"))
    values = typed_values("enrolment", old) | {"voucher_id": voucher.id, "waiting": old.state == "waiting"}
    fields: list[Item] = [
        Choice("activity", _("Activity of the catalogue"), partial(_activity_options, office), width=WIDE),
        Choice("destination", _("Or outside the catalogue"), partial(options, DESTINATIONS)),
        Text("destination_name", _("Which, where, with whom"), width=2),
        day_field("enrolled_on", _("Signed up on"), office.today, required=True),
        day_field("start_on", _("First day"), office.today),
        Check("waiting", _("On the waiting list")),
        Check("accompanied", _("We go along the first time"), width=WIDE),
        *(attendance_fields() if old.first_attended_on or old.times_held else ()),
        note_field(),
    ]
    extras = [
        Extra(_("Has been there"), on=partial(office.open, "first_time", enrolment_id=old.id)),
        Extra(_("Has stopped"), on=partial(office.open, "stop_enrolment", enrolment_id=old.id)),
    ]
    return case_form(
        office,
        about(_("Signed up"), voucher.person),
        [Card("", fields)],
        rules.EnrolmentDraft,
        enrolments.correct_enrolment,
        values,
        key=f"enrolment:{old.id}",
        old=old,
        take_back=enrolments.take_back_enrolment,
        extras=extras if old.state in ("enrolled", "waiting") else extras[1:] if old.state == "started" else [],
    )


def first_time(office: Office, enrolment_id: int, correct: bool = False) -> Page:
    """They have been there."""
    old = deed_or_none(office, "enrolment", enrolment_id)
    voucher = case_or_none(office, old.voucher_id) if old else None
    if old is None or voucher is None:
        return Gone(_("Been for the first time"))
    planned = old.start_on if old.start_on and old.start_on <= office.today else None
    values = {
        "voucher_id": voucher.id,
        "enrolment_id": old.id,
        "first_attended_on": old.first_attended_on or planned or office.today,
        "first_known_by": old.first_known_by or None,
    }
    return case_form(
        office,
        about(_("Been for the first time"), voucher.person),
        [
            Card(
                destination_of(old),
                [
                    day_field("first_attended_on", _("First time on"), office.today, required=True),
                    Switch("first_known_by", _("Known by"), options(KNOWN_BY), width=2, required=True),
                    note_field(),
                ],
            )
        ],
        rules.FirstTimeDraft,
        enrolments.record_first_time,
        values,
        key=f"first_time:{old.id}",
        old=old,
        take_back=enrolments.take_back_first_time if correct else None,
        extras=[]
        if correct
        else [Extra(_("Did not start"), on=partial(office.open, "stop_enrolment", enrolment_id=old.id))],
    )


def stop_enrolment(office: Office, enrolment_id: int) -> Page:
    """They no longer come, or never did."""
    old = deed_or_none(office, "enrolment", enrolment_id)
    voucher = case_or_none(office, old.voucher_id) if old else None
    if old is None or voucher is None:
        return Gone(_("Has stopped"))
    return case_form(
        office,
        about(_("Has stopped"), voucher.person),
        [
            Card(
                destination_of(old),
                [
                    day_field("stopped_on", _("Stopped on"), office.today, required=True),
                    Choice("stop_reason", _("Reason"), partial(options, DROP_OUT_REASONS), width=2, required=True),
                    Switch("next_step", _("What follows"), options(NEXT_STEPS), width=WIDE, required=True),
                    note_field(),
                ],
            )
        ],
        rules.StopDraft,
        enrolments.stop_enrolment,
        {"voucher_id": voucher.id, "enrolment_id": old.id, "stopped_on": office.today, "next_step": "find"},
        key=f"stop:{old.id}",
        old=old,
    )


def _activity_options(office: Office) -> list[tuple[int, str]]:
    return office.desk.look(list_activity_names) or []


PAGES: dict[str, PageMaker] = {
    "enrol": enrol,
    "first_time": first_time,
    "stop_enrolment": stop_enrolment,
}
