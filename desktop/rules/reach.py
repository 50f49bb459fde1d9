"""How somebody may be reached: by phone, e-mail, post, or only when they come by. Must not know tables or the clock."""

from collections.abc import Collection
from datetime import date
from typing import Literal

from desktop.language import _
from desktop.rules.addresses import has_address, one_line
from desktop.rules.cases import Attempt, Case, Participant
from desktop.rules.phones import show_phone

Way = Literal["phone", "email", "post", "visit", ""]
BY_WAY = {"phone": "call", "email": "mail", "post": "card", "visit": "visit", "": "unreachable"}
"""The task that goes with a way."""
MAILS = frozenset({"mail", "message"})


def may_call(person: Participant) -> bool:
    """Whether there is a number, and this person may be phoned on it."""
    return "phone" in person.contact_by and bool(person.phone or person.phone2) and not person.comes_by


def may_mail(person: Participant) -> bool:
    return "email" in person.contact_by and bool(person.email)


def may_write(person: Participant) -> bool:
    """Whether a card by post would arrive, and is allowed."""
    return "post" in person.contact_by and has_address(person)


def way_to(person: Participant) -> Way:
    """The way to try first; somebody who said that they come by is waited for."""
    if person.comes_by:
        return "visit"
    if may_call(person):
        return "phone"
    if may_mail(person):
        return "email"
    return "post" if may_write(person) else ""


def reach_words(person: Participant) -> str:
    """What stands where the number would: the number, else the address of the one way that is left."""
    match way_to(person):
        case "phone":
            return show_phone(person.phone or person.phone2)
        case "email":
            return person.email
        case "post":
            return one_line(person)
        case _:
            return ""


def how_not(person: Participant) -> str:
    """Why nobody phones this person, in words; empty when phoning is the way."""
    no_number = not (person.phone or person.phone2)
    match way_to(person):
        case "phone":
            return ""
        case "email":
            return _("no phone number: by e-mail") if no_number else _("not by phone: by e-mail")
        case "post":
            return _("no phone number: by post") if no_number else _("not by phone: by post")
        case "visit":
            return _("not by phone: comes by")
        case _:
            return _("there is no way to reach this person")


def tried_on(case: Case) -> set[date]:
    """The different days on which this person was sought and not reached, by whichever way they allow."""
    return {each.on for each in case.attempts if _counts(each, way_to(case.person))}


def next_way(case: Case, attempts: int) -> str:
    """What to try now, as a task: the same way again, after the agreed attempts one other way, then nothing more."""
    way = way_to(case.person)
    if len(tried_on(case)) < attempts:
        return BY_WAY[way]
    if way != "post" and may_write(case.person) and not _has_gone(case, {"post"}):
        return "card"
    if way != "email" and may_mail(case.person) and not _has_gone(case, MAILS):
        return "mail"
    return "close"


def _counts(attempt: Attempt, way: Way) -> bool:
    """A card counts as an attempt only with who is reached by post: with the others it comes after the attempts."""
    if attempt.way == "visit" and not attempt.spoken:
        return True
    if attempt.direction != "out" or attempt.spoken:
        return False
    return attempt.way != "post" or way == "post"


def _has_gone(case: Case, ways: Collection[str]) -> bool:
    return any(each.way in ways and each.direction == "out" for each in case.attempts)
