"""That somebody died: what is recorded, and what cannot be. Must not know tables or the clock."""

from dataclasses import dataclass
from datetime import date

from desktop.errors import Refused
from desktop.rules.deeds import happened

DECEASED = "deceased"


@dataclass(frozen=True, kw_only=True)
class DeathDraft:
    """Of whom, and since when; the day it was heard of, where nobody knows."""

    person_id: int = 0
    deceased_on: date | None = None
    sure: bool = False


def check_death(draft: DeathDraft, today: date) -> None:
    if wrong := happened(draft.deceased_on, today):
        raise Refused(deceased_on=wrong)
