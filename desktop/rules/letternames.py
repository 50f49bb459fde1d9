"""What a letter calls an activity: a neutral name by its theme, and what a name would give away. Must not know records.

A letter says that somebody goes to a group, never why: no name of the group itself, no loss, no debts, no illness.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.language import _
from desktop.rules.letterwords import odd_words
from desktop.rules.names import fold

ANY = "een activiteit in de wijk"  # letters are Dutch
GROUP, COURSE, DESK, DROP_IN = "een groep in de wijk", "een cursus in de wijk", "een spreekuur in de wijk", (
    "een inloop in de wijk"
)  # fmt: skip
EXERCISE, GAMES = "een beweeggroep in de wijk", "een spelgroep in de wijk"
BY_WORD: Mapping[str, str] = {
    r"maatje|\bbuddy": "een maatjesproject in de wijk",
    r"vrijwilligerswerk": "een plek voor vrijwilligerswerk",
    r"computer|\bdigi|tablet|smartphone|internet": "een computercursus in de wijk",
    r"football|voetbal|gymnas|valprev|in balans\b|fitness": EXERCISE,
    r"wandel|nordic|rollator|\bommetje|hardlo": "een wandelgroep in de wijk",
    r"fiets(?!herstel|repar)": "een fietsgroep in de wijk",
    r"\bdans|dance\b|\bzumba": "een dansgroep in de wijk",
    r"\bzwem|\baqua": "een zwemgroep in de wijk",
    r"\byoga|\btai ?chi|\bpilates|\bsport|\bfit|bewe(?:eg|gen|ging)": EXERCISE,
    r"koor\b|koren\b": "een koor in de wijk",
    r"\bzing(?!ev)|\bzang": "een zanggroep in de wijk",
    r"muziek|ukelele|gitaar|\bdrum|\bdjemb": "een muziekgroep in de wijk",
    r"\bkook|keuken|\bkoken\b|\bbakken\b": "een kookgroep in de wijk",
    r"\beten\b|\beettafel|maaltijd|\blunch|ontbijt|\bmenu\b|\bsoep|open tafel": "een eettafel in de wijk",
    r"\bbrei|\bhaken\b|\bhaak|handwerk|\bnaai|\bquilt": "een handwerkgroep in de wijk",
    r"\brepa[ir]|\bklus|hout(?:werk|bewerk)|timmer|fietsherstel": "een klusgroep in de wijk",
    r"creatie|schilder|\bteken|knutsel|keramiek|\bfoto|\bkunst": "een creatieve groep in de wijk",
    r"tuin": "een tuingroep in de wijk",
    r"natuur|\bvogel": "een natuurgroep in de wijk",
    r"\bbingo|jeu de boules|koersbal|\bbowl|\bsjoel|biljart": GAMES,
    r"spel(?:letjes|middag|avond|len|en)\b|\bkaarten\b|klaverjas|\bbridge|\bschaak|\bschaken": GAMES,
    r"\bboek|\blees(?:club|groep|kring)|\blezen\b|verhalen": "een leesgroep in de wijk",
    r"\btaal|\bnederlands": "een taalgroep in de wijk",
    r"koffie|\bthee\b|inloop|\bcaf[eé]|caf[eé]\b|\bsalon|ontmoet|gezellig|praatje|huiskamer|buurtkamer": DROP_IN,
    r"spreekuur|\bgeld|formulier|schuld|administratie|belasting": DESK,
    r"cursus|workshop|training|\blessen\b|\bles\b|\bleren\b": COURSE,
    r"groep|lotgenoten|\bweduw|\bkring\b|\bclub|rouw|mantelzorg": GROUP,
}  # fmt: skip
"""By what stands in the title, what somebody does there before how it is held."""
BY_THEME: Mapping[str, str] = {
    "exercise": EXERCISE,
    "food": "een eettafel in de wijk",
    "creative": "een creatieve groep in de wijk",
    "music": "een muziekgroep in de wijk",
    "nature": "een natuurgroep in de wijk",
    "digital": "een computercursus in de wijk",
    "learning": COURSE,
    "volunteering": "een plek voor vrijwilligerswerk",
    "meeting": DROP_IN,
    "money": DESK,
    "grief": GROUP,
    "carers": GROUP,
    "lifestyle": GROUP,
    "relaxing": GROUP,
}
TELLING = (
    *("rouw", "verlies", "nabestaand", "overled", "weduw", "schuld", "geldzorg", "armoede", "eenza", "mantelzorg"),
    *("alcohol", "drugs", "drank", "roken", "rookvrij", "afvallen", "overgewicht", "geheugen", "ggz", "angst"),
    *("paniek", "somber", "stress", "trauma", "scheiding", "gescheiden", "geweld", "misbruik", "lotgenoten"),
    *("zelfhulp", "patient", "herstelgroep", "herstelacademie", "psych", "depri", "hersenletsel", "kwetsba", "ziek"),
)  # fmt: skip
"""How words begin that say why somebody goes somewhere, besides what the letters' own check knows."""
FIELD = "letter_name_"
_ARTICLE = re.compile(r"^(?:een|de|het|'t)\s+", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:in|op|bij|te|aan)\s+(?:(?:de|het|den|'t)\s+)?\S+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class LetterNamesDraft:
    """What letters call several activities, each by its field; one left empty is asked again."""

    names: tuple[tuple[str, str], ...] = ()
    sure: bool = False

    def by_activity(self) -> dict[int, str]:
        """The names that were given, by activity."""
        given = ((field, " ".join(name.split())) for field, name in self.names)
        return {int(field.removeprefix(FIELD)): name for field, name in given if name}


def field_for(activity_id: int) -> str:
    """What the form calls the name of this activity."""
    return f"{FIELD}{activity_id}"


def proposed(title: str, themes: Iterable[str] = ()) -> str:
    """The neutral name for letters by what the activity is: its title first, then its themes."""
    folded = " ".join(title.casefold().split())
    by_word = next((name for words, name in BY_WORD.items() if re.search(words, folded)), "")
    told = set(themes)
    return by_word or next((name for theme, name in BY_THEME.items() if theme in told), ANY)


def gives_away(name: str, title: str) -> str:
    """What to ask about a name for letters: it is the group's own, or says why somebody goes there; "" for none."""
    if not name.strip() or fold(name) == fold(proposed(title)):
        return ""
    if _is_own(name, title):
        return _("This is the name of the group itself. A letter needs a neutral one. Is it meant?")
    words = re.sub(r"[^\w]+", " ", fold(name)).split()
    if found := next((word for word in words if word.startswith(TELLING) or "rouw" in word), ""):
        return _("“{word}” says why somebody goes there. A letter tells no reasons. Is it meant?").format(word=found)
    if found := _own_word(name, title):
        return _("“{word}” is of the name of the group itself. A letter needs a neutral one. Is it meant?").format(
            word=found
        )
    return ""


def asked_of_name(name: str, title: str) -> str:
    """Everything there is to ask about a name for letters, with what is asked of every word on paper."""
    return " ".join(filter(None, (gives_away(name, title), odd_words(name, None))))


def in_a_letter(name: str) -> str:
    """How it reads, always Dutch: to see whether the name stands well in a sentence."""
    return f"Mevrouw gaat naar {name.strip().rstrip('.')}." if name.strip() else ""


def _is_own(name: str, title: str) -> bool:
    """The title, with an article or without; a single plain word is what the thing is called: een koor."""
    bare, own = fold(_ARTICLE.sub("", name.strip())), fold(_ARTICLE.sub("", title.strip()))
    if fold(name) == fold(title):
        return True
    return len(own.split()) > 1 and f" {own} " in f" {bare} "


def _own_word(name: str, title: str) -> str:
    """A proper name of the title that stands in the name for letters, unless it says where that is."""
    proper = {fold(word) for word in re.findall(r"[^\W\d_]{4,}", title)[1:] if word[:1].isupper()}
    found = re.findall(r"[^\W\d_]{4,}", _PLACED.sub(" ", name))
    return next((word for word in found if word[:1].isupper() and fold(word) in proper), "")
