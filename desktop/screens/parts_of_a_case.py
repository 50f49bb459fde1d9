"""What the screens about a case share: fields, icons, the way from a task to its page. Must not be a page itself."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.language import _, current
from desktop.rules.codes import STATUSES, word
from desktop.rules.dates import (
    AHEAD,
    DAYS,
    ENGLISH_DAYS,
    PAST,
    is_working_day,
    read_date,
    read_time,
    show_date,
    show_day,
)
from desktop.rules.deed_kinds import DEED_KINDS
from desktop.rules.friday import is_friday
from desktop.rules.roles import holds_talks
from desktop.rules.tasks import Task, show_short, who
from desktop.screens.office import Office
from desktop.storage.models import Person, Voucher
from desktop.storage.staff import list_coaches
from desktop.widgets import parts, theme
from desktop.widgets.fields import Text
from desktop.widgets.pages import Page

ICONS = {
    **{kind.name: kind.icon for kind in DEED_KINDS},
    "call": "phone",
    "plan_intake": "phone",
    "mail": "at",
    "card": "envelope-simple",
    "visit": "hourglass",
    "unreachable": "warning",
    "warm": "hand-waving",
    "intake_missed": "clipboard-text",
    "find_activity": "person-simple-walk",
    "first_visit": "person-simple-walk",
    "place_free": "map-pin",
    "offer_over": "hourglass",
    "plan_visit": "calendar-blank",
    "resume": "phone",
    "untouched": "clock",
    "waiting_list": "hourglass",
    "batch": "printer",
    "letters": "envelope-simple",
    "expiring": "ticket",
    "consent": "check-circle",
    "inform": "info",
    "close": "flag",
    "practice_talk": "first-aid-kit",
    "quiet_practice": "first-aid-kit",
    "wrong_letter": "warning",
    "returned_post": "arrow-u-up-left",
    "breach": "warning",
    "request": "user",
    "retention": "clock",
    "unfinished": "pencil-simple",
}
CALL, PERSON = ("call", "voucher_id"), ("person", "person_id", "voucher_id")
DONE_ON: Mapping[str, tuple[str, ...]] = {
    "worry": ("worry", "voucher_id", "worry_id"),
    "call": CALL,
    "warm": ("hold_intake", "voucher_id", "appointment_id"),
    "intake": ("hold_intake", "voucher_id", "appointment_id"),
    "intake_missed": ("hold_intake", "voucher_id", "appointment_id"),
    "plan_intake": ("plan_intake", "voucher_id"),
    "card": ("contact_card", "voucher_id"),
    "mail": ("record_contact", "voucher_id"),
    "visit": ("record_contact", "voucher_id"),
    "resume": ("record_contact", "voucher_id"),
    "unreachable": ("edit_person", "person_id"),
    "find_activity": ("find_activity", "voucher_id"),
    "waiting_list": ("find_activity", "voucher_id"),
    "place_free": ("offer", "enrolment_id"),
    "offer_over": ("offer", "enrolment_id"),
    "plan_visit": ("plan_first_visit", "voucher_id", "enrolment_id"),
    "first_visit": ("first_time", "enrolment_id"),
    "aftercare": ("aftercare", "voucher_id", "appointment_id"),
    "consent": ("consent", "person_id", "voucher_id"),
    "inform": ("consent", "person_id", "voucher_id"),
    "expiring": CALL,
    "close": ("close", "voucher_id"),
    "untouched": PERSON,
    "batch": ("batch",),
    "letters": ("letters",),
    "wrong_letter": ("letter", "letter_id"),
    "returned_post": ("returned", "practice_id"),
    "practice_talk": ("practice_talk", "practice_id"),
    "quiet_practice": ("quiet_practice", "practice_id"),
    "request": ("request", "request_id"),
    "breach": ("breach", "breach_id"),
    "retention": ("retention",),
}
"""On which page a kind of task is done, and what that page is told."""
FILLED_IN: Mapping[str, dict[str, str]] = {"mail": {"way": "mail", "outcome": "sent"}, "visit": {"way": "visit"}}
"""What is filled in already of the contact that is recorded."""
TONES = {"participating": "well", "closed": "plain", "aftercare": "well", "received": "soon", "contacting": "soon"}


class Gone(Page):
    """What was asked for is no longer there; why stands in the message line."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.title = title
        self.back = parts.button(_("Back"), "primary", "arrow-left", self.closed.emit)
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        parts.fill(
            layout, parts.title(title), parts.label(_("This is no longer there."), "muted"), parts.row(self.back, None)
        )
        layout.addStretch(1)

    def first_focus(self) -> QWidget | None:
        return self.back


def status_pill(voucher: Voucher) -> tuple[str, str]:
    """The status in words with its colour."""
    return word(STATUSES, voucher.status), TONES.get(voucher.status, "news")


def about(title: str, person: Person) -> str:
    """ "Plan an intake: mevrouw Van der Meer"."""
    return f"{title}: {who(person.known_as)}"


def day_field(name: str, label: str, today: date, lies: str = "", **more: Any) -> Text:
    """A day in any Dutch form, repeated in words below the field; `lies` says where it is without its year."""
    read = partial(read_date, today=today, past=lies == PAST, ahead=lies == AHEAD)
    echo = day_to_come if lies == AHEAD else day_in_words
    return Text(name, label, read=read, show=show_date, echo=echo, **more)


def hour_field(name: str, label: str, **more: Any) -> Text:
    return Text(name, label, read=read_time, show=show_hour, echo=show_hour, **more)


def show_hour(hour: time) -> str:
    return f"{hour:%H:%M}"


def day_in_words(day: date) -> str:
    return f"{show_day(day, current())} {day.year}"


def day_to_come(day: date) -> str:
    """As it is called, and whether that is a day on which nobody works: nothing is agreed on Christmas by mistake."""
    said = day_in_words(day)
    return said if is_working_day(day) else _("{day}, not a working day").format(day=said)


def slot_words(slot: datetime) -> str:
    """ma 23 nov 10:00, as on a button."""
    names = ENGLISH_DAYS if current() == "en" else DAYS
    return f"{names[slot.weekday()][:2]} {show_short(slot.date())} {slot:%H:%M}"


def coach_of(office: Office, voucher: Voucher) -> int | None:
    """Who the talk will be with, unless another is chosen."""
    return voucher.coach_id or holds_talks(office.desk.by)


def coach_options(office: Office) -> Sequence[tuple[int, str]]:
    return office.desk.look(list_coaches) or []


def do_task(office: Office, task: Task) -> None:
    """Open the page on which a task is done."""
    page, *names = _page_of(office, task)
    known = {"voucher_id": task.voucher_id, "person_id": task.person_id}
    office.open(page, **{name: known.get(name, task.subject_id) for name in names}, **FILLED_IN.get(task.kind, {}))


def _page_of(office: Office, task: Task) -> tuple[str, ...]:
    match task.kind:
        case "letters" if is_friday(office.today):
            return ("friday",)
        case "aftercare" if not task.deed and task.subject_id is None:
            return CALL
        case "first_visit" if task.subject_id is None:
            return PERSON
        case "expiring" if task.deed:
            return PERSON
        case kind:
            return DONE_ON[kind]
