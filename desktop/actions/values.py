"""The pages of results for practices, as bytes for the printer. Looks only: nothing is stored but a line in the log."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop import clock
from desktop.actions.action import view
from desktop.actions.letter_content import ROLE, back_to, letterhead, recipient
from desktop.rules import valuepage as rules
from desktop.rules.dates import show_long
from desktop.rules.letter_envelope import address_lines, salutation
from desktop.rules.letters import Fold, Letterhead, Signature, Window
from desktop.rules.phones import show_phone
from desktop.rules.staff import CASEWORK, Member
from desktop.rules.valuepage import LastTalk, Own, Together, Told, ValuePage, own_lines
from desktop.rules.values import Quarter, Values
from desktop.storage.letters import Route
from desktop.storage.living import living_practice
from desktop.storage.models import Organisation, Practice, PracticeTalk, Staff
from desktop.storage.practice_talks import newest_talks
from desktop.storage.values import joined_of, values_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class PrintedValues:
    """Pages of results; the log names the practice, or the organisation when it is about all practices."""

    record: Practice | Organisation | None
    pdf: bytes
    page: ValuePage | None = None  # when there is one: what it says, for the screen
    own: tuple[Own, ...] = ()  # and every figure as it is, which stays on the screen
    kept: bool = False  # these are what they were, and no longer what can be counted


@dataclass(frozen=True)
class _Sender:
    """Who sends these pages, and how: the same for all of them."""

    head: Letterhead
    window: Window = "right"
    shift_x: float = 0
    shift_y: float = 0
    fold: Fold = "DL"
    back_to: tuple[str, ...] = ()


@view("value page printed", may=CASEWORK)
def value_page(by: Member, practice_id: int, quarter: Quarter) -> PrintedValues:
    """What the vouchers of one practice came to in a quarter, as a letter."""
    from desktop.paper.valuepage import render

    practice = Practice.get_one(practice_id)
    figures = _count(quarter, [practice.id])
    (page,) = _pages(by, quarter, [practice], figures, _silent)
    values, before = figures.values[practice.id], figures.before[practice.id]
    return PrintedValues(practice, render([page]), page, own_lines(values, before), values.kept)


@view("value pages printed", may=CASEWORK)
def value_pages(by: Member, quarter: Quarter, practice_ids: Sequence[int], progress: Progress) -> PrintedValues:
    """The same for these practices, a page each in one file."""
    from desktop.paper.valuepage import render

    found = {each.id: each for each in Practice.select().where(Practice.id.in_(practice_ids))}
    practices = [found[each] for each in practice_ids if each in found]
    figures = _count(quarter, list(found))
    return PrintedValues(Organisation.select().first(), render(_pages(by, quarter, practices, figures, progress)))


@dataclass(frozen=True)
class _Figures:
    """What stands on pages of one quarter, by practice; everything is looked up once for all of them."""

    values: Mapping[int, Values]
    before: Mapping[int, Values]
    joined: Mapping[int, Together]


def _count(quarter: Quarter, ids: Sequence[int]) -> _Figures:
    today = clock.today()
    return _Figures(values_of(quarter, today, ids), values_of(quarter.before, today, ids), joined_of(quarter, ids))


def _pages(
    by: Member, quarter: Quarter, practices: Sequence[Practice], figures: _Figures, progress: Progress
) -> Iterator[ValuePage]:
    today, ids = clock.today(), [each.id for each in practices]
    talks = newest_talks(ids)
    coaches = {each.id: each for each in Staff.select().where(Staff.active)}
    sender = _sender()
    for number, practice in enumerate(practices):
        progress(number, len(practices))
        coach = coaches.get(practice.coach_id) or coaches.get(by.id)
        told = _told(figures, practice, quarter, today)
        yield _page(sender, practice, coach, quarter, told, _last(talks.get(practice.id)), today)


@dataclass(frozen=True)
class _Told:
    """What a page says of the figures."""

    intro: str
    figures: tuple[Told, ...] = ()
    counted: str = ""


def _told(figures: _Figures, practice: Practice, quarter: Quarter, today: date) -> _Told:
    if today < quarter.fixed_on:
        return _Told(rules.not_yet(quarter))
    values, joined = figures.values[practice.id], rules.of_merged(figures.joined[practice.id], practice.name)
    intro = " ".join(filter(None, (rules.intro(values, quarter), joined)))
    return _Told(intro, rules.told(values, figures.before[practice.id]), rules.counted(values, quarter, today))


def _page(
    sender: _Sender,
    practice: Practice,
    coach: Staff | None,
    quarter: Quarter,
    told: _Told,
    talk: LastTalk | None,
    today: date,
) -> ValuePage:
    """Who was merged away is written to where they are now."""
    stayed = practice if practice.merged_into_id is None else living_practice(practice.id)
    to = recipient(Route(stayed, None))
    return ValuePage(
        letterhead=sender.head,
        address=address_lines(to),
        references=(("Periode", rules.period(quarter)), ("Datum", show_long(today))),
        subject=rules.subject(quarter),
        salutation=salutation(to),
        intro=told.intro,
        figures=told.figures,
        counted=told.counted,
        talk=rules.talk_lines(talk, today),
        closing=_signature(coach, sender.head.name),
        window=sender.window,
        shift_x=sender.shift_x,
        shift_y=sender.shift_y,
        fold=sender.fold,
        back_to=sender.back_to,
    )


def _sender() -> _Sender:
    office = Organisation.select().first()
    if office is None:
        return _Sender(letterhead())
    return _Sender(letterhead(), office.window, office.shift_x, office.shift_y, office.fold, back_to(office))


def _last(talk: PracticeTalk | None) -> LastTalk | None:
    return LastTalk(talk.held_on, talk.agreed, talk.next_on) if talk is not None else None


def _signature(coach: Staff | None, organisation: str) -> Signature:
    if coach is None:
        return Signature(organisation)
    return Signature(coach.name, coach.role_title or ROLE, show_phone(coach.phone) if coach.phone else "")


def _silent(_done: int, _total: int) -> None:
    """One page needs no bar."""
