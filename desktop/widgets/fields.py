"""What a screen says about the fields of a form: frozen declarations. Must not know how they are drawn."""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

Options = Callable[[], Sequence[tuple[Any, str]]]
LIMIT = 200


@dataclass(frozen=True)
class Text:
    """A typed text; `read` turns it into a value or raises Refused, `show` turns a value into text.

    `echo` says below the field how the value was understood, `suggest` offers texts that fit what is typed,
    `takes_one` lets Tab and Enter take the only one that begins as typed, once: typed again it stays as typed.
    `pasted` turns a text pasted into a field of several lines into what goes in and a sentence about it.
    """

    name: str
    label: str
    _: KW_ONLY
    read: Callable[[str], Any] | None = None
    show: Callable[[Any], str] | None = None
    echo: Callable[[Any], str] | None = None
    suggest: Callable[[str], list[str]] | None = None
    takes_one: bool = False
    pasted: Callable[[str], tuple[str, str]] | None = None
    help: str = ""
    placeholder: str = ""
    lines: int = 1
    width: int = 1
    required: bool = False
    limit: int = LIMIT
    secret: bool = False


@dataclass(frozen=True)
class Veiled:
    """A word agreed with somebody, hidden until it is shown on purpose; `propose` makes up a new one."""

    name: str
    label: str
    _: KW_ONLY
    propose: Callable[[], str] | None = None
    help: str = ""
    width: int = 1
    limit: int = LIMIT


@dataclass(frozen=True)
class Colour(Text):
    """A typed colour, with a spot of it before the line."""


@dataclass(frozen=True)
class Picture:
    """A picture from a file: `read` makes of the file what is kept, or raises Refused; `echo` says how it is kept."""

    name: str
    label: str
    read: Callable[[bytes], bytes]
    _: KW_ONLY
    files: str = ""
    echo: Callable[[bytes], str] | None = None
    help: str = ""
    width: int = 1
    required: bool = False


@dataclass(frozen=True)
class Choice:
    """One of a list that is searched by typing any part of it; an empty field means None."""

    name: str
    label: str
    options: Options
    _: KW_ONLY
    help: str = ""
    placeholder: str = ""
    width: int = 1
    required: bool = False


@dataclass(frozen=True)
class Switch:
    """One of a few answers side by side; nothing is preset, None until somebody picks one."""

    name: str
    label: str
    options: Sequence[tuple[Any, str]]
    _: KW_ONLY
    help: str = ""
    width: int = 1
    required: bool = False


@dataclass(frozen=True)
class Chips:
    """Several of a list, found by typing; gives a tuple of values in the order they were picked."""

    name: str
    label: str
    options: Options
    _: KW_ONLY
    help: str = ""
    placeholder: str = ""
    width: int = 3
    required: bool = False


@dataclass(frozen=True)
class Check:
    """Yes or no, with its sentence beside the box."""

    name: str
    label: str
    _: KW_ONLY
    help: str = ""
    width: int = 1


@dataclass(frozen=True)
class Heading:
    """A line of words between fields."""

    text: str


Field = Text | Veiled | Choice | Switch | Chips | Check | Picture
Item = Field | Heading


def marks(name: str, label: str, *, lowest: int = 0, highest: int = 10, help: str = "", width: int = 3,
          required: bool = False) -> Switch:
    """A mark out of ten, picked by key or click."""
    options = tuple((mark, str(mark)) for mark in range(lowest, highest + 1))
    return Switch(name, label, options, help=help, width=width, required=required)
