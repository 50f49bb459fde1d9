"""Dutch is complete, English is complete, and each text stands in one place."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from desktop.language import _, ngettext, set_language
from desktop.paths import resource
from tests.translations import shown_texts, untranslated, unused

HOUSE = Path(__file__).parent.parent
FIELD = re.compile(r"{\w*}")
DUTCH = re.compile(
    r"\b(?:de|het|een|niet|geen|voor|naar|wordt|worden|zijn|deze|ook|nog|maar|hier|moet|kan|staat|opslaan|sluiten|"
    r"verder|terug|zoeken|nieuwe|geboortedatum|achternaam|voornaam|straat|postcode en|telefoonnummer|huisarts|"
    r"verwijzer|deelnemers?|wijk|praktijk|afspraak|brieven|instellingen|toestemming|zorgen|bellen)\b",
    re.IGNORECASE,
)
NAMES_IN_DUTCH = ("Te doen", "maatje", "de heer", "Welzijn op Recept", "Wijkrecept", "van", "Meldcode")
NEVER_SAID = re.compile(r"\b(?:opvolging|plaatsing|uitkomst|over tijd|parkeren)\b", re.IGNORECASE)
WEEKDAY = re.compile(r"(?:maan|dins|woens|donder|vrij|zater|zon)dag")
SHOWING = {
    "label", "title", "button", "card", "pill", "setText", "setPlaceholderText", "setAccessibleName", "setWindowTitle",
    "setToolTip", "Text", "Choice", "Switch", "Chips", "Check", "Heading", "Card", "Step", "Column", "Filter", "Answer",
    "Refused", "Doubtful", "StorageProblem", "say", "trouble",
}  # fmt: skip
LOOKS_SHOWN = re.compile(r"^[A-Z][a-z].* |^[A-Z][a-z]{3,}$|\w \w")
NOT_TEXT = re.compile(r"^(Ctrl|Alt|Shift|Esc|F\d|Del)|^[\w.]+$(?<![A-Z])|:")


@cache
def catalogues() -> dict[str, tuple[Message, ...]]:
    found = {}
    for path in sorted(resource("translations", "nl").glob("*.po")):
        with path.open("rb") as file:
            found[path.name] = tuple(message for message in read_po(file, locale="nl") if message.id)
    return found


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def every_message() -> list[tuple[str, Message]]:
    return [(name, message) for name, messages in catalogues().items() for message in messages]


def test_every_text_has_dutch() -> None:
    assert untranslated() == []


def test_no_dutch_is_kept_for_texts_that_are_gone() -> None:
    assert unused() == []


def test_each_text_stands_in_one_catalogue() -> None:
    places = defaultdict(list)
    for name, message in every_message():
        for form in forms(message.id)[:1]:
            places[form].append(name)
    assert {text: names for text, names in places.items() if len(names) > 1} == {}


def test_dutch_has_the_fields_of_the_english() -> None:
    wrong = []
    for name, message in every_message():
        english = {found for form in forms(message.id) for found in FIELD.findall(form)}
        for form in forms(message.string):
            dutch = set(FIELD.findall(form))
            if not dutch <= english or (len(forms(message.id)) == 1 and dutch != english):
                wrong.append(f"{name}: {form}")
    assert wrong == []


def test_nothing_waits_for_a_second_look() -> None:
    assert [f"{name}: {message.id}" for name, message in every_message() if message.fuzzy] == []


def test_english_has_no_dutch_left_in_it() -> None:
    left = []
    for text, place in shown_texts().items():
        for form in forms(text):
            plain = form
            for name in NAMES_IN_DUTCH:
                plain = plain.replace(name, "")
            if DUTCH.search(plain):
                left.append(f"{place}: {form}")
    assert left == []


def test_dutch_says_nothing_the_field_does_not_say() -> None:
    """PRODUCT's words; the outcome belongs to the closing letter, which is written in Dutch elsewhere."""
    assert [f"{name}: {form}" for name, message in every_message() for form in forms(message.string)
            if NEVER_SAID.search(form)] == []  # fmt: skip


def test_dutch_of_the_screens_speaks_with_je() -> None:
    formal = re.compile(r"\b(?:u|uw)\b(?!\))", re.IGNORECASE)
    screens = [
        (name, form) for name, message in every_message() for form in forms(message.string) if name != "paper.po"
    ]
    assert [f"{name}: {form}" for name, form in screens if formal.search(form)] == []


def test_sentences_end_alike_in_both_languages() -> None:
    wrong = []
    for name, message in every_message():
        english, dutch = forms(message.id)[0].rstrip(), forms(message.string)[0].rstrip()
        if english[-1:] in ".?!" and dutch[-1:] not in ".?!":
            wrong.append(f"{name}: {dutch}")
        if dutch[:1].islower() and english[:1].isupper() and not WEEKDAY.match(dutch):
            wrong.append(f"{name}: {dutch}")
    assert wrong == []


@pytest.mark.parametrize("path", sorted((HOUSE / "desktop").rglob("*.py")), ids=lambda path: path.stem)
def test_texts_are_marked_where_they_are_shown(path: Path) -> None:
    """A text handed to a part that shows it goes through `_`; what is marked is a text, not a sum of pieces."""
    wrong = []
    tree = ast.parse(path.read_text("utf-8"))
    inside = {id(below) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for below in ast.walk(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in ("_", "N_", "ngettext") and any(
            isinstance(each, (ast.JoinedStr, ast.BinOp)) for each in node.args[:2]
        ):
            wrong.append(f"line {node.lineno}: {ast.unparse(node)}")
        if name in ("_", "ngettext") and id(node) in inside and isinstance(node.args[0], ast.Constant):
            wrong.append(f"line {node.lineno}: not found by the collector of texts: {ast.unparse(node)}")
        if name in SHOWING and "screens" in path.parts:
            shown = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            wrong += [
                f"line {node.lineno}: {text}"
                for text in shown
                if LOOKS_SHOWN.search(text) and not NOT_TEXT.search(text)
            ]
    assert wrong == []


def test_english_shows_the_texts_as_they_are() -> None:
    set_language("en")
    assert _("Save") == "Save"
    assert ngettext("{n} row", "{n} rows", 2) == "{n} rows"
    set_language("nl")
    assert _("Save") == "Opslaan"
    assert ngettext("{n} row", "{n} rows", 2).format(n=2) == "2 regels"
