"""The five steps of the Meldcode for a worry: what was done and when, what was weighed and decided. Knows no tables."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from desktop.errors import Refused, ask
from desktop.language import N_, _
from desktop.rules.codes import YES_NO
from desktop.rules.deeds import MELDCODE_STEPS
from desktop.rules.identifiers import has_bsn

STEPS = MELDCODE_STEPS
WEIGHING = {
    "weigh_suspected": N_("Is there still a suspicion?"),
    "weigh_unsafe": N_("Acutely or structurally unsafe?"),
    "weigh_able": N_("Can we offer or organise help?"),
    "weigh_accepted": N_("Do those involved accept help?"),
    "weigh_safer": N_("Does help make it safe in time?"),
}
"""The five questions of step 4, in the order in which they are asked."""
DECISIONS = {
    "must_report": N_("Decision 1: must it be reported?"),
    "may_help": N_("Decision 2: is help possible too?"),
}
"""The two decisions of step 5: each is taken apart, and one does not answer the other."""
LAST = max(STEPS)


@dataclass(frozen=True, kw_only=True)
class StepsDraft:
    """Of each step of a worry the day on which it was taken, and what came of it."""

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


@dataclass(frozen=True, kw_only=True)
class MeldcodeDraft(StepsDraft):
    """The steps of the Meldcode, and what was weighed and decided."""

    on_5: date | None = None
    note_5: str = ""
    weigh_suspected: str | None = ""
    weigh_unsafe: str | None = ""
    weigh_able: str | None = ""
    weigh_accepted: str | None = ""
    weigh_safer: str | None = ""
    must_report: str | None = ""
    may_help: str | None = ""

    def answer(self, name: str) -> str:
        """ "yes", "no", or empty as long as nobody answered."""
        return getattr(self, name) or ""

    def answered(self) -> dict[str, str]:
        """What was weighed and decided; a question that does not apply has no answer."""
        asked = (*weighed(self.answer("weigh_suspected")), *DECISIONS)
        return {name: self.answer(name) if name in asked else "" for name in (*WEIGHING, *DECISIONS)}


def check(draft: MeldcodeDraft, noticed_on: date, today: date) -> None:
    """Refuse a step that cannot be, and step 5 without its weighing and its two decisions."""
    wrong = step_complaints(draft.step, STEPS, noticed_on, today)
    for name in (*WEIGHING, *DECISIONS):
        if draft.answer(name) not in ("", *YES_NO):
            wrong[name] = _("Answer yes or no.")
    if draft.on_5 is not None:
        wrong = {**dict.fromkeys(_unanswered(draft), _("Step 5 is not finished without this answer.")), **wrong}
    if wrong:
        raise Refused(**wrong)
    if says_must_report(draft.answered()["weigh_unsafe"]) and draft.must_report == "no" and not draft.sure:
        ask(must_report=_("At acute or lasting danger it must be reported. Was it decided otherwise?"))


def says_must_report(unsafe: str) -> bool:
    """Acute or lasting danger is reported to Veilig Thuis, whatever help there is."""
    return unsafe == "yes"


def weighed(suspected: str) -> tuple[str, ...]:
    """Which questions there are: without a suspicion nothing more is weighed."""
    return ("weigh_suspected",) if suspected == "no" else tuple(WEIGHING)


def step_complaints(
    step: Callable[[int], tuple[date | None, str]], steps: Collection[int], noticed_on: date, today: date
) -> dict[str, str]:
    """A step to come, one before the worry, and words without a day."""
    wrong: dict[str, str] = {}
    for number in steps:
        day, note = step(number)
        if day is None and note:
            wrong[f"on_{number}"] = _("Give the day of this step.")
        elif day is not None and day > today:
            wrong[f"on_{number}"] = _("This date is in the future.")
        elif day is not None and day < noticed_on:
            wrong[f"on_{number}"] = _("That is before the worry was noticed.")
        if has_bsn(note):
            wrong[f"note_{number}"] = _("A BSN may not be stored. Leave it out.")
    return wrong


def _unanswered(draft: MeldcodeDraft) -> list[str]:
    asked = (*weighed(draft.answer("weigh_suspected")), *DECISIONS)
    return [name for name in asked if not draft.answer(name)]
