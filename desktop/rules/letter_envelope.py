"""Everything round the text of a feedback letter: address, references, subject, salutation. Must not know records.

Letters are always Dutch, so these words are Dutch too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from desktop.rules.addresses import Address
from desktop.rules.dates import show_birth_date, show_long
from desktop.rules.gp import is_gp
from desktop.rules.names import DE_HEER, MEVROUW, Name, fold, formal, initials_of, untitled

DOCTORS = frozenset({"gp"})
ROLE_WORDS = {
    "gp": "huisarts",
    "poh_ggz": "POH-GGZ",
    "poh_s": "POH-S",
    "assistant": "praktijkassistent",
    "physio": "fysiotherapeut",
    "social_worker": "maatschappelijk werker",
    "neighbourhood_team": "wijkteam",
}
DESKS = frozenset(
    (
        *("balie", "receptie", "assistente", "assistent", "assistentes", "praktijkassistente", "praktijkassistent"),
        *("doktersassistente", "secretariaat", "administratie", "backoffice", "spoedlijn", "postvak", "zorgmail"),
    )
)
"""Where a name stands that is no person's: whoever opens the post there."""
ONE_LINE = 40  # signs that stand beside each other in the window
WIDEST_ROW = 4  # references beside each other; a fifth comes under the first


@dataclass(frozen=True)
class Someone:
    """A person at a practice, as the letter addresses or names them."""

    name: Name
    role: str = ""
    salutation: str = ""
    title: str = ""  # "dr.": only when it was filled in, never made of a role


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
    return f"Betreft: {formal(name)}, " + (f"geb. {born}" if born else "geboortedatum bij ons niet bekend")


def address_lines(to: Recipient) -> tuple[str, ...]:
    """As behind the window: practice, t.a.v., street, postcode and town."""
    return tuple(line for line in (to.practice, _attention(to.person), *to.address.lines()) if line)


def named(person: Someone) -> str:
    """mevrouw J. Müller, huisarts; S. Bos, POH-GGZ; "dr." only when the title says so."""
    return ", ".join(part for part in (_titled(person), ROLE_WORDS.get(person.role, "")) if part)


def written(name: str, role: str) -> str:
    """Somebody who is known only as it was written down: without a title, with the role where that is known."""
    bare = untitled(name)
    what = ROLE_WORDS.get(role, "")
    return bare if not what or fold(what) in fold(bare) else f"{bare}, {what}"


def is_desk(name: Name) -> bool:
    """Whether this is a desk or a mailbox, not somebody with a name."""
    words = fold(_words_of(name)).split()
    return bool(DESKS & set(words)) and set(words) <= DESKS | {"de", "van", "het", "team"}


def salutation(to: Recipient) -> str:
    """Per person when that was written down; "dokter" only for a GP; nobody is guessed to be a man or a woman."""
    wanted = (to.person.salutation if to.person else "") or to.salutation
    if tidy := _without_end(wanted):
        return f"{tidy},"
    if to.person is None or not to.person.name.surname or is_desk(to.person.name):
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


def _without_end(wanted: str) -> str:
    """On one line and without what somebody ended it with; an abbreviation keeps its full stop."""
    tidy = " ".join(wanted.split()).rstrip(" ,;:!")
    return tidy.rstrip(" .") if re.search(r"\w{4,}\.+$", tidy) else tidy


def _filled(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in pairs if value)


def _attention(person: Someone | None) -> str:
    """Who opens the letter, on one line where that can be: the role goes before the name does."""
    if person is None:
        return ""
    if not (called := named(person)):
        return ""
    whole = f"t.a.v. {called}"
    return whole if len(whole) <= ONE_LINE else f"t.a.v. {_titled(person)}"


def _titled(person: Someone) -> str:
    """mevrouw dr. J. Müller; a desk has no form of address."""
    name, title = person.name, person.title.strip()
    if is_desk(name):
        return _words_of(name)
    form = {MEVROUW: "mevrouw", DE_HEER: "de heer"}.get(name.form_of_address, "")
    given = name.initials or (initials_of(name.first_name) if name.surname else name.first_name)
    family = _family(name, bool(given)) if name.surname else ""
    if not (given or family):
        return ""
    return " ".join(part for part in (form, title, given, family) if part)


def _words_of(name: Name) -> str:
    return " ".join(part for part in (name.first_name, name.tussenvoegsel, name.surname) if part)


def _doctors(to: Recipient) -> bool:
    return is_gp(to.kind) and (to.person is None or to.person.role in DOCTORS)


def _family(name: Name, follows: bool = False) -> str:
    """Van der Meer after a title, van der Meer after initials."""
    bare = formal(Name(initials="X." if follows else "", tussenvoegsel=name.tussenvoegsel, surname=name.surname))
    return bare.removeprefix("X. ")
