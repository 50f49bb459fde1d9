"""What a voucher must hold and which numbers and dates can be. Must not know tables, screens or the clock."""

import re
from dataclasses import dataclass
from datetime import date

from stdnum.iso7064 import mod_37_36

from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules import people
from desktop.rules.codes import CONSENT_ANSWERS
from desktop.rules.dates import months_after
from desktop.rules.identifiers import bsn_complaints
from desktop.rules.people import PersonDraft

Z_CODE = re.compile(r"Z\d{2}(\.\d{1,2})?")
KIND_AT = {
    "gp": "gp",
    "health_centre": "gp",
    "physio": "physio",
    "social_work": "social_worker",
    "neighbourhood_team": "neighbourhood_team",
    "welfare": "welfare",
}
"""Who refers at a kind of practice, when it is not written down."""
OLDEST_VOUCHER, IMPOSSIBLY_OLD = 2, 10  # years


@dataclass(frozen=True, kw_only=True)
class VoucherDraft(PersonDraft):
    """A voucher with its person as typed on one screen; `person_id` when it is someone already on file.

    With `person_version` what was typed of that person is put on file as well.
    """

    person_id: int | None = None
    person_version: int | None = None
    voucher_number: str = ""  # empty: the next number
    their_reference: str = ""
    practice: int | None = None
    referrer: int | None = None
    referrer_name: str = ""
    referrer_kind: str = ""  # who a name that was typed is; empty: not known
    report_to: int | None = None
    dated_on: date | None = None
    received_on: date | None = None  # empty: today
    channel: str = "paper"
    reasons: tuple[int, ...] = ()
    note: str = ""
    valid_until: date | None = None
    report_back: bool = True
    warm: bool = False
    icpc: str = ""
    coach: int | None = None
    consent_received: str = ""  # yes, no, ask: nothing preset
    consent_report_back: str = ""
    consent_how: str = "via_practice"


def check(draft: VoucherDraft, today: date) -> None:
    """Refuse what cannot be; ask about what is unusual unless staff were sure."""
    wrong = _voucher_complaints(draft, today)
    if draft.person_id is None or draft.person_version is not None:
        wrong = people.complaints(draft, today) | wrong
    if wrong:
        raise Refused(**wrong)
    if not draft.sure and (unusual := _voucher_doubts(draft, today) | people.doubts(draft, today)):
        ask(**unusual)


def _voucher_complaints(draft: VoucherDraft, today: date) -> dict[str, str]:
    wrong: dict[str, str] = {}
    itself = "self" in (draft.referrer_kind, draft.channel)
    if draft.practice is None and not draft.referrer_name.strip() and not itself:
        wrong["practice"] = _("Choose a practice, or write down who referred.")
    if draft.dated_on is None:
        wrong["dated_on"] = _("The date on the voucher is needed.")
    if draft.id is None and draft.consent_received not in CONSENT_ANSWERS:
        wrong["consent_received"] = _("Choose yes, no or still to ask.")
    for field in ("dated_on", "received_on"):
        day = getattr(draft, field)
        if day is not None and day > today:
            wrong[field] = _("This date is in the future.")
        elif day is not None and day.year < today.year - IMPOSSIBLY_OLD:
            wrong[field] = _("This date is too long ago for a voucher.")
    wrong |= bsn_complaints(draft)
    if draft.icpc and not Z_CODE.fullmatch(draft.icpc.strip().upper()):
        wrong["icpc"] = _("Only Z codes (social problems) may be stored.")
    if len(draft.voucher_number) > 40:
        wrong["voucher_number"] = _("This number is too long for a voucher number.")
    return wrong


def _voucher_doubts(draft: VoucherDraft, today: date) -> dict[str, str]:
    assert draft.dated_on is not None
    received = draft.received_on or today
    odd: dict[str, str] = {}
    if draft.dated_on < months_after(today, -12 * OLDEST_VOUCHER):
        odd["dated_on"] = _("That is more than two years ago. Is that right?")
    if received < draft.dated_on:
        odd["received_on"] = _("It was received before the date on it. Is that right?")
    if draft.valid_until is not None and draft.valid_until < received:
        odd["valid_until"] = _("It was no longer valid when it was received. Is that right?")
    return odd


def kind_of_referrer(draft: VoucherDraft, role: str, practice: str) -> str:
    """Who referred: the role at the practice, what was said of a typed name, else what kind of practice it is.

    A name that was typed without saying whose it is stays without: nobody is made a doctor.
    """
    if role or draft.referrer_kind:
        return role or draft.referrer_kind
    if draft.referrer_name.strip():
        return ""
    return "self" if draft.channel == "self" else KIND_AT.get(practice, "")


def valid_until(dated_on: date, months: int) -> date:
    """The day after which a voucher is no longer meant to be handed in."""
    return months_after(dated_on, months)


def make_number(year: int, sequence: int) -> str:
    """A voucher number such as 26-00412-N: year, sequence and an ISO 7064 mod 37,36 check character."""
    body = f"{year % 100:02d}{sequence:05d}"
    return f"{body[:2]}-{body[2:]}-{mod_37_36.calc_check_digit(body)}"


def tidy_number(typed: str) -> str:
    """A typed or scanned number: our own shape gets its dashes, another organisation's number stays as typed."""
    plain = re.sub(r"[\s-]", "", typed).upper()
    if re.fullmatch(r"\d{7}[0-9A-Z]", plain):
        if not mod_37_36.is_valid(plain):
            raise Refused(_("This number has a typing error: its last character does not fit."))
        return f"{plain[:2]}-{plain[2:7]}-{plain[7]}"
    return typed.strip()


def sequence_of(number: str) -> int:
    """The sequence inside one of our own numbers, 0 for any other."""
    found = re.fullmatch(r"\d{2}-(\d{5,})-[0-9A-Z]", number)
    return int(found.group(1)) if found else 0
