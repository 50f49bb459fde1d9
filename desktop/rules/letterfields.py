"""The fields of a letter text and what fills them: facts of a case in, Dutch words out. Must not know the texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from desktop.rules.activities import neutral_name
from desktop.rules.cases import MOMENTS, Case, Joined
from desktop.rules.dates import months_after, show_day, show_long, working_days_after
from desktop.rules.letters_due import is_referred
from desktop.rules.status import Terms, days_tried

NO_ACTION = "Geen actie nodig."
LAST = "Dit is ons laatste bericht over deze verwijzing."
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
    "intake_hoe": "waar de intake is en met wie",
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
    "doet_mee_bij": "neutrale naam van de activiteit, als het nazorggesprek zegt: doet nog mee",
    "iets_anders": "'iets anders', als het nazorggesprek zegt: doet iets anders",
    "nu_bij": "neutrale naam van die andere activiteit, als zij bekend is",
    "opgehouden": "'opgehouden', als het nazorggesprek zegt: gestopt",
    "niet_begonnen": "'niet begonnen', als het nazorggesprek zegt: nooit begonnen",
    "nazorg_gehad": "de dag van het nazorggesprek dat geweest is",
    "nog_te_spreken": "'nog', zolang er geen nazorggesprek is geweest",
    "nazorg_rond": "wanneer het nazorggesprek nog komt",
    "kon_op": "de begindag, als niet bekend is of het begon",
    "kon_bij": "neutrale naam van de activiteit waarvan niet bekend is of het begon",
    "gaat_door": "'door', als het nazorggesprek zegt dat het doorgaat",
    "later": "'later', als het nazorggesprek zegt: gestopt of nooit begonnen",
    "signaal": "de zin van de medewerker over wat de praktijk moet weten",
    "toestemming": "'toestemming', als het signaal met toestemming gaat",
    "meldcode": "'Meldcode', als het signaal op grond van de Meldcode gaat",
    "leven": "'leven', als het signaal gaat omdat er gevaar is voor het leven",
    "contact": "'contact', zolang de begeleiding nog loopt",
    "met_toestemming": "'toestemming', als wij verder niet mogen terugkoppelen",
}

NEUTRAL = {  # letters that go without consent, with the only fields they may use: nothing about the person
    "receipt": ("verwijzing", "geen_actie"),
    "ended": ("verwijzing", "geen_actie", "laatste_bericht"),
}


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
    talked_on: date | None = None  # the newest aftercare talk
    talk: str = ""  # what came of it: still, other, stopped, never
    outcome: str = ""
    signal: str = ""  # what the worker noticed, in the worker's own words
    ground: str = ""  # on which that may be told: consent or meldcode
    owed_on: date | None = None  # another letter that is due, or late
    told: bool = True  # whether the next letters may tell more than a receipt
    agreed: tuple[str, ...] = MOMENTS
    terms: Terms = field(default_factory=Terms)


def core_facts_of(case: Case, today: date, participant: str, told: bool, terms: Terms) -> CoreFacts:
    """What the four headings are filled from; `told` says whether more than a receipt may follow."""
    planned = min((each for each in case.planned if each.on >= today), key=lambda each: each.starts_at, default=None)
    first_talk = planned if planned and planned.kind == "intake" and not case.intakes else None
    talk = case.talks[-1] if case.talks else None
    return CoreFacts(
        today=today,
        form_of_address=case.person.name.form_of_address,
        participant=participant,
        referred=is_referred(case.referrer_kind, case.channel),
        received_on=case.received_on,
        days_tried=len(days_tried(case)),
        reached_on=case.reached_on,
        intake_on=first_talk.on if first_talk else None,
        intake_place=first_talk.place if first_talk else "",
        intake_coach=first_talk.coach if first_talk else "",
        next_on=planned.on if planned else None,
        intakes=tuple(each.on for each in case.intakes),
        one_talk_enough=case.one_talk_enough,
        joined=tuple(replace(each, accompanied=case.going_along(each) is not None) for each in case.joined),
        talked_on=talk.on if talk else None,
        talk=talk.outcome if talk else "",
        outcome=case.ending.outcome if case.ending else "",
        told=told,
        agreed=case.practice.moments if case.practice else MOMENTS,
        terms=terms,
    )


def fields_for(facts: CoreFacts, kind: str = "") -> dict[str, str]:
    """Every field that holds for this case in a text of this kind; the others stay empty."""
    values = _all_fields(facts, kind)
    return {name: values.get(name, "") for name in NEUTRAL[kind]} if kind in NEUTRAL else values


def _all_fields(facts: CoreFacts, kind: str) -> dict[str, str]:
    values = addressing(facts)
    if facts.outcome:
        values |= _ending(facts)
    elif _is_going_on(facts, kind):
        values |= _going_on(facts)
    elif facts.intakes or standing(facts):
        values |= _after_intake(facts)
    else:
        values |= _arriving(facts)
    where = values.get("intake_hoe", "")
    values |= {"intake_hoe": where.replace("{haar}", values["haar"])} | _next(facts, values, kind)
    return values | _noticed(facts) if kind == "signal" else values


def attendance_of(joined: Iterable[Joined]) -> str:
    """ "7 van 8 keer", where it is recorded; with the neutral name when it is about more than one. Always Dutch."""
    every = tuple(joined)
    counted = [each for each in every if each.present is not None and each.held]
    if len(every) == 1 and counted:
        return f"{counted[0].present} van {counted[0].held} keer"
    return ", ".join(f"{_neutral(each)}: {each.present} van {each.held} keer" for each in counted)


def addressing(facts: CoreFacts) -> dict[str, str]:
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


def _next(facts: CoreFacts, values: Mapping[str, str], kind: str) -> dict[str, str]:
    """A day for the next letter, or the sentence that there is none; never both, never neither."""
    if not _is_last(facts, kind) and any(values.get(name) for name in NEXT_DAYS):
        return {"laatste_bericht": ""}
    return {**dict.fromkeys(NEXT_DAYS, ""), "laatste_bericht": LAST}


def _arriving(facts: CoreFacts) -> dict[str, str]:
    deadline = _long(months_after(facts.today, NEXT_WITHIN))
    if facts.intake_on is not None:
        day = working_days_after(max(facts.intake_on, facts.today), facts.terms.intake_letter_within)
        return {
            "intake_op": _day(facts.intake_on),
            "intake_hoe": _place_and_coach(facts),
            "bericht_na_intake": _long(day),
        }
    if facts.reached_on is not None:
        return {"gesproken_op": _long(facts.reached_on), "nog_af": "samen", "bericht_voor": deadline}
    if facts.days_tried:
        return {
            "pogingen": "één poging" if facts.days_tried == 1 else f"{facts.days_tried} pogingen",
            "opnieuw": "opnieuw",
            "nog_niet_bereikt": addressing(facts)["deelnemer"],
            "bericht_voor": deadline,
        }
    call = working_days_after(facts.received_on or facts.today, facts.terms.call_within)
    return {"bellen_voor": _long(max(call, facts.today)), "eerst": "eerst", "bericht_voor": deadline}


def _place_and_coach(facts: CoreFacts) -> str:
    """bij haar thuis, met S. de Wit"""
    coach = f"met {facts.intake_coach}" if facts.intake_coach else ""
    return ", ".join(part for part in (WHERE.get(facts.intake_place, ""), coach) if part)


def _after_intake(facts: CoreFacts) -> dict[str, str]:
    found = standing(facts)
    values = _found(found, facts) if found else _looking(facts)
    return values | {"afspraak_op": _day(facts.next_on)}


def standing(facts: CoreFacts) -> list[Joined]:
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
    waiting = [each for each in inside if each.waits]
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


def _is_going_on(facts: CoreFacts, kind: str) -> bool:
    """Whether the letter is of after the first months: the progress itself, or a signal after the talk."""
    return kind == "progress" or (kind == "signal" and facts.talked_on is not None)


def _going_on(facts: CoreFacts) -> dict[str, str]:
    """Three months on: what the aftercare talk said, or that it is still to come."""
    return (_spoken(facts) if facts.talked_on else _not_spoken(facts)) | {
        "afspraak_op": _day(facts.next_on),
        "afsluiten_voor": _before_closing(facts),
    }


def _spoken(facts: CoreFacts) -> dict[str, str]:
    found, held = standing(facts), {"nazorg_gehad": _long(facts.talked_on)}
    if facts.talk == "still":
        return held | {"doet_mee_bij": _listed(found) or _neutral(Joined()), "gaat_door": "door", "gerust": "gerust"}
    if facts.talk == "other":
        other = [each for each in found if each is not _first(facts.joined)]
        return held | {"iets_anders": "iets anders", "nu_bij": _listed(other), "gaat_door": "door", "gerust": "gerust"}
    ended = {"stopped": {"opgehouden": "opgehouden"}, "never": {"niet_begonnen": "niet begonnen"}}.get(facts.talk)
    return held | (ended | {"later": "later"} if ended else {"altijd": "altijd"})


def _not_spoken(facts: CoreFacts) -> dict[str, str]:
    begun = [each for each in standing(facts) if each.first_on]
    coming = [each for each in standing(facts) if not each.first_on and not each.waits]
    talk = facts.next_on or months_after(facts.today, NEXT_WITHIN)
    return {
        "begonnen_op": _long(min((each.first_on for each in begun if each.first_on), default=None)),
        "begonnen_bij": _listed(begun),
        "kon_op": "" if begun else _long(min((each.start_on for each in coming if each.start_on), default=None)),
        "kon_bij": "" if begun else _listed(coming),
        "nog_te_spreken": "nog",
        "nazorg_rond": _long(talk),
        "gerust": "gerust" if begun else "",
    }


def _first(joined: tuple[Joined, ...]) -> Joined | None:
    """What it began with; what comes beside or after it is something else."""
    dated = [(day, at) for at, each in enumerate(joined) if (day := each.first_on or each.start_on)]
    return joined[min(dated)[1]] if dated else next(iter(joined), None)


def _noticed(facts: CoreFacts) -> dict[str, str]:
    """A signal: the worker's own sentence, on which ground, and when the next word comes."""
    values = {
        "signaal": facts.signal,
        "toestemming": "toestemming" if facts.ground == "consent" else "",
        "meldcode": "Meldcode" if facts.ground == "meldcode" else "",
        "leven": "leven" if facts.ground == "vital" else "",
        "contact": "" if facts.outcome else "contact",
    }
    if facts.told:
        return values | _owed(facts)
    return values | dict.fromkeys((*NEXT_DAYS, "laatste_bericht"), "") | {"met_toestemming": "toestemming"}


def _owed(facts: CoreFacts) -> dict[str, str]:
    """A letter that is owed already comes before the one the case would bring."""
    if facts.owed_on is None:
        return {}
    soon = working_days_after(facts.today, facts.terms.intake_letter_within)
    return dict.fromkeys((*NEXT_DAYS, "laatste_bericht"), "") | {"bericht_voor": _long(max(facts.owed_on, soon))}


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


def _is_last(facts: CoreFacts, kind: str) -> bool:
    """Nothing follows: the case was closed, or the practice wants no further letters."""
    if facts.outcome:
        return True
    later = {"closing"}
    if not _is_going_on(facts, kind):
        later |= {"progress"} if facts.intakes or standing(facts) else {"intake", "progress"}
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
