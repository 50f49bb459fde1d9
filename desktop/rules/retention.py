"""How long the data of a case are kept after its end, and what follows. Must not know tables."""

from dataclasses import dataclass
from datetime import date

from desktop.errors import Refused
from desktop.language import N_, _
from desktop.rules.dates import months_after

GROUNDS = {
    "wmo": N_("Task under the Wmo"),
    "agreement": N_("Agreement with the participant"),
    "consent": N_("Consent of the participant"),
    "interest": N_("Legitimate interest"),
}
"""Why data may be used at all; consent to share something with somebody is a question of its own."""
KINDS = {
    "helped_wmo": N_("Helped, task under the Wmo"),
    "helped_other": N_("Helped, on another ground"),
    "declined": N_("Not interested, or not suitable"),
    "not_reached": N_("Not reached, or voucher expired"),
    "deceased": N_("Deceased"),
    "error": N_("Entered in error"),
}
DEFAULTS = {"helped_wmo": 180, "helped_other": 24, "declined": 12, "not_reached": 12, "deceased": 180, "error": 1}
"""Months: 15 years under the Wmo as it stands; a bill would shorten it, so each is a setting."""
LONGEST = 360
YEAR = 12  # months
KIND_OF = {
    "not_interested": "declined",
    "not_suitable": "declined",
    "not_reached": "not_reached",
    "expired": "not_reached",
    "deceased": "deceased",
    "error": "error",
}
CHOICES = {"destroy": N_("Destroy"), "anonymise": N_("Anonymise, counts stay"), "keep": N_("Keep for now")}
HOW = {"destroy": N_("destroyed"), "anonymise": N_("made anonymous")}
WHY = {"request": N_("at the request of the person"), "retention": N_("because the term was over")}


def term_words(months: int) -> str:
    """How long that is, in Dutch as in all ready texts: 15 jaar, 18 maanden, 1 maand."""
    if months >= YEAR and months % YEAR == 0:
        return f"{months // YEAR} jaar"
    return "1 maand" if months == 1 else f"{months} maanden"


@dataclass(frozen=True)
class Ended:
    """One closed case, as far as its term is judged on it."""

    outcome: str
    ground: str
    closed_on: date


@dataclass(frozen=True)
class Verdict:
    """When somebody's data have been kept long enough: the case that keeps them longest decides."""

    kind: str
    ended_on: date
    due_on: date


@dataclass(frozen=True, kw_only=True)
class TermsDraft:
    """The terms in months as typed."""

    helped_wmo: int | None = None
    helped_other: int | None = None
    declined: int | None = None
    not_reached: int | None = None
    deceased: int | None = None
    error: int | None = None
    sure: bool = False


@dataclass(frozen=True, kw_only=True)
class DestroyDraft:
    """Destroying one person's data, confirmed by typing the surname."""

    person_id: int = 0
    request_id: int | None = None
    how: str = "destroy"
    surname: str = ""
    sure: bool = False


@dataclass(frozen=True)
class Certificate:
    """What stands on a certificate; the name only on the one that is printed at once."""

    organisation: str
    number: str
    done_on: date
    how: str
    why: str
    whose: str
    persons: int
    cases: int
    rows: int
    backups_until: date
    signed_by: str


def kind_of(outcome: str, ground: str) -> str:
    """The kind of case whose term counts."""
    return KIND_OF.get(outcome) or ("helped_wmo" if ground == "wmo" else "helped_other")


def verdict(cases: list[Ended], terms: dict[str, int]) -> Verdict | None:
    """The kind and the day; None without a closed case."""
    judged = []
    for case in cases:
        kind = kind_of(case.outcome, case.ground)
        judged.append(Verdict(kind, case.closed_on, months_after(case.closed_on, terms[kind])))
    return max(judged, key=lambda each: (each.due_on, each.ended_on), default=None)


def check_terms(draft: TermsDraft) -> None:
    """Every term a number of months."""
    wrong = {
        kind: _("Give a number from 1 to {n}.").format(n=LONGEST)
        for kind in KINDS
        if not 1 <= (getattr(draft, kind) or 0) <= LONGEST
    }
    if wrong:
        raise Refused(**wrong)
