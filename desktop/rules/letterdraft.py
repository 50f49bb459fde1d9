"""A feedback letter as its writer leaves it: what may be kept, what is asked about. Must not know pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.errors import Doubtful, Refused
from desktop.language import _
from desktop.rules.identifiers import has_bsn
from desktop.rules.letterfields import NO_ACTION
from desktop.rules.letterpromise import promise_in
from desktop.rules.names import fold

PARTS = ("state", "agreed", "ask", "next")  # the draft's fields, in the order of the headings
LONGEST = 1000  # characters under one heading; four lines hold some 220


@dataclass(frozen=True, kw_only=True)
class LetterDraft:
    """A letter as its writer left it: four texts and what goes with them by choice."""

    id: int
    version: int | None = None
    state: str = ""
    agreed: str = ""
    ask: str = ""
    next: str = ""
    attendance: str = ""
    discussed: bool = False
    with_marks: bool = False
    with_phone: bool = True
    sure: bool = False

    def texts(self) -> tuple[str, str, str, str]:
        """The four texts as they are printed; nothing asked is said as such."""
        return (tidy(self.state), tidy(self.agreed), tidy(self.ask) or NO_ACTION, tidy(self.next))


def check_draft(draft: LetterDraft, reasons: Iterable[str] = ()) -> None:
    """Refuse what no letter may hold; ask about a word that looks like the reason of the referral."""
    wrong: dict[str, str] = {}
    for name in (*PARTS, "attendance"):
        text = getattr(draft, name)
        if has_bsn(text):
            wrong[name] = _("A BSN may not be stored. Leave it out.")
        elif len(text) > LONGEST:
            wrong[name] = _("This is far too long for a letter of one page.")
    for name in ("state", "next"):
        if not tidy(getattr(draft, name)):
            wrong[name] = _("Something has to stand under this heading.")
    if wrong:
        raise Refused(**wrong)
    if not draft.sure and (odd := _reasons_in(draft, reasons)):
        raise Doubtful(**odd)


def passed_day(following: str, today: date) -> date | None:
    """The day of the next letter that a text promises, when it lies in the past: it was filled some time ago."""
    latest = promise_in(following, today).on
    return latest if latest is not None and latest < today else None


def tidy(text: str) -> str:
    """What was typed as one paragraph: the letter breaks its own lines; half letters of a broken paste go."""
    return " ".join(text.encode("utf-8", "ignore").decode("utf-8").split())


def _reasons_in(draft: LetterDraft, reasons: Iterable[str]) -> dict[str, str]:
    odd: dict[str, str] = {}
    for name in PARTS:
        folded = f" {fold(getattr(draft, name))}"
        for reason in reasons:
            if f" {fold(reason)}" in folded:  # at the start of a word: "rouw" is no part of "mevrouw"
                odd[name] = _("This names the reason “{reason}”. A letter tells no reasons. Is it meant?").format(
                    reason=reason
                )
    return odd
