"""Reads what stands behind a label, as in "Naam: ...". Must not know what the rest of the mail says."""

import re
from collections.abc import Callable

from desktop.exchange.referral_mail import TAKEN, Mail
from desktop.exchange.referral_proposals import (
    day_in,
    language_of,
    propose_agb,
    propose_birth,
    propose_consent_details,
    propose_name,
    propose_referrer,
)
from desktop.exchange.referral_words import (
    ANSWER,
    ANSWER_MORE,
    BORN_AT_END,
    DATE,
    LABEL,
    LANGUAGE,
    NAME_END,
    PRACTICE,
    TIMES,
    UPPER,
)
from desktop.rules import names
from desktop.rules.addresses import find_postcode, split_street
from desktop.rules.identifiers import BSN_LEFT_OUT, read_agb
from desktop.rules.phones import phone_places

_Reader = Callable[[Mail, int, int], bool]  # tells whether it understood the value


def read_labels(mail: Mail) -> None:
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


def _read_name(mail: Mail, start: int, end: int) -> bool:
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
    propose_name(mail, text, sex[1] if sex else "")
    used = len(text) if not sex else sex.end()
    mail.take(start, start + used)
    return True


def _read_part(part: str) -> _Reader:
    """Achternaam, Voornaam ... apart; put together at the end."""

    def read(mail: Mail, start: int, end: int) -> bool:
        value = " ".join(mail.text[start:end].replace(TAKEN, " ").split()).strip(" ,;")
        if value and len(value) <= names.LONGEST:
            mail.values.setdefault(f"part_{part}", value)
            mail.take(start, end)
        return bool(value)

    return read


def _read_birth(mail: Mail, start: int, end: int) -> bool:
    match = re.match(rf"[ \t]{{0,3}}({DATE}|\d{{4}}(?!\d))", mail.text[start:end], re.IGNORECASE)
    return bool(match) and propose_birth(mail, match[1] if match else "", start, start + (match.end() if match else 0))


def _read_sex(mail: Mail, start: int, end: int) -> bool:
    match = re.match(r"(vrouw(?:elijk)?|man(?:nelijk)?|female|male|[mvf])\b", mail.text[start:end], re.IGNORECASE)
    if match:
        mail.values.setdefault("sex", match[1])
        mail.take(start, start + match.end())
    return bool(match)


def _read_address(mail: Mail, start: int, end: int) -> bool:
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
    def read(mail: Mail, start: int, end: int) -> bool:
        match = re.match(pattern, mail.text[start:end])
        value = match[0].strip(" .,;") if match else ""
        if not match or not value or len(value) > longest:
            return False
        mail.propose(name, value)
        mail.take(start, start + match.end())
        return True

    return read


def _read_consent(mail: Mail, start: int, end: int) -> bool:
    text = mail.text[start:end]
    answer = ANSWER.match(text)
    if not answer:
        return False
    more = ANSWER_MORE.match(text, answer.end())
    said = text[: more.end() if more else answer.end()]
    mail.take(start, start + len(said))
    if not answer["open"]:
        mail.propose("consent", "yes" if answer["yes"] else "no")
        propose_consent_details(mail, said)
    return True


def _read_referrer_label(mail: Mail, start: int, end: int) -> bool:
    text = mail.text[start:end]
    propose_agb(mail, text)
    # "Verwijzer" is the writer himself: it goes before what the signature said.
    for known in ("referrer_name", "referrer_role"):
        mail.values.pop(known, None)
    label = mail.text[max(0, start - 12) : start].lower()
    propose_referrer(mail, text, text + (" huisarts" if "huisarts" in label or "gp" in label else ""))
    if practice := PRACTICE.search(text):
        mail.propose("practice", practice[0])
    if "referrer_name" in mail.values:
        mail.take(start, end)
    return "referrer_name" in mail.values


def _read_practice_label(mail: Mail, start: int, end: int) -> bool:
    value = mail.text[start:end].strip(" .,;" + TAKEN)
    if not value or len(value) > 100:
        return False
    mail.values["practice"] = value
    mail.take(start, end)
    return True


def _read_date_label(mail: Mail, start: int, end: int) -> bool:
    match = re.search(DATE, mail.text[start:end], re.IGNORECASE)
    if not match or match.start() > 15:
        return False
    mail.propose("dated_on", day_in(match[0], mail.today))
    mail.take(start, start + match.end())
    return True


def _read_interpreter_label(mail: Mail, start: int, end: int) -> bool:
    answer = ANSWER.match(mail.text[start:end])
    if answer:
        mail.propose("interpreter", bool(answer["yes"]))
        mail.take(start, start + answer.end())
    return bool(answer)


def _read_agb_label(mail: Mail, start: int, end: int) -> bool:
    match = re.match(r"\d{7,8}(?!\d)", mail.text[start:end])
    if match:
        mail.propose("agb", read_agb(match[0]))
        mail.take(start, start + match.end())
    return bool(match)


def _read_language_label(mail: Mail, start: int, end: int) -> bool:
    match = LANGUAGE.match(mail.text[start:end])
    if match:
        mail.propose("language", language_of(match))
        mail.take(start + match.start(), start + match.end())
    return bool(match)


def _read_best_time_label(mail: Mail, start: int, end: int) -> bool:
    times = [match[0].strip() for match in TIMES.finditer(mail.text[start:end])]
    if times:
        mail.propose("best_time_to_call", ", ".join(times)[:100])
        mail.take(start, end)
    return bool(times)


def _take_all(mail: Mail, start: int, end: int) -> bool:
    mail.take(start, end)
    return True


def _take_label(mail: Mail, start: int, end: int) -> bool:
    return True


def _read_phone_label(mail: Mail, start: int, end: int) -> bool:
    """The numbers themselves are found further on; one that cannot be keeps its label in the note."""
    return bool(phone_places(mail.text[start:end]))


def _read_left_out(mail: Mail, start: int, end: int) -> bool:
    if mail.text.startswith(BSN_LEFT_OUT, start):
        mail.take(start, start + len(BSN_LEFT_OUT))
    return True


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
