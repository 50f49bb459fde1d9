"""Which feedback letters a case still owes, by when, and why one may not be written. Must not know tables or texts."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop.language import _
from desktop.rules.dates import working_days_after
from desktop.rules.staff import Member
from desktop.rules.status import Terms

SILENT = frozenset({"deceased", "error"})  # outcomes nobody is written about, whatever was agreed
NOT_STARTED = frozenset({"not_reached", "not_interested", "not_suitable", "expired"})
UNREFERRED = frozenset({"self", "mentioned"})  # channels without a referral: even a receipt would tell something
ORDER = ("arrived", "intake", "closing", "declined")  # a later letter settles the earlier moments
ENDINGS = frozenset({"closing", "declined"})


@dataclass(frozen=True)
class LetterFacts:
    """Everything about a case that decides which letters are due."""

    dated_on: date
    received_on: date
    intakes: tuple[date, ...] = ()
    started: bool = False
    closed_on: date | None = None
    outcome: str = ""
    referred: bool = True  # somebody referred; otherwise nobody may learn of it without consent
    wanted: bool = True  # report back wanted, as the voucher says
    addressed: bool = True  # there is a practice to write to
    consent: str = ""  # to report back: yes, no, ask, or "" when never asked
    agreed: tuple[str, ...] = ("arrived", "intake", "progress", "closing", "declined")
    written: frozenset[str] = frozenset()  # moments a letter that stands was written about
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True)
class DueMoment:
    """A letter that is owed; `why_not` is a sentence when it may not be written, `settles` what it covers."""

    moment: str
    due_on: date
    why_not: str = ""
    settles: tuple[str, ...] = ()
    days_late: int = 0

    @property
    def late(self) -> bool:
        return self.days_late > 0


def due_moments(facts: LetterFacts, today: date) -> tuple[DueMoment, ...]:
    """The letters this case owes now, first the one to write; what may not be written says why not."""
    if facts.outcome in SILENT and facts.closed_on is not None:
        return ()
    days = _open_moments(facts)
    allowed = [moment for moment in days if not why_not(facts, moment)]
    found = [_due(moment, days[moment], why_not(facts, moment), today) for moment in days if moment not in allowed]
    if allowed:
        furthest = allowed[-1]
        found.insert(0, _due(furthest, min(days[each] for each in allowed), "", today, tuple(allowed)))
    return tuple(found)


def settles(facts: LetterFacts, moment: str) -> tuple[str, ...]:
    """Every open moment that a letter about this moment covers, itself included."""
    days = _open_moments(facts)
    earlier = [each for each in ORDER[: ORDER.index(moment)] if each in days] if moment in ORDER else []
    if not may_tell(facts):
        earlier = []
    return (*earlier, moment)


def why_not(facts: LetterFacts, moment: str) -> str:
    """Why no letter may be written about this moment; "" when it may."""
    if facts.closed_on is not None and facts.outcome in SILENT:
        return _("No letter is written about this case any more.")
    if not facts.addressed:
        return _("There is nobody to write to: the voucher has no practice.")
    if not facts.wanted:
        return _("The referrer does not want to be reported to.")
    if moment not in facts.agreed:
        return _("The practice agreed that it gets no letter about this.")
    return _consent_complaint(facts, moment)


def happened(facts: LetterFacts, moment: str) -> bool:
    """Whether there is anything to write about this moment yet."""
    if moment == "intake":
        return bool(facts.intakes)
    return moment == "arrived" or (moment in ENDINGS and facts.closed_on is not None and moment == ending_of(facts))


def may_tell(facts: LetterFacts) -> bool:
    """Whether more than a neutral receipt may be written."""
    return facts.consent == "yes"


def may_approve(by: Member, coach: int | None, substitute: int | None) -> bool:
    """The coach's own word: coach of the case, substitute, a coordinator who is coach; any coach when nobody has it."""
    if "coach" not in by.roles:
        return False
    return coach is None or by.id in (coach, substitute) or "coordinator" in by.roles


def ending_of(facts: LetterFacts) -> str:
    """Which letter tells that the case was closed."""
    return "declined" if facts.outcome in NOT_STARTED and not facts.started else "closing"


def _consent_complaint(facts: LetterFacts, moment: str) -> str:
    if facts.consent == "yes":
        return ""
    if moment == "arrived" and facts.referred:
        return ""  # as a neutral receipt
    if facts.consent == "no":
        if facts.referred:
            return _("There is no consent to report back: only a neutral receipt may be sent.")
        return _("There is no consent to report back, and the practice did not refer: nothing may be sent.")
    return _("Whether we may report back to the practice still has to be asked.")


def _open_moments(facts: LetterFacts) -> dict[str, date]:
    """What happened and was not written about yet, in the order of ORDER, each with the day it is due."""
    terms = facts.terms
    arrived = facts.dated_on + timedelta(days=terms.arrived_letter_within)
    days = {"arrived": max(arrived, facts.received_on)}
    if facts.intakes:
        days["intake"] = working_days_after(min(facts.intakes), terms.intake_letter_within)
    if facts.closed_on is not None:
        days[ending_of(facts)] = facts.closed_on
    if facts.written & (ENDINGS | {"intake"}):
        days.pop("arrived")
    if facts.written & ENDINGS:
        days.pop("intake", None)
    return {moment: day for moment, day in days.items() if moment not in facts.written}


def _due(moment: str, day: date, why: str, today: date, covers: tuple[str, ...] = ()) -> DueMoment:
    return DueMoment(moment, day, why, covers or (moment,), max((today - day).days, 0))
