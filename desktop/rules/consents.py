"""Which answer counts when something of a person is shared: the one given in this case, for this practice.

The newest answer recorded counts, whatever day stands on it; a "no" is lifted only by a "yes" of the same day or later,
or by one of which whoever recorded it was asked. Must not know tables or screens.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.language import _, current
from desktop.rules.cases import Answer, Case
from desktop.rules.codes import CONSENT_ANSWERS, CONSENT_WAYS, word
from desktop.rules.dates import show_long

OF_A_PRACTICE = frozenset({"report_back", "hexagon", "signal"})
"""What one practice hears: another one has its own answer. The other questions are about the case alone."""


@dataclass(frozen=True)
class Position:
    """Where one question of a case stands towards one practice."""

    counts: str = ""  # yes, no or ask; "" when it was never asked
    stands: Answer | None = None  # the yes or no that was given last
    clash: Answer | None = None  # a later recorded yes of an earlier day, of which nobody was asked
    elsewhere: Answer | None = None  # what was answered for another practice, when nothing was for this one
    waits: bool = True  # it was never asked, or "still to ask" was recorded last

    @property
    def given(self) -> bool:
        return self.counts == "yes"

    @property
    def to_ask(self) -> bool:
        """Whether the person still has to be asked, or asked again."""
        return self.waits or self.clash is not None


def position(answers: Sequence[Answer], purpose: str, practice_id: int | None = None) -> Position:
    """What counts now of these answers, which stand in the order in which they were recorded."""
    asked = [each for each in answers if each.purpose == purpose]
    found = Position(elsewhere=asked[-1] if asked else None, counts="ask" if asked else "")
    for each in asked:
        if covers(each, practice_id):
            found = _after(found, each)
    return found


def report_back(case: Case) -> Position:
    """Whether the practice that the letters of a case go to may hear of it."""
    return position(case.answers, "report_back", case.addressee_id)


def still_to_ask(case: Case) -> bool:
    """Whether an open case waits for the answer about reporting back: somebody wants to hear, and may not yet."""
    somebody = case.addressee_id is not None and case.report_back
    return somebody and case.closed_on is None and case.person.deceased_on is None and report_back(case).to_ask


def covers(answer: Answer, practice_id: int | None) -> bool:
    """Whether an answer was given for this practice, or for no practice in particular."""
    return answer.purpose not in OF_A_PRACTICE or answer.practice_id == practice_id


def said(answer: Answer) -> str:
    """What an answer says now: withdrawn is no."""
    return "no" if answer.withdrawn_on is not None else answer.answer


def said_on(answer: Answer) -> date:
    return answer.withdrawn_on or answer.given_on


def contradicted(before: Position, answer: str, on: date) -> Answer | None:
    """The other answer that stands of a later day than this new one; only a question tells which of the two counts."""
    stands = before.stands
    if stands is None or answer == "ask" or said(stands) == answer or said_on(stands) <= on:
        return None
    return stands


def which_counts(stands: Answer, answer: str, on: date) -> str:
    """The question about two answers, each with its day and where it was given."""
    return _(
        "“{before}” was answered on {day_before} ({where}); this “{now}” is of an earlier day, {day}. Does it count?"
    ).format(
        before=_word(said(stands)),
        day_before=show_long(said_on(stands), current()),
        where=where_given(stands),
        now=_word(answer),
        day=show_long(on, current()),
    )


def two_answers(no: Answer, yes: Answer) -> str:
    """What is shown of answers that contradict each other until somebody asks again."""
    return _("Two answers: yes on {day} ({where}) and no on {day_no} ({where_no}). Ask again.").format(
        day=show_long(said_on(yes), current()),
        where=where_given(yes),
        day_no=show_long(said_on(no), current()),
        where_no=where_given(no),
    )


def why_asked(where: Position) -> str:
    """Why it is asked again: two answers, or one that was given for another practice; else nothing to say."""
    if where.clash is not None and where.stands is not None:
        return two_answers(where.stands, where.clash)
    if where.stands is None and where.elsewhere is not None and where.elsewhere.answer != "ask":
        return _("the answer there is was given for another practice")
    return ""


def where_given(answer: Answer) -> str:
    """In which talk, or by which way."""
    if answer.withdrawn_on is not None:
        return _("withdrawn")
    if answer.intake_id is not None:
        return _("in the intake")
    if answer.attempt_id is not None:
        return _("in a call or other contact")
    return word(CONSENT_WAYS, answer.how).lower() if answer.how else _("not known how")


def to_withdraw(answers: Iterable[Answer], answer: Answer) -> list[Answer]:
    """Every yes to the same question for the same practice: withdrawing one of two leaves no other standing."""
    return [
        each
        for each in answers
        if each.purpose == answer.purpose and covers(each, answer.practice_id) and said(each) == "yes"
    ]


def _after(before: Position, answer: Answer) -> Position:
    """The position once this answer was recorded too."""
    word_now, stands = said(answer), before.stands
    if word_now == "ask":
        counts = "no" if before.counts == "no" else "ask"  # a note that it is still to be asked lifts no "no"
        return Position(counts, stands, before.clash)
    earlier = contradicted(before, word_now, said_on(answer))
    if word_now == "yes" and earlier is not None and not answer.sure:
        return Position("ask", stands, clash=answer, waits=False)
    return Position(word_now, answer, waits=False)


def _word(answer: str) -> str:
    return word(CONSENT_ANSWERS, answer).lower()
