"""What a typed text in a letter may say only when it is meant: diagnoses, medicines, others, days gone by.

One check for every door through which words come into a letter. It asks and never refuses: sometimes it is meant.
Must not know forms or records.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from desktop.language import _
from desktop.rules.dates import DAYS, is_working_day
from desktop.rules.letterpromise import days_in, promise_in
from desktop.rules.names import fold

KIN = (
    *("zoon", "zonen", "zoons", "dochter", "dochters", "man", "vrouw", "partner", "echtgenoot", "echtgenote", "ex"),
    *("vader", "moeder", "ouders", "broer", "broers", "zus", "zussen", "zusje", "buurman", "buurvrouw", "buren"),
    *("vriend", "vriendin", "vrienden", "vriendinnen", "kind", "kinderen", "kleinzoon", "kleindochter", "kleinkind"),
    *("kleinkinderen", "oma", "opa", "oom", "tante", "neef", "nicht", "schoonzoon", "schoondochter", "schoonmoeder"),
    *("schoonvader", "schoonouders", "schoonzus", "zwager", "stiefzoon", "stiefdochter", "stiefvader", "stiefmoeder"),
    *("huisgenoot", "verloofde", "familie", "familielid", "gezin", "exman", "exvrouw"),
)  # fmt: skip
"""Words that speak of somebody else; Dutch, as the letter is."""
DIAGNOSES = (
    *("depress", "dement", "alzheimer", "adhd", "autis", "borderline", "psychos", "psychot", "psychiatr", "bipola"),
    *("schizo", "ptss", "posttraumat", "verslaafd", "verslav", "alcoholi", "anorex", "boulim", "burnout", "burn out"),
    *("kanker", "tumor", "diabet", "suikerziekte", "parkinson", "copd", "astma", "reuma", "artrose", "fibromyalg"),
    *("epilep", "beroerte", "herseninfarct", "hersenbloed", "hartinfarct", "hartfal", "hiv ", "stoornis", "fobie"),
    *("delier", "obesitas", "hernia", "migraine", "diagnos", "persoonlijkheidsst", "longziek", "nierziek"),
)  # fmt: skip
"""How words begin with which somebody says what a person has, not what was seen."""
INSIDE = ("stoornis", "verslav", "verslaafd", "kanker", "ziekte van")
"""Those that also stand at the end of a longer word: angststoornis, gokverslaving, borstkanker."""
MEDICINES = (
    *("medicijn", "medicat", "medicament", "antidepress", "antipsych", "slaapmiddel", "slaappil", "pijnstill"),
    *("kalmeringsmiddel", "kalmeringspil", "tabletten", "oxazepam", "temazepam", "diazepam", "lorazepam", "sertraline"),
    *("citalopram", "escitalopram", "fluoxetine", "paroxetine", "venlafaxine", "mirtazapine", "amitriptyline"),
    *("nortriptyline", "lithium", "quetiapine", "olanzapine", "risperidon", "haldol", "haloperidol", "ritalin"),
    *("methylfenidaat", "concerta", "insuline", "metformine", "prednison", "oxycod", "morfine", "tramadol", "methadon"),
    *("paracetamol", "ibuprofen", "naproxen", "omeprazol", "seroxat", "prozac", "zoloft", "pillen", "slikt"),
)  # fmt: skip
"""How words begin that name what somebody takes."""
ASKS = re.compile(r"\bwilt? u\b|\bvertel\b", re.IGNORECASE)
_DOSE = re.compile(r"\b\d+ ?(?:mg|milligram)\b", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b({'|'.join(DAYS)})\s+$", re.IGNORECASE)
_PROMISED = re.compile(
    r"\b(?:uiterlijk|rond|omstreeks|binnenkort)\b[^.;!?]{0,24}$|\b(?:vóór|voor)\s+(?:\w+dag\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True)
class Odd:
    """A word that is asked about, and the question."""

    word: str
    asked: str


def odd_words(text: str, today: date | None, reasons: Iterable[str] = (), *, next_word: bool = False) -> str:
    """What to ask the writer about, each with the word it is about; "" when there is nothing.

    `next_word` is for the text that promises the next letter. Without a day to look from, days are left alone.
    """
    return asked_about(odd_in(text, today, reasons, next_word=next_word))


def odd_in(
    text: str, today: date | None, reasons: Iterable[str] = (), *, next_word: bool = False
) -> tuple[Odd, ...]:
    """The same, word by word."""
    found = [*_about_health(text), *_about_others(text, reasons)]
    if today is not None:
        found += [*_days(text, today), *(_promise(text, today) if next_word else ())]
    return tuple(found)


def odd_in_a_name(text: str) -> tuple[Odd, ...]:
    """What to ask about a name, an address or a note for a colleague: somebody may be called De Vriend."""
    return tuple(_about_health(text))


def asked_about(found: Iterable[Odd]) -> str:
    """Every question in one line."""
    return " ".join(each.asked for each in found)


def new_sentences(text: str, before: str) -> str:
    """Only what was not there yet: what stood in a letter already is not asked about again."""
    stood = {each.strip() for each in _sentences(before)}
    return " ".join(each for each in _sentences(text) if each.strip() not in stood)


def asks_something(text: str) -> bool:
    """Whether a text asks the practice to do something."""
    return "?" in text or ASKS.search(text) is not None


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", " ".join(text.split()))


def _about_health(text: str) -> Iterator[Odd]:
    words = _words(text)
    if found := _beginning(words, DIAGNOSES) or next((each for each in words if each.endswith(INSIDE)), ""):
        yield _odd(found, _("“{word}” sounds like a diagnosis. Write what you saw or heard. Is it meant?"))
    if found := _beginning(words, MEDICINES) or (dose.group() if (dose := _DOSE.search(text)) else ""):
        yield _odd(found, _("“{word}” is about medicines. A letter tells nothing about those. Is it meant?"))


def _about_others(text: str, reasons: Iterable[str]) -> Iterator[Odd]:
    words = _words(text)
    if found := next((each for each in words if each in KIN), ""):
        yield _odd(found, _("“{word}” may be about somebody else. A letter tells nothing about others. Is it meant?"))
    padded = f" {' '.join(words)}"
    if found := next((each for each in reasons if f" {' '.join(fold(each).split())}" in padded), ""):
        yield _odd(found, _("This names the reason “{word}”. A letter tells no reasons. Is it meant?"))


def _words(text: str) -> list[str]:
    return re.sub(r"[^\w]+", " ", fold(text)).split()


def _odd(word: str, asked: str) -> Odd:
    return Odd(word, asked.format(word=word))


def _beginning(words: list[str], stems: Iterable[str]) -> str:
    """The first word that begins so; two words that are written apart count as one."""
    padded = f" {' '.join(words)} "
    for stem in stems:
        if (at := padded.find(f" {stem}")) >= 0:
            return padded[at + 1 :].split(" ")[0] if " " not in stem.strip() else stem
    return ""


def _days(text: str, today: date) -> Iterator[Odd]:
    """Days that do not exist, that are another day of the week, or that are promised and gone by."""
    plain = " ".join(text.split())
    for day in days_in(plain, today):
        if day.on is None:
            yield _odd(day.words, _("“{word}” does not exist. Is it meant?"))
        elif (named := _WEEKDAY.search(plain.partition(day.words)[0])) and named[1].lower() != DAYS[day.on.weekday()]:
            yield _odd(f"{named[1]} {day.words}", _("“{word}” is another day of the week. Is it meant?"))
        elif day.on < today and _PROMISED.search(plain.partition(day.words)[0]):
            yield _odd(day.words, _("“{word}” is over already. Is it meant?"))


def _promise(text: str, today: date) -> Iterator[Odd]:
    """A day that nobody can keep any more, or on which nobody is here."""
    on = promise_in(text, today).on
    if on is None:
        return
    named = next(day.words for day in days_in(text, today, ahead=True) if day.on == on)
    if on <= today and not any(_days(text, today)):
        yield _odd(named, _("“{word}” is not a day to come. Is it meant?"))
    elif on > today and not is_working_day(on):
        yield _odd(named, _("On “{word}” the office is closed. Is it meant?"))
