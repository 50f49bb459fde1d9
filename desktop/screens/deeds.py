"""The forms in which deeds on a case are recorded, corrected and taken back. Must not know the rules behind them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import clock
from desktop.actions import consents, deeds
from desktop.actions.vouchers import change_coach
from desktop.drawing import hexagon
from desktop.errors import Refused
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.codes import (
    CLOSING_OUTCOMES,
    CONSENT_ANSWERS,
    CONSENT_PURPOSES,
    CONSENT_WAYS,
    CONTACT_OUTCOMES,
    CONTACT_WAYS,
    DESTINATIONS,
    DROP_OUT_REASONS,
    KNOWN_BY,
    MARKS,
    PLACES,
    WORRY_KINDS,
    options,
    word,
)
from desktop.rules.dates import show_date
from desktop.rules.phones import show_phone
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import (
    Gone,
    about,
    address_of,
    coach_options,
    day_field,
    hour_field,
    slot_words,
)
from desktop.storage.changes import Record
from desktop.storage.deeds import find_case, find_deed, free_slots, list_activity_names
from desktop.storage.letters import due_of_case
from desktop.storage.models import Appointment, Person, Voucher
from desktop.storage.people import find_person, list_consents
from desktop.widgets import parts, theme
from desktop.widgets.editors import Editor
from desktop.widgets.fields import Check, Chips, Choice, Item, Switch, Text, marks
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.pages import Page
from desktop.widgets.picture import PictureView

WIDE = 3
LONG = 2000  # characters of a story in someone's own words


def note_field(label: str = "", lines: int = 2) -> Text:
    return Text("note", label or _("Note"), lines=lines, width=WIDE, limit=LONG)


def _case(office: Office, voucher_id: int) -> Voucher | None:
    return office.desk.look(find_case, voucher_id)


def _deed(office: Office, kind: str, deed_id: int | None) -> Any:
    return office.desk.look(find_deed, kind, deed_id) if deed_id is not None else None


# ---- contact


def record_contact(
    office: Office, voucher_id: int, way: str = "phone", outcome: str = "", contact_id: int | None = None
) -> Page:
    """Any contact, out or in, also afterwards; calling now is done on the call page."""
    old = _deed(office, "contact", contact_id)
    voucher = _case(office, old.voucher_id if old else voucher_id)
    if voucher is None or (contact_id and old is None):
        return Gone(_("Contact"))
    now = clock.local_now()
    at = clock.local(old.at) if old else now
    values = {
        "voucher_id": voucher.id,
        "on": at.date(),
        "at": at.time().replace(second=0, microsecond=0),
        "way": old.way if old else way,
        "direction": old.direction if old else "out",
        "outcome": old.outcome if old else outcome or None,
        "call_back_on": old.call_back_on if old else None,
        "call_back_at": old.call_back_at if old else None,
        "note": old.note if old else "",
    }
    fields: list[Item] = [
        day_field("on", _("Day"), office.today, required=True),
        hour_field("at", _("Time")),
        Choice("way", _("How"), partial(options, CONTACT_WAYS), required=True),
        Switch("direction", _("Who got in touch"), [("out", _("We did")), ("in", _("They did"))], required=True),
        Choice("outcome", _("How it went"), partial(options, CONTACT_OUTCOMES), width=2, required=True),
        day_field("call_back_on", _("Call back on"), office.today),
        hour_field("call_back_at", _("Call back at")),
        note_field(),
    ]
    if voucher.person.informed_on is None:
        fields.insert(-1, Check("informed", _("Told where the data came from"), width=WIDE))
    return _form(
        office,
        about(_("Contact"), voucher.person),
        [Card("", fields)],
        rules.ContactDraft,
        deeds.correct_contact if old else deeds.record_contact,
        values,
        key=f"contact:{voucher.id}",
        old=old,
        take_back=deeds.take_back_contact,
    )


# ---- appointments


def plan_intake(office: Office, voucher_id: int) -> Page:
    """The next free moments of the coach stand beside the form."""
    return _plan(office, voucher_id, _("Plan intake"), deeds.plan_intake)


def plan_first_visit(office: Office, voucher_id: int) -> Page:
    return _plan(office, voucher_id, _("Go along the first time"), deeds.plan_first_visit, place="activity")


def plan_aftercare(office: Office, voucher_id: int) -> Page:
    return _plan(office, voucher_id, _("Plan aftercare talk"), deeds.plan_aftercare, place="phone")


def move_intake(office: Office, appointment_id: int) -> Page:
    """Another moment; the old one stays in the story."""
    return _appointment(office, appointment_id, _("Move appointment"), deeds.move_appointment, empty_moment=True)


def _plan(office: Office, voucher_id: int, title: str, save: Callable[..., Any], place: str = "") -> Page:
    voucher = _case(office, voucher_id)
    if voucher is None:
        return Gone(title)
    values: dict[str, Any] = {
        "voucher_id": voucher.id,
        "coach": voucher.coach_id or office.desk.by.id,
        "place": place or ("practice" if voucher.warm else None),
        "warm": voucher.warm,
    }
    if voucher.warm:
        values["day"] = office.today
    return _appointment_form(office, voucher, about(title, voucher.person), save, values)


def _appointment(
    office: Office,
    appointment_id: int,
    title: str,
    save: Callable[..., Any],
    empty_moment: bool = False,
    take_back: bool = False,
) -> Page:
    old = _deed(office, "appointment", appointment_id)
    voucher = _case(office, old.voucher_id) if old else None
    if old is None or voucher is None:
        return Gone(title)
    values = {
        "voucher_id": voucher.id,
        "kind": old.kind,
        "day": None if empty_moment else old.starts_at.date(),
        "hour": None if empty_moment else old.starts_at.time(),
        "place": old.place,
        "address": old.address,
        "coach": old.coach_id,
        "warm": old.warm,
        "note": old.note,
    }
    return _appointment_form(
        office,
        voucher,
        about(title, voucher.person),
        save,
        values,
        old,
        deeds.take_back_appointment if take_back else None,
    )


def _appointment_form(
    office: Office,
    voucher: Voucher,
    title: str,
    save: Callable[..., Any],
    values: dict[str, Any],
    old: Record | None = None,
    take_back: Callable[..., Any] | None = None,
) -> Form:
    free = FreeMoments(office)
    fields: list[Item] = [
        day_field("day", _("Day"), office.today, required=True),
        hour_field("hour", _("Time"), required=True),
        Choice("coach", _("With whom"), partial(coach_options, office)),
        Choice("place", _("Where"), partial(options, PLACES), required=True),
        Text("address", _("Address or room"), width=2),
        Check("warm", _("Straight after the consultation (warm hand-over)"), width=WIDE),
        note_field(),
    ]

    def print_card(appointment: Appointment) -> None:
        office.open("appointment_card", appointment_id=appointment.id)

    form = _form(
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
    coach.edited.connect(lambda: free.show_for(_value(coach)))
    place.edited.connect(lambda: _fill_address(form, voucher.person))
    free.show_for(values.get("coach"))
    return form


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


def _fill_address(form: Form, person: Person) -> None:
    """At home is at the person's own address, unless something else was typed."""
    address = form.editor("address")
    own = address_of(person)
    if _value(form.editor("place")) == "home" and not address.raw():
        form.set_values({"address": own})
    elif _value(form.editor("place")) != "home" and address.raw() == own:
        form.set_values({"address": ""})


def miss_intake(office: Office, appointment_id: int) -> Page:
    """Nobody came, or it was called off; a new moment can follow at once."""
    old = _deed(office, "appointment", appointment_id)
    voucher = _case(office, old.voucher_id) if old else None
    if old is None or voucher is None:
        return Gone(_("Appointment did not go on"))
    happened = [(False, _("Did not come")), (True, _("Called off"))]
    past = old.starts_at <= clock.local_now().replace(tzinfo=None)

    def plan_again(_appointment: Appointment) -> None:
        office.open("plan_intake", voucher_id=voucher.id)

    return _form(
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
        deeds.miss_appointment,
        {"voucher_id": voucher.id, "cancelled": None if past else True},
        key=f"missed:{appointment_id}",
        old=old,
        extras=[Extra(_("Save and plan again"), then=plan_again)],
    )


# ---- the talk


def hold_intake(
    office: Office, voucher_id: int, appointment_id: int | None = None, intake_id: int | None = None
) -> Page:
    """What was said and agreed, six marks drawn while they are picked, consents asked in the same talk."""
    old = _deed(office, "intake", intake_id)
    voucher = _case(office, old.voucher_id if old else voucher_id)
    if voucher is None or (intake_id and old is None):
        return Gone(_("Intake"))
    planned = _deed(office, "appointment", appointment_id)
    values = _intake_values(office, voucher, planned, old)
    picture = Conversation()
    cards = [
        Card(
            "",
            [
                day_field("held_on", _("Day"), office.today, required=True),
                Choice("place", _("Where"), partial(options, PLACES), required=True),
                Choice("coach", _("With whom"), partial(coach_options, office)),
            ],
        ),
        Card(
            _("In their own words"),
            [
                Text("goals", _("What matters to this person"), lines=2, width=WIDE, limit=LONG),
                Text("wishes", _("Wishes: what, when, with whom"), lines=2, width=WIDE, limit=LONG),
                Text("barriers", _("What stands in the way"), lines=2, width=WIDE, limit=LONG),
                Text("agreed", _("What was agreed"), lines=2, width=WIDE, limit=LONG),
            ],
        ),
        Card(
            _("Six marks from 0 to 10, as the person gives them"),
            [marks(name, _(label), width=1) for name, label in MARKS.items()],
            columns=2,
        ),
        Card(_("Asked in this talk"), _asked_fields(office, voucher)),
        Card(
            "",
            [
                Check("one_talk_enough", _("One talk was enough"), width=WIDE),
                note_field(_("Note (not in letters)")),
            ],
        ),
    ]

    def find_next(_intake: object) -> None:
        office.open("find_activity", voucher_id=voucher.id)

    extras = [] if old else [Extra(_("Save and find an activity"), then=find_next)]
    if planned is not None and planned.state == "planned":
        extras.insert(0, Extra(_("Did not go on"), on=partial(office.open, "miss_intake", appointment_id=planned.id)))
    form = _form(
        office,
        about(_("Intake"), voucher.person),
        cards,
        rules.IntakeDraft,
        deeds.correct_intake if old else deeds.hold_intake,
        values,
        key=f"intake:{voucher.id}",
        old=old,
        take_back=deeds.take_back_intake,
        extras=extras,
        side=picture,
    )
    form.edited.connect(lambda: picture.draw(form))
    picture.draw(form)
    return form


def _asked_fields(office: Office, voucher: Voucher) -> list[Item]:
    """The consents that are not given yet, and the duty to inform while it is not done."""
    given = {
        each.purpose
        for each in office.desk.look(list_consents, voucher.person_id) or []
        if each.answer == "yes" and each.withdrawn_on is None
    }
    fields: list[Item] = [
        Switch(f"consent_{purpose}", word(CONSENT_PURPOSES, purpose), options(CONSENT_ANSWERS))
        for purpose in ("report_back", "activity", "hexagon")
        if purpose not in given
    ]
    if voucher.person.informed_on is None:
        fields.append(Check("informed", _("Told where the data came from"), width=2))
    return fields


def _intake_values(office: Office, voucher: Voucher, planned: Any, old: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"voucher_id": voucher.id}
    if old is not None:
        names = ("held_on", "place", "goals", "wishes", "barriers", "agreed", "one_talk_enough", "warm", "note", *MARKS)
        fields = {name: getattr(old, name) for name in names}
        return values | fields | {"coach": old.coach_id, "appointment_id": old.appointment_id}
    day = min(planned.starts_at.date(), office.today) if planned is not None else office.today
    return values | {
        "appointment_id": planned.id if planned is not None else None,
        "held_on": day,
        "place": planned.place if planned is not None else ("practice" if voucher.warm else None),
        "coach": (planned.coach_id if planned is not None else None) or voucher.coach_id or office.desk.by.id,
        "warm": planned.warm if planned is not None else voucher.warm,
    }


class Conversation(QWidget):
    """The six marks as a hexagon beside the form."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = PictureView(None, _("Conversation picture"))
        hint = parts.label(_("A picture of the talk, not a measurement."), "help")
        layout = QVBoxLayout(self)
        theme.space(layout, 0)
        parts.fill(layout, parts.card(_("Conversation picture"), self.picture, hint), None)

    def draw(self, form: Form) -> None:
        """Paint the marks picked so far."""
        given = [(_(label), _value(form.editor(name))) for name, label in MARKS.items()]
        self.picture.set_picture(hexagon(given, size=200))


def aftercare(office: Office, voucher_id: int, appointment_id: int | None = None) -> Page:
    """The talk three months on; closing can follow at once."""
    voucher = _case(office, voucher_id)
    if voucher is None:
        return Gone(_("Aftercare talk"))

    def close_next(_talk: object) -> None:
        office.open("close", voucher_id=voucher.id)

    return _form(
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
        deeds.hold_aftercare,
        {"voucher_id": voucher.id, "appointment_id": appointment_id, "held_on": office.today},
        key=f"aftercare:{voucher.id}",
        extras=[Extra(_("Save and close the case"), then=close_next)],
        side=_phone_card(_("Phone number"), voucher.person.phone or voucher.person.phone2),
    )


# ---- activities


def enrol(
    office: Office, voucher_id: int, activity_id: int | None = None, destination: str = "", waiting: bool = False
) -> Page:
    """One or several activities and perhaps something outside the catalogue, at once."""
    voucher = _case(office, voucher_id)
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

    form = _form(
        office,
        about(_("Sign up"), voucher.person),
        [Card("", fields)],
        rules.EnrolDraft,
        deeds.enrol,
        values,
        key=f"enrol:{voucher.id}",
        extras=[Extra(_("Save and print card"), then=print_card)],
    )
    _follow(form, "destination_name", lambda: bool(_value(form.editor("destination"))))
    for name in ("visit_day", "visit_hour"):
        _follow(form, name, lambda: bool(_value(form.editor("accompanied"))))
    return form


def _activity_options(office: Office) -> list[tuple[int, str]]:
    return office.desk.look(list_activity_names) or []


def _correct_enrolment(office: Office, enrolment_id: int) -> Page:
    old = _deed(office, "enrolment", enrolment_id)
    voucher = _case(office, old.voucher_id) if old else None
    if old is None or voucher is None:
        return Gone(_("Signed up"))
    names = ("destination", "destination_name", "enrolled_on", "start_on", "accompanied", "note")
    values = {name: getattr(old, name) for name in (*names, "first_attended_on", "first_known_by")} | {
        "voucher_id": voucher.id,
        "activity": old.activity_id,
        "waiting": old.state == "waiting",
    }
    fields: list[Item] = [
        Choice("activity", _("Activity of the catalogue"), partial(_activity_options, office), width=WIDE),
        Choice("destination", _("Or outside the catalogue"), partial(options, DESTINATIONS)),
        Text("destination_name", _("Which, where, with whom"), width=2),
        day_field("enrolled_on", _("Signed up on"), office.today, required=True),
        day_field("start_on", _("First day"), office.today),
        Check("waiting", _("On the waiting list")),
        Check("accompanied", _("We go along the first time"), width=WIDE),
        note_field(),
    ]
    extras = [
        Extra(_("Has been there"), on=partial(office.open, "first_time", enrolment_id=old.id)),
        Extra(_("Has stopped"), on=partial(office.open, "stop_enrolment", enrolment_id=old.id)),
    ]
    return _form(
        office,
        about(_("Signed up"), voucher.person),
        [Card("", fields)],
        rules.EnrolmentDraft,
        deeds.correct_enrolment,
        values,
        key=f"enrolment:{old.id}",
        old=old,
        take_back=deeds.take_back_enrolment,
        extras=extras if old.state in ("enrolled", "waiting") else extras[1:] if old.state == "started" else [],
    )


def first_time(office: Office, enrolment_id: int, correct: bool = False) -> Page:
    """They have been there."""
    old = _deed(office, "enrolment", enrolment_id)
    voucher = _case(office, old.voucher_id) if old else None
    if old is None or voucher is None:
        return Gone(_("Been for the first time"))
    planned = old.start_on if old.start_on and old.start_on <= office.today else None
    values = {
        "voucher_id": voucher.id,
        "enrolment_id": old.id,
        "first_attended_on": old.first_attended_on or planned or office.today,
        "first_known_by": old.first_known_by or None,
    }
    return _form(
        office,
        about(_("Been for the first time"), voucher.person),
        [
            Card(
                _destination(old),
                [
                    day_field("first_attended_on", _("First time on"), office.today, required=True),
                    Switch("first_known_by", _("Known by"), options(KNOWN_BY), width=2, required=True),
                    note_field(),
                ],
            )
        ],
        rules.FirstTimeDraft,
        deeds.record_first_time,
        values,
        key=f"first_time:{old.id}",
        old=old,
        take_back=deeds.take_back_first_time if correct else None,
        extras=[]
        if correct
        else [Extra(_("Did not start"), on=partial(office.open, "stop_enrolment", enrolment_id=old.id))],
    )


def stop_enrolment(office: Office, enrolment_id: int) -> Page:
    """They no longer come, or never did."""
    old = _deed(office, "enrolment", enrolment_id)
    voucher = _case(office, old.voucher_id) if old else None
    if old is None or voucher is None:
        return Gone(_("Has stopped"))
    return _form(
        office,
        about(_("Has stopped"), voucher.person),
        [
            Card(
                _destination(old),
                [
                    day_field("stopped_on", _("Stopped on"), office.today, required=True),
                    Choice("stop_reason", _("Reason"), partial(options, DROP_OUT_REASONS), width=2, required=True),
                    note_field(),
                ],
            )
        ],
        rules.StopDraft,
        deeds.stop_enrolment,
        {"voucher_id": voucher.id, "enrolment_id": old.id, "stopped_on": office.today},
        key=f"stop:{old.id}",
        old=old,
    )


def _destination(enrolment: Any) -> str:
    if enrolment.activity is not None:
        return str(enrolment.activity.title)
    return str(enrolment.destination_name or word(DESTINATIONS, enrolment.destination))


# ---- worry, end, coach, consent


def worry(office: Office, voucher_id: int = 0, worry_id: int | None = None) -> Page:
    """Phone the practice today: its number stands large beside the form."""
    old = _deed(office, "worry", worry_id)
    voucher = _case(office, old.voucher_id if old else voucher_id)
    if voucher is None or (worry_id and old is None):
        return Gone(_("Worry"))
    called = clock.local(old.called_at) if old and old.called_at else None
    values = {
        "voucher_id": voucher.id,
        "kind": old.kind if old else None,
        "noticed_on": old.noticed_on if old else office.today,
        "called_on": called.date() if called else None,
        "called_at": called.time() if called else None,
        "reached": old.reached if old else "",
        "meldcode_step": old.meldcode_step if old else 1,
        "done_on": old.done_on if old else None,
        "note": old.note if old else "",
    }
    cards = [
        Card(
            _("What was noticed"),
            [
                Switch("kind", _("What it is about"), options(WORRY_KINDS), width=2, required=True),
                day_field("noticed_on", _("Noticed on"), office.today, required=True),
                note_field(_("What was seen or heard, in plain words")),
            ],
        ),
        Card(
            _("The practice was phoned"),
            [
                day_field("called_on", _("Phoned on"), office.today),
                hour_field("called_at", _("Time")),
                Text("reached", _("Spoke to")),
                Choice("meldcode_step", _("Step of the Meldcode"), _meldcode_options, width=2),
                day_field("done_on", _("Done on"), office.today),
            ],
        ),
    ]
    practice = voucher.practice
    return _form(
        office,
        about(_("Worry"), voucher.person),
        cards,
        rules.WorryDraft,
        deeds.correct_worry if old else deeds.record_worry,
        values,
        key=f"worry:{voucher.id}",
        old=old,
        take_back=deeds.take_back_worry,
        side=_phone_card(practice.name, practice.phone) if practice is not None else None,
    )


def _meldcode_options() -> list[tuple[int, str]]:
    return [(step, _(text)) for step, text in rules.MELDCODE_STEPS.items()]


def close(office: Office, voucher_id: int, closing_id: int | None = None) -> Page:
    """How it ended; only what goes with the outcome is asked."""
    old = _deed(office, "closing", closing_id)
    voucher = _case(office, old.voucher_id if old else voucher_id)
    if voucher is None or (closing_id and old is None):
        return Gone(_("Close"))
    values = {
        "voucher_id": voucher.id,
        "closed_on": old.closed_on if old else office.today,
        "outcome": old.outcome if old else None,
        "reason": (old.reason or None) if old else None,
        "passed_on_to": old.passed_on_to if old else "",
        "note": old.note if old else "",
    }
    fields: list[Item] = [
        Choice("outcome", _("How it ended"), partial(options, CLOSING_OUTCOMES), width=2, required=True),
        day_field("closed_on", _("Closed on"), office.today, required=True),
        Choice("reason", _("Reason"), partial(options, DROP_OUT_REASONS), width=2),
        Text("passed_on_to", _("Passed on to"), width=2),
        note_field(_("Note (not in letters)")),
    ]

    def write_letter(_closing: object) -> None:
        _open_letter(office, voucher.id)

    form = _form(
        office,
        about(_("Close"), voucher.person),
        [Card("", fields)],
        rules.ClosingDraft,
        deeds.correct_closing if old else deeds.close_case,
        values,
        key=f"close:{voucher.id}",
        old=old,
        take_back=deeds.take_back_closing,
        extras=[] if old else [Extra(_("Save and write the letter"), then=write_letter)],
        save_text=_("Close the case") if old is None else "",
    )
    _follow(form, "reason", lambda: rules.asks_reason(_value(form.editor("outcome"))))
    _follow(form, "passed_on_to", lambda: rules.asks_whom(_value(form.editor("outcome"))))
    return form


def _open_letter(office: Office, voucher_id: int) -> None:
    """The letter that is due now, if one may be written."""
    due = office.desk.look(due_of_case, voucher_id, office.today) or ()
    moment = next((each.moment for each in due if not each.why_not), "")
    if moment:
        office.open("write_letter", voucher_id=voucher_id, moment=moment)
    else:
        office.desk.said.emit(_("Closed. No letter is due."), False)


def reopen(office: Office, voucher_id: int) -> Page:
    """It goes on after all."""
    voucher = _case(office, voucher_id)
    if voucher is None:
        return Gone(_("Open again"))
    return _form(
        office,
        about(_("Open again"), voucher.person),
        [
            Card(
                "",
                [
                    day_field("reopened_on", _("From"), office.today, required=True),
                    Text("reopened_why", _("Why it goes on"), width=2, required=True, limit=LONG),
                ],
            )
        ],
        rules.ReopenDraft,
        deeds.reopen_case,
        {"voucher_id": voucher.id, "reopened_on": office.today},
        key=f"reopen:{voucher.id}",
    )


def coach(office: Office, voucher_ids: Sequence[int]) -> Page:
    """Another coach and substitute, for one case or many."""
    cases = [case for each in voucher_ids if (case := _case(office, each)) is not None]
    if not cases:
        return Gone(_("Coach"))
    one = cases[0] if len(cases) == 1 else None
    title = about(_("Coach"), one.person) if one else _("Coach of {n} vouchers").format(n=len(cases))
    ids = tuple(case.id for case in cases)
    return _form(
        office,
        title,
        [
            Card(
                "",
                [
                    Choice("coach", _("Coach"), partial(coach_options, office)),
                    Choice("substitute", _("Substitute"), partial(coach_options, office)),
                ],
            )
        ],
        dict,
        lambda by, draft: change_coach(by, ids, draft["coach"], draft["substitute"]),
        {"coach": one.coach_id if one else None, "substitute": one.substitute_id if one else None},
        key="coach:" + ",".join(map(str, ids)),
    )


def consent(office: Office, person_id: int, voucher_id: int | None = None) -> Page:
    """Five questions, nothing preset; what was answered before stands beside it."""
    person = office.desk.look(find_person, person_id)
    if person is None:
        return Gone(_("Consent"))
    fields: list[Item] = [
        Switch(purpose, _(text), options(CONSENT_ANSWERS)) for purpose, text in CONSENT_PURPOSES.items()
    ]
    asked: list[Item] = [
        day_field("given_on", _("Answered on"), office.today),
        Switch("how", _("How"), options(CONSENT_WAYS), width=2),
    ]
    cards = [Card(_("Sharing"), fields, columns=2), Card(_("When and how"), asked)]
    if person.informed_on is None:
        how = [(code, _(text)) for code, text in rules.HOW_INFORMED.items()]
        cards.append(
            Card(
                _("Told where the data came from"),
                [
                    day_field("informed_on", _("Told on"), office.today),
                    Switch("informed_how", _("How the person was told"), how, width=2),
                ],
            )
        )
    return _form(
        office,
        about(_("Consent"), person),
        cards,
        rules.ConsentDraft,
        consents.record_consents,
        {"person_id": person.id, "voucher_id": voucher_id or 0, "given_on": office.today},
        key=f"consent:{person.id}",
        side=Answers(office, person_id),
    )


class Answers(QWidget):
    """What was answered before; a yes can be withdrawn."""

    def __init__(self, office: Office, person_id: int) -> None:
        super().__init__()
        self._office, self._person_id = office, person_id
        self._card = parts.card(_("Answered so far"))
        layout = QVBoxLayout(self)
        theme.space(layout, 0)
        parts.fill(layout, self._card, None)
        self.show_answers()

    def show_answers(self) -> None:
        """Look again."""
        inside = self._card.layout()
        assert inside is not None
        while inside.count() > 1:
            item = inside.takeAt(1)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        answers = self._office.desk.look(list_consents, self._person_id) or []
        for each in answers:
            inside.addWidget(parts.label(consent_words(each)))
            if each.answer == "yes" and each.withdrawn_on is None:
                inside.addWidget(parts.row(parts.button(_("Withdraw"), on=partial(self._withdraw, each.id)), None))
        if not answers:
            inside.addWidget(parts.label(_("Nothing was asked yet."), "muted"))

    def _withdraw(self, consent_id: int) -> None:
        self._office.desk.perform(
            consents.withdraw_consent,
            consent_id,
            said=_("Consent withdrawn"),
            done=lambda _consent: self.show_answers(),
        )


def consent_words(each: Any) -> str:
    """One answer in a line: what, which answer, how and when."""
    purpose = word(CONSENT_PURPOSES, each.purpose)
    if each.withdrawn_on is not None:
        return _("{purpose}: withdrawn on {day}").format(purpose=purpose, day=show_date(each.withdrawn_on))
    how = ", ".join(filter(None, (word(CONSENT_WAYS, each.how).lower() if each.how else "", show_date(each.given_on))))
    return f"{purpose}: {word(CONSENT_ANSWERS, each.answer).lower()} ({how})"


# ---- correcting


def correct_deed(office: Office, kind: str, deed_id: int) -> Page:
    """The form of a deed with what was recorded in it; taking it back is one button."""
    makers: dict[str, Callable[[], Page]] = {
        "contact": lambda: record_contact(office, 0, contact_id=deed_id),
        "appointment": lambda: _open_appointment(office, deed_id),
        "intake": lambda: hold_intake(office, 0, intake_id=deed_id),
        "enrolment": lambda: _correct_enrolment(office, deed_id),
        "first_time": lambda: first_time(office, deed_id, correct=True),
        "worry": lambda: worry(office, worry_id=deed_id),
        "closing": lambda: close(office, 0, closing_id=deed_id),
    }
    return makers[kind]() if kind in makers else Gone()


def _open_appointment(office: Office, appointment_id: int) -> Page:
    return _appointment(office, appointment_id, _("Appointment"), deeds.correct_appointment, take_back=True)


# ---- shared


def _form(
    office: Office,
    title: str,
    cards: Sequence[Card],
    draft: Callable[..., Any],
    save: Callable[..., Any],
    values: dict[str, Any],
    *,
    key: str,
    old: Record | None = None,
    take_back: Callable[..., Any] | None = None,
    extras: Sequence[Extra] = (),
    side: QWidget | None = None,
    save_text: str = "",
) -> Form:
    """A form of a new deed, or of one on file with its version and the way to take it back."""
    form: Form
    buttons = list(extras)
    if old is not None:
        values = {**values, "id": old.id, "version": old.version}
        if take_back is not None:
            buttons.insert(0, Extra(_("Take back"), on=lambda: _take_back(office, form, take_back, old)))
    form = Form(
        office.desk,
        title,
        cards,
        draft,
        save,
        values=values,
        key=f"{key}:{old.id}" if old is not None else key,
        keep=office.keep,
        extra_buttons=buttons,
        side=side,
        save_text=save_text,
    )
    return form


def _take_back(office: Office, form: Form, take_back: Callable[..., Any], old: Record) -> None:
    """Gone from the story, with one undo away from being back."""
    office.desk.perform(
        take_back,
        old.id,
        old.version,
        said=_("Taken back"),
        refused=form.complain,
        done=lambda _result: form.throw_away(),
    )


def _follow(form: Form, name: str, wanted: Callable[[], bool]) -> None:
    """Show a field only while it applies."""

    def look() -> None:
        form.show_field(name, wanted())

    form.edited.connect(look)
    look()


def _value(editor: Editor) -> Any:
    """What stands in an editor, None while it cannot be read."""
    try:
        return editor.value()
    except Refused:
        return None


def _phone_card(title: str, phone: str) -> QWidget:
    """A number to dial, large enough to read from the telephone."""
    number = parts.label(show_phone(phone) if phone else _("no phone number"), "large")
    return parts.column(parts.card(title, number), None)


PAGES: dict[str, PageMaker] = {
    "record_contact": record_contact,
    "plan_intake": plan_intake,
    "plan_first_visit": plan_first_visit,
    "plan_aftercare": plan_aftercare,
    "move_intake": move_intake,
    "miss_intake": miss_intake,
    "hold_intake": hold_intake,
    "aftercare": aftercare,
    "enrol": enrol,
    "first_time": first_time,
    "stop_enrolment": stop_enrolment,
    "worry": worry,
    "close": close,
    "reopen": reopen,
    "coach": coach,
    "consent": consent,
    "correct_deed": correct_deed,
}
