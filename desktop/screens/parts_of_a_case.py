"""What the screens about a case share: fields, icons, the way from a task to its page. Must not be a page itself."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.language import _, current
from desktop.rules.codes import STATUSES, word
from desktop.rules.dates import AHEAD, DAYS, ENGLISH_DAYS, PAST, read_date, read_time, show_date, show_day
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
    return Text(name, label, read=read, show=show_date, echo=day_in_words, **more)


def hour_field(name: str, label: str, **more: Any) -> Text:
    return Text(name, label, read=read_time, show=show_hour, echo=show_hour, **more)


def show_hour(hour: time) -> str:
    return f"{hour:%H:%M}"


def day_in_words(day: date) -> str:
    return f"{show_day(day, current())} {day.year}"


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
    voucher_id, subject = task.voucher_id, task.subject_id
    match task.kind:
        case "worry":
            office.open("worry", voucher_id=voucher_id, worry_id=subject)
        case "warm" | "intake" | "intake_missed":
            office.open("hold_intake", voucher_id=voucher_id, appointment_id=subject)
        case "plan_intake":
            office.open("plan_intake", voucher_id=voucher_id)
        case "card":
            office.open("contact_card", voucher_id=voucher_id)
        case "mail":
            office.open("record_contact", voucher_id=voucher_id, way="mail", outcome="sent")
        case "visit":
            office.open("record_contact", voucher_id=voucher_id, way="visit")
        case "unreachable":
            office.open("edit_person", person_id=task.person_id)
        case "aftercare" if task.deed and voucher_id is not None:
            office.open("aftercare", voucher_id=voucher_id, appointment_id=subject)
        case "expiring" if task.deed:
            office.open("person", person_id=task.person_id, voucher_id=voucher_id)
        case "find_activity" | "waiting_list":
            office.open("find_activity", voucher_id=voucher_id)
        case "place_free" | "offer_over":
            office.open("offer", enrolment_id=subject)
        case "plan_visit":
            office.open("plan_first_visit", voucher_id=voucher_id, enrolment_id=subject)
        case "resume":
            office.open("record_contact", voucher_id=voucher_id)
        case "untouched":
            office.open("person", person_id=task.person_id, voucher_id=voucher_id)
        case "first_visit" if subject is not None:
            office.open("first_time", enrolment_id=subject)
        case "batch":
            office.open("batch")
        case "letters":
            office.open("friday" if is_friday(office.today) else "letters")
        case "aftercare" if subject is not None:
            office.open("aftercare", voucher_id=voucher_id, appointment_id=subject)
        case "consent" | "inform":
            office.open("consent", person_id=task.person_id, voucher_id=voucher_id)
        case "wrong_letter":
            office.open("letter", letter_id=task.subject_id)
        case "returned_post":
            office.open("returned", practice_id=subject)
        case "practice_talk":
            office.open("practice_talk", practice_id=subject)
        case "quiet_practice":
            office.open("quiet_practice", practice_id=subject)
        case "request":
            office.open("request", request_id=subject)
        case "breach":
            office.open("breach", breach_id=subject)
        case "retention":
            office.open("retention")
        case "close":
            office.open("close", voucher_id=voucher_id)
        case "first_visit":
            office.open("person", person_id=task.person_id, voucher_id=voucher_id)
        case _:
            office.open("call", voucher_id=voucher_id)
