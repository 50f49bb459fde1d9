"""The page of results that a practice gets: its sentences and figures, with small groups left out. Always Dutch.

Must not know how a figure is counted, nor records, typefaces or PDF.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.rules.dates import MONTHS, show_long, show_whole_day
from desktop.rules.letters import Fold, Letterhead, Signature, Window
from desktop.rules.values import FEWER, FEWEST, Quarter, Share, Values, gives_back

FOOTER = "In deze brief staan geen gegevens van personen."
STILL_ACTIVE = "Na drie maanden nog actief"
NOT_TOLD = "niet genoemd"
COME_BY = "Wij praten graag eens met u over wie u kunt verwijzen. Bel ons voor een afspraak."


@dataclass(frozen=True)
class Told:
    """One line of the page: what it is, the figure in words, and the share for a bar if it may be seen."""

    name: str
    figure: str
    share: float | None = None


@dataclass(frozen=True)
class LastTalk:
    """The newest talk with the practice, as far as the page tells it."""

    held_on: date
    agreed: str = ""
    next_on: date | None = None


@dataclass(frozen=True)
class Together:
    """With which practices one is together by now, and how a certain quarter was counted."""

    along: tuple[str, ...] = ()  # their vouchers count with those of who stayed
    apart: tuple[str, ...] = ()  # they were two as yet when the figures were fixed
    now: str = ""  # who stayed, when it is about one that was merged away


@dataclass(frozen=True)
class ValuePage:
    """One A4 for one practice, complete in itself."""

    letterhead: Letterhead
    address: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    subject: str
    salutation: str
    intro: str
    figures: tuple[Told, ...]
    counted: str
    talk: tuple[tuple[str, str], ...]
    closing: Signature
    window: Window = "right"
    shift_x: float = 0.0
    shift_y: float = 0.0
    fold: Fold = "DL"
    back_to: tuple[str, ...] = ()
    footer: str = FOOTER


def told(values: Values, before: Values | None = None) -> tuple[Told, ...]:
    """What the practice may see of these figures, line by line; nothing when there are too few vouchers.

    `before` are those of the quarter before, of which it has the page too.
    """
    if values.too_few:
        return ()
    shares = (
        ("Gesproken binnen twee weken", Share(values.arrived, values.received), ""),
        ("Begonnen met een activiteit", Share(values.started, values.received), ""),
        (STILL_ACTIVE, Share(values.active, values.group), "nog niet bekend"),
        ("Brieven aan u, op tijd", Share(values.on_time, values.letters), "geen brieven"),
    )
    lines = [Told(name, share.words(nobody), share.of_one) for name, share, nobody in shares]
    if before is not None and gives_back(values, before):
        lines[2] = Told(STILL_ACTIVE, NOT_TOLD)
    contacts = Told("Contacten met de huisarts", values.contacts.words())
    return (Told("Vouchers van uw praktijk", str(values.received)), *lines, contacts)


@dataclass(frozen=True)
class Own:
    """One line for the office itself: the figure as it is, and whether the paper leaves it out."""

    name: str
    figure: str
    left_out: bool = False


def own_lines(values: Values, before: Values | None = None) -> tuple[Own, ...]:
    """Every figure as it is: on the own screen the cases can be opened anyway. In the words of the page."""
    contacts, few = values.contacts, values.too_few
    back = before is not None and gives_back(values, before)
    shares = (
        ("Gesproken binnen twee weken", Share(values.arrived, values.received), False),
        ("Begonnen met een activiteit", Share(values.started, values.received), False),
        (STILL_ACTIVE, Share(values.active, values.group), back),
        ("Brieven op tijd", Share(values.on_time, values.letters), False),
    )
    lines = [
        Own("Vouchers", str(values.received), values.received > 0 and few),
        *(
            Own(name, f"{share.part} van de {share.whole}", few or share.hidden or hidden)
            for name, share, hidden in shares
            if share.whole
        ),
    ]
    if contacts.n >= FEWEST or (contacts.n and not values.kept):  # of fewer nothing was kept
        lines.append(Own("Contacten met de huisarts", contacts.exactly(), few or contacts.n < FEWEST))
    return tuple(lines)


def subject(quarter: Quarter) -> str:
    return f"Betreft: uw vouchers in {quarter.words()}"


def period(quarter: Quarter) -> str:
    """Juli tot en met september 2026."""
    first = 3 * quarter.number - 3
    return f"{MONTHS[first]} tot en met {MONTHS[first + 2]} {quarter.year}"


def not_yet(quarter: Quarter) -> str:
    """As long as a figure may still change there is none on paper: two papers would tell what one person did."""
    fixed = show_long(quarter.fixed_on)
    return f"De cijfers over {quarter.words()} staan vast op {fixed}. Vanaf die dag kunnen wij ze u geven."


def intro(values: Values, quarter: Quarter) -> str:
    """What the page is about; with too few vouchers it is all there is."""
    if not values.too_few:
        return f"U stuurt mensen met een voucher naar ons door. Dit is wat dat in {quarter.words()} opleverde."
    if not values.received:
        nobody = f"In {quarter.words()} kregen wij geen vouchers van uw praktijk."
        return f"{nobody} Loopt u ergens tegenaan bij het verwijzen? Wij horen het graag."
    came = f"kregen wij vouchers voor {FEWER} mensen" if values.of_few else f"kregen wij {FEWER} vouchers"
    came += " van uw praktijk"
    return (
        f"In {quarter.words()} {came}. Dank daarvoor. Over zo weinig mensen geven wij geen cijfers: dan is te "
        "herkennen over wie het gaat. Hoe het met hen gaat leest u in onze brieven over ieder van hen."
    )


def of_merged(joined: Together, own: str) -> str:
    """Under which name the vouchers of practices that are one by now were counted in this quarter."""
    if joined.now:
        return f"Dit gaat over de vouchers van {own}, inmiddels samen met {joined.now}."
    said = []
    if joined.along:
        said.append(f"De vouchers van {_all(joined.along)}, inmiddels samen met {own}, tellen hierin mee.")
    if joined.apart:
        said.append(f"De vouchers van {_all(joined.apart)}, inmiddels samen met {own}, staan apart.")
    return " ".join(said)


def _all(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} en {last}" if most else last


def counted(values: Values, quarter: Quarter, today: date) -> str:
    """How the figures were counted, for in small type."""
    if values.too_few:
        return ""
    until = show_long(quarter.counted_until(today))
    return (
        f"Geteld tot en met {until}. Nog actief: van wie in het kwartaal daarvoor begonnen. Contacten met de huisarts: "
        "in drie maanden, zoals mensen het zelf zeggen, bij de intake en bij het nazorggesprek. Aantallen van 1 tot en "
        "met 4 noemen wij niet, en ook niet waaruit die te berekenen zijn."
    )


def talk_lines(talk: LastTalk | None, today: date) -> tuple[tuple[str, str], ...]:
    """What was agreed, and when we speak again."""
    lines = []
    if talk is not None and talk.agreed.strip():
        lines.append((f"Afgesproken op {show_long(talk.held_on)}", talk.agreed.strip()))
    promised = talk.next_on if talk is not None and talk.next_on is not None and talk.next_on >= today else None
    again = f"Wij spreken elkaar weer op {show_whole_day(promised)}." if promised else COME_BY
    return (*lines, ("Volgend gesprek", again))
