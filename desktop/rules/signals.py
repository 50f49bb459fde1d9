"""A signal: what the worker noticed that the doctor should know, and on which ground. Must not know tables."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules.codes import SIGNAL_GROUNDS
from desktop.rules.identifiers import has_bsn
from desktop.rules.letterdraft import tidy
from desktop.rules.letterwords import odd_words

Core = tuple[tuple[str, str], ...]
SAID = {"vital": ("{leven}", "Wij laten u dit weten omdat er gevaar is voor het leven.")}
"""The field of a ground, and the sentence with it; Dutch, as the letter is."""
LONGEST = 600  # characters; four lines hold some 220, and the writer shortens it beside the paper


@dataclass(frozen=True, kw_only=True)
class SignalDraft:
    """What is told, why it may be told, and the worry it comes from."""

    voucher_id: int
    worry_id: int | None = None
    ground: str | None = None
    agreed: bool = False  # the person says yes to this, now
    sentence: str = ""
    own_practice: int | None = None  # whose patient this person is, when that was asked just now
    sure: bool = False


def grounds_for(kinds: Collection[str]) -> tuple[str, ...]:
    """The grounds there are at worries of these kinds: the Meldcode is about violence, and never about suicide."""
    return tuple(each for each in SIGNAL_GROUNDS if each != "meldcode" or not kinds or set(kinds) != {"suicide"})


def check(
    draft: SignalDraft,
    may_report_back: bool,
    reasons: tuple[str, ...] = (),
    today: date | None = None,
    kinds: Collection[str] = (),
) -> None:
    """Refuse a signal without a ground, without words or with a BSN; ask about a diagnosis or somebody else.

    `kinds` are those of the worries it may be about.
    """
    wrong: dict[str, str] = {}
    if draft.ground not in SIGNAL_GROUNDS:
        wrong["ground"] = _("Choose on which ground the practice may know this.")
    elif draft.ground not in grounds_for(kinds):
        wrong["ground"] = _("The Meldcode is about violence, not about suicide. Choose another ground.")
    elif draft.ground == "consent" and not (may_report_back or draft.agreed):
        wrong["agreed"] = _("There is no consent to report back. Ask it, or tick that the person agrees to this now.")
    if not tidy(draft.sentence):
        wrong["sentence"] = _("Write in your own words what the practice should know.")
    elif has_bsn(draft.sentence):
        wrong["sentence"] = _("A BSN may not be stored. Leave it out.")
    if wrong:
        raise Refused(**wrong)
    if draft.sure:
        return
    if draft.ground == "vital" and may_report_back:
        ask(ground=_("There is consent to tell the practice. Is it told for another reason all the same?"))
    if odd := odd_words(draft.sentence, today, reasons):
        ask(sentence=odd)


def with_ground(core: Core, ground: str, text: str) -> Core:
    """The letter says why the practice may know this, also where the office's own text has no place for that."""
    if ground not in SAID or SAID[ground][0] in text or len(core) < 2:
        return core
    heading, words = core[1]
    return (core[0], (heading, f"{SAID[ground][1]} {words}".strip()), *core[2:])
