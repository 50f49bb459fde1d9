"""What one case counts for in the figures of practices. Must not know tables, nor what stays hidden.

What each figure means stands in rules.values; here is only what of a recorded case it is made of.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from desktop.rules.cases import Case, Word
from desktop.rules.letters_due import ENDINGS, UPDATE
from desktop.rules.status import Terms
from desktop.rules.values import LetterSent, Pair, Quarter, Starter, Taking, Values, VoucherSeen, judged, quarter_of

ERROR = "error"  # entered in error: nobody came, nothing is counted but a letter that went all the same


def values_of_cases(cases: Sequence[Case], practice_id: int, quarter: Quarter, until: date, terms: Terms) -> Values:
    """The figures of one practice in one quarter; cases that do not concern it count for nothing."""
    ours = [case for case in cases if practice_of(case) == practice_id and case.outcome != ERROR]
    return judged(
        [_voucher(case, practice_id) for case in ours if quarter.holds(case.received_on)],
        [starter for case in ours if (starter := _starter(case, practice_id, until)) is not None],
        [letter for case in cases for letter in _letters(case, practice_id, quarter)],
        _pairs(ours, practice_id, quarter),
        quarter,
        until,
        terms,
    )


def practice_of(case: Case) -> int | None:
    """Whose voucher it is."""
    return case.practice.id if case.practice is not None else None


def concerned(case: Case) -> set[int]:
    """The practices in whose figures a case may count: that of the voucher, and those that were written to."""
    practices = {practice_of(case), *(each.practice_id for each in case.words)}
    return {each for each in practices if each is not None}


def counts_in(case: Case) -> set[tuple[int, Quarter]]:
    """The practices and quarters in whose figures this case has a part."""
    ours = {quarter_of(case.received_on)}
    ours |= {quarter_of(day).next for day in [case.began_on] if day is not None}
    ours |= {quarter_of(talk.on) for talk in case.talks if talk.gp_contacts is not None}
    practice = practice_of(case)
    found = {(practice, quarter) for quarter in ours} if practice is not None else set()
    sent = ((each.practice_id, each.sent_on) for each in case.words)
    return found | {(to, quarter_of(day)) for to, day in sent if to is not None and day is not None}


def _voucher(case: Case, practice: int) -> VoucherSeen:
    talked = min((each.on for each in case.intakes), default=None)
    dated = case.dated_on or case.received_on
    return VoucherSeen(practice, dated, case.reached_on, talked, case.began_on, case.person.id or None)


def _starter(case: Case, practice: int, until: date) -> Starter | None:
    taking = tuple(Taking(each.first_on, each.stopped_on) for each in case.joined if each.first_on is not None)
    said = [talk.outcome for talk in case.talks if talk.outcome and talk.on <= until]
    if not taking:
        return None
    return Starter(practice, taking, said[-1] if said else "", case.closed_on, case.outcome, case.received_on)


def _letters(case: Case, practice: int, quarter: Quarter) -> Iterator[LetterSent]:
    """Those that went to this practice in the quarter: no copies, and no correction of what went before."""
    sent = {each.id for each in case.words if each.state == "sent"}
    for each in case.words:
        first = each.stands and each.copy_of_id is None and each.corrects_id not in sent
        if first and each.practice_id == practice and each.sent_on is not None and quarter.holds(each.sent_on):
            yield _letter(case, each, each.sent_on, practice)


def _letter(case: Case, letter: Word, sent_on: date, practice: int) -> LetterSent:
    return LetterSent(
        practice,
        tuple(each.moment for each in letter.settles) or (letter.moment,),
        sent_on,
        case.dated_on or case.received_on,
        case.received_on,
        talked_on=_told_of(letter, "intake", [(each.id, each.on) for each in case.intakes], sent_on),
        asked_on=_told_of(letter, "progress", [(each.id, each.on) for each in case.talks], sent_on),
        begun_on=case.began_on,
        closed_on=_closed_on(case, letter, sent_on),
        promised_on=_promised_on(case, letter),
        progress_weeks=case.practice.progress_weeks if case.practice is not None else None,
    )


def _told_of(letter: Word, moment: str, deeds: Sequence[tuple[int, date]], sent_on: date) -> date | None:
    """The day of the deed that a letter tells of; where that is not known, of the first there was by then."""
    told = {each.subject for each in letter.settles if each.moment == moment}
    by_then = min((day for _at, day in deeds if day <= sent_on), default=None)
    return next((day for at, day in deeds if at in told), by_then)


def _closed_on(case: Case, letter: Word, sent_on: date) -> date | None:
    """The closing that was told, also when the case was opened again since; else the last one that stood by then."""
    told = {each.subject for each in letter.settles if each.moment in ENDINGS}
    of_it = next((each.closed_on for each in case.endings if each.id in told), None)
    stood = [each.closed_on for each in case.endings if each.reopened_on is None and each.closed_on <= sent_on]
    return of_it or max(stood, default=None)


def _promised_on(case: Case, letter: Word) -> date | None:
    """The day that the letter before it promised, which a further word keeps."""
    kept = {each.subject for each in letter.settles if each.moment == UPDATE}
    return next((each.promised_on for each in case.words if each.id in kept), None)


def _pairs(cases: Iterable[Case], practice: int, quarter: Quarter) -> list[Pair]:
    """Of each person the newest pair: somebody with two vouchers is one of the people, not two."""
    found: dict[int, tuple[date, Pair]] = {}
    for case in cases:
        before = next((each.gp_contacts for each in case.intakes if each.gp_contacts is not None), None)
        asked = [talk for talk in case.talks if talk.gp_contacts is not None and talk.on < quarter.end]
        after = asked[-1].gp_contacts if asked else None
        if before is None or after is None or not quarter.holds(asked[-1].on):
            continue
        who = case.person.id or -case.id  # a case of nobody known stands by itself
        if who not in found or found[who][0] <= asked[-1].on:
            found[who] = (asked[-1].on, Pair(practice, before, after))
    return [pair for _on, pair in found.values()]
