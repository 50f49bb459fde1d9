"""What must be known of the organisation and which terms can be worked by. Must not know tables or screens."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.errors import Refused
from desktop.language import N_, _
from desktop.rules.addresses import Placed, one_line, place_lines, why_no_post
from desktop.rules.letters import Letterhead
from desktop.rules.phones import show_phone
from desktop.rules.status import Terms

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
    "untouched_after": 180,
    "offer_within": 20,
}
FARTHEST_SHIFT = 20  # mm
USUAL_COLOUR = "#0B6B6B"
LEAST_CONTRAST = 4.5  # with white paper, as for text on a screen
COLOURS = {  # ready ones that can be read on white
    "#0B6B6B": N_("Petrol"),
    "#1F5FA8": N_("Blue"),
    "#1B3A6B": N_("Dark blue"),
    "#2E7D32": N_("Green"),
    "#1E5631": N_("Dark green"),
    "#6A3D9A": N_("Purple"),
    "#8B1E3F": N_("Burgundy"),
    "#B3261E": N_("Red"),
    "#9A4B00": N_("Orange brown"),
    "#4A5560": N_("Grey"),
}
_HEX = re.compile(r"#?([0-9a-f]{6})", re.IGNORECASE)


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
    colour: str = USUAL_COLOUR
    window: str = "right"
    shift_x: int = 0
    shift_y: int = 0
    fold: str = "DL"
    call_within: int = Terms.call_within
    call_attempts: int = Terms.call_attempts
    arrived_letter_within: int = Terms.arrived_letter_within
    intake_letter_within: int = Terms.intake_letter_within
    aftercare_after: int = Terms.aftercare_after
    voucher_valid: int = Terms.voucher_valid
    untouched_after: int = Terms.untouched_after
    offer_within: int = Terms.offer_within
    word_voucher: str = "voucher"
    word_participant: str = "deelnemer"
    sure: bool = False


def letterhead_of(office: Any) -> Letterhead:
    """What stands above a letter, of the organisation as it is kept or as it is being filled in: fields alike."""
    lines = (line.strip() for line in (*place_lines(office), office.email, office.website))
    logo = bytes(office.logo) if office.logo else None
    return Letterhead(office.name, tuple(line for line in lines if line), show_phone(office.phone), logo, office.colour)


def read_colour(text: str) -> str:
    """A colour that can be read on white paper, as #RRGGBB; nothing typed is the usual one."""
    if not text.strip():
        return USUAL_COLOUR
    named = {_(name).casefold(): code for code, name in COLOURS.items()}
    text = named.get(text.strip().casefold(), text)
    found = re.search(r"#([0-9a-f]{6})\b", text, re.IGNORECASE) or _HEX.fullmatch(text.strip())
    if found is None:
        sentence = _("Give a colour as # with six letters or digits, such as {example}.")
        raise Refused(sentence.format(example=USUAL_COLOUR))
    colour = f"#{found.group(1).upper()}"
    if contrast(colour) < LEAST_CONTRAST:
        raise Refused(
            _("This colour is too light to be read on white paper ({n} : 1, needed is {least} : 1).").format(
                n=_figure(contrast(colour)), least=_figure(LEAST_CONTRAST)
            )
        )
    return colour


def colour_words(colour: str) -> str:
    """How well a colour can be read."""
    return _("Can be read on white paper: {n} : 1").format(n=_figure(contrast(colour)))


def suggested_colours(typed: str) -> list[str]:
    """The ready colours that have this word in their name; all of them when none has."""
    all_of_them = [f"{_(name)} {code}" for code, name in COLOURS.items()]
    return [each for each in all_of_them if typed.strip().casefold() in each.casefold()] or all_of_them


def contrast(colour: str) -> float:
    """With white, as WCAG counts it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _figure(number: float) -> str:
    return f"{int(number * 10) / 10:g}".replace(".", ",")


def return_lines(name: str, house: Placed) -> tuple[str, ...]:
    """Where a letter goes back to that does not arrive, said shorter and shorter; nothing when no post arrives here."""
    if why_no_post(house):
        return ()
    where = one_line(house)
    return (f"Retour: {name}, {where}", f"{name}, {where}", f"Retour: {where}", where)


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
    try:
        read_colour(draft.colour)
    except Refused as refused:
        wrong["colour"] = refused.sentence()
    if wrong:
        raise Refused(**wrong)
