"""What to say on the phone, in the order that protects the person. Must not know tables, screens or the clock.

Spoken lines are Dutch, since they are said to the participant; the headings above them follow the program.
"""

from dataclasses import dataclass, replace

from desktop.language import _
from desktop.rules.cases import Case
from desktop.rules.dates import show_birth_date
from desktop.rules.names import Name, full, split, spoken, untitled
from desktop.rules.phones import show_phone

SPOKEN_ROLES = {
    "poh_ggz": "praktijkondersteuner",
    "poh_s": "praktijkondersteuner",
    "assistant": "praktijkassistent",
    "physio": "fysiotherapeut",
    "social_worker": "maatschappelijk werker",
    "neighbourhood_team": "medewerker van het wijkteam",
    "welfare": "medewerker van een andere organisatie",
}
PRACTICE_PREFIXES = ("huisartsenpraktijk ", "huisartspraktijk ", "praktijk ")
AT_HOME_TOO = " Dat kan ook bij u thuis."
OWN_PRACTICE_ROLES = frozenset({"poh_ggz", "poh_s", "assistant"})


@dataclass(frozen=True)
class Referrer:
    """Who asked us to call: a contact of the practice, or a name as it was written down."""

    kind: str = "gp"
    name: Name | None = None
    written: str = ""
    practice: str = ""


@dataclass(frozen=True)
class CallFacts:
    """What the script is filled from."""

    person: Name
    birth_date: str = ""
    referrer: Referrer = Referrer()
    caller: str = ""
    call_back: str = ""  # E.164
    house: str = ""
    voicemail: str = ""
    informed: bool = False
    ask_report_back: bool = False
    report_to: str = ""  # the practice that would hear it
    unsafe_at_home: bool = False  # a sign of violence: nothing is said or proposed that somebody else may hear
    started: bool = False  # already with an activity: the call is about how it goes


@dataclass(frozen=True)
class Step:
    """One step of the talk: a heading for the caller, the lines to say, and what to keep in mind."""

    heading: str
    lines: tuple[str, ...]
    mind: str = ""


def referrer_of(case: Case) -> Referrer:
    """Who asked us to call, as the sentences want it."""
    return Referrer(
        kind=case.referrer_role or case.referrer_kind,
        name=case.referrer,
        written=case.referrer_name,
        practice=case.practice.name if case.practice is not None else "",
    )


def surname_spoken(name: Name) -> str:
    """Van den Berg, as after "dokter"."""
    return spoken(replace(name, form_of_address="mevrouw")).removeprefix("mevrouw ")


def short_practice(name: str) -> str:
    """ "De Linde" for "Huisartsenpraktijk De Linde"."""
    for prefix in PRACTICE_PREFIXES:
        if name.lower().startswith(prefix) and len(name) > len(prefix):
            return name[len(prefix) :]
    return name


def asker(referrer: Referrer) -> str:
    """Who asked, for a list: "dokter Jansen", "Sanne Bos (praktijkondersteuner)"; only a GP is called dokter."""
    if referrer.kind == "self":
        return ""
    name = _surname_of(referrer)
    if referrer.kind == "gp":
        return f"dokter {name}" if name else "de huisarts"
    role, called = SPOKEN_ROLES.get(referrer.kind, ""), _called(referrer)
    if not called:
        return f"een {role}" if role else ""
    return f"{called} ({role})" if role and role not in called else called


def asked_by(referrer: Referrer) -> str:
    """ "dokter Jansen (De Linde)"."""
    who, practice = asker(referrer), short_practice(referrer.practice)
    return f"{who} ({practice})" if who and practice else who or practice


def who_asked(referrer: Referrer) -> str:
    """The sentence that says why we call, only said once we know who is on the line."""
    if referrer.kind == "self":
        return "U hebt zelf gevraagd of wij u willen bellen."
    return f"{_who(referrer)} heeft gevraagd of wij u willen bellen."


def _who(referrer: Referrer) -> str:
    name, called = _surname_of(referrer), _called(referrer)
    if referrer.kind == "gp":
        return f"Uw huisarts, dokter {name}," if name else "Uw huisarts"
    role = SPOKEN_ROLES.get(referrer.kind, "")
    if referrer.kind in OWN_PRACTICE_ROLES:
        role = f"{role} bij uw huisarts"
    if called and role:
        return f"{called}, {role},"
    if called:
        return f"{called} van {referrer.practice}" if referrer.practice else called
    return f"Een {role}" if role else referrer.practice or "Degene die u verwees"


def _called(referrer: Referrer) -> str:
    """The name as it is known or was written down, without the titles somebody put before it."""
    return full(referrer.name) if referrer.name else untitled(referrer.written)


def _surname_of(referrer: Referrer) -> str:
    """What comes after "dokter"."""
    name = referrer.name or split(referrer.written.partition(",")[0])
    return surname_spoken(name) if name.surname else ""


def call_script(facts: CallFacts) -> tuple[Step, ...]:
    """First who is on the line, only then why; where the data came from is said at the first contact."""
    who = spoken(facts.person)
    birth = show_birth_date(facts.birth_date)
    steps = [
        Step(
            _("1. Who is on the line?"),
            (f"Goedendag, u spreekt met {facts.caller}. Spreek ik met {who}?", "Mag ik uw geboortedatum weten?"),
            _("It should be {date}. Say nothing about why you call before this is right.").format(date=birth)
            if birth
            else _("The birth date is not known here. Ask for the address instead, and write both down."),
        ),
        Step(_("2. Why you call"), _how_it_goes(facts.house) if facts.started else _acquaintance(facts)),
    ]
    if not facts.informed:
        steps.append(Step(_("3. Where the data came from"), (origin_line(facts.referrer),), _("Tick it when said.")))
    heading = _("{n}. What you ask") if facts.started else _("{n}. Make an appointment")
    questions = (
        ["Doet u nog mee?", "Hoe tevreden bent u, met een cijfer van 1 tot en met 10?"]
        if facts.started
        else [f"Zullen we een afspraak maken om kennis te maken?{'' if facts.unsafe_at_home else AT_HOME_TOO}"]
    )
    if facts.ask_report_back:
        questions.append(f"Mogen wij {facts.report_to or 'uw praktijk'} laten weten hoe het gaat?")
    steps.append(Step(heading.format(n=len(steps) + 1), tuple(questions)))
    return tuple(steps)


def origin_line(referrer: Referrer) -> str:
    """The duty to inform of AVG article 14, as one says it."""
    source = "u zelf" if referrer.kind == "self" else "de praktijk die u naar ons verwees"
    return (
        f"Wij hebben uw naam en telefoonnummer gekregen van {source}. Wij bewaren alleen wat nodig is om u te helpen, "
        "en u mag altijd zien wat dat is. In onze folder staat het op papier; die krijgt u van ons."
    )


def voicemail_text(facts: CallFacts) -> str:
    """Neutral: anyone at home may hear it, so no word about what we do or who asked."""
    number = show_phone(facts.call_back)
    back = f" op {number}" if number else ""
    return (
        f"Goedendag, dit is {facts.caller} met een bericht voor {spoken(facts.person)}. Wilt u mij terugbellen{back}?"
    )


def voicemail_rule(facts: CallFacts) -> str:
    """Whether to speak at all."""
    if facts.unsafe_at_home:
        return _("Leave no message: there is a worry about violence, and somebody else may hear it.")
    if facts.voicemail == "no":
        return _("Do not leave a message: this person does not want that.")
    if facts.voicemail == "yes":
        return _("A message may be left. Say only this:")
    return _("Not known whether a message may be left. At most say this:")


def someone_else_text(facts: CallFacts) -> str:
    return f"Ik probeer het later nog eens. Wanneer kan ik {spoken(facts.person)} het beste bellen?"


def _acquaintance(facts: CallFacts) -> tuple[str, ...]:
    about = "Wij zoeken samen met mensen iets in de buurt waar ze zin in hebben. Mag ik u daar iets over vertellen?"
    return (who_asked(facts.referrer), f"{_from(facts.house)}{about}")


def _how_it_goes(house: str) -> tuple[str, ...]:
    return (f"{_from(house)}U bent via ons aan een activiteit begonnen. Ik bel om te horen hoe het met u gaat.",)


def _from(house: str) -> str:
    return f"Ik werk bij {house}. " if house else ""
