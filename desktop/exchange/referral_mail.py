"""A pasted mail while it is read: its text, what is proposed, what is left over. Must not know what to look for."""

import html
import re
from dataclasses import dataclass, field
from datetime import date

from desktop.exchange.referral_words import BOILERPLATE, CAUSE, FILLERS, REASONS

TAKEN = "\x1f"  # stands where something was understood, so that it is not read twice


@dataclass
class Mail:
    """A mail while it is read: what was understood is blanked, what is left becomes the note."""

    text: str
    today: date
    subject: str = ""
    signature: str = ""
    values: dict[str, object] = field(default_factory=dict)

    def take(self, start: int, end: int) -> str:
        part = self.text[start:end]
        self.text = self.text[:start] + TAKEN * (end - start) + self.text[end:]
        return part

    def propose(self, name: str, value: object) -> None:
        """The first proposal stands."""
        if value and name not in self.values:
            self.values[name] = value


def plain_text(text: str) -> str:
    """Without markup, quote marks, direction marks and control characters; one kind of line end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u00a0", " ")
    if re.search(r"</?(?:p|br|div|td|tr|span|html|body|table|b)\b", text, re.IGNORECASE):
        text = re.sub(r"<(?:style|script)\b[^<]{0,5000}</(?:style|script)>", "", text, flags=re.IGNORECASE)
        text = re.sub(r"</?(?:p|br|div|tr|li|h\d|table)\b[^<>]{0,300}>", "\n", text, flags=re.IGNORECASE)
        text = re.sub(r"</?[A-Za-z][^<>@]{0,300}>", " ", text)
    text = html.unescape(text)
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", "", text)
    text = re.sub(r"^[ \t]*(?:[>|][ \t]{0,2}){1,10}", "", text, flags=re.MULTILINE)
    return re.sub(r"^[ \t]{1,50}|[ \t]{1,50}$", "", text.replace("**", ""), flags=re.MULTILINE)


def what_is_left(mail: Mail) -> str:
    """What was not understood as a field, without courtesies, line by line."""
    lines = []
    for raw in mail.text.split("\n"):
        line = re.sub(r"[ \t]{2,}", " ", re.sub(r"\x1f+", " ", raw))
        line = re.sub(r"\([ ,.;:]*\)|\[[ ]*\]", " ", line)
        kept = [
            sentence
            for sentence in re.split(r"(?<=[^\W\d_]{2}[.!?])\s+|(?<=^[.!?])\s+|(?<= [.!?])\s+", line)
            if re.search(r"[^\W\d_]{2}|\d", sentence) and not _is_courtesy(_bare(sentence))
        ]
        text = " ".join(" ".join(kept).split())
        text = re.sub(r" (?=[,.;:!?)])", "", text)
        text = re.sub(r",(?=[.!?])", "", text)
        text = re.sub(r"^[ ,.;:!?\-–)]+|[ ,;:(\-–]+$", "", re.sub(r"([,;])(?:[,;])+", r"\1", text))
        if re.search(r"[^\W\d_]{2}|\d{4}", FILLERS.sub("", text)):
            lines.append(text)
    return "\n".join(lines)


def _is_courtesy(sentence: str) -> bool:
    """ "Kunt u haar bellen?" says nothing; "Hierbij verwijs ik haar omdat ..." does."""
    return bool(BOILERPLATE.match(sentence)) and not CAUSE.search(sentence) and not reasons_in(sentence)


def _bare(sentence: str) -> str:
    return re.sub(r" (?=[,.;:!?])", "", " ".join(sentence.split())).strip(" ,.;:!?-")


def reasons_in(text: str) -> tuple[str, ...]:
    return tuple(code for code, pattern in REASONS if pattern.search(text))
