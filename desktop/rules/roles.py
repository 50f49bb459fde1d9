"""What each role sees of a case: the one place that says where the sight of intake staff ends. Must not know tables.

Intake staff register vouchers, persons, appointments and the first call. What is said in a talk, a worry, how a case
ended and what letters tell is for coaches. Whatever is not named here is not for them.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from desktop.errors import Refused
from desktop.language import N_, _
from desktop.rules.cases import Case, Ending, FirstTalk, Joined, Sign, Talk, Word
from desktop.rules.deed_kinds import DEED_KINDS
from desktop.rules.letters_due import SIGNAL
from desktop.rules.staff import CASEWORK, OFFICE, Member
from desktop.rules.story import Line, lines_of
from desktop.rules.tasks import SOUGHT, Task

DOES = {
    "coordinator": N_("Everything: catalogue, practices, colleagues, settings, reports, and who looked at what."),
    "coach": N_("All cases: talks, activities, worries, closing, and the letters to practices."),
    "intake": N_("Vouchers, participants, appointments and the first call. Not: talks, worries, closings, letters."),
    "leader": N_("Only the own groups, by first name and initial. No cases."),
}
"""One line for each role, beside its box."""
DEEDS = frozenset(kind.name for kind in DEED_KINDS if kind.for_office)
"""The deeds that intake staff open to read and correct."""
TASKS = frozenset({*SOUGHT, "plan_intake", "expiring", "consent", "inform"})
"""The tasks of intake staff."""
TOLD = frozenset(
    {
        *("person", "voucher", "voucher_reason", "contact_attempt", "appointment", "consent"),
        *("practice", "contact", "activity", "schedule", "activity_theme"),
    }
)
"""Of which records the history is told to intake staff."""
OPENED = frozenset({"person", "voucher", "practice", "activity"})
"""Whose history they open; that of the others stands in these."""
UNTOLD = frozenset(
    {
        ("voucher", "outcome"),
        ("appointment", "enrolment_id"),
        ("appointment", "ended_by_id"),
        ("consent", "intake_id"),
    }
)
"""Their fields that say what came of a talk or how the case ended."""
CALL_NOTE = ("contact_attempt", "note")
CONSULT = N_("Something is going on: talk with the coach first")


def sees_casework(by: Member) -> bool:
    """Whether the contents of cases are for one of somebody's roles."""
    return by.may(CASEWORK)


def holds_talks(by: Member) -> int | None:
    """With whom an appointment is when nothing else says so: with who plans it, if they hold talks themselves."""
    return by.id or None if sees_casework(by) else None


def openers(kind: str) -> frozenset[str]:
    """Who opens a deed to read and correct it."""
    return OFFICE if kind in DEEDS else CASEWORK


def sees_call(by: Member, called_on: date, talked_on: date | None, made_by: int | None) -> bool:
    """The note of a call: of the calls before the first talk, and of one's own."""
    return sees_casework(by) or talked_on is None or called_on <= talked_on or (by.id != 0 and made_by == by.id)


def require_call(by: Member, called_on: date, talked_on: date | None, made_by: int | None) -> None:
    if not sees_call(by, called_on, talked_on, made_by):
        raise Refused(_("This call came after the first talk: it is for the coach."))


def tells(by: Member, table: str, column: str = "", own: bool = False) -> bool:
    """Whether the history of such a record, and of this field of it, is told to somebody; `own` is of their hand."""
    if sees_casework(by):
        return True
    return table in TOLD and (table, column) not in UNTOLD and (own or (table, column) != CALL_NOTE)


def doers(kind: str) -> frozenset[str]:
    """Whose a kind of task is."""
    return OFFICE if kind in TASKS else CASEWORK


def readers(table: str) -> frozenset[str]:
    """Who opens the history of such a record."""
    return OFFICE if table in OPENED else CASEWORK


def tasks_for(by: Member, case: Case, tasks: Iterable[Task]) -> list[Task]:
    """The tasks of one case that somebody may do; with an open worry they are told to ask first."""
    found = [task for task in tasks if by.may(doers(task.kind))]
    if sees_casework(by) or not case.open_signs:
        return found
    return [replace(task, subtitle=" · ".join(filter(None, (_(CONSULT), task.subtitle)))) for task in found]


def case_for(by: Member, case: Case) -> Case:
    """A case as somebody may read it: for intake staff every deed with its day, and without what came of it."""
    if sees_casework(by):
        return case
    later = _later_calls(by, case)
    return replace(
        case,
        attempts=tuple(replace(each, note="") if each.id in later else each for each in case.attempts),
        visits=tuple(replace(each, enrolment_id=None, ended_by_id=None) for each in case.visits),
        intakes=tuple(FirstTalk(each.on, id=each.id) for each in case.intakes),
        joined=tuple(Joined(each.state, each.enrolled_on, each.start_on, id=each.id) for each in case.joined),
        talks=tuple(Talk(each.on, outcome="", id=each.id) for each in case.talks),
        signs=tuple(Sign("", each.noticed_on, done_on=each.done_on, id=each.id) for each in case.signs),
        endings=tuple(Ending(each.closed_on, "", reopened_on=each.reopened_on, id=each.id) for each in case.endings),
        pauses=tuple(replace(each, reason="", note="") for each in case.pauses),
        words=tuple(_gone_out(each) for each in case.words if _went(each)),
        outcome="",
    )


def _went(letter: Word) -> bool:
    """A letter that was sent and stands; not a signal, which says that there is a worry."""
    return letter.state == "sent" and letter.stands and letter.moment != SIGNAL


def _gone_out(letter: Word) -> Word:
    return Word("", letter.state, letter.written_on, practice=letter.practice, sent_on=letter.sent_on, id=letter.id)


def lines_for(by: Member, case: Case) -> list[Line]:
    """The story of a case as somebody may read it: that there was a talk, a letter, an end; not what came of it."""
    lines = lines_of(case_for(by, case))
    if sees_casework(by):
        return lines
    later = _later_calls(by, case)
    seen = [_line_for(by, line) for line in lines]
    return [
        replace(line, opens=False) if line.kind == "contact" and line.id in later else line
        for line in seen
        if line.title
    ]


def _line_for(by: Member, line: Line) -> Line:
    if by.may(openers(line.kind)):
        return line
    return replace(line, title=line.bare, subtitle=_("for coaches"), opens=False)


def _later_calls(by: Member, case: Case) -> frozenset[int]:
    """The calls whose note is not for somebody."""
    talked_on = min((each.on for each in case.intakes), default=None)
    return frozenset(each.id for each in case.attempts if not sees_call(by, each.on, talked_on, each.staff_id))
