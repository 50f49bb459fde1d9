"""The Dutch texts of a feedback letter: which one fits, what is wrong with one, and filling it. Must not know records.

A text is paragraphs under `# heading` lines, one a line, with {fields}. A paragraph with an empty field is left out; a
field nobody knows is refused when the text is read. There is no logic in a text: the facts fill just those fields
that hold.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache

from desktop.errors import Refused
from desktop.language import _
from desktop.paths import resource
from desktop.rules.letterfields import FIELDS, CoreFacts, fields_for, standing
from desktop.rules.letters_due import ENDINGS, NOT_STARTED, SIGNAL, UPDATE

RECEIPT, ENDED = "receipt", "ended"
NAMES = {  # under the subject of the letter
    "arrived": "Welzijn op Recept, bericht van ontvangst",
    "intake": "Welzijn op Recept, bericht na de intake",
    "progress": "Welzijn op Recept, bericht over de voortgang",
    UPDATE: "Welzijn op Recept, stand van zaken",
    "signal": "Welzijn op Recept, wij willen u iets laten weten",
    "closing": "Welzijn op Recept, afsluitend bericht",
    "declined": "Welzijn op Recept, afsluitend bericht",
    RECEIPT: "Welzijn op Recept, bericht van ontvangst",
    ENDED: "Welzijn op Recept, bericht van afsluiting",
}
FIELD = re.compile(r"\{([^{}\n]*)\}")
Core = tuple[tuple[str, str], ...]


def core_for(moment: str, facts: CoreFacts, may_tell: bool, texts: Callable[[str], str] | None = None) -> Core:
    """The four headings with their texts; without consent only a neutral letter: it came in, or it was closed.

    `texts` gives the text in use of a kind; left out, those that ship.
    """
    kind, values = values_for(moment, facts, may_tell)
    return fill((texts or text_of)(kind), values)


def values_for(moment: str, facts: CoreFacts, may_tell: bool) -> tuple[str, dict[str, str]]:
    """Which text fits a letter about this moment, and what fills it."""
    kind = _kind(moment, facts) if may_tell else neutral_kind(moment)
    return kind, fields_for(facts, kind)


def _kind(moment: str, facts: CoreFacts) -> str:
    """The text that fits where the case stands now, also when a letter about an earlier moment comes late."""
    begun = any(each.first_on for each in facts.joined)
    if moment == SIGNAL:
        return moment
    if moment == UPDATE and not facts.outcome:
        return "progress" if begun or facts.talked_on else "intake" if facts.intakes or standing(facts) else "arrived"
    if facts.outcome:
        return "declined" if facts.outcome in NOT_STARTED and not begun else "closing"
    return "intake" if moment == "arrived" and (facts.intakes or standing(facts)) else moment


def neutral_kind(moment: str) -> str:
    """The text of a letter about this moment when nothing may be told."""
    return ENDED if moment in ENDINGS else RECEIPT


def name_of(moment: str, may_tell: bool) -> str:
    """The kind of letter, as it stands under the subject."""
    return NAMES.get(moment if may_tell else neutral_kind(moment), NAMES["intake"])


@cache
def text_of(kind: str) -> str:
    """The text of a kind as it ships, read once and checked."""
    text = resource("letters", f"{kind}.txt").read_text("utf-8")
    check_text(text)
    return text


def check_text(text: str) -> None:
    """Refuse a text with a field nobody knows or without headings."""
    for name in FIELD.findall(text):
        if name not in FIELDS:
            raise Refused(_("The field {name} does not exist.").format(name="{" + name + "}"))
    if not any(line.startswith("# ") for line in text.splitlines()):
        raise Refused(_("A letter text needs its headings."))


def fill(text: str, values: Mapping[str, str]) -> Core:
    """The text with its fields filled in one go: what is filled in is never read as a field again."""
    return tuple((heading, " ".join(lines)) for heading, lines in lines_of(text, values))


def lines_of(text: str, values: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """The same, each paragraph by itself under its heading."""
    headings: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if _is_heading(line):
            headings.append((line[2:].strip(), []))
        elif line.strip() and headings and _holds(line, values):
            headings[-1][1].append(FIELD.sub(lambda found: values[found.group(1)], line.strip()))
    return headings


def headings_in(text: str) -> tuple[str, ...]:
    """The headings as they stand in the text."""
    return tuple(line[2:].strip() for line in text.splitlines() if _is_heading(line))


def paragraphs_in(text: str) -> tuple[int, ...]:
    """The numbers of the lines that are paragraphs, counted from 0."""
    return tuple(n for n, line in enumerate(text.splitlines()) if line.strip() and not _is_heading(line))


def left_out(text: str, values: Mapping[str, str]) -> tuple[int, ...]:
    """The numbers of the paragraphs that stay out of a letter with these facts: a field of theirs is empty."""
    lines = text.splitlines()
    return tuple(n for n in paragraphs_in(text) if not _holds(lines[n], values))


def _is_heading(line: str) -> bool:
    return line.startswith("# ")


def _holds(line: str, values: Mapping[str, str]) -> bool:
    return all(values.get(name) for name in FIELD.findall(line))
