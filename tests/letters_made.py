"""Cases about which letters are written: shared by the tests of letters in every layer."""

from typing import Any

from desktop import clock
from desktop.actions.letter_looks import open_letter
from desktop.actions.letter_sending import fix_letter
from desktop.actions.letters import write_letter
from desktop.rules.signals import SignalDraft
from desktop.rules.staff import Member
from desktop.storage.letters_due import due_of_case
from desktop.storage.models import Closing, Letter, Voucher, Worry
from tests.actions.test_letters import flat, page_of, sent
from tests.factory import (
    add_activity,
    add_closing,
    add_enrolment,
    add_intake,
    add_practice,
    add_row,
    add_voucher,
    days_ago,
)

ALL = "arrived intake progress closing declined signal"


def months_on(by: Member, **more: Any) -> Voucher:
    """Somebody who began a hundred days ago and whose intake letter went out."""
    voucher = add_voucher(by, more.pop("practice", None) or add_practice(), **{"dated_on": days_ago(130), **more})
    add_intake(voucher, days_ago(120), mark_body=4, mark_feeling=5)
    activity = add_activity("Rouwgroep", letter_name="een groep bij ons")
    add_enrolment(voucher, activity, state="started", start_on=days_ago(110), first_attended_on=days_ago(100),
                  times_present=7, times_held=8)  # fmt: skip
    return voucher


def worried(voucher: Voucher, **more: Any) -> Worry:
    worry = Worry(voucher=voucher, person=voucher.person_id, kind="neglect",
                  **{"noticed_on": clock.today(), **more})  # fmt: skip
    add_row(worry)
    return worry


def a_signal(voucher: Voucher, **more: Any) -> SignalDraft:
    usual = {"ground": "consent", "sentence": "Mevrouw eet en slaapt slecht, zegt zij."}
    return SignalDraft(**{"voucher_id": voucher.id, **usual, **more})


def owed(by: Member, voucher: Voucher) -> list[str]:
    return [due.moment for due in due_of_case(by, voucher.id, clock.today()) if not due.why_not]


def fixed_page(by: Member, letter: Letter) -> str:
    return flat(page_of(open_letter(by, fix_letter(by, letter.id).id).pdf or b""))


def closed_and_told(by: Member, voucher: Voucher) -> Letter:
    """The case ends today and the practice hears it."""
    add_closing(voucher)
    return sent(by, write_letter(by, voucher.id, "closing"))


def open_again(told: Letter) -> None:
    """The ending and its letter turn out to be of the day before yesterday, and the case was opened again."""
    letter = Letter.get_by_id(told.id)
    closing = Closing.get((Closing.voucher == told.voucher_id) & Closing.reopened_on.is_null())
    letter.written_on, closing.closed_on, closing.reopened_on = days_ago(2), days_ago(2), days_ago(1)
    for row in (letter, closing):
        add_row(row)
