"""What staff record on the path of a case, and which dates and answers can be. Must not know tables or the clock."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop.errors import Refused, ask
from desktop.language import N_, _
from desktop.rules import codes
from desktop.rules.attendance import attendance_complaint
from desktop.rules.cases import Case
from desktop.rules.codes import (
    CLOSING_OUTCOMES,
    CONSENT_ANSWERS,
    CONTACT_OUTCOMES,
    CONTACT_WAYS,
    DESTINATIONS,
    DROP_OUT_REASONS,
    KNOWN_BY,
    MARKS,
    PLACES,
    WORRY_KINDS,
)
from desktop.rules.dates import hour_complaint, night_doubt
from desktop.rules.identifiers import bsn_complaints
from desktop.rules.vouchers import VoucherDraft

EARLIEST = date(2000, 1, 1)  # nothing of this work was recorded before
LONGEST_AHEAD = 400  # days; an appointment further away is a typing error
ANOTHER_TALK = 0  # in place of an appointment: none that was planned
AROUND = timedelta(days=7)  # a talk that was held so near a planned one was that one
MOST_GP_CONTACTS = 99  # in three months; more is a typing error
MELDCODE_STEPS = {
    1: N_("1. Map the signs"),
    2: N_("2. Consult a colleague or Veilig Thuis"),
    3: N_("3. Talk with the person"),
    4: N_("4. Weigh the violence"),
    5: N_("5. Decide: report or organise help"),
}
SUICIDE_STEPS = {
    1: N_("1. Is there danger now? Then call 112 and stay"),
    2: N_("2. Ask about it, and call 113 together"),
    3: N_("3. Speak to the GP today"),
    4: N_("4. Stay, or agree who is there and when you speak again"),
}
"""What to do at signs of suicide: the Meldcode is about violence and has no place here."""
SUICIDE_STAYS = 4
HOW_INFORMED = codes.HOW_INFORMED
REASON_OUTCOMES = frozenset({"stopped", "not_interested", "not_suitable"})  # the only ones asked for a reason


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What every deed on a case has: `id` and `version` when it is corrected, `sure` when staff confirmed it."""

    id: int | None = None
    version: int | None = None
    voucher_id: int = 0
    note: str | None = ""
    sure: bool = False


@dataclass(frozen=True, kw_only=True)
class ContactDraft(Deed):
    """A call or other contact; `on` and `at` empty mean now; `informed` says the AVG 14 line was spoken."""

    on: date | None = None
    at: time | None = None
    way: str | None = "phone"
    direction: str | None = "out"
    outcome: str | None = ""
    call_back_on: date | None = None
    call_back_at: time | None = None
    informed: bool = False
    informed_how: str | None = "spoken"
    consent_report_back: str | None = ""  # answered in this contact
    noted: tuple[int, ...] = ()  # answers that were stored during the call, before its outcome was known


@dataclass(frozen=True, kw_only=True)
class AppointmentDraft(Deed):
    """An intake, first visit together or aftercare talk that is planned or moved."""

    kind: str = "intake"
    day: date | None = None
    hour: time | None = None
    place: str | None = "office"
    address: str | None = ""
    coach: int | None = None
    warm: bool = False
    enrolment_id: int | None = None  # where they go together


@dataclass(frozen=True, kw_only=True)
class MissedDraft(Deed):
    """An appointment that did not go on; `cancelled` when it was called off beforehand."""

    cancelled: bool = False


@dataclass(frozen=True, kw_only=True)
class TalkDraft(Deed):
    """A talk that was held, by whom and where, with the six marks and how often the person saw the GP.

    Without an appointment it was the one that stands around that day; `ANOTHER_TALK` says it was none of them.
    """

    appointment_id: int | None = None
    held_on: date | None = None
    place: str | None = "office"
    coach: int | None = None
    mark_body: int | None = None
    mark_feeling: int | None = None
    mark_meaning: int | None = None
    mark_quality: int | None = None
    mark_joining: int | None = None
    mark_daily: int | None = None
    gp_contacts: int | None = None


@dataclass(frozen=True, kw_only=True)
class IntakeDraft(TalkDraft):
    """The first talk: goals, wishes and barriers in the person's words, and the consents asked in it."""

    goals: str | None = ""
    wishes: str | None = ""
    barriers: str | None = ""
    agreed: str | None = ""
    one_talk_enough: bool = False
    warm: bool = False
    informed: bool = False
    consent_report_back: str | None = ""
    consent_activity: str | None = ""
    consent_hexagon: str | None = ""


@dataclass(frozen=True, kw_only=True)
class EnrolDraft(Deed):
    """Signing up for one or several activities and perhaps a destination outside the catalogue."""

    activities: tuple[int, ...] = ()
    destination: str | None = ""
    destination_name: str | None = ""
    enrolled_on: date | None = None
    start_on: date | None = None
    waiting: bool = False
    accompanied: bool = False
    visit_day: date | None = None
    visit_hour: time | None = None
    visit_with: int | None = None  # who goes along; the coach of the case when nobody is named


@dataclass(frozen=True, kw_only=True)
class EnrolmentDraft(Deed):
    """One enrolment as it is corrected."""

    activity: int | None = None
    destination: str | None = ""
    destination_name: str | None = ""
    enrolled_on: date | None = None
    start_on: date | None = None
    waiting: bool = False
    accompanied: bool = False
    first_attended_on: date | None = None
    first_known_by: str | None = ""
    times_present: int | None = None
    times_held: int | None = None


@dataclass(frozen=True, kw_only=True)
class FirstTimeDraft(Deed):
    """Someone has been for the first time; `enrolment_id` says where."""

    enrolment_id: int = 0
    first_attended_on: date | None = None
    first_known_by: str | None = ""


@dataclass(frozen=True, kw_only=True)
class StopDraft(Deed):
    """Someone no longer comes, or never did."""

    enrolment_id: int = 0
    stopped_on: date | None = None
    stop_reason: str | None = ""
    next_step: str | None = "find"  # what follows: look for something else, or close


@dataclass(frozen=True, kw_only=True)
class WalkInDraft(VoucherDraft):
    """Someone who came straight to the group: voucher, enrolment and first time in one go."""

    activity: int | None = None
    destination: str | None = ""
    destination_name: str | None = ""
    first_attended_on: date | None = None
    first_known_by: str | None = "leader"


@dataclass(frozen=True, kw_only=True)
class WorryDraft(Deed):
    """A sign that cannot wait: the practice is phoned today."""

    kind: str | None = ""
    noticed_on: date | None = None
    called_on: date | None = None
    called_at: time | None = None
    reached: str | None = ""
    meldcode_step: int | None = 1
    done_on: date | None = None
    called_practice: int | None = None  # which practice that was; empty: somebody else, such as the out-of-hours GP
    own_practice: int | None = None  # whose patient this person is, when that was asked just now


@dataclass(frozen=True, kw_only=True)
class ClosingDraft(Deed):
    """The end of a case."""

    closed_on: date | None = None
    outcome: str | None = ""
    reason: str | None = ""
    passed_on_to: str | None = ""
    keeps: tuple[int, ...] | None = None  # enrolments that go on, with the place; None: as usual for the outcome


@dataclass(frozen=True, kw_only=True)
class ReopenDraft(Deed):
    """A closed case goes on."""

    reopened_on: date | None = None
    reopened_why: str | None = ""


@dataclass(frozen=True, kw_only=True)
class ConsentDraft(Deed):
    """Answers to the five questions of sharing in one case; an empty one was not asked now and changes nothing."""

    person_id: int = 0
    received: str | None = ""
    report_back: str | None = ""
    activity: str | None = ""
    questionnaires: str | None = ""
    hexagon: str | None = ""
    given_on: date | None = None
    how: str | None = ""
    informed_on: date | None = None  # told where the data came from
    informed_how: str | None = ""
    attempt_id: int | None = None  # the call in which it was answered


@dataclass(frozen=True)
class CaseDays:
    """The days of a case that tell whether a new date is out of the usual order."""

    dated_on: date
    contacts: Sequence[date] = ()
    intakes: Sequence[date] = ()
    starts: Sequence[date] = ()
    aftercare: Sequence[date] = ()

    def last(self) -> date:
        """The latest deed so far."""
        return max((self.dated_on, *self.contacts, *self.intakes, *self.starts, *self.aftercare))


def days_of(case: Case) -> CaseDays:
    """The days of a case as it is recorded."""
    return CaseDays(
        dated_on=case.dated_on or case.received_on,
        contacts=[each.on for each in case.attempts],
        intakes=[each.on for each in case.intakes],
        starts=[each.first_on for each in case.joined if each.first_on is not None],
        aftercare=[each.on for each in case.talks],
    )


def words(text: str | None) -> str:
    """A typed text without the blanks around it; an empty field may come as None."""
    return (text or "").strip()


def happened(day: date | None, today: date) -> str:
    """Why something cannot have happened on this day; empty when it can."""
    if day is None:
        return _("When was this?")
    if day > today:
        return _("This date is in the future.")
    return _("This date is too long ago.") if day < EARLIEST else ""


def contact_doubt(day: date, days: CaseDays) -> str:
    return _("The contact lies before the voucher. Is that right?") if day < days.dated_on else ""


def intake_doubt(day: date, days: CaseDays) -> str:
    """Voucher, contact, intake, start: what comes before its forerunner is asked about, not forbidden."""
    if day < days.dated_on:
        return _("The intake lies before the voucher. Is that right?")
    if days.contacts and day < min(days.contacts):
        return _("The intake lies before the first contact. Is that right?")
    return ""


def start_doubt(day: date, days: CaseDays) -> str:
    if day < days.dated_on:
        return _("The start lies before the voucher. Is that right?")
    if days.intakes and day < min(days.intakes):
        return _("The start lies before the intake. Is that right?")
    return ""


def check_contact(draft: ContactDraft, days: CaseDays, now: datetime) -> None:
    """`now` is Amsterdam wall time."""
    day = draft.on or now.date()
    wrong = {"on": happened(day, now.date()), **note_complaint(draft)}
    if not wrong["on"] and day == now.date() and draft.at is not None and draft.at > now.time():
        wrong["at"] = _("This time has not come yet.")
    wrong["at"] = wrong.get("at") or hour_complaint(day, draft.at)
    wrong["call_back_at"] = hour_complaint(draft.call_back_on, draft.call_back_at)
    if draft.outcome not in CONTACT_OUTCOMES:
        wrong["outcome"] = _("Choose how it went.")
    if draft.way not in CONTACT_WAYS:
        wrong["way"] = _("Choose how there was contact.")
    if draft.call_back_on is not None and draft.call_back_on < day:
        wrong["call_back_on"] = _("Calling back comes after this contact.")
    if draft.call_back_at is not None and draft.call_back_on is None:
        wrong["call_back_on"] = _("Give the day too.")
    refuse(wrong)
    ask_about(draft, on=contact_doubt(day, days))


def check_appointment(
    draft: AppointmentDraft, days: CaseDays, now: datetime, busy: str = "", home_known: bool = True, over: str = ""
) -> None:
    """`busy` says whom the coach sees at that hour already; `home_known` that the person's address is on file.

    `over` says that where they go together had its last time before that day.
    """
    wrong = note_complaint(draft)
    if draft.day is None:
        wrong["day"] = _("On which day?")
    elif (draft.day - now.date()).days > LONGEST_AHEAD or draft.day < EARLIEST:
        wrong["day"] = _("This day is too far away for an appointment.")
    wrong["hour"] = _("At what time?") if draft.hour is None else hour_complaint(draft.day, draft.hour)
    if draft.place not in PLACES:
        wrong["place"] = _("Choose where.")
    refuse(wrong)
    assert draft.day is not None
    assert draft.hour is not None
    unusual = {"day": over, "hour": busy or night_doubt(draft.hour)}
    if draft.place == "home" and not home_known and not words(draft.address):
        unusual["address"] = _("The address of this person is not known. Where do you go? Save it without?")
    if datetime.combine(draft.day, draft.hour) < now.replace(tzinfo=None):
        unusual["day"] = _("This moment has already passed. Is that right?")
    if draft.day < days.dated_on:
        unusual["day"] = intake_doubt(draft.day, days)
    if draft.warm and draft.day != now.date():
        unusual["warm"] = _("A warm hand-over is on the same day. Is that right?")
    ask_about(draft, **unusual)


def check_intake(draft: IntakeDraft, days: CaseDays, today: date) -> None:
    wrong = {"held_on": happened(draft.held_on, today), **note_complaint(draft)}
    wrong |= mark_complaints(draft) | gp_complaint(draft.gp_contacts)
    if draft.place not in PLACES:
        wrong["place"] = _("Choose where.")
    refuse(wrong)
    assert draft.held_on is not None
    ask_about(draft, held_on=intake_doubt(draft.held_on, days))


def check_enrol(draft: EnrolDraft, days: CaseDays, today: date, full: str = "", busy: str = "") -> None:
    """`full` names the activities chosen that have no place left, `busy` whom the coach sees at that hour already."""
    wrong = {"enrolled_on": happened(draft.enrolled_on, today), **note_complaint(draft)}
    if not draft.activities and not draft.destination:
        wrong["activities"] = _("Choose an activity, or something outside the catalogue.")
    wrong |= _waiting_complaint(draft.waiting and bool(draft.destination))
    if draft.accompanied and draft.visit_day is not None and (draft.visit_day - today).days > LONGEST_AHEAD:
        wrong["visit_day"] = _("This day is too far away for an appointment.")
    if draft.accompanied and (draft.visit_day is None) != (draft.visit_hour is None):
        wrong["visit_day" if draft.visit_day is None else "visit_hour"] = _("Give both the day and the time.")
    wrong |= _destination_complaint(draft.destination, draft.destination_name)
    wrong |= start_complaint(draft.start_on, today)
    if draft.accompanied:
        wrong["visit_hour"] = wrong.get("visit_hour") or hour_complaint(draft.visit_day, draft.visit_hour)
        busy = busy or night_doubt(draft.visit_hour)
    refuse(wrong)
    assert draft.enrolled_on is not None
    unusual = {"activities": full, "enrolled_on": start_doubt(draft.enrolled_on, days), "visit_hour": busy}
    if draft.accompanied and draft.visit_day is not None and draft.visit_day < today:
        unusual["visit_day"] = _("This moment has already passed. Is that right?")
    ask_about(draft, **unusual, start_on=_starts_before(draft.start_on, days))


def check_enrolment(draft: EnrolmentDraft, days: CaseDays, today: date, full: str = "") -> None:
    """`full` says that no place is free for what the enrolment becomes."""
    wrong = {"enrolled_on": happened(draft.enrolled_on, today), **note_complaint(draft)}
    wrong |= _waiting_complaint(draft.waiting and draft.activity is None)
    if draft.activity is None and not draft.destination:
        wrong["activity"] = _("Choose an activity, or something outside the catalogue.")
    if draft.first_attended_on is not None:
        wrong["first_attended_on"] = happened(draft.first_attended_on, today)
    wrong |= _destination_complaint(draft.destination, draft.destination_name)
    wrong |= start_complaint(draft.start_on, today)
    wrong |= attendance_complaint(draft.times_present, draft.times_held)
    refuse(wrong)
    first = draft.first_attended_on
    ask_about(
        draft,
        activity=full,
        start_on=_starts_before(draft.start_on, days),
        first_attended_on=start_doubt(first, days) if first else "",
    )


def check_first_time(draft: FirstTimeDraft, days: CaseDays, today: date, full: str = "") -> None:
    """`full` says that no place is free for who was waiting or had stopped."""
    wrong = {"first_attended_on": happened(draft.first_attended_on, today), **note_complaint(draft)}
    if draft.first_known_by not in KNOWN_BY:
        wrong["first_known_by"] = _("Choose who told you.")
    refuse(wrong)
    assert draft.first_attended_on is not None
    ask_about(draft, first_attended_on=" ".join(filter(None, (start_doubt(draft.first_attended_on, days), full))))


def check_stop(draft: StopDraft, days: CaseDays, today: date) -> None:
    wrong = {"stopped_on": happened(draft.stopped_on, today), **note_complaint(draft)}
    if draft.stop_reason not in DROP_OUT_REASONS:
        wrong["stop_reason"] = _("Choose a reason.")
    refuse(wrong)
    assert draft.stopped_on is not None
    before = bool(days.starts) and draft.stopped_on < min(days.starts)
    ask_about(draft, stopped_on=_("That is before the start. Is that right?") if before else "")


def check_walk_in(draft: WalkInDraft, today: date) -> None:
    """What a walk-in adds to a voucher; the voucher's own fields are checked by rules.vouchers.

    A full group is not asked about: the person has been there already.
    """
    wrong = {"first_attended_on": happened(draft.first_attended_on, today)}
    if draft.activity is None and not draft.destination:
        wrong["activity"] = _("Choose an activity, or something outside the catalogue.")
    if draft.first_known_by not in KNOWN_BY:
        wrong["first_known_by"] = _("Choose who told you.")
    refuse(wrong)
    assert draft.first_attended_on is not None
    early = draft.dated_on is not None and draft.first_attended_on < draft.dated_on
    if early and not draft.sure:
        ask(first_attended_on=_("The start lies before the voucher. Is that right?"))


def check_worry(draft: WorryDraft, now: datetime, taken: Collection[int] = ()) -> None:
    """Nobody is made to wait for a complete form: only what cannot be is refused. `taken` are the steps on file."""
    today = now.date()
    wrong = {"noticed_on": happened(draft.noticed_on, today), **note_complaint(draft)}
    if draft.kind not in WORRY_KINDS:
        wrong["kind"] = _("Choose what it is about.")
    if draft.called_on is not None:
        wrong["called_on"] = happened(draft.called_on, today)
        if draft.called_on == today and draft.called_at is not None and draft.called_at > now.time():
            wrong["called_at"] = _("This time has not come yet.")
        wrong["called_at"] = wrong.get("called_at") or hour_complaint(draft.called_on, draft.called_at)
    if draft.meldcode_step not in MELDCODE_STEPS:
        wrong["meldcode_step"] = _("The Meldcode has five steps.")
    elif draft.meldcode_step == max(MELDCODE_STEPS) and draft.meldcode_step not in taken:
        wrong["meldcode_step"] = _("Step 5 has its own page, with what was weighed and the two decisions.")
    if draft.done_on is not None:
        wrong["done_on"] = happened(draft.done_on, today)
        if not wrong["done_on"] and draft.called_on is None:
            wrong["called_on"] = _("First phone the GP; then this can be done.")
    refuse(wrong)
    early = draft.called_on is not None and draft.noticed_on is not None and draft.called_on < draft.noticed_on
    unusual = {"called_on": _("The GP was phoned before it was noticed. Is that right?") if early else ""}
    if draft.done_on is not None:
        unusual["done_on"] = still_to_do(draft.kind or "", taken)
    ask_about(draft, **unusual)


def still_to_do(kind: str, taken: Collection[int]) -> str:
    """What is still open when a worry is called done, as a question: the last step says that somebody decided."""
    if kind == "suicide":
        return "" if SUICIDE_STAYS in taken else _("Nothing says who stays with this person. Is it done all the same?")
    return "" if max(MELDCODE_STEPS) in taken else _("Step 5 of the Meldcode is still open. Is it done all the same?")


def asks_reason(outcome: str | None) -> bool:
    """Whether this outcome has a reason that is worth counting."""
    return outcome in REASON_OUTCOMES


def asks_whom(outcome: str | None) -> bool:
    return outcome == "passed_on"


def check_closing(draft: ClosingDraft, days: CaseDays, today: date) -> None:
    wrong = {"closed_on": happened(draft.closed_on, today), **note_complaint(draft)}
    if draft.outcome not in CLOSING_OUTCOMES:
        wrong["outcome"] = _("Choose how it ended.")
    if draft.outcome == "stopped" and draft.reason not in DROP_OUT_REASONS:
        wrong["reason"] = _("Choose a reason.")
    if asks_whom(draft.outcome) and not words(draft.passed_on_to):
        wrong["passed_on_to"] = _("To whom?")
    refuse(wrong)
    assert draft.closed_on is not None
    ask_about(draft, outcome=_outcome_doubt(draft, days), closed_on=_closing_doubt(draft.closed_on, days))


def check_reopening(draft: ReopenDraft, closed_on: date, today: date) -> None:
    wrong = {"reopened_on": happened(draft.reopened_on, today), **note_complaint(draft)}
    if not words(draft.reopened_why):
        wrong["reopened_why"] = _("Why does it go on?")
    if not wrong["reopened_on"] and draft.reopened_on is not None and draft.reopened_on < closed_on:
        wrong["reopened_on"] = _("That is before it was closed.")
    refuse(wrong)


def check_consents(draft: ConsentDraft, today: date) -> None:
    given = {field: answer for field in CONSENTS if (answer := getattr(draft, field))}
    wrong = {
        field: "" if answer in CONSENT_ANSWERS else _("Choose yes, no or still to ask.")
        for field, answer in given.items()
    }
    if not given and draft.informed_on is None:
        wrong["report_back"] = _("Nothing was answered yet.")
    if given:
        wrong["given_on"] = happened(draft.given_on, today)
    if draft.informed_on is not None:
        wrong["informed_on"] = happened(draft.informed_on, today)
        wrong["informed_how"] = "" if draft.informed_how in HOW_INFORMED else _("Choose how the person was told.")
    if not draft.how and any(answer != "ask" for answer in given.values()):
        wrong["how"] = _("Choose how the answer was given.")
    refuse(wrong)


CONSENTS = ("received", "report_back", "activity", "questionnaires", "hexagon")


def _starts_before(start: date | None, days: CaseDays) -> str:
    return start_doubt(start, days) if start is not None else ""


def _waiting_complaint(waits_outside: bool) -> dict[str, str]:
    if waits_outside:
        return {"waiting": _("Outside the catalogue nobody keeps a waiting list. Sign up for that apart.")}
    return {}


def start_complaint(start: date | None, today: date) -> dict[str, str]:
    if start is not None and ((start - today).days > LONGEST_AHEAD or start < EARLIEST):
        return {"start_on": _("This date is too far away.")}
    return {}


def _destination_complaint(destination: str | None, name: str | None) -> dict[str, str]:
    if destination and destination not in DESTINATIONS:
        return {"destination": _("Choose from the list.")}
    if destination == "elsewhere" and not words(name):
        return {"destination_name": _("What is it?")}
    return {}


def _outcome_doubt(draft: ClosingDraft, days: CaseDays) -> str:
    """An outcome that does not go with what was recorded."""
    if draft.outcome == "completed" and not days.starts:
        return _("Nothing was started yet. Is 'completed' right?")
    if draft.outcome == "one_talk" and not days.intakes:
        return _("No talk was recorded. Is that right?")
    if draft.outcome == "not_reached" and (days.intakes or days.starts):
        return _("This person was spoken to. Is 'not reached' right?")
    return ""


def _closing_doubt(day: date, days: CaseDays) -> str:
    return _("That is before the last thing that was recorded. Is that right?") if day < days.last() else ""


def mark_complaints(draft: TalkDraft) -> dict[str, str]:
    """The six marks of a talk, each of them optional."""
    given = {field: getattr(draft, field) for field in MARKS}
    wrong = [field for field, mark in given.items() if mark is not None and not 0 <= mark <= 10]
    return dict.fromkeys(wrong, _("A mark is 0 to 10."))


def gp_complaint(contacts: int | None) -> dict[str, str]:
    """How often the GP was seen or phoned in three months, where the person knows."""
    if contacts is None or 0 <= contacts <= MOST_GP_CONTACTS:
        return {}
    return {"gp_contacts": _("This is a number of 0 to {most}.").format(most=MOST_GP_CONTACTS)}


def note_complaint(draft: Deed) -> dict[str, str]:
    """A note or any other text of the deed that may not be kept."""
    return bsn_complaints(draft)


def refuse(wrong: dict[str, str]) -> None:
    if complaints := {field: text for field, text in wrong.items() if text}:
        raise Refused(**complaints)


def ask_about(draft: Deed, **unusual: str) -> None:
    doubts = {field: text for field, text in unusual.items() if text}
    if doubts and not draft.sure:
        ask(**doubts)
