"""The talk three months on. Must not know the rules behind it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from desktop.actions import aftercare as actions
from desktop.language import _
from desktop.rules import aftercare as rules
from desktop.rules.declared import typed_values
from desktop.screens.appointments import PlannedAs
from desktop.screens.asked import Asks
from desktop.screens.case_forms import (
    Conversation,
    attendance_fields,
    case_form,
    case_or_none,
    deed_or_none,
    follow,
    gp_field,
    marks_card,
    phone_card,
    value_of,
)
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, about, coach_options
from desktop.storage.cases import destination_of
from desktop.storage.deeds import find_attended, list_enrolments
from desktop.storage.models import Aftercare, Enrolment, Voucher
from desktop.widgets import parts
from desktop.widgets.fields import Heading, Item, marks
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.pages import Page


def aftercare(
    office: Office, voucher_id: int, appointment_id: int | None = None, aftercare_id: int | None = None
) -> Page:
    """How it goes, the six marks again, and what follows: another activity, a letter, or the end."""
    old = deed_or_none(office, "aftercare", aftercare_id)
    voucher = case_or_none(office, old.voucher_id if old else voucher_id)
    if voucher is None or (aftercare_id and old is None):
        return Gone(_("Aftercare talk"))
    planned_as = PlannedAs(office, voucher.id, "aftercare", appointment_id, old)
    attended = office.desk.look(find_attended, voucher.id, old.held_on if old else None)
    next_page = _NextPage(office, voucher.id)
    picture = Conversation()
    phone = phone_card(_("Phone number"), voucher.person.phone or voucher.person.phone2)
    ask = Asks("aftercare", office.today)
    form = case_form(
        office,
        about(_("Aftercare talk"), voucher.person),
        [
            Card("", [*planned_as.fields(), *_when_fields(office)]),
            Card("", _how_fields(office, voucher, attended)),
            marks_card(),
            Card("", [ask.text("note", lines=3)]),
        ],
        rules.AftercareDraft,
        actions.correct_aftercare if old else actions.hold_aftercare,
        _values(office, voucher, planned_as, old) | _times(attended),
        key=f"aftercare:{voucher.id}",
        old=old,
        take_back=actions.take_back_aftercare,
        extras=[] if old else next_page.extras(),
        side=parts.column(phone, picture, None, gap=12),
    )
    follow(form, "stop_reason", lambda: rules.ends_enrolments(value_of(form.editor("outcome"))))
    planned_as.follow(form)
    form.edited.connect(lambda: picture.draw(form))
    picture.draw(form)
    if old is None:
        next_page.follow(form)
    return form


class _NextPage:
    """Where staff go on after a new talk: what they pressed, else the catalogue when something else is sought."""

    def __init__(self, office: Office, voucher_id: int) -> None:
        self._office, self._voucher_id = office, voucher_id
        self._seeks = False

    def extras(self) -> list[Extra]:
        letter = self._go_on("write_letter", moment="progress")
        return [
            Extra(_("Save and close the case"), then=self._go_on("close")),
            Extra(_("Save and write the letter"), then=letter),
        ]

    def follow(self, form: Form) -> None:
        form.saved.connect(self._stored)
        form.closed.connect(self._leave)

    def _go_on(self, page: str, **arguments: Any) -> Callable[[object], None]:
        def open_page(_talk: object) -> None:
            self._seeks = False
            self._office.open(page, voucher_id=self._voucher_id, **arguments)

        return open_page

    def _stored(self, talk: Aftercare) -> None:
        self._seeks = rules.seeks_another(talk.outcome)

    def _leave(self) -> None:
        if self._seeks:
            self._seeks = False
            self._office.open("find_activity", voucher_id=self._voucher_id)


def _when_fields(office: Office) -> list[Item]:
    ask = Asks("aftercare", office.today)
    return [
        ask.text("held_on", required=True),
        ask.choice("place", required=True),
        ask.choice("coach", partial(coach_options, office)),
    ]


def _how_fields(office: Office, voucher: Voucher, attended: Enrolment | None) -> list[Item]:
    standing = [each for each in office.desk.look(list_enrolments, voucher.id) or [] if each.state != "stopped"]
    ending = rules.ending_words([destination_of(each) for each in standing])
    ask = Asks("aftercare")
    fields: list[Item] = [
        ask.switch("outcome", width=3, required=True),
        ask.choice("stop_reason", help=ending, width=3, required=True),
        marks("satisfaction", _("Satisfied with it, 1 to 10"), lowest=1, width=2),
        gp_field(),
    ]
    if attended is not None:
        fields += [Heading(destination_of(attended)), *attendance_fields()]
    return fields


def _times(attended: Enrolment | None) -> dict[str, Any]:
    if attended is None:
        return {}
    return {
        "enrolment_id": attended.id,
        "times_present": attended.times_present,
        "times_held": attended.times_held,
    }


def _values(office: Office, voucher: Voucher, planned_as: PlannedAs, old: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"voucher_id": voucher.id, "appointment_id": planned_as.chosen}
    if old is not None:
        return values | typed_values("aftercare", old)
    planned = planned_as.planned
    day: date = min(planned.starts_at.date(), office.today) if planned is not None else office.today
    return values | {
        "held_on": day,
        "place": planned.place if planned is not None else "phone",
        "coach": (planned.coach_id if planned is not None else None) or voucher.coach_id or office.desk.by.id,
    }


PAGES: dict[str, PageMaker] = {"aftercare": aftercare}
