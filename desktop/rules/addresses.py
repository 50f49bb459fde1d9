"""Addresses: postcode, street and number, and whether post arrives there. Must not know records, Qt or storage."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Protocol

from desktop.errors import Refused
from desktop.language import _
from desktop.rules.names import capitals, fold

NEVER_USED = ("SA", "SD", "SS")

_ADDITION = r"(?: ?[-/]? ?(?:[A-Za-z]{1,2}|bis|hs|huis|rood|zw|wit|boven|beneden|bv|to)\b\.?)?"
_EXTRA = r"(?: ?[-/] ?[0-9A-Za-z]{1,5})?"
_NUMBER = re.compile(rf"[0-9]{{1,5}}{_ADDITION}{_EXTRA}", re.IGNORECASE)
_ROOM = re.compile(
    r"(de |het |in )?(\w+ )?(kamer|spreekkamer|zaal|zaaltje|ruimte|lokaal|balie|etage|verdieping|begane grond|keuken|"
    r"tuin|hal|ingang|wachtkamer|room|floor)\b",
    re.IGNORECASE,
)
_DUTCH = re.compile(r"[1-9][0-9]{3} ?[A-Za-z]{2}")
_NO_HOME = re.compile(
    r"\b(zwerven\w*|zwerft|dakloo?s\w*|daklozen\w*|thuisloo?s\w*|thuislozen\w*|dak\W*(en|of|/)?\W*thuislo\w*"
    r"|(geen|zonder)\W+(vaste?|eigen|bekend)?\W*(woon|verblijf|adres|huis|onderdak|woning)\w*"
    r"|g\W?v\W?w\W?v|z\W?v\W?w\W?o?\W?v|vow|no fixed|homeless|op straat|in (de|zijn|haar) auto)\b"
)
_NOT_KNOWN = re.compile(
    r"^(zie|idem|als (hier)?boven|zelfde|hetzelfde|geen|niet|nog (te|niet|na|op)\w*|nvt|n v t|nnb|n n b|n b|volgt"
    r"|vragen|navragen|opvragen|onbekend|geheim|verhuisd|vertrokken|unknown|none"
    r"|(p a |c o )?bij (de |het |een |haar |zijn )?(nicht|neef|dochter|zoon|moeder|vader|zus|broer|vriend|vriendin"
    r"|buren|buurvrouw|buurman|familie|kennis|kennissen|ouders|partner|ex))\b"
    r"|\b(onbekend|niet bekend|niet doorgegeven|nog opvragen|adres volgt|geheim adres)\b|^(x+|\?+)$"
)
_BOX = re.compile(r"^(postbus|antwoordnummer|postfach|po box|p o box|boite postale|bp|postbox)\b")
COUNTRIES = {
    "b": "België", "be": "België", "belgie": "België", "belgium": "België", "d": "Duitsland", "de": "Duitsland",
    "duitsland": "Duitsland", "germany": "Duitsland", "deutschland": "Duitsland", "f": "Frankrijk", "fr": "Frankrijk",
    "l": "Luxemburg", "lu": "Luxemburg", "gb": "Verenigd Koninkrijk", "uk": "Verenigd Koninkrijk",
}  # fmt: skip
HOME = ("", "nl", "nederland", "the netherlands", "netherlands", "holland")
LONGEST_POSTCODE = 12
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
    country: str = ""

    def lines(self) -> tuple[str, ...]:
        """As on an envelope, empty lines left out; abroad the country comes last and no line is made Dutch."""
        if is_abroad(self):
            own = f"{self.street} {self.number}".strip()
            postcode = re.sub(r"^[A-Za-z]{1,3}-(?=[0-9])", "", self.postcode.strip())
            place = " ".join(part for part in (postcode, capitals(self.town.strip())) if part)
            return tuple(line for line in (own, place, capitals(tidy_country(self.country))) if line)
        rest = "" if _in_street_line(self) else self.postcode
        return tuple(line for line in (street_line(self), show_postcode_letter(rest, self.town)) if line)


def address_of(place: Placed) -> Address:
    """The address of a record, to print."""
    return Address(place.street, place.number, place.postcode, place.town, _country_of(place))


def is_abroad(place: Placed) -> bool:
    """Whether it lies in a country that was filled in and is not our own."""
    return fold(_country_of(place)) not in HOME


def tidy_country(text: str) -> str:
    """België for b, BE and belgie; nothing for our own country."""
    name = " ".join(text.split())
    if fold(name) in HOME:
        return ""
    return COUNTRIES.get(fold(name), name)


def _country_of(place: Placed) -> str:
    return str(getattr(place, "country", ""))


def street_line(place: Placed) -> str:
    """ "Beukenlaan 12 bis"; as long as the street is not known postcode and number tell it: "1501 AB 4"."""
    if _in_street_line(place):
        return f"{place.postcode} {place.number}".strip()
    return f"{place.street} {place.number}".strip() if place.street.strip() else ""


def place_lines(place: Placed) -> tuple[str, ...]:
    """Where to go, for a card or a list: street, then postcode and town; nothing is said twice."""
    rest = "" if _in_street_line(place) else place.postcode
    abroad = tidy_country(_country_of(place))
    return tuple(line for line in (street_line(place), f"{rest} {place.town}".strip(), abroad) if line)


def one_line(place: Placed) -> str:
    """ "Beukenlaan 12 bis, 5612 CD Dorpstad"; "1501 AB 4, Dorpstad"."""
    return ", ".join(place_lines(place))


def way_there(place: Placed) -> str:
    """ "Beukenlaan 12 bis, Dorpstad": for who finds the house without its postcode."""
    return ", ".join(part for part in (street_line(place), place.town.strip()) if part)


def has_address(place: Placed) -> bool:
    """Whether post may find somebody here: a house number with its postcode, or with its street and town."""
    street, postcode = place.street.strip(), place.postcode.strip()
    if _no_place(street) or not (_numbered(place) or (is_abroad(place) and street)):
        return False
    return bool((postcode and not is_abroad(place)) or (street and place.town.strip()))


def home_of(place: Placed) -> str:
    """Where to go for a talk at home; a town alone is nowhere to go to."""
    return way_there(place) if has_address(place) else ""


def why_no_post(place: Placed) -> str:
    """Why a paper with this address on it would not arrive, by what is wrong or missing; "" when it would."""
    parts = {"street": place.street.strip(), "number": place.number.strip(), "town": place.town.strip()}
    if not any((*parts.values(), place.postcode.strip())):
        return _("No address is known.")
    for text in parts.values():
        if _no_place(text):
            return _("“{text}” is no address.").format(text=text)
    if is_abroad(place):
        missing = [label for label, text in ((_("street"), parts["street"]), (_("town"), parts["town"])) if not text]
        return _missing(missing)
    if complaint := postcode_complaint(place.postcode):
        return complaint
    return _missing(_missing_here(place))


def no_post_to(name: str, place: Placed) -> str:
    """Whose address it is and what is wrong in it; "" when post arrives there."""
    why = why_no_post(place)
    return _("No post can go to {name}. {why}").format(name=name, why=why) if why else ""


def refuse_no_post(name: str, place: Placed) -> None:
    """Nothing is printed for a place where it would not arrive."""
    if why := no_post_to(name, place):
        raise Refused(why)


def _missing_here(place: Placed) -> list[str]:
    """What a Dutch address lacks; postcode and number without a street are enough for the post."""
    missing = []
    if not place.street.strip() and not (_numbered(place) and place.postcode.strip()):
        missing.append(_("street"))
    if not _numbered(place):
        missing.append(_("number of the box") if _is_box(place) else _("house number"))
    if not place.postcode.strip():
        missing.append(_("postcode"))
    if not place.town.strip() and (place.street.strip() or not _numbered(place)):
        missing.append(_("town"))
    return missing


def _missing(parts: list[str]) -> str:
    if not parts:
        return ""
    return _("Missing in the address: {parts}.").format(parts=", ".join(parts))


def _numbered(place: Placed) -> bool:
    """Whether there is a house number, also "Postbus 12" in one field."""
    return any(sign in "123456789" for sign in place.number + place.street)


def _is_box(place: Placed) -> bool:
    return bool(_BOX.match(_plain(place.street)))


def _no_place(text: str) -> bool:
    """Whether something was written that says there is no address, or that nobody knows it."""
    if not text:
        return False
    plain = _plain(text)
    return not any(sign.isalnum() for sign in plain) or bool(_NO_HOME.search(plain) or _NOT_KNOWN.search(plain))


def _plain(text: str) -> str:
    """Without accents and capitals, the signs between words made spaces."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(re.sub(r"[^\w?]+", " ", re.sub(r"[\u0300-\u036f]", "", letters)).split())


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


def read_any_postcode(text: str) -> str | None:
    """A Dutch postcode as it is written here; one of another country as typed, for the country may come after it."""
    typed = " ".join(unicodedata.normalize("NFKC", text[:200]).upper().split())
    if not typed:
        return None
    bare = re.sub(r"[\s.\-]", "", re.sub(r"^NL-?(?=[0-9])", "", typed))
    if re.fullmatch(r"[0-9]{4}[A-Z]{2}", bare):
        return read_postcode(typed)
    if len(typed) > LONGEST_POSTCODE or not re.search(r"[0-9]", typed) or re.search(r"[^0-9A-Z -]", typed):
        raise Refused(_("A postcode has four digits and two letters, like 5612 CD."))
    return typed


def is_foreign_postcode(word: str) -> bool:
    """Whether this can only be a postcode of another country: B-2000, 47533, D-47533; a bare 2000 may be unfinished."""
    return bool(re.fullmatch(r"[A-Za-z]{1,2}-[0-9]{4,5}|[0-9]{5}", word)) and not word.upper().startswith("NL")


def echo_postcode(postcode: str | None) -> str:
    """What is said under a postcode that is not Dutch."""
    if not postcode or is_dutch_postcode(postcode):
        return ""
    return _("No Dutch postcode: then the country belongs with it.")


def postcode_complaint(postcode: str, country: str = "") -> str:
    """Why this postcode cannot be in this country; "" when it can, or when there is none."""
    if not postcode.strip() or is_dutch_postcode(postcode) or fold(country) not in HOME:
        return ""
    return _("“{text}” is no Dutch postcode. Is it abroad, then fill in the country.").format(text=postcode.strip())


def is_dutch_postcode(postcode: str) -> bool:
    """Four digits and two letters."""
    return bool(_DUTCH.fullmatch(postcode.strip()))


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
    return "  ".join(part for part in (postcode.strip(), capitals(town.strip())) if part)


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
