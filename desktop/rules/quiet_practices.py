"""Practices that sent nobody in a quarter: when one asks for a talk, and what there is to talk about.

Must not know tables or screens.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from desktop.language import _, current
from desktop.rules.cases import Case
from desktop.rules.codes import CLOSING_OUTCOMES, STATUSES, word
from desktop.rules.consents import report_back
from desktop.rules.dates import months_after, show_date, show_long
from desktop.rules.tasks import capital, who
from desktop.rules.values import Quarter

POINTS = 3
"""So many of the last vouchers are talked about."""


@dataclass(frozen=True)
class Seen:
    """A practice that refers, as far as being quiet depends on it."""

    last_on: date | None = None  # the newest voucher that came
    known_on: date | None = None  # on file since; None: from of old
    talked_on: date | None = None
    next_on: date | None = None  # promised in the newest talk
    until: date | None = None  # put off until then, for this quarter
    settled: bool = False


@dataclass(frozen=True)
class Quiet:
    """A practice to have a talk with, because nobody came from it."""

    practice_id: int
    name: str
    phone: str
    quarter: Quarter
    last_on: date | None = None


@dataclass(frozen=True)
class Point:
    """One voucher to talk about: whose, what became of it, and whether this practice may hear that."""

    voucher_id: int
    person_id: int
    title: str
    became: str
    may_be_told: bool


def is_quiet(seen: Seen, quarter: Quarter) -> bool:
    """Sent nobody in the quarter, nor since. Who came on file after it had no quarter to send anybody in."""
    if seen.last_on is not None:
        return seen.last_on < quarter.first
    return seen.known_on is None or seen.known_on < quarter.end


def asks_for_talk(seen: Seen, quarter: Quarter, today: date) -> bool:
    """Quiet, and nobody settled it: no talk was held since the quarter or promised, nor was it put off."""
    talked = seen.next_on is not None or (seen.talked_on is not None and seen.talked_on >= quarter.end)
    put_off = seen.settled or (seen.until is not None and seen.until > today)
    return is_quiet(seen, quarter) and not talked and not put_off


def talk_due_on(quarter: Quarter) -> date:
    """Within a month after the quarter."""
    return months_after(quarter.end, 1) - timedelta(days=1)


def last_words(last_on: date | None) -> str:
    """When somebody came for the last time."""
    return _("last voucher {day}").format(day=show_date(last_on)) if last_on else _("never sent a voucher")


def point_of(case: Case) -> Point:
    """What became of one voucher, as staff know it."""
    day = show_long(case.received_on, current())
    sent = [each.sent_on for each in case.words if each.stands and each.state == "sent" and each.sent_on]
    letter = _("letter of {day}").format(day=show_date(max(sent))) if sent else ""
    ended = word(CLOSING_OUTCOMES, case.outcome) if case.closed_on is not None else ""
    places = ", ".join(each.title for each in case.joined if each.first_on is not None)
    became = " · ".join(filter(None, (ended or word(STATUSES, case.status), places, letter)))
    told = report_back(case).counts == "yes"
    return Point(case.id, case.person.id, f"{capital(who(case.person.name))}, {day}", became, told)
