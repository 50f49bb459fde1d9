"""Each kind of deed on the path of a case, declared once: the lists of other layers follow or are compared with it.

A new kind: a line here, its fields in `fields_deeds`, its line of the story, its actions, its page and its place in the
menu; `tests/test_deed_kinds.py` says which of these is still missing.
"""

from dataclasses import dataclass, replace
from typing import Any

from desktop.rules.aftercare import AftercareDraft
from desktop.rules.cases import Case
from desktop.rules.deeds import (
    AppointmentDraft,
    ClosingDraft,
    ContactDraft,
    EnrolDraft,
    EnrolmentDraft,
    FirstTimeDraft,
    IntakeDraft,
    MissedDraft,
    ReopenDraft,
    StopDraft,
    WalkInDraft,
    WorryDraft,
)
from desktop.rules.holds import HoldDraft
from desktop.rules.meldcode import MeldcodeDraft
from desktop.rules.places import OfferDraft
from desktop.rules.suicide import SuicideDraft
from desktop.rules.vouchers import VoucherDraft


@dataclass(frozen=True)
class DeedKind:
    """What the program knows of one kind of deed; `name` is what the story and the page that corrects it call it."""

    name: str
    table: str
    icon: str
    drafts: tuple[type[Any], ...] = ()
    actions: tuple[str, ...] = ()  # by their names in the log
    pages: tuple[str, ...] = ()  # on which it is recorded, changed or ended
    menu: tuple[str, ...] = ()  # those of its pages that the menu of a case offers
    in_case: str = ""  # where rules.cases.Case holds it
    for_office: bool = False  # intake staff open it too
    can_be_corrected: bool = True  # from its line in the story


DEED_KINDS = (
    DeedKind("voucher", "voucher", "ticket",
             (VoucherDraft, WalkInDraft), ("voucher registered", "voucher corrected", "walk-in registered"),
             ("new_voucher", "edit_voucher"), ("new_voucher",), for_office=True, can_be_corrected=False),
    DeedKind("contact", "contact_attempt", "phone",
             (ContactDraft,), ("contact recorded", "contact corrected", "contact taken back"),
             ("call", "record_contact"), ("call", "record_contact"), "attempts", for_office=True),
    DeedKind("appointment", "appointment", "calendar-blank",
             (AppointmentDraft, MissedDraft),
             ("intake planned", "first visit planned", "aftercare planned", "appointment moved",
              "appointment missed", "appointment corrected", "appointment taken back"),
             ("plan_intake", "plan_first_visit", "plan_aftercare", "move_intake", "miss_intake"),
             ("plan_intake", "plan_aftercare"), "visits", for_office=True),
    DeedKind("intake", "intake", "clipboard-text",
             (IntakeDraft,), ("intake held", "intake corrected", "intake taken back"),
             ("hold_intake",), ("hold_intake",), "intakes"),
    DeedKind("enrolment", "enrolment", "map-pin",
             (EnrolDraft, EnrolmentDraft, StopDraft, OfferDraft),
             ("enrolled", "enrolment corrected", "place given", "offer answered", "enrolment stopped",
              "enrolment taken back"),
             ("enrol", "stop_enrolment", "offer"), ("enrol",), "joined"),
    DeedKind("first_time", "enrolment", "person-simple-walk",
             (FirstTimeDraft,), ("first time recorded", "first time taken back"),
             ("first_time",), (), "joined"),
    DeedKind("aftercare", "aftercare", "arrow-clockwise",
             (AftercareDraft,), ("aftercare held", "aftercare corrected", "aftercare taken back"),
             ("aftercare",), ("aftercare",), "talks"),
    DeedKind("letter", "letter", "envelope-simple", pages=("letter", "write_letter"), in_case="words",
             can_be_corrected=False),
    DeedKind("worry", "worry", "warning",
             (WorryDraft, MeldcodeDraft, SuicideDraft),
             ("worry recorded", "worry corrected", "worry taken back", "meldcode steps recorded",
              "suicide steps recorded"),
             ("worry", "meldcode", "suicide"), ("worry",), "signs"),
    DeedKind("hold", "hold", "clock",
             (HoldDraft,), ("case put on hold", "hold corrected", "hold ended", "hold taken back"),
             ("pause",), ("pause",), "pauses"),
    DeedKind("closing", "closing", "flag",
             (ClosingDraft, ReopenDraft), ("case closed", "closing corrected", "case reopened", "closing taken back"),
             ("close", "reopen"), ("close", "reopen"), "endings"),
)  # fmt: skip
"""In the order of what happens on one day."""
IN_CASE = {kind.table: kind.in_case for kind in DEED_KINDS if kind.in_case}


def without_deed(case: Case, table: str, deed_id: int | None) -> Case:
    """The case as if this deed was not recorded: what a corrected one is held against."""
    kept: dict[str, Any] = {
        IN_CASE[table]: tuple(each for each in getattr(case, IN_CASE[table]) if each.id != deed_id)
    }
    return replace(case, **kept)
