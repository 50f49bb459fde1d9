"""Cards for participants, the coach's day sheet and the blank intake form, as bytes for the printer.

Looks only: nothing is stored, but each card printed leaves a line in the log. These papers are always Dutch.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desktop import clock
from desktop.actions.action import view
from desktop.actions.letter_content import letterhead
from desktop.actions.places import coming_day
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.addresses import address_of, has_address, is_room, one_line, place_lines, way_there
from desktop.rules.cards import (
    ActivityCard,
    AppointmentCard,
    BlankIntake,
    ContactCard,
    DayAppointment,
    DaySheet,
    activity_sentence,
    appointment_sentence,
    contact_choices,
    contact_lines,
    greeting,
    spoken_day,
    spoken_time,
    spoken_when,
)
from desktop.rules.cases import Participant
from desktop.rules.dates import show_time, show_whole_day
from desktop.rules.gp import is_gp
from desktop.rules.names import formal, spoken
from desktop.rules.phones import show_phone
from desktop.rules.prices import Price, show_price
from desktop.rules.recurrence import Schedule as Times
from desktop.rules.recurrence import has_ended, occurrences
from desktop.rules.staff import CASEWORK, OFFICE, Member, require
from desktop.rules.tasks import who
from desktop.storage.cases import destination_of, read_case
from desktop.storage.database import told
from desktop.storage.days import appointments_of, visited
from desktop.storage.letters import standing_practice
from desktop.storage.models import Activity, Appointment, Enrolment, Location, Organisation, Person, Staff, Voucher
from desktop.storage.schedules import times_of
from desktop.storage.vouchers import without_ending

COACH = "welzijnscoach"
AT_HOME = "Bij u thuis"
ABOUT = {
    "intake": "Kennismaken en samen kijken wat u graag wilt",
    "first_visit": "Samen voor het eerst gaan kijken",
    "aftercare": "Samen kijken hoe het gaat",
}
ON_SHEET = {  # for the coach
    ("intake", "home"): "intake thuis",
    ("intake", "office"): "intake bij ons",
    ("intake", "practice"): "intake in de praktijk",
    ("intake", "phone"): "intake aan de telefoon",
    ("first_visit", "activity"): "eerste keer samen naar de activiteit",
    ("aftercare", "phone"): "nazorggesprek aan de telefoon",
}
KINDS = {"intake": "intake", "first_visit": "eerste keer samen", "aftercare": "nazorggesprek"}


@dataclass(frozen=True)
class PrintedCard:
    """A card about a record; `record` is what the log names."""

    record: Appointment | Enrolment | Voucher
    pdf: bytes


@dataclass(frozen=True)
class PrintedDay:
    """A day sheet; the log names the coach whose day it is."""

    record: Staff
    pdf: bytes


@view("appointment card printed", may=OFFICE)
def appointment_card(by: Member, appointment_id: int) -> PrintedCard:
    """When, where and with whom, for on the refrigerator."""
    from desktop.paper.cards import render_appointment_card

    appointment = Appointment.get_one(appointment_id)
    coach: Staff | None = appointment.coach or appointment.staff
    card = AppointmentCard(
        letterhead=letterhead(),
        person=spoken(appointment.person.known_as),
        sentence=_sentence(appointment, coach.name if coach else "onze welzijnscoach"),
        who=f"{coach.name}, {coach.role_title or COACH}" if coach else COACH,
        where=_where(appointment),
        phone=_phone(coach),
        about=ABOUT.get(appointment.kind, ""),
    )
    return PrintedCard(appointment, render_appointment_card(card))


@view("activity card printed", may=CASEWORK)
def activity_card(by: Member, enrolment_id: int) -> PrintedCard:
    """The first time somewhere new: what, when, where, what it costs, whom to call."""
    from desktop.paper.cards import render_activity_card

    enrolment = Enrolment.get_one(enrolment_id)
    activity: Activity | None = enrolment.activity
    coach: Staff | None = enrolment.voucher.coach or enrolment.staff
    name = activity.title if activity else enrolment.destination_name
    times = _times(activity)
    day = coming_day(enrolment)
    if has_ended(times, day):
        raise Refused(_("{activity} is over: there is nothing to go to any more.").format(activity=name))
    starts = _first_time(times, enrolment.start_on)
    card = ActivityCard(
        letterhead=letterhead(),
        person=spoken(enrolment.person.known_as),
        sentence=activity_sentence(
            name or "uw activiteit",
            enrolment.start_on,
            starts.time() if starts else None,
            outside=None if activity else enrolment.destination,
        ),
        activity=name,
        when=_when(activity, times, day),
        where=_location_lines(activity),
        contact=activity.contact_name if activity and activity.contact_phone else coach.name if coach else "",
        phone=show_phone(activity.contact_phone) if activity and activity.contact_phone else _phone(coach),
        price=_price(activity),
        together=_together(enrolment, coach),
    )
    return PrintedCard(enrolment, render_activity_card(card))


@view("contact card printed", may=OFFICE)
def contact_card(by: Member, voucher_id: int) -> PrintedCard:
    """For who was sought and not reached; without an address it is not made, and what else there is stands there."""
    from desktop.paper.cards import render_contact_card

    case, voucher = read_case(voucher_id), Voucher.get_one(voucher_id)
    if not has_address(case.person):
        raise Refused(_("There is no address of {who}, so no card can be sent.").format(who=who(case.person.name)))
    office = Organisation.select().first()
    coach: Staff | None = voucher.coach if voucher.coach is not None and voucher.coach.active else None
    name = coach.name if coach is not None else by.name
    mail = (coach.email if coach is not None else "") or (office.email if office else "")
    called = any(each.way == "phone" and each.direction == "out" for each in case.attempts)
    card = ContactCard(
        letterhead=letterhead(),
        address=_envelope(case.person),
        sender=one_line(office) if office else "",
        greeting=greeting(case.person.name),
        lines=contact_lines(called, name),
        phone=_phone(coach),
        below=contact_choices(mail),
        who=name,
        **_window(office),
    )
    return PrintedCard(without_ending(by, voucher), render_contact_card(card))


@view("day sheet printed", may=OFFICE)
def day_sheet(by: Member, day: date | None = None, coach_id: int | None = None) -> PrintedDay:
    """One coach's appointments of a day with addresses and phone numbers, to take along."""
    from desktop.paper.daysheet import render

    day = day or clock.today()
    coach = Staff.get_one(coach_id or by.id)
    sheet = DaySheet(
        organisation=letterhead().name,
        coach=coach.name,
        day=show_whole_day(day),
        appointments=tuple(_on_sheet(each) for each in appointments_of(by, coach.id, day)),
    )
    return PrintedDay(coach, render(sheet))


def blank_intake(by: Member) -> bytes:
    """An empty intake form; it names nobody, so the log stays silent."""
    from desktop.paper.intakeform import render

    require(by, OFFICE)
    with told():
        return render(BlankIntake(letterhead(), coach=by.name if "coach" in by.roles else ""))


def _envelope(person: Participant) -> tuple[str, ...]:
    """Name and address as they stand in a window."""
    name = formal(person.name)
    return (name[:1].upper() + name[1:], *address_of(person).lines())


def _window(office: Organisation | None) -> dict[str, Any]:
    """Which side the window is on, and how far this printer is off."""
    if office is None:
        return {}
    return {name: getattr(office, name) for name in ("window", "shift_x", "shift_y", "fold")}


def _sentence(appointment: Appointment, coach: str) -> str:
    starts: datetime = appointment.starts_at
    if appointment.place == "phone":
        return f"{coach} belt u {spoken_day(starts.date())} om {spoken_time(starts.time())}"
    return appointment_sentence(
        coach, starts.date(), starts.time(), appointment.place, at=_named_place(appointment)
    )


def _named_place(appointment: Appointment) -> str:
    """What the place is called, where the sentence says it: the practice that is no GP's, the activity."""
    if appointment.place == "practice":
        practice = standing_practice(appointment.voucher.practice)
        return "" if practice is None or is_gp(practice.kind) else str(practice.name)
    if appointment.place == "activity":
        enrolment = visited(appointment)
        return destination_of(enrolment) if enrolment is not None else str(appointment.address)
    return ""


def _where(appointment: Appointment) -> tuple[str, ...]:
    """The address in words the participant knows; a room is said with the house it is in."""
    own, known = appointment.address.strip(), _known_place(appointment)
    if own in ("", _named_place(appointment), way_there(appointment.person), *known):
        return known
    return (*known, own) if is_room(own) else (own,)


def _known_place(appointment: Appointment) -> tuple[str, ...]:
    """Where it is as the records have it, whatever was typed."""
    match appointment.place:
        case "home":
            return (AT_HOME, *place_lines(appointment.person))
        case "phone":
            return ("Aan de telefoon", show_phone(appointment.person.phone or appointment.person.phone2))
        case "practice":
            practice = standing_practice(appointment.voucher.practice)
            return (practice.name, *place_lines(practice)) if practice is not None else ()
        case "activity":
            return _visited_place(visited(appointment), appointment.address)
        case _:
            office = Organisation.select().first()
            return (office.name, *place_lines(office)) if office else ()


def _visited_place(enrolment: Enrolment | None, typed: str) -> tuple[str, ...]:
    """Where they go together; when it was planned its name was written where a room or an address may stand."""
    if enrolment is None:
        return ()
    name, lines = destination_of(enrolment), _location_lines(enrolment.activity)
    return lines or ((name,) if typed.strip() in ("", name) else ())


def _phone(coach: Staff | None) -> str:
    office = Organisation.select().first()
    return show_phone((coach.phone if coach else "") or (office.phone if office else ""))


def _times(activity: Activity | None) -> tuple[Times, ...]:
    if activity is None:
        return ()
    return tuple(times_of(each) for each in activity.schedules)


def _first_time(times: tuple[Times, ...], day: date | None) -> datetime | None:
    """At what hour it starts on the first day, when its schedule says so."""
    if day is None:
        return None
    held = [begin for each in times if each.opens for begin, _end in occurrences(each, day, day)]
    return min(held, default=None)


def _when(activity: Activity | None, times: tuple[Times, ...], day: date) -> tuple[str, ...]:
    """From the first day on, with the words that no rule could be made of: "niet bij regen"."""
    if activity is None:
        return ()
    return (*spoken_when(times, day, activity.skips_holidays), *filter(None, (activity.schedule_note,)))


def _location_lines(activity: Activity | None) -> tuple[str, ...]:
    location: Location | None = activity.location if activity else None
    if location is None:
        return ()
    lines = place_lines(location)
    return lines if location.name in lines else (location.name, *lines)


def _price(activity: Activity | None) -> str:
    if activity is None:
        return ""
    free = activity.price_cents == 0
    return show_price(Price(activity.price_cents, activity.price_per, activity.price_times, free, activity.price_note))


def _together(enrolment: Enrolment, coach: Staff | None) -> str:
    if not enrolment.accompanied:
        return ""
    return f"De eerste keer gaat {coach.name} met u mee" if coach else "De eerste keer gaat iemand van ons met u mee"


def _on_sheet(appointment: Appointment) -> DayAppointment:
    person: Person = appointment.person
    what = ON_SHEET.get((appointment.kind, appointment.place), KINDS.get(appointment.kind, ""))
    return DayAppointment(
        time=show_time(appointment.starts_at.time()),
        name=spoken(person.known_as),
        address=_on_the_way(appointment),
        phone=show_phone(person.phone or person.phone2),
        about=what,
        note=appointment.note,
    )


def _on_the_way(appointment: Appointment) -> tuple[str, ...]:
    """Where the coach has to be, in full."""
    return () if appointment.place == "phone" else tuple(line for line in _where(appointment) if line != AT_HOME)
