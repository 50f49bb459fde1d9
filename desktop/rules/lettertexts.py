"""The Dutch texts of a feedback letter: which one fits, what is wrong with one, and filling it. Must not know records.

A text is paragraphs under `# heading` lines, one a line, with {fields}. A paragraph with an empty field is left out; a
field nobody knows is refused when the text is read. There is no logic in a text: the facts fill just those fields
that hold.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from desktop.errors import Refused
from desktop.language import _, current
from desktop.paths import resource
from desktop.rules.dates import show_long
from desktop.rules.letterfacts import CoreFacts, has_met, why_stop
from desktop.rules.letterfields import NO_ACTION, fields_for
from desktop.rules.lettermenu import FIELDS
from desktop.rules.letters_due import ENDINGS, SIGNAL, UPDATE, kind_of_ending
from desktop.rules.letterwords import asks_something

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
    return fill((texts or text_of)(kind), values, text_of(kind))


def values_for(moment: str, facts: CoreFacts, may_tell: bool) -> tuple[str, dict[str, str]]:
    """Which text fits a letter about this moment, and what fills it."""
    kind = _kind(moment, facts) if may_tell else neutral_kind(moment)
    return kind, fields_for(facts, kind)


def _kind(moment: str, facts: CoreFacts) -> str:
    """The text that fits where the case stands now, also when a letter about an earlier moment comes late."""
    if moment == SIGNAL:
        return moment
    if facts.outcome:
        return kind_of_ending(facts.outcome, any(each.first_on for each in facts.joined))
    if moment in ("arrived", "intake"):
        return "intake" if has_met(facts) else "arrived"
    return moment


def why_not_yet(facts: CoreFacts, may_tell: bool) -> str:
    """Why nothing can be written yet: the letter would leave out what should have happened by now."""
    day = why_stop(facts)
    if day is None or not may_tell:
        return ""
    said = _("First write down how the intake of {day} went. The letter tells of it.")
    return said.format(day=show_long(day, current()))


def neutral_kind(moment: str) -> str:
    """The text of a letter about this moment, or of this kind, when nothing may be told."""
    return ENDED if moment in (*ENDINGS, ENDED) else RECEIPT


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


def fill(text: str, values: Mapping[str, str], spare: str = "") -> Core:
    """The text with its fields filled in one go: what is filled in is never read as a field again."""
    return tuple((heading, " ".join(lines)) for heading, lines in lines_of(text, values, spare))


def lines_of(text: str, values: Mapping[str, str], spare: str = "") -> list[tuple[str, list[str]]]:
    """The same, each paragraph by itself under its heading.

    A heading that a text of earlier days leaves empty takes its words from the `spare` one, which knows every case.
    """
    out = set(left_out(text, values))
    headings: list[tuple[str, list[str]]] = []
    for number, line in enumerate(text.splitlines()):
        if _is_heading(line):
            headings.append((line[2:].strip(), []))
        elif line.strip() and headings and number not in out:
            headings[-1][1].append(_filled(line, values))
    if spare and any(not lines for _heading, lines in headings):
        instead = dict(lines_of(spare, values))
        return [(heading, lines or instead.get(heading, [])) for heading, lines in headings]
    return headings


def headings_in(text: str) -> tuple[str, ...]:
    """The headings as they stand in the text."""
    return tuple(line[2:].strip() for line in text.splitlines() if _is_heading(line))


def headings_with(text: str, name: str) -> tuple[str, ...]:
    """The headings under which this field stands."""
    found, under = [], ""
    for line in text.splitlines():
        if _is_heading(line):
            under = line[2:].strip()
        elif name in FIELD.findall(line):
            found.append(under)
    return tuple(dict.fromkeys(found))


def paragraphs_in(text: str) -> tuple[int, ...]:
    """The numbers of the lines that are paragraphs, counted from 0."""
    return tuple(n for n, line in enumerate(text.splitlines()) if line.strip() and not _is_heading(line))


def left_out(text: str, values: Mapping[str, str]) -> tuple[int, ...]:
    """The numbers of the paragraphs that stay out of a letter with these facts.

    A field of theirs is empty; or they say that nothing is asked, where another paragraph asks something.
    """
    lines, asking = text.splitlines(), set(_asking(text, values))
    return tuple(
        number
        for number in paragraphs_in(text)
        if not _holds(lines[number], values) or (_asks_nothing(lines[number]) and number in asking)
    )


def _asking(text: str, values: Mapping[str, str]) -> Iterator[int]:
    """The numbers of the lines under a heading where something is asked of the practice."""
    under: list[tuple[int, str]] = []
    for number, line in enumerate([*text.splitlines(), "# "]):
        if not _is_heading(line):
            under.append((number, line))
            continue
        if any(_holds(each, values) and asks_something(each) for _at, each in under):
            yield from (at for at, _line in under)
        under = []


def _asks_nothing(line: str) -> bool:
    return line.strip() in ("{geen_actie}", NO_ACTION)


def _filled(line: str, values: Mapping[str, str]) -> str:
    return FIELD.sub(lambda found: values[found.group(1)], line.strip())


def _is_heading(line: str) -> bool:
    return line.startswith("# ")


def _holds(line: str, values: Mapping[str, str]) -> bool:
    return all(values.get(name) for name in FIELD.findall(line))
