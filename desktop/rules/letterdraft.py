"""A feedback letter as its writer leaves it: what may be kept, what is asked about. Must not know pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules.identifiers import has_bsn
from desktop.rules.letterfields import NO_ACTION
from desktop.rules.letterpromise import promise_in
from desktop.rules.letterwords import asks_something, new_sentences, odd_words

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


def check_draft(
    draft: LetterDraft, reasons: Iterable[str] = (), today: date | None = None, before: LetterDraft | None = None
) -> None:
    """Refuse what no letter may hold; ask about what was typed, as far as it did not stand there `before`."""
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
    if not draft.sure and (odd := _odd(draft, tuple(reasons), today, before)):
        ask(**odd)


def passed_day(following: str, today: date) -> date | None:
    """The day of the next letter that a text promises, when it lies in the past: it was filled some time ago."""
    latest = promise_in(following, today).on
    return latest if latest is not None and latest < today else None


def tidy(text: str) -> str:
    """What was typed as one paragraph: the letter breaks its own lines; half letters of a broken paste go."""
    return " ".join(text.encode("utf-8", "ignore").decode("utf-8").split())


def _odd(
    draft: LetterDraft, reasons: Sequence[str], today: date | None, before: LetterDraft | None
) -> dict[str, str]:
    """What to ask about, by field."""
    odd: dict[str, str] = {}
    for name in (*PARTS, "attendance"):
        typed = new_sentences(getattr(draft, name), getattr(before, name) if before is not None else "")
        asked = [odd_words(typed, today, reasons, next_word=name == "next")]
        if name == "ask" and typed and asks_something(draft.ask) and NO_ACTION.rstrip(".") in draft.ask:
            asked.append(_("It says that nothing is asked, and then it asks something. Is it meant?"))
        if said := " ".join(filter(None, asked)):
            odd[name] = said
    return odd
