"""Which feedback letters a case still owes, by when, and why one may not be written. Must not know tables or texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop.language import _, current
from desktop.rules.cases import MOMENTS, Case
from desktop.rules.dates import months_after, show_long, working_days_after
from desktop.rules.staff import Member
from desktop.rules.status import Terms

SILENT = frozenset({"deceased", "error"})  # outcomes nobody is written about, whatever was agreed
NOT_STARTED = frozenset({"not_reached", "not_interested", "not_suitable", "expired"})
UNREFERRED = frozenset({"self", "mentioned"})  # channels without a referral: even a receipt would tell something
ORDER = MOMENTS  # a later letter settles the earlier moments
ENDINGS = frozenset({"closing", "declined"})
SIGNAL = "signal"  # stands apart: as many as there are worries, on a ground of its own, settling nothing else


@dataclass(frozen=True)
class Told:
    """A letter that stands about a moment: how far it got, and since when."""

    state: str
    on: date


@dataclass(frozen=True)
class Noticed:
    """A worry that is open and that no signal was written about."""

    worry_id: int
    on: date


@dataclass(frozen=True)
class LetterFacts:
    """Everything about a case that decides which letters are due."""

    dated_on: date
    received_on: date
    intakes: tuple[date, ...] = ()
    started: bool = False
    begun_on: date | None = None  # first time at what goes on, else the start date
    talks: tuple[date, ...] = ()  # aftercare talks that were held
    worries: tuple[Noticed, ...] = ()
    closed_on: date | None = None
    outcome: str = ""
    referred: bool = True  # somebody referred; otherwise nobody may learn of it without consent
    wanted: bool = True  # report back wanted, as the voucher says
    addressed: bool = True  # there is a practice to write to
    consent: str = ""  # to report back: yes, no, ask, or "" when never asked
    agreed: tuple[str, ...] = MOMENTS
    written: frozenset[str] = frozenset()  # moments a letter that stands was written about
    told: Mapping[str, Told] = field(default_factory=dict)  # the same moments, with how far the letter got
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True)
class DueMoment:
    """A letter that is owed; `why_not` is a sentence when it may not be written, `settles` what it covers."""

    moment: str
    due_on: date
    why_not: str = ""
    settles: tuple[str, ...] = ()
    days_late: int = 0
    worry_id: int | None = None  # what a signal is about

    @property
    def late(self) -> bool:
        return self.days_late > 0


def facts_of(case: Case, consent: str, terms: Terms) -> LetterFacts:
    """What of a case decides its letters; `consent` is the answer that counts for reporting back."""
    told = _told(case)
    return LetterFacts(
        dated_on=case.dated_on or case.received_on,
        received_on=case.received_on,
        intakes=tuple(each.on for each in case.intakes),
        started=any(each.first_on for each in case.joined),
        begun_on=_begun_on(case),
        talks=tuple(each.on for each in case.talks),
        worries=_untold_worries(case),
        closed_on=case.closed_on,
        outcome=case.ending.outcome if case.ending else "",
        referred=is_referred(case.referrer_kind, case.channel),
        wanted=case.report_back,
        addressed=case.practice is not None or case.report_to_id is not None,
        consent=consent,
        agreed=case.practice.moments if case.practice else MOMENTS,
        written=frozenset(told),
        told=told,
        terms=terms,
    )


def is_referred(referrer_kind: str, channel: str) -> bool:
    """Whether somebody at a practice sent this person to us."""
    return referrer_kind != "self" and channel not in UNREFERRED


def due_moments(facts: LetterFacts, today: date) -> tuple[DueMoment, ...]:
    """The letters this case owes now, first the one to write; what may not be written says why not."""
    if _is_silent(facts):
        return ()
    days = _open_moments(facts, today)
    allowed = [moment for moment in days if not why_not(facts, moment)]
    found = [_due(moment, days[moment], why_not(facts, moment), today) for moment in days if moment not in allowed]
    if allowed:
        furthest = allowed[-1]
        found.insert(0, _due(furthest, min(days[each] for each in allowed), "", today, tuple(allowed)))
    return (*found, *_signals_due(facts, today))


def not_due(facts: LetterFacts, today: date) -> tuple[DueMoment, ...]:
    """What happened in this case and needs no letter any more, once for each reason: told already, or no case."""
    if _is_silent(facts):
        assert facts.closed_on is not None
        return (DueMoment(ending_of(facts), facts.closed_on, why_never(facts), (ending_of(facts),)),)
    days, still = _happened(facts, today), _open_moments(facts, today)
    reasons: dict[str, tuple[str, ...]] = {}
    for moment in days:
        if moment not in still:
            why = _told_already(facts, moment)
            reasons[why] = (*reasons.get(why, ()), moment)
    return tuple(DueMoment(told[-1], days[told[0]], why, told) for why, told in reasons.items())


def settles(facts: LetterFacts, moment: str, today: date) -> tuple[str, ...]:
    """Every open moment that a letter about this moment covers, itself included."""
    days = _open_moments(facts, today)
    earlier = [each for each in ORDER[: ORDER.index(moment)] if each in days] if moment in ORDER else []
    if not may_tell(facts):
        earlier = []
    return (*earlier, moment)


def why_never(facts: LetterFacts) -> str:
    """Why nothing at all may be written about this case, not even a signal."""
    if _is_silent(facts):
        return _("No letter is written about this case any more.")
    if not facts.addressed:
        return _("There is nobody to write to: the voucher has no practice.")
    return ""


def why_not(facts: LetterFacts, moment: str) -> str:
    """Why no letter is owed, or may be written, about this moment; "" when it may."""
    if why := why_never(facts):
        return why
    if not facts.wanted and moment != SIGNAL:
        return _("The referrer does not want to be reported to.")
    if moment not in facts.agreed:
        return _("The practice agreed that it gets no letter about this.")
    return "" if moment == SIGNAL else _consent_complaint(facts, moment)


def happened(facts: LetterFacts, moment: str, today: date) -> bool:
    """Whether there is anything to write about this moment yet."""
    return moment == SIGNAL or moment in _happened(facts, today)


def progress_on(facts: LetterFacts) -> date | None:
    """The day of the first aftercare talk, or the day on which the months after the start are over."""
    over = months_after(facts.begun_on, facts.terms.aftercare_after) if facts.begun_on else None
    return min((day for day in (*facts.talks, over) if day is not None), default=None)


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


def _begun_on(case: Case) -> date | None:
    """Since when what goes on now goes on: the first time, else the start date."""
    first = min((each.first_on for each in case.standing if each.first_on), default=None)
    planned = [each.start_on for each in case.standing if each.start_on and each.state != "waiting"]
    return first or min(planned, default=None)


def _untold_worries(case: Case) -> tuple[Noticed, ...]:
    """The open worries without a signal that stands."""
    told = {each.worry_id for each in case.words if each.stands and each.worry_id is not None}
    return tuple(Noticed(each.id, each.noticed_on) for each in case.open_signs if each.id not in told)


def _told(case: Case) -> dict[str, Told]:
    """The moments told and since when; a word about an earlier ending does not count for this one."""
    told: dict[str, Told] = {}
    for letter in case.words:
        for each in letter.settles if letter.stands else ():
            ended = case.closed_on is not None and letter.written_on >= case.closed_on
            if each.moment not in ENDINGS or ended:
                told[each.moment] = Told(letter.state, letter.sent_on or letter.written_on)
    return told


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


def _is_silent(facts: LetterFacts) -> bool:
    return facts.closed_on is not None and facts.outcome in SILENT


def _open_moments(facts: LetterFacts, today: date) -> dict[str, date]:
    """What happened and was not told yet, in the order of ORDER, each with the day it is due."""
    furthest = max((ORDER.index(each) for each in facts.written if each in ORDER), default=-1)
    return {
        moment: day
        for moment, day in _happened(facts, today).items()
        if moment not in facts.written and (moment in ENDINGS or ORDER.index(moment) > furthest)
    }


def _happened(facts: LetterFacts, today: date) -> dict[str, date]:
    """Every moment of this case until today, told or not, each with the day its letter is due."""
    terms = facts.terms
    arrived = facts.dated_on + timedelta(days=terms.arrived_letter_within)
    days = {"arrived": max(arrived, facts.received_on)}
    if facts.intakes:
        days["intake"] = working_days_after(min(facts.intakes), terms.intake_letter_within)
    over = progress_on(facts)
    if over is not None and over <= (facts.closed_on or today):
        days["progress"] = over
    if facts.closed_on is not None:
        days[ending_of(facts)] = facts.closed_on
    return days


def _signals_due(facts: LetterFacts, today: date) -> list[DueMoment]:
    """A worry is told the same day, where the practice wants to hear it."""
    why = why_not(facts, SIGNAL)
    return [
        DueMoment(SIGNAL, each.on, why, (SIGNAL,), max((today - each.on).days, 0), each.worry_id)
        for each in facts.worries
    ]


def _told_already(facts: LetterFacts, moment: str) -> str:
    told = facts.told.get(moment)
    if told is None:
        return _("A later letter tells more.")
    day = show_long(told.on, current())
    return {
        "concept": _("The letter is being written since {day}."),
        "fixed": _("The letter of {day} is ready to be sent."),
        "sent": _("The practice was told on {day}."),
    }[told.state].format(day=day)


def _due(moment: str, day: date, why: str, today: date, covers: tuple[str, ...] = ()) -> DueMoment:
    return DueMoment(moment, day, why, covers or (moment,), max((today - day).days, 0))
