"""What a practice gets back for its vouchers, per quarter: which figures, how each is counted, what stays hidden.

The definition of each figure stands with its function. Must not know tables, screens or paper.

**Small groups stay hidden.** A figure about 1 to 4 people could tell the practice who they are. So:

1. fewer than five vouchers in the quarter, or vouchers of fewer than five people: no figures at all, only the
   sentence that says so;
2. a part of a group is shown only when neither the part nor the rest of the group is 1 to 4. Of twelve vouchers,
   "started 10" would tell that two did not; it reads "all 12 but fewer than 5". Nobody and everybody are shown. Of a
   group of five to nine every other part is hidden, and always in the same words ("a part of the 6"): "all 6 but fewer
   than 5" could only be five. So whatever is hidden may have been at least four different numbers;
3. a group of 1 to 4 (who began three months ago, letters, pairs) reads "fewer than 5", without its parts;
4. an average is shown from five pairs on, to one decimal;
5. no totals over practices or over quarters and no shares in per cent stand anywhere: they would give back what was
   hidden;
6. every figure is counted up to a fixed day, two weeks after the quarter, and before that day there is no page with
   figures: a page made again later says the same, and two pages beside each other do not tell what one person did in
   between. When somebody's data go, or two persons or practices are made one, the figures are kept as they were
   (storage.values_kept);
7. the groups of one page are not parts of each other, so that no two figures subtracted give a smaller group. One of
   the page of the quarter before is: when everybody who began then came with a voucher of then, their number is told
   only if, beside what that page says of those who began, it gives back nothing that was hidden.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import floor

from desktop.rules.dates import months_after, working_days_after
from desktop.rules.letters_due import first_months_over
from desktop.rules.status import Terms

FEWEST = 5
ARRIVED_WITHIN = timedelta(days=14)
COUNTED_ON = timedelta(days=14)
"""So long after the quarter is counted on: the voucher of its last day has had its two weeks."""
MONTHS = 3
MOST_QUARTERS = 12
STILL = frozenset({"still", "other"})
ENDED = frozenset({"stopped", "not_interested", "not_suitable", "deceased", "not_reached", "expired"})
WITHOUT_DATE = frozenset({"signal"})
ORDINALS = ("eerste", "tweede", "derde", "vierde")
FEWER = "minder dan 5"


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year, 1 to 4."""

    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        """The first day that is no longer in it."""
        return self.next.first

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number}"

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day < self.end

    @property
    def fixed_on(self) -> date:
        """The first day on which its figures change no more."""
        return self.end + COUNTED_ON

    def counted_until(self, today: date) -> date:
        """The last day that is counted: two weeks after its end, or today as long as that is still to come."""
        return min(today, self.fixed_on - timedelta(days=1))

    def words(self) -> str:
        """Het derde kwartaal van 2026: always Dutch, since it stands in letters."""
        return f"het {ORDINALS[self.number - 1]} kwartaal van {self.year}"


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def read_quarter(code: str) -> Quarter:
    year, number = code.split("-")
    return Quarter(int(year), int(number))


def last_whole(today: date) -> Quarter:
    """The last quarter that is over."""
    return quarter_of(today).before


def last_fixed(today: date) -> Quarter:
    """The last quarter of which the figures change no more: the newest that goes on paper."""
    return last_whole(today) if last_whole(today).fixed_on <= today else last_whole(today).before


def to_choose(today: date) -> list[Quarter]:
    """The quarters that are over, the last one first."""
    found = [last_whole(today)]
    while len(found) < MOST_QUARTERS:
        found.append(found[-1].before)
    return found


# ---- what is counted of each case


@dataclass(frozen=True)
class VoucherSeen:
    """A voucher that was received in the quarter, with the first day of each kind of contact."""

    practice: int
    dated_on: date
    reached_on: date | None = None
    talked_on: date | None = None
    started_on: date | None = None
    person: int | None = None  # None: somebody who stands by themselves


@dataclass(frozen=True)
class Taking:
    """One activity that somebody was at: from the first time there until they stopped, if they did."""

    first_on: date
    stopped_on: date | None = None


@dataclass(frozen=True)
class Starter:
    """Somebody with the activities they came to, what they said themselves afterwards, and how the case ended."""

    practice: int
    taking: tuple[Taking, ...]
    said: str = ""  # outcome of the newest aftercare talk
    closed_on: date | None = None
    outcome: str = ""
    received_on: date | None = None  # the voucher

    @property
    def started_on(self) -> date:
        return min(each.first_on for each in self.taking)


@dataclass(frozen=True)
class LetterSent:
    """A letter that somebody confirmed as sent, with the days of what it is about."""

    practice: int
    moments: tuple[str, ...]
    sent_on: date
    dated_on: date
    received_on: date
    talked_on: date | None = None  # the intake it tells of
    asked_on: date | None = None  # the aftercare talk it tells of
    begun_on: date | None = None  # the first time at an activity
    closed_on: date | None = None  # the closing it tells of
    promised_on: date | None = None  # by the letter of which it is the further word
    progress_weeks: int | None = None  # the practice's own term


@dataclass(frozen=True)
class Pair:
    """Contacts with the GP's practice of one person in three months: told at the intake, and at aftercare."""

    practice: int
    before: int
    after: int


def arrived(voucher: VoucherSeen) -> bool:
    """Arrived in two weeks: the person was spoken to, had the intake or came to an activity on or before the 14th day
    after the date on the voucher. Trying to call, voicemail or somebody else on the line do not count."""
    days = [day for day in (voucher.reached_on, voucher.talked_on, voucher.started_on) if day is not None]
    return bool(days) and min(days) <= voucher.dated_on + ARRIVED_WITHIN


def started(voucher: VoucherSeen, until: date) -> bool:
    """Started: the person has been to an activity, own or a partner's or outside the catalogue, by the day up to which
    is counted. Being signed up or waiting for a place does not count."""
    return voucher.started_on is not None and voucher.started_on <= until


def in_group(starter: Starter, quarter: Quarter) -> bool:
    """Whose three months are over in this quarter: who came for the first time in the quarter before."""
    return quarter.before.holds(starter.started_on)


def still_active(starter: Starter) -> bool:
    """Still active at three months: as the person said in the aftercare talk (still takes part or does something else);
    without such a talk: three months after the first time one of the activities was not stopped, nor the case closed
    with an ending that means stopping."""
    if starter.said:
        return starter.said in STILL
    mark = months_after(starter.started_on, MONTHS)
    if starter.outcome in ENDED and starter.closed_on is not None and starter.closed_on <= mark:
        return False
    return any(each.first_on <= mark and (each.stopped_on is None or each.stopped_on > mark) for each in starter.taking)


def counts(letter: LetterSent) -> bool:
    """Letters sent: confirmed as sent in the quarter and not withdrawn. Copies, corrections and a signal, which knows
    no day by which it is due, are left out."""
    return not WITHOUT_DATE & set(letter.moments)


def on_time(letter: LetterSent, terms: Terms) -> bool:
    """On time: sent by the day on which the first of the moments it covers was due. Arrived: so many days after the
    date on the voucher, but never before the voucher came in; after the intake, the aftercare talk or the closing it
    tells of: so many working days. Without an aftercare talk the progress letter runs from the day that talk was due;
    a further word is due on the day that was promised. Days, working days and months are the organisation's own terms,
    the weeks to the progress letter those of the practice where it has them."""
    return all(letter.sent_on <= day for day in _due_days(letter, terms))


def _due_days(letter: LetterSent, terms: Terms) -> Iterable[date]:
    deeds = {
        "intake": letter.talked_on,
        "progress": letter.asked_on or _talk_due(letter, terms),
        "closing": letter.closed_on,
        "declined": letter.closed_on,
    }
    for moment in letter.moments:
        day = deeds.get(moment)
        if moment == "arrived":
            yield max(letter.dated_on + timedelta(days=terms.arrived_letter_within), letter.received_on)
        elif moment == "update" and letter.promised_on is not None:
            yield letter.promised_on
        elif day is not None:
            yield working_days_after(day, terms.intake_letter_within)


def _talk_due(letter: LetterSent, terms: Terms) -> date | None:
    if letter.begun_on is None:
        return None
    return first_months_over(letter.begun_on, letter.progress_weeks, terms)


# ---- what is told


@dataclass(frozen=True)
class Share:
    """A part of a group."""

    part: int = 0
    whole: int = 0

    @property
    def hidden(self) -> bool:
        """Whether the part, the rest or the group is so small that it would tell who."""
        return any(0 < n < FEWEST for n in (self.part, self.whole - self.part, self.whole))

    @property
    def of_one(self) -> float | None:
        """The part as a share for a bar, unless it is hidden or there is no group."""
        return None if self.hidden or not self.whole else self.part / self.whole

    def words(self, nobody: str = "geen") -> str:
        """10 van de 20; minder dan 5 van de 12; alle 12, op minder dan 5 na; een deel van de 7. Always Dutch."""
        if not self.whole:
            return nobody
        if self.whole < FEWEST:
            return FEWER
        if self.part == 0:
            return f"0 van de {self.whole}"
        if self.part == self.whole:
            return f"alle {self.whole}"
        if self.hidden and self.whole < 2 * FEWEST:
            return f"een deel van de {self.whole}"
        if self.part < FEWEST:
            return f"{FEWER} van de {self.whole}"
        if self.whole - self.part < FEWEST:
            return f"alle {self.whole}, op {FEWER} na"
        return f"{self.part} van de {self.whole}"


@dataclass(frozen=True)
class Averages:
    """Of pairs only: the average before and after, and of how many people."""

    before: float = 0.0
    after: float = 0.0
    n: int = 0

    def words(self) -> str:
        """Gemiddeld 3,4 keer vooraf en 2,1 keer daarna (12 mensen). Always Dutch."""
        if not self.n:
            return "nog niet bekend"
        return FEWER + " mensen" if self.n < FEWEST else self.exactly()

    def exactly(self) -> str:
        people = "1 mens" if self.n == 1 else f"{self.n} mensen"
        return f"gemiddeld {_one_decimal(self.before)} vooraf, {_one_decimal(self.after)} daarna ({people})"


@dataclass(frozen=True)
class Values:
    """The figures of one practice in one quarter; nothing is hidden yet: rules.valuepage tells them."""

    received: int = 0
    arrived: int = 0
    started: int = 0
    group: int = 0
    active: int = 0
    letters: int = 0
    on_time: int = 0
    contacts: Averages = Averages()
    of_few: bool = False  # five vouchers or more, of fewer than five people
    earlier: int = field(default=0, compare=False)  # of the group: who came with a voucher of before they began
    kept: bool = field(default=False, compare=False)  # as they were before data went or were made one

    @property
    def too_few(self) -> bool:
        return self.received < FEWEST or self.of_few


def judged(
    vouchers: Sequence[VoucherSeen],
    starters: Sequence[Starter],
    letters: Sequence[LetterSent],
    pairs: Sequence[Pair],
    quarter: Quarter,
    until: date,
    terms: Terms,
) -> Values:
    """The figures of one practice from what was seen of its cases."""
    group = [each for each in starters if in_group(each, quarter)]
    counted = [each for each in letters if counts(each)]
    return Values(
        received=len(vouchers),
        arrived=sum(arrived(each) for each in vouchers),
        started=sum(started(each, until) for each in vouchers),
        group=len(group),
        active=sum(still_active(each) for each in group),
        letters=len(counted),
        on_time=sum(on_time(each, terms) for each in counted),
        contacts=averages(pairs),
        of_few=_people(vouchers) < FEWEST <= len(vouchers),
        earlier=sum(each.received_on is not None and each.received_on < quarter.before.first for each in group),
    )


def _people(vouchers: Sequence[VoucherSeen]) -> int:
    """Somebody with two vouchers is one of the people."""
    known = {each.person for each in vouchers if each.person is not None}
    return len(known) + sum(each.person is None for each in vouchers)


def gives_back(values: Values, before: Values) -> bool:
    """Whether how many began in the quarter before would, beside the page of that quarter, tell of 1 to 4 of them.

    Who came with an earlier voucher stands on no page: with one of those nothing can be subtracted. Where that page
    hides how many began, this one does so whatever the number, so that leaving it out tells nothing either.
    """
    if values.earlier or not values.group:
        return False
    shares = Share(before.started, before.received), Share(values.group, before.started)
    return before.too_few or any(share.hidden for share in shares)


def averages(pairs: Sequence[Pair]) -> Averages:
    return averages_of(sum(each.before for each in pairs), sum(each.after for each in pairs), len(pairs))


def averages_of(before: int | None, after: int | None, n: int) -> Averages:
    """Of what these people told together; None is what was not kept."""
    if not n or before is None or after is None:
        return Averages(n=n)
    return Averages(before / n, after / n, n)


def _one_decimal(number: float) -> str:
    """2,5: a half goes up, as one expects of a figure in a letter."""
    return f"{floor(number * 10 + 0.5) / 10:.1f}".replace(".", ",")
