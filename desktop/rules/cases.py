"""One case as it is recorded: every deed, appointment, enrolment, answer, letter and worry of a voucher, frozen.

Read once by storage.cases; status, Te doen, letters, story, call screen and results are made of it. Must not know
tables, the clock, or what any of them makes of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from desktop.rules.names import Name

MOMENTS = ("arrived", "intake", "progress", "closing", "declined")
"""The moments of the letter agreement, which every practice has unless it chose otherwise."""
ACTIVE = ("enrolled", "offered", "started")
"""States in which somebody holds a place."""
PLACED = ("enrolled", "started")
"""Those in which it is theirs: a place that was only offered can be given to somebody else."""
WAITS = ("waiting", "offered")
"""On the waiting list, also while a place is offered and nobody said yes."""
BEGUN = "+"  # after the number of an enrolment that had begun


@dataclass(frozen=True)
class Attempt:
    """Contact that was there or was tried."""

    on: date
    outcome: str
    direction: str = "out"
    call_back_on: date | None = None
    way: str = "phone"
    call_back_at: time | None = None
    at: datetime | None = None  # Amsterdam time
    staff_id: int | None = None
    note: str = ""
    id: int = 0

    @property
    def spoken(self) -> bool:
        """Whether the person was spoken to, whoever began."""
        return self.outcome == "reached"


@dataclass(frozen=True)
class Visit:
    """An appointment: an intake, a first visit together, an aftercare talk."""

    starts_at: datetime  # on the clock in Amsterdam, without zone
    kind: str = "intake"
    state: str = "planned"
    place: str = ""
    address: str = ""
    warm: bool = False
    coach_id: int | None = None
    coach: str = ""
    enrolment_id: int | None = None  # where they go together
    ended_by_id: int | None = None
    note: str = ""
    id: int = 0

    @property
    def on(self) -> date:
        return self.starts_at.date()


@dataclass(frozen=True)
class FirstTalk:
    """An intake that was held."""

    on: date
    one_talk_enough: bool = False
    place: str = ""
    wishes: str = ""
    goals: str = ""
    agreed: str = ""
    marks: tuple[int | None, ...] = ()
    gp_contacts: int | None = None
    warm: bool = False
    appointment_id: int | None = None
    note: str = ""
    id: int = 0


@dataclass(frozen=True)
class Talk:
    """An aftercare talk and how it went."""

    on: date
    outcome: str = "still"
    place: str = ""
    stop_reason: str = ""
    satisfaction: int | None = None
    marks: tuple[int | None, ...] = ()
    gp_contacts: int | None = None
    appointment_id: int | None = None
    note: str = ""
    id: int = 0


@dataclass(frozen=True)
class Joined:
    """Where somebody was signed up: an activity of the catalogue, or a destination outside it."""

    state: str = "enrolled"
    enrolled_on: date = date.min
    start_on: date | None = None
    first_on: date | None = None  # the first time there
    stopped_on: date | None = None
    stop_reason: str = ""
    title: str = ""  # as staff call it
    name: str = ""  # the neutral name for letters
    outside: str = ""  # the code of a destination outside the catalogue
    accompanied: bool = False
    present: int | None = None  # how often they were there, where that is recorded
    held: int | None = None
    known_by: str = ""
    offered_on: date | None = None
    offer_until: date | None = None
    waits_since: date | None = None  # put at the end of the waiting list on that day
    position: int = 0  # on the waiting list
    ended_by_id: int | None = None  # the closing with which it ended
    ended_in_id: int | None = None  # or the aftercare talk
    next_step: str = ""  # what the coach chose when it stopped: "find", "close"
    has_place: bool = False  # waits, a place is free, and it is this person's turn
    activity_id: int | None = None
    activity_status: str = ""
    note: str = ""
    id: int = 0

    @property
    def stands(self) -> bool:
        return self.state != "stopped"

    @property
    def waits(self) -> bool:
        return self.state in WAITS


@dataclass(frozen=True)
class Sign:
    """A worry: a sign of suicide, violence or neglect."""

    kind: str
    noticed_on: date
    called_at: datetime | None = None
    called_practice_id: int | None = None
    reached: str = ""
    step: int = 1
    done_on: date | None = None
    note: str = ""
    id: int = 0

    @property
    def called(self) -> bool:
        return self.called_at is not None

    @property
    def is_open(self) -> bool:
        return self.done_on is None


@dataclass(frozen=True)
class Ending:
    """A closing; one that was opened again since stays in the story."""

    closed_on: date
    outcome: str = "completed"
    reason: str = ""
    passed_on_to: str = ""
    reopened_on: date | None = None
    reopened_why: str = ""
    note: str = ""
    id: int = 0


@dataclass(frozen=True)
class Pause:
    """On hold: ill or away, the place kept."""

    from_on: date
    until_on: date
    reason: str = ""
    ended_on: date | None = None
    ended_by_id: int | None = None
    note: str = ""
    id: int = 0


@dataclass(frozen=True)
class Answer:
    """An answer to one question of sharing, in the order in which it was recorded."""

    purpose: str
    answer: str
    given_on: date
    how: str = ""
    practice_id: int | None = None  # whom it was given for
    withdrawn_on: date | None = None
    intake_id: int | None = None
    attempt_id: int | None = None
    sure: bool = False  # who recorded it was asked about the answer it contradicts
    id: int = 0


@dataclass(frozen=True)
class Settled:
    """A moment that a letter settles, and which deed it told of."""

    moment: str
    subject: int = 0
    said: str = ""


@dataclass(frozen=True)
class Told:
    """Something found for somebody, as a letter told of it: that it goes on, and whether it had begun."""

    enrolment_id: int
    begun: bool = False


@dataclass(frozen=True)
class Word:
    """A letter to a practice: what it settles, how far it got and what it promised; without its text."""

    moment: str
    state: str = "concept"
    written_on: date = date.min
    practice_id: int | None = None
    recipient_id: int | None = None
    recipient_key: str = ""
    recipient: str = ""
    practice: str = ""
    way: str = ""  # by which it went, once confirmed
    sent_on: date | None = None
    withdrawn_on: date | None = None
    settles: tuple[Settled, ...] = ()
    subject: int = 0
    worry_id: int | None = None
    ground: str = ""
    corrects_id: int | None = None
    follows_id: int | None = None
    copy_of_id: int | None = None
    promised_on: date | None = None
    promised_sooner: bool = False
    going_on: tuple[Told, ...] = ()  # what stood when it was fixed
    mixed_up: str = ""  # it names or tells of somebody else, as was found out later
    id: int = 0

    @property
    def stands(self) -> bool:
        return self.withdrawn_on is None


@dataclass(frozen=True)
class Participant:
    """Whose case it is, as far as a list or a call needs it."""

    name: Name = field(default_factory=Name)
    phone: str = ""
    phone2: str = ""
    best_time: str = ""
    contact_by: tuple[str, ...] = ("phone", "post", "email")
    comes_by: bool = False
    email: str = ""
    street: str = ""
    number: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    voicemail: str = ""
    birth_date: str = ""
    informed_on: date | None = None
    own_practice_id: int | None = None
    deceased_on: date | None = None
    id: int = 0


@dataclass(frozen=True)
class Office:
    """The practice a case came from, as far as its letters and calls need it."""

    name: str = ""
    kind: str = "gp"
    phone: str = ""
    moments: tuple[str, ...] = MOMENTS
    active: bool = True
    progress_weeks: int | None = None
    id: int = 0


@dataclass(frozen=True)
class Case:
    """Everything that is recorded of one voucher, each kind in the order of its days."""

    received_on: date
    dated_on: date | None = None
    warm: bool = False
    attempts: Sequence[Attempt] = ()
    visits: Sequence[Visit] = ()
    intakes: Sequence[FirstTalk] = ()
    joined: Sequence[Joined] = ()
    talks: Sequence[Talk] = ()
    signs: Sequence[Sign] = ()
    endings: Sequence[Ending] = ()
    pauses: Sequence[Pause] = ()
    answers: Sequence[Answer] = ()  # in the order in which they were recorded
    words: Sequence[Word] = ()  # letters, in the order in which they were written
    number: str = ""
    channel: str = "paper"
    their_reference: str = ""
    referrer_kind: str = "gp"
    referrer_name: str = ""
    referrer: Name | None = None
    referrer_role: str = ""
    referrer_id: int | None = None
    report_to_id: int | None = None
    report_back: bool = True
    valid_until: date | None = None
    status: str = ""
    outcome: str = ""
    coach_id: int | None = None
    substitute_id: int | None = None
    reasons: tuple[str, ...] = ()
    person: Participant = field(default_factory=Participant)
    practice: Office | None = None
    addressee_id: int | None = None  # the practice its letters go to: of the voucher, or where their reader works now
    id: int = 0

    @property
    def ending(self) -> Ending | None:
        """The closing that stands."""
        return next((each for each in reversed(self.endings) if each.reopened_on is None), None)

    @property
    def closed_on(self) -> date | None:
        return self.ending.closed_on if self.ending is not None else None

    @property
    def planned(self) -> tuple[Visit, ...]:
        """The appointments that stand."""
        return tuple(each for each in self.visits if each.state == "planned")

    @property
    def standing(self) -> tuple[Joined, ...]:
        """What was found and was not stopped: signed up, waiting, offered or taking part."""
        return tuple(each for each in self.joined if each.stands)

    @property
    def to_come(self) -> tuple[Visit, ...]:
        """The appointments of which it is still to be said how they go: none that a later deed has overtaken."""
        return tuple(each for each in self.planned if not self._overtaken(each))

    def goes_to(self, visit: Visit, joined: Joined, alone: bool = False) -> bool:
        """Whether with this appointment they go there together.

        One of before it was kept where they go goes to what it is called, else to all there is. `alone`: it goes
        nowhere else, so that it ends with this; where it is not called so, that is when nothing else stands.
        """
        if visit.kind != "first_visit" or visit.enrolment_id is not None:
            return visit.kind == "first_visit" and visit.enrolment_id == joined.id
        others = [each for each in self.standing if each.id != joined.id]
        if visit.address == joined.title:
            return True
        return not others if alone else all(visit.address != each.title for each in others)

    def visits_to(self, joined: Joined, alone: bool = False) -> tuple[Visit, ...]:
        """The appointments to go there together, whatever became of them."""
        return tuple(each for each in self.visits if self.goes_to(each, joined, alone))

    def going_along(self, joined: Joined) -> Visit | None:
        """The appointment to go there together that stands, or else the one that was held."""
        visits = self.visits_to(joined)
        stand = [each for each in visits if each.state == "planned"]
        return next(iter(stand), next((each for each in visits if each.state == "held"), None))

    def _overtaken(self, visit: Visit) -> bool:
        if visit.kind == "intake":
            return any(each.on > visit.on for each in self.intakes)
        if visit.kind == "aftercare":
            return any(each.on > visit.on for each in self.talks)
        went = [each for each in self.joined if each.first_on is not None and each.first_on >= visit.on]
        return any(self.goes_to(visit, each) for each in went)

    @property
    def open_signs(self) -> tuple[Sign, ...]:
        return tuple(each for each in self.signs if each.is_open)

    @property
    def one_talk_enough(self) -> bool:
        return any(each.one_talk_enough for each in self.intakes)

    @property
    def reached_on(self) -> date | None:
        """The first day on which the person was spoken to by phone or otherwise."""
        return min((each.on for each in self.attempts if each.spoken), default=None)

    @property
    def began_on(self) -> date | None:
        """The first time the person was anywhere, whether that goes on or not."""
        return min((each.first_on for each in self.joined if each.first_on is not None), default=None)

    @property
    def met_on(self) -> date | None:
        """The first day on which somebody of us saw or spoke the person."""
        days = [each.on for each in self.intakes]
        return min((*days, *filter(None, (self.began_on, self.reached_on))), default=None)


def going_on(case: Case) -> str:
    """What stands now, to keep with the letter that tells of it."""
    return " ".join(f"{each.id}{BEGUN if each.first_on else ''}" for each in case.standing)


def as_told(kept: str) -> tuple[Told, ...]:
    """The same, as it was kept with a letter."""
    return tuple(Told(int(each.rstrip(BEGUN)), each.endswith(BEGUN)) for each in kept.split())


def marked_talk(cases: Iterable[Case], whole: bool = False) -> FirstTalk | Talk | None:
    """The talk whose marks are the picture: the newest with any, and of one day the one three months on.

    So it is on a person's page, where staff look for what they just recorded. A letter wants it `whole`: one mark alone
    is no picture of a talk to who reads nothing beside it. The newest with half of the marks goes first there, and
    where there is none the talk with most of them.
    """
    marked = [each for case in cases for each in _talks(case) if _given(each)]
    newest = sorted(marked, key=lambda talk: (talk.on, isinstance(talk, Talk), talk.id), reverse=True)
    if not whole:
        return next(iter(newest), None)
    half = (each for each in newest if _given(each) >= len(each.marks) / 2)
    return next(half, max(newest, key=_given, default=None))


def _talks(case: Case) -> tuple[FirstTalk | Talk, ...]:
    return (*case.intakes, *case.talks)


def _given(talk: FirstTalk | Talk) -> int:
    return sum(mark is not None for mark in talk.marks)
