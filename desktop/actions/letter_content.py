"""Turns records into the frozen content of a letter or card. Changes nothing and knows no rules of its own."""

from collections.abc import Mapping
from datetime import date

from desktop.rules.addresses import address_of
from desktop.rules.cards import MARKS
from desktop.rules.dates import show_long
from desktop.rules.letter_envelope import (
    Recipient,
    References,
    address_lines,
    named,
    references,
    salutation,
    subject,
    written,
)
from desktop.rules.letterdraft import LetterDraft, tidy
from desktop.rules.letterputright import Said, put_right
from desktop.rules.letters import LetterContent, Letterhead, Signature
from desktop.rules.letters_due import UPDATE, is_referred
from desktop.rules.lettertexts import Core, name_of
from desktop.rules.organisation import letterhead_of, return_lines
from desktop.rules.overtaken import from_text
from desktop.rules.phones import show_phone
from desktop.storage.letters import Route, content_of, newest_marks, sent_on
from desktop.storage.models import Letter, Organisation, Staff, Voucher

ROLE = "welzijnscoach"


def letterhead() -> Letterhead:
    """The organisation's, as it is now."""
    office = Organisation.select().first()
    if office is None:
        return Letterhead("")
    return letterhead_of(office)


def compose(
    letter: Letter, route: Route, core: Core, draft: LetterDraft, today: date, receipt: bool
) -> LetterContent:
    """The whole letter: today's envelope round these texts."""
    voucher = letter.voucher
    office = Organisation.select().first()
    to = recipient(route)
    head = letterhead()
    return LetterContent(
        letterhead=head,
        address=address_lines(to),
        references=_references(voucher, route, today),
        subject=subject(voucher.person.known_as, voucher.person.birth_date),
        kind=_kind(letter, receipt, core, tidy(draft.attendance)),
        salutation=salutation(to),
        core=core,
        closing=_signature(letter, draft.with_phone),
        window=office.window if office else "right",
        shift_x=office.shift_x if office else 0,
        shift_y=office.shift_y if office else 0,
        fold=office.fold if office else "DL",
        attendance="" if receipt else tidy(draft.attendance),
        marks=_marks(voucher) if draft.with_marks and not receipt else None,
        enclosure="Dit bericht is besproken met de persoon zelf." if draft.discussed and not receipt else "",
        footer=footer(head),
        receipt=receipt,
        back_to=back_to(office),
    )


def back_to(office: Organisation | None) -> tuple[str, ...]:
    """The return line of every paper with a window."""
    return return_lines(office.name, office) if office is not None else ()


def draft_of(letter: Letter, content: LetterContent) -> LetterDraft:
    """The letter as its writer last left it."""
    texts = [text for _heading, text in content.core] + [""] * 4
    return LetterDraft(
        id=letter.id,
        version=letter.version,
        state=texts[0],
        agreed=texts[1],
        ask=texts[2],
        next=texts[3],
        attendance=content.attendance,
        discussed=letter.discussed,
        with_marks=bool(content.marks),
        with_phone=bool(content.closing.phone),
    )


def recipient(route: Route) -> Recipient:
    practice, contact = route.practice, route.contact
    return Recipient(
        practice=practice.name,
        kind=practice.kind,
        address=address_of(practice),
        person=contact.addressed if contact else None,
        salutation=practice.salutation,
    )


def coach_of(letter: Letter) -> Staff | None:
    """Who signs: the coach of the case, else whoever approved or wrote it."""
    coach: Staff | None = letter.voucher.coach
    return coach if coach is not None and coach.active else letter.approved_by or letter.written_by


def _references(voucher: Voucher, route: Route, today: date) -> tuple[tuple[str, str], ...]:
    referred = is_referred(voucher.referrer_kind, voucher.channel)
    return references(
        References(
            number=voucher.number,
            today=today,
            referred_on=voucher.dated_on,
            referred=referred,
            referrer=_referrer(voucher, route) if referred else "",
            theirs=voucher.their_reference,
        )
    )


def _referrer(voucher: Voucher, route: Route) -> str:
    """Who referred, when that is not whoever the letter goes to."""
    referrer = voucher.referrer
    if referrer is None:
        return written(voucher.referrer_name, voucher.referrer_kind)
    if route.contact is not None and route.contact.id == referrer.id:
        return ""
    return named(referrer.addressed)


def _kind(letter: Letter, receipt: bool, core: Core, attendance: str) -> str:
    """What letter it is: a copy of whose, in whose place it comes and what it puts right, or on which it follows."""
    kind = name_of(_text_used(letter), not receipt)
    replaced, original = _seen_before(letter), letter.copy_of
    if original is not None:
        kind += f" · afschrift van ons bericht aan {_addressee(original)}"
    if replaced is not None:
        kind += f" · vervangt ons bericht van {show_long(sent_on(replaced) or replaced.written_on)}"
        kind += "".join(f" · {words}" for words in filter(None, [_put_right(letter, replaced, core, attendance)]))
    elif (followed := letter.follows) is not None and followed.state == "sent":
        kind += f" · vervolg op ons bericht van {show_long(sent_on(followed) or followed.written_on)}"
    return kind


def _text_used(letter: Letter) -> str:
    """The kind of text it was filled with; a first word that already tells more is no receipt."""
    filled = from_text((letter.copy_of or letter).facts)
    if filled is None or not filled.headings:
        return str(letter.moment)
    kind, values = filled.headings[0]
    met = any(values.get(name) for name in ("intake_zoekt", "intake_genoeg")) or letter.moment != "arrived"
    return UPDATE if kind == "intake" and not met else kind


def _put_right(letter: Letter, replaced: Letter, core: Core, attendance: str) -> str:
    before = content_of(replaced)
    if len(before.core) != len(core) or before.receipt:
        return ""
    person = letter.voucher.person
    now = subject(person.known_as, person.birth_date)
    return put_right(
        Said(before.subject, before.core, before.attendance, _values_of(replaced)),
        Said(now, core, attendance, _values_of(letter.copy_of or letter)),
    )


def _values_of(letter: Letter) -> tuple[Mapping[str, str], ...]:
    filled = from_text(letter.facts)
    return tuple(values for _kind_of, values in filled.headings) if filled is not None else ()


def _seen_before(letter: Letter) -> Letter | None:
    """The letter this one takes the place of, as far as the practice knows: one that was sent and arrived."""
    earlier: Letter | None = letter.corrects
    while earlier is not None and earlier.state != "sent":
        earlier = earlier.corrects
    return earlier


def _addressee(letter: Letter) -> str:
    contact, practice = letter.recipient, letter.practice
    return named(contact.addressed) if contact is not None else str(practice.name)


def _signature(letter: Letter, with_phone: bool) -> Signature:
    coach = coach_of(letter)
    if coach is None:
        return Signature(letterhead().name)
    head = letterhead()
    return Signature(coach.name, coach.role_title or ROLE, direct_phone(coach.phone, head.phone) if with_phone else "")


def direct_phone(phone: str, general: str) -> str:
    """The coach's own number; the number of the whole house is not called direct."""
    shown = show_phone(phone) if phone else ""
    return "" if not shown else shown if shown == general else f"rechtstreeks {shown}"


def _marks(voucher: Voucher) -> tuple[tuple[str, int | None], ...] | None:
    marks = newest_marks(voucher.id)
    return tuple(zip(MARKS, marks, strict=True)) if marks else None


def footer(head: Letterhead) -> str:
    """What stands at the bottom of every letter."""
    call = f" Verkeerd bezorgd? Bel {head.phone}." if head.phone else " Verkeerd bezorgd? Laat het ons weten."
    return "Deze brief bevat persoonsgegevens." + call
