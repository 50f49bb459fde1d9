"""Reads a pasted referral mail into proposals for the voucher form. Must not know the database, Qt or the clock.

Nothing here decides: every value is a proposal that staff see and confirm. Diagnoses and medication get no field;
what is not understood stays readable in the note. A BSN is left out before anything else is read.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date

from desktop.exchange.referral_labels import read_labels
from desktop.exchange.referral_mail import TAKEN, Mail, plain_text, reasons_in, what_is_left
from desktop.exchange.referral_proposals import day_in, propose_agb, propose_referrer, without_roles
from desktop.exchange.referral_sentences import SENTENCE_STEPS
from desktop.exchange.referral_words import (
    BIRTH,
    CHANNELS,
    CLOSING,
    EMAIL,
    GREETING,
    HEADER,
    LABEL,
    PERSON,
    PERSON_STARTS,
    PRACTICE,
    SEPARATOR,
)
from desktop.rules.identifiers import has_bsn, without_bsn
from desktop.rules.names import Name

LONGEST_MAIL = 20_000  # characters read of one mail
LONGEST_PASTE = 400_000  # characters looked at in all
MOST_MAILS = 50
LONGEST_NOTE = 2_000


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
    plain = plain_text(text[:LONGEST_MAIL])
    without, left_out = without_bsn(plain)
    mail = Mail(without, today)
    several = _cut_second_person(mail)
    for step in _STEPS:
        step(mail)
    note, left_out_late = without_bsn(what_is_left(mail))  # a "phone number" that turned out not to be read as one
    mail.propose("note", note[:LONGEST_NOTE])
    mail.propose("reasons", reasons_in(f"{mail.subject}. {note}"))
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


# ---- around the text


def _cut_second_person(mail: Mail) -> bool:
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


def _read_headers(mail: Mail) -> None:
    """Van, Aan, Onderwerp: the practice and the date, never the patient."""
    for match in HEADER.finditer(mail.text):
        kind, value = match[1].lower(), match[2].strip()
        mail.take(match.start(), match.end())
        if kind in ("van", "from", "afzender"):
            _read_sender(mail, value)
        elif kind in ("onderwerp", "subject"):
            mail.subject = mail.subject or value
        elif kind in ("verzonden", "sent"):
            mail.propose("dated_on", day_in(value, mail.today))


def _read_sender(mail: Mail, value: str) -> None:
    name = EMAIL.sub("", value).strip(' <>[]()",;')
    if practice := PRACTICE.search(name):
        mail.propose("practice", practice[0])
    elif re.fullmatch(PERSON, without_roles(name)):
        mail.values.setdefault("sender", without_roles(name))
    elif name:
        mail.propose("practice", name[:100])


def _read_channel(mail: Mail) -> None:
    text = f"{mail.text} {mail.subject}".lower()
    mail.propose("channel", next((code for code in CHANNELS if code in text), ""))


def _read_signature(mail: Mail) -> None:
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
        mail.signature = block.replace(TAKEN, "") or mail.signature
    if not mail.signature:
        return
    lines = [line.strip(" ,.\t") for line in mail.signature.split("\n") if line.strip(" ,.\t")]
    if lines:
        propose_referrer(mail, lines[0], ", ".join(lines[:3]))
    if practice := PRACTICE.search(mail.signature):
        mail.propose("practice", practice[0])
    propose_agb(mail, mail.signature)


def _read_greetings(mail: Mail) -> None:
    for match in list(GREETING.finditer(mail.text)):
        mail.take(match.start(), match.end())


_STEPS: tuple[Callable[[Mail], None], ...] = (
    _read_headers,
    _read_channel,
    _read_signature,
    _read_greetings,
    read_labels,
    *SENTENCE_STEPS,
)
