"""The Dutch texts of a feedback letter, filled from plain facts. Must not know records, pages or who may read it.

A text is a file of paragraphs per kind: `# heading` lines and sentences with {fields}. A sentence with an empty field
is left out; a field nobody knows is refused when the text is read. There is no logic in a text: the facts fill just
those fields that hold.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from desktop.errors import Doubtful, Refused
from desktop.language import _
from desktop.paths import resource
from desktop.rules.activities import neutral_name
from desktop.rules.dates import months_after, show_day, show_long, working_days_after
from desktop.rules.identifiers import has_bsn
from desktop.rules.letters import LetterContent
from desktop.rules.letters_due import NOT_STARTED
from desktop.rules.names import fold
from desktop.rules.status import Terms

STATE, RESULT, AGREED, ASK, NEXT = (
    "Stand van zaken",
    "Uitkomst",
    "Wat is afgesproken",
    "Wat vragen wij van u",
    "Volgend bericht",
)
NO_ACTION = "Geen actie nodig."
LAST = "Dit is ons laatste bericht over deze verwijzing."
RECEIPT = "receipt"
NAMES = {  # under the subject of the letter
    "arrived": "Welzijn op Recept, bericht van ontvangst",
    "intake": "Welzijn op Recept, bericht na de intake",
    "closing": "Welzijn op Recept, afsluitend bericht",
    "declined": "Welzijn op Recept, afsluitend bericht",
    RECEIPT: "Welzijn op Recept, bericht van ontvangst",
}
OUTSIDE = {  # a destination outside the catalogue, said neutrally
    "buddy": "een vrijwilliger",
    "volunteering": "een plek voor vrijwilligerswerk",
}
OTHER_OUTSIDE = "een andere organisatie in de wijk"
WHERE = {
    "office": "bij ons",
    "home": "bij {haar} thuis",
    "practice": "bij u in de praktijk",
    "activity": "in de wijk",
    "phone": "aan de telefoon",
}
NEXT_WITHIN = 1  # months to the next word when no date follows from the deeds
NEXT_DAYS = ("bericht_na_intake", "bericht_voor", "voortgang_op", "afsluiten_voor")
FIELDS = {  # every field a text may use, with what it is for, as the coordinator reads it
    "Deelnemer": "Mevrouw, Meneer of De deelnemer, aan het begin van een zin",
    "deelnemer": "mevrouw, meneer of de deelnemer",
    "Zij": "Zij, Hij of De deelnemer",
    "zij": "zij, hij of de deelnemer",
    "haar": "haar, hem of de deelnemer",
    "haar_weg": "haar weg, zijn weg of een eigen weg",
    "Verwijzing": "Uw verwijzing of De aanmelding",
    "verwijzing": "uw verwijzing of de aanmelding",
    "geen_actie": "Geen actie nodig.",
    "laatste_bericht": "de zin dat dit het laatste bericht is",
    "intake_op": "de dag van de geplande intake",
    "intake_waar": "waar de intake is",
    "intake_met": "de coach van de intake",
    "gesproken_op": "de dag waarop voor het eerst gesproken is",
    "nog_af": "'samen', als gesproken is en nog niets gepland",
    "pogingen": "hoe vaak gebeld is zonder gehoor",
    "opnieuw": "'opnieuw', als nog niemand bereikt is",
    "nog_niet_bereikt": "mevrouw, meneer of de deelnemer, als nog niet bereikt",
    "bellen_voor": "de dag waarvoor gebeld wordt",
    "eerst": "'eerst', als nog niet gebeld is",
    "bericht_na_intake": "de dag van het bericht na de geplande intake",
    "bericht_voor": "de dag van het volgende bericht",
    "begonnen_op": "de eerste keer meegedaan",
    "begonnen_bij": "neutrale naam van de activiteit waar het begon",
    "start_op": "de dag van de eerste keer die nog komt",
    "start_bij": "neutrale naam van de activiteit die nog begint",
    "aangemeld_bij": "neutrale naam van de activiteit zonder begindag",
    "wachtlijst": "neutrale naam van de activiteit met een wachtlijst",
    "elders": "neutrale naam van een bestemming buiten het aanbod",
    "intake_zoekt": "de dag van de intake, als nog gezocht wordt",
    "intake_genoeg": "de dag van de intake, als één gesprek genoeg was",
    "samen_met_ons": "'samen met ons', als de eerste keer begeleid is",
    "afspraak_op": "de dag van de volgende afspraak",
    "nazorg_op": "de maand van het nazorggesprek",
    "binnenkort": "'binnenkort', als nog gezocht wordt",
    "altijd": "'altijd', als één gesprek genoeg was",
    "gerust": "'gerust', als er een activiteit is",
    "voortgang_op": "de dag van het bericht over de voortgang",
    "afsluiten_voor": "de dag waarvoor het laatste bericht komt",
    "afgerond": "'afgerond', als het klaar is zonder begonnen activiteit",
    "overgedragen": "'overgedragen', als een ander het overneemt",
    "gestopt": "'gestopt', als voortijdig gestopt is",
    "zelf": "'zelf', als het klaar is",
}
_FIELD = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True)
class Joined:
    """An activity found, under its neutral name; `outside` is the code of a destination outside the catalogue."""

    name: str = ""
    outside: str = ""
    state: str = "enrolled"
    start_on: date | None = None
    first_on: date | None = None
    accompanied: bool = False


@dataclass(frozen=True)
class CoreFacts:
    """What the four headings are filled from: dates and neutral names; no reasons, no notes, no third persons."""

    today: date
    form_of_address: str = ""
    participant: str = "deelnemer"
    referred: bool = True
    received_on: date | None = None
    days_tried: int = 0
    reached_on: date | None = None
    intake_on: date | None = None  # planned
    intake_place: str = ""
    intake_coach: str = ""
    next_on: date | None = None  # another appointment that stands
    intakes: tuple[date, ...] = ()
    one_talk_enough: bool = False
    joined: tuple[Joined, ...] = ()
    outcome: str = ""
    agreed: tuple[str, ...] = ("arrived", "intake", "progress", "closing", "declined")
    terms: Terms = field(default_factory=Terms)


Core = tuple[tuple[str, str], ...]


def core_for(moment: str, facts: CoreFacts, may_tell: bool) -> Core:
    """The four headings with their texts; without consent only the neutral receipt."""
    kind = _kind(moment, facts) if may_tell else RECEIPT
    return fill(text_of(kind), fields_for(facts))


def _kind(moment: str, facts: CoreFacts) -> str:
    """The text that fits where the case stands now, also when a letter about an earlier moment comes late."""
    begun = any(each.first_on for each in facts.joined)
    if facts.outcome:
        return "declined" if facts.outcome in NOT_STARTED and not begun else "closing"
    return "intake" if moment == "arrived" and (facts.intakes or _standing(facts)) else moment


def name_of(moment: str, may_tell: bool) -> str:
    """The kind of letter, as it stands under the subject."""
    return NAMES.get(moment if may_tell else RECEIPT, NAMES["intake"])


def is_receipt(content: LetterContent) -> bool:
    """Whether this letter says nothing but that the referral was received."""
    plain = content.attendance == "" and not content.marks
    return plain and any(
        content.core == fill(text_of(RECEIPT), _addressing(CoreFacts(date.min, referred=referred)))
        for referred in (True, False)
    )


@cache
def text_of(kind: str) -> str:
    """The text of a kind as it ships, read once and checked."""
    text = resource("letters", f"{kind}.txt").read_text("utf-8")
    check_text(text)
    return text


def check_text(text: str) -> None:
    """Refuse a text with a field nobody knows or without headings."""
    for name in _FIELD.findall(text):
        if name not in FIELDS:
            raise Refused(_("The field {name} does not exist.").format(name="{" + name + "}"))
    if not any(line.startswith("# ") for line in text.splitlines()):
        raise Refused(_("A letter text needs its headings."))


def fill(text: str, values: Mapping[str, str]) -> Core:
    """The text with its fields filled in one go: what is filled in is never read as a field again."""
    headings: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("# "):
            headings.append((line[2:].strip(), []))
        elif line.strip() and headings and all(values.get(name) for name in _FIELD.findall(line)):
            headings[-1][1].append(_FIELD.sub(lambda found: values[found.group(1)], line.strip()))
    return tuple((heading, " ".join(sentences)) for heading, sentences in headings)


def fields_for(facts: CoreFacts) -> dict[str, str]:
    """Every field that holds for this case; the others stay empty."""
    values = _addressing(facts)
    if facts.outcome:
        values |= _ending(facts)
    elif facts.intakes or _standing(facts):
        values |= _after_intake(facts)
    else:
        values |= _arriving(facts)
    where = values.get("intake_waar", "")
    return values | {"intake_waar": where.replace("{haar}", values["haar"])} | _next(facts, values)


def _next(facts: CoreFacts, values: Mapping[str, str]) -> dict[str, str]:
    """A day for the next letter, or the sentence that there is none; never both, never neither."""
    if not _is_last(facts) and any(values.get(name) for name in NEXT_DAYS):
        return {"laatste_bericht": ""}
    return {**dict.fromkeys(NEXT_DAYS, ""), "laatste_bericht": LAST}


def _addressing(facts: CoreFacts) -> dict[str, str]:
    neutral = f"de {facts.participant}"
    noun, subject, object_, way = {
        "mevrouw": ("mevrouw", "zij", "haar", "haar weg"),
        "de heer": ("meneer", "hij", "hem", "zijn weg"),
    }.get(facts.form_of_address, (neutral, neutral, neutral, "een eigen weg"))
    referral = "uw verwijzing" if facts.referred else "de aanmelding"
    return {
        "deelnemer": noun,
        "Deelnemer": noun[:1].upper() + noun[1:],
        "zij": subject,
        "Zij": subject[:1].upper() + subject[1:],
        "haar": object_,
        "haar_weg": way,
        "verwijzing": referral,
        "Verwijzing": referral[:1].upper() + referral[1:],
        "geen_actie": NO_ACTION,
    }


def _arriving(facts: CoreFacts) -> dict[str, str]:
    deadline = _long(months_after(facts.today, NEXT_WITHIN))
    if facts.intake_on is not None:
        day = working_days_after(max(facts.intake_on, facts.today), facts.terms.intake_letter_within)
        return {
            "intake_op": _day(facts.intake_on),
            "intake_waar": WHERE.get(facts.intake_place, ""),
            "intake_met": facts.intake_coach,
            "bericht_na_intake": _long(day),
        }
    if facts.reached_on is not None:
        return {"gesproken_op": _long(facts.reached_on), "nog_af": "samen", "bericht_voor": deadline}
    if facts.days_tried:
        return {
            "pogingen": "één poging" if facts.days_tried == 1 else f"{facts.days_tried} pogingen",
            "opnieuw": "opnieuw",
            "nog_niet_bereikt": _addressing(facts)["deelnemer"],
            "bericht_voor": deadline,
        }
    call = working_days_after(facts.received_on or facts.today, facts.terms.call_within)
    return {"bellen_voor": _long(max(call, facts.today)), "eerst": "eerst", "bericht_voor": deadline}


def _after_intake(facts: CoreFacts) -> dict[str, str]:
    standing = _standing(facts)
    values = _found(standing, facts) if standing else _looking(facts)
    return values | {"afspraak_op": _day(facts.next_on)}


def _standing(facts: CoreFacts) -> list[Joined]:
    return [each for each in facts.joined if each.state != "stopped"]


def _looking(facts: CoreFacts) -> dict[str, str]:
    last = _long(max(facts.intakes))
    if facts.one_talk_enough:
        return {"intake_genoeg": last, "altijd": "altijd", "afsluiten_voor": _before_closing(facts)}
    return {
        "intake_zoekt": last,
        "binnenkort": "binnenkort",
        "bericht_voor": _long(months_after(facts.today, facts.terms.aftercare_after)),
    }


def _found(standing: list[Joined], facts: CoreFacts) -> dict[str, str]:
    inside = [each for each in standing if not each.outside]
    begun = [each for each in inside if each.first_on]
    waiting = [each for each in inside if each.state == "waiting"]
    coming = [each for each in inside if each not in begun and each not in waiting and each.start_on]
    undated = [each for each in inside if each not in begun and each not in waiting and each not in coming]
    starts = [day for each in standing for day in (each.first_on or each.start_on,) if day]
    after = months_after(min(starts, default=facts.today), facts.terms.aftercare_after)
    after = max(after, months_after(facts.today, NEXT_WITHIN))  # a talk that is late comes soon, not in the past
    progress = "progress" in facts.agreed
    return {
        "begonnen_op": _long(min((each.first_on for each in begun if each.first_on), default=None)),
        "begonnen_bij": _listed(begun),
        "start_op": _long(min((each.start_on for each in coming if each.start_on), default=None)),
        "start_bij": _listed(coming),
        "aangemeld_bij": _listed(undated),
        "wachtlijst": _listed(waiting),
        "elders": _listed([each for each in standing if each.outside]),
        "samen_met_ons": "samen met ons" if any(each.accompanied for each in coming + undated) else "",
        "nazorg_op": _long(after),
        "gerust": "gerust",
        "voortgang_op": _long(after) if progress else "",
        "afsluiten_voor": "" if progress else _before_closing(facts),
    }


def _ending(facts: CoreFacts) -> dict[str, str]:
    begun = [each for each in facts.joined if each.first_on and not each.outside]
    if facts.outcome == "one_talk":
        return {"intake_genoeg": _long(max(facts.intakes, default=None)), "zelf": "zelf"} | (
            {} if facts.intakes else {"afgerond": "afgerond"}
        )
    if facts.outcome == "passed_on":
        return {"overgedragen": "overgedragen"}
    if facts.outcome != "completed":
        return {"gestopt": "gestopt"}
    if not begun:
        return {"afgerond": "afgerond", "zelf": "zelf"}
    return {
        "begonnen_op": _long(min(each.first_on for each in begun if each.first_on)),
        "begonnen_bij": _listed(begun),
        "zelf": "zelf",
    }


def _is_last(facts: CoreFacts) -> bool:
    """Nothing follows: the case was closed, or the practice wants no further letters."""
    if facts.outcome:
        return True
    later = {"progress", "closing"} if facts.intakes or _standing(facts) else {"intake", "progress", "closing"}
    return not later & set(facts.agreed)


def _before_closing(facts: CoreFacts) -> str:
    """The last day on which word of the end may be expected."""
    return _long(months_after(facts.today, facts.terms.aftercare_after)) if "closing" in facts.agreed else ""


def _listed(joined: list[Joined]) -> str:
    names = list(dict.fromkeys(_neutral(each) for each in joined))
    return " en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _neutral(each: Joined) -> str:
    if each.outside:
        return OUTSIDE.get(each.outside, OTHER_OUTSIDE)
    return neutral_name("", each.name)


def _long(day: date | None) -> str:
    return show_long(day)


def _day(day: date | None) -> str:
    return show_day(day)


@dataclass(frozen=True, kw_only=True)
class LetterDraft:
    """A letter as its writer left it: four texts and what goes with them by choice."""

    id: int
    version: int | None = None
    state: str = ""
    agreed: str = ""
    ask: str = ""
    next: str = ""
    attendance: str = ""
    discussed: bool = False
    with_marks: bool = False
    with_phone: bool = True
    sure: bool = False

    def texts(self) -> tuple[str, str, str, str]:
        """The four texts as they are printed; nothing asked is said as such."""
        return (tidy(self.state), tidy(self.agreed), tidy(self.ask) or NO_ACTION, tidy(self.next))


PARTS = ("state", "agreed", "ask", "next")  # the draft's fields, in the order of the headings
LONGEST = 1000  # characters under one heading; four lines hold some 220


def check_draft(draft: LetterDraft, reasons: Iterable[str] = ()) -> None:
    """Refuse what no letter may hold; ask about a word that looks like the reason of the referral."""
    wrong: dict[str, str] = {}
    for name in (*PARTS, "attendance"):
        text = getattr(draft, name)
        if has_bsn(text):
            wrong[name] = _("A BSN may not be stored. Leave it out.")
        elif len(text) > LONGEST:
            wrong[name] = _("This is far too long for a letter of one page.")
    for name in ("state", "next"):
        if not tidy(getattr(draft, name)):
            wrong[name] = _("Something has to stand under this heading.")
    if wrong:
        raise Refused(**wrong)
    if not draft.sure and (odd := _reasons_in(draft, reasons)):
        raise Doubtful(**odd)


def tidy(text: str) -> str:
    """What was typed as one paragraph: the letter breaks its own lines; half letters of a broken paste go."""
    return " ".join(text.encode("utf-8", "ignore").decode("utf-8").split())


def _reasons_in(draft: LetterDraft, reasons: Iterable[str]) -> dict[str, str]:
    odd: dict[str, str] = {}
    for name in PARTS:
        folded = f" {fold(getattr(draft, name))}"
        for reason in reasons:
            if f" {fold(reason)}" in folded:  # at the start of a word: "rouw" is no part of "mevrouw"
                odd[name] = _("This names the reason “{reason}”. A letter tells no reasons. Is it meant?").format(
                    reason=reason
                )
    return odd
