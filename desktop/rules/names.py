"""Dutch names: taken apart, written, sorted, folded and sounded. Must not know records or Qt."""

import re
import unicodedata
from dataclasses import dataclass

from desktop.errors import Refused
from desktop.language import _

MEVROUW, DE_HEER, NEUTRAL = "mevrouw", "de heer", ""   # the codes of rules/codes.py
FOLDING_VERSION = 1   # higher: every search entry is made anew
LONGEST = 100         # characters in one name field

TUSSENVOEGSELS = frozenset((
    "à", "aan", "aen", "bij", "d'", "da", "dal", "dalla", "das", "de", "degli", "del", "della", "den", "der",
    "des", "di", "do", "dos", "du", "'s", "'t", "het", "in", "l'", "la", "las", "le", "les", "lo", "los",
    "onder", "op", "over", "te", "ten", "ter", "thoe", "toe", "tot", "uijt", "uit", "v.d.", "v/d", "vd",
    "van", "vande", "vanden", "vander", "vom", "von", "voor", "vor", "zu", "zum", "zur"))
# Belong to the surname, but nobody looks under them.
PREFIXES = frozenset(("el", "al", "ait", "aït", "ben", "bin", "ibn", "abu", "abou", "mac", "mc", "ó", "o'"))

_TITLES = {
    "mevrouw": MEVROUW, "mevr": MEVROUW, "mw": MEVROUW, "mvr": MEVROUW, "mrs": MEVROUW, "ms": MEVROUW,
    "vrouw": MEVROUW, "mej": MEVROUW, "v": MEVROUW, "f": MEVROUW,
    "meneer": DE_HEER, "mijnheer": DE_HEER, "de heer": DE_HEER, "heer": DE_HEER, "dhr": DE_HEER,
    "hr": DE_HEER, "mr": DE_HEER, "man": DE_HEER, "m": DE_HEER,
}
_SPOKEN_TITLES = _TITLES.keys() - {"v", "f", "m", "mr", "man"}
_LEARNED = frozenset(("dr", "drs", "ds", "prof", "ing", "ir", "mr", "msc", "bsc", "phd", "dokter", "arts",
                      "huisarts", "poh", "fam", "familie"))
_BEFORE_A_NAME = re.compile(
    r"^((?:(?:mevrouw|meneer|de heer|mevr|mw|dhr|hr)\b\.?\s*)?)"
    r"(?:(?:prof|drs?|ir|ing|ds|med)\.\s*|(?:prof|drs?|dokter)\s+)+(?=[^\s.])",
    re.IGNORECASE,
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "′": "'"})
_LETTERS = str.maketrans({
    "ł": "l", "đ": "d", "ð": "d", "ɖ": "d", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ħ": "h",
    "ŧ": "t", "ŋ": "n", "þ": "th", "ə": "e", "ƒ": "f", "ĸ": "k", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɨ": "i"})
_SYMBOLS_AS_SPACE = frozenset("`^´¨~¯¸")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,3}\.-?)+[^\W\d_]?\.?|[^\W\d_]")


@dataclass(frozen=True)
class Name:
    """A person's name in its parts; `form_of_address` is "mevrouw", "de heer" or empty."""

    form_of_address: str = NEUTRAL
    initials: str = ""
    first_name: str = ""
    tussenvoegsel: str = ""
    surname: str = ""
    birth_name: str = ""


# ---- writing

def full(name: Name) -> str:
    """Annie van der Meer-de Wit."""
    given = name.first_name or name.initials
    return f"{given} {_family(name)}".strip() if given else _capital(_family(name))


def formal(name: Name) -> str:
    """mw. A. van der Meer-de Wit."""
    title = {MEVROUW: "mw.", DE_HEER: "dhr."}.get(_form(name), "")
    given = name.initials or initials_of(name.first_name)
    family = _family(name) if given else _capital(_family(name))
    return " ".join(part for part in (title, given, family) if part)


def spoken(name: Name) -> str:
    """mevrouw Van der Meer-de Wit; without a known form of address the full name."""
    title = {MEVROUW: "mevrouw", DE_HEER: "meneer"}.get(_form(name), "")
    if not title or not name.surname:
        return full(name)
    return f"{title} {_capital(_family(name))}"


def untitled(text: str) -> str:
    """A name as it was written down, without "dr." or "dokter" before it."""
    return _BEFORE_A_NAME.sub(r"\1", " ".join(text.split()))


def initials_of(first_names: str) -> str:
    """Anna Maria -> A.M.; IJsbrand -> IJ."""
    return "".join(("IJ" if part[:2].lower() == "ij" else capitals(part[0])) + "."
                   for part in re.split(r"[ \-]+", first_names) if part[:1].isalpha())


def _form(name: Name) -> str:
    return _TITLES.get(name.form_of_address.strip(" .").lower(), NEUTRAL)


def _family(name: Name) -> str:
    joint = "" if name.tussenvoegsel.endswith("'") and name.tussenvoegsel not in ("", "'") else " "
    return f"{name.tussenvoegsel}{joint}{name.surname}".strip()


def _capital(text: str) -> str:
    """Van der Meer at the start of a name; 't Hart keeps its small t; ij becomes IJ."""
    if text[:2] in ("'t", "'s"):
        return text
    return "IJ" + text[2:] if text[:2] == "ij" else capitals(text[:1]) + text[1:]


def capitals(text: str) -> str:
    """In capitals as they are printed: Georgian is written without, and no typeface has them."""
    return "".join(sign if "\u10d0" <= sign <= "\u10ff" else sign.upper() for sign in text)


# ---- reading

def read_name(text: str, longest: int = LONGEST) -> str | None:
    """One part of a name as typed, spaces tidied. Empty is None."""
    tidy = " ".join(unicodedata.normalize("NFC", text[:100_000]).split())
    if len(tidy) > longest:
        raise Refused(_("A name has at most {longest} characters.").format(longest=longest))
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") for sign in tidy):
        raise Refused(_("This name has a character in it that cannot be kept."))
    return tidy or None


def split(text: str) -> Name:
    """A name as people write it, taken apart: "Mw. A. van der Meer-de Wit", "Celik, Fatma"."""
    tidy = " ".join(unicodedata.normalize("NFC", text[:400]).translate(_QUOTES).split())
    tidy = re.sub(r" ?[-‐‑–] ?", "-", tidy)
    form, tidy = _take_titles(tidy)
    called, tidy = _take_brackets(tidy)
    tidy, birth_name = _take_birth_name(tidy)
    family_first = re.fullmatch(r"([^,]+), ?([^,]+?)[ ,.;]*", tidy)
    if family_first:
        late_form, given = _take_titles(family_first[2])
        form = form or late_form
        initials, first, tussen, surname = _family_first(family_first[1], given)
    else:
        initials, first, tussen, surname = _given_first(tidy.strip(" ,;:-"), titled=bool(form))
    return Name(form, initials, called or first, tussen, surname, birth_name)


def _take_titles(text: str) -> tuple[str, str]:
    """Titles in front: which form of address they mean, and the rest."""
    forms: set[str] = set()
    while match := re.match(r"(de heer|[^\W\d_]+)(?:\.(?!\w)|(?=[ ,/])|$)[ ,./]*", text, re.IGNORECASE):
        word = match[1].lower()
        dotted_letter = len(word) == 1
        if word in _SPOKEN_TITLES and not dotted_letter:
            forms.add(_TITLES[word])
        elif word not in _LEARNED:
            break
        text = text[match.end():]
    return (forms.pop() if len(forms) == 1 else NEUTRAL), text


def _take_brackets(text: str) -> tuple[str, str]:
    """"A. (Annie) Smit" -> Annie; anything else in brackets is no part of the name."""
    called = ""
    for inside in re.findall(r"\(([^()]*)\)", text):
        if not called and re.fullmatch(r"[^\W\d_][\w'\-]+", inside) and inside.lower() not in _TITLES:
            called = inside
    return called, " ".join(re.sub(r"\([^()]*\)?", " ", text).split())


def _take_birth_name(text: str) -> tuple[str, str]:
    """"Jansen geb. de Wit" -> Jansen and de Wit; "de Wit e.v. Jansen" -> Jansen and de Wit."""
    if match := re.search(r",? (?:e\.? ?[/.]?v\.?|echtgenote van) (?=\w|')", text):
        before, after = text[:match.start()], text[match.end():]
        given = re.match(r"(?:(?:[^\W\d_]{1,3}\.)+ )?", before)
        start = given.end() if given else 0
        return before[:start] + after, before[start:].strip()
    if match := re.search(r",? (?:geb(?:oren)?\.?|née) (?=[^\d\W]|')", text):
        return text[:match.start()], text[match.end():].strip(" .,;")
    return text, ""


def _family_first(family: str, given: str) -> tuple[str, str, str, str]:
    words = given.split()
    end = len(words)
    while end > 1 and _is_tussenvoegsel(words[end - 1]):
        end -= 1
    tussen, surname = _take_tussenvoegsel(family.split())
    tussen = " ".join(words[end:]).lower() or tussen
    initials, rest = _take_initials(words[:end])
    return initials, _proper(" ".join(rest)), tussen, _proper(surname)


def _given_first(text: str, titled: bool) -> tuple[str, str, str, str]:
    words = text.split()
    initials, words = _take_initials(words)
    if not words:
        return initials, "", "", ""
    start = next((place for place, word in enumerate(words) if _starts_family(word, words[place + 1:])), None)
    if start is None:
        start = 0 if initials or len(words) == 1 else len(words) - 1
    first = _proper(" ".join(words[:start]))
    tussen, surname = _take_tussenvoegsel(words[start:])
    return initials, first, tussen, _proper(surname)


def _take_initials(words: list[str]) -> tuple[str, list[str]]:
    """Leading "A.", "J.P.", "Th.", "A M"; the last word left is never an initial."""
    count = 0
    while count < len(words) - 1 and _looks_initial(words[count]):
        count += 1
    if words and count == len(words) - 1 and re.fullmatch(r"(?:[^\W\d_]{1,3}\.)+", words[count]):
        count += 1
    signs = [sign for word in words[:count] for sign in re.split(r"[.\-]", word) if sign]
    return "".join(_capital(sign) + "." for sign in signs), words[count:]


def _looks_initial(word: str) -> bool:
    if word.lower() in TUSSENVOEGSELS or word.lower() in PREFIXES:
        return False
    return bool(_INITIALS.fullmatch(word))


def _is_tussenvoegsel(word: str) -> bool:
    return word.lower() in TUSSENVOEGSELS


def _starts_family(word: str, after: list[str]) -> bool:
    """Does the surname with its tussenvoegsels start here?"""
    if not after:
        return False
    low = word.lower()
    return low in TUSSENVOEGSELS or low in PREFIXES or _is_tussenvoegsel(low.rpartition("-")[2])


def _take_tussenvoegsel(words: list[str]) -> tuple[str, str]:
    count = 0
    while count < len(words) - 1 and _is_tussenvoegsel(words[count]):
        count += 1
    return " ".join(words[:count]).lower(), " ".join(words[count:])


def _proper(text: str) -> str:
    """A name typed without any capital gets one; anything else stays as typed."""
    if text != text.lower():
        return text
    return " ".join(word if _is_tussenvoegsel(word) else _capital(word) for word in text.split())


# ---- searching and sorting

def fold(text: str) -> str:
    """The one folding for storing and asking: no case, accents, hyphens, apostrophes; ij is y."""
    plain = text
    for _round in range(2):
        plain = unicodedata.normalize("NFKD", plain).casefold()
    letters = "".join(_plain_sign(sign) for sign in plain).translate(_LETTERS)
    return " ".join(letters.replace("ij", "y").split())


def _plain_sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in ("Mn", "Me", "Cf"):
        return ""
    return " " if kind[0] in "PZ" or kind == "Cc" or sign in _SYMBOLS_AS_SPACE else sign


def sort_key(name: Name) -> str:
    """Dutch order: surname without tussenvoegsel (nor El, Al), then given names, then the tussenvoegsel."""
    family = _without_leading(name.surname)
    given = name.first_name or name.initials
    return "  ".join((fold(family), fold(given), fold(name.tussenvoegsel))).strip()


def _without_leading(surname: str) -> str:
    words = re.sub(r"^(d|l)['’](?=\w)", "", surname.strip(), flags=re.IGNORECASE).split()
    while len(words) > 1 and (words[0].lower() in _UNHEARD or _is_tussenvoegsel(words[0])):
        words = words[1:]
    if words and re.match(r"(?:el|al)-\w", words[0], re.IGNORECASE):
        words[0] = words[0][3:]
    return " ".join(words)


_UNHEARD = frozenset({"el", "al"})
_FOLDED_SMALL = frozenset(word for entry in TUSSENVOEGSELS | _UNHEARD for word in fold(entry).split())

# One sound, one letter; applied in this order to each folded word.
_SOUNDS = tuple((re.compile(pattern), sound) for pattern, sound in (
    (r"sch", "s"), (r"sh", "s"), (r"ph", "f"), (r"th", "t"), (r"^ch(?=[rl])", "k"), (r"gh|ch", "g"),
    (r"ck|qu?|c(?![eiy])", "k"), (r"c", "s"), (r"x", "ks"), (r"t?z", "s"), (r"v", "f"), (r"dt", "t"),
    (r"^y(?=[aeou])", "j"),
    (r"([aou])\1?y", r"\1i"), (r"e[iy]", "y"), (r"au|ou", "ou"), (r"ouw", "ou"), (r"ae", "a"), (r"ue", "u"),
    (r"ie", "i"), (r"(?<=.)h", ""),
    (r"(.)\1+", r"\1"),
    (r"d$", "t"), (r"b$", "p"), (r"(?<=[a-z]{3}[nr])s$", ""),
))


def sound(text: str) -> str:
    """How a surname sounds in Dutch: Meijer, Meyer and Meier are one; word by word, tussenvoegsels left out.

    What is typed so far gives the beginning of the whole key: "Meer-de W" of "Meer-de Wit".
    """
    words = fold(text[:2 * LONGEST]).split()
    kept = [word for word in words if word not in _FOLDED_SMALL] or words[-1:]
    return " ".join(_word_sound(word) for word in kept)


def _word_sound(word: str) -> str:
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word
