"""What may be recorded of a practice and the people who work there. Must not know tables or screens."""

import re
from dataclasses import dataclass, replace

from desktop.errors import Refused
from desktop.language import _, ngettext
from desktop.rules.addresses import postcode_complaint
from desktop.rules.cases import MOMENTS
from desktop.rules.codes import AGREED_MOMENTS, CONTACT_ROLES, LETTER_TO, LETTER_WAYS, PRACTICE_KINDS
from desktop.rules.identifiers import bsn_complaints
from desktop.rules.names import Name, fold
from desktop.rules.people import EMAIL, read_given

TITLES = re.compile(r"(?:(?:prof|dr|drs|ir|ing|mr|ds)\.\s*)+", re.IGNORECASE)
A_TITLE = re.compile(r"[^\W\d_]+\.?(?:[ -]?[^\W\d_]+\.?)*")
NO_TITLE = frozenset((
    "dokter", "arts", "huisarts", "poh", "praktijkondersteuner", "assistent", "assistente", "verpleegkundige",
    "fysiotherapeut", "mevrouw", "mevr", "mw", "mvr", "meneer", "mijnheer", "heer", "dhr",
))  # fmt: skip
"""What somebody is, or how somebody is addressed: there are fields of their own for both."""
MOST_WEEKS = 52
LONGEST = 120  # characters of a name that still fit an address window on two lines
PASSWORD_SHORTEST, PASSWORD_LONGEST = 8, 60
PASSWORD_LETTERS = 5  # different ones, so that eight times the same is no password


@dataclass(frozen=True, kw_only=True)
class PracticeDraft:
    """A practice as typed; `moments` are the letters it wants, `letter_to` to whom they go."""

    id: int | None = None
    version: int | None = None
    name: str = ""
    kind: str = "gp"
    agb: str | None = None
    street: str = ""
    number: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""  # empty: the Netherlands
    phone: str = ""
    secure_mail: str = ""
    neighbourhood: int | None = None
    neighbourhood_name: str = ""  # typed; made when it is new
    coach: int | None = None
    substitute: int | None = None
    in_practice_hours: str = ""
    letter_moments: tuple[str, ...] = MOMENTS
    letter_to: str = "report_to"
    letter_copy: bool = False
    letter_way: str = "print"
    salutation: str = ""
    note: str = ""
    active: bool = True
    pdf_password: str = ""  # agreed with the practice; empty: an open PDF
    progress_weeks: int | None = None  # from the beginning to the progress letter; empty: the organisation's term
    sure: bool = False


@dataclass(frozen=True, kw_only=True)
class ContactDraft:
    """Someone who works at a practice."""

    id: int | None = None
    version: int | None = None
    practice: int | None = None
    role: str = "gp"
    form_of_address: str = ""
    initials: str = ""
    first_name: str = ""
    tussenvoegsel: str = ""
    surname: str = ""
    phone: str = ""
    email: str = ""
    salutation: str = ""
    active: bool = True
    title: str = ""  # "dr.": only when it is known, never made of a role
    takes_along: bool | None = None  # the open vouchers, to another practice; nothing said is asked
    sure: bool = False

    @property
    def name(self) -> Name:
        return Name(self.form_of_address, self.initials, self.first_name, self.tussenvoegsel, self.surname, "")


def moving_doubt(open_vouchers: int) -> str:
    """What is asked when somebody who moves stands on vouchers that are not closed; empty when nothing is open."""
    if not open_vouchers:
        return ""
    return ngettext(
        "{n} open voucher names this contact. Does it go along to the new practice? Without a choice it stays.",
        "{n} open vouchers name this contact. Do they go along to the new practice? Without a choice they stay.",
        open_vouchers,
    ).format(n=open_vouchers)


def check(draft: PracticeDraft) -> None:
    """Refuse a practice without a name or with choices that do not exist."""
    wrong: dict[str, str] = {}
    if not draft.name.strip():
        wrong["name"] = _("The name of the practice is needed.")
    elif len(draft.name) > LONGEST:
        wrong["name"] = _("This name does not fit on a letter: at most {n} characters.").format(n=LONGEST)
    if complaint := postcode_complaint(draft.postcode, draft.country):
        wrong["postcode"] = complaint
    if draft.secure_mail and not EMAIL.fullmatch(draft.secure_mail.strip()):
        wrong["secure_mail"] = _("This is no e-mail address.")
    if draft.coach is not None and draft.coach == draft.substitute:
        wrong["substitute"] = _("The substitute has to be someone else.")
    if weak := password_complaint(draft.pdf_password, draft.name):
        wrong["pdf_password"] = weak
    known = {"kind": PRACTICE_KINDS, "letter_to": LETTER_TO, "letter_way": LETTER_WAYS}
    wrong |= {
        field: _("Choose one of the list.") for field, codes in known.items() if getattr(draft, field) not in codes
    }
    if not set(draft.letter_moments) <= set(AGREED_MOMENTS):
        wrong["letter_moments"] = _("Choose one of the list.")
    if draft.progress_weeks is not None and not 1 <= draft.progress_weeks <= MOST_WEEKS:
        wrong["progress_weeks"] = _("This is a number of 1 to {most}.").format(most=MOST_WEEKS)
    wrong |= bsn_complaints(draft)
    if wrong:
        raise Refused(**wrong)


def password_complaint(password: str, practice: str = "") -> str:
    """Why this is no password to lock letters with; "" when it is one, or when there is none."""
    if not password:
        return ""
    if len(password) < PASSWORD_SHORTEST:
        return _("Use at least {n} characters.").format(n=PASSWORD_SHORTEST)
    if len(password) > PASSWORD_LONGEST:
        return _("This is too long: use at most {n} characters.").format(n=PASSWORD_LONGEST)
    if password.isdigit() or len(set(password)) < PASSWORD_LETTERS or fold(password) in fold(practice):
        return _("This password is easily guessed. Choose another one.")
    return ""


def name_tidied(draft: ContactDraft) -> ContactDraft:
    """As a letter writes it: a title that was typed with the name stands apart, and "h" is "H."."""
    draft = _title_apart(draft)
    initials, first = read_given(draft.initials)
    return replace(draft, initials=initials) if initials and not first else draft


def _title_apart(draft: ContactDraft) -> ContactDraft:
    """A title in the field of titles: "dr. M." is no initial."""
    found = {name: TITLES.match(getattr(draft, name)) for name in ("initials", "first_name", "surname")}
    titles = [each.group().strip() for each in found.values() if each is not None]
    if not titles:
        return draft
    bare = {name: getattr(draft, name)[each.end() :].strip() for name, each in found.items() if each is not None}
    return replace(draft, title=draft.title.strip() or " ".join(titles), **bare)


def check_contact(draft: ContactDraft) -> None:
    """Refuse a contact without a name."""
    wrong = bsn_complaints(draft)
    if not (draft.surname.strip() or draft.first_name.strip()):
        wrong["surname"] = _("A surname is needed.")
    if draft.email and not EMAIL.fullmatch(draft.email.strip()):
        wrong["email"] = _("This is no e-mail address.")
    if draft.role not in CONTACT_ROLES:
        wrong["role"] = _("Choose one of the list.")
    if not _may_be_title(draft.title):
        wrong["title"] = _("This is no academic title, such as dr. or drs. Leave it empty.")
    if wrong:
        raise Refused(**wrong)


def _may_be_title(text: str) -> bool:
    bare = text.strip()
    return not bare or (bool(A_TITLE.fullmatch(bare)) and not NO_TITLE & set(re.split(r"[\s.-]+", bare.lower())))


def key_of(name: str, postcode: str) -> str:
    """What two records of one practice have in common when there is no AGB code."""
    return f"{fold(name)} {postcode.replace(' ', '').lower()}"
