"""What must be known of the organisation and which terms can be worked by. Must not know tables or screens."""

from dataclasses import dataclass
from datetime import date

from desktop.errors import Refused
from desktop.language import _

PROVINCES = (
    "Drenthe",
    "Flevoland",
    "Fryslân",
    "Gelderland",
    "Groningen",
    "Limburg",
    "Noord-Brabant",
    "Noord-Holland",
    "Overijssel",
    "Utrecht",
    "Zeeland",
    "Zuid-Holland",
)
MOST = {
    "call_within": 60,
    "call_attempts": 10,
    "arrived_letter_within": 60,
    "intake_letter_within": 60,
    "aftercare_after": 24,
    "voucher_valid": 36,
}
FARTHEST_SHIFT = 20  # mm


@dataclass(frozen=True, kw_only=True)
class OrganisationDraft:
    """Letterhead, window envelope and terms; days, months and millimetres as whole numbers."""

    version: int | None = None
    name: str = ""
    street: str = ""
    number: str = ""
    postcode: str = ""
    town: str = ""
    province: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    logo: bytes | None = None
    colour: str = "#0B6B6B"
    window: str = "right"
    shift_x: int = 0
    shift_y: int = 0
    fold: str = "DL"
    call_within: int = 5
    call_attempts: int = 3
    arrived_letter_within: int = 14
    intake_letter_within: int = 5
    aftercare_after: int = 3
    voucher_valid: int = 6
    word_voucher: str = "voucher"
    word_participant: str = "deelnemer"
    sure: bool = False


def check(draft: OrganisationDraft, today: date) -> None:
    """Refuse an organisation without a name and terms nobody could work by."""
    wrong: dict[str, str] = {}
    if not draft.name.strip():
        wrong["name"] = _("The name of the organisation is needed: it stands above every letter.")
    if len(draft.name) > 80:
        wrong["name"] = _("This name does not fit on a letter: at most {n} characters.").format(n=80)
    for field, most in MOST.items():
        if not 1 <= getattr(draft, field) <= most:
            wrong[field] = _("Give a number from 1 to {n}.").format(n=most)
    for field in ("shift_x", "shift_y"):
        if abs(getattr(draft, field)) > FARTHEST_SHIFT:
            wrong[field] = _("At most {n} mm.").format(n=FARTHEST_SHIFT)
    if wrong:
        raise Refused(**wrong)
