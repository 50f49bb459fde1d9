"""Which feedback letters a case still owes, by when, and why one may not be written. Must not know tables or texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop.language import _, current
from desktop.rules.cases import MOMENTS, Case, Joined, Settled, Word
from desktop.rules.dates import months_after, next_open_day, show_long, working_days_after
from desktop.rules.staff import Member
from desktop.rules.status import Terms

SILENT = frozenset({"deceased", "error"})  # outcomes nobody is written about, whatever was agreed
NOT_STARTED = frozenset({"not_reached", "not_interested", "not_suitable", "expired"})
UNREFERRED = frozenset({"self", "mentioned"})  # channels without a referral: even a receipt would tell something
UPDATE = "update"  # a further word, because a letter promised it
ORDER = ("arrived", UPDATE, "intake", "progress", "closing", "declined")  # a later letter settles the earlier moments
ENDINGS = frozenset({"closing", "declined"})
ASKED_APART = ENDINGS | {UPDATE}  # owed whatever was told before
TOLD_BY = {"intake": "intake", "progress": "aftercare", "closing": "closing", "declined": "closing"}
"""Which kind of deed a letter about a moment tells of."""
AHEAD = timedelta(days=7)  # a promised word may be written so long before its day
TOO_LONG_AGO = timedelta(days=365)  # a case closed longer ago owes no letter any more
SIGNAL = "signal"  # stands apart: as many as there are worries, on a ground of its own, settling nothing else


@dataclass(frozen=True)
class Told:
    """A letter that stands about a moment: how far it got, and since when."""

    state: str
    on: date


@dataclass(frozen=True)
class Promise:
    """The next word a letter promised and that no letter has kept yet."""

    letter_id: int
    due_on: date
    from_on: date = date.min  # from then on the next word may be written


@dataclass(frozen=True)
class Wrong:
    """A letter that was sent and that the records deny since: it is to be taken back."""

    letter_id: int
    moment: str
    practice: str
    why: str
    sent_on: date = date.min
    not_theirs: bool = False  # what it tells was never for this practice, or is of somebody else


@dataclass(frozen=True)
class Noticed:
    """A worry that is open and that no signal was written about."""

    worry_id: int
    on: date


@dataclass(frozen=True)
class Subject:
    """The deed that a letter about a moment tells of, and what it says of it."""

    id: int = 0
    said: str = ""


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
    deceased: bool = False  # the person died, whatever this case says
    referred: bool = True  # somebody referred; otherwise nobody may learn of it without consent
    wanted: bool = True  # report back wanted, as the voucher says
    addressed: bool = True  # there is a practice to write to
    doctor: bool = True  # it is known who the GP is, who hears a signal
    consent: str = ""  # to report back: yes, no, ask, or "" when never asked
    agreed: tuple[str, ...] = MOMENTS
    written: frozenset[str] = frozenset()  # moments a letter that stands was written about
    told: Mapping[str, Told] = field(default_factory=dict)  # the same moments, with how far the letter got
    terms: Terms = field(default_factory=Terms)
    promise: Promise | None = None
    subjects: Mapping[str, Subject] = field(default_factory=dict)  # the deed that each moment tells of
    progress_weeks: int | None = None  # the practice's own term


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


def facts_of(case: Case, consent: str, terms: Terms, doctor: bool = True) -> LetterFacts:
    """What of a case decides its letters; `consent` is the answer that counts for reporting back."""
    subjects, promise = subjects_of(case), promise_of(case, terms)
    told = _told(case, subjects, promise)
    return LetterFacts(
        dated_on=case.dated_on or case.received_on,
        received_on=case.received_on,
        intakes=tuple(each.on for each in case.intakes),
        started=case.began_on is not None,
        begun_on=_begun_on(case),
        talks=tuple(each.on for each in case.talks),
        worries=_untold_worries(case),
        closed_on=case.closed_on,
        outcome=case.ending.outcome if case.ending else "",
        deceased=case.person.deceased_on is not None,
        referred=is_referred(case.referrer_kind, case.channel),
        wanted=case.report_back,
        addressed=case.addressee_id is not None,
        doctor=doctor,
        consent=consent,
        agreed=case.practice.moments if case.practice else MOMENTS,
        written=frozenset(told),
        told=told,
        terms=terms,
        promise=promise,
        subjects=subjects,
        progress_weeks=case.practice.progress_weeks if case.practice else None,
    )


def is_referred(referrer_kind: str, channel: str) -> bool:
    """Whether somebody at a practice sent this person to us."""
    return referrer_kind != "self" and channel not in UNREFERRED


def due_moments(facts: LetterFacts, today: date) -> tuple[DueMoment, ...]:
    """The letters this case owes now, first the one to write; what may not be written says why not."""
    if _is_silent(facts) or _is_long_over(facts, today):
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
        day = facts.closed_on or facts.received_on
        return (DueMoment(ending_of(facts), day, why_never(facts), (ending_of(facts),)),)
    days, still = _happened(facts, today), _open_moments(facts, today)
    long_over = _is_long_over(facts, today)
    reasons: dict[str, tuple[str, ...]] = {}
    for moment in still if long_over else (each for each in days if each not in still):
        why = why_too_late() if long_over else _told_already(facts, moment)
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
    """Why nothing at all may be written to the practice about this case."""
    if _is_silent(facts):
        return _("No letter is written about this case any more.")
    if not facts.addressed:
        return _("There is nobody to write to: the voucher has no practice.")
    return ""


def why_not(facts: LetterFacts, moment: str) -> str:
    """Why no letter is owed, or may be written, about this moment; "" when it may."""
    if moment == SIGNAL:
        return why_no_signal(facts)
    if why := why_never(facts):
        return why
    if not facts.wanted:
        return _("The referrer does not want to be reported to.")
    promised = facts.promise is not None and moment in ENDINGS  # what was promised is told, whatever was agreed since
    if moment != UPDATE and moment not in facts.agreed and not promised:
        return _("The practice agreed that it gets no letter about this.")
    return _consent_complaint(facts, moment)


def why_no_signal(facts: LetterFacts) -> str:
    """Why no signal may be written: no agreement about letters keeps one back, but somebody must hear it."""
    if _is_silent(facts):
        return _("No letter is written about this case any more.")
    return "" if facts.doctor else _("Nobody knows who the GP is. Ask this person.")


def happened(facts: LetterFacts, moment: str, today: date) -> bool:
    """Whether there is anything to write about this moment yet."""
    if moment == UPDATE:
        return facts.promise is not None
    return moment == SIGNAL or moment in _happened(facts, today)


def progress_on(facts: LetterFacts) -> date | None:
    """The day of the first aftercare talk, or the day on which the months after the start are over."""
    begun = facts.begun_on
    over = first_months_over(begun, facts.progress_weeks, facts.terms) if begun is not None else None
    return min((day for day in (*facts.talks, over) if day is not None), default=None)


def first_months_over(begun_on: date, weeks: int | None, terms: Terms) -> date:
    """When the first months are over, on a day that somebody works: the practice's weeks, else the office's months."""
    over = begun_on + timedelta(weeks=weeks) if weeks is not None else months_after(begun_on, terms.aftercare_after)
    return next_open_day(over)


def may_tell(facts: LetterFacts) -> bool:
    """Whether more than a neutral receipt may be written."""
    return facts.consent == "yes"


def is_neutral(facts: LetterFacts, moment: str) -> bool:
    """Whether a neutral letter may go to who referred, though there is no consent: the receipt, or that it was closed.

    A "no" holds back the ending too. The receipt only confirms what the practice did itself; that and when somebody's
    case ended is news of the person, who said no to that. Who was never asked, or could not be reached, said nothing:
    then the practice hears that its referral was closed and nothing else, so that it does not wait for word for ever.
    """
    if facts.consent == "yes" or not facts.referred:
        return False
    return moment == "arrived" or (moment in ENDINGS and facts.consent != "no")


def may_approve(by: Member, coach: int | None, substitute: int | None) -> bool:
    """The coach's own word: coach of the case, substitute, a coordinator who is coach; any coach when nobody has it."""
    if "coach" not in by.roles:
        return False
    return coach is None or by.id in (coach, substitute) or "coordinator" in by.roles


def ending_of(facts: LetterFacts) -> str:
    """Which letter tells that the case was closed."""
    return kind_of_ending(facts.outcome, facts.started)


def kind_of_ending(outcome: str, started: bool) -> str:
    """Whether it tells that something ended, or that nothing ever began."""
    return "declined" if outcome in NOT_STARTED and not started else "closing"


def _begun_on(case: Case) -> date | None:
    """Since when what goes on now goes on: the first time, else the start date."""
    first = min((each.first_on for each in case.standing if each.first_on), default=None)
    planned = [each.start_on for each in case.standing if each.start_on and not each.waits]
    return first or min(planned, default=None)


def _untold_worries(case: Case) -> tuple[Noticed, ...]:
    """The open worries without a signal that stands."""
    told = {each.worry_id for each in case.words if each.stands and each.worry_id is not None}
    return tuple(Noticed(each.id, each.noticed_on) for each in case.open_signs if each.id not in told)


def subjects_of(case: Case) -> dict[str, Subject]:
    """The deed that each moment of this case is about now; what is not about one deed is not in it."""
    found = {}
    if case.intakes:
        found["intake"] = Subject(case.intakes[0].id)
    if case.talks:
        found["progress"] = Subject(case.talks[0].id, case.talks[0].outcome)
    if case.ending is not None:
        kind = kind_of_ending(case.ending.outcome, case.began_on is not None)
        found[kind] = Subject(case.ending.id, case.ending.outcome)
    return found


def subject_of(facts: LetterFacts, moment: str) -> Subject:
    """The deed that a letter about this moment tells of; a further word is about the letter that promised it."""
    if moment == UPDATE:
        return Subject(facts.promise.letter_id) if facts.promise is not None else Subject()
    return facts.subjects.get(moment, Subject())


def said_of(outcome: str, started: bool) -> str:
    """What the practice hears of an ending: several outcomes are one word to it."""
    if kind_of_ending(outcome, started) == "declined":
        return "declined"
    return outcome if outcome in ("completed", "one_talk", "passed_on") else "stopped"


def promise_of(case: Case, terms: Terms) -> Promise | None:
    """What the newest letter promised, as long as no later one was written; or that it goes on after the last one."""
    letters = _letters_to(case, case.addressee_id)
    newest = next((each for each in reversed(letters) if each.moment != SIGNAL or each.promised_on), None)
    if newest is None or newest.state == "concept" or (UPDATE, newest.id) in _all_settled(letters):
        return None
    came = min(filter(None, (_sooner(case, newest), _reopened(case, newest))), default=None)
    if came is not None and (newest.promised_on is None or came < newest.promised_on):
        within = working_days_after(max(came, newest.written_on), terms.intake_letter_within)
        return Promise(newest.id, min(within, newest.promised_on or within), came)
    if newest.promised_on is None:
        return None
    ahead = min(AHEAD, (newest.promised_on - newest.written_on) // 2)  # not again on the day of the letter itself
    return Promise(newest.id, newest.promised_on, newest.promised_on - ahead)


def wrong_letters(case: Case) -> tuple[Wrong, ...]:
    """Letters that were sent and that no longer stand: to another practice, about what was taken back or moved."""
    sent = (each for each in case.words if each.stands and each.state == "sent" and each.copy_of_id is None)
    asked = [letter for letter in sent if letter.moment != SIGNAL or letter.mixed_up]
    return tuple(_wrong(case, letter, why) for letter in asked if (why := _why_wrong(case, letter)))


def _wrong(case: Case, letter: Word, why: str) -> Wrong:
    astray = bool(letter.mixed_up) or letter.practice_id != case.addressee_id
    return Wrong(letter.id, letter.moment, letter.practice, why, letter.sent_on or letter.written_on, astray)


def _why_wrong(case: Case, letter: Word) -> str:
    if letter.mixed_up:
        return why_mixed_up(letter.mixed_up)
    if letter.practice_id != case.addressee_id:
        return _("The case is not reported to this practice. Withdraw the letter; it may be a data breach.")
    if why := taken_back(case, letter):
        return _("{why} Withdraw the letter.").format(why=why)
    return _never_so(case, letter)


def taken_back(case: Case, letter: Word) -> str:
    """Which deed of those that a letter tells of is no longer there; "" when all of them are."""
    on_file = {
        "intake": {each.id for each in case.intakes},
        "progress": {each.id for each in case.talks},
        **{ending: {each.id for each in case.endings} for ending in ENDINGS},
    }
    for each in letter.settles:
        if each.subject and each.subject not in on_file.get(each.moment, {each.subject}):
            return _deed_gone(each.moment)
    return ""


def _deed_gone(moment: str) -> str:
    if moment == "intake":
        return _("The intake that this letter tells of was taken back.")
    if moment == "progress":
        return _("The talk that this letter tells of was taken back.")
    return _("The closing that this letter tells of was taken back.")


def _never_so(case: Case, letter: Word) -> str:
    """What a letter told of as going on, and that according to the records did not; a later letter put that right."""
    if letter.id != max(each.id for each in _letters_to(case, letter.practice_id) if each.moment != SIGNAL):
        return ""
    joined = {each.id: each for each in case.joined}
    for told in letter.going_on:
        now = joined.get(told.enrolment_id)
        if now is None or (told.begun and now.first_on is None):
            return _("What this letter says of taking part was taken back. Withdraw the letter.")
        if now.stopped_on is not None and now.stopped_on < letter.written_on and not letter.promised_sooner:
            return _("By the day of this letter it had stopped already. Withdraw the letter.")
    return ""


def why_mixed_up(how: str) -> str:
    """Why a letter that was sent has to be taken back since its case, or what it tells of, was moved."""
    if how == "case":
        return _("This letter bears the name of somebody else. Withdraw it; it may be a data breach.")
    return _("This letter tells of another participant or voucher. Withdraw it; it may be a data breach.")


def _letters_to(case: Case, practice_id: int | None) -> list[Word]:
    """What stands and was written to this practice, the oldest first; a copy tells nothing new, and what tells of
    somebody else tells nothing of this case."""
    stand = (each for each in case.words if each.stands and each.copy_of_id is None and not each.mixed_up)
    return [each for each in stand if each.practice_id == practice_id]


def _all_settled(letters: Iterable[Word]) -> set[tuple[str, int]]:
    return {(each.moment, each.subject) for letter in letters for each in letter.settles}


def _sooner(case: Case, letter: Word) -> date | None:
    """The day on which "of eerder als zij stopt" came true since the letter."""
    if not letter.promised_sooner:
        return None
    stopped = (each.stopped_on for each in case.joined if each.stopped_on and _stopped_since(letter, each))
    return min(stopped, default=None)


def _stopped_since(letter: Word, joined: Joined) -> bool:
    """It went on according to the letter, whatever day it stopped; of an older letter only the days are known."""
    if letter.going_on:
        return joined.id in {each.enrolment_id for each in letter.going_on}
    return joined.stopped_on is not None and joined.stopped_on > letter.written_on


def _reopened(case: Case, letter: Word) -> date | None:
    """After the last word about an ending the case went on: the practice does not know that."""
    told = {each.subject for each in letter.settles if each.moment in ENDINGS}
    days = (each.reopened_on for each in case.endings if each.id in told and each.reopened_on is not None)
    return max(days, default=None)


def _told(case: Case, subjects: Mapping[str, Subject], promise: Promise | None) -> dict[str, Told]:
    """The moments told to the practice that the case is reported to now, about the deeds as they stand now."""
    told: dict[str, Told] = {}
    for letter in _letters_to(case, case.addressee_id):
        for each in letter.settles:
            if _still_tells(case, each, subjects, promise):
                told[each.moment] = Told(letter.state, letter.sent_on or letter.written_on)
    return told


def _still_tells(case: Case, settled: Settled, subjects: Mapping[str, Subject], promise: Promise | None) -> bool:
    """Whether this word about a moment is about a deed that stands, and says of it what is so."""
    moment, deed = settled.moment, settled.subject
    if moment == "intake":
        return deed in {0, *(each.id for each in case.intakes)}
    if moment == "progress":
        outcomes = {0: settled.said, **{each.id: each.outcome for each in case.talks}}
        return deed in outcomes and settled.said in ("", outcomes[deed])
    if moment == UPDATE:
        return promise is None  # what keeps an earlier promise says nothing about the one that is open
    if moment in ENDINGS:
        now = subjects.get(moment)
        if now is None or deed not in (0, now.id):
            return False
        started = case.began_on is not None
        return not settled.said or said_of(settled.said, started) == said_of(now.said, started)
    return True


def _consent_complaint(facts: LetterFacts, moment: str) -> str:
    if facts.consent == "yes" or is_neutral(facts, moment):
        return ""
    if facts.consent == "no":
        if facts.referred:
            return _("There is no consent to report back: only a neutral receipt may be sent.")
        return _("There is no consent to report back, and the practice did not refer: nothing may be sent.")
    return _("Whether we may report back to the practice still has to be asked.")


def why_too_late() -> str:
    return _("The case was closed more than a year ago: no letter is owed any more.")


def _is_long_over(facts: LetterFacts, today: date) -> bool:
    return facts.closed_on is not None and facts.closed_on < today - TOO_LONG_AGO


def _is_silent(facts: LetterFacts) -> bool:
    return facts.deceased or (facts.closed_on is not None and facts.outcome in SILENT)


def _open_moments(facts: LetterFacts, today: date) -> dict[str, date]:
    """What happened and was not told yet, in the order of ORDER, each with the day it is due."""
    furthest = max((ORDER.index(each) for each in facts.written if each in ORDER), default=-1)
    return {
        moment: day
        for moment, day in _happened(facts, today).items()
        if moment not in facts.written and (moment in ASKED_APART or ORDER.index(moment) > furthest)
    }


def _happened(facts: LetterFacts, today: date) -> dict[str, date]:
    """Every moment of this case until today, told or not, each with the day its letter is due."""
    terms = facts.terms
    arrived = next_open_day(facts.dated_on + timedelta(days=terms.arrived_letter_within))
    days = {"arrived": max(arrived, facts.received_on)}
    if facts.intakes:
        days["intake"] = working_days_after(min(facts.intakes), terms.intake_letter_within)
    over = progress_on(facts)
    if over is not None and over <= (facts.closed_on or today):
        days["progress"] = over
    if facts.closed_on is not None:
        days[ending_of(facts)] = facts.closed_on
    elif facts.promise is not None and facts.promise.from_on <= today:
        days[UPDATE] = facts.promise.due_on
    return dict(sorted(days.items(), key=lambda each: ORDER.index(each[0])))


def _signals_due(facts: LetterFacts, today: date) -> list[DueMoment]:
    """A worry is told the same day, whatever was agreed about letters."""
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


def furthest_to_write(facts: LetterFacts, moment: str, today: date) -> str:
    """The moment to write about when this one is asked: where the text would be that of a later one, that one."""
    if not may_tell(facts):
        return moment
    instead = [ending_of(facts)] if facts.closed_on is not None else ["intake"] if moment == "arrived" else []
    days = _open_moments(facts, today)
    return next((each for each in instead if each in days and not why_not(facts, each)), moment)


def _due(moment: str, day: date, why: str, today: date, covers: tuple[str, ...] = ()) -> DueMoment:
    return DueMoment(moment, day, why, covers or (moment,), max((today - day).days, 0))
