"""Every page of the program opened on a fitting example of the practice organisation. Must not look at the pages."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtWidgets import QApplication

from desktop import clock
from desktop.app import Program
from desktop.screens.pages import PAGES
from desktop.storage.models import (
    Activity,
    Appointment,
    Closing,
    Contact,
    Destruction,
    Enrolment,
    Intake,
    Letter,
    Practice,
    PracticeTalk,
    RetentionItem,
    RetentionList,
    Staff,
    Voucher,
    Worry,
)
from desktop.widgets.pages import Page
from tests.drive import wait_until
from tests.factory import add_row

BUSY = ("placing", "intake_held", "participating")
FOR_LEADERS = {"groups", "group"}  # nobody in the practice organisation leads a group and nothing else
Example = Callable[[], dict[str, Any]]


def in_state(*states: str) -> Voucher:
    """The first voucher that stands so, with a person who has a story."""
    found: Voucher = Voucher.select().where(Voucher.status.in_(states)).order_by(Voucher.id).get()
    return found


def planned() -> Appointment:
    found: Appointment = (
        Appointment.select().where(Appointment.state == "planned").order_by(Appointment.starts_at).get()
    )
    return found


def enrolled(*states: str) -> Enrolment:
    found: Enrolment = Enrolment.select().where(Enrolment.state.in_(states or ("enrolled", "started"))).get()
    return found


def yearly_list() -> RetentionList:
    """A list as the coordinator finds it, with one closed case on it."""
    found: RetentionList | None = RetentionList.select().first()
    if found is None:
        closed = in_state("closed")
        found = RetentionList(made_on=closed.received_on, until=closed.received_on)
        add_row(found)
        day, kind = closed.received_on, "not_reached"
        add_row(RetentionItem(list=found, person=closed.person_id, kind=kind, ended_on=day, cases=1))
    return found


def certificate() -> Destruction:
    found: Destruction | None = Destruction.select().first()
    if found is None:
        day = clock.today()
        facts = {"number": "V-2026-001", "done_on": day, "how": "destroy", "why": "request", "backups_until": day}
        found = Destruction(persons=1, cases=1, rows=12, **facts)
        add_row(found)
    return found


def worry(kind: str) -> Worry:
    """One of this kind that is open; the practice organisation has not all of them."""
    found: Worry | None = Worry.select().where((Worry.kind == kind) & Worry.done_on.is_null()).first()
    if found is None:
        case = in_state(*BUSY)
        found = Worry(voucher=case, person=case.person_id, kind=kind, noticed_on=clock.today())
        add_row(found)
    return found


def not_begun(state: str) -> Enrolment:
    """Something that was found and not begun; the practice organisation has not every state."""
    rows = Enrolment.select().where((Enrolment.state == state) & Enrolment.first_attended_on.is_null())
    found: Enrolment | None = rows.first()
    if found is None:
        case, activity = in_state(*BUSY), Activity.select().order_by(Activity.id.desc()).get()
        day = clock.today()
        found = Enrolment(voucher=case, person=case.person_id, activity=activity, state=state, enrolled_on=day)
        add_row(found)
    return found


def told() -> Letter:
    """A letter that was sent and stands."""
    sent = (Letter.state == "sent") & Letter.withdrawn_on.is_null() & Letter.copy_of.is_null()
    found: Letter = Letter.select().where(sent).order_by(Letter.id).get()
    return found


def another_case() -> int:
    return int(in_state("received", "contacting").id)


def nothing() -> dict[str, Any]:
    return {}


def one_voucher(*states: str) -> Example:
    return lambda: {"voucher_id": in_state(*states).id}


EXAMPLES: dict[str, Example] = {
    "tasks": nothing,
    "vouchers": nothing,
    "new_voucher": nothing,
    "edit_voucher": one_voucher(*BUSY),
    "people": nothing,
    "person": lambda: {"person_id": Intake.select().order_by(Intake.id).get().person_id},
    "edit_person": lambda: {"person_id": in_state(*BUSY).person_id},
    "call": one_voucher("received", "contacting"),
    "record_contact": one_voucher("received", "contacting"),
    "plan_intake": one_voucher("received", "contacting"),
    "plan_first_visit": lambda: {"voucher_id": not_begun("enrolled").voucher_id},
    "offer": lambda: {"enrolment_id": not_begun("waiting").id},
    "pause": one_voucher(*BUSY),
    "plan_aftercare": one_voucher("participating", "aftercare", *BUSY),
    "move_intake": lambda: {"appointment_id": planned().id},
    "miss_intake": lambda: {"appointment_id": planned().id},
    "hold_intake": lambda: {"voucher_id": planned().voucher_id, "appointment_id": planned().id},
    "aftercare": one_voucher("participating", "aftercare", *BUSY),
    "find_activity": one_voucher("intake_held", "placing", "participating"),
    "enrol": lambda: {"voucher_id": in_state(*BUSY).id, "activity_id": Activity.select().get().id},
    "first_time": lambda: {"enrolment_id": enrolled().id},
    "stop_enrolment": lambda: {"enrolment_id": enrolled().id},
    "meldcode": lambda: {"worry_id": worry("violence").id},
    "suicide": lambda: {"worry_id": worry("suicide").id},
    "contact_card": one_voucher("received", "contacting"),
    "worry": one_voucher(*BUSY),
    "close": one_voucher(*BUSY),
    "reopen": lambda: {"voucher_id": Closing.get().voucher_id},
    "death": lambda: {"person_id": in_state(*BUSY).person_id},
    "coach": lambda: {"voucher_ids": [each.id for each in Voucher.select().limit(2)]},
    "consent": lambda: {"person_id": in_state(*BUSY).person_id, "voucher_id": in_state(*BUSY).id},
    "correct_deed": lambda: {"kind": "intake", "deed_id": Intake.select().get().id},
    "move_deed_to": lambda: {"kind": "intake", "deed_id": Intake.select().get().id},
    "move_deed": lambda: {"kind": "intake", "deed_id": Intake.select().get().id, "voucher_id": another_case()},
    "move_letter_to": lambda: {"letter_id": told().id},
    "move_letter": lambda: {"letter_id": told().id, "voucher_id": another_case()},
    "move_case": lambda: {"voucher_id": Intake.select().get().voucher_id, "person_id": in_state("received").person_id},
    "archive": nothing,
    "came_back": lambda: {"letter_id": Letter.select().order_by(Letter.id).get().id},
    "letters": nothing,
    "letter": lambda: {"letter_id": Letter.select().order_by(Letter.id).get().id},
    "signal": one_voucher(*BUSY),
    "write_letter": lambda: {"voucher_id": Intake.select().order_by(Intake.id).get().voucher_id, "moment": "intake"},
    "appointment_card": lambda: {"appointment_id": planned().id},
    "activity_card": lambda: {"enrolment_id": enrolled().id},
    "day_sheet": nothing,
    "blank_intake": nothing,
    "activities": nothing,
    "activity": lambda: {"activity_id": enrolled().activity_id},
    "stop_activity": lambda: {"activity_id": enrolled().activity_id},
    "letter_names": nothing,
    "edit_activity": lambda: {"activity_id": Activity.select().get().id},
    "practices": nothing,
    "practice": lambda: {"practice_id": Practice.select().get().id},
    "edit_practice": lambda: {"practice_id": Practice.select().get().id},
    "contact": lambda: {"practice_id": Contact.select().get().practice_id, "contact_id": Contact.select().get().id},
    "practice_talk": lambda: {"practice_id": Practice.select().get().id},
    "move_practice_talk": lambda: {"talk_id": PracticeTalk.select().get().id},
    "quiet_practice": lambda: {"practice_id": Practice.select().get().id},
    "wijksafari": lambda: {"practice_id": Practice.select().get().id},
    "import_practices": nothing,
    "import_activities": nothing,
    "settings": nothing,
    "organisation": nothing,
    "letter_texts": nothing,
    "letter_text": lambda: {"kind": "arrived"},
    "letter_text_version": lambda: {"kind": "arrived", "version_id": 0},
    "staff_list": nothing,
    "staff": lambda: {"staff_id": Staff.select().get().id},
    "one_time_password": lambda: {"name": "K. de Boer", "sign_in_name": "kees", "password": "abcde-fghij-klmno"},
    "recovery_sheet": nothing,
    "hand_over": lambda: {"staff_id": Staff.select().order_by(Staff.id.desc()).get().id},
    "leaver": lambda: {"staff_id": Staff.select().order_by(Staff.id.desc()).get().id},
    "group": lambda: {"activity_id": enrolled().activity_id},
    "request": lambda: {"person_id": in_state(*BUSY).person_id},
    "retention_list": lambda: {"list_id": yearly_list().id},
    "retention_choice": lambda: {"list_id": yearly_list().id, "item_id": RetentionItem.get().id},
    "certificate": lambda: {"destruction_id": certificate().id},
    "ready_text": lambda: {"name": "register"},
    "export": lambda: {"title": "Deelnemers", "lines": 1, "cells": lambda: (["Naam"], [["A. Bakker"]])},
    "backups": nothing,
    "move": nothing,
    "moved": lambda: {"path": "/media/stick/wijkrecept.wrb"},
}
"""A new page says here what it is opened with; a voucher without an intake has no intake letter, and so on."""


BY_NAME: dict[str, Callable[[], Any]] = {
    "voucher_id": lambda: in_state(*BUSY).id,
    "person_id": lambda: in_state(*BUSY).person_id,
    "activity_id": lambda: Activity.select().get().id,
    "practice_id": lambda: Practice.select().get().id,
    "staff_id": lambda: Staff.select().order_by(Staff.id.desc()).get().id,
    "kind": lambda: "person",
    "record_id": lambda: in_state(*BUSY).person_id,
    "kept_id": lambda: in_state(*BUSY).person_id,
    "other_id": lambda: in_state("closed").person_id,
}
"""What a page that has no example of its own is opened with, by the name of what it asks for."""


def example_of(name: str) -> Example:
    """What a page is opened with; a page that asks for something else must have its example here."""
    if name in EXAMPLES:
        return EXAMPLES[name]
    asked = list(inspect.signature(PAGES[name]).parameters.values())[1:]
    needed = [each.name for each in asked if each.default is inspect.Parameter.empty]
    if unknown := [each for each in needed if each not in BY_NAME]:
        raise LookupError(f"say in EXAMPLES what page {name!r} is opened with as {unknown}")
    return lambda: {each: BY_NAME[each]() for each in needed}


def every_page(program: Program) -> Iterator[tuple[str, Page]]:
    """(name, page) of all pages of office staff, each shown while it is given; a letter last, so that one is there."""
    for name in sorted(set(PAGES) - FOR_LEADERS, key=lambda name: (name == "letter", name)):
        program.window.forget_pages()
        program.window.show_place("tasks")
        program.window.message_bar.clear()
        page = program.open(name, **example_of(name)())
        wait_until(lambda: not program.desk.working(), 20_000)
        QApplication.processEvents()
        yield name, page
    program.window.forget_pages()
    program.window.show_place("tasks")
