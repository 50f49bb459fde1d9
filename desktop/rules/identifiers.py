"""Numbers that identify: the BSN we never keep, AGB codes, check characters. Must not know Qt or storage."""

import re
import unicodedata
from collections.abc import Collection

from stdnum.iso7064 import mod_37_36
from stdnum.nl import bsn

from desktop.errors import Refused
from desktop.language import _
from desktop.rules.phones import is_dutch_mobile, phone_places

BSN_LEFT_OUT = "[BSN weggelaten]"   # stands in kept Dutch notes, so always Dutch

_LABEL = re.compile(r"(?:\bbsn|burger ?service ?nummer|\bsofi(?: ?-?nummer)?)\b[\W_]{0,6}"
                    r"(?:(?:nr|nummer|is|no|number)\b[\W_]{0,6})?", re.IGNORECASE)
_PHONE_LABEL = re.compile(r"(?:\btel(?:efoon)?|phone|\bmob(?:iel)?|mobile|\bgsm|\bbel(?:len)?"
                          r"|bereikbaar(?: op)?)(?:nummer|nr)?\b[\W_]{0,6}$", re.IGNORECASE)
_SPACE = r"[ \t\u00a0\u2009\u202f.\-‐‑–]"
# Nine digits together, in groups with one kind of separator, or letter by letter.
_NINE = re.compile(rf"(?<!\d)(?<!\+)(?:\d{{9}}|\d{{2,4}}({_SPACE})\d{{2,5}}(?:\1\d{{2,4}}){{0,2}}"
                   rf"|\d({_SPACE})\d(?:\2\d){{7}})(?!\d)")
_AFTER_LABEL = re.compile(rf"\d(?:{_SPACE}?\d){{7,8}}(?!\d)")


def has_bsn(text: str) -> bool:
    """Does a citizen service number stand in this text?"""
    return bool(_bsn_places(text))


def without_bsn(text: str) -> tuple[str, bool]:
    """The text with each BSN left out and said so, and whether there was one."""
    places = _bsn_places(text)
    for start, end in reversed(places):
        text = text[:start] + BSN_LEFT_OUT + text[end:]
    return text, bool(places)


def refuse_bsn(text: str) -> None:
    """For a typed field: a BSN is never kept."""
    if has_bsn(text):
        raise Refused(_("A BSN stands in this text. It may not be kept: take it out."))


def bsn_complaints(draft: object, without: Collection[str] = ()) -> dict[str, str]:
    """Every text of a draft in which a BSN stands, a field that came later too."""
    return {
        name: _("A BSN may not be stored. Leave it out.")
        for name, text in vars(draft).items()
        if isinstance(text, str) and name not in without and has_bsn(text)
    }


def read_agb(text: str) -> str | None:
    """An AGB code: eight digits, kept as text (spreadsheets lose its first 0). Empty is None."""
    digits = re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", text[:200]))
    digits = re.sub(r"^agb:?", "", digits, flags=re.IGNORECASE)
    if not digits:
        return None
    if not re.fullmatch(r"[0-9]{7,8}", digits):
        raise Refused(_("An AGB code has eight digits."))
    return digits.zfill(8)


def check_character(body: str) -> str:
    """ISO 7064 mod 37,36 over the letters and digits of a voucher number."""
    character: str = mod_37_36.calc_check_digit(_bare(body))
    return character


def with_check_character(body: str) -> str:
    """"DL-0123" -> "DL-0123-X"."""
    return f"{body}-{check_character(body)}"


def has_right_check_character(number: str) -> bool:
    """Is the last character the check character of what stands before it?"""
    bare = _bare(number)
    return len(bare) > 1 and bool(mod_37_36.is_valid(bare))


def _bare(number: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", number[:100]).upper())


def _bsn_places(text: str) -> list[tuple[int, int]]:
    """Labelled numbers, whatever their check, and loose ones that pass the eleven test and are no phone."""
    if not re.search(r"\d", text):
        return []
    labelled = [(number.start(), number.end()) for label in _LABEL.finditer(text)
                if (number := _AFTER_LABEL.match(text, label.end()))]
    taken = labelled + [(start, end) for start, end, _number in phone_places(text)]
    loose = [(match.start(), match.end()) for match in _NINE.finditer(text) if _is_loose_bsn(text, match)]
    return sorted(labelled + [place for place in loose if not _overlaps(place, taken)])


def _is_loose_bsn(text: str, match: re.Match[str]) -> bool:
    digits = "".join(str(unicodedata.digit(sign)) for sign in match[0] if sign.isdecimal())
    if len(digits) != 9 or not bsn.is_valid(digits):
        return False
    before = text[max(0, match.start() - 30):match.start()]
    return not is_dutch_mobile(digits) and not (_PHONE_LABEL.search(before) and _may_be_phone(digits))


def _may_be_phone(digits: str) -> bool:
    """Behind the word "telefoon": a number short of a digit, or one whose 0 was left out."""
    return digits.startswith("0") or bool(phone_places("0" + digits))


def _overlaps(place: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in others)
