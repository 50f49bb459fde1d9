"""What stands in a feedback letter: frozen content, complete in itself, so that a fixed letter never changes.

Must not know records, typefaces or PDF.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Window = Literal["left", "right"]
Fold = Literal["DL", "C5", "none"]

LINES_PER_HEADING = 4
WORDS_ENOUGH = 150
CLOSE = "Met vriendelijke groet,"
ATTENDANCE = "Aanwezigheid"
MARKS = "Gespreksbeeld, geen meting"


@dataclass(frozen=True)
class Letterhead:
    """Who writes: `lines` stand small under the name, the colour is "#rrggbb"."""

    name: str
    lines: tuple[str, ...] = ()
    phone: str = ""
    logo: bytes | None = None
    colour: str = ""


@dataclass(frozen=True)
class Signature:
    name: str
    role: str = ""
    phone: str = ""


@dataclass(frozen=True)
class LetterContent:
    letterhead: Letterhead
    address: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    subject: str
    kind: str
    salutation: str
    core: tuple[tuple[str, str], ...]
    closing: Signature
    window: Window = "right"
    shift_x: float = 0.0
    shift_y: float = 0.0
    fold: Fold = "DL"
    attendance: str = ""
    marks: tuple[tuple[str, int | None], ...] | None = None
    enclosure: str = ""
    footer: str = ""
    copy: bool = False
    receipt: bool = False  # says nothing but that the referral came in: all there may be without consent
    code: str = ""  # of a fixed letter, to find it again when it comes back
    back_to: tuple[str, ...] = ()  # the sender for above the address, said shorter and shorter


def as_copy(content: LetterContent) -> LetterContent:
    """The same letter, to be overprinted with *kopie*."""
    return replace(content, copy=True)


def words(content: LetterContent) -> int:
    """How many words the doctor has to read under the headings."""
    return sum(len(text.split()) for text in (*(text for _heading, text in content.core), content.attendance))


def is_long(content: LetterContent) -> bool:
    """Whether the writer is told that doctors read short letters."""
    return words(content) > WORDS_ENOUGH


def as_text(content: LetterContent) -> str:
    """The letter as plain text, to paste in the practice's own system or a secure mail."""
    paragraphs = [
        "\n".join(part for part in (content.subject, content.kind) if part),
        "\n".join(f"{label}: {value}" for label, value in content.references if value),
        content.salutation,
        *(f"{heading}\n{text.strip()}" for heading, text in content.core if text.strip()),
        f"{ATTENDANCE}\n{content.attendance.strip()}" if content.attendance.strip() else "",
        _marks_as_text(content),
        _close_as_text(content),
        content.enclosure,
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip()) + "\n"


def as_json(content: LetterContent) -> dict[str, Any]:
    """Plain values to keep beside the printed bytes."""
    plain = asdict(content)
    logo = content.letterhead.logo
    plain["letterhead"]["logo"] = None if logo is None else b64encode(logo).decode("ascii")
    return plain


def from_json(plain: Mapping[str, Any]) -> LetterContent:
    """The content as it was kept; what a later version added has its default."""
    marks = plain.get("marks")
    return LetterContent(
        **{
            **plain,
            "letterhead": _letterhead(plain["letterhead"]),
            "closing": Signature(**plain["closing"]),
            "address": tuple(plain["address"]),
            "back_to": tuple(plain.get("back_to", ())),
            "references": _pairs(plain["references"]),
            "core": _pairs(plain["core"]),
            "marks": None if marks is None else _pairs(marks),
        }
    )


def _letterhead(plain: Mapping[str, Any]) -> Letterhead:
    logo = plain.get("logo")
    return Letterhead(
        **{**plain, "lines": tuple(plain["lines"]), "logo": None if logo is None else b64decode(logo)}
    )


def _pairs(plain: Any) -> tuple[tuple[Any, Any], ...]:
    return tuple((first, second) for first, second in plain)


def _marks_as_text(content: LetterContent) -> str:
    if not content.marks:
        return ""
    given = ", ".join(f"{label} {'-' if mark is None else mark}" for label, mark in content.marks)
    return f"{MARKS}\n{given}"


def _close_as_text(content: LetterContent) -> str:
    closing = content.closing
    role = " · ".join(part for part in (closing.role, closing.phone) if part)
    return "\n".join(part for part in (CLOSE, closing.name, role, content.letterhead.name) if part)
