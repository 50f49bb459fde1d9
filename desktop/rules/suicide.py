"""The steps at signs of suicide: 112, 113, the GP today, and nobody left alone. Must not know tables."""

from dataclasses import dataclass
from datetime import date

from desktop.errors import Refused
from desktop.rules.deeds import SUICIDE_STEPS
from desktop.rules.meldcode import step_complaints

STEPS = SUICIDE_STEPS


@dataclass(frozen=True, kw_only=True)
class SuicideDraft:
    """Per step the day on which it was taken and what was agreed."""

    worry_id: int = 0
    on_1: date | None = None
    on_2: date | None = None
    on_3: date | None = None
    on_4: date | None = None
    note_1: str = ""
    note_2: str = ""
    note_3: str = ""
    note_4: str = ""
    sure: bool = False

    def step(self, number: int) -> tuple[date | None, str]:
        return getattr(self, f"on_{number}"), getattr(self, f"note_{number}").strip()


def check(draft: SuicideDraft, noticed_on: date, today: date) -> None:
    """The steps may come in any order: whoever is in danger is not made to wait for a form."""
    if wrong := step_complaints(draft.step, STEPS, noticed_on, today):
        raise Refused(**wrong)
