"""Letters that came back: what is recorded of one, and which words go with it. Must not know tables."""

from dataclasses import dataclass
from datetime import date

from desktop.errors import Refused
from desktop.language import N_, _
from desktop.rules.dates import show_date

REASONS = {
    "moved": N_("Has moved"),
    "unknown": N_("Unknown at this address"),
    "refused": N_("Refused"),
    "incomplete": N_("The address is incomplete"),
    "other": N_("Something else"),
}


@dataclass(frozen=True, kw_only=True)
class ReturnDraft:
    """A letter that lies on the desk again: since when, and what stood on the envelope."""

    letter_id: int
    returned_on: date
    why: str


def check_return(draft: ReturnDraft, sent_on: date | None, today: date) -> None:
    """Refuse a day on which it cannot have come back, and a reason that is none."""
    wrong: dict[str, str] = {}
    if draft.why not in REASONS:
        wrong["why"] = _("Choose why it came back.")
    if draft.returned_on > today:
        wrong["returned_on"] = _("This day is still to come.")
    elif sent_on is not None and draft.returned_on < sent_on:
        wrong["returned_on"] = _("It was sent on {date}, so it cannot have come back before.").format(
            date=show_date(sent_on)
        )
    if wrong:
        raise Refused(**wrong)
