"""The five steps of the Meldcode for a worry: what was done and when. Must not know tables."""

from dataclasses import dataclass
from datetime import date

from desktop.errors import Refused
from desktop.language import _
from desktop.rules.deeds import MELDCODE_STEPS
from desktop.rules.identifiers import has_bsn

STEPS = MELDCODE_STEPS


@dataclass(frozen=True, kw_only=True)
class MeldcodeDraft:
    """Per step the day on which it was taken and what came of it."""

    worry_id: int = 0
    on_1: date | None = None
    on_2: date | None = None
    on_3: date | None = None
    on_4: date | None = None
    on_5: date | None = None
    note_1: str = ""
    note_2: str = ""
    note_3: str = ""
    note_4: str = ""
    note_5: str = ""
    sure: bool = False

    def step(self, number: int) -> tuple[date | None, str]:
        return getattr(self, f"on_{number}"), getattr(self, f"note_{number}").strip()


def check(draft: MeldcodeDraft, noticed_on: date, today: date) -> None:
    """Refuse a step to come, one before the worry, and words without a day."""
    wrong: dict[str, str] = {}
    for number in STEPS:
        day, note = draft.step(number)
        if day is None and note:
            wrong[f"on_{number}"] = _("Give the day of this step.")
        elif day is not None and day > today:
            wrong[f"on_{number}"] = _("This date is in the future.")
        elif day is not None and day < noticed_on:
            wrong[f"on_{number}"] = _("That is before the worry was noticed.")
        if has_bsn(note):
            wrong[f"note_{number}"] = _("A BSN may not be stored. Leave it out.")
    if wrong:
        raise Refused(**wrong)
