"""A person's story as one line of deeds: the sentence of each. Must not know tables, screens or the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop.language import N_, _, ngettext
from desktop.rules.codes import (
    AFTERCARE_OUTCOMES,
    CLOSING_OUTCOMES,
    CONTACT_OUTCOMES,
    CONTACT_WAYS,
    DROP_OUT_REASONS,
    KNOWN_BY,
    PLACES,
    WORRY_KINDS,
    word,
)
from desktop.rules.tasks import show_short

APPOINTMENTS = {
    "intake": N_("Intake planned"),
    "first_visit": N_("First visit together planned"),
    "aftercare": N_("Aftercare talk planned"),
}
HELD = {"first_visit": N_("Went along the first time")}
STATES = {
    "missed": N_("did not come"),
    "moved": N_("moved to another moment"),
    "cancelled": N_("called off"),
}


@dataclass(frozen=True)
class Line:
    """One deed: `kind` and `id` open it, `hour` puts deeds of one day in order."""

    kind: str
    id: int
    voucher_id: int
    on: date
    title: str
    subtitle: str = ""
    order: tuple[int, int] = (0, 0)

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


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
    said = f"“{first_line(goals)}”" if goals else ""
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


def worry_subtitle(reached: str, step: int, done_on: date | None) -> str:
    called = _("practice phoned, spoke to {who}").format(who=reached) if reached else ""
    done = _("done on {day}").format(day=show_short(done_on)) if done_on else _("not done yet")
    return joined(called, _("Meldcode step {n}").format(n=step), done)


def closed_title(outcome: str) -> str:
    return _("Closed: {outcome}").format(outcome=word(CLOSING_OUTCOMES, outcome).lower())


def joined(*parts: str) -> str:
    return " · ".join(part.strip() for part in parts if part and part.strip())


def first_line(text: str, longest: int = 80) -> str:
    line = text.strip().splitlines()[0] if text.strip() else ""
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
