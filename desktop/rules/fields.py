"""What a field is: its name, what it is called, of which kind it is, and what follows from that. Must not know tables.

A new field: one line in the FIELDS of its subject (`fields_people`, `fields_deeds`, ...), its column in the table, its
name in the draft and its place on the form. Copying, history, merging, own file and erasing follow; tests compare.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from desktop import language
from desktop.language import _
from desktop.rules import codes
from desktop.rules.dates import show_birth_date, show_date
from desktop.rules.phones import show_phone

TEXT, LONG, CODE = "text", "long", "code"  # a line, somebody's own words, a code of which no two are alike
CHOICE, SEVERAL, FLAG, LINK = "choice", "several", "flag", "link"
NUMBER, MARK, MONEY, PHONE = "number", "mark", "money", "phone"
DAY, BIRTH, HOUR, MOMENT = "day", "birth", "hour", "moment"  # a moment is made of a day and an hour by its action
LETTER, BYTES = "letter", "bytes"
EMPTY_TEXTS = frozenset({TEXT, LONG, CHOICE, PHONE, BIRTH})
"""Kinds of which nothing is kept as an empty text."""
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
"""Signs that came along with a paste: nobody sees them, and they turn a name round or keep it from being found."""
NEVER = "never"
"""In place of a group: merging leaves this field alone."""
WORDS, NAME, OFFER = "words", "name", "offer"
"""How what is typed reaches paper: as words of a letter, as a name, an address or a note, or in the offer only."""


@dataclass(frozen=True)
class Field:
    """One thing that is kept of a subject; `name` is what the draft and the form call it.

    Without a label no form and no history shows it. Without a group merging asks about it apart.
    """

    name: str
    label: str = ""
    kind: str = TEXT
    words: Mapping[str, str] = field(default_factory=dict)
    kept_as: str = ""  # in the table, when it is called otherwise there
    asked: str = ""  # by the form, where history needs a name that stands alone
    counted: bool = False  # in reports: it stays when a person is forgotten; every other text is personal and goes
    others: bool = False  # may hold data of somebody else, as own words may
    group: str = ""
    set_by: str = ""  # what sets it, when no form of its own asks it
    lies: str = ""  # where a day typed without its year lies: PAST or AHEAD
    imported: tuple[str, ...] = ()  # the words by which an import knows its column
    on_paper: str = ""  # WORDS, NAME or OFFER; empty: it is typed for the screen

    @cached_property
    def attribute(self) -> str:
        return self.kept_as or self.name

    @cached_property
    def column(self) -> str:
        return f"{self.attribute}_id" if self.kind == LINK else self.attribute

    @property
    def on_form(self) -> str:
        """What the form calls it."""
        return _(self.asked or self.label)

    @cached_property
    def is_copied(self) -> bool:
        """Whether a draft holds it as the table does, but for blanks and empty answers."""
        return not self.set_by and self.kind != MOMENT

    @property
    def may_hold_others(self) -> bool:
        return self.others or self.kind in (LONG, LETTER)

    def kept(self, value: Any) -> Any:
        """A typed value as the table holds it."""
        if self.kind == SEVERAL:
            return " ".join(value or ())
        if self.kind == FLAG:
            return bool(value)
        if self.kind == CODE:
            return (value or "").strip() or None
        if isinstance(value, str):
            return UNSEEN.sub("", value).strip()
        return "" if value is None and self.kind in EMPTY_TEXTS else value

    def typed(self, value: Any) -> Any:
        """What the table holds as a form takes it; no answer is None."""
        if self.kind == SEVERAL:
            return tuple(str(value or "").split())
        if self.kind == CHOICE and value == "" and "" not in self.words:
            return None
        return value

    def said(self, value: Any) -> str:
        """A stored value as staff see it; nothing is empty."""
        if value is None or value == "":
            return ""
        match self.kind:
            case "flag":
                return _("Yes") if value else _("No")
            case "phone":
                return show_phone(str(value))
            case "birth":
                return show_birth_date(str(value))
            case "money":
                return f"€ {int(value) / 100:.2f}".replace(".", "," if language.current() == "nl" else ".")
            case "letter":
                return letter_words(str(value))
            case "day" | "moment":
                return moment_words(value)
            case "several":
                return ", ".join(codes.word(self.words, part) for part in str(value).split())
        return codes.word(self.words, str(value)) if self.words else str(value)


@dataclass(frozen=True)
class Subject:
    """A kind of record: its table, what history calls a row of it, and its fields in the order of the form."""

    table: str
    label: str
    fields: tuple[Field, ...]


def letter_words(content: str) -> str:
    """The headings and their texts of a stored letter."""
    try:
        core = json.loads(content).get("core", ())
        return " · ".join(f"{heading}: {text}" for heading, text in core if text)
    except (ValueError, TypeError, AttributeError):
        return ""


def moment_words(value: Any) -> str:
    """A stored day or moment as it is written here; anything else as it is."""
    if isinstance(value, datetime | date | time):
        value = value.isoformat()
    text = str(value)
    try:
        if "T" in text:
            return f"{datetime.fromisoformat(text):%d-%m-%Y %H:%M}"
        return show_date(date.fromisoformat(text))
    except ValueError:
        return text
