"""Reads what stands in sentences, without a label. Must not know the labels; what those gave stands."""

import re
from collections.abc import Callable
from dataclasses import replace

from desktop.exchange.referral_mail import TAKEN, Mail
from desktop.exchange.referral_proposals import (
    form_of_address,
    language_of,
    propose_agb,
    propose_birth,
    propose_consent_details,
    propose_name,
)
from desktop.exchange.referral_words import (
    BIRTH,
    CALLING,
    DATE,
    EMAIL,
    FREE_NAMES,
    INTERPRETER,
    LANGUAGE,
    LIVES,
    NO,
    NOT_A_NAME,
    NOT_ASKED,
    ONLY_ASKS,
    PRACTICE,
    REFERENCE,
    RELATIVES,
    REPORT_TO,
    SMALL,
    SPEAKS,
    STREET_AT_END,
    TIMES,
    TOWN,
    YES,
)
from desktop.rules import names
from desktop.rules.addresses import find_postcode, split_street
from desktop.rules.names import Name
from desktop.rules.phones import phone_places


def _read_reference(mail: Mail) -> None:
    match = REFERENCE.search(mail.text)
    if match:
        mail.propose("their_reference", match["number"])
        mail.take(match.start(), match.end())


def _read_report_to(mail: Mail) -> None:
    match = REPORT_TO.search(mail.text)
    if match and match["to"].strip():
        start = mail.text.rfind("\n", 0, match.start()) + 1
        sentence = max(start, mail.text.rfind(". ", 0, match.start()) + 1)
        addressee = " ".join(match["to"].split())[:100]
        mail.propose("report_to", mail.values.get("referrer_name") if addressee == "mij" else addressee)
        mail.take(sentence if ONLY_ASKS.fullmatch(mail.text[sentence : match.start()]) else match.start(), match.end())


def _read_phones(mail: Mail) -> None:
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


def _read_email(mail: Mail) -> None:
    match = EMAIL.search(mail.text)
    if match:
        mail.propose("email", match[0])
        mail.take(match.start(), match.end())


def _read_postcode(mail: Mail) -> None:
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


def _read_street_before(mail: Mail, end: int) -> None:
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


def _read_free_street(mail: Mail) -> None:
    """ "woont op de Beukenlaan 5 in Dorpstad", without a postcode."""
    match = None if "street" in mail.values else LIVES.search(mail.text)
    if match:
        road, number = split_street(match["street"])
        mail.propose("street", road)
        mail.propose("number", number)
        mail.propose("town", _trim_person(match["town"] or ""))
        mail.take(*match.span())


def _read_free_consent(mail: Mail) -> None:
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
        propose_consent_details(mail, mail.text[start:end])
        # "Patient heeft mondeling toestemming gegeven op 19-11-2026." says nothing else.
        whole = re.fullmatch(r"[\s\x1f]*(?:\w+ ){0,3}", mail.text[start : given.start()]) and re.fullmatch(
            r"[^,;\n]{0,40}", mail.text[given.end() : end]
        )
        mail.take(*((start, end) if whole else given.span()))


def _sentence_round(text: str, start: int, end: int) -> tuple[int, int]:
    first = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1
    last = re.compile(r"[.!?](?=\s|$)|\n|$").search(text, end)
    return first, last.end() if last else len(text)


def _read_best_time(mail: Mail) -> None:
    for clause in re.finditer(r"[^,.;:()\n\x1f?!]+(?:[.:]\d{2}[^,.;:()\n\x1f?!]*)?", mail.text):
        about = CALLING.search(clause[0]) or TIMES.fullmatch(clause[0].strip())
        times = [match[0].strip() for match in TIMES.finditer(clause[0])] if about else []
        if times:
            mail.propose("best_time_to_call", ", ".join(times)[:100])
            mail.take(clause.start(), clause.end())
            return


def _read_free_name(mail: Mail) -> None:
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
            propose_name(mail, mail.text[match.start() : end] if title else person, _sex_of(mail, title, match[0]))
            if "name" in mail.values:
                mail.take(match.start(), end)
                return


def _sex_of(mail: Mail, title: str, text: str) -> str:
    """ "patiënte" is a woman; "Mr" is a man only in an English mail, in Dutch it is a lawyer."""
    if re.match(r"pati[eë]nte|cli[eë]nte", text, re.IGNORECASE):
        return "v"
    english = re.search(r"\b(?:please|dear|regards|the)\b", mail.text, re.IGNORECASE)
    return "m" if title == "Mr" and english else ""


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


def _read_free_birth(mail: Mail) -> None:
    if "birth_date" not in mail.values:
        for match in list(BIRTH.finditer(mail.text)):
            if propose_birth(mail, match[1], match.start(), match.end()):
                return
    name_end = mail.text.find(TAKEN)
    if "birth_date" not in mail.values and "name" in mail.values and name_end >= 0:
        after = re.compile(rf"\x1f[ ,(\t]{{1,4}}({DATE})", re.IGNORECASE).search(mail.text)
        if after:
            propose_birth(mail, after[1], after.start(1), after.end(1))
        elif year := re.search(r"\b(?:geb(?:oren)?\.?|born)(?: in| uit)? ((?:19|20)\d\d)\b", mail.text, re.IGNORECASE):
            propose_birth(mail, year[1], year.start(), year.end())


def _assemble_name(mail: Mail) -> None:
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
        name = replace(name, form_of_address=form_of_address(str(mail.values.get("sex", ""))))
    mail.values.pop("sex", None)
    if name:
        mail.values["name"] = name


def _read_language(mail: Mail) -> None:
    for sentence in re.finditer(r"[^.;\n]+", mail.text):
        if not SPEAKS.search(sentence[0]):
            continue
        if match := LANGUAGE.search(sentence[0]):
            mail.propose("language", language_of(match))
        if (asked := INTERPRETER.search(sentence[0])) and not asked[1] and not asked[2]:
            mail.propose("interpreter", True)


def _read_free_practice(mail: Mail) -> None:
    if practice := PRACTICE.search(mail.text):
        mail.propose("practice", practice[0])
    propose_agb(mail, mail.text)
    sender = mail.values.pop("sender", "")
    mail.propose("referrer_name", sender)


SENTENCE_STEPS: tuple[Callable[[Mail], None], ...] = (
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
