"""Reads a pasted referral mail into proposals for the voucher form. Must not know the database, Qt or the clock.

Nothing here decides: every value is a proposal that staff see and confirm. Diagnoses and medication get no field;
what is not understood stays readable in the note. A BSN is left out before anything else is read.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date

from desktop.errors import Refused
from desktop.exchange.referral_words import (
    ANSWER,
    ANSWER_MORE,
    BIRTH,
    BOILERPLATE,
    BORN_AT_END,
    CALLING,
    CAUSE,
    CHANNELS,
    CLOSING,
    DATE,
    EMAIL,
    FILLERS,
    FREE_NAMES,
    GREETING,
    HEADER,
    INTERPRETER,
    LABEL,
    LANGUAGE,
    LANGUAGES,
    LIVES,
    NAME_END,
    NO,
    NOT_A_NAME,
    NOT_ASKED,
    ONLY_ASKS,
    PERSON,
    PERSON_STARTS,
    PRACTICE,
    REASONS,
    REFERENCE,
    RELATIVES,
    REPORT_TO,
    ROLE_WORDS,
    ROLES,
    SEPARATOR,
    SMALL,
    SPEAKS,
    STREET_AT_END,
    TIMES,
    TITLE,
    TOWN,
    UPPER,
    YES,
)
from desktop.rules import names
from desktop.rules.addresses import find_postcode, split_street
from desktop.rules.dates import read_birth_date, read_date
from desktop.rules.identifiers import BSN_LEFT_OUT, has_bsn, read_agb, without_bsn
from desktop.rules.names import Name
from desktop.rules.phones import phone_places

LONGEST_MAIL = 20_000  # characters read of one mail
LONGEST_PASTE = 400_000  # characters looked at in all
MOST_MAILS = 50
LONGEST_NOTE = 2_000

_TAKEN = "\x1f"  # stands where something was understood, so that it is not read twice


@dataclass(frozen=True)
class Referral:
    """What a mail proposes; empty means the mail does not say. Codes are those of rules/codes.py."""

    practice: str = ""
    agb: str = ""
    referrer_name: str = ""
    referrer_role: str = ""
    report_to: str = ""
    name: Name = field(default_factory=Name)
    birth_date: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    street: str = ""
    number: str = ""
    postcode: str = ""
    town: str = ""
    best_time_to_call: str = ""
    language: str = ""
    interpreter: bool = False
    reasons: tuple[str, ...] = ()
    note: str = ""
    consent: str = ""
    consent_how: str = ""
    consent_on: date | None = None
    their_reference: str = ""
    dated_on: date | None = None
    channel: str = ""
    bsn_left_out: bool = False
    several_people: bool = False
    shortened: bool = False
    found: tuple[str, ...] = ()


@dataclass
class _Mail:
    """A mail while it is read: what was understood is blanked, what is left becomes the note."""

    text: str
    today: date
    subject: str = ""
    signature: str = ""
    values: dict[str, object] = field(default_factory=dict)

    def take(self, start: int, end: int) -> str:
        part = self.text[start:end]
        self.text = self.text[:start] + _TAKEN * (end - start) + self.text[end:]
        return part

    def propose(self, name: str, value: object) -> None:
        """The first proposal stands."""
        if value and name not in self.values:
            self.values[name] = value


_Reader = Callable[[_Mail, int, int], bool]  # tells whether it understood the value


# ---- the two doors


def split_mails(text: str) -> list[str]:
    """The mails in one paste, which lines of dashes stand between; a part without a person belongs to its neighbour."""
    parts = [part.strip() for part in SEPARATOR.split(text[:LONGEST_PASTE])]
    mails: list[str] = []
    loose = ""
    for part in filter(None, parts):
        if PERSON_STARTS.search(part[:LONGEST_MAIL]):
            mails.append(f"{loose}\n\n{part}".strip())
            loose = ""
        elif mails:
            mails[-1] += f"\n\n{part}"
        else:
            loose = f"{loose}\n\n{part}".strip()
    return (mails or [part for part in (loose,) if part])[:MOST_MAILS]


def read_referral(text: str, today: date) -> Referral:
    """Everything one mail proposes; never raises, whatever was pasted."""
    plain = _plain(text[:LONGEST_MAIL])
    without, left_out = without_bsn(plain)
    mail = _Mail(without, today)
    several = _cut_second_person(mail)
    for step in _STEPS:
        step(mail)
    note, left_out_late = without_bsn(_note(mail))  # a "phone number" that turned out not to be read as one
    mail.propose("note", note[:LONGEST_NOTE])
    mail.propose("reasons", _reasons(f"{mail.subject}. {note}"))
    proposals = {name: value for name, value in mail.values.items() if value and not _holds_bsn(value)}
    left_out_late = left_out_late or any(map(_holds_bsn, mail.values.values()))
    return replace(
        Referral(**proposals),  # type: ignore[arg-type]
        bsn_left_out=left_out or left_out_late,
        several_people=several,
        shortened=len(text) > LONGEST_MAIL or len(note) > LONGEST_NOTE,
        found=tuple(each.name for each in fields(Referral) if each.name in proposals),
    )


def _holds_bsn(value: object) -> bool:
    """The last net: digits that came together only when what stood between them was understood."""
    if isinstance(value, Name):
        return has_bsn(" ".join((value.initials, value.first_name, value.surname, value.birth_name)))
    return isinstance(value, str) and has_bsn(value)


# ---- the text


def _plain(text: str) -> str:
    """Without markup, quote marks, direction marks and control characters; one kind of line end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u00a0", " ")
    if re.search(r"</?(?:p|br|div|td|tr|span|html|body|table|b)\b", text, re.IGNORECASE):
        text = re.sub(r"<(?:style|script)\b[^<]{0,5000}</(?:style|script)>", "", text, flags=re.IGNORECASE)
        text = re.sub(r"</?(?:p|br|div|tr|li|h\d|table)\b[^<>]{0,300}>", "\n", text, flags=re.IGNORECASE)
        text = re.sub(r"</?[A-Za-z][^<>@]{0,300}>", " ", text)
    text = html.unescape(text)
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", "", text)
    text = re.sub(r"^[ \t]*(?:[>|][ \t]{0,2}){1,10}", "", text, flags=re.MULTILINE)
    return re.sub(r"^[ \t]{1,50}|[ \t]{1,50}$", "", text.replace("**", ""), flags=re.MULTILINE)


def _cut_second_person(mail: _Mail) -> bool:
    """Two people in one mail: only the first is read, and it is said."""
    labels = [
        match
        for match in LABEL.finditer(mail.text)
        if match.lastgroup == "name" and match[0].strip().lower()[:7] != "betreft"
    ]
    births = {match[1] for match in BIRTH.finditer(mail.text)}
    if len(labels) > 1:
        mail.text = mail.text[: labels[1].start()]
        return True
    return len(births) > 1


def _read_headers(mail: _Mail) -> None:
    """Van, Aan, Onderwerp: the practice and the date, never the patient."""
    for match in HEADER.finditer(mail.text):
        kind, value = match[1].lower(), match[2].strip()
        mail.take(match.start(), match.end())
        if kind in ("van", "from", "afzender"):
            _read_sender(mail, value)
        elif kind in ("onderwerp", "subject"):
            mail.subject = mail.subject or value
        elif kind in ("verzonden", "sent"):
            mail.propose("dated_on", _day_in(value, mail.today))


def _read_sender(mail: _Mail, value: str) -> None:
    name = EMAIL.sub("", value).strip(' <>[]()",;')
    if practice := PRACTICE.search(name):
        mail.propose("practice", practice[0])
    elif re.fullmatch(PERSON, _without_roles(name)):
        mail.values.setdefault("sender", _without_roles(name))
    elif name:
        mail.propose("practice", name[:100])


def _read_signature(mail: _Mail) -> None:
    """From the closing words on: who wrote it; phone and address in there are the practice's."""
    for match in list(CLOSING.finditer(mail.text)):
        rest = mail.text[match.end() :]
        stop = next(
            (
                label.start()
                for label in LABEL.finditer(rest)
                if label.lastgroup in ("name", "birth", "surname", "reason", "first_name", "initials", "consent")
            ),
            len(rest),
        )
        block = rest[:stop]
        lines = block.split("\n")
        block = "\n".join(lines[:10])
        mail.take(match.start(), match.end() + len(block))
        mail.signature = block.replace(_TAKEN, "") or mail.signature
    if not mail.signature:
        return
    lines = [line.strip(" ,.\t") for line in mail.signature.split("\n") if line.strip(" ,.\t")]
    if lines:
        _read_referrer(mail, lines[0], ", ".join(lines[:3]))
    if practice := PRACTICE.search(mail.signature):
        mail.propose("practice", practice[0])
    _read_agb(mail, mail.signature)


def _read_referrer(mail: _Mail, text: str, roles_in: str) -> None:
    """ "dr. M. Jansen, huisarts" -> M. Jansen, gp."""
    person = re.match(rf"(?:{TITLE}\.? )?({PERSON})", _without_roles(text))
    if not person or person[1].split()[0].lower() in NOT_A_NAME or PRACTICE.match(text):
        return
    if "referrer_name" not in mail.values:
        mail.propose("referrer_name", person[1])
        mail.propose("referrer_role", next((code for pattern, code in ROLES if pattern.search(roles_in)), ""))


def _without_roles(text: str) -> str:
    return ROLE_WORDS.sub("", text, count=3).strip(" ,")


def _read_greetings(mail: _Mail) -> None:
    for match in list(GREETING.finditer(mail.text)):
        mail.take(match.start(), match.end())


# ---- labelled values


def _read_labels(mail: _Mail) -> None:
    """ "Naam: ...", also several on one line; each reader takes what it understands and leaves the rest."""
    labels = list(LABEL.finditer(mail.text))
    for place, match in enumerate(labels):
        line_end = mail.text.find("\n", match.end())
        line_end = len(mail.text) if line_end < 0 else line_end
        following = labels[place + 1].start() if place + 1 < len(labels) else len(mail.text)
        start, end = match.end(), min(line_end, following)
        if not mail.text[start:end].strip() and following > line_end:  # the value stands on the next line
            next_end = mail.text.find("\n", line_end + 1)
            start, end = line_end + 1, min(following, next_end if next_end > 0 else len(mail.text))
        reader = _READERS.get(match.lastgroup or "")
        if reader and reader(mail, start, max(start, end)):
            mail.take(match.start(), match.end())


def _read_name(mail: _Mail, start: int, end: int) -> bool:
    chunk = re.match(r"[^\d;\n\x1f]{1,120}", mail.text[start:end])
    if not chunk or "name" in mail.values:
        return False
    text = chunk[0]
    following = mail.text[start + len(text) : start + len(text) + 1]
    text = BORN_AT_END.sub("", text)
    if following.isdigit() and text == chunk[0] and "," in text:
        text = text.rpartition(",")[0]  # "A. Smit, Dorpsstraat 5"
    sex = re.search(r"[ ,(]{1,3}(man|vrouw|m|v)\b[ ).,]{0,3}$", text, re.IGNORECASE)
    if sex:
        text = text[: sex.start()]
    if re.search(r"welzijn|verwijzing|recept|aanmelding", text, re.IGNORECASE) or not re.search(r"[^\W\d_]{2}", text):
        return False
    text = NAME_END.split(text)[0]
    _propose_name(mail, text, sex[1] if sex else "")
    used = len(text) if not sex else sex.end()
    mail.take(start, start + used)
    return True


def _propose_name(mail: _Mail, text: str, sex: str = "") -> None:
    name = names.split(text.strip(" ,;:-." + _TAKEN) + ("." if re.search(r"\b\w\.$", text.strip()) else ""))
    if not name.form_of_address and sex:
        name = replace(name, form_of_address=_form(sex))
    ordinary = name.surname.lower() in NOT_A_NAME
    parts = (name.surname, name.first_name, name.initials, name.birth_name)
    if name.surname and not ordinary and all(len(part) <= names.LONGEST for part in parts):
        mail.propose("name", name)


def _form(sex: str) -> str:
    return {"v": names.MEVROUW, "f": names.MEVROUW, "m": names.DE_HEER}.get(sex.strip()[:1].lower(), names.NEUTRAL)


def _read_part(part: str) -> _Reader:
    """Achternaam, Voornaam ... apart; put together at the end."""

    def read(mail: _Mail, start: int, end: int) -> bool:
        value = " ".join(mail.text[start:end].replace(_TAKEN, " ").split()).strip(" ,;")
        if value and len(value) <= names.LONGEST:
            mail.values.setdefault(f"part_{part}", value)
            mail.take(start, end)
        return bool(value)

    return read


def _read_birth(mail: _Mail, start: int, end: int) -> bool:
    match = re.match(rf"[ \t]{{0,3}}({DATE}|\d{{4}}(?!\d))", mail.text[start:end], re.IGNORECASE)
    return bool(match) and _propose_birth(mail, match[1] if match else "", start, start + (match.end() if match else 0))


def _propose_birth(mail: _Mail, text: str, start: int, end: int) -> bool:
    try:
        born = read_birth_date(text, mail.today)
    except Refused:
        return False
    if born and "birth_date" not in mail.values:
        mail.propose("birth_date", born)
        mail.take(start, end)
        return True
    return False


def _read_sex(mail: _Mail, start: int, end: int) -> bool:
    match = re.match(r"(vrouw(?:elijk)?|man(?:nelijk)?|female|male|[mvf])\b", mail.text[start:end], re.IGNORECASE)
    if match:
        mail.values.setdefault("sex", match[1])
        mail.take(start, start + match.end())
    return bool(match)


def _read_address(mail: _Mail, start: int, end: int) -> bool:
    text = mail.text[start:end]
    postcode = find_postcode(text)
    stop = postcode[0] if postcode else len(text)
    street = re.split(r"[;(\x1f]|, (?=[^\W\d_])", text[:stop].strip(" ,"))[0]
    road, number = split_street(street)
    if not re.search(r"[^\W\d_]{2}", road) or len(road) > 100:
        return False
    mail.propose("street", road)
    mail.propose("number", number)
    place = mail.text.find(street, start)
    rest = text[text.find(street) + len(street) :]
    mail.take(place, place + len(street))
    if not postcode and (town := re.match(rf"[ ,]{{1,3}}({UPPER}[\w'’ \-]{{1,40}})[ .]{{0,2}}$", rest)):
        mail.propose("town", town[1].strip())
        mail.take(start, end)
    return True


def _read_simple(name: str, longest: int = 40, pattern: str = r"[^\n\x1f;,]{1,100}") -> _Reader:
    def read(mail: _Mail, start: int, end: int) -> bool:
        match = re.match(pattern, mail.text[start:end])
        value = match[0].strip(" .,;") if match else ""
        if not match or not value or len(value) > longest:
            return False
        mail.propose(name, value)
        mail.take(start, start + match.end())
        return True

    return read


def _read_consent(mail: _Mail, start: int, end: int) -> bool:
    text = mail.text[start:end]
    answer = ANSWER.match(text)
    if not answer:
        return False
    more = ANSWER_MORE.match(text, answer.end())
    said = text[: more.end() if more else answer.end()]
    mail.take(start, start + len(said))
    if not answer["open"]:
        mail.propose("consent", "yes" if answer["yes"] else "no")
        _consent_details(mail, said)
    return True


def _consent_details(mail: _Mail, said: str) -> None:
    if re.search(r"mondeling|verbal|spoken", said, re.IGNORECASE):
        mail.propose("consent_how", "spoken")
    elif re.search(r"schriftelijk|getekend|written|signed", said, re.IGNORECASE):
        mail.propose("consent_how", "written")
    mail.propose("consent_on", _day_in(said, mail.today))


def _read_referrer_label(mail: _Mail, start: int, end: int) -> bool:
    text = mail.text[start:end]
    _read_agb(mail, text)
    # "Verwijzer" is the writer himself: it goes before what the signature said.
    for known in ("referrer_name", "referrer_role"):
        mail.values.pop(known, None)
    label = mail.text[max(0, start - 12) : start].lower()
    _read_referrer(mail, text, text + (" huisarts" if "huisarts" in label or "gp" in label else ""))
    if practice := PRACTICE.search(text):
        mail.propose("practice", practice[0])
    if "referrer_name" in mail.values:
        mail.take(start, end)
    return "referrer_name" in mail.values


def _read_practice_label(mail: _Mail, start: int, end: int) -> bool:
    value = mail.text[start:end].strip(" .,;" + _TAKEN)
    if not value or len(value) > 100:
        return False
    mail.values["practice"] = value
    mail.take(start, end)
    return True


def _read_date_label(mail: _Mail, start: int, end: int) -> bool:
    match = re.search(DATE, mail.text[start:end], re.IGNORECASE)
    if not match or match.start() > 15:
        return False
    mail.propose("dated_on", _day_in(match[0], mail.today))
    mail.take(start, start + match.end())
    return True


def _read_interpreter_label(mail: _Mail, start: int, end: int) -> bool:
    answer = ANSWER.match(mail.text[start:end])
    if answer:
        mail.propose("interpreter", bool(answer["yes"]))
        mail.take(start, start + answer.end())
    return bool(answer)


def _read_agb_label(mail: _Mail, start: int, end: int) -> bool:
    match = re.match(r"\d{7,8}(?!\d)", mail.text[start:end])
    if match:
        mail.propose("agb", read_agb(match[0]))
        mail.take(start, start + match.end())
    return bool(match)


def _read_language_label(mail: _Mail, start: int, end: int) -> bool:
    match = LANGUAGE.match(mail.text[start:end])
    if match:
        mail.propose("language", _language(match))
        mail.take(start + match.start(), start + match.end())
    return bool(match)


def _read_best_time_label(mail: _Mail, start: int, end: int) -> bool:
    times = [match[0].strip() for match in TIMES.finditer(mail.text[start:end])]
    if times:
        mail.propose("best_time_to_call", ", ".join(times)[:100])
        mail.take(start, end)
    return bool(times)


def _take_all(mail: _Mail, start: int, end: int) -> bool:
    mail.take(start, end)
    return True


def _take_label(mail: _Mail, start: int, end: int) -> bool:
    return True


def _read_phone_label(mail: _Mail, start: int, end: int) -> bool:
    """The numbers themselves are found further on; one that cannot be keeps its label in the note."""
    return bool(phone_places(mail.text[start:end]))


def _read_left_out(mail: _Mail, start: int, end: int) -> bool:
    if mail.text.startswith(BSN_LEFT_OUT, start):
        mail.take(start, start + len(BSN_LEFT_OUT))
    return True


# ---- values without a label


def _read_free_name(mail: _Mail) -> None:
    """ "meneer Nguyen", "patiënte A. Smit", or a name right before a birth date."""
    if "part_surname" in mail.values:
        return
    for pattern in FREE_NAMES:
        for match in pattern.finditer(mail.text):
            if RELATIVES.search(mail.text[max(0, match.start() - 25) : match.start()]):
                continue
            person = _trim_person(match["person"])
            if not person or "name" in mail.values:
                continue
            end = match.start("person") + len(person)
            title = match.groupdict().get("title") or ""
            _propose_name(mail, mail.text[match.start() : end] if title else person, _sex_of(mail, title, match[0]))
            if "name" in mail.values:
                mail.take(match.start(), end)
                return


def _trim_person(person: str) -> str:
    """Without ordinary words that only stand with a capital next to the name."""
    words = person.split(" ")
    keep = next(
        (place for place, word in enumerate(words) if word.lower() in NOT_A_NAME and not re.fullmatch(SMALL, word)),
        len(words),
    )
    words = words[:keep]
    while words and re.fullmatch(SMALL, words[-1]):
        words.pop()
    return " ".join(words)


def _sex_of(mail: _Mail, title: str, text: str) -> str:
    """ "patiënte" is a woman; "Mr" is a man only in an English mail, in Dutch it is a lawyer."""
    if re.match(r"pati[eë]nte|cli[eë]nte", text, re.IGNORECASE):
        return "v"
    english = re.search(r"\b(?:please|dear|regards|the)\b", mail.text, re.IGNORECASE)
    return "m" if title == "Mr" and english else ""


def _assemble_name(mail: _Mail) -> None:
    """Achternaam + Voorletters + ..., and the sex when it was given apart."""
    parts = {
        part: str(mail.values.pop(f"part_{part}", ""))
        for part in ("surname", "first_name", "initials", "tussenvoegsel")
    }
    name = mail.values.get("name")
    if not isinstance(name, Name):
        name = None
    if parts["surname"]:
        read = names.split(parts["surname"])
        initials = names.split(parts["initials"] + " X").initials if parts["initials"] else ""
        name = Name(
            read.form_of_address,
            initials,
            parts["first_name"],
            parts["tussenvoegsel"].lower() or read.tussenvoegsel,
            read.surname,
            read.birth_name,
        )
    if name and not name.form_of_address:
        name = replace(name, form_of_address=_form(str(mail.values.get("sex", ""))))
    mail.values.pop("sex", None)
    if name:
        mail.values["name"] = name


def _read_free_birth(mail: _Mail) -> None:
    if "birth_date" not in mail.values:
        for match in list(BIRTH.finditer(mail.text)):
            if _propose_birth(mail, match[1], match.start(), match.end()):
                return
    name_end = mail.text.find(_TAKEN)
    if "birth_date" not in mail.values and "name" in mail.values and name_end >= 0:
        after = re.compile(rf"\x1f[ ,(\t]{{1,4}}({DATE})", re.IGNORECASE).search(mail.text)
        if after:
            _propose_birth(mail, after[1], after.start(1), after.end(1))
        elif year := re.search(r"\b(?:geb(?:oren)?\.?|born)(?: in| uit)? ((?:19|20)\d\d)\b", mail.text, re.IGNORECASE):
            _propose_birth(mail, year[1], year.start(), year.end())


def _read_phones(mail: _Mail) -> None:
    found = []
    for start, end, number in phone_places(mail.text):
        found.append(number)
        label = re.search(
            r"\b(?:tel(?:efoon(?:nummer)?)?|mob(?:iel)?|gsm|phone|t)[ .:]{1,3}(?:nr[ .:]{1,3})?$",
            mail.text[max(0, start - 25) : start],
            re.IGNORECASE,
        )
        mail.take(start - len(label[0]) if label else start, end)
    mail.propose("phones", tuple(dict.fromkeys(found))[:4])


def _read_email(mail: _Mail) -> None:
    match = EMAIL.search(mail.text)
    if match:
        mail.propose("email", match[0])
        mail.take(match.start(), match.end())


def _read_postcode(mail: _Mail) -> None:
    """Postcode, the town behind it and, if there was no label, the street before it."""
    found = find_postcode(mail.text)
    if not found:
        return
    start, end, postcode = found
    mail.propose("postcode", postcode)
    town = TOWN.match(mail.text[end : end + 150])
    if town:
        words = town[1].split(" ")
        keep = next((place for place, word in enumerate(words) if word.lower() in NOT_A_NAME), len(words))
        name = " ".join(words[:keep])
        mail.propose("town", name[:1].upper() + name[1:])
        end += town.start(1) + len(name)
    mail.take(start, end)
    if "street" not in mail.values:
        _read_street_before(mail, start)


def _read_street_before(mail: _Mail, end: int) -> None:
    before = mail.text[max(0, end - 120) : end]
    match = STREET_AT_END.search(before)
    if not match:
        return
    text = match[1]
    while (lead := re.match(r"(?:\w+ )?(?:woont|wonende|adres|aan|op|te|in|de|het) (?=.*\d)", text)) and not re.match(
        r"(?:Aan|Op|In|De|Het) (?:de|het|den)\b", text
    ):
        text = text[lead.end() :]
    road, number = split_street(text.strip())
    if number:
        mail.propose("street", road)
        mail.propose("number", number)
        place = mail.text.rfind(text, 0, end)
        mail.take(place, place + len(text))


def _read_free_street(mail: _Mail) -> None:
    """ "woont op de Beukenlaan 5 in Dorpstad", without a postcode."""
    match = None if "street" in mail.values else LIVES.search(mail.text)
    if match:
        road, number = split_street(match["street"])
        mail.propose("street", road)
        mail.propose("number", number)
        mail.propose("town", _trim_person(match["town"] or ""))
        mail.take(*match.span())


def _read_report_to(mail: _Mail) -> None:
    match = REPORT_TO.search(mail.text)
    if match and match["to"].strip():
        start = mail.text.rfind("\n", 0, match.start()) + 1
        sentence = max(start, mail.text.rfind(". ", 0, match.start()) + 1)
        addressee = " ".join(match["to"].split())[:100]
        mail.propose("report_to", mail.values.get("referrer_name") if addressee == "mij" else addressee)
        mail.take(sentence if ONLY_ASKS.fullmatch(mail.text[sentence : match.start()]) else match.start(), match.end())


def _read_best_time(mail: _Mail) -> None:
    for clause in re.finditer(r"[^,.;:()\n\x1f?!]+(?:[.:]\d{2}[^,.;:()\n\x1f?!]*)?", mail.text):
        about = CALLING.search(clause[0]) or TIMES.fullmatch(clause[0].strip())
        times = [match[0].strip() for match in TIMES.finditer(clause[0])] if about else []
        if times:
            mail.propose("best_time_to_call", ", ".join(times)[:100])
            mail.take(clause.start(), clause.end())
            return


def _read_free_consent(mail: _Mail) -> None:
    if NOT_ASKED.search(mail.text):
        return
    refused, given = NO.search(mail.text), YES.search(mail.text)
    if refused and given and not (refused.start() <= given.start() < refused.end() + 12):
        return  # it says both: staff must read
    if refused:
        mail.propose("consent", "no")
    elif given and "consent" not in mail.values:
        mail.propose("consent", "yes")
        start, end = _sentence_round(mail.text, given.start(), given.end())
        _consent_details(mail, mail.text[start:end])
        # "Patient heeft mondeling toestemming gegeven op 19-11-2026." says nothing else.
        whole = re.fullmatch(r"[\s\x1f]*(?:\w+ ){0,3}", mail.text[start : given.start()]) and re.fullmatch(
            r"[^,;\n]{0,40}", mail.text[given.end() : end]
        )
        mail.take(*((start, end) if whole else given.span()))


def _sentence_round(text: str, start: int, end: int) -> tuple[int, int]:
    first = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1
    last = re.compile(r"[.!?](?=\s|$)|\n|$").search(text, end)
    return first, last.end() if last else len(text)


def _read_language(mail: _Mail) -> None:
    for sentence in re.finditer(r"[^.;\n]+", mail.text):
        if not SPEAKS.search(sentence[0]):
            continue
        if match := LANGUAGE.search(sentence[0]):
            mail.propose("language", _language(match))
        if (asked := INTERPRETER.search(sentence[0])) and not asked[1] and not asked[2]:
            mail.propose("interpreter", True)


def _language(match: re.Match[str]) -> str:
    return list(LANGUAGES)[int((match.lastgroup or "l0")[1:])]


def _read_reference(mail: _Mail) -> None:
    match = REFERENCE.search(mail.text)
    if match:
        mail.propose("their_reference", match["number"])
        mail.take(match.start(), match.end())


def _read_channel(mail: _Mail) -> None:
    text = f"{mail.text} {mail.subject}".lower()
    mail.propose("channel", next((code for code in CHANNELS if code in text), ""))


def _read_free_practice(mail: _Mail) -> None:
    if practice := PRACTICE.search(mail.text):
        mail.propose("practice", practice[0])
    _read_agb(mail, mail.text)
    sender = mail.values.pop("sender", "")
    mail.propose("referrer_name", sender)


def _read_agb(mail: _Mail, text: str) -> None:
    match = re.search(r"\bagb\b[ -]?(?:code)?[ :.]{0,3}(\d{7,8})(?!\d)", text, re.IGNORECASE)
    if match:
        mail.propose("agb", read_agb(match[1]))


def _day_in(text: str, today: date) -> date | None:
    """The first real date in a text, not after today."""
    match = re.search(DATE, text, re.IGNORECASE)
    try:
        found = read_date(match[0], today) if match else None
    except Refused:
        return None
    return found if found and found <= today else None


# ---- what is left


def _note(mail: _Mail) -> str:
    """What was not understood as a field, without courtesies, line by line."""
    lines = []
    for raw in mail.text.split("\n"):
        line = re.sub(r"[ \t]{2,}", " ", re.sub(r"\x1f+", " ", raw))
        line = re.sub(r"\([ ,.;:]*\)|\[[ ]*\]", " ", line)
        kept = [
            sentence
            for sentence in re.split(r"(?<=[^\W\d_]{2}[.!?])\s+|(?<=^[.!?])\s+|(?<= [.!?])\s+", line)
            if re.search(r"[^\W\d_]{2}|\d", sentence) and not _is_courtesy(_bare(sentence))
        ]
        text = " ".join(" ".join(kept).split())
        text = re.sub(r" (?=[,.;:!?)])", "", text)
        text = re.sub(r",(?=[.!?])", "", text)
        text = re.sub(r"^[ ,.;:!?\-–)]+|[ ,;:(\-–]+$", "", re.sub(r"([,;])(?:[,;])+", r"\1", text))
        if re.search(r"[^\W\d_]{2}|\d{4}", FILLERS.sub("", text)):
            lines.append(text)
    return "\n".join(lines)


def _is_courtesy(sentence: str) -> bool:
    """ "Kunt u haar bellen?" says nothing; "Hierbij verwijs ik haar omdat ..." does."""
    return bool(BOILERPLATE.match(sentence)) and not CAUSE.search(sentence) and not _reasons(sentence)


def _bare(sentence: str) -> str:
    return re.sub(r" (?=[,.;:!?])", "", " ".join(sentence.split())).strip(" ,.;:!?-")


def _reasons(text: str) -> tuple[str, ...]:
    return tuple(code for code, pattern in REASONS if pattern.search(text))


_READERS: dict[str, _Reader] = {
    "name": _read_name,
    "surname": _read_part("surname"),
    "first_name": _read_part("first_name"),
    "initials": _read_part("initials"),
    "tussenvoegsel": _read_part("tussenvoegsel"),
    "birth": _read_birth,
    "sex": _read_sex,
    "address": _read_address,
    "number": _read_simple("number", 12, r"\d{1,5}[^\n\x1f,;]{0,8}"),
    "postcode": _take_label,
    "phone": _read_phone_label,
    "town": _read_simple("town", 60, r"[^\W\d_'’][^\n\x1f;,.\d]{1,60}"),
    "email": _take_label,
    "reason": _take_label,
    "consent": _read_consent,
    "referrer": _read_referrer_label,
    "practice": _read_practice_label,
    "date": _read_date_label,
    "language": _read_language_label,
    "interpreter": _read_interpreter_label,
    "reference": _read_simple("their_reference", 40, r"[\w./\-]{3,40}"),
    "report_to": _read_simple("report_to", 100, r"[^\n\x1f;,]{2,100}"),
    "best_time": _read_best_time_label,
    "agb": _read_agb_label,
    "bsn": _read_left_out,
    "subject": _take_all,
    "from": _take_label,
    "to": _take_label,
}
_STEPS: tuple[Callable[[_Mail], None], ...] = (
    _read_headers,
    _read_channel,
    _read_signature,
    _read_greetings,
    _read_labels,
    _read_reference,
    _read_report_to,
    _read_phones,
    _read_email,
    _read_postcode,
    _read_free_street,
    _read_free_consent,
    _read_best_time,
    _read_free_name,
    _read_free_birth,
    _assemble_name,
    _read_language,
    _read_free_practice,
)
