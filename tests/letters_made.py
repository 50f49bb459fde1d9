"""Cases about which letters are written: shared by the tests of letters in every layer."""

from typing import Any

from desktop import clock
from desktop.actions.letter_looks import open_letter
from desktop.actions.letter_sending import fix_letter
from desktop.rules.signals import SignalDraft
from desktop.rules.staff import Member
from desktop.storage.letters_due import due_of_case
from desktop.storage.models import Letter, Voucher, Worry
from tests.actions.test_letters import flat, page_of
from tests.factory import add_activity, add_enrolment, add_intake, add_practice, add_row, add_voucher, days_ago

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
