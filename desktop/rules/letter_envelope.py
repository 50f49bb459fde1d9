"""Everything round the text of a feedback letter: address, references, subject, salutation. Must not know records.

Letters are always Dutch, so these words are Dutch too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from desktop.rules.addresses import Address
from desktop.rules.dates import show_birth_date, show_long
from desktop.rules.names import Name, formal, initials_of

DOCTORS = frozenset({"gp"})
DOCTORS_HOUSES = frozenset({"gp", "health_centre"})
ROLE_WORDS = {
    "poh_ggz": "POH-GGZ",
    "poh_s": "POH-S",
    "assistant": "praktijkassistent",
    "physio": "fysiotherapeut",
    "social_worker": "maatschappelijk werker",
    "neighbourhood_team": "wijkteam",
}
WIDEST_ROW = 4  # references beside each other; a fifth comes under the first


@dataclass(frozen=True)
class Someone:
    """A person at a practice, as the letter addresses or names them."""

    name: Name
    role: str = ""
    salutation: str = ""


@dataclass(frozen=True)
class Recipient:
    """To whom the letter goes: a practice, with or without a person there."""

    practice: str
    kind: str = "gp"
    address: Address = field(default_factory=Address)
    person: Someone | None = None
    salutation: str = ""


@dataclass(frozen=True)
class References:
    """What the reference line says; empty parts are left out."""

    number: str
    today: date
    referred_on: date | None = None
    referred: bool = True
    referrer: str = ""
    theirs: str = ""


def subject(name: Name, birth_date: str) -> str:
    """Betreft: mw. A. van der Meer-de Wit, geb. 03-04-1951."""
    born = show_birth_date(birth_date)
    return f"Betreft: {formal(name)}" + (f", geb. {born}" if born else "")


def address_lines(to: Recipient) -> tuple[str, ...]:
    """As behind the window: practice, t.a.v., street, postcode and town."""
    attention = f"t.a.v. {named(to.person)}" if to.person else ""
    return tuple(line for line in (to.practice, attention, *to.address.lines()) if line)


def named(person: Someone) -> str:
    """dr. M. Jansen; mw. S. Bos, POH-GGZ."""
    if person.role in DOCTORS:
        given = person.name.initials or initials_of(person.name.first_name)
        return " ".join(part for part in ("dr.", given, _family(person.name, bool(given))) if part)
    return ", ".join(part for part in (formal(person.name), ROLE_WORDS.get(person.role, "")) if part)


def salutation(to: Recipient) -> str:
    """Per person when that was written down; "dokter" only for a GP; nobody is guessed to be a man or a woman."""
    wanted = (to.person.salutation if to.person else "") or to.salutation
    if wanted.strip():
        return wanted.strip().rstrip(",") + ","
    if to.person is None or not to.person.name.surname:
        return "Geachte huisarts," if _doctors(to) else "Geachte heer/mevrouw,"
    if to.person.role in DOCTORS:
        return f"Geachte dokter {_family(to.person.name)},"
    title = {"mevrouw": "mevrouw", "de heer": "heer"}.get(to.person.name.form_of_address, "heer/mevrouw")
    return f"Geachte {title} {_family(to.person.name)},"


def references(facts: References) -> tuple[tuple[str, str], ...]:
    """The reference line; when five are known, who referred comes last and so under the first."""
    when = ("Uw verwijzing van" if facts.referred else "Aangemeld op", show_long(facts.referred_on))
    referrer = ("Verwezen door", facts.referrer)
    others = (("Uw kenmerk", facts.theirs), ("Ons kenmerk", facts.number), ("Datum", show_long(facts.today)))
    known = _filled((when, referrer, *others))
    return known if len(known) <= WIDEST_ROW else (*_filled((when, *others)), referrer)


def _filled(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in pairs if value)


def _doctors(to: Recipient) -> bool:
    return to.kind in DOCTORS_HOUSES and (to.person is None or to.person.role in DOCTORS)


def _family(name: Name, follows: bool = False) -> str:
    """Van der Meer after a title, van der Meer after initials."""
    bare = formal(Name(initials="X." if follows else "", tussenvoegsel=name.tussenvoegsel, surname=name.surname))
    return bare.removeprefix("X. ")
