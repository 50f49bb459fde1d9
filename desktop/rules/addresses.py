"""Dutch addresses: postcode, street and house number. Must not know people's records, Qt or storage."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Protocol

from desktop.errors import Refused
from desktop.language import _

NEVER_USED = ("SA", "SD", "SS")

_ADDITION = r"(?: ?[-/]? ?(?:[A-Za-z]{1,2}|bis|hs|huis|rood|zw|wit|boven|beneden|bv|to)\b\.?)?"
_EXTRA = r"(?: ?[-/] ?[0-9A-Za-z]{1,5})?"
_NUMBER = re.compile(rf"[0-9]{{1,5}}{_ADDITION}{_EXTRA}", re.IGNORECASE)
_ROOM = re.compile(
    r"(de |het |in )?(\w+ )?(kamer|spreekkamer|zaal|zaaltje|ruimte|lokaal|balie|etage|verdieping|begane grond|keuken|"
    r"tuin|hal|ingang|wachtkamer|room|floor)\b",
    re.IGNORECASE,
)
_POSTCODE_IN_TEXT = re.compile(r"(?<![\w-])([1-9][0-9]{3})[ \u00a0]{0,2}([A-Za-z]{2})(?![\w])")


class Placed(Protocol):
    """Whatever stands somewhere: a person, a practice, a place of the catalogue, our own house."""

    @property
    def street(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def postcode(self) -> str: ...
    @property
    def town(self) -> str: ...


@dataclass(frozen=True)
class Address:
    """Where someone lives or something stands."""

    street: str = ""
    number: str = ""
    postcode: str = ""
    town: str = ""

    def lines(self) -> tuple[str, ...]:
        """As on an envelope, empty lines left out."""
        rest = "" if _in_street_line(self) else self.postcode
        return tuple(line for line in (street_line(self), show_postcode_letter(rest, self.town)) if line)


def street_line(place: Placed) -> str:
    """ "Beukenlaan 12 bis"; as long as the street is not known postcode and number tell it: "1501 AB 4"."""
    if _in_street_line(place):
        return f"{place.postcode} {place.number}".strip()
    return f"{place.street} {place.number}".strip() if place.street.strip() else ""


def place_lines(place: Placed) -> tuple[str, ...]:
    """Where to go, for a card or a list: street, then postcode and town; nothing is said twice."""
    rest = "" if _in_street_line(place) else place.postcode
    return tuple(line for line in (street_line(place), f"{rest} {place.town}".strip()) if line)


def one_line(place: Placed) -> str:
    """ "Beukenlaan 12 bis, 5612 CD Dorpstad"; "1501 AB 4, Dorpstad"."""
    return ", ".join(place_lines(place))


def way_there(place: Placed) -> str:
    """ "Beukenlaan 12 bis, Dorpstad": for who finds the house without its postcode."""
    return ", ".join(part for part in (street_line(place), place.town.strip()) if part)


def has_address(place: Placed) -> bool:
    """Whether it is enough for post to arrive: a house number with its postcode, or with its street and town."""
    street, postcode = place.street.strip(), place.postcode.strip()
    numbered = bool(place.number.strip()) or any(sign.isdigit() for sign in street)  # "Postbus 12" in one field
    return numbered and bool(postcode or (street and place.town.strip()))


def _in_street_line(place: Placed) -> bool:
    return bool(not place.street.strip() and place.number.strip() and place.postcode.strip())


def is_room(text: str) -> bool:
    """ "kamer 3", "de grote zaal": a place inside a house, which says nothing without the house."""
    return bool(_ROOM.match(text.strip()))


def read_postcode(text: str) -> str | None:
    """5612CD, 5612 cd, NL-5612 CD -> "5612 CD". Empty is None."""
    tidy = re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", text[:200])).upper()
    if not tidy:
        return None
    tidy = re.sub(r"^NL(?=[0-9])", "", tidy)
    match = re.fullmatch(r"([0-9]{4})([A-Z]{2})", tidy)
    if not match:
        raise Refused(_("A postcode has four digits and two letters, like 5612 CD."))
    if match[1].startswith("0"):
        raise Refused(_("This postcode cannot be: no Dutch postcode starts with a 0."))
    if match[2] in NEVER_USED:
        raise Refused(_("This postcode cannot be: the letters {letters} are not used.")
                      .format(letters=match[2]))
    return f"{match[1]} {match[2]}"


def find_postcode(text: str) -> tuple[int, int, str] | None:
    """The first postcode in a text: start, end, "5612 CD"."""
    for match in _POSTCODE_IN_TEXT.finditer(text):
        # "1951 is" is no postcode: small letters count only when glued to the digits.
        if match[2].upper() in NEVER_USED or (match[2] != match[2].upper() and " " in match[0]):
            continue
        return match.start(), match.end(), f"{match[1]} {match[2].upper()}"
    return None


def show_postcode_letter(postcode: str, town: str) -> str:
    """The last address line of a letter: two spaces, town in capitals."""
    return "  ".join(part for part in (postcode.strip(), town.strip().upper()) if part)


def split_street(text: str) -> tuple[str, str]:
    """"Beukenlaan 12 bis" -> ("Beukenlaan", "12 bis"); without a number the second part is empty."""
    tidy = " ".join(text[:300].split()).strip(" ,;")
    for gap in re.finditer(r"(?<=[^ ,])[ ,]+(?:nr\.? ?)?(?=[0-9])", tidy, re.IGNORECASE):
        if _NUMBER.fullmatch(tidy, gap.end()):
            return tidy[:gap.start()], tidy[gap.end():]
    return tidy, ""


def tidy_town(text: str) -> str:
    """DORPSTAD -> Dorpstad; anything not all in capitals stays as it is."""
    town = " ".join(text.split()).strip(" ,;()")
    if not town.isupper() or len(town) < 3:
        return town
    words = [word.capitalize() for word in re.split(r"([\s-])", town.lower())]
    return re.sub(r"^'S(?=-)", "'s", re.sub(r"\bIj", "IJ", "".join(words)))
