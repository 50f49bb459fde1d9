"""A person's story as one line of deeds: the sentence of each. Must not know tables, screens or the clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop.language import N_, _, ngettext
from desktop.rules.attendance import attendance_words
from desktop.rules.cases import Case
from desktop.rules.codes import (
    AFTERCARE_OUTCOMES,
    CHANNELS,
    CLOSING_OUTCOMES,
    CONTACT_OUTCOMES,
    CONTACT_WAYS,
    DROP_OUT_REASONS,
    HOLD_REASONS,
    KNOWN_BY,
    LETTER_MOMENTS,
    LETTER_WAYS,
    PLACES,
    WORRY_KINDS,
    word,
)
from desktop.rules.deed_kinds import DEED_KINDS
from desktop.rules.script import asked_by, referrer_of
from desktop.rules.tasks import first_line, show_short

APPOINTMENTS = {
    "intake": N_("Intake planned"),
    "first_visit": N_("First visit together planned"),
    "aftercare": N_("Aftercare talk planned"),
}
HELD = {"first_visit": N_("Went along the first time")}
LONGEST = 80  # signs of somebody's own words
RANKS = tuple(kind.name for kind in DEED_KINDS)
"""The order of what happened on one day."""
STATES = {
    "missed": N_("did not come"),
    "moved": N_("moved to another moment"),
    "cancelled": N_("called off"),
}


@dataclass(frozen=True)
class Line:
    """One deed: `kind` and `id` open it, `order` puts deeds of one day in order; `bare` is all that is said of it to
    who may not read it, and nothing is said when that is empty."""

    kind: str
    id: int
    voucher_id: int
    on: date
    title: str
    subtitle: str = ""
    order: tuple[int, int] = (0, 0)
    bare: str = ""
    opens: bool = True

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


def lines_of(case: Case) -> list[Line]:
    """Every deed and letter of a case, one line each; what was done to a deed later has a line of its own."""
    return [line for source in SOURCES for line in source(case)]


def newest_first(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.on, line.order), reverse=True)


def contact_title(outcome: str, direction: str, way: str) -> str:
    if way == "post" and direction == "out":
        return _("Card sent by post")
    if outcome == "reached":
        return _("Spoken to") if direction == "out" else _("Got in touch themselves")
    if direction == "in":
        return _("Got in touch: {outcome}").format(outcome=word(CONTACT_OUTCOMES, outcome).lower())
    return _("Called: {outcome}").format(outcome=word(CONTACT_OUTCOMES, outcome).lower())


def contact_subtitle(attempt: int, way: str, call_back: str, note: str) -> str:
    nth = _("attempt {n}").format(n=attempt) if attempt else ""
    other = word(CONTACT_WAYS, way).lower() if way not in ("phone", "post") else ""
    back = _("call back {when}").format(when=call_back) if call_back else ""
    return joined(nth, other, back, note)


def appointment_title(kind: str, state: str) -> str:
    return _(HELD[kind]) if state == "held" and kind in HELD else _(APPOINTMENTS[kind])


def appointment_subtitle(starts_at: datetime, place: str, address: str, coach: str, state: str, note: str) -> str:
    when = f"{show_short(starts_at.date())} {starts_at:%H:%M}"
    return joined(when, word(PLACES, place).lower(), address, coach, _(STATES[state]) if state in STATES else "", note)


def intake_title(place: str) -> str:
    return _("Intake held: {place}").format(place=word(PLACES, place).lower())


def intake_subtitle(goals: str, marks: int, gp: int | None, enough: bool, note: str) -> str:
    said = f"“{first_line(goals, LONGEST)}”" if goals else ""
    return joined(said, _marks_words(marks), _gp_words(gp), _("one talk was enough") if enough else "", note)


def aftercare_title(outcome: str) -> str:
    """A talk of before the outcome was asked says only that it was held."""
    held = _("Aftercare talk held")
    return f"{held}: {word(AFTERCARE_OUTCOMES, outcome).lower()}" if outcome else held


def aftercare_subtitle(place: str, reason: str, satisfaction: int | None, marks: int, gp: int | None, note: str) -> str:
    pleased = _("satisfaction {mark}").format(mark=satisfaction) if satisfaction else ""
    return joined(reason, word(PLACES, place).lower(), pleased, _marks_words(marks), _gp_words(gp), note)


def _marks_words(marks: int) -> str:
    return _("{n} of 6 marks").format(n=marks) if marks else ""


def _gp_words(contacts: int | None) -> str:
    if contacts is None:
        return ""
    return ngettext("{n} contact with the GP", "{n} contacts with the GP", contacts).format(n=contacts)


def enrolled_title(place: str, waiting: bool) -> str:
    return (_("On the waiting list: {place}") if waiting else _("Signed up for {place}")).format(place=place)


def enrolled_subtitle(start_on: date | None, accompanied: bool, times: str, note: str) -> str:
    start = _("from {day}").format(day=show_short(start_on)) if start_on else ""
    return joined(start, _("we go along the first time") if accompanied else "", times, note)


def first_time_title(place: str) -> str:
    return _("Has been for the first time: {place}").format(place=place)


def first_time_subtitle(known_by: str) -> str:
    return _("known by: {how}").format(how=word(KNOWN_BY, known_by).lower()) if known_by else ""


def stopped_title(place: str) -> str:
    return _("Stopped: {place}").format(place=place)


def reason_words(reason: str) -> str:
    return word(DROP_OUT_REASONS, reason).lower() if reason else ""


def worry_title(kind: str) -> str:
    return _("Worry: {kind}").format(kind=word(WORRY_KINDS, kind).lower())


def worry_subtitle(reached: str, step: int, done_on: date | None, kind: str = "") -> str:
    """The Meldcode is about violence and neglect: at suicide no step of it is told."""
    called = _("practice phoned, spoke to {who}").format(who=reached) if reached else ""
    done = _("done on {day}").format(day=show_short(done_on)) if done_on else _("not done yet")
    meldcode = "" if kind == "suicide" else _("Meldcode step {n}").format(n=step)
    return joined(called, meldcode, done)


def hold_title(until_on: date) -> str:
    return _("On hold until {day}").format(day=show_short(until_on))


def closed_title(outcome: str) -> str:
    return _("Closed: {outcome}").format(outcome=word(CLOSING_OUTCOMES, outcome).lower())


def joined(*parts: str) -> str:
    return " · ".join(part.strip() for part in parts if part and part.strip())


def _line(
    case: Case, kind: str, row: int, on: date, title: str, subtitle: str = "", *, later: bool = False, bare: str = ""
) -> Line:
    """`later` for what was done to the deed afterwards, perhaps the same day; `bare` as Line says."""
    return Line(kind, row, case.id, on, title, subtitle, (RANKS.index(kind), row * 2 + later), bare)


def _voucher(case: Case) -> Iterator[Line]:
    asker = asked_by(referrer_of(case))
    title = _("Voucher {number} of {asker}") if asker else _("Voucher {number}")
    reasons = ", ".join(reason.lower() for reason in case.reasons)
    subtitle = joined(reasons, word(CHANNELS, case.channel).lower())
    yield _line(case, "voucher", case.id, case.received_on, title.format(number=case.number, asker=asker), subtitle)


def _contacts(case: Case) -> Iterator[Line]:
    tried = 0
    for each in case.attempts:
        ours = each.direction == "out" and each.way == "phone"
        tried += ours
        back = show_short(each.call_back_on) if each.call_back_on else ""
        back = f"{back} {each.call_back_at:%H:%M}" if back and each.call_back_at else back
        title = contact_title(each.outcome, each.direction, each.way)
        yield _line(
            case, "contact", each.id, each.on, title, contact_subtitle(tried if ours else 0, each.way, back, each.note)
        )


def _visits(case: Case) -> Iterator[Line]:
    for each in case.visits:
        if each.kind in ("intake", "aftercare") and each.state == "held":
            continue  # the talk itself tells it
        subtitle = appointment_subtitle(each.starts_at, each.place, each.address, each.coach, each.state, each.note)
        yield _line(case, "appointment", each.id, each.on, appointment_title(each.kind, each.state), subtitle)


def _intakes(case: Case) -> Iterator[Line]:
    for each in case.intakes:
        marks = sum(mark is not None for mark in each.marks)
        subtitle = intake_subtitle(each.goals, marks, each.gp_contacts, each.one_talk_enough, each.agreed)
        bare = _("A talk was held")
        yield _line(case, "intake", each.id, each.on, intake_title(each.place), subtitle, bare=bare)


def _talks(case: Case) -> Iterator[Line]:
    for each in case.talks:
        marks = sum(mark is not None for mark in each.marks)
        reason = reason_words(each.stop_reason)
        facts = (each.place, reason, each.satisfaction, marks, each.gp_contacts, each.note)
        title, bare = aftercare_title(each.outcome), _("A talk was held")
        yield _line(case, "aftercare", each.id, each.on, title, aftercare_subtitle(*facts), bare=bare)


def _enrolments(case: Case) -> Iterator[Line]:
    for each in case.joined:
        place = each.title
        times = attendance_words(each.present, each.held)
        subtitle = enrolled_subtitle(each.start_on, each.accompanied, times, each.note)
        title = enrolled_title(place, each.waits)
        yield _line(case, "enrolment", each.id, each.enrolled_on, title, subtitle, bare=_("Signed up somewhere"))
        if each.first_on:
            known = first_time_subtitle(each.known_by)
            yield _line(case, "first_time", each.id, each.first_on, first_time_title(place), known)
        if each.stopped_on:
            why = joined(reason_words(each.stop_reason), _("with the closing") if each.ended_by_id else "")
            yield _line(case, "enrolment", each.id, each.stopped_on, stopped_title(place), why)


def _signs(case: Case) -> Iterator[Line]:
    for each in case.signs:
        subtitle = worry_subtitle(each.reached, each.step, each.done_on, each.kind)
        yield _line(case, "worry", each.id, each.noticed_on, worry_title(each.kind), subtitle)


def _pauses(case: Case) -> Iterator[Line]:
    for each in case.pauses:
        subtitle = joined(word(HOLD_REASONS, each.reason).lower(), each.note)
        yield _line(case, "hold", each.id, each.from_on, hold_title(each.until_on), subtitle)
        if each.ended_on:
            yield _line(case, "hold", each.id, each.ended_on, _("Goes on again"), later=True)


def _endings(case: Case) -> Iterator[Line]:
    for each in case.endings:
        subtitle = joined(reason_words(each.reason), each.passed_on_to, each.note)
        yield _line(case, "closing", each.id, each.closed_on, closed_title(each.outcome), subtitle, bare=_("Closed"))
        if each.reopened_on:
            title = _("Opened again")
            why = each.reopened_why
            yield _line(case, "closing", each.id, each.reopened_on, title, why, later=True, bare=title)


def _letters(case: Case) -> Iterator[Line]:
    for each in case.words:
        moment = word(LETTER_MOMENTS, each.moment).lower()
        if each.copy_of_id is not None:
            moment = _("{kind} (copy to the referrer)").format(kind=moment)
        title = {
            "concept": _("Letter '{moment}' being written"),
            "fixed": _("Letter '{moment}' ready to send"),
            "sent": _("Letter '{moment}' sent"),
        }[each.state].format(moment=moment)
        way = word(LETTER_WAYS, each.way).lower() if each.way else ""
        gone = "" if each.stands else _("withdrawn")
        subtitle = joined(gone, each.recipient, each.practice, way)
        yield _line(case, "letter", each.id, each.written_on, title, subtitle, bare=_("Letter to the practice"))


SOURCES = (_voucher, _contacts, _visits, _intakes, _enrolments, _talks, _signs, _pauses, _endings, _letters)
