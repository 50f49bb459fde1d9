"""Cards for the participant in large type, nothing cut off: A5, or A4 for in an envelope. Knows no records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.errors import Refused
from desktop.language import _
from desktop.paper import window
from desktop.paper.letterhead import draw_name
from desktop.paper.printable import refuse_unprintable
from desktop.paper.sheet import A5_LYING, Sheet, middle, wrap
from desktop.rules.cards import ActivityCard, AppointmentCard, ContactCard
from desktop.rules.letters import Letterhead

LEFT, RIGHT, TOP, BOTTOM = 14.0, 196.0, 11.0, 139.0
LABEL_ROOM = 32.0
PHOTO = (38.0, 46.0)
PITCH = 1.32 / 72 * 25.4  # mm per point of type
# The sentence is set as large as it fits in so many lines; nothing on a card is smaller than 14 points.
SENTENCES = ((26, 2), (23, 2), (20, 2), (18, 3), (16, 1_000))
TEXT, LABEL, PHONE = 15, 14, 22
_FIGURE = re.compile(r"(?<=\d) (?=[a-z])")  # "12 november" and "10 uur" stay together
SMALLEST = 14
SENTENCE_GAP = 2.0
LEFT_A4, RIGHT_A4, FIRST_LINE, LARGE, PARAGRAPH_GAP = 30.0, 180.0, 125.0, 16, 4.0
CLOSE = "Met vriendelijke groet,"
FACT_ROOM, FACT_GAP = RIGHT - LEFT - LABEL_ROOM, 1.0
BAND_GAP, BAND_PADDING = 4.0, 4.0


@dataclass(frozen=True)
class _Fact:
    label: str
    lines: tuple[str, ...]
    spare: bool = False
    """Said in the sentence already: left out where there is no room for it."""


@dataclass(frozen=True)
class _Band:
    """Whom to call, large, at the foot of the card."""

    words: tuple[str, ...]
    phone: str

    @property
    def top(self) -> float:
        return BOTTOM - max(len(self.words) * LABEL, PHONE) * PITCH - 2 * BAND_PADDING


def render_appointment_card(card: AppointmentCard) -> bytes:
    """As a PDF of one lying A5, more when the texts ask for it."""
    refuse_unprintable(card)
    facts = [
        _Fact("Wie", (card.who,)),
        _Fact("Waar", card.where),
        _Fact("Waarover", (card.about,)),
        _Fact("Let op", (card.remark,)),
    ]
    band = _band("Kunt u niet, of hebt u een vraag? Bel:", card.phone)
    return _render("Afspraakkaart", card.letterhead, card.person, card.sentence, facts, band, card.photo)


def render_activity_card(card: ActivityCard) -> bytes:
    """As a PDF of one lying A5, more when the texts ask for it."""
    refuse_unprintable(card)
    facts = [
        _Fact("Wat", (card.activity,), spare=card.activity in card.sentence),
        _Fact("Wanneer", card.when),
        _Fact("Waar", card.where),
        _Fact("Samen", (card.together,)),
        _Fact("Kosten", (card.price,)),
        _Fact("Let op", (card.remark,)),
    ]
    band = _band(f"Vragen? Bel {card.contact}:" if card.contact else "Vragen? Bel:", card.phone)
    return _render("Activiteitenkaart", card.letterhead, card.person, card.sentence, facts, band, card.photo)


def render_contact_card(card: ContactCard) -> bytes:
    """As one A4 that is folded into an envelope with a window: outside only the address is seen."""
    refuse_unprintable(card)
    sheet = Sheet("Bericht", card.letterhead.name)
    window.draw_fold(sheet, card.fold)
    with sheet.shifted(card.shift_x, card.shift_y):
        _draw_window(sheet, card)
    y = _draw_paragraphs(sheet, FIRST_LINE, (card.greeting, *card.lines))
    y = _draw_number(sheet, y, card.phone)
    y = _draw_paragraphs(sheet, y, (*card.below, CLOSE))
    who = [line for text in (card.who, card.letterhead.name) for line in wrap(text, RIGHT_A4 - LEFT_A4, LARGE)]
    sheet.lines(LEFT_A4, y, who, LARGE, pitch=LARGE * PITCH)
    return sheet.finish()


def _draw_paragraphs(sheet: Sheet, y: float, texts: Sequence[str]) -> float:
    for text in texts:
        lines = wrap(_FIGURE.sub("\u00a0", text), RIGHT_A4 - LEFT_A4, LARGE)
        y = sheet.lines(LEFT_A4, y, lines, LARGE, pitch=LARGE * PITCH) + PARAGRAPH_GAP
    return y


def _draw_window(sheet: Sheet, card: ContactCard) -> None:
    """The address as on every letter, with a small line above it for what cannot be delivered."""
    made = window.block(card.address, (card.sender,) if card.sender else ())
    if window.too_many(made):
        raise Refused(_("This address does not fit in the window: {name}").format(name=card.address[0]))
    window.draw(sheet, card.window, made)


def _draw_number(sheet: Sheet, y: float, phone: str) -> float:
    """The number to call, as large as on the other cards."""
    if not phone:
        return y
    sheet.box(LEFT_A4, y - 4, RIGHT_A4 - LEFT_A4, 20, fill="tint", round_by=2.5)
    sheet.text(LEFT_A4 + BAND_PADDING, middle(y + 6, PHONE), phone, PHONE, bold=True)
    return y + 27


def _band(words: str, phone: str) -> _Band | None:
    room = RIGHT - LEFT - 2 * BAND_PADDING
    if not phone:
        return None
    beside = room - len(phone) * PHONE * 0.62 / 72 * 25.4
    return _Band(tuple(wrap(words, max(beside, room / 3), LABEL)), phone)


def _render(
    title: str,
    head: Letterhead,
    person: str,
    sentence: str,
    facts: Sequence[_Fact],
    band: _Band | None,
    photo: bytes | None,
) -> bytes:
    sheet = Sheet(title, head.name, A5_LYING)
    room = RIGHT - LEFT - (PHOTO[0] + 8 if photo else 0)
    y = _draw_whom(sheet, draw_name(sheet, head, LEFT, TOP, room) + 1, room, person)
    least = TOP
    if photo:
        _wide, high = sheet.image(photo, RIGHT - PHOTO[0], TOP, *PHOTO, right=True)
        least = TOP + high + 2
    bottom = band.top - BAND_GAP if band else BOTTOM
    if band:
        _draw_band(sheet, band)
    size, text, kept = _fitted(sentence, room, facts, y, least, bottom)
    y = max(_draw_sentence(sheet, y, room, sentence, size), least)
    _draw_facts(sheet, y, kept, bottom, text, f"Voor {person}" if person else title)
    return sheet.finish()


def _fitted(
    sentence: str, room: float, facts: Sequence[_Fact], y: float, least: float, bottom: float
) -> tuple[int, int, list[_Fact]]:
    """How large the sentence and the facts are set, and which facts: one side, as large as that can be.

    What does not fit on one side at all is set at its usual size and goes on.
    """
    sizes = _sizes(sentence, room)
    usual = (sizes[0], TEXT, [fact for fact in facts if any(fact.lines)])
    unsaid = [fact for fact in usual[2] if not fact.spare]
    tried = [usual, *((size, text, kept) for kept in (usual[2], unsaid) for text in (TEXT, SMALLEST) for size in sizes)]
    for size, text, kept in tried:
        top = max(y + _sentence_height(sentence, room, size), least)
        if top + _facts_height(kept, text) <= bottom:
            return size, text, kept
    return usual


def _sizes(sentence: str, room: float) -> list[int]:
    """The sizes in which the sentence is not too long, the largest first."""
    return [size for size, most in SENTENCES if len(_sentence_lines(sentence, room, size)) <= most]


def _sentence_lines(sentence: str, room: float, size: int) -> list[str]:
    return wrap(_FIGURE.sub("\u00a0", sentence), room, size, bold=True)


def _sentence_height(sentence: str, room: float, size: int) -> float:
    return len(_sentence_lines(sentence, room, size)) * size * PITCH * 0.95 + size * 0.15 + SENTENCE_GAP


def _facts_height(facts: Sequence[_Fact], size: int) -> float:
    rows = sum(len(_fact_lines(fact, size)) for fact in facts)
    return rows * size * PITCH + max(len(facts) - 1, 0) * FACT_GAP


def _fact_lines(fact: _Fact, size: int) -> list[str]:
    lines = [line for part in fact.lines if part for line in wrap(_FIGURE.sub("\u00a0", part), FACT_ROOM, size)]
    return [line.replace("\u00a0", " ") for line in lines]


def _draw_band(sheet: Sheet, band: _Band) -> None:
    height = BOTTOM - band.top
    sheet.box(LEFT, band.top, RIGHT - LEFT, height, fill="tint", round_by=2.5)
    pitch = LABEL * PITCH
    first = band.top + height / 2 - (len(band.words) - 1) * pitch / 2
    sheet.lines(LEFT + BAND_PADDING, middle(first, LABEL), band.words, LABEL, pitch=pitch)
    phone_y = middle(band.top + height / 2, PHONE)
    sheet.text(RIGHT - BAND_PADDING, phone_y, band.phone, PHONE, bold=True, anchor="right")


def _draw_whom(sheet: Sheet, y: float, room: float, person: str) -> float:
    if not person:
        return y
    return sheet.lines(LEFT, y + 3, wrap(f"Voor {person}", room, LABEL), LABEL, pitch=LABEL * PITCH, colour="muted") - 5


def _draw_sentence(sheet: Sheet, y: float, room: float, sentence: str, size: int) -> float:
    pitch = size * PITCH * 0.95
    lines = _sentence_lines(sentence, room, size)
    sheet.lines(LEFT, y + pitch, lines, size, pitch=pitch, bold=True, colour="primary")
    return y + _sentence_height(sentence, room, size)


def _draw_facts(sheet: Sheet, y: float, facts: Sequence[_Fact], bottom: float, size: int, whose: str) -> None:
    pitch = size * PITCH
    for fact in facts:
        lines = _fact_lines(fact, size)
        if y + min(len(lines), 3) * pitch > bottom:
            y, bottom = _next_page(sheet, whose), BOTTOM
        for row, line in enumerate(lines):
            if y + pitch > bottom:
                y, bottom = _next_page(sheet, whose), BOTTOM
            y += pitch
            if not row:
                sheet.text(LEFT, y, fact.label, LABEL, colour="muted")
            sheet.text(LEFT + LABEL_ROOM, y, line, size)
        y += FACT_GAP


def _next_page(sheet: Sheet, whose: str) -> float:
    """A second side says whose it is, when that is short enough to be said twice: it gets loose."""
    sheet.next_page()
    lines = wrap(whose, RIGHT - LEFT, LABEL)
    if len(lines) > 1:
        return TOP
    return sheet.lines(LEFT, TOP + 3, lines, LABEL, pitch=LABEL * PITCH, colour="muted") - 3
