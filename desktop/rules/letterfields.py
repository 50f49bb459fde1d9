"""The fields of a letter text and what fills them: facts of a case in, Dutch words out. Must not know the texts.

Each field is filled only when its sentence is true now; the paragraph of an empty field stays out of the letter.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from desktop.rules.activities import neutral_name
from desktop.rules.cases import Joined
from desktop.rules.dates import next_open_day, show_day, show_long, working_days_after
from desktop.rules.gp import is_gp
from desktop.rules.letterfacts import (
    ENDED_TALKS,
    CoreFacts,
    arrived_late,
    begun,
    beside_the_first,
    core_facts_of,
    ended_with_us,
    goes_elsewhere,
    has_met,
    may_have_begun,
    never_begun,
    progress_day,
    soon,
    standing,
    stopped,
    told_late,
    tries,
    was_absent,
)
from desktop.rules.lettermenu import FIELDS, NEUTRAL
from desktop.rules.letternext import NEXT_DAYS, asked_around, is_going_on, next_word, promise_of
from desktop.rules.letters_due import kind_of_ending

__all__ = [
    "FIELDS",
    "NEUTRAL",
    "CoreFacts",
    "Joined",
    "attendance_of",
    "core_facts_of",
    "fields_for",
    "promise_of",
    "standing",
]

NO_ACTION = "Geen actie nodig."
LAST = "Dit is ons laatste bericht over deze verwijzing."
LAST_OF_OWN = "Dit is ons laatste bericht over deze aanmelding."
OUTSIDE = {  # a destination outside the catalogue, said neutrally
    "buddy": "een vrijwilliger",
    "volunteering": "een plek voor vrijwilligerswerk",
}
OTHER_OUTSIDE = "een andere organisatie in de wijk"
WHERE = {
    "office": "bij ons",
    "home": "bij {haar} thuis",
    "activity": "in de wijk",
    "phone": "telefonisch",
}
TIMES = ("", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
LONGEST_NAME = 24  # signs of a name in a sentence
MOST_NAMES = 70  # signs of names beside each other; more are counted
MOST_FOUND = 185  # signs of sentences about what was found; more are told together
FRAMES = {"passed": 95, "absent": 72, "waiting": 60, "offered": 60}  # signs round the name of an activity
BESIDE, COUNTED = "Ook zijn er afspraken over .", "nog {n} andere activiteiten"
BESIDE_THESE = len(BESIDE) + len(COUNTED)
FRAME, BESIDES = 48, (65, 60, 70)  # of others; of sentences about a pause, about the talk, and about being late


def fields_for(facts: CoreFacts, kind: str = "") -> dict[str, str]:
    """Every field that holds for this case in a text of this kind; the others stay empty."""
    values = _all_fields(facts, kind)
    return {name: values.get(name, "") for name in NEUTRAL[kind]} if kind in NEUTRAL else values


def _all_fields(facts: CoreFacts, kind: str) -> dict[str, str]:
    values = addressing(facts)
    if facts.outcome:
        values |= _ending(facts)
    elif is_going_on(facts, kind):
        values |= _going_on(facts)
    elif has_met(facts):
        values |= _after_intake(facts, kind)
    else:
        values |= _arriving(facts, kind)
    where = values.get("intake_hoe", "")
    values |= {"intake_hoe": where.replace("{haar}", values["haar"])} | _following(facts, kind, values)
    return values | _noticed(facts, values) if kind == "signal" else values


def attendance_of(joined: Iterable[Joined]) -> str:
    """ "7 van 8 keer", where it is recorded; with the neutral name when it is about more than one. Always Dutch."""
    every = tuple(joined)
    counted = [each for each in every if each.present is not None and each.held]
    if len(every) == 1 and counted:
        return f"{counted[0].present} van {counted[0].held} keer"
    return ", ".join(f"{_neutral(each)}: {each.present} van {each.held} keer" for each in counted)


def addressing(facts: CoreFacts) -> dict[str, str]:
    """How the person is spoken of: by name, and then as participant, when no form of address is known."""
    neutral = f"de {facts.participant}"
    noun, subject, object_, way = {
        "mevrouw": ("mevrouw", "zij", "haar", "haar weg"),
        "de heer": ("meneer", "hij", "hem", "zijn weg"),
    }.get(facts.form_of_address, (_by_name(facts) or neutral, neutral, neutral, "een eigen weg"))
    bare = "verwijzing" if facts.referred else "aanmelding"
    referral = f"uw {bare}" if facts.referred else f"de {bare}"
    return {
        "deelnemer": noun,
        "Deelnemer": noun[:1].upper() + noun[1:],
        "zij": subject,
        "Zij": subject[:1].upper() + subject[1:],
        "haar": object_,
        "haar_weg": way,
        "verwijzing": referral,
        "Verwijzing": referral[:1].upper() + referral[1:],
        "aanmelding": bare,
        "geen_actie": NO_ACTION,
    }


def _by_name(facts: CoreFacts) -> str:
    """The name where it is short enough to be read in a sentence; it stands under Betreft all the same."""
    return facts.called if len(facts.called) <= LONGEST_NAME else ""


# ---- when the practice hears again


def _following(facts: CoreFacts, kind: str, values: Mapping[str, str]) -> dict[str, str]:
    """A day for the next letter, or the sentence that there is none; never both, never neither."""
    following = next_word(facts, kind)
    if following is None:
        return {"laatste_bericht": LAST if facts.referred else LAST_OF_OWN}
    sooner = {"stopt_eerder": values["zij"], "niet_doorgaat": "niet"}.get(following.sooner, "")
    return {following.field: _long(following.on)} | ({following.sooner: sooner} if sooner else {})


# ---- before the first talk


def _arriving(facts: CoreFacts, kind: str) -> dict[str, str]:
    values = {"is_binnen": _came_in(facts)}
    if facts.intake_on is not None:
        how = _place_and_coach(facts)
        known = {"intake_hoe": how} if how else {"eerst": "eerst"}
        return values | {"intake_op": _day(facts.intake_on, facts.today)} | known
    if facts.missed_on is not None:
        since = [day for day in facts.tried if day > facts.missed_on]
        missed = {"gemist_op": _long(facts.missed_on), "nieuwe_afspraak": "nieuwe"}
        return values | missed | _called_in_vain(facts, since)
    if facts.reached_on is not None:
        return values | {"gesproken_op": _long(facts.reached_on), "nog_af": "samen"}
    if facts.answered_on is not None:
        return values | {"kort_gesproken_op": _long(facts.answered_on), "nog_eens": "nog eens"}
    if tries(facts):
        return values | _called_in_vain(facts, facts.tried) | _not_reached(facts)
    return values | _to_call(facts, kind)


def _came_in(facts: CoreFacts) -> str:
    late = arrived_late(facts)
    return f"is al {_weeks(late)} bij ons. Dit bericht had er eerder moeten zijn" if late else "is bij ons binnen"


def _to_call(facts: CoreFacts, kind: str) -> dict[str, str]:
    """Nobody called yet: by when that is done, and that it is late when it is."""
    call = working_days_after(facts.received_on or facts.today, facts.terms.call_within)
    overdue = call <= facts.today
    day = working_days_after(facts.today, facts.terms.call_within) if overdue else call
    late = "nog niet" if overdue or kind == "update" else ""
    return {"bellen_voor": _long(day), "eerst": "eerst", "nog_niet_gebeld": late}


def _not_reached(facts: CoreFacts) -> dict[str, str]:
    times, person = tries(facts), addressing(facts)["deelnemer"]
    wrong = facts.wrong_number
    return {
        "pogingen": "één poging" if times == 1 else f"{times} pogingen",
        "opnieuw": "opnieuw",
        "nog_niet_bereikt": "" if wrong else person,
        "ander_nummer_van": person if wrong else "",
    }


def _called_in_vain(facts: CoreFacts, days: Sequence[date]) -> dict[str, str]:
    """How often, and when last: three calls on one day are three calls."""
    times = len(days) or (0 if facts.missed_on else tries(facts))
    if not times:
        return {}
    if not facts.only_phoned:
        return {"keer_geprobeerd": f"{_times(times)} keer"}
    if not days:
        return {"keer_gebeld": f"{_times(times)} keer"}
    last = _long(max(days))
    if times == 1:
        return {"keer_gebeld": f"op {last}"}
    return {"keer_gebeld": f"{_times(times)} keer, {'op' if len(set(days)) == 1 else 'laatst op'} {last}"}


def _place_and_coach(facts: CoreFacts) -> str:
    """bij haar thuis, met S. de Wit"""
    coach = f"met {facts.intake_coach}" if facts.intake_coach else ""
    return ", ".join(part for part in (_where(facts), coach) if part)


def _where(facts: CoreFacts) -> str:
    """ "bij u in de praktijk" only to a doctor's house; any other is named."""
    if facts.intake_place != "practice":
        return WHERE.get(facts.intake_place, "")
    return "bij u in de praktijk" if is_gp(facts.practice_kind) or not facts.practice else f"bij {facts.practice}"


# ---- after the first talk


def _after_intake(facts: CoreFacts, kind: str) -> dict[str, str]:
    values = _found(facts) if standing(facts) else _looking(facts)
    late = told_late(facts, min(facts.intakes, default=None)) if kind == "intake" else 0
    return values | {"afspraak_op": _day(facts.next_on, facts.today), "laat": _weeks(late) if late else ""}


def _looking(facts: CoreFacts) -> dict[str, str]:
    last = _long(max(facts.intakes, default=None))
    if any(not each.outside for each in facts.joined):
        return _over(facts) | {"samen_verder": "samen"}
    if not facts.intakes:
        return {"zoekt_verder": "samen", "binnenkort": "binnenkort"}
    if facts.one_talk_enough and facts.next_on is None:  # another talk is planned: one was not enough
        return {"intake_genoeg": last, "altijd": "altijd"}
    return {"intake_zoekt": last, "binnenkort": "binnenkort"}


def _over(facts: CoreFacts) -> dict[str, str]:
    """What stopped, or never began, when nothing else goes on."""
    ended, never = stopped(facts), never_begun(facts)
    if facts.outcome == "stopped":
        ended, never = [each for each in facts.joined if each.first_on], []
    if ended or not never:
        first = min((each.first_on for each in ended if each.first_on), default=None)
        return {"gestopt": "gestopt", "ging_vanaf": _long(first), "gestopt_bij": _listed(ended) if first else ""}
    return {"niet_begonnen_bij": _listed(never)}


def _found(facts: CoreFacts) -> dict[str, str]:
    """What goes on, the furthest first; told together when the sentences would not fit under their heading."""
    groups = _groups(facts)
    told = _furthest(groups, facts) if _is_much(groups, facts) else groups
    rest = [each for name, group in groups.items() for each in group if each not in told.get(name, ())]
    values = {field: text for name, group in told.items() for field, text in _told_of(name, group, facts).items()}
    inside = any(name != "waiting" for name in groups)
    return values | _with_us(facts) | {
        "ook": _counted(rest, _room(facts) - sum(_takes(*each, facts) for each in told.items())),
        "pauze_tot": _long(facts.away_until) if "begun" in told else "",
        "na": "na" if "passed" in told else "",
        "bij_plaats": addressing(facts)["haar"] if "waiting" in groups else "",
        "gerust": "gerust",
        **(_asked(facts) if inside else {}),
    }


def _furthest(groups: Mapping[str, list[Joined]], facts: CoreFacts) -> dict[str, list[Joined]]:
    """What is told when not everything can be: the furthest, one of them where the rest would not be counted else."""
    name, group = next(iter(groups.items()))
    return {name: group if _takes(name, group, facts) + BESIDE_THESE <= _room(facts) else group[:1]}


def _groups(facts: CoreFacts) -> dict[str, list[Joined]]:
    """What stands, by what can be said of it."""
    found: dict[str, list[Joined]] = {name: [] for name in ("begun", "coming", "passed", "absent", "offered")}
    found |= {"enrolled": [], "waiting": [], "outside": []}
    for each in standing(facts):
        found[_group_of(each, facts.today)].append(each)
    return {name: group for name, group in found.items() if group}


def _group_of(each: Joined, today: date) -> str:
    if each.outside:
        return "outside"
    if each.waits:
        return each.state
    if was_absent(each):
        return "absent"
    if each.first_on is not None:
        return "begun"
    if each.start_on is None:
        return "enrolled"
    return "passed" if may_have_begun(each, today) else "coming"


def _told_of(name: str, group: list[Joined], facts: CoreFacts) -> dict[str, str]:
    listed = _listed(group)
    firsts, starts = [each.first_on for each in group], [each.start_on for each in group]
    return {
        "begun": {"begonnen_op": _earliest(firsts), "begonnen_bij": listed},
        "coming": {"start_op": _earliest(starts), "start_bij": listed},
        "passed": {"kon_op": _earliest(starts), "kon_bij": listed},
        "absent": {"afwezig_bij": listed},
        "offered": {"plaats_bij": listed},
        "enrolled": {"aangemeld_bij": listed},
        "waiting": {"wachtlijst": listed, "wacht_sinds": _waits_since(group, facts.today)},
        "outside": {"elders": listed},
    }[name]


def _is_much(groups: Mapping[str, list[Joined]], facts: CoreFacts) -> bool:
    """Whether a sentence for each would not leave room for what else stands under the heading."""
    return sum(_takes(name, group, facts) for name, group in groups.items()) > _room(facts)


def _takes(name: str, group: Iterable[Joined], facts: CoreFacts) -> int:
    """About how many signs the sentence about these has."""
    return len(_listed(group)) + len(addressing(facts)["deelnemer"]) + FRAMES.get(name, FRAME)


def _room(facts: CoreFacts) -> int:
    """How many signs there are for what was found."""
    late = told_late(facts, facts.talked_on or min(facts.intakes, default=None))
    besides = (bool(facts.away_until), bool(facts.talked_on), bool(late))
    return MOST_FOUND - sum(takes for takes, there in zip(BESIDES, besides, strict=True) if there)


def _with_us(facts: CoreFacts) -> dict[str, str]:
    """Going along is told only when an appointment for it stands or was held."""
    if facts.together_on is not None and not begun(facts):
        return {"samen_op": _day(facts.together_on, facts.today), "samen_met_ons": "samen met ons"}
    return {"samen_gegaan": "mee"} if facts.went_together else {}


def _asked(facts: CoreFacts) -> dict[str, str]:
    """When is asked how it goes: on the day that stands for it, else about then."""
    if facts.aftercare_on is not None:
        return {"nazorg_dag": _day(facts.aftercare_on, facts.today)}
    return {"nazorg_op": _long(progress_day(facts))}


# ---- after the first months


def _going_on(facts: CoreFacts) -> dict[str, str]:
    """Three months on: what the aftercare talk said, or that it is still to come."""
    values = _spoken(facts) if facts.talked_on else _not_spoken(facts)
    away = {"pauze_tot": _long(facts.away_until)} if values.get("doet_mee_bij") else {}
    return values | away | {"afspraak_op": _day(facts.next_on, facts.today)}


def _spoken(facts: CoreFacts) -> dict[str, str]:
    """What stands now goes before what was said then: who stopped since has stopped."""
    late = told_late(facts, facts.talked_on)
    held = {"nazorg_gehad": _long(facts.talked_on), "laat": _weeks(late) if late else ""}
    found = standing(facts)
    if facts.talk in ENDED_TALKS and not found:
        return held | _over(facts) | _old_ending(facts) | {"samen_verder": "samen", "later": "later"}
    if facts.joined and not found:
        return held | _over(facts) | {"samen_verder": "samen", "later": "later"}
    if facts.talk == "still":
        going = [each for each in found if _group_of(each, facts.today) in ("begun", "enrolled", "passed", "coming")]
        return held | (_still(going) if going or not found else _found(facts))
    if facts.talk == "other":
        return held | _other(facts)
    return held | {"altijd": "altijd"}


def _still(going: list[Joined]) -> dict[str, str]:
    return {"doet_mee_bij": _listed(going) or _neutral(Joined()), "gaat_door": "door", "gerust": "gerust"}


def _other(facts: CoreFacts) -> dict[str, str]:
    others = beside_the_first(facts)
    going = _listed(goes_elsewhere(facts))
    if others and not going:
        return _found(replace(facts, joined=tuple(others)))
    unknown = "" if going else "iets anders"
    names = {"iets_anders": "iets anders", "nu_bij": going, "anders_bij": going, "anders_onbekend": unknown}
    return names | {"gaat_door": "door", "gerust": "gerust"}


def _old_ending(facts: CoreFacts) -> dict[str, str]:
    """The words of texts of before 2027, for the talk that said so."""
    return {"stopped": {"opgehouden": "opgehouden"}, "never": {"niet_begonnen": "niet begonnen"}}[facts.talk]


def _not_spoken(facts: CoreFacts) -> dict[str, str]:
    asked = {"nog_te_spreken": "nog"}
    if not standing(facts):
        return (_over(facts) | {"samen_verder": "samen"} if facts.joined else {}) | asked | _asked_when(facts)
    return _found(facts) | {"nazorg_op": ""} | asked | _asked_when(facts)


def _asked_when(facts: CoreFacts) -> dict[str, str]:
    if facts.aftercare_on is not None:
        return {"nazorg_dag": _day(facts.aftercare_on, facts.today)}
    return {"nazorg_rond": _long(asked_around(facts))}


# ---- a signal


def _noticed(facts: CoreFacts, values: Mapping[str, str]) -> dict[str, str]:
    """The worker's own sentence, on which ground, whom to call back, and when the next word comes."""
    person = values["deelnemer"]
    said = {
        "signaal": facts.signal,
        "toestemming": "toestemming" if facts.ground == "consent" else "",
        "meldcode": "Meldcode" if facts.ground == "meldcode" else "",
        "leven": "leven" if facts.ground == "vital" else "",
        "contact": "" if facts.outcome else "contact",
        "mijn_nummer": facts.call_me,
        "zonder_nummer": "" if facts.call_me else person,
        **dict.fromkeys(("nog_niet_bereikt", "ander_nummer_van", "gerust"), ""),
    }
    return said | (_owed(facts) if facts.told else _silent() | {"met_toestemming": "toestemming"})


def _owed(facts: CoreFacts) -> dict[str, str]:
    """A letter that is owed already comes before the one the case would bring."""
    if facts.owed_on is None:
        return {}
    return _silent() | {"bericht_voor": _long(max(next_open_day(facts.owed_on), soon(facts)))}


def _silent() -> dict[str, str]:
    return dict.fromkeys((*NEXT_DAYS, "stopt_eerder", "niet_doorgaat", "laatste_bericht"), "")


# ---- the end


def _ending(facts: CoreFacts) -> dict[str, str]:
    late = told_late(facts, facts.closed_on)
    return _outcome(facts) | {"laat": _weeks(late) if late else ""}


def _outcome(facts: CoreFacts) -> dict[str, str]:
    started = any(each.first_on for each in facts.joined)
    if kind_of_ending(facts.outcome, started) == "declined":
        return _declined(facts)
    if facts.outcome == "one_talk":
        last = max(facts.intakes, default=None)
        known = {"intake_genoeg": _long(last)} if last else {"een_gesprek": "Eén gesprek", "afgerond": "afgerond"}
        return known | {"zelf": "zelf"}
    if facts.outcome == "passed_on":
        return {"overgedragen": "overgedragen", "neemt_over": "over"}
    if facts.outcome == "completed":
        return _completed(facts)
    if facts.outcome == "stopped" or _said_to_stop(facts):
        return _over(facts) | {"einde": "afgesloten"}
    return _was_there(facts) | {"afgesloten": "afgesloten", "einde": "afgesloten"}


def _said_to_stop(facts: CoreFacts) -> bool:
    """Whether something stopped before the case was closed."""
    return len(stopped(facts)) > len(ended_with_us(facts))


def _was_there(facts: CoreFacts) -> dict[str, str]:
    """Where somebody went until the case was closed."""
    until = [each for each in (*begun(facts), *ended_with_us(facts)) if each.first_on]
    return {"was_vanaf": _earliest(each.first_on for each in until), "was_bij": _listed(until)} if until else {}


def _declined(facts: CoreFacts) -> dict[str, str]:
    """Nothing began; why, is not told."""
    person, late = addressing(facts)["Deelnemer"], told_late(facts, facts.closed_on)
    began = f"{person} is niet met een activiteit begonnen" if has_met(facts) else "Er is geen begeleiding gestart"
    if unknown := [each for each in standing(facts) if may_have_begun(each, facts.today)]:
        day = _earliest(each.start_on for each in unknown)
        began = f"{person} kon op {day} beginnen bij {_listed(unknown)}; of dat zo is gegaan, weten wij niet"
    closed = f"{_weeks(late)} geleden afgesloten. Dit bericht komt laat" if late else "afgesloten"
    return {"Niet_begonnen": began, "is_afgesloten": closed}


def _completed(facts: CoreFacts) -> dict[str, str]:
    """Rounded off: what goes on now, else what stopped, else that nothing was begun."""
    groups = _groups(facts)
    if not groups and _said_to_stop(facts):
        return _over(facts) | {"einde": "afgesloten"}
    if not groups:
        ended = _was_there(facts) | {"einde": "afgerond"} if stopped(facts) else {"afgerond": "afgerond"}
        return ended | {"zelf": "zelf"}
    name, group = next(iter(groups.items()))
    told = _told_of(name, group, facts) | {"zelf": "zelf"}
    if name != "begun":
        return told
    since, names = told["begonnen_op"], told["begonnen_bij"]
    asked = facts.talk in ("still", "other")
    return told | ({"door_sinds": since, "door_bij": names} if asked else {"gaat_sinds": since, "gaat_naar": names})


# ---- in words


def _listed(joined: Iterable[Joined]) -> str:
    """een wandelgroep, een koor en een inloop; what would be a long row is counted."""
    names = list(dict.fromkeys(_neutral(each) for each in joined))
    kept = [name for at, name in enumerate(names) if at == 0 or len(", ".join(names[: at + 1])) <= MOST_NAMES]
    if len(kept) < len(names):
        kept.append(f"nog {_times(len(names) - len(kept))} andere")
    return " en ".join([", ".join(kept[:-1]), kept[-1]] if len(kept) > 1 else kept)


def _counted(joined: Sequence[Joined], room: int) -> str:
    """What there is besides: by name, or counted when that would be long."""
    names = list(dict.fromkeys(_neutral(each) for each in joined))
    if len(", ".join(names)) + len(BESIDE) <= room:
        return _listed(joined)
    if len(names) > 1:
        return COUNTED.format(n=_times(len(names)))
    return "nog een andere activiteit" if names else ""


def _neutral(each: Joined) -> str:
    if each.outside:
        return OUTSIDE.get(each.outside, OTHER_OUTSIDE)
    return neutral_name("", each.name)


def _waits_since(group: Iterable[Joined], today: date) -> str:
    since = min(each.enrolled_on for each in group)
    return f"sinds {_long(since)}" if date.min < since < today else "nu"


def _earliest(days: Iterable[date | None]) -> str:
    return _long(min((day for day in days if day is not None), default=None))


def _times(count: int) -> str:
    return TIMES[count] if count < len(TIMES) else str(count)


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weken"


def _long(day: date | None) -> str:
    return show_long(day)


def _day(day: date | None, today: date) -> str:
    """woensdag 9 december; with the year when that is another one."""
    return f"{show_day(day)} {day.year}" if day is not None and day.year != today.year else show_day(day)
