"""Whatever is typed in a letter or a letter text: one page, or refused in words; never a crash, never a second page."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest

from desktop.errors import Refused
from desktop.paper import letter
from desktop.paper.letterplan import body_lines
from desktop.rules.letterdraft import LetterDraft, check_draft
from desktop.rules.letterfields import FIELDS
from desktop.rules.letters import LetterContent, Signature, as_json, as_text, from_json
from desktop.rules.lettersamples import KINDS
from desktop.rules.lettertext_check import LetterTextDraft, check
from desktop.rules.lettertexts import text_of
from tests.paper import reading
from tests.paper.samples import LETTER

PIECES = (
    *("de", "mevrouw", "Łukasiewicz", "Đặng", "Yılmaz-van 't Hof", "محمد", "שלום", "漢字", "👵🏽", "ﬁ", "a\u0301" * 9),
    *("<b>", "&amp;", "</para>", "{", "}", "{{x}}", "{deelnemer}", "%s", "\\", "'", '"', "# "),
    *("\n", "\r\n", "\t", "\0"),
    *("\u200e\u202e", "\ud83d", "\ufeff", "\u00a0", "\u2028", "x" * 300, "9" * 40, "123456782", "-" * 80, "…", "€", ""),
)
"""What people paste: names of everywhere, markup, fields, marks nobody sees, half letters, words without end."""


def some_text(chance: random.Random, longest: int = 12) -> str:
    return chance.choice((" ", "", " ")).join(chance.choices(PIECES, k=chance.randint(0, longest)))


def some_letter(chance: random.Random) -> LetterContent:
    """A usual letter of which some parts are anything."""
    parts: dict[str, Any] = {
        "address": tuple(some_text(chance, 4) for _line in range(chance.randint(0, 7))),
        "references": tuple((some_text(chance, 2), some_text(chance, 4)) for _pair in range(chance.randint(0, 6))),
        "subject": some_text(chance),
        "kind": some_text(chance),
        "salutation": some_text(chance),
        "core": tuple((heading, some_text(chance)) for heading, _text in LETTER.core),
        "closing": Signature(some_text(chance, 4), some_text(chance, 3), some_text(chance, 2)),
        "attendance": some_text(chance),
        "enclosure": some_text(chance),
        "footer": some_text(chance),
    }
    chosen = chance.sample(sorted(parts), chance.randint(1, 4))
    return replace(LETTER, **{name: parts[name] for name in chosen})


def refusal(work: Callable[[], object]) -> str | None:
    """What staff would read; None when nothing is wrong. Anything but a refusal is a bug and comes through."""
    try:
        work()
    except Refused as refused:  # or Doubtful, which asks
        return refused.sentence()
    return None


def print_many(count: int, chance: random.Random) -> int:
    """How many letters were one page; the others were refused in words."""
    printed = 0
    for _n in range(count):
        content = some_letter(chance)
        assert from_json(as_json(content)) == content
        assert as_text(content).endswith("\n")
        pages: list[bytes] = []
        assert refusal(partial(_print, content, pages)) != ""
        printed += len(pages)
        if pages and printed % 50 == 1:
            assert reading.pages(pages[0]) == 1
    return printed


def _print(content: LetterContent, pages: list[bytes]) -> None:
    pages.append(letter.render(content))


def some_body(chance: random.Random) -> str:
    """A text that ships with lines taken out, put in and turned round."""
    lines = text_of(chance.choice(KINDS)).splitlines()
    for _n in range(chance.randint(1, 5)):
        at = chance.randrange(len(lines) + 1)
        odd = (some_text(chance), "{" + chance.choice([*FIELDS, "onbekend"]) + "}", "# " + some_text(chance, 2))
        lines[at : at + chance.randint(0, 2)] = [chance.choice(odd)]
    return "\n".join(lines)


def drafts(chance: random.Random) -> Iterator[LetterDraft]:
    while True:
        state, agreed, ask, following, attendance = (some_text(chance) for _field in range(5))
        yield LetterDraft(id=1, state=state, agreed=agreed, ask=ask, next=following, attendance=attendance)


def check_many(count: int, chance: random.Random) -> None:
    """Drafts and letter texts: kept, refused or asked about, always in words."""
    for _n, draft in zip(range(count), drafts(chance), strict=False):
        assert refusal(partial(check_draft, draft, ("Rouw", "Geldzorgen"))) != ""
    for _n in range(count // 10):
        text = LetterTextDraft(kind=chance.choice(KINDS), body=some_body(chance))
        assert refusal(partial(check, text, date(2026, 11, 17), lambda words: len(body_lines(words)))) != ""


@pytest.mark.parametrize("seed", [1, 2])
def test_any_letter_is_one_page_or_refused(seed: int) -> None:
    assert print_many(150, random.Random(seed)) > 5


def test_any_draft_or_text_is_kept_or_told() -> None:
    check_many(500, random.Random(3))


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_letters_and_drafts() -> None:
    chance = random.Random()
    printed = print_many(100_000, chance)
    check_many(100_000, chance)
    print(f"letters: 100,000 at random, {printed} one page, the others refused in words, errors 0")  # noqa: T201
