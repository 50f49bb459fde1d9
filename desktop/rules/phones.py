"""Telephone numbers: read as people type them, kept as E.164, shown the Dutch way. Must not know Qt."""

import re
import unicodedata

from desktop.errors import Refused
from desktop.language import _, ngettext

_LENGTH = 9       # digits of a Dutch number after the 0
_LONGEST = 60     # characters; no number is longer
_GAP = r"[ \u00a0\u2009\u202f.\-/()‐‑–]"
# Digits with at most three separators between; starts like a number, not inside a word or longer number.
_CANDIDATE = re.compile(
    rf"(?<![\w+])(?<!\d[.\-/])(?:\+|\(?(?=0)|(?=6))\d(?:{_GAP}{{0,3}}\d){{7,15}}(?!\w)")


def read_phone(text: str) -> str | None:
    """A number as typed, in E.164 ("+31687654321"). Empty is None."""
    tidy = unicodedata.normalize("NFKC", text[:1000]).strip()
    if not tidy:
        return None
    if len(tidy) > _LONGEST or not re.fullmatch(r"[+0-9 .\-/()‐‑–—]+", tidy):
        raise Refused(_("Only digits, spaces and a + can stand in a phone number."))
    digits = re.sub(r"[^0-9]", "", tidy)
    if not digits:
        raise Refused(_("This is not a phone number."))
    return _parse(tidy) or _refuse(tidy, digits)


def show_phone(e164: str | None) -> str:
    """06 8765 4321, 040 200 1234, +49 30 123456."""
    if not e164:
        return ""
    if re.fullmatch(r"\+316[0-9]{8}", e164):
        return f"06 {e164[4:8]} {e164[8:]}"
    import phonenumbers as library  # 25 ms: not at the start of the program
    try:
        number = library.parse(e164, "NL")
    except library.NumberParseException:
        return e164
    dutch = number.country_code == 31
    shape = library.PhoneNumberFormat.NATIONAL if dutch else library.PhoneNumberFormat.INTERNATIONAL
    return library.format_number(number, shape)


def find_phones(text: str) -> list[str]:
    """Every phone number in a text, in order, each once."""
    return list(dict.fromkeys(number for _start, _end, number in phone_places(text)))


def phone_places(text: str) -> list[tuple[int, int, str]]:
    """Where in a text phone numbers stand: start, end, E.164."""
    places = []
    for match in _CANDIDATE.finditer(text):
        found = _longest_number(match[0])
        if found:
            length, number = found
            places.append((match.start(), match.start() + length, number))
    return places


def is_dutch_mobile(digits: str) -> bool:
    """Nine digits from a 6 on: a mobile number whose 0 was left out."""
    return bool(re.fullmatch(r"6[0-9]{8}", digits)) and _parse("0" + digits) is not None


def _longest_number(candidate: str) -> tuple[int, str] | None:
    """The candidate, or the start of it when other digits follow: "040-2001234 2026"."""
    if re.match(r"\D*0\D*0\D*0", candidate):     # no country's code starts with a 0
        return None
    ends = [match.end() for match in re.finditer(r"\d(?!\d)", candidate)]
    for end in reversed(ends):
        number = _parse(unicodedata.normalize("NFKC", candidate[:end]))
        if number:
            return end, number
    return None


def _parse(text: str) -> str | None:
    import phonenumbers as library
    try:
        number = library.parse(text, "NL")
    except library.NumberParseException:
        return None
    if not library.is_valid_number(number):
        return None
    if number.country_code == 31 and not text.lstrip("( ").startswith(("+", "0")) and not _bare(text):
        return None
    return library.format_number(number, library.PhoneNumberFormat.E164)


def _bare(text: str) -> bool:
    """Without 0 or +: only a mobile number, one with 31 in front, or 14 040 can be meant."""
    return bool(re.fullmatch(r"6[0-9]{8}|31[1-9][0-9]{8}|14[0-9]{3,4}", re.sub(r"[^0-9]", "", text)))


def _refuse(text: str, digits: str) -> str:
    """Says what is wrong with a number that cannot be."""
    national = _after_zero(text, digits)
    if national is None:
        if len(digits) in (6, 7) and not text.startswith(("+", "0")):
            raise Refused(_("The area code is missing, for example 040."))
        raise Refused(_("This phone number cannot be right. A Dutch number starts with 0."))
    short = _LENGTH - len(national)
    if short > 0:
        raise Refused(ngettext("This number is short of a digit.", "This number is short of {n} digits.",
                               short).format(n=short))
    if short < 0:
        raise Refused(ngettext("This number has a digit too many.", "This number has {n} digits too many.",
                               -short).format(n=-short))
    raise Refused(_("This phone number does not exist."))


def _after_zero(text: str, digits: str) -> str | None:
    """The digits after the 0 or +31; None when the number is not written as a Dutch one."""
    if digits.startswith("0031") or (text.startswith("+") and digits.startswith("31")):
        rest = digits.removeprefix("00")[2:]
        return rest.removeprefix("0")
    if text.startswith("+") or digits.startswith("00"):
        return None
    if digits.startswith("0"):
        return digits[1:]
    return digits if digits.startswith("6") and 8 <= len(digits) <= 10 else None
