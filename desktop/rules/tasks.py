"""What is to be done today, as a colleague would say it, from the deeds of each case. Must not know tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from desktop.language import N_, _, current, ngettext
from desktop.rules.addresses import has_address, one_line
from desktop.rules.cases import Case, Participant, Pause, Visit
from desktop.rules.codes import HOLD_REASONS, STATUSES, WORRY_KINDS, word
from desktop.rules.consents import report_back, still_to_ask, why_asked
from desktop.rules.dates import DAYS, ENGLISH_DAYS, months_after, show_long, working_days_after
from desktop.rules.gp import DANGER, Gp, Surgery, gp_of, help_lines, line_words, lines_of, what_to_do
from desktop.rules.holds import paused, to_resume
from desktop.rules.letters_due import wrong_letters
from desktop.rules.names import Name, spoken
from desktop.rules.phones import show_phone
from desktop.rules.reach import how_not, may_call, reach_words, tried_on, way_to
from desktop.rules.requests import KINDS as REQUESTS
from desktop.rules.script import asked_by, referrer_of, short_practice
from desktop.rules.status import Status, Step, Terms, by_deeds, steps_of

GROUPS = {
    "worry": N_("Worries"),
    "call": N_("Calls"),
    "intake": N_("Intakes"),
    "find": N_("Find an activity"),
    "letters": N_("Letters"),
    "aftercare": N_("Aftercare"),
    "other": N_("Other tasks"),
}
KINDS = {
    "worry": "worry",
    "breach": "other",
    "call": "call",
    "plan_intake": "call",
    "mail": "call",
    "card": "call",
    "visit": "call",
    "unreachable": "call",
    "warm": "intake",
    "intake": "intake",
    "intake_missed": "intake",
    "find_activity": "find",
    "resume": "call",
    "place_free": "call",
    "offer_over": "call",
    "plan_visit": "find",
    "first_visit": "find",
    "waiting_list": "find",
    "batch": "letters",
    "letters": "letters",
    "wrong_letter": "letters",
    "returned_post": "letters",
    "aftercare": "aftercare",
    "expiring": "other",
    "consent": "other",
    "inform": "other",
    "close": "other",
    "practice_talk": "other",
    "quiet_practice": "other",
    "request": "other",
    "retention": "other",
    "untouched": "other",
}
"""Every kind of task with its group; the order is the order on the screen."""
ORDER = {kind: place for place, kind in enumerate(KINDS)}
ACTIONS = {
    "worry": N_("Record step"),
    "call": N_("Call"),
    "plan_intake": N_("Plan intake"),
    "mail": N_("E-mail sent"),
    "card": N_("Make the card"),
    "visit": N_("Record"),
    "unreachable": N_("Fill in details"),
    "warm": N_("Start intake"),
    "intake": N_("Start intake"),
    "intake_missed": N_("Record"),
    "find_activity": N_("Look in the catalogue"),
    "first_visit": N_("Record"),
    "resume": N_("Record contact"),
    "place_free": N_("Record the answer"),
    "offer_over": N_("Decide"),
    "plan_visit": N_("Plan it"),
    "waiting_list": N_("Look in the catalogue"),
    "batch": N_("Say what came out well"),
    "letters": N_("Look at the letters"),
    "wrong_letter": N_("Look at the letter"),
    "returned_post": N_("Look at the address"),
    "aftercare": N_("Call"),
    "expiring": N_("Call"),
    "consent": N_("Record"),
    "inform": N_("Record"),
    "close": N_("Close"),
    "practice_talk": N_("Record the talk"),
    "quiet_practice": N_("Prepare the talk"),
    "breach": N_("Open"),
    "request": N_("Open"),
    "retention": N_("Open"),
    "untouched": N_("Open"),
}
SOUGHT = ("call", "mail", "card", "visit", "unreachable")
"""Kinds of task with which somebody is sought who was not spoken to yet."""
LOOK_WITHIN = 2  # working days until somebody looks at an address that was wrong
AHEAD = 14  # days an aftercare talk is announced beforehand
EXPIRES_WITHIN = 14  # days
INFORM_WITHIN = 1  # months after the data came in: AVG 14
INFORM_AHEAD = 7  # days
TALK_AHEAD = timedelta(days=7)  # a talk with a practice is announced beforehand
LATE, SOON, NEWS = "late", "soon", "news"


@dataclass(frozen=True)
class LettersDue:
    """How many practices wait for word, and since when."""

    practices: tuple[str, ...]
    due_on: date


@dataclass(frozen=True)
class Task:
    """One row of the list; `private` is what is left out on a screen at a counter."""

    kind: str
    title: str
    due_on: date
    voucher_id: int | None = None
    person_id: int | None = None
    subject_id: int | None = None  # the appointment, enrolment or worry it is about
    strong: str = ""
    subtitle: str = ""
    private: str = ""
    note: str = ""
    at: time | None = None
    deed: str = ""  # what is done, where that is not what one does with this kind

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.voucher_id or 0}:{self.subject_id or 0}"

    @property
    def group(self) -> str:
        return KINDS[self.kind]

    @property
    def action(self) -> str:
        return _(self.deed or ACTIONS[self.kind])


def tasks_of(case: Case, terms: Terms, today: date, practices: Mapping[int, Surgery] | None = None) -> list[Task]:
    """Everything this case asks for now; of an ended case only a worry stands, and a letter that is no longer right.

    Who is on hold is left alone until then, but for these and for appointments. `practices` are those that may have
    to be phoned.
    """
    worries = _worries(case, gp_of(case, practices or {}))
    if case.person.deceased_on is not None:
        return [*worries, *_next_step(case, by_deeds(case, terms), terms, today)]
    found = [*worries, *_wrong_letters(case, today)]
    if case.closed_on is not None:
        return found
    found += _visits(case, today)
    if paused(case, today) is not None:
        return found
    if (pause := to_resume(case, today)) is not None:
        return [*found, _resume(case, pause)]
    steps = [task for step in steps_of(case, terms) for task in _step(case, step, today)]
    found += [*steps, *_next_step(case, by_deeds(case, terms), terms, today)]
    return [*found, *_expiring(case, found, today), *_consent(case, terms), *_inform(case, today)]


def untouched_task(case: Case, since: date, after: int, today: date, coach: str = "", coach_left: bool = False) -> Task:
    """Nobody recorded anything for so long, whoever's case it is; it cannot be put off."""
    title = _("Nothing recorded for {n} days: {who}").replace("{n}", str((today - since).days), 1)
    whose = _("nobody's case") if not coach else _("coach {name}").format(name=coach)
    left = _("does not work here any more") if coach_left else ""
    status = word(STATUSES, case.status).lower()
    due_on = since + timedelta(days=after)
    return _task(case, "untouched", title, due_on, status, " ".join(filter(None, (whose, left))), case.number,
                 **_reached(case))  # fmt: skip


def letters_task(due: LettersDue) -> Task:
    """All letters are one row: "2 practices wait for word"."""
    n = len(due.practices)
    title = ngettext("{n} practice waits for word", "{n} practices wait for word", n).format(n=n)
    names = ", ".join(due.practices[:4]) + (" …" if n > 4 else "")
    return Task("letters", title, due.due_on, subtitle=_("{names} · text is ready").format(names=names))


def request_task(request_id: int, kind: str, name: Name | None, answer_by: date) -> Task:
    """Somebody asked something of their own data, and the term runs."""
    title = f"{_(REQUESTS[kind])}: {who(name)}" if name is not None else _(REQUESTS[kind])
    until = _("answer at the latest on {day}").format(day=show_short(answer_by))
    return Task("request", title, answer_by, subject_id=request_id, subtitle=until)


def breach_task(breach_id: int, report_before: datetime, to_report: bool, today: date) -> Task:
    """A breach that is not closed: first the authority, then the rest."""
    title = _("Data breach: report it or decide not to") if to_report else _("Data breach: finish and close it")
    until = _("report before {moment}").format(moment=f"{_day(report_before.date())} {report_before:%H:%M}")
    due_on = min(report_before.date(), today) if to_report else report_before.date()  # not put off to the last hour
    return Task("breach", title, due_on, subject_id=breach_id, subtitle=until if to_report else "")


def retention_task(due_on: date) -> Task:
    """The yearly list of whose term is over."""
    return Task("retention", _("Yearly list: whose data may go"), due_on)


def batch_task(batch_id: int, letters: int, started_on: date) -> Task:
    """Letters that were printed: until somebody says they came out well, none of them is sent."""
    title = ngettext("A print of {n} letter is not confirmed", "A print of {n} letters is not confirmed", letters)
    return Task("batch", title.format(n=letters), started_on, subject_id=batch_id)


def returned_task(practice_id: int, practice: str, phone: str, returned_on: Sequence[date]) -> Task:
    """Letters of one practice that came back: somebody looks at the address, within some days."""
    n, name = len(returned_on), short_practice(practice)
    title = ngettext(
        "Check the address of {practice}: a letter came back",
        "Check the address of {practice}: {n} letters came back",
        n,
    ).format(practice=name, n=n)
    first = _("since {day}").format(day=show_short(min(returned_on)))
    due_on = working_days_after(min(returned_on), LOOK_WITHIN)
    return Task("returned_post", title, due_on, subject_id=practice_id, strong=show_phone(phone), subtitle=first)


def practice_talk_task(
    practice_id: int, practice: str, phone: str, with_whom: str, held_on: date, next_on: date
) -> Task:
    """The talk that was promised to a practice; it goes when it is recorded or gets another day."""
    title = _("Talk with {practice}").format(practice=short_practice(practice))
    last = _("last time {day}").format(day=show_short(held_on))
    whom = _("with {whom}").format(whom=with_whom) if with_whom else ""
    said = _beside(whom, last)
    return Task("practice_talk", title, next_on, subject_id=practice_id, strong=show_phone(phone), subtitle=said)


def quiet_practice_task(practice_id: int, practice: str, phone: str, last: str, due_on: date) -> Task:
    """Nobody came from a practice in the last quarter: somebody talks with them."""
    title = capital(_("{practice} sent nobody").format(practice=short_practice(practice)))
    said = capital(last)
    return Task("quiet_practice", title, due_on, subject_id=practice_id, strong=show_phone(phone), subtitle=said)


def in_order(tasks: Iterable[Task], today: date) -> list[Task]:
    """Worries on top, then what is due, then what may wait; alike kinds together, the latest first."""
    return sorted(
        tasks,
        key=lambda task: (
            task.kind != "worry",
            task.due_on > today,
            ORDER[task.kind],
            task.due_on,
            task.at or time(),
            task.title,
        ),
    )


def count_late(tasks: Sequence[Task], today: date) -> int:
    return sum(task.due_on < today for task in tasks)


def when_due(task: Task, today: date) -> tuple[str, str]:
    """The words and the colour of a task's day: "2 days late", "11:30", "tomorrow"."""
    days = (task.due_on - today).days
    if days < 0:
        return ngettext("{n} day late", "{n} days late", -days).format(n=-days), LATE
    if days == 0:
        return (f"{task.at:%H:%M}", NEWS) if task.at else (_("today"), SOON)
    if days == 1:
        return _("tomorrow"), SOON
    week = today + timedelta(days=6 - today.weekday())
    if task.due_on <= week:
        return _("this week"), SOON
    return (_("next week"), "plain") if task.due_on <= week + timedelta(days=7) else (show_short(task.due_on), "plain")


def show_short(day: date) -> str:
    """19 nov, as short as a row allows."""
    parts = show_long(day, current()).split()
    return f"{parts[0]} {parts[1][:3] if parts[1] != 'maart' else 'mrt'}"


def who(name: Name) -> str:
    """ "mevrouw Van der Meer", "de heer Nguyễn": as one writes about somebody."""
    said = spoken(name)
    return f"de heer {said.removeprefix('meneer ')}" if said.startswith("meneer ") else said


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _beside(*parts: str) -> str:
    """What there is of these, as one line that begins with a capital."""
    return capital(" · ".join(filter(None, parts)))


def first_line(text: str, longest: int = 70) -> str:
    """What somebody wrote, as far as a row has room."""
    line = text.strip().splitlines()[0] if text.strip() else ""
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


# ---- the kinds


def _task(case: Case, kind: str, title: str, due_on: date, *subtitle: str, place: str = "", **more: Any) -> Task:
    return Task(
        kind,
        capital(title.format(who=who(case.person.name), place=place)),
        due_on,
        case.id,
        case.person.id,
        subtitle=_beside(*subtitle),
        **more,
    )


def _wrong_letters(case: Case, today: date) -> list[Task]:
    """A practice was told what is not so, or what was not for it: that is put right the same day."""
    title = _("A letter about {who} is no longer right")
    return [
        _task(case, "wrong_letter", title, today, wrong.practice, wrong.why, subject_id=wrong.letter_id)
        for wrong in wrong_letters(case)
    ]


def _reached(case: Case) -> dict[str, str]:
    """How to get hold of somebody: the number, or where to write to who may not be phoned."""
    return {"strong": reach_words(case.person)}


def _by_phone(case: Case) -> dict[str, str]:
    """A deed that is done by phone, unless this person may not be phoned: then it is only recorded."""
    return _reached(case) | ({} if may_call(case.person) else {"deed": N_("Record")})


def _worries(case: Case, gp: Gp) -> list[Task]:
    return [
        _task(
            case,
            "worry",
            _("Worry about {who}"),
            sign.noticed_on,
            *([_("The GP was phoned; take the next step")] if sign.called else _whom_to_phone(gp)),
            strong="" if sign.called or not lines_of(gp) else show_phone(lines_of(gp)[0].phone),
            subject_id=sign.id,
            private=" · ".join((word(WORRY_KINDS, sign.kind).lower(), *_always_there(sign.kind))),
        )
        for sign in case.open_signs
    ]


def _whom_to_phone(gp: Gp) -> list[str]:
    """The GP with every number there is, or what to do without one: nobody is told to phone without a number."""
    if gp.surgery is None or not lines_of(gp):
        return [what_to_do(gp)]
    first, *others = lines_of(gp)
    whom = ", ".join(filter(None, (short_practice(gp.surgery.name), line_words(replace(first, phone="")))))
    said = _("phone the GP today: {practice}").format(practice=whom)
    return [said, *(line_words(each) for each in others), *([what_to_do(gp)] if gp.left else [])]


def _always_there(kind: str) -> tuple[str, ...]:
    """113 or Veilig Thuis, who answer day and night."""
    return tuple(f"{words.split(',')[0]} {number}" for number, words in help_lines(kind) if number != DANGER[0])


def _visits(case: Case, today: date) -> list[Task]:
    """Appointments of today, and those of earlier days of which nobody said how they went."""
    found = []
    for visit in case.to_come:
        if visit.starts_at.date() > today:
            continue
        now = visit.starts_at.date() == today
        hour = visit.starts_at.time() if now else None
        if visit.kind == "intake":
            found.append(_intake(case, visit, now, hour))
        elif visit.kind == "first_visit":
            goes = [each.id for each in case.standing if not each.first_on and case.goes_to(visit, each)]
            enrolment = visit.enrolment_id or next(iter(goes), None)
            title = _("Together to {place}: {who}")
            more: dict[str, Any] = {"place": visit.address or _("the first visit"), "subject_id": enrolment, "at": hour}
            found.append(_task(case, "first_visit", title, visit.starts_at.date(), _how(visit), **more))
        else:
            title = _("Aftercare talk with {who}")
            more = {**_reached(case), "subject_id": visit.id, "at": hour, "deed": _how_to_hold(case, visit)}
            found.append(_task(case, "aftercare", title, visit.starts_at.date(), _how(visit), **more))
    return found


def _intake(case: Case, visit: Visit, now: bool, hour: time | None) -> Task:
    kind = "intake_missed" if not now else "warm" if visit.warm else "intake"
    title = {
        "intake_missed": _("Did the intake of {who} go on?"),
        "warm": _("Warm hand-over: {who}"),
        "intake": _("Intake {who}"),
    }[kind]
    direct = _("straight after the consultation") if visit.warm else ""
    return _task(case, kind, title, visit.starts_at.date(), _how(visit), direct, subject_id=visit.id, at=hour)


def _how_to_hold(case: Case, visit: Visit) -> str:
    """A talk by phone is called; at home or here it is recorded afterwards."""
    return "" if visit.place == "phone" and may_call(case.person) else N_("Record")


def _how(visit: Visit) -> str:
    places = {
        "office": _("at our office"),
        "home": _("at home"),
        "practice": _("at the practice"),
        "activity": _("at the activity"),
        "phone": _("by phone"),
    }
    moment = f"{_day(visit.starts_at.date())} {visit.starts_at:%H:%M}"
    return " · ".join(filter(None, (places.get(visit.place, ""), visit.address, moment)))


def _day(day: date) -> str:
    return f"{(ENGLISH_DAYS if current() == 'en' else DAYS)[day.weekday()]} {show_short(day)}"


def _next_step(case: Case, status: Status, terms: Terms, today: date) -> list[Task]:
    """The one next step that the status rule names, when its day has come."""
    due = status.due_on
    if due is None or status.task not in STEPS:
        return []  # nothing, or a row of its own: an appointment, or something that was found
    made = STEPS[status.task](case, due, terms)
    return [made] if _shown(case, made, today) else []


def _shown(case: Case, task: Task, today: date) -> bool:
    """Work that can be done now shows at once; who was promised another day is left alone until then."""
    if task.kind in SOUGHT and case.attempts:
        return task.due_on <= today
    if task.kind == "aftercare":
        planned = any(visit.kind == "aftercare" for visit in case.to_come)
        return not planned and task.due_on <= today + timedelta(days=AHEAD)
    return task.due_on <= today if task.kind == "close" else True


def _call(case: Case, due: date, terms: Terms) -> Task:
    attempt = len(tried_on(case)) + 1
    last = case.attempts[-1] if case.attempts else None
    promised = ""
    if last is not None and last.call_back_on:
        promised = _("would call back") if last.outcome == "calls_back" else _("asked to be called then")
    wrong = last is not None and last.outcome == "wrong_number"
    return _task(
        case,
        "call",
        _("Call {who}"),
        due,
        _("last time a wrong number: is there another?") if wrong else "",
        _asked(case),
        promised,
        case.person.best_time,
        **_reached(case),
        private=_reasons(case),
        note=_nth(attempt, terms),
        at=last.call_back_at if last is not None and promised else None,
    )


def _nth(attempt: int, terms: Terms) -> str:
    if not 1 < attempt <= terms.call_attempts:
        return ""
    return _("attempt {n} of {most}").format(n=attempt, most=terms.call_attempts)


def _mail(case: Case, due: date, terms: Terms) -> Task:
    attempt, phoned = len(tried_on(case)) + 1, may_call(case.person)
    return _task(
        case,
        "mail",
        _("E-mail {who}"),
        due,
        _no_answer(case) if phoned else how_not(case.person),
        _asked(case) if not case.attempts else "",
        strong=case.person.email,
        private=_reasons(case),
        note="" if phoned else _nth(attempt, terms),
    )


def _visit(case: Case, due: date, terms: Terms) -> Task:
    """Somebody who comes by is waited for; on the day somebody looks whether they came."""
    look = _("look again on {day}").format(day=show_short(due))
    more = {"private": _reasons(case), "note": _nth(len(tried_on(case)) + 1, terms)}
    return _task(case, "visit", _("Wait until {who} comes by"), due, look, case.person.best_time, **more)


def _unreachable(case: Case, due: date, terms: Terms) -> Task:
    """Nothing is left that is allowed: whoever referred may know how."""
    practice = case.practice
    ask = _("ask {practice} how").format(practice=short_practice(practice.name)) if practice is not None else ""
    title = _("There is no way to reach {who}")
    phone = show_phone(practice.phone) if practice is not None else ""
    return _task(case, "unreachable", title, due, ask, _none_allowed(case.person), strong=phone, private=_reasons(case))


def _none_allowed(person: Participant) -> str:
    """What is on file and not allowed, so that nobody thinks it was forgotten."""
    known = bool(person.phone or person.phone2 or person.email or has_address(person))
    return _("what is on file may not be used") if known else ""


def _no_answer(case: Case) -> str:
    tried = len(tried_on(case))
    words = ngettext("sought on {n} day without an answer", "sought on {n} days without an answer", tried)
    return words.format(n=tried)


def _asked(case: Case) -> str:
    asker = asked_by(referrer_of(case))
    return _("{asker} asked us to call").format(asker=asker) if asker else _("asked for it themselves")


def _warm(case: Case, due: date, terms: Terms) -> Task:
    practice = asked_by(referrer_of(case))
    more = {**_reached(case), "private": _reasons(case)}
    return _task(case, "warm", _("Warm hand-over: {who}"), due, practice, _("straight after the consultation"), **more)


def _plan_intake(case: Case, due: date, terms: Terms) -> Task:
    spoken_on = max((each.on for each in case.attempts), default=None)
    when = _("spoken on {day}").format(day=show_short(spoken_on)) if spoken_on else ""
    return _task(
        case,
        "plan_intake",
        _("Plan an intake with {who}"),
        due,
        when,
        how_not(case.person),
        case.person.best_time,
        **_reached(case),
        private=_reasons(case),
    )


def _card(case: Case, due: date, terms: Terms) -> Task:
    """After the attempts, or at once for who is reached by post alone: there the card is the attempt."""
    by_post = way_to(case.person) == "post"
    return _task(
        case,
        "card",
        _("Send {who} a card by post"),
        due,
        how_not(case.person) if by_post else _no_answer(case),
        _asked(case) if by_post and not case.attempts else "",
        strong=one_line(case.person),
        note=_nth(len(tried_on(case)) + 1, terms) if by_post else "",
    )


def _find(case: Case, due: date, terms: Terms) -> Task:
    last = max((each.on for each in case.intakes), default=None)
    held = _("Intake {day}").format(day=show_short(last)) if last else ""
    if case.talks:
        talked = max(talk.on for talk in case.talks)
        held = _("wanted something else at the aftercare talk, {day}").format(day=show_short(talked))
    private = " · ".join(filter(None, (first_line(case.intakes[-1].wishes if case.intakes else ""), _reasons(case))))
    return _task(case, "find_activity", _("Find an activity for {who}"), due, held, private=private)


def _step(case: Case, step: Step, today: date) -> list[Task]:
    """The row of one thing that was found and not begun, once its day has come."""
    each = step.joined
    make = {"place_free": _place_free, "waiting_list": _still_waits, "plan_visit": _plan_visit, "first_visit": _went}
    if step.task == "waiting_list" and each.has_place:
        return [_place_free(case, step, today)]
    along = case.going_along(each)
    if step.task == "first_visit" and along is not None and along.state == "planned":
        return []  # the appointment has a row of its own
    if step.task in ("waiting_list", "first_visit") and step.on > today:
        return []
    return [make[step.task](case, step, today)]


def _place_free(case: Case, step: Step, today: date) -> Task:
    """The person is told, and the answer recorded; past the term somebody decides."""
    each = step.joined
    over = each.offer_until is not None and each.offer_until < today
    waits = _("on the waiting list since {day}").format(day=show_short(each.waits_since or each.enrolled_on))
    kept = _("kept until {day}").format(day=show_short(each.offer_until)) if each.offer_until else ""
    tell = _("Call {who}: there is a place at {place}")
    if not may_call(case.person):
        tell = _("Tell {who}: there is a place at {place}")
    return _task(
        case,
        "offer_over" if over else "place_free",
        _("The term is over: place at {place} for {who}") if over else tell,
        each.offer_until if over and each.offer_until else step.on if each.state == "offered" else today,
        kept,
        waits,
        case.person.best_time,
        place=each.title,
        **_reached(case),
        subject_id=each.id,
    )


def _still_waits(case: Case, step: Step, today: date) -> Task:
    each = step.joined
    return _task(
        case,
        "waiting_list",
        _("{who} still waits: {place}"),
        step.on,
        _("on the waiting list since {day}").format(day=show_short(each.waits_since or each.enrolled_on)),
        _("place {n} on the list").format(n=each.position) if each.position else "",
        place=each.title,
        **_reached(case),
        subject_id=each.id,
    )


def _plan_visit(case: Case, step: Step, today: date) -> Task:
    each = step.joined
    starts = _("first day {day}").format(day=show_short(each.start_on)) if each.start_on else ""
    return _task(
        case,
        "plan_visit",
        _("Agree when you go along with {who}: {place}"),
        step.on,
        starts,
        case.person.best_time,
        place=each.title,
        **_reached(case),
        subject_id=each.id,
    )


def _went(case: Case, step: Step, today: date) -> Task:
    """Whether they went: asked once the first day has come."""
    each = step.joined
    return _task(
        case,
        "first_visit",
        _("Has {who} been to {place}?"),
        step.on,
        _("signed up on {day}").format(day=show_short(each.enrolled_on)),
        place=each.title,
        **_reached(case),
        subject_id=each.id,
    )


def _resume(case: Case, pause: Pause) -> Task:
    """The pause is over: somebody gets in touch, and the case goes on where it was."""
    since = _("on hold since {day}").format(day=show_short(pause.from_on))
    reason = word(HOLD_REASONS, pause.reason).lower() if pause.reason else ""
    title = _("Get in touch again with {who}")
    return _task(case, "resume", title, pause.until_on, since, case.person.best_time,
                 private=reason, **_reached(case))  # fmt: skip


def _aftercare(case: Case, due: date, terms: Terms) -> Task:
    started = [each for each in case.standing if each.first_on]
    since = [
        _("{place} since {day}").format(place=each.title, day=show_short(each.first_on))
        for each in started
        if each.first_on
    ]
    title = ngettext(
        "Aftercare talk (after {n} month): {who}", "Aftercare talk (after {n} months): {who}", terms.aftercare_after
    ).replace("{n}", str(terms.aftercare_after), 1)
    words = (*since, how_not(case.person), case.person.best_time)
    return _task(case, "aftercare", title, due, *words, **_by_phone(case))


def _close(case: Case, due: date, terms: Terms) -> Task:
    if case.talks:
        why = _("the aftercare talk was held")
    elif case.one_talk_enough:
        why = _("one talk was enough")
    else:
        why = _("no answer to the card") if _was_carded(case) else _no_answer(case)
    return _task(case, "close", _("Close the case of {who}"), due, why, case.number)


STEPS: dict[str, Callable[[Case, date, Terms], Task]] = {
    "call": _call,
    "mail": _mail,
    "card": _card,
    "visit": _visit,
    "unreachable": _unreachable,
    "warm": _warm,
    "plan_intake": _plan_intake,
    "find_activity": _find,
    "aftercare": _aftercare,
    "close": _close,
}
"""The next step of a case as a whole; what is about one thing that was found has its own row."""


def _was_carded(case: Case) -> bool:
    return any(each.way == "post" and each.direction == "out" for each in case.attempts)


def _expiring(case: Case, found: Sequence[Task], today: date) -> list[Task]:
    """A voucher that runs out before anyone was spoken to; not when a row about calling stands there already."""
    early = not case.intakes and not case.standing and not case.planned
    if not early or case.valid_until is None or case.valid_until > today + timedelta(days=EXPIRES_WITHIN):
        return []
    if any(task.kind in (*SOUGHT, "warm", "plan_intake", "close") for task in found):
        return []
    title = _("The voucher of {who} runs out")
    valid = _("valid until {day}").format(day=show_short(case.valid_until))
    return [_task(case, "expiring", title, case.valid_until, valid, case.number, **_by_phone(case))]


def _consent(case: Case, terms: Terms) -> list[Task]:
    """Still to ask, once there has been a talk in which it could be asked; two answers are asked about at once."""
    met, where = case.met_on, report_back(case)
    if not still_to_ask(case) or (met is None and where.clash is None):
        return []
    due = working_days_after(met, terms.call_within) if met is not None else case.received_on
    words = (why_asked(where), how_not(case.person), case.person.best_time)
    return [_task(case, "consent", _("Ask {who}: may we report back?"), due, *words, **_reached(case))]


def _inform(case: Case, today: date) -> list[Task]:
    """Told at the first contact, and within a month at most."""
    last_day = months_after(case.received_on, INFORM_WITHIN)
    met = case.met_on
    if case.person.informed_on is not None or (met is None and today < last_day - timedelta(days=INFORM_AHEAD)):
        return []
    title = _("Tell {who} where the data came from")
    until = _("at the latest on {day}").format(day=show_short(last_day))
    words = (until, how_not(case.person), case.person.best_time)
    return [_task(case, "inform", title, last_day, *words, **_reached(case))]


def _reasons(case: Case) -> str:
    return ", ".join(reason.lower() for reason in case.reasons)
