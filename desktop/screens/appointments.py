"""Planning, moving and missing appointments. Must not know the rules behind them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import clock
from desktop.actions import appointments
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.addresses import home_of
from desktop.rules.dates import AHEAD
from desktop.rules.declared import typed_values
from desktop.rules.roles import holds_talks
from desktop.screens.asked import WIDE, Asks
from desktop.screens.case_forms import case_form, case_or_none, deed_or_none, note_field, value_of
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import (
    Gone,
    about,
    coach_of,
    coach_options,
    day_field,
    hour_field,
    slot_words,
)
from desktop.storage.cases import destination_of
from desktop.storage.changes import Record
from desktop.storage.deeds import free_slots, list_enrolments, list_planned
from desktop.storage.models import Appointment, Enrolment, Person, Voucher
from desktop.widgets import parts, theme
from desktop.widgets.fields import Choice, Item, Switch
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.pages import Page

INTAKE = "intake"


def plan_intake(office: Office, voucher_id: int) -> Page:
    """The next free moments of the coach stand beside the form; straight from the consultation is today."""
    voucher = case_or_none(office, voucher_id)
    warm = {"place": "practice", "warm": True, "day": office.today} if voucher is not None and voucher.warm else {}
    return _plan(office, voucher_id, _("Plan intake"), appointments.plan_intake, {"kind": INTAKE, **warm})


def plan_first_visit(office: Office, voucher_id: int, enrolment_id: int | None = None) -> Page:
    """On which day, at what hour and who goes along; and where to, when several things were found."""
    title = _("Go along the first time")
    found = _not_begun(office, voucher_id)
    if not found:
        return Gone(title)
    chosen = next((each for each in found if each.id == enrolment_id), found[0] if len(found) == 1 else None)
    where = [(each.id, destination_of(each)) for each in found]
    enrolment_id = chosen.id if chosen else None
    values: dict[str, Any] = {"kind": "first_visit", "enrolment_id": enrolment_id, "place": "activity"}
    if chosen is not None:
        values |= {"address": destination_of(chosen), "day": _coming(office, chosen.start_on)}
    first = Choice("enrolment_id", _("Where to"), lambda: where, width=WIDE, required=True)
    return _plan(office, voucher_id, title, appointments.plan_first_visit, values, [first] if len(where) > 1 else [])


def _not_begun(office: Office, voucher_id: int) -> list[Enrolment]:
    """What was found and where nobody has been yet; where a place is waited for there is nothing to go to."""
    rows = office.desk.look(list_enrolments, voucher_id) or []
    return [each for each in rows if each.state == "enrolled" and each.first_attended_on is None]


def _coming(office: Office, day: date | None) -> date | None:
    return day if day is not None and day >= office.today else None


def plan_aftercare(office: Office, voucher_id: int) -> Page:
    return _plan(office, voucher_id, _("Plan aftercare talk"), appointments.plan_aftercare,
                 {"kind": "aftercare", "place": "phone"})  # fmt: skip


def move_intake(office: Office, appointment_id: int) -> Page:
    """Another moment; the old one stays in the story."""
    return _appointment(office, appointment_id, _("Move appointment"), appointments.move_appointment, empty_moment=True)


def miss_intake(office: Office, appointment_id: int) -> Page:
    """Nobody came, or it was called off; a new moment can follow at once."""
    old = deed_or_none(office, "appointment", appointment_id)
    voucher = case_or_none(office, old.voucher_id) if old else None
    if old is None or voucher is None:
        return Gone(_("Appointment did not go on"))
    happened = [(False, _("Did not come")), (True, _("Called off"))]
    past = old.starts_at <= clock.local_now().replace(tzinfo=None)

    def plan_again(_appointment: Appointment) -> None:
        if old.kind == "first_visit":
            office.open("plan_first_visit", voucher_id=voucher.id, enrolment_id=old.enrolment_id)
        else:
            office.open("plan_aftercare" if old.kind == "aftercare" else "plan_intake", voucher_id=voucher.id)

    return case_form(
        office,
        about(_("Appointment did not go on"), voucher.person),
        [
            Card(
                slot_words(old.starts_at),
                [
                    Switch("cancelled", _("What happened"), happened, width=WIDE, required=True),
                    note_field(),
                ],
            )
        ],
        rules.MissedDraft,
        appointments.miss_appointment,
        {"voucher_id": voucher.id, "cancelled": None if past else True},
        key=f"missed:{appointment_id}",
        old=old,
        extras=[Extra(_("Save and plan again"), then=plan_again)],
    )


def open_appointment(office: Office, appointment_id: int) -> Page:
    return _appointment(office, appointment_id, _("Appointment"), appointments.correct_appointment, take_back=True)


def _plan(
    office: Office,
    voucher_id: int,
    title: str,
    save: Callable[..., Any],
    known: dict[str, Any],
    first: Sequence[Item] = (),
) -> Page:
    voucher = case_or_none(office, voucher_id)
    if voucher is None:
        return Gone(title)
    values = {"voucher_id": voucher.id, "coach": coach_of(office, voucher), **known}
    return _appointment_form(office, voucher, about(title, voucher.person), save, values, first=first)


def _appointment(
    office: Office,
    appointment_id: int,
    title: str,
    save: Callable[..., Any],
    empty_moment: bool = False,
    take_back: bool = False,
) -> Page:
    old = deed_or_none(office, "appointment", appointment_id)
    voucher = case_or_none(office, old.voucher_id) if old else None
    if old is None or voucher is None:
        return Gone(title)
    values = {
        "voucher_id": voucher.id,
        "kind": old.kind,
        "day": None if empty_moment else old.starts_at.date(),
        "hour": None if empty_moment else old.starts_at.time(),
        **typed_values("appointment", old),
    }
    return _appointment_form(
        office,
        voucher,
        about(title, voucher.person),
        save,
        values,
        old,
        appointments.take_back_appointment if take_back else None,
    )


def _appointment_form(
    office: Office,
    voucher: Voucher,
    title: str,
    save: Callable[..., Any],
    values: dict[str, Any],
    old: Record | None = None,
    take_back: Callable[..., Any] | None = None,
    first: Sequence[Item] = (),
) -> Form:
    free = FreeMoments(office)
    ask = Asks("appointment", office.today)
    fields: list[Item] = [
        *first,
        day_field("day", _("Day"), office.today, AHEAD, required=True),
        hour_field("hour", _("Time"), required=True),
        ask.choice("coach", partial(coach_options, office), required=holds_talks(office.desk.by) is None),
        ask.choice("place", required=True),
        ask.text("address", width=2),
        *([ask.check("warm", width=WIDE)] if values["kind"] == INTAKE else ()),
        ask.text("note"),
    ]

    def print_card(appointment: Appointment) -> None:
        office.open("appointment_card", appointment_id=appointment.id)

    form = case_form(
        office,
        title,
        [Card("", fields)],
        rules.AppointmentDraft,
        save,
        values,
        key=f"appointment:{voucher.id}",
        old=old,
        take_back=take_back,
        extras=[Extra(_("Save and print card"), then=print_card)],
        side=free,
    )
    free.picked = lambda slot: form.set_values({"day": slot.date(), "hour": slot.time()})
    coach, place = form.editor("coach"), form.editor("place")
    coach.edited.connect(lambda: free.show_for(value_of(coach)))
    place.edited.connect(lambda: _fill_address(form, voucher.person))
    free.show_for(values.get("coach"))
    return form


def _fill_address(form: Form, person: Person) -> None:
    """At home is at the person's own address, unless something else was typed."""
    address = form.editor("address")
    own = home_of(person)
    if value_of(form.editor("place")) == "home" and not address.raw():
        form.set_values({"address": own})
    elif value_of(form.editor("place")) != "home" and address.raw() == own:
        form.set_values({"address": ""})


class PlannedAs:
    """Which appointment a talk was: the only one that stands, or asked; or another talk."""

    def __init__(self, office: Office, voucher_id: int, kind: str, chosen: int | None, old: Any = None) -> None:
        stand = [each for each in office.desk.look(list_planned, voucher_id) or [] if each.kind == kind]
        own = deed_or_none(office, "appointment", old.appointment_id if old is not None else chosen)
        self._found = {each.id: each for each in (*([own] if own is not None else []), *stand)}
        only = next(iter(self._found)) if len(self._found) == 1 and old is None else None
        picked = own.id if own is not None else only
        self.planned: Appointment | None = self._found.get(picked) if picked is not None else None
        self.chosen: int | None = picked
        if self.chosen is None and old is not None and self._found:
            self.chosen = rules.ANOTHER_TALK

    def fields(self) -> list[Item]:
        """Nothing is asked where nothing was planned."""
        if not self._found:
            return []
        return [Choice("appointment_id", _("Which appointment was this"), self._options, width=WIDE, required=True)]

    def follow(self, form: Form) -> None:
        """Day, place and coach are those of the appointment that is picked."""
        if not self._found:
            return
        picked = form.editor("appointment_id")

        def fill() -> None:
            planned = self._found.get(value_of(picked) or 0)
            if planned is not None and planned.id != self.chosen:
                self.chosen = planned.id
                day = min(planned.starts_at.date(), clock.today())
                form.set_values({"held_on": day, "place": planned.place, "coach": planned.coach_id})

        picked.edited.connect(fill)

    def _options(self) -> list[tuple[int, str]]:
        found = [(each.id, self._words(each)) for each in self._found.values()]
        return [*found, (rules.ANOTHER_TALK, _("Another talk, not planned"))]

    def _words(self, each: Appointment) -> str:
        return _("The appointment of {when}").format(when=slot_words(each.starts_at))


class FreeMoments(QWidget):
    """The next free beginnings of a coach, each a button that fills in day and time."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._slots: list[datetime] = []
        self.buttons = [parts.button("", on=partial(self._pick, number)) for number in range(6)]
        self.picked: Callable[[datetime], object] = lambda slot: None
        card = parts.card(_("Free moments"), *self.buttons)
        layout = QVBoxLayout(self)
        theme.space(layout, 0)
        parts.fill(layout, card, None)

    def show_for(self, coach: int | None) -> None:
        """Look again, for another coach."""
        self._slots = self._office.desk.look(free_slots, coach, clock.local_now()) or []
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(self._slots))
            if number < len(self._slots):
                button.setText(slot_words(self._slots[number]))
                button.setAccessibleName(button.text())

    def _pick(self, number: int) -> None:
        self.picked(self._slots[number])


PAGES: dict[str, PageMaker] = {
    "plan_intake": plan_intake,
    "plan_first_visit": plan_first_visit,
    "plan_aftercare": plan_aftercare,
    "move_intake": move_intake,
    "miss_intake": miss_intake,
}
