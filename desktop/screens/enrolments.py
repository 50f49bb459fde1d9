"""Signing up, the first time, and stopping. Must not know the rules behind them."""

from collections.abc import Callable, Sequence
from functools import partial

from desktop.actions import enrolments
from desktop.actions.places import give_place
from desktop.errors import Doubtful, Refused
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.cases import Visit
from desktop.rules.dates import AHEAD
from desktop.rules.declared import typed_values
from desktop.screens.asked import WIDE, Asks
from desktop.screens.case_forms import (
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
    coach_options,
    day_field,
    hour_field,
    slot_words,
)
from desktop.screens.places import first_day
from desktop.storage.cases import destination_of
from desktop.storage.changes import Record
from desktop.storage.deeds import list_activity_names
from desktop.storage.models import Enrolment
from desktop.storage.tasks import case_of
from desktop.widgets.fields import Check, Chips, Choice, Item
from desktop.widgets.form import Card, Extra, Form
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
        "start_on": None if waiting else first_day(office, activity_id),
        "waiting": waiting,
        "visit_with": voucher.coach_id or office.desk.by.id,
    }
    ask = Asks("enrolment", office.today)
    fields: list[Item] = [
        Chips("activities", _("Activities of the catalogue"), partial(_activity_options, office)),
        ask.choice("destination"),
        ask.text("destination_name", width=2),
        ask.text("enrolled_on", required=True),
        ask.text("start_on"),
        Check("waiting", _("On the waiting list")),
        ask.check("accompanied", width=WIDE),
        day_field("visit_day", _("Go along on"), office.today, AHEAD),
        hour_field("visit_hour", _("At what hour")),
        Choice("visit_with", _("Who goes along"), partial(coach_options, office)),
        ask.text("note"),
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
    for name in ("visit_day", "visit_hour", "visit_with"):
        follow(form, name, lambda: bool(value_of(form.editor("accompanied"))))
    follow(form, "waiting", lambda: _can_wait(form, "activities"))
    return form


def _can_wait(form: Form, activity: str) -> bool:
    """Outside the catalogue nobody keeps a waiting list; what was ticked stays in sight, with its complaint."""
    outside = bool(value_of(form.editor("destination"))) and not value_of(form.editor(activity))
    return not outside or bool(value_of(form.editor("waiting")))


def correct_enrolment(office: Office, enrolment_id: int) -> Page:
    old = deed_or_none(office, "enrolment", enrolment_id)
    voucher = case_or_none(office, old.voucher_id) if old else None
    if old is None or voucher is None:
        return Gone(_("Signed up"))
    values = typed_values("enrolment", old) | {"voucher_id": voucher.id, "waiting": old.state == "waiting"}
    asks = Asks("enrolment", office.today)
    fields: list[Item] = [
        asks.choice("activity", partial(_activity_options, office, old.activity_id), width=WIDE),
        asks.choice("destination"),
        asks.text("destination_name", width=2),
        asks.text("enrolled_on", required=True),
        asks.text("start_on"),
        Check("waiting", _("On the waiting list")),
        asks.check("accompanied", width=WIDE),
        *(attendance_fields() if old.first_attended_on or old.times_held else ()),
        asks.text("note"),
    ]
    form = case_form(
        office,
        about(_("Signed up"), voucher.person),
        [Card("", fields)],
        rules.EnrolmentDraft,
        enrolments.correct_enrolment,
        values,
        key=f"enrolment:{old.id}",
        old=old,
        take_back=enrolments.take_back_enrolment,
        extras=_deeds_of(office, old, lambda: give()),
    )

    def give(sure: bool = False) -> None:
        done = partial(_leave, form)
        said = _("A place is kept. Telling it is a task now.")
        office.desk.perform(give_place, old.id, old.version, sure, said=said, refused=ask, done=done)

    def ask(refusal: Refused) -> None:
        if isinstance(refusal, Doubtful):
            form.notice.ask(refusal.sentence(), [(_("That is right, go on"), partial(give, sure=True))])
        else:
            form.complain(refusal)

    follow(form, "waiting", lambda: _can_wait(form, "activity"))
    return form


def _leave(form: Form, _enrolment: Enrolment) -> None:
    form.throw_away()


def _deeds_of(office: Office, old: Enrolment, give: Callable[[], object]) -> list[Extra]:
    """What can be done with what was found, as it stands."""
    tell = Extra(_("Record the answer"), on=partial(office.open, "offer", enrolment_id=old.id))
    along = Extra(
        _("Go along"), on=partial(office.open, "plan_first_visit", voucher_id=old.voucher_id, enrolment_id=old.id)
    )
    been = Extra(_("Has been there"), on=partial(office.open, "first_time", enrolment_id=old.id))
    over = Extra(_("Has stopped"), on=partial(office.open, "stop_enrolment", enrolment_id=old.id))
    return {
        "enrolled": [along, been, over],
        "waiting": [Extra(_("Offer a place"), on=give), been, over],
        "offered": [tell, over],
        "started": [over],
    }.get(old.state, [])


def first_time(office: Office, enrolment_id: int, correct: bool = False) -> Page:
    """They have been there."""
    old = deed_or_none(office, "enrolment", enrolment_id)
    voucher = case_or_none(office, old.voucher_id) if old else None
    if old is None or voucher is None:
        return Gone(_("Been for the first time"))
    ask, visit = Asks("enrolment", office.today), _going_along(office, old)
    start = visit.starts_at.date() if visit is not None else old.start_on
    planned = start if start and start <= office.today else None
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
                _first_heading(old, visit),
                [
                    ask.text("first_attended_on", required=True),
                    ask.switch("first_known_by", width=2, required=True),
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
        extras=[] if correct else _not_there(office, old, visit),
    )


def _going_along(office: Office, old: Enrolment) -> Visit | None:
    """The appointment to go there together that stands."""
    case = office.desk.look(case_of, old.voucher_id)
    visits = [case.going_along(each) for each in case.joined if each.id == old.id] if case is not None else []
    return next((each for each in visits if each is not None and each.state == "planned"), None)


def _first_heading(old: Enrolment, visit: Visit | None) -> str:
    if visit is None:
        return destination_of(old)
    together = _("together, {when}").format(when=slot_words(visit.starts_at))
    return f"{destination_of(old)} · {together}"


def _not_there(office: Office, old: Enrolment, visit: Visit | None) -> list[Extra]:
    """What else may have come of it: going along did not go on, or nobody ever started."""
    stopped = Extra(_("Did not start"), on=partial(office.open, "stop_enrolment", enrolment_id=old.id))
    if visit is None:
        return [stopped]
    return [Extra(_("Did not go on"), on=partial(office.open, "miss_intake", appointment_id=visit.id)), stopped]


def stop_enrolment(office: Office, enrolment_id: int) -> Page:
    """They no longer come, or never did."""
    old = deed_or_none(office, "enrolment", enrolment_id)
    voucher = case_or_none(office, old.voucher_id) if old else None
    if old is None or voucher is None:
        return Gone(_("Has stopped"))
    ask = Asks("enrolment", office.today)
    return case_form(
        office,
        about(_("Has stopped"), voucher.person),
        [
            Card(
                destination_of(old),
                [
                    ask.text("stopped_on", required=True),
                    ask.choice("stop_reason", width=2, required=True),
                    ask.switch("next_step", width=WIDE, required=True),
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


def _activity_options(office: Office, besides: int | None = None) -> list[tuple[int, str]]:
    return office.desk.look(list_activity_names, besides) or []


PAGES: dict[str, PageMaker] = {
    "enrol": enrol,
    "first_time": first_time,
    "stop_enrolment": stop_enrolment,
}
