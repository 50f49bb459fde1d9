"""The steps at signs of suicide: 112, 113, the GP today, and nobody left alone. Must not know tables."""

from dataclasses import dataclass
from datetime import date

from desktop.errors import Refused
from desktop.rules.deeds import SUICIDE_STEPS
from desktop.rules.meldcode import StepsDraft, step_complaints

STEPS = SUICIDE_STEPS
SPOKEN_TO_GP = 3


@dataclass(frozen=True, kw_only=True)
class SuicideDraft(StepsDraft):
    """What was done at signs of suicide, and what was agreed."""


def check(draft: SuicideDraft, noticed_on: date, today: date) -> None:
    """The steps may come in any order: whoever is in danger is not made to wait for a form."""
    if wrong := step_complaints(draft.step, STEPS, noticed_on, today):
        raise Refused(**wrong)
