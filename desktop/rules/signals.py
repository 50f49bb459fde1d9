"""A signal: what the worker noticed that the doctor should know, and on which ground. Must not know tables."""

from dataclasses import dataclass

from desktop.errors import Doubtful, Refused
from desktop.language import _
from desktop.rules.codes import SIGNAL_GROUNDS
from desktop.rules.identifiers import has_bsn
from desktop.rules.letterdraft import tidy
from desktop.rules.names import fold

LONGEST = 600  # characters; four lines hold some 220, and the writer shortens it beside the paper
KIN = (
    *("zoon", "dochter", "man", "vrouw", "partner", "echtgenoot", "echtgenote", "ex", "vader", "moeder", "broer"),
    *("zus", "buurman", "buurvrouw", "vriend", "vriendin", "kind", "kinderen", "kleinzoon", "kleindochter"),
)  # fmt: skip
"""Words that speak of somebody else; Dutch, as the letter is."""
DIAGNOSES = (
    *("depressie", "depressief", "dementie", "dement", "alzheimer", "adhd", "autisme", "autistisch", "borderline"),
    *("psychose", "psychotisch", "bipolair", "schizofrenie", "ptss", "verslaafd", "verslaving", "alcoholist"),
    *("alcoholisme", "anorexia", "boulimia", "burn-out", "burnout", "kanker", "diabetes", "parkinson"),
)  # fmt: skip
"""Words with which somebody says what a person has, not what was seen."""


@dataclass(frozen=True, kw_only=True)
class SignalDraft:
    """What is told, why it may be told, and the worry it comes from."""

    voucher_id: int
    worry_id: int | None = None
    ground: str | None = None
    agreed: bool = False  # the person says yes to this, now
    sentence: str = ""
    sure: bool = False


def check(draft: SignalDraft, may_report_back: bool, reasons: tuple[str, ...] = ()) -> None:
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
    if not draft.sure and (odd := _odd_word(draft.sentence, reasons)):
        raise Doubtful(sentence=odd)


def _odd_word(sentence: str, reasons: tuple[str, ...]) -> str:
    words = "".join(each if each.isalnum() or each == "-" else " " for each in fold(sentence)).split()
    text = f" {fold(sentence)}"
    if found := next((each for each in DIAGNOSES if each in words), None):
        return _("“{word}” sounds like a diagnosis. Write what you saw or heard. Is it meant?").format(word=found)
    if found := next((each for each in KIN if each in words), None):
        return _("“{word}” may be about somebody else. A letter tells nothing about others. Is it meant?").format(
            word=found
        )
    if found := next((each for each in reasons if f" {fold(each)}" in text), None):
        return _("This names the reason “{reason}”. A letter tells no reasons. Is it meant?").format(reason=found)
    return ""
