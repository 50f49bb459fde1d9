"""What may be recorded of a person, and when two records may be the same person. Must not know tables or screens."""

import re
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import Levenshtein

from desktop.errors import Refused
from desktop.language import _, current
from desktop.rules.addresses import has_address, postcode_complaint
from desktop.rules.codes import CLOSING_OUTCOMES, STATUSES, word
from desktop.rules.dates import ENGLISH_MONTHS, MONTHS, age
from desktop.rules.identifiers import bsn_complaints
from desktop.rules.names import TUSSENVOEGSELS, Name, capitals, fold, read_name, sound

OLDEST = 120  # years
LETTERS_APART = re.compile(r"[^\W\d_](?:[ -][^\W\d_])*")
INITIALS = re.compile(r"[^\W\d_]{1,2}|[^\W\d_]{1,3}\.|(?:[^\W\d_]{1,3}[. ]+)+[^\W\d_]?")
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


@dataclass(frozen=True, kw_only=True)
class PersonDraft:
    """A person as typed and read; `id` and `version` for an edit, `sure` when staff confirmed what is unusual."""

    id: int | None = None
    version: int | None = None
    form_of_address: str = ""
    initials: str = ""
    first_name: str = ""
    tussenvoegsel: str = ""
    surname: str = ""
    birth_name: str = ""
    birth_date: str = ""  # ISO, or only the year
    street: str = ""
    number: str = ""  # of the house
    postcode: str = ""
    town: str = ""
    country: str = ""  # empty: the Netherlands
    neighbourhood: int | None = None
    phone: str = ""  # E.164
    phone2: str = ""
    voicemail: str = ""
    best_time: str = ""
    email: str = ""
    contact_by: tuple[str, ...] = ("phone", "post", "email")
    comes_by: bool = False
    language: str = ""
    interpreter: bool = False
    contact_name: str = ""
    contact_relation: str = ""
    contact_phone: str = ""
    own_practice: int | None = None
    person_note: str = ""
    sure: bool = False

    @property
    def name(self) -> Name:
        return Name(
            self.form_of_address, self.initials, self.first_name, self.tussenvoegsel, self.surname, self.birth_name
        )


def complaints(draft: PersonDraft, today: date) -> dict[str, str]:
    """What cannot be stored, by field."""
    wrong = bsn_complaints(draft)
    if not draft.surname.strip():
        wrong["surname"] = _("A surname is needed.")
    if not (draft.phone or draft.phone2 or draft.email or draft.comes_by or has_address(draft)):
        wrong["phone"] = _("Give one way to reach this person: phone, e-mail, address or 'comes by'.")
    if complaint := postcode_complaint(draft.postcode, draft.country):
        wrong["postcode"] = complaint
    if draft.email and not EMAIL.fullmatch(draft.email.strip()):
        wrong["email"] = _("This is no e-mail address.")
    if draft.birth_date:
        wrong |= _birth_complaint(draft.birth_date, today)
    return wrong


def _birth_complaint(birth_date: str, today: date) -> dict[str, str]:
    if birth_date[:4] > str(today.year) or birth_date > today.isoformat():
        return {"birth_date": _("This date is in the future.")}
    if int(birth_date[:4]) < today.year - OLDEST:
        return {"birth_date": _("This is more than {n} years ago.").format(n=OLDEST)}
    return {}


def doubts(draft: PersonDraft, today: date) -> dict[str, str]:
    """What is unusual and only asks for confirmation."""
    years = age(draft.birth_date, today) if draft.birth_date else None
    if years is not None and years < 12:
        return {"birth_date": _("That is a child of {n}. Is that right?").format(n=years)}
    return {}


def check(draft: PersonDraft, today: date) -> None:
    """Refuse a person who cannot be stored."""
    if wrong := complaints(draft, today):
        raise Refused(**wrong)


@dataclass(frozen=True)
class Known:
    """Someone on file, as far as likeness is judged on it."""

    id: int
    name: Name
    birth_date: str = ""
    phones: tuple[str, ...] = ()
    postcode: str = ""
    number: str = ""
    about: str = ""  # what is known of their last voucher, for the second line


@dataclass(frozen=True)
class Candidate:
    """Someone on file who may be the person being typed, with the why in plain words."""

    id: int
    name: Name
    why: tuple[str, ...]
    score: int
    about: str = ""


def likeness(draft: PersonDraft, known: Known) -> Candidate | None:
    """How alike the typed person and one on file are; None when there is too little reason to show it."""
    why: list[str] = []
    score = _same_birth(draft, known, why) + _same_phone(draft, known, why) + _same_name(draft, known, why)
    if draft.postcode and (draft.postcode, fold(draft.number)) == (known.postcode, fold(known.number)):
        why.append(_("same address"))
        score += 2
    return Candidate(known.id, known.name, tuple(why), score, known.about) if score >= 4 else None


def _same_birth(draft: PersonDraft, known: Known, why: list[str]) -> int:
    if draft.birth_date and draft.birth_date == known.birth_date:
        why.append(_("same birth date"))
        return 3 if len(draft.birth_date) == 10 else 1
    return 0


def _same_phone(draft: PersonDraft, known: Known, why: list[str]) -> int:
    typed = {phone for phone in (draft.phone, draft.phone2) if phone}
    if typed & set(known.phones):
        why.append(_("same phone"))
        return 4
    if any(Levenshtein.distance(a, b, score_cutoff=1) <= 1 for a in typed for b in known.phones):
        why.append(_("phone differs in one digit"))
        return 2
    return 0


def _same_name(draft: PersonDraft, known: Known, why: list[str]) -> int:
    typed, theirs = fold(draft.surname), fold(known.name.surname)
    if not typed or not theirs:
        return 0
    if typed == theirs:
        score = 3
        why.append(_("same surname"))
    elif sound(draft.surname) == sound(known.name.surname) or (len(typed) > 3 and theirs.startswith(typed)):
        score = 2
        why.append(_("sounds alike"))
    else:
        return 0
    return score + _same_given(draft, known, why)


def _same_given(draft: PersonDraft, known: Known, why: list[str]) -> int:
    first, other = fold(draft.first_name), fold(known.name.first_name)
    if first and first == other:
        why.append(_("same first name"))
        return 2
    ours, theirs = _first_letter(draft.name), _first_letter(known.name)
    return -1 if ours and theirs and ours != theirs else 0


def _first_letter(name: Name) -> str:
    return fold(name.initials or name.first_name)[:1]


def read_given(text: str) -> tuple[str, str]:
    """What stands before a surname, as (initials, first name): "A.B.", "Annie", "A. (Annie)"."""
    typed = read_name(text) or ""
    if not typed:
        return "", ""
    if LETTERS_APART.fullmatch(typed):
        return "".join(f"{capitals(each)}." for each in re.split(r"[ -]", typed)), ""
    if INITIALS.fullmatch(typed) and ("." in typed or typed.isupper()):
        signs = re.findall(r"[^\W\d_]+", typed)
        letters = list(typed) if signs == [typed] else signs
        return "".join(f"{capitals(each[:1])}{each[1:]}." for each in letters), ""
    if found := re.fullmatch(r"((?:[^\W\d_]{1,3}\.[ -]?)+) ?\(?([^()]*[^\W\d_][^()]*)\)?", typed):
        return read_given(found[1].strip())[0], found[2].strip()
    return "", typed


def show_given(given: tuple[str, str]) -> str:
    """The other way round."""
    initials, first = given
    return f"{initials} ({first})" if initials and first else initials or first


def read_surname(text: str) -> tuple[str, str]:
    """A surname with what may stand before it, as (tussenvoegsel, surname): "van der Meer-de Wit"."""
    typed = read_name(text) or ""
    words = typed.split()
    count = 0
    while count < len(words) - 1 and words[count].lower() in TUSSENVOEGSELS:
        count += 1
    return " ".join(words[:count]).lower(), " ".join(words[count:])


def about_case(received_on: date, status: str, outcome: str) -> str:
    """A person's newest voucher in a few words: "earlier voucher: May 2024, completed"."""
    state = word(CLOSING_OUTCOMES, outcome) if status == "closed" and outcome else word(STATUSES, status)
    months = ENGLISH_MONTHS if current() == "en" else MONTHS
    return _("Voucher of {month} {year}: {state}").format(
        month=months[received_on.month - 1], year=received_on.year, state=state[:1].lower() + state[1:]
    )
