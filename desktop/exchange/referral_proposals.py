"""What is proposed alike with and without a label: name, birth date, referrer. Must not know where it stood."""

import re
from dataclasses import replace
from datetime import date

from desktop.errors import Refused
from desktop.exchange.referral_mail import TAKEN, Mail
from desktop.exchange.referral_words import DATE, LANGUAGES, NOT_A_NAME, PERSON, PRACTICE, ROLE_WORDS, ROLES, TITLE
from desktop.rules import names
from desktop.rules.dates import read_birth_date, read_date
from desktop.rules.identifiers import read_agb


def propose_name(mail: Mail, text: str, sex: str = "") -> None:
    name = names.split(text.strip(" ,;:-." + TAKEN) + ("." if re.search(r"\b\w\.$", text.strip()) else ""))
    if not name.form_of_address and sex:
        name = replace(name, form_of_address=form_of_address(sex))
    ordinary = name.surname.lower() in NOT_A_NAME
    parts = (name.surname, name.first_name, name.initials, name.birth_name)
    if name.surname and not ordinary and all(len(part) <= names.LONGEST for part in parts):
        mail.propose("name", name)


def form_of_address(sex: str) -> str:
    return {"v": names.MEVROUW, "f": names.MEVROUW, "m": names.DE_HEER}.get(sex.strip()[:1].lower(), names.NEUTRAL)


def propose_birth(mail: Mail, text: str, start: int, end: int) -> bool:
    try:
        born = read_birth_date(text, mail.today)
    except Refused:
        return False
    if born and "birth_date" not in mail.values:
        mail.propose("birth_date", born)
        mail.take(start, end)
        return True
    return False


def propose_referrer(mail: Mail, text: str, roles_in: str) -> None:
    """ "dr. M. Jansen, huisarts" -> M. Jansen, gp."""
    person = re.match(rf"(?:{TITLE}\.? )?({PERSON})", without_roles(text))
    if not person or person[1].split()[0].lower() in NOT_A_NAME or PRACTICE.match(text):
        return
    if "referrer_name" not in mail.values:
        mail.propose("referrer_name", person[1])
        mail.propose("referrer_role", next((code for pattern, code in ROLES if pattern.search(roles_in)), ""))


def without_roles(text: str) -> str:
    return ROLE_WORDS.sub("", text, count=3).strip(" ,")


def propose_agb(mail: Mail, text: str) -> None:
    match = re.search(r"\bagb\b[ -]?(?:code)?[ :.]{0,3}(\d{7,8})(?!\d)", text, re.IGNORECASE)
    if match:
        mail.propose("agb", read_agb(match[1]))


def propose_consent_details(mail: Mail, said: str) -> None:
    if re.search(r"mondeling|verbal|spoken", said, re.IGNORECASE):
        mail.propose("consent_how", "spoken")
    elif re.search(r"schriftelijk|getekend|written|signed", said, re.IGNORECASE):
        mail.propose("consent_how", "written")
    mail.propose("consent_on", day_in(said, mail.today))


def language_of(match: re.Match[str]) -> str:
    return list(LANGUAGES)[int((match.lastgroup or "l0")[1:])]


def day_in(text: str, today: date) -> date | None:
    """The first real date in a text, not after today."""
    match = re.search(DATE, text, re.IGNORECASE)
    try:
        found = read_date(match[0], today, past=True) if match else None
    except Refused:
        return None
    return found if found and found <= today else None
