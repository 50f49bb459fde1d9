"""A signal: what the worker noticed that the doctor should know, and on which ground. Must not know tables."""

from dataclasses import dataclass
from datetime import date

from desktop.errors import Doubtful, Refused
from desktop.language import _
from desktop.rules.codes import SIGNAL_GROUNDS
from desktop.rules.identifiers import has_bsn
from desktop.rules.letterdraft import tidy
from desktop.rules.letterwords import odd_words

LONGEST = 600  # characters; four lines hold some 220, and the writer shortens it beside the paper


@dataclass(frozen=True, kw_only=True)
class SignalDraft:
    """What is told, why it may be told, and the worry it comes from."""

    voucher_id: int
    worry_id: int | None = None
    ground: str | None = None
    agreed: bool = False  # the person says yes to this, now
    sentence: str = ""
    sure: bool = False


def check(
    draft: SignalDraft, may_report_back: bool, reasons: tuple[str, ...] = (), today: date | None = None
) -> None:
    """Refuse a signal without a ground, without words or with a BSN; ask about a diagnosis or somebody else."""
    wrong: dict[str, str] = {}
    if draft.ground not in SIGNAL_GROUNDS:
        wrong["ground"] = _("Choose on which ground the practice may know this.")
    elif draft.ground == "consent" and not (may_report_back or draft.agreed):
        wrong["agreed"] = _("There is no consent to report back. Ask it, or tick that the person agrees to this now.")
    if not tidy(draft.sentence):
        wrong["sentence"] = _("Write in your own words what the practice should know.")
    elif has_bsn(draft.sentence):
        wrong["sentence"] = _("A BSN may not be stored. Leave it out.")
    if wrong:
        raise Refused(**wrong)
    if not draft.sure and (odd := odd_words(draft.sentence, today, reasons)):
        raise Doubtful(sentence=odd)
